"""What could not be saved while nobody could be told: it is told to whoever did it, and to nobody else."""

import json
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.jobs import Work
from desktop.jobs.unsaved import Unsaved, UnsavedBox
from desktop.lock.screen import LockScreen
from desktop.registers.door import DoorRow
from desktop.registers.page import RegisterPage
from desktop.shell.fire_list import FireList
from desktop.shell.leaving import LeavingPage
from desktop.shell.not_saved import NotSaved, somebody
from desktop.shell.register_mode import RegisterMode
from desktop.widgets.dialog import ErrorBox
from models.bootstrap import Club, UnitOfWork
from models.kernel.clock import FixedClock
from models.kernel.errors import BadInput
from models.registers import marks, service
from models.registers import queries as registers
from models.registers.rules import MarkKind, Status
from tests.clubs import PASSPHRASE
from tests.lock.conftest import CHILD, SECRETS, Place, at
from tests.lock.reading import tree
from tests.lock.test_register_mode import PIN, buttons, lock, start, words
from tests.lock.test_warden import OTHER, OTHERS_PASSWORD, with_somebody_else
from tests.shell.apps import leave, press, write

LABEL = f"Signed in {CHILD}"
NAMELESS = "Something could not be saved while Breather was locked. Manager should sign in."


class Failing:
    """A mark that fails until it is let through, and waits until it is begun."""

    def __init__(self, place: Place) -> None:
        self.fails, self.begun, self.gate = True, threading.Event(), threading.Event()
        self.activity, self.child, self.now = place.ids["club"], place.ids[CHILD], place.clock.now()

    def __call__(self, uow: UnitOfWork) -> None:
        self.begun.set()
        assert self.gate.wait(30)
        if self.fails:
            raise BadInput(f"{CHILD} could not be signed in.", "The disk is full.")
        marks.record_mark(uow, self.activity, kind=MarkKind.IN, child_id=self.child, happened_at=self.now)


@pytest.fixture
def failing(place: Place) -> Failing:
    """A mark is under way as the window locks, and fails after it."""
    made = Failing(place)
    session = place.app.session
    assert session is not None
    session.jobs.change(made, LABEL, None, place.desk.show_error)
    assert made.begun.wait(30)
    place.warden.lock()
    made.gate.set()
    return made


def club_of(place: Place) -> Club:
    assert place.app.session is not None
    return place.app.session.club


def told(qapp: QApplication) -> list[NotSaved]:
    return [each for each in qapp.topLevelWidgets() if isinstance(each, NotSaved) and each.isVisible()]


def said(dialog: NotSaved) -> str:
    return " | ".join(each.text() for each in dialog.findChildren(QLabel))


def file_of(place: Place, club_id: UUID) -> Path:
    return place.app._data / f"unsaved-{club_id.hex}.json"


def sign_in_as(qtbot: QtBot, place: Place, name: str, password: str) -> None:
    before = place.app.desk
    screen = place.warden.screen
    assert isinstance(screen, LockScreen)
    screen.sign_in.emit(name, password)
    qtbot.waitUntil(lambda: place.app.desk is not None and place.app.desk is not before)
    qtbot.waitUntil(lambda: place.app.warden is not None)


def unlock(qtbot: QtBot, place: Place) -> None:
    write(qtbot, place.app.window, "Password", PASSPHRASE)
    press(qtbot, place.app.window, "Unlock")
    qtbot.waitUntil(lambda: not place.warden.locked)


def status(place: Place) -> Status:
    club, ids = club_of(place), place.ids
    return club.read(lambda uow: registers.state_of(uow, ids["club"], child_id=ids[CHILD])).status


def test_the_lock_screen_says_at_once_who_should_sign_in_and_no_more(
    qtbot: QtBot, qapp: QApplication, place: Place, failing: Failing
) -> None:
    qtbot.waitUntil(lambda: NAMELESS in words(place))
    assert [word for word in SECRETS if word in tree(qapp)] == []
    kept = json.loads(file_of(place, club_of(place).id).read_text())
    assert [set(row) for row in kept] == [{"who", "name", "at"}]  # the folder is not encrypted
    assert kept[0]["name"] == "Manager"
    unlock(qtbot, place)
    boxes = [each for each in qapp.topLevelWidgets() if isinstance(each, ErrorBox) and each.isVisible()]
    assert [each.what for each in boxes] == [f"{CHILD} could not be signed in."]  # as ever: by whoever asked for it
    assert told(qapp) == []
    assert not file_of(place, club_of(place).id).exists()
    boxes[0].accept()
    place.warden.lock()
    assert NAMELESS not in words(place)


def test_somebody_else_signs_in_and_whose_work_it_was_is_told_when_they_are_back(
    qtbot: QtBot, qapp: QApplication, place: Place, failing: Failing
) -> None:
    with_somebody_else(place)
    sign_in_as(qtbot, place, OTHER, OTHERS_PASSWORD)
    qtbot.waitUntil(lambda: place.desk.toast.words() == NAMELESS)
    assert told(qapp) == []
    place.warden.lock()
    assert NAMELESS in words(place)
    sign_in_as(qtbot, place, "Manager", PASSPHRASE)
    qtbot.waitUntil(lambda: len(told(qapp)) == 1)
    dialog = told(qapp)[0]
    assert f"{LABEL}, 09:30 | {CHILD} could not be signed in. The disk is full." in said(dialog)
    failing.fails = False
    press(qtbot, dialog, "Try again")
    qtbot.waitUntil(lambda: place.desk.toast.words() == f"Saved now: {LABEL}.")
    assert status(place) is Status.IN
    place.warden.lock()
    assert "Something could not be saved" not in words(place)


def test_a_paper_that_another_sign_in_stops_is_told_to_whoever_waits_for_it(
    qtbot: QtBot, qapp: QApplication, place: Place
) -> None:
    with_somebody_else(place)
    session, begun = place.app.session, threading.Event()
    assert session is not None

    def paper(_read: UnitOfWork, work: Work) -> None:
        while True:  # until it is stopped
            work.step(0, 1, "Making the pages")
            begun.set()

    session.jobs.long_query(paper, print, place.desk.show_error, key="pages", progress=lambda _step: None)
    session.jobs.long_query(lambda _read, _work: begun.wait(30), lambda _answer: None)  # nobody waits for this one
    assert begun.wait(30)
    place.warden.lock()
    sign_in_as(qtbot, place, OTHER, OTHERS_PASSWORD)
    assert told(qapp) == []
    place.warden.lock()
    sign_in_as(qtbot, place, "Manager", PASSPHRASE)
    qtbot.waitUntil(lambda: len(told(qapp)) == 1)
    assert said(told(qapp)[0]).count("A paper, a list or a backup, 09:30") == 1
    assert "You were not shown it, since somebody else signed in. Make it again." in said(told(qapp)[0])


def test_what_fails_once_more_is_told_once_more(
    qtbot: QtBot, qapp: QApplication, place: Place, failing: Failing
) -> None:
    with_somebody_else(place)
    sign_in_as(qtbot, place, OTHER, OTHERS_PASSWORD)
    place.warden.lock()
    sign_in_as(qtbot, place, "Manager", PASSPHRASE)
    qtbot.waitUntil(lambda: len(told(qapp)) == 1)
    press(qtbot, told(qapp)[0], "Try again")

    def boxes() -> list[ErrorBox]:
        return [each for each in qapp.topLevelWidgets() if isinstance(each, ErrorBox) and each.isVisible()]

    qtbot.waitUntil(lambda: [each.what for each in boxes()] == [f"{CHILD} could not be signed in."])
    boxes()[0].accept()


def test_the_window_does_not_close_without_saying_so(
    qtbot: QtBot, qapp: QApplication, place: Place, failing: Failing
) -> None:
    place.app.window.close()
    page = asking(qtbot, place)
    assert somebody(["Manager"], locked=False) in page._words.text()
    assert [word for word in SECRETS if word in tree(qapp)] == []
    assert not place.app.gone
    press(qtbot, page, "Close anyway")
    assert place.app.gone


def asking(qtbot: QtBot, place: Place) -> LeavingPage:
    def asks() -> bool:
        page = place.app.window.centralWidget()
        return isinstance(page, LeavingPage) and "Close anyway" in buttons(place)

    qtbot.waitUntil(asks)
    page = place.app.window.centralWidget()
    assert isinstance(page, LeavingPage)
    return page


def test_closed_once_more_it_goes(qtbot: QtBot, place: Place, failing: Failing) -> None:
    place.app.window.close()
    asking(qtbot, place)
    place.app.window.close()
    assert place.app.gone


def test_signing_in_again_from_there_tells_what_it_was_and_tries_it(
    qtbot: QtBot, qapp: QApplication, place: Place, failing: Failing
) -> None:
    place.app.window.close()
    press(qtbot, asking(qtbot, place), "Sign in again")
    come_back(qtbot, place)
    qtbot.waitUntil(lambda: len(told(qapp)) == 1)
    failing.fails = False
    press(qtbot, told(qapp)[0], "Try again")
    qtbot.waitUntil(lambda: place.desk.toast.words() == f"Saved now: {LABEL}.")
    assert status(place) is Status.IN
    leave(place.app)  # nothing is left to say, so it goes by itself


def come_back(qtbot: QtBot, place: Place) -> None:
    welcome = place.app.welcome
    assert welcome is not None
    write(qtbot, welcome, "Name", "Manager")
    write(qtbot, welcome, "Password", PASSPHRASE)
    press(qtbot, welcome, "Open")
    qtbot.waitUntil(lambda: place.app.warden is not None, timeout=20_000)


def test_after_a_stop_it_is_still_known_that_it_happened_and_when(
    qtbot: QtBot, qapp: QApplication, place: Place, failing: Failing
) -> None:
    qtbot.waitUntil(lambda: NAMELESS in words(place))
    place.app.unsaved = UnsavedBox(place.app._data)  # as after a power cut: only the folder knows
    place.app.sign_out()
    qtbot.waitUntil(lambda: place.app.welcome is not None)
    come_back(qtbot, place)
    qtbot.waitUntil(lambda: len(told(qapp)) == 1)
    assert "Something you did, 09:30" in said(told(qapp)[0])
    assert not any(each.text() == "Try again" for each in told(qapp)[0].findChildren(QPushButton))
    told(qapp)[0].accept()


def test_a_mark_at_the_door_says_in_its_row_that_it_is_not_saved(
    qtbot: QtBot, qapp: QApplication, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    mode = door(qtbot, place)
    fail = failing_marks(monkeypatch)
    press(qtbot, mode, f"Sign in {CHILD}")
    qtbot.waitUntil(lambda: row(mode).status() == "Not saved. Due")
    boxes = [each for each in qapp.topLevelWidgets() if isinstance(each, ErrorBox) and each.isVisible()]
    boxes[0].accept()
    fail()
    press(qtbot, mode, f"Sign in {CHILD}")
    qtbot.waitUntil(lambda: row(mode).status().startswith("In 09:30"))


def door(qtbot: QtBot, place: Place) -> RegisterMode:
    if "On now" not in words(place):
        club_of(place).set_pin(PIN)
        lock(qtbot, place)
    start(qtbot, place)
    qtbot.waitUntil(lambda: isinstance(place.warden.screen, RegisterMode))
    qtbot.waitUntil(lambda: CHILD in words(place))
    found = place.warden.screen
    assert isinstance(found, RegisterMode)
    return found


def failing_marks(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Every mark fails, until what this gives back is called."""
    real, fails = service.record_mark, [True]

    def record(*args: Any, **named: Any) -> Any:
        if fails[0]:
            raise BadInput("The mark could not be kept.", "Try once more.")
        return real(*args, **named)

    monkeypatch.setattr(service, "record_mark", record)
    return lambda: fails.__setitem__(0, False)


def row(mode: RegisterMode) -> DoorRow:
    return next(each for each in mode.findChildren(DoorRow) if each.isVisible() and each.view.name == CHILD)


def test_a_mark_at_the_door_that_fails_under_the_fire_list_is_told_once_that_goes(
    qtbot: QtBot, qapp: QApplication, place: Place
) -> None:
    mode = door(qtbot, place)
    press(qtbot, mode, "Fire list")
    qtbot.waitUntil(lambda: isinstance(place.warden.screen, FireList))
    heard: list[object] = []
    mode.jobs.failed.connect(heard.append)
    mode.jobs.change(fails, LABEL)
    qtbot.waitUntil(lambda: bool(heard))

    def boxes() -> list[str]:
        return [each.what for each in qapp.topLevelWidgets() if isinstance(each, ErrorBox) and each.isVisible()]

    assert boxes() == []
    press(qtbot, place.app.window, "Back")
    qtbot.waitUntil(lambda: boxes() == ["This mark could not be kept."])


def fails(_uow: UnitOfWork) -> None:
    raise BadInput("This mark could not be kept.")


def test_whoever_gives_the_pin_again_is_told_at_the_door_what_failed_there_alone(
    qtbot: QtBot, qapp: QApplication, place: Place
) -> None:
    mode = door(qtbot, place)
    mode.jobs.change(fails, LABEL, None, mode.page.show_error)
    press(qtbot, mode, "Lock")
    qtbot.waitUntil(lambda: NAMELESS in words(place))
    elsewhere = [Unsaved("Changed an address", BadInput("No."), place.clock.now(), None)]
    actor = club_of(place).actor
    place.app.unsaved.follow(club_of(place).id, actor.id, actor.name, elsewhere, place.clock.now())
    qtbot.waitUntil(lambda: "On now" in words(place))
    door(qtbot, place)
    qtbot.waitUntil(lambda: len(told(qapp)) == 1)
    assert LABEL in said(told(qapp)[0])
    assert "address" not in said(told(qapp)[0])
    assert len(elsewhere) == 1  # that is told on the desk
    elsewhere.clear()
    told(qapp)[0].accept()


def test_a_screen_that_has_gone_does_not_swallow_it(
    qtbot: QtBot, qapp: QApplication, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.desk.go("register", place.ids["club"])
    page = place.desk.pages.shown()
    assert isinstance(page, RegisterPage)
    qtbot.waitUntil(lambda: f"Sign in {CHILD}" in buttons(place))
    gate = threading.Event()
    session = place.app.session
    assert session is not None
    session.jobs.change(lambda _uow: gate.wait(30), "Something before it")
    failing_marks(monkeypatch)
    press(qtbot, page, f"Sign in {CHILD}")
    place.app.set_look(place.app.preferences.look.next_size(1))  # the screens are made anew
    qtbot.waitUntil(lambda: not shiboken6.isValid(page))
    gate.set()

    def boxes() -> list[str]:
        return [each.what for each in qapp.topLevelWidgets() if isinstance(each, ErrorBox) and each.isVisible()]

    qtbot.waitUntil(lambda: boxes() == ["The mark could not be kept."])
    for each in qapp.topLevelWidgets():
        if isinstance(each, ErrorBox):
            each.accept()


def test_it_is_forgotten_after_a_month_and_a_file_that_does_not_read_says_nothing(tmp_path: Path) -> None:
    club, who, now = UUID(int=1), UUID(int=2), at(9, 30).now()
    box = UnsavedBox(tmp_path)
    box.follow(club, who, "Denise", [Unsaved(LABEL, None, now)], now)
    box.keep()
    assert "Maryam" not in next(tmp_path.glob("*.json")).read_text()
    for later, found in ((timedelta(days=29), ("Denise",)), (timedelta(days=31), ())):
        again = UnsavedBox(tmp_path)
        again.follow(club, who, "Denise", [], FixedClock(now + later).now())
        assert again.names(club) == found
        assert again.names(club, on_disk=False) == ()
    next(tmp_path.glob("*.json")).write_text("{")
    spoilt = UnsavedBox(tmp_path)
    spoilt.follow(club, who, "Denise", [], now)
    assert spoilt.names(club) == ()
