#!/usr/bin/env python3
"""Prints the program's bill of materials as CycloneDX 1.5 JSON: every crate with its checksum and licence.

    packaging/sbom.py TARGET

The output is reproducible: it has no serial number, and its time is SOURCE_DATE_EPOCH.
"""

import datetime
import json
import os
import pathlib
import sys
import tomllib

from crates import shipped

ROOT = pathlib.Path(__file__).resolve().parent.parent


def main():
    program, packages = shipped(sys.argv[1])
    lock = tomllib.loads((ROOT / "Cargo.lock").read_text())
    checksums = {(entry["name"], entry["version"]): entry.get("checksum") for entry in lock["package"]}
    moment = datetime.datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), datetime.UTC)
    bill = {
        "$schema": "http://cyclonedx.org/schema/bom-1.5.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "timestamp": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": component(program, None, "application"),
            "properties": [{"name": "target", "value": sys.argv[1]}],
        },
        "components": [
            component(package, checksums.get((package["name"], package["version"])), "library") for package in packages
        ],
    }
    json.dump(bill, sys.stdout, indent=1)
    print()


def component(package, checksum, kind):
    name, version = package["name"], package["version"]
    purl = f"pkg:cargo/{name}@{version}"
    made = {"type": kind, "bom-ref": purl, "name": name, "version": version, "purl": purl}
    if package["license"]:
        made["licenses"] = [{"expression": package["license"].replace("/", " OR ")}]
    if checksum:
        made["hashes"] = [{"alg": "SHA-256", "content": checksum}]
    if package["repository"]:
        made["externalReferences"] = [{"type": "vcs", "url": package["repository"]}]
    return made


if __name__ == "__main__":
    main()
