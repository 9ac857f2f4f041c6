"""What callgrind counted: instructions of each function by itself, and the part it belongs to."""

import collections
import os
import re

# The first that fits: name of the part, pattern of "object:function". What the hash, the blocks and
# the store do in the C library, copying and allocating, is counted there.
PARTS = [
    ("sha256", r"^libcrypto|(?i:sha256)|LeafHash|NodeHash|TaggedHash"),
    ("blocks", r"^lib(lz4|xxhash)|:LZ4_|XXH"),
    ("store", r"^librocksdb"),
    ("clib", r"^(libc|libm|libstdc\+\+|libgcc_s|ld-linux[^.]*)\.so|^libpthread"),
    ("ours", r""),
]
NAMES = [name for name, _ in PARTS]


def part_of(binary, function):
    where = f"{binary}:{function}"
    return next(name for name, pattern in PARTS if re.search(pattern, where))


def functions_of(lines):
    """(object, function) -> instructions, of the lines of callgrind's file."""
    names = collections.defaultdict(dict)
    counts = collections.Counter()
    binary = function = ""
    called = False
    for line in lines:
        if match := re.match(r"(ob|fn)=\((\d+)\)(?: (.*))?$", line):
            # A name is written out once; a callee's declares it too.
            name = _name(names, match)
            if match[1] == "ob":
                binary = os.path.basename(name)
            else:
                function = name
        elif match := re.match(r"c(ob|fn)=\((\d+)\)(?: (.*))?$", line):
            _name(names, match)
        elif line.startswith("calls="):
            called = True  # the next line has what the callee cost
        elif re.match(r"[+\-*\d]", line):
            if not called:
                counts[binary, function] += int(line.split()[1])
            called = False
    return counts


def _name(names, match):
    kind, number, text = match.groups()
    if text is not None:
        names[kind][number] = text
    return names[kind][number]


def parts_of(counts):
    """Instructions of each part."""
    parts = dict.fromkeys(NAMES, 0)
    for (binary, function), count in counts.items():
        parts[part_of(binary, function)] += count
    return parts
