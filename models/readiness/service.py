"""The verbs that need more than one area's judgement. In a confirmed plan a change that would add a block is refused.

Facts are never refused here: a child who arrived, a consent withdrawn or an adult who rang in sick is recorded by the
area's own verbs, and the light turns. To take a sick adult off a confirmed plan, go ahead anyway or make it a draft.
"""

from collections.abc import Mapping
from datetime import date, time
from typing import Any
from uuid import UUID

from models.access.permissions import Permission, needs
from models.kernel.errors import BadInput
from models.programme import service as lower
from models.programme.records import BookingRecord, DutyRecord
from models.programme.rules import ActivityStatus, Answer, BookingStatus, DutyRole, DutyStatus
from models.readiness.guard import Anyway, guarding, settle
from models.readiness.journeys import seat_newcomer
from models.readiness.lines import Level
from models.readiness.queries import readiness
from models.readiness.records import GoAheadRecord
from models.storage.uow import UnitOfWork
from models.transport import service as transport

__all__ = ["Anyway"]


@needs(Permission.CONFIRM)
def go_ahead(uow: UnitOfWork, activity_id: UUID, rule: str, anyway: Anyway) -> None:
    """Sets one block of a plan aside with a reason. Raises Refused for law, BadInput where nothing is in the way."""
    line = next((one for one in readiness(uow, activity_id).lines if one.rule == rule), None)
    if line is None or line.level is not Level.BLOCK:
        raise BadInput("Nothing is in the way here any more.", "Look at the list again.")
    settle(uow, activity_id, (line,), anyway)


@needs(Permission.GO_AHEAD)
def countersign(uow: UnitOfWork, go_ahead_id: UUID) -> None:
    """The manager who was phoned signs for it."""
    record = uow.get(GoAheadRecord, go_ahead_id, "decision")
    record.countersigned_by = uow.actor.name
    record.countersigned_at = uow.clock.now()


# --- the plan as a whole ---


@needs(Permission.CONFIRM)
def confirm(uow: UnitOfWork, activity_id: UUID, version: int | None = None, anyway: Anyway | None = None) -> None:
    """Confirms a plan. Raises Refused while a block is left."""
    blocks = tuple(line for line in readiness(uow, activity_id).lines if line.level is Level.BLOCK)
    settle(uow, activity_id, blocks, anyway)
    lower.set_status(uow, activity_id, ActivityStatus.CONFIRMED, version)


@needs(Permission.PLAN)
def back_to_draft(uow: UnitOfWork, activity_id: UUID, version: int | None = None) -> None:
    """Makes a confirmed plan a draft again; nothing is refused in a draft but a place that is not there."""
    lower.set_status(uow, activity_id, ActivityStatus.DRAFT, version)


@needs(Permission.PLAN)
def change_activity(
    uow: UnitOfWork, activity_id: UUID, version: int | None, values: Mapping[str, Any], anyway: Anyway | None = None
) -> None:
    """Changes a plan's fields."""
    with guarding(uow, activity_id, anyway):
        lower.edit_activity(uow, activity_id, version, values)


@needs(Permission.PLAN)
def move_activity(
    uow: UnitOfWork, activity_id: UUID, day: date, starts: time, ends: time, version: int | None = None,
    anyway: Anyway | None = None,
) -> None:  # fmt: skip
    """Puts a plan on another day or at other times."""
    with guarding(uow, activity_id, anyway):
        lower.move_activity(uow, activity_id, day, starts, ends, version)


# --- places ---


@needs(Permission.PLAN)
def book_child(uow: UnitOfWork, activity_id: UUID, child_id: UUID, anyway: Anyway | None = None) -> UUID:
    """Gives a child a place, and a seat where the trip's buses have one. Raises Full or Refused."""
    with guarding(uow, activity_id, anyway):
        booking_id = lower.book(uow, activity_id, child_id)
        seat_newcomer(uow, activity_id, child_id)
    return booking_id


@needs(Permission.PLAN)
def give_place(uow: UnitOfWork, booking_id: UUID, version: int | None = None, anyway: Anyway | None = None) -> None:
    """Gives a waiting child a place. Raises Full or Refused."""
    activity_id, child_id = _booking(uow, booking_id)
    with guarding(uow, activity_id, anyway):
        lower.give_place(uow, booking_id, version)
        seat_newcomer(uow, activity_id, child_id)


@needs(Permission.PLAN)
def wait_for_place(uow: UnitOfWork, activity_id: UUID, child_id: UUID) -> UUID:
    """Puts a child at the end of the waiting list."""
    return lower.wait(uow, activity_id, child_id)


@needs(Permission.PLAN)
def cancel_booking(uow: UnitOfWork, booking_id: UUID, version: int | None = None) -> None:
    """Takes a place back, with the child's seats. Fewer children never add a block."""
    activity_id, child_id = _booking(uow, booking_id)
    lower.cancel_booking(uow, booking_id, version)
    transport.leave_buses(uow, activity_id, child_id=child_id)


@needs(Permission.PLAN)
def family_answered(
    uow: UnitOfWork, booking_id: UUID, version: int | None, said: Answer, ring_again: time | None = None,
    note: str | None = None, anyway: Anyway | None = None,
) -> None:  # fmt: skip
    """Keeps what a family said on the ring-round.

    "Not coming" frees the place and the seats at once; "coming" after that takes a place again, which may be refused.
    """
    activity_id, child_id = _booking(uow, booking_id)
    had_place = uow.get(BookingRecord, booking_id, "booking").status is BookingStatus.BOOKED
    with guarding(uow, activity_id, anyway):
        lower.answer(uow, booking_id, version, said, ring_again, note)
        has_place = uow.get(BookingRecord, booking_id, "booking").status is BookingStatus.BOOKED
        if has_place and not had_place:
            seat_newcomer(uow, activity_id, child_id)
        elif had_place and not has_place:
            transport.leave_buses(uow, activity_id, child_id=child_id)


# --- adults ---


@needs(Permission.PLAN)
def ask_adult(
    uow: UnitOfWork, activity_id: UUID, adult_id: UUID, role: DutyRole = DutyRole.WORKER,
    status: DutyStatus = DutyStatus.ASKED,
) -> UUID:  # fmt: skip
    """Puts an adult on the list as asked, or as confirmed where they have said yes already."""
    return lower.add_duty(uow, activity_id, adult_id, role, status)


@needs(Permission.PLAN)
def change_duty(
    uow: UnitOfWork, duty_id: UUID, version: int | None, values: Mapping[str, Any], anyway: Anyway | None = None
) -> None:
    """Confirms, declines or changes an adult's part; who does not come leaves the buses."""
    activity_id, adult_id = _duty(uow, duty_id)
    with guarding(uow, activity_id, anyway):
        lower.edit_duty(uow, duty_id, version, values)
        if values.get("status") is DutyStatus.DECLINED:
            transport.leave_buses(uow, activity_id, adult_id=adult_id)


@needs(Permission.PLAN)
def remove_adult(uow: UnitOfWork, duty_id: UUID, version: int | None = None, anyway: Anyway | None = None) -> None:
    """Takes an adult off the list, and off the buses."""
    activity_id, adult_id = _duty(uow, duty_id)
    with guarding(uow, activity_id, anyway):
        lower.remove_duty(uow, duty_id, version)
        transport.leave_buses(uow, activity_id, adult_id=adult_id)


def _booking(uow: UnitOfWork, booking_id: UUID) -> tuple[UUID, UUID]:
    booking = uow.get(BookingRecord, booking_id, "booking")
    return booking.activity_id, booking.child_id


def _duty(uow: UnitOfWork, duty_id: UUID) -> tuple[UUID, UUID]:
    duty = uow.get(DutyRecord, duty_id, "adult’s place")
    return duty.activity_id, duty.adult_id
