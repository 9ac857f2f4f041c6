"""Planted violations of the size limits, and the ratchet, which only ever tightens."""

import os
import unittest

from checks import sizes
from support import LintCase
from tree import Tree

RATCHET = sizes.RATCHET


def lines(count):
    return "// line\n" * count


def function(count):
    return "void Long() {\n" + "  Run();\n" * (count - 2) + "}\n"


class Sizes(LintCase):
    def test_sizes_at_the_soft_limit_are_fine(self):
        self.assert_clean("sizes", {
            "a.h": lines(200), "a.cc": lines(400), "b.cc": function(40)})

    def test_each_soft_limit_is_held(self):
        self.assert_one("sizes", {"a.h": lines(201)}, "a.h:1:", "201", "200")
        self.remove("a.h")
        self.assert_one("sizes", {"a.cc": lines(401)}, "a.cc:1:", "401", "400")
        self.remove("a.cc")
        self.assert_one("sizes", {"b.cc": "\n" + function(41)}, "b.cc:2:", "b.cc:Long", "41")

    def test_the_ratchet_excuses_the_size_it_names(self):
        self.assert_clean("sizes", {"a.cc": lines(450), "b.cc": function(50),
                                    RATCHET: "# why\n450 a.cc\n50 b.cc:Long\n"})

    def test_what_the_ratchet_names_may_not_grow(self):
        self.assert_one("sizes", {"b.cc": function(51), RATCHET: "50 b.cc:Long\n"},
                        "b.cc:1:", "grown from 50")

    def test_an_entry_follows_what_shrank_or_went(self):
        self.assert_one("sizes", {"a.cc": lines(420), RATCHET: "450 a.cc\n"},
                        f"{RATCHET}:1:", "420")
        self.assert_one("sizes", {"a.cc": lines(20), RATCHET: "450 a.cc\n"}, f"{RATCHET}:1:")
        self.assert_one("sizes", {"a.cc": "", RATCHET: "450 gone.cc\n"}, f"{RATCHET}:1:")

    def test_hard_limits_have_no_exception(self):
        self.assert_one("sizes", {"a.cc": lines(801), RATCHET: "801 a.cc\n"},
                        "a.cc:1:", "hard limit 800")
        self.remove("a.cc")
        self.assert_one("sizes", {"b.cc": function(71), RATCHET: "71 b.cc:Long\n"},
                        "b.cc:1:", "hard limit 70")

    def test_update_lowers_and_removes_but_never_adds_or_raises(self):
        self.write({"a.cc": lines(420), "b.cc": lines(20), "c.cc": lines(500), "d.cc": lines(460),
                    RATCHET: "# why\n450 a.cc\n450 b.cc\n450 d.cc\n"})
        sizes.update_ratchet(Tree(self.root))
        with open(os.path.join(self.root, RATCHET), encoding="utf-8") as file:
            self.assertEqual(file.read(), "# why\n420 a.cc\n450 d.cc\n")


if __name__ == "__main__":
    unittest.main()
