"""Verbs on vehicles and journeys.

Seats and drivers are given through `models.readiness.service`, which asks every area first.
"""

from collections.abc import Mapping
from datetime import time
from typing import Any
from uuid import UUID

from sqlalchemy import select

from models.access.permissions import Permission, needs
from models.kernel.errors import BadInput
from models.storage.uow import UnitOfWork
from models.storage.values import checked, put_into
from models.transport import words
from models.transport.records import LegRecord, SeatRecord, VehicleRecord
from models.transport.rules import Direction

VEHICLE_FIELDS = frozenset(words.VEHICLE)
MOST_SEATS, MOST_WHEELCHAIRS = 80, 10


@needs(Permission.TRANSPORT)
def add_vehicle(uow: UnitOfWork, values: Mapping[str, Any]) -> UUID:
    """Adds a vehicle. Raises BadInput for a missing or doubled registration, no seats, or what cannot be kept."""
    clean = checked(VehicleRecord, values, words.VEHICLE)
    _check_vehicle(uow, clean, None)
    return uow.add(VehicleRecord(**clean)).id


@needs(Permission.TRANSPORT)
def edit_vehicle(uow: UnitOfWork, vehicle_id: UUID, version: int | None, values: Mapping[str, Any]) -> None:
    """Changes a vehicle. Raises BadInput, NotFound or Stale."""
    record = uow.edit(VehicleRecord, vehicle_id, version, "vehicle")
    clean = checked(VehicleRecord, values, words.VEHICLE)
    _check_vehicle(uow, {**_values(record), **clean}, vehicle_id)
    put_into(record, clean)


@needs(Permission.TRANSPORT)
def add_leg(
    uow: UnitOfWork, activity_id: UUID, vehicle_id: UUID, direction: Direction, departs: time, arrives: time,
    from_place: str = "", to_place: str = "", driver_id: UUID | None = None,
) -> UUID:  # fmt: skip
    """Adds a journey. Raises BadInput for times the wrong way round or a bus already going that way."""
    _check_times(departs, arrives)
    taken = select(LegRecord.id).where(
        LegRecord.activity_id == activity_id, LegRecord.vehicle_id == vehicle_id, LegRecord.direction == direction
    )
    if uow.session.scalar(taken):
        raise BadInput("This bus already makes that journey.", "Choose another bus, or change the journey.", "vehicle")
    plan = {"departs": departs, "arrives": arrives, "from_place": from_place, "to_place": to_place}
    clean = checked(LegRecord, plan | {"driver_id": driver_id}, words.LEG)
    return uow.add(LegRecord(activity_id=activity_id, vehicle_id=vehicle_id, direction=direction, **clean)).id


@needs(Permission.TRANSPORT)
def edit_leg(uow: UnitOfWork, leg_id: UUID, version: int | None, values: Mapping[str, Any]) -> None:
    """Changes a journey's times, places or driver. Raises BadInput, NotFound or Stale."""
    leg = uow.edit(LegRecord, leg_id, version, "journey")
    clean = checked(LegRecord, values, words.LEG)
    _check_times(clean.get("departs", leg.departs), clean.get("arrives", leg.arrives))
    put_into(leg, clean)


@needs(Permission.TRANSPORT)
def remove_leg(uow: UnitOfWork, leg_id: UUID) -> None:
    """Takes a journey out of the plan, with its seats."""
    for seat in uow.session.scalars(select(SeatRecord).where(SeatRecord.leg_id == leg_id)):
        uow.remove(seat)
    uow.remove(uow.get(LegRecord, leg_id, "journey"))


@needs(Permission.TRANSPORT)
def put_child(uow: UnitOfWork, leg_id: UUID, child_id: UUID, *, booster: bool, in_wheelchair: bool) -> UUID:
    """Puts a child on a bus; whether there is a seat is `rules.seat_refusal`'s to say, asked by the caller."""
    return uow.add(SeatRecord(leg_id=leg_id, child_id=child_id, booster=booster, in_wheelchair=in_wheelchair)).id


@needs(Permission.TRANSPORT)
def put_escort(uow: UnitOfWork, leg_id: UUID, adult_id: UUID) -> UUID:
    """Puts a passenger assistant on a bus."""
    return uow.add(SeatRecord(leg_id=leg_id, adult_id=adult_id)).id


@needs(Permission.TRANSPORT)
def leave_seat(uow: UnitOfWork, seat_id: UUID) -> None:
    """Frees a seat."""
    uow.remove(uow.get(SeatRecord, seat_id, "seat"))


@needs(Permission.TRANSPORT)
def leave_buses(
    uow: UnitOfWork, activity_id: UUID, *, child_id: UUID | None = None, adult_id: UUID | None = None
) -> None:
    """Takes a child or adult off every bus of an activity (and a driver from behind the wheel)."""
    legs = list(uow.session.scalars(select(LegRecord).where(LegRecord.activity_id == activity_id)))
    ids = [leg.id for leg in legs]
    for seat in uow.session.scalars(select(SeatRecord).where(SeatRecord.leg_id.in_(ids))):
        if (child_id and seat.child_id == child_id) or (adult_id and seat.adult_id == adult_id):
            uow.remove(seat)
    for leg in legs:
        if adult_id and leg.driver_id == adult_id:
            leg.driver_id = None


def _values(record: VehicleRecord) -> dict[str, Any]:
    return {name: getattr(record, name) for name in VEHICLE_FIELDS}


def _check_vehicle(uow: UnitOfWork, values: Mapping[str, Any], vehicle_id: UUID | None) -> None:
    registration = values.get("registration", "")
    if not registration:
        raise BadInput("The registration is missing.", "Type it as it stands on the number plate.", "registration")
    if not 1 <= (values.get("seats") or 0) <= MOST_SEATS:
        said = f"A vehicle needs 1 to {MOST_SEATS} passenger seats."
        raise BadInput(said, "Count the seats behind the driver.", "seats")
    if not 0 <= values.get("wheelchair_places", 0) <= MOST_WHEELCHAIRS:
        said = f"A vehicle has at most {MOST_WHEELCHAIRS} wheelchair places."
        raise BadInput(said, "Count the places with straps.", "wheelchair_places")
    same = select(VehicleRecord.id).where(VehicleRecord.registration == registration)
    if uow.session.scalar(same) not in (None, vehicle_id):
        raise BadInput(f"There is already a vehicle {registration}.", "Open that one instead.", "registration")


def _check_times(departs: time, arrives: time) -> None:
    if departs >= arrives:
        raise BadInput("The bus would arrive before it leaves.", "Check the two times.", "arrives")
