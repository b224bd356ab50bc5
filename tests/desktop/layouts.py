"""The main task on other keyboard layouts. Keys are pressed and released one by one, and Shift is released first."""

import subprocess
import time

import desk
from common import FILTER, first_word, focused_name, rows, wait_for_rows
from desk import Program, check, key, pasted, picture, type_text, until
from tree import Tree

# Physical keys, as evdev keycodes under X.
SHIFT, ALT_GR = 50, 108
ENTER, E, T, C = 36, 26, 28, 54

# The keys for the slash and the question mark on each layout.
SLASH = {"de": (SHIFT, 16), "fr": (SHIFT, 60), "us": (61,)}
QUESTION = {"de": (SHIFT, 20), "fr": (SHIFT, 58), "us": (SHIFT, 61)}

HELP = "Filter terms"


def use_layout(name):
    subprocess.run(["setxkbmap", name], check=True)
    # Wait until the window has received the event for the new layout.
    time.sleep(0.3)


def strike(*codes):
    """Presses keys together and releases them in the same order, so Shift before the letter."""
    steps = [("keydown", code) for code in codes] + [("keyup", code) for code in codes]
    words = []
    for step, code in steps:
        words += [step, str(code), "sleep", "0.03"]
    subprocess.run(["xdotool", *words], check=True)


def layouts():
    use_layout("de")
    with Program("--demo") as program:
        program.wait_for_window()
        tree = Tree(program.pid)
        check("the demo lists businesses", bool(wait_for_rows(tree)))
        word = first_word(rows(tree)[0].name)

        strike(*SLASH["de"])
        check("Shift+7 leads into the filter", until(lambda: focused_name(tree) == FILTER, 5), focused_name(tree))
        type_text(word)
        strike(ENTER)
        until(lambda: [row for row in rows(tree) if row.is_chosen], 5)
        strike(C)
        business = until(lambda: pasted().strip(), 5) or ""
        strike(T)
        claims = until(lambda: desk.jwt_payload(pasted()), 15) or {}
        check("name, Enter, T copy the token of the first match", bool(business) and claims.get("business_id") == business)
        picture("1-copied")

        desk.copy_elsewhere("not touched")
        strike(ALT_GR, E)
        time.sleep(0.5)
        check("AltGr+E, the euro sign, copies nothing", pasted() == "not touched", pasted()[:40])
        strike(E)
        external_id = until(lambda: pasted() != "not touched" and pasted(), 5)
        check("E alone copies the external_id", bool(external_id))

        for layout in SLASH:
            use_layout(layout)
            for again in ("once", "twice"):
                strike(*QUESTION[layout])
                opened = until(lambda: tree.find(name=HELP), 5)
                check(f"{layout}: the question mark opens the help, {again}", opened is not None)
                key("Escape")
                until(lambda: tree.find(name=HELP) is None, 5)
                strike(*SLASH[layout])
                led = until(lambda: focused_name(tree) == FILTER, 5)
                check(f"{layout}: the slash leads into the filter, {again}", led, focused_name(tree))
                field = tree.wait(name=FILTER, editable=True)
                check(f"{layout}: and types nothing there, {again}", "/" not in field.text, field.text)
                key("Escape")
                if focused_name(tree) == FILTER:
                    key("Escape")
                until(lambda: focused_name(tree) != FILTER, 5)
        use_layout("us")
        check("the window still closes", program.close() == 0)
