"""Drives the program for Windows under Wine, in a session of tests/desktop; see tests/platforms/windows."""

import csv
import io
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

COMPILED = pathlib.Path(os.environ["THRED_PROGRAM"])
OUTPUT = pathlib.Path(os.environ["THRED_OUTPUT"])
PROGRAM = OUTPUT / "thred-console.exe"
SESSION = OUTPUT / "session.exe"
HERE = pathlib.Path(__file__).resolve().parent
PREFIX = pathlib.Path(os.environ["SESSION_DIR"]) / "wine"
ENVIRONMENT = os.environ | {"WINEPREFIX": str(PREFIX), "WINEARCH": "win64", "WINEDEBUG": "-all", "WINEDLLOVERRIDES": "mscoree,mshtml="}
# Seconds to wait before a screenshot, because Wine draws slowly without a graphics card.
SETTLED = 8
passed = failed = 0


def check(name, holds, said=""):
    global passed, failed
    passed, failed = passed + bool(holds), failed + (not holds)
    print(f"    {'ok' if holds else 'FAILED'} {name}{'' if holds else f': {said}'}", flush=True)


def wait(condition, seconds=120):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.2)
    return None


def wine(*command, variables=None):
    return subprocess.run(
        ["wine", *map(str, command)], env=ENVIRONMENT | (variables or {}), capture_output=True, text=True, timeout=300
    )


def window():
    found = subprocess.run(
        ["xdotool", "search", "--onlyvisible", "--name", "Thred Partner Console"], capture_output=True, text=True
    )
    return found.stdout.split()[-1] if found.stdout.split() else None


def picture(name):
    subprocess.run(["import", "-window", "root", OUTPUT / f"{name}.png"], check=True)


def keys(*names):
    for name in names:
        subprocess.run(["xdotool", "key", "--clearmodifiers", name], check=True)
        time.sleep(0.3)


def resources():
    listed = subprocess.run(["wrestool", "-l", PROGRAM], capture_output=True, text=True).stdout
    for kind, what in ((14, "icon"), (16, "version"), (24, "manifest")):
        check(f"the program holds its {what}", f"--type={kind} " in listed, listed)
    header = subprocess.run(["x86_64-w64-mingw32-objdump", "-p", PROGRAM], capture_output=True, text=True).stdout
    check("it is for a window", re.search(r"Subsystem\s+00000002", header) is not None)
    libraries = sorted(set(re.findall(r"DLL Name: (\S+)", header)), key=str.lower)
    check("it needs no library of mingw", not any(re.match(r"lib(gcc|stdc|winpthread)", name) for name in libraries), libraries)


def command_line(console):
    version = wine(console, "--version")
    check("--version prints the version", version.stdout.startswith("thred-console 0."), version.stdout + version.stderr)
    told = wine(console, "--help")
    check("--help names the commands", "serve-demo" in told.stdout, told.stderr)
    wrong = wine(console, "--no-such-option")
    check("a wrong option ends with status 2", wrong.returncode == 2 and "--no-such-option" in wrong.stderr, wrong.stderr)
    windowed = wine(PROGRAM, "--version")
    check("the windowed program prints nothing and ends", windowed.returncode == 0, windowed.stderr)


class DemoServer:
    """A demo server that runs under Wine too, and its credentials."""

    def __init__(self, console):
        self.process = subprocess.Popen(
            ["wine", str(console), "serve-demo"], env=ENVIRONMENT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        printed = dict(self.process.stdout.readline().strip().split("=", 1) for _ in range(3))
        self.url, self.partner, self.key = printed["url"], printed["partner"], printed["key"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def scripted(console, server):
    variables = {"THRED_BASE_URL": server.url, "THRED_PARTNER_UUID": server.partner, "THRED_API_KEY": server.key}
    listed = wine(console, "list", "--csv", variables=variables)
    rows = list(csv.DictReader(io.StringIO(listed.stdout)))
    check("list prints every business", listed.returncode == 0 and len(rows) == 250, f"{len(rows)} rows; {listed.stderr}")
    business = rows[0]["id"] if rows else ""
    token = wine(console, "token", business, variables=variables)
    check("token prints a token alone", token.returncode == 0 and len(token.stdout.split()) == 1, token.stderr)
    return business


def opened(name, arguments=(), variables=None):
    """Starts the program and waits for its window, which has the focus."""
    log = (OUTPUT / f"{name}.log").open("w")
    program = subprocess.Popen(
        ["wine", str(PROGRAM), *arguments], env=ENVIRONMENT | (variables or {}), stdout=log, stderr=log
    )
    shown = wait(window)
    check(f"{name}: the window opens", shown is not None)
    if shown:
        subprocess.run(["xdotool", "windowactivate", "--sync", shown], check=False, timeout=60)
        time.sleep(SETTLED)
    picture(name)
    return program


def closed(name, program):
    keys("ctrl+q")
    check(f"{name}: Ctrl+Q ends it", wait(lambda: program.poll() is not None, 60) is not None)
    if program.poll() is None:
        program.kill()
        program.wait()


def window_of_the_demo():
    program = opened("demo", ["--demo"])
    # The second start reaches the first through a named pipe, and ends at once.
    check("the name of the pipe is in the folder", wait(pipe, 60) is not None)
    second = wine(PROGRAM, "--demo")
    check("a second start ends and leaves the first", second.returncode == 0 and program.poll() is None, second.returncode)
    # Copy the token of the first business in the list.
    keys("slash", "Return", "t")
    copied = wait(clipboard, 60)
    picture("token")
    check("another program reads the copied token", copied is not None and copied.count(".") == 2, f"{len(copied or '')} characters")
    closed("demo", program)
    check("the token is taken off the clipboard at the end", clipboard() != copied)
    check("the file with the name of the pipe is removed", pipe() is None)


def pipe():
    """The random part of the name of the pipe on which the first start listens."""
    names = [text for path, text in files_of_the_console() if path.name == "console.pipe"]
    return names[0] if names and re.fullmatch(r"[0-9a-f-]{36}", names[0]) else None


def credential_store(console, server, business):
    """A key entered in the window is read from the Credential Manager by the next start."""
    subprocess.run(["xclip", "-selection", "clipboard", "-i"], input=f"{server.partner}:{server.key}", text=True, check=True)
    program = opened("sign-in", variables={"THRED_BASE_URL": server.url})
    keys("ctrl+v")
    time.sleep(SETTLED)
    picture("pasted")
    keys("Return")
    stored = wait(lambda: credential(), 60)
    picture("signed-in")
    locks_with_windows()
    closed("sign-in", program)
    check("the key is in the Credential Manager", stored is not None)
    # CRED_PERSIST_LOCAL_MACHINE
    check("it stays on this computer", re.search(r"Persist\s+REG_DWORD\s+0x2\b", stored or "") is not None, stored)
    check("it is not stored in plain text", server.key.encode().hex().upper() not in (stored or ""))
    check("the key is in no file of the console", not any(server.key in text for _, text in files_of_the_console()))
    token = wine(console, "token", business)
    check("the command line signs in with the stored key", token.returncode == 0 and len(token.stdout.split()) == 1, token.stderr)


def locks_with_windows():
    """Wine neither locks the session nor sleeps, so a helper sends the messages that Windows would send."""
    check("the lock of Windows is sent", wine(SESSION, "lock").returncode == 0)
    check("the console locks with Windows", wait(lambda: history().count('"locked"') == 1, 60) is not None, history())
    picture("locked")
    keys("Return")
    check("Enter unlocks it", wait(lambda: history().count('"unlocked"') == 1, 60) is not None, history())
    check("the sleep of Windows is sent", wine(SESSION, "sleep").returncode == 0)
    check("the console locks before the sleep", wait(lambda: history().count('"locked"') == 2, 60) is not None, history())
    picture("slept")


def history():
    return "".join(text for path, text in files_of_the_console() if path.name == "history.jsonl")


def credential():
    """Returns the console's item, which Wine stores in the registry."""
    listed = wine("reg", "query", r"HKCU\Software\Wine\Credential Manager", "/s").stdout
    items = [item for item in listed.split("\n\n") if "thred-console" in item]
    # The report leaves out the stored secret.
    shown = [re.sub(r"(Password\s+REG_BINARY\s+)\S+", r"\1…", item) for item in items]
    (OUTPUT / "credential.txt").write_text("\n\n".join(shown))
    return "\n".join(items) or None


def files_of_the_console():
    for path in (PREFIX / "drive_c/users").rglob("thred-console/**/*"):
        if path.is_file():
            yield path, path.read_text(errors="replace")


def clipboard():
    """Returns the clipboard's content as another X11 program gets it from Wine."""
    read = subprocess.run(["xclip", "-selection", "clipboard", "-o"], capture_output=True, text=True, timeout=30)
    return read.stdout.strip() or None


def main():
    print("--- Wine", flush=True)
    booted = wine("wineboot", "--init")
    check("Wine creates its prefix", booted.returncode == 0, booted.stderr)
    # Beside the replacement of a library that Wine lacks.
    shutil.copy(COMPILED, PROGRAM)
    stand_in = ["-shared", "-O1", "-o", OUTPUT / "bcryptprimitives.dll", HERE / "bcryptprimitives.c", "-ladvapi32"]
    subprocess.run(["x86_64-w64-mingw32-gcc", *stand_in], check=True)
    subprocess.run(["x86_64-w64-mingw32-gcc", "-O1", "-o", SESSION, HERE / "session.c"], check=True)
    console = OUTPUT / "thred-console.com"
    subprocess.run([sys.executable, HERE.parent.parent / "packaging/windows/console.py", PROGRAM, console], check=True)
    resources()
    command_line(console)
    with DemoServer(console) as server:
        business = scripted(console, server)
        credential_store(console, server, business)
    window_of_the_demo()
    subprocess.run(["wineserver", "-k"], env=ENVIRONMENT, check=False)
    print(f"{passed} passed, {failed} failed", flush=True)
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
