"""Journeys and seats in words."""

from desktop.transport.reading import Journey, Passenger, Person
from models.kernel.dates import clock_text
from models.kernel.words import counted
from models.transport.queries import LegRow, VehicleRow
from models.transport.rules import Direction, seats_available, seats_taken, wheelchairs

WAY = {Direction.OUT: "Out", Direction.BACK: "Back"}


def bus_words(row: VehicleRow) -> str:
    """The blue bus; the registration where it has no name."""
    return row.name or row.registration


def vehicle_words(row: VehicleRow) -> str:
    """YC13 BUS · 16 seats · 2 wheelchair places."""
    parts = [row.registration if row.name else "", counted(row.seats, "seat")]
    if row.wheelchair_places:
        parts.append(counted(row.wheelchair_places, "wheelchair place"))
    return " · ".join(part for part in parts if part)


def seats_words(journey: Journey) -> str:
    """12 of 16 seats taken · 1 of 2 wheelchair places · 3 of 8 boosters."""
    facts, chairs = journey.facts, wheelchairs(journey.facts)
    seats = seats_available(facts.vehicle, min(chairs, facts.vehicle.wheelchair_places))
    parts = [f"{seats_taken(facts)} of {counted(seats, 'seat')} taken"]
    if facts.vehicle.wheelchair_places or chairs:
        parts.append(f"{chairs} of {counted(facts.vehicle.wheelchair_places, 'wheelchair place')}")
    boosters = sum(1 for seat in facts.children if seat.booster)
    parts.append(f"{boosters} of {counted(facts.vehicle.boosters, 'booster')}")
    return " · ".join(parts)


def times_words(row: LegRow) -> str:
    """09:00 from the club to the theatre, there 10:00."""
    start = f" from {row.from_place}" if row.from_place else ""
    end = f" at {row.to_place}" if row.to_place else ""
    return f"Leaves {clock_text(row.departs)}{start}, arrives {clock_text(row.arrives)}{end}"


def passenger_words(one: Passenger) -> str:
    """Maryam Müller, booster."""
    if not one.is_child:
        return f"{one.name}, passenger assistant"
    extra = "wheelchair place" if one.seat.in_wheelchair else "booster" if one.seat.booster else ""
    return f"{one.name}, {extra}" if extra else one.name


def person_words(one: Person) -> str:
    """Denise Achebe, as passenger assistant."""
    return one.name if one.is_child else f"{one.name}, as passenger assistant"
