#!/usr/bin/env python3
"""Plays a .clitest file: commands of a shell, what they are fed, print, complain and answer.

    run_case.py SUANPAN FILE FOLDER             play FILE in FOLDER, which is emptied first
    run_case.py --update SUANPAN FILE FOLDER    and write what was seen into FILE, to be read over

README.md beside this file tells how a case is written.
"""

import os
import re
import shutil
import subprocess
import sys

TOKENS = {"<*>": r".*", "<n>": r"[0-9][0-9,.]*", "<hex>": r"[0-9a-f]{64}",
          "<time>": r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}(?:\.[0-9]+)?Z"}
MARKS = {"<": "stdin", ">": "stdout", "!": "stderr"}
TIMEOUT_S = 300


class Step:
    """One command of a case. `head` is what stands above it: comments and empty lines."""

    def __init__(self, line, head, command):
        self.line, self.head, self.command = line, head, command
        self.stdin, self.stdout, self.stderr, self.code = [], [], [], 0

    def as_text(self):
        rows = self.head + ["$ " + self.command]
        for mark, name in MARKS.items():
            rows += [(mark + " " + text).rstrip(" ") for text in getattr(self, name)]
        return rows + ([f"? {self.code}"] if self.code else [])


def read_steps(path):
    """The steps of a file, and the lines after the last one."""
    steps, head = [], []
    with open(path, encoding="utf-8") as file:
        lines = file.read().split("\n")[:-1]
    for number, line in enumerate(lines, 1):
        mark, text = line[:1], line[2:]
        if mark in ("", "#"):
            head.append(line)
        elif mark == "$":
            steps.append(Step(number, head, text))
            head = []
        elif head or not steps or line[1:2] not in ("", " ") or mark not in "<>!?":
            raise SystemExit(f"{path}:{number}: not a line of a case: {line}")
        elif mark == "?":
            steps[-1].code = int(text)
        else:
            getattr(steps[-1], MARKS[mark]).append(text)
    return steps, head


def pattern(expected):
    """Expected lines as a regular expression over the whole output."""
    out = ""
    for line in expected:
        if line == "<...>":
            out += r"(?:.*\n)*?"
            continue
        parts = re.split("(" + "|".join(map(re.escape, TOKENS)) + ")", line)
        out += "".join(TOKENS.get(part, re.escape(part)) for part in parts) + r"\n"
    return out


def lines_of(output):
    text = output.decode("utf-8", "backslashreplace")
    if text and not text.endswith("\n"):
        text += "<no newline>\n"
    return text


def environment(suanpan, case, folder):
    env = {name: value for name, value in os.environ.items() if not name.startswith("SUANPAN")}
    env.update(PATH=os.path.dirname(suanpan) + ":" + os.environ.get("PATH", "/usr/bin:/bin"),
               HOME=folder, TMPDIR=folder + ".tmp", LC_ALL="C", TZ="Asia/Kathmandu",
               CASES=os.path.relpath(os.path.dirname(case), folder))
    return env


def fresh(folder):
    for path in (folder, folder + ".tmp"):
        shutil.rmtree(path, ignore_errors=True)
        os.makedirs(path)


def play(step, env, folder):
    """Runs the command; gives the complaints, and leaves what was seen in the step."""
    done = subprocess.run(["/bin/sh", "-c", step.command], cwd=folder, env=env, timeout=TIMEOUT_S,
                          input="".join(line + "\n" for line in step.stdin).encode(),
                          capture_output=True, check=False)
    complaints = []
    for name in ("stdout", "stderr"):
        seen, expected = lines_of(getattr(done, name)), getattr(step, name)
        if not re.fullmatch(pattern(expected), seen):
            complaints.append(f"{name} is\n{seen}but expected was\n" +
                              "".join(line + "\n" for line in expected))
            setattr(step, name, seen.split("\n")[:-1])
    if done.returncode != step.code:
        complaints.append(f"exit code {done.returncode}, expected {step.code}\n")
        step.code = done.returncode
    return complaints


def play_all(steps, env, folder, case):
    failures = 0
    for step in steps:
        for complaint in play(step, env, folder):
            failures += 1
            print(f"{case}:{step.line}: $ {step.command}\n{complaint}")
    left = os.listdir(folder + ".tmp")
    if left:
        failures += 1
        print(f"{case}: left behind in the temporary directory: {' '.join(sorted(left))}")
    return failures


def main(arguments):
    update = arguments[:1] == ["--update"]
    if len(arguments) != 3 + update:
        print(__doc__)
        return 2
    suanpan, case, folder = (os.path.abspath(path) for path in arguments[update:])
    steps, tail = read_steps(case)
    if not steps:
        print(f"{case}: no command in it")
        return 1
    fresh(folder)
    failures = play_all(steps, environment(suanpan, case, folder), folder, case)
    if update and failures:
        with open(case, "w", encoding="utf-8") as file:
            rows = [row for step in steps for row in step.as_text()] + tail
            file.write("".join(row + "\n" for row in rows))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
