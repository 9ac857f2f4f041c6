"""The checks that ask a program: a planted violation each, and the runner's exit codes."""

import json
import os
import shutil
import subprocess
import sys
import unittest
from unittest import mock

from support import LintCase

RUN = os.path.join(os.path.dirname(__file__), "..", "..", "tools", "lint", "run")


class Tools(LintCase):
    @unittest.skipUnless(shutil.which("clang-format"), "needs clang-format")
    def test_an_unformatted_source_is_found(self):
        style = {".clang-format": "BasedOnStyle: Google\n"}
        self.assert_one("format", {**style, "a.cc": "int  a;\n"}, "a.cc:1:", "./dev fmt")
        self.assert_clean("format", {**style, "a.cc": "int a;\n"})

    def test_a_missing_program_is_a_finding_only_in_ci(self):
        with mock.patch("shutil.which", return_value=None):
            with mock.patch.dict(os.environ, {"CI": ""}):
                self.assert_clean("format", {"a.cc": "int  a;\n"})
            with mock.patch.dict(os.environ, {"CI": "1"}):
                self.assertEqual(len(self.found("format", {})), 1)
                self.assertEqual(len(self.found("tidy", {})), 1)

    @unittest.skipUnless(shutil.which("clang-tidy"), "needs clang-tidy")
    def test_a_use_after_move_is_found(self):
        source = ("#include <string>\n#include <utility>\nvoid Take(std::string);\n"
                  "int Use(std::string a) {\n  Take(std::move(a));\n"
                  "  return static_cast<int>(a.size());\n}\n")
        sources = ["a.cc", "tests/b.cc"]
        self.write({
            **{name: source for name in sources},
            ".clang-tidy": "Checks: '-*,bugprone-use-after-move'\nWarningsAsErrors: '*'\n",
            "out/compile_commands.json": json.dumps([{
                "directory": self.root, "file": name,
                "arguments": ["g++", "-std=c++20", "-Wduplicated-cond", "-c", name]}
                for name in sources]),
        })
        build = os.path.join(self.root, "out")

        def of(ci, which):
            with mock.patch.dict(os.environ, {
                    "CI": ci, "SUANPAN_TIDY": which, "SUANPAN_BUILD_DIR": build}):
                return self.found("tidy", {})

        (found,) = of("1", "")
        self.assertTrue(found.startswith("a.cc:6:"), found)
        self.assertIn("bugprone-use-after-move", found)
        self.assertEqual(len(of("", "all")), 2)
        self.assertEqual(len(of("1", "changed")), 0, "no git here: nothing is changed")
        self.assertIn("one of changed, product, all, none", of("", "every")[0])

    def run_lint(self, *arguments):
        done = subprocess.run([sys.executable, "-B", RUN, "--root", self.root, *arguments],
                              capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    def test_the_runner_tells_clean_from_findings_from_bad_usage(self):
        self.write({"a.md": "# A\n"})
        self.assertEqual(self.run_lint("docs", "text")[0], 0)
        self.write({"a.md": "A\n"})
        code, output = self.run_lint("docs")
        self.assertEqual(code, 1)
        self.assertIn("a.md:1:", output)
        code, output = self.run_lint("nonsense")
        self.assertEqual(code, 2)
        self.assertIn("unknown check nonsense", output)


if __name__ == "__main__":
    unittest.main()
