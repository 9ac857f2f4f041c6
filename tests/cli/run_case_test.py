#!/usr/bin/env python3
"""The player of cases complains where it should: a test that cannot fail proves nothing.

    run_case_test.py SUANPAN
"""

import os
import re
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
PLAYER = os.path.join(HERE, "run_case.py")
SUANPAN = ""


class Player(unittest.TestCase):
    def play(self, text, *options):
        with tempfile.TemporaryDirectory() as folder:
            case = os.path.join(folder, "x.clitest")
            with open(case, "w", encoding="utf-8") as file:
                file.write(text)
            done = subprocess.run(
                [sys.executable, "-B", PLAYER, *options, SUANPAN, case,
                 os.path.join(folder, "play")],
                capture_output=True, text=True, check=False)
            with open(case, encoding="utf-8") as file:
                return done.returncode, done.stdout + done.stderr, file.read()

    def assert_played(self, text, code, *words):
        returned, said, _ = self.play(text)
        self.assertEqual(returned, code, said)
        for word in words:
            self.assertIn(word, said)

    def test_what_is_as_expected_passes(self):
        self.assert_played("# a comment\n\n$ cat\n< one\n< two\n> one\n> two\n", 0)
        self.assert_played("$ echo a >&2; exit 3\n! a\n? 3\n", 0)

    def test_every_difference_is_told_with_its_line(self):
        self.assert_played("$ true\n$ echo a\n> b\n", 1, "x.clitest:2: $ echo a", "stdout is")
        self.assert_played("$ echo a\n", 1, "stdout is")
        self.assert_played("$ true\n> a\n", 1, "stdout is")
        self.assert_played("$ echo a >&2\n", 1, "stderr is")
        self.assert_played("$ exit 1\n", 1, "exit code 1, expected 0")
        self.assert_played("$ printf a\n> a\n", 1, "<no newline>")

    def test_patterns_take_what_they_name_and_nothing_else(self):
        digest = "0123456789abcdef" * 4
        self.assert_played(f"$ echo {digest}\n> <hex>\n$ echo 1,234.5\n> <n>\n", 0)
        self.assert_played("$ echo a b c\n> a <*> c\n", 0)
        self.assert_played("$ seq 5\n> 1\n> <...>\n> 5\n", 0)
        self.assert_played("$ echo 0123\n> <hex>\n", 1)
        self.assert_played("$ echo five\n> <n>\n", 1)
        self.assert_played("$ seq 5\n> 1\n> <...>\n> 4\n", 1)
        self.assert_played("$ echo axc\n> a.c\n", 1)

    def test_steps_share_one_fresh_folder(self):
        self.assert_played("$ ls -A; touch file\n$ ls -A\n> file\n", 0)

    def test_junk_in_the_temporary_directory_is_a_failure(self):
        self.assert_played('$ touch "$TMPDIR/junk"\n', 1, "left behind", "junk")

    def test_what_is_no_case_is_not_played(self):
        for text in ("", "> out\n", "$ true\nsomething\n", "$ true\n\n> late\n"):
            self.assertNotEqual(self.play(text)[0], 0, text)

    def test_update_writes_what_was_seen_and_keeps_what_matched(self):
        text = "# note\n$ echo 12\n> <n>\n\n$ echo b; exit 4\n> a\n\n# end\n"
        _, _, updated = self.play(text, "--update")
        self.assertEqual(updated,
                         "# note\n$ echo 12\n> <n>\n\n$ echo b; exit 4\n> b\n? 4\n\n# end\n")

    def test_every_case_is_registered(self):
        with open(os.path.join(HERE, "CMakeLists.txt"), encoding="utf-8") as file:
            registered = set(re.findall(r"^suanpan_cli_test\((\w+)\)", file.read(), re.MULTILINE))
        files = {name[:-8] for name in os.listdir(HERE) if name.endswith(".clitest")}
        self.assertEqual(files, registered)


if __name__ == "__main__":
    SUANPAN = os.path.abspath(sys.argv.pop(1))
    unittest.main()
