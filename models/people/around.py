"""The people around a child: contacts in call order, and who may and must not collect."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from models.access.permissions import Permission, needs
from models.kernel.errors import BadInput
from models.people import words
from models.people.records import ChildRecord, CollectorRecord, ContactRecord, FamilyRecord
from models.people.rules import CollectorKind, ContactKind
from models.storage.uow import UnitOfWork
from models.storage.values import checked, put_into

Values = Mapping[str, Any]


@needs(Permission.EDIT_FAMILIES)
def add_contact(uow: UnitOfWork, family_id: UUID, values: Values) -> UUID:
    """Adds a contact at the end of the family's call order; returns its id. Raises BadInput, NotFound."""
    uow.get(FamilyRecord, family_id, "family")
    given = {"kind": ContactKind.PARENT} | _checked_contact({"name": ""} | dict(values))
    place = len(_in_order(uow, family_id)) + 1
    return uow.add(ContactRecord(family_id=family_id, call_order=place, **given)).id


@needs(Permission.EDIT_FAMILIES)
def edit_contact(uow: UnitOfWork, contact_id: UUID, version: int | None, values: Values) -> None:
    """Changes a contact (its place: see `move_contact`). Raises BadInput, NotFound, Stale."""
    put_into(uow.edit(ContactRecord, contact_id, version, "contact"), _checked_contact(values))


@needs(Permission.EDIT_FAMILIES)
def remove_contact(uow: UnitOfWork, contact_id: UUID, version: int | None) -> None:
    """Takes a contact off the list; those after it move up. Raises NotFound, Stale."""
    record = uow.edit(ContactRecord, contact_id, version, "contact")
    _number([one for one in _in_order(uow, record.family_id) if one is not record])
    uow.remove(record)


@needs(Permission.EDIT_FAMILIES)
def move_contact(uow: UnitOfWork, contact_id: UUID, version: int | None, place: int) -> None:
    """Puts a contact at `place` (from 1) in the call order; past the end means last. Raises NotFound, Stale."""
    record = uow.edit(ContactRecord, contact_id, version, "contact")
    others = [one for one in _in_order(uow, record.family_id) if one is not record]
    others.insert(max(place, 1) - 1, record)
    _number(others)


@needs(Permission.EDIT_FAMILIES)
def add_collector(uow: UnitOfWork, child_id: UUID, values: Values) -> UUID:
    """Adds somebody who may (unless said otherwise) collect the child; returns the id. Raises BadInput, NotFound."""
    uow.get(ChildRecord, child_id, "child")
    given = {"kind": CollectorKind.MAY} | _checked_collector({"name": ""} | dict(values))
    return uow.add(CollectorRecord(child_id=child_id, **given)).id


@needs(Permission.EDIT_FAMILIES)
def edit_collector(uow: UnitOfWork, collector_id: UUID, version: int | None, values: Values) -> None:
    """Changes who may or must not collect. Raises BadInput, NotFound, Stale."""
    put_into(uow.edit(CollectorRecord, collector_id, version, "collector"), _checked_collector(values))


@needs(Permission.EDIT_FAMILIES)
def remove_collector(uow: UnitOfWork, collector_id: UUID, version: int | None) -> None:
    """Takes somebody off the child's collection list. Raises NotFound, Stale."""
    uow.remove(uow.edit(CollectorRecord, collector_id, version, "collector"))


def _in_order(uow: UnitOfWork, family_id: UUID) -> list[ContactRecord]:
    uow.flush()
    order = ContactRecord.call_order, ContactRecord.id
    found = uow.session.scalars(select(ContactRecord).where(ContactRecord.family_id == family_id).order_by(*order))
    return list(found)


def _number(contacts: Sequence[ContactRecord]) -> None:
    for place, contact in enumerate(contacts, start=1):
        put_into(contact, {"call_order": place})


def _checked_contact(values: Values) -> dict[str, Any]:
    return _named(checked(ContactRecord, values, words.CONTACT, only=words.CONTACT.keys() - {"call_order"}))


def _checked_collector(values: Values) -> dict[str, Any]:
    return _named(checked(CollectorRecord, values, words.COLLECTOR, only=words.COLLECTOR.keys() - {"child_id"}))


def _named(given: dict[str, Any]) -> dict[str, Any]:
    if given.get("name", "-") == "":
        raise BadInput("The name is empty.", "Type the name.", "name")
    return given
