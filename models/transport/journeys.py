"""Whole journeys: what is still wrong with how the buses are filled, and a sensible first filling."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from models.kernel.words import counted, listed
from models.programme.rules import PER_ADULT
from models.transport.facts import (
    AssistantFacts,
    ChildFacts,
    Direction,
    DriverFacts,
    Finding,
    LegFacts,
    SeatedChild,
    Seating,
    VehicleFacts,
)
from models.transport.seats import (
    assistants_needed,
    boosters_left,
    needs_booster,
    seat_refusal,
    seats_available,
    seats_taken,
    wheelchairs,
)


def leg_findings(leg: LegFacts) -> tuple[Finding, ...]:
    """What stands against one journey as filled; who may drive and the bus's papers are asked apart.

    House policy: a driver is named; and everything `passenger_findings` says.
    """
    return (*_driver_named(leg), *passenger_findings(leg))


def passenger_findings(leg: LegFacts) -> tuple[Finding, ...]:
    """What stands against who sits on one journey, whoever drives.

    House policy: 1 passenger assistant to `per_adult` children besides the driver. Guidance: two adults on every bus; a
    wheelchair user in a wheelchair place; children behind the driver's row; a booster under 135 cm. Law: one seat for
    each person.
    """
    return (*_everyone_fits(leg), *_enough_adults(leg), *_in_wheelchair_places(leg), *_on_boosters(leg))


def _where(leg: LegFacts) -> str:
    return f"{leg.vehicle.name} on the way {leg.direction}"


def _driver_named(leg: LegFacts) -> list[Finding]:
    if leg.driver:
        return []
    return [Finding("block", "house policy", f"Nobody is down to drive {_where(leg)}.")]


def _everyone_fits(leg: LegFacts) -> list[Finding]:
    vehicle, chairs, taken = leg.vehicle, wheelchairs(leg), seats_taken(leg)
    if chairs > vehicle.wheelchair_places:
        text = f"{counted(chairs, 'wheelchair')} on {_where(leg)}, which has places for {vehicle.wheelchair_places}."
        return [Finding("block", "law", text)]
    seats = seats_available(vehicle, chairs)
    if taken > seats:
        text = f"{counted(taken, 'person', 'people')} on {_where(leg)}, which has {counted(seats, 'seat')} for them."
        return [Finding("block", "law", text)]
    children, behind = len(leg.children) - chairs, seats - vehicle.front_seats
    if children > behind:
        text = f"{children} children on {_where(leg)}, which has {counted(behind, 'seat')} behind the driver."
        return [Finding("block", "guidance", text)]
    return []


def _enough_adults(leg: LegFacts) -> list[Finding]:
    if not leg.children:
        return []
    there = [adult for adult in leg.assistants if not leg.driver or adult.id != leg.driver.id]
    children, found = counted(len(leg.children), "child", "children"), []
    if not there:
        text = f"{children} would be alone with the driver of {_where(leg)}. Two adults travel on every bus."
        found.append(Finding("block", "guidance", text))
    needed = assistants_needed(leg)
    if len(there) < needed:
        need = f"{counted(needed, 'passenger assistant')} besides the driver; {len(there)} so far"
        found.append(Finding("block", "house policy", f"{children} on {_where(leg)}: needs {need}."))
    return found


def _in_wheelchair_places(leg: LegFacts) -> list[Finding]:
    names = [seat.child.name for seat in leg.children if seat.child.wheelchair and not seat.in_wheelchair]
    if not names:
        return []
    verb = "uses a wheelchair and has" if len(names) == 1 else "use wheelchairs and have"
    return [Finding("block", "guidance", f"{listed(names)} {verb} no wheelchair place on {_where(leg)}.")]


def _on_boosters(leg: LegFacts) -> list[Finding]:
    without = [
        seat.child.name
        for seat in leg.children
        if needs_booster(seat.child) and not seat.booster and not seat.in_wheelchair
    ]
    used = sum(1 for seat in leg.children if seat.booster)
    found = []
    if used > leg.vehicle.boosters:
        text = f"{counted(used, 'booster')} planned on {_where(leg)}, which carries {leg.vehicle.boosters}."
        found.append(Finding("warn", "guidance", text))
    if without:
        text = f"No booster for {listed(without, 5)} on {_where(leg)}. Children under 135 cm should have one."
        found.append(Finding("warn", "guidance", text))
    return found


def seating_findings(legs: Sequence[LegFacts], booked: Sequence[ChildFacts]) -> tuple[Finding, ...]:
    """House policy: every booked child has one seat out and one back; law: nobody is on two buses at once.

    Children on a bus who are not booked are named too, so that the bus list and the register agree.
    """
    return tuple(finding for way in Direction for finding in _one_way(way, legs, booked))


def _one_way(way: Direction, legs: Sequence[LegFacts], booked: Sequence[ChildFacts]) -> list[Finding]:
    this_way = [leg for leg in legs if leg.direction is way]
    seated = {seat.child.id: seat.child.name for leg in this_way for seat in leg.children}
    missing = [child.name for child in booked if child.id not in seated]
    extra = [name for child_id, name in seated.items() if child_id not in {child.id for child in booked}]
    found = []
    if missing:
        have = "has" if len(missing) == 1 else "have"
        found.append(Finding("block", "house policy", f"{listed(missing, 5)} {have} no seat on the way {way}."))
    if extra:
        text = f"{listed(extra, 5)} {'has' if len(extra) == 1 else 'have'} a seat on the way {way} but no place."
        found.append(Finding("block", "house policy", text))
    twice = _twice(this_way)
    if twice:
        found.append(Finding("block", "law", f"On two buses at once on the way {way}: {listed(twice)}."))
    return found


def _twice(legs: Sequence[LegFacts]) -> list[str]:
    names: dict[UUID, str] = {}
    times: Counter[UUID] = Counter()
    for leg in legs:
        on_it: dict[UUID, str] = {seat.child.id: seat.child.name for seat in leg.children}
        on_it.update((adult.id, adult.name) for adult in leg.assistants)
        if leg.driver:
            on_it[leg.driver.id] = leg.driver.name
        names.update(on_it)
        times.update(on_it.keys())
    return [names[who] for who, number in times.items() if number > 1]


# --- a first filling --------------------------------------------------------------------------------------------


def auto_seats(
    vehicles: Sequence[VehicleFacts],
    children: Sequence[ChildFacts],
    assistants: Sequence[AssistantFacts],
    day: date,
    *,
    direction: Direction = Direction.OUT,
    drivers: Mapping[UUID, DriverFacts] | None = None,
    per_adult: int = PER_ADULT,
) -> Seating:
    """A simple filling of empty buses, the same for the same facts; somebody looks at it and changes it.

    Wheelchair users go first, on buses with places; siblings stay together where a bus has room for all of them;
    as few buses as will do; seats are kept for the assistants the ratio asks for, who are then spread where they are
    most needed. `drivers`: who drives which bus, by vehicle id. Children nobody could place are `left_out`.
    """
    at_wheel = drivers or {}
    legs = [LegFacts(direction, vehicle, at_wheel.get(vehicle.id), per_adult=per_adult) for vehicle in vehicles]
    left_out: list[ChildFacts] = []
    for group in _groups(children):
        if not _place(legs, group, day):
            left_out += [child for child in group if not _place(legs, [child], day)]
    driving = {driver.id for driver in at_wheel.values()}
    _spread(legs, [adult for adult in assistants if adult.id not in driving], day)
    return Seating(tuple(_with_boosters(leg) for leg in legs), tuple(left_out))


def _groups(children: Sequence[ChildFacts]) -> list[list[ChildFacts]]:
    """Siblings together; groups with the most wheelchairs first, then the largest, then as given."""
    families: dict[UUID, list[ChildFacts]] = {}
    for child in children:
        families.setdefault(child.family_id or child.id, []).append(child)
    return sorted(families.values(), key=lambda group: (-sum(child.wheelchair for child in group), -len(group)))


def _place(legs: list[LegFacts], group: Sequence[ChildFacts], day: date) -> bool:
    """Seats the whole group on one bus: one already in use if it fits, else the one that keeps most seats."""
    fitting = [(at, filled) for at, leg in enumerate(legs) if (filled := _filled(leg, group, day))]
    if not fitting:
        return False
    at, filled = min(fitting, key=lambda one: (not legs[one[0]].children, -_spare(one[1]), one[0]))
    legs[at] = filled
    return True


def _filled(leg: LegFacts, group: Sequence[ChildFacts], day: date) -> LegFacts | None:
    """The journey with the group on it and seats kept for the assistants it needs, or None if it does not fit."""
    for child in sorted(group, key=lambda child: not child.wheelchair):
        seat = SeatedChild(child, in_wheelchair=child.wheelchair)
        if seat_refusal(leg, seat, day):
            return None
        leg = replace(leg, children=(*leg.children, seat))
    return leg if _spare(leg) >= 0 else None


def _spare(leg: LegFacts) -> int:
    """Seats over once the children sit and the assistants they need have theirs."""
    needed = assistants_needed(leg)
    return seats_available(leg.vehicle, wheelchairs(leg)) - seats_taken(leg) - max(0, needed - len(leg.assistants))


def _spread(legs: list[LegFacts], assistants: Sequence[AssistantFacts], day: date) -> None:
    """One-to-one adults beside their child; then one on every bus; then where most are missing."""
    for adult in sorted(assistants, key=lambda adult: adult.with_child is None):
        open_to = [leg for leg in legs if leg.children and not seat_refusal(leg, adult, day)]
        if open_to:
            leg = min(
                open_to, key=lambda leg: (not _is_with(leg, adult), bool(leg.assistants), -_missing(leg), _load(leg))
            )
            legs[legs.index(leg)] = replace(leg, assistants=(*leg.assistants, adult))


def _is_with(leg: LegFacts, adult: AssistantFacts) -> bool:
    return any(seat.child.id == adult.with_child for seat in leg.children)


def _missing(leg: LegFacts) -> int:
    return assistants_needed(leg) - len(leg.assistants)


def _load(leg: LegFacts) -> float:
    return len(leg.assistants) / len(leg.children)


def _with_boosters(leg: LegFacts) -> LegFacts:
    """The smallest children first; a child of unknown height after those known to be small."""
    wanting = [seat for seat in leg.children if needs_booster(seat.child) and not seat.in_wheelchair]
    wanting.sort(key=lambda seat: seat.child.height_cm or 999)
    given = {seat.child.id for seat in wanting[: boosters_left(leg)]}
    return replace(
        leg, children=tuple(replace(seat, booster=seat.booster or seat.child.id in given) for seat in leg.children)
    )
