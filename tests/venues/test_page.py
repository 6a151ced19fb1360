"""The Venues screen: the list, the form beside it, and what is planned at each."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.jobs import Jobs
from desktop.venues.form import VenueForm
from desktop.venues.page import VenuesPage
from desktop.widgets import theme
from desktop.widgets.history_list import HistoryList
from models.bootstrap import Club
from models.programme import queries as programme
from models.programme.service import edit_venue
from tests.clubs import a_venue, an_activity, new_club, put


class Screen:
    """The page and a person's hands."""

    def __init__(self, qtbot: QtBot, club: Club) -> None:
        self.qtbot, self.club = qtbot, club
        self.jobs = Jobs(club, club.clock)
        self.page = VenuesPage(self.jobs, club.clock)
        self.jobs.changed.connect(self.page.areas_changed)
        self.page.resize(1150, 768)
        qtbot.addWidget(self.page)

    def show(self) -> None:
        self.page.show()
        self.qtbot.waitUntil(lambda: self.page.table.isVisible(), timeout=10_000)

    def click(self, name: str) -> None:
        found = [one for one in self.page.findChildren(QPushButton) if one.accessibleName() == name and one.isVisible()]
        self.qtbot.mouseClick(found[0], Qt.MouseButton.LeftButton)

    def form(self) -> VenueForm:
        self.qtbot.waitUntil(lambda: isinstance(self.page.panel.content(), VenueForm), timeout=10_000)
        made = self.page.panel.content()
        assert isinstance(made, VenueForm)
        return made

    def type_in(self, form: VenueForm, name: str, words: str) -> None:
        control = form.field(name).control
        control.setFocus()
        self.qtbot.keyClick(control, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self.qtbot.keyClicks(control, words)

    def save(self, form: VenueForm) -> None:
        self.qtbot.keyClick(form.field("name").control, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    def venues(self) -> tuple[programme.VenueRow, ...]:
        return self.club.read(programme.venues)


@pytest.fixture
def screen(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Screen]:
    if qapp.property("worn") != "light":
        theme.apply(qapp, dark=False)
        qapp.setProperty("worn", "light")
    made = Screen(qtbot, new_club(tmp_path))
    yield made
    made.jobs.shutdown()
    made.club.close()


def test_an_empty_list_offers_the_first_venue_which_is_then_in_the_list(screen: Screen) -> None:
    screen.show()
    said: list[str] = []
    screen.page.said.connect(lambda words, _undo: said.append(words))
    empty = [one.text() for one in screen.page.findChildren(QLabel) if one.isVisible()]
    assert "No venue is kept yet." in empty
    screen.click("Add a venue")
    form = screen.form()
    screen.type_in(form, "name", "Quay Hall")
    screen.type_in(form, "capacity", "24")
    screen.type_in(form, "hire_pence", "45.50")
    screen.save(form)
    screen.qtbot.waitUntil(lambda: len(screen.page.table.rows()) == 1, timeout=10_000)
    venue = screen.venues()[0]
    assert (venue.name, venue.capacity, venue.hire_pence) == ("Quay Hall", 24, 4550)
    assert said == ["Added the venue Quay Hall."]
    assert not screen.page.panel.shown


def test_a_number_of_children_that_cannot_be_is_said_at_its_field(screen: Screen) -> None:
    put(screen.club, lambda uow: a_venue(uow, "Quay Hall", capacity=24))
    screen.show()
    screen.page.table.select(screen.venues()[0].id)
    screen.qtbot.keyClick(screen.page.table.view, Qt.Key.Key_Return)
    form = screen.form()
    screen.type_in(form, "capacity", "0")
    screen.save(form)
    capacity = form.field("capacity")
    screen.qtbot.waitUntil(lambda: bool(capacity.error()), timeout=10_000)
    assert "Places are a number from 1 to 1,000." in capacity.error()
    screen.type_in(form, "capacity", "lots")
    screen.save(form)
    assert "is not a whole number" in capacity.error()
    screen.type_in(form, "capacity", "30")
    screen.save(form)
    screen.qtbot.waitUntil(lambda: screen.venues()[0].capacity == 30, timeout=10_000)


def test_what_is_planned_next_stands_in_the_list_and_in_the_form(screen: Screen) -> None:
    def build(uow: object) -> object:
        hall = a_venue(uow, "Quay Hall")  # type: ignore[arg-type] # the unit of work of a test
        for day in (date(2026, 11, 7), date(2026, 12, 5), date(2027, 1, 2)):
            an_activity(uow, f"Club of {day.month}", day, venue_id=hall)  # type: ignore[arg-type] # as above
        return hall

    hall = put(screen.club, build)
    screen.show()
    screen.page.open_item(hall)
    form = screen.form()
    words = [one.text() for one in form.findChildren(QLabel)]
    assert "5 Dec 2026: Club of 12" in words
    assert "7 Nov 2026: Club of 11" not in words
    column = screen.page.table.model.columns[-1]
    assert column.text(screen.page.table.rows()[0]) == "Sat 5 Dec Club of 12, and 1 more"


def test_a_venue_changed_meanwhile_is_told_and_what_was_typed_is_kept(screen: Screen) -> None:
    hall = put(screen.club, lambda uow: a_venue(uow, "Quay Hall"))
    screen.show()
    screen.page.open_item(hall)
    form = screen.form()
    screen.type_in(form, "phone", "020 7946 0777")
    put(screen.club, lambda uow: edit_venue(uow, hall, None, {"notes": "Key at the bakery"}))
    screen.save(form)
    screen.qtbot.waitUntil(lambda: "Somebody else changed this" in form.banner.words(), timeout=10_000)
    screen.save(form)
    screen.qtbot.waitUntil(lambda: screen.venues()[0].phone == "020 7946 0777", timeout=10_000)
    assert screen.venues()[0].notes == "Key at the bakery"


def test_the_form_says_what_was_changed_before(screen: Screen) -> None:
    hall = put(screen.club, lambda uow: a_venue(uow, "Quay Hall"), "Added the hall")
    put(screen.club, lambda uow: edit_venue(uow, hall, 1, {"phone": "020 8555 0100"}), "A new number for the hall")
    screen.show()
    screen.page.open_item(hall)
    past = screen.form().findChild(HistoryList)
    assert past is not None
    screen.qtbot.waitUntil(lambda: len(past.rows()) == 2, timeout=10_000)
    assert past.rows()[0].what == "A new number for the hall"
    assert "Phone: nothing → 020 8555 0100" in past.rows()[0].lines
