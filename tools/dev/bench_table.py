#!/usr/bin/env python3
"""One table from what the programs in bench/ measured.

usage: bench_table.py DIRECTORY [--quick]

Reads DIRECTORY/*_bench.json (Google Benchmark's own files), prints the table and the conditions,
and writes the same to DIRECTORY/bench.json and DIRECTORY/table.txt. Figures are medians over the
repetitions. Exit code 1: a bench found a wrong result. A goal that is not met is no error: figures
belong to a machine.
"""

import datetime
import glob
import json
import os
import platform
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from bench_goals import ROWS  # noqa: E402

HEADINGS = ["question", "ours", "peer", "peer's", "ratio", "goal", "met"]


def medians(document):
    """run name -> its median, or its only run; and the names of those with a wrong result."""
    rows, wrong = {}, []
    for run in document["benchmarks"]:
        name = run["run_name"].split("/iterations:")[0].split("/manual_time")[0]
        if run.get("error_occurred"):
            wrong.append(f"{name}: {run['error_message']}")
        elif run["run_type"] == "iteration":
            rows.setdefault(name, run)
        elif run["aggregate_name"] == "median":
            rows[name] = run
    return rows, wrong


def read(directory):
    """Rows of all programs, wrong results, and the context of one of them."""
    rows, wrong, context = {}, [], {}
    for path in sorted(glob.glob(os.path.join(glob.escape(directory), "*_bench.json"))):
        with open(path, encoding="utf-8") as file:
            text = file.read()
        if not text.strip():
            wrong.append(f"{os.path.basename(path)}: the program wrote nothing")
            continue
        document = json.loads(text)
        found, bad = medians(document)
        rows.update(found)
        wrong += bad
        context = document["context"]
    return rows, wrong, context


def number(value):
    """Three digits that one can read: 1.23 M, 45.6 k, 0.12."""
    for factor, letter in ((1e9, " G"), (1e6, " M"), (1e4, " k")):
        if abs(value) >= factor:
            scale = 1e3 if letter == " k" else factor
            return f"{value / scale:.{2 if value / scale < 10 else 1}f}{letter}"
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def met(goal, value):
    sign, limit = goal
    return value <= limit if sign == "<=" else value < limit if sign == "<" else value >= limit


def cell(counters, name, unit=""):
    if name is None or name not in counters:
        return ""
    return f"{number(counters[name])} {unit}".strip()


def table_row(row, counters):
    """One line of the table as a dictionary, or None where nothing of it was measured."""
    judged = row.get("ratio") or row["ours"]
    if judged not in counters or row.get("theirs", judged) not in counters:
        return None
    goal = row.get("goal")
    return {
        "question": row["question"],
        "ours": cell(counters, row["ours"], row.get("unit", "")),
        "peer": row.get("peer", ""),
        "peer's": cell(counters, row.get("theirs"), row.get("their_unit", row.get("unit", ""))),
        "ratio": cell(counters, row.get("ratio")),
        "goal": f"{goal[0]} {number(goal[1])}" if goal else "",
        "met": "" if not goal else "yes" if met(goal, counters[judged]) else "no",
    }


def make_table(rows):
    lines = []
    for row in ROWS:
        counters = rows.get(row["bench"])
        line = table_row(row, counters) if counters else None
        if line:
            lines.append(line)
    return lines


def formatted(lines):
    """Aligned text; a question is written once for the rows that follow each other with it."""
    cells, last = [HEADINGS], None
    for line in lines:
        row = [line[heading] for heading in HEADINGS]
        row[0], last = ("" if row[0] == last else row[0]), row[0]
        cells.append(row)
    widths = [max(len(row[i]) for row in cells) for i in range(len(HEADINGS))]
    cells.insert(1, ["-" * width for width in widths])
    return "\n".join(
        "  ".join(text.ljust(width) for text, width in zip(row, widths)).rstrip()
        for row in cells)


def first_value(path, field):
    try:
        with open(path, encoding="utf-8") as file:
            for line in file:
                if line.startswith(field):
                    return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return "unknown"


def file_system(directory):
    """Type of the file system that a directory lies on."""
    best = ("", "unknown")
    path = os.path.realpath(directory)
    try:
        with open("/proc/mounts", encoding="utf-8") as file:
            for line in file:
                _, mount, kind = line.split()[:3]
                inside = path == mount or path.startswith(mount.rstrip("/") + "/")
                if inside and len(mount) >= len(best[0]):
                    best = (mount, kind)
    except OSError:
        pass
    return best[1]


def conditions(directory, context, quick):
    memory = first_value("/proc/meminfo", "MemTotal").split()[0]
    return {
        "date": datetime.datetime.now().astimezone().isoformat(timespec="minutes"),
        "machine": f"{os.cpu_count()} x {first_value('/proc/cpuinfo', 'model name')}",
        "memory_GiB": round(int(memory) / 1048576) if memory.isdigit() else None,
        "system": platform.release(),
        "file_system": file_system(directory),
        "compiler": context.get("compiler", "unknown"),
        "rocksdb": context.get("rocksdb", "unknown"),
        "load_before": context.get("load_avg", []),
        "inputs": "quick: a sixth" if quick else "full",
    }


def main(arguments):
    directory = arguments[0]
    quick = "--quick" in arguments[1:]
    rows, wrong, context = read(directory)
    lines = make_table(rows)
    about = conditions(directory, context, quick)
    labels = sorted({row["label"] for row in rows.values() if row.get("label")})
    text = "\n".join([
        formatted(lines), "",
        *(f"{name}: {value}" for name, value in about.items()), "",
        "Medians of the repetitions; ratio is ours against the peer's in the same run.",
        *(f"- {label}" for label in labels),
        *(f"WRONG {what}" for what in wrong)])
    print(text)
    with open(os.path.join(directory, "table.txt"), "w", encoding="utf-8") as file:
        file.write(text + "\n")
    with open(os.path.join(directory, "bench.json"), "w", encoding="utf-8") as file:
        json.dump({"conditions": about, "table": lines, "wrong": wrong,
                   "rows": rows}, file, indent=1, sort_keys=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        print(__doc__.split("\n\n")[1], file=sys.stderr)
        sys.exit(2)
    sys.exit(main(sys.argv[1:]))
