"""Every source, public header and test is named by a CMakeLists.txt that is reached.

A file that nobody builds rots without a sound, and a test that nobody runs passes for ever.
"""

import posixpath
import re

from tree import Finding, below

TEST_SCRIPTS = re.compile(r"(?:^|/)(?:test_[^/]*|[^/]*_test)\.(?:py|sh)$")
NOT_BUILT_HERE = ["tools"]


def nearest_list(tree, path):
    folder = posixpath.dirname(path)
    while True:
        candidate = posixpath.join(folder, "CMakeLists.txt")
        if candidate in tree.paths:
            return candidate
        if not folder:
            return None
        folder = posixpath.dirname(folder)


def without_comments(text):
    return re.sub(r"#[^\n]*", "", text)


def findings(tree):
    for path in tree.paths:
        header = path.endswith(".h") and "/include/" in path
        if path.endswith(".cc") or header:
            if not below(path, *NOT_BUILT_HERE) and not _names(tree, path):
                yield Finding(path, 1, "not listed in the nearest CMakeLists.txt; add it there")
        elif below(path, "tests") and TEST_SCRIPTS.search(path) and not _names_script(tree, path):
            yield Finding(path, 1, "not run by the nearest CMakeLists.txt; add_test() it")
    yield from _unreached(tree)


def _names(tree, path):
    nearest = nearest_list(tree, path)
    if not nearest:
        return False
    words = re.split(r"[\s()\"]+", without_comments(tree.text(nearest)))
    name = posixpath.relpath(path, posixpath.dirname(nearest) or ".")
    forms = {name, "${CMAKE_CURRENT_SOURCE_DIR}/" + name, "${PROJECT_SOURCE_DIR}/" + path}
    return any(word in forms for word in words)


def _names_script(tree, path):
    nearest = nearest_list(tree, path)
    text = without_comments(tree.text(nearest)) if nearest else ""
    return posixpath.basename(path) in text or "unittest discover" in re.sub(r"\s+", " ", text)


def _unreached(tree):
    lists = {p for p in tree.paths if p.endswith("CMakeLists.txt")}
    reached, waiting = set(), ["CMakeLists.txt"]
    while waiting:
        current = waiting.pop()
        if current in reached or current not in lists:
            continue
        reached.add(current)
        folder = posixpath.dirname(current)
        text = without_comments(tree.text(current))
        for word in re.findall(r"add_subdirectory\s*\(\s*\"?([^\s)\"]+)", text):
            # A variable in the path (a loop over modules) stands for any one name.
            pattern = re.escape(posixpath.join(folder, word)).replace(r"\$", "$")
            pattern = re.sub(r"\$\\\{\w+\\\}", "[^/]+", pattern) + "/CMakeLists.txt"
            waiting += [p for p in lists if re.fullmatch(pattern, p)]
    for path in sorted(lists - reached):
        yield Finding(path, 1, "no add_subdirectory() leads here")
