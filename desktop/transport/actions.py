"""One function for each thing a person can do to journeys and vehicles; each is one change."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from desktop.transport.forms import journey_values, vehicle_values, ways_of
from desktop.transport.reading import Journey, Passenger, Person, Trip
from models.readiness import journeys
from models.readiness.guard import Anyway
from models.transport import service

if TYPE_CHECKING:
    from models.bootstrap import UnitOfWork

Change = Callable[["UnitOfWork"], Any]
Make = Callable[[Anyway | None], Change]


def add_bus(trip: Trip, values: Mapping[str, Any]) -> Make:
    """A bus out, back or both, in one go."""

    def change(uow: "UnitOfWork", anyway: Anyway | None) -> None:
        for way, journey in ways_of(values):
            journeys.add_journey(uow, trip.activity.id, values["vehicle"], way, **journey, anyway=anyway)

    return lambda anyway: lambda uow: change(uow, anyway)


def change_journey(leg_id: UUID, version: int | None, values: Mapping[str, Any]) -> Make:
    """Times and places."""
    return lambda anyway: lambda uow: journeys.change_journey(uow, leg_id, version, journey_values(values), anyway)


def remove_journey(journey: Journey) -> Make:
    """The bus does not make this journey after all."""
    return lambda anyway: lambda uow: journeys.remove_journey(uow, journey.row.id, anyway)


def choose_driver(trip: Trip, journey: Journey, adult_id: UUID | None, both: bool) -> Make:
    """Who drives this bus, on this way or both; a passenger assistant gives up that seat to drive."""
    same = [one for one in trip.journeys if one.row.vehicle.id == journey.row.vehicle.id]
    meant = same if both else [journey]

    def change(uow: "UnitOfWork", anyway: Anyway | None) -> None:
        for one in meant:
            for other in trip.way(one.row.direction):
                for passenger in other.passengers:
                    if adult_id is not None and passenger.seat.adult_id == adult_id:
                        journeys.leave_seat(uow, passenger.seat.id, anyway)
            journeys.change_journey(uow, one.row.id, one.row.version, {"driver_id": adult_id}, anyway)

    return lambda anyway: lambda uow: change(uow, anyway)


def give_seat(journey: Journey, person: Person) -> Make:
    """A child, or a confirmed adult as passenger assistant."""
    if person.is_child:
        return lambda anyway: lambda uow: journeys.seat_child(uow, journey.row.id, person.id, anyway=anyway)
    return lambda anyway: lambda uow: journeys.seat_escort(uow, journey.row.id, person.id, anyway)


def move(passenger: Passenger, journey: Journey) -> Make:
    """To another bus going the same way."""
    return lambda anyway: lambda uow: journeys.move_seat(uow, passenger.seat.id, journey.row.id, anyway)


def take_off(passenger: Passenger) -> Make:
    """Off the bus."""
    return lambda anyway: lambda uow: journeys.leave_seat(uow, passenger.seat.id, anyway)


def fill(trip: Trip) -> Make:
    """Everybody afresh; answers the names for whom no seat was found."""
    return lambda anyway: lambda uow: journeys.fill_buses(uow, trip.activity.id, anyway)


def keep_vehicle(vehicle_id: UUID | None, version: int | None, values: Mapping[str, Any]) -> Change:
    """Adds a vehicle (`vehicle_id` None) or changes one."""
    kept = vehicle_values(values)
    if vehicle_id is None:
        return lambda uow: service.add_vehicle(uow, kept)
    return lambda uow: service.edit_vehicle(uow, vehicle_id, version, kept)
