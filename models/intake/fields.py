"""Which column of which record each value of a typed row goes to, and what these columns cannot hold."""

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from sqlalchemy import Boolean, Enum, Integer, String

from models.intake.typed import ActivityRow, AdultRow, AnyRow, ChildRow, TermRow, VehicleRow, VenueRow
from models.kernel.dates import can_be_born
from models.people.records import ChildRecord, CollectorRecord, ContactRecord, FamilyRecord
from models.people.rules import ChildStatus
from models.programme.records import ActivityRecord, TermRecord, VenueRecord
from models.storage.base import Base, Editable
from models.team.records import AdultRecord
from models.transport.records import VehicleRecord

Columns = Mapping[str, str]


def _same(*names: str, **others: str) -> Columns:
    return MappingProxyType({name: name for name in names} | others)


CHILD = _same(
    "known_as", "sex", "ethnicity", "school", "gp", "cares_for", "allergies", "medical", "medicine_expires", "diet",
    "wheelchair", "height_cm", "referred_by", "referral_date", "home_visit", "status", "notes", child_ref="ref",
    first_name="legal_first", surname="legal_last", dob="birth_date", condition="condition_category",
    support_ratio="one_to_one", approved_ycm="approved_young_carers", approved_fpm="approved_family_pathways",
    info_pack="info_pack_given",
)  # fmt: skip
FAMILY = _same("address", "postcode")
PARENT = _same(
    "relationship", "email", "parental_responsibility", carer="name", tel_1="phone", tel_2="other_phone",
    parent_carer_identified="parent_carer",
)  # fmt: skip
ADULT = _same(
    "name", "role", "paid", "sex", "mobile", "dbs_issued", "dbs_level", "first_aid_expires", "licence", "midas_expires",
    "licence_checked", "usual_days", "notes", dob="birth_date", safeguarding_training="safeguarding_trained",
)  # fmt: skip
VENUE = _same("name", "address", "postcode", "capacity", "notes", hire="hire_pence")
VEHICLE = _same(
    "registration", "name", "owner", "seats", "wheelchair_places", "max_weight_kg", "fuel", "mot_expires",
    "insurance_expires", "permit_expires", "boosters", "notes", seats_lost="seats_lost_per_wheelchair",
)  # fmt: skip
ACTIVITY = _same("day", "title", "kind", "capacity", "status", "notes", start="starts", end="ends")
TERM = _same("starts", "ends", "half_starts", "half_ends", term="name")

# Kinds whose every value is a column of one record.
SIMPLE: Mapping[str, tuple[type[Editable], Columns]] = MappingProxyType(
    {
        "team": (AdultRecord, ADULT),
        "venues": (VenueRecord, VENUE),
        "minibuses": (VehicleRecord, VEHICLE),
        "terms": (TermRecord, TERM),
    }
)
_HOMES: Mapping[type[Any], tuple[tuple[type[Base], Columns], ...]] = MappingProxyType(
    {
        ChildRow: ((ChildRecord, CHILD), (FamilyRecord, FAMILY), (ContactRecord, PARENT)),
        AdultRow: ((AdultRecord, ADULT),),
        VenueRow: ((VenueRecord, VENUE),),
        VehicleRow: ((VehicleRecord, VEHICLE),),
        ActivityRow: ((ActivityRecord, ACTIVITY),),
        TermRow: ((TermRecord, TERM),),
    }
)
_RANGES: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "height_cm": (50, 220),
        "support_ratio": (0, 2),
        "capacity": (1, 1000),
        "seats": (1, 80),
        "wheelchair_places": (0, 10),
    }
)


def columns_for(record: type[Base], columns: Columns, row: AnyRow, keys: Iterable[str]) -> dict[str, Any]:
    """The row's values of those keys as the record's columns keep them; keys that are no column of it are left out."""
    return {columns[key]: _kept(record, columns[key], getattr(row, key)) for key in keys if key in columns}


def _kept(record: type[Base], name: str, value: Any) -> Any:
    column = record.__table__.columns[name]
    if isinstance(column.type, Enum) and column.type.enum_class is not None and value:
        return column.type.enum_class(value)
    if value is None and not column.nullable:
        return {Boolean: False, Integer: 0}.get(type(column.type), "")
    return value


def child_status(said: str) -> tuple[ChildStatus, str]:
    """The status kept, and what was said beyond it ("Closed - at big school" is Closed). Nothing said: to approve."""
    if said in list(ChildStatus):
        return ChildStatus(said), ""
    head = said.partition(" - ")[0]
    return (ChildStatus(head), said) if head in list(ChildStatus) else (ChildStatus.REFERRED, "")


def misfits(row: AnyRow, today: date) -> list[tuple[str, str]]:
    """(key, reason) for every value the club's records have no room for, and a birth date nobody here can have."""
    found = [
        (key, reason)
        for record, columns in _HOMES.get(type(row), ())
        for key, name in columns.items()
        if (reason := _too_long(record, name, getattr(row, key)))
    ]
    for key, (least, most) in _RANGES.items():
        value = getattr(row, key, None)
        if value is not None and not least <= value <= most:
            found.append((key, f"is not between {least:,} and {most:,}"))
    if isinstance(row, VehicleRow) and row.seats is None:
        found.append(("seats", "is missing"))
    if isinstance(row, ChildRow | AdultRow) and not can_be_born(row.dob, today):
        found.append(("dob", "cannot be right; check the year"))
    return found + (_child_misfits(row) if isinstance(row, ChildRow) else [])


def _child_misfits(row: ChildRow) -> list[tuple[str, str]]:
    said: list[tuple[str, type[Base], str, str]] = [("emergency_tel", ContactRecord, "phone", row.emergency_tel)]
    if row.emergency_contact:
        said.append(("emergency_contact", ContactRecord, "relationship", row.emergency_contact.relationship))
    said += [("must_not_collect", CollectorRecord, "reason", barred.reason) for barred in row.must_not_collect]
    return [(key, reason) for key, record, name, value in said if (reason := _too_long(record, name, value))]


def _too_long(record: type[Base], name: str, value: Any) -> str:
    column = record.__table__.columns[name].type
    if not isinstance(value, str) or isinstance(column, Enum) or not isinstance(column, String):
        return ""
    if column.length is None or len(value) <= column.length:
        return ""
    return f"is {len(value):,} letters long; the most is {column.length:,}"
