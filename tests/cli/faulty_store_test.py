#!/usr/bin/env python3
"""append and import on a store that fails once: unknown, conflict or unavailable, written or not.

    faulty_store_test.py SUANPAN SUANPAN_FAULTY        runs in a temporary folder of its own

The program must end with 3 and say what to do. What it answered stands in the log; doing what it
said gives the right answer to every command, and the log that an undisturbed run gives.
"""

import itertools
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

SUANPAN = FAULTY = ""
HERE = os.path.dirname(os.path.abspath(__file__))
RETAIL = os.path.join(HERE, "..", "..", "examples", "online-retail")
CLOCK = ("--clock", "2026-01-01T00:00:00Z")  # so that equal commands have equal leaves
WAIT_S = 120
CODES = ("unknown", "conflict", "unavailable")
COMMANDS = 30


def commands_text():
    with open(os.path.join(HERE, "zz.jsonl"), encoding="utf-8") as file:
        text = file.read()
    for counter in range(COMMANDS - text.count("\n")):
        key = f"till/{counter}" if counter % 2 else f"01941ed7-2b48-7fb3-ac5f-{counter:012x}"
        text += json.dumps({"book": "zz", "key": key, "facts": [{
            "kind": "sale.recorded", "occurred_at": "2025-04-03T10:00:00+08:00",
            "actor": "p-till", "vendor": "v-2",
            "lines": [{"item": "wash", "quantity": 1, "amount_fen": 100 + counter}]}]}) + "\n"
    return text


def retail_rows(count):
    rows = ["InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country"]
    rows += [f"{536365 + row},85123A,HOLDER,{1 + row % 7},2010-12-01 08:26:00,2.55,17850,UK"
             for row in range(count)]
    return "\n".join(rows) + "\n"


class FaultyStore(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="suanpan faulty ")
        self.addCleanup(shutil.rmtree, self.folder)
        self.write("commands.jsonl", commands_text())
        self.write("sales.csv", retail_rows(2500))
        with open(os.path.join(RETAIL, "map.json"), encoding="utf-8") as file:
            retail = json.load(file)
        del retail["group"]  # each row is a command of its own
        self.write("map.json", json.dumps(retail))
        self.cases = 0

    def write(self, name, text):
        with open(os.path.join(self.folder, name), "w", encoding="utf-8") as file:
            file.write(text)

    def run_it(self, data, *arguments, fault=None):
        env = {k: v for k, v in os.environ.items() if not k.startswith("SUANPAN")}
        env.update({"SUANPAN_DATA": data}, **({"SUANPAN_FAULT": fault} if fault else {}))
        return subprocess.run([FAULTY if fault else SUANPAN, *arguments, "--quiet"], env=env,
                              cwd=self.folder, capture_output=True, text=True, check=False,
                              timeout=WAIT_S)

    def run_ok(self, data, *arguments):
        done = self.run_it(data, *arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def begin(self, data, setup):
        """A data directory with what stands in it before the run in question."""
        self.run_ok(data, "init", "--origin", "books.example")
        if setup:
            self.run_ok(data, "append", setup, *CLOCK)

    def state_of(self, data):
        rows = json.loads(self.run_ok(data, "replay", "state-root", "--json"))["rows"]
        heads = json.loads(self.run_ok(data, "book", "list", "--json"))["rows"]
        self.run_ok(data, "replay", "verify")
        return rows, [(row["book"], row["seq"]) for row in heads]

    def answers_of(self, done):
        """Whole lines, each one answer."""
        self.assertTrue(done.stdout == "" or done.stdout.endswith("\n"), done.stdout)
        return [json.loads(line) for line in done.stdout.splitlines()]

    def disturbed(self, name, setup, arguments, fault):
        """The run with the fault, on a directory of its own."""
        self.cases += 1
        data = f"{name}-{self.cases}"
        self.begin(data, setup)
        done = self.run_it(data, *arguments, *CLOCK, fault=fault)
        self.assertEqual(done.returncode, 3, f"{fault}: {done.stdout} {done.stderr}")
        self.assertIn("a planted fault", done.stderr)
        return data, done

    def append_with(self, batch, fault, whole):
        arguments = ("append", "commands.jsonl", "--batch", str(batch))
        data, done = self.disturbed("append", None, arguments, fault)
        self.assertIn("give the same commands again", done.stderr)
        answers = self.answers_of(done)
        self.assertEqual(answers, whole[:len(answers)], "what was answered is what is due")
        again = self.run_it(data, *arguments, *CLOCK)
        self.assertEqual(again.returncode, 0, again.stderr)
        second = self.answers_of(again)
        stood = [answer["result"] == "duplicate" for answer in second]
        self.assertTrue(all(stood[:len(answers)]), "what was answered stands in the log")
        self.assertEqual([answer.get("answer", answer) for answer in second], whole)
        self.assertEqual(sorted(stood, reverse=True), stood, "a part from the beginning stood")
        return data, len(answers), sum(stood)

    def test_append_ends_in_the_state_of_an_undisturbed_run(self):
        self.begin("whole", None)
        whole = [json.loads(line)
                 for line in self.run_ok("whole", "append", "commands.jsonl", *CLOCK).splitlines()]
        expected = self.state_of("whole")
        self.assertEqual(len(whole), COMMANDS)
        for code, written, nth, batch in itertools.product(CODES, ("yes", "no"), (1, 2, 7), (1, 3)):
            with self.subTest(code=code, written=written, nth=nth, batch=batch):
                data, answered, stood = self.append_with(batch, f"{code}:{written}:{nth}", whole)
                self.assertEqual(self.state_of(data), expected)
                if batch == 1:  # each command is a commit of its own
                    self.assertEqual(answered, nth - 1)
                    self.assertEqual(stood, nth if written == "yes" else nth - 1)

    def test_import_ends_in_the_state_of_an_undisturbed_run(self):
        setup = os.path.join(RETAIL, "setup-revenue.jsonl")
        arguments = ("import", "csv", "sales.csv", "--map", "map.json", "--book", "retail")
        self.begin("whole", setup)
        counts = json.loads(self.run_ok("whole", *arguments, "--json", *CLOCK))
        self.assertEqual(counts["appended"], 2500)
        expected = self.state_of("whole")
        for code, written, nth in itertools.product(CODES, ("yes", "no"), (1, 3)):
            with self.subTest(code=code, written=written, nth=nth):
                data, done = self.disturbed("import", setup, arguments, f"{code}:{written}:{nth}")
                self.assertEqual(done.stdout, "", "no counts of an import that did not end")
                self.assertIn("import the same file again", done.stderr)
                again = json.loads(self.run_ok(data, *arguments, "--json", *CLOCK))
                self.assertEqual(again["appended"] + again["repeated"], 2500)
                if nth > 1 or written == "yes":
                    self.assertGreater(again["repeated"], 0)
                else:
                    self.assertEqual(again["repeated"], 0)
                self.assertEqual(self.state_of(data), expected)

    def test_a_store_that_lies_about_its_commit_is_found(self):
        """So that the tests above are known to be able to fail."""
        self.begin("lied to", None)
        lied = self.run_it("lied to", "append", "commands.jsonl", "--batch", "1", *CLOCK,
                           fault="ok:no:30")
        self.assertEqual(lied.returncode, 0, lied.stderr)
        self.assertEqual(len(self.answers_of(lied)), COMMANDS)
        again = self.run_it("lied to", "append", "commands.jsonl", *CLOCK)
        self.assertEqual(again.returncode, 3)
        self.assertIn("log_shorter", again.stderr)


if __name__ == "__main__":
    SUANPAN, FAULTY = (os.path.abspath(path) for path in sys.argv[1:3])
    unittest.main(argv=sys.argv[:1])
