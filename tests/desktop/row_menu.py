"""The menu of a row: opened with the secondary button, the menu key and Shift+F10, and used by mouse and keyboard."""

import subprocess
import uuid

import desk
from common import ROW, focused, focused_name, rows, wait_for_rows
from desk import Program, check, key, pasted, picture, until
from tree import Tree

FIRST, BY_MOUSE = "Copy token", "Copy id"


def row_menu():
    with Program("--demo") as program:
        program.wait_for_window()
        tree = Tree(program.pid)
        check("the demo lists businesses", bool(wait_for_rows(tree)))

        open_by_mouse(rows(tree)[1])
        line = tree.wait(role="menu item", name=BY_MOUSE)
        picture("1-by-mouse")
        desk.click(line)
        business = until(lambda: pasted().strip(), 5) or ""
        check("a click in the menu copies the id", is_uuid(business), business)
        check_closed(tree, "after a click")

        key("Menu")
        check("the menu key opens it", is_open(tree))
        check("its first line has the keyboard", until(lambda: focused_name(tree) == FIRST, 5), focused_name(tree))
        picture("2-by-key")
        key("Return")
        claims = until(lambda: desk.jwt_payload(pasted()), 15) or {}
        check("Enter in it copies the token of that row", claims.get("business_id") == business, str(claims))
        check_closed(tree, "after Enter")

        key("shift+F10")
        check("Shift+F10 opens it", is_open(tree))
        key("Down")
        check("an arrow leads on", until(lambda: focused_name(tree) not in ("", FIRST), 5), focused_name(tree))
        key("Escape")
        check_closed(tree, "after Esc")
        chosen = [row for row in rows(tree) if row.is_chosen]
        check("and the row is still the chosen one", len(chosen) == 1)
        key("Down")
        moved = until(lambda: [row for row in rows(tree) if row.is_chosen and row.name != chosen[0].name], 5)
        check("from where an arrow goes on", bool(moved))
        check("the window still closes", program.close() == 0)


def open_by_mouse(row):
    x, y = row.centre()
    subprocess.run(["xdotool", "mousemove", str(x), str(y), "click", "3"], check=True)


def is_open(tree):
    return until(lambda: tree.find(role="menu item", name=FIRST), 5) is not None


def check_closed(tree, when):
    gone = until(lambda: tree.find(role="menu item", name=FIRST) is None, 5)
    # A screen reader gets the selected row of the list as the focus.
    back = until(lambda: focused(tree) and focused(tree).role == ROW, 5)
    check(f"{when} the menu is closed and the list has the keyboard", gone and back, focused_name(tree))


def is_uuid(text):
    try:
        return bool(uuid.UUID(text))
    except ValueError:
        return False
