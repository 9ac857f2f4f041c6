"""clang-format over the C++ files; ./dev fmt mends what it finds."""

import os
import re
import shutil
import subprocess

from tree import Finding

MESSAGE = re.compile(r"^(.*?):(\d+):\d+: error: (.*)$")


def findings(tree):
    program = shutil.which("clang-format")
    if not program:
        text = "clang-format is not installed, nothing compared"
        yield Finding(".clang-format", 1, text) if os.environ.get("CI") else text
        return
    files = tree.cxx()
    reported = set()
    for begin in range(0, len(files), 100):
        result = subprocess.run(
            [program, "--dry-run", "-Werror", "--style=file", *files[begin : begin + 100]],
            cwd=tree.root, capture_output=True, text=True, check=False)
        for line in result.stderr.splitlines():
            match = MESSAGE.match(line)
            if match and match[1] not in reported:  # the first place of a file is enough
                reported.add(match[1])
                yield Finding(match[1], int(match[2]), "not formatted; run ./dev fmt")
        if result.returncode and not reported:
            yield Finding(".clang-format", 1, result.stderr.strip()[:300])
