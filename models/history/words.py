"""The journal in the reader's words: records by their names, fields and values in plain English."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import Date, LargeBinary, Time, Uuid, select

from models.access.permissions import inside_init
from models.history.sayings import FIELDS, KINDS, MARKS, UNITS, UNSAID, UNSAID_OF, VALUES, WAYS
from models.kernel import dates
from models.kernel.london import london_wall
from models.kernel.money import pounds
from models.kernel.words import called
from models.storage import journal
from models.storage.base import Base, UtcInstant
from models.storage.journal import EntryRecord, Fields
from models.storage.uow import UnitOfWork
from models.storage.values import python_value

NOTHING = "nothing"
_ISO = re.compile(r"\b\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])\b")  # no day that may not be there


def kind_words(table: str) -> str:
    """What a record of this table is called: leg -> journey."""
    return KINDS.get(table, table.replace("_", " "))


def field_words(table: str, name: str) -> str:
    """What a field is called: legal_first -> first name."""
    known = FIELDS.get(table, {}).get(name)
    return known or name.removesuffix("_id").removesuffix("_pence").replace("_", " ")


def unsaid(table: str, name: str) -> bool:
    """Whether a field is there for Breather alone."""
    return name in UNSAID or name in UNSAID_OF.get(table, ())


class Names:
    """Names of records by id: as they are now, or as they last were. Remembers what it has looked up."""

    @inside_init
    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow
        self._found: dict[UUID, str] = {}

    def title(self, table: str, record_id: UUID, known: Fields | None = None) -> str:
        """The record's name; `known` are journaled fields to use when it is gone."""
        if record_id not in self._found:
            fields = self._now(table, record_id) or known or self._once(record_id)
            self._found[record_id] = self._title(table, fields)
        return self._found[record_id]

    def value(self, table: str, name: str, value: Any) -> str:
        """A journaled value as the reader would say it."""
        column = Base.metadata.tables[table].columns[name]
        if isinstance(column.type, LargeBinary):
            return "a picture" if value else NOTHING
        if isinstance(column.type, Uuid) and value and column.foreign_keys:
            target = next(iter(column.foreign_keys)).column.table.name
            return self.title(target, UUID(value))
        if name.endswith("_pence") and value is not None:
            return pounds(value)
        words = VALUES.get((table, name), {}).get(value) if isinstance(value, str) else None
        shown = words or said(python_value(_plain_type(column.type), value))
        return f"{shown} {UNITS[name]}" if name in UNITS and value is not None else shown

    def _now(self, table: str, record_id: UUID) -> Fields:
        source = Base.metadata.tables[table]
        row = self._uow.session.execute(select(source).where(source.c.id == record_id)).mappings().first()
        return {str(name): journal.plain(value) for name, value in row.items()} if row else {}

    def _once(self, record_id: UUID) -> Fields:
        entries = select(EntryRecord.before, EntryRecord.after).where(EntryRecord.record_id == record_id)
        fields: Fields = {}
        for before, after in self._uow.session.execute(entries.order_by(EntryRecord.number)):
            fields |= (before or {}) | (after or {})
        return fields

    def _title(self, table: str, fields: Fields) -> str:
        maker = TITLES.get(table)
        return (maker(self, fields) if maker and fields else "") or f"a {kind_words(table)}"

    def person(self, fields: Fields) -> str:
        """The name of the child or adult a record is about."""
        if fields.get("child_id"):
            return self.title("child", UUID(fields["child_id"]))
        return self.title("adult", UUID(fields["adult_id"])) if fields.get("adult_id") else "somebody"

    def activity(self, fields: Fields) -> str:
        """The name of the activity a record belongs to."""
        return self.title("activity", UUID(fields["activity_id"]))


def said(value: Any) -> str:
    """A Python value in words: yes, 5 Dec 2026, 10:42, nothing. Instants are London's."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        day = london_wall(value).date() if value.tzinfo is not None else value.date()
        return f"{dates.short_with_year(day)}, {dates.clock_text(value)}"
    if isinstance(value, dict):
        return "; ".join(f"{_heading(name)}: {said(one)}" for name, one in value.items() if one) or NOTHING
    if isinstance(value, list):
        each = (", ".join(map(str, one.values())) if isinstance(one, dict) else said(one) for one in value)
        return "; ".join(each) or NOTHING
    if isinstance(value, date):
        return dates.short_with_year(value)
    return dates.clock_text(value) if isinstance(value, time) else str(value)


def _heading(name: str) -> str:
    """The heading of a column of a sheet: mark:2026-12-05 December club -> mark 5 Dec 2026 December club."""
    words = name.replace("_", " ").replace(":", " ")
    return _ISO.sub(lambda day: dates.short_with_year(date.fromisoformat(day.group())), words)


def _plain_type(wanted: Any) -> Any:
    # Only dates and times are turned back; an enum's value is a word already, even one no longer in use.
    return wanted if isinstance(wanted, Date | Time | UtcInstant) else None


def _activity(_: Names, fields: Fields) -> str:
    return f"{fields['title']}, {dates.short(date.fromisoformat(fields['day']))}"


def _leg(names: Names, fields: Fields) -> str:
    way = WAYS.get(fields["direction"], fields["direction"])
    return f"the journey {way} by {names.title('vehicle', UUID(fields['vehicle_id']))}"


TITLES: Mapping[str, Callable[[Names, Fields], str]] = {
    "child": lambda _, of: called(of["legal_first"], of["legal_last"], of["known_as"]),
    "adult": lambda _, of: str(of["name"]),
    "account": lambda _, of: str(of["name"]),
    "club": lambda _, of: str(of["name"]),
    "family": lambda _, of: f"the family at {' '.join(of['address'].split())}" if of.get("address") else "",
    "contact": lambda _, of: str(of["name"]),
    "collector": lambda _, of: str(of["name"]),
    "venue": lambda _, of: str(of["name"]),
    "term": lambda _, of: str(of["name"]),
    "activity": _activity,
    "booking": lambda names, of: f"{names.person(of)} at {names.activity(of)}",
    "duty": lambda names, of: f"{names.person(of)} at {names.activity(of)}",
    "consent": lambda names, of: f"{names.person(of)}’s {names.value('consent', 'kind', of['kind'])} consent",
    "vehicle": lambda _, of: str(of["name"] or of["registration"]),
    "leg": _leg,
    "seat": lambda names, of: f"{names.person(of)}’s seat",
    "mark": lambda names, of: f"{names.person(of)} at {names.activity(of)}: {MARKS.get(of['kind'], of['kind'])}",
    "chore": lambda names, of: f"{of['kind']} for {names.activity(of)}",
    "collection_today": lambda names, of: f"{of['name']}, who may collect {names.person(of)} at {names.activity(of)}",
    "go_ahead": lambda names, of: f"the decision to go ahead with {names.activity(of)}",
    "register_day": lambda names, of: f"the register of {names.activity(of)}",
    "register_sheet": lambda names, of: f"printed register {of['number']} of {names.activity(of)}",
    "pack_copy": lambda names, of: f"copy {of['number']} of the pack of {names.activity(of)}",
    "legal_hold": lambda names, of: f"the legal hold on {names.person(of)}",
    "subject_request": lambda names, of: f"the request to see the record of {names.person(of)}",
    "child_file": lambda names, of: f"the way the record of {names.person(of)} is kept",
    "retention_span": lambda _, of: f"how long {of['kind']} are kept",
}
