#!/usr/bin/env python3
"""Compiles what is right and what is wrong: the one must compile, the other must not.

    misuse_test.py COMPILER INCLUDE_DIR...

The cases are in cases.txt beside this file. A wrong one must be refused for its own reason, which
`says` holds a piece of: a case that fails for a missing header shows nothing.
"""

import os
import subprocess
import sys

PRELUDE = """
#include <cstdint>
#include <vector>

#include "suanpan/base/ids.h"
#include "suanpan/base/status.h"
#include "suanpan/base/units.h"
#include "suanpan/store/event_store.h"

namespace suanpan {
void Case(store::EventReader& reader, store::EventStore& store);
void Case([[maybe_unused]] store::EventReader& reader, [[maybe_unused]] store::EventStore& store) {
  CODE
}
}  // namespace suanpan
"""


def read_cases(path):
    cases = []
    with open(path, encoding="utf-8") as file:
        for line in file:
            line = line.rstrip("\n")
            if line.startswith("== "):
                cases.append({"name": line[3:]})
            elif line and not line.startswith("#"):
                key, value = line.split(": ", 1)
                cases[-1][key] = value
    return cases


def compile_case(compiler, includes, code):
    done = subprocess.run(
        [compiler, "-std=c++20", "-Wall", "-Wextra", "-Wconversion", "-Werror", "-fsyntax-only",
         "-DFMT_SHARED", *[f"-I{folder}" for folder in includes], "-x", "c++", "-"],
        input=PRELUDE.replace("CODE", code), env={**os.environ, "LC_ALL": "C"},
        text=True, capture_output=True, check=False)
    return done.returncode == 0, done.stderr


def main():
    compiler, includes = sys.argv[1], sys.argv[2:]
    cases = read_cases(os.path.join(os.path.dirname(os.path.abspath(__file__)), "cases.txt"))
    assert len({case["name"] for case in cases}) == len(cases) > 10
    wrong = []
    for case in cases:
        compiles, said = compile_case(compiler, includes, case["right"])
        if not compiles:
            wrong.append(f"{case['name']}: what is right does not compile\n{said}")
        compiles, said = compile_case(compiler, includes, case["wrong"])
        errors = "\n".join(line for line in said.splitlines() if "error" in line)
        if compiles:
            wrong.append(f"{case['name']}: compiles")
        elif case["says"] not in errors:
            wrong.append(f"{case['name']}: refused for another reason\n{said}")
    print(f"{len(cases)} cases, {len(wrong)} wrong")
    print("\n".join(wrong))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
