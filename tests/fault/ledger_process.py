"""The program on a data directory of its own, for tests that kill it."""

import json
import os
import random
import subprocess

BOOK = "zz"


def command(key, facts):
    return json.dumps({"book": BOOK, "key": key, "facts": facts}) + "\n"


def fact(kind, occurred_at="2026-01-05T12:00:00+08:00", **fields):
    return {"kind": kind, "occurred_at": occurred_at, "actor": "p-1", **fields}


class Ledger:
    """Runs of the program on FOLDER/data."""

    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        self.env = dict(os.environ, SUANPAN_DATA=os.path.join(folder, "data"))
        self.env.pop("SUANPAN_KEYS", None)

    def run(self, *arguments, feed_in=None, codes=(0,)):
        done = subprocess.run([self.program, *arguments], input=feed_in, env=self.env, text=True,
                              capture_output=True, check=False)
        if done.returncode not in codes:
            raise AssertionError(f"{arguments}: exit {done.returncode}\n{done.stdout[-2000:]}"
                                 f"\n{done.stderr[-2000:]}")
        return done.stdout

    def append(self, lines):
        return [json.loads(line) for line in
                self.run("append", "--continue", feed_in="".join(lines)).splitlines()]


def seed_of_run():
    """As tests/support/seed.h: the same in each run, but in the slow suite."""
    if given := os.environ.get("SUANPAN_SEED"):
        return int(given)
    return random.SystemRandom().randrange(2**32) if "SUANPAN_ANY_SEED" in os.environ else 20261128
