"""The day as it happened: always recorded, never rewritten."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event

from models.access.permissions import Permission
from models.bootstrap import UnitOfWork
from models.kernel.clock import FixedClock, london_instant
from models.kernel.errors import BadInput, Denied, NotFound, Stale
from models.people import queries as people
from models.people.rules import ChildStatus, CollectorKind, SeeKind
from models.programme import queries as programme
from models.programme import service as programme_service
from models.programme.rules import ActivityStatus, BookingStatus, ChoreKind, DutyStatus
from models.registers import queries, service
from models.registers.queries import ChildLine, Register
from models.registers.rules import CollectedHow, MarkKind, MarkSource, Outcome, Status
from models.registers.service import KeyedRow
from tests.clubs import (
    DEVICE,
    SATURDAY,
    a_booking,
    a_child,
    a_collector,
    a_duty,
    a_family,
    an_activity,
    an_adult,
    new_club,
    put,
)


class Day:
    """A confirmed club on Saturday, 10:00 to 14:00, with Ama and Ben Osei (siblings) and Cas Quist booked."""

    def __init__(self, folder: Path) -> None:
        self.clock = FixedClock(london_instant(SATURDAY, time(10)))
        self.club = new_club(folder, clock=self.clock)
        self.activity = self.put(lambda uow: an_activity(uow, status=ActivityStatus.CONFIRMED, capacity=3))
        home = self.put(a_family)
        self.ama = self.put(lambda uow: a_child(uow, "Ama", "Osei", home))
        self.ben = self.put(lambda uow: a_child(uow, "Ben", "Osei", home))
        self.cas = self.put(lambda uow: a_child(uow, "Cas", "Quist"))
        for child in (self.ama, self.ben, self.cas):
            self.booked(child)

    def put(self, change: Callable[[UnitOfWork], Any]) -> Any:
        return put(self.club, change)

    def booked(self, child: UUID) -> None:
        self.put(lambda uow: a_booking(uow, self.activity, child))

    def adult(self, name: str, **values: Any) -> UUID:
        adult: UUID = self.put(lambda uow: an_adult(uow, name))
        self.put(lambda uow: a_duty(uow, self.activity, adult, **values))
        return adult

    def mark(self, kind: MarkKind, child: UUID | None = None, **values: Any) -> UUID:
        mark: UUID = self.put(lambda uow: service.record_mark(uow, self.activity, kind=kind, child_id=child, **values))
        return mark

    def at(self, hour: int, minute: int = 0) -> datetime:
        return london_instant(SATURDAY, time(hour, minute))

    def move_to(self, hour: int, minute: int = 0) -> None:
        self.clock.move_to(self.at(hour, minute))

    @property
    def register(self) -> Register:
        return self.club.read(lambda uow: queries.register(uow, self.activity))

    def line(self, child: UUID) -> ChildLine:
        return next(line for line in self.register.children if line.child_id == child)

    def status(self, child: UUID) -> Status:
        return self.line(child).state.status

    def refusal(self, change: Callable[[UnitOfWork], Any]) -> BadInput:
        with pytest.raises(BadInput) as caught:
            self.put(change)
        return caught.value


@pytest.fixture
def day(tmp_path: Path) -> Iterator[Day]:
    day = Day(tmp_path)
    yield day
    day.club.close()


def test_everybody_booked_is_due_in_order_of_surname(day: Day) -> None:
    put(
        day.club,
        lambda uow: a_booking(uow, day.activity, a_child(uow, "Gone", "Abara"), status=BookingStatus.NOT_COMING),
    )
    register = day.register
    assert [line.called for line in register.children] == ["Ama Osei", "Ben Osei", "Cas Quist"]
    assert (register.live.due, register.live.inside) == (3, 0)
    assert register.closed_at is None


def test_one_action_in_one_out_with_who_collected(day: Day) -> None:
    day.mark(MarkKind.IN, day.ama)
    day.move_to(13, 55)
    day.mark(MarkKind.OUT, day.ama, collected_by="Omar Müller", collected_how=CollectedHow.LISTED)
    state = day.line(day.ama).state
    assert (state.status, state.in_at, state.out_at) == (Status.OUT, day.at(10), day.at(13, 55))
    assert (state.collected_by, state.collected_how) == ("Omar Müller", CollectedHow.LISTED)


def test_a_mark_says_who_entered_it_when_and_on_which_machine(day: Day) -> None:
    day.mark(MarkKind.IN, day.ama)
    day.mark(MarkKind.ABSENT, day.ben, note="Chickenpox")
    first, second = day.club.read(lambda uow: queries.marks_of(uow, [day.activity]))
    assert (first.device, first.number, second.number) == (DEVICE, 1, 2)
    assert first.entered_at == day.at(10)
    assert first.entered_by == day.club.actor.name
    assert (second.kind, second.note) == (MarkKind.ABSENT, "Chickenpox")


@pytest.mark.parametrize(("minute", "late"), [(14, False), (15, True)])
def test_late_is_worked_out_from_the_start_unless_said(day: Day, minute: int, late: bool) -> None:
    day.move_to(10, minute)
    day.mark(MarkKind.IN, day.ama)
    day.mark(MarkKind.IN, day.ben, late=not late)
    assert day.line(day.ama).state.was_late is late
    assert day.line(day.ben).state.was_late is not late


def test_coming_back_in_is_not_coming_late(day: Day) -> None:
    day.mark(MarkKind.IN, day.ama)
    day.move_to(11)
    day.mark(MarkKind.OUT, day.ama)
    day.move_to(12)
    day.mark(MarkKind.IN, day.ama)
    assert day.line(day.ama).state.was_late is False


def test_only_what_cannot_be_is_refused(day: Day) -> None:
    record = service.record_mark
    day.refusal(lambda uow: record(uow, day.activity, kind=MarkKind.OUT, child_id=day.ama))
    future = day.at(10, 1)
    error = day.refusal(lambda uow: record(uow, day.activity, kind=MarkKind.IN, child_id=day.ama, happened_at=future))
    assert error.field == "happened_at"
    day.mark(MarkKind.IN, day.ama)
    day.refusal(lambda uow: record(uow, day.activity, kind=MarkKind.IN, child_id=day.ama))
    early = day.at(9)
    error = day.refusal(lambda uow: record(uow, day.activity, kind=MarkKind.OUT, child_id=day.ama, happened_at=early))
    assert error.field == "happened_at"
    assert day.status(day.ama) is Status.IN


def test_a_correction_is_a_new_mark_and_the_old_one_stays(day: Day) -> None:
    wrong = day.mark(MarkKind.IN, day.ama)
    day.move_to(10, 30)
    day.put(lambda uow: service.correct_mark(uow, wrong, happened_at=day.at(9, 55)))
    assert day.line(day.ama).state.in_at == day.at(9, 55)
    first, second = day.club.read(lambda uow: queries.marks_of(uow, [day.activity]))
    assert (first.id, first.happened_at, second.corrects_id) == (wrong, day.at(10), wrong)
    with pytest.raises(Stale):
        day.put(lambda uow: service.correct_mark(uow, wrong, note="Again"))
    day.put(lambda uow: service.correct_mark(uow, second.id, kind=MarkKind.ABSENT, note="Rang at nine"))
    assert day.status(day.ama) is Status.ABSENT


def test_moving_in_past_the_start_makes_it_late_and_past_out_is_refused(day: Day) -> None:
    came = day.mark(MarkKind.IN, day.ama)
    day.move_to(12)
    day.mark(MarkKind.OUT, day.ama)
    day.move_to(13)
    error = day.refusal(lambda uow: service.correct_mark(uow, came, happened_at=day.at(12, 30)))
    assert error.field == "happened_at"
    day.put(lambda uow: service.correct_mark(uow, came, happened_at=day.at(10, 40)))
    assert day.line(day.ama).state.was_late is True


def test_taking_a_mark_back(day: Day) -> None:
    came = day.mark(MarkKind.IN, day.ama)
    void = day.put(lambda uow: service.void_mark(uow, came))
    assert day.status(day.ama) is Status.DUE
    day.refusal(lambda uow: service.void_mark(uow, void))
    with pytest.raises(Stale):
        day.put(lambda uow: service.void_mark(uow, came))
    day.mark(MarkKind.IN, day.ama)
    assert day.status(day.ama) is Status.IN


def test_siblings_go_in_and_out_in_one_change(day: Day) -> None:
    day.mark(MarkKind.IN, day.ama)
    both = [day.ama, day.ben]
    written = day.club.write(lambda uow: service.sign_in_siblings(uow, day.activity, both), "Ben in")
    assert len(written.value) == 1
    assert {day.status(child) for child in both} == {Status.IN}
    day.move_to(14)
    out = day.put(lambda uow: service.sign_out_siblings(uow, day.activity, both, "Leyla Müller"))
    assert len(out) == 2
    assert [day.line(child).state.collected_by for child in both] == ["Leyla Müller"] * 2


def test_a_child_without_a_place_is_let_in_though_the_club_is_full(day: Day) -> None:
    dee = put(day.club, lambda uow: a_child(uow, "Dee", "Abara"))
    day.put(lambda uow: service.add_unexpected_child(uow, day.activity, dee))
    line = day.line(dee)
    assert (line.booked, line.state.status) == (False, Status.IN)
    mark = line.state.last_mark_id
    assert mark is not None
    day.put(lambda uow: service.void_mark(uow, mark))
    assert dee not in [line.child_id for line in day.register.children]


def test_a_child_nobody_knows_is_in_with_a_number_to_ring(day: Day) -> None:
    new = day.put(
        lambda uow: service.add_unexpected_new_child(uow, day.activity, " Efe ", "Bello", phone="020 7946 0999")
    )
    detail = day.club.read(lambda uow: people.child(uow, new))
    assert (detail.called, detail.child.status) == ("Efe Bello", ChildStatus.REFERRED)
    assert [contact.phone for contact in detail.contacts] == ["020 7946 0999"]
    assert "stands in" in detail.child.notes
    assert day.status(new) is Status.IN
    assert day.refusal(lambda uow: service.add_unexpected_new_child(uow, day.activity, " ")).field == "first"


def test_an_unknown_sibling_joins_the_family(day: Day) -> None:
    home = day.line(day.ama).family_id
    born = date(2020, 2, 29)
    new = day.put(lambda uow: service.add_unexpected_new_child(uow, day.activity, "Efe", "Osei", born, family_id=home))
    detail = day.club.read(lambda uow: people.child(uow, new))
    assert (detail.child.birth_date, detail.child.notes, len(detail.siblings)) == (born, "", 2)


def test_the_live_count_looks_at_who_is_in(day: Day) -> None:
    denise = day.adult("Denise Okafor")
    young = put(day.club, lambda uow: an_adult(uow, "Bethan Price", birth_date=date(2009, 5, 9)))
    for child in (day.ama, day.ben, day.cas):
        day.mark(MarkKind.IN, child)
    live = day.register.live
    assert (live.inside, live.adults, live.required, live.within, live.more) == (3, 0, 2, False, 0)
    day.mark(MarkKind.IN, adult_id=denise)
    day.mark(MarkKind.IN, adult_id=young)
    register = day.register
    assert [(line.name, line.why_not) for line in register.adults] == [
        ("Bethan Price", "Bethan is 17 that day"),
        ("Denise Okafor", ""),
    ]
    assert (register.live.adults, register.live.within) == (1, False)
    shreya = day.adult("Shreya Nair")
    day.mark(MarkKind.IN, adult_id=shreya)
    live = day.register.live
    assert (live.adults, live.within, live.more) == (2, True, 5)


def test_an_adult_who_had_not_confirmed_and_came_counts(day: Day) -> None:
    for adult in (day.adult("Denise Okafor"), day.adult("Marcus Bell", status=DutyStatus.ASKED)):
        day.mark(MarkKind.IN, adult_id=adult)
    assert day.register.live.adults == 2


def test_the_adult_beside_a_one_to_one_child_is_set_aside_while_that_child_is_due(day: Day) -> None:
    fay = put(day.club, lambda uow: a_child(uow, "Fay", "Reid", one_to_one=1))
    day.booked(fay)
    team = [day.adult("Denise Okafor"), day.adult("Lin Wu"), day.adult("Shreya Nair", one_to_one_child_id=fay)]
    for adult in team:
        day.mark(MarkKind.IN, adult_id=adult)
    line = day.line(fay)
    assert [mark.text for mark in line.see if mark.kind is SeeKind.ONE_TO_ONE] == ["1:1 with Shreya"]
    assert day.register.live.more == 8
    day.mark(MarkKind.ABSENT, fay)
    assert day.register.live.more == 12


def test_ring_home_is_due_a_quarter_of_an_hour_after_the_start(day: Day) -> None:
    day.mark(MarkKind.LATE, day.ben, note="Bus broke down")
    day.move_to(10, 14)
    assert not any(line.ring_home for line in day.register.children)
    day.move_to(10, 15)
    assert [line.child_id for line in day.register.children if line.ring_home] == [day.ama, day.cas]


def test_who_may_collect_today_and_who_must_not(day: Day) -> None:
    put(day.club, lambda uow: a_collector(uow, day.ama, "Kojo Osei", kind=CollectorKind.MUST_NOT))
    put(day.club, lambda uow: a_collector(uow, day.ama, "Esi Osei", password="blue kite"))
    assert day.line(day.ama).must_not
    allow = service.allow_collection_today
    assert day.refusal(lambda uow: allow(uow, day.activity, day.ama, "Nana", agreed_with=" ")).field == "agreed_with"
    assert day.refusal(lambda uow: allow(uow, day.activity, day.ama, " ", agreed_with="Mum")).field == "name"
    noted = day.put(lambda uow: allow(uow, day.activity, day.ama, "Nana Boateng", "Neighbour", agreed_with="Esi Osei"))
    check = day.club.read(lambda uow: queries.who_may_collect(uow, day.activity, day.ama))
    assert [(one.name, one.how) for one in check.may] == [
        ("Esi Osei", CollectedHow.LISTED),
        ("Nana Boateng", CollectedHow.PHONED),
    ]
    assert check.barred("Kojo Osei")
    assert day.line(day.ama).collected_today
    assert not day.line(day.ben).collected_today
    day.put(lambda uow: service.remove_collection_today(uow, noted))
    assert not day.line(day.ama).collected_today


def test_who_takes_the_register_may_note_a_call_home_without_planning(day: Day) -> None:
    def at_the_door(uow: UnitOfWork) -> None:
        uow.actor = replace(uow.actor, permissions=frozenset({Permission.REGISTER}))
        service.note_call(uow, day.activity, day.ama, "Rang home 10:20, no answer")

    day.put(at_the_door)
    rows = day.club.read(lambda uow: programme.bookings(uow, day.activity))
    assert [row.note for row in rows if row.note] == ["Rang home 10:20, no answer"]
    assert next(row.child_id for row in rows if row.note) == day.ama


def test_a_note_of_a_call_needs_a_booking_and_the_permission(day: Day) -> None:
    dan = day.put(lambda uow: a_child(uow, "Dan", "Lee"))
    with pytest.raises(NotFound, match="no place"):
        day.put(lambda uow: service.note_call(uow, day.activity, dan, "Rang home"))

    def as_a_planner(uow: UnitOfWork) -> None:
        uow.actor = replace(uow.actor, permissions=frozenset({Permission.PLAN}))
        service.note_call(uow, day.activity, day.ama, "Rang home")

    with pytest.raises(Denied):
        day.put(as_a_planner)


def test_the_register_closes_when_everybody_has_gone(day: Day) -> None:
    day.mark(MarkKind.IN, day.ama)
    assert "Ama Osei is still in" in str(day.refusal(lambda uow: service.close_day(uow, day.activity)))
    day.move_to(14)
    day.mark(MarkKind.OUT, day.ama)
    day.mark(MarkKind.ABSENT, day.ben)
    day.put(lambda uow: service.close_day(uow, day.activity, note="Sunny"))
    assert day.status(day.cas) is Status.DUE
    register = day.register
    assert (register.closed_at, register.note) == (day.at(14), "Sunny")
    assert register.activity.status is ActivityStatus.DELIVERED
    day.refusal(lambda uow: service.close_day(uow, day.activity))
    day.put(lambda uow: service.reopen_day(uow, day.activity))
    assert day.register.activity.status is ActivityStatus.CONFIRMED
    day.refusal(lambda uow: service.reopen_day(uow, day.activity))
    day.put(lambda uow: service.close_day(uow, day.activity, rest_did_not_come=True))
    assert day.status(day.cas) is Status.DID_NOT_COME


def test_outcomes_are_of_delivered_days_with_hours_from_the_clock_where_known(day: Day) -> None:
    dee = put(day.club, lambda uow: a_child(uow, "Dee", "Abara"))
    day.mark(MarkKind.IN, day.ama)
    day.mark(MarkKind.IN, day.ben, source=MarkSource.BOOK, late=True)
    day.mark(MarkKind.ABSENT, day.cas)
    day.put(lambda uow: service.add_unexpected_child(uow, day.activity, dee))
    day.move_to(13)
    for child in (day.ama, day.ben, dee):
        day.mark(MarkKind.OUT, child)
    assert day.club.read(queries.outcomes) == ()
    day.put(lambda uow: service.close_day(uow, day.activity))
    rows = {row.child_id: row for row in day.club.read(lambda uow: queries.outcomes(uow, SATURDAY, SATURDAY))}
    found = {child: (row.outcome, row.minutes, row.from_times, row.booked) for child, row in rows.items()}
    assert found == {
        day.ama: (Outcome.PRESENT, 180, True, True),
        day.ben: (Outcome.LATE, 240, False, True),
        day.cas: (Outcome.ABSENT, 0, False, True),
        dee: (Outcome.PRESENT, 180, True, False),
    }


def test_a_printed_register_is_keyed_back_in_row_order(day: Day) -> None:
    sheet = day.put(lambda uow: service.print_sheet(uow, day.activity))
    assert (sheet.number, sheet.rows) == (1, (day.ama, day.ben, day.cas))
    dee = put(day.club, lambda uow: a_child(uow, "Dee", "Abara"))
    day.booked(dee)  # a later booking does not move the rows of the paper
    day.clock.move_to(london_instant(date(2026, 12, 7), time(9)))
    rows = [
        KeyedRow(1, MarkKind.IN, time(9, 58), time(13, 50), "Leyla Müller"),
        KeyedRow(2, MarkKind.LATE),
        KeyedRow(3, MarkKind.NO_SHOW),
    ]
    written = day.club.write(lambda uow: service.key_sheet(uow, sheet.id, rows), "Key the register")
    assert len(written.value) == 4
    ama, ben = day.line(day.ama).state, day.line(day.ben).state
    assert (ama.in_at, ama.out_at, ama.collected_by) == (day.at(9, 58), day.at(13, 50), "Leyla Müller")
    assert (ben.status, ben.in_at, ben.was_late) == (Status.IN, None, True)
    assert day.status(day.cas) is Status.DID_NOT_COME
    assert day.status(dee) is Status.DUE
    (chore,) = day.club.read(lambda uow: programme.chores(uow, [day.activity]))
    assert chore.kind is ChoreKind.KEYED
    assert day.put(lambda uow: service.print_sheet(uow, day.activity)).number == 2


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([KeyedRow(4, MarkKind.IN)], "no row 4"),
        ([KeyedRow(1, MarkKind.IN), KeyedRow(1, MarkKind.ABSENT)], "Row 1, Ama Osei is keyed twice"),
        ([KeyedRow(1, MarkKind.IN), KeyedRow(2, MarkKind.IN, time(13), time(10))], "Row 2, Ben Osei: Out is before in"),
        ([KeyedRow(1, MarkKind.ABSENT, time(10))], "Row 1, Ama Osei: A child who did not come has no times"),
        ([KeyedRow(1, MarkKind.IN, time(18))], "Row 1, Ama Osei: That time has not come yet"),
    ],
)
def test_a_row_that_cannot_be_keyed_is_named_and_nothing_is_kept(day: Day, rows: list[KeyedRow], said: str) -> None:
    sheet = day.put(lambda uow: service.print_sheet(uow, day.activity))
    day.move_to(15)
    assert said in str(day.refusal(lambda uow: service.key_sheet(uow, sheet.id, rows)))
    assert day.club.read(lambda uow: queries.marks_of(uow, [day.activity])) == ()


def test_a_cancelled_days_marks_are_kept_and_it_is_closed_but_not_delivered(day: Day) -> None:
    day.put(lambda uow: programme_service.cancel_activity(uow, day.activity, "Snow"))
    day.mark(MarkKind.IN, day.ama)
    assert "Ama Osei is still in" in str(day.refusal(lambda uow: service.close_day(uow, day.activity)))
    day.mark(MarkKind.OUT, day.ama)
    day.put(lambda uow: service.close_day(uow, day.activity))
    assert day.register.closed_at is not None
    assert day.register.activity.status is ActivityStatus.CANCELLED
    day.put(lambda uow: service.reopen_day(uow, day.activity))
    assert day.register.closed_at is None
    assert day.register.activity.status is ActivityStatus.CANCELLED


@pytest.mark.parametrize("status", [ActivityStatus.DRAFT, ActivityStatus.CONFIRMED])
def test_a_register_that_is_opened_again_leaves_the_plan_what_it_was(day: Day, status: ActivityStatus) -> None:
    day.put(lambda uow: programme_service.set_status(uow, day.activity, status))
    for _twice in range(2):
        day.put(lambda uow: service.close_day(uow, day.activity))
        assert day.register.activity.status is ActivityStatus.DELIVERED
        day.put(lambda uow: service.reopen_day(uow, day.activity))
        assert day.register.activity.status is status


def test_the_register_is_read_in_as_many_statements_for_sixty_as_for_three(day: Day) -> None:
    def statements(uow: UnitOfWork) -> int:
        seen: list[str] = []
        connection = uow.session.connection()
        event.listen(connection, "before_cursor_execute", lambda *args: seen.append(args[2]))
        queries.register(uow, day.activity)
        return len(seen)

    few = day.club.read(statements)
    put(day.club, lambda uow: [a_booking(uow, day.activity, a_child(uow, f"Child {n}", "Zed")) for n in range(57)])
    assert len(day.register.children) == 60
    assert day.club.read(statements) == few
