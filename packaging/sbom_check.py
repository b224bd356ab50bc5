#!/usr/bin/env python3
"""Compares a bill of materials with the licence notices beside it, and prints what is missing from either.

    packaging/sbom_check.py FILE.cdx.json
"""

import json
import pathlib
import sys


def main():
    file = pathlib.Path(sys.argv[1])
    bill = json.loads(file.read_text())
    notices = file.with_name(file.name.replace(".cdx.json", "-licences.txt")).read_text()
    components = bill["components"]
    lacking = [f"{part['name']} {part['version']}" for part in components if f"{part['name']} {part['version']} (" not in notices]
    unnamed = [part["name"] for part in components if "licenses" not in part or "hashes" not in part]
    if len(components) < 100:
        sys.exit(f"only {len(components)} crates")
    if lacking or unnamed:
        sys.exit(f"without a notice: {lacking}; without a licence or a checksum: {unnamed}")
    print(f"{len(components)} crates")


if __name__ == "__main__":
    main()
