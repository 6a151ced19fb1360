"""What needs doing: which day of the week each job falls on, what is late, done or still to come."""

from datetime import date, time, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from models.bootstrap import Club, UnitOfWork
from models.consents.rules import ConsentKind, ConsentState
from models.intake.reading import read_files
from models.intake.service import prepare, take_in
from models.kernel.clock import FixedClock, london_instant
from models.kernel.places import resources
from models.people.rules import ChildStatus
from models.programme.rules import ActivityKind, ActivityStatus, Answer, BookingStatus, ChoreKind, DutyStatus
from models.programme.service import chore_done
from models.readiness.glance import glance, so_far
from models.readiness.papers import ending_soon
from models.readiness.week import Job, When, getting_ready, today
from models.registers.rules import MarkKind
from tests.clubs import (
    SATURDAY,
    THURSDAY,
    a_booking,
    a_child,
    a_consent,
    a_contact,
    a_driver,
    a_duty,
    a_family,
    a_mark,
    a_vehicle,
    a_venue,
    an_activity,
    an_adult,
    new_club,
    put,
)

MONDAY, WEDNESDAY, FRIDAY = date(2026, 11, 30), date(2026, 12, 2), date(2026, 12, 4)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(london_instant(THURSDAY, time(9, 30)))


@pytest.fixture
def club(tmp_path: Path, clock: FixedClock) -> Club:
    return new_club(tmp_path, clock=clock)


def job(club: Club, start: str) -> Job:
    """The one job whose words begin so."""
    found = [one for one in club.read(today).jobs if one.words.startswith(start)]
    assert len(found) == 1, [one.words for one in club.read(today).jobs]
    return found[0]


def words(club: Club) -> list[str]:
    return [one.words for one in club.read(today).jobs]


@pytest.mark.parametrize(
    ("day", "monday", "friday"),
    [
        (date(2026, 12, 5), date(2026, 11, 30), date(2026, 12, 4)),  # a Saturday: the week it is in
        (date(2026, 12, 6), date(2026, 11, 30), date(2026, 12, 4)),  # a Sunday too
        (date(2026, 12, 22), date(2026, 12, 14), date(2026, 12, 18)),  # a Tuesday: the week before
        (date(2026, 12, 21), date(2026, 12, 14), date(2026, 12, 18)),  # a Monday
        (date(2026, 12, 18), date(2026, 12, 7), date(2026, 12, 11)),  # a Friday: nothing is printed on the day itself
        (date(2026, 12, 17), date(2026, 12, 7), date(2026, 12, 11)),
    ],
)  # fmt: skip
def test_everything_is_ready_by_the_last_friday_before(day: date, monday: date, friday: date) -> None:
    assert getting_ready(day, 0) == monday
    assert getting_ready(day, 3) == monday + timedelta(days=3)
    assert getting_ready(day, 4) == friday < day


def test_each_job_of_a_saturday_club_has_its_day(club: Club) -> None:
    def build(uow: UnitOfWork) -> None:
        activity = an_activity(uow, venue_id=a_venue(uow))
        a_booking(uow, activity, a_child(uow))
        a_duty(uow, activity, an_adult(uow, "Denise Okafor"), status=DutyStatus.ASKED)

    put(club, build)
    found = {one.words: (one.due, one.when, one.place) for one in club.read(today).jobs}
    assert found == {
        "Book Harbour Hall for December club": (MONDAY, When.LATE, "programme"),
        "Hear from Denise about December club": (MONDAY, When.LATE, "programme"),
        "Chase forms for December club: 1 child": (WEDNESDAY, When.LATE, "consents"),
        "Ring round for December club: 1 family to ring": (THURSDAY, When.NOW, "ringround"),
        "Print the paper register for December club": (FRIDAY, When.LATER, "print"),
        "December club: take the register": (SATURDAY, When.LATER, "register"),
        "Send invitations for December club": (MONDAY, When.DONE, "programme"),  # a child is booked, so they went out
    }


def test_late_comes_first_then_today_then_later_then_done(club: Club) -> None:
    put(club, lambda uow: a_booking(uow, an_activity(uow), a_child(uow)))
    order = [When.LATE, When.NOW, When.LATER, When.DONE]
    seen = [order.index(one.when) for one in club.read(today).jobs]
    assert seen == sorted(seen)
    assert set(seen) == {0, 1, 2, 3}


def test_a_tick_makes_a_chore_done_and_it_stays_to_be_seen_this_week(club: Club) -> None:
    activity = put(club, an_activity)
    assert job(club, "Send invitations").when is When.LATE
    assert job(club, "Book a hall").chore is ChoreKind.HALL
    put(club, lambda uow: chore_done(uow, activity, ChoreKind.INVITATIONS))
    put(club, lambda uow: chore_done(uow, activity, ChoreKind.HALL))
    put(club, lambda uow: chore_done(uow, activity, ChoreKind.PRINTED))
    assert job(club, "Send invitations").when is When.DONE
    assert job(club, "Book a hall").when is When.DONE
    assert job(club, "Print the paper register").when is When.DONE


def test_a_confirmed_plan_has_its_hall(club: Club) -> None:
    put(club, lambda uow: an_activity(uow, status=ActivityStatus.CONFIRMED))
    assert job(club, "Book a hall").when is When.DONE


def test_nobody_asked_yet_is_not_everybody_answered(club: Club) -> None:
    activity = put(club, an_activity)
    assert job(club, "Ask adults for December club").when is When.LATE
    put(club, lambda uow: a_duty(uow, activity, an_adult(uow)))
    assert job(club, "Adults for December club have answered").when is When.DONE


def test_two_adults_of_one_name_are_told_apart(club: Club) -> None:
    def build(uow: UnitOfWork) -> None:
        activity = an_activity(uow)
        for name in ("Marcus Hollis", "Marcus Reid"):
            a_duty(uow, activity, an_adult(uow, name), status=DutyStatus.ASKED)

    put(club, build)
    assert "Hear from Marcus Hollis and Marcus Reid about December club" in words(club)


def test_brothers_and_sisters_are_one_call(club: Club) -> None:
    def build(uow: UnitOfWork) -> UUID:
        activity, home = an_activity(uow), a_family(uow)
        a_booking(uow, activity, a_child(uow, "Niamh", "Osei", home))
        a_booking(uow, activity, a_child(uow, "Théo", "Osei", home), answer=Answer.COMING)
        a_booking(uow, activity, a_child(uow, "Mei", "Lin"), status=BookingStatus.WAITING, position=1)
        a_booking(uow, activity, a_child(uow, "Ada", "Roy"), answer=Answer.COMING)
        return activity

    put(club, build)
    assert job(club, "Ring round").words == "Ring round for December club: 2 families to ring"


def test_the_ring_round_is_done_when_everybody_has_answered(club: Club) -> None:
    put(club, lambda uow: a_booking(uow, an_activity(uow), a_child(uow), answer=Answer.NOT_COMING))
    assert job(club, "Everybody has answered for December club").when is When.DONE


def test_no_answer_and_ring_again_are_still_to_be_rung(club: Club) -> None:
    def build(uow: UnitOfWork) -> None:
        activity = an_activity(uow)
        a_booking(uow, activity, a_child(uow, "Mei", "Lin"), answer=Answer.NO_ANSWER)
        a_booking(uow, activity, a_child(uow, "Ada", "Roy"), answer=Answer.RING_AGAIN, ring_again=time(17))

    put(club, build)
    assert job(club, "Ring round").words.endswith("2 families to ring")


def test_a_trip_on_a_tuesday_is_got_ready_the_week_before(club: Club, clock: FixedClock) -> None:
    trip = put(club, lambda uow: an_activity(uow, "Pantomime", date(2026, 12, 22), kind=ActivityKind.TRIP))
    assert words(club) == []  # nothing of it falls in this week
    clock.move_to(london_instant(date(2026, 12, 17), time(9)))
    found = {one.words: (one.due, one.when) for one in club.read(today).jobs}
    assert found == {
        "Send invitations for Pantomime": (date(2026, 12, 14), When.LATE),
        "Ask adults for Pantomime": (date(2026, 12, 14), When.LATE),
        "Forms for Pantomime are all in": (date(2026, 12, 16), When.DONE),
        "Nobody to ring for Pantomime": (date(2026, 12, 17), When.DONE),
        "Print the trip pack for Pantomime": (date(2026, 12, 18), When.LATER),
    }
    assert job(club, "Print").item == ("trip-pack", trip)


def test_the_jobs_of_a_trip_stay_late_into_its_own_week(club: Club, clock: FixedClock) -> None:
    put(club, lambda uow: an_activity(uow, "Pantomime", date(2026, 12, 22), kind=ActivityKind.TRIP))
    clock.move_to(london_instant(date(2026, 12, 21), time(9)))
    assert job(club, "Print the trip pack").when is When.LATE
    assert job(club, "Pantomime: take the register").due == date(2026, 12, 22)
    assert not [one for one in words(club) if one.startswith("Forms")]  # done last week: no longer shown


def test_home_visits_wait_for_wednesday(club: Club) -> None:
    child = put(club, lambda uow: a_child(uow, "Leila", "Barre", status=ChildStatus.HOME_VISIT))
    visit = job(club, "1 home visit to make: Leila Barre")
    assert (visit.due, visit.when, visit.place, visit.item) == (WEDNESDAY, When.LATE, "children", child)
    put(club, lambda uow: a_child(uow, "Aylin", "Aksoy", status=ChildStatus.HOME_VISIT))
    assert job(club, "2 home visits to make: Aylin Aksoy and Leila Barre").item is ChildStatus.HOME_VISIT


def over(uow: UnitOfWork, status: ActivityStatus = ActivityStatus.DELIVERED) -> UUID:
    """Last month's club, with two siblings and one more who did not come and said nothing, and one who came."""
    activity = an_activity(uow, "November club", date(2026, 11, 28), status=status)
    home = a_family(uow)
    missing = [a_child(uow, "Niamh", "Osei", home), a_child(uow, "Théo", "Osei", home), a_child(uow, "Ada", "Roy")]
    for number, child in enumerate(missing, start=1):
        a_booking(uow, activity, child)
        a_mark(uow, activity, number, MarkKind.NO_SHOW, child_id=child)
    came = a_child(uow, "Mei", "Lin")
    a_booking(uow, activity, came)
    a_mark(uow, activity, 9, child_id=came)
    return activity


def test_families_who_did_not_come_are_called_on_the_monday_after(club: Club) -> None:
    activity = put(club, over)
    call = job(club, "Call 2 families who did not come to November club")
    assert (call.due, call.when, call.chore) == (MONDAY, When.LATE, ChoreKind.CALLED)
    put(club, lambda uow: chore_done(uow, activity, ChoreKind.CALLED))
    assert job(club, "Call 2 families").when is When.DONE


def test_a_day_that_is_over_still_has_its_register_to_close(club: Club) -> None:
    activity = put(club, lambda uow: over(uow, ActivityStatus.CONFIRMED))
    close = job(club, "Close the register of November club")
    assert (close.due, close.when, close.place, close.item) == (MONDAY, When.LATE, "register", activity)


def test_a_cancelled_day_asks_nothing(club: Club) -> None:
    put(club, lambda uow: an_activity(uow, status=ActivityStatus.CANCELLED))
    put(club, lambda uow: an_activity(uow, day=date(2026, 11, 28), status=ActivityStatus.CANCELLED))
    assert words(club) == []


def test_the_number_of_statements_does_not_grow_with_the_activities(club: Club) -> None:
    def days(first: int, many: int) -> None:
        def build(uow: UnitOfWork) -> None:
            for number in range(first, first + many):
                day = SATURDAY + timedelta(days=number)
                activity = an_activity(uow, f"Club {number}", day)
                child = a_child(uow, f"Child{number}")
                a_booking(uow, activity, child)
                a_consent(uow, child, ConsentKind.SAFEGUARDING, state=ConsentState.GRANTED)
                before = THURSDAY - timedelta(days=1 + number)
                past = an_activity(uow, f"Past {number}", before, status=ActivityStatus.DELIVERED)
                a_booking(uow, past, child)
                a_mark(uow, past, number, MarkKind.NO_SHOW, child_id=child)

        put(club, build)

    days(1, 2)
    few = statements(club)
    days(3, 12)
    assert statements(club) == few


def statements(club: Club) -> int:
    """How many statements the home screen takes."""
    from sqlalchemy import event

    seen: list[str] = []

    def look(uow: UnitOfWork) -> None:
        connection = uow.session.connection()
        event.listen(connection, "before_cursor_execute", lambda *given: seen.append(given[2]))
        glance(uow)

    club.read(look)
    return len(seen)


# --- papers ---


def test_what_ends_soon_is_told_soonest_first_with_its_place(club: Club) -> None:
    def build(uow: UnitOfWork) -> tuple[UUID, UUID]:
        marcus = a_driver(uow, "Marcus Bell", first_aid_expires=date(2026, 12, 12), licence_checked=date(2026, 11, 1))
        van = a_vehicle(uow, "YC19 VAN", name="Van", permit_expires=date(2026, 12, 1), mot_expires=date(2027, 3, 1))
        return marcus, van

    marcus, van = put(club, build)
    found = [(one.due, one.over, one.words, one.place, one.item) for one in club.read(ending_soon)]
    permit = "The section 19 permit of Van (YC19 VAN) ended on 1 Dec 2026"
    assert found == [
        (date(2026, 12, 1), True, permit, "transport", ("vehicle", van)),
        (date(2026, 12, 12), False, "Marcus’s paediatric first-aid certificate ends on 12 Dec 2026", "team", marcus),
    ]


def test_a_paper_that_ends_today_still_holds(club: Club) -> None:
    put(club, lambda uow: a_vehicle(uow, mot_expires=THURSDAY))
    assert [one.words.split(" ends ")[1:] for one in club.read(ending_soon)] == [["on 3 Dec 2026"]]
    assert not club.read(ending_soon)[0].over


def test_nobody_is_asked_for_papers_after_they_have_left(club: Club) -> None:
    put(club, lambda uow: an_adult(uow, first_aid_expires=date(2026, 11, 1), left_on=date(2026, 11, 1)))
    assert club.read(ending_soon) == ()


# --- the school year, and an empty club ---


def test_the_school_year_counts_children_hours_and_those_who_did_not_come(club: Club) -> None:
    put(club, over)
    figures = club.read(lambda uow: so_far(uow, THURSDAY))
    assert (figures.since, figures.children, figures.activities) == (date(2026, 9, 1), 1, 1)
    assert (figures.minutes, figures.did_not_come) == (240, 3)


def test_last_school_year_does_not_count(club: Club) -> None:
    def build(uow: UnitOfWork) -> None:
        activity = an_activity(uow, "August trip", date(2026, 8, 31), status=ActivityStatus.DELIVERED)
        a_mark(uow, activity, 1, child_id=a_child(uow))

    put(club, build)
    assert club.read(lambda uow: so_far(uow, THURSDAY)).children == 0


def test_a_new_club_is_empty_until_there_is_anybody(club: Club) -> None:
    assert club.read(glance).empty
    put(club, lambda uow: a_contact(uow, a_family(uow)))
    assert club.read(glance).empty
    put(club, a_child)
    assert not club.read(glance).empty


def test_the_sample_club_on_its_thursday(club: Club) -> None:
    preview = club.read(lambda uow: prepare(uow, read_files([resources() / "sample"])))
    put(club, lambda uow: take_in(uow, preview))
    seen = club.read(glance)
    assert [(one.due, one.when, one.words) for one in seen.today.jobs] == [
        (WEDNESDAY, When.LATE, "4 home visits to make: Minh Kowalska, Ifeoma Okafor and 2 more"),
        (THURSDAY, When.NOW, "Ring round for December club: 13 families to ring"),
        (FRIDAY, When.LATER, "Print the paper register for December club"),
        (SATURDAY, When.LATER, "December club: take the register"),
        (MONDAY, When.DONE, "Adults for December club have answered"),
        (MONDAY, When.DONE, "Book All Saints Community Centre for December club"),
        (MONDAY, When.DONE, "Send invitations for December club"),
        (WEDNESDAY, When.DONE, "Forms for December club are all in"),
    ]
    assert [one.activity.title for one in seen.today.next] == ["December club", "Pantomime"]
    assert seen.adults == ("Denise", "Marcus", "Shreya")
    assert [(one.due, one.over) for one in seen.ending[:3]] == [
        (date(2026, 9, 1), True), (date(2026, 12, 1), True), (date(2026, 12, 10), False),
    ]  # fmt: skip
    figures = seen.so_far
    assert (figures.children, figures.activities, figures.minutes, figures.did_not_come) == (24, 4, 10500, 3)
