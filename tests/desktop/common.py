"""Shared by several flows: names on screen, first steps, and the standalone demo server."""

import os
import pathlib
import re
import subprocess
import time

import desk
from desk import until

# Names on screen that the flows use.
FILTER = "Filter businesses"
CUSTOM = "Custom"
CUSTOM_URL = "Custom URL"
PARTNER = "Partner UUID"
API_KEY = "API key"
LABEL = "Label"
SIGN_IN = "Sign in"
SESSION_MENU = "Environment: "
SIGN_OUT_ENTRY = "Sign out…"
SIGN_OUT = "Sign out of "
STAY_UNLOCKED = "Stay unlocked"
UNLOCK = "Unlock"
ROW = "table row"

# The default of the setting, in seconds.
CLIPBOARD_SECS = 60


def rows(tree):
    return list(tree.all(role=ROW))


def wait_for_rows(tree, timeout=30):
    return until(lambda: rows(tree), timeout)


def first_word(name):
    """The first word of a row's name, without its position in the list."""
    name = re.sub(r"^row \d+ of \d+\W*", "", name, flags=re.I)
    words = re.findall(r"[A-Za-z]{4,}", name)
    return words[0] if words else ""


def focused(tree):
    """The focused element, or None."""
    return next((node for node in tree.all() if "focused" in node.states), None)


def focused_name(tree):
    found = focused(tree)
    return found.name if found else ""


def preferences_path():
    return next(pathlib.Path(os.environ["HOME"]).rglob("preferences.json"), None)


def sign_in_to(tree, server):
    """Fills in the form with the server's credentials, and presses its button."""
    tree.wait(prefix=CUSTOM, pressable=True, timeout=20).press()
    tree.wait(name=CUSTOM_URL, editable=True).set_text(server.url)
    tree.wait(name=PARTNER, editable=True).set_text(server.partner)
    tree.wait(name=API_KEY, editable=True).set_text(server.key)
    time.sleep(0.3)
    tree.wait(prefix=SIGN_IN, pressable=True).press()


class DemoServer:
    """`thred-console serve-demo`, which prints its address and credentials."""

    def __init__(self, businesses=250):
        command = [desk.PROGRAM, "serve-demo", "--businesses", str(businesses)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        facts = {}
        while not {"url", "partner", "key"} <= facts.keys():
            line = self.process.stdout.readline()
            if not line:
                raise AssertionError("the demo server ended before it said where it is")
            facts.update(re.findall(r"\b(url|partner|key)=(\S+)", line))
        self.url, self.partner, self.key = facts["url"], facts["partner"], facts["key"]

    def ask(self, line):
        """Sends a command that stands for the Partner Portal, and returns the line with its result."""
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()

    def add_key(self):
        return self.ask("add-key").removeprefix("key=")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
