"""Reads a table on standard input; every row's cells stand under their rule by display width.

Exit code 1 names the row. Wide characters (Chinese) take two places, as terminals show them.
"""

import re
import sys
import unicodedata


def places(text):
    """The text with a filler behind each wide character, so that index is place."""
    return "".join(c + ("\0" if unicodedata.east_asian_width(c) in "WF" else "") for c in text)


lines = sys.stdin.read().split("\n")[:-1]
rule = next(line for line in lines if re.fullmatch(r"-+(  -+)*", line))
gaps = [match.start() for match in re.finditer(" ", rule)]
wide = False
for line in lines[lines.index(rule) - 1:]:
    row = places(line).ljust(len(rule))
    wide = wide or "\0" in row
    if any(row[gap] != " " for gap in gaps) or len(row) > len(rule):
        sys.exit(f"not under its rule: {line}")
print("aligned" if wide else "aligned, but nothing in it is wide")
