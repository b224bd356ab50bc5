#!/usr/bin/env python3
"""Prints the list of Help › Licences: the software in the programs for all systems, one per line, with name, version, licence and
repository separated by tabs. The first line has the digest of Cargo.lock, which a test compares.

    packaging/licence_list.py >assets/licences.tsv
"""

import hashlib
import pathlib

from crates import shipped

ROOT = pathlib.Path(__file__).resolve().parent.parent
TARGETS = ("x86_64-unknown-linux-gnu", "x86_64-pc-windows-gnu", "aarch64-apple-darwin")
BESIDES = [
    ("Inter", "4.001", "OFL-1.1", "https://github.com/rsms/inter"),
    ("JetBrains Mono", "2.242", "OFL-1.1", "https://github.com/JetBrains/JetBrainsMono"),
    ("Rust standard library", "", "MIT OR Apache-2.0", "https://github.com/rust-lang/rust"),
]


def main():
    crates = set()
    for target in TARGETS:
        _, packages = shipped(target)
        for package in packages:
            crates.add(tuple(package[key] or "" for key in ("name", "version", "license", "repository")))
    print(f"Cargo.lock\t{hashlib.sha256((ROOT / 'Cargo.lock').read_bytes()).hexdigest()}")
    for line in sorted(crates) + BESIDES:
        print("\t".join(line))


if __name__ == "__main__":
    main()
