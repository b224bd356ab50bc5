"""Only one console at a time uses a folder: a second start raises its window, and a crash does not block the next start."""

import fcntl
import os
import pathlib

from common import API_KEY, DemoServer, preferences_path, rows, sign_in_to, wait_for_rows
from desk import Program, check, output_of, picture, stored_items, until
from tree import Tree

LOCK_FILE = "console.lock"
SOCKET = "console.sock"


def starts():
    with DemoServer() as server, Program() as first:
        window, _ = first.wait_for_window()
        tree = Tree(first.pid)
        sign_in_to(tree, server)
        check("signed in, the businesses are listed", bool(wait_for_rows(tree)))
        until(lambda: "label = " in stored_items() and preferences_path(), 10)
        lock = preferences_path().with_name(LOCK_FILE)
        socket = preferences_path().with_name(SOCKET)
        check("the lock file names the console", lock.read_text() == str(first.pid))
        check("only the user can reach the socket", socket.stat().st_mode & 0o777 == 0o600, oct(socket.stat().st_mode))
        before = preferences_path().read_bytes()

        raises(first, window, server)
        check("the first console still lists the businesses", bool(rows(tree)))
        check("its preferences are as they were", preferences_path().read_bytes() == before)
        check("the lock is still the first one's", lock.read_text() == str(first.pid))
        older_console()

        first.kill()
        check("a crash leaves the lock file and the socket", lock.exists() and socket.exists())
        with Program("raise") as nobody:
            check("after a crash there is nobody to raise", nobody.wait_for_end() == 13, nobody.printed())
        lock.with_name("crash.txt").write_text("thred-console: internal error at a made-up place\n")
        with Program() as next_one:
            window, _ = next_one.wait_for_window()
            tree = Tree(next_one.pid)
            check("the next start signs in as before", bool(wait_for_rows(tree)), tree.dump())
            check("it has the lock", lock.read_text() == str(next_one.pid))
            with Program() as second:
                check("it hears second starts", second.wait_for_end() == 0, second.printed())
            check("it offers the crash report", tree.find(name="Show file", pressable=True) is not None, tree.dump())
            check("which has another name now", lock.with_name("last-crash.txt").exists())
            picture("2-after-the-crash")
            check("it ends well", next_one.close() == 0)
        check("the end removes the socket", until(lambda: not socket.exists(), 10))


def is_active(window):
    return output_of("xdotool", "getactivewindow").strip() == window


def raises(first, window, server):
    """Raises a minimised window by a second start, and a covered window by `raise`."""
    output_of("xdotool", "windowminimize", window)
    check("the window can be minimised", until(lambda: not first._visible_window(), 10))
    env = {**os.environ, "THRED_PARTNER_UUID": server.partner, "THRED_API_KEY": server.key}
    with Program("--demo", env=env) as second:
        check("a second start ends by itself", second.wait_for_end(20) == 0, second.printed())
        said = second.printed()
    check("it says that the window was raised", "brought to the front" in said, said)
    check("it says that the demo was not opened", "the demo was not opened" in said, said)
    check("it says what was not handed over, without the key", "THRED_API_KEY" in said and server.key not in said, said)
    check("the minimised window is shown", until(first._visible_window, 10))
    check("it is the active one", until(lambda: is_active(window), 10))

    # A console with another folder is independent.
    elsewhere = {**os.environ, "THRED_CONSOLE_HOME": str(pathlib.Path(os.environ["HOME"], "other"))}
    with Program(env=elsewhere) as other:
        other_window, _ = other.wait_for_window()
        check("a console with another folder has a window of its own", until(lambda: is_active(other_window), 10))
        with Program("raise") as command:
            check("the command raises the first", command.wait_for_end(20) == 0, command.printed())
        check("the first is the active one again", until(lambda: is_active(window), 10))
        picture("1-raised")
        check("the other one ends well", other.close() == 0)


def older_console():
    """A console that uses the folder but does not respond: both buttons of the window that reports it."""
    folder = pathlib.Path(os.environ["HOME"], "older")
    folder.mkdir()
    with (folder / LOCK_FILE).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        lock.write("4711")
        lock.flush()
        for by_button in (True, False):
            with Program(env={**os.environ, "THRED_CONSOLE_HOME": str(folder)}) as second:
                second.wait_for_window()
                tree = Tree(second.pid)
                quit_button = tree.wait(name="Quit", pressable=True)
                said = tree.dump()
                check("a second start names the first", "process 4711" in said, said)
                check("it offers no form", tree.find(name=API_KEY, editable=True) is None)
                picture("1-second-start")
                if by_button:
                    quit_button.press()
                else:
                    second.close()
                check("it ends and says why", second.wait_for_end() == 1, str(second.process.poll()))
                check("in its output as well", "Another console" in second.printed(), second.printed())
