"""Verbs on activities, their places and their adults.

Those that need more than this area's judgement (a booking, an answer that gives or frees a place, an adult, a plan's
status, day or times) are reached through `models.readiness.service`, which asks every area first. Venues, terms,
chores and notes of a call may be changed from a screen.
"""

from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from models.access.permissions import Permission, needs
from models.kernel.dates import short
from models.kernel.errors import BadInput, Full
from models.kernel.words import called, counted
from models.people.records import ChildRecord
from models.programme import queries, rules, words
from models.programme.records import ActivityRecord, BookingRecord, ChoreRecord, DutyRecord, TermRecord, VenueRecord
from models.programme.rules import ActivityStatus, Answer, BookingStatus, ChoreKind, DutyRole, DutyStatus
from models.storage.journal import EntryRecord
from models.storage.uow import UnitOfWork
from models.storage.values import checked, put_into
from models.team.records import AdultRecord

MOST_PLACES = 1000


@needs(Permission.PLAN)
def add_activity(uow: UnitOfWork, values: Mapping[str, Any]) -> UUID:
    """Adds a draft; `values` are of words.ACTIVITY, of which kind, title, day, starts and ends are needed.

    Raises BadInput for one that is missing or cannot be, and for a title used twice on one day.
    """
    clean = checked(ActivityRecord, values, words.ACTIVITY)
    _check_activity(uow, clean, None)
    return uow.add(ActivityRecord(status=ActivityStatus.DRAFT, **clean)).id


@needs(Permission.PLAN)
def edit_activity(uow: UnitOfWork, activity_id: UUID, version: int | None, values: Mapping[str, Any]) -> None:
    """Changes some of words.ACTIVITY. Raises BadInput, NotFound or Stale."""
    record = uow.edit(ActivityRecord, activity_id, version, "activity")
    clean = checked(ActivityRecord, values, words.ACTIVITY)
    _check_activity(uow, {**_values(record, words.ACTIVITY), **clean}, activity_id)
    put_into(record, clean)


@needs(Permission.PLAN)
def move_activity(
    uow: UnitOfWork, activity_id: UUID, day: date, starts: time, ends: time, version: int | None = None
) -> None:
    """Puts a plan on another day or at other times. Raises BadInput for one that took place or was cancelled."""
    record = uow.edit(ActivityRecord, activity_id, version, "activity")
    if record.status in (ActivityStatus.DELIVERED, ActivityStatus.CANCELLED):
        raise BadInput(f"{record.title} was {record.status.value}, so it stays on its day.", "Make a new one instead.")
    edit_activity(uow, activity_id, version, {"day": day, "starts": starts, "ends": ends})


@needs(Permission.PLAN)
def set_status(uow: UnitOfWork, activity_id: UUID, status: ActivityStatus, version: int | None = None) -> None:
    """Confirms a plan, or makes it a draft again. Raises BadInput for other changes: they have their verbs."""
    record = uow.edit(ActivityRecord, activity_id, version, "activity")
    if status in (ActivityStatus.CANCELLED, ActivityStatus.DELIVERED):
        raise BadInput("An activity is cancelled with a reason, and delivered by closing its register.")
    if status is ActivityStatus.CONFIRMED:
        uow.require(Permission.CONFIRM)
    _to_status(record, status)
    record.cancelled_why = ""


@needs(Permission.PLAN)
def cancel_activity(uow: UnitOfWork, activity_id: UUID, why: str, version: int | None = None) -> None:
    """Cancels a plan; its bookings stay as they were, so that families can be told. BadInput without a reason."""
    record = uow.edit(ActivityRecord, activity_id, version, "activity")
    clean = checked(ActivityRecord, {"cancelled_why": why}, {"cancelled_why": "reason"})
    if not clean["cancelled_why"]:
        raise BadInput("The reason is missing.", "Say in a few words why it is cancelled.", "cancelled_why")
    _to_status(record, ActivityStatus.CANCELLED)
    put_into(record, clean)


@needs(Permission.REGISTER)
def mark_delivered(uow: UnitOfWork, activity_id: UUID) -> None:
    """Says that an activity took place, confirmed or not. Raises BadInput for a cancelled one."""
    uow.keep_to(activity_id)
    _to_status(uow.get(ActivityRecord, activity_id, "activity"), ActivityStatus.DELIVERED)


@needs(Permission.REGISTER)
def mark_not_delivered(uow: UnitOfWork, activity_id: UUID) -> None:
    """Takes back `mark_delivered`, for a register that is opened again: the plan is what it was, a draft or confirmed.

    Where the journal does not know that any more it is confirmed.
    """
    uow.keep_to(activity_id)
    record = uow.get(ActivityRecord, activity_id, "activity")
    if record.status is ActivityStatus.DELIVERED:
        record.status = _before_delivered(uow, activity_id)


@needs(Permission.PLAN)
def book(uow: UnitOfWork, activity_id: UUID, child_id: UUID) -> UUID:
    """Gives a child a place; a place given up before is taken up again. Returns the booking's id.

    Capacity is a hard stop: raises Full, offering the waiting list. Raises BadInput for a child who is booked or
    waiting already, or a cancelled activity.
    """
    booking = _booking_for(uow, activity_id, child_id)
    _check_place(uow, activity_id, child_id)
    return _keep(uow, booking, BookingStatus.BOOKED, None)


@needs(Permission.PLAN)
def wait(uow: UnitOfWork, activity_id: UUID, child_id: UUID) -> UUID:
    """Puts a child at the end of the waiting list. Returns the booking's id. Raises BadInput as `book` does."""
    booking = _booking_for(uow, activity_id, child_id)
    return _keep(uow, booking, BookingStatus.WAITING, len(_queue(uow, activity_id)) + 1)


@needs(Permission.PLAN)
def reorder_waiting(uow: UnitOfWork, activity_id: UUID, child_id: UUID, position: int) -> None:
    """Moves a waiting child to a position in the queue (from 1). Raises BadInput for a child who is not waiting."""
    try:
        queue = rules.moved_in_queue(_queue(uow, activity_id), child_id, position)
    except ValueError:
        raise BadInput("This child is not on the waiting list any more.", "Look at the list again.") from None
    _line_up(uow, activity_id, queue)


@needs(Permission.PLAN)
def give_place(uow: UnitOfWork, booking_id: UUID, version: int | None = None) -> None:
    """Gives a waiting child a place; those behind move up. Raises Full, or BadInput for a child who is not waiting."""
    booking = uow.edit(BookingRecord, booking_id, version, "booking")
    if booking.status is not BookingStatus.WAITING:
        raise BadInput("This child is not on the waiting list any more.", "Look at the list again.")
    _check_place(uow, booking.activity_id, booking.child_id)
    booking.status, booking.position = BookingStatus.BOOKED, None
    _close_ranks(uow, booking.activity_id)


@needs(Permission.PLAN)
def cancel_booking(uow: UnitOfWork, booking_id: UUID, version: int | None = None) -> None:
    """Takes a booking back, as if by the office; the row stays, so that it is remembered."""
    _give_up(uow, uow.edit(BookingRecord, booking_id, version, "booking"), BookingStatus.CANCELLED)


@needs(Permission.PLAN)
def answer(
    uow: UnitOfWork,
    booking_id: UUID,
    version: int | None,
    said: Answer,
    ring_again: time | None = None,
    note: str | None = None,
) -> None:
    """Keeps what the family said on the ring-round (`note` None: as it was; `ring_again` only with that answer).

    "Not coming" frees the place or the place in the queue. Any other answer after it takes a place again: raises Full
    where there is none left, and BadInput for a booking the office cancelled.
    """
    booking = uow.edit(BookingRecord, booking_id, version, "booking")
    if booking.status is BookingStatus.CANCELLED:
        raise BadInput("This booking was cancelled.", "Book the child again first.")
    if said is Answer.NOT_COMING:
        _give_up(uow, booking, BookingStatus.NOT_COMING)
    elif booking.status is BookingStatus.NOT_COMING:
        _check_place(uow, booking.activity_id, booking.child_id)
        booking.status = BookingStatus.BOOKED
    booking.answer = said
    booking.answered_at = None if said is Answer.NOT_ASKED else uow.clock.now()
    booking.ring_again = ring_again if said is Answer.RING_AGAIN else None
    if note is not None:
        put_into(booking, checked(BookingRecord, {"note": note}, {"note": "note"}))


@needs(Permission.PLAN)
def note_call(uow: UnitOfWork, booking_id: UUID, version: int | None, note: str) -> None:
    """Keeps a note of a call, and nothing else."""
    booking = uow.edit(BookingRecord, booking_id, version, "booking")
    put_into(booking, checked(BookingRecord, {"note": note}, {"note": "note"}))


@needs(Permission.PLAN)
def add_duty(
    uow: UnitOfWork,
    activity_id: UUID,
    adult_id: UUID,
    role: DutyRole = DutyRole.WORKER,
    status: DutyStatus = DutyStatus.ASKED,
    *,
    one_to_one_child_id: UUID | None = None,
    as_parent: bool = False,
    note: str = "",
) -> UUID:
    """Notes an adult as asked, confirmed or declined. Returns the duty's id. Raises BadInput for one already there."""
    uow.get(ActivityRecord, activity_id, "activity")
    adult = uow.get(AdultRecord, adult_id, "adult")
    same = select(DutyRecord.id).where(DutyRecord.activity_id == activity_id, DutyRecord.adult_id == adult_id)
    if uow.session.scalar(same):
        raise BadInput(
            f"{adult.name} is already on the list for this activity.", "Change what is noted there.", "adult"
        )
    _check_dedicated(uow, activity_id, one_to_one_child_id)
    clean = checked(DutyRecord, {"note": note}, {"note": "note"})
    duty = DutyRecord(
        activity_id=activity_id, adult_id=adult_id, role=role, status=status,
        one_to_one_child_id=one_to_one_child_id, as_parent=as_parent, **clean,
    )  # fmt: skip
    return uow.add(duty).id


@needs(Permission.PLAN)
def edit_duty(uow: UnitOfWork, duty_id: UUID, version: int | None, values: Mapping[str, Any]) -> None:
    """Changes some of words.DUTY. Raises BadInput, NotFound or Stale."""
    duty = uow.edit(DutyRecord, duty_id, version, "duty")
    clean = checked(DutyRecord, values, words.DUTY)
    _check_dedicated(uow, duty.activity_id, clean.get("one_to_one_child_id"))
    put_into(duty, clean)


@needs(Permission.PLAN)
def remove_duty(uow: UnitOfWork, duty_id: UUID, version: int | None = None) -> None:
    """Takes an adult off the list, as if never asked."""
    uow.remove(uow.edit(DutyRecord, duty_id, version, "duty"))


@needs(Permission.PLAN)
def add_venue(uow: UnitOfWork, values: Mapping[str, Any]) -> UUID:
    """Adds a venue of words.VENUE, of which the name is needed. Raises BadInput, for a name used twice too."""
    clean = checked(VenueRecord, values, words.VENUE)
    _check_venue(uow, clean, None)
    return uow.add(VenueRecord(**clean)).id


@needs(Permission.PLAN)
def edit_venue(uow: UnitOfWork, venue_id: UUID, version: int | None, values: Mapping[str, Any]) -> None:
    """Changes some of words.VENUE. Raises BadInput, NotFound or Stale."""
    record = uow.edit(VenueRecord, venue_id, version, "venue")
    clean = checked(VenueRecord, values, words.VENUE)
    _check_venue(uow, {**_values(record, words.VENUE), **clean}, venue_id)
    put_into(record, clean)


@needs(Permission.PLAN)
def add_term(uow: UnitOfWork, values: Mapping[str, Any]) -> UUID:
    """Adds a school term of words.TERM; name, starts and ends are needed. Raises BadInput."""
    clean = checked(TermRecord, values, words.TERM)
    _check_term(uow, clean, None)
    return uow.add(TermRecord(**clean)).id


@needs(Permission.PLAN)
def edit_term(uow: UnitOfWork, term_id: UUID, version: int | None, values: Mapping[str, Any]) -> None:
    """Changes some of words.TERM. Raises BadInput, NotFound or Stale."""
    record = uow.edit(TermRecord, term_id, version, "term")
    clean = checked(TermRecord, values, words.TERM)
    _check_term(uow, {**_values(record, words.TERM), **clean}, term_id)
    put_into(record, clean)


@needs(Permission.PLAN)
def remove_term(uow: UnitOfWork, term_id: UUID, version: int | None = None) -> None:
    """Takes a term out of the calendar."""
    uow.remove(uow.edit(TermRecord, term_id, version, "term"))


@needs(Permission.REGISTER)
def chore_done(uow: UnitOfWork, activity_id: UUID, kind: ChoreKind, done_on: date | None = None) -> None:
    """Ticks a chore off, today unless said; again changes only the day. Raises BadInput for a day to come."""
    uow.keep_to(activity_id)
    uow.get(ActivityRecord, activity_id, "activity")
    day = done_on or uow.clock.today()
    if day > uow.clock.today():
        raise BadInput("That day has not come yet.", "Tick it off on the day it is done.", "done_on")
    chore = _chore(uow, activity_id, kind)
    if chore is None:
        uow.add(ChoreRecord(activity_id=activity_id, kind=kind, done_on=day))
    else:
        chore.done_on = done_on or chore.done_on


@needs(Permission.REGISTER)
def chore_undone(uow: UnitOfWork, activity_id: UUID, kind: ChoreKind) -> None:
    """Takes the tick away again."""
    uow.keep_to(activity_id)
    chore = _chore(uow, activity_id, kind)
    if chore is not None:
        uow.remove(chore)


def _values(record: Any, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(record, name) for name in names}


def _before_delivered(uow: UnitOfWork, activity_id: UUID) -> ActivityStatus:
    entries = select(EntryRecord.before, EntryRecord.after).where(EntryRecord.record_id == activity_id)
    for before, after in uow.session.execute(entries.order_by(EntryRecord.number.desc())):
        if before and after and after.get("status") == ActivityStatus.DELIVERED and "status" in before:
            return ActivityStatus(before["status"])
    return ActivityStatus.CONFIRMED


def _to_status(record: ActivityRecord, status: ActivityStatus) -> None:
    if not rules.can_move_status(record.status, status):
        raise BadInput(f"{record.title} was {record.status.value}, so it cannot be {status.value} now.")
    record.status = status


def _check_activity(uow: UnitOfWork, values: Mapping[str, Any], activity_id: UUID | None) -> None:
    _needed(values, {"title": "title", "kind": "kind", "day": "day", "starts": "start", "ends": "end"})
    if not rules.times_ok(values["starts"], values["ends"]):
        raise BadInput("It would end before it starts.", "Check the two times.", "ends")
    _check_places(values)
    if values.get("venue_id"):
        uow.get(VenueRecord, values["venue_id"], "venue")
    if values.get("lead_id"):
        uow.get(AdultRecord, values["lead_id"], "adult")
    same = select(ActivityRecord.id).where(ActivityRecord.day == values["day"], ActivityRecord.title == values["title"])
    if _first_id(uow, same) not in (None, activity_id):
        said = f"There is already “{values['title']}” on {short(values['day'])}."
        raise BadInput(said, "Give this one another title or day.", "title")


def _check_places(values: Mapping[str, Any]) -> None:
    places = values.get("capacity")
    if places is not None and not 1 <= places <= MOST_PLACES:
        raise BadInput(f"Places are a number from 1 to {MOST_PLACES:,}.", "Leave it empty for no limit.", "capacity")


def _check_venue(uow: UnitOfWork, values: Mapping[str, Any], venue_id: UUID | None) -> None:
    _needed(values, {"name": "name"})
    _check_places(values)
    hire = values.get("hire_pence")
    if hire is not None and hire < 0:
        raise BadInput("The hire cannot be less than nothing.", "Type what one session costs.", "hire_pence")
    same = select(VenueRecord.id).where(func.lower(VenueRecord.name) == values["name"].lower())
    if _first_id(uow, same) not in (None, venue_id):
        raise BadInput(f"There is already a venue called {values['name']}.", "Open that one instead.", "name")


def _check_term(uow: UnitOfWork, values: Mapping[str, Any], term_id: UUID | None) -> None:
    _needed(values, {"name": "name", "starts": "first day", "ends": "last day"})
    if values["starts"] > values["ends"]:
        raise BadInput("The term would end before it starts.", "Check the two days.", "ends")
    half = (values.get("half_starts"), values.get("half_ends"))
    if (half[0] is None) != (half[1] is None):
        raise BadInput("Half-term needs both its days.", "Type the other one too, or clear both.", "half_ends")
    if half[0] and half[1] and not values["starts"] <= half[0] <= half[1] <= values["ends"]:
        raise BadInput("Half-term lies inside its term.", "Check the two days.", "half_ends")
    same = select(TermRecord.id).where(TermRecord.name == values["name"])
    if _first_id(uow, same) not in (None, term_id):
        raise BadInput(f"There is already a term called {values['name']}.", "Give this one another name.", "name")


def _needed(values: Mapping[str, Any], fields: Mapping[str, str]) -> None:
    for name, said in fields.items():
        if values.get(name) in (None, ""):
            raise BadInput(f"The {said} is missing.", "Type it in.", name)


def _first_id(uow: UnitOfWork, query: Any) -> UUID | None:
    found: UUID | None = uow.session.scalars(query).first()
    return found


def _chore(uow: UnitOfWork, activity_id: UUID, kind: ChoreKind) -> ChoreRecord | None:
    query = select(ChoreRecord).where(ChoreRecord.activity_id == activity_id, ChoreRecord.kind == kind)
    return uow.session.scalars(query).first()


def _name(uow: UnitOfWork, child_id: UUID) -> str:
    child = uow.get(ChildRecord, child_id, "child")
    return called(child.legal_first, child.legal_last, child.known_as)


def _booking_for(uow: UnitOfWork, activity_id: UUID, child_id: UUID) -> BookingRecord:
    """The child's row to be filled, given up before or new (and then not added yet). Raises BadInput if in use."""
    name = _name(uow, child_id)
    if uow.get(ActivityRecord, activity_id, "activity").status is ActivityStatus.CANCELLED:
        raise BadInput("This activity is cancelled.", "Make it a draft again first.")
    query = select(BookingRecord).where(BookingRecord.activity_id == activity_id, BookingRecord.child_id == child_id)
    found = uow.session.scalars(query).first()
    if found is None:
        return BookingRecord(activity_id=activity_id, child_id=child_id)
    if found.status is BookingStatus.BOOKED:
        raise BadInput(f"{name} already has a place.", "Nothing more is needed.", "child")
    if found.status is BookingStatus.WAITING:
        raise BadInput(f"{name} is already on the waiting list.", "Give the place from there.", "child")
    return found


def _keep(uow: UnitOfWork, booking: BookingRecord, status: BookingStatus, position: int | None) -> UUID:
    # What was said about a place given up before does not hold for the new one.
    booking.status, booking.position = status, position
    booking.answer, booking.answered_at, booking.ring_again = Answer.NOT_ASKED, None, None
    return uow.add(booking).id


def _check_place(uow: UnitOfWork, activity_id: UUID, child_id: UUID) -> None:
    """Raises Full if no place is left. Writers begin IMMEDIATE, so nobody can take the place after this look."""
    row = queries.activity(uow, activity_id)
    if rules.places_left(row.capacity, row.booked) == 0:
        places = counted(row.capacity or 0, "place")
        raise Full(f"{row.title} is full: {places}.", f"Put {_name(uow, child_id)} on the waiting list.", "child")


def _give_up(uow: UnitOfWork, booking: BookingRecord, status: BookingStatus) -> None:
    booking.status, booking.position = status, None
    dedicated = select(DutyRecord).where(
        DutyRecord.activity_id == booking.activity_id, DutyRecord.one_to_one_child_id == booking.child_id
    )
    for duty in uow.session.scalars(dedicated):
        duty.one_to_one_child_id = None
        if duty.role is DutyRole.ONE_TO_ONE:
            duty.role = DutyRole.WORKER  # with nobody to be alone with, this adult is there for the group
    _close_ranks(uow, booking.activity_id)


def _waiting(uow: UnitOfWork, activity_id: UUID) -> list[BookingRecord]:
    query = select(BookingRecord).where(
        BookingRecord.activity_id == activity_id, BookingRecord.status == BookingStatus.WAITING
    )
    return list(uow.session.scalars(query.order_by(BookingRecord.position)))


def _queue(uow: UnitOfWork, activity_id: UUID) -> list[rules.Waiting]:
    return [rules.Waiting(row.child_id, row.position) for row in _waiting(uow, activity_id)]


def _close_ranks(uow: UnitOfWork, activity_id: UUID) -> None:
    _line_up(uow, activity_id, rules.renumbered(_queue(uow, activity_id)))


def _line_up(uow: UnitOfWork, activity_id: UUID, queue: Iterable[rules.Waiting]) -> None:
    places = {each.child_id: each.position for each in queue}
    for booking in _waiting(uow, activity_id):
        booking.position = places[booking.child_id]


def _check_dedicated(uow: UnitOfWork, activity_id: UUID, child_id: UUID | None) -> None:
    if child_id is None:
        return
    place = select(BookingRecord.id).where(
        BookingRecord.activity_id == activity_id, BookingRecord.child_id == child_id,
        BookingRecord.status == BookingStatus.BOOKED,
    )  # fmt: skip
    if _first_id(uow, place) is None:
        raise BadInput(f"{_name(uow, child_id)} has no place at this activity.", "Book the child first.", "child")
