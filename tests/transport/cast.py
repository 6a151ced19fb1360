"""The sample club's buses and drivers, and made-up children and adults to seat on them."""

from dataclasses import replace
from datetime import date
from uuid import NAMESPACE_OID, UUID, uuid5

from models.transport.rules import (
    AssistantFacts,
    ChildFacts,
    Direction,
    DriverFacts,
    LegFacts,
    SeatedChild,
    VehicleFacts,
)

TRIP = date(2026, 12, 22)
BUS = VehicleFacts(
    UUID(int=1), "The blue bus", "YC13 BUS", 16, max_weight_kg=4100, fuel="Diesel", mot_expires=date(2027, 3, 14),
    insurance_expires=date(2027, 1, 31), permit_expires=date(2029, 6, 30), boosters=8,
)  # fmt: skip
VAN = VehicleFacts(
    UUID(int=2), "Accessible van", "YC19 VAN", 8, wheelchair_places=2, seats_lost_per_wheelchair=3, max_weight_kg=3500,
    fuel="Diesel", mot_expires=date(2026, 12, 10), insurance_expires=date(2027, 6, 30),
    permit_expires=date(2026, 12, 1), boosters=4,
)  # fmt: skip


def driver(name: str, born: date, licence: str, **more: object) -> DriverFacts:
    known = {"licence_checked": date(2026, 10, 1), "midas_expires": date(2028, 1, 1), **more}
    return DriverFacts(uuid5(NAMESPACE_OID, name), name, born, licence=licence, **known)


OWEN = driver("Owen Tse", date(1988, 9, 22), "B since 2007, D1 since 2015")
MARCUS = driver("Marcus Hollis", date(1990, 4, 7), "B since 2012", paid=True, midas_expires=None)
PAULINE = driver("Pauline Gray", date(1964, 6, 13), "B and D1(101) since 1983", midas_expires=date(2040, 1, 1))
YUSUF = driver("Yusuf Cole", date(1999, 7, 16), "B since 2019")
LIGHT = replace(BUS, max_weight_kg=3500)


def blocks(found: tuple) -> list[str]:
    return [one.text for one in found if one.level == "block"]


def warns(found: tuple) -> list[str]:
    return [one.text for one in found if one.level == "warn"]


def child(number: int, family: int | None = None, **more: object) -> ChildFacts:
    family_id = UUID(int=5000 + family) if family is not None else None
    return ChildFacts(UUID(int=1000 + number), f"Child {number}", family_id, height_cm=140, **more)


def adult(number: int, **more: object) -> AssistantFacts:
    facts = AssistantFacts(UUID(int=2000 + number), f"Adult {number}", date(1980, 1, 1), confirmed=True)
    return replace(facts, **more)


def leg(vehicle: VehicleFacts = BUS, children: int = 0, adults: int = 0, **more: object) -> LegFacts:
    seats = tuple(SeatedChild(child(number)) for number in range(children))
    facts = LegFacts(Direction.OUT, vehicle, OWEN, seats, tuple(adult(number) for number in range(adults)))
    return replace(facts, **more)
