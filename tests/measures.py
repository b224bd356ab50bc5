#!/usr/bin/env python3
"""Prints the figures about the source in ARCHITECTURE.md: python3 tests/measures.py"""

import collections
import pathlib
import re

SRC = pathlib.Path(__file__).resolve().parent.parent / "src"
TYPE = re.compile(r"^(?:pub(?:\([^)]*\))? )?(?:struct|enum|trait|union|type) (\w+)", re.MULTILINE)

# Tests inside a file stand at its end. A declaration such as `mod tests;` stands at its start.
TESTS = re.compile(r"^#\[cfg\(test\)\]\n(?:#\[[^\]]*\]\n)*mod \w+ \{", re.MULTILINE)


def is_test(path):
    parts = path.relative_to(SRC).parts
    return any(part in ("tests", "api_tests") for part in parts) or path.stem.endswith(("tests", "testing", "simulation"))


def main():
    code = 0
    lengths = []
    types = collections.Counter()
    for path in sorted(SRC.rglob("*.rs")):
        if is_test(path):
            continue
        is_twin = path.stem == "windows"
        text = TESTS.split(path.read_text())[0]
        lines = text.splitlines()
        code += sum(1 for line in lines if line.strip() and not line.lstrip().startswith("//"))
        lengths.append(len(lines))
        if not is_twin:
            types.update(TYPE.findall(text))
    lengths.sort()
    shared = sorted(name for name, count in types.items() if count > 1)
    print(f"lines of code without tests, comments and blanks: {code}")
    print(f"files: {len(lengths)}, median {lengths[len(lengths) // 2]} lines,", end=" ")
    print(f"nine in ten up to {lengths[len(lengths) * 9 // 10]}, longest {lengths[-1]}")
    print(f"type names: {len(types)}, shared by two types or more: {len(shared)} {' '.join(shared)}")


if __name__ == "__main__":
    main()
