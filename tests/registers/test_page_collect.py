"""Going home: two actions, who may collect, who must not, and somebody a parent rang about."""

from datetime import time

from PySide6.QtCore import Qt

from desktop.registers.collect import BARRED, BARRED_NOW, CollectPanel
from models.registers.rules import CollectedHow, Status
from tests.registers.door_day import DoorDay


def came(day: DoorDay, *firsts: str) -> None:
    for first in firsts:
        day.press(f"Sign in {day.row(first).view.name}")
    day.page.staff.offer.clear()


def panel(day: DoorDay) -> CollectPanel:
    made = day.page.panels.panel.content()
    assert isinstance(made, CollectPanel)
    return made


def test_sign_out_is_two_actions_and_says_who_collected(day: DoorDay) -> None:
    came(day, "Niamh")
    day.press("Sign out Niamh Walker")
    assert day.line("Niamh").state.status is Status.IN, "one action is never enough"
    assert panel(day).collectors() == ["Finn Walker", "Leila Sivakumar"]
    day.press("Sign out Niamh Walker with Finn Walker")
    state = day.line("Niamh").state
    assert (state.status, state.collected_by, state.collected_how) == (Status.OUT, "Finn Walker", CollectedHow.LISTED)
    assert day.row("Niamh").accessibleName() == "Niamh Walker, out 09:55 with Finn Walker"
    assert not day.page.panels.panel.shown


def test_somebody_who_must_not_collect_is_warned_of_without_name_or_reason(day: DoorDay) -> None:
    came(day, "Bilal")
    day.press("Sign out Bilal Hussain")
    assert panel(day).warning.words() == BARRED
    assert "Lee" not in day.words()
    assert "Court" not in day.words()
    assert panel(day).collectors() == ["Aisha Hussain"]


def test_the_barred_name_typed_is_warned_of_and_can_still_be_recorded(day: DoorDay) -> None:
    came(day, "Bilal")
    day.press("Sign out Bilal Hussain")
    day.fill("Name", "Lee Hussain")
    panel(day).how.set_value(CollectedHow.KNOWN)
    day.press("Sign out Bilal Hussain")
    assert panel(day).warning.words() == BARRED_NOW
    assert day.line("Bilal").state.status is Status.IN
    assert panel(day).out_button.text() == "Record that they went all the same"
    day.press("Sign out Bilal Hussain")
    assert day.line("Bilal").state.collected_by == "Lee Hussain"


def test_the_password_is_checked_and_never_shown(day: DoorDay) -> None:
    came(day, "Niamh")
    day.press("Sign out Niamh Walker")
    day.fill("Family password", "elephant")
    day.press("Check the password")
    assert "That is not the password. Ring a parent." in day.words()
    day.fill("Family password", "Penguin")
    day.press("Check the password")
    assert "That is the family’s password." in day.words()
    day.fill("Name", "Rosa Diaz")
    day.press("Sign out Niamh Walker")
    assert day.line("Niamh").state.collected_how is CollectedHow.PASSWORD
    assert "penguin" not in day.words().casefold()


def test_a_wrong_password_lets_nobody_out(day: DoorDay) -> None:
    came(day, "Niamh")
    day.press("Sign out Niamh Walker")
    day.fill("Name", "Rosa Diaz")
    panel(day).how.set_value(CollectedHow.PASSWORD)
    day.press("Sign out Niamh Walker")
    assert "Check the password first." in day.words()
    assert day.line("Niamh").state.status is Status.IN


def test_a_parent_who_rings_at_the_door_is_noted_with_the_mark(day: DoorDay) -> None:
    came(day, "Niamh")
    day.press("Sign out Niamh Walker")
    day.fill("Name", "Rosa Diaz")
    box = panel(day).how
    box.set_value(CollectedHow.PHONED)
    box.changed.emit()
    day.press("Sign out Niamh Walker")
    assert "Write which parent or carer rang." in day.words()
    day.fill("Which parent or carer rang", "Finn Walker")
    day.press("Sign out Niamh Walker")
    line = day.line("Niamh")
    assert (line.state.collected_by, line.state.collected_how) == ("Rosa Diaz", CollectedHow.PHONED)
    assert line.collected_today


def test_somebody_allowed_by_phone_beforehand_is_on_the_list_today(day: DoorDay) -> None:
    day.menu("Niamh", "Somebody else may collect today")
    day.fill("Who will collect", "Rosa Diaz")
    day.fill("Who they are to the child", "Aunt")
    day.fill("Which parent or carer rang", "Finn Walker")
    day.press("Save")
    assert "Somebody else may collect today" in day.words(day.row("Niamh"))
    came(day, "Niamh")
    day.press("Sign out Niamh Walker")
    assert "Aunt, a parent rang today, said Finn Walker" in day.words()
    day.press("Sign out Niamh Walker with Rosa Diaz")
    assert day.line("Niamh").state.collected_how is CollectedHow.PHONED


def test_without_who_rang_nothing_is_allowed(day: DoorDay) -> None:
    day.menu("Niamh", "Somebody else may collect today")
    day.fill("Who will collect", "Rosa Diaz")
    day.press("Save")
    assert "Who rang is missing." in day.words()
    assert not day.line("Niamh").collected_today


def test_a_sister_goes_with_the_same_person_in_one_tap(day: DoorDay) -> None:
    came(day, "Niamh", "Sophie")
    day.press("Sign out Niamh Walker")
    day.press("Sign out Niamh Walker with Finn Walker")
    day.press("Sign out Sophie Walker too")
    assert day.line("Sophie").state.collected_by == "Finn Walker"


def test_where_the_sister_may_not_go_with_that_person_the_check_opens(day: DoorDay) -> None:
    came(day, "Niamh", "Sophie")
    day.press("Sign out Niamh Walker")
    day.press("Sign out Niamh Walker with Leila Sivakumar")
    day.press("Sign out Sophie Walker too")
    assert day.line("Sophie").state.status is Status.IN
    assert panel(day).collectors() == ["Finn Walker"]


def test_a_child_who_went_out_can_come_back_in(day: DoorDay) -> None:
    came(day, "Niamh")
    day.press("Sign out Niamh Walker")
    day.press("Sign out Niamh Walker with Finn Walker")
    day.clock.move_to(day.clock.now().replace(hour=10, minute=2))
    day.menu("Niamh", "Came back in")
    assert day.row("Niamh").status() == "In 10:02"


def test_the_time_and_the_collector_of_a_going_out_can_be_put_right(day: DoorDay) -> None:
    came(day, "Niamh")
    day.clock.move_to(day.clock.now().replace(hour=10, minute=12))
    day.press("Sign out Niamh Walker")
    day.press("Sign out Niamh Walker with Finn Walker")
    day.menu("Niamh", "Correct the time")
    day.fill("Went out", "10:10")
    day.fill("Collected by", "Leila Sivakumar")
    day.press("Save")
    state = day.line("Niamh").state
    assert (state.collected_by, day.row("Niamh").status()) == (
        "Leila Sivakumar",
        f"Out {time(10, 10):%H:%M} with Leila Sivakumar",
    )


def test_escape_leaves_the_check_and_nobody_has_gone(day: DoorDay) -> None:
    came(day, "Niamh")
    day.press("Sign out Niamh Walker")
    day.key(Qt.Key.Key_Escape)
    assert not day.page.panels.panel.shown
    assert day.line("Niamh").state.status is Status.IN
