"""Include lines against the table of layers, for our modules and for foreign libraries.

The table is docs/architecture.md's. The compiler enforces most of it through the link lines of each
module; this check also covers private headers and system headers, which any file could reach.
"""

import posixpath
import re

from cxx import includes
from tree import Finding, below

# Folder -> folders whose public headers it may include (its own always).
ALLOWED = {
    "base": [],
    "schema": ["base"],
    "engine/rules": ["base", "schema"],
    "engine/proof": ["base"],
    "engine/store": ["base"],
    "engine": ["base", "schema", "engine/rules", "engine/proof", "engine/store"],
    "replay": ["base", "schema", "engine/rules", "engine/proof", "engine/store", "engine"],
}
ALLOWED["audit/report"] = ALLOWED["replay"] + ["replay"]
ALLOWED["audit"] = ALLOWED["audit/report"] + ["audit/report"]
ALLOWED["server"] = ALLOWED["audit"] + ["audit"]
ALLOWED["cli/import"] = ["base", "schema"]
ALLOWED["cli"] = ALLOWED["server"] + ["server", "cli/import"]
# Files in no module (tests, bench, examples) see every public header, also those of examples.

# Prefix of a foreign include -> folders that may see it (None: all but those of NOT_IN).
FOREIGN = {
    "rocksdb/": ["engine/store"],
    "libpq": ["engine/store"],
    "postgresql/": ["engine/store"],
    "lz4": ["engine/store"],
    "xxhash": ["engine/store"],
    "xxh3": ["engine/store"],
    "openssl/": ["engine/proof"],
    "simdjson": ["schema"],
    "flatbuffers/": ["schema"],
    "CLI/": ["cli", "examples"],
    "spdlog/": ["cli", "server"],
    "utf8proc": ["schema", "cli", "audit"],
    "csv.h": ["cli"],
    "zlib.h": ["cli"],
    "re2/": ["cli"],
}
FOREIGN_NOT_IN = {"nlohmann/": ["base", "schema", "engine"]}
# Test code may reach below to compare with the library itself, or to set up damage.
FOREIGN_ALSO = ["tests", "bench"]

# The second opinion shares no code with what it judges: its own headers, the standard library's,
# and these libraries.
ALONE = "tests/support/opinion"
ALONE_INCLUDES = ("support/opinion/",)
ALONE_LIBRARIES = ("nlohmann/", "openssl/", "flatbuffers/")


def module_of(path):
    """The innermost module folder of a path, or None."""
    owners = [m for m in ALLOWED if below(path, m)]
    return max(owners, key=len) if owners else None


def module_of_include(include):
    """The module of "suanpan/NAME/..."; a nested one goes by its last folder."""
    match = re.match(r"suanpan/(\w+)/", include)
    if not match:
        return None
    for module in ALLOWED:
        if module.split("/")[-1] == match[1]:
            return module
    return match[1]


def example_modules(tree):
    """Names below suanpan/ of what examples/ offers to tests and benches."""
    found = (re.match(r"examples/.*/?include/suanpan/(\w+)/", path) for path in tree.paths)
    return {match[1] for match in found if match}


def findings(tree):
    examples = example_modules(tree)
    for path in tree.cxx():
        owner = module_of(path)
        for line, include, quoted in includes(tree.text(path)):
            for problem in (
                _our_include(owner, include, examples),
                _foreign_include(path, include),
                _private_include(tree, path, owner, include) if quoted else None,
                _include_of_the_alone(path, include, quoted),
            ):
                if problem:
                    yield Finding(path, line, problem)


def _our_include(owner, include, examples):
    target = module_of_include(include)
    if target is None or target == owner or (owner is None and target in examples):
        return None
    if target not in ALLOWED:
        return f"{include}: no such module in the table of layers (tools/lint/checks/layers.py)"
    if owner and target not in ALLOWED[owner]:
        allowed = ", ".join(ALLOWED[owner]) or "no other module"
        return f"{owner} may not include {target} ({include}); it may use {allowed}"
    return None


def _foreign_include(path, include):
    for prefix, folders in FOREIGN.items():
        if include.startswith(prefix) and not below(path, *folders, *FOREIGN_ALSO):
            return f"{include} belongs to {', '.join(folders)}; use that module's interface"
    for prefix, folders in FOREIGN_NOT_IN.items():
        if include.startswith(prefix) and below(path, *folders):
            return f"{include} may not be seen in {', '.join(folders)}; use schema's JSON view"
    return None


def _include_of_the_alone(path, include, quoted):
    if not below(path, ALONE):
        return None
    standard = re.fullmatch(r"\w+", include)
    if include.startswith(ALONE_INCLUDES if quoted else ALONE_LIBRARIES) or (
            standard and not quoted):
        return None
    return f"{include}: {ALONE} shares no code with the engine; only headers of its own"


def _private_include(tree, path, owner, include):
    """A quoted include that lands in another module's src/ folder, by whatever spelling."""
    if below(path, "tests"):
        return None
    folder = posixpath.dirname(path)
    for candidate in (posixpath.normpath(posixpath.join(folder, include)), include):
        match = re.match(r"((?:\w+/)*?\w+)/src/", candidate)
        if match and match[1] in ALLOWED and match[1] != owner and tree.exists(candidate):
            return f"{include} is private to {match[1]}; include its public header"
    return None
