"""Reads about children and families: a few statements each, whatever the number of children."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import InstrumentedAttribute

from models.access.permissions import Permission, needs
from models.kernel.errors import NotFound
from models.kernel.words import called, full_name
from models.people.records import ChildRecord, CollectorRecord, ContactRecord, FamilyRecord
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


@needs(Permission.SEE_DAY)
def children(uow: UnitOfWork, statuses: Collection[ChildStatus] | None = None) -> tuple[ChildRow, ...]:
    """The children with one of these statuses (None: all), by surname and name. Three statements."""
    found = rows(uow, _in_name_order(ChildRecord.status, statuses), ChildFields)
    contacts = contacts_for(uow)
    warned = set(uow.session.scalars(select(CollectorRecord.child_id).where(_MUST_NOT)))
    return tuple(_list_row(child, contacts.get(child.family_id, ()), child.id in warned) for child in found)


@needs(Permission.SEE_DAY)
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


@needs(Permission.SEE_DAY)
def day_children(uow: UnitOfWork, ids: Collection[UUID] | None = None) -> dict[UUID, DayChild]:
    """What the day needs of these children (None: of all), by id."""
    statement = select_row(ChildRecord, DayChild)
    if ids is not None:
        statement = statement.where(ChildRecord.id.in_(list(ids)))
    return {one.id: one for one in rows(uow, statement, DayChild)}


@needs(Permission.SEE_DAY)
def contacts_for(uow: UnitOfWork, family_ids: Collection[UUID] | None = None) -> Mapping[UUID, tuple[Contact, ...]]:
    """The contacts of these families (None: of all) in call order, by family id."""
    statement = select_row(ContactRecord, Contact).order_by(ContactRecord.call_order, ContactRecord.id)
    if family_ids is not None:
        statement = statement.where(ContactRecord.family_id.in_(list(family_ids)))
    return grouped(rows(uow, statement, Contact), "family_id")


@needs(Permission.SEE_DAY)
def collectors_for(uow: UnitOfWork, child_ids: Collection[UUID] | None = None) -> Mapping[UUID, tuple[Collector, ...]]:
    """Who may and must not collect these children (None: all of them), those who must not first, by child id."""
    order = CollectorRecord.kind.desc(), CollectorRecord.name, CollectorRecord.id  # "must not" sorts after "may"
    statement = select_row(CollectorRecord, Collector).order_by(*order)
    if child_ids is not None:
        statement = statement.where(CollectorRecord.child_id.in_(list(child_ids)))
    return grouped(rows(uow, statement, Collector), "child_id")


@needs(Permission.SEE_DAY)
def families(uow: UnitOfWork, ids: Collection[UUID] | None = None) -> tuple[Family, ...]:
    """These families (None: all) with their children and contacts, by address. Three statements."""
    statement = select(
        FamilyRecord.id, FamilyRecord.version, FamilyRecord.address, FamilyRecord.postcode, FamilyRecord.notes
    )
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
    order = ChildRecord.legal_last.collate("NOCASE"), ChildRecord.legal_first.collate("NOCASE"), ChildRecord.ref
    statement = select_row(ChildRecord, ChildFields).order_by(*order)
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
