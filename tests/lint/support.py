"""A small tree in a temporary folder, and the findings of one check over it."""

import os
import shutil
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "tools", "lint"))

from checks import CHECKS  # noqa: E402
from tree import Tree  # noqa: E402


class LintCase(unittest.TestCase):
    def setUp(self):
        self.root = tempfile.mkdtemp(prefix="lint test ")
        self.addCleanup(shutil.rmtree, self.root)

    def write(self, files):
        for path, text in files.items():
            target = os.path.join(self.root, path)
            os.makedirs(os.path.dirname(target), exist_ok=True)
            with open(target, "w", encoding="utf-8") as file:
                file.write(text)

    def remove(self, path):
        os.remove(os.path.join(self.root, path))

    def found(self, check, files):
        """Findings over a tree of these files, as "path:line: text"."""
        self.write(files)
        return [str(f) for f in CHECKS[check].findings(Tree(self.root)) if not isinstance(f, str)]

    def assert_clean(self, check, files):
        self.assertEqual(self.found(check, files), [])

    def assert_one(self, check, files, start, *words):
        """Exactly one finding, at that place, naming these words."""
        found = self.found(check, files)
        self.assertEqual(len(found), 1, found)
        self.assertTrue(found[0].startswith(start), found[0])
        for word in words:
            self.assertIn(word, found[0])
