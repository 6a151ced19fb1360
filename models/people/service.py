"""What people do with families and children: add, edit, move between households."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from models.access.permissions import Permission, needs
from models.kernel.dates import OLDEST, can_be_born
from models.kernel.errors import BadInput
from models.people import refs, words
from models.people.records import ChildRecord, ContactRecord, FamilyRecord
from models.people.rules import ChildStatus
from models.storage.uow import UnitOfWork
from models.storage.values import checked, put_into

Values = Mapping[str, Any]

SHORTEST_CM, TALLEST_CM = 50, 220
NAMES = ("legal_first", "legal_last")


@needs(Permission.EDIT_FAMILIES)
def add_family(uow: UnitOfWork, values: Values) -> UUID:
    """Adds a household and returns its id. Raises BadInput."""
    return uow.add(FamilyRecord(**checked(FamilyRecord, values, words.FAMILY))).id


@needs(Permission.EDIT_FAMILIES)
def edit_family(uow: UnitOfWork, family_id: UUID, version: int | None, values: Values) -> None:
    """Changes a household. Raises BadInput, NotFound, Stale."""
    put_into(uow.edit(FamilyRecord, family_id, version, "family"), checked(FamilyRecord, values, words.FAMILY))


@needs(Permission.EDIT_FAMILIES)
def add_child(uow: UnitOfWork, family_id: UUID | None, values: Values, new_family: Values | None = None) -> UUID:
    """Adds a child to a family that is there, or (None) to a new one made of `new_family`; returns the child's id.

    Both names and the birth date are needed. Without a ref it gets the next of the club's own pattern; without a
    status it is active. Raises BadInput, and NotFound for a family that is gone.
    """
    given = _checked_child(uow, dict.fromkeys(NAMES, "") | dict(values), None)
    if given.get("birth_date") is None:
        raise BadInput("The date of birth is missing.", "Type it like 05/12/2019.", "birth_date")
    if family_id is None:
        family_id = add_family(uow, new_family or {})
    else:
        uow.get(FamilyRecord, family_id, "family")
    given["ref"] = given.get("ref") or refs.next_ref(uow)
    return uow.add(ChildRecord(**{"status": ChildStatus.ACTIVE} | given | {"family_id": family_id})).id


@needs(Permission.EDIT_FAMILIES)
def edit_child(uow: UnitOfWork, child_id: UUID, version: int | None, values: Values) -> None:
    """Changes a child's own columns; an empty ref is given the next one. Raises BadInput, NotFound, Stale.

    The family is not changed here: see `split_child` and `join_family`.
    """
    record = uow.edit(ChildRecord, child_id, version, "child")
    given = _checked_child(uow, values, child_id)
    if given.get("ref") == "":
        given["ref"] = refs.next_ref(uow)
    put_into(record, given)


@needs(Permission.EDIT_FAMILIES)
def set_status(uow: UnitOfWork, child_id: UUID, version: int | None, status: ChildStatus) -> None:
    """Says where the child stands with the club. Raises NotFound, Stale."""
    put_into(uow.edit(ChildRecord, child_id, version, "child"), {"status": status})


@needs(Permission.EDIT_FAMILIES)
def split_child(
    uow: UnitOfWork, child_id: UUID, version: int | None, new_family: Values, *, copy_contacts: bool = True
) -> UUID:
    """Moves a child into a household of its own and returns that family's id.

    The old family's contacts are copied, so that there is always somebody to ring. Raises BadInput when the child
    is the only one at the old address, and NotFound, Stale.
    """
    record = uow.edit(ChildRecord, child_id, version, "child")
    if _children_in(uow, record.family_id) < 2:
        raise BadInput("No other child lives in this family.", "Change the family's address instead.", "family_id")
    old, new = record.family_id, add_family(uow, new_family)
    if copy_contacts:
        for contact in _contacts(uow, old):
            same = {name: getattr(contact, name) for name in words.CONTACT}
            uow.add(ContactRecord(family_id=new, **same))
    record.family_id = new
    return new


@needs(Permission.EDIT_FAMILIES)
def join_family(uow: UnitOfWork, child_id: UUID, version: int | None, family_id: UUID) -> None:
    """Moves a child into a family that is there: they are siblings at one address.

    A family left without children goes. Its contacts whom the new family does not have move along, at the end of
    the call order; its notes are added. Raises NotFound, Stale.
    """
    record = uow.edit(ChildRecord, child_id, version, "child")
    home = uow.get(FamilyRecord, family_id, "family")
    if record.family_id == home.id:
        return
    old = uow.get(FamilyRecord, record.family_id, "family")
    record.family_id = home.id
    uow.flush()
    if not _children_in(uow, old.id):
        _merge(uow, old, home)


def _merge(uow: UnitOfWork, old: FamilyRecord, home: FamilyRecord) -> None:
    known = {(one.name.casefold(), one.phone) for one in _contacts(uow, home.id)}
    place = len(known) and max(one.call_order for one in _contacts(uow, home.id))
    for contact in _contacts(uow, old.id):
        if (contact.name.casefold(), contact.phone) in known:
            uow.remove(contact)
        else:
            place += 1
            contact.family_id, contact.call_order = home.id, place
    if old.notes and old.notes not in home.notes:
        put_into(home, checked(FamilyRecord, {"notes": f"{home.notes}\n{old.notes}"}, words.FAMILY))
    uow.remove(old)


def _contacts(uow: UnitOfWork, family_id: UUID) -> list[ContactRecord]:
    order = ContactRecord.call_order, ContactRecord.id
    found = uow.session.scalars(select(ContactRecord).where(ContactRecord.family_id == family_id).order_by(*order))
    return list(found)


def _children_in(uow: UnitOfWork, family_id: UUID) -> int:
    counting = select(func.count()).select_from(ChildRecord).where(ChildRecord.family_id == family_id)
    return uow.session.scalar(counting) or 0


def _checked_child(uow: UnitOfWork, values: Values, child_id: UUID | None) -> dict[str, Any]:
    given = checked(ChildRecord, values, words.CHILD, only=words.CHILD.keys() - {"family_id"})
    for name in NAMES:
        if given.get(name, "-") == "":
            raise BadInput(f"The {words.CHILD[name]} is empty.", "Type the name.", name)
    if given.get("birth_date") is not None:
        check_birth_date(given["birth_date"], uow.clock.today())
    if given.get("height_cm") is not None and not SHORTEST_CM <= given["height_cm"] <= TALLEST_CM:
        raise BadInput(
            f"A height of {given['height_cm']} cm cannot be right.",
            f"Type whole centimetres between {SHORTEST_CM} and {TALLEST_CM}.",
            "height_cm",
        )
    if not 0 <= given.get("one_to_one", 0) <= 2:
        raise BadInput("A child has no more than two adults of their own.", "Choose 0, 1 or 2.", "one_to_one")
    if given.get("ref"):
        refs.check_free(uow, given["ref"], child_id)
    return given


def check_birth_date(born: date, today: date) -> None:
    """Raises BadInput for a birth date in the future or more than 120 years ago."""
    if born > today:
        raise BadInput("This date of birth is in the future.", "Check the year.", "birth_date")
    if not can_be_born(born, today):
        raise BadInput(f"This date of birth is more than {OLDEST} years ago.", "Check the year.", "birth_date")
