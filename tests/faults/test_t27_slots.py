"""T27: an error in every slot: Breather lives on, says so in its box, and what can be copied names nobody."""

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from types import CodeType, FrameType
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QMetaMethod, QObject, QTimer
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.app import App
from desktop.jobs import jobs as jobs_module
from desktop.jobs.guard import install_guard
from desktop.shell.desk import Desk
from desktop.shell.places import existing
from desktop.widgets.dialog import ErrorBox
from models.kernel.errors import BreatherError
from tests.faults.conftest import Amount, Figures
from tests.shell.apps import an_app, closing, desk_of, press, start

PERSONAL = ("Maryam", "Müller", "Quay Street", "020 7946 0101", "peanuts")
MESSAGE = "Maryam Müller, 12 Quay Street, 020 7946 0101, allergic to peanuts"
OURS = ("desktop", "models")
NATIVE: tuple[tuple[type[QObject], tuple[str, ...]], ...] = (
    (QAbstractButton, ("clicked", "toggled", "pressed", "released")),
    (QShortcut, ("activated",)),
    (QTimer, ("timeout",)),
    (QLineEdit, ("textChanged", "textEdited", "returnPressed", "editingFinished")),
    (QPlainTextEdit, ("textChanged",)),
    (QComboBox, ("activated", "currentIndexChanged", "currentTextChanged", "editTextChanged", "textActivated")),
    (QAbstractItemView, ("clicked", "doubleClicked", "activated")),
    (QTabBar, ("currentChanged", "tabBarClicked")),
)
OVERRIDES = ("data", "flags", "paint", "index", "count", "parent", "event")
ARGUMENTS = {"int": 0, "bool": False, "QString": "x", "PyObject": None, "double": 0.0}


class Planted(Exception):
    """An error of ours, with everything about a child in its message."""


class Trap:
    """Raises in the first function of Breather's that Qt calls, wherever that is; remembers which it was."""

    def __init__(self) -> None:
        self.sprung: set[CodeType] = set()
        self.times = 0
        self._from: FrameType | None = None

    @contextmanager
    def set(self) -> Iterator[None]:
        """Every slot that Qt calls from here on fails, as its first act."""
        self._from = sys._getframe(2)
        self.arm()
        try:
            yield
        finally:
            sys.setprofile(None)
            self._from = None

    def arm(self) -> None:
        """Python takes the trap away when it springs: it is set again for the next slot of the same signal."""
        if self._from is not None:
            sys.setprofile(self._spring)

    def _spring(self, frame: FrameType, event: str, _argument: object) -> None:
        code = frame.f_code
        if event == "call" and frame.f_back is self._from and _is_slot(code):
            self.sprung.add(code)
            self.times += 1
            raise Planted(MESSAGE)


def _is_slot(code: CodeType) -> bool:
    inside = any(f"/{room}/" in code.co_filename.replace("\\", "/") for room in OURS)
    return inside and code.co_name.islower() and code.co_name not in OVERRIDES  # Qt's own names have capitals


def signals(thing: QObject) -> Iterator[Any]:
    """The signals of a widget that people or Breather itself set off, each with what it carries."""
    own = {name for kind in type(thing).__mro__ if kind.__module__.startswith("desktop") for name in vars(kind)}
    native = {name for kind, names in NATIVE if isinstance(thing, kind) for name in names}
    found = thing.metaObject()
    for at in range(found.methodCount()):
        method = found.method(at)
        name = bytes(method.name().data()).decode()
        if method.methodType() is not QMetaMethod.MethodType.Signal or name not in own | native:
            continue
        kinds = [bytes(kind.data()).decode() for kind in method.parameterTypes()]
        if name in ("clicked", "doubleClicked", "activated") and isinstance(thing, QAbstractItemView):
            yield thing, name, (thing.rootIndex(),)
        elif all(kind in ARGUMENTS for kind in kinds):
            yield thing, name, tuple(ARGUMENTS[kind] for kind in kinds)


def alike(thing: QObject, name: str, _arguments: object) -> tuple[str, ...]:
    """What makes two signals the same to whoever reads the code."""
    words = thing.accessibleName().split(" ")[0] if isinstance(thing, QWidget) else ""
    return type(thing).__name__, type(thing.parent()).__name__, name, words


def set_off(thing: QObject, name: str, arguments: tuple[object, ...], trap: Trap) -> None:
    """Emits one signal with the trap set."""
    signal = getattr(thing, name)
    if name == "clicked" and isinstance(thing, QAbstractButton):
        arguments = ()
    with trap.set():
        signal.emit(*arguments)


@pytest.fixture(scope="module")
def app(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    yield from closing(an_app(qapp, tmp_path_factory.mktemp("sample")))


@pytest.fixture
def desk(qtbot: QtBot, app: App) -> Desk:
    if app.session is None:
        start(qtbot, app)
        press(qtbot, app.window, "Look round")
    return desk_of(qtbot, app)


@pytest.fixture
def trap(app: App) -> Iterator[Trap]:
    """With the app's own guard in place, as when it runs."""
    made = Trap()

    def report(error: BaseException) -> None:
        app.window.failed.emit(error)
        made.arm()

    restore = install_guard(report)
    yield made
    restore()


def boxes(app: App) -> list[ErrorBox]:
    return [box for box in app.window.findChildren(ErrorBox) if box.isVisible()]


def told(app: App) -> list[str]:
    """What the boxes that came up let be copied; they are closed."""
    said = []
    for box in boxes(app):
        box.copy()
        said.append(QApplication.clipboard().text())
        said += [box.what, box.next_step]
        box.accept()
        QApplication.sendPostedEvents(box, QEvent.Type.DeferredDelete.value)  # or thousands are there to look through
    return said


def settle(qtbot: QtBot, app: App) -> None:
    assert app.session is not None
    answered: list[object] = []
    for lane in ("quick", "slow"):
        app.session.jobs.query(lambda _uow: 1, answered.append, lane=lane)  # type: ignore[arg-type]  # both are lanes
    qtbot.waitUntil(lambda: len(answered) == 2, timeout=20_000)


def alive(qtbot: QtBot, app: App, desk: Desk) -> None:
    assert app.window.isVisible()
    desk.go("children")
    desk.go("today")
    assert desk.current == "today"
    settle(qtbot, app)


def test_an_error_in_every_slot_of_every_place_is_told_and_lived_through(
    qtbot: QtBot, app: App, desk: Desk, trap: Trap, amount: Amount, figures: Figures
) -> None:
    tried: Counter[tuple[str, ...]] = Counter()
    for place in existing():
        desk.go(place.key)
        settle(qtbot, app)
        if amount(0, 1):  # every place for itself
            tried.clear()
        for thing in app.window.findChildren(QObject):
            if not shiboken6.isValid(thing) or isinstance(thing.parent(), ErrorBox):
                continue
            for each in list(signals(thing)):
                tried[alike(*each)] += 1
                if tried[alike(*each)] > amount(1, 2):  # one button of a list stands for its rows
                    continue
                times = trap.times
                set_off(*each, trap)
                said = told(app)
                assert bool(said) is (trap.times > times), f"{place.key}: {each[1]} of {type(thing).__name__}"
                assert [word for word in PERSONAL if any(word in one for one in said)] == []
        assert app.window.isVisible()
    assert len(trap.sprung) > 80
    alive(qtbot, app, desk)
    what = f"errors in {len(trap.sprung)} slots of {len(existing())} places"
    figures.say(what, trap.times, "0 unseen, 0 with a name")


@pytest.mark.parametrize("where", ["in the store", "on the way back"])
def test_an_error_in_every_answer_of_every_place_is_told_and_lived_through(
    qtbot: QtBot, app: App, desk: Desk, trap: Trap, figures: Figures, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    """Reads that fail (each page's `failed`), and answers that fail as they are shown (each page's `done`)."""
    assert app.session is not None
    failed: list[object] = []

    def planted(*_: object) -> None:
        failed.append(1)
        raise Planted(MESSAGE)

    for place in existing():
        desk.go("today" if place.key != "today" else "children")
        settle(qtbot, app)
        with monkeypatch.context() as patch:
            if where == "in the store":
                patch.setattr(app.session.club, "read", planted)
            else:
                patch.setattr(jobs_module, "_call", planted)
            desk.go(place.key)
            page = desk.pages.shown()
            assert page is not None
            page.refresh()
            qtbot.waitUntil(lambda: not app.session.jobs._open, timeout=20_000)  # type: ignore[union-attr]  # open
            qtbot.wait(1)
        said = told(app)
        assert [word for word in PERSONAL if any(word in one for one in said)] == []
    assert len(failed) > 10
    alive(qtbot, app, desk)
    figures.say(f"answers that failed {where}", len(failed), "0 with a name, every place opens again")


def test_without_the_guard_nobody_is_told(qtbot: QtBot, app: App, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[object] = []
    monkeypatch.setattr(sys, "excepthook", lambda *error: heard.append(error))
    button = next(one for one in desk.findChildren(QAbstractButton) if one.isVisible())
    set_off(button, "clicked", (False,), Trap())
    assert heard
    assert boxes(app) == []


def test_with_the_message_in_it_the_box_would_name_the_child() -> None:
    """The guard is `details_of`, which leaves messages out, and words of ours for errors that are not ours."""
    assert all(word in str(Planted(MESSAGE)) for word in PERSONAL)
    box = ErrorBox(None, Planted(MESSAGE))
    assert not any(word in box.details + box.what + box.next_step for word in PERSONAL)
    assert not issubclass(Planted, BreatherError)
