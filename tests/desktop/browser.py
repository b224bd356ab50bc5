"""The browser that the console opens does not inherit the secrets of its environment."""

import os
import pathlib

from common import DemoServer, wait_for_rows
from desk import Program, check, key, until
from tree import Tree

TOKEN = "the-token-of-an-outer-exec"


def browser():
    home = pathlib.Path(os.environ["HOME"])
    script, seen = home / "made-up-browser", home / "browser-environment"
    # Renamed once it is complete.
    script.write_text(f"#!/bin/sh\nenv >{seen}.part\necho \"opened $1\" >>{seen}.part\nmv {seen}.part {seen}\n")
    script.chmod(0o755)
    with DemoServer() as server:
        env = dict(
            os.environ, BROWSER=str(script), THRED_BASE_URL=server.url, THRED_PARTNER_UUID=server.partner,
            THRED_API_KEY=server.key, THRED_TOKEN=TOKEN,
        )
        with Program(env=env) as program:
            program.wait_for_window()
            tree = Tree(program.pid)
            check("the key of the environment signs in", bool(wait_for_rows(tree)))
            key("F1")
            tree.wait(name="Documentation", pressable=True).press()
            check("a link opens the browser", bool(until(seen.exists, 10)))
            told = seen.read_text() if seen.exists() else ""
            check("with the address", "opened https://" in told, told.replace(server.key, "KEY"))
            check("it has the rest of the environment", f"HOME={home}" in told)
            check("but not the key", server.key not in told)
            check("and not a token", TOKEN not in told)
            program.close()
