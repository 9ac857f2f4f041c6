#!/usr/bin/env python3
"""Kills the writer in the middle of its work, again and again, and asks it what it still knows.

    crash_test.py SUANPAN [ROUNDS]

Each round three processes feed commands to one `suanpan append`, another reads beside it, and after
a random number of answers the writer gets SIGKILL, while more may still come. What was acknowledged
by then is in a file (expected.jsonl). Then every command of the round is sent again: the
acknowledged ones must be answered as duplicates with the first answer to the letter, the others as
duplicates or committed. After the last kill all that the file has is asked once more.
Acknowledgements that are not true and half a command must be found, each by its own complaint.
At the end the log must have one entry for every command, no more, replay to the state that was
sealed, and pass the audit. The seed is printed and can be given in SUANPAN_SEED; with
SUANPAN_ANY_SEED it is another one in each run.
"""

import json
import multiprocessing
import os
import random
import re
import signal
import subprocess
import sys
import tempfile

from ledger_process import Ledger, command, fact, seed_of_run

FEEDERS = 3
COMMANDS = 250  # of each feeder and round
BATCH = 40  # of the writer: so many may lack an answer while it waits for more


def opening():
    return command("office/1", [
        fact("book.opened", label="X", utc_offset_minutes=480, unit="u-zz", level="community",
             host="o-host"),
        fact("fund.opened", fund="f-1", label="F", host="o-host", bank_accounts=["b-1"],
             default_pot="restricted/vendor_share",
             restriction={"class": "restricted", "purposes": ["elder_care"]}),
        fact("party.registered", party="v-1", party_type="vendor"),
        fact("agreement.signed", agreement="ag-1", agreement_type="donation_share", party="v-1",
             signed_on="2026-01-01", valid_from="2026-01-01", fund="f-1", basis="profit",
             rate={"n": 1, "m": 10}, loss_policy="carry_loss", settlement="month")])


def sales(feeder, number):
    """Three facts: half of a command would show."""
    amount = 100 + (feeder * 7919 + number * 31) % 900
    return command(f"f{feeder}/{number}", [
        fact("sale.recorded", vendor="v-1",
             lines=[{"item": "bread", "quantity": 1, "amount_fen": amount + i, "cost_fen": 40}],
             paid=[{"means": "cash", "amount_fen": amount + i}]) for i in range(3)])


def feed(commands, pipe):
    """Lines shorter than a pipe's atomic write, so that those of several feeders do not mix."""
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    for line in commands:
        os.write(pipe, line.encode())


def killed_round(ledger, lists, answers_before, expected):
    """Feeds, kills after so many answers; the answers that came."""
    read_end, write_end = os.pipe()
    writer = subprocess.Popen([ledger.program, "append", "--continue", "--batch", str(BATCH)],
                              stdin=read_end, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                              env=ledger.env)
    os.close(read_end)
    feeders = [multiprocessing.Process(target=feed, args=(lines, write_end)) for lines in lists]
    for process in feeders:
        process.start()
    reader = subprocess.Popen([ledger.program, "report", "trial-balance", "--json"],
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=ledger.env)
    acknowledged = []
    for line in writer.stdout:
        if not line.endswith(b"\n"):
            break  # cut off: nobody was told
        acknowledged.append(json.loads(line))
        expected.write(line.decode())
        if len(acknowledged) == answers_before:
            writer.kill()
    expected.flush()
    os.close(write_end)  # only now: until it was killed, the writer waited for more
    assert writer.wait() == -signal.SIGKILL, "the writer ended before it was killed"
    for process in feeders:
        process.join()
    complaint = reader.communicate()[1]
    assert reader.returncode == 0, f"a reader beside the writer: {complaint}"
    return acknowledged


def check_round(ledger, lists, acknowledged):
    by_key = {answer["key"]: answer for answer in acknowledged}
    assert len(by_key) == len(acknowledged), "a key was acknowledged twice"
    lines = [line for commands in lists for line in commands]
    kept = 0
    for line, answer in zip(lines, ledger.append(lines), strict=True):
        key = json.loads(line)["key"]
        if key in by_key:
            assert answer["result"] == "duplicate", f"{key} was acknowledged and lost: {answer}"
            assert answer["answer"] == by_key[key], f"{key} is another entry now: {answer}"
        else:
            assert answer["result"] in ("duplicate", "committed"), f"{key}: {answer}"
            kept += answer["result"] == "duplicate"
        facts = {event["fact"] for event in answer.get("answer", answer)["events"]
                 if "fact" in event}
        assert facts == {0, 1, 2}, f"half a command: {answer}"
    return kept


def check_expected(ledger, path):
    """Every answer that was ever given is still the answer, whatever was killed since."""
    with open(path, encoding="utf-8") as file:
        answers = [json.loads(line) for line in file]
    keys = [re.fullmatch(r"f(\d+)/(\d+)", answer["key"]) for answer in answers]
    lines = [sales(int(key[1]), int(key[2])) for key in keys]
    check_round(ledger, [lines], answers)


def must_be_found(ledger, lists, acknowledged, what):
    """`what`: the complaint about the planted fault; any other failure is one of the test."""
    try:
        check_round(ledger, lists, acknowledged)
    except AssertionError as found:
        if what in str(found):
            return
        raise
    raise SystemExit(f"not found: {what}")


def check_the_check(ledger, number):
    """What the log does not bear out must be found by its own name. Commands that it took: 2."""
    lists = [[sales(FEEDERS, number)]]
    key = json.loads(lists[0][0])["key"]
    must_be_found(ledger, lists, [{"key": key, "result": "committed"}],
                  f"{key} was acknowledged and lost")
    true_answer = ledger.append(lists[0])[0]["answer"]
    must_be_found(ledger, lists, [{**true_answer, "leaf": "0" * 64}], f"{key} is another entry now")
    must_be_found(ledger, lists, [true_answer, true_answer], "a key was acknowledged twice")
    whole = json.loads(sales(FEEDERS, number + 1))
    half = json.dumps({**whole, "facts": whole["facts"][:2]}) + "\n"
    must_be_found(ledger, [[half]], [], "half a command")
    return 2


def main():
    program = os.path.abspath(sys.argv[1])
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 4
    seed = seed_of_run()
    choose = random.Random(seed)
    print(f"seed {seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="suanpan-crash-") as folder:
        ledger = Ledger(program, folder)
        vkey = ledger.run("init", "--origin", "crash.example").strip()
        assert ledger.append([opening()])[0]["result"] == "committed"
        total, acknowledged_total, kept_total = 1, 0, 0
        with open(os.path.join(folder, "expected.jsonl"), "w", encoding="utf-8") as expected:
            for number in range(rounds):
                first = number * COMMANDS + 1
                lists = [[sales(feeder, n) for n in range(first, first + COMMANDS)]
                         for feeder in range(FEEDERS)]
                answers = choose.randrange(1, FEEDERS * COMMANDS - BATCH)
                acknowledged = killed_round(ledger, lists, answers, expected)
                kept_total += check_round(ledger, lists, acknowledged)
                total += FEEDERS * COMMANDS
                acknowledged_total += len(acknowledged)
        check_expected(ledger, os.path.join(folder, "expected.jsonl"))
        total += check_the_check(ledger, 1)
        status = json.loads(ledger.run("status", "--json"))
        assert status["rows"][0]["seq"] == total, status
        ledger.run("checkpoint")
        ledger.run("replay", "verify")
        ledger.run("audit", "export", os.path.join(folder, "out"))
        verdict = ledger.run("audit", "verify", os.path.join(folder, "out"), "--vkey", vkey)
        assert "verdict: verified" in verdict, verdict
    print(f"{rounds} kills, {total} commands, {acknowledged_total} acknowledged before a kill, "
          f"{kept_total} others had reached the log")


if __name__ == "__main__":
    main()
