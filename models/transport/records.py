"""Minibuses, and the journeys of a trip: who drives, who escorts, who sits on which bus."""

from datetime import date, time
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.storage.base import Editable, choice, points_to, words
from models.transport.rules import Direction


class VehicleRecord(Editable):
    """A minibus. `seats` are passenger seats, the driver's is extra; `max_weight_kg` is the MAM on the plate."""

    __tablename__ = "vehicle"
    __table_args__ = (
        UniqueConstraint("registration"),
        CheckConstraint("seats BETWEEN 1 AND 80", name="seats"),
        CheckConstraint("wheelchair_places BETWEEN 0 AND 10", name="wheelchair_places"),
    )

    registration: Mapped[str] = words(12)
    name: Mapped[str] = words(80)
    owner: Mapped[str] = words(120)
    seats: Mapped[int]
    front_seats: Mapped[int] = mapped_column(default=0)
    wheelchair_places: Mapped[int] = mapped_column(default=0)
    seats_lost_per_wheelchair: Mapped[int] = mapped_column(default=0)
    max_weight_kg: Mapped[int | None]
    fuel: Mapped[str] = words(40)
    mot_expires: Mapped[date | None]
    insurance_expires: Mapped[date | None]
    permit_expires: Mapped[date | None]
    boosters: Mapped[int] = mapped_column(default=0)
    off_road: Mapped[str] = words(200)
    notes: Mapped[str] = words(4000)


class LegRecord(Editable):
    """One journey of one bus, out or back. On screen a leg is a journey."""

    __tablename__ = "leg"
    __table_args__ = (UniqueConstraint("activity_id", "vehicle_id", "direction"),)

    activity_id: Mapped[UUID] = points_to("activity.id")
    vehicle_id: Mapped[UUID] = points_to("vehicle.id")
    direction: Mapped[Direction] = choice(Direction)
    driver_id: Mapped[UUID | None] = points_to("adult.id", nullable=True)
    departs: Mapped[time]
    arrives: Mapped[time]
    from_place: Mapped[str] = words(120)
    to_place: Mapped[str] = words(120)


class SeatRecord(Editable):
    """A child's or an escort's seat on a leg: exactly one of the two ids is set."""

    __tablename__ = "seat"
    __table_args__ = (
        UniqueConstraint("leg_id", "child_id"),
        UniqueConstraint("leg_id", "adult_id"),
        CheckConstraint("(child_id IS NULL) != (adult_id IS NULL)", name="one_person"),
    )

    leg_id: Mapped[UUID] = points_to("leg.id")
    child_id: Mapped[UUID | None] = points_to("child.id", nullable=True)
    adult_id: Mapped[UUID | None] = points_to("adult.id", nullable=True)
    booster: Mapped[bool] = mapped_column(default=False)
    in_wheelchair: Mapped[bool] = mapped_column(default=False)
