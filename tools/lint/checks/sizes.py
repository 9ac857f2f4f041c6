"""Sizes of files and functions: soft limits with a ratchet, hard limits without exception.

tools/lint/ratchet.txt lists what is above a soft limit, one `SIZE path` or `SIZE path:function` a
line. A listed size may not grow; when it shrinks, its line must follow (--update-ratchet lowers
and removes, and never adds: a new line is a decision, made by hand).
"""

from cxx import functions
from tree import Finding

RATCHET = "tools/lint/ratchet.txt"
HEADER, SOURCE, FUNCTION = (200, 400), (400, 800), (40, 70)
HINT = {HEADER: "split it by role", SOURCE: "one file, one idea", FUNCTION: "branch high, loop low"}


def measured(tree):
    """(key, path, line, size, limits) of everything that has a limit."""
    for path in tree.cxx():
        text = tree.text(path)
        limits = HEADER if path.endswith(".h") else SOURCE
        yield path, path, 1, len(text.splitlines()), limits
        seen = {}
        for function in functions(text):
            # Overloads share a name; the ratchet means the longest of them.
            key = f"{path}:{function.name}"
            if key not in seen or seen[key].size < function.size:
                seen[key] = function
        for key, function in seen.items():
            yield key, path, function.line, function.size, FUNCTION


def read_ratchet(tree):
    """key -> (line number, size)."""
    if RATCHET not in tree.paths:
        return {}
    entries = {}
    for number, line in enumerate(tree.lines(RATCHET), 1):
        if line.strip() and not line.startswith("#"):
            size, key = line.split(maxsplit=1)
            entries[key] = (number, int(size))
    return entries


def findings(tree):
    entries = read_ratchet(tree)
    sizes = {}
    for key, path, line, size, limits in measured(tree):
        sizes[key] = (size, limits)
        problem = _problem(key, size, limits, entries)
        if problem:
            yield Finding(path, line, problem)
    for key, (number, allowed) in entries.items():
        size, limits = sizes.get(key, (0, FUNCTION))
        if size <= limits[0] or size < allowed:
            yield Finding(RATCHET, number,
                          f"{key} is now {size}: run tools/lint/run --update-ratchet")


def _problem(key, size, limits, entries):
    soft, hard = limits
    what = f"{key}: {size} lines"
    if size > hard:
        return f"{what}, more than the hard limit {hard}; {HINT[limits]}"
    if key in entries:
        allowed = entries[key][1]
        grown = f"{what}, grown from {allowed} in {RATCHET}; {HINT[limits]}"
        return grown if size > allowed else None
    return f"{what}, more than {soft}; {HINT[limits]}" if size > soft else None


def update_ratchet(tree):
    """Lowers entries to today's size and drops those that are within their soft limit."""
    entries = read_ratchet(tree)
    sizes = {key: (size, limits[0]) for key, _, _, size, limits in measured(tree)}
    kept = []
    for line in tree.lines(RATCHET) if RATCHET in tree.paths else []:
        key = line.split(maxsplit=1)[1] if line.strip() and not line.startswith("#") else None
        if key is None:
            kept.append(line)
            continue
        size, soft = sizes.get(key, (0, 0))
        if size > soft:
            kept.append(f"{min(size, entries[key][1])} {key}")
    with open(tree.absolute(RATCHET), "w", encoding="utf-8") as file:
        file.write("\n".join(kept) + "\n")
