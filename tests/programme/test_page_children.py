"""Booking children on the screen: the live warning, a full club, the queue, and a confirmed plan that refuses."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop.widgets.dialog import ErrorBox, ReasonDialog
from models.programme.rules import ActivityStatus, BookingStatus
from tests.programme.screen import Screen

REFUSAL = "13 children need 4 adults; 3 can be counted."


def test_the_thirteenth_books_in_a_draft_the_light_turns_red_and_confirming_says_why(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    club = screen.a_club(12)
    screen.open(club)
    assert "Ready" in screen.words()
    bookings = screen.page.view.bookings
    screen.type_name(bookings.picker, "Mina Lee", then=None)
    screen.until(lambda: REFUSAL in bookings.foresight.words())
    assert screen.activity(club).booked == 12
    screen.press(bookings.picker.line, Qt.Key.Key_Return)
    screen.until(lambda: "Not ready: 1 thing to fix" in screen.words())
    assert screen.activity(club).booked == 13
    screen.until(lambda: screen.said == ["Booked Mina Lee on December club."])
    asked: list[str] = []

    def go_back(dialog: ReasonDialog) -> int:
        asked.append(" ".join(each.text() for each in dialog.findChildren(QLabel)))
        return 0

    monkeypatch.setattr(ReasonDialog, "exec", go_back)
    screen.click("Confirm plan")
    screen.until(lambda: asked)
    assert REFUSAL in asked[0]
    assert screen.activity(club).status is ActivityStatus.DRAFT


def test_a_confirmed_plan_refuses_the_thirteenth_until_a_reason_is_given(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    club = screen.a_club(12, ActivityStatus.CONFIRMED)
    screen.open(club)
    shown: list[str] = []

    def give_a_reason(dialog: ReasonDialog) -> int:
        shown.append(dialog.accessibleName())
        assert screen.activity(club).booked == 12
        dialog.show()
        screen.qtbot.keyClicks(dialog.reason.box, "Pauline joins at ten")
        screen.qtbot.mouseClick(dialog.go_button, Qt.MouseButton.LeftButton)
        return 1

    monkeypatch.setattr(ReasonDialog, "exec", give_a_reason)
    screen.type_name(screen.page.view.bookings.picker, "Mina Lee")
    screen.until(lambda: screen.activity(club).booked == 13)
    assert len(shown) == 1
    screen.until(lambda: "Going ahead anyway: Pauline joins at ten" in screen.words())


def test_a_full_club_offers_the_waiting_list_at_once(screen: Screen) -> None:
    club = screen.a_club(12, places=12)
    screen.open(club)
    bookings = screen.page.view.bookings
    screen.type_name(bookings.picker, "Mina Lee")
    screen.until(lambda: "full: 12 places" in bookings.foresight.words())
    screen.until(lambda: bookings.wait_button.hasFocus())
    screen.press(bookings.wait_button, Qt.Key.Key_Space)
    screen.until(lambda: screen.activity(club).waiting == 1)
    assert screen.activity(club).booked == 12
    screen.until(lambda: "Waiting list · 1 child" in screen.words())


def test_the_queue_is_put_in_order_with_keys_and_the_first_gets_the_next_place(screen: Screen) -> None:
    club = screen.a_club(11, places=11, waiting=3)
    screen.open(club)
    assert not screen.buttons("Give the next place to Lola Lee")
    second = screen.buttons("Move Mina Lee up")[0]
    second.setFocus()
    screen.press(second, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    screen.until(lambda: "Moved Mina Lee to number 1 on the waiting list." in screen.said)
    screen.click("Move Nico Lee up")
    screen.until(lambda: _queue(screen, club) == ["Mina", "Nico", "Lola"])
    screen.click("Remove Ada Lee")
    screen.until(lambda: screen.activity(club).booked == 10)
    screen.click("Give the next place to Mina Lee")
    screen.until(lambda: _queue(screen, club) == ["Nico", "Lola"])
    assert screen.activity(club).booked == 11


def test_a_booked_child_moves_to_the_end_of_the_waiting_list(screen: Screen) -> None:
    club = screen.a_club(3, waiting=1)
    screen.open(club)
    screen.click("Move Ada Lee to the waiting list")
    screen.until(lambda: _queue(screen, club) == ["Dev", "Ada"])
    assert screen.activity(club).booked == 2


def test_a_name_nobody_has_is_said_at_the_field(screen: Screen) -> None:
    club = screen.a_club(1)
    screen.open(club)
    bookings = screen.page.view.bookings
    screen.type_name(bookings.picker, "Nobody Here")
    assert "Nobody here is called “Nobody Here”" in bookings.picker.error()
    assert screen.activity(club).booked == 1


def test_a_child_gone_from_the_plan_meanwhile_is_said_in_a_box(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    club = screen.a_club(2)
    screen.open(club)
    boxes: list[str] = []
    monkeypatch.setattr(ErrorBox, "exec", lambda box: boxes.append(box.what))
    remove = screen.buttons("Remove Ada Lee")[0]
    booking = screen.bookings(club, BookingStatus.BOOKED)[0]

    def elsewhere(uow: object) -> None:
        from models.programme.service import note_call

        note_call(uow, booking.id, None, "Rang at four")  # type: ignore[arg-type] # the unit of work of a test

    screen.build(elsewhere)
    screen.qtbot.mouseClick(remove, Qt.MouseButton.LeftButton)
    screen.until(lambda: boxes)
    assert "was changed while you had it open" in boxes[0]
    assert screen.activity(club).booked == 2


def _queue(screen: Screen, club: object) -> list[str]:
    from models.people.queries import day_children

    rows = screen.bookings(club, BookingStatus.WAITING)  # type: ignore[arg-type] # an activity's id
    names = screen.read(lambda uow: day_children(uow, [row.child_id for row in rows]))
    return [names[row.child_id].legal_first for row in sorted(rows, key=lambda row: row.position or 0)]
