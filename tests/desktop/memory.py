"""Checks that no form of a key or token is left in the program's memory once it is no longer needed."""

import base64
import collections
import http.client
import http.server
import json
import os
import threading
import time
import urllib.parse
import uuid

import desk
from common import (
    API_KEY, CUSTOM, CUSTOM_URL, PARTNER, SESSION_MENU, SIGN_IN, SIGN_OUT, SIGN_OUT_ENTRY, UNLOCK, DemoServer, rows,
    sign_in_to, wait_for_rows,
)
from desk import Program, check, key, pasted, tell, until
from tree import Tree

# How often each moment is checked.
ROUNDS = int(os.environ.get("MEMORY_ROUNDS", 10))
# The port of the discard service, on which nothing listens.
NOBODY = 9
# How many tokens are fetched, and how often each is copied.
TOKENS, COPIES_OF_EACH = 20, 100
# Abandoned connections close a moment later, and a slow machine takes its time until it has read an answer.
PATIENCE_SECS = 30


def forms_of(secret):
    """The secret in all forms it may have in memory: plain, base64 at any offset, percent-encoded, hexadecimal."""
    raw = secret.encode()
    forms = {raw, urllib.parse.quote(secret, safe="").encode(), raw.hex().encode()}
    for before in range(3):
        whole = b"x" * before + raw
        # Only the characters that depend on the secret alone.
        begin, end = -(-8 * before // 6), 8 * len(whole) // 6
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            forms.add(encode(whole)[begin:end])
    # The signature of a JWT, which identifies it.
    if secret.count(".") == 2:
        forms.add(secret.rsplit(".", 1)[1].encode())
    return forms


class Recorder:
    """A proxy between the program and its server that records the secrets it forwards."""

    def __init__(self, server):
        self.sign_ins = set()
        self.tokens = set()
        self.holds = threading.Event()
        self.held = threading.Event()
        recorder, target = self, urllib.parse.urlsplit(server.url)

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_one(self):
                body = self.rfile.read(int(self.headers.get("content-length") or 0))
                if recorder.holds.is_set():
                    recorder.held.set()
                    while recorder.holds.is_set():
                        time.sleep(0.05)
                there = http.client.HTTPConnection(target.hostname, target.port)
                headers = {k: v for k, v in self.headers.items() if k.lower() not in ("host", "accept-encoding")}
                there.request(self.command, self.path, body or None, headers)
                answer = there.getresponse()
                content = answer.read()
                there.close()
                if self.path.endswith("/oauth2/token/") and answer.status == 200:
                    token = json.loads(content)["access_token"]
                    is_sign_in = self.path == "/v1/platform/oauth2/token/"
                    (recorder.sign_ins if is_sign_in else recorder.tokens).add(token)
                try:
                    self.send_response(answer.status)
                    for name, value in answer.getheaders():
                        if name.lower() not in ("content-length", "transfer-encoding", "date", "connection"):
                            self.send_header(name, value)
                    self.send_header("content-length", str(len(content)))
                    self.end_headers()
                    self.wfile.write(content)
                except OSError:
                    self.close_connection = True

            do_GET = do_POST = do_PATCH = handle_one

            def log_message(self, *_):
                pass

        self.listener = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.listener.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.listener.server_address[1]}"
        threading.Thread(target=self.listener.serve_forever, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.holds.clear()
        self.listener.shutdown()


class Watch:
    """The program, and the secrets that must not stay in its memory."""

    def __init__(self, program, server, recorder):
        self.program, self.server, self.recorder = program, server, recorder
        self.tree = Tree(program.pid)
        self.keys = {server.key}
        self.found = {}
        # The secrets so far at each of the last checks. Older ones are searched for only in the last round of each moment.
        self.looks = collections.deque(maxlen=6)

    def left(self, without=frozenset()):
        """The names of the secrets in memory, except those in `without`."""
        names = {}
        for kind, secrets in self.secrets().items():
            for secret in secrets - without:
                for form in forms_of(secret):
                    names[form] = kind
        counts = self.program.memory_with(list(names))
        if counts is None:
            return None
        return sorted({f"{names[form]} ({form[:6].decode()}…) ×{count}" for form, count in zip(names, counts) if count})

    def secrets(self):
        """All secrets so far. Copied, because the recorder may add to its sets meanwhile."""
        recorder = self.recorder
        return {"key": self.keys, "sign-in": recorder.sign_ins.copy(), "token": recorder.tokens.copy()}

    def note(self, moment, live=frozenset()):
        """Searches until only the secrets in use are left, or for longer than that can take."""
        rounds = self.found.setdefault(moment, [])
        is_last = len(rounds) + 1 == ROUNDS
        is_full = len(self.looks) == self.looks.maxlen
        old = self.looks[0] - {self.server.key} if is_full and not is_last else set()
        without = live | old
        end = time.monotonic() + PATIENCE_SECS
        left = self.left(without)
        while left and time.monotonic() < end:
            time.sleep(0.3)
            left = self.left(without)
        rounds.append(left)
        self.looks.append(set().union(*self.secrets().values()))
        if left:
            tell(f"{moment}, round {len(rounds)}: {', '.join(left)}")

    def conclude(self):
        for moment, rounds in self.found.items():
            clean = sum(left == [] for left in rounds)
            check(f"{moment}: nothing secret is in memory", clean == len(rounds), f"{clean} of {len(rounds)} times")


def memory():
    with DemoServer() as server, Recorder(server) as recorder, Program() as program:
        program.wait_for_window()
        if not check("the program's memory can be searched", program.memory_with([]) is not None, desk.NOT_READABLE):
            return
        watch = Watch(program, server, recorder)
        failed_sign_ins(watch)
        sign_ins_behind_the_settings(watch)
        cancelled_sign_ins(watch)
        sign_in(watch, by_paste=True)
        check("while signed in the search finds the key", bool(watch.left()))
        locks(watch)
        copies(watch)
        rotations(watch)
        sign_outs(watch)
        watch.conclude()
        program.close()


def fill(watch, key_text, by_paste=False, url=None):
    tree = watch.tree
    tree.wait(prefix=CUSTOM, pressable=True, timeout=20).press()
    tree.wait(name=CUSTOM_URL, editable=True).set_text(url or watch.recorder.url)
    tree.wait(name=PARTNER, editable=True).set_text(watch.server.partner)
    field = tree.wait(name=API_KEY, editable=True)
    if by_paste:
        desk.copy_elsewhere(key_text)
        desk.click(field)
        time.sleep(0.3)
        key("ctrl+v")
        time.sleep(0.5)
        desk.copy_elsewhere("something else")
    else:
        field.set_text(key_text)
    time.sleep(0.3)


def sign_in(watch, by_paste=False):
    fill(watch, watch.server.key, by_paste)
    watch.tree.wait(prefix=SIGN_IN, pressable=True).press()
    check("signed in, the businesses are listed", bool(wait_for_rows(watch.tree)))
    until(lambda: "label = " in desk.stored_items(), 10)


def failed_sign_ins(watch):
    """The server rejects the key, or cannot be reached."""
    for moment, url, said in (
        ("after a refused sign-in", None, "rejected the API key"),
        ("after a sign-in that reached nobody", f"http://127.0.0.1:{NOBODY}", "could not be reached"),
    ):
        for number in range(ROUNDS):
            wrong = f"tk_wrong_{uuid.uuid4().hex}"
            watch.keys.add(wrong)
            fill(watch, wrong, by_paste=number % 2 == 1, url=url)
            watch.tree.wait(prefix=SIGN_IN, pressable=True).press()
            told = until(lambda: said in watch.tree.dump(), 20)
            if not told:
                check(f"{moment}: it says so", False, watch.tree.dump())
            watch.note(moment)


def sign_ins_behind_the_settings(watch):
    """The server rejects the key while another page is open."""
    tree = watch.tree
    for _ in range(ROUNDS):
        wrong = f"tk_wrong_{uuid.uuid4().hex}"
        watch.keys.add(wrong)
        watch.recorder.held.clear()
        watch.recorder.holds.set()
        fill(watch, wrong)
        tree.wait(prefix=SIGN_IN, pressable=True).press()
        until(watch.recorder.held.is_set, 20)
        tree.wait(name="Settings", pressable=True).press()
        tree.gone(prefix=SIGN_IN, pressable=True)
        watch.recorder.holds.clear()
        watch.note("after a refused sign-in behind the settings")
        key("Escape")
        until(lambda: "rejected the API key" in tree.dump(), 20)


def cancelled_sign_ins(watch):
    """The user cancels because the server does not answer."""
    for _ in range(ROUNDS):
        other = f"tk_other_{uuid.uuid4().hex}"
        watch.keys.add(other)
        watch.recorder.held.clear()
        watch.recorder.holds.set()
        fill(watch, other)
        watch.tree.wait(prefix=SIGN_IN, pressable=True).press()
        until(watch.recorder.held.is_set, 20)
        watch.tree.wait(name="Cancel", pressable=True, timeout=30).press()
        watch.recorder.holds.clear()
        watch.note("after a cancelled sign-in")


def locks(watch):
    """Locks with tokens that were copied, and pasted by another program."""
    for number in range(ROUNDS):
        desk.click(rows(watch.tree)[number % len(rows(watch.tree))])
        before = len(watch.recorder.tokens)
        key("r")
        until(lambda: len(watch.recorder.tokens) > before, 15)
        key("t")
        until(lambda: desk.jwt_payload(pasted()), 15)
        if number % 3 == 1:
            desk.copy_elsewhere("another program's")
            until(lambda: pasted() == "another program's", 5)
        if number % 3 == 2:
            # Replace the token on the clipboard by something that is no secret.
            key("c")
            until(lambda: not desk.jwt_payload(pasted()), 5)
        key("ctrl+l")
        watch.tree.wait(name=UNLOCK, pressable=True)
        watch.note("after a lock")
        if number % 3 == 1 and pasted() != "another program's":
            check("what another program copied is left alone by a lock", False)
        watch.tree.wait(name=UNLOCK, pressable=True).press()
        wait_for_rows(watch.tree)


def copies(watch):
    """Copies tokens thousands of times, and locks."""
    tree = watch.tree
    for number in range(TOKENS):
        # The upper rows are not covered by anything.
        desk.click(rows(tree)[number % 10])
        before = len(watch.recorder.tokens)
        key("r")
        until(lambda: len(watch.recorder.tokens) > before, 15)
        desk.keys(["t"] * COPIES_OF_EACH)
        until(lambda: pasted() in watch.recorder.tokens, 15)
    check("tokens were fetched and copied", pasted() in watch.recorder.tokens)
    key("ctrl+l")
    # Earlier key presses may still be pending.
    tree.wait(name=UNLOCK, pressable=True, timeout=60)
    in_clipboard = {pasted()}
    watch.note(f"after {TOKENS * COPIES_OF_EACH:,} copies and a lock", live=in_clipboard)
    tree.wait(name=UNLOCK, pressable=True).press()
    wait_for_rows(tree)


def rotations(watch):
    """After a rotation, only the new key and its tokens are in memory; after a lock, nothing is."""
    tree = watch.tree
    for _ in range(ROUNDS):
        old, new = watch.server.key, watch.server.add_key()
        watch.keys.add(new)
        tree.wait(prefix="API key", pressable=True).press()
        tree.wait(name="Rotate key", pressable=True).press()
        skip_portal(watch)
        tree.wait(name="New API key", editable=True).set_text(new)
        time.sleep(0.2)
        for button in ("Test the new key", "Continue to other systems", "Continue to the switch", "Switch in "):
            tree.wait(prefix=button, pressable=True, timeout=20).press()
        tree.wait(name="Check the old key", pressable=True, timeout=20)
        watch.server.ask(f"revoke {old}")
        tree.wait(name="Check the old key", pressable=True).press()
        tree.wait(name="Done", pressable=True, timeout=20).press()
        watch.server.key = new
        watch.note("after a rotation", live=watch.recorder.sign_ins | watch.recorder.tokens | {new})
        key("ctrl+l")
        tree.wait(name=UNLOCK, pressable=True)
        watch.note("after a rotation and a lock")
        tree.wait(name=UNLOCK, pressable=True).press()
        wait_for_rows(tree)


def skip_portal(watch):
    """Completes the portal step. The console asks for the portal's address only once."""
    found = until(lambda: watch.tree.find(name="Partner Portal address", editable=True)
                  or watch.tree.find(name="I have the new key", pressable=True), 10)
    if found is not None and found.is_editable:
        found.set_text("https://portal.thred.example/")
        time.sleep(0.2)
        watch.tree.wait(name="Save address", pressable=True).press()
    watch.tree.wait(name="I have the new key", pressable=True).press()


def sign_outs(watch):
    for number in range(ROUNDS):
        watch.tree.wait(prefix=SESSION_MENU, pressable=True).press()
        watch.tree.wait(prefix=SIGN_OUT_ENTRY, pressable=True).press()
        watch.tree.wait(prefix=SIGN_OUT, pressable=True).press()
        watch.tree.wait(name=API_KEY, editable=True)
        watch.note("after a sign-out")
        if number + 1 < ROUNDS:
            sign_in(watch)
