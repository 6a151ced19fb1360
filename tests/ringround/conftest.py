"""A ring-round as a person sees it: a small club, its page shown, and hands for mouse and keys."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot

from desktop.jobs import Jobs
from desktop.ringround.page import RingRoundPage
from desktop.widgets import theme
from desktop.widgets.state import StateChip
from models.bootstrap import Club, UnitOfWork
from models.consents.rules import ConsentKind, ConsentState
from models.people.rules import ContactKind
from models.programme import queries as programme
from models.programme.queries import ActivityRow, BookingRow
from models.programme.rules import BookingStatus
from tests.clubs import (
    a_booking,
    a_child,
    a_consent,
    a_contact,
    a_duty,
    a_family,
    a_venue,
    an_activity,
    an_adult,
    new_club,
    put,
)


class Desk:
    """The page with what it asked of the shell."""

    def __init__(self, qtbot: QtBot, club: Club, activity: UUID) -> None:
        self.bot, self.club, self.activity = qtbot, club, activity
        self.jobs = Jobs(club, club.clock)
        self.page = RingRoundPage(self.jobs, club.clock)
        self.said: list[tuple[str, bool]] = []
        self.gone: list[tuple[str, object]] = []
        self.errors: list[Exception] = []
        self.page.said.connect(lambda words, undo: self.said.append((words, undo)))
        self.page.go.connect(lambda place, item: self.gone.append((place, item)))
        self.page.failed.connect(self.errors.append)
        self.jobs.changed.connect(self.page.areas_changed)
        self.jobs.failed.connect(self.errors.append)
        qtbot.addWidget(self.page)
        self.page.resize(1150, 768)
        with qtbot.waitActive(self.page):
            self.page.show()
            self.page.activateWindow()

    def open(self) -> None:
        self.page.open_item(self.activity)
        self.until(lambda: self.table.isVisible() and self.rows() != [])

    @property
    def table(self) -> QTableView:
        return next(one for one in self.page.findChildren(QTableView) if one.accessibleName() == "Families")

    def rows(self) -> list[tuple[str, str]]:
        """Each family and its answer, as the list shows them."""
        model = self.table.model()
        at = range(model.rowCount())
        return [(str(model.index(row, 0).data()), str(model.index(row, 1).data())) for row in at]

    def current(self) -> str:
        return str(self.table.currentIndex().siblingAtColumn(0).data())

    def key(self, *keys: Qt.Key) -> None:
        for one in keys:
            focus = QApplication.focusWidget()
            assert focus is not None
            self.bot.keyClick(focus, one)

    def type(self, words: str) -> None:
        focus = QApplication.focusWidget()
        assert focus is not None
        self.bot.keyClicks(focus, words)

    def click(self, words: str) -> None:
        self.bot.mouseClick(self.button(words), Qt.MouseButton.LeftButton)

    def click_row(self, name: str) -> None:
        row = [family for family, _ in self.rows()].index(name)
        spot = self.table.visualRect(self.table.model().index(row, 0)).center()
        self.bot.mouseClick(self.table.viewport(), Qt.MouseButton.LeftButton, pos=spot)

    def button(self, words: str) -> QPushButton:
        found = [one for one in self.page.findChildren(QPushButton) if shown(one) and one.accessibleName() == words]
        assert len(found) == 1, (words, [one.accessibleName() for one in self.page.findChildren(QPushButton)])
        return found[0]

    def buttons(self) -> list[str]:
        return [one.accessibleName() for one in self.page.findChildren(QPushButton) if shown(one)]

    def words(self) -> list[str]:
        """Every label in sight."""
        return [one.text() for one in self.page.findChildren(QLabel) if shown(one) and one.text()]

    def chips(self) -> list[str]:
        return [one.text() for one in self.page.findChildren(StateChip) if shown(one)]

    def until_said(self, words: str) -> None:
        self.until(lambda: any(words in said for said, _ in self.said))

    def until_row(self, name: str, answer: str) -> None:
        self.until(lambda: (name, answer) in self.rows())

    def until_words(self, words: str) -> None:
        self.until(lambda: any(words in one for one in self.words()))

    def until(self, so: object) -> None:
        self.bot.waitUntil(so, timeout=5000)

    def bookings(self) -> dict[str, BookingRow]:
        found = self.club.read(lambda uow: programme.bookings(uow, self.activity))
        return {NAMES[row.child_id]: row for row in found}

    def row(self) -> ActivityRow:
        return self.club.read(lambda uow: programme.activity(uow, self.activity))


def shown(widget: QWidget) -> bool:
    return widget.isVisible()


NAMES: dict[UUID, str] = {}


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    if qapp.property("worn") != "light":
        theme.apply(qapp, dark=False)
        qapp.setProperty("worn", "light")
    yield
    QApplication.clipboard().clear()
    NAMES.clear()


def booked(
    uow: UnitOfWork, activity: UUID, first: str, last: str, family: UUID | None = None, **values: object
) -> UUID:
    """A child with safeguarding form, booked or as `values` say; a family of its own has one number."""
    if family is None:
        family = a_family(uow)
        a_contact(uow, family, f"Parent {last}", phone=f"020 7946 0{100 + len(NAMES)}")
    child = a_child(uow, first, last, family)
    a_consent(uow, child, ConsentKind.SAFEGUARDING, state=ConsentState.GRANTED)
    a_booking(uow, activity, child, **values)
    NAMES[child] = f"{first} {last}"
    return child


@pytest.fixture
def club(tmp_path: Path) -> Iterator[Club]:
    club = new_club(tmp_path)
    yield club
    club.close()


@pytest.fixture
def activity(club: Club) -> UUID:
    """Four places: Ada Adeyemi, the Oseis (two), Zoe Zhang; Fatoumata Roberts waits. Denise and Marcus are there."""

    def build(uow: UnitOfWork) -> UUID:
        denise = an_adult(uow, "Denise Okafor")
        day = an_activity(uow, capacity=4, lead_id=denise, venue_id=a_venue(uow))
        for adult in (denise, an_adult(uow, "Marcus Bell")):
            a_duty(uow, day, adult)
        home = a_family(uow)
        a_contact(
            uow, home, "Gran Osei", phone="020 7946 0001", kind=ContactKind.EMERGENCY, relationship="Gran"
        )
        a_contact(uow, home, "Leyla Osei", phone="020 7946 0002", other_phone="07700 900002", call_order=2)
        booked(uow, day, "Ada", "Adeyemi")
        booked(uow, day, "Niamh", "Osei", home)
        booked(uow, day, "Théo", "Osei", home)
        booked(uow, day, "Zoe", "Zhang")
        booked(uow, day, "Fatoumata", "Roberts", status=BookingStatus.WAITING, position=1)
        return day

    return put(club, build)


@pytest.fixture
def desk(qtbot: QtBot, club: Club, activity: UUID) -> Iterator[Desk]:
    made = Desk(qtbot, club, activity)
    made.open()
    yield made
    made.jobs.shutdown()
