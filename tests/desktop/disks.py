"""A data folder on a full disk and on a read-only one: nothing is lost, and the console reports both."""

import ctypes
import json
import os
import pathlib
import subprocess
import time

import desk
from command_line import run
from common import DemoServer, sign_in_to, wait_for_rows
from desk import Program, ask_to_close, check, picture, skip, until
from tree import Tree

NEW_MOUNTS = 0x00020000  # CLONE_NEWNS
KIB = 1024
LEGAL_NAME = "Legal name"
# More tokens than lines fit into the rest of the last disk page of the history.
MOST_TOKENS = 40


class Disk:
    """A small disk that is unmounted when this process ends."""

    def __init__(self):
        self.folder = pathlib.Path(os.environ["SESSION_DIR"], "disk")
        self.folder.mkdir()
        libc = ctypes.CDLL(None, use_errno=True)
        self.is_there = libc.unshare(NEW_MOUNTS) == 0 and all(
            subprocess.run(["mount", *arguments], capture_output=True, check=False).returncode == 0
            for arguments in (["--make-rprivate", "/"], ["-t", "tmpfs", "-o", "size=96k", "tmpfs", str(self.folder)])
        )

    def fill(self):
        try:
            with open(self.folder / "filler", "wb", 0) as filler:
                while True:
                    filler.write(bytes(KIB))
        except OSError:
            pass

    def make_room(self):
        (self.folder / "filler").unlink()

    def close_to_writing(self):
        subprocess.run(["mount", "-o", "remount,ro", str(self.folder)], check=True)


def disks():
    disk = Disk()
    if not disk.is_there:
        skip("full and read-only disks", "only root may mount one, and not in every container")
        return
    data = disk.folder / "data"
    os.environ["THRED_CONSOLE_HOME"] = str(data)
    with DemoServer(20) as server:
        with Program() as window:
            window.wait_for_window()
            tree = Tree(window.pid)
            sign_in_to(tree, server)
            check("the businesses are listed", bool(wait_for_rows(tree)))
            until(lambda: "label = " in desk.stored_items() and (data / "preferences.json").exists(), 10)
            window.close()
        business = console("list").stdout.split("\t")[0]

        disk.fill()
        scripts_on_full_disk(business)
        window_on_full_disk(disk)
        check("the preferences are whole", is_json((data / "preferences.json").read_text()))
        check("with room again there are tokens", console("token", business).returncode == 0)
        lines = (data / "history.jsonl").read_text().splitlines()
        check("no line of the history is torn", all(is_json(line) for line in lines), lines[-1])

        preferences = (data / "preferences.json").read_bytes()
        disk.close_to_writing()
        refused = console("token", business)
        check("a read-only disk: no token", refused.returncode == 11 and "Read-only" in refused.stderr and not refused.stdout, refused.stderr)
        check("the doctor finds it", "is not writable" in console("doctor").stdout)
        with Program() as window:
            window.wait_for_window()
            tree = Tree(window.pid)
            check("the window lists the businesses all the same", bool(wait_for_rows(tree)))
            # A pin is saved with the settings.
            desk.key("Down")
            desk.key("p")
            check("and says what is not saved", bool(until(lambda: "Settings not saved" in tree.dump(), 10)))
            picture("3-read-only")
            check("it ends well", window.close() == 0, window.printed())
        check("nothing was changed there", (data / "preferences.json").read_bytes() == preferences)


def scripts_on_full_disk(business):
    check("the doctor finds a full disk", "is not writable" in console("doctor").stdout)
    tokens = (console("token", business) for _ in range(MOST_TOKENS))
    refused = next((said for said in tokens if said.returncode), None)
    check("no token that cannot be written down", refused is not None and refused.returncode == 11 and not refused.stdout)
    check("the command says why", refused is not None and "No space left" in refused.stderr, str(refused))


def window_on_full_disk(disk):
    with Program() as window:
        window.wait_for_window()
        tree = Tree(window.pid)
        check("on a full disk the window lists the businesses", bool(wait_for_rows(tree)))
        tree.wait(name="New business", pressable=True).press()
        tree.wait(name=LEGAL_NAME, editable=True).set_text("Lindenhof")
        told = until(lambda: "Draft could not be saved" in tree.dump(), 20)
        check("the form says that the draft is not saved", bool(told), tree.dump())
        picture("1-full")
        ask_to_close(window._visible_window())
        stay = tree.wait(name="Keep open", pressable=True)
        picture("2-question")
        check("closing asks first", window.process.poll() is None)
        stay.press()
        disk.make_room()
        time.sleep(0.3)
        tree.wait(name=LEGAL_NAME, editable=True).set_text("Lindenhof AG")
        check("with room it is saved", bool(until(lambda: "Draft saved on this computer" in tree.dump(), 20)))
        check("and closing asks nothing", window.close() == 0, window.printed())


def console(*arguments):
    return run(*arguments, also={"THRED_CONSOLE_HOME": os.environ["THRED_CONSOLE_HOME"]})


def is_json(line):
    try:
        return bool(json.loads(line))
    except ValueError:
        return False
