"""A key that a command prints: tested, saved, removed from memory by a lock, and fetched again by an unlock."""

import http.server
import json
import os
import tempfile
import threading
import time

import desk
from command_line import check_token
from common import CUSTOM, CUSTOM_URL, SIGN_IN, SIGN_OUT, UNLOCK, DemoServer, rows, wait_for_rows
from desk import Program, check, key, picture, until
from tree import Tree

ELSEWHERE = "Get the key from…"
COMMAND = "Command"
TEST = "Test with "
SAVE = "Save and sign in"


class Tool:
    """A script that prints the content of a file and records each run."""

    def __init__(self, folder, secret):
        self.folder = folder
        self.prints(secret)
        with open(self.path("tool"), "w") as file:
            file.write('cd "$(dirname "$0")" && echo run >> runs && cat secret\n')

    def path(self, name):
        return os.path.join(self.folder, name)

    def prints(self, secret):
        with open(self.path("secret"), "w") as file:
            file.write(secret)

    def runs(self):
        if not os.path.exists(self.path("runs")):
            return 0
        with open(self.path("runs")) as file:
            return len(file.readlines())


def sources():
    # Outside of the home folder, which is searched for the key afterwards.
    with tempfile.TemporaryDirectory(dir="/tmp") as folder, DemoServer() as server:
        tool = Tool(folder, f"{server.partner}:{server.key}")
        with Program() as program:
            program.wait_for_window()
            tree = Tree(program.pid)
            tree.wait(prefix=SIGN_IN, pressable=True, timeout=20)
            tree.wait(prefix=CUSTOM, pressable=True).press()
            tree.wait(name=CUSTOM_URL, editable=True).set_text(server.url)
            tree.wait(name=ELSEWHERE, pressable=True).press()
            tree.wait(name=COMMAND, editable=True).set_text(f"sh {folder}/tool")
            picture("1-form")
            tree.wait(prefix=TEST, pressable=True).press()
            save = until(lambda: tree.find(name=SAVE, pressable=True), 30)
            check("the key is fetched and tested", save is not None)
            check("the partner is shown", server.partner in tree.dump())
            picture("2-tested")
            check("nothing is saved yet", not os.path.exists(preferences()) or "sh" not in text_of(preferences()))
            key("Return")
            check("Enter saves and signs in", bool(wait_for_rows(tree)))
            check("the status bar names the source", bool(until(lambda: "Key from sh" in tree.dump(), 5)))
            picture("3-signed-in")
            check("the keyring holds nothing", "label = " not in desk.stored_items())
            check("it was asked once", tool.runs() == 1, str(tool.runs()))

            key("ctrl+l")
            check("Ctrl+L locks", until(lambda: tree.find(name=UNLOCK, pressable=True), 5) is not None)
            program.check_forgets("the key", server.key, "after the lock")
            picture("4-locked")
            check("nothing is asked by itself", tool.runs() == 1, str(tool.runs()))
            key("Return")
            check("Enter fetches the key again", bool(wait_for_rows(tree)))
            check("it was asked once more", tool.runs() == 2, str(tool.runs()))

            new = server.add_key()
            tool.prints(f"{server.partner}:{new}")
            key("ctrl+l")
            until(lambda: tree.find(name=UNLOCK, pressable=True), 5)
            key("Return")
            check("a replaced key signs in", bool(wait_for_rows(tree)))
            key("ctrl+4")
            tree.wait(name="Rotate key", pressable=True).press()
            # The toast may be gone by now, so the text may be anywhere on screen.
            check("and is told", bool(until(lambda: "has a new key" in tree.dump(), 10)))
            picture("5-replaced")
            check_token([server.key, new])
            key("ctrl+shift+q")
            confirm = tree.wait(prefix=SIGN_OUT, pressable=True)
            confirm.press()
            until(lambda: not rows(tree), 10)
            time.sleep(1)
            for name, secret in (("the key", server.key), ("the new key", new)):
                program.check_forgets(name, secret, "after the sign-out")
            program.close()
            check("no key is printed", server.key not in program.printed() and new not in program.printed())
        for secret in (server.key, new):
            check("no file holds a key", not desk.files_with(secret, os.environ["HOME"]))


class SecretsManager:
    """Answers every request as AWS Secrets Manager answers `GetSecretValue`. Does not check signatures."""

    def __init__(self, partner, api_key):
        secret = json.dumps({"partner_uuid": partner, "api_key": api_key})
        answer = {"Name": "thred/production", "VersionId": "f4f0332e-69a6-46d5-997e-3eb177e23881", "SecretString": secret}
        manager = self
        self.asked = 0

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                manager.asked += 1
                self.rfile.read(int(self.headers.get("content-length") or 0))
                body = json.dumps(answer).encode()
                self.send_response(200)
                self.send_header("content-type", "application/x-amz-json-1.1")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.listener = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.listener.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.listener.server_address[1]}"
        threading.Thread(target=self.listener.serve_forever, daemon=True).start()


def aws():
    """A key from AWS Secrets Manager is removed from memory like any other."""
    with DemoServer() as server:
        manager = SecretsManager(server.partner, server.key)
        env = dict(
            os.environ, AWS_ENDPOINT_URL=manager.url, AWS_REGION="eu-central-1",
            AWS_ACCESS_KEY_ID="AKIAOFTHEDESKTOPTEST", AWS_SECRET_ACCESS_KEY="secret-access-key-of-the-desktop-test",
        )
        with Program(env=env) as program:
            program.wait_for_window()
            tree = Tree(program.pid)
            tree.wait(prefix=SIGN_IN, pressable=True, timeout=20)
            tree.wait(prefix=CUSTOM, pressable=True).press()
            tree.wait(name=CUSTOM_URL, editable=True).set_text(server.url)
            tree.wait(name=ELSEWHERE, pressable=True).press()
            tree.wait(prefix="API key from", pressable=True).press()
            tree.wait(name="AWS Secrets Manager", pressable=True).press()
            tree.wait(name="Secret name or ARN", editable=True).set_text("thred/production")
            tree.wait(prefix=TEST, pressable=True).press()
            check("the key is fetched and tested", until(lambda: tree.find(name=SAVE, pressable=True), 30) is not None)
            key("Return")
            check("Enter saves and signs in", bool(wait_for_rows(tree)))
            check("it was asked once", manager.asked == 1, str(manager.asked))
            key("ctrl+l")
            check("Ctrl+L locks", until(lambda: tree.find(name=UNLOCK, pressable=True), 5) is not None)
            program.check_forgets("the key of AWS", server.key, "after the lock")
            key("Return")
            check("Enter fetches the key again", bool(wait_for_rows(tree)))
            check_token([server.key], {name: value for name, value in env.items() if name.startswith("AWS_")})
            key("ctrl+shift+q")
            tree.wait(prefix=SIGN_OUT, pressable=True).press()
            until(lambda: not rows(tree), 10)
            time.sleep(1)
            program.check_forgets("the key of AWS", server.key, "after the sign-out")
            program.close()
        manager.listener.shutdown()
        check("no file holds the key", not desk.files_with(server.key, os.environ["HOME"]))


def preferences():
    return os.path.join(os.environ["XDG_DATA_HOME"], "thred-console", "preferences.json")


def text_of(path):
    with open(path) as file:
        return file.read()
