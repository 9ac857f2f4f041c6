"""damage.py FOLDER: copies of a data directory, each with one bit of another table flipped.

The bit is behind the table's data, in what RocksDB needs to find its way about it.
"""

import glob
import os
import shutil
import sys

for path in sorted(glob.glob(os.path.join(sys.argv[1], "*.sst"))):
    name = os.path.basename(path)
    copy = "damaged-" + os.path.splitext(name)[0]
    shutil.copytree(sys.argv[1], copy)
    with open(os.path.join(copy, name), "r+b") as file:
        data = bytearray(file.read())
        data[len(data) * 4 // 5] ^= 1
        file.seek(0)
        file.write(data)
