"""The console locks when a simulated logind or a screen locker reports a locked session or sleep."""

import os
import subprocess

from gi.repository import Gio, GLib

from common import UNLOCK, wait_for_rows
from desk import Program, check, key, skip, until
from tree import Tree

LOGIND = "org.freedesktop.login1"
MANAGER_PATH = "/org/freedesktop/login1"
MANAGER = "org.freedesktop.login1.Manager"
SESSION = "org.freedesktop.login1.Session"
MOCK = "org.freedesktop.DBus.Mock"
SESSION_ID = "c7"

# How long the console waits before it connects to a lost bus again.
RECONNECT_SECS = 60


class Logind:
    """`dbusmock` as logind, on a system bus of its own."""

    def __init__(self):
        self.address = f"unix:path={os.environ['XDG_RUNTIME_DIR']}/made-up-system-bus"
        self.env = dict(os.environ, DBUS_SYSTEM_BUS_ADDRESS=self.address)

    def __enter__(self):
        self.start_bus()
        return self

    def start_bus(self):
        command = ["dbus-daemon", "--session", "--nofork", f"--address={self.address}", "--print-address=1"]
        self.daemon = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.daemon.stdout.readline()
        flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
        self.bus = Gio.DBusConnection.new_for_address_sync(self.address, flags, None, None)
        self.start()

    def restart_bus(self):
        self.stop()
        self.start_bus()

    def start(self):
        mock = ["/usr/bin/python3", "-m", "dbusmock", "--system", "--template", "logind"]
        self.mock = subprocess.Popen(mock, env=self.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        arguments = GLib.Variant("(ssusb)", (SESSION_ID, "seat0", os.getuid(), "ada", True))
        if not until(lambda: self.call(MANAGER_PATH, MOCK, "AddSession", arguments), 20):
            raise AssertionError("the made-up logind did not start")
        self.session = f"{MANAGER_PATH}/session/{SESSION_ID}"

    def restart(self):
        self.mock.terminate()
        self.mock.wait()
        self.start()

    def stop(self):
        for process in (self.mock, self.daemon):
            process.terminate()
            process.wait()

    def __exit__(self, *_):
        self.stop()

    def call(self, path, interface, method, arguments=None):
        try:
            answer = self.bus.call_sync(LOGIND, path, interface, method, arguments, None, 0, 5_000, None)
        except GLib.Error:
            return None
        return answer.unpack() or True

    def signal(self, path, interface, name, signature="", values=()):
        values = [GLib.Variant(signature, value) for value in values]
        self.call(path, MOCK, "EmitSignal", GLib.Variant("(sssav)", (interface, name, signature, values)))

    def delays(self):
        """The programs that delay sleep."""
        (inhibitors,) = self.call(MANAGER_PATH, MANAGER, "ListInhibitors") or ([],)
        return [who for what, who, *_ in inhibitors if what == "sleep"]


def session_lock():
    if subprocess.run(["/usr/bin/python3", "-c", "import dbusmock"], capture_output=True).returncode:
        skip("the lock of the session", "python3-dbusmock is not installed")
        return
    with Logind() as logind:
        env = dict(os.environ, DBUS_SYSTEM_BUS_ADDRESS=logind.address, XDG_SESSION_ID=SESSION_ID)
        with Program("--demo", env=env) as program:
            program.wait_for_window()
            tree = Tree(program.pid)
            wait_for_rows(tree)
            check("it asks logind to wait before a sleep", bool(until(logind.delays, 10)))

            def locks(why, said, timeout=10):
                check(f"{why} locks", until(lambda: tree.find(name=UNLOCK, pressable=True), timeout) is not None)
                check(f"{why} is named", said in tree.dump())

            def unlock():
                key("Return")
                wait_for_rows(tree)

            logind.signal(logind.session, SESSION, "Lock")
            locks("the lock of the session", "The computer was locked.")
            unlock()
            hint = GLib.Variant("(b)", (True,))
            logind.call(logind.session, SESSION, "SetLockedHint", hint)
            locks("a locked screen", "The computer was locked.")
            unlock()
            logind.signal(MANAGER_PATH, MANAGER, "PrepareForSleep", "b", [True])
            locks("the sleep", "The computer went to sleep.")
            check("and then lets the computer sleep", until(lambda: not logind.delays(), 10))
            logind.signal(MANAGER_PATH, MANAGER, "PrepareForSleep", "b", [False])
            check("it asks again once that is over", bool(until(logind.delays, 10)))
            unlock()
            logind.restart()
            check("it asks a logind that was started again", bool(until(logind.delays, 10)))
            session_bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)
            path, locker = "/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver"
            session_bus.emit_signal(None, path, locker, "ActiveChanged", GLib.Variant("(b)", (True,)))
            session_bus.flush_sync(None)
            locks("a screen locker", "The computer was locked.")
            unlock()
            logind.restart_bus()
            logind.call(logind.session, SESSION, "SetLockedHint", hint)
            locks("a screen that was locked while the bus was gone", "The computer was locked.", RECONNECT_SECS + 20)
            program.close()
        # As in a terminal multiplexer from an earlier login.
        with Program("--demo", env=dict(env, XDG_SESSION_ID="99")) as program:
            program.wait_for_window()
            tree = Tree(program.pid)
            wait_for_rows(tree)
            until(logind.delays, 10)
            logind.signal(logind.session, SESSION, "Lock")
            locked = until(lambda: tree.find(name=UNLOCK, pressable=True), 10)
            check("the lock of another session of the user locks", locked is not None)
            program.close()
