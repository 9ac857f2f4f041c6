"""Enough of C++ for lint: comments and literals blanked out, and the extent of each function.

Nothing here is a parser. Everything keeps line numbers: blanked text becomes spaces.
"""

import re

_TOKEN = re.compile(
    r"""//[^\n]*
      | /\*.*?\*/
      | (?<![A-Za-z0-9_])(?:u8|u|U|L)?R"(?P<mark>[^()\\\s]{0,16})\(.*?\)(?P=mark)"
      | (?<![A-Za-z0-9_])(?:u8|u|U|L)?"(?:\\.|[^"\\\n])*"
      | (?<![A-Za-z0-9_])(?:u8|u|U|L)?'(?:\\.|[^'\\\n])+'""",
    re.VERBOSE | re.DOTALL,
)
_NUMBER_QUOTE = re.compile(r"(?<=[0-9a-fA-F])'(?=[0-9a-fA-F])")
_DIRECTIVE = re.compile(r"^[ \t]*#(?:[^\n\\]|\\.)*(?:\\\n(?:[^\n\\]|\\.)*)*", re.MULTILINE)


def _blank(text):
    return re.sub(r"[^\n]", " ", text)


def without_comments(text):
    """Comments blanked, literals kept."""
    return _TOKEN.sub(lambda m: _blank(m[0]) if m[0].startswith("/") else m[0], text)


def code_only(text):
    """Comments and the inside of literals blanked."""

    def replace(match):
        token = match[0]
        if token.startswith("/"):
            return _blank(token)
        quote = token[-1]
        return quote + _blank(token[1:-1]) + quote

    return _TOKEN.sub(replace, _NUMBER_QUOTE.sub("0", text))


def includes(text):
    """(line, path, quoted) of every #include."""
    found = []
    for number, line in enumerate(without_comments(text).split("\n"), 1):
        match = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
        if match:
            found.append((number, match[2], match[1] == '"'))
    return found


class Function:
    def __init__(self, name, line, size):
        self.name, self.line, self.size = name, line, size


_SCOPE_HEAD = re.compile(r"(?:^|\s)(?:namespace|class|struct|union|enum|extern)\b")
# What a function's head ends with; a class's may hold parentheses (alignas) before that.
_FUNCTION_END = re.compile(r"\)\s*(?:const|noexcept|override|final|&|\s)*$|->[^()]*$|\)\s*:[^:]")
_LABEL = re.compile(r"\b(?:public|private|protected)\s*:(?!:)")


def _drop_groups(head, opening, closing):
    """The head without the text inside balanced brackets of one sort (the brackets stay)."""
    kept, depth = [], 0
    for char in head:
        if char == closing and depth:
            depth -= 1
        if depth == 0:
            kept.append(char)
        if char == opening:
            depth += 1
    return "".join(kept)


def _kind(head):
    """What the brace after `head` opens, seen from namespace or class scope."""
    flat = _drop_groups(head, "(", ")")
    flat = re.sub(r"\boperator\s*[^\w\s(]+", "operator", flat)
    if _SCOPE_HEAD.search(re.sub(r"template\s*<.*?>\s*", " ", flat)):
        if "(" not in flat or not _FUNCTION_END.search(flat):
            return "scope"
    if "=" in _drop_groups(flat, "<", ">"):
        return "function" if re.search(r"=\s*\[[^\]]*\]", flat) else "data"
    return "function" if "(" in flat else ("scope" if not flat.strip() else "data")


def _name(head):
    """Scoped name before the parameter list; a test macro's arguments for tests."""
    test = re.search(r"\b(?:TEST|TEST_F|TEST_P|TYPED_TEST|RC_GTEST_PROP)\s*\(([^)]*)\)", head)
    if test:
        parts = re.split(r"\s*,\s*", test[1].strip())
        return ".".join(p for p in parts[:2] if p)
    head = re.sub(r"\brequires\s*\((?:[^()]|\([^()]*\))*\)", " ", head)
    variable = re.search(r"(\w+)\s*=\s*\[[^\]]*\]", head)  # a lambda at namespace scope
    if variable:
        return variable[1]
    before = head.split("(")[0] if "operator()" not in head.replace(" ", "") else "operator()"
    match = re.search(r"([~\w]+(?:\s*::\s*[~\w]+)*|operator\W*)\s*$", before)
    return re.sub(r"\s", "", match[1]) if match else before.strip()[-40:] or "?"


def functions(text):
    """Every function with a body: name, first line (of its head), lines to the closing brace."""
    code = _DIRECTIVE.sub(lambda m: _blank(m[0]), code_only(text))
    found, stack, head_begin, skip_depth, parentheses = [], [], 0, 0, 0
    for position, char in enumerate(code):
        if not skip_depth and char in "()":
            parentheses += 1 if char == "(" else -1
        if not skip_depth and char == ";":  # never lost for longer than one declaration
            parentheses = 0
        if not skip_depth and parentheses:  # a default argument's braces open no body
            continue
        if skip_depth:  # inside a function or a data initialiser: only the matching brace counts
            skip_depth += (char == "{") - (char == "}")
            if skip_depth == 0:
                kind, head, begin = stack.pop()
                tail = code[position + 1:].lstrip()
                # A member initialiser in braces, `a_{1}, b_{2} {`: the body is still to come.
                if kind == "function" and _is_member_initialiser(head, tail):
                    continue
                if kind == "function":
                    line = code.count("\n", 0, begin) + 1
                    found.append(Function(_name(head), line, code.count("\n", begin, position) + 1))
                head_begin = position + 1
        elif char == "{":
            head, begin = _head(code, head_begin, position)
            kind = _kind(head)
            stack.append((kind, head, begin))
            if kind == "scope":
                head_begin = position + 1
            else:
                skip_depth = 1
        elif char == "}":
            if stack:
                stack.pop()
            head_begin = position + 1
        elif char == ";":
            head_begin = position + 1
    return found


def _is_member_initialiser(head, tail):
    return bool(re.search(r"\)[^()]*:[^:]|\)\s*:\s*\w", head + " ") and tail[:1] in (",", "{"))


def _head(code, begin, end):
    head = code[begin:end]
    for label in _LABEL.finditer(head):
        begin += label.end() if label.start() == 0 or not head[: label.start()].strip() else 0
        break
    head = code[begin:end]
    begin += len(head) - len(head.lstrip())
    return code[begin:end], begin
