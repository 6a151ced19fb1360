"""A Saturday club open on its register screen, with a person's fingers: find by name, tap, type."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.jobs import Jobs
from desktop.registers.door import DoorRow
from desktop.registers.page import RegisterPage
from desktop.registers.rows import RegisterRow
from models.bootstrap import UnitOfWork
from models.kernel.clock import FixedClock, london_instant
from models.people.rules import CollectorKind
from models.programme.rules import ActivityStatus
from models.registers import queries
from models.registers.queries import ChildLine, MarkRow
from tests.clubs import (
    SATURDAY,
    a_booking,
    a_child,
    a_collector,
    a_contact,
    a_duty,
    a_family,
    an_activity,
    an_adult,
    new_club,
    put,
)


def type_text(where: QWidget, text: str) -> None:
    """Letter by letter, those no key of this keyboard has too."""
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(where, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))


@dataclass
class Heard:
    """What the page told the shell."""

    said: list[str] = field(default_factory=list)
    went: list[tuple[str, object]] = field(default_factory=list)
    failed: list[Exception] = field(default_factory=list)
    alone: list[bool] = field(default_factory=list)


class DoorDay:
    """A club of Saturday 5 December, 10:00 to 14:00; the clock stands at `at`.

    Niamh and Sophie Walker are sisters; Bilal Hussain must not go with Lee; Eve Adair carries an EpiPen and has
    Shreya to herself. Adults: Denise and Marcus, and Shreya for Eve.
    """

    def __init__(self, qtbot: QtBot, folder: Path, *, at: time = time(9, 55), adults_in: int = 0) -> None:
        self.qtbot = qtbot
        self.clock = FixedClock(london_instant(SATURDAY, at))
        self.club = new_club(folder, clock=self.clock)
        self.activity: UUID = self.put(
            lambda uow: an_activity(uow, "December club", status=ActivityStatus.CONFIRMED, capacity=12)
        )
        self.people: dict[str, UUID] = {}
        home = self.family("Finn Walker", "07700 900856")
        self.child("Niamh", "Walker", home)
        self.child("Sophie", "Walker", home)
        self.child("Bilal", "Hussain", self.family("Aisha Hussain", "07700 900111"))
        self.child(
            "Eve", "Adair", self.family("Tom Adair", "07700 900222"), allergies="Peanuts - carries EpiPen", one_to_one=1
        )
        self.may_collect("Niamh", "Finn Walker", "Gran")
        self.may_collect("Sophie", "Finn Walker", "Gran")
        self.may_collect("Niamh", "Leila Sivakumar", "Neighbour", password="penguin")
        self.may_collect("Bilal", "Aisha Hussain", "Mother")
        self.put(
            lambda uow: a_collector(
                uow, self.people["Bilal"], "Lee Hussain", kind=CollectorKind.MUST_NOT, reason="Court"
            )
        )
        for number, name in enumerate(("Denise Okafor", "Marcus Bell")):
            self.adult(name, inside=number < adults_in)
        self.adult("Shreya Rao", one_to_one_child_id=self.people["Eve"])
        self.jobs = Jobs(self.club, self.clock)
        self.heard = Heard()
        self.page = RegisterPage(self.jobs, self.clock)
        qtbot.addWidget(self.page)
        self.page.said.connect(lambda words, _undo: self.heard.said.append(words))
        self.page.go.connect(lambda place, item: self.heard.went.append((place, item)))
        self.page.failed.connect(self.heard.failed.append)
        self.page.alone.connect(self.heard.alone.append)

    def open(self) -> "DoorDay":
        """Shows the page and waits for its rows."""
        self.page.resize(1150, 768)
        with self.qtbot.waitExposed(self.page):
            self.page.show()
        self.page.activateWindow()
        self.settle()
        return self

    def close(self) -> None:
        self.jobs.shutdown()
        self.club.close()

    # --- the club -----------------------------------------------------------------------------------------------

    def put(self, change: Callable[[UnitOfWork], Any]) -> Any:
        return put(self.club, change)

    def family(self, parent: str, phone: str) -> UUID:
        def make(uow: UnitOfWork) -> UUID:
            home = a_family(uow)
            a_contact(uow, home, parent, phone=phone)
            a_contact(uow, home, f"Second of {parent}", phone="07700 900999", call_order=2)
            return home

        made: UUID = self.put(make)
        return made

    def child(self, first: str, last: str, home: UUID | None = None, *, booked: bool = True, **values: Any) -> UUID:
        made: UUID = self.put(lambda uow: a_child(uow, first, last, home, **values))
        self.people[first] = made
        if booked:
            self.put(lambda uow: a_booking(uow, self.activity, made))
        return made

    def may_collect(self, child: str, name: str, relationship: str, **values: Any) -> None:
        self.put(lambda uow: a_collector(uow, self.people[child], name, relationship=relationship, **values))

    def adult(self, name: str, *, inside: bool = False, **duty: Any) -> UUID:
        made: UUID = self.put(lambda uow: an_adult(uow, name))
        self.people[name.split(maxsplit=1)[0]] = made
        self.put(lambda uow: a_duty(uow, self.activity, made, **duty))
        if inside:
            from models.registers import service
            from models.registers.rules import MarkKind

            self.put(lambda uow: service.record_mark(uow, self.activity, kind=MarkKind.IN, adult_id=made))
        return made

    def move(self, minutes: float) -> None:
        """The clock goes on, and the page notices."""
        self.clock.move_to(self.clock.now() + timedelta(minutes=minutes))
        self.page.tick()

    def line(self, first: str) -> ChildLine:
        """A child's row as the club file has it."""
        found = self.club.read(lambda uow: queries.register(uow, self.activity))
        return next(line for line in found.children if line.child_id == self.people[first])

    def marks(self, first: str) -> tuple[MarkRow, ...]:
        found = self.club.read(lambda uow: queries.marks_of(uow, [self.activity]))
        return tuple(mark for mark in found if self.people[first] in (mark.child_id, mark.adult_id))

    # --- a person at the screen ---------------------------------------------------------------------------------

    def settle(self) -> None:
        """Waits until nothing is being saved or read any more."""
        self.qtbot.waitUntil(lambda: not self.jobs._open)
        # What was put into the window just now is shown, and laid out, by events of its own.
        for _ in range(2):
            QApplication.processEvents()
        self.qtbot.waitUntil(lambda: not self.jobs._open)

    def row(self, first: str) -> RegisterRow:
        made = self.page.staff.finder.people.widget_of(self.people[first])
        assert isinstance(made, RegisterRow)
        return made

    def door_row(self, first: str) -> DoorRow:
        made = self.page.door.finder.people.widget_of(self.people[first])
        assert isinstance(made, DoorRow)
        return made

    def button(self, name: str, within: QWidget | None = None) -> QAbstractButton:
        """A button that can be seen, by what a screen reader calls it."""
        named = self.buttons(within)
        assert name in named, f"no button “{name}” among {sorted(named)}"
        return named[name]

    def buttons(self, within: QWidget | None = None) -> dict[str, QAbstractButton]:
        every = (within or self.page).findChildren(QAbstractButton)
        return {each.accessibleName(): each for each in every if each.isVisible()}

    def press(self, name: str, within: QWidget | None = None) -> None:
        self.qtbot.mouseClick(self.button(name, within), Qt.MouseButton.LeftButton)
        self.settle()

    def keys(self, text: str, *, enter: bool = True) -> None:
        """Types where the keyboard is."""
        held = self.page.focusWidget()
        assert held is not None
        type_text(held, text)
        if enter:
            self.qtbot.keyClick(held, Qt.Key.Key_Return)
        self.settle()

    def key(self, key: Qt.Key) -> None:
        held = self.page.focusWidget()
        assert held is not None
        self.qtbot.keyClick(held, key)
        self.settle()

    def menu(self, first: str, words: str) -> None:
        """Opens a row's menu and chooses by its words."""
        self.choose(f"More for {self.row(first).view.name}", words)

    def choose(self, opener: str, words: str) -> None:
        self.qtbot.mouseClick(self.button(opener), Qt.MouseButton.LeftButton)
        menus = [menu for menu in self.page.findChildren(QMenu) if menu.isVisible()]
        assert len(menus) == 1
        found = {action.text(): action for action in menus[0].actions() if action.text()}
        assert words in found, f"no “{words}” among {sorted(found)}"
        found[words].trigger()
        menus[0].close()
        # This platform has no window manager to give the window back what the menu took.
        self.page.activateWindow()
        self.settle()

    def fill(self, label: str, text: str) -> None:
        """Types into the field with these words above it."""
        field_ = next(
            each
            for each in self.page.findChildren(QWidget)
            if each.isVisible() and each.accessibleName() == label and not isinstance(each, QPushButton | QLabel)
        )
        field_.setFocus()
        self.qtbot.keyClick(field_, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        type_text(field_, text)

    def words(self, within: QWidget | None = None) -> str:
        """Everything that can be read on the screen now."""
        shown = [each.text() for each in (within or self.page).findChildren(QLabel) if each.isVisible()]
        shown += [each.text() for each in (within or self.page).findChildren(QAbstractButton) if each.isVisible()]
        return "\n".join(shown)
