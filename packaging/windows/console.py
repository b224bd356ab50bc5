#!/usr/bin/env python3
"""Copies a program for Windows as a console program, by setting the header field `Subsystem` to 3.

    packaging/windows/console.py PROGRAM.exe PROGRAM.com
"""

import pathlib
import struct
import sys

WINDOWED, CONSOLE = 2, 3
# Offset of `Subsystem` from the start of the PE header: signature 4, file header 20, and 68 into the optional header.
OFFSET = 4 + 20 + 68


def main():
    source, copy = map(pathlib.Path, sys.argv[1:])
    program = bytearray(source.read_bytes())
    (start,) = struct.unpack_from("<I", program, 0x3C)
    if program[start : start + 4] != b"PE\0\0":
        sys.exit(f"{source} is not a program for Windows")
    (subsystem,) = struct.unpack_from("<H", program, start + OFFSET)
    if subsystem not in (WINDOWED, CONSOLE):
        sys.exit(f"{source} is for neither a window nor a console, but {subsystem}")
    struct.pack_into("<H", program, start + OFFSET, CONSOLE)
    copy.write_bytes(program)


if __name__ == "__main__":
    main()
