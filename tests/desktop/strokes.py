"""How many keys the main jobs take. A key with others held down is one stroke, whatever is typed as text is counted apart."""

import desk
from common import FILTER, focused_name, rows, wait_for_rows
from desk import Program, check, key, pasted, picture, tell, type_text, until
from tree import Tree

# What ARCHITECTURE.md promises.
MOST_TOKEN, MOST_CREATE, MOST_ROTATE = 7, 9, 5


class Strokes:
    """A hand that counts."""

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
        create_a_gmbh(tree)
        rotate(tree)


def copy_a_token(tree):
    """Of a business that one knows the name of: its first letters count as well."""
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


def create_a_gmbh(tree):
    typed = {"Entity type": "gmbh", "external_id": "strokes-1", "Legal name": "Strokes GmbH", "E-mail": "s@strokes.example"}
    hand = Strokes()
    hand.key("n")
    until(lambda: focused_name(tree).startswith("Country"), 5)
    hand.text("ger")
    until(lambda: focused_name(tree) == "Germany", 5)
    hand.key("Return")
    until(lambda: focused_name(tree).startswith("Country"), 5)
    # No list of values is opened on the way, and no stop is left out that a person would have to pass.
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
    # The portal and the paste, which one key plays in the demo.
    press(tree, key, "New key")
    press(tree, hand.key, "Continue to other systems")
    # An empty field for another system: Enter goes on.
    tree.wait(name="Continue to the switch", pressable=True)
    until(lambda: focused_name(tree) == "Another system", 5)
    hand.key("Return")
    press(tree, hand.key, "Switch in Demo")
    switched = tree.wait(name="Check the old key", pressable=True)
    report("rotate the key up to the switch, besides portal and paste", hand.count, MOST_ROTATE, switched)
    press(tree, hand.key, "Check the old key")
    # The portal's part again.
    tree.wait(name="Revoke the old key", pressable=True).press()
    press(tree, hand.key, "Done")
    tell(f"with the check that the old key is dead: {hand.count} strokes")


def press(tree, hand, button):
    """Enter, where the button has the keyboard of its own accord."""
    tree.wait(name=button, pressable=True)
    until(lambda: focused_name(tree) == button, 5)
    check(f"{button} has the keyboard", focused_name(tree) == button, focused_name(tree))
    hand("Return")


def report(job, count, most, is_done):
    tell(f"{job}: {count} strokes")
    check(f"{job}: it is done", bool(is_done))
    check(f"{job}: at most {most} strokes", count <= most, str(count))
