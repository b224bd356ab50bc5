"""The command line with a real keyring, beside an open window, and in front of a person."""

import os
import pty
import subprocess

import desk
from common import DemoServer, preferences_path, sign_in_to, wait_for_rows
from desk import Program, check, jwt_payload, stored_items, until
from tree import Tree

# As a scheduled job has it: a session bus, and no screen.
NO_SCREEN = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}


def command_line():
    with DemoServer(20) as server, Program() as window:
        window.wait_for_window()
        tree = Tree(window.pid)
        sign_in_to(tree, server)
        check("the window lists the businesses", bool(wait_for_rows(tree)))
        until(lambda: "label = " in stored_items() and preferences_path(), 10)

        listed = run("list")
        ids = [line.split("\t")[0] for line in listed.stdout.splitlines()]
        check("without a screen the key comes from the keyring", len(ids) == 20, listed.stderr)
        token = run("token", ids[0])
        claims = jwt_payload(token.stdout.strip()) or {}
        check("a token is for the business", claims.get("business_id") == ids[0], token.stderr)
        check("nothing else is said", token.stderr == "", token.stderr)
        history = preferences_path().with_name("history.jsonl").read_text()
        check("the history has it beside what the window wrote", ids[0] in history and "signed_in" in history, history)
        check("the history has no token", token.stdout.strip() not in history)

        status, shown = on_terminal("token", ids[0])
        check("on a terminal no token is shown", status == 2 and "--print" in shown and "eyJ" not in shown, shown)
        status, shown = on_terminal("token", ids[0], "--print")
        check("with --print it is", status == 0 and "eyJ" in shown, str(status))
        for output in (listed.stdout, listed.stderr, token.stdout, shown):
            check("the key is in no output", server.key not in output)


def run(*arguments):
    command = [desk.PROGRAM, *arguments]
    return subprocess.run(command, env=NO_SCREEN, capture_output=True, text=True, timeout=60, check=False)


def on_terminal(*arguments):
    """The exit status, and what a person would see."""
    ours, theirs = pty.openpty()
    with subprocess.Popen([desk.PROGRAM, *arguments], stdin=theirs, stdout=theirs, stderr=theirs) as program:
        os.close(theirs)
        shown = b""
        while True:
            try:
                read = os.read(ours, 4096)
            except OSError:
                break
            if not read:
                break
            shown += read
    os.close(ours)
    return program.returncode, shown.decode(errors="replace")
