"""Clubs and trips, their places, their adults and the school terms around them."""

from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.programme.rules import (
    ActivityKind,
    ActivityStatus,
    Answer,
    BookingStatus,
    ChoreKind,
    DutyRole,
    DutyStatus,
)
from models.storage.base import Editable, UtcInstant, choice, points_to, words


class VenueRecord(Editable):
    """A hall, or a place trips go to. `capacity` in children (none: no limit); `hire_pence` a session."""

    __tablename__ = "venue"
    __table_args__ = (
        UniqueConstraint("name"),
        CheckConstraint("capacity IS NULL OR capacity BETWEEN 1 AND 1000", name="capacity"),
        CheckConstraint("hire_pence IS NULL OR hire_pence >= 0", name="hire_pence"),
    )

    name: Mapped[str] = words(120)
    address: Mapped[str] = words(200)
    postcode: Mapped[str] = words(12)
    phone: Mapped[str] = words(40)
    capacity: Mapped[int | None]
    hire_pence: Mapped[int | None]
    notes: Mapped[str] = words(4000)


class ActivityRecord(Editable):
    """A club or a trip on one day, in London wall times."""

    __tablename__ = "activity"
    __table_args__ = (
        UniqueConstraint("day", "title"),
        CheckConstraint("starts < ends", name="times"),
        CheckConstraint("capacity IS NULL OR capacity BETWEEN 1 AND 1000", name="capacity"),
    )

    kind: Mapped[ActivityKind] = choice(ActivityKind)
    status: Mapped[ActivityStatus] = choice(ActivityStatus)
    title: Mapped[str] = words(120)
    day: Mapped[date] = mapped_column(index=True)
    starts: Mapped[time]
    ends: Mapped[time]
    venue_id: Mapped[UUID | None] = points_to("venue.id", nullable=True)
    by_minibus: Mapped[bool] = mapped_column(default=False)
    lead_id: Mapped[UUID | None] = points_to("adult.id", nullable=True)
    capacity: Mapped[int | None]
    meeting_place: Mapped[str] = words(200)
    risk_notes: Mapped[str] = words(4000)
    notes: Mapped[str] = words(4000)
    cancelled_why: Mapped[str] = words(200)


class BookingRecord(Editable):
    """A child's place at an activity, with what the family said on the ring-round.

    `position` orders the waiting list (from 1; none unless waiting).
    """

    __tablename__ = "booking"
    __table_args__ = (UniqueConstraint("activity_id", "child_id"),)

    activity_id: Mapped[UUID] = points_to("activity.id")
    child_id: Mapped[UUID] = points_to("child.id")
    status: Mapped[BookingStatus] = choice(BookingStatus)
    position: Mapped[int | None]
    answer: Mapped[Answer] = choice(Answer)
    answered_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    ring_again: Mapped[time | None]
    note: Mapped[str] = words(400)


class DutyRecord(Editable):
    """An adult asked for, confirmed for or declined for an activity.

    `one_to_one_child_id`: the child this adult is dedicated to. `as_parent`: comes as a visiting parent, never counts.
    """

    __tablename__ = "duty"
    __table_args__ = (UniqueConstraint("activity_id", "adult_id"),)

    activity_id: Mapped[UUID] = points_to("activity.id")
    adult_id: Mapped[UUID] = points_to("adult.id")
    role: Mapped[DutyRole] = choice(DutyRole)
    status: Mapped[DutyStatus] = choice(DutyStatus)
    one_to_one_child_id: Mapped[UUID | None] = points_to("child.id", nullable=True)
    as_parent: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = words(400)


class ChoreRecord(Editable):
    """Something done for an activity that leaves no other trace: the hall booked, invitations out."""

    __tablename__ = "chore"
    __table_args__ = (UniqueConstraint("activity_id", "kind"),)

    activity_id: Mapped[UUID] = points_to("activity.id")
    kind: Mapped[ChoreKind] = choice(ChoreKind)
    done_on: Mapped[date]


class TermRecord(Editable):
    """A school term, as the council published it or the office typed it."""

    __tablename__ = "term"
    __table_args__ = (UniqueConstraint("name"),)

    name: Mapped[str] = words(80)
    starts: Mapped[date]
    ends: Mapped[date]
    half_starts: Mapped[date | None]
    half_ends: Mapped[date | None]
