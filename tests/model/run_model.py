#!/usr/bin/env python3
"""Checks write_path.pml with spin: every state, and that it finds each planted fault.

    run_model.py        exit code 0: checked; 77: spin or a C compiler is not installed
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
FAULTS = ["GUARD_LATE", "NO_GUARD_CHECK", "SYNC_LATE", "KEYS_FORGOTTEN", "GUARD_NOT_TOLD",
          "GUARD_FIRST", "NO_PLAN"]
COMPILER = shutil.which("gcc") or shutil.which("cc")


def check(*defines):
    """(errors, states) of the model with these macros defined."""
    with tempfile.TemporaryDirectory(prefix="suanpan-model-") as folder:
        def run(*command):
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
            assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
            return done.stdout
        run("spin", "-a", *[f"-D{define}" for define in defines],
            os.path.join(HERE, "write_path.pml"))
        run(COMPILER, "-O2", "-DSAFETY", "-DMEMLIM=4096", "-DVECTORSZ=2048", "-DCOLLAPSE", "-w",
            "-o", "pan", "pan.c")
        said = run("./pan", "-m2000000")
        assert "max search depth too small" not in said, said
        assert "Search not completed" not in said or "errors: 0" not in said, said
        errors = int(re.search(r"errors: (\d+)", said).group(1))
        states = re.search(r"(\S+) states, stored", said).group(1)
        return errors, states


def main():
    if shutil.which("spin") is None or COMPILER is None:
        print("skipped: the model needs the packages spin and gcc")
        sys.exit(77)
    wrong = False
    for defines, what in ([], "with a loss accepted"), (["NO_ACCEPT", "KEYS=3"], "to the alarm"):
        errors, states = check(*defines)
        print(f"the write path {what}: {states} states, {errors} errors")
        wrong = wrong or errors != 0
    for fault in FAULTS:
        errors, _ = check(fault)
        print(f"with {fault}: {'found' if errors else 'NOT FOUND'}")
        wrong = wrong or errors == 0
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
