"""What the rules about minibuses are told, and what they answer: plain frozen values."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal
from uuid import UUID

from models.programme.rules import PER_ADULT

Level = Literal["warn", "block"]
Kind = Literal["law", "guidance", "house policy"]
NOTES_OF_LEG = ("from_place", "to_place")
"""A bus may call at a child's home: not for everybody who works on the day, but for the day's own journeys."""


class Direction(StrEnum):
    """Out to the place, or back."""

    OUT = "out"
    BACK = "back"


class D1(StrEnum):
    """The minibus part of a licence. SHARED is D1(101), which came with car licences before 1997."""

    NONE = "none"
    SHARED = "D1(101)"
    FULL = "D1"


@dataclass(frozen=True)
class Finding:
    """Something a plan must (block) or should (warn) look at, by what right, in one or two plain sentences."""

    level: Level
    kind: Kind
    text: str


@dataclass(frozen=True)
class Licence:
    """A driving licence as the office's words give it.

    Attributes:
        car: holds category B. `car_since`: the year, `car_from`: the day if the words give it.
        d1: the minibus category. `d1_until`: the day it was renewed to, if the words give it.
        understood: False if the words are not those of a licence; nothing else is known then.
    """

    car: bool = False
    car_since: int | None = None
    car_from: date | None = None
    d1: D1 = D1.NONE
    d1_until: date | None = None
    understood: bool = True


@dataclass(frozen=True)
class DriverFacts:
    """What is known of somebody who may drive; `driving_approved`: insurer and trustees wrote that they may."""

    id: UUID
    name: str
    birth_date: date | None
    paid: bool = False
    licence: str = ""
    licence_checked: date | None = None
    midas_expires: date | None = None
    driving_approved: date | None = None


@dataclass(frozen=True)
class VehicleFacts:
    """A minibus. `seats` are passenger seats (the driver's is extra), `front_seats` those beside the driver."""

    id: UUID
    name: str
    registration: str
    seats: int
    front_seats: int = 0
    wheelchair_places: int = 0
    seats_lost_per_wheelchair: int = 0
    max_weight_kg: int | None = None
    fuel: str = ""
    mot_expires: date | None = None
    insurance_expires: date | None = None
    permit_expires: date | None = None
    boosters: int = 0
    off_road: str = ""

    @property
    def label(self) -> str:
        """The blue bus (YC13 BUS)."""
        return f"{self.name} ({self.registration})" if self.name else self.registration


@dataclass(frozen=True)
class ChildFacts:
    """A child who travels. `family_id` keeps siblings together; `one_to_one`: adults this child needs alone."""

    id: UUID
    name: str
    family_id: UUID | None = None
    wheelchair: bool = False
    height_cm: int | None = None
    one_to_one: int = 0


@dataclass(frozen=True)
class AssistantFacts:
    """An adult who may travel as a passenger assistant. `with_child`: the child this adult is there for alone."""

    id: UUID
    name: str
    birth_date: date | None
    confirmed: bool
    with_child: UUID | None = None


@dataclass(frozen=True)
class SeatedChild:
    """A child on a bus, on a booster or in a wheelchair place."""

    child: ChildFacts
    in_wheelchair: bool = False
    booster: bool = False


@dataclass(frozen=True)
class LegFacts:
    """One journey of one bus with whoever sits on it; the driver does not count as an assistant.

    `per_adult`: children to one passenger assistant, the club's own figure (house policy).
    """

    direction: Direction
    vehicle: VehicleFacts
    driver: DriverFacts | None = None
    children: tuple[SeatedChild, ...] = ()
    assistants: tuple[AssistantFacts, ...] = ()
    per_adult: int = PER_ADULT


@dataclass(frozen=True)
class Seating:
    """What `auto_seats` proposes: the buses filled, and the children for whom no place was found."""

    legs: tuple[LegFacts, ...]
    left_out: tuple[ChildFacts, ...]
