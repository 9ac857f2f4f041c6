#!/usr/bin/env python3
"""A year ends for many households at once, and the writer is killed while it is booked.

    year_end_test.py SUANPAN [HOUSEHOLDS]

Each household has two lots that end with the year. The day after is closed page by page; after a
random number of pages the writer gets SIGKILL, and whoever closes the day goes on with the page
that was not acknowledged, and may have been written. The same is done on a copy without a kill:
both must come to the same state, every point expired once, each page within its bounds, and the
memory that the closing took besides the state itself within a bound that does not know the number
of households.
"""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile

from ledger_process import Ledger, command, fact, seed_of_run

KILLS = 2
PARTIES = 250  # of a command: at most 256 facts
AWARDS = 60  # each becomes two events of an entry of at most 32 KiB
PAGE_EVENTS = 100  # of a page, by docs/facts-community.md
POINTS = 4  # of a household: two lots
PAGE_MEMORY_KIB = 64 * 1024


def in_year(kind, **fields):
    return fact(kind, "2025-01-05T12:00:00+08:00", **fields)


def adopted(policy, policy_type, body):
    approved = in_year("approval.given", of="#0", action="adopt", verdict="approved")
    return [in_year("policy.proposed", policy=policy, policy_type=policy_type, version=1,
                    applies_from="2025-01-05", body=body),
            approved | {"actor": "p-2"},
            in_year("policy.adopted", proposal="#0", approvals=["#1"])]


def opening():
    yield command("office/1", [in_year("book.opened", label="X", utc_offset_minutes=480,
                                       unit="u-zz", level="community", host="o-host")])
    yield command("office/2", adopted("deeds", "award_items",
                                      {"scheme": "hh", "items": [{"item": "clean", "points": 2}]}))
    yield command("office/3", adopted("ends", "expiry",
                                      {"scheme": "hh", "rule": "end_of_year", "n": 0}))


def household(number):
    # Not in the order in which they come: pages go by name.
    return f"h-{number * 7919 % 1000003}"


def registered(households):
    for first in range(0, households, PARTIES):
        yield command(f"register/{first + 1}", [
            in_year("party.registered", party=household(n), party_type="household")
            for n in range(first, min(first + PARTIES, households))])


def awarded(households):
    lots = [n for n in range(households) for _ in range(2)]
    for first in range(0, len(lots), AWARDS):
        yield command(f"award/{first + 1}", [
            in_year("points.awarded", scheme="hh", holder=household(n), item="clean", times=1)
            for n in lots[first:first + AWARDS]])


def page(number):
    return command(f"day/{number + 1}", [
        fact("day.closed", "2026-01-02T00:10:00+08:00", date="2026-01-01", page=number)])


def memory_kib(process, field):
    with open(f"/proc/{process.pid}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith(field))


class Closing:
    """One writer that closes the day, page by page. A page is sent before the one ahead of it is
    answered, so that one is always under way."""

    def __init__(self, ledger, first):
        self.writer = subprocess.Popen(
            [ledger.program, "append", "--batch", "1", "--continue"], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ledger.env, text=True)
        self.opened_kib = None
        self.sent = first
        self.send()

    def send(self):
        self.writer.stdin.write(page(self.sent))
        self.writer.stdin.flush()
        self.sent += 1

    def answer(self):
        line = self.writer.stdout.readline()
        assert line, self.writer.stderr.read()
        if self.opened_kib is None:
            self.opened_kib = memory_kib(self.writer, "VmHWM")
        answer = json.loads(line)
        return answer.get("answer", answer)

    def close(self):
        self.send()
        return self.answer()

    def kill(self):
        self.writer.kill()
        self.writer.communicate()
        assert self.writer.returncode == -signal.SIGKILL

    def end(self):
        """How many KiB the pages took beyond what the opened log did."""
        grown = memory_kib(self.writer, "VmHWM") - self.opened_kib
        beyond = self.answer()
        assert beyond.get("code") == "day_not_next", beyond
        self.writer.communicate()
        return grown


def expired_in(answer):
    """Households of a page; whether more are to come."""
    assert answer["result"] == "committed", answer
    closed, *expired = answer["events"]
    assert closed["kind"] == "day.closed" and len(expired) <= PAGE_EVENTS, answer
    assert all(event["kind"] == "points.expired" for event in expired), answer
    return len(expired), closed.get("more", False)


def close_day(ledger, kills_at):
    """Closes the day; after so many pages each time the writer is killed. Households, KiB."""
    closing, households, number, more = Closing(ledger, 0), 0, 0, True
    since_kill = 0
    while more:
        expired, more = expired_in(closing.close())
        households, number, since_kill = households + expired, number + 1, since_kill + 1
        if kills_at and since_kill == kills_at[0] and more:
            # The next page is on its way when the writer ends: written or not, nobody is told.
            closing.kill()
            kills_at, since_kill = kills_at[1:], 0
            closing = Closing(ledger, number)
    assert not kills_at, "the day was closed before the last kill"
    return households, closing.end()


def check_closed(ledger, households):
    rows = json.loads(ledger.run("report", "trial-balance", "--json"))["rows"]
    closing = {row["account"]: int(row["closing"]) for row in rows if "account" in row}
    left = {account: amount for account, amount in closing.items()
            if account.startswith("points/") and amount != 0}
    assert left == {"points/hh/issued": -POINTS * households,
                    "points/hh/expired": POINTS * households}, left
    ledger.run("replay", "verify")
    return ledger.run("replay", "state-root")


def main():
    program = os.path.abspath(sys.argv[1])
    households = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    seed = seed_of_run()
    print(f"seed {seed}", flush=True)
    choose = random.Random(seed)
    pages = -(-households // PAGE_EVENTS)
    kills_at = [choose.randrange(1, pages // (KILLS + 1)) for _ in range(KILLS)]
    with tempfile.TemporaryDirectory(prefix="suanpan-year-end-") as folder:
        ledger = Ledger(program, os.path.join(folder, "whole"))
        os.mkdir(ledger.folder)
        ledger.run("init", "--origin", "year.example")
        ledger.append([*opening(), *registered(households), *awarded(households)])
        killed = Ledger(program, os.path.join(folder, "killed"))
        shutil.copytree(ledger.folder, killed.folder)
        for one, at in ((ledger, []), (killed, kills_at)):
            expired, grown_kib = close_day(one, at)
            assert expired == households, f"{expired} of {households} households"
            assert grown_kib < PAGE_MEMORY_KIB, f"{pages} pages took {grown_kib} KiB"
        roots = [check_closed(one, households) for one in (ledger, killed)]
        assert roots[0] == roots[1], roots
    print(f"{households} households on {pages} pages, killed after {kills_at} pages")


if __name__ == "__main__":
    main()
