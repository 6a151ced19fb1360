"""Gathers a consent pack: for one activity's bookings, for some children, or for all that is outstanding."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from models.access.permissions import inside_only
from models.consents import queries as consents
from models.consents.rules import ConsentFacts, ConsentKind, ConsentState, Level, judge, needed_for
from models.documents import facts, queries
from models.kernel.errors import BadInput
from models.people import queries as people
from models.people.queries import DayChild
from models.people.rules import ChildStatus
from models.programme import queries as programme
from models.programme.queries import ActivityRow
from models.programme.rules import ActivityKind, BookingStatus
from models.storage.uow import UnitOfWork
from models.transport.seats import BOOSTER_BELOW_CM

RETURN_DAYS_BEFORE = 4  # house policy: time to ring round those whose form is not back
ALSO_ON_THE_FORM = (ConsentKind.EMERGENCY_CARE, ConsentKind.PHOTOS, ConsentKind.SUN_CREAM, ConsentKind.PLASTERS)
_YES = (ConsentState.GRANTED, ConsentState.PHONE)
_NO = (ConsentState.REFUSED, ConsentState.WITHDRAWN)
_ASK_AGAIN = (ConsentState.NOT_ASKED, ConsentState.ASKED, ConsentState.EXPIRED, ConsentState.PHONE)

Asked = tuple[tuple[tuple[ConsentKind, ...], tuple[UUID, ...]], ...]
Said = Mapping[UUID, Mapping[ConsentKind, ConsentFacts]]


@dataclass(frozen=True)
class Wanted:
    """One form to make: for whom, about what, and whether the child has a place there."""

    child_id: UUID
    activity: ActivityRow
    booked: bool = True


@inside_only
def for_activity(uow: UnitOfWork, activity_id: UUID) -> list[Wanted]:
    """A form for every child with a place. Raises NotFound."""
    row = programme.activity(uow, activity_id)
    return [Wanted(child.id, row) for child in queries.booked_children(uow, activity_id)]


@inside_only
def for_children(uow: UnitOfWork, child_ids: Collection[UUID], activity_id: UUID | None = None) -> list[Wanted]:
    """A form for each of these children: for that activity, or else for the next each has a place at.

    A child without any place gets one for the next trip (else the next club).
    """
    ahead = [programme.activity(uow, activity_id)] if activity_id else _ahead(uow)
    places = _places(uow, ahead)
    found = []
    for child_id in dict.fromkeys(child_ids):
        mine = [row for row in ahead if (row.id, child_id) in places]
        row = mine[0] if mine else _next(ahead)
        if row is not None:
            found.append(Wanted(child_id, row, booked=bool(mine)))
    return found


@inside_only
def outstanding(uow: UnitOfWork) -> list[Wanted]:
    """A form for every active child with a needed consent missing, too old, or given by phone alone.

    Looked at for each activity the child has a place at; without any place, for the next trip (else the next club).
    What was refused or withdrawn, and a form waiting to be keyed, is not asked for again.
    """
    ahead = _ahead(uow)
    places = _places(uow, ahead)
    active = [child.id for child in people.children(uow, [ChildStatus.ACTIVE])]
    said, months = consents.consents_for(uow, active), consents.stands_months(uow)
    found = []
    for child_id in active:
        mine = [row for row in ahead if (row.id, child_id) in places]
        last = _next(ahead)
        looked_at = mine or ([last] if last else [])
        lacking = [row for row in looked_at if _lacks(said.get(child_id, {}), row, months)]
        if lacking:
            found.append(Wanted(child_id, lacking[0], booked=bool(mine)))
    return found


@inside_only
def pack(uow: UnitOfWork, wanted: Iterable[Wanted]) -> facts.ConsentPack:
    """The facts of these forms, families together. Raises BadInput when there are none."""
    forms = list(wanted)
    if not forms:
        raise BadInput("No child needs a form for this.", "Book children first, or choose another activity.")
    young = people.day_children(uow, {one.child_id for one in forms})
    order = {child.id: at for at, child in enumerate(queries.by_name(young.values()))}
    first = {child.family_id: min(order[one.id] for one in young.values() if one.family_id == child.family_id)
             for child in young.values()}  # fmt: skip
    forms.sort(key=lambda one: (first[young[one.child_id].family_id], order[one.child_id]))
    known = queries.around(uow, list(young.values()))
    homes = {family.id: family for family in people.families(uow, {child.family_id for child in young.values()})}
    said = consents.consents_for(uow, list(young))
    told = queries.activities_told(uow, {one.activity.id: one.activity for one in forms}.values())
    sheets = []
    for one in forms:
        child = young[one.child_id]
        home = homes[child.family_id]
        filled = _child(child, (home.address, home.postcode), known[child.id], said.get(child.id, {}))
        by = _return_by(one.activity.day, uow.clock.today())
        sheets.append(facts.ConsentSheet(filled, told[one.activity.id], by, booked=one.booked))
    return facts.ConsentPack(queries.club(uow), tuple(sheets), uow.clock.now())


def asked_for(wanted: Iterable[Wanted]) -> Asked:
    """Which kinds these forms ask of which children, to be noted as asked."""
    groups: dict[tuple[ConsentKind, ...], list[UUID]] = {}
    for one in wanted:
        kinds = (*needed_for(one.activity.kind, one.activity.by_minibus), *ALSO_ON_THE_FORM)
        groups.setdefault(kinds, []).append(one.child_id)
    return tuple((kinds, tuple(ids)) for kinds, ids in groups.items())


def _ahead(uow: UnitOfWork) -> list[ActivityRow]:
    return list(programme.activities(uow, uow.clock.today(), None, queries.PLANNED))


def _next(ahead: list[ActivityRow]) -> ActivityRow | None:
    trips = [row for row in ahead if row.kind is ActivityKind.TRIP]
    return next(iter([*trips, *ahead]), None)


def _places(uow: UnitOfWork, ahead: Iterable[ActivityRow]) -> set[tuple[UUID, UUID]]:
    found = programme.bookings_of(uow, [row.id for row in ahead])
    return {(one.activity_id, one.child_id) for one in found if one.status is BookingStatus.BOOKED}


def _lacks(said: Mapping[ConsentKind, ConsentFacts], row: ActivityRow, months: int) -> bool:
    verdicts = [judge(kind, said.get(kind), row.day, months) for kind in needed_for(row.kind, row.by_minibus)]
    return any(verdict.level is not Level.OK and verdict.state in _ASK_AGAIN for verdict in verdicts)


def _return_by(day: date, today: date) -> date | None:
    for before in (RETURN_DAYS_BEFORE, 1):
        by = day - timedelta(days=before)
        if by > today:
            return by
    return None


def _child(
    child: DayChild, home: tuple[str, ...], known: queries.Around, said: Mapping[ConsentKind, ConsentFacts]
) -> facts.ConsentChild:
    return facts.ConsentChild(
        legal_first=child.legal_first, legal_last=child.legal_last, known_as=child.known_as, born=child.birth_date,
        home=tuple(line for line in home if line), carers=known.parents, emergency=known.others,
        collectors=known.collectors, allergies=queries.written(child.allergies),
        medical="\n".join(queries.written(child.medical)), medicines=queries.medicines(child), diet=child.diet,
        gp=child.gp, school=child.school, height_cm=child.height_cm,
        booster=child.height_cm < BOOSTER_BELOW_CM if child.height_cm else None,
        answers=facts.Answers(*(_answer(said.get(kind)) for kind in ALSO_ON_THE_FORM)),
    )  # fmt: skip


def _answer(known: ConsentFacts | None) -> bool | None:
    if known is None or known.state not in (*_YES, *_NO):
        return None
    return known.state in _YES
