"""Planted violations of width, tabs, blanks and ends of files."""

import unittest

from support import LintCase


class Text(LintCase):
    def test_width_counts_characters_not_bytes(self):
        self.assert_clean("text", {"a.cc": "// " + "账" * 97 + "\n"})
        self.assert_one("text", {"a.cc": "// " + "账" * 98 + "\n"}, "a.cc:1:", "101 characters")

    def test_tabs_and_trailing_blanks_are_found(self):
        self.assert_one("text", {"CMakeLists.txt": "a()\n\tb()\n"}, "CMakeLists.txt:2:", "tab")
        self.remove("CMakeLists.txt")
        self.assert_one("text", {"a.sh": "true \n"}, "a.sh:1:", "blanks")

    def test_the_file_ends_with_one_newline(self):
        self.assert_one("text", {"a.py": "a = 1"}, "a.py:1:", "no newline")
        self.assert_one("text", {"a.py": "a = 1\n\n"}, "a.py:2:", "empty line")

    def test_a_script_is_known_by_its_first_line(self):
        self.assert_one("text", {"dev": "#!/bin/sh\n\ttrue\n"}, "dev:2:", "tab")
        self.assert_clean("text", {"dev": "#!/bin/sh\n", "data.tsv": "a\tb\n"})

    def test_tables_code_and_links_of_documents_may_be_wide(self):
        wide = "x " * 60 + "x"
        self.assert_clean("text", {
            "a.md": f"# A\n\n| {wide} |\n\n```\n{wide}\n```\n\n[a](b) {wide}\n"})
        self.assert_one("text", {"a.md": f"# A\n\n{wide}\n"}, "a.md:3:", "121 characters")


if __name__ == "__main__":
    unittest.main()
