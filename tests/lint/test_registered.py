"""A source, header, test or CMakeLists.txt that nobody names is found."""

import unittest

from support import LintCase

TREE = {
    "CMakeLists.txt": (
        "add_subdirectory(base)\n"
        "foreach(m a)\n  add_subdirectory(tests/${m})\nendforeach()\n"),
    "base/CMakeLists.txt": (
        "suanpan_library(base HEADERS include/suanpan/base/a.h SOURCES src/a.cc)\n"),
    "base/src/a.cc": "\n",
    "base/src/private.h": "\n",
    "base/include/suanpan/base/a.h": "\n",
    "tests/a/CMakeLists.txt": (
        "suanpan_test(a_test SOURCES a_test.cc)\nadd_test(NAME x COMMAND x_test.py)\n"),
    "tests/a/a_test.cc": "\n",
    "tests/a/x_test.py": "\n",
}


class Registered(LintCase):
    def test_a_complete_tree_is_clean(self):
        self.assert_clean("registered", TREE)

    def test_each_forgotten_file_is_found(self):
        for path in ("base/src/b.cc", "base/include/suanpan/base/b.h", "tests/a/b_test.cc",
                     "tests/a/y_test.py", "tests/c_test.cc"):
            with self.subTest(path):
                self.assert_one("registered", {**TREE, path: "\n"}, f"{path}:1:", "CMakeLists.txt")
                self.remove(path)

    def test_a_source_named_only_in_a_comment_is_found(self):
        self.assert_one("registered", {
            **TREE, "base/src/b.cc": "\n",
            "base/CMakeLists.txt": TREE["base/CMakeLists.txt"] + "# src/b.cc\n",
        }, "base/src/b.cc:1:")

    def test_a_list_that_nothing_leads_to_is_found(self):
        self.assert_one("registered", {**TREE, "tests/deep/b/CMakeLists.txt": "\n"},
                        "tests/deep/b/CMakeLists.txt:1:", "add_subdirectory")


if __name__ == "__main__":
    unittest.main()
