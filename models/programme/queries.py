"""Reads of the programme: activities with their counts, places, adults' duties, venues, terms and chores.

Every answer is a frozen row or a tuple of them, in the order a screen shows them; nothing here reads row by row.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, Subquery, case, func, select

from models.access import today
from models.access.permissions import Permission, needs, shown
from models.access.rules import blank
from models.kernel.errors import BadInput, NotFound
from models.kernel.words import listed
from models.people.records import ChildRecord
from models.programme import rules
from models.programme.records import ActivityRecord, BookingRecord, ChoreRecord, DutyRecord, TermRecord, VenueRecord
from models.programme.rules import (
    ActivityKind,
    ActivityStatus,
    Answer,
    BookingStatus,
    ChoreKind,
    DutyRole,
    DutyStatus,
    capacity,
)
from models.storage.uow import UnitOfWork
from models.team.records import AdultRecord

Columns = Select[*tuple[Any, ...]]


@dataclass(frozen=True)
class ActivityRow:
    """A club or a trip, with how full it is.

    Attributes:
        capacity: children who fit: the activity's own limit, else the venue's, else None (no limit).
        own_capacity: the activity's own limit alone, as its form shows it.
        booked, waiting: children with a place, and in the queue for one.
        confirmed_adults: adults who said yes, whatever their role.
    """

    id: UUID
    version: int
    kind: ActivityKind
    status: ActivityStatus
    title: str
    day: date
    starts: time
    ends: time
    venue_id: UUID | None
    venue_name: str
    by_minibus: bool
    lead_id: UUID | None
    lead_name: str
    capacity: int | None
    own_capacity: int | None
    booked: int
    waiting: int
    confirmed_adults: int
    meeting_place: str
    notes: str
    risk_notes: str
    cancelled_why: str


@dataclass(frozen=True)
class BookingRow:
    """A child's place, or place in the queue (`position` from 1), with the family's answer."""

    id: UUID
    version: int
    activity_id: UUID
    child_id: UUID
    status: BookingStatus
    position: int | None
    answer: Answer
    answered_at: datetime | None
    ring_again: time | None
    note: str


@dataclass(frozen=True)
class DutyRow:
    """An adult asked, confirmed or declined. `one_to_one_child_id`: the child this adult is dedicated to."""

    id: UUID
    version: int
    activity_id: UUID
    adult_id: UUID
    role: DutyRole
    status: DutyStatus
    one_to_one_child_id: UUID | None
    as_parent: bool
    note: str


@dataclass(frozen=True)
class VenueRow:
    """A place. `capacity` in children (None: no limit), `hire_pence` a session."""

    id: UUID
    version: int
    name: str
    address: str
    postcode: str
    phone: str
    capacity: int | None
    hire_pence: int | None
    notes: str


@dataclass(frozen=True)
class TermRow:
    """A school term, both days included, with its half-term break if it has one."""

    id: UUID
    version: int
    name: str
    starts: date
    ends: date
    half_starts: date | None
    half_ends: date | None


@dataclass(frozen=True)
class ChoreRow:
    """Something done for an activity, and the day it was done."""

    id: UUID
    version: int
    activity_id: UUID
    kind: ChoreKind
    done_on: date


def _activities_seen(uow: UnitOfWork, found: tuple[ActivityRow, ...]) -> tuple[ActivityRow, ...]:
    if today.sees_families(uow):
        return found
    held, now = uow.actor.activity, uow.clock.today()
    mine = (row for row in found if held in (None, row.id))
    return tuple(row if row.day == now else blank(row, rules.NOTES_OF_ACTIVITY) for row in mine)


def _activity_seen(uow: UnitOfWork, found: ActivityRow) -> ActivityRow:
    uow.keep_to(found.id)
    return _activities_seen(uow, (found,))[0]


def _bookings_seen(uow: UnitOfWork, found: tuple[BookingRow, ...]) -> tuple[BookingRow, ...]:
    if today.sees_families(uow):
        return found
    held, now = uow.actor.activity, today.activities_today(uow)
    mine = (row for row in found if held in (None, row.activity_id))
    return tuple(row if row.activity_id in now else blank(row, rules.NOTES_OF_BOOKING) for row in mine)


def _bookings_today(uow: UnitOfWork, found: tuple[BookingRow, ...]) -> tuple[BookingRow, ...]:
    if today.sees_families(uow):
        return found
    now = today.activities_today(uow)
    return tuple(row for row in found if row.activity_id in now)


def _duties_seen(uow: UnitOfWork, found: tuple[DutyRow, ...]) -> tuple[DutyRow, ...]:
    if today.sees_families(uow):
        return found
    held = uow.actor.activity
    return tuple(blank(row, rules.NOTES_OF_DUTY) for row in found if held in (None, row.activity_id))


@needs(Permission.SEE_DAY)
@shown(_activities_seen)
def activities(
    uow: UnitOfWork,
    first: date | None = None,
    last: date | None = None,
    statuses: Collection[ActivityStatus] | None = None,
) -> tuple[ActivityRow, ...]:
    """Activities from `first` to `last`, both included (None: open), of these statuses (None: all), by day and time."""
    query = _activity_query()
    if first is not None:
        query = query.where(ActivityRecord.day >= first)
    if last is not None:
        query = query.where(ActivityRecord.day <= last)
    if statuses is not None:
        query = query.where(ActivityRecord.status.in_(list(statuses)))
    query = query.order_by(ActivityRecord.day, ActivityRecord.starts, ActivityRecord.title)
    return tuple(_activity_row(row) for row in uow.session.execute(query))


@needs(Permission.SEE_DAY)
@shown(_activity_seen)
def activity(uow: UnitOfWork, activity_id: UUID) -> ActivityRow:
    """One activity. Raises NotFound."""
    uow.keep_to(activity_id)
    row = uow.session.execute(_activity_query().where(ActivityRecord.id == activity_id)).one_or_none()
    if row is None:
        raise NotFound("This activity is no longer there.", "Go back to the calendar; somebody may have removed it.")
    return _activity_row(row)


@needs(Permission.SEE_DAY)
@shown(_activity_seen)
def find_activity(uow: UnitOfWork, day: date, title: str | None = None) -> ActivityRow:
    """The one activity of that day whose title holds `title`, whatever the case.

    Raises NotFound for none, and BadInput, naming them, for more than one.
    """
    wanted = (title or "").strip().casefold()
    found = [row for row in activities(uow, day, day) if wanted in row.title.casefold()]
    exact = [row for row in found if row.title.casefold() == wanted]
    found = exact or found
    if not found:
        raise NotFound("There is no such activity on that day.", "Look at the calendar for its day and title.")
    if len(found) > 1:
        names = listed([row.title for row in found])
        raise BadInput(f"There is more than one activity that day: {names}.", "Say which one by its title.", "title")
    return found[0]


def _activity_row(row: Row[*tuple[Any, ...]]) -> ActivityRow:
    values = dict(row._mapping)
    values["capacity"] = capacity(values["own_capacity"], values.pop("venue_capacity"))
    return ActivityRow(**values)


def _activity_query() -> Columns:
    places = _places()
    adults = _confirmed()
    return (
        select(
            ActivityRecord.id, ActivityRecord.version, ActivityRecord.kind, ActivityRecord.status,
            ActivityRecord.title, ActivityRecord.day, ActivityRecord.starts, ActivityRecord.ends,
            ActivityRecord.venue_id, func.coalesce(VenueRecord.name, "").label("venue_name"), ActivityRecord.by_minibus,
            ActivityRecord.lead_id, func.coalesce(AdultRecord.name, "").label("lead_name"),
            VenueRecord.capacity.label("venue_capacity"), ActivityRecord.capacity.label("own_capacity"),
            func.coalesce(places.c.booked, 0).label("booked"), func.coalesce(places.c.waiting, 0).label("waiting"),
            func.coalesce(adults.c.confirmed, 0).label("confirmed_adults"), ActivityRecord.meeting_place,
            ActivityRecord.notes, ActivityRecord.risk_notes, ActivityRecord.cancelled_why,
        )
        .outerjoin(VenueRecord, VenueRecord.id == ActivityRecord.venue_id)
        .outerjoin(AdultRecord, AdultRecord.id == ActivityRecord.lead_id)
        .outerjoin(places, places.c.activity_id == ActivityRecord.id)
        .outerjoin(adults, adults.c.activity_id == ActivityRecord.id)
    )  # fmt: skip


def _places() -> Subquery:
    def count(status: BookingStatus) -> Any:
        return func.sum(case((BookingRecord.status == status, 1), else_=0))

    return (
        select(
            BookingRecord.activity_id,
            count(BookingStatus.BOOKED).label("booked"),
            count(BookingStatus.WAITING).label("waiting"),
        )
        .group_by(BookingRecord.activity_id)
        .subquery()
    )


def _confirmed() -> Subquery:
    return (
        select(DutyRecord.activity_id, func.count().label("confirmed"))
        .where(DutyRecord.status == DutyStatus.CONFIRMED)
        .group_by(DutyRecord.activity_id)
        .subquery()
    )


@needs(Permission.SEE_DAY)
@shown(_bookings_seen)
def bookings(uow: UnitOfWork, activity_id: UUID) -> tuple[BookingRow, ...]:
    """Every booking of one activity, places given up included: by name, the queue in its own order."""
    return bookings_of(uow, [activity_id])


@needs(Permission.SEE_DAY)
@shown(_bookings_seen)
def bookings_of(uow: UnitOfWork, activity_ids: Iterable[UUID]) -> tuple[BookingRow, ...]:
    """Every booking of these activities, in one read; each row names its activity."""
    return _bookings(uow, _booking_query().where(BookingRecord.activity_id.in_(list(activity_ids))))


@needs(Permission.SEE_DAY)
@shown(_bookings_today)
def bookings_of_child(uow: UnitOfWork, child_id: UUID) -> tuple[BookingRow, ...]:
    """Every booking of one child, oldest activity first; today's alone to those who work on the day."""
    query = _booking_query().where(BookingRecord.child_id == child_id)
    query = query.join(ActivityRecord, ActivityRecord.id == BookingRecord.activity_id)
    return _bookings(uow, query.order_by(None).order_by(ActivityRecord.day, ActivityRecord.starts))


def _bookings(uow: UnitOfWork, query: Columns) -> tuple[BookingRow, ...]:
    return tuple(BookingRow(*row) for row in uow.session.execute(query))


def _booking_query() -> Columns:
    return (
        select(
            BookingRecord.id, BookingRecord.version, BookingRecord.activity_id, BookingRecord.child_id,
            BookingRecord.status, BookingRecord.position, BookingRecord.answer, BookingRecord.answered_at,
            BookingRecord.ring_again, BookingRecord.note,
        )
        .join(ChildRecord, ChildRecord.id == BookingRecord.child_id)
        .order_by(
            BookingRecord.activity_id, BookingRecord.position,
            ChildRecord.legal_last, ChildRecord.legal_first, BookingRecord.id,
        )
    )  # fmt: skip


@needs(Permission.SEE_DAY)
@shown(_duties_seen)
def duties(uow: UnitOfWork, activity_id: UUID) -> tuple[DutyRow, ...]:
    """Every adult asked, confirmed or declined for one activity, by name."""
    return duties_of(uow, [activity_id])


@needs(Permission.SEE_DAY)
@shown(_duties_seen)
def duties_of(uow: UnitOfWork, activity_ids: Iterable[UUID]) -> tuple[DutyRow, ...]:
    """Every duty of these activities, in one read; each row names its activity."""
    query = _duty_query().where(DutyRecord.activity_id.in_(list(activity_ids)))
    return tuple(DutyRow(*row) for row in uow.session.execute(query))


def _duty_query() -> Columns:
    return (
        select(
            DutyRecord.id, DutyRecord.version, DutyRecord.activity_id, DutyRecord.adult_id, DutyRecord.role,
            DutyRecord.status, DutyRecord.one_to_one_child_id, DutyRecord.as_parent, DutyRecord.note,
        )
        .join(AdultRecord, AdultRecord.id == DutyRecord.adult_id)
        .order_by(DutyRecord.activity_id, AdultRecord.name, DutyRecord.id)
    )  # fmt: skip


@needs(Permission.SEE_DAY)
def venues(uow: UnitOfWork) -> tuple[VenueRow, ...]:
    """Every venue, by name."""
    return tuple(VenueRow(*row) for row in uow.session.execute(_venue_query().order_by(VenueRecord.name)))


@needs(Permission.SEE_DAY)
def venue(uow: UnitOfWork, venue_id: UUID) -> VenueRow:
    """One venue. Raises NotFound."""
    row = uow.session.execute(_venue_query().where(VenueRecord.id == venue_id)).one_or_none()
    if row is None:
        raise NotFound("This venue is no longer there.", "Go back to the list; somebody may have removed it.")
    return VenueRow(*row)


def _venue_query() -> Columns:
    return select(
        VenueRecord.id, VenueRecord.version, VenueRecord.name, VenueRecord.address, VenueRecord.postcode,
        VenueRecord.phone, VenueRecord.capacity, VenueRecord.hire_pence, VenueRecord.notes,
    )  # fmt: skip


@needs(Permission.SEE_DAY)
def terms(uow: UnitOfWork) -> tuple[TermRow, ...]:
    """Every school term, by first day."""
    query = select(
        TermRecord.id, TermRecord.version, TermRecord.name, TermRecord.starts, TermRecord.ends,
        TermRecord.half_starts, TermRecord.half_ends,
    ).order_by(TermRecord.starts)  # fmt: skip
    return tuple(TermRow(*row) for row in uow.session.execute(query))


@needs(Permission.SEE_DAY)
def chores(uow: UnitOfWork, activity_ids: Iterable[UUID]) -> tuple[ChoreRow, ...]:
    """What is ticked off for these activities; each row names its activity."""
    query = (
        select(ChoreRecord.id, ChoreRecord.version, ChoreRecord.activity_id, ChoreRecord.kind, ChoreRecord.done_on)
        .where(ChoreRecord.activity_id.in_(list(activity_ids)))
        .order_by(ChoreRecord.activity_id, ChoreRecord.done_on, ChoreRecord.kind)
    )
    return tuple(ChoreRow(*row) for row in uow.session.execute(query))
