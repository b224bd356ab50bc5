"""Tab and Shift+Tab through every page in the smallest window: the focus is always visible."""

import subprocess
import time

from common import SIGN_IN, wait_for_rows
from desk import Program, check, key, picture, tell, until
from tree import FocusWatch, Tree

WIDTH, HEIGHT = 900, 600
# More than any page has.
MOST_STOPS = 90

# The key that opens each page, and an element that only this page has.
PAGES = {
    "list": ("ctrl+1", dict(name="New business", pressable=True)),
    "tokens": ("ctrl+2", dict(prefix="Forget all", pressable=True)),
    "import": ("ctrl+3", dict(name="Open file…", pressable=True)),
    "API key": ("ctrl+4", dict(name="Rotate key", pressable=True)),
    "history": ("ctrl+5", dict(name="Export history", pressable=True)),
    "overview": ("ctrl+6", dict(name="Created per month", role="label")),
    "settings": ("ctrl+comma", dict(name="Appearance", role="label")),
}


def tab_walk():
    with Program() as program:
        window, _ = program.wait_for_window()
        tree = Tree(program.pid)
        watch = FocusWatch(program.pid)
        subprocess.run(["xdotool", "windowsize", "--sync", window, str(WIDTH), str(HEIGHT)], check=True)
        tree.wait(prefix=SIGN_IN, pressable=True, timeout=20)
        walk("sign-in", tree, watch)

        tree.wait(name="Explore the demo", pressable=True).press()
        wait_for_rows(tree)
        # Selecting a row opens its details, and a token fills the page of tokens.
        key("j")
        key("t")
        tree.wait(prefix="Clear now", pressable=True)
        for page, (opens, shows) in PAGES.items():
            key(opens)
            tree.wait(**shows)
            walk(page, tree, watch)
        key("ctrl+1")
        key("n")
        tree.wait(name="Legal name", editable=True)
        walk("create form", tree, watch)


def walk(page, tree, watch):
    """Goes through a page once with Tab and once with Shift+Tab."""
    started = time.monotonic()
    picture(page.replace(" ", "-"))
    forth = round_by("Tab", tree, watch)
    back = round_by("shift+Tab", tree, watch)
    took = time.monotonic() - started
    tell(f"{page}: {len(forth.stops)} stops, {took:.1f} s")
    for way, there in (("Tab", forth), ("Shift+Tab", back)):
        check(f"{page}: {way} moves the keyboard at every press", there.stuck is None, there.stuck)
        check(f"{page}: {way} comes round", there.is_round, " > ".join(there.stops))
        check(f"{page}: by {way} it can be seen where the keyboard is", not there.unseen, str(there.unseen))
    same = back.stops == forth.stops[::-1]
    check(f"{page}: Shift+Tab goes the same way back", same, f"{forth.stops} / {back.stops[::-1]}")
    here = [node for node in tree.all() if "focused" in node.states]
    check(f"{page}: one element has the keyboard", len(here) == 1, str([str(node) for node in here]))


class Round:
    """The stops of one pass."""

    def __init__(self):
        self.stops = []
        self.unseen = []
        self.stuck = None
        self.is_round = False


def round_by(keys, tree, watch):
    found = Round()
    first = None
    for _ in range(MOST_STOPS):
        watch.forget()
        key(keys)
        node = watch.wait()
        if node is None:
            found.stuck = found.stops[-1] if found.stops else "at once"
            return found
        if first is None:
            first = node
        elif node == first:
            found.is_round = True
            return found
        found.stops.append(str(node))
        if not until(lambda: is_seen(node), 2):
            found.unseen.append(f"{node} {node.box()}")
    return found


def is_seen(node):
    """Whether any part of the element is inside the window. It may be larger than the window, such as a long list."""
    left, top, width, height = node.box()
    return width > 0 and height > 0 and left < WIDTH and top < HEIGHT and left + width > 0 and top + height > 0
