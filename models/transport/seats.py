"""How many fit on a bus, and whether one more person may have a seat."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from models.kernel.dates import age_on
from models.kernel.words import counted
from models.programme.rules import COUNTING_AGE, required_adults
from models.transport.facts import AssistantFacts, ChildFacts, Finding, LegFacts, SeatedChild, VehicleFacts

BOOSTER_BELOW_CM = 135


def seats_available(vehicle: VehicleFacts, wheelchairs: int) -> int:
    """Ordinary passenger seats left once so many wheelchairs are in; never below 0. Places for chairs are extra.

    Raises ValueError if the bus has fewer wheelchair places.
    """
    if not 0 <= wheelchairs <= vehicle.wheelchair_places:
        raise ValueError(f"{vehicle.label} has {vehicle.wheelchair_places} wheelchair places, not {wheelchairs}")
    return max(0, vehicle.seats - wheelchairs * vehicle.seats_lost_per_wheelchair)


def assistants_needed(leg: LegFacts) -> int:
    """House policy on every bus, the driver not counted: ceil(shared / per_adult) + adults for one-to-one children."""
    needs = [seat.child.one_to_one for seat in leg.children]
    return required_adults(needs.count(0), sum(needs), leg.per_adult, min_adults=0)


def needs_booster(child: ChildFacts) -> bool:
    """Guidance: a child under 135 cm."""
    return is_booster_height(child.height_cm)


def is_booster_height(height_cm: int | None) -> bool:
    """Guidance: under 135 cm. A height nobody wrote down is taken to be: at 5 to 8 few are taller."""
    return height_cm is None or height_cm < BOOSTER_BELOW_CM


def with_booster(leg: LegFacts, seat: SeatedChild) -> SeatedChild:
    """The same seat, with a booster where the child needs one and the bus has one left."""
    needed = not seat.in_wheelchair and needs_booster(seat.child)
    return replace(seat, booster=needed and boosters_left(leg) > 0)


def seat_refusal(
    leg: LegFacts, newcomer: SeatedChild | AssistantFacts, day: date, *, other_bus: str = ""
) -> str | None:
    """Why this person cannot have a seat on this journey, in words; None if nothing stands against it.

    Law: one seat for each person. House policy: children sit behind the driver's row; an assistant is a confirmed
    adult of 18 or over, and never the driver. `other_bus` names the bus they already sit on in this direction.
    """
    who = newcomer.child.name if isinstance(newcomer, SeatedChild) else newcomer.name
    if newcomer_id(newcomer) in aboard(leg):
        return f"{who} already has a seat on {leg.vehicle.name}."
    if other_bus:
        return f"{who} is already on {other_bus} on the way {leg.direction}."
    if isinstance(newcomer, AssistantFacts):
        return _assistant_refusal(leg, newcomer, day) or _no_seat(leg, who)
    if newcomer.in_wheelchair:
        return _no_wheelchair_place(leg, who)
    return _no_seat(leg, who) or _no_seat_behind(leg, who)


def newcomer_id(person: SeatedChild | AssistantFacts) -> UUID:
    """The id of a child or an adult about to be seated."""
    return person.child.id if isinstance(person, SeatedChild) else person.id


def aboard(leg: LegFacts) -> frozenset[UUID]:
    """The ids of all passengers of a journey (the driver is not one)."""
    return frozenset({seat.child.id for seat in leg.children} | {adult.id for adult in leg.assistants})


def seats_taken(leg: LegFacts) -> int:
    """Ordinary seats in use, by children and assistants; wheelchair places are not among them."""
    return len(leg.children) - wheelchairs(leg) + len(leg.assistants)


def wheelchairs(leg: LegFacts) -> int:
    """How many children travel in their wheelchairs."""
    return sum(1 for seat in leg.children if seat.in_wheelchair)


def _assistant_refusal(leg: LegFacts, adult: AssistantFacts, day: date) -> str | None:
    if leg.driver and leg.driver.id == adult.id:
        return f"{adult.name} is driving {leg.vehicle.name}, and the driver does not look after the children."
    if not adult.confirmed:
        return f"{adult.name} is not confirmed for this activity yet."
    if adult.birth_date is None:
        return (
            f"{adult.name}’s date of birth is not written down. A passenger assistant must be {COUNTING_AGE} or over."
        )
    if age_on(adult.birth_date, day) < COUNTING_AGE:
        return f"{adult.name} is {age_on(adult.birth_date, day)}. A passenger assistant must be {COUNTING_AGE} or over."
    return None


def _seats_left(leg: LegFacts) -> int:
    vehicle = leg.vehicle
    return seats_available(vehicle, min(wheelchairs(leg), vehicle.wheelchair_places)) - seats_taken(leg)


def _no_seat(leg: LegFacts, who: str) -> str | None:
    if _seats_left(leg) > 0:
        return None
    lost = wheelchairs(leg) * leg.vehicle.seats_lost_per_wheelchair
    for_chairs = f" ({lost} of its {leg.vehicle.seats} are out for wheelchairs)" if lost else ""
    return f"No seat is left for {who}: {leg.vehicle.name} is full{for_chairs}."


def _no_seat_behind(leg: LegFacts, who: str) -> str | None:
    children = len(leg.children) - wheelchairs(leg)
    vehicle = leg.vehicle
    behind = seats_available(vehicle, min(wheelchairs(leg), vehicle.wheelchair_places)) - vehicle.front_seats
    if children < behind:
        return None
    return f"No seat behind the driver is left for {who}. Children do not sit in the front of {vehicle.name}."


def _no_wheelchair_place(leg: LegFacts, who: str) -> str | None:
    vehicle, places = leg.vehicle, leg.vehicle.wheelchair_places
    if not places:
        return f"{vehicle.name} has no place for a wheelchair, so {who} cannot travel in one on it."
    if wheelchairs(leg) >= places:
        return f"No wheelchair place is left for {who}: {vehicle.name} has {places}."
    left = seats_available(vehicle, wheelchairs(leg) + 1)
    if left < seats_taken(leg) or left - vehicle.front_seats < len(leg.children) - wheelchairs(leg):
        lost = counted(vehicle.seats_lost_per_wheelchair, "seat")
        return f"A wheelchair takes {lost} out of {vehicle.name}, and too many are in use for {who}’s to fit."
    return None


def seat_warnings(leg: LegFacts, newcomer: SeatedChild) -> tuple[Finding, ...]:
    """What to know before giving a child this seat, though nothing forbids it (guidance).

    Under 135 cm a child sits on a booster where there is one (RoSPA); a child who uses a wheelchair and is given an
    ordinary seat must be able to move across.
    """
    child, found = newcomer.child, []
    if needs_booster(child) and not newcomer.in_wheelchair and not newcomer.booster and not boosters_left(leg):
        height = f"is {child.height_cm} cm tall" if child.height_cm else "has no height written down"
        text = f"{child.name} {height} and no booster is left on {leg.vehicle.name}."
        found.append(Finding("warn", "guidance", text))
    if child.wheelchair and not newcomer.in_wheelchair:
        text = f"{child.name} uses a wheelchair: check that moving to an ordinary seat is all right."
        found.append(Finding("warn", "guidance", text))
    return tuple(found)


def boosters_left(leg: LegFacts) -> int:
    """Boosters carried on the bus and not yet under a child."""
    return max(0, leg.vehicle.boosters - sum(1 for seat in leg.children if seat.booster))
