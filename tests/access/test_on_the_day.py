"""What the roles mean: a sessional worker takes a register from end to end and sees the day's own children, no more."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from models.access.rules import Permission, Role
from models.access.today import ACTIVITY, BOOKED, BOOKING, CANCELLED, CHILD, DECLINED, DUTY, MARK
from models.bootstrap import Club
from models.consents import queries as consents
from models.documents import service as documents
from models.history.queries import recent, what_changed
from models.history.service import redo, undo
from models.kernel.clock import FixedClock, london_instant
from models.kernel.errors import Denied
from models.people import queries as people
from models.people import service as people_service
from models.people.rules import ChildStatus, CollectorKind, SeeKind
from models.programme import queries as programme
from models.programme.rules import ActivityStatus, BookingStatus, DutyStatus
from models.readiness import service as readiness_service
from models.readiness.glance import glance
from models.readiness.guard import Anyway, rechecking
from models.readiness.lines import Level
from models.readiness.queries import readiness
from models.registers import queries as registers
from models.registers import service as taking
from models.registers.rules import CollectedHow, MarkKind, Status
from models.reports.figures import figures
from models.search.queries import Kept, find
from models.storage.base import Base
from models.team import queries as team
from tests.access.roles import acting
from tests.clubs import (
    SATURDAY,
    a_booking,
    a_child,
    a_collector,
    a_contact,
    a_duty,
    a_family,
    a_mark,
    an_activity,
    an_adult,
    new_club,
    put,
)  # fmt: skip

ADDRESS = "12 Quay Street"
REASON = "Court order of 3 May"
REFERRED = "Referred because of her mother’s illness"
SUNDAY = SATURDAY + timedelta(days=1)


@dataclass(frozen=True)
class Day:
    """A club today with Maryam at it, one tomorrow with Théo, and Ines at neither."""

    club: Club
    clock: FixedClock
    today: UUID
    tomorrow: UUID
    maryam: UUID
    theo: UUID
    ines: UUID
    family: UUID
    adult: UUID


@pytest.fixture
def day(tmp_path: Path) -> Iterator[Day]:
    clock = FixedClock(london_instant(SATURDAY, time(10, 5)))
    club = new_club(tmp_path, clock=clock)
    made = put(club, lambda uow: _day(uow, club, clock))
    yield made
    club.close()


def _day(uow, club: Club, clock: FixedClock) -> Day:  # type: ignore[no-untyped-def]  # the unit of work of the store
    home = a_family(uow, address=ADDRESS, notes="Father has left; do not ask")
    a_contact(uow, home, email="leyla@example.org", parent_carer=True)
    facts = {
        "allergies": "Peanuts - carries EpiPen", "medical": "Asthma", "cares_for": "Mother", "notes": REFERRED,
        "condition_category": "Mental health", "referred_by": "Social care", "referral_date": date(2026, 2, 1),
    }  # fmt: skip
    maryam = a_child(uow, "Maryam", "Müller", home, **facts)
    theo = a_child(uow, "Théo", "Osei", a_family(uow, address="3 Dock Lane"), allergies="Egg")
    ines = a_child(uow, "Ines", "Silva", a_family(uow, address="9 Ropery Row"), status=ChildStatus.REFERRED)
    a_collector(uow, maryam, password="blue whale")
    a_collector(uow, maryam, "Tom Reed", kind=CollectorKind.MUST_NOT, reason=REASON)
    a_collector(uow, theo, "Ama Osei", kind=CollectorKind.MUST_NOT, reason=REASON)
    today = an_activity(uow, "December club", status=ActivityStatus.CONFIRMED, notes="Plan B is the park")
    tomorrow = an_activity(uow, "Sunday club", SUNDAY, status=ActivityStatus.CONFIRMED, risk_notes="Théo runs off")
    a_booking(uow, today, maryam, note="Mum comes late")
    a_booking(uow, tomorrow, theo, note="Grandmother in hospital")
    adult = an_adult(uow, "Denise Okafor", notes="On warning")
    a_duty(uow, today, adult)
    return Day(club, clock, today, tomorrow, maryam, theo, ines, home, adult)


# --- the register ------------------------------------------------------------------------------------------------


def test_a_sessional_worker_takes_a_register_from_end_to_end(day: Day) -> None:
    with acting(day.club, Role.SESSIONAL) as club:
        club.write(lambda uow: taking.record_mark(uow, day.today, kind=MarkKind.IN, adult_id=day.adult), "In")
        club.write(lambda uow: taking.record_mark(uow, day.today, kind=MarkKind.IN, child_id=day.maryam), "In")
        new = put(club, lambda uow: taking.add_unexpected_new_child(uow, day.today, "Bo", "Hill", phone="020 7946 01"))
        names = {line.called for line in club.read(lambda uow: registers.register(uow, day.today)).children}
        assert names == {"Maryam Müller", "Bo Hill"}
        assert club.read(lambda uow: people.child(uow, new)).contacts[0].phone == "020 7946 01"
        check = club.read(lambda uow: registers.who_may_collect(uow, day.today, day.maryam, "Blue Whale"))
        assert [one.name for one in check.may] == ["Omar Müller"]
        assert check.password_right
        for child in (day.maryam, new):
            club.write(
                lambda uow, child=child: taking.record_mark(  # type: ignore[misc]  # bound at once
                    uow, day.today, kind=MarkKind.OUT, child_id=child, collected_by="Omar Müller",
                    collected_how=CollectedHow.LISTED,
                ),
                "Out",
            )  # fmt: skip
        club.write(lambda uow: taking.close_day(uow, day.today), "Close")
        register = club.read(lambda uow: registers.register(uow, day.today))
    assert {line.state.status for line in register.children} == {Status.OUT}
    assert register.closed_at is not None
    assert register.activity.status is ActivityStatus.DELIVERED


def test_what_a_register_wrote_a_sessional_worker_may_take_back_and_do_again(day: Day) -> None:
    def stands(club: Club) -> tuple[bool, int, str]:
        register = club.read(lambda uow: registers.register(uow, day.today))
        return register.closed_at is not None, len(register.children), register.children[-1].ring_round_note

    with acting(day.club, Role.SESSIONAL) as club:
        put(club, lambda uow: taking.note_call(uow, day.today, day.maryam, "Bus is late"))
        put(club, lambda uow: taking.close_day(uow, day.today))
        put(club, lambda uow: taking.add_unexpected_new_child(uow, day.today, "Bo", "Hill", phone="020 7946 0001"))
        assert stands(club) == (True, 2, "Bus is late")
        for _ in range(3):
            club.write(lambda uow: undo(uow, rechecking), "Undo")
        assert stands(club) == (False, 1, "Mum comes late")
        for _ in range(3):
            club.write(lambda uow: redo(uow, rechecking), "Redo")
        assert stands(club) == (True, 2, "Bus is late")


# --- the day's own children, and no casework -----------------------------------------------------------------------


def test_of_a_child_who_is_here_the_facts_of_the_day_are_seen_and_no_casework(day: Day) -> None:
    with acting(day.club, Role.SESSIONAL) as club:
        seen = club.read(lambda uow: people.child(uow, day.maryam))
        row = club.read(people.children)
    assert (seen.child.allergies, seen.child.medical) == ("Peanuts - carries EpiPen", "Asthma")
    assert seen.contacts[0].phone == "020 7946 0101"
    assert seen.family.address == ADDRESS  # it is the day
    assert [one.called for one in row] == ["Maryam Müller"]
    assert row[0].phone == "020 7946 0101"
    told = repr((seen, row))
    for secret in (REFERRED, REASON, "Mental health", "Social care", "blue whale", "Father has left", "@"):
        assert secret not in told, secret
    assert not seen.contacts[0].parent_carer
    assert (seen.child.cares_for, seen.child.ethnicity) == ("", "")
    assert seen.child.referral_date is None


def test_a_lead_sees_the_reason_and_the_referral(day: Day) -> None:
    with acting(day.club, Role.LEAD) as club:
        seen = club.read(lambda uow: people.child(uow, day.maryam))
    assert seen.must_not_collect[0].reason == REASON
    assert (seen.child.notes, seen.child.referred_by) == (REFERRED, "Social care")


def test_the_day_before_there_is_no_address_no_medical_fact_and_no_card(day: Day) -> None:
    with acting(day.club, Role.SESSIONAL) as club:
        with pytest.raises(Denied):
            club.read(lambda uow: people.child(uow, day.theo))
        assert [home.address for home in club.read(people.families)] == [ADDRESS]
        assert "Dock Lane" not in repr(club.read(lambda uow: people.families(uow, None)))
        line = club.read(lambda uow: registers.register(uow, day.tomorrow)).children[0]
        young = club.read(lambda uow: people.day_children(uow, [day.theo]))[day.theo]
        assert [mark.kind for mark in line.see] == [SeeKind.COLLECTION]
        assert (line.ring_round_note, young.allergies, young.school) == ("", "", "")
        assert set(club.read(people.day_children)) == {day.maryam}
        day.clock.move_to(london_instant(SUNDAY, time(9)))
        assert club.read(lambda uow: people.child(uow, day.theo)).family.address == "3 Dock Lane"
        with pytest.raises(Denied):
            club.read(lambda uow: people.child(uow, day.maryam))


def test_the_warning_about_a_barred_collector_is_for_everybody_and_the_reason_is_not(day: Day) -> None:
    with acting(day.club, Role.SESSIONAL) as club:
        line = club.read(lambda uow: registers.register(uow, day.today)).children[0]
        here = club.read(lambda uow: registers.who_may_collect(uow, day.today, day.maryam))
        tomorrow = club.read(lambda uow: registers.who_may_collect(uow, day.tomorrow, day.theo))
        listed = club.read(lambda uow: people.collectors_for(uow, [day.maryam, day.theo]))
    assert line.must_not
    assert here.warning.startswith("Tom Reed must not collect.")
    assert tomorrow.warning.startswith("Ama Osei must not collect.")
    assert tomorrow.may == ()
    assert REASON not in repr((line, here, tomorrow, listed))
    assert set(listed) == {day.maryam}


def test_notes_of_planning_are_seen_on_the_day_alone(day: Day) -> None:
    with acting(day.club, Role.SESSIONAL) as club:
        plans = club.read(programme.activities)
        assert [row.notes for row in plans] == ["Plan B is the park", ""]
        assert "runs off" not in repr(plans)
        notes = club.read(lambda uow: programme.bookings_of(uow, [day.today, day.tomorrow]))
        assert sorted(row.note for row in notes) == ["", "Mum comes late"]
        card = club.read(lambda uow: team.adult(uow, day.adult))
        assert (card.mobile, card.notes, card.dbs_issued, card.birth_date) == ("07700 900123", "", None, None)


def test_what_was_noted_at_the_door_is_of_its_own_day_for_those_who_work_on_it(day: Day) -> None:
    """A dose, a bump, who took the child home: medical and collection facts of another day."""
    home, dose = "Omar Müller", "Two puffs at noon"

    def told(club: Club) -> str:
        return repr((
            club.read(lambda uow: registers.register(uow, day.today)).children,
            club.read(lambda uow: registers.marks_of(uow, [day.today])),
            club.read(lambda uow: registers.marks_of_person(uow, day.today, child_id=day.maryam)),
            club.read(lambda uow: registers.state_of(uow, day.today, child_id=day.maryam)),
            club.read(lambda uow: registers.states_of(uow, day.today, [day.maryam])),
        ))  # fmt: skip

    for kind, more in ((MarkKind.IN, {}), (MarkKind.OUT, {"collected_by": home, "note": dose})):
        put(
            day.club,
            lambda uow, kind=kind, more=more: a_mark(uow, day.today, 1 + len(more), kind, child_id=day.maryam, **more),
        )  # type: ignore[misc]  # bound at once
    with acting(day.club, Role.SESSIONAL) as club:
        assert told(club).count(dose) == told(club).count(home) == 5
        day.clock.move_to(london_instant(SUNDAY, time(9)))
        assert "Status.OUT" in told(club)
        assert dose not in told(club)
        assert home not in told(club)
        assert not {dose, home} & {line.after for row in club.read(lambda uow: recent(uow, 500)) for line in row.lines}
    with acting(day.club, Role.LEAD) as club:
        assert told(club).count(dose) == 5


def test_search_finds_nobody_who_is_not_here_today(day: Day) -> None:
    with acting(day.club, Role.SESSIONAL) as club:
        assert [one.title for one in club.read(lambda uow: find(uow, "mar"))] == ["Maryam Müller"]
        for letters in ("osei", "oseu", "silva", "Théo"):
            assert club.read(lambda uow, text=letters: find(uow, text)) == ()  # type: ignore[misc]  # a lambda
        assert "Active" not in club.read(lambda uow: find(uow, "maryam"))[0].detail
    with acting(day.club, Role.LEAD) as club:
        assert [one.title for one in club.read(lambda uow: find(uow, "silva"))] == ["Ines Silva"]


def test_what_one_person_searched_through_is_not_kept_for_the_next(day: Day) -> None:
    kept = Kept()

    def found(text: str) -> list[str]:
        return [one.title for one in day.club.read(lambda uow: find(uow, text, kept=kept))]

    assert found("silva") == ["Ines Silva"]
    with acting(day.club, Role.SESSIONAL):
        assert (found("silva"), found("silvo"), found("mar")) == ([], [], ["Maryam Müller"])
        put(day.club, lambda uow: taking.record_mark(uow, day.today, kind=MarkKind.IN, child_id=day.theo))
        assert found("theo") == ["Théo Osei"]  # who came without a place
        day.clock.move_to(london_instant(SUNDAY + timedelta(days=1), time(9)))
        assert (found("theo"), found("mar")) == ([], [])
    with acting(day.club, Role.SESSIONAL, activity=day.today):
        assert (found("sunday"), found("mar")) == ([], ["Maryam Müller"])
    assert found("silva") == ["Ines Silva"]


def test_the_door_may_know_who_might_turn_up_by_name_alone(day: Day) -> None:
    with acting(day.club, Role.SESSIONAL) as club:
        names = [one.called for one in club.read(people.who_may_turn_up)]
    assert names == ["Maryam Müller", "Théo Osei"]  # that Ines is referred is casework
    with acting(day.club, Role.LEAD) as club:
        assert len(club.read(people.who_may_turn_up)) == 3


def test_today_shows_a_sessional_worker_how_plans_stand_without_names(day: Day) -> None:
    with acting(day.club, Role.SESSIONAL) as club:
        seen = club.read(glance)
        with pytest.raises(Denied):
            club.read(lambda uow: readiness(uow, day.today))
    answers = seen.today.next
    assert [job.place for job in seen.today.jobs] == ["register"] * len(seen.today.jobs)
    assert seen.ending == ()
    assert all(not line.people and line.fix is None for answer in answers for line in answer.lines)
    whole = day.club.read(lambda uow: readiness(uow, day.today))
    assert [line.level for line in answers[0].lines] == [line.level for line in whole.lines]
    assert whole.light is not Level.OK
    assert not any(name in repr(answer.lines) for answer in answers for name in ("Maryam", "Théo", "Denise"))


# --- history, undo, paper, reports ---------------------------------------------------------------------------------


def test_history_shows_only_what_may_be_seen(day: Day) -> None:
    put(day.club, lambda uow: people_service.edit_child(uow, day.maryam, None, {"notes": "At risk"}))
    with acting(day.club, Role.SESSIONAL) as club:
        rows = club.read(lambda uow: recent(uow, 500))
        assert club.read(lambda uow: what_changed(uow, day.maryam, day.family)) == ()
    assert {row.kind for row in rows} == {"club or trip", "place", "adult’s place"}
    assert "Mum comes late" not in repr(rows)
    with acting(day.club, Role.LEAD) as club:
        assert club.read(lambda uow: what_changed(uow, day.maryam))[0].lines[0].after == "At risk"


def test_one_takes_back_only_what_one_may_still_do(day: Day) -> None:
    with acting(day.club, Role.LEAD) as club:
        put(club, lambda uow: people_service.edit_child(uow, day.maryam, None, {"school": "Dock Lane"}))
    with acting(day.club, Role.SESSIONAL) as club, pytest.raises(Denied, match="may not edit families"):
        club.write(lambda uow: undo(uow, rechecking), "Undo")
    with acting(day.club, Role.LEAD) as club:
        club.write(lambda uow: undo(uow, rechecking), "Undo")
    assert day.club.read(lambda uow: people.child(uow, day.maryam)).child.school == "Quayside Primary"


@pytest.mark.parametrize("what", list(documents.What))
def test_a_sessional_worker_prints_nothing(day: Day, what: str) -> None:
    with acting(day.club, Role.SESSIONAL) as club, pytest.raises(Denied, match="may not print documents"):
        club.read(lambda uow: documents.make(uow, what, day.today))


def test_every_kind_of_paper_says_what_it_needs() -> None:
    assert set(documents.NEEDS) == set(documents.What)
    assert all(documents.NEEDS.values())


def test_reports_and_consents_are_not_for_the_day(day: Day) -> None:
    with acting(day.club, Role.SESSIONAL) as club:
        with pytest.raises(Denied, match="may not see reports"):
            club.read(lambda uow: figures(uow, SATURDAY, SATURDAY))
        with pytest.raises(Denied, match="may not see families"):
            club.read(consents.matrix)
        assert len(club.read(lambda uow: programme.bookings_of_child(uow, day.maryam))) == 1
        assert club.read(lambda uow: programme.bookings_of_child(uow, day.theo)) == ()
        assert club.read(registers.outcomes) == ()


def test_a_lead_is_told_who_may_go_ahead_anyway(day: Day) -> None:
    with acting(day.club, Role.LEAD) as club, pytest.raises(Denied) as refused:
        club.write(
            lambda uow: readiness_service.go_ahead(uow, day.tomorrow, "ratio", Anyway("It will be fine")), "Anyway"
        )
    assert refused.value.permission == Permission.GO_AHEAD
    assert "Only a manager" in refused.value.what
    put(day.club, lambda uow: readiness_service.go_ahead(uow, day.tomorrow, "ratio", Anyway("It will be fine")))


# --- held to one activity --------------------------------------------------------------------------------------------


def test_who_signed_in_with_the_pin_has_that_activity_alone(day: Day) -> None:
    with acting(day.club, Role.SESSIONAL, activity=day.today) as club:
        assert [row.title for row in club.read(programme.activities)] == ["December club"]
        assert [one.kind for one in club.read(lambda uow: find(uow, "club"))] == ["activity"]
        put(club, lambda uow: taking.record_mark(uow, day.today, kind=MarkKind.IN, child_id=day.maryam))
        for call in (registers.register, registers.collection_today, registers.sheets, programme.activity):
            with pytest.raises(Denied, match="for one club or trip alone"):
                club.read(lambda uow, call=call: call(uow, day.tomorrow))  # type: ignore[misc]  # a lambda
        seen = club.read(lambda uow: recent(uow, 500)) + club.read(lambda uow: what_changed(uow, day.tomorrow))
        assert "Maryam Müller at December club" in repr(seen)
        assert "Sunday club" not in repr(seen)
        with pytest.raises(Denied):
            put(club, lambda uow: taking.record_mark(uow, day.tomorrow, kind=MarkKind.IN, child_id=day.theo))
        with pytest.raises(Denied):
            put(club, lambda uow: taking.close_day(uow, day.tomorrow))
        with pytest.raises(Denied):
            club.read(lambda uow: people.child(uow, day.theo))


def test_the_names_of_tables_that_today_is_worked_out_from_are_right() -> None:
    for table in (ACTIVITY, BOOKING, MARK, CHILD, DUTY):
        assert {column.name for column in table.columns} <= set(Base.metadata.tables[table.name].columns.keys())
    said = ActivityStatus.CANCELLED, BookingStatus.BOOKED, DutyStatus.DECLINED
    assert said == (CANCELLED, BOOKED, DECLINED)
