#!/usr/bin/env python3
"""Prints the licence notices of all software in the program, each text once.

    packaging/licences.py TARGET
"""

import collections
import pathlib
import re
import subprocess
import sys

from crates import shipped

ROOT = pathlib.Path(__file__).resolve().parent.parent
NAME = re.compile(r"^(licen[cs]e|copying|notice|unlicense|copyright|ofl|ufl)", re.IGNORECASE)
CODE = {".rs", ".py", ".go", ".c", ".h", ".toml", ".yml", ".yaml", ".json", ".pl"}
RULE = "=" * 100


def main():
    texts = collections.OrderedDict()
    bare = []
    _, packages = shipped(sys.argv[1])
    for package in packages:
        title = f"{package['name']} {package['version']} ({package['license'] or 'see its text'})"
        folder = pathlib.Path(package["manifest_path"]).parent
        files = list(notices_of(folder, package["license_file"]))
        if not files:
            bare.append(f"{title}, by {', '.join(package['authors']) or 'its contributors'}")
        for file in files:
            keep(texts, title, file)
    for family in ("Inter", "JetBrainsMono"):
        keep(texts, f"The font {family} (OFL-1.1)", ROOT / f"assets/fonts/{family}-LICENSE.txt")
    for file in standard_library():
        keep(texts, "The standard library of Rust (MIT OR Apache-2.0)", file)
    show(texts, bare)


def notices_of(folder, named):
    """Returns the licence files of a crate, including those of code bundled in its subfolders."""
    candidates = {folder / named} if named else set()
    for pattern in ("*", "*/*", "*/*/*"):
        candidates |= {path for path in folder.glob(pattern) if NAME.match(path.name)}
    return sorted(path for path in candidates if path.is_file() and path.suffix not in CODE)


def standard_library():
    sysroot = subprocess.run(["rustc", "--print", "sysroot"], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
    folder = pathlib.Path(sysroot) / "share/doc/rust"
    return sorted(path for path in folder.glob("*") if path.is_file() and NAME.match(path.name) and path.suffix != ".html")


def keep(texts, title, file):
    """Adds a licence text. Files that differ only in white space count as one text."""
    text = file.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n").strip("\n")
    words = " ".join(text.split())
    titles, _ = texts.setdefault(words, (collections.OrderedDict(), text))
    titles[title] = None


def show(texts, bare):
    print("Thred Partner Console contains the following software and fonts. Each licence text stands below the names that it is for.")
    for titles, text in texts.values():
        print(f"\n{RULE}\n")
        print("\n".join(titles))
        print(f"\n{text}")
    if bare:
        print(f"\n{RULE}\n")
        print("These come without a licence text. Their licences are those named, whose texts stand above.\n")
        print("\n".join(bare))


if __name__ == "__main__":
    main()
