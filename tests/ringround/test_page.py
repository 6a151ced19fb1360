"""The ring-round as a person does it: by keys alone, by mouse, with siblings, with a place set free."""

from collections.abc import Iterator
from datetime import date, time
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from models.bootstrap import Club, UnitOfWork
from models.history.service import undo
from models.kernel.clock import FixedClock, london_instant
from models.kernel.errors import Full
from models.programme import queries as programme
from models.programme import service as programme_service
from models.programme.rules import ActivityStatus, Answer, BookingStatus, ChoreKind
from models.programme.service import cancel_booking, edit_activity
from models.readiness import service
from models.readiness.guard import rechecking
from models.registers.rules import MarkKind
from tests.clubs import THURSDAY, a_mark, put
from tests.ringround.conftest import NAMES, Desk, booked

Key = Qt.Key
OSEIS = "Niamh and Théo Osei"


def test_every_family_once_by_surname_and_one_is_on_the_first(desk: Desk) -> None:
    assert desk.rows() == [
        ("Ada Adeyemi", "Not rung yet"),
        (OSEIS, "Not rung yet"),
        ("Fatoumata Roberts", "Not rung yet"),
        ("Zoe Zhang", "Not rung yet"),
    ]
    assert desk.current() == "Ada Adeyemi"
    assert desk.page.title() == "Ring-round: December club"
    assert any("4 of 4 places taken, 1 waiting · 0 of 4 families answered" in words for words in desk.words())


def test_the_numbers_stand_in_call_order_a_parent_before_gran(desk: Desk) -> None:
    desk.key(Key.Key_Down)
    order = ["1. Leyla Osei · Mother", "020 7946 0002", "07700 900002", "2. Gran Osei · Gran", "020 7946 0001"]
    desk.until(lambda: [one for one in desk.words() if one in order] == order)
    desk.click("Copy 07700 900002")
    assert QApplication.clipboard().text() == "07700 900002"
    desk.until(lambda: desk.said == [("Copied: 07700 900002.", False)]
)

def test_the_whole_round_by_keys_alone(desk: Desk) -> None:
    desk.key(Key.Key_C)
    desk.until_row("Ada Adeyemi", "Coming")
    desk.key(Key.Key_Return)
    assert desk.current() == OSEIS
    desk.key(Key.Key_N)
    desk.until_row(OSEIS, "Not coming")
    desk.until_words("A place is free: give it to Fatoumata Roberts (first on the waiting list).")
    assert desk.row().booked == 2
    desk.key(Key.Key_G)
    desk.until(lambda: desk.row().booked == 3)
    desk.until(lambda: desk.current() == "Fatoumata Roberts")
    desk.until(lambda: "Has a place" in desk.chips())
    desk.key(Key.Key_C)
    desk.until_row("Fatoumata Roberts", "Coming")
    desk.key(Key.Key_Return, Key.Key_A)
    desk.until_row("Zoe Zhang", "No answer")
    desk.until_words("3 of 4 families answered")
    desk.key(Key.Key_C)
    desk.until_words("Everybody has answered.")
    desk.until_words("3 of 4 places taken · 4 of 4 families answered")
    desk.click("Print the register")
    desk.click("Back to Today")
    assert desk.gone == [("print", ("register", desk.activity)), ("today", None)]
    assert all(undo for _, undo in desk.said)
    assert not desk.errors


def test_the_whole_round_by_mouse(desk: Desk) -> None:
    desk.click("Not coming")
    desk.until_row("Ada Adeyemi", "Not coming")
    desk.until_words("A place is free")
    desk.click("Give the place (G)")
    desk.until(lambda: desk.bookings()["Fatoumata Roberts"].status is BookingStatus.BOOKED)
    desk.until(lambda: desk.current() == "Fatoumata Roberts")
    desk.click("Coming")
    desk.until_row("Fatoumata Roberts", "Coming")
    desk.click("Next family")
    assert desk.current() == "Zoe Zhang"
    desk.click_row(OSEIS)
    desk.click("Coming")
    desk.until_row(OSEIS, "Coming")
    desk.click_row("Zoe Zhang")
    desk.click("Coming")
    desk.until_words("Everybody has answered.")
    assert {name: row.answer for name, row in desk.bookings().items() if row.answer is not Answer.COMING} == {
        "Ada Adeyemi": Answer.NOT_COMING
    }


def test_brother_and_sister_may_answer_differently_by_keys(desk: Desk) -> None:
    desk.key(Key.Key_Down, Key.Key_2, Key.Key_N)
    desk.until_row(OSEIS, "1 not rung yet, 1 not coming")
    desk.key(Key.Key_1, Key.Key_C)
    desk.until_row(OSEIS, "1 coming, 1 not coming")
    found = desk.bookings()
    assert (found["Niamh Osei"].answer, found["Théo Osei"].answer) == (Answer.COMING, Answer.NOT_COMING)
    assert (found["Niamh Osei"].status, found["Théo Osei"].status) == (BookingStatus.BOOKED, BookingStatus.NOT_COMING)
    assert [said for said, _ in desk.said] == ["Théo Osei: not coming.", "Niamh Osei: coming."]


def test_brother_and_sister_may_answer_differently_by_mouse(desk: Desk) -> None:
    desk.click_row(OSEIS)
    desk.click("This answer is for Théo, key 2")
    desk.click("Coming")
    desk.until_row(OSEIS, "1 not rung yet, 1 coming")
    desk.click("This answer is for All of the family, key 0")
    desk.click("No answer")
    desk.until_row(OSEIS, "No answer")


def test_going_to_another_family_the_answer_is_for_all_again(desk: Desk) -> None:
    desk.key(Key.Key_Down, Key.Key_2, Key.Key_Down, Key.Key_Up, Key.Key_C)
    desk.until_row(OSEIS, "Coming")


def test_a_number_means_nothing_to_a_family_of_one(desk: Desk) -> None:
    desk.key(Key.Key_2, Key.Key_C)
    desk.until_row("Ada Adeyemi", "Coming")


def test_ring_again_asks_when_and_comes_first_when_it_is_time(desk: Desk, club: Club) -> None:
    desk.click_row("Zoe Zhang")
    desk.key(Key.Key_R)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    assert field.text() == "11:00"  # it is half past nine
    desk.type("1015")
    desk.key(Key.Key_Return)
    desk.until_row("Zoe Zhang", "Ring again at 10:15")
    assert desk.bookings()["Zoe Zhang"].ring_again == time(10, 15)
    assert desk.rows()[-1][0] == "Zoe Zhang"
    assert desk.current() == "Zoe Zhang"
    assert isinstance(club.clock, FixedClock)
    club.clock.move_to(london_instant(THURSDAY, time(10, 15)))
    desk.page.timer.timeout.emit()
    desk.until_row("Zoe Zhang", "Ring now, as agreed for 10:15")
    assert desk.rows()[0][0] == "Zoe Zhang"
    assert desk.current() == "Zoe Zhang"  # the row one is on stays the row one is on


def test_ring_again_can_be_left_and_a_wrong_time_is_said_at_the_field(desk: Desk) -> None:
    desk.key(Key.Key_R)
    desk.type("later")
    desk.key(Key.Key_Return)
    assert any("“later” is not a time" in words for words in desk.words())
    desk.key(Key.Key_Escape)
    assert "Keep this time" not in desk.buttons()
    desk.key(Key.Key_C)
    desk.until_row("Ada Adeyemi", "Coming")


def test_letters_in_a_note_are_letters_and_the_note_stays_with_the_child(desk: Desk) -> None:
    desk.key(Key.Key_T)
    desk.type("Can Nan collect?")
    desk.key(Key.Key_Return)
    desk.until_said("The note is kept.")
    desk.until(lambda: desk.bookings()["Ada Adeyemi"].note == "Can Nan collect?")
    assert desk.bookings()["Ada Adeyemi"].answer is Answer.NOT_ASKED
    desk.key(Key.Key_Down)
    assert note(desk) == ""
    desk.key(Key.Key_Up)
    desk.until(lambda: note(desk) == "Can Nan collect?")


def test_what_is_being_typed_outlives_somebody_elses_change(desk: Desk) -> None:
    desk.key(Key.Key_T)
    desk.type("Half a no")
    booking = desk.bookings()["Zoe Zhang"].id
    desk.jobs.change(lambda uow: service.family_answered(uow, booking, None, Answer.COMING), "Elsewhere")
    desk.until_row("Zoe Zhang", "Coming")
    assert note(desk) == "Half a no"


def note(desk: Desk) -> str:
    return next(one.text() for one in desk.page.findChildren(QLineEdit) if one.accessibleName() == "Note of the call")


def test_the_light_follows_the_answers(desk: Desk) -> None:
    """Four more places than two adults can look after: somebody not coming makes it ready."""
    put(desk.club, lambda uow: edit_activity(uow, desk.activity, None, {"capacity": 9}))
    booking = desk.bookings()["Fatoumata Roberts"].id
    desk.page.refresh()
    desk.until_words("A place is free")
    before = desk.chips()[0]
    assert not before.startswith("Not ready")
    for number in range(5):
        put(desk.club, lambda uow, number=number: extra(uow, desk.activity, number))  # type: ignore[misc] # bound per turn
    desk.page.refresh()
    desk.until(lambda: desk.chips()[0].startswith("Not ready"))
    desk.key(Key.Key_N)
    desk.until(lambda: not desk.chips()[0].startswith("Not ready"))
    assert booking == desk.bookings()["Fatoumata Roberts"].id


def extra(uow: UnitOfWork, activity: UUID, number: int) -> None:
    booked(uow, activity, f"Extra{number}", "Young")


def test_no_place_is_offered_that_the_adults_there_are_would_not_be_enough_for(desk: Desk) -> None:
    put(desk.club, lambda uow: edit_activity(uow, desk.activity, None, {"capacity": 9}))
    for number in range(4):
        put(desk.club, lambda uow, number=number: extra(uow, desk.activity, number))  # type: ignore[misc] # bound per turn
    put(desk.club, lambda uow: service.confirm(uow, desk.activity))
    desk.page.refresh()
    desk.until(lambda: any("8 of 9 places taken" in one for one in desk.words()))
    assert not any("A place is free" in one for one in desk.words())
    desk.key(Key.Key_N)
    desk.until_words("A place is free")


def test_a_verb_that_says_no_shows_why_and_nothing_is_changed(desk: Desk) -> None:
    """Ada gives up the place, Fatoumata gets it, and Ada would like to come after all."""
    desk.key(Key.Key_N)
    desk.until_words("A place is free")
    desk.key(Key.Key_G)
    desk.until(lambda: desk.row().booked == 4)
    desk.until(lambda: desk.current() == "Fatoumata Roberts")
    desk.click_row("Ada Adeyemi")
    desk.key(Key.Key_C)
    desk.until(lambda: bool(desk.errors))
    assert isinstance(desk.errors[0], Full)
    assert dict(desk.rows())["Ada Adeyemi"] == "Not coming"


def test_who_still_needs_an_answer_goes_on_the_clipboard_as_plain_text(desk: Desk) -> None:
    desk.key(Key.Key_C)
    desk.until_row("Ada Adeyemi", "Coming")
    desk.click_row("Zoe Zhang")
    desk.key(Key.Key_R)
    desk.type("17:30")
    desk.key(Key.Key_Return)
    desk.until_row("Zoe Zhang", "Ring again at 17:30")
    desk.click("Copy who still needs an answer")
    assert QApplication.clipboard().text() == (
        "December club, Sat 5 Dec: 3 families still to answer\n"
        "\n"
        "Niamh and Théo Osei\n"
        "  Leyla Osei (Mother): 020 7946 0002, 07700 900002\n"
        "  Gran Osei (Gran): 020 7946 0001\n"
        "Fatoumata Roberts\n"
        "  Parent Roberts (Mother): 020 7946 0104\n"
        "Zoe Zhang, ring again at 17:30\n"
        "  Parent Zhang (Mother): 020 7946 0103\n"
    )
    desk.until(lambda: desk.said and desk.said[-1] == ("Copied: 3 families with their numbers.", False)
)

def test_an_answer_can_be_undone(desk: Desk) -> None:
    desk.key(Key.Key_N)
    desk.until_row("Ada Adeyemi", "Not coming")
    desk.until(lambda: desk.said and desk.said[-1] == ("Ada Adeyemi: not coming.", True))
    desk.jobs.change(lambda uow: undo(uow, rechecking), "Undo")
    desk.until_row("Ada Adeyemi", "Not rung yet")
    assert desk.row().booked == 4


def test_a_cancelled_booking_is_not_rung(desk: Desk) -> None:
    booking = desk.bookings()["Zoe Zhang"].id
    desk.jobs.change(lambda uow: cancel_booking(uow, booking), "Cancelled")
    desk.until(lambda: "Zoe Zhang" not in dict(desk.rows()))


def test_nobody_booked_says_so_and_leads_to_the_plan(desk: Desk) -> None:
    for row in desk.club.read(lambda uow: programme.bookings(uow, desk.activity)):
        put(desk.club, lambda uow, row=row: cancel_booking(uow, row.id))  # type: ignore[misc] # bound per turn
    desk.page.refresh()
    desk.until_words("No child is booked yet, so there is nobody to ring.")
    desk.click("Book children")
    assert desk.gone == [("programme", desk.activity)]


def test_a_draft_stays_a_draft(desk: Desk) -> None:
    desk.key(Key.Key_C)
    desk.until_row("Ada Adeyemi", "Coming")
    assert desk.row().status is ActivityStatus.DRAFT


# --- the calls on the Monday after ---


@pytest.fixture
def monday(qtbot: QtBot, club: Club, activity: UUID) -> Iterator[Desk]:
    """The club took place: Ada and Théo did not come and nobody said a word; the others did."""

    def build(uow: UnitOfWork) -> None:
        for number, row in enumerate(programme.bookings(uow, activity)):
            kind = MarkKind.NO_SHOW if NAMES[row.child_id] in ("Ada Adeyemi", "Théo Osei") else MarkKind.IN
            a_mark(uow, activity, number, kind, child_id=row.child_id)
        programme_service.mark_delivered(uow, activity)

    put(club, build)
    assert isinstance(club.clock, FixedClock)
    club.clock.move_to(london_instant(date(2026, 12, 7), time(10)))
    made = Desk(qtbot, club, activity)
    made.open()
    yield made
    made.jobs.shutdown()


def test_after_the_day_only_those_are_called_who_did_not_come(monday: Desk) -> None:
    assert monday.page.title() == "Calls after December club"
    assert [name for name, _ in monday.rows()] == ["Ada Adeyemi", "Théo Osei"]
    assert any("2 families did not come, no word · to call" in words for words in monday.words())
    assert not {"Coming", "Not coming", "Give the place (G)"} & set(monday.buttons())


def test_keys_of_answers_do_nothing_after_the_day_but_a_note_is_kept(monday: Desk) -> None:
    monday.key(Key.Key_C, Key.Key_N, Key.Key_R, Key.Key_G, Key.Key_T)
    monday.type("All well, had a cold")
    monday.key(Key.Key_Return)
    monday.until(lambda: monday.bookings()["Ada Adeyemi"].note == "All well, had a cold")
    assert monday.bookings()["Ada Adeyemi"].answer is Answer.NOT_ASKED
    monday.key(Key.Key_Return)
    assert monday.current() == "Théo Osei"


def test_all_called_ticks_the_job_off(monday: Desk) -> None:
    monday.click("All are called")
    monday.until_words("These families have been called.")
    assert [one.kind for one in monday.club.read(lambda uow: programme.chores(uow, [monday.activity]))] == [
        ChoreKind.CALLED
    ]
    monday.click("Copy who is to be called")
    assert QApplication.clipboard().text().startswith("December club, Sat 5 Dec: 2 families to call\n\nAda Adeyemi\n")
