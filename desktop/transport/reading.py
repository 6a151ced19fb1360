"""What the transport screen reads: each one frozen answer, gathered in one query job."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from desktop.widgets.state import State
from models.kernel.dates import day_and_month, short_with_year
from models.programme import queries as programme
from models.programme.queries import ActivityRow
from models.programme.rules import ActivityStatus, DutyStatus
from models.readiness import queries as readiness
from models.readiness.facts import Plan
from models.readiness.lines import Line
from models.readiness.queries import driver_facts, vehicle_facts
from models.team import queries as team
from models.transport import queries as transport
from models.transport.queries import LegRow, SeatRow, VehicleRow
from models.transport.rules import Direction, Finding, LegFacts, may_drive, vehicle_findings

if TYPE_CHECKING:
    from models.bootstrap import UnitOfWork

COMING = (ActivityStatus.DRAFT, ActivityStatus.CONFIRMED)
RULES = ("seats", "driver", "vehicle")


@dataclass(frozen=True)
class Paper:
    """MOT, insurance or permit: how it stands, in words with its date."""

    name: str
    words: str
    state: State


@dataclass(frozen=True)
class VehicleSeen:
    """A vehicle with its papers as they stand today, and before the coming trips."""

    row: VehicleRow
    papers: tuple[Paper, ...]


@dataclass(frozen=True)
class Overview:
    """The coming activities by minibus, soonest first, and every vehicle."""

    trips: tuple[ActivityRow, ...]
    vehicles: tuple[VehicleSeen, ...]


@dataclass(frozen=True)
class Passenger:
    """Somebody with a seat: a child, or a passenger assistant."""

    seat: SeatRow
    name: str
    is_child: bool


@dataclass(frozen=True)
class Candidate:
    """Somebody who could drive: `against` rules them out, `worth` is worth a look before choosing them."""

    id: UUID
    name: str
    against: tuple[str, ...]
    worth: tuple[str, ...]


@dataclass(frozen=True)
class Person:
    """A child or a confirmed adult without a seat on one way."""

    id: UUID
    name: str
    is_child: bool


@dataclass(frozen=True)
class Journey:
    """One journey of one bus with everybody on it. `findings`: what stands against this driver on this bus."""

    row: LegRow
    facts: LegFacts
    passengers: tuple[Passenger, ...]
    drivers: tuple[Candidate, ...]
    findings: tuple[Finding, ...]

    @property
    def driver_name(self) -> str:
        """Who drives, "" for nobody yet."""
        return self.facts.driver.name if self.facts.driver else ""


@dataclass(frozen=True)
class Trip:
    """One trip with its journeys, who has no seat on either way, the buses there are, and the lines about them.

    Attributes:
        warnings: by vehicle, what rules it out on that day; "" for nothing.
    """

    activity: ActivityRow
    journeys: tuple[Journey, ...]
    unseated: dict[Direction, tuple[Person, ...]]
    lines: tuple[Line, ...]
    vehicles: tuple[VehicleRow, ...]
    warnings: dict[UUID, str]

    def way(self, direction: Direction) -> tuple[Journey, ...]:
        """The journeys of one way."""
        return tuple(one for one in self.journeys if one.row.direction is direction)


def overview(uow: "UnitOfWork") -> Overview:
    """The coming activities by minibus, and the vehicles with their papers."""
    today = uow.clock.today()
    trips = tuple(row for row in programme.activities(uow, first=today, statuses=COMING) if row.by_minibus)
    return Overview(trips, tuple(VehicleSeen(row, papers(row, today, trips)) for row in transport.vehicles(uow)))


def vehicle(uow: "UnitOfWork", vehicle_id: UUID) -> VehicleRow:
    """One vehicle, for its form. Raises NotFound."""
    return transport.vehicle(uow, vehicle_id)


def leg(uow: "UnitOfWork", activity_id: UUID, leg_id: UUID) -> LegRow | None:
    """One journey as it is now; None once it was taken out."""
    return next((row for row in transport.legs(uow, activity_id) if row.id == leg_id), None)


def papers(row: VehicleRow, today: date, trips: Collection[ActivityRow]) -> tuple[Paper, ...]:
    """How each paper stands: ended, ends before a coming trip, holds, or not written down."""
    dated = (("MOT", row.mot_expires), ("Insurance", row.insurance_expires), ("Permit", row.permit_expires))
    return tuple(_paper(name, ends, today, trips) for name, ends in dated)


def _paper(name: str, ends: date | None, today: date, trips: Collection[ActivityRow]) -> Paper:
    if ends is None:
        return Paper(name, "date not written down", State.WARN)
    if ends < today:
        return Paper(name, f"ended {short_with_year(ends)}", State.BAD)
    after = next((trip for trip in trips if trip.day > ends), None)
    if after is not None:
        return Paper(name, f"ends {short_with_year(ends)}, before the trip on {day_and_month(after.day)}", State.WARN)
    return Paper(name, f"until {short_with_year(ends)}", State.OK)


def trip(uow: "UnitOfWork", activity_id: UUID) -> Trip:
    """One trip with everybody on its buses. Raises NotFound."""
    answer = readiness.readiness(uow, activity_id)
    plan = readiness.plans(uow, [answer.activity])[0]
    rows = transport.legs(uow, activity_id)
    confirmed = {adult.id for adult in plan.adults if adult.status is DutyStatus.CONFIRMED}
    team_rows = team.team_facts(uow, confirmed)
    names = {child.id: child.name for child in plan.children} | {adult.id: adult.name for adult in plan.adults}
    journeys = tuple(
        _journey(row, facts, plan, names, _candidates(row, facts, rows, plan, team_rows, names))
        for row, facts in zip(rows, plan.legs, strict=True)
    )
    buses = transport.vehicles(uow)
    warnings = {
        bus.id: " ".join(one.text for one in vehicle_findings(vehicle_facts(bus), plan.day) if one.level == "block")
        for bus in buses
    }
    return Trip(
        answer.activity, journeys, {way: _unseated(way, rows, plan, confirmed) for way in Direction},
        tuple(line for line in answer.lines if line.rule in RULES), buses, warnings,
    )  # fmt: skip


def _journey(
    row: LegRow, facts: LegFacts, plan: Plan, names: dict[UUID, str], drivers: tuple[Candidate, ...]
) -> Journey:
    known = [
        Passenger(seat, names.get(who, "Somebody no longer on this trip"), seat.child_id is not None)
        for seat in row.seats
        if (who := seat.child_id or seat.adult_id) is not None
    ]
    known.sort(key=lambda one: (one.is_child, one.name))
    found = may_drive(facts.driver, facts.vehicle, plan.day) if facts.driver else ()
    return Journey(row, facts, tuple(known), drivers, found)


def _candidates(
    row: LegRow, facts: LegFacts, rows: Iterable[LegRow], plan: Plan, adults: dict[UUID, team.AdultFactsRow],
    names: dict[UUID, str],
) -> tuple[Candidate, ...]:  # fmt: skip
    """Every confirmed adult with what stands against their driving this bus; who may drive comes first."""
    made = []
    for adult in adults.values():
        found = may_drive(driver_facts(adult, names[adult.id]), facts.vehicle, plan.day)
        drives, helps = _elsewhere(adult.id, row, rows)
        against = tuple(one.text for one in found if one.level == "block") + drives
        worth = tuple(one.text for one in found if one.level == "warn") + helps
        made.append(Candidate(adult.id, adult.name, against, worth))
    return tuple(sorted(made, key=lambda one: (bool(one.against), bool(one.worth), one.name)))


def _elsewhere(adult_id: UUID, row: LegRow, rows: Iterable[LegRow]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What else this adult does on this way: drives another bus, or helps on one."""
    way = [(one, one.vehicle.name or one.vehicle.registration) for one in rows if one.direction is row.direction]
    drives = tuple(
        f"Already drives {bus} on the way {row.direction}."
        for one, bus in way
        if one.id != row.id and one.driver_id == adult_id
    )
    helps = tuple(
        f"Is a passenger assistant on {bus}, and gives up that seat to drive."
        for one, bus in way
        if adult_id in one.escort_ids
    )
    return drives, helps


def _unseated(way: Direction, rows: Iterable[LegRow], plan: Plan, confirmed: Collection[UUID]) -> tuple[Person, ...]:
    going = [row for row in rows if row.direction is way]
    seated = {seat.child_id or seat.adult_id for row in going for seat in row.seats} | {row.driver_id for row in going}
    children = [Person(child.id, child.name, True) for child in plan.children if child.id not in seated]
    adults = [
        Person(adult.id, adult.name, False) for adult in plan.adults if adult.id in confirmed and adult.id not in seated
    ]
    return (*children, *adults)
