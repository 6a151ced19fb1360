"""Journeys of a trip: drivers, children and passenger assistants on buses, each refused with its reason."""

from collections.abc import Mapping
from datetime import time
from typing import Any
from uuid import UUID

from models.access.permissions import Permission, inside_only, needs
from models.kernel.errors import Refused
from models.programme import queries as programme
from models.readiness.facts import Plan
from models.readiness.guard import Anyway, guarding
from models.readiness.queries import assistant_facts, plans
from models.storage.uow import UnitOfWork
from models.transport import queries as transport
from models.transport import service as lower
from models.transport.queries import LegRow
from models.transport.records import LegRecord, SeatRecord
from models.transport.rules import (
    AssistantFacts,
    Direction,
    DriverFacts,
    LegFacts,
    SeatedChild,
    auto_seats,
    seat_refusal,
    with_booster,
)


@needs(Permission.SEE_FAMILIES)
def plan_of(uow: UnitOfWork, activity_id: UUID) -> Plan:
    """The plan of one activity. Raises NotFound."""
    return plans(uow, [programme.activity(uow, activity_id)])[0]


@needs(Permission.TRANSPORT)
def add_journey(
    uow: UnitOfWork, activity_id: UUID, vehicle_id: UUID, direction: Direction, departs: time, arrives: time,
    from_place: str = "", to_place: str = "", driver_id: UUID | None = None, anyway: Anyway | None = None,
) -> UUID:  # fmt: skip
    """Adds one journey of one bus."""
    with guarding(uow, activity_id, anyway):
        leg_id = lower.add_leg(
            uow, activity_id, vehicle_id, direction, departs, arrives, from_place, to_place, driver_id
        )
        uow.flush()
    return leg_id


@needs(Permission.TRANSPORT)
def change_journey(
    uow: UnitOfWork, leg_id: UUID, version: int | None, values: Mapping[str, Any], anyway: Anyway | None = None
) -> None:
    """Changes a journey's times, places or driver."""
    with guarding(uow, _activity_of(uow, leg_id), anyway):
        lower.edit_leg(uow, leg_id, version, values)


@needs(Permission.TRANSPORT)
def remove_journey(uow: UnitOfWork, leg_id: UUID, anyway: Anyway | None = None) -> None:
    """Takes a journey out of the plan, with its seats."""
    with guarding(uow, _activity_of(uow, leg_id), anyway):
        lower.remove_leg(uow, leg_id)


@needs(Permission.TRANSPORT)
def seat_child(
    uow: UnitOfWork, leg_id: UUID, child_id: UUID, *, in_wheelchair: bool | None = None, anyway: Anyway | None = None
) -> None:
    """Gives a booked child a seat, in the wheelchair place where the child uses one. Raises Refused with the reason."""
    with guarding(uow, _activity_of(uow, leg_id), anyway):
        _put_child(uow, leg_id, child_id, in_wheelchair)


def _put_child(uow: UnitOfWork, leg_id: UUID, child_id: UUID, in_wheelchair: bool | None) -> None:
    plan, row, leg = _journey(uow, leg_id)
    child = next((one for one in plan.children if one.id == child_id), None)
    if child is None:
        raise Refused(["This child has no place on the trip."], "Book the child first.", rules=["seats"])
    chair = child.wheelchair if in_wheelchair is None else in_wheelchair
    newcomer = with_booster(leg, SeatedChild(child.as_passenger(), in_wheelchair=chair))
    _refuse(seat_refusal(leg, newcomer, plan.day, other_bus=_other_bus(plan, row, child_id)))
    lower.put_child(uow, leg_id, child_id, booster=newcomer.booster, in_wheelchair=chair)


@needs(Permission.TRANSPORT)
def seat_escort(uow: UnitOfWork, leg_id: UUID, adult_id: UUID, anyway: Anyway | None = None) -> None:
    """Gives a passenger assistant a seat. Raises Refused with the reason."""
    with guarding(uow, _activity_of(uow, leg_id), anyway):
        _put_escort(uow, leg_id, adult_id)


def _put_escort(uow: UnitOfWork, leg_id: UUID, adult_id: UUID) -> None:
    plan, row, leg = _journey(uow, leg_id)
    adult = next((one for one in _assistants(plan) if one.id == adult_id), None)
    if adult is None:
        raise Refused(["This adult is not asked for the trip."], "Ask the adult first.", rules=["seats"])
    _refuse(seat_refusal(leg, adult, plan.day, other_bus=_other_bus(plan, row, adult_id)))
    lower.put_escort(uow, leg_id, adult_id)


@needs(Permission.TRANSPORT)
def move_seat(uow: UnitOfWork, seat_id: UUID, leg_id: UUID, anyway: Anyway | None = None) -> None:
    """Moves a child or a passenger assistant to another bus going the same way. Raises Refused with the reason.

    The plan is judged once, after the move: between the two buses nobody is without a seat.
    """
    seat = uow.get(SeatRecord, seat_id, "seat")
    child_id, adult_id = seat.child_id, seat.adult_id
    with guarding(uow, _activity_of(uow, leg_id), anyway):
        lower.leave_seat(uow, seat_id)
        uow.flush()
        if child_id is not None:
            _put_child(uow, leg_id, child_id, None)
        elif adult_id is not None:
            _put_escort(uow, leg_id, adult_id)


@needs(Permission.TRANSPORT)
def leave_seat(uow: UnitOfWork, seat_id: UUID, anyway: Anyway | None = None) -> None:
    """Frees a seat."""
    leg_id = uow.get(SeatRecord, seat_id, "seat").leg_id
    with guarding(uow, _activity_of(uow, leg_id), anyway):
        lower.leave_seat(uow, seat_id)


@needs(Permission.TRANSPORT)
def fill_buses(uow: UnitOfWork, activity_id: UUID, anyway: Anyway | None = None) -> tuple[str, ...]:
    """Fills the buses afresh, both ways: wheelchairs first, siblings together, assistants spread.

    Returns the names of the children for whom no seat was found.
    """
    plan = plan_of(uow, activity_id)
    rows = transport.legs(uow, activity_id)
    left_out: list[str] = []
    with guarding(uow, activity_id, anyway):
        for row in rows:
            for seat in row.seats:
                lower.leave_seat(uow, seat.id)
        uow.flush()
        for way in Direction:
            left_out += _fill(uow, plan, [row for row in rows if row.direction is way], way)
    return tuple(dict.fromkeys(left_out))


def _fill(uow: UnitOfWork, plan: Plan, rows: list[LegRow], way: Direction) -> list[str]:
    facts = [leg for leg in plan.legs if leg.direction is way]
    drivers: dict[UUID, DriverFacts] = {leg.vehicle.id: leg.driver for leg in facts if leg.driver}
    children = [child.as_passenger() for child in plan.children]
    helpers = [adult for adult in _assistants(plan) if adult.confirmed]
    vehicles = [leg.vehicle for leg in facts]
    filled = auto_seats(
        vehicles, children, helpers, plan.day, direction=way, drivers=drivers, per_adult=plan.policy.per_adult
    )
    by_vehicle = {row.vehicle.id: row.id for row in rows}
    for leg in filled.legs:
        leg_id = by_vehicle[leg.vehicle.id]
        for seat in leg.children:
            lower.put_child(uow, leg_id, seat.child.id, booster=seat.booster, in_wheelchair=seat.in_wheelchair)
        for adult in leg.assistants:
            lower.put_escort(uow, leg_id, adult.id)
    return [child.name for child in filled.left_out]


@inside_only
def seat_newcomer(uow: UnitOfWork, activity_id: UUID, child_id: UUID) -> None:
    """Seats a newly booked child on the first bus each way that has room; the light says where none had."""
    uow.flush()
    rows = transport.legs(uow, activity_id)
    if not rows:
        return
    plan = plan_of(uow, activity_id)
    child = next(one for one in plan.children if one.id == child_id)
    newcomer = SeatedChild(child.as_passenger(), in_wheelchair=child.wheelchair)
    seated: set[Direction] = set()
    for row, leg in zip(rows, plan.legs, strict=True):
        if row.direction not in seated and seat_refusal(leg, newcomer, plan.day) is None:
            booster = with_booster(leg, newcomer).booster
            lower.put_child(uow, row.id, child_id, booster=booster, in_wheelchair=child.wheelchair)
            seated.add(row.direction)


def _journey(uow: UnitOfWork, leg_id: UUID) -> tuple[Plan, LegRow, LegFacts]:
    activity_id = _activity_of(uow, leg_id)
    plan = plan_of(uow, activity_id)
    for row, leg in zip(transport.legs(uow, activity_id), plan.legs, strict=True):
        if row.id == leg_id:
            return plan, row, leg
    raise AssertionError("a journey is always among its activity's journeys")


def _activity_of(uow: UnitOfWork, leg_id: UUID) -> UUID:
    return uow.get(LegRecord, leg_id, "journey").activity_id


def _assistants(plan: Plan) -> list[AssistantFacts]:
    children = {child.id for child in plan.children}
    return [assistant_facts(adult, plan.one_to_one_for, children) for adult in plan.adults]


def _other_bus(plan: Plan, row: LegRow, person_id: UUID) -> str:
    for leg in plan.legs:
        on_it = {seat.child.id for seat in leg.children} | {adult.id for adult in leg.assistants}
        if leg.direction is row.direction and leg.vehicle.id != row.vehicle.id and person_id in on_it:
            return leg.vehicle.name or leg.vehicle.registration
    return ""


def _refuse(reason: str | None) -> None:
    if reason:
        raise Refused([reason], "Choose another seat or another bus.", rules=["seats"])
