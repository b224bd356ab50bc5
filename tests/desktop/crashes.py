"""The program is killed at each step of a rotation and while it writes its settings, and started again."""

import json
import os
import subprocess
import time

import desk
from common import DemoServer, preferences_path, sign_in_to, wait_for_rows
from desk import Program, check, picture, tell, until
from tree import Tree

# Seconds between the press and the kill. One of them hits the write to the keychain.
DURING_THE_SWITCH = (0.0, 0.004, 0.008, 0.016, 0.1)
# How often the program is killed while it writes settings.
ROUNDS = 4


class Lives:
    """One run of the program after another. Only stored data passes from one to the next."""

    def __init__(self):
        self.logs = []
        self._begin()

    def _begin(self):
        self.program = Program()
        self.logs.append(self.program)
        self.program.wait_for_window()
        self.tree = Tree(self.program.pid)

    def die(self):
        """Kills the program and starts it again."""
        self.program.kill()
        self._begin()

    def press(self, timeout=20, **what):
        self.tree.wait(timeout=timeout, pressable=True, **what).press()

    def write(self, name, text):
        self.tree.wait(name=name, editable=True).set_text(text)
        # The button beside the field is enabled a frame later.
        time.sleep(0.2)

    def printed(self):
        return "".join(program.printed() for program in self.logs)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for program in self.logs:
            program.__exit__()


def crashes():
    with DemoServer() as server, Lives() as lives:
        sign_in_to(lives.tree, server)
        check("signed in, the businesses are listed", bool(wait_for_rows(lives.tree)))
        until(lambda: "label = " in desk.stored_items() and preferences_path(), 10)
        new = server.add_key()
        at_each_step(lives, server, new)
        while_settings_are_written(lives)
        lives.program.close()
        for secret in (server.key, new):
            check("no key is printed", secret not in lives.printed())
            check("no file holds a key", not desk.files_with(secret, os.environ["HOME"]))


def saved():
    """The preferences on disk."""
    with open(preferences_path(), encoding="utf-8") as file:
        return json.load(file)["data"]


def saved_step():
    """The saved step of the rotation; None without a rotation."""
    rotation = saved()["profiles"][0].get("rotation") or {}
    return rotation.get("step")


def at_each_step(lives, server, new):
    """Kills the program at each of the six steps, and several times during the switch."""
    old = server.key

    def dies_at(step, then, keeps=old):
        is_saved = until(lambda: saved_step() == step, 10)
        check(f"{step}: it is on disk where it stands", bool(is_saved), saved_step())
        lives.die()
        stands(lives, step, then, keeps, {old, new} - {keeps})

    open_assistant(lives)
    lives.press(name="Rotate key")
    dies_at("portal", then=1)
    lives.write("Partner Portal address", "https://portal.thred.example/")
    lives.press(name="Save address")
    lives.press(name="I have the new key")
    lives.write("New API key", new)
    dies_at("paste", then=2)
    check("paste: the field is empty again", not lives.tree.wait(name="New API key", editable=True).text)

    prove(lives, new)
    dies_at("verify", then=2)
    says_it_is_gone(lives, "verify")
    prove(lives, new)
    lives.press(name="Continue to other systems")
    lives.write("Another system", "Back end")
    lives.press(name="Add")
    until(lambda: "Back end" in json.dumps(saved()), 10)
    dies_at("other_systems", then=2)
    says_it_is_gone(lives, "other_systems")
    to_the_switch(lives, new)
    check("the places are remembered", "Back end" in json.dumps(saved()))
    dies_at("switch", then=2)
    says_it_is_gone(lives, "switch")
    picture("1-after-the-fifth-step")

    during_the_switch(lives, old, new)
    dies_at("check", then=6, keeps=new)
    picture("2-after-the-sixth-step")
    lives.write("Old API key", old)
    lives.press(name="Check the old key")
    lives.tree.wait(name="Check again", pressable=True, timeout=20)
    check("the old key is revoked", server.ask(f"revoke {old}") == "revoked=yes")
    lives.press(name="Check again")
    lives.tree.wait(name="Done", pressable=True, timeout=20)
    until(lambda: saved_step() is None, 10)
    lives.die()
    check("the end: the new key signs in", bool(wait_for_rows(lives.tree)))
    open_assistant(lives)
    check("the end: nothing is under way", lives.tree.find(name="Rotate key", pressable=True) is not None)


def open_assistant(lives):
    lives.press(prefix="API key")
    lives.tree.wait(prefix="Rotate", timeout=10)


def prove(lives, new):
    lives.write("New API key", new)
    lives.press(name="Test the new key")
    lives.tree.wait(name="Continue to other systems", pressable=True, timeout=20)


def to_the_switch(lives, new):
    prove(lives, new)
    lives.press(name="Continue to other systems")
    lives.press(name="Continue to the switch")
    lives.tree.wait(prefix="Switch in ", pressable=True)


def stands(lives, when, step, keeps, others):
    """Checks that the key of the keyring signs in, and that the assistant shows the expected step."""
    check(f"{when}: the next start signs in", bool(wait_for_rows(lives.tree)))
    items = desk.stored_items()
    is_kept = items.count("label = ") == 1 and keeps in items and not any(key in items for key in others)
    check(f"{when}: the keyring holds the working key and no other", is_kept)
    open_assistant(lives)
    said = lives.tree.find(prefix=f"Step {step} of 6, current")
    check(f"{when}: it says that it stands at step {step}", said is not None, lives.tree.dump())


def says_it_is_gone(lives, when):
    words = "The new key was in memory only and was lost."
    check(f"{when}: it says what became of the new key", words in lives.tree.dump())


def during_the_switch(lives, old, new):
    """Checks that one of the two keys is stored and signs in, whenever the program is killed, and then completes the switch."""
    for delay in DURING_THE_SWITCH:
        to_the_switch(lives, new)
        lives.press(prefix="Switch in ")
        time.sleep(delay)
        lives.program.kill()
        is_switched = new in desk.stored_items()
        tell(f"killed {1000 * delay:.0f} ms after the press: the keyring holds the {'new' if is_switched else 'old'} key")
        lives.die()
        if is_switched:
            stands(lives, "during the switch", 6, new, {old})
            return
        stands(lives, "during the switch", 2, old, {new})
    to_the_switch(lives, new)
    lives.press(prefix="Switch in ")
    lives.tree.wait(name="Check the old key", pressable=True, timeout=20)


def while_settings_are_written(lives):
    """Each key press changes the scale. Whenever the program is killed, the file has one of the two values."""
    path = preferences_path()
    folder = path.parent
    profile = saved()["profiles"]
    before = {entry.name for entry in folder.iterdir()}
    seen = set()
    for number in range(ROUNDS):
        keys = ["ctrl+minus", "ctrl+0"] * 200
        typing = subprocess.Popen(["xdotool", "key", "--delay", "10", *keys])
        written = writes_of(path, 3 + number, 10)
        time.sleep(number / 1000)
        lives.program.kill()
        typing.terminate()
        typing.wait()
        check(f"round {number + 1}: it died while it wrote", written)
        try:
            scale = saved()["settings"].get("scale", 100)
        except ValueError as error:
            scale = error
        seen.add(scale)
        lives.die()
        listed = bool(wait_for_rows(lives.tree))
        check(f"round {number + 1}: it starts as it was", listed and saved()["profiles"] == profile, str(scale))
        told = lives.tree.dump()
        check(f"round {number + 1}: and tells of no damage", "aside" not in told and "damaged" not in told)
    check("the old or the new value is there", seen <= {90, 100}, str(seen))
    tell(f"scale after the deaths: {seen}")
    aside = {entry.name for entry in folder.iterdir()} - before
    check("no file was set aside", not any("damaged" in name for name in aside), str(aside))
    picture("3-settings")


def writes_of(path, count, timeout):
    """Waits until the file was replaced `count` times, counted by its inode. Returns False after the timeout."""
    end = time.monotonic() + timeout
    last = path.stat().st_ino
    while count and time.monotonic() < end:
        now = path.stat().st_ino
        if now != last:
            last, count = now, count - 1
    return count == 0
