#!/usr/bin/env python3
"""Packs a folder into a reproducible archive: files are sorted by name and have the same time.

    packaging/zip.py FOLDER ARCHIVE
"""

import os
import pathlib
import sys
import time
import zipfile


def main():
    folder, archive = map(pathlib.Path, sys.argv[1:])
    moment = time.gmtime(int(os.environ["SOURCE_DATE_EPOCH"]))[:6]
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(str(pathlib.PurePosixPath(folder.name, path.relative_to(folder))), moment)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix: the mode counts
            mode = 0o755 if os.access(path, os.X_OK) else 0o644
            entry.external_attr = (0o100000 | mode) << 16
            packed.writestr(entry, path.read_bytes())


if __name__ == "__main__":
    main()
