"""Gathers what readiness looks at, for several activities in a handful of reads, and asks the rules."""

from collections.abc import Collection, Container, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from uuid import UUID

from sqlalchemy import select

from models.access.permissions import Permission, needs
from models.access.records import ClubRecord
from models.consents.queries import consents_for
from models.consents.rules import ConsentFacts, ConsentKind
from models.kernel.errors import NotFound
from models.people.queries import DayChild, day_children
from models.programme import queries as programme
from models.programme.calendar import TermFacts, is_school_holiday
from models.programme.queries import ActivityRow, BookingRow, DutyRow
from models.programme.rules import ActivityStatus, AdultFacts, BookingStatus, DutyRole, DutyStatus, why_not_counted
from models.readiness.facts import BookedChild, Plan, Policy
from models.readiness.lines import Level, Line, is_ready, light, summary
from models.readiness.records import GoAheadRecord
from models.readiness.rules import check
from models.storage.uow import UnitOfWork
from models.team.queries import AdultFactsRow, team_facts
from models.team.rules import TeamFacts, on_the_team, short_names, usually_works
from models.transport import queries as transport
from models.transport.rules import (
    AssistantFacts,
    DriverFacts,
    LegFacts,
    SeatedChild,
    VehicleFacts,
    seat_refusal,
    with_booster,
)

MOST_GROUNDS = 1000  # letters a decision's record has room for


@dataclass(frozen=True)
class Readiness:
    """One activity's answer: `ready` means no block left; `light` is the worst level; `words` say it in brief."""

    activity: ActivityRow
    lines: tuple[Line, ...]

    @property
    def ready(self) -> bool:
        """Whether no block is left."""
        return is_ready(self.lines)

    @property
    def light(self) -> Level:
        """Red, amber or green as block, warn or ok."""
        return light(self.lines)

    @property
    def words(self) -> str:
        """Ready, or not: how many things to fix."""
        return summary(self.lines)


@dataclass(frozen=True)
class SetAside:
    """A rule somebody goes ahead without: who decided, when, why, and whose countersignature is awaited."""

    id: UUID
    activity_id: UUID
    rule: str
    line_text: str
    reason: str
    decided_by: str
    phoned: str
    countersigned_by: str


@needs(Permission.SEE_FAMILIES)
def readiness(uow: UnitOfWork, activity_id: UUID) -> Readiness:
    """The lines of one activity. Raises NotFound."""
    return readiness_of(uow, [programme.activity(uow, activity_id)])[0]


@needs(Permission.SEE_FAMILIES)
def readiness_between(uow: UnitOfWork, first: date, last: date) -> tuple[Readiness, ...]:
    """The lines of every planned activity from `first` to `last`, in order."""
    planned = (ActivityStatus.DRAFT, ActivityStatus.CONFIRMED)
    return readiness_of(uow, programme.activities(uow, first, last, planned))


@needs(Permission.SEE_FAMILIES)
def readiness_of(uow: UnitOfWork, activities: Iterable[ActivityRow]) -> tuple[Readiness, ...]:
    """The lines of these activities, in the order given."""
    rows = tuple(activities)
    aside = set_aside(uow, [row.id for row in rows])
    answers = []
    for row, plan in zip(rows, plans(uow, rows), strict=True):
        answers.append(Readiness(row, _without(check(plan), aside.get(row.id, ()))))
    return tuple(answers)


@needs(Permission.SEE_FAMILIES)
def if_booked(uow: UnitOfWork, activity_id: UUID, child_id: UUID) -> tuple[Line, ...]:
    """The lines as they would be with this child booked too, for the warning before it is done. Nothing is changed.

    As a booking would, it takes the first seat each way that is free. Raises NotFound.
    """
    row = programme.activity(uow, activity_id)
    plan = plans(uow, [row])[0]
    found = day_children(uow, [child_id])
    if child_id not in found:
        raise NotFound("This child is no longer there.", "Choose another name.")
    if all(child.id != child_id for child in plan.children):
        plan = with_child(plan, _child(found[child_id]), consents_for(uow, [child_id]).get(child_id, {}))
    return _without(check(plan), set_aside(uow, [activity_id]).get(activity_id, ()))


def with_child(plan: Plan, child: BookedChild, consents: Mapping[ConsentKind, ConsentFacts]) -> Plan:
    """The plan with one more child booked, on the first bus each way that has room."""
    newcomer = SeatedChild(child.as_passenger(), in_wheelchair=child.wheelchair)
    legs, seated = [], set()
    for leg in plan.legs:
        if leg.direction not in seated and seat_refusal(leg, newcomer, plan.day) is None:
            seated.add(leg.direction)
            leg = replace(leg, children=(*leg.children, with_booster(leg, newcomer)))
        legs.append(leg)
    return replace(
        plan,
        children=tuple(sorted((*plan.children, child), key=lambda one: one.name)),
        consents={**plan.consents, child.id: consents},
        legs=tuple(legs),
    )


@needs(Permission.SEE_FAMILIES)
def set_aside(uow: UnitOfWork, activity_ids: Collection[UUID]) -> dict[UUID, tuple[SetAside, ...]]:
    """Everything somebody goes ahead without, by activity."""
    columns = [getattr(GoAheadRecord, name) for name in SetAside.__dataclass_fields__]
    found: dict[UUID, tuple[SetAside, ...]] = {}
    statement = select(*columns).where(GoAheadRecord.activity_id.in_(list(activity_ids)))
    for row in uow.session.execute(statement.order_by(GoAheadRecord.decided_at)):
        found[row.activity_id] = (*found.get(row.activity_id, ()), SetAside(*row))
    return found


@needs(Permission.SEE_DAY)
def policy(uow: UnitOfWork) -> Policy:
    """The club's own figures."""
    club = ClubRecord
    row = uow.session.execute(
        select(club.children_per_adult, club.min_adults, club.dbs_years, club.safeguarding_years, club.consent_months)
    ).one()
    return Policy(*row)


@needs(Permission.SEE_FAMILIES)
def plans(uow: UnitOfWork, activities: Iterable[ActivityRow]) -> tuple[Plan, ...]:
    """The plans of these activities, in the order given."""
    rows = tuple(activities)
    ids = [row.id for row in rows]
    booked = [one for one in programme.bookings_of(uow, ids) if one.status is BookingStatus.BOOKED]
    duties = programme.duties_of(uow, ids)
    child_ids = {one.child_id for one in booked}
    terms = [TermFacts(one.name, one.starts, one.ends, one.half_starts, one.half_ends) for one in programme.terms(uow)]
    gathered = _Gathered(
        policy(uow),
        day_children(uow, child_ids),
        team_facts(uow),
        consents_for(uow, child_ids),
        {row.id: is_school_holiday(row.day, terms) for row in rows},
        transport.legs_of(uow, ids),
    )
    return tuple(_plan(row, booked, duties, gathered) for row in rows)


@dataclass(frozen=True)
class _Gathered:
    policy: Policy
    children: Mapping[UUID, DayChild]
    team: Mapping[UUID, AdultFactsRow]
    consents: Mapping[UUID, Mapping[ConsentKind, ConsentFacts]]
    holiday: Mapping[UUID, bool | None]
    legs: Mapping[UUID, tuple[transport.LegRow, ...]]

    @property
    def names(self) -> dict[UUID, str]:
        """Each adult as a sentence names them: the first name, or all of it where two share that."""
        return dict(zip(self.team, short_names([one.name for one in self.team.values()]), strict=True))


def _plan(row: ActivityRow, booked: Iterable[BookingRow], duties: Iterable[DutyRow], all_: _Gathered) -> Plan:
    names = all_.names
    mine = [duty for duty in duties if duty.activity_id == row.id]
    children = [_child(all_.children[one.child_id]) for one in booked if one.activity_id == row.id]
    legs = all_.legs.get(row.id, ())
    adults = [_adult(duty, all_, legs, row, {child.id: child.name for child in children}) for duty in mine]
    called = {child.id: child for child in children}
    dedicated = {duty.adult_id: duty.one_to_one_child_id for duty in mine if duty.one_to_one_child_id}
    return Plan(
        activity_id=row.id, kind=row.kind, status=row.status, title=row.title, day=row.day, starts=row.starts,
        ends=row.ends, by_minibus=row.by_minibus, lead_id=row.lead_id, venue_name=row.venue_name,
        capacity=row.capacity, policy=all_.policy, children=tuple(sorted(children, key=lambda one: one.name)),
        adults=tuple(sorted(adults, key=lambda one: (one.id != row.lead_id, one.name))),
        one_to_one_for=dedicated,
        team={duty.adult_id: team_facts_of(all_.team[duty.adult_id], names[duty.adult_id]) for duty in mine},
        spare=_spare(row, mine, all_),
        consents=all_.consents,
        legs=tuple(_leg(leg, all_, called, adults, dedicated) for leg in legs),
    )  # fmt: skip


def _child(child: DayChild) -> BookedChild:
    return BookedChild(
        child.id, child.called, child.family_id, child.one_to_one, child.wheelchair, child.height_cm, child.allergies,
        child.medical, child.medicine_expires,
    )  # fmt: skip


def _adult(
    duty: DutyRow, all_: _Gathered, legs: Iterable[transport.LegRow], row: ActivityRow, children: Mapping[UUID, str]
) -> AdultFacts:
    facts = all_.team[duty.adult_id]
    with_whom = duty.one_to_one_child_id
    return AdultFacts(
        id=facts.id, name=all_.names[facts.id], birth_date=facts.birth_date,
        cleared=facts.cleared_on is not None and facts.cleared_on <= row.day, status=duty.status, role=duty.role,
        driving=any(leg.driver_id == facts.id for leg in legs), one_to_one=with_whom is not None,
        as_parent=duty.as_parent, one_to_one_with=children.get(with_whom, "") if with_whom else "",
        left=not on_the_team(facts.left_on, row.day),
    )  # fmt: skip


def team_facts_of(facts: AdultFactsRow, name: str) -> TeamFacts:
    """An adult as the rules about checks look at them, named as a sentence should."""
    return TeamFacts(
        id=facts.id, name=name, dbs_issued=facts.dbs_issued, safeguarding_trained=facts.safeguarding_trained,
        first_aid_expires=facts.first_aid_expires, licence_checked=facts.licence_checked,
        midas_expires=facts.midas_expires, drives=bool(facts.licence), left_on=facts.left_on,
    )  # fmt: skip


def _spare(row: ActivityRow, duties: Iterable[DutyRow], all_: _Gathered) -> tuple[tuple[UUID, str], ...]:
    """Adults who could be asked: not on the list yet, they would count that day, and they work such days."""
    listed = {duty.adult_id for duty in duties}
    found = []
    for facts in all_.team.values():
        if facts.id in listed or not on_the_team(facts.left_on, row.day):
            continue
        if usually_works(facts.usual_days, row.day, all_.holiday[row.id]) is False:
            continue
        blank = DutyRow(row.id, 1, row.id, facts.id, DutyRole.WORKER, DutyStatus.CONFIRMED, None, False, "")
        if why_not_counted(_adult(blank, all_, (), row, {}), row.day) is None:
            found.append((facts.id, all_.names[facts.id]))
    return tuple(found)


def _leg(
    leg: transport.LegRow,
    all_: _Gathered,
    children: Mapping[UUID, BookedChild],
    adults: Iterable[AdultFacts],
    dedicated: Mapping[UUID, UUID],
) -> LegFacts:
    named = {adult.id: adult for adult in adults}
    seated = tuple(
        SeatedChild(children[seat.child_id].as_passenger(), seat.in_wheelchair, seat.booster)
        for seat in leg.seats
        if seat.child_id is not None and seat.child_id in children
    )
    assistants = tuple(
        assistant_facts(named[adult_id], dedicated, children) for adult_id in leg.escort_ids if adult_id in named
    )
    return LegFacts(
        leg.direction, vehicle_facts(leg.vehicle), _driver(leg, all_), seated, assistants, all_.policy.per_adult
    )


def assistant_facts(adult: AdultFacts, dedicated: Mapping[UUID, UUID], children: Container[UUID]) -> AssistantFacts:
    """An adult as the rules about seats look at them; `dedicated`: which child each is for, if that one has a place."""
    alone_with = child_id if (child_id := dedicated.get(adult.id)) in children else None
    return AssistantFacts(adult.id, adult.name, adult.birth_date, adult.there, alone_with)


def _driver(leg: transport.LegRow, all_: _Gathered) -> DriverFacts | None:
    facts = all_.team.get(leg.driver_id) if leg.driver_id else None
    return driver_facts(facts, all_.names[facts.id]) if facts else None


def driver_facts(facts: AdultFactsRow, name: str) -> DriverFacts:
    """An adult as the driving rules look at them."""
    return DriverFacts(
        facts.id, name, facts.birth_date, facts.paid, facts.licence, facts.licence_checked, facts.midas_expires,
        facts.driving_approved,
    )  # fmt: skip


def vehicle_facts(row: transport.VehicleRow) -> VehicleFacts:
    """A vehicle as the rules look at it."""
    return VehicleFacts(**{name: getattr(row, name) for name in VehicleFacts.__dataclass_fields__})


def _without(lines: tuple[Line, ...], aside: Iterable[SetAside]) -> tuple[Line, ...]:
    """A block somebody goes ahead without warns instead, for as long as the very same is in the way."""
    decided = {(one.rule, one.line_text): one for one in aside}
    return tuple(_eased(line, decided.get((line.rule, grounds_kept(line)))) for line in lines)


def grounds_kept(line: Line) -> str:
    """What is in the way as a decision keeps it: whole, or (sixty names are long) begun and told apart by a digest."""
    if len(line.grounds) <= MOST_GROUNDS:
        return line.grounds
    digest = sha256(line.grounds.encode()).hexdigest()
    return f"{line.grounds[: MOST_GROUNDS - len(digest) - 2]}… {digest}"


def _eased(line: Line, decision: SetAside | None) -> Line:
    if decision is None or not line.may_go_ahead:
        return line
    phoned = f", who phoned {decision.phoned}" if decision.phoned else ""
    signed = "" if decision.countersigned_by or not decision.phoned else " It is still to be countersigned."
    text = f"{line.text} Going ahead anyway: {decision.reason} ({decision.decided_by}{phoned}).{signed}"
    return replace(line, level=Level.WARN, text=text, weight=0, set_aside=decision.reason, eased=line)
