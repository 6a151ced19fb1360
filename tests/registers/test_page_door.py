"""The register facing the queue: what it hides, what opens while held, and closes by itself."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt

from desktop.registers.collect import CollectPanel
from desktop.registers.door import SHOWN_MS
from desktop.widgets.metrics import px
from models.registers.rules import Status
from tests.registers.door_day import DoorDay

SECRETS = ("EpiPen", "peanuts", "1:1", "Shreya", "release", "Lee", "Finn", "07700")


@pytest.fixture
def door(day: DoorDay) -> DoorDay:
    day.press("Door view")
    return day


def test_everything_around_is_hidden_and_comes_back(door: DoorDay) -> None:
    assert door.heard.alone == [True]
    assert door.page.title() == "December club"
    assert not door.page.staff.isVisible()
    door.key(Qt.Key.Key_Escape)
    assert door.heard.alone == [True, False]
    assert door.page.staff.isVisible()
    door.press("Door view")
    door.press("Leave the door view")
    assert door.heard.alone == [True, False, True, False]


def test_names_and_one_mark_each_and_nothing_more(door: DoorDay) -> None:
    words = door.words()
    assert "Eve Adair" in words
    assert not [secret for secret in SECRETS if secret in words]
    assert not [secret for secret in SECRETS if secret in " ".join(door.buttons())]
    assert door.door_row("Eve").see_button.isVisible()
    assert door.door_row("Eve").see_button.text() == "See"
    assert not door.door_row("Niamh").see_button.isVisible()


def test_what_is_not_shown_is_not_in_the_window_either(door: DoorDay) -> None:
    assert door.door_row("Eve").details.text() == ""
    assert door.door_row("Eve").accessibleName() == "Eve Adair, due"


def test_a_finger_held_opens_the_details_and_letting_go_closes_them(door: DoorDay) -> None:
    row = door.door_row("Eve")
    door.qtbot.mousePress(row.see_button, Qt.MouseButton.LeftButton)
    assert row.details.text() == "EpiPen · peanuts\n1:1 with Shreya"
    assert row.details.isVisible()
    door.qtbot.mouseRelease(row.see_button, Qt.MouseButton.LeftButton)
    assert not row.details.isVisible()
    assert row.details.text() == ""


def test_a_key_held_does_the_same(door: DoorDay) -> None:
    row = door.door_row("Bilal")
    row.see_button.setFocus()
    door.qtbot.keyPress(row.see_button, Qt.Key.Key_Space)
    assert row.details.text() == "Do not release to: see lead"
    door.qtbot.keyRelease(row.see_button, Qt.Key.Key_Space)
    assert not row.details.isVisible()


def test_held_or_not_they_close_after_ten_seconds(door: DoorDay) -> None:
    row = door.door_row("Eve")
    door.qtbot.mousePress(row.see_button, Qt.MouseButton.LeftButton)
    timer = row.see_button.timer
    assert (timer.interval(), timer.isSingleShot(), timer.isActive()) == (SHOWN_MS, True, True)
    assert SHOWN_MS == 10_000
    timer.timeout.emit()
    assert not row.details.isVisible()
    assert row.details.text() == ""


def test_leaving_the_door_closes_what_is_open(door: DoorDay) -> None:
    row = door.door_row("Eve")
    door.qtbot.mousePress(row.see_button, Qt.MouseButton.LeftButton)
    door.page.show_staff()
    assert row.details.text() == ""
    assert not row.see_button.timer.isActive()


def test_rows_and_buttons_are_big_enough_for_a_finger(door: DoorDay) -> None:
    row = door.door_row("Eve")
    assert row.height() >= px(56)
    assert min(row.tap_button.height(), row.see_button.height()) >= px(48)


def test_signing_in_and_a_sister_work_as_in_the_staff_view(door: DoorDay) -> None:
    door.keys("nia")
    door.press("Sign in Sophie Walker too")
    door.press("Sign in Bilal Hussain")
    assert {door.line(first).state.status for first in ("Niamh", "Sophie", "Bilal")} == {Status.IN}
    assert door.door_row("Niamh").accessibleName() == "Niamh Walker, in 09:55"


def test_signing_out_opens_the_check_which_lists_nobody_to_the_queue(door: DoorDay) -> None:
    door.press("Sign in Bilal Hussain")
    door.press("Sign out Bilal Hussain")
    check = door.page.panels.panel.content()
    assert isinstance(check, CollectPanel)
    assert check.warning.words() == "Speak to the lead before this child goes"
    assert "Aisha Hussain" not in door.words()
    assert "Type the first letters of their name: if they may collect, it comes up above." in door.words()
    door.keys("ais")
    assert door.line("Bilal").state.collected_by == "Aisha Hussain"


def test_who_collected_is_not_shown_to_the_queue(door: DoorDay) -> None:
    door.press("Sign in Niamh Walker")
    door.page.door.offer.clear()
    door.press("Sign out Niamh Walker")
    door.keys("finn")
    assert door.door_row("Niamh").status() == "Out 09:55"
    assert "Finn" not in door.words(door.page.door)


def test_the_numbers_to_ring_wait_until_the_screen_is_turned_back(door: DoorDay) -> None:
    door.move(20)
    door.settle()
    assert not door.page.panels.panel.shown
    assert door.page.banner.words() == "4 children are not here yet."
    assert door.door_row("Niamh").status() == "Due"
    door.press("Ring home")
    assert door.heard.alone == [True, False]
    assert "07700 900856" in door.words()


def test_word_from_home_is_said_plainly_at_the_door(new_day: Callable[..., DoorDay]) -> None:
    day = new_day(adults_in=2).open()
    day.menu("Bilal", "Absent, told us")
    day.press("Door view")
    assert day.door_row("Bilal").status() == "Not coming"


def test_going_elsewhere_leaves_the_door_view(door: DoorDay) -> None:
    door.page.hide()
    assert door.heard.alone == [True, False]


def test_adults_are_out_of_sight_at_the_door_and_signed_in_by_typing(door: DoorDay) -> None:
    assert "Shreya" not in door.words()
    door.page.door.finder.start()
    door.keys("shr")
    assert door.heard.said[-1] == "Shreya Rao is in."
    assert "Shreya" not in door.words()
    door.keys("xyz", enter=False)
    assert "Nobody on this register fits." in door.words()
    assert "Is it someone else?" not in door.words()
