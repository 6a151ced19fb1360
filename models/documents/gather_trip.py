"""Gathers a trip pack: everything a leader needs away from base."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from models.access.people import UNNAMED, safeguarding_leads, same_name
from models.access.permissions import inside_only
from models.consents import queries as consents
from models.consents.queries import MatrixRow
from models.consents.rules import KIND_WORDS, STATE_WORDS, ConsentKind, ConsentState
from models.documents import facts, gather_day, queries
from models.documents.gather_day import Day
from models.documents.wording import person
from models.kernel.words import listed
from models.people.queries import DayChild
from models.programme.rules import DutyRole
from models.storage.uow import UnitOfWork
from models.team import queries as team
from models.transport.rules import Direction

_GIVEN = (ConsentState.GRANTED, ConsentState.PHONE)


@inside_only
def trip_pack(uow: UnitOfWork, activity_id: UUID, holders: Sequence[str] = ()) -> facts.TripPack:
    """The facts, with a copy for each holder; the lead's has the collectors. Raises NotFound, BadInput."""
    today = gather_day.day(uow, activity_id)
    gather_day.need_children(today)
    named = tuple(holders) or queries.usual_holders(uow, activity_id)
    club = queries.club(uow)
    lead = today.team.get(today.row.lead_id) if today.row.lead_id else None
    return facts.TripPack(
        club=club, activity=today.told, leader=_adult(lead.name, lead.mobile) if lead else facts.Adult(""),
        deputy=_deputy(today), base=_adult(club.name, club.phone) if club.phone else None,
        safeguarding_lead=_safeguarding(uow),
        itinerary=tuple(_itinerary(today)),
        children=tuple(facts.RegisterChild(child.called, today.see(child)) for child in today.children),
        adults=gather_day.register_adults(today), groups=_groups(today), journeys=gather_day.journeys(today),
        contacts=gather_day.contact_rows(today), medical=_medical(today.children), consents=_consents(uow, today),
        risk_notes=queries.written(today.row.risk_notes), holders=_holders(named, today), made=uow.clock.now(),
        copies_before=queries.copies_made(uow, activity_id),
    )  # fmt: skip


def _adult(name: str, phone: str) -> facts.Adult:
    return facts.Adult(name, "", (phone,) if phone else ())


def _safeguarding(uow: UnitOfWork) -> facts.Adult | None:
    """Those who sign in as safeguarding lead, with the mobile of whoever of that name is on the team."""
    mobiles = {adult.name: adult.mobile for adult in team.adults(uow)}

    def told(name: str) -> str:
        return person(_adult(name, next((mobiles[one] for one in mobiles if same_name(one, name)), "")))

    # “Manager” is nobody to ask for: a line to write a name on is worth more.
    words = " or ".join(told(name) for name in safeguarding_leads(uow) if not same_name(name, UNNAMED))
    return facts.Adult(words) if words else None


def _deputy(today: Day) -> facts.Adult | None:
    others = [adult for adult, role in today.adults if role is DutyRole.LEAD and adult.id != today.row.lead_id]
    return _adult(others[0].name, others[0].mobile) if others else None


def _holders(names: Sequence[str], today: Day) -> tuple[facts.Holder, ...]:
    """Whoever leads carries the leader's copy; where nobody of that name does, it is the first."""
    leads = [name for name in names if name == today.row.lead_name] or list(names[:1])
    return tuple(facts.Holder(name, leader=name in leads) for name in names)


def _itinerary(today: Day) -> Iterable[facts.ItineraryRow]:
    told = today.told
    out = [leg for leg in today.legs if leg.direction is Direction.OUT]
    back = [leg for leg in today.legs if leg.direction is Direction.BACK]
    yield facts.ItineraryRow(told.meet_at or told.start, f"Meet{_at(told.meet_where)}", "Everybody", True)
    steps = [(leg.departs, f"{leg.vehicle.name or leg.vehicle.registration} leaves", leg) for leg in out]
    steps += [(leg.arrives, f"Off {leg.vehicle.name or leg.vehicle.registration}{_at(leg.to_place)}", leg)
              for leg in out]  # fmt: skip
    for at, what, leg in sorted(steps, key=lambda one: one[0]):
        yield facts.ItineraryRow(at, what, f"{len(leg.child_ids)} children", True)
    yield facts.ItineraryRow(None, f"Going in{_at(today.row.venue_name)}", "Everybody", True)
    yield facts.ItineraryRow(None, "Lunch and toilets", "Everybody", True)
    yield facts.ItineraryRow(None, "Before leaving", "Everybody", True)
    home = [(leg.departs, f"{leg.vehicle.name or leg.vehicle.registration} leaves for home", leg) for leg in back]
    home += [(leg.arrives, f"Off {leg.vehicle.name or leg.vehicle.registration}{_at(leg.to_place)}", leg)
             for leg in back]  # fmt: skip
    for at, what, leg in sorted(home, key=lambda one: one[0]):
        yield facts.ItineraryRow(at, what, f"{len(leg.child_ids)} children", True)
    yield facts.ItineraryRow(told.back_at or told.end, "Children go home", "Lead signs out", True)


def _at(place: str) -> str:
    return f": {place}" if place else ""


def _groups(today: Day) -> tuple[facts.Group, ...]:
    """One-to-one pairs as planned; the other adults with room to write the children they look after. Not drivers."""
    called = {child.id: child.called for child in today.children}
    driving = {leg.driver_id for leg in today.legs}
    looking_after = [adult for adult, role in today.adults if role is not DutyRole.DRIVER and adult.id not in driving]
    with_child = {adult: called[child] for adult, child in today.dedicated.items() if child in called}
    return tuple(
        facts.Group(adult.name, (with_child[adult.id],) if adult.id in with_child else ()) for adult in looking_after
    )


def _medical(children: Iterable[DayChild]) -> tuple[facts.MedicalRow, ...]:
    rows = (
        facts.MedicalRow(
            child.called, queries.written(child.allergies), "\n".join(queries.written(child.medical)),
            queries.medicines(child), child.medicine_kept, child.diet,
        )
        for child in children
    )  # fmt: skip
    return tuple(row for row in rows if row.allergies or row.medical or row.medicines or row.kept or row.diet)


def _consents(uow: UnitOfWork, today: Day) -> tuple[facts.ConsentLine, ...]:
    rows = consents.matrix(uow, today.row.day, child_ids=[child.id for child in today.children])
    return tuple(_line(kind, rows) for kind in ConsentKind)


def _line(kind: ConsentKind, rows: Sequence[MatrixRow]) -> facts.ConsentLine:
    given = [row for row in rows if row.cells[kind].state in _GIVEN]
    said = []
    for state in ConsentState:
        names = [row.called for row in rows if row.cells[kind].state is state]
        if names and state is not ConsentState.GRANTED:
            said.append(f"{STATE_WORDS[state]}: {'everybody' if len(names) == len(rows) else listed(names)}")
    for row in given:
        words = row.cells[kind].said
        if words and words.conditions:
            said.append(f"{row.called}: yes, but {words.conditions}")
    return facts.ConsentLine(KIND_WORDS[kind], len(given), tuple(said))
