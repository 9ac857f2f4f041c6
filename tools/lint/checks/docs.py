"""Documents have titles and no dead links or anchors; no file names a path of one machine."""

import posixpath
import re
import urllib.parse

from tree import Finding

LINK = re.compile(
    r"(?<!\\)\[[^\]\[]*(?:\[[^\]]*\][^\]\[]*)*\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)")
REFERENCE = re.compile(r"^ {0,3}\[[^\]]+\]:\s*<?(\S+?)>?(?:\s|$)")
HEADING = re.compile(r"^ {0,3}#{1,6}\s+(.*?)\s*#*\s*$")
MACHINE_PATH = re.compile(r"(?<![\w.:~-])/(?:work|home|root)/[\w.]")


def prose(text):
    """(number, line) outside fenced code; inline code blanked."""
    fence = None
    for number, line in enumerate(text.splitlines(), 1):
        mark = re.match(r"\s*(```+|~~~+)", line)
        if mark and (fence is None or mark[1].startswith(fence)):
            fence = None if fence else mark[1]
            continue
        if fence is None:
            yield number, re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", lambda m: " " * len(m[0]), line)


def headings(text):
    fence = False
    for line in text.splitlines():
        if line.lstrip().startswith(("```", "~~~")):
            fence = not fence
        match = None if fence else HEADING.match(line)
        if match:
            yield match[1]


def anchors(text):
    """The anchors a forge makes of the headings, and explicit <a id="..."> ones."""
    found, seen = set(re.findall(r"<a\s+(?:id|name)=\"([^\"]+)\"", text)), {}
    for heading in headings(text):
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
        slug = re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")
        count = seen.get(slug, 0)
        seen[slug] = count + 1
        found.add(f"{slug}-{count}" if count else slug)
    return found


def findings(tree):
    for path in tree.ending(".md"):
        text = tree.text(path)
        first = next((line for line in text.splitlines() if line.strip()), "")
        if not re.match(r"# \S", first):
            yield Finding(path, 1, "no title: the first line is '# ...'")
        for number, line in prose(text):
            targets = LINK.findall(line) + REFERENCE.findall(line)
            for target in targets:
                problem = _dead(tree, path, target)
                if problem:
                    yield Finding(path, number, f"{target}: {problem}")
    for path in tree.paths:
        for number, line in enumerate(tree.lines(path), 1):
            if MACHINE_PATH.search(line):
                yield Finding(path, number, "a path of somebody's machine; make it relative")


def _dead(tree, path, target):
    if re.match(r"[a-z][a-z0-9+.-]*:", target, re.IGNORECASE):
        return None
    file, _, anchor = urllib.parse.unquote(target).partition("#")
    resolved = posixpath.normpath(posixpath.join(posixpath.dirname(path), file)) if file else path
    if resolved.startswith("..") or file.startswith("/"):
        return "leads out of the repository"
    if not tree.exists(resolved):
        return "no such file"
    if anchor and resolved.endswith(".md") and anchor not in anchors(tree.text(resolved)):
        return "no such heading there"
    return None
