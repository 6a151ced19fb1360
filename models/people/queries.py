"""Reads about children and families: a few statements each, whatever the number of children."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute

from models.access import today
from models.access.permissions import Permission, needs, shown
from models.access.rules import blank
from models.kernel.errors import Denied, NotFound
from models.kernel.words import called, full_name
from models.people import rules
from models.people.records import ERASED_HOME, ChildRecord, CollectorRecord, ContactRecord, FamilyRecord
from models.people.rules import ChildStatus, CollectorKind, ContactKind
from models.storage.reading import grouped, rows, select_row
from models.storage.uow import UnitOfWork

T = TypeVar("T")


@dataclass(frozen=True)
class Contact:
    """A parent, carer or emergency contact, as the family's call list has it (`call_order` from 1)."""

    id: UUID
    version: int
    family_id: UUID
    kind: ContactKind
    name: str
    relationship: str
    phone: str
    other_phone: str
    email: str
    parental_responsibility: bool
    parent_carer: bool
    call_order: int


@dataclass(frozen=True)
class Collector:
    """Somebody who may, or must not, collect a child."""

    id: UUID
    version: int
    child_id: UUID
    kind: CollectorKind
    name: str
    relationship: str
    phone: str
    password: str
    reason: str


@dataclass(frozen=True)
class Family:
    """A household, with the ids and names of its children (as they are called)."""

    id: UUID
    version: int
    address: str
    postcode: str
    notes: str
    children: tuple[tuple[UUID, str], ...]
    contacts: tuple[Contact, ...]


@dataclass(frozen=True)
class ChildRow:
    """A child in the list. `parent` and `phone` are the first to ring; `must_not`: somebody must not collect."""

    id: UUID
    version: int
    ref: str
    family_id: UUID
    called: str
    full_name: str
    birth_date: date
    status: ChildStatus
    school: str
    parent: str
    phone: str
    parent_carer: bool
    one_to_one: int
    wheelchair: bool
    allergies: str
    medical: str
    medicine_expires: date | None
    details_checked: date | None
    must_not: bool


@dataclass(frozen=True)
class DayChild:
    """What the day needs to know of a child."""

    id: UUID
    ref: str
    family_id: UUID
    legal_first: str
    legal_last: str
    known_as: str
    birth_date: date
    status: ChildStatus
    school: str
    gp: str
    one_to_one: int
    wheelchair: bool
    height_cm: int | None
    allergies: str
    medical: str
    medicine_expires: date | None
    medicine_kept: str
    diet: str

    @property
    def called(self) -> str:
        """The name the child answers to, with the surname."""
        return called(self.legal_first, self.legal_last, self.known_as)

    @property
    def full_name(self) -> str:
        """The legal name, with the known-as name in brackets."""
        return full_name(self.legal_first, self.legal_last, self.known_as)


@dataclass(frozen=True)
class ChildFields:
    """Every column of a child."""

    id: UUID
    version: int
    ref: str
    family_id: UUID
    legal_first: str
    legal_last: str
    known_as: str
    birth_date: date
    sex: str
    status: ChildStatus
    ethnicity: str
    language: str
    school: str
    gp: str
    cares_for: str
    condition_category: str
    allergies: str
    medical: str
    medicine_expires: date | None
    medicine_kept: str
    diet: str
    one_to_one: int
    wheelchair: bool
    height_cm: int | None
    referred_by: str
    referral_date: date | None
    approved_young_carers: date | None
    approved_family_pathways: date | None
    home_visit: date | None
    info_pack_given: bool
    details_checked: date | None
    notes: str


@dataclass(frozen=True)
class ChildDetail:
    """A child with everything around it. `siblings` are the family's other children: id and the name they go by."""

    child: ChildFields
    called: str
    full_name: str
    family: Family
    contacts: tuple[Contact, ...]
    may_collect: tuple[Collector, ...]
    must_not_collect: tuple[Collector, ...]
    siblings: tuple[tuple[UUID, str], ...]


@dataclass(frozen=True)
class KnownChild:
    """A child on the books who may turn up; `beneath` tells them from a namesake: the school, say."""

    id: UUID
    family_id: UUID
    called: str
    beneath: str


def _rows_seen(uow: UnitOfWork, found: tuple[ChildRow, ...]) -> tuple[ChildRow, ...]:
    if today.sees_families(uow):
        return found
    here = today.children_today(uow)
    return tuple(
        replace(blank(row, rules.CASEWORK_OF_ROW), status=ChildStatus.ACTIVE) for row in found if row.id in here
    )


def _detail_seen(uow: UnitOfWork, found: ChildDetail) -> ChildDetail:
    """Raises Denied for a child who is not here today."""
    if today.sees_families(uow):
        return found
    here = today.children_today(uow)
    if found.child.id not in here:
        what = f"{uow.actor.name} may see only the children of today’s club or trip."
        raise Denied(what, "Ask a lead worker.", permission=Permission.SEE_FAMILIES, verb=uow.verb)
    return replace(
        found,
        child=replace(blank(found.child, rules.CASEWORK), status=ChildStatus.ACTIVE),
        family=_family_seen(found.family, here),
        contacts=_contacts_seen(found.contacts),
        may_collect=_collectors_seen(found.may_collect),
        must_not_collect=_collectors_seen(found.must_not_collect),
        siblings=tuple(one for one in found.siblings if one[0] in here),
    )


def _day_seen(uow: UnitOfWork, found: dict[UUID, DayChild]) -> dict[UUID, DayChild]:
    if today.sees_families(uow):
        return found
    here = today.children_today(uow)
    return {
        key: replace(one if key in here else blank(one, rules.OF_TODAY_ALONE), status=ChildStatus.ACTIVE)
        for key, one in found.items()
    }


def _contacts_by_family_seen(
    uow: UnitOfWork, found: Mapping[UUID, tuple[Contact, ...]]
) -> Mapping[UUID, tuple[Contact, ...]]:
    if today.sees_families(uow):
        return found
    here = today.families_today(uow)
    return {family: _contacts_seen(contacts) for family, contacts in found.items() if family in here}


def _collectors_by_child_seen(
    uow: UnitOfWork, found: Mapping[UUID, tuple[Collector, ...]]
) -> Mapping[UUID, tuple[Collector, ...]]:
    if today.sees_families(uow):
        return found
    here = today.children_today(uow)
    return {child_id: _collectors_seen(ones) for child_id, ones in found.items() if child_id in here}


def _families_seen(uow: UnitOfWork, found: tuple[Family, ...]) -> tuple[Family, ...]:
    if today.sees_families(uow):
        return found
    here, children_here = today.families_today(uow), today.children_today(uow)
    return tuple(_family_seen(family, children_here) for family in found if family.id in here)


def _family_seen(family: Family, here: Collection[UUID]) -> Family:
    young = tuple(one for one in family.children if one[0] in here)
    clean = blank(family, rules.CASEWORK_OF_FAMILY)
    return replace(clean, children=young, contacts=_contacts_seen(family.contacts))


def _contacts_seen(contacts: tuple[Contact, ...]) -> tuple[Contact, ...]:
    return tuple(blank(one, rules.CASEWORK_OF_CONTACT) for one in contacts)


def _collectors_seen(collectors: tuple[Collector, ...]) -> tuple[Collector, ...]:
    return tuple(blank(one, rules.CASEWORK_OF_COLLECTOR) for one in collectors)


@needs(Permission.SEE_DAY)
@shown(_rows_seen)
def children(uow: UnitOfWork, statuses: Collection[ChildStatus] | None = None) -> tuple[ChildRow, ...]:
    """The children with one of these statuses (None: all), by surname and name. Three statements."""
    found = rows(uow, _in_name_order(ChildRecord.status, statuses), ChildFields)
    contacts = contacts_for(uow)
    warned = set(uow.session.scalars(select(CollectorRecord.child_id).where(_MUST_NOT)))
    return tuple(_list_row(child, contacts.get(child.family_id, ()), child.id in warned) for child in found)


@needs(Permission.SEE_DAY)
@shown(_detail_seen)
def child(uow: UnitOfWork, child_id: UUID) -> ChildDetail:
    """One child with everything around it. Raises NotFound."""
    found = rows(uow, select_row(ChildRecord, ChildFields).where(ChildRecord.id == child_id), ChildFields)
    if not found:
        raise NotFound("This child is no longer there.", "Go back to the list; somebody may have removed them.")
    home = families(uow, [found[0].family_id])[0]
    collectors = collectors_for(uow, [child_id]).get(child_id, ())
    return ChildDetail(
        child=found[0],
        called=called(found[0].legal_first, found[0].legal_last, found[0].known_as),
        full_name=full_name(found[0].legal_first, found[0].legal_last, found[0].known_as),
        family=home,
        contacts=home.contacts,
        may_collect=tuple(one for one in collectors if one.kind is CollectorKind.MAY),
        must_not_collect=tuple(one for one in collectors if one.kind is CollectorKind.MUST_NOT),
        siblings=tuple(one for one in home.children if one[0] != child_id),
    )


@needs(Permission.REGISTER)
def who_may_turn_up(uow: UnitOfWork) -> tuple[KnownChild, ...]:
    """Whom the door may meet without a place, by surname and name: every child who has not left.

    To those who work on the day alone the active ones: that a child is waiting is casework.
    """
    whole = today.sees_families(uow)
    statuses = [one for one in ChildStatus if one not in rules.GONE] if whole else [ChildStatus.ACTIVE]
    found = rows(uow, _in_name_order(ChildRecord.status, statuses), ChildFields)
    return tuple(
        KnownChild(
            one.id, one.family_id, called(one.legal_first, one.legal_last, one.known_as),
            one.school or (one.status.value if whole else ""),
        )
        for one in found
    )  # fmt: skip


@needs(Permission.SEE_DAY)
@shown(_day_seen)
def day_children(uow: UnitOfWork, ids: Collection[UUID] | None = None) -> dict[UUID, DayChild]:
    """What the day needs of these children (None: of all one may see), by id.

    To those who work on the day alone, of a child who is not here today no more than the name.
    """
    statement = select_row(ChildRecord, DayChild)
    if ids is None and not today.sees_families(uow):
        ids = today.children_today(uow)
    if ids is not None:
        statement = statement.where(ChildRecord.id.in_(list(ids)))
    return {one.id: one for one in rows(uow, statement, DayChild)}


@needs(Permission.SEE_DAY)
@shown(_contacts_by_family_seen)
def contacts_for(uow: UnitOfWork, family_ids: Collection[UUID] | None = None) -> Mapping[UUID, tuple[Contact, ...]]:
    """The contacts of these families (None: of all) in call order, by family id."""
    statement = select_row(ContactRecord, Contact).order_by(ContactRecord.call_order, ContactRecord.id)
    if family_ids is not None:
        statement = statement.where(ContactRecord.family_id.in_(list(family_ids)))
    return grouped(rows(uow, statement, Contact), "family_id")


@needs(Permission.SEE_DAY)
@shown(_collectors_by_child_seen)
def collectors_for(uow: UnitOfWork, child_ids: Collection[UUID] | None = None) -> Mapping[UUID, tuple[Collector, ...]]:
    """Who may and must not collect these children (None: all of them), those who must not first, by child id."""
    order = CollectorRecord.kind.desc(), CollectorRecord.name, CollectorRecord.id  # "must not" sorts after "may"
    statement = select_row(CollectorRecord, Collector).order_by(*order)
    if child_ids is not None:
        statement = statement.where(CollectorRecord.child_id.in_(list(child_ids)))
    return grouped(rows(uow, statement, Collector), "child_id")


@needs(Permission.SEE_DAY)
@shown(_families_seen)
def families(uow: UnitOfWork, ids: Collection[UUID] | None = None) -> tuple[Family, ...]:
    """These families (None: all) with their children and contacts, by address. Three statements."""
    statement = select(
        FamilyRecord.id, FamilyRecord.version, FamilyRecord.address, FamilyRecord.postcode, FamilyRecord.notes
    )
    statement = statement.where(FamilyRecord.id != ERASED_HOME) if ids is None else statement
    within = _in_name_order(ChildRecord.family_id, ids)
    if ids is not None:
        statement = statement.where(FamilyRecord.id.in_(list(ids)))
    young = grouped(rows(uow, within, ChildFields), "family_id")
    contacts = contacts_for(uow, ids)
    found = uow.session.execute(statement.order_by(FamilyRecord.address, FamilyRecord.id))
    return tuple(
        Family(**row, children=_names(young.get(row["id"], ())), contacts=contacts.get(row["id"], ()))
        for row in found.mappings()
    )


_MUST_NOT: ColumnElement[bool] = CollectorRecord.kind == CollectorKind.MUST_NOT
_TAKEN_OVER = {field.name for field in fields(ChildRow)} & {field.name for field in fields(ChildFields)}


def _in_name_order(column: InstrumentedAttribute[T], wanted: Collection[T] | None) -> Select[Any]:
    order = func.lower(ChildRecord.legal_last), func.lower(ChildRecord.legal_first), ChildRecord.ref
    statement = select_row(ChildRecord, ChildFields).where(ChildRecord.family_id != ERASED_HOME).order_by(*order)
    return statement if wanted is None else statement.where(column.in_(list(wanted)))


def _list_row(child: ChildFields, contacts: tuple[Contact, ...], must_not: bool) -> ChildRow:
    first = next((one for one in contacts if one.kind is ContactKind.PARENT), contacts[0] if contacts else None)
    same = {name: getattr(child, name) for name in _TAKEN_OVER}
    return ChildRow(
        **same,
        called=called(child.legal_first, child.legal_last, child.known_as),
        full_name=full_name(child.legal_first, child.legal_last, child.known_as),
        parent=first.name if first else "",
        phone=first.phone if first else "",
        parent_carer=any(one.parent_carer for one in contacts),
        must_not=must_not,
    )


def _names(young: Collection[ChildFields]) -> tuple[tuple[UUID, str], ...]:
    return tuple((one.id, called(one.legal_first, one.legal_last, one.known_as)) for one in young)
