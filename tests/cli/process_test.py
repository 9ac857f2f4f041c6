#!/usr/bin/env python3
"""Signals, closed pipes and two processes on one data directory.

    process_test.py SUANPAN        runs in a temporary folder of its own
"""

import errno
import json
import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

SUANPAN = ""
HERE = os.path.dirname(os.path.abspath(__file__))
BOOK = os.path.join(HERE, "zz.jsonl")
WAIT_S = 120
PROGRESS_S = 1.2  # progress is shown once something has taken a second


def sale(counter):
    return ('{"book":"zz","key":"till/%d","facts":[{"kind":"sale.recorded",'
            '"occurred_at":"2025-04-03T10:00:00+08:00","actor":"p-till","vendor":"v-2",'
            '"lines":[{"item":"wash","quantity":1,"amount_fen":100}]}]}\n') % counter


class ProcessCase(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="suanpan cli ")
        self.addCleanup(shutil.rmtree, self.folder)
        self.scratch = os.path.join(self.folder, "tmp")
        os.mkdir(self.scratch)
        self.run_ok("init", "--origin", "books.example")
        self.run_ok("append", BOOK)

    def tearDown(self):
        self.assertEqual(os.listdir(self.scratch), [], "left behind in the temporary directory")

    def options(self):
        env = {k: v for k, v in os.environ.items() if not k.startswith("SUANPAN")}
        return {"cwd": self.folder, "env": {**env, "TMPDIR": self.scratch}}

    def run_it(self, *arguments, **more):
        return subprocess.run([SUANPAN, *arguments], capture_output=True, text=True, check=False,
                              timeout=WAIT_S, **self.options(), **more)

    def run_ok(self, *arguments):
        done = self.run_it(*arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def start(self, *arguments, **more):
        more = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE,
                **more}
        process = subprocess.Popen([SUANPAN, *arguments], text=True, **self.options(), **more)
        self.addCleanup(self.end, process)
        return process

    @staticmethod
    def end(process):
        if process.poll() is None:
            process.kill()
        process.communicate()

    def entries(self):
        return json.loads(self.run_ok("book", "list", "--json"))["rows"][0]["seq"]

    def submit(self, process, counter):
        """Hands one command to a living `append -` and waits for its answer."""
        process.stdin.write(sale(counter))
        process.stdin.flush()
        return json.loads(process.stdout.readline())


class Interrupted(ProcessCase):
    def test_ctrl_c_while_append_waits_answers_what_was_accepted_and_exits_130(self):
        process = self.start("append", "-")
        self.assertEqual(self.submit(process, 1)["seq"], 11)
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=WAIT_S)
        self.assertEqual(process.returncode, 130, stderr)
        self.assertIn("commands 1, events 3, refused 0", stderr)
        self.assertEqual(self.entries(), 11)

    def test_ctrl_c_in_a_long_append_keeps_every_answered_command(self):
        path = os.path.join(self.folder, "many.jsonl")
        with open(path, "w", encoding="utf-8") as file:
            file.writelines(sale(counter) for counter in range(1, 300_001))
        answers_path = os.path.join(self.folder, "answers.jsonl")
        with open(answers_path, "w", encoding="utf-8") as file:
            process = self.start("append", "--batch", "100", path, stdout=file)
        while os.path.getsize(answers_path) == 0:
            self.assertIsNone(process.poll())
        process.send_signal(signal.SIGINT)
        stderr = process.communicate(timeout=WAIT_S)[1]
        self.assertEqual(process.returncode, 130, stderr)
        with open(answers_path, encoding="utf-8") as file:
            answers = file.read().splitlines()
        last = json.loads(answers[-1])
        self.assertEqual(last["seq"], 10 + len(answers))
        self.assertLess(len(answers), 300_000, "it was over before the signal came")
        self.assertEqual(self.entries(), last["seq"], "answered and stored are the same")
        self.run_ok("checkpoint")
        self.run_ok("replay", "verify")
        self.assertIn("duplicate", self.run_it("append", "-", input=sale(1)).stdout)

    def test_a_partial_output_file_does_not_outlive_ctrl_c(self):
        process = self.start("append", "-", "--output", "answers.jsonl")
        process.stdin.write(sale(1))
        process.stdin.flush()
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=WAIT_S)
        left = [name for name in os.listdir(self.folder) if name.endswith(".partial")]
        self.assertEqual(left, [])


class TwoProcesses(ProcessCase):
    def test_a_second_writer_is_refused_with_the_remedy(self):
        writer = self.start("append", "-")
        self.submit(writer, 1)
        for arguments in (["append", BOOK], ["checkpoint"]):
            second = self.run_it(*arguments)
            self.assertEqual(second.returncode, 3)
            self.assertIn("is open in another writer; stop that one", second.stderr)
            self.assertEqual(second.stderr.count("\n"), 1, second.stderr)
        self.assertEqual(self.submit(writer, 2)["seq"], 12, "the first is not disturbed")

    def test_readers_beside_a_living_writer_see_what_it_has_answered(self):
        writer = self.start("append", "-")
        for counter in range(1, 6):
            seq = self.submit(writer, counter)["seq"]
            self.assertEqual(self.entries(), seq)
            report = json.loads(self.run_ok("report", "vendor", "--json"))
            self.assertEqual(report["head_seq"], seq)
            self.assertEqual(report["rows"][1]["sales_fen"], str(5801 + 100 * counter))
            self.assertIn(f'"key":"till/{counter}"', self.run_ok("log", "show", str(seq), "--json"))
            self.assertIn(f'"at":"{seq}.0"',
                          self.run_ok("log", "list", "--json", "--kind", "sale.recorded"))
        dry = self.run_it("append", "--dry-run", "-", input=sale(6))
        self.assertEqual(json.loads(dry.stdout)["result"], "would_commit", dry.stderr)

    def test_a_killed_writer_leaves_a_directory_that_opens(self):
        writer = self.start("append", "-")
        self.assertEqual(self.submit(writer, 1)["seq"], 11)
        writer.kill()
        writer.wait(WAIT_S)
        self.assertEqual(self.entries(), 11)
        self.assertIn('"seq":12', self.run_it("append", "-", input=sale(2)).stdout)


class Streams(ProcessCase):
    def closed_reader(self, *arguments):
        """Starts the program with a stdout whose reader has gone already."""
        reading, writing = os.pipe()
        os.close(reading)
        try:
            process = self.start(*arguments, stdout=writing, stdin=subprocess.DEVNULL)
        finally:
            os.close(writing)
        stderr = process.communicate(timeout=WAIT_S)[1]
        return process.returncode, stderr

    def test_a_reader_that_leaves_early_ends_it_as_quietly_as_others(self):
        for arguments in (["report", "vendor"], ["log", "list"], ["replay", "state-root"]):
            code, stderr = self.closed_reader(*arguments)
            self.assertEqual((code, stderr), (-signal.SIGPIPE, ""), arguments)
        line = subprocess.run(f'"{SUANPAN}" log list | head -1', shell=True, capture_output=True,
                              text=True, check=True, **self.options())
        self.assertEqual((line.stdout.count("\n"), line.stderr), (1, ""))

    def test_append_without_a_reader_leaves_a_good_log(self):
        code, _ = self.closed_reader("append", BOOK)
        self.assertEqual(code, -signal.SIGPIPE)
        self.assertEqual(self.entries(), 10)

    def test_a_full_disk_behind_stdout_is_an_error(self):
        with open("/dev/full", "w", encoding="utf-8") as full:
            done = self.start("report", "vendor", stdout=full)
            stderr = done.communicate(timeout=WAIT_S)[1]
        self.assertEqual(done.returncode, 3)
        self.assertEqual(stderr, "suanpan: writing the output: No space left on device\n")

    def test_a_full_disk_behind_stderr_changes_nothing(self):
        for arguments, code in ((["append", BOOK], 0), (["report", "nosuch"], 2)):
            with open("/dev/full", "w", encoding="utf-8") as full:
                done = self.start(*arguments, stderr=full)
                done.communicate(timeout=WAIT_S)
            self.assertEqual(done.returncode, code, arguments)

    def test_closed_standard_streams_never_become_files_of_the_database(self):
        line = f'"{SUANPAN}" append "{BOOK}" <&- >&- 2>&-'
        done = subprocess.run(line, shell=True, check=False, **self.options())
        self.assertEqual(done.returncode, 3, "the answers had nowhere to go")
        self.assertEqual(self.entries(), 10)
        self.run_ok("replay", "verify")

    def append_slowly(self, *arguments, stderr):
        """Three commands, each long enough after the one before to be worth telling about."""
        process = self.start(*arguments, "append", "-", stderr=stderr)
        answers = ""
        for counter in range(1, 4):
            time.sleep(PROGRESS_S if counter > 1 else 0)
            answers += json.dumps(self.submit(process, counter)) + "\n"
        return process, answers

    def append_at_a_terminal(self, *arguments):
        """What a terminal on stderr shows of a slow append, and what its stdout says."""
        mine, its = pty.openpty()
        try:
            process, answers = self.append_slowly(*arguments, stderr=its)
            os.close(its)
            answers += process.communicate(timeout=WAIT_S)[0]
            shown = self.read_terminal(mine)
        finally:
            os.close(mine)
        self.assertEqual(process.returncode, 0, shown)
        self.assertEqual(answers.count("\n"), 3, answers)
        self.assertIn("commands 3, events 7, refused 0", shown)
        return shown, answers

    @staticmethod
    def read_terminal(mine):
        shown = b""
        try:
            while piece := os.read(mine, 4096):
                shown += piece
        except OSError as error:  # how Linux says that nobody has the other end any more
            if error.errno != errno.EIO:
                raise
        return shown.decode("utf-8")

    def assert_no_progress(self, text):
        for sign in ("\r\033", "\033[K", "append:", "/s\r"):
            self.assertNotIn(sign, text)

    def test_progress_is_shown_at_a_terminal_on_stderr_only_and_wiped_at_the_end(self):
        shown, answers = self.append_at_a_terminal()
        lines = re.findall(r"\r\033\[Kappend: ([0-9]) commands, [0-9]+/s", shown)
        self.assertEqual(lines[-2:], ["2", "3"], shown)  # a slow machine shows 1 as well
        self.assertRegex(shown, r"/s\r\033\[Kcommands 3, ")
        self.assert_no_progress(answers)

    def test_quiet_shows_no_progress_at_a_terminal(self):
        shown, answers = self.append_at_a_terminal("--quiet")
        self.assert_no_progress(shown)
        self.assert_no_progress(answers)

    def test_without_a_terminal_there_is_no_progress(self):
        process, answers = self.append_slowly(stderr=subprocess.PIPE)
        stdout, stderr = process.communicate(timeout=WAIT_S)
        self.assertEqual(process.returncode, 0, stderr)
        self.assertIn("commands 3, events 7, refused 0", stderr)
        for text in (stderr, answers + stdout):
            self.assertNotIn("\r", text)
            self.assert_no_progress(text)


if __name__ == "__main__":
    SUANPAN = os.path.abspath(sys.argv.pop(1))
    unittest.main()
