"""The register as staff use it: a name typed, a tap, a family in one go; and what is kept of it."""

from collections.abc import Callable
from datetime import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.jobs import Jobs
from desktop.registers.page import RegisterPage
from models.kernel.clock import london_instant, london_wall
from models.kernel.errors import BadInput
from models.registers import service
from models.registers.rules import MarkKind, Status
from tests.clubs import SATURDAY, an_activity, new_club
from tests.registers.door_day import DoorDay


def number(day: DoorDay, words: str) -> int:
    return day.page.staff.numbers.number(words)


def test_the_activity_of_today_is_opened_and_rows_say_name_and_state(day: DoorDay) -> None:
    assert day.page.title() == "Register · December club"
    assert day.row("Niamh").accessibleName() == "Niamh Walker, due"
    assert {"Sign in Niamh Walker", "More for Niamh Walker"} <= set(day.buttons())
    assert (number(day, "in now"), number(day, "due"), number(day, "adults counting")) == (0, 4, 2)


def test_letters_and_enter_sign_in_and_the_line_is_ready_for_the_next(day: DoorDay) -> None:
    day.keys("nia")
    assert day.line("Niamh").state.status is Status.IN
    assert day.row("Niamh").accessibleName() == "Niamh Walker, in 09:55"
    assert day.page.staff.finder.line.text() == ""
    assert day.page.staff.finder.line.hasFocus()
    assert day.heard.said == ["Niamh Walker is in."]
    day.keys("wal")
    assert day.line("Sophie").state.status is Status.IN, "Niamh is in already, so Enter takes the next Walker"


def test_typing_leaves_only_those_who_fit_whatever_the_accents(new_day: Callable[..., DoorDay]) -> None:
    day = new_day()
    day.child("Zoë", "Świątek")
    day.open()
    day.keys("swi", enter=False)
    shown = [first for first in ("Niamh", "Zoë", "Eve") if day.row(first).isVisible()]
    assert shown == ["Zoë"]
    assert "Enter: sign in Zoë Świątek" in day.words()
    day.keys("", enter=True)
    assert day.line("Zoë").state.status is Status.IN


def test_a_tap_says_saving_until_the_mark_is_committed(day: DoorDay) -> None:
    row = day.row("Niamh")
    day.qtbot.mouseClick(row.tap_button, Qt.MouseButton.LeftButton)
    assert row.status() == "Saving…"
    day.settle()
    assert row.status() == "In 09:55"
    assert [mark.kind for mark in day.marks("Niamh")] == [MarkKind.IN]


def test_a_second_tap_while_saving_does_nothing(day: DoorDay) -> None:
    row = day.row("Niamh")
    for _ in range(3):
        day.qtbot.mouseClick(row.tap_button, Qt.MouseButton.LeftButton)
    day.settle()
    assert len(day.marks("Niamh")) == 1
    assert not day.page.panels.panel.shown


def test_marks_are_kept_in_the_order_of_the_taps(day: DoorDay) -> None:
    for first in ("Sophie", "Eve", "Niamh", "Bilal"):
        day.qtbot.mouseClick(day.row(first).tap_button, Qt.MouseButton.LeftButton)
    day.settle()
    marks = sorted((day.marks(first)[0].number, first) for first in ("Sophie", "Eve", "Niamh", "Bilal"))
    assert [first for _number, first in marks] == ["Sophie", "Eve", "Niamh", "Bilal"]


def test_a_refused_mark_shows_the_error_and_the_row_goes_back(day: DoorDay, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_values: object) -> None:
        raise BadInput("The disk is full.", "Free some room.")

    monkeypatch.setattr(service, "record_mark", refuse)
    day.press("Sign in Niamh Walker")
    assert [str(error) for error in day.heard.failed] == ["The disk is full. Free some room."]
    assert day.row("Niamh").accessibleName() == "Niamh Walker, not saved. Due"
    assert day.row("Niamh").tap_button.accessibleName() == "Sign in Niamh Walker"


def test_a_sister_comes_in_with_one_more_tap(day: DoorDay) -> None:
    day.press("Sign in Niamh Walker")
    day.press("Sign in Sophie Walker too")
    assert day.line("Sophie").state.status is Status.IN
    assert not day.page.staff.offer.isVisible()


def test_three_of_a_family_come_in_together(new_day: Callable[..., DoorDay]) -> None:
    day = new_day()
    day.child("Liam", "Walker", day.line("Niamh").family_id)
    day.open()
    day.press("Sign in Niamh Walker")
    day.press("Sign in all 2")
    assert {day.line(first).state.status for first in ("Niamh", "Sophie", "Liam")} == {Status.IN}


def test_the_offer_stands_under_the_list_so_no_row_moves_under_a_finger(day: DoorDay) -> None:
    before = day.row("Sophie").tap_button.mapTo(day.page, day.row("Sophie").tap_button.rect().topLeft())
    day.press("Sign in Niamh Walker")
    assert day.page.staff.offer.isVisible()
    assert day.row("Sophie").tap_button.mapTo(day.page, day.row("Sophie").tap_button.rect().topLeft()) == before


@pytest.mark.parametrize(
    ("words", "status", "shown"),
    [
        ("On the way, running late", Status.LATE, "On the way"),
        ("Absent, told us", Status.ABSENT, "Absent, told us"),
        ("Did not come, no word", Status.DID_NOT_COME, "Did not come, no word"),
    ],
)
def test_word_about_a_child_is_two_taps(day: DoorDay, words: str, status: Status, shown: str) -> None:
    day.menu("Bilal", words)
    assert day.line("Bilal").state.status is status
    assert day.row("Bilal").status() == shown


def test_an_adult_may_send_word_too(day: DoorDay) -> None:
    day.press("Adults, 3")
    day.menu("Shreya", "On the way, running late")
    assert day.row("Shreya").status() == "On the way"
    assert [mark.kind for mark in day.marks("Shreya")] == [MarkKind.LATE]


def test_the_ratio_and_who_may_come_in_follow_the_adults(new_day: Callable[..., DoorDay]) -> None:
    day = new_day().open()
    chip = day.page.staff.numbers.chip
    day.press("Sign in Niamh Walker")
    assert chip.text() == "1:4 is broken: 1 child, 0 adults"
    day.press("Adults, 3")
    day.press("Sign in Denise Okafor")
    day.press("Sign in Marcus Bell")
    assert chip.text() == "Within 1:4"
    assert number(day, "more may come in") == 0, "two adults: one shared, one set aside for Eve while she is due"
    day.press("Sign in Shreya Rao")
    assert number(day, "adults counting") == 2, "Shreya is there for Eve alone"
    assert number(day, "more may come in") == 7
    day.press("Sign out Marcus Bell")
    assert chip.text() == "1:4 is broken: 1 child, 1 adult"
    assert number(day, "more may come in") == 0


def test_no_ratio_stops_a_child_at_the_door(new_day: Callable[..., DoorDay]) -> None:
    day = new_day().open()
    for first in ("niamh", "sophie", "bilal", "eve"):
        day.keys(first)
    assert number(day, "in now") == 4
    assert day.page.staff.numbers.chip.text() == "1:4 is broken: 4 children, 0 adults"
    assert not day.heard.failed


def test_a_time_is_put_right_and_the_first_one_stays_in_the_history(day: DoorDay) -> None:
    day.press("Sign in Niamh Walker")
    day.clock.move_to(day.clock.now().replace(hour=10, minute=5))
    day.menu("Niamh", "Correct the time")
    day.fill("Came in", "9.50")
    day.press("Save")
    marks = day.marks("Niamh")
    assert [mark.corrects_id for mark in marks] == [None, marks[0].id]
    assert marks[1].happened_at is not None
    assert london_wall(marks[1].happened_at).time() == time(9, 50)
    assert day.row("Niamh").status() == "In 09:50"
    assert not day.page.panels.panel.shown


def test_a_time_that_has_not_come_is_refused_in_the_form(day: DoorDay) -> None:
    day.press("Sign in Niamh Walker")
    day.menu("Niamh", "Correct the time")
    day.fill("Came in", "13:30")
    day.press("Save")
    assert "That time has not come yet." in day.words()
    assert day.page.panels.panel.shown
    assert len(day.marks("Niamh")) == 1


def test_taking_a_mark_back_adds_a_mark_and_removes_none(day: DoorDay) -> None:
    day.press("Sign in Niamh Walker")
    day.menu("Niamh", "Take back “In 09:55”")
    marks = day.marks("Niamh")
    assert [mark.kind for mark in marks] == [MarkKind.IN, MarkKind.VOID]
    assert marks[1].corrects_id == marks[0].id
    assert day.row("Niamh").accessibleName() == "Niamh Walker, due"


def test_a_note_stays_with_the_row(day: DoorDay) -> None:
    day.menu("Bilal", "Note")
    day.fill("Note", "Coming with Auntie")
    day.press("Save")
    assert "Coming with Auntie" in day.words(day.row("Bilal"))
    day.press("Sign in Bilal Hussain")
    day.menu("Bilal", "Note")
    day.fill("Note", "Bumped his knee on the step")
    day.press("Save")
    assert "Bumped his knee on the step" in day.words(day.row("Bilal"))
    assert day.line("Bilal").state.status is Status.IN


def test_marks_are_in_words_beside_the_name(day: DoorDay) -> None:
    assert day.row("Eve").chips() == ["EpiPen · peanuts", "1:1 with Shreya"]
    assert day.row("Bilal").chips() == ["Do not release to: see lead"]
    assert "Lee Hussain" not in day.words()


def test_another_day_is_chosen_at_the_top(day: DoorDay) -> None:
    other = day.put(lambda uow: an_activity(uow, "January club", SATURDAY.replace(day=19)))
    day.page.refresh()
    day.settle()
    box = day.page.staff.activity
    box.setFocus()
    day.qtbot.keyClick(box, Qt.Key.Key_Down)
    day.settle()
    assert day.page.title() == "Register · January club"
    day.page.open_item(day.activity)
    day.settle()
    assert day.page.title() == "Register · December club"
    day.page.open_item(other)
    day.settle()
    assert "Nobody is booked on this yet." in day.words()


def test_only_rows_that_changed_are_touched(day: DoorDay, monkeypatch: pytest.MonkeyPatch) -> None:
    from desktop.registers.rows import RegisterRow

    touched: list[str] = []
    dress = RegisterRow._dress
    monkeypatch.setattr(RegisterRow, "_dress", lambda row: (touched.append(row.view.name), dress(row))[1])
    kept = day.row("Sophie")
    day.press("Sign in Niamh Walker")
    assert set(touched) == {"Niamh Walker"}
    assert day.row("Sophie") is kept


def test_a_register_of_three_by_keys_alone(day: DoorDay) -> None:
    for name in ("niamh", "bilal"):
        day.keys(name)
    day.keys("soph", enter=False)
    day.key(Qt.Key.Key_Down)
    assert day.row("Sophie").tap_button.hasFocus()
    day.key(Qt.Key.Key_Space)
    assert {day.line(first).state.status for first in ("Niamh", "Bilal", "Sophie")} == {Status.IN}
    day.page.staff.finder.start()
    day.keys("niamh")
    assert day.page.panels.panel.shown
    assert day.button("Sign out Niamh Walker with Finn Walker").hasFocus()
    day.key(Qt.Key.Key_Space)
    assert day.line("Niamh").state.collected_by == "Finn Walker"
    assert not day.heard.failed


def test_after_a_tap_the_next_letters_are_the_next_name(day: DoorDay) -> None:
    day.press("Sign in Niamh Walker")
    assert day.row("Niamh").tap_button.hasFocus()
    day.qtbot.keyClick(day.row("Niamh").tap_button, Qt.Key.Key_B)
    day.keys("ila")
    assert day.line("Bilal").state.status is Status.IN


def test_escape_empties_the_line_then_closes_what_is_beside_then_the_offer(day: DoorDay) -> None:
    day.press("Sign in Niamh Walker")
    day.page.staff.finder.start()
    day.move(20)
    day.settle()
    day.keys("so", enter=False)
    day.key(Qt.Key.Key_Escape)
    assert day.page.staff.finder.line.text() == ""
    assert day.page.panels.panel.shown
    day.key(Qt.Key.Key_Escape)
    assert not day.page.panels.panel.shown
    assert day.page.staff.offer.isVisible()
    day.key(Qt.Key.Key_Escape)
    assert not day.page.staff.offer.isVisible()


def test_whoever_comes_after_a_quarter_past_came_late(new_day: Callable[..., DoorDay]) -> None:
    day = new_day(at=time(10, 20)).open()
    day.press("Sign in Niamh Walker")
    assert day.row("Niamh").accessibleName() == "Niamh Walker, in 10:20, late"
    assert day.line("Niamh").state.was_late


def test_letters_that_fit_nobody_lead_to_someone_else(new_day: Callable[..., DoorDay]) -> None:
    day = new_day()
    day.child("Oskar", "Nowak", booked=False)
    day.open()
    day.keys("osk", enter=False)
    assert "Nobody on this register fits. Is it someone else?" in day.words()
    day.keys("")
    assert day.page.panels.panel.shown
    day.keys("")
    assert day.line("Oskar").state.status is Status.IN


def test_an_empty_register_says_why_and_offers_one_thing(new_day: Callable[..., DoorDay]) -> None:
    day = new_day()
    other = day.put(lambda uow: an_activity(uow, "January club", SATURDAY.replace(day=19)))
    day.open()
    day.page.open_item(other)
    day.settle()
    assert "Nobody is booked on this yet." in day.words()
    day.press("Someone else came", day.page.staff.finder)
    assert day.page.panels.panel.shown


def test_with_nothing_planned_the_page_says_so_and_offers_the_programme(
    qtbot: QtBot, tmp_path: Path, dressed: None
) -> None:
    club = new_club(tmp_path)
    jobs = Jobs(club, club.clock)
    page = RegisterPage(jobs, club.clock)
    qtbot.addWidget(page)
    went: list[str] = []
    page.go.connect(lambda place, _item: went.append(place))
    with qtbot.waitExposed(page):
        page.show()
    qtbot.waitUntil(lambda: any("There is no club" in each.text() for each in page.findChildren(QLabel)))
    offer = next(each for each in page.findChildren(QPushButton) if each.text() == "Go to Programme")
    qtbot.mouseClick(offer, Qt.MouseButton.LeftButton)
    assert went == ["programme"]
    jobs.shutdown()
    club.close()


def test_without_one_today_the_next_activity_is_opened(new_day: Callable[..., DoorDay]) -> None:
    day = new_day()
    day.clock.move_to(london_instant(SATURDAY.replace(day=2), time(12)))
    day.put(lambda uow: an_activity(uow, "November club", SATURDAY.replace(month=11, day=7)))
    day.put(lambda uow: an_activity(uow, "Pantomime", SATURDAY.replace(day=22)))
    day.open()
    assert day.page.title() == "Register · December club"


def test_the_register_is_read_again_when_another_screen_changes_it(day: DoorDay) -> None:
    day.put(lambda uow: service.record_mark(uow, day.activity, kind=MarkKind.IN, child_id=day.people["Eve"]))
    day.page.areas_changed(frozenset({"registers"}))
    day.settle()
    assert day.row("Eve").status() == "In 09:55"
