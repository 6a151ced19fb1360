"""Gathers the sheets of the day: register, bus list, emergency contacts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from models.access.permissions import inside_only
from models.documents import facts, queries
from models.kernel.dates import short_with_year
from models.kernel.errors import BadInput
from models.people import queries as people
from models.people.queries import DayChild
from models.programme import queries as programme
from models.programme.queries import ActivityRow
from models.programme.rules import DutyRole, DutyStatus
from models.registers import queries as registers
from models.registers.queries import SheetRow
from models.storage.uow import UnitOfWork
from models.team import queries as team
from models.team.queries import AdultFactsRow
from models.transport import queries as transport
from models.transport.queries import LegRow
from models.transport.rules import Direction, is_booster_height

ROLES: Mapping[DutyRole, str] = {
    DutyRole.LEAD: "Lead",
    DutyRole.WORKER: "Worker",
    DutyRole.VOLUNTEER: "Volunteer",
    DutyRole.DRIVER: "Driver",
    DutyRole.ONE_TO_ONE: "One to one",
}


@dataclass(frozen=True)
class Day:
    """Everybody at one activity.

    Attributes:
        children: those with a place, by surname. adults: those confirmed, the lead first, with their roles.
        team: every adult the day names, drivers and the lead included.
    """

    row: ActivityRow
    told: facts.Activity
    children: tuple[DayChild, ...]
    around: Mapping[UUID, queries.Around]
    adults: tuple[tuple[AdultFactsRow, DutyRole], ...]
    dedicated: Mapping[UUID, UUID]
    legs: tuple[LegRow, ...]
    team: Mapping[UUID, AdultFactsRow]

    def see(self, child: DayChild) -> str:
        """The mark under See."""
        return queries.see(child, self.around[child.id].barred)


@inside_only
def day(uow: UnitOfWork, activity_id: UUID) -> Day:
    """Everybody at one activity. Raises NotFound."""
    row = programme.activity(uow, activity_id)
    children = queries.booked_children(uow, activity_id)
    duties = [one for one in programme.duties(uow, activity_id) if one.status is DutyStatus.CONFIRMED]
    legs = transport.legs(uow, activity_id)
    aboard = {adult for leg in legs for adult in (*leg.escort_ids, leg.driver_id) if adult}
    named = team.team_facts(uow, {*aboard, *(one.adult_id for one in duties), *([row.lead_id] if row.lead_id else [])})
    adults = [(named[one.adult_id], _role(one.role, one.adult_id, row)) for one in duties]
    return Day(
        row=row, told=queries.activities_told(uow, [row])[row.id], children=children,
        around=queries.around(uow, children),
        adults=tuple(sorted(adults, key=lambda one: (one[0].id != row.lead_id, one[0].name.casefold()))),
        dedicated={one.adult_id: one.one_to_one_child_id for one in duties if one.one_to_one_child_id},
        legs=legs, team=named,
    )  # fmt: skip


@inside_only
def register(uow: UnitOfWork, activity_id: UUID, sheet: SheetRow | None = None) -> facts.RegisterSheet:
    """The paper register with the rows of that numbered sheet; without one, as it stands and not numbered."""
    today = day(uow, activity_id)
    known = {line.child_id: line for line in registers.register(uow, activity_id).children}
    missing = set(sheet.rows) - set(known) if sheet else set()
    others = people.day_children(uow, missing) if missing else {}
    ids = sheet.rows if sheet else tuple(known)
    rows = []
    for child_id in ids:
        line = known.get(child_id)
        name = line.called if line else others[child_id].called
        rows.append(facts.RegisterChild(name, "See lead" if line and line.see else ""))
    return facts.RegisterSheet(
        queries.club(uow), today.told, sheet_name(today.row, sheet), tuple(rows), register_adults(today),
        uow.clock.now(),
    )  # fmt: skip


@inside_only
def current_sheet(uow: UnitOfWork, activity_id: UUID) -> SheetRow | None:
    """The newest numbered sheet, if its rows are still those of the register."""
    numbered = registers.sheets(uow, activity_id)
    now = tuple(line.child_id for line in registers.register(uow, activity_id).children)
    return numbered[-1] if numbered and numbered[-1].rows == now else None


def sheet_name(row: ActivityRow, sheet: SheetRow | None) -> str:
    """5 Dec 2026, number 1: what is looked for when paper is keyed back."""
    return f"{short_with_year(row.day)}, number {sheet.number}" if sheet else "Not numbered"


@inside_only
def bus_list(uow: UnitOfWork, activity_id: UUID) -> facts.BusList:
    """The journeys; before any is planned for the minibus, a sheet each way with everybody, to fill in by hand.

    Raises BadInput when none is planned and none is to be, and when nobody has a place.
    """
    today = day(uow, activity_id)
    if not today.legs and not today.row.by_minibus:
        raise BadInput(f"No journey is planned for {today.row.title}.", "Plan the journeys under Transport first.")
    if not today.legs:
        need_children(today)
    planned = journeys(today) or tuple(_by_hand(today, way) for way in Direction)
    return facts.BusList(queries.club(uow), today.told, planned, uow.clock.now())


@inside_only
def contacts_sheet(uow: UnitOfWork, activity_id: UUID) -> facts.ContactsSheet:
    """Whom to ring for each child with a place. Raises BadInput when there is none."""
    today = day(uow, activity_id)
    need_children(today)
    return facts.ContactsSheet(queries.club(uow), today.told, contact_rows(today), uow.clock.now())


def need_children(today: Day) -> None:
    """Raises BadInput when nobody has a place."""
    if not today.children:
        raise BadInput(f"No child has a place at {today.row.title} yet.", "Book the children first.")


def register_adults(today: Day) -> tuple[facts.RegisterAdult, ...]:
    """The adults due."""
    return tuple(facts.RegisterAdult(adult.name, ROLES[role]) for adult, role in today.adults)


def contact_rows(today: Day) -> tuple[facts.ContactsChild, ...]:
    """Contacts in call order, allergies, and who may collect; of barred people only that the lead knows more."""
    rows = []
    for child in today.children:
        known = today.around[child.id]
        numbered = {one.name for one in known.in_call_order if one.phones}
        # Whoever stands in the call order has a number there: once is enough in a narrow column.
        collectors = tuple(replace(one, phones=()) if one.name in numbered else one for one in known.collectors)
        allergies = queries.written(child.allergies)
        rows.append(facts.ContactsChild(child.called, known.in_call_order, allergies, collectors, known.barred))
    return tuple(rows)


def journeys(today: Day) -> tuple[facts.Journey, ...]:
    """Out before back."""
    children = {child.id: child for child in today.children}
    return tuple(_journey(today, leg, children) for leg in today.legs)


_WAYS: Mapping[Direction, str] = {Direction.OUT: "Journey out", Direction.BACK: "Journey back"}


def _journey(today: Day, leg: LegRow, children: Mapping[UUID, DayChild]) -> facts.Journey:
    start, finish = _ends(today, leg.direction)
    driver = today.team.get(leg.driver_id) if leg.driver_id else None
    return facts.Journey(
        way=_WAYS[leg.direction], vehicle=leg.vehicle.name, registration=leg.vehicle.registration,
        driver=driver.name if driver else "", assistants=_names(today, leg.escort_ids),
        leaves_from=leg.from_place or start, leaves_at=leg.departs, arrives_where=leg.to_place or finish,
        arrives_at=leg.arrives, passengers=_passengers(today, leg, children), seats=leg.vehicle.seats,
    )  # fmt: skip


def _by_hand(today: Day, way: Direction) -> facts.Journey:
    """One journey nobody has planned yet, with every child: bus, driver and times are written in."""
    start, finish = _ends(today, way)
    everybody = tuple(
        facts.Passenger(
            child.called, "Wheelchair" if child.wheelchair else "",
            not child.wheelchair and is_booster_height(child.height_cm), today.see(child),
        )
        for child in today.children
    )  # fmt: skip
    return facts.Journey(_WAYS[way], "", "", "", (), start, None, finish, None, everybody)


def _ends(today: Day, way: Direction) -> tuple[str, str]:
    meet, place = today.told.meet_where, today.row.venue_name
    return (meet, place) if way is Direction.OUT else (place, meet)


def _passengers(today: Day, leg: LegRow, children: Mapping[UUID, DayChild]) -> tuple[facts.Passenger, ...]:
    seats = {seat.child_id: seat for seat in leg.seats if seat.child_id}
    return tuple(
        facts.Passenger(child.called, "Wheelchair" if seat.in_wheelchair else "", seat.booster, today.see(child))
        for child in children.values()
        if (seat := seats.get(child.id))
    )


def _names(today: Day, ids: Iterable[UUID]) -> tuple[str, ...]:
    return tuple(sorted(today.team[adult].name for adult in ids if adult in today.team))


def _role(role: DutyRole, adult_id: UUID, row: ActivityRow) -> DutyRole:
    return DutyRole.LEAD if adult_id == row.lead_id else role
