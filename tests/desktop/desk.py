"""The program under test, input, screenshots, and other programs of the desktop."""

import base64
import json
import os
import pathlib
import re
import subprocess
import time

PROGRAM = os.environ["THRED_PROGRAM"]
OUTPUT = pathlib.Path(os.environ["THRED_OUTPUT"])
RESULTS = pathlib.Path(os.environ["THRED_RESULTS"])


def check(what, is_so, detail=""):
    """Records a check. A failed one does not end the flow."""
    word = "passed" if is_so else "failed"
    with RESULTS.open("a") as results:
        results.write(f"{word} {what}\n")
    shown = "ok" if is_so else "FAILED"
    print(f"    {shown} {what}" + (f": {detail}" if detail and not is_so else ""), flush=True)
    return is_so


def skip(what, why):
    """Records a check that is not possible on this machine."""
    with RESULTS.open("a") as results:
        results.write(f"skipped {what}\n")
    print(f"    SKIPPED {what}: {why}", flush=True)


def tell(text):
    """Prints a figure or a note that is not a check."""
    print(f"    -- {text}", flush=True)


def until(predicate, timeout=10, pause=0.05):
    """Returns the first true value of the predicate, or its last value after the timeout."""
    end = time.monotonic() + timeout
    while True:
        value = predicate()
        if value or time.monotonic() > end:
            return value
        time.sleep(pause)


def output_of(*command, timeout=10, **options):
    """The standard output of a command; empty if it fails."""
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=timeout, check=False, **options
        )
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout if done.returncode == 0 else ""


# In many containers, root lacks the capability too.
NOT_READABLE = "only root with CAP_SYS_PTRACE may read the memory of a program that is closed to others"


class Program:
    """One run of the program, with its output."""

    _count = 0

    def __init__(self, *arguments, env=None):
        Program._count += 1
        self.log = OUTPUT / f"{RESULTS.stem}-{Program._count}.txt"
        self._log_file = self.log.open("w")
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            [PROGRAM, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=self._log_file,
            stderr=subprocess.STDOUT,
            env=env,
        )

    @property
    def pid(self):
        return self.process.pid

    def printed(self):
        return self.log.read_text(errors="replace")

    def wait_for_window(self, timeout=120):
        """Returns the id of the window and the seconds until it appeared, which is after its first frame."""
        window = until(self._visible_window, timeout, pause=0.005)
        if not window:
            raise AssertionError(f"no window after {timeout} s; the program says:\n{self.printed()}")
        return window, time.monotonic() - self.started

    def _visible_window(self):
        ids = output_of("xdotool", "search", "--onlyvisible", "--pid", str(self.pid)).split()
        return ids[0] if ids else None

    def wait_for_end(self, timeout=10):
        """Returns the exit status, or None if the program is still running after the timeout."""
        try:
            return self.process.wait(timeout)
        except subprocess.TimeoutExpired:
            return None

    def close(self):
        """Closes the window as a user would, and ends the process if it does not exit."""
        window = self._visible_window()
        if window and self.process.poll() is None:
            ask_to_close(window)
        status = self.wait_for_end(20)
        if status is None:
            self.stop()
        return status

    def terminate(self):
        """Sends SIGTERM, as a log-out does. Returns the exit status, or None if the program is still running after 5 s."""
        self.process.terminate()
        return self.wait_for_end(5)

    def kill(self):
        """Kills the program without a chance to clean up, as a crash does."""
        self.process.kill()
        self.process.wait()

    def stop(self):
        if self.process.poll() is None and self.terminate() is None:
            self.kill()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
        self._log_file.close()

    def cpu_seconds(self):
        """Processor time of all threads so far, in seconds."""
        # The name in brackets may contain spaces. The first field after it has number 3.
        fields = pathlib.Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def resident_mib(self):
        status = pathlib.Path(f"/proc/{self.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) // 1024

    def resident_mib_of(self):
        """Resident memory by origin: anonymous, the program itself, and other files by name."""
        kib = {}
        of = None
        for line in pathlib.Path(f"/proc/{self.pid}/smaps").read_text().splitlines():
            mapping = re.match(r"[0-9a-f]+-[0-9a-f]+ (?:\S+ +){4}(.*)$", line)
            if mapping:
                name = mapping[1]
                of = os.path.basename(name) if name.startswith("/") else "of its own"
            elif line.startswith("Rss:"):
                kib[of] = kib.get(of, 0) + int(line.split()[1])
        return {of: n // 1024 for of, n in sorted(kib.items(), key=lambda item: -item[1]) if n >= 4096}

    def check_forgets(self, what, secret, when):
        """Checks that the secret disappears from the program's memory within a few seconds."""
        if self.memory_with([secret]) is None:
            skip(f"{when} {what} is not in memory", NOT_READABLE)
            return
        is_gone = until(lambda: self.memory_with([secret]) == [0], 5, pause=0.2)
        check(f"{when} {what} is not in memory", bool(is_gone))

    def memory_with(self, secrets):
        """Counts each secret, text or bytes, in the program's memory. Returns None if the user may not read it."""
        counts = [0] * len(secrets)
        secrets = [secret.encode() if isinstance(secret, str) else secret for secret in secrets]
        read = 0
        try:
            with open(f"/proc/{self.pid}/maps") as maps, open(f"/proc/{self.pid}/mem", "rb", 0) as memory:
                for line in maps:
                    start, end = (int(part, 16) for part in line.split()[0].split("-"))
                    if line.split()[1].startswith("rw"):
                        try:
                            memory.seek(start)
                            content = memory.read(end - start)
                        except OSError:
                            continue
                        read += len(content)
                        counts = [count + content.count(secret) for count, secret in zip(counts, secrets)]
        except PermissionError:
            return None
        # Without any memory read, a count of 0 would prove nothing.
        return counts if read else None

    def is_private(self):
        """Whether the program has disabled core dumps and access by other programs of the same user. The soft limit is 0
        on many systems anyway, so the hard limit shows that the program has set it."""
        limits = pathlib.Path(f"/proc/{self.pid}/limits").read_text()
        hard = re.search(r"Max core file size\s+\S+\s+(\S+)", limits).group(1)
        # For a process that is not dumpable, this folder belongs to root. If root runs the tests, it always does.
        is_closed = os.stat(f"/proc/{self.pid}/fd").st_uid == 0
        return hard == "0" and is_closed


def ask_to_close(window):
    """Requests that the window close, as the window manager's close button does."""

    def is_active():
        output_of("xdotool", "windowactivate", "--sync", window)
        return output_of("xdotool", "getactivewindow").strip() == window

    # The window manager closes the active window only.
    until(is_active)
    output_of("xdotool", "key", "--clearmodifiers", "alt+F4")


# --- hands ---------------------------------------------------------------------------------------------------


def key(*names):
    subprocess.run(["xdotool", "key", "--clearmodifiers", *names], check=True)


def keys(names):
    """Presses keys one after another, faster than by hand."""
    subprocess.run(["xdotool", "key", "--delay", "12", *names], check=True)


def type_text(text):
    """Types a text of ASCII characters; xdotool loses others."""
    subprocess.run(["xdotool", "type", "--delay", "20", text], check=True)


def click(node):
    x, y = node.centre()
    subprocess.run(["xdotool", "mousemove", str(x), str(y), "click", "1"], check=True)


def answer_file_dialog(title, path, name, while_open=lambda: None):
    """Types a path into the portal's file dialog, after calling `while_open`. Returns False if no dialog opened."""
    def windows():
        return output_of("xdotool", "search", "--onlyvisible", "--name", title).split()

    if not until(windows, 20):
        picture(name)
        return False
    subprocess.run(["xdotool", "windowfocus", "--sync", windows()[0]], check=False)
    time.sleep(0.7)
    while_open()
    # A slash opens the path field. Then replace its text by the whole path.
    key("slash")
    time.sleep(0.7)
    key("ctrl+a")
    type_text(path)
    time.sleep(0.5)
    picture(name)
    key("Return")
    return bool(until(lambda: not windows(), 10))


def picture(name):
    """Takes a screenshot."""
    path = OUTPUT / f"{RESULTS.stem}-{name}.png"
    subprocess.run(["import", "-window", "root", str(path)], check=False)


# --- other programs -------------------------------------------------------------------------------------------


def pasted():
    """Returns the text that another program would paste; empty if there is none."""
    return output_of("xclip", "-selection", "clipboard", "-o", timeout=3)


def primary_selection():
    return output_of("xclip", "-selection", "primary", "-o", timeout=3)


def clipboard_targets():
    return output_of("xclip", "-selection", "clipboard", "-o", "-t", "TARGETS", timeout=3).split()


def copy_elsewhere(text):
    """Copies a text from another program, which keeps running to serve it and ends with the screen."""
    subprocess.run(
        ["xclip", "-selection", "clipboard", "-i"],
        input=text,
        text=True,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def stored_items():
    """Returns this program's keyring items as `secret-tool` prints them, including secrets."""
    done = subprocess.run(
        ["secret-tool", "search", "--all", "service", "thred-console"],
        capture_output=True,
        text=True,
        timeout=10,
        check=False,
    )
    # The attributes are printed to standard error.
    return done.stdout + done.stderr


def jwt_payload(text):
    """Returns the claims of a JWT, or None if the text is not one. Does not check the signature."""
    parts = text.strip().split(".")
    if len(parts) != 3:
        return None
    try:
        body = parts[1] + "=" * (-len(parts[1]) % 4)
        return json.loads(base64.urlsafe_b64decode(body))
    except ValueError:
        return None


def files_with(secret, folder):
    """Returns the files below a folder that contain the secret in plain text or base64."""
    forms = {secret.encode(), base64.b64encode(secret.encode()).rstrip(b"=")}
    found = []
    for path in pathlib.Path(folder).rglob("*"):
        if path.is_file() and not path.is_symlink():
            content = path.read_bytes()
            if any(form in content for form in forms):
                found.append(str(path))
    return found
