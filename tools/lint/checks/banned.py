"""Calls that have a better replacement here, each with the places where it is right.

A line may be excused by a comment on it, with the reason: // lint-allow NAME: why
"""

import re

from cxx import code_only
from tree import Finding, below

PURE = ["base", "schema", "engine", "replay", "audit", "cli/import"]
OUTSIDE = ["cli", "tools", "tests", "bench", "examples"]


class Ban:
    """A pattern over code without comments and literals; banned in `only` (all) save `but`."""

    def __init__(self, name, pattern, instead, only=None, but=()):
        self.name, self.instead = name, instead
        self.pattern = re.compile(pattern)
        self.only, self.but = only, list(but)

    def applies(self, path):
        if self.only is not None and not below(path, *self.only):
            return False
        return not below(path, *self.but)


BANS = [
    Ban("clock", r"\w*[cC]lock\s*::\s*now\b|\b(?:gettimeofday|clock_gettime|timespec_get)\s*\("
        r"|(?<![\w.>])time\s*\(\s*(?:nullptr|NULL|0|&\w+)\s*\)",
        "take the time as a value; only the command line and the server read the clock",
        but=["cli", "server", "bench", "tests", "tools"]),
    Ban("random", r"(?<![\w.>])(?:s?rand|random|drand48|getrandom|arc4random)\s*\("
        r"|\b(?:random_device|mt19937(?:_64)?|default_random_engine|minstd_rand0?)\b",
        "the core has no randomness; take ids and seeds as values",
        but=["tests", "bench", "examples"]),
    Ban("random", r"\bRAND_(?:priv_)?bytes\b", "only engine/proof makes keys",
        but=["engine/proof", "tests"]),
    Ban("float", r"\b(?:float|double)\b",
        "integers of minor units and 128-bit products; floating point only in the renderers",
        only=PURE),
    Ban("rocksdb", r"\brocksdb\s*::", "use EventStore; only engine/store sees RocksDB",
        but=["engine/store", "tests", "bench"]),
    Ban("views", r"\bviews\s*::", "write the loop; view pipelines fail in clang 14"),
    Ban("assert", r"(?<![\w.:])assert\s*\(", "SUANPAN_INVARIANT, which release builds keep"),
    Ban("print", r"\bstd\s*::\s*(?:cout|cerr|clog)\b|(?<![\w.>])(?:std::)?(?:f|v|vf)?printf\s*\("
        r"|\bfmt\s*::\s*print\b|(?<![\w.>])(?:std::)?(?:puts|fputs|putchar)\s*\(",
        "return a value or a Status; only the command line prints",
        but=OUTSIDE + ["base/include/suanpan/base/invariant.h"]),
    Ban("parse",
        r"(?<![\w.>])(?:std::)?(?:atoi|atol|atoll|atof|strto(?:l|ll|ul|ull|d|f|ld|imax|umax)"
        r"|sto(?:i|l|ll|ul|ull|d|f|ld)|sscanf)\s*\(",
        "std::from_chars, with the whole text consumed", but=["tests"]),
]
GLOB = re.compile(r"\bfile\s*\(\s*GLOB", re.IGNORECASE)
ALLOW = re.compile(r"//\s*lint-allow (\w+): \S")


def findings(tree):
    for path in tree.cxx():
        bans = [ban for ban in BANS if ban.applies(path)]
        raw = tree.lines(path)
        for number, line in enumerate(code_only(tree.text(path)).split("\n"), 1):
            for ban in bans:
                match = ban.pattern.search(line)
                if match and not _excused(raw[number - 1], ban.name):
                    yield Finding(path, number, f"{match[0].strip()}: {ban.instead} ({ban.name})")
    for path in tree.cmake():
        for number, line in enumerate(tree.lines(path), 1):
            if GLOB.search(line.split("#")[0]):
                yield Finding(path, number, "file(GLOB): list the files by hand (glob)")


def _excused(line, name):
    match = ALLOW.search(line)
    return bool(match) and match[1] == name
