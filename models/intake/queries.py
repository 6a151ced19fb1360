"""What the club has now, in the same form as the values of typed rows, so that the two can be compared."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import select

from models.access.permissions import inside_only
from models.consents.records import ConsentRecord
from models.consents.rules import ConsentKind, ConsentState
from models.intake import fields
from models.intake.clean import folded
from models.intake.likeness import Person
from models.intake.records import ImportedRecord
from models.intake.typed import MarkKey, Value, activity_key, canonical, mark_field
from models.people.records import ChildRecord, CollectorRecord, ContactRecord, FamilyRecord
from models.people.rules import CollectorKind, ContactKind
from models.programme.records import ActivityRecord, BookingRecord, DutyRecord, VenueRecord
from models.programme.rules import BookingStatus, DutyStatus
from models.registers.rules import Outcome, RowState, outcome
from models.reports.marks import child_states
from models.storage.base import Base
from models.storage.uow import UnitOfWork
from models.team.records import AdultRecord

Values = dict[str, Value]

NAMELESS_PARENT = "Parent or carer"
NAMELESS_EMERGENCY = "Emergency contact"
GIVEN = (ConsentState.GRANTED, ConsentState.SIGNED, ConsentState.PHONE)
FORMS = {"trip_consent": ConsentKind.TRIP, "safeguarding_form": ConsentKind.SAFEGUARDING}
CHOICES = {"photo_consent": ConsentKind.PHOTOS, "sun_cream": ConsentKind.SUN_CREAM, "plasters": ConsentKind.PLASTERS}
CODES = {Outcome.PRESENT: "/", Outcome.LATE: "L", Outcome.ABSENT: "A", Outcome.NO_SHOW: "N"}


@dataclass(frozen=True)
class Holding:
    """What the club has of one kind: the values of each record, and each record by its natural key."""

    values: Mapping[UUID, Values]
    by_key: Mapping[str, UUID]


@dataclass(frozen=True)
class Last:
    """What was imported last under one key."""

    id: UUID
    record_id: UUID
    values: Values


@inside_only
def imported(uow: UnitOfWork) -> dict[tuple[str, str], Last]:
    """Everything imported so far, by kind and key."""
    record = ImportedRecord
    statement = select(record.kind, record.key, record.id, record.record_id, record.values)
    return {(row[0], row[1]): Last(row[2], row[3], row[4]) for row in uow.session.execute(statement)}


@inside_only
def holding(uow: UnitOfWork, kind: str) -> Holding:
    """What the club has of a kind (the register is `register_values`)."""
    if kind == "young carers":
        return _children(uow)
    if kind == "activities":
        return _activities(uow)
    record, columns = fields.SIMPLE[kind]
    values = {found["id"]: _said(found, columns) for found in _all(uow, record)}
    return Holding(values, _first(values, _KEYS[kind]))


def _adult_key(values: Values) -> str:
    return f"{folded(str(values['name']))}|{values['dob'] or ''}"


_KEYS: Mapping[str, Callable[[Values], str]] = {
    "team": _adult_key,
    "venues": lambda values: folded(str(values["name"])),
    "minibuses": lambda values: folded(str(values["registration"])).replace(" ", ""),
    "terms": lambda values: folded(str(values["term"])),
}


def _first(values: Mapping[UUID, Values], key: Callable[[Values], str]) -> dict[str, UUID]:
    found: dict[str, UUID] = {}
    for record_id, said in values.items():
        found.setdefault(key(said), record_id)
    return found


def _all(uow: UnitOfWork, record: type[Base], *where: Any) -> list[Mapping[str, Any]]:
    return [dict(row) for row in uow.session.execute(select(*record.__table__.columns).where(*where)).mappings()]


def _said(found: Mapping[str, Any], columns: fields.Columns) -> Values:
    return {key: plain(found[name]) for key, name in columns.items()}


def plain(value: Any) -> Value:
    """A stored value in the form typed rows have."""
    return canonical(value.value if isinstance(value, StrEnum) else value)


def _children(uow: UnitOfWork) -> Holding:
    homes = {home["id"]: _said(home, fields.FAMILY) for home in _all(uow, FamilyRecord)}
    for contact in sorted(_all(uow, ContactRecord), key=lambda one: one["call_order"], reverse=True):
        homes[contact["family_id"]] |= _contact_values(contact)
    collectors = _collectors(uow)
    consents = _consents(uow)
    values = {}
    for child in _all(uow, ChildRecord):
        said: Values = {**_said(child, fields.CHILD), **homes[child["family_id"]]}
        values[child["id"]] = said | collectors.get(child["id"], {}) | consents.get(child["id"], {})
    return Holding(values, _first(values, lambda said: folded(str(said["child_ref"]))))


def _contact_values(contact: Mapping[str, Any]) -> Values:
    if contact["kind"] is ContactKind.PARENT:
        said = _said(contact, fields.PARENT)
        return said | {"carer": None if contact["name"] == NAMELESS_PARENT else said["carer"]}
    name = "" if contact["name"] == NAMELESS_EMERGENCY else contact["name"]
    person: Value = [name, contact["relationship"]] if name else None
    return {"emergency_contact": person, "emergency_tel": plain(contact["phone"])}


def _collectors(uow: UnitOfWork) -> dict[UUID, Values]:
    found: dict[UUID, Values] = {}
    for one in _all(uow, CollectorRecord):
        may = one["kind"] is CollectorKind.MAY
        key, more = ("may_collect", one["password"]) if may else ("must_not_collect", one["reason"])
        people = found.setdefault(one["child_id"], {"may_collect": [], "must_not_collect": []})[key]
        assert isinstance(people, list)
        people.append([one["name"], more])  # type: ignore[arg-type]  # Value is wider than a list of pairs
    return found


def _consents(uow: UnitOfWork) -> dict[UUID, Values]:
    forms = {kind: key for key, kind in FORMS.items()}
    choices = {kind: key for key, kind in CHOICES.items()}
    found: dict[UUID, Values] = {}
    for consent in _all(uow, ConsentRecord):
        said = found.setdefault(consent["child_id"], {})
        given = consent["state"] in GIVEN
        if consent["kind"] in forms:
            said[forms[consent["kind"]]] = plain(consent["signed_on"]) if given else None
        elif consent["kind"] in choices:
            no = consent["state"] in (ConsentState.REFUSED, ConsentState.WITHDRAWN)
            said[choices[consent["kind"]]] = True if given else False if no else None
    return found


def _activities(uow: UnitOfWork) -> Holding:
    venues: dict[Any, str] = {one.id: one.name for one in uow.session.execute(select(VenueRecord.id, VenueRecord.name))}
    names: dict[Any, str] = {one.id: one.name for one in uow.session.execute(select(AdultRecord.id, AdultRecord.name))}
    there: dict[UUID, list[UUID]] = {}
    duties = select(DutyRecord.activity_id, DutyRecord.adult_id).where(
        DutyRecord.status == DutyStatus.CONFIRMED, DutyRecord.as_parent.is_(False)
    )
    for duty in uow.session.execute(duties):
        there.setdefault(duty.activity_id, []).append(duty.adult_id)
    values = {}
    for one in _all(uow, ActivityRecord):
        others: Value = [names[adult] for adult in there.get(one["id"], ()) if adult != one["lead_id"]]
        values[one["id"]] = _said(one, fields.ACTIVITY) | {
            "venue": venues.get(one["venue_id"]),
            "transport": "minibus" if one["by_minibus"] else "none",
            "lead": names.get(one["lead_id"]),
            "others": others,
        }
    keys = {activity_key(one["day"], one["title"]): one["id"] for one in _all(uow, ActivityRecord)}
    return Holding(values, keys)


@inside_only
def register_states(uow: UnitOfWork, activities: Iterable[UUID]) -> dict[tuple[UUID, UUID], RowState]:
    """By (activity id, child id): what the marks of those activities add up to."""
    return child_states(uow, ActivityRecord.id.in_(list(activities)))


@inside_only
def register_values(
    uow: UnitOfWork, columns: Mapping[MarkKey, UUID], states: Mapping[tuple[UUID, UUID], RowState]
) -> dict[UUID, Values]:
    """By child id: the code of the register book for each of those activities; children with none are left out."""
    codes = {key: CODES[outcome(state)] for key, state in states.items() if outcome(state) in CODES}
    booking = BookingRecord
    booked = select(booking.activity_id, booking.child_id, booking.status).where(
        booking.activity_id.in_(list(columns.values()))
    )
    letters = {BookingStatus.BOOKED: "B", BookingStatus.WAITING: "W"}
    for one in uow.session.execute(booked):
        if one.status in letters:
            codes.setdefault((one.activity_id, one.child_id), letters[one.status])
    fields_of: dict[UUID, list[str]] = {}
    for mark, activity_id in columns.items():
        fields_of.setdefault(activity_id, []).append(mark_field(*mark))
    found: dict[UUID, Values] = {}
    for (activity_id, child_id), code in codes.items():
        found.setdefault(child_id, {}).update(dict.fromkeys(fields_of[activity_id], code))
    return found


def people(kind: str, held: Holding) -> list[Person]:
    """The club's children or adults as `likeness` compares them."""
    keys = {record_id: key for key, record_id in held.by_key.items()}
    found = []
    for record_id, said in held.values.items():
        text = {key: str(value) if value else "" for key, value in said.items()}
        key = keys.get(record_id, str(record_id))
        born = said["dob"]
        day = _day(born) if born else None
        if kind == "team":
            first, _, last = text["name"].rpartition(" ")
            found.append(Person(key, text["name"], first or last, last if first else "", day, family=(text["mobile"],)))
        else:
            home = f"{text['address']} {text['postcode']}" if text["address"] else ""
            family = (text.get("tel_1", ""), text.get("tel_2", ""), home, text.get("carer", ""))
            ref, names = text["child_ref"], (text["first_name"], text["surname"])
            found.append(Person(key, ref, *names, day, text["known_as"], family))
    return found


def _day(said: Value) -> Any:
    from datetime import date

    return date.fromisoformat(str(said))
