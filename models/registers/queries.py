"""Reads of the day: the register as its marks add up, who may collect, printed sheets, and outcomes for reports."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Row, Select, or_, select

from models.access import today as of_today
from models.access.permissions import Permission, needs, shown
from models.access.records import ClubRecord
from models.access.rules import blank
from models.kernel.clock import london_instant
from models.kernel.dates import minutes_between
from models.kernel.errors import NotFound
from models.people import queries as people
from models.people import rules as people_rules
from models.people.rules import CollectorKind, SeeMark
from models.programme import queries as programme
from models.programme import rules as programme_rules
from models.programme.queries import ActivityRow, BookingRow, DutyRow
from models.programme.rules import ActivityStatus, AdultFacts, Answer, BookingStatus, DutyRole, DutyStatus
from models.registers.records import CollectionTodayRecord, DayRecord, MarkRecord, SheetRecord
from models.registers.rules import (
    NOTES_OF_MARK,
    CollectedHow,
    CollectorCheck,
    CollectorFacts,
    Live,
    MarkFacts,
    MarkKind,
    MarkSource,
    Outcome,
    RowState,
    Status,
    TodayFacts,
    attended_hours,
    collector_check,
    fold,
    live,
    outcome,
    ring_home_due,
    warning_alone,
)
from models.storage.reading import rows, select_row
from models.storage.uow import UnitOfWork
from models.team import queries as team
from models.team.queries import AdultFactsRow


@dataclass(frozen=True)
class MarkRow:
    """One mark as kept: of a child or of an adult, never of both."""

    id: UUID
    activity_id: UUID
    child_id: UUID | None
    adult_id: UUID | None
    kind: MarkKind
    source: MarkSource
    happened_at: datetime | None
    late: bool
    entered_at: datetime
    entered_by: str
    device: str
    number: int
    corrects_id: UUID | None
    collected_by: str
    collected_how: CollectedHow | None
    note: str

    @property
    def facts(self) -> MarkFacts:
        """What the rules add up."""
        return MarkFacts(
            self.id, self.kind, self.happened_at, self.entered_at, self.device, self.number, self.late,
            self.corrects_id, self.collected_by, self.collected_how, self.note, self.source,
        )  # fmt: skip


@dataclass(frozen=True)
class CollectionToday:
    """Somebody a parent said may collect today, who said so and when."""

    id: UUID
    version: int
    activity_id: UUID
    child_id: UUID
    name: str
    relationship: str
    agreed_with: str
    agreed_at: datetime
    note: str


@dataclass(frozen=True)
class ChildLine:
    """A child's row of the register.

    Attributes:
        called, full_name: the name the child answers to, with the surname; the legal name, known-as in brackets.
        booked: False for a child who came without a place.
        see: the marks of the row, gravest first (the door shows at most one).
        one_to_one: adults the child needs alone. must_not: somebody must not collect the child.
        collected_today: somebody else may collect today.
        answer, ring_again_note: what the family said on the ring-round.
        ring_home: not here so long after the start, and no word.
    """

    child_id: UUID
    family_id: UUID
    called: str
    full_name: str
    birth_date: date
    booked: bool
    state: RowState
    see: tuple[SeeMark, ...]
    one_to_one: int
    must_not: bool
    collected_today: bool
    answer: Answer
    ring_round_note: str
    ring_home: bool


@dataclass(frozen=True)
class AdultLine:
    """An adult's row: `expected` if confirmed for the activity; `why_not` says as a clause why they do not count."""

    adult_id: UUID
    name: str
    role: DutyRole
    expected: bool
    state: RowState
    one_to_one_child_id: UUID | None
    why_not: str


@dataclass(frozen=True)
class Register:
    """The register of one activity, children by surname, adults by name.

    `live` counts this moment. `closed_at` is None while the register is open.
    """

    activity: ActivityRow
    children: tuple[ChildLine, ...]
    adults: tuple[AdultLine, ...]
    live: Live
    closed_at: datetime | None
    note: str
    per_adult: int


@dataclass(frozen=True)
class SheetRow:
    """A printed register: `rows` are the children's ids; the first stood in row 1."""

    id: UUID
    activity_id: UUID
    number: int
    printed_at: datetime
    rows: tuple[UUID, ...]


@dataclass(frozen=True)
class OutcomeRow:
    """What one delivered activity came to for one child.

    `minutes` there, `from_times` if they are from the clock and not the planned length. `booked`: had a place.
    """

    activity_id: UUID
    child_id: UUID
    outcome: Outcome
    minutes: int
    from_times: bool
    booked: bool


@dataclass(frozen=True)
class Policy:
    """The club's figures for the day: children an adult, adults at least, and minutes until late."""

    per_adult: int
    min_adults: int
    late_minutes: int


OfActivity = TypeVar("OfActivity", CollectionToday, OutcomeRow, MarkRow)


def _register_seen(uow: UnitOfWork, found: Register) -> Register:
    """Medical facts, notes and who collected of its own day alone, to who works on the day; a warning on any day."""
    if of_today.sees_whole(uow, found.activity.id):
        return found
    lines = tuple(
        replace(line, see=people_rules.warnings_alone(line.see), ring_round_note="", state=line.state.bare())
        for line in found.children
    )
    return replace(found, children=lines, activity=blank(found.activity, programme_rules.NOTES_OF_ACTIVITY))


def _todays(uow: UnitOfWork, found: tuple[OfActivity, ...]) -> tuple[OfActivity, ...]:
    now = None if of_today.sees_families(uow) else of_today.activities_today(uow)
    return found if now is None else tuple(row for row in found if row.activity_id in now)


def _marks_seen(uow: UnitOfWork, found: tuple[MarkRow, ...]) -> tuple[MarkRow, ...]:
    whole = _todays(uow, found)
    return tuple(row if row in whole else blank(row, NOTES_OF_MARK) for row in found)


@needs(Permission.SEE_DAY)
@shown(_register_seen)
def register(uow: UnitOfWork, activity_id: UUID) -> Register:
    """The register as it stands: every booked child and confirmed adult, and anyone with marks. Raises NotFound.

    The number of statements does not grow with the children.
    """
    uow.keep_to(activity_id)
    activity = programme.activity(uow, activity_id)
    marks = marks_of(uow, [activity_id])
    policy = policy_of(uow)
    bookings = {row.child_id: row for row in programme.bookings(uow, activity_id)}
    children = _child_lines(uow, activity, bookings, _folded(marks, "child_id"), policy)
    adults = _adult_lines(uow, activity, children, _folded(marks, "adult_id"))
    kept = select(DayRecord.closed_at, DayRecord.note).where(DayRecord.activity_id == activity_id)
    day = uow.session.execute(kept).one_or_none()
    return Register(
        activity=activity,
        children=children,
        adults=tuple(line for line, _ in adults),
        live=_live(children, adults, activity.day, policy),
        closed_at=day.closed_at if day else None,
        note=day.note if day else "",
        per_adult=policy.per_adult,
    )


@needs(Permission.SEE_DAY)
@shown(_marks_seen)
def marks_of(uow: UnitOfWork, activity_ids: Iterable[UUID]) -> tuple[MarkRow, ...]:
    """Every mark of these activities, corrected and taken back ones too, in the order they were entered."""
    ids = list(activity_ids)
    for activity_id in ids:
        uow.keep_to(activity_id)
    statement = _mark_query().where(MarkRecord.activity_id.in_(ids))
    return rows(uow, statement, MarkRow)


@needs(Permission.SEE_DAY)
def state_of(
    uow: UnitOfWork, activity_id: UUID, *, child_id: UUID | None = None, adult_id: UUID | None = None
) -> RowState:
    """What one person's marks at one activity add up to."""
    whose = [one for one in (child_id, adult_id) if one is not None]
    return next(iter(states_of(uow, activity_id, whose).values()), RowState())


@needs(Permission.SEE_DAY)
@shown(_marks_seen)
def marks_of_person(
    uow: UnitOfWork, activity_id: UUID, *, child_id: UUID | None = None, adult_id: UUID | None = None
) -> tuple[MarkRow, ...]:
    """Every mark of one child or adult at one activity, in the order they were entered."""
    uow.keep_to(activity_id)
    whose = MarkRecord.child_id == child_id if child_id else MarkRecord.adult_id == adult_id
    return rows(uow, _mark_query().where(MarkRecord.activity_id == activity_id, whose), MarkRow)


@needs(Permission.SEE_DAY)
def states_of(uow: UnitOfWork, activity_id: UUID, people: Collection[UUID]) -> dict[UUID, RowState]:
    """What the marks of these children and adults at one activity add up to. One statement."""
    uow.keep_to(activity_id)
    whose = or_(MarkRecord.child_id.in_(list(people)), MarkRecord.adult_id.in_(list(people)))
    found = rows(uow, _mark_query().where(MarkRecord.activity_id == activity_id, whose), MarkRow)
    states = _folded(found, "child_id") | _folded(found, "adult_id")
    if not of_today.sees_whole(uow, activity_id):
        states = {person: state.bare() for person, state in states.items()}
    return {person: states.get(person, RowState()) for person in people}


@needs(Permission.SEE_DAY)
@shown(_todays)
def outcomes(uow: UnitOfWork, first: date | None = None, last: date | None = None) -> tuple[OutcomeRow, ...]:
    """What delivered activities between two days came to for every child booked or marked. Three statements."""
    delivered = programme.activities(uow, first, last, [ActivityStatus.DELIVERED])
    ids = [activity.id for activity in delivered]
    planned = {activity.id: minutes_between(activity.starts, activity.ends) for activity in delivered}
    states = _states(marks_of(uow, ids))
    booked = {
        (row.activity_id, row.child_id) for row in programme.bookings_of(uow, ids) if row.status is BookingStatus.BOOKED
    }
    everybody = dict.fromkeys([*sorted(booked), *states])
    found = []
    for activity_id, child_id in everybody:
        state = states.get((activity_id, child_id), RowState())
        minutes, source = attended_hours(state, planned[activity_id])
        placed = (activity_id, child_id) in booked
        found.append(OutcomeRow(activity_id, child_id, outcome(state), minutes, source == "times", placed))
    return tuple(found)


@needs(Permission.SEE_DAY)
@shown(_todays)
def collection_today(uow: UnitOfWork, activity_id: UUID) -> tuple[CollectionToday, ...]:
    """Who else may collect today, in the order it was agreed."""
    uow.keep_to(activity_id)
    statement = select_row(CollectionTodayRecord, CollectionToday)
    statement = statement.where(CollectionTodayRecord.activity_id == activity_id)
    return rows(uow, statement.order_by(CollectionTodayRecord.agreed_at, CollectionTodayRecord.id), CollectionToday)


@needs(Permission.SEE_DAY)
def who_may_collect(uow: UnitOfWork, activity_id: UUID, child_id: UUID, password: str = "") -> CollectorCheck:
    """Who may take this child home today; with a `password`, whether it is the family's.

    To those who work on the day alone, of a child who is not here today only the warning.
    """
    uow.keep_to(activity_id)
    listed = people.collectors_for(uow, [child_id]).get(child_id, ())
    facts = [CollectorFacts(one.name, one.kind, one.relationship, one.password) for one in listed]
    today = [
        TodayFacts(one.name, one.relationship, one.agreed_with)
        for one in collection_today(uow, activity_id)
        if one.child_id == child_id
    ]
    check = collector_check(facts, today, password)
    if of_today.sees_families(uow) or child_id in of_today.children_today(uow):
        return check
    return warning_alone(check)


@needs(Permission.SEE_DAY)
def sheet(uow: UnitOfWork, sheet_id: UUID) -> SheetRow:
    """One printed register. Raises NotFound."""
    found = _sheets(uow, select(*_SHEET).where(SheetRecord.id == sheet_id))
    if not found:
        raise NotFound("This printed register is not known here.", "Choose the activity, then its sheet.")
    uow.keep_to(found[0].activity_id)
    return found[0]


@needs(Permission.SEE_DAY)
def sheets(uow: UnitOfWork, activity_id: UUID) -> tuple[SheetRow, ...]:
    """The registers printed for an activity, oldest first."""
    uow.keep_to(activity_id)
    return _sheets(uow, select(*_SHEET).where(SheetRecord.activity_id == activity_id).order_by(SheetRecord.number))


@needs(Permission.SEE_DAY)
def policy_of(uow: UnitOfWork) -> Policy:
    """The club's own figures for the day."""
    row = uow.session.execute(
        select(ClubRecord.children_per_adult, ClubRecord.min_adults, ClubRecord.late_minutes)
    ).one()
    return Policy(*row)


_SHEET = (SheetRecord.id, SheetRecord.activity_id, SheetRecord.number, SheetRecord.printed_at, SheetRecord.rows)


def _sheets(uow: UnitOfWork, statement: Select[*tuple[Any, ...]]) -> tuple[SheetRow, ...]:
    return tuple(_sheet_row(row) for row in uow.session.execute(statement))


def _sheet_row(row: Row[*tuple[Any, ...]]) -> SheetRow:
    return SheetRow(row.id, row.activity_id, row.number, row.printed_at, tuple(UUID(child) for child in row.rows))


def _mark_query() -> Select[*tuple[Any, ...]]:
    return select_row(MarkRecord, MarkRow).order_by(MarkRecord.entered_at, MarkRecord.device, MarkRecord.number)


def _folded(marks: Iterable[MarkRow], whose: str) -> dict[UUID, RowState]:
    by_person: dict[UUID, list[MarkFacts]] = {}
    for mark in marks:
        person: UUID | None = getattr(mark, whose)
        if person is not None:
            by_person.setdefault(person, []).append(mark.facts)
    return {person: fold(found) for person, found in by_person.items()}


def _states(marks: Iterable[MarkRow]) -> dict[tuple[UUID, UUID], RowState]:
    """Children's states by activity and child."""
    by_child: dict[tuple[UUID, UUID], list[MarkFacts]] = {}
    for mark in marks:
        if mark.child_id is not None:
            by_child.setdefault((mark.activity_id, mark.child_id), []).append(mark.facts)
    return {key: fold(found) for key, found in by_child.items()}


def _child_lines(
    uow: UnitOfWork,
    activity: ActivityRow,
    bookings: Mapping[UUID, BookingRow],
    states: Mapping[UUID, RowState],
    policy: Policy,
) -> tuple[ChildLine, ...]:
    booked = {child for child, row in bookings.items() if row.status is BookingStatus.BOOKED}
    # Somebody signed in by a slip, and taken back, is no longer on the register.
    seen = {child for child, state in states.items() if state.status is not Status.DUE}
    young = people.day_children(uow, booked | seen)
    barred = _barred(uow, young)
    today = {one.child_id for one in collection_today(uow, activity.id)}
    dedicated = _dedicated_names(uow, activity.id)
    start, now = london_instant(activity.day, activity.starts), uow.clock.now()
    lines = []
    for child in sorted(young.values(), key=lambda one: (one.legal_last.casefold(), one.legal_first.casefold())):
        state, booking = states.get(child.id, RowState()), bookings.get(child.id)
        facts = people_rules.ChildFacts(
            child.id, child.called, child.allergies, child.medical, one_to_one=child.one_to_one,
            one_to_one_with=dedicated.get(child.id, ()), must_not_collect=child.id in barred,
        )  # fmt: skip
        line = ChildLine(
            child_id=child.id, family_id=child.family_id, called=child.called, full_name=child.full_name,
            birth_date=child.birth_date, booked=child.id in booked, state=state,
            see=people_rules.see_marks(facts), one_to_one=child.one_to_one, must_not=child.id in barred,
            collected_today=child.id in today, answer=booking.answer if booking else Answer.NOT_ASKED,
            ring_round_note=booking.note if booking else "",
            ring_home=ring_home_due(state, start, now, policy.late_minutes),
        )  # fmt: skip
        lines.append(line)
    return tuple(lines)


def _barred(uow: UnitOfWork, children: Collection[UUID]) -> set[UUID]:
    found = people.collectors_for(uow, children)
    return {child for child, ones in found.items() if any(one.kind is CollectorKind.MUST_NOT for one in ones)}


def _dedicated_names(uow: UnitOfWork, activity_id: UUID) -> dict[UUID, tuple[str, ...]]:
    given = [
        duty
        for duty in programme.duties(uow, activity_id)
        if duty.one_to_one_child_id and duty.status is not DutyStatus.DECLINED
    ]
    adults = team.team_facts(uow, [duty.adult_id for duty in given])
    names: dict[UUID, tuple[str, ...]] = {}
    for duty in given:
        if duty.one_to_one_child_id:
            with_child = names.get(duty.one_to_one_child_id, ())
            names[duty.one_to_one_child_id] = (*with_child, adults[duty.adult_id].called)
    return names


def _adult_lines(
    uow: UnitOfWork, activity: ActivityRow, children: Sequence[ChildLine], states: Mapping[UUID, RowState]
) -> tuple[tuple[AdultLine, AdultFacts], ...]:
    duties = {duty.adult_id: duty for duty in programme.duties(uow, activity.id)}
    expected = {adult for adult, duty in duties.items() if duty.status is DutyStatus.CONFIRMED}
    seen = {adult for adult, state in states.items() if state.status is not Status.DUE}
    here_or_due = {
        line.child_id: line.called for line in children if line.state.status in (Status.IN, Status.DUE, Status.LATE)
    }
    lines = []
    for adult in team.team_facts(uow, expected | seen).values():
        duty = duties.get(adult.id)
        facts = _adult_facts(adult, duty, activity.day, here_or_due)
        if states.get(adult.id, RowState()).status is Status.IN:
            facts = replace(facts, status=DutyStatus.CONFIRMED)  # whoever is here has come
        line = AdultLine(
            adult_id=adult.id, name=adult.name, role=facts.role, expected=adult.id in expected,
            state=states.get(adult.id, RowState()), one_to_one_child_id=duty.one_to_one_child_id if duty else None,
            why_not=programme_rules.why_not_counted(facts, activity.day) or "",
        )  # fmt: skip
        lines.append((line, facts))
    return tuple(lines)


def _adult_facts(adult: AdultFactsRow, duty: DutyRow | None, day: date, children: Mapping[UUID, str]) -> AdultFacts:
    """The adult as the ratio looks at it on the day: dedicated only while that child is in or still due."""
    child = duty.one_to_one_child_id if duty else None
    return AdultFacts(
        id=adult.id,
        name=adult.called,
        birth_date=adult.birth_date,
        cleared=adult.cleared_on is not None and adult.cleared_on <= day,
        # Only a confirmed adult counts; one who turned up unplanned is confirmed first.
        status=duty.status if duty else DutyStatus.ASKED,
        role=duty.role if duty else DutyRole.VOLUNTEER,
        one_to_one=child in children,
        as_parent=duty.as_parent if duty else False,
        one_to_one_with=children.get(child, "") if child else "",
    )


def _live(
    children: Sequence[ChildLine], adults: Sequence[tuple[AdultLine, AdultFacts]], day: date, policy: Policy
) -> Live:
    there = [facts for line, facts in adults if line.state.status is Status.IN]
    needs_in = [line.one_to_one for line in children if line.state.status is Status.IN]
    needs_due = [line.one_to_one for line in children if line.state.status in (Status.DUE, Status.LATE)]
    figures = policy.per_adult, policy.min_adults
    ratio = programme_rules.ratio(needs_in, there, day, *figures)
    more = programme_rules.more_may_come_in(needs_in, needs_due, there, day, *figures)
    return live((line.state for line in children), adults=ratio.counted, required=ratio.required, more=more)
