"""The home screen: the next day with its light and its fixes, what comes, what to do, and an empty club."""

from datetime import date, time
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QLabel

from models.bootstrap import Club, UnitOfWork
from models.consents.rules import ConsentKind, ConsentState
from models.history.service import undo
from models.kernel.clock import FixedClock, london_instant
from models.programme import queries as programme
from models.programme import service as programme_service
from models.programme.rules import ActivityKind, ActivityStatus, BookingStatus, ChoreKind, DutyStatus
from models.readiness.guard import rechecking
from models.registers.rules import MarkKind
from tests.clubs import (
    SATURDAY,
    a_booking,
    a_child,
    a_consent,
    a_duty,
    a_mark,
    a_vehicle,
    a_venue,
    an_activity,
    an_adult,
    put,
)
from tests.today.conftest import Home


def a_day(uow: UnitOfWork, children: int = 5) -> UUID:
    """December club with Denise and Marcus, one child waiting; Pauline Stone could be asked."""
    denise = an_adult(uow, "Denise Okafor")
    activity = an_activity(uow, lead_id=denise, venue_id=a_venue(uow), capacity=children)
    for adult in (denise, an_adult(uow, "Marcus Bell")):
        a_duty(uow, activity, adult)
    an_adult(uow, "Pauline Stone", usual_days="Saturdays")
    for number in range(children + 1):
        child = a_child(uow, f"Child{number:02}", "Lee")
        a_consent(uow, child, ConsentKind.SAFEGUARDING, state=ConsentState.GRANTED)
        waiting = {"status": BookingStatus.WAITING, "position": 1} if number == children else {}
        a_booking(uow, activity, child, **waiting)
    return activity


def test_the_next_day_with_its_light_who_is_there_and_what_is_fine(home: Home, club: Club) -> None:
    activity = put(club, a_day)
    home.open()
    assert home.page.title() == "Today, Thursday 3 December"
    words = home.words()
    assert "December club · Saturday 5 December, 10:00–14:00" in words
    assert "Ready" in words
    assert "Harbour Hall · 5 children booked, 1 waiting · Denise and Marcus" in words
    assert any(one.startswith("Fine: Ratio 1:4, lead worker, first aid") for one in words)
    home.click("Open: December club")
    assert home.gone == [("programme", activity)]


def test_what_is_fine_can_be_shown_and_put_away(home: Home, club: Club) -> None:
    put(club, a_day)
    home.open()
    assert not any("5 children need 2 adults" in one for one in home.words())
    home.click("Show what is fine")
    home.until_words("5 children need 2 adults; 2 can be counted: Denise and Marcus.")
    home.press("Hide what is fine")
    home.until(lambda: not any("5 children need 2 adults" in one for one in home.words()))


def test_a_missing_adult_is_asked_right_here_and_one_undo_takes_it_back(home: Home, club: Club) -> None:
    activity = put(club, lambda uow: a_day(uow, 9))
    home.open()
    assert "Not ready: 1 thing to fix" in home.words()
    home.click("Ratio 1:4: Ask Pauline")
    home.until(lambda: ("Pauline is down as asked.", True) in home.said)
    home.until_words("Denise and Marcus; Pauline has not answered yet")
    asked = [one.status for one in club.read(lambda uow: programme.duties(uow, activity))]
    assert asked.count(DutyStatus.ASKED) == 1
    home.jobs.change(lambda uow: undo(uow, rechecking), "Undo")
    home.until(lambda: "Ratio 1:4: Ask Pauline" in home.buttons())


def test_the_same_by_keys(home: Home, club: Club) -> None:
    put(club, lambda uow: a_day(uow, 9))
    home.open()
    home.press("Ratio 1:4: Ask Pauline")
    home.until_words("Pauline has not answered yet")


def test_other_fixes_lead_to_their_place(home: Home, club: Club) -> None:
    def trip(uow: UnitOfWork) -> UUID:
        activity = an_activity(uow, "Pantomime", kind=ActivityKind.TRIP, by_minibus=True)
        a_booking(uow, activity, a_child(uow))
        return activity

    activity = put(club, trip)
    home.open()
    home.click("Seats: Plan the journeys")
    home.click("Trip consent: See the consents")
    assert home.gone == [("transport", activity), ("consents", activity)]


def test_what_can_be_printed_is_chosen_from_a_menu(home: Home, club: Club) -> None:
    activity = put(club, a_day)
    home.open()
    home.click("Print…")
    menu = QApplication.activePopupWidget()
    assert menu is not None
    assert menu.accessibleName() == "Print"
    assert [one.text() for one in menu.actions()] == ["Paper register", "Consent pack", "Contacts sheet"]
    home.bot.keyClick(menu, Qt.Key.Key_Down)
    home.bot.keyClick(menu, Qt.Key.Key_Down)
    home.bot.keyClick(menu, Qt.Key.Key_Return)
    assert home.gone == [("print", ("consent-pack", activity))]


def test_on_the_day_the_register_is_the_first_thing(home: Home, club: Club) -> None:
    activity = put(club, a_day)
    assert isinstance(club.clock, FixedClock)
    club.clock.move_to(london_instant(SATURDAY, time(9)))
    home.open()
    assert "December club · today, 10:00–14:00" in home.words()
    home.click("Take the register: December club")
    home.click("Open: December club")
    assert home.gone == [("register", activity), ("programme", activity)]


def test_what_comes_after_stands_with_its_light_and_opens(home: Home, club: Club) -> None:
    put(club, a_day)
    later = put(club, lambda uow: an_activity(uow, "Pantomime", date(2026, 12, 22), kind=ActivityKind.TRIP))
    put(club, lambda uow: an_activity(uow, "January club", date(2027, 1, 2)))  # more than four weeks away
    home.open()
    row = next(one for one in home.buttons() if one.startswith("Tue 22 Dec  Pantomime, Not ready: "))
    home.click(row)
    assert home.gone == [("programme", later)]
    assert not any("January" in one for one in home.words())


def test_jobs_stand_by_how_pressing_they_are_and_lead_to_their_place(home: Home, club: Club) -> None:
    activity = put(club, a_day)
    home.open()
    words = home.words()
    order = ["Late", "Today", "Later this week"]
    assert [one for one in words if one in order] == order
    home.click("Ring round for December club: 6 families to ring")
    assert home.gone == [("ringround", activity)]


def test_a_chore_is_ticked_and_the_tick_taken_back(home: Home, club: Club) -> None:
    activity = put(club, an_activity)
    home.open()
    home.click("Done: Send invitations for December club")
    home.until(lambda: ("Ticked off.", True) in home.said)
    kinds = [one.kind for one in club.read(lambda uow: programme.chores(uow, [activity]))]
    assert kinds == [ChoreKind.INVITATIONS]
    home.click("3 jobs done this week")  # two until the week has been read again
    home.until(lambda: "Done: Send invitations for December club" in home.buttons())
    tick = home.button("Done: Send invitations for December club")
    assert isinstance(tick, QCheckBox)
    assert tick.isChecked()
    home.press("Done: Send invitations for December club")
    home.until(lambda: club.read(lambda uow: programme.chores(uow, [activity])) == ())
    home.until(lambda: home.said and home.said[-1] == ("Not ticked any more.", True)
)

def test_a_tick_that_cannot_be_kept_says_why_and_is_taken_back(
    home: Home, club: Club, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(club, an_activity)
    home.open()

    def fail(*_given: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(programme_service, "chore_done", fail)
    home.click("Done: Send invitations for December club")
    home.until(lambda: bool(home.errors))
    home.until(lambda: not checked(home, "Done: Send invitations for December club"))


def test_after_a_tick_by_keys_the_keyboard_is_on_the_next_thing(home: Home, club: Club) -> None:
    put(club, an_activity)
    home.open()
    home.press("Done: Book a hall for December club")
    home.until(lambda: ("Ticked off.", True) in home.said)
    home.until(lambda: "Done: Book a hall for December club" not in home.buttons())
    home.until(lambda: QApplication.focusWidget() is not None and QApplication.focusWidget().isVisible())
    held = QApplication.focusWidget()
    assert isinstance(held, QAbstractButton)
    assert "Send invitations for December club" in held.accessibleName()


def checked(home: Home, name: str) -> bool:
    found = [one for one in home.page.findChildren(QCheckBox) if one.isVisible() and one.accessibleName() == name]
    return any(one.isChecked() for one in found)


def test_only_the_first_jobs_and_papers_are_shown_until_more_are_wanted(home: Home, club: Club) -> None:
    def build(uow: UnitOfWork) -> None:
        a_day(uow)
        an_activity(uow, "Baking", SATURDAY, starts=time(15), ends=time(17))
        for number in range(5):
            a_vehicle(uow, f"AB{number} CDE", name=f"Bus {number}", mot_expires=date(2026, 12, 4 + number))

    put(club, build)
    home.open()
    assert sum(one.startswith("The MOT of Bus") for one in home.buttons()) == 4
    assert "and 1 more" in home.buttons()
    home.click("and 1 more")
    home.until(lambda: sum(one.startswith("The MOT of Bus") for one in home.buttons()) == 5)
    more = next(one for one in home.buttons() if one.startswith("and "))
    home.press(more)
    home.until(lambda: not any(one.startswith("and ") for one in home.buttons()))


def test_a_paper_that_has_ended_leads_to_its_bus(home: Home, club: Club) -> None:
    van = put(club, lambda uow: a_vehicle(uow, "YC19 VAN", name="Van", permit_expires=date(2026, 12, 1)))
    put(club, a_child)
    home.open()
    home.click("The section 19 permit of Van (YC19 VAN) ended on 1 Dec 2026")
    assert home.gone == [("transport", ("vehicle", van))]


def test_the_school_year_in_three_figures(home: Home, club: Club) -> None:
    def build(uow: UnitOfWork) -> None:
        activity = an_activity(uow, "November club", date(2026, 11, 7), status=ActivityStatus.DELIVERED)
        for number in range(3):
            kind = MarkKind.NO_SHOW if number == 2 else MarkKind.IN
            a_mark(uow, activity, number, kind, child_id=a_child(uow, f"Child{number}"))

    put(club, build)
    home.open()
    figures = [one.accessibleName() for one in home.page.findChildren(QLabel)]
    assert "2 children have come" in figures
    assert "8 hours of a break" in figures
    assert "1 time a child did not come, no word" in figures


def test_an_empty_club_says_why_and_offers_the_one_thing_to_do(home: Home) -> None:
    home.open()
    assert any(one.startswith("Nothing is here yet. Bring in the spreadsheets") for one in home.words())
    home.click("Bring in your spreadsheets")
    assert home.gone == [("import", None)]


def test_a_club_with_nothing_planned_offers_to_plan(home: Home, club: Club) -> None:
    put(club, a_child)
    home.open()
    assert "Nothing is planned in the next four weeks" in home.words()
    home.click("Plan a club or trip")
    assert home.gone == [("programme", None)]


def test_the_first_activity_brings_the_page_to_life(home: Home, club: Club) -> None:
    home.open()
    home.jobs.change(a_day, "Set up")
    home.until_words("December club · Saturday 5 December")
    assert "Open: December club" in home.buttons()


def test_after_midnight_the_page_is_of_the_new_day(home: Home, club: Club) -> None:
    put(club, a_day)
    home.open()
    assert isinstance(club.clock, FixedClock)
    club.clock.move_to(london_instant(date(2026, 12, 4), time(8)))
    home.again()
    home.until(lambda: home.page.title() == "Today, Friday 4 December")


def test_a_club_that_cannot_be_read_says_so_and_tries_again(
    home: Home, club: Club, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(club, a_day)
    good = club.read
    monkeypatch.setattr(club, "read", fails)
    home.page.show()
    home.until_words("This page could not be read.")
    assert isinstance(home.errors[0], OSError)
    monkeypatch.setattr(club, "read", good)
    home.click("Try again")
    home.until_words("December club · Saturday 5 December")


def fails(*_given: object) -> None:
    raise OSError("the stick was pulled out")


def test_long_names_stay_inside_the_window(home: Home, club: Club) -> None:
    long = "A very long day out to the museum of everything with all of us"

    def build(uow: UnitOfWork) -> None:
        for number in range(3):
            an_activity(uow, f"{long} {number}", date(2026, 12, 5 + number))

    put(club, build)
    home.page.resize(760, 700)
    home.open()
    assert home.page.width() == 760


def test_start_takes_one_read(club: Club, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    put(club, a_day)
    reads: list[object] = []
    real = club.read

    def counting(query: object) -> object:
        reads.append(query)
        return real(query)  # type: ignore[arg-type] # passed on as it came

    monkeypatch.setattr(club, "read", counting)
    home.open()
    assert len(reads) == 1

