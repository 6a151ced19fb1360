"""The journal in the reader's words: records by their names, fields and values in plain English."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import Date, LargeBinary, Time, Uuid, select

from models.access import words as access
from models.access.permissions import inside_init
from models.kernel import dates
from models.kernel.money import pounds
from models.kernel.words import called
from models.people import words as people
from models.storage import journal
from models.storage.base import Base, UtcInstant
from models.storage.journal import EntryRecord, Fields
from models.storage.uow import UnitOfWork
from models.storage.values import python_value
from models.team import words as team

KINDS: Mapping[str, str] = {
    "access_event": "line of what happened at the door",
    "account": "person who can sign in",
    "club": "club",
    "collection_today": "person who may collect today",
    "go_ahead": "decision to go ahead",
    "imported": "line of a spreadsheet",
    "leg": "journey",
    "pack_copy": "copy of the pack",
    "register_day": "register",
    "register_sheet": "printed register",
    "chore": "thing to do",
    "vehicle": "minibus",
    "subject_request": "request to see a record",
    "subject_decision": "decision about a line of an answer",
    "child_file": "way a record is kept",
    "retention_span": "time things are kept",
    "retention_longer": "decision to keep something longer",
    "journal_erasure": "erasure",
    "erased_child": "erased record",
    "erased_adult": "erased record",
}

FIELDS: Mapping[str, Mapping[str, str]] = {
    "family": people.FAMILY,
    "contact": people.CONTACT,
    "child": people.CHILD,
    "collector": people.COLLECTOR,
    "adult": team.ADULT,
    "activity": {
        "starts": "start", "ends": "end", "lead_id": "lead", "capacity": "places", "by_minibus": "goes by minibus",
        "cancelled_why": "reason it was cancelled",
    },
    "booking": {
        "position": "place on the waiting list", "answered_at": "time of the answer", "ring_again": "ring again at",
    },
    "duty": {"one_to_one_child_id": "child they stay with", "as_parent": "comes as a parent"},
    "account": access.ACCOUNT,
    "concern": {"sealed": "what is kept of it"},
    "venue": {"hire_pence": "cost of hire", "capacity": "places"},
    "vehicle": {
        "max_weight_kg": "greatest weight in kg", "mot_expires": "date the MOT ends",
        "off_road": "reason it is off the road",
        "insurance_expires": "date the insurance ends", "permit_expires": "date the permit ends",
    },
    "leg": {"departs": "leaves at", "arrives": "arrives at", "from_place": "from", "to_place": "to"},
    "consent": {
        "state": "answer", "asked_on": "date it was asked", "signed_on": "date it was signed",
        "ended_on": "date it ended",
        "signatory": "person who signed", "reconfirmed_on": "date it was said again",
    },
}  # fmt: skip

NOTHING = "nothing"


def kind_words(table: str) -> str:
    """What a record of this table is called: leg -> journey."""
    return KINDS.get(table, table.replace("_", " "))


def field_words(table: str, name: str) -> str:
    """What a field is called: legal_first -> first name."""
    known = FIELDS.get(table, {}).get(name)
    return known or name.removesuffix("_id").removesuffix("_pence").replace("_", " ")


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
        return said(python_value(_plain_type(column.type), value))

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
    """A Python value in words: yes, 5 Dec 2026, 10:42, nothing."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{dates.short_with_year(value.date())}, {dates.clock_text(value)}"
    if isinstance(value, date):
        return dates.short_with_year(value)
    return dates.clock_text(value) if isinstance(value, time) else str(value)


def _plain_type(wanted: Any) -> Any:
    # Only dates and times are turned back; an enum's value is a word already, even one no longer in use.
    return wanted if isinstance(wanted, Date | Time | UtcInstant) else None


def _activity(_: Names, fields: Fields) -> str:
    return f"{fields['title']}, {dates.short(date.fromisoformat(fields['day']))}"


def _leg(names: Names, fields: Fields) -> str:
    return f"the journey {fields['direction']} by {names.title('vehicle', UUID(fields['vehicle_id']))}"


TITLES: Mapping[str, Callable[[Names, Fields], str]] = {
    "child": lambda _, of: called(of["legal_first"], of["legal_last"], of["known_as"]),
    "adult": lambda _, of: str(of["name"]),
    "account": lambda _, of: str(of["name"]),
    "family": lambda _, of: f"the family at {of['address']}" if of.get("address") else "",
    "contact": lambda _, of: str(of["name"]),
    "collector": lambda _, of: str(of["name"]),
    "venue": lambda _, of: str(of["name"]),
    "term": lambda _, of: str(of["name"]),
    "activity": _activity,
    "booking": lambda names, of: f"{names.person(of)} at {names.activity(of)}",
    "duty": lambda names, of: f"{names.person(of)} at {names.activity(of)}",
    "consent": lambda names, of: f"{names.person(of)}’s {of['kind']} consent",
    "vehicle": lambda _, of: str(of["name"] or of["registration"]),
    "leg": _leg,
    "seat": lambda names, of: f"{names.person(of)}’s seat",
    "mark": lambda names, of: f"{names.person(of)} at {names.activity(of)}: {of['kind']}",
}
