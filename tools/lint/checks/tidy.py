"""clang-tidy with the short list of .clang-tidy.

SUANPAN_TIDY says of which sources: `changed` (against main, what it is by default), `product` (all
but those of tests/, what it is where CI is set), `all` or `none`. It reads the compile commands
of a configured preset: SUANPAN_BUILD_DIR, else build/dev.
"""

import concurrent.futures
import json
import os
import re
import shutil
import subprocess
import tempfile

from tree import Finding

MESSAGE = re.compile(r"^(.*?):(\d+):\d+: (?:error|warning): (.*)$")
# clang reads the command lines of g++ but does not know all of its warnings.
PRECOMPILED = re.compile(r" -include \S*cmake_pch\.hxx(?= )")
EXTRA = ["--quiet", "--extra-arg=-Wno-unknown-warning-option"]


def changed_sources(tree):
    """Paths changed against main (or HEAD, where there is no main), None without git."""
    if not shutil.which("git") or not tree.exists(".git"):
        return None

    def git(*arguments):
        done = subprocess.run(["git", *arguments], cwd=tree.root, capture_output=True, text=True,
                              check=False)
        return done.stdout.split("\n") if done.returncode == 0 else None

    base = git("merge-base", "HEAD", "main") or ["HEAD"]
    changed = git("diff", "--name-only", base[0]) or []
    return set(changed) | set(git("ls-files", "--others", "--exclude-standard") or [])


def compiled_sources(tree, build):
    with open(os.path.join(build, "compile_commands.json"), encoding="utf-8") as file:
        commands = json.load(file)
    real_root = os.path.realpath(tree.root)
    found = {
        os.path.relpath(os.path.realpath(os.path.join(c["directory"], c["file"])), real_root)
        for c in commands
    }
    return sorted(found & set(tree.ending(".cc")))


def findings(tree):
    build = os.environ.get("SUANPAN_BUILD_DIR") or tree.absolute("build/dev")
    program = shutil.which("clang-tidy")
    if not program or not os.path.exists(os.path.join(build, "compile_commands.json")):
        text = "needs clang-tidy and a configured build (./dev build), nothing analysed"
        yield Finding(".clang-tidy", 1, text) if os.environ.get("CI") else text
        return
    which = os.environ.get("SUANPAN_TIDY") or ("product" if os.environ.get("CI") else "changed")
    if which == "none":
        yield "nothing analysed (SUANPAN_TIDY=none)"
        return
    sources = chosen(tree, compiled_sources(tree, build), which)
    if sources is None:
        yield Finding(".clang-tidy", 1, f"SUANPAN_TIDY={which}: one of changed, product, all, none")
        return
    if which != "all":
        yield f"{len(sources)} sources analysed ({which}); SUANPAN_TIDY=all analyses all"
    yield from _analyse(tree, program, build, sources)


def chosen(tree, sources, which):
    """Those of `sources` that `which` names; None where it is no such word."""
    if which == "changed":
        return sorted(set(sources) & (changed_sources(tree) or set()))
    if which == "product":
        return [s for s in sources if not s.startswith("tests/")]
    return sources if which == "all" else None


def write_plain_commands(build, folder):
    """The commands of a build without its precompiled headers, which are those of g++ alone."""
    with open(os.path.join(build, "compile_commands.json"), encoding="utf-8") as file:
        commands = json.load(file)
    for command in commands:
        command["command"] = PRECOMPILED.sub(" ", command.get("command", ""))
    with open(os.path.join(folder, "compile_commands.json"), "w", encoding="utf-8") as file:
        json.dump(commands, file)


def _analyse(tree, program, build, sources):
    with tempfile.TemporaryDirectory() as folder:
        write_plain_commands(build, folder)
        yield from _analyse_with(tree, program, folder, sources)


def _analyse_with(tree, program, commands, sources):
    def run(source):
        return source, subprocess.run([program, "-p", commands, *EXTRA, source], cwd=tree.root,
                                      capture_output=True, text=True, check=False)

    real_root = os.path.realpath(tree.root)
    seen = set()
    with concurrent.futures.ThreadPoolExecutor(min(2, os.cpu_count() or 1)) as pool:
        for source, result in pool.map(run, sources):
            found = False
            for match in map(MESSAGE.match, result.stdout.splitlines()):
                if not match:
                    continue
                found = True
                absolute = os.path.realpath(os.path.join(tree.root, match[1]))
                path = os.path.relpath(absolute, real_root)
                if (path, match[2], match[3]) not in seen:  # a header is read by many sources
                    seen.add((path, match[2], match[3]))
                    yield Finding(path, int(match[2]), match[3])
            if result.returncode and not found:
                yield Finding(source, 1, "clang-tidy failed: " + result.stderr.strip()[-300:])
