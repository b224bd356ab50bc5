"""Uses the program as a person does, step by step.  flows.py FLOW"""

import datetime
import json
import os
import re
import subprocess
import sys
import time
import traceback

import desk
from common import (
    API_KEY, CLIPBOARD_SECS, CUSTOM, CUSTOM_URL, FILTER, LABEL, PARTNER, SESSION_MENU, SIGN_IN, SIGN_OUT, SIGN_OUT_ENTRY,
    STAY_UNLOCKED, UNLOCK, DemoServer, first_word, preferences_path, rows, sign_in_to, wait_for_rows,
)
from browser import browser
from command_line import command_line
from crashes import crashes
from desk import Program, check, key, pasted, picture, tell, type_text, until
from disks import disks
from layouts import layouts
from memory import memory
from openbao import openbao
from row_menu import row_menu
from session_lock import session_lock
from signals import signals
from sources import aws, sources
from starts import starts
from strokes import strokes
from tab_walk import tab_walk
from tree import Tree


def no_display():
    env = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
    with Program("--demo", env=env) as program:
        status = program.wait_for_end(20)
        said = program.printed().strip()
    check("without a screen the exit status is 1", status == 1, f"it is {status}")
    check("without a screen it says one clear sentence", len(said.splitlines()) == 1, said)
    check("that sentence speaks of the screen", re.search("display|screen|desktop", said, re.I) is not None, said)
    check("that sentence is no panic", "panic" not in said and "internal error" not in said, said)


def demo():
    with Program("--demo") as program:
        window, took = program.wait_for_window()
        tell(f"start to first frame: {took:.2f} s")
        check("the demo opens a window", bool(window))
        tree = Tree(program.pid)
        check("the demo lists businesses", bool(wait_for_rows(tree)))
        check("the program's memory is private", program.is_private())
        picture("1-list")
        before = len(rows(tree))

        # A word of an existing name, so that at least one row stays.
        word = first_word(rows(tree)[0].name)
        key("slash")
        time.sleep(0.2)
        type_text(word)
        field = tree.wait(name=FILTER, editable=True)
        check("the filter takes what is typed", until(lambda: field.text == word, 5), repr(field.text))
        kept = until(lambda: 0 < len(rows(tree)) <= before and rows(tree), 5)
        check("the filter keeps the rows with the word", bool(kept))
        picture("2-filtered")

        desk.click(rows(tree)[0])
        selected = until(lambda: [r for r in rows(tree) if r.is_chosen], 5)
        check("a click selects a row", bool(selected))
        key("c")
        business = until(lambda: pasted() and pasted().strip(), 5) or ""
        check("C copies the id", bool(business))
        check("an id is no secret and may be kept", "x-kde-passwordManagerHint" not in desk.clipboard_targets())

        copied_at = time.monotonic()
        key("t")
        claims = until(lambda: desk.jwt_payload(pasted()), 15)
        check("T copies a token", claims is not None)
        claims = claims or {}
        check("the token is for the selected business", claims.get("business_id") == business, f"{claims.get('business_id')} / {business}")
        check("the token is asked to be left out of histories", "x-kde-passwordManagerHint" in desk.clipboard_targets())
        token = pasted().strip()
        check("the token is not in the primary selection", token not in desk.primary_selection())
        picture("3-copied")
        check("the token is not on screen or read out", bool(token) and token not in tree.dump())

        gone = until(lambda: token not in pasted(), CLIPBOARD_SECS + 15, pause=0.5)
        stayed = time.monotonic() - copied_at
        check("the clipboard clears itself", bool(gone))
        check("not before its time", stayed > CLIPBOARD_SECS - 3, f"after {stayed:.0f} s")
        picture("4-cleared")

        # The clipboard library learns late that a selection was replaced, and could then drop the next one.
        for _ in range(3):
            key("t")
            until(lambda: desk.jwt_payload(pasted()), 15)
            key("c")
            until(lambda: pasted().strip() == business, 5)
            time.sleep(0.3)
            if pasted().strip() != business:
                break
        check("C copies the id over a token, and it stays", pasted().strip() == business, f"{pasted()[:8]!r}")
        key("t")
        until(lambda: desk.jwt_payload(pasted()), 15)
        desk.copy_elsewhere("somebody else's")
        key("ctrl+shift+c")
        time.sleep(1)
        check("what another program copied is left alone", pasted() == "somebody else's", pasted()[:40])
        check("SIGTERM closes the window properly", program.terminate() == 0)
        check("nothing was printed that holds the token", token not in program.printed())
    check("no file holds the token", not desk.files_with(token or "none", os.environ["HOME"]))


def sign_in():
    with DemoServer() as server:
        check("nothing is stored before", "thred-console" not in desk.stored_items())
        with Program() as program:
            program.wait_for_window()
            tree = Tree(program.pid)
            tree.wait(prefix=SIGN_IN, pressable=True, timeout=20)
            picture("1-empty")
            tree.wait(prefix=CUSTOM, pressable=True).press()
            tree.wait(name=CUSTOM_URL, editable=True).set_text(server.url)
            tree.wait(name=PARTNER, editable=True).set_text(server.partner)
            tree.wait(name=API_KEY, editable=True).set_text(server.key)
            time.sleep(0.3)
            check("the key cannot be read out while typed", server.key not in tree.dump())
            picture("2-filled")
            tree.wait(prefix=SIGN_IN, pressable=True).press()
            check("signed in, the businesses are listed", bool(wait_for_rows(tree)))
            picture("3-list")
            items = desk.stored_items()
            check("the keyring holds one item", items.count("label = ") == 1, items.replace(server.key, "KEY"))
            check("it is labelled for its owner", "label = Thred API key, " in items)
            check("it is the key for this partner", server.partner in items and server.key in items)
            check("the key is not read out", server.key not in tree.dump())
            program.close()
            check("the key is not printed", server.key not in program.printed())

        with Program() as program:
            program.wait_for_window()
            tree = Tree(program.pid)
            check("the next start signs in from the keyring", bool(wait_for_rows(tree)))
            check("until the sign-out the key is found in memory", program.memory_with([server.key]) != [0])
            picture("4-again")
            tree.wait(prefix=SESSION_MENU, pressable=True).press()
            tree.wait(prefix=SIGN_OUT_ENTRY, pressable=True).press()
            confirm = tree.wait(prefix=SIGN_OUT, pressable=True)
            picture("5-confirm")
            check("nothing is removed before it is confirmed", "thred-console" in desk.stored_items())
            confirm.press()
            removed = until(lambda: "thred-console" not in desk.stored_items(), 10, pause=0.2)
            check("signing out removes the item", removed)
            back = until(lambda: tree.find(name=API_KEY, editable=True), 10)
            check("signing out leads back to the sign-in", back is not None)
            program.check_forgets("the key", server.key, "after the sign-out")
            picture("6-signed-out")
            program.close()
            check("the key is not printed later either", server.key not in program.printed())
        check("no file holds the key", not desk.files_with(server.key, os.environ["HOME"]))


def add_profile(tree, server, label):
    """Fills in the form, beginning with the environment and its address."""
    tree.wait(prefix=CUSTOM, pressable=True).press()
    tree.wait(name=CUSTOM_URL, editable=True).set_text(server.url)
    tree.wait(name=PARTNER, editable=True).set_text(server.partner)
    tree.wait(name=API_KEY, editable=True).set_text(server.key)
    if tree.find(name=LABEL, editable=True) is None:
        tree.wait(name="Add a label", pressable=True).press()
    tree.wait(name=LABEL, editable=True).set_text(label)
    time.sleep(0.3)


def open_label(tree, label):
    """Whether the band names this profile and its list is loaded."""
    return bool(until(lambda: tree.find(prefix=f"{label} ·") and rows(tree), 20))


def profiles():
    """Saves two profiles in the real keyring, switches between them by keyboard, and removes one."""
    with DemoServer() as north, DemoServer() as south:
        check("nothing is stored before", "thred-console" not in desk.stored_items())
        with Program() as program:
            program.wait_for_window()
            tree = Tree(program.pid)
            add_profile(tree, north, "North")
            picture("1-label")
            tree.wait(prefix=SIGN_IN, pressable=True).press()
            check("the first profile is open", open_label(tree, "North"))
            key("ctrl+e")
            tree.wait(name="Add a profile…", pressable=True)
            picture("2-switcher-of-one")
            # With one profile, the row below it adds another.
            key("Return")
            tree.wait(name=LABEL, editable=True)
            picture("3-adding")
            key("Escape")
            check("Esc leads back to the open profile", open_label(tree, "North"))
            key("ctrl+e")
            key("Return")
            add_profile(tree, south, "South")
            tree.wait(prefix=SIGN_IN, pressable=True).press()
            check("the second profile is open", open_label(tree, "South"))
            items = until(lambda: desk.stored_items().count("label = ") == 2 and desk.stored_items(), 10) or ""
            check("the keyring holds two items", bool(items))
            check("one for each server", north.key in items and south.key in items)
            time.sleep(0.5)
            key("ctrl+e")
            time.sleep(0.5)
            picture("4-switcher-of-two")
            key("Return")
            check("Ctrl+E and Enter open the one before", open_label(tree, "North"))
            picture("5-switched")
            key("ctrl+e")
            key("Return")
            check("and back", open_label(tree, "South"))
            program.close()

        with Program() as program:
            program.wait_for_window()
            tree = Tree(program.pid)
            check("the next start opens the last one", open_label(tree, "South"))
            key("ctrl+e")
            key("Up")
            time.sleep(0.3)
            key("Delete")
            confirm = tree.wait(prefix="Remove profile", pressable=True)
            picture("6-confirm")
            check("nothing is removed before it is confirmed", desk.stored_items().count("label = ") == 2)
            confirm.press()
            gone = until(lambda: desk.stored_items().count("label = ") == 1, 10, pause=0.2)
            check("its item is gone from the keyring", bool(gone))
            check("the other item stays", north.key in desk.stored_items())
            told = until(lambda: "no longer holds its key" in tree.dump(), 10)
            check("and it is said that this was looked up", bool(told))
            picture("7-removed")
            key("Return")
            check("the profile that stays is one key away", open_label(tree, "North"))
            picture("8-the-other")
            program.close()
            check("no key is printed", north.key not in program.printed() and south.key not in program.printed())
        host = south.url.split("//")[1]
        told = [path for path in desk.files_with(host, os.environ["HOME"]) if not path.endswith("history.jsonl")]
        check("nothing but the history tells of the removed one", not told, str(told))
        check("no file holds a key", not desk.files_with(north.key, os.environ["HOME"]))


def create():
    """Creates a business and copies its token through the accessibility bus alone, without keys or pointer, on a
    standalone server."""
    with DemoServer() as server:
        with Program() as program:
            program.wait_for_window()
            tree = Tree(program.pid)
            sign_in_to(tree, server)
            check("the businesses are listed", bool(wait_for_rows(tree)))
            until(lambda: "label = " in desk.stored_items() and preferences_path(), 10)
            tree.wait(prefix="New business", pressable=True).press()
            tree.wait(prefix="Country: ", pressable=True).press()
            tree.wait(name="Netherlands", pressable=True).press()
            picture("1-form")
            tree.wait(name="external_id", editable=True).set_text("desktop-0001")
            tree.wait(name="Legal name", editable=True).set_text("Bloemenhandel Ærø B.V.")
            tree.wait(name="E-mail", editable=True).set_text("no at sign")
            tree.wait(name="Entity type", editable=True).set_text("bv")
            tree.wait(prefix="Create in ", pressable=True).press()
            time.sleep(0.5)
            check("a wrong e-mail keeps the form open", tree.find(name="Legal name", editable=True) is not None)
            picture("2-refused")
            tree.wait(name="E-mail", editable=True).set_text("info@aero.example")
            time.sleep(0.3)
            tree.wait(prefix="Create in ", pressable=True).press()
            made = until(lambda: [r for r in rows(tree) if r.name.startswith("Bloemenhandel Ærø")], 10)
            check("the new business is in the list", bool(made))
            check("and selected", bool(made) and bool(until(lambda: [r for r in rows(tree) if r.is_chosen and r.name.startswith("Bloemenhandel")], 5)))
            picture("3-created")
            tree.wait(name="Copy token", pressable=True).press()
            check("a token of it is copied at once", until(lambda: desk.jwt_payload(pasted()), 15) is not None)

            # Creating the same external_id again gives a different message.
            tree.wait(prefix="New business", pressable=True).press()
            tree.wait(prefix="Country: ", pressable=True).press()
            tree.wait(name="Netherlands", pressable=True).press()
            tree.wait(name="external_id", editable=True).set_text("desktop-0001")
            tree.wait(name="Legal name", editable=True).set_text("Another name")
            tree.wait(name="E-mail", editable=True).set_text("other@aero.example")
            tree.wait(name="Entity type", editable=True).set_text("bv")
            time.sleep(0.3)
            tree.wait(prefix="Create in ", pressable=True).press()
            check("an existing one is told apart", tree.wait(name="Open business", pressable=True) is not None)
            picture("4-existed")
            tree.wait(name="Back to form", pressable=True).press()
            time.sleep(1.5)
            program.kill()

        with Program() as program:
            program.wait_for_window()
            tree = Tree(program.pid)
            wait_for_rows(tree)
            tree.wait(prefix="New business", pressable=True).press()
            kept = until(lambda: tree.find(name="Legal name", editable=True), 5)
            check("the draft survives a killed program", kept is not None and kept.text == "Another name", kept and kept.text)
            picture("5-draft")
            program.close()
        check("no file holds the key", not desk.files_with(server.key, os.environ["HOME"]))


def files():
    """Exports to a file and imports from one with the system's file dialogs."""
    folder = os.path.join(os.environ["HOME"], "files")
    os.makedirs(folder)

    def is_private_meanwhile():
        check("while the dialog is open the program's memory is private", program.is_private())

    exported = os.path.join(folder, "out.csv")
    with DemoServer() as server:
        env = dict(os.environ, THRED_BASE_URL=server.url, THRED_PARTNER_UUID=server.partner, THRED_API_KEY=server.key)
        with Program(env=env) as program:
            program.wait_for_window()
            tree = Tree(program.pid)
            check("credentials of the environment sign in", bool(wait_for_rows(tree)))
            check("and nothing of them is stored", "thred-console" not in desk.stored_items())
            tree.wait(prefix="Export the shown list", pressable=True).press()
            tree.wait(prefix="Export 250 as CSV", pressable=True).press()
            check("the system's save dialog opens", desk.answer_file_dialog("Export businesses", exported, "1-save-dialog", is_private_meanwhile))
            written = until(lambda: os.path.exists(exported) and open(exported, encoding="utf-8-sig").read(), 10) or ""
            check("the export is written whole", len(written.splitlines()) >= 251, f"{len(written.splitlines())} lines")
            check("and readable by its owner alone", os.stat(exported).st_mode & 0o777 == 0o600)
            picture("2-exported")

            incoming = os.path.join(folder, "in.csv")
            with open(incoming, "w", encoding="cp1252", newline="") as file:
                file.write("external_id;legal_name;entity_type;email;country\r\n")
                file.write("csv-1;Müller & Söhne GmbH;gmbh;info@mueller.example;DE\r\n")
                file.write("csv-2;Whitfield Ltd;limited;w@whitfield.example;GB\r\n")
                file.write("csv-3;No Mail Ltd;limited;not a mail;GB\r\n")
            tree.wait(prefix="Import", pressable=True).press()
            tree.wait(name="Open file…", pressable=True).press()
            check("the system's open dialog opens", desk.answer_file_dialog("Import businesses", incoming, "3-open-dialog", is_private_meanwhile))
            tree.wait(name="Dry run", pressable=True, timeout=20)
            picture("4-columns")
            tree.wait(name="Dry run", pressable=True).press()
            start = tree.wait(prefix="Create ", pressable=True, timeout=20)
            check("the dry run finds two to create", start.name.startswith("Create 2 in 127.0.0.1"), start.name)
            picture("5-dry-run")
            start.press()
            tree.wait(name="Open another file…", pressable=True, timeout=20)
            picture("6-result")
            tree.wait(prefix="Businesses", pressable=True).press()
            made = until(lambda: [r for r in rows(tree) if r.name.startswith("Müller & Söhne")], 10)
            check("what was imported is in the list", bool(made))
            picture("7-list")
            program.close()


def lock():
    """Waits without input until the console locks, and unlocks it with the keychain."""
    data = os.path.join(os.environ["XDG_DATA_HOME"], "thred-console")
    os.makedirs(data, mode=0o700)
    settings = {"kind": "thred-console preferences", "version": 1, "data": {"settings": {"lock_minutes": 1, "theme": "light"}}}
    with open(os.path.join(data, "preferences.json"), "w") as file:
        json.dump(settings, file)
    with DemoServer() as server, Program() as program:
        program.wait_for_window()
        tree = Tree(program.pid)
        sign_in_to(tree, server)
        check("signed in", bool(wait_for_rows(tree)))
        until(lambda: "label = " in desk.stored_items(), 10)
        name = rows(tree)[0].name.split(",")[0]
        desk.click(rows(tree)[0])
        key("t")
        token = until(lambda: desk.jwt_payload(pasted()) and pasted().strip(), 15) or "none"
        touched_at = time.monotonic()
        check("a lock is announced", until(lambda: tree.find(name=STAY_UNLOCKED, pressable=True), 50) is not None)
        picture("1-announced")
        unlock = until(lambda: tree.find(name=UNLOCK, pressable=True), 50)
        check("it locks itself", unlock is not None)
        check("not before its time", time.monotonic() - touched_at > 55, f"after {time.monotonic() - touched_at:.0f} s")
        check("the list is gone", not rows(tree) and name not in tree.dump())
        check("the clipboard is cleared", bool(until(lambda: token not in pasted(), 5)))
        check("the lock says so", bool(until(lambda: "the clipboard was cleared" in tree.dump(), 5)))
        picture("2-locked")
        program.check_forgets("the key", server.key, "after the lock")
        program.check_forgets("the token", token, "after the lock")
        before = program.cpu_seconds()
        time.sleep(10)
        tell(f"locked: {10 * (program.cpu_seconds() - before):.2f} % of a core over 10 s")
        unlock.press()
        check("the key comes from the keyring again", bool(wait_for_rows(tree)))
        picture("3-unlocked")
        key("ctrl+l")
        check("Ctrl+L locks", until(lambda: tree.find(name=UNLOCK, pressable=True), 5) is not None)
        key("Return")
        check("Enter unlocks", bool(wait_for_rows(tree)))
        key("ctrl+5")
        seen = until(lambda: [r.name for r in rows(tree) if r.name.startswith("Unlock, row 1 ")], 5)
        check("the history tells of it", bool(seen))
        picture("4-history")
        program.close()
        check("nothing was printed that holds the key", server.key not in program.printed())
        check("no file holds the key", not desk.files_with(server.key, os.environ["HOME"]))
        check("no file holds the token", not desk.files_with(token, os.environ["HOME"]))
        mode = os.stat(os.path.join(data, "history.jsonl")).st_mode & 0o777
        check("the history is for its owner alone", mode == 0o600, oct(mode))
class NotificationDaemon:
    """A real notification daemon on the session's bus."""

    def __init__(self):
        self.process = subprocess.Popen(["dunst"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until(lambda: desk.output_of("dunstctl", "count"), 10)

    def notices(self):
        """Title and text of all notifications so far."""
        # A notification is in the history only once it is closed.
        subprocess.run(["dunstctl", "close-all"], check=False)
        try:
            history = json.loads(desk.output_of("dunstctl", "history") or "{}")
        except ValueError:
            return []
        entries = [entry for group in history.get("data", []) for entry in group]
        return [(entry["summary"]["data"], entry["body"]["data"]) for entry in entries]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def make_key_older(days):
    """Moves the date on which the key was added back by `days`."""
    path = preferences_path()
    with open(path, encoding="utf-8") as file:
        document = json.load(file)
    key = find_record(document)
    added = datetime.datetime.fromisoformat(key["added_at"].replace("Z", "+00:00"))
    key["added_at"] = (added - datetime.timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(document, file)


def find_record(value):
    if isinstance(value, dict):
        if value.get("added_at"):
            return value
        value = list(value.values())
    for part in value if isinstance(value, list) else []:
        found = find_record(part)
        if found is not None:
            return found
    return None


def rotation():
    """A system notification reports a key of 77 days, which is then rotated; the program is killed during the rotation."""
    with DemoServer() as server, NotificationDaemon() as daemon:
        old = server.key
        with Program() as program:
            program.wait_for_window()
            tree = Tree(program.pid)
            sign_in_to(tree, server)
            check("signed in, the businesses are listed", bool(wait_for_rows(tree)))
            until(preferences_path, 10)
            time.sleep(0.5)
            program.close()
        check("a young key is not told of", not daemon.notices(), str(daemon.notices()))

        make_key_older(77)
        new = server.add_key()
        with Program() as program:
            program.wait_for_window()
            tree = Tree(program.pid)
            wait_for_rows(tree)
            shown = until(daemon.notices, 10) or []
            check("a notification is seen by its daemon", len(shown) == 1 and shown[0][0] == "A Thred API key is due in 13 days", str(shown))
            check("it holds no key", old not in str(shown))
            check("the badge says how old", tree.find(prefix="API key, 77 d") is not None)
            check("the banner too", tree.find(prefix="This API key is 77 days old.") is not None)
            picture("1-banner")
            tree.wait(name="Remind me in 3 days", pressable=True).press()
            tree.gone(prefix="This API key is 77 days old.")
            tree.wait(prefix="API key, 77 d", pressable=True).press()
            rotate = tree.wait(name="Rotate key", pressable=True)
            picture("2-overview")
            rotate.press()
            tree.wait(name="Partner Portal address", editable=True).set_text("https://portal.thred.example/")
            time.sleep(0.3)
            picture("3-portal")
            tree.wait(name="Save address", pressable=True).press()
            tree.wait(name="I have the new key", pressable=True).press()
            tree.wait(name="New API key", editable=True).set_text(new)
            time.sleep(0.3)
            check("the new key is not read out", new not in tree.dump())
            picture("4-paste")
            tree.wait(name="Test the new key", pressable=True).press()
            tree.wait(name="Continue to other systems", pressable=True, timeout=20)
            check("both keys work", tree.find(name="The old key still works") is not None)
            picture("5-proof")
            program.kill()
        check("a killed program has kept the old key", old in desk.stored_items() and new not in desk.stored_items())

        with Program() as program:
            program.wait_for_window()
            tree = Tree(program.pid)
            check("it signs in with the old key", bool(wait_for_rows(tree)))
            check("and is not told of again", len(daemon.notices()) == 1)
            tree.wait(prefix="API key, 77 d", pressable=True).press()
            field = tree.wait(name="New API key", editable=True)
            picture("6-resumed")
            field.set_text(new)
            time.sleep(0.3)
            tree.wait(name="Test the new key", pressable=True).press()
            tree.wait(name="Continue to other systems", pressable=True, timeout=20).press()
            tree.wait(name="Another system", editable=True).set_text("Back end")
            time.sleep(0.3)
            tree.wait(name="Add", pressable=True).press()
            tree.wait(name="Remove Back end", pressable=True)
            picture("7-places")
            tree.wait(name="Continue to the switch", pressable=True).press()
            tree.wait(prefix="Switch in ", pressable=True)
            picture("8-switch")
            tree.wait(prefix="Switch in ", pressable=True).press()
            tree.wait(name="Check the old key", pressable=True, timeout=20)
            items = desk.stored_items()
            check("the keyring holds the new key", new in items and old not in items)
            check("in the same item", items.count("label = ") == 1)
            tree.wait(name="Check the old key", pressable=True).press()
            tree.wait(name="Check again", pressable=True, timeout=20)
            picture("9-alive")
            check("the old key is revoked", server.ask(f"revoke {old}") == "revoked=yes")
            tree.wait(name="Check again", pressable=True).press()
            check("the old key is dead", tree.wait(name="Done", pressable=True, timeout=20) is not None)
            picture("10-done")
            time.sleep(0.5)
            program.kill()

        with Program() as program:
            program.wait_for_window()
            tree = Tree(program.pid)
            check("the next start signs in with the new key", bool(wait_for_rows(tree)))
            check("the key is young again", tree.find(prefix="Key due in 90 days") is not None)
            program.close()
            check("no key is printed", old not in program.printed() and new not in program.printed())
        for key_text in (old, new):
            check("no file holds a key", not desk.files_with(key_text, os.environ["HOME"]))


def keyboard():
    """The main tasks by keyboard alone. The accessibility tree is only read."""
    with Program("--demo") as program:
        program.wait_for_window()
        tree = Tree(program.pid)
        check("the demo lists businesses", bool(wait_for_rows(tree)))
        before = rows(tree)
        word = first_word(before[0].name)

        # The palette leads to the filter, whatever the keyboard layout.
        key("ctrl+k")
        check("Ctrl+K opens the palette", until(lambda: options(tree), 5) is not None)
        type_text("filter")
        until(lambda: options(tree) and options(tree)[0].name.startswith("Filter the list"), 5)
        picture("1-palette")
        key("Return")
        check("Enter closes it", until(lambda: not options(tree), 5))
        time.sleep(0.3)
        type_text(word)
        field = tree.wait(name=FILTER, editable=True)
        check("and has led into the filter", until(lambda: field.text == word, 5), repr(field.text))

        key("Down")
        chosen = until(lambda: [r for r in rows(tree) if r.is_chosen], 5) or []
        check("an arrow selects a row without leaving it", len(chosen) == 1)
        key("Escape")
        time.sleep(0.3)
        key("c")
        business = until(lambda: pasted() and pasted().strip(), 5) or ""
        key("t")
        claims = until(lambda: desk.jwt_payload(pasted()), 15) or {}
        check("T copies the token of that business", bool(business) and claims.get("business_id") == business, f"{claims.get('business_id')} / {business}")
        picture("2-copied")

        key("n")
        tree.wait(name="Legal name", editable=True)
        time.sleep(0.3)
        # The country has the focus.
        for name in ("Return", "Down", "Down", "Return"):
            key(name)
            time.sleep(0.3)
        check("a country is chosen", until(lambda: tree.find(name="Country: not chosen") is None, 5))
        typed = {"external_id": "keys-0001", "Legal name": "Keys Only Ltd", "E-mail": "keys@only.example"}
        for _ in range(40):
            if all((tree.find(name=name, editable=True).text or "") == text for name, text in typed.items()):
                break
            here = next((n for n in typed if is_focused(tree, n)), None)
            if here is not None and not tree.find(name=here, editable=True).text:
                type_text(typed[here])
                time.sleep(0.2)
            elif is_focused(tree, "Entity type") and not tree.find(name="Entity type", editable=True).text:
                type_text("ltd")
                time.sleep(0.2)
            key("Tab")
            time.sleep(0.1)
        picture("3-form")
        key("ctrl+Return")
        made = until(lambda: [r for r in rows(tree) if r.name.startswith("Keys Only Ltd")], 10)
        if not made:
            # A country with known entity types shows them as buttons. The first invalid field has the focus.
            key("space")
            time.sleep(0.2)
            key("ctrl+Return")
            made = until(lambda: [r for r in rows(tree) if r.name.startswith("Keys Only Ltd")], 10)
        check("the business is created by keys alone", bool(made))
        picture("4-created")
        key("ctrl+shift+h")
        check("share mode hides its name", until(lambda: "Keys Only" not in tree.dump(), 5))
        picture("5-share-mode")
        key("ctrl+shift+h")
        # A frame takes one shortcut: on a busy machine, the next one must not arrive in the same frame.
        check("and shows it again", until(lambda: "Keys Only" in tree.dump(), 10))
        rotate_by_keys(tree)
        check("the window still closes", program.close() == 0)


def rotate_by_keys(tree):
    """Completes all six steps in the demo, whose server plays the portal."""
    key("ctrl+4")
    for button in (
        "Rotate key", "New key", "Continue to other systems", "Continue to the switch", "Switch in Demo",
        "Check the old key", "Revoke the old key", "Done",
    ):
        tree.wait(name=button, pressable=True)
        if not tab_to(tree, button):
            check("every step is reached by Tab", False, button)
            return
        if button == "Done":
            check("the key is rotated by keys alone", tree.find(name="The key is rotated") is not None)
            picture("6-rotated")
        key("Return")
    tree.wait(name="Rotate key", pressable=True)


def tab_to(tree, button):
    """Presses Tab until the button has the focus. Returns False if it never does."""
    for _ in range(60):
        found = tree.find(name=button, pressable=True)
        if found is not None and "focused" in found.states:
            return True
        key("Tab")
    return False


def options(tree):
    """The entries of the command palette; None if it is closed."""
    return [n for n in tree.all(role="list item")] or None


def is_focused(tree, name):
    field = tree.find(name=name, editable=True)
    return field is not None and "focused" in field.states


def idle():
    watched_secs = 30
    with Program("--demo") as program:
        _, took = program.wait_for_window()
        tree = Tree(program.pid)
        check("the demo lists businesses", bool(wait_for_rows(tree)))
        time.sleep(5)
        before = program.cpu_seconds()
        time.sleep(watched_secs)
        used = program.cpu_seconds() - before
        tell(f"start to first frame: {took:.2f} s")
        tell(f"idle: {100 * used / watched_secs:.2f} % of a core over {watched_secs} s, {program.resident_mib()} MiB resident")
        check("it is still there", program.process.poll() is None)


def large():
    """Measures the memory of a large list from a standalone server."""
    businesses = 100_000
    with DemoServer(businesses) as server:
        env = dict(os.environ, THRED_BASE_URL=server.url, THRED_PARTNER_UUID=server.partner, THRED_API_KEY=server.key)
        with Program(env=env) as program:
            program.wait_for_window()

            def is_idle():
                before = program.cpu_seconds()
                time.sleep(3)
                return program.cpu_seconds() - before < 0.05

            check("the list is read", until(is_idle, 120))
            told = ", ".join(f"{mib} MiB {of}" for of, mib in program.resident_mib_of().items())
            tell(f"{businesses:,} businesses: {program.resident_mib()} MiB resident: {told}")


FLOWS = {
    "no_display": no_display,
    "demo": demo,
    "sign_in": sign_in,
    "profiles": profiles,
    "create": create,
    "files": files,
    "keyboard": keyboard,
    "layouts": layouts,
    "row_menu": row_menu,
    "strokes": strokes,
    "tab_walk": tab_walk,
    "rotation": rotation,
    "crashes": crashes,
    "starts": starts,
    "signals": signals,
    "browser": browser,
    "command_line": command_line,
    "disks": disks,
    "sources": sources,
    "aws": aws,
    "openbao": openbao,
    "lock": lock,
    "session_lock": session_lock,
    "memory": memory,
    "idle": idle,
    "large": large,
}

if __name__ == "__main__" and len(sys.argv) == 1:
    print("\n".join(FLOWS))
elif __name__ == "__main__":
    flow = FLOWS[sys.argv[1]]
    try:
        flow()
    except Exception as error:  # noqa: BLE001 - any error that ends a flow early is a failed check
        traceback.print_exc()
        check(f"{sys.argv[1]} runs to its end", False, str(error).splitlines()[0][:200])
        picture("failed")
