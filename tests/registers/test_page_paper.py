"""A printed register keyed back in the order of its rows, by keys alone, as one change."""

from collections.abc import Callable
from datetime import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from models.history import queries as history
from models.kernel.clock import london_instant, london_wall
from models.registers import service
from models.registers.rules import MarkSource, Status
from tests.clubs import SATURDAY
from tests.registers.door_day import DoorDay


@pytest.fixture
def paper(new_day: Callable[..., DoorDay]) -> DoorDay:
    """Sunday's evening: Saturday was kept on paper (rows: Eve, Bilal, Niamh, Sophie), and the grid is open."""
    day = new_day()
    day.put(lambda uow: service.print_sheet(uow, day.activity))
    day.clock.move_to(london_instant(SATURDAY, time(18)))
    day.open()
    day.choose("More", "Key in a paper register")
    return day


def cell(day: DoorDay, name: str) -> QLineEdit:
    return next(each for each in day.page.paper.findChildren(QLineEdit) if each.accessibleName() == name)


def names(day: DoorDay) -> list[str]:
    every = [each.accessibleName() for each in day.page.paper.findChildren(QLineEdit)]
    return [name for name in every if name.endswith("code")]


def came_at(day: DoorDay, first: str) -> time | None:
    at = day.line(first).state.in_at
    return london_wall(at).time() if at else None


def test_rows_stand_as_they_were_printed(paper: DoorDay) -> None:
    assert names(paper) == [
        "Row 1, Eve Adair: code", "Row 2, Bilal Hussain: code", "Row 3, Niamh Walker: code",
        "Row 4, Sophie Walker: code",
    ]  # fmt: skip
    assert cell(paper, "Row 1, Eve Adair: code").hasFocus()


def test_a_whole_sheet_by_keys_alone_is_one_change(paper: DoorDay) -> None:
    for typed in ("/", "10.02", "14.00", "Tom Adair"):
        paper.keys(typed)
    paper.keys("a")
    for typed in ("L", "1020", "2pm", "Finn Walker"):
        paper.keys(typed)
    paper.keys("N")
    assert paper.page.paper.save_button.hasFocus()
    before = len(paper.club.read(history.recent))
    paper.key(Qt.Key.Key_Space)
    assert [paper.line(first).state.status for first in ("Eve", "Bilal", "Niamh", "Sophie")] == [
        Status.OUT, Status.ABSENT, Status.OUT, Status.DID_NOT_COME,
    ]  # fmt: skip
    assert (came_at(paper, "Eve"), came_at(paper, "Niamh")) == (time(10, 2), time(10, 20))
    assert paper.line("Niamh").state.was_late
    assert paper.line("Niamh").state.collected_by == "Finn Walker"
    assert {mark.source for mark in paper.marks("Eve")} == {MarkSource.PAPER}
    added = paper.club.read(history.recent)[: len(paper.club.read(history.recent)) - before]
    assert {row.label for row in added} == {"Keyed in printed register 1"}
    assert len({row.change_id for row in added}) == 1
    assert paper.page.staff.isVisible()


def test_an_unreadable_time_is_pointed_out_and_nothing_is_saved(paper: DoorDay) -> None:
    paper.keys("/")
    paper.keys("half ten")
    paper.page.paper.save()
    assert "Row 1, Eve Adair: “half ten” is not a time; write it like 10:42." in paper.words()
    assert cell(paper, "Row 1, Eve Adair: in").hasFocus()
    assert paper.marks("Eve") == ()


def test_a_letter_that_is_no_code_is_pointed_out(paper: DoorDay) -> None:
    paper.keys("x")
    paper.page.paper.save()
    assert "Row 1, Eve Adair: the code is /, L, A or N." in paper.words()


def test_what_the_rules_refuse_is_said_and_the_typing_stays(paper: DoorDay) -> None:
    for typed in ("/", "14:00", "10:00", ""):
        paper.keys(typed)
    paper.keys("/")
    paper.page.paper.save()
    paper.settle()
    assert "Row 1, Eve Adair: Out is before in." in paper.words()
    assert cell(paper, "Row 1, Eve Adair: in").text() == "14:00"
    assert paper.marks("Bilal") == ()
    assert paper.page.paper.isVisible()


def test_nothing_typed_is_nothing_saved(paper: DoorDay) -> None:
    paper.page.paper.save()
    assert "Nothing is filled in yet. Type a code in a row." in paper.words()


def test_arrows_go_up_and_down_a_column(paper: DoorDay) -> None:
    paper.key(Qt.Key.Key_Down)
    assert cell(paper, "Row 2, Bilal Hussain: code").hasFocus()
    paper.key(Qt.Key.Key_Up)
    assert cell(paper, "Row 1, Eve Adair: code").hasFocus()


def test_a_row_the_screen_knows_already_is_not_asked_again(new_day: Callable[..., DoorDay]) -> None:
    day = new_day()
    day.put(lambda uow: service.print_sheet(uow, day.activity))
    day.open()
    day.press("Sign in Niamh Walker")
    day.choose("More", "Key in a paper register")
    assert not [name for name in names(day) if "Niamh" in name]
    assert "On the register already: In 09:55" in day.words()


def test_without_a_printed_sheet_printing_is_offered(day: DoorDay) -> None:
    day.choose("More", "Key in a paper register")
    assert "No register has been printed for this day, so there is no paper to key in." in day.words()
    day.press("Print the register")
    assert day.heard.went == [("print", ("register", day.activity))]
    day.key(Qt.Key.Key_Escape)
    assert day.page.staff.isVisible()
