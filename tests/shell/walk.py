"""Going everywhere a person can go, and pressing everything there is, as somebody of one role."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import shiboken6
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QDialog,
    QFileDialog,
    QLabel,
    QMenu,
    QWidget,
)
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from desktop.app import App
from desktop.shell.desk import Desk
from desktop.widgets.page import Page
from desktop.widgets.search_box import Hit
from models.access.records import AccessEvent
from models.access.rules import AccessKind, Role
from models.bootstrap import Club, UnitOfWork
from models.programme.rules import ActivityKind, ActivityStatus, BookingStatus
from models.registers.service import print_sheet
from tests.clubs import (
    PASSPHRASE,
    SATURDAY,
    THURSDAY,
    a_booking,
    a_child,
    a_collector,
    a_contact,
    a_driver,
    a_duty,
    a_family,
    a_leg,
    a_vehicle,
    a_venue,
    an_activity,
    an_adult,
    new_club,
    put,
)
from tests.shell.apps import desk_of, leave, sign_in, start

OWN = "purple marmots queueing"
GIVEN = "oddly-silver-kettle-barn"
LEAVING = (
    "Lock",
    "Sign out",
    "Fire list",
    "Open another club file",
    "Register mode",
    "Restore this backup",
    "Change folder",
)
"""What takes one out of the club, or hides it."""


def a_club_at_work(folder: Path) -> tuple[Path, dict[str, tuple[object, ...]]]:
    """A club on a day of its own, with a trip to come: its file, and what there is to be shown at each place."""
    club = new_club(folder)
    shown = put_to_work(club)
    club.close()
    return club.path, shown


def put_to_work(club: Club) -> dict[str, tuple[object, ...]]:
    """Fills a club; what there is to be shown at each place."""
    ids = put(club, _fill)
    put(club, lambda uow: print_sheet(uow, ids["club"]))
    return {
        "programme": (ids["club"], ids["trip"]), "children": (ids["maryam"],), "team": (ids["denise"],),
        "venues": (ids["hall"],), "consents": (ids["trip"],), "transport": (ids["trip"], ("vehicle", ids["bus"])),
        "register": (ids["trip"],), "ringround": (ids["trip"],), "print": (("register", ids["club"]),),
        "privacy": (ids["maryam"],), "settings": ("backups",),
    }  # fmt: skip


def _fill(uow: UnitOfWork) -> dict[str, UUID]:
    home = a_family(uow)
    a_contact(uow, home, email="leyla@example.org", parent_carer=True)
    maryam = a_child(uow, "Maryam", "Müller", home, allergies="Nuts", notes="A note of the office")
    a_collector(uow, maryam, password="bluebell")
    tomasz = a_child(uow, "Tomasz", "Nowak", cares_for="His mother")
    hall = a_venue(uow)
    denise, marcus = an_adult(uow), a_driver(uow)
    bus = a_vehicle(uow)
    club = an_activity(uow, "Thursday club", THURSDAY, status=ActivityStatus.CONFIRMED, venue_id=hall)
    trip = an_activity(uow, "Pantomime", SATURDAY, kind=ActivityKind.TRIP, by_minibus=True)
    a_booking(uow, club, maryam)
    a_booking(uow, trip, tomasz)
    a_booking(uow, trip, maryam, status=BookingStatus.WAITING, position=1)
    for activity in (club, trip):
        a_duty(uow, activity, denise)
    a_duty(uow, trip, marcus)
    a_leg(uow, trip, bus)
    return {
        "maryam": maryam, "tomasz": tomasz, "hall": hall, "denise": denise, "bus": bus, "club": club, "trip": trip,
    }  # fmt: skip


def let_in(file_of: Club, name: str, role: Role | None, *, safeguarding: bool = False) -> None:
    """Makes somebody who can sign in with a password of their own choosing."""
    file_of.add_person(name, GIVEN, role=role, safeguarding=safeguarding)
    manager = file_of.actor.name
    file_of.sign_in(name, GIVEN)
    file_of.change_own_password(GIVEN, OWN)
    file_of.sign_in(manager, PASSPHRASE)


class Person:
    """Somebody at the window.

    Attributes:
        said: the words of every box that came up.
    """

    def __init__(self, qtbot: QtBot, app: App, file: Path | None, name: str, password: str) -> None:
        """`file` None: the club is on a server, which the app remembers."""
        self.qtbot, self.app = qtbot, app
        self.said: list[str] = []
        start(qtbot, app, file)
        sign_in(qtbot, app, password, name)
        self.desk: Desk = desk_of(qtbot, app)
        self.settle()

    @property
    def club(self) -> Club:
        assert self.app.session is not None
        return self.app.session.club

    @property
    def page(self) -> Page:
        shown = self.desk.pages.shown()
        assert shown is not None
        return shown

    def places(self) -> list[str]:
        """The places on this person's screen."""
        return list(self.desk._places)

    def settle(self) -> None:
        """Waits until everything asked for is answered, and shuts what came up in front."""
        jobs = self.desk._session.jobs
        for _turn in range(2):
            self.qtbot.waitUntil(lambda: not jobs._open, timeout=20_000)
            QApplication.processEvents()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.shut()

    def go(self, place: str, item: object = None) -> None:
        """To a place as if come to for the first time: its list, or the item."""
        for panel in self.page.findChildren(QWidget):
            if panel.property("drawer") and panel.isVisible():
                panel.hide()
        self.desk.go(place)
        self.page.start_again()
        if item is not None:
            self.desk.go(place, item)
        self.settle()

    def buttons(self) -> list[QAbstractButton]:
        """What can be pressed on the page shown, from top to bottom."""
        found = [each for each in self.page.findChildren(QAbstractButton) if each.isVisible() and each.isEnabled()]
        return [each for each in found if _name(each) and not _name(each).startswith(LEAVING)]

    def names(self) -> list[str]:
        """The names of those, each once."""
        return list(dict.fromkeys(_name(each) for each in self.buttons()))

    def press(self, name: str) -> list[str]:
        """Presses the first button of that name; the words of the menu it opened, which is shut again."""
        button = next((each for each in self.buttons() if _name(each) == name), None)
        if button is None:
            return []
        menu = getattr(button, "menu", lambda: None)()
        if menu is not None:
            return [each.text() for each in menu.actions() if each.isEnabled() and each.text()]
        button.click()
        shown = [each.text() for each in _actions()]
        self.settle()
        return shown

    def choose(self, name: str, words: str) -> None:
        """Opens the menu of that button and takes the line of those words."""
        button = next((each for each in self.buttons() if _name(each) == name), None)
        if button is None:
            return
        menu = getattr(button, "menu", lambda: None)()
        if menu is None:
            button.click()
        for each in menu.actions() if menu is not None else _actions():
            if each.text() == words:
                each.trigger()
                break
        self.settle()

    def undo(self) -> None:
        """Presses Undo, where it is offered."""
        if self.desk.toast.isVisible() and self.desk.toast.undo_button.isVisible():
            self.desk.toast.undo_button.click()
            self.settle()

    def find(self, text: str) -> list[Hit]:
        """What Ctrl+K answers to these letters."""
        answers: list[Hit] = []
        self.desk.search._provider(text, answers.extend)
        self.settle()
        return answers

    def open_first_rows(self) -> None:
        """Enter on the first row of every list shown."""
        for view in self.page.findChildren(QAbstractItemView):
            model = view.model() if shiboken6.isValid(view) and view.isVisible() else None
            if model is not None and model.rowCount():
                view.setCurrentIndex(model.index(0, 0))
                self.qtbot.keyClick(view, Qt.Key.Key_Return)
                self.settle()

    def type_keys(self) -> None:
        """The keys that do something on one page or another, without a field to type into."""
        self.qtbot.keyClick(self.page, Qt.Key.Key_F1)
        self.settle()
        if self.desk.current == "register":  # elsewhere F9 is the fire list, over everything
            for _there_and_back in range(2):
                self.qtbot.keyClick(self.page, Qt.Key.Key_F9)
                self.settle()
        for letter in (Qt.Key.Key_N, Qt.Key.Key_F):
            self.qtbot.keyClick(self.page, letter, Qt.KeyboardModifier.ControlModifier)
            self.settle()

    def words(self) -> str:
        """Everything written on the page shown."""
        return " | ".join(each.text() for each in self.page.findChildren(QLabel) if each.isVisible())

    def refused(self) -> list[str]:
        """What is journaled as denied, oldest first."""
        found = select(AccessEvent.detail).where(AccessEvent.kind == AccessKind.DENIED).order_by(AccessEvent.at)
        return self.club.read(lambda uow: list(uow.session.scalars(found)))

    def shut(self) -> None:
        """Esc in whatever is in front."""
        for each in QApplication.topLevelWidgets():
            if isinstance(each, QMenu) and each.isVisible():
                each.close()
            elif isinstance(each, QDialog) and each.isVisible():
                words = [label.text() for label in each.findChildren(QLabel)]
                self.said.append(" | ".join([*words, getattr(each, "details", "")]))
                each.reject()


@contextmanager
def at_the_window(qtbot: QtBot, app: App, file: Path | None, name: str, password: str = OWN) -> Iterator[Person]:
    """Somebody signed in; boxes that wait for an answer are shut as by Esc."""
    person = Person(qtbot, app, file, name, password)
    timer = QTimer()
    timer.timeout.connect(person.shut)
    timer.start(20)
    try:
        yield person
    finally:
        timer.stop()
        leave(app)


def no_choosing_of_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every box of the system is left without choosing."""
    nothing: dict[str, Callable[..., Any]] = {
        "getOpenFileName": lambda *_args, **_more: ("", ""), "getSaveFileName": lambda *_args, **_more: ("", ""),
        "getOpenFileNames": lambda *_args, **_more: ([], ""), "getExistingDirectory": lambda *_args, **_more: "",
    }  # fmt: skip
    for name, answer in nothing.items():
        monkeypatch.setattr(QFileDialog, name, answer)
    monkeypatch.setattr(QPrintDialog, "exec", lambda *_args: 0)


def _name(button: QAbstractButton) -> str:
    return button.accessibleName() if shiboken6.isValid(button) else ""


def _actions() -> list[QAction]:
    menus = [each for each in QApplication.topLevelWidgets() if isinstance(each, QMenu) and each.isVisible()]
    return [each for menu in menus for each in menu.actions() if each.isEnabled() and each.text()]
