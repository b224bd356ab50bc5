"""The command line with a real keyring, with a window open, and on a terminal."""

import os
import pty
import signal
import subprocess
import tempfile

import desk
from common import DemoServer, preferences_path, sign_in_to, wait_for_rows
from desk import Program, check, jwt_payload, pasted, stored_items, until
from tree import Tree

# The environment of a scheduled job: a session bus, and no screen.
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
        copies(ids[0])
        refused = locked("token", ids[0])
        check("a locked keyring is told from a missing one", refused.returncode == 6 and refused.stdout == "", refused.stderr)
        check("with what helps", "stayed locked" in refused.stderr and "Unlock the keychain" in refused.stderr, refused.stderr)
        for output in (listed.stdout, listed.stderr, token.stdout, shown):
            check("the key is in no output", server.key not in output)


def copies(business):
    """`--copy`, ended by Ctrl+C and by another program that copies something."""
    with Program("token", business, "--copy") as command:
        copied = until(pasted, 20) or ""
        claims = jwt_payload(copied) or {}
        check("--copy copies a token of the business", claims.get("business_id") == business, command.printed())
        check("which is asked to be left out of histories", "x-kde-passwordManagerHint" in desk.clipboard_targets())
        check("and is not printed", copied[:3] == "eyJ" and copied not in command.printed(), "it is")
        check("the command stays with it", command.process.poll() is None)
        command.process.send_signal(signal.SIGINT)
        check("Ctrl+C ends it", command.wait_for_end() == 130, command.printed())
        check("and removes the token", pasted() == "", pasted()[:20])
    with Program("token", business, "--copy") as command:
        check("it copies again", bool(until(lambda: jwt_payload(pasted()), 20)), command.printed())
        desk.copy_elsewhere("somebody else's")
        check("it ends once another program has copied", command.wait_for_end(20) == 0, command.printed())
        check("and leaves that alone", pasted() == "somebody else's", pasted()[:20])


def locked(*arguments):
    """Runs a command in a session of its own, as over ssh: its keyring is locked, and nothing can ask for a password."""
    env = {name: value for name, value in NO_SCREEN.items() if name != "DBUS_SESSION_BUS_ADDRESS"}
    with tempfile.TemporaryDirectory(dir="/tmp") as runtime:
        env["XDG_RUNTIME_DIR"] = runtime
        command = ["dbus-run-session", "--", desk.PROGRAM, *arguments]
        return subprocess.run(command, env=env, capture_output=True, text=True, timeout=100, check=False)


def check_token(secrets, also=()):
    """Checks that the command line fetches the key of the only saved profile from its source, and gets a token with it."""
    listed = run("list", also=also)
    business = listed.stdout.split("\t")[0]
    token = run("token", business, also=also)
    claims = jwt_payload(token.stdout) or {}
    said = listed.stderr + token.stderr
    check("the command line has a token with the key from there", claims.get("business_id", "") == business, said)
    check("and prints nothing secret", not any(secret in listed.stdout + token.stdout + said for secret in secrets))


def run(*arguments, also=()):
    """Runs a command as a scheduled job does, with additional variables."""
    command, env = [desk.PROGRAM, *arguments], {**NO_SCREEN, **dict(also)}
    return subprocess.run(command, env=env, capture_output=True, text=True, timeout=60, check=False)


def on_terminal(*arguments):
    """Runs a command on a terminal. Returns the exit status and the output."""
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
