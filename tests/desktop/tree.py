"""The accessibility tree of a running program, as a screen reader sees it (AT-SPI)."""

import time
import warnings

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

warnings.filterwarnings("ignore", category=DeprecationWarning)


PRESSES = ("click", "press", "activate")


def _ask(call, *arguments):
    """Calls AT-SPI. Returns None if the node has vanished since the last call."""
    try:
        return call(*arguments)
    except GLib.Error:
        return None


class Node:
    """One accessible element."""

    def __init__(self, accessible):
        self._accessible = accessible

    @property
    def name(self):
        return _ask(self._accessible.get_name) or ""

    @property
    def role(self):
        return _ask(self._accessible.get_role_name) or ""

    @property
    def states(self):
        found = _ask(self._accessible.get_state_set)
        return {state.value_nick for state in found.get_states()} if found is not None else set()

    @property
    def is_chosen(self):
        """Whether the element is selected, checked or pressed; toolkits differ in which state they report."""
        return bool(self.states & {"selected", "checked", "pressed"})

    @property
    def is_pressable(self):
        # AT-SPI caches the actions of a node, so clear the cache: the button may have been disabled before.
        _ask(self._accessible.clear_cache)
        action = _ask(self._accessible.get_action_iface)
        names = range(_ask(action.get_n_actions) or 0) if action is not None else ()
        return any(_ask(action.get_action_name, index) in PRESSES for index in names)

    @property
    def is_editable(self):
        return _ask(self._accessible.get_editable_text_iface) is not None and "editable" in self.states

    @property
    def text(self):
        """The content of a text field; None for anything else."""
        text = _ask(self._accessible.get_text_iface)
        if text is None:
            return None
        length = _ask(Atspi.Text.get_character_count, text)
        return None if length is None else _ask(Atspi.Text.get_text, text, 0, length)

    def children(self):
        for index in range(_ask(self._accessible.get_child_count) or 0):
            child = _ask(self._accessible.get_child_at_index, index)
            if child is not None:
                yield Node(child)

    def walk(self):
        yield self
        for child in self.children():
            yield from child.walk()

    def press(self):
        """Presses a button or chooses an item, as a screen reader does."""
        action = _ask(self._accessible.get_action_iface)
        if action is None:
            raise AssertionError(f"{self} cannot be pressed")
        names = [action.get_action_name(index) for index in range(action.get_n_actions())]
        wanted = next((i for i, name in enumerate(names) if name in PRESSES), 0)
        action.do_action(wanted)

    def focus(self):
        self._accessible.get_component_iface().grab_focus()

    def set_text(self, text):
        """Replaces the whole content of a text field."""
        editable = _ask(self._accessible.get_editable_text_iface)
        if editable is None or not editable.set_text_contents(text):
            raise AssertionError(f"{self} takes no text")

    def centre(self):
        """The centre, in pixels of the screen."""
        box = self._accessible.get_component_iface().get_extents(Atspi.CoordType.SCREEN)
        return box.x + box.width // 2, box.y + box.height // 2

    def box(self):
        """Left, top, width and height, in pixels of the window."""
        box = self._accessible.get_component_iface().get_extents(Atspi.CoordType.WINDOW)
        return box.x, box.y, box.width, box.height

    def __eq__(self, other):
        return isinstance(other, Node) and self._accessible == other._accessible

    def __hash__(self):
        return hash(self._accessible)

    def __str__(self):
        return f"[{self.role}] {self.name!r}"


class FocusWatch:
    """Follows focus events as a screen reader does, because searching the whole tree takes much longer."""

    _FOCUSED = "object:state-changed:focused"

    def __init__(self, pid):
        self._pid = pid
        self._focused = None
        self._listener = Atspi.EventListener.new(self._hear)
        self._listener.register(self._FOCUSED)

    def _hear(self, event):
        # When Tab wraps around, the window itself has the focus for a frame.
        is_place = event.detail1 == 1 and _ask(event.source.get_role_name) != "frame"
        if is_place and _ask(event.source.get_process_id) == self._pid:
            self._focused = Node(event.source)

    def _hear_all(self):
        context = GLib.MainContext.default()
        while context.pending():
            context.iteration(False)

    def forget(self):
        """Ignores all events so far."""
        self._hear_all()
        self._focused = None

    def wait(self, timeout=2):
        """Returns the element that gets the focus, or None after the timeout."""
        end = time.monotonic() + timeout
        while self._focused is None and time.monotonic() < end:
            self._hear_all()
            time.sleep(0.005)
        return self._focused


class Tree:
    """All elements of one program."""

    def __init__(self, pid, timeout=20):
        self._pid = pid
        self._root = self._wait_for_program(timeout)

    def _wait_for_program(self, timeout):
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            desktop = Atspi.get_desktop(0)
            for index in range(desktop.get_child_count()):
                program = _ask(desktop.get_child_at_index, index)
                if program is not None and _ask(program.get_process_id) == self._pid:
                    return Node(program)
            time.sleep(0.05)
        raise AssertionError("the program does not appear on the accessibility bus")

    def all(self, name=None, prefix=None, role=None, editable=False, pressable=False):
        """Yields every matching element, in tree order. A label often has the same name as its field, so say which one is
        wanted."""
        for node in self._root.walk():
            if role is not None and node.role != role:
                continue
            text = node.name
            if name is not None and text != name:
                continue
            if prefix is not None and not text.startswith(prefix):
                continue
            if editable and not node.is_editable:
                continue
            if pressable and not node.is_pressable:
                continue
            yield node

    def find(self, **what):
        return next(self.all(**what), None)

    def wait(self, timeout=30, **what):
        """Waits for the first matching element and returns it."""
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            node = self.find(**what)
            if node is not None:
                return node
            time.sleep(0.05)
        raise AssertionError(f"no element with {what}; there are:\n{self.dump()}")

    def gone(self, timeout=30, **what):
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            if self.find(**what) is None:
                return
            time.sleep(0.05)
        raise AssertionError(f"still an element with {what}")

    def dump(self):
        """All names and contents that a screen reader could read."""
        lines = []

        def add(node, depth):
            text = node.text
            content = "" if text is None else f" = {text!r}"
            lines.append("  " * depth + str(node) + content)
            for child in node.children():
                add(child, depth + 1)

        add(self._root, 0)
        return "\n".join(lines)
