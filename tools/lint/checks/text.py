"""Width 100 (in characters), no tabs, no trailing blanks, a final newline.

In Markdown, tables, code and lines with links may be wider. Go has gofmt and a form of its own.
"""

import re

from tree import Finding

WIDTH = 100
ENDINGS = (".cc", ".h", ".fbs", ".cmake", "CMakeLists.txt", ".sh", ".py", ".md")


def applies(tree, path):
    return path.endswith(ENDINGS) or tree.text(path).startswith("#!")


def findings(tree):
    for path in tree.paths:
        if not applies(tree, path):
            continue
        text = tree.text(path)
        if text and not text.endswith("\n"):
            yield Finding(path, text.count("\n") + 1, "no newline at the end of the file")
        if text.endswith("\n\n"):
            yield Finding(path, text.count("\n"), "empty line at the end of the file")
        yield from _lines(path, text)


def _lines(path, text):
    markdown, fenced = path.endswith(".md"), False
    for number, line in enumerate(text.splitlines(), 1):
        if markdown and line.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
        if "\t" in line:
            yield Finding(path, number, "tab; use spaces")
        if line != line.rstrip():
            yield Finding(path, number, "blanks at the end of the line")
        if len(line) > WIDTH and not (markdown and (fenced or _may_be_wide(line))):
            yield Finding(path, number, f"{len(line)} characters, more than {WIDTH}")


def _may_be_wide(line):
    return line.startswith(("|", "    ", "`")) or bool(re.search(r"\]\(|https?://|^\[.*\]:", line))
