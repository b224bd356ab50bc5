"""Counts the keystrokes of the main tasks. A key with modifiers is one keystroke; typed text is counted separately."""

import os
import signal

import desk
from common import FILTER, focused_name, rows, wait_for_rows
from desk import Program, check, key, pasted, picture, tell, type_text, until
from tree import Tree

# The limits, from which ARCHITECTURE.md takes its figures.
MOST_TOKEN, MOST_CREATE, MOST_ROTATE = 7, 9, 5


class Strokes:
    """Counts key presses and typed letters."""

    def __init__(self):
        self.count = 0
        self.letters = 0

    def key(self, name):
        self.count += 1
        key(name)

    def text(self, text):
        self.letters += len(text)
        type_text(text)


def strokes():
    with Program("--demo") as program:
        program.wait_for_window()
        tree = Tree(program.pid)
        check("the demo lists businesses", bool(wait_for_rows(tree)))
        copy_a_token(tree)
        copy_in_one_frame(program, tree)
        create_a_gmbh(tree)
        rotate(tree)


def copy_a_token(tree):
    """Copies the token of a business with a known name, whose first letters count too."""
    known = next(row.name for row in rows(tree) if row.name.startswith("Whit"))
    hand = Strokes()
    hand.key("slash")
    until(lambda: focused_name(tree) == FILTER, 5)
    hand.text(known[:4].lower())
    hand.key("Return")
    until(lambda: [row for row in rows(tree) if row.is_chosen], 5)
    hand.key("t")
    copied = until(lambda: desk.jwt_payload(pasted()), 15)
    report("copy the token of a known business", hand.count + hand.letters, MOST_TOKEN, copied)


def copy_in_one_frame(program, tree):
    """Presses the same keys while the program stands still, so that all arrive in one frame."""
    key("Escape")
    names = [row.name for row in until(lambda: [row for row in rows(tree) if not row.is_chosen], 5)]
    known = next(name for name in names if not name.startswith("Whit"))
    before = pasted()
    os.kill(program.pid, signal.SIGSTOP)
    try:
        key("slash")
        key("ctrl+a")
        type_text(known[:6].lower())
        key("Return")
        key("t")
    finally:
        os.kill(program.pid, signal.SIGCONT)
    chosen = until(lambda: [row.name for row in rows(tree) if row.is_chosen and row.name[:6] == known[:6]], 15)
    check("keys that arrive in one frame act one after another", bool(chosen), known[:6])
    copied = until(lambda: pasted() != before and desk.jwt_payload(pasted()), 15)
    check("the last of them copies the token", bool(copied))


def create_a_gmbh(tree):
    typed = {"Entity type": "gmbh", "external_id": "strokes-1", "Legal name": "Strokes GmbH", "E-mail": "s@strokes.example"}
    hand = Strokes()
    hand.key("n")
    until(lambda: focused_name(tree).startswith("Country"), 5)
    hand.text("ger")
    until(lambda: focused_name(tree) == "Germany", 5)
    hand.key("Return")
    until(lambda: focused_name(tree).startswith("Country"), 5)
    # Pass every Tab stop that a person would have to pass, without opening a list of values.
    for _ in range(12):
        here = focused_name(tree)
        if here in typed:
            hand.text(typed.pop(here))
        if not typed:
            break
        hand.key("Tab")
        until(lambda: focused_name(tree) not in ("", here), 3)
    picture("1-form")
    hand.key("ctrl+Return")
    made = until(lambda: [row for row in rows(tree) if row.name.startswith("Strokes GmbH")], 10)
    report("create a German GmbH, besides the text", hand.count, MOST_CREATE, made)


def rotate(tree):
    hand = Strokes()
    hand.key("ctrl+4")
    press(tree, hand.key, "Rotate key")
    # In the demo, one button stands for the portal and the paste.
    press(tree, key, "New key")
    press(tree, hand.key, "Continue to other systems")
    # With an empty field for another system, Enter continues.
    tree.wait(name="Continue to the switch", pressable=True)
    until(lambda: focused_name(tree) == "Another system", 5)
    hand.key("Return")
    press(tree, hand.key, "Switch in Demo")
    switched = tree.wait(name="Check the old key", pressable=True)
    report("rotate the key up to the switch, besides portal and paste", hand.count, MOST_ROTATE, switched)
    press(tree, hand.key, "Check the old key")
    # This stands for the portal too.
    tree.wait(name="Revoke the old key", pressable=True).press()
    press(tree, hand.key, "Done")
    tell(f"with the check that the old key is dead: {hand.count} strokes")


def press(tree, hand, button):
    """Presses Enter once the button has received the focus by itself."""
    tree.wait(name=button, pressable=True)
    until(lambda: focused_name(tree) == button, 5)
    check(f"{button} has the keyboard", focused_name(tree) == button, focused_name(tree))
    hand("Return")


def report(job, count, most, is_done):
    tell(f"{job}: {count} strokes")
    check(f"{job}: it is done", bool(is_done))
    check(f"{job}: at most {most} strokes", count <= most, str(count))
