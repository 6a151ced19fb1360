"""Writes rows of the tracker: a child, the household it shares with siblings, who may collect, and what was signed."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from models.access.permissions import inside_init
from models.consents.records import ConsentRecord
from models.consents.rules import Authority, ConsentKind, ConsentState, Method
from models.intake import fields
from models.intake.clean import folded
from models.intake.parse import Barred, Collector
from models.intake.plan import Plan, home_key, home_of
from models.intake.queries import CHOICES, FORMS, NAMELESS_EMERGENCY, NAMELESS_PARENT
from models.intake.typed import ChildRow
from models.people.records import ChildRecord, CollectorRecord, ContactRecord, FamilyRecord
from models.people.rules import CollectorKind, ContactKind
from models.storage.uow import UnitOfWork
from models.storage.values import put_into

Home = tuple[str, ...]
_HOME_KEYS = frozenset({"address", "postcode", "carer", "tel_1"})
_EMERGENCY_KEYS = frozenset({"emergency_contact", "emergency_tel"})
_NO_DAY = "The spreadsheet has no date for this; the date is the day it was brought in."


class Families:
    """Children and households of one import."""

    @inside_init
    def __init__(self, uow: UnitOfWork, plan: Plan) -> None:
        self._uow = uow
        self._plan = plan
        self._homes: dict[Home, UUID] | None = None
        self._told: dict[UUID, set[Home]] | None = None

    def add(self, row: ChildRow) -> UUID:
        """A new child, in the family its siblings have or a new one."""
        values = fields.columns_for(ChildRecord, fields.CHILD, row, fields.CHILD)
        child = self._uow.add(ChildRecord(**values, family_id=self._family(row)))
        self._put_collectors(child.id, row, {}, (CollectorKind.MAY, CollectorKind.MUST_NOT))
        self._put_consents(child.id, row, {*FORMS, *CHOICES}, {})
        return child.id

    def change(self, row: ChildRow, child_id: UUID, changes: Mapping[str, Any]) -> None:
        """Writes the changed values of a child, and of the family where they are the family's."""
        child = self._uow.get(ChildRecord, child_id, "child")
        put_into(child, fields.columns_for(ChildRecord, fields.CHILD, row, changes))
        if _HOME_KEYS & set(changes) and self._moves_alone(row, child.family_id):
            child.family_id = self._family(row)
        else:
            self._change_family(row, child.family_id, changes)
        kinds = [kind for key, kind in _LISTS if key in changes]
        if kinds:
            self._put_collectors(child_id, row, self._collectors(child_id), kinds)
        asked = set(changes) & {*FORMS, *CHOICES}
        if asked:
            there = select(ConsentRecord).where(ConsentRecord.child_id == child_id)
            self._put_consents(child_id, row, asked, {one.kind: one for one in self._uow.session.scalars(there)})

    # --- the household ---

    def _family(self, row: ChildRow) -> UUID:
        homes = self._known_homes()
        home = home_of(row)
        if home is not None and home in homes:
            return homes[home]
        values = fields.columns_for(FamilyRecord, fields.FAMILY, row, fields.FAMILY)
        family_id = self._uow.add(FamilyRecord(**values)).id
        if home is not None:
            homes[home] = family_id
        if row.carer or row.tel_1 or row.tel_2 or row.email:
            self._put_parent(None, row, family_id, fields.PARENT, 1)
        if row.emergency_contact or row.emergency_tel:
            self._put_emergency(None, row, family_id, 2)
        return family_id

    def _known_homes(self) -> dict[Home, UUID]:
        if self._homes is None:
            first = {one.family_id: one for one in reversed(self._parents())}
            homes = self._uow.session.execute(select(FamilyRecord.id, FamilyRecord.address, FamilyRecord.postcode))
            keys = {
                one.id: home_key(one.address, one.postcode, first[one.id].name, first[one.id].phone)
                for one in homes
                if one.id in first
            }
            self._homes = {key: family_id for family_id, key in keys.items() if key is not None}
        return self._homes

    def _parents(self) -> list[Any]:
        contact = ContactRecord
        found = select(contact.family_id, contact.name, contact.phone).where(contact.kind == ContactKind.PARENT)
        return list(self._uow.session.execute(found.order_by(contact.call_order)))

    def _moves_alone(self, row: ChildRow, family_id: UUID) -> bool:
        """Whether the same files say that a brother or sister stays where this child has left."""
        home = home_of(row)
        return home is not None and bool(self._homes_told().get(family_id, set()) - {home})

    def _homes_told(self) -> dict[UUID, set[Home]]:
        """By family, the homes that the rows of its children name."""
        if self._told is None:
            self._told = {}
            found = self._uow.session.execute(select(ChildRecord.id, ChildRecord.family_id))
            family_of: dict[UUID | None, UUID] = {one.id: one.family_id for one in found}
            for sheet in self._plan.sheets:
                for planned in sheet.rows:
                    home = home_of(planned.row) if isinstance(planned.row, ChildRow) else None
                    if home and planned.record_id in family_of:
                        self._told.setdefault(family_of[planned.record_id], set()).add(home)
        return self._told

    def _change_family(self, row: ChildRow, family_id: UUID, changes: Mapping[str, Any]) -> None:
        home = fields.columns_for(FamilyRecord, fields.FAMILY, row, changes)
        if home:
            put_into(self._uow.get(FamilyRecord, family_id, "family"), home)
        parent, emergency = set(changes) & set(fields.PARENT), set(changes) & _EMERGENCY_KEYS
        if not parent and not emergency:
            return
        there = select(ContactRecord).where(ContactRecord.family_id == family_id).order_by(ContactRecord.call_order)
        contacts = list(self._uow.session.scalars(there))
        last = max((contact.call_order for contact in contacts), default=0)
        if parent:
            first = next((one for one in contacts if one.kind is ContactKind.PARENT), None)
            last += first is None
            self._put_parent(first, row, family_id, parent, last)
        if emergency:
            first = next((one for one in contacts if one.kind is ContactKind.EMERGENCY), None)
            if row.emergency_contact or row.emergency_tel:
                self._put_emergency(first, row, family_id, last + 1)
            elif first is not None:
                self._uow.remove(first)

    def _put_parent(
        self, contact: ContactRecord | None, row: ChildRow, family_id: UUID, keys: Iterable[str], call_order: int
    ) -> None:
        values = fields.columns_for(ContactRecord, fields.PARENT, row, fields.PARENT if contact is None else keys)
        if "name" in values:
            values["name"] = values["name"] or NAMELESS_PARENT
        self._put_contact(contact, ContactKind.PARENT, family_id, call_order, values)

    def _put_emergency(self, contact: ContactRecord | None, row: ChildRow, family_id: UUID, call_order: int) -> None:
        who = row.emergency_contact
        name, relationship = (who.name, who.relationship) if who else (NAMELESS_EMERGENCY, "")
        values = {"name": name, "relationship": relationship, "phone": row.emergency_tel}
        self._put_contact(contact, ContactKind.EMERGENCY, family_id, call_order, values)

    def _put_contact(
        self, contact: ContactRecord | None, kind: ContactKind, family_id: UUID, order: int, values: Mapping[str, Any]
    ) -> None:
        if contact is None:
            self._uow.add(ContactRecord(kind=kind, family_id=family_id, call_order=order, **values))
        else:
            put_into(contact, values)

    # --- who may collect ---

    def _collectors(self, child_id: UUID) -> dict[tuple[CollectorKind, str], CollectorRecord]:
        there = select(CollectorRecord).where(CollectorRecord.child_id == child_id)
        return {(one.kind, folded(one.name)): one for one in self._uow.session.scalars(there)}

    def _put_collectors(
        self,
        child_id: UUID,
        row: ChildRow,
        there: Mapping[tuple[CollectorKind, str], CollectorRecord],
        kinds: Iterable[CollectorKind],
    ) -> None:
        """The people of those kinds as the row has them; what else is known of somebody who stays is kept."""
        for kind in kinds:
            people = row.may_collect if kind is CollectorKind.MAY else row.must_not_collect
            wanted = {(kind, folded(one.name)): _collector(one, row) for one in people}
            for key, values in wanted.items():
                if key in there:
                    put_into(there[key], {name: values[name] for name in ("name", "password", "reason")})
                else:
                    self._uow.add(CollectorRecord(child_id=child_id, kind=kind, **values))
            for key, gone in there.items():
                if key[0] is kind and key not in wanted:
                    self._uow.remove(gone)

    # --- what was signed ---

    def _put_consents(
        self, child_id: UUID, row: ChildRow, keys: Iterable[str], there: Mapping[ConsentKind, ConsentRecord]
    ) -> None:
        for key in sorted(keys):
            kind = FORMS.get(key) or CHOICES[key]
            said = getattr(row, key)
            values = _choice(row, said, self._uow) if key in CHOICES else _form(row, said)
            if kind in there:
                put_into(there[kind], values)
            elif said is not None:
                self._uow.add(ConsentRecord(child_id=child_id, kind=kind, **values))


_LISTS = (("may_collect", CollectorKind.MAY), ("must_not_collect", CollectorKind.MUST_NOT))


def _collector(one: Collector | Barred, row: ChildRow) -> dict[str, str]:
    """What the row says of a collector; a parent or emergency contact among them has a relationship and a phone."""
    values = {"name": one.name, "password": "", "reason": "", "relationship": "", "phone": ""}
    if isinstance(one, Barred):
        return values | {"reason": one.reason}
    if row.carer and folded(one.name) == folded(row.carer):
        values |= {"relationship": row.relationship, "phone": row.tel_1}
    elif row.emergency_contact and folded(one.name) == folded(row.emergency_contact.name):
        values |= {"relationship": row.emergency_contact.relationship, "phone": row.emergency_tel}
    return values | {"password": one.password}


def _form(row: ChildRow, signed_on: Any) -> dict[str, Any]:
    """A form with a day on it was signed that day; one without was not."""
    if signed_on is None:
        return {"state": ConsentState.NOT_ASKED, "signed_on": None}
    return _signed(row) | {"state": ConsentState.GRANTED, "signed_on": signed_on, "ended_on": None}


def _choice(row: ChildRow, said: bool | None, uow: UnitOfWork) -> dict[str, Any]:
    """Yes, no or nothing said. The tracker has no day for these: they were asked at the home visit."""
    if said is None:
        return {"state": ConsentState.NOT_ASKED, "signed_on": None}
    known = row.home_visit or row.safeguarding_form or row.trip_consent
    if not said:
        return _signed(row) | {"state": ConsentState.REFUSED, "signed_on": known}
    note = "" if known else _NO_DAY
    signed = {"signed_on": known or uow.clock.today(), "ended_on": None, "note": note}
    return _signed(row) | signed | {"state": ConsentState.GRANTED}


def _signed(row: ChildRow) -> dict[str, Any]:
    responsible = row.parental_responsibility is True
    authority = Authority.PARENTAL_RESPONSIBILITY if responsible else Authority.NOT_KNOWN
    who = {"signatory": row.carer, "relationship": row.relationship}
    return who | {"authority": authority, "method": Method.IMPORTED}
