#!/usr/bin/env python3
"""The program on a store that fails once: unknown, conflict or unavailable, done or not.

    faulty_store_test.py SUANPAN SUANPAN_FAULTY [TEST...]    runs in a temporary folder of its own

Commits of append and import: the program must end with 3 and say what to do. What it answered
stands in the log; doing what it said gives the right answer to every command, and the log that an
undisturbed run gives. And every other request of every command that opens the log: it ends with 3
and the reason, and the same command once more ends where an undisturbed one does.
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
EVERY = "SUANPAN_EVERY_BYTE" in os.environ  # the slow suite


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


class Faulty(unittest.TestCase):
    """A folder with what is fed in, and the program with and without a fault."""

    ROWS = 2500

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="suanpan faulty ")
        self.addCleanup(shutil.rmtree, self.folder)
        self.write("commands.jsonl", commands_text())
        self.write("sales.csv", retail_rows(self.ROWS))
        with open(os.path.join(RETAIL, "map.json"), encoding="utf-8") as file:
            retail = json.load(file)
        del retail["group"]  # each row is a command of its own
        self.write("map.json", json.dumps(retail))
        self.cases = 0

    def write(self, name, text):
        with open(os.path.join(self.folder, name), "w", encoding="utf-8") as file:
            file.write(text)

    def run_it(self, data, *arguments, fault=None, count=None):
        env = {k: v for k, v in os.environ.items() if not k.startswith("SUANPAN")}
        given = {"SUANPAN_DATA": data, "SUANPAN_FAULT": fault, "SUANPAN_FAULT_COUNT": count}
        env.update({name: value for name, value in given.items() if value})
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


class FaultyCommits(Faulty):
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
                data, answered, stood = self.append_with(batch, f"commit:{code}:{written}:{nth}",
                                                             whole)
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
                data, done = self.disturbed("import", setup, arguments,
                                            f"commit:{code}:{written}:{nth}")
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
                           fault="commit:ok:no:30")
        self.assertEqual(lied.returncode, 0, lied.stderr)
        self.assertEqual(len(self.answers_of(lied)), COMMANDS)
        again = self.run_it("lied to", "append", "commands.jsonl", *CLOCK)
        self.assertEqual(again.returncode, 3)
        self.assertIn("log_shorter", again.stderr)


WRITES = ("commit", "write_keys", "clear_keys", "put_checkpoint", "forget_behind_end", "put_meta")
READS = ("books", "read_blocks", "last_block", "ends", "key_watermark", "find_key", "visit_keys",
         "latest_checkpoint", "get_meta", "refresh")


class FaultyCalls(Faulty):
    """Every sort of request, the first and the last of it in a run of each command: in turn with
    each code, in the slow suite with all of them."""

    ROWS = 40
    COMMANDS = {
        "append": ("append", "commands.jsonl", "--batch", "1"),
        "import": ("import", "csv", "sales.csv", "--map", "map.json", "--book", "retail"),
        "checkpoint": ("checkpoint",),
        "rebuild": ("replay", "rebuild", "--projection", "keys"),
        "verify": ("replay", "verify"),
        "restore": ("restore", "--accept-loss", "--reason", "disk_failure"),
    }

    def prepare(self):
        """Two books; half of the commands and rows, with a head of each signed. `lossy` has lost
        what came after that."""
        with open(os.path.join(self.folder, "commands.jsonl"), encoding="utf-8") as file:
            lines = file.readlines()
        self.write("first.jsonl", "".join(lines[:COMMANDS // 2]))
        self.begin("there", os.path.join(RETAIL, "setup-revenue.jsonl"))
        self.run_ok("there", "append", "first.jsonl", *CLOCK)
        self.run_ok("there", "checkpoint")
        self.copy("there", "lossy")
        for name, command in self.COMMANDS.items():
            if name in ("append", "import"):
                self.run_ok("lossy", *command, *CLOCK)
        shutil.rmtree(self.path("lossy"))
        shutil.copytree(self.path("there"), self.path("lossy"))

    def path(self, data):
        return os.path.join(self.folder, data)

    def copy(self, data, to):
        for suffix in ("", ".keys"):
            shutil.rmtree(self.path(to + suffix), ignore_errors=True)
            shutil.copytree(self.path(data + suffix), self.path(to + suffix))

    def fresh(self, name):
        self.copy("lossy" if name == "restore" else "there", "data")
        return "data"

    def end_of(self, data):
        """What is compared: signed heads, which tell the roots of the logs; the state is theirs."""
        heads = self.run_ok(data, "checkpoint", "--json")
        self.run_ok(data, "replay", "verify")
        return heads

    def run_with(self, name, fault):
        """A run with the fault, and how often it made the request."""
        done = self.run_it(self.fresh(name), *self.COMMANDS[name], *CLOCK, fault=fault,
                           count=self.path("count"))
        with open(self.path("count"), encoding="utf-8") as file:
            return done, int(file.read())

    def count(self, name, call):
        """How often an undisturbed run of the command makes the request."""
        done, times = self.run_with(name, f"{call}:unknown:no:0")
        self.assertEqual(done.returncode, 0, f"{name}: {done.stderr}")
        return times

    def check(self, name, fault, expected):
        """Of a run with the fault, and one after it."""
        done, times = self.run_with(name, fault)
        if times < int(fault.split(":")[3]):
            # An import has more in one commit now and then, and keys are written when there is
            # nothing else to do.
            self.assertTrue(name == "import" or fault.startswith("write_keys"), fault)
            self.assertEqual(done.returncode, 0, f"{name}: {done.stderr}")
            return
        self.cases += 1
        data = "data"
        # An index that could not be written once all was answered: the next opening completes it.
        if not (done.returncode == 0 and fault.startswith("write_keys")):
            self.assertEqual(done.returncode, 3, f"{done.stdout} {done.stderr}")
            self.assertIn("a planted fault", done.stderr)
        self.assertNotIn("log_", done.stderr, "no alarm for a store that does not answer")
        again = self.run_it(data, *self.COMMANDS[name], *CLOCK)
        self.assertEqual(again.returncode, 0, f"once more: {again.stderr}")
        self.assertEqual(self.end_of(data), expected)

    def test_every_request_of_every_command(self):
        self.prepare()
        asked = {}
        for name, command in self.COMMANDS.items():
            data = self.fresh(name)
            self.run_ok(data, *command, *CLOCK)
            expected = self.end_of(data)
            for call in WRITES + READS:
                asked[name, call] = self.count(name, call)
                done = ("yes", "no") if call in WRITES else ("no",)
                places = sorted({1, asked[name, call]}) if asked[name, call] else ()
                for nth, was_done in itertools.product(places, done):
                    for code in CODES if EVERY else (CODES[self.cases % len(CODES)],):
                        with self.subTest(name=name, call=call, nth=nth, code=code, done=was_done):
                            self.check(name, f"{call}:{code}:{was_done}:{nth}", expected)
        print(f"{self.cases} faults in {sum(1 for times in asked.values() if times)} sorts of "
              f"requests by {len(self.COMMANDS)} commands", file=sys.stderr)
        # The index is emptied while opening, which tests/fault/cut_work_test.cc lets lie for that.
        for call in set(WRITES + READS) - {"clear_keys"}:
            self.assertTrue(any(asked[name, call] for name in self.COMMANDS), f"nobody asks {call}")


if __name__ == "__main__":
    SUANPAN, FAULTY = (os.path.abspath(path) for path in sys.argv[1:3])
    unittest.main(argv=sys.argv[:1] + sys.argv[3:])
