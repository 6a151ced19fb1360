"""The light and the guard: what a draft allows, what a confirmed plan refuses, and going ahead anyway."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from models.access.service import edit_club
from models.bootstrap import Club, UnitOfWork
from models.consents.rules import ConsentKind, ConsentState
from models.consents.service import reconfirm_by_phone
from models.history.service import undo
from models.kernel.errors import BadInput, Full, Refused
from models.people.service import edit_child
from models.programme import queries as programme
from models.programme.rules import ActivityKind, ActivityStatus, Answer, BookingStatus, DutyRole, DutyStatus
from models.programme.service import add_term
from models.readiness import service
from models.readiness.guard import Anyway, rechecking
from models.readiness.lines import Do, Fix, Level, Line, RuleKind, worse_blocks
from models.readiness.queries import readiness
from models.team.service import leave
from tests.clubs import (
    SATURDAY,
    a_booking,
    a_child,
    a_consent,
    a_duty,
    a_leg,
    a_seat,
    a_vehicle,
    a_venue,
    an_activity,
    an_adult,
    new_club,
    put,
)

TEAM = ("Denise Achebe", "Marcus Hollis", "Shreya Raman")


class Day:
    """A Saturday club with three adults and some children booked."""

    def __init__(self, club: Club, children: int, status: ActivityStatus = ActivityStatus.DRAFT) -> None:
        self.club = club
        self.adults: list[UUID] = []
        self.children: list[UUID] = []
        self.activity: UUID = put(club, lambda uow: self._build(uow, children, status))

    def _build(self, uow: UnitOfWork, children: int, status: ActivityStatus) -> UUID:
        self.adults = [an_adult(uow, name) for name in TEAM]
        activity = an_activity(uow, status=status, lead_id=self.adults[0], venue_id=a_venue(uow), capacity=None)
        for adult in self.adults:
            a_duty(uow, activity, adult)
        for number in range(children):
            child = self.a_child(uow, f"Child{number:02}")
            a_booking(uow, activity, child)
        return activity

    def a_child(self, uow: UnitOfWork, first: str) -> UUID:
        child = a_child(uow, first, "Lee")
        a_consent(uow, child, ConsentKind.SAFEGUARDING, state=ConsentState.GRANTED)
        self.children.append(child)
        return child

    def another(self) -> UUID:
        return put(self.club, lambda uow: self.a_child(uow, "Thirteenth"))

    def line(self, rule: str) -> Line:
        answer = self.club.read(lambda uow: readiness(uow, self.activity))
        return next(line for line in answer.lines if line.rule == rule)

    def ready(self) -> bool:
        return self.club.read(lambda uow: readiness(uow, self.activity)).ready

    def status(self) -> ActivityStatus:
        return self.club.read(lambda uow: programme.activity(uow, self.activity)).status

    def booked(self) -> int:
        return self.club.read(lambda uow: programme.activity(uow, self.activity)).booked

    def bookings(self, uow: UnitOfWork) -> Sequence[programme.BookingRow]:
        return programme.bookings_of(uow, [self.activity])

    def duty(self, name: str) -> UUID:
        adult = self.adults[TEAM.index(name)]
        duties = self.club.read(lambda uow: programme.duties(uow, self.activity))
        return next(duty.id for duty in duties if duty.adult_id == adult)


@pytest.fixture
def club(tmp_path: Path) -> Club:
    return new_club(tmp_path, today=date(2026, 12, 3))


def test_twelve_children_and_three_adults_are_ready(club: Club) -> None:
    day = Day(club, 12)
    assert day.ready()
    assert day.line("ratio").text == "12 children need 3 adults; 3 can be counted: Denise, Marcus and Shreya."


def test_in_a_draft_the_thirteenth_books_the_light_turns_and_confirming_is_refused(club: Club) -> None:
    day = Day(club, 12)
    put(club, lambda uow: service.book_child(uow, day.activity, day.another()))
    assert day.booked() == 13
    assert (day.line("ratio").level, day.line("ratio").weight) == (Level.BLOCK, 1)
    with pytest.raises(Refused, match="13 children need 4 adults; 3 can be counted") as refused:
        put(club, lambda uow: service.confirm(uow, day.activity))
    assert refused.value.can_go_ahead
    assert day.status() is ActivityStatus.DRAFT


def test_a_confirmed_plan_refuses_the_thirteenth_and_one_adult_fewer(club: Club) -> None:
    day = Day(club, 12, ActivityStatus.CONFIRMED)
    newcomer = day.another()
    with pytest.raises(Refused, match="13 children need 4"):
        put(club, lambda uow: service.book_child(uow, day.activity, newcomer))
    assert day.booked() == 12
    with pytest.raises(Refused, match="12 children need 3 adults; 2 can be counted"):
        put(club, lambda uow: service.remove_adult(uow, day.duty("Shreya Raman")))
    assert day.ready()


def test_a_change_that_helps_a_red_plan_is_never_refused(club: Club) -> None:
    day = Day(club, 14, ActivityStatus.CONFIRMED)
    bookings = club.read(lambda uow: programme.bookings(uow, day.activity))
    put(club, lambda uow: service.cancel_booking(uow, bookings[0].id))
    assert day.booked() == 13
    assert not day.ready()


def test_going_ahead_anyway_needs_a_reason_and_holds_for_the_very_same_line_only(club: Club) -> None:
    day = Day(club, 12, ActivityStatus.CONFIRMED)
    newcomer, next_one = day.another(), day.another()
    with pytest.raises(BadInput, match="reason"):
        put(club, lambda uow: service.book_child(uow, day.activity, newcomer, Anyway(" ")))
    put(club, lambda uow: service.book_child(uow, day.activity, newcomer, Anyway("Marcus’s sister joins at ten")))
    assert day.ready()
    assert day.line("ratio").level is Level.WARN
    assert "Marcus’s sister joins at ten" in day.line("ratio").text
    with pytest.raises(Refused):
        put(club, lambda uow: service.book_child(uow, day.activity, next_one))
    with pytest.raises(Refused):
        put(club, lambda uow: service.remove_adult(uow, day.duty("Marcus Hollis")))


def test_a_decision_holds_while_the_same_is_in_the_way_whatever_else_is_said(club: Club) -> None:
    def crowd(uow: UnitOfWork) -> UUID:
        trip = an_activity(uow, "Pantomime", kind=ActivityKind.TRIP)
        for number in range(70):  # more names than a decision's record has letters for
            a_booking(uow, trip, a_child(uow, f"Bartholomew{number:02}", "Featherstonehaugh"))
        return trip

    trip = put(club, crowd)
    old = put(club, lambda uow: a_child(uow, "Ann", "Old"))
    put(club, lambda uow: a_consent(uow, old, signed_on=date(2024, 1, 1)))
    put(club, lambda uow: a_booking(uow, trip, old))
    put(club, lambda uow: service.go_ahead(uow, trip, "trip-consent", Anyway("All signed at the door")))
    assert consent_line(club, trip).level is Level.WARN
    put(club, lambda uow: reconfirm_by_phone(uow, old, ConsentKind.TRIP, None, "Her mother says yes"))
    assert consent_line(club, trip).level is Level.WARN
    put(club, lambda uow: a_booking(uow, trip, a_child(uow, "Zed", "Zeal")))
    assert consent_line(club, trip).level is Level.BLOCK


def test_the_clubs_own_ratio_holds_on_its_buses_too(club: Club) -> None:
    def plan(uow: UnitOfWork) -> UUID:
        trip = an_activity(uow, "Farm", kind=ActivityKind.TRIP, by_minibus=True)
        leg, helper = a_leg(uow, trip, a_vehicle(uow)), an_adult(uow)
        a_duty(uow, trip, helper)
        a_seat(uow, leg, adult_id=helper)
        for number in range(4):
            child = a_child(uow, f"Child{number}", "Lee")
            a_booking(uow, trip, child)
            a_seat(uow, leg, child_id=child)
        return trip

    def seats(trip: UUID) -> str:
        answer = club.read(lambda uow: readiness(uow, trip))
        return next(line.text for line in answer.lines if line.rule == "seats")

    trip = put(club, plan)
    assert "passenger assistant" not in seats(trip)
    put(club, lambda uow: edit_club(uow, None, {"children_per_adult": 3}))
    assert "needs 2 passenger assistants besides the driver; 1 so far" in seats(trip)


def consent_line(club: Club, trip: UUID) -> Line:
    answer = club.read(lambda uow: readiness(uow, trip))
    return next(line for line in answer.lines if line.rule == "trip-consent")


def test_a_reason_given_for_one_thirteenth_child_is_not_one_for_the_next(club: Club) -> None:
    day = Day(club, 12, ActivityStatus.CONFIRMED)
    sibling, other = day.another(), day.another()
    booking = put(club, lambda uow: service.book_child(uow, day.activity, sibling, Anyway("A sister, for an hour")))
    put(club, lambda uow: service.cancel_booking(uow, booking))
    with pytest.raises(Refused, match="13 children need 4 adults"):
        put(club, lambda uow: service.book_child(uow, day.activity, other))
    assert put(club, lambda uow: undo(uow, rechecking)) == "Set up"
    assert (day.booked(), day.line("ratio").set_aside) == (13, "A sister, for an hour")


def test_a_confirmed_plan_does_not_pass_from_house_policy_to_breaking_the_law() -> None:
    unconfirmed = Line("driver", "Driver", Level.BLOCK, RuleKind.HOUSE, "Bert has not confirmed.", weight=1)
    unlicensed = replace(unconfirmed, kind=RuleKind.LAW, text="Ann has no licence.")
    assert worse_blocks((unconfirmed,), (unlicensed,)) == (unlicensed,)
    assert worse_blocks((unlicensed,), (unconfirmed,)) == ()


def test_the_adult_of_a_one_to_one_child_who_leaves_is_free_for_the_group(club: Club) -> None:
    day = Day(club, 5, ActivityStatus.CONFIRMED)
    put(club, lambda uow: edit_child(uow, day.children[0], None, {"one_to_one": 1}))
    alone = {"role": DutyRole.ONE_TO_ONE, "one_to_one_child_id": day.children[0]}
    put(club, lambda uow: service.change_duty(uow, day.duty("Shreya Raman"), None, alone))
    put(club, lambda uow: service.remove_adult(uow, day.duty("Marcus Hollis")))
    booking = next(one for one in club.read(day.bookings) if one.child_id == day.children[0])
    put(club, lambda uow: service.cancel_booking(uow, booking.id))
    assert day.ready()
    assert "2 can be counted" in day.line("ratio").text


def test_only_confirmed_grown_up_cleared_adults_count(club: Club) -> None:
    day = Day(club, 12)

    def add(uow: UnitOfWork) -> UUID:
        a_duty(uow, day.activity, an_adult(uow, "Bethan Price", birth_date=date(2009, 5, 9)))
        a_duty(uow, day.activity, an_adult(uow, "Yusuf Cole", cleared_on=None))
        asked = an_adult(uow, "Pauline Gray")
        a_duty(uow, day.activity, asked, status=DutyStatus.ASKED)
        return asked

    pauline = put(club, add)
    put(club, lambda uow: service.book_child(uow, day.activity, day.another()))
    text = day.line("ratio").text
    assert "13 children need 4 adults; 3 can be counted." in text
    assert "Bethan is 17 that day" in text
    assert "Pauline has not confirmed" in text
    assert "Yusuf has not been cleared by the manager" in text
    assert day.line("ratio").fix == Fix("Pauline said yes", Do.CONFIRM_ADULT, pauline)


def test_an_adult_who_has_left_by_then_is_not_counted_nor_leads(club: Club) -> None:
    day = Day(club, 12, ActivityStatus.CONFIRMED)
    put(club, lambda uow: leave(uow, day.adults[0], None, SATURDAY))
    assert "Denise has left the team" in day.line("ratio").text
    assert "Denise has left the team, so nobody is down to lead" in day.line("lead").text
    assert not day.ready()
    put(club, lambda uow: leave(uow, day.adults[0], None, date(2026, 12, 6)))
    assert day.ready()


def test_a_fix_offers_only_who_works_that_day(club: Club) -> None:
    day = Day(club, 12)

    def spare(uow: UnitOfWork) -> UUID:
        autumn = {"name": "Autumn 2026", "starts": date(2026, 9, 1), "ends": date(2026, 12, 18)}
        add_term(uow, autumn)
        an_adult(uow, "Pauline Gray", usual_days="School holidays")
        return an_adult(uow, "Yusuf Cole", usual_days="Sat, not December")

    put(club, spare)
    put(club, lambda uow: service.book_child(uow, day.activity, day.another()))
    assert day.line("ratio").fix == Fix("Move a child to waiting", Do.CHOOSE_CHILDREN)
    anya = put(club, lambda uow: an_adult(uow, "Anya Cole", usual_days="Sat"))
    assert day.line("ratio").fix == Fix("Ask Anya", Do.ASK_ADULT, anya)


def test_a_lapsed_certificate_takes_away_only_the_first_aider(club: Club) -> None:
    day = Day(club, 12)

    def lapse(uow: UnitOfWork) -> None:
        from models.team.records import AdultRecord

        for adult in day.adults:
            uow.get(AdultRecord, adult).first_aid_expires = date(2026, 12, 4)

    put(club, lapse)
    assert day.line("first-aid").level is Level.BLOCK
    assert day.line("ratio").level is Level.OK


def test_a_missing_safeguarding_form_warns_and_never_blocks(club: Club) -> None:
    day = Day(club, 11, ActivityStatus.CONFIRMED)
    newcomer = put(club, lambda uow: a_child(uow, "Théo", "Osei"))
    put(club, lambda uow: service.book_child(uow, day.activity, newcomer))
    assert day.line("safeguarding-form").level is Level.WARN
    assert "Théo Osei" in day.line("safeguarding-form").text
    assert day.ready()


def test_a_full_place_is_a_hard_stop_whatever_the_reason(club: Club) -> None:
    day = Day(club, 12)

    def fill(uow: UnitOfWork) -> None:
        service.change_activity(uow, day.activity, None, {"capacity": 12})

    put(club, fill)
    newcomer = day.another()
    with pytest.raises(Full):
        put(club, lambda uow: service.book_child(uow, day.activity, newcomer, Anyway("please")))


def test_not_coming_frees_the_place_and_the_waiting_child_gets_it(club: Club) -> None:
    day = Day(club, 12, ActivityStatus.CONFIRMED)
    waiting = put(club, lambda uow: service.wait_for_place(uow, day.activity, day.another()))
    first = club.read(lambda uow: programme.bookings(uow, day.activity))
    gone = next(row for row in first if row.status is BookingStatus.BOOKED)
    put(club, lambda uow: service.family_answered(uow, gone.id, gone.version, Answer.NOT_COMING))
    assert day.booked() == 11
    put(club, lambda uow: service.give_place(uow, waiting))
    assert day.booked() == 12


def test_trip_consent_blocks_where_never_given_and_warns_where_old(club: Club) -> None:
    def build(uow: UnitOfWork) -> tuple[UUID, UUID]:
        trip = an_activity(uow, "Pantomime", date(2026, 12, 22), kind=ActivityKind.TRIP, by_minibus=False)
        never, old = a_child(uow, "Rafael", "Świątek"), a_child(uow, "Niamh", "Lee")
        a_consent(uow, old, ConsentKind.TRIP, state=ConsentState.GRANTED, signed_on=date(2025, 8, 23))
        a_booking(uow, trip, never)
        a_booking(uow, trip, old)
        return trip, old

    trip, old = put(club, build)

    def line() -> Line:
        lines = club.read(lambda uow: readiness(uow, trip)).lines
        return next(one for one in lines if one.rule == "trip-consent")

    assert line().level is Level.BLOCK
    assert line().text.startswith("Never asked: Rafael Świątek.")
    assert "Niamh Lee" in line().text
    assert line().weight == 1
    from models.consents.service import reconfirm_by_phone

    put(club, lambda uow: reconfirm_by_phone(uow, old, ConsentKind.TRIP, date(2026, 12, 3), "Gran said yes"))
    assert "Niamh Lee" not in line().text
