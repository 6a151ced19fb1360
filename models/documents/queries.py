"""What the documents have in common: the club, an activity as a family is told of it, its children, and copies out.

Everything goes through the areas' own queries, a fixed number of statements whatever the number of children.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from models.access.permissions import Permission, inside_only, needs
from models.access.records import ClubRecord
from models.documents import facts
from models.documents.records import PackCopyRecord
from models.people import queries as people
from models.people import rules as people_rules
from models.people.queries import Collector, Contact, DayChild
from models.people.rules import ChildStatus, CollectorKind, ContactKind
from models.programme import queries as programme
from models.programme.queries import ActivityRow
from models.programme.rules import ActivityKind, ActivityStatus, BookingStatus
from models.storage.reading import rows, select_row
from models.storage.uow import UnitOfWork
from models.transport import queries as transport
from models.transport.queries import LegRow
from models.transport.rules import Direction

PLANNED = (ActivityStatus.DRAFT, ActivityStatus.CONFIRMED)
LOOK_BACK_DAYS = 14
BASE = "Base"


@dataclass(frozen=True)
class Copy:
    """One numbered copy of a trip pack that left the building; times are UTC instants."""

    id: UUID
    version: int
    activity_id: UUID
    number: int
    holder: str
    out_at: datetime
    back_at: datetime | None
    shredded_at: datetime | None

    @property
    def out(self) -> bool:
        """Whether somebody still has it."""
        return self.back_at is None and self.shredded_at is None


@dataclass(frozen=True)
class Around:
    """The people around a household's children, barred people left out wherever they are named.

    Attributes:
        parents, others: parents and carers, and emergency contacts, each in call order.
        collectors: who may collect. barred: whether somebody must not.
    """

    parents: tuple[facts.Adult, ...] = ()
    others: tuple[facts.Adult, ...] = ()
    in_call_order: tuple[facts.Adult, ...] = ()
    collectors: tuple[facts.Adult, ...] = ()
    barred: bool = False


@dataclass(frozen=True)
class Choices:
    """What can be printed for: activities of the last fortnight and to come, and active children by full name."""

    activities: tuple[ActivityRow, ...]
    children: tuple[tuple[UUID, str], ...]


@needs(Permission.PRINT)
def choices(uow: UnitOfWork, also: UUID | None = None) -> Choices:
    """What the screen offers; `also` an activity of longer ago. Raises NotFound."""
    first = uow.clock.today() - timedelta(days=LOOK_BACK_DAYS)
    known = [row for row in programme.activities(uow, first) if row.status is not ActivityStatus.CANCELLED]
    if also is not None and also not in {row.id for row in known}:
        known.insert(0, programme.activity(uow, also))
    children = people.children(uow, [ChildStatus.ACTIVE])
    return Choices(tuple(known), tuple((child.id, child.full_name) for child in children))


@needs(Permission.PRINT)
def household(uow: UnitOfWork, child_id: UUID) -> tuple[UUID, ...]:
    """The active children of this child's household, and the child itself. Raises NotFound."""
    family_id = people.child(uow, child_id).child.family_id
    active = people.children(uow, [ChildStatus.ACTIVE])
    return tuple(dict.fromkeys([*(one.id for one in active if one.family_id == family_id), child_id]))


@needs(Permission.SEE_DAY)
def club(uow: UnitOfWork) -> facts.Club:
    """Who the paper is from."""
    row = uow.session.execute(
        select(ClubRecord.name, ClubRecord.phone, ClubRecord.email, ClubRecord.complaints_to, ClubRecord.logo)
    ).one()
    return facts.Club(row.name, row.phone, row.email, row.complaints_to, row.logo or None)


def told(row: ActivityRow, place: str, legs: Iterable[LegRow] = ()) -> facts.Activity:
    """An activity as a family is told of it; of a trip when to be there and when everybody is back."""
    trip = row.kind is ActivityKind.TRIP or row.by_minibus
    out = [leg for leg in legs if leg.direction is Direction.OUT]
    back = [leg for leg in legs if leg.direction is Direction.BACK]
    return facts.Activity(
        title=row.title, day=row.day, start=row.starts, end=row.ends, venue=place, is_trip=trip,
        minibus=row.by_minibus, meet_where=row.meeting_place or next((leg.from_place for leg in out), ""),
        meet_at=min([row.starts, *(leg.departs for leg in out)]) if trip else None,
        back_at=max([row.ends, *(leg.arrives for leg in back)]) if trip else None,
    )  # fmt: skip


@inside_only
def activities_told(uow: UnitOfWork, activities: Iterable[ActivityRow]) -> dict[UUID, facts.Activity]:
    """These activities as families are told of them, by id."""
    wanted = tuple(activities)
    venues = {venue.id: venue for venue in programme.venues(uow)}
    legs = transport.legs_of(uow, [row.id for row in wanted])
    found = {}
    for row in wanted:
        venue = venues.get(row.venue_id) if row.venue_id else None
        parts = (venue.name, venue.address, venue.postcode) if venue else ()
        found[row.id] = told(row, ", ".join(part for part in parts if part), legs.get(row.id, ()))
    return found


@inside_only
def booked_children(uow: UnitOfWork, activity_id: UUID) -> tuple[DayChild, ...]:
    """The children with a place, by surname."""
    places = programme.bookings(uow, activity_id)
    found = people.day_children(uow, {one.child_id for one in places if one.status is BookingStatus.BOOKED})
    return by_name(found.values())


def by_name(children: Iterable[DayChild]) -> tuple[DayChild, ...]:
    """By surname and first name, as on the register."""
    return tuple(sorted(children, key=lambda one: (one.legal_last.casefold(), one.legal_first.casefold(), one.ref)))


@inside_only
def around(uow: UnitOfWork, children: Collection[DayChild]) -> Mapping[UUID, Around]:
    """The people around these children, by child id. Two statements."""
    contacts = people.contacts_for(uow, {child.family_id for child in children})
    collectors = people.collectors_for(uow, [child.id for child in children])
    return {child.id: _around(contacts.get(child.family_id, ()), collectors.get(child.id, ())) for child in children}


def see(child: DayChild, barred: bool) -> str:
    """The one mark on paper: that the lead has more to say, never what."""
    known = people_rules.ChildFacts(
        child.id, child.called, child.allergies, child.medical, one_to_one=child.one_to_one, must_not_collect=barred
    )
    return "See lead" if people_rules.see_marks(known) else ""


def written(text: str) -> tuple[str, ...]:
    """What was written, a line or a part between semicolons each."""
    parts = (" ".join(part.split()) for part in text.replace("\n", ";").split(";"))
    return tuple(part for part in parts if part)


def medicines(child: DayChild) -> tuple[facts.Medicine, ...]:
    """The child's medicine, where its last day is known; what it is stands under medical needs."""
    return (facts.Medicine("Medicine", child.medicine_expires),) if child.medicine_expires else ()


@needs(Permission.PRINT)
def usual_holders(uow: UnitOfWork, activity_id: UUID) -> tuple[str, ...]:
    """Who carries a copy of the trip pack unless said otherwise: the lead, and one stays at base. Raises NotFound."""
    return (programme.activity(uow, activity_id).lead_name or "Lead", BASE)


@needs(Permission.PRINT)
def copies(uow: UnitOfWork, activity_id: UUID) -> tuple[Copy, ...]:
    """Every numbered copy of one activity's trip packs, by number."""
    return rows(uow, _copies().where(PackCopyRecord.activity_id == activity_id), Copy)


@needs(Permission.PRINT)
def copies_made(uow: UnitOfWork, activity_id: UUID) -> int:
    """The highest number given to a copy of this activity's trip packs; 0 for none."""
    highest = select(func.max(PackCopyRecord.number)).where(PackCopyRecord.activity_id == activity_id)
    return uow.session.scalar(highest) or 0


def _copies() -> Select[Any]:
    return select_row(PackCopyRecord, Copy).order_by(PackCopyRecord.activity_id, PackCopyRecord.number)


def _around(contacts: Iterable[Contact], collectors: Iterable[Collector]) -> Around:
    listed = tuple(collectors)
    barred = {_plain(one.name) for one in listed if one.kind is CollectorKind.MUST_NOT}
    known = [one for one in contacts if _plain(one.name) not in barred]
    may = [one for one in listed if one.kind is CollectorKind.MAY and _plain(one.name) not in barred]
    return Around(
        parents=tuple(_contact(one) for one in known if one.kind is ContactKind.PARENT),
        others=tuple(_contact(one) for one in known if one.kind is ContactKind.EMERGENCY),
        in_call_order=tuple(_contact(one) for one in known),
        collectors=tuple(facts.Adult(one.name, one.relationship, _phones(one.phone)) for one in may),
        barred=bool(barred),
    )


def _contact(one: Contact) -> facts.Adult:
    return facts.Adult(one.name, one.relationship, _phones(one.phone, one.other_phone))


def _phones(*numbers: str) -> tuple[str, ...]:
    return tuple(number for number in numbers if number)


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
