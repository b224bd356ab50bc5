"""One console at a time uses a folder: a second start says so, and a crash does not keep the next one out."""

from common import API_KEY, DemoServer, preferences_path, rows, sign_in_to, wait_for_rows
from desk import Program, check, picture, stored_items, until
from tree import Tree

LOCK_FILE = "console.lock"


def starts():
    with DemoServer() as server, Program() as first:
        first.wait_for_window()
        tree = Tree(first.pid)
        sign_in_to(tree, server)
        check("signed in, the businesses are listed", bool(wait_for_rows(tree)))
        until(lambda: "label = " in stored_items() and preferences_path(), 10)
        lock = preferences_path().with_name(LOCK_FILE)
        check("the lock file names the console", lock.read_text() == str(first.pid))
        before = preferences_path().read_bytes()

        second_start(first)
        check("the first console still lists the businesses", bool(rows(tree)))
        check("its preferences are as they were", preferences_path().read_bytes() == before)
        check("the lock is still the first one's", lock.read_text() == str(first.pid))

        first.kill()
        check("a crash leaves the lock file", lock.exists())
        with Program() as next_one:
            next_one.wait_for_window()
            tree = Tree(next_one.pid)
            check("the next start signs in as before", bool(wait_for_rows(tree)), tree.dump())
            check("it has the lock", lock.read_text() == str(next_one.pid))
            picture("2-after-the-crash")
            check("it ends well", next_one.close() == 0)


def second_start(first):
    """Both ways out of its window: the button, and the window's own."""
    for by_button in (True, False):
        with Program() as second:
            second.wait_for_window()
            tree = Tree(second.pid)
            quit_button = tree.wait(name="Quit", pressable=True)
            said = tree.dump()
            check("a second start names the first", f"process {first.pid}" in said, said)
            check("it offers no form", tree.find(name=API_KEY, editable=True) is None)
            picture("1-second-start")
            if by_button:
                quit_button.press()
            else:
                second.close()
            check("it ends and says why", second.wait_for_end() == 1, str(second.process.poll()))
            check("in its output as well", "Another console" in second.printed(), second.printed())
        check("the first runs on", first.process.poll() is None)
