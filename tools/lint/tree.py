"""The files that lint reads: all below the root except what building and running leave behind.

No git is asked, so that a tree without history gives the same findings.
"""

import fnmatch
import os

SKIPPED_AT_ROOT = ["build", ".git", ".cache", "demo-data*", "CMakeUserPresets.json",
                   "compile_commands.json"]
SKIPPED_ANYWHERE = ["__pycache__", "suanpan-data*"]
CXX_ENDINGS = (".cc", ".h")


class Finding:
    """One violation. The text says what to do instead."""

    def __init__(self, path, line, text):
        self.path, self.line, self.text = path, line, text

    def __str__(self):
        return f"{self.path}:{self.line}: {self.text}"


class Tree:
    """A source tree: sorted relative paths with forward slashes, and their text, read once."""

    def __init__(self, root):
        self.root = os.path.abspath(root)
        self.paths = sorted(self._walk())
        self._texts = {}

    def _walk(self):
        for folder, folders, names in os.walk(self.root):
            skipped = SKIPPED_ANYWHERE + (SKIPPED_AT_ROOT if folder == self.root else [])
            folders[:] = [f for f in folders if not matches(f, skipped)]
            for name in names:
                if not matches(name, skipped):
                    yield os.path.relpath(os.path.join(folder, name), self.root)

    def ending(self, *endings):
        return [p for p in self.paths if p.endswith(endings)]

    def cxx(self):
        return self.ending(*CXX_ENDINGS)

    def cmake(self):
        return [p for p in self.paths if p.endswith((".cmake", "CMakeLists.txt"))]

    def exists(self, path):
        return os.path.exists(os.path.join(self.root, path))

    def absolute(self, path):
        return os.path.join(self.root, path)

    def text(self, path):
        """The file as text; bytes that are not UTF-8 become U+FFFD, a NUL byte makes it empty."""
        if path not in self._texts:
            with open(self.absolute(path), "rb") as file:
                data = file.read()
            self._texts[path] = "" if b"\0" in data else data.decode("utf-8", "replace")
        return self._texts[path]

    def lines(self, path):
        return self.text(path).splitlines()


def matches(name, patterns):
    return any(fnmatch.fnmatch(name, pattern) for pattern in patterns)


def below(path, *folders):
    """Whether a relative path lies in one of the folders (or is one of the files)."""
    return any(path == f or path.startswith(f.rstrip("/") + "/") for f in folders)
