"""The Programme screen over a small club, driven as a person drives it: by what is written on things."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.jobs import Jobs
from desktop.programme.page import ProgrammePage
from desktop.widgets.name_picker import NamePicker
from models.bootstrap import Club, UnitOfWork
from models.consents.rules import ConsentKind, ConsentState
from models.programme import queries as programme
from models.programme.queries import ActivityRow, BookingRow
from models.programme.rules import ActivityStatus, BookingStatus
from tests.clubs import SATURDAY, a_booking, a_child, a_consent, a_duty, a_venue, an_activity, an_adult, new_club, put

T = TypeVar("T")
TEAM = ("Denise Okafor", "Marcus Hollis", "Shreya Raman")
NAMES = (
    "Ada", "Ben", "Cleo", "Dev", "Ebo", "Femi", "Gita", "Hana", "Ivo", "Juno", "Kit", "Lola", "Mina", "Nico", "Ola",
)  # fmt: skip


class Screen:
    """The page, its club, and a person's hands."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot = qtbot
        self.club: Club = new_club(folder)
        self.jobs = Jobs(self.club, self.club.clock)
        self.page = ProgrammePage(self.jobs, self.club.clock)
        self.said: list[str] = []
        self.gone: list[tuple[str, object]] = []
        self.errors: list[object] = []
        self.page.said.connect(lambda words, _undo: self.said.append(words))
        self.page.go.connect(lambda place, item: self.gone.append((place, item)))
        for signal in (self.page.failed, self.jobs.failed):
            signal.connect(self.errors.append)
        self.jobs.changed.connect(self.page.areas_changed)
        self.page.resize(1150, 768)
        qtbot.addWidget(self.page)

    def close(self) -> None:
        self.jobs.shutdown()
        self.club.close()
        assert not self.errors

    # --- looking ---

    def read(self, query: Callable[[UnitOfWork], T]) -> T:
        return self.club.read(query)

    def activity(self, activity_id: UUID) -> ActivityRow:
        return self.read(lambda uow: programme.activity(uow, activity_id))

    def bookings(self, activity_id: UUID, status: BookingStatus) -> list[BookingRow]:
        return [one for one in self.read(lambda uow: programme.bookings(uow, activity_id)) if one.status is status]

    def until(self, true: Callable[[], Any]) -> None:
        self.qtbot.waitUntil(lambda: bool(true()), timeout=10_000)

    def words(self) -> str:
        """Every sentence in sight."""
        from PySide6.QtWidgets import QLabel

        return "\n".join(each.text() for each in self.page.findChildren(QLabel) if each.isVisible())

    def buttons(self, name: str) -> list[QPushButton]:
        found = self.page.findChildren(QPushButton)
        return [each for each in found if each.accessibleName() == name and each.isVisible()]

    # --- doing ---

    def show(self) -> None:
        self._appear()
        self.until(lambda: self.page.overview.isVisible())

    def open(self, activity_id: UUID) -> None:
        self._appear()
        self.page.open_item(activity_id)
        self.until(lambda: self.page.view.isVisible() and self.page.view.picture is not None)

    def _appear(self) -> None:
        with self.qtbot.waitExposed(self.page):
            self.page.show()
        self.page.activateWindow()
        self.until(self.page.isActiveWindow)

    def click(self, name: str) -> None:
        self.until(lambda: self.buttons(name))
        self.qtbot.mouseClick(self.buttons(name)[0], Qt.MouseButton.LeftButton)

    def type_name(self, picker: NamePicker, name: str, then: Qt.Key | None = Qt.Key.Key_Return) -> None:
        picker.line.setFocus()
        self.qtbot.keyClicks(picker.line, name)
        if then is not None:
            self.qtbot.keyClick(picker.line, then)

    def press(self, widget: QWidget, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(widget, key, held)

    # --- building ---

    def build(self, change: Callable[[UnitOfWork], T]) -> T:
        return put(self.club, change)

    def child(self, uow: UnitOfWork, first: str, **values: Any) -> UUID:
        child_id = a_child(uow, first, "Lee", **values)
        a_consent(uow, child_id, ConsentKind.SAFEGUARDING, state=ConsentState.GRANTED)
        return child_id

    def a_club(
        self, children: int, status: ActivityStatus = ActivityStatus.DRAFT, *, places: int | None = None,
        waiting: int = 0, title: str = "December club", day: date = SATURDAY,
    ) -> UUID:  # fmt: skip
        """A club with three adults who said yes, some children booked and some waiting, and three children more."""

        def change(uow: UnitOfWork) -> UUID:
            adults = [an_adult(uow, name) for name in TEAM]
            venue = a_venue(uow)
            club = an_activity(uow, title, day, status=status, lead_id=adults[0], venue_id=venue, capacity=places)
            for adult in adults:
                a_duty(uow, club, adult)
            people = [self.child(uow, name) for name in NAMES]
            for child in people[:children]:
                a_booking(uow, club, child)
            for at, child in enumerate(people[children : children + waiting], start=1):
                a_booking(uow, club, child, status=BookingStatus.WAITING, position=at)
            return club

        return self.build(change)
