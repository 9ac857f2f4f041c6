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
# By what claim each planted fault must be found: another complaint is a fault of the model.
ANSWERED_IS_THERE = "(traced||((place[k]<written)&&(entry[place[k]]==k)))"
FAULTS = {"GUARD_LATE": ANSWERED_IS_THERE, "NO_GUARD_CHECK": ANSWERED_IS_THERE,
          "SYNC_LATE": "(at<synced)", "KEYS_FORGOTTEN": "traced",
          "GUARD_NOT_TOLD": ANSWERED_IS_THERE, "GUARD_FIRST": ANSWERED_IS_THERE,
          "NO_PLAN": ANSWERED_IS_THERE}
COMPILER = shutil.which("gcc") or shutil.which("cc")


def check(*defines):
    """(errors, states, violated claim) of the model with these macros defined."""
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
        violated = re.search(r"assertion violated (.+) \(at depth", said)
        return errors, states, violated.group(1) if violated else None


def main():
    if shutil.which("spin") is None or COMPILER is None:
        print("skipped: the model needs the packages spin and gcc")
        sys.exit(77)
    wrong = False
    for defines, what in ([], "with a loss accepted"), (["NO_ACCEPT", "KEYS=3"], "to the alarm"):
        errors, states, _ = check(*defines)
        print(f"the write path {what}: {states} states, {errors} errors")
        wrong = wrong or errors != 0
    for fault, claim in FAULTS.items():
        _, _, violated = check(fault)
        print(f"with {fault}: {'found' if violated == claim else f'NOT FOUND, but {violated}'}")
        wrong = wrong or violated != claim
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
