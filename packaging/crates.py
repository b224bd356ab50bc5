"""The crates whose code is in the program."""

import json
import subprocess


def shipped(target):
    """Returns the packages linked into the program for `target`, as in `cargo metadata`, sorted by name and version.

    Leaves out packages that only build or test the program: build scripts, procedural macros and their dependencies.
    """
    command = ["cargo", "metadata", "--locked", "--format-version", "1", "--filter-platform", target]
    metadata = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    packages = {package["id"]: package for package in metadata["packages"]}
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    root = metadata["resolve"]["root"]
    found, waiting = set(), [root]
    while waiting:
        current = waiting.pop()
        if current in found or is_macro(packages[current]):
            continue
        found.add(current)
        for dependency in nodes[current]["deps"]:
            if any(kind["kind"] is None for kind in dependency["dep_kinds"]):
                waiting.append(dependency["pkg"])
    found.discard(root)
    in_order = sorted((packages[id] for id in found), key=lambda package: (package["name"], package["version"]))
    return packages[root], in_order


def is_macro(package):
    return any("proc-macro" in target["kind"] for target in package["targets"])
