"""Several signals at once, as a closed terminal and a log-out send them, close the window properly."""

import signal
import time

from common import DemoServer, preferences_path, sign_in_to, wait_for_rows
from desk import Program, check, stored_items, until
from starts import SOCKET
from tree import Tree

PAUSE_SECS = 0.02


def signals():
    with DemoServer() as server:
        with Program() as program:
            program.wait_for_window()
            tree = Tree(program.pid)
            sign_in_to(tree, server)
            check("signed in, the businesses are listed", bool(wait_for_rows(tree)))
            until(lambda: "label = " in stored_items() and preferences_path(), 10)
            check("the window closes", program.close() == 0)
        for name, first in (("a closed terminal", signal.SIGHUP), ("a log-out", signal.SIGTERM)):
            ends_properly(name, first)


def ends_properly(name, first):
    """Sends `first` and then SIGHUP while a draft is on screen."""
    typed = f"The draft of {name}"
    folder = preferences_path().parent
    with Program() as program:
        program.wait_for_window()
        tree = Tree(program.pid)
        wait_for_rows(tree)
        tree.wait(prefix="New business", pressable=True).press()
        tree.wait(name="Legal name", editable=True).set_text(typed)
        until(lambda: tree.find(name="Legal name", editable=True).text == typed, 5)
        program.process.send_signal(first)
        time.sleep(PAUSE_SECS)
        program.process.send_signal(signal.SIGHUP)
        status = program.wait_for_end(10)
    check(f"{name} ends it properly", status == 0, f"the status is {status}")
    drafts = folder / "drafts.json"
    check(f"{name} keeps the draft", drafts.exists() and typed in drafts.read_text())
    check(f"{name} leaves no socket", not (folder / SOCKET).exists())
