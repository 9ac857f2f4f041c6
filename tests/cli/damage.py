"""damage.py FOLDER [FIFTHS]: copies of a data directory, each with one bit of one table flipped.

The bit is after so many fifths of the table: by default behind its data, in what RocksDB needs to
find its way about it; with 0 in its first row.
"""

import glob
import os
import shutil
import sys

fifths = int(sys.argv[2]) if len(sys.argv) > 2 else 4
for path in sorted(glob.glob(os.path.join(sys.argv[1], "*.sst"))):
    name = os.path.basename(path)
    copy = "damaged-" + os.path.splitext(name)[0]
    shutil.copytree(sys.argv[1], copy)
    with open(os.path.join(copy, name), "r+b") as file:
        data = bytearray(file.read())
        data[max(len(data) * fifths // 5, 9)] ^= 1
        file.seek(0)
        file.write(data)
