"""Brings the demo into the states that the README shows, and takes the screenshots. Started by `take` in a session of its own."""

import pathlib
import subprocess
import sys
import time

FOLDER = pathlib.Path(sys.argv[1])
sys.path.insert(0, str(FOLDER.parent.parent / "tests" / "desktop"))

import desk  # noqa: E402
from desk import Program, key, pasted, until  # noqa: E402
from tree import Tree  # noqa: E402

# The input for the form.
TYPED = {
    "external_id": "quayside-0001",
    "Legal name": "Quayside Pottery Ltd",
    "E-mail": "accounts@quayside.example",
}


def take(window, name):
    """Saves a screenshot of the window, small enough for a README."""
    # Move the pointer where it hovers over nothing, and wait for the last frame.
    subprocess.run(["xdotool", "mousemove", "1390", "890"], check=True)
    time.sleep(1)
    path = FOLDER / f"{name}.png"
    subprocess.run(["import", "-window", window, "-strip", str(path)], check=True)


def rows(tree):
    return [row for row in tree.all(role="table row") if ", row " in row.name]


def copy_token(row):
    """Clicks a row, presses T and waits for the token."""
    before = pasted()
    desk.click(row)
    key("t")
    if not until(lambda: pasted() not in ("", before), 15):
        raise AssertionError(f"no token for {row.name}")


def businesses(tree, window):
    """The list with live tokens."""
    until(lambda: len(rows(tree)) > 12, 30)
    for place in (1, 7, 10, 3):
        copy_token(rows(tree)[place])
    # Wait until the toasts are gone.
    time.sleep(7)
    take(window, "businesses")


def overview(tree, window):
    """The overview, with a focused bar."""
    key("ctrl+6")
    tree.wait(name="Created per month")
    take(window, "overview")
    key("ctrl+1")
    until(lambda: len(rows(tree)) > 12, 30)


def create(tree, window):
    """The form for a new business."""
    tree.wait(prefix="New business", pressable=True).press()
    tree.wait(prefix="Country: ", pressable=True).press()
    tree.wait(name="United Kingdom", pressable=True).press()
    tree.wait(name="Private limited company").press()
    for field, text in TYPED.items():
        tree.wait(name=field, editable=True).set_text(text)
    take(window, "create")
    key("Escape")
    tree.wait(name="Close", pressable=True).press()
    tree.gone(name="Legal name", editable=True)


def rotation(tree, window):
    """The assistant for a new API key, with a key issued by the demo."""
    tree.wait(prefix="API key", pressable=True).press()
    tree.wait(name="Rotate key", pressable=True).press()
    tree.wait(name="New key", pressable=True).press()
    tree.wait(name="Continue to other systems", pressable=True)
    take(window, "rotation")


with Program("--demo") as program:
    shown, _ = program.wait_for_window()
    view = Tree(program.pid)
    for picture in (businesses, overview, create, rotation):
        picture(view, shown)
