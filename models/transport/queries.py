"""Reads of vehicles and journeys, as frozen rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from sqlalchemy import select

from models.access import today
from models.access.permissions import Permission, needs, shown
from models.access.rules import blank
from models.storage.uow import UnitOfWork
from models.transport.records import LegRecord, SeatRecord, VehicleRecord
from models.transport.rules import NOTES_OF_LEG, Direction


@dataclass(frozen=True)
class VehicleRow:
    """A vehicle as it stands in the list; `seats` are passenger seats, the driver's is extra."""

    id: UUID
    version: int
    registration: str
    name: str
    owner: str
    seats: int
    front_seats: int
    wheelchair_places: int
    seats_lost_per_wheelchair: int
    max_weight_kg: int | None
    fuel: str
    mot_expires: date | None
    insurance_expires: date | None
    permit_expires: date | None
    boosters: int
    off_road: str
    notes: str

    @property
    def called(self) -> str:
        """The blue bus (YC13 BUS)."""
        return f"{self.name} ({self.registration})" if self.name else self.registration


@dataclass(frozen=True)
class SeatRow:
    """Somebody's seat on a leg: exactly one of the two ids is set."""

    id: UUID
    version: int
    leg_id: UUID
    child_id: UUID | None
    adult_id: UUID | None
    booster: bool
    in_wheelchair: bool


@dataclass(frozen=True)
class LegRow:
    """One journey of one bus, with everybody on it; `driver_id` is none until somebody is found."""

    id: UUID
    version: int
    activity_id: UUID
    vehicle: VehicleRow
    direction: Direction
    driver_id: UUID | None
    departs: time
    arrives: time
    from_place: str
    to_place: str
    seats: tuple[SeatRow, ...]

    @property
    def child_ids(self) -> tuple[UUID, ...]:
        """The children on board."""
        return tuple(seat.child_id for seat in self.seats if seat.child_id)

    @property
    def escort_ids(self) -> tuple[UUID, ...]:
        """The adults on board besides the driver."""
        return tuple(seat.adult_id for seat in self.seats if seat.adult_id)


def _legs_seen(uow: UnitOfWork, found: tuple[LegRow, ...]) -> tuple[LegRow, ...]:
    """A bus may call at somebody's home, so before the day its places are for those who see families alone."""
    if today.sees_families(uow):
        return found
    now = today.activities_today(uow)
    return tuple(leg if leg.activity_id in now else blank(leg, NOTES_OF_LEG) for leg in found)


def _legs_of_seen(uow: UnitOfWork, found: dict[UUID, tuple[LegRow, ...]]) -> dict[UUID, tuple[LegRow, ...]]:
    return {activity: _legs_seen(uow, legs) for activity, legs in found.items()}


@needs(Permission.SEE_DAY)
def vehicles(uow: UnitOfWork) -> tuple[VehicleRow, ...]:
    """Every vehicle, by name."""
    found = uow.session.scalars(select(VehicleRecord).order_by(VehicleRecord.name, VehicleRecord.registration))
    return tuple(_vehicle(record) for record in found)


@needs(Permission.SEE_DAY)
def vehicle(uow: UnitOfWork, vehicle_id: UUID) -> VehicleRow:
    """One vehicle. Raises NotFound."""
    return _vehicle(uow.get(VehicleRecord, vehicle_id, "vehicle"))


@needs(Permission.SEE_DAY)
@shown(_legs_seen)
def legs(uow: UnitOfWork, activity_id: UUID) -> tuple[LegRow, ...]:
    """The journeys of an activity: out before back, then by vehicle name."""
    return legs_of(uow, [activity_id]).get(activity_id, ())


@needs(Permission.SEE_DAY)
@shown(_legs_of_seen)
def legs_of(uow: UnitOfWork, activity_ids: Iterable[UUID]) -> dict[UUID, tuple[LegRow, ...]]:
    """The journeys of several activities; an activity without any is left out."""
    ids = list(activity_ids)
    for activity_id in ids:
        uow.keep_to(activity_id)
    found = list(uow.session.scalars(select(LegRecord).where(LegRecord.activity_id.in_(ids))))
    if not found:
        return {}
    buses = {row.id: row for row in vehicles(uow)}
    seats = _seats(uow, [leg.id for leg in found])
    rows: dict[UUID, list[LegRow]] = {}
    for leg in found:
        rows.setdefault(leg.activity_id, []).append(_leg(leg, buses[leg.vehicle_id], tuple(seats.get(leg.id, ()))))
    return {activity: tuple(sorted(group, key=_order)) for activity, group in rows.items()}


def _seats(uow: UnitOfWork, leg_ids: list[UUID]) -> dict[UUID, list[SeatRow]]:
    rows: dict[UUID, list[SeatRow]] = {}
    for seat in uow.session.scalars(select(SeatRecord).where(SeatRecord.leg_id.in_(leg_ids)).order_by(SeatRecord.id)):
        row = SeatRow(
            seat.id, seat.version, seat.leg_id, seat.child_id, seat.adult_id, seat.booster, seat.in_wheelchair
        )
        rows.setdefault(seat.leg_id, []).append(row)
    return rows


def _order(leg: LegRow) -> tuple[bool, str]:
    return leg.direction is not Direction.OUT, leg.vehicle.called


def _leg(leg: LegRecord, bus: VehicleRow, seats: tuple[SeatRow, ...]) -> LegRow:
    return LegRow(
        leg.id, leg.version, leg.activity_id, bus, leg.direction, leg.driver_id, leg.departs, leg.arrives,
        leg.from_place, leg.to_place, seats,
    )  # fmt: skip


def _vehicle(record: VehicleRecord) -> VehicleRow:
    return VehicleRow(**{name: getattr(record, name) for name in VehicleRow.__dataclass_fields__})
