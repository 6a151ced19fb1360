"""A screen reader's view of Breather: opens the sample club, goes to each place, takes a register of three.

Run by the system's own Python, which has AT-SPI, inside a session bus and an X display of its own:

    dbus-run-session -- python3 client.py COMMAND...

COMMAND starts the app. All that is known of it here is names and roles; whatever is done is done by an action, as
assistive technology does it. One JSON object on standard output tells what was seen; exit 1 says what was waited for.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402  # the version is chosen first

T = TypeVar("T")
Node = Any

PATIENCE = 30.0
"""Seconds anything may take on a slow machine."""
TICK_MS = 20
NAMED = frozenset(
    {
        "push button", "check box", "radio button", "toggle button", "text", "password text", "entry", "combo box",
        "page tab", "list", "list item", "menu item", "spin button", "slider", "table", "tree", "tree table", "link",
        "date editor", "table column header", "column header", "dialog", "frame",
    }
)  # fmt: skip
"""Roles of things a person acts on or moves through: each has to say what it is."""
TABLES = frozenset({"table", "tree table"})
CELLS = 40
"""As many cells of a table are looked at: its headers and its first rows."""
LOCK = "Lock"
"""The button beside the places that is none."""
CHILDREN = 3
"""How many are signed in."""
BESIDE = (
    ("Today", "Ring round for December club", "Ring-round"),
    ("Today", "Print…", "Print"),
    ("Programme", "Venues", "Venues"),
)
"""Screens that are not in the navigation: where one is, how the button begins that leads there, and its title."""


class NotSeen(Exception):
    """Something was waited for and did not come."""


def until(look: Callable[[], T], what: str, seconds: float = PATIENCE) -> T:
    """The first answer of `look` that is something; it is asked again at each event and at least every TICK_MS."""
    context, deadline = GLib.MainContext.default(), time.monotonic() + seconds
    while True:
        found = _look(look)
        if found:
            return found
        if time.monotonic() > deadline:
            raise NotSeen(what)
        tick = GLib.timeout_add(TICK_MS, lambda: GLib.SOURCE_REMOVE)
        context.iteration(True)
        source = context.find_source_by_id(tick)
        if source is not None:
            source.destroy()


def _look(look: Callable[[], T]) -> T | None:
    try:
        return look()
    except GLib.Error:  # what was looked at went away meanwhile
        return None


class Reader:
    """The window as its tree of names and roles."""

    def __init__(self) -> None:
        self.app: Node = until(self._find_app, "the app on the accessibility bus")
        # Nothing remembered: every look is at the app itself.
        Atspi.Accessible.set_cache_mask(self.app, Atspi.Cache.NONE)

    def showing(self, node: Node | None = None, cells: int = 0) -> Iterator[Node]:
        """Everything that can be seen, from the window inwards; of a table the first `cells` of it."""
        node = node or self.app
        most = cells if node.get_role_name() in TABLES else None
        for child in _children(node, most):
            if child.get_role_name() == "frame" or child.get_state_set().contains(Atspi.StateType.SHOWING):
                yield child
                yield from self.showing(child, cells)

    def find(self, role: str, name: str) -> Node | None:
        """The first one of that role and name."""
        return next((one for one in self.showing() if one.get_name() == name and one.get_role_name() == role), None)

    def wait_for(self, role: str, name: str, seconds: float = PATIENCE) -> Node:
        return until(lambda: self.find(role, name), f"the {role} “{name}”", seconds)

    def names(self, role: str, within: Node | None = None) -> list[str]:
        return [one.get_name() for one in self.showing(within) if one.get_role_name() == role]

    def press(self, name: str, role: str = "push button") -> None:
        """Presses a button by its Press action."""
        act(self.wait_for(role, name), "Press")

    def unnamed(self) -> list[str]:
        """What can be acted on now and does not say what it is: its role and the names around it."""
        seen = self.showing(cells=CELLS)
        return [_where(one) for one in seen if not _says_what_it_is(one)]

    def everything(self, node: Node | None = None) -> str:
        """All the words in the whole tree, of what can be seen and of what cannot."""
        node = node or self.app
        own = [node.get_name(), node.get_description(), _text_of(node)]
        return "\n".join(filter(None, [*own, *(self.everything(child) for child in _children(node))]))

    def lines(self) -> list[str]:
        """Everything that can be seen and has a name, for whoever looks into a failure."""
        return [f"{one.get_role_name()} “{one.get_name()}”" for one in self.showing() if one.get_name()]

    def _find_app(self) -> Node | None:
        desktop = Atspi.get_desktop(0)
        return next((one for one in _children(desktop) if one.get_name() == "Breather"), None)


def _text_of(node: Node) -> str:
    text = node.get_text_iface()
    return str(Atspi.Text.get_text(text, 0, -1)) if text is not None else ""


def act(node: Node, action: str) -> None:
    """Does one of the node's actions, by the action's name."""
    names = [Atspi.Action.get_action_name(node, at) for at in range(Atspi.Action.get_n_actions(node))]
    if action not in names:
        raise NotSeen(f"the action {action} of “{node.get_name()}”, which has {names}")
    Atspi.Action.do_action(node, names.index(action))


def _children(node: Node, most: int | None = None) -> list[Node]:
    try:
        found = [node.get_child_at_index(at) for at in range(node.get_child_count())[:most]]
    except GLib.Error:  # it went away while we looked
        return []
    return [child for child in found if child is not None]


def _says_what_it_is(node: Node) -> bool:
    role = node.get_role_name()
    if role == "combo box":  # its name is what is chosen; what it is about is its label, or its description
        kinds = [one.get_relation_type() for one in node.get_relation_set()]
        return Atspi.RelationType.LABELLED_BY in kinds or node.get_description() not in ("", node.get_name())
    return role not in NAMED or bool(node.get_name().strip())


def _where(node: Node) -> str:
    around, at = [], node
    while at is not None and at.get_role_name() != "application":
        if at.get_name():
            around.append(at.get_name())
        at = at.get_parent()
    return f"{node.get_role_name()} in {' < '.join(around[:3])}"


class Visit:
    """One walk through the app, and what was seen on it."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.unnamed: dict[str, list[str]] = {}
        self.titles: dict[str, str] = {}
        self.rows: list[dict[str, str]] = []
        self.open_text = self.locked_text = self.back_text = ""

    def whole(self) -> None:
        self.open_the_sample()
        for place in self.places():
            self.go(place)
        for place, words, leads_to in BESIDE:
            self.go(place)
            self.press_beginning(words)
            self.arrive(leads_to)
        self.take_the_register()
        self.lock_and_unlock()

    def open_the_sample(self) -> None:
        self.reader.wait_for("push button", "Look round")
        self.look_at("Welcome")
        self.reader.press("Look round")
        self.reader.wait_for("panel", "Places")
        self.arrive("Today")

    def places(self) -> list[str]:
        """The places of the navigation, in order."""
        found = self.reader.names("push button", self.reader.wait_for("panel", "Places"))
        return [each for each in found if each != LOCK]

    def go(self, place: str) -> None:
        """Goes to a place by its button and waits for its page."""
        self.reader.press(place)
        self.arrive(place)

    def arrive(self, place: str) -> None:
        """Waits until the page of that title shows what it read."""
        title = until(lambda: self._title(place), f"the page “{place}”")
        self.titles[place] = title
        self.look_at(place)

    def press_beginning(self, words: str) -> None:
        """Presses the button whose name begins so."""
        name = until(lambda: self._button(words), f"a button “{words}…”")
        self.reader.press(name)

    def look_at(self, screen: str) -> None:
        found = self.reader.unnamed()
        if found:
            self.unnamed[screen] = found

    def take_the_register(self) -> None:
        """Signs three children in by the buttons of their rows and reads back where they stand."""
        self.go("Register")
        due = until(lambda: [one for one in self.reader.names("push button") if one.startswith("Sign in ")], "rows")
        for words in due[:CHILDREN]:
            name = words.removeprefix("Sign in ")
            self.reader.wait_for("push button", f"More for {name}")
            before = self._row(f"{name}, due")
            self.reader.press(words)
            after = until(lambda name=name: self._row(f"{name}, in "), f"“{name}, in …”")
            self.rows.append({"name": name, "before": before, "after": after})
            self.reader.wait_for("push button", f"Sign out {name}")
        self.look_at("Register")

    def lock_and_unlock(self) -> None:
        """Locks over the register and reads all there is, seen or not; then comes back."""
        self.open_text = self.reader.everything()
        self.reader.press(LOCK)
        self.reader.wait_for("label", "Locked")
        # Within a second, however slow the machine is that runs this.
        until(lambda: not self.reader.find("panel", "Places"), "the lock to have taken everything away", 1.0)
        self.locked_text = self.reader.everything()
        self.look_at("Lock")
        self.reader.press("Unlock")
        self.reader.wait_for("panel", "Places")
        self.back_text = self.reader.everything()

    def _button(self, begins: str) -> str:
        return next((name for name in self.reader.names("push button") if name.startswith(begins)), "")

    def _row(self, begins: str) -> str:
        return next((one.get_name() for one in self.reader.showing() if one.get_name().startswith(begins)), "")

    def _title(self, place: str) -> str:
        labels = [one for one in self.reader.names("label") if one == "Just a moment." or one.startswith(place)]
        return "" if "Just a moment." in labels else next(iter(labels), "")


def main(command: list[str]) -> int:
    """Starts the app, walks through it, ends it."""
    with subprocess.Popen(command) as process:
        try:
            reader = Reader()
            visit = Visit(reader)
            visit.whole()
        except NotSeen as missed:
            print("\n".join(_look(lambda: reader.lines()) or []), file=sys.stderr)
            print(f"This could be seen. Waited in vain for {missed}.", file=sys.stderr)
            return 1
        finally:
            process.terminate()
    seen = {
        "titles": visit.titles, "unnamed": visit.unnamed, "rows": visit.rows, "open": visit.open_text,
        "locked": visit.locked_text, "back": visit.back_text,
    }  # fmt: skip
    json.dump(seen, sys.stdout, ensure_ascii=False)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
