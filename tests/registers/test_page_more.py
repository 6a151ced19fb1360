"""Somebody who was not expected, ring home, roll call, closing the day."""

from collections.abc import Callable
from datetime import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox

from desktop.registers.ring_home import RingHome
from desktop.registers.someone_else import SomeoneElse
from models.people import queries as people
from models.programme import queries as programme
from models.programme.rules import ActivityStatus
from models.registers.rules import Status
from tests.clubs import an_adult
from tests.registers.door_day import DoorDay


@pytest.fixture
def family_day(new_day: Callable[..., DoorDay]) -> DoorDay:
    """Liam Walker is known but not booked; so are Oskar Nowak, Anita Rao and a helper, Kim."""
    day = new_day(adults_in=2)
    day.child("Liam", "Walker", day.line("Niamh").family_id, booked=False)
    day.child("Oskar", "Nowak", booked=False)
    day.child("Anita", "Rao", booked=False)
    day.people["Kim"] = day.put(lambda uow: an_adult(uow, "Kim Doyle"))
    return day.open()


def someone(day: DoorDay) -> SomeoneElse:
    made = day.page.panels.panel.content()
    assert isinstance(made, SomeoneElse)
    return made


def test_siblings_are_offered_before_a_letter_is_typed(family_day: DoorDay) -> None:
    family_day.press("Someone else came")
    assert [one.name for one in someone(family_day).offered()] == ["Liam Walker"]
    family_day.press("Sign in Liam Walker")
    line = family_day.line("Liam")
    assert (line.state.status, line.booked) == (Status.IN, False)
    assert "Came without a place" in family_day.words(family_day.row("Liam"))


def test_a_known_child_comes_in_by_letters_and_enter(family_day: DoorDay) -> None:
    family_day.press("Someone else came")
    family_day.keys("now")
    assert family_day.line("Oskar").state.status is Status.IN
    assert not family_day.page.panels.panel.shown


def test_an_adult_who_was_not_planned_can_be_signed_in(family_day: DoorDay) -> None:
    family_day.press("Someone else came")
    family_day.keys("kim")
    family_day.press("Adults, 4")
    assert family_day.row("Kim").view.state.status is Status.IN
    assert "Not in the plan" in family_day.words(family_day.row("Kim"))


def test_a_new_child_is_written_down_with_a_number_and_is_in(family_day: DoorDay) -> None:
    family_day.press("Someone else came")
    family_day.keys("Tomek Zając")
    assert someone(family_day).field("phone").control.hasFocus()
    family_day.keys("07700 900555")
    register = family_day.page.register()
    assert register is not None
    new = next(line for line in register.children if line.called == "Tomek Zając")
    assert new.state.status is Status.IN
    contacts = family_day.club.read(lambda uow: people.contacts_for(uow, [new.family_id]))
    assert [one.phone for one in contacts[new.family_id]] == ["07700 900555"]


def test_a_new_child_without_a_name_is_pointed_out_at_the_field(family_day: DoorDay) -> None:
    family_day.press("Someone else came")
    family_day.press("Write down and sign in")
    assert "The first name is missing." in family_day.words()


# --- ring home --------------------------------------------------------------------------------------------------


def ring(day: DoorDay) -> RingHome:
    made = day.page.panels.panel.content()
    assert isinstance(made, RingHome)
    return made


def test_the_numbers_open_a_quarter_of_an_hour_after_the_start(day: DoorDay) -> None:
    day.press("Sign in Niamh Walker")
    day.move(19)
    assert not day.page.panels.panel.shown
    day.move(1)
    day.settle()
    assert day.page.panels.panel.shown
    assert set(ring(day).children_shown()) == {day.people[first] for first in ("Sophie", "Bilal", "Eve")}
    assert day.row("Bilal").status() == "Due, late"
    words = day.words(ring(day))
    assert words.index("1. Aisha Hussain") < words.index("07700 900111") < words.index("2. Second of Aisha Hussain")


def test_the_timer_looks_every_20_seconds(day: DoorDay) -> None:
    assert day.page._timer.isActive()
    assert day.page._timer.interval() == 20_000
    day.clock.move_to(day.clock.now().replace(hour=10, minute=15))
    day.page._timer.timeout.emit()
    day.settle()
    assert ring(day).isVisible()


def test_the_keyboard_stays_where_it_was(day: DoorDay) -> None:
    day.move(20)
    day.settle()
    assert day.page.panels.panel.shown
    assert day.page.staff.finder.line.hasFocus()


def test_a_name_half_typed_is_not_interrupted(day: DoorDay) -> None:
    day.keys("nia", enter=False)
    day.move(20)
    assert not day.page.panels.panel.shown
    assert day.page.banner.isVisible()
    day.keys("")
    assert ring(day).isVisible(), "once the name is done with, the numbers open"


def test_what_came_of_each_call_is_kept(day: DoorDay) -> None:
    day.move(20)
    day.settle()
    day.press("Bilal Hussain: absent, told us")
    day.press("Eve Adair: on the way")
    day.press("Sophie Walker: no answer")
    assert day.line("Bilal").state.status is Status.ABSENT
    assert day.line("Eve").state.status is Status.LATE
    assert day.line("Sophie").state.status is Status.DUE
    assert day.line("Sophie").ring_round_note == "Rang home 10:15, no answer"
    assert set(ring(day).children_shown()) == {day.people["Niamh"], day.people["Sophie"]}


def test_a_number_can_be_copied(day: DoorDay) -> None:
    day.move(20)
    day.settle()
    day.press("Copy the number of Aisha Hussain")
    assert QApplication.clipboard().text() == "07700 900111"
    QApplication.clipboard().clear()


def test_once_closed_the_numbers_do_not_open_again_by_themselves(day: DoorDay) -> None:
    day.move(20)
    day.settle()
    day.page.panels.panel.close_panel()
    day.move(1)
    assert not day.page.panels.panel.shown
    day.press("Ring home")
    assert ring(day).isVisible()


def test_nobody_is_rung_about_after_the_end(new_day: Callable[..., DoorDay]) -> None:
    day = new_day(at=time(15)).open()
    assert not day.page.panels.panel.shown
    assert not day.page.banner.isVisible()


# --- roll call --------------------------------------------------------------------------------------------------


def test_f9_lists_everybody_who_is_in_and_counts_by_name(day: DoorDay) -> None:
    day.press("Sign in Niamh Walker")
    day.press("Sign in Eve Adair")
    day.qtbot.keyClick(day.page, Qt.Key.Key_F9)
    roll = day.page.roll
    assert roll.isVisible()
    assert roll.names() == ["Eve Adair", "Niamh Walker", "Denise Okafor, adult", "Marcus Bell, adult"]
    assert "Roll call: 2 children and 2 adults in" in day.words()
    for _ in range(4):
        day.key(Qt.Key.Key_Space)
        day.key(Qt.Key.Key_Down)
    assert roll.chip.text() == "Everybody is counted"
    day.press("Niamh Walker")
    assert "Still to count: Niamh Walker" in day.words()
    day.key(Qt.Key.Key_Escape)
    assert day.page.staff.isVisible()


def test_who_goes_out_during_the_roll_call_leaves_it_and_ticks_stay(day: DoorDay) -> None:
    day.press("Sign in Niamh Walker")
    day.press("Roll call  F9")
    box = day.button("Denise Okafor, adult")
    assert isinstance(box, QCheckBox)
    box.setChecked(True)
    day.press("Back to the register")
    day.press("Adults, 3")
    day.press("Sign out Marcus Bell")
    day.press("Roll call  F9")
    assert day.page.roll.names() == ["Niamh Walker", "Denise Okafor, adult"]
    assert day.page.roll.chip.text() == "1 of 2 counted"


# --- closing the day --------------------------------------------------------------------------------------------


def status_of(day: DoorDay) -> ActivityStatus:
    return day.club.read(lambda uow: programme.activity(uow, day.activity)).status


def test_the_day_is_not_closed_while_a_child_is_in(day: DoorDay) -> None:
    day.press("Sign in Niamh Walker")
    day.press("Close the day")
    assert "Niamh Walker is still in. Sign them out first." in day.words()
    day.press("Close the day", day.page.panels.panel)
    assert "Niamh Walker is still in. Sign them out first." in day.words()
    assert status_of(day) is ActivityStatus.CONFIRMED


def test_closing_marks_the_rest_and_opening_again_brings_the_buttons_back(day: DoorDay) -> None:
    day.press("Sign in Niamh Walker")
    day.press("Sign out Niamh Walker")
    day.press("Sign out Niamh Walker with Finn Walker")
    day.press("Close the day")
    assert "3 children still due: Eve Adair, Bilal Hussain and Sophie Walker." in day.words()
    day.press("Close the day", day.page.panels.panel)
    assert status_of(day) is ActivityStatus.DELIVERED
    assert day.line("Bilal").state.status is Status.DID_NOT_COME
    assert day.page.banner.words() == "This register was closed at 09:55."
    assert "Sign in Bilal Hussain" not in day.buttons()
    day.press("Open it again")
    assert status_of(day) is ActivityStatus.CONFIRMED
    assert "Sign in Bilal Hussain" in day.buttons()
    assert not day.page.banner.isVisible()


def test_those_still_due_may_be_left_as_they_are(day: DoorDay) -> None:
    day.press("Close the day")
    form = day.page.panels.panel.content()
    assert form is not None
    form.field("rest").set_value("leave")  # type: ignore[attr-defined] # the form of closing
    day.press("Close the day", day.page.panels.panel)
    assert status_of(day) is ActivityStatus.DELIVERED
    assert day.line("Bilal").state.status is Status.DUE


def test_details_and_printing_go_to_their_own_screens(day: DoorDay) -> None:
    day.menu("Niamh", "Open Niamh’s details")
    day.choose("More", "Print the register")
    assert day.heard.went == [("children", day.people["Niamh"]), ("print", ("register", day.activity))]
