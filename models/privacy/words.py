"""What is held of a child in words a parent understands: rows as sentences, fields and kinds of record by their names.

Every value stands in what is said as it is held, or beside it: nothing is left out because there is no word for it.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Date, Time

from models.consents import words as consent_words
from models.consents.rules import KIND_WORDS, STATE_WORDS, ConsentState
from models.kernel import dates
from models.kernel.london import london_wall
from models.people import words as people_words
from models.programme import words as programme_words
from models.programme.rules import Answer, BookingStatus
from models.registers.rules import MarkKind, MarkSource
from models.storage.base import Base, UtcInstant
from models.storage.values import python_value
from models.transport import words as transport_words

Row = Mapping[str, Any]
UNSAID = frozenset({"id", "version", "child_id", "family_id", "activity_id", "request_id", "record_id", "device"})

KINDS: Mapping[str, str] = {
    "booking": "place at a club or trip",
    "mark": "line of the register",
    "collection_today": "person who may collect for one day",
    "seat": "seat on a journey",
    "duty": "adult who comes",
    "activity": "club or trip",
    "register_day": "register of a day",
    "leg": "journey",
    "vehicle": "minibus",
    "go_ahead": "decision to go ahead",
    "pack_copy": "paper copy",
    "chore": "thing to do",
    "imported": "line of a spreadsheet",
    "collector": "person who may or must not collect",
    "contact": "person to ring",
    "adult": "member of the team",
    "legal_hold": "legal hold",
    "subject_request": "request to see what is held",
    "subject_decision": "decision about a line of an answer",
    "retention_longer": "decision to keep something longer",
}

FIELDS: Mapping[str, Mapping[str, str]] = {
    "child": people_words.CHILD,
    "family": people_words.FAMILY,
    "contact": people_words.CONTACT,
    "collector": people_words.COLLECTOR,
    "consent": consent_words.CONSENT,
    "activity": programme_words.ACTIVITY,
    "venue": programme_words.VENUE,
    "term": programme_words.TERM,
    "vehicle": transport_words.VEHICLE,
    "leg": transport_words.LEG,
    "duty": {**programme_words.DUTY, "role": "what the adult is there for", "status": "the adult’s answer"},
    "booking": {
        "status": "place", "position": "place on the waiting list", "answer": "answer when we rang",
        "answered_at": "time of the answer", "ring_again": "time to ring again", "note": "note",
    },
    "collection_today": {
        "name": "person who may collect that day", "agreed_with": "who agreed it with us",
        "agreed_at": "time it was agreed",
    },
    "seat": {"booster": "booster seat", "in_wheelchair": "rides in a wheelchair"},
    "mark": {
        "kind": "what happened", "source": "way it was entered", "happened_at": "time it happened",
        "late": "came late", "number": "number of the entry", "collected_how": "how we knew who collected",
    },
}  # fmt: skip

_SAID: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("consent", "kind"): {kind.value: words for kind, words in KIND_WORDS.items()},
    ("consent", "state"): {
        state: words if words.lower() == state else f"{words} ({state})"
        for state, words in {**STATE_WORDS, ConsentState.SIGNED: "Yes"}.items()
    },
    ("consent", "method"): {
        "paper": "on paper", "phone": "by phone", "email": "by email", "imported": "imported from a spreadsheet",
    },
    ("booking", "status"): {
        BookingStatus.BOOKED: "A place was booked",
        BookingStatus.WAITING: "Is waiting for a place",
        BookingStatus.NOT_COMING: "Gave the place up: not coming",
        BookingStatus.CANCELLED: "The place was cancelled",
    },
    ("booking", "answer"): {
        Answer.NOT_ASKED: "No answer of the family is written down",
        Answer.COMING: "The family said: coming",
        Answer.NOT_COMING: "The family said: not coming",
        Answer.NO_ANSWER: "We rang and had no answer",
        Answer.RING_AGAIN: "The family asked us to ring again",
    },
    ("mark", "kind"): {
        MarkKind.IN: "Signed in",
        MarkKind.OUT: "Signed out",
        MarkKind.LATE: "Word came that the child was on the way",
        MarkKind.ABSENT: "Was absent, and we were told",
        MarkKind.NO_SHOW: "Did not come, and no word came",
        MarkKind.VOID: "An earlier entry was taken back",
    },
    ("mark", "source"): {
        MarkSource.SCREEN: "Entered on screen",
        MarkSource.PAPER: "Copied from the paper register",
        MarkSource.BOOK: "Copied from the register book",
    },
}  # fmt: skip
"""Values whose own word says too little alone."""


def said(value: Any) -> str:
    """A value in words."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        day = london_wall(value).date() if value.tzinfo is not None else value.date()
        return f"{dates.short_with_year(day)}, {dates.clock_text(value)}"
    if isinstance(value, date):
        return dates.short_with_year(value)
    if isinstance(value, time):
        return dates.clock_text(value)
    if isinstance(value, dict):
        return "; ".join(
            f"{name.replace('_', ' ')}: {said(one)}" for name, one in value.items() if one not in (None, "")
        )
    return value.value if isinstance(value, StrEnum) else str(value)


def kind_words(table: str) -> str:
    """What a record of this table is called."""
    return KINDS.get(table) or table.replace("_", " ")


def field_words(table: str, name: str) -> str:
    """What a field is called."""
    return FIELDS.get(table, {}).get(name) or name.removesuffix("_id").replace("_", " ")


def value_words(table: str, name: str, value: Any) -> str:
    """A value of a field, from its row or out of the journal (where a day is text), as a parent would say it."""
    known = Base.metadata.tables.get(table)
    column = None if known is None else known.columns.get(name)
    if column is not None and isinstance(value, str) and isinstance(column.type, Date | Time | UtcInstant):
        value = python_value(column.type, value)
    if name == "height_cm":
        return f"{value} cm"
    return _SAID.get((table, name), {}).get(value) or said(value) if isinstance(value, str) else said(value)


def held(row: Row) -> str:
    """The rest of a row as it is held, name by name: what decisions are made about, however it is then put."""
    return "; ".join(f"{name.removesuffix('_id').replace('_', ' ')}: {said(row[name])}" for name in _names(row))


def told(table: str, row: Row) -> str:
    """The rest of a row in sentences: Signed in at 10:02, Saturday 5 December 2026."""
    tellers = _TOLD.get(table, {})
    names = sorted(_names(row), key=lambda name: list(tellers).index(name) if name in tellers else len(tellers))
    parts = [tellers[name](row) if name in tellers else _plainly(table, name, row) for name in names]
    return ". ".join(part for part in parts if part)


def _names(row: Row) -> list[str]:
    return [
        name
        for name, value in row.items()
        if name not in UNSAID and value not in (None, "", False) and not isinstance(value, UUID)
    ]


def _plainly(table: str, name: str, row: Row) -> str:
    words = field_words(table, name)
    return f"{words[:1].upper()}{words[1:]}: {value_words(table, name, row[name])}"


def at(moment: datetime) -> str:
    """At 10:02, Saturday 5 December 2026 (London's clock)."""
    return f"at {dates.clock_text(moment)}, {dates.long(london_wall(moment).date())}"


def _what_happened(row: Row) -> str:
    words = value_words("mark", "kind", row["kind"])
    if row["happened_at"]:
        words += f" {at(row['happened_at'])}"
    elif row["kind"] in (MarkKind.IN, MarkKind.OUT):
        words += "; the time is not known"
    return f"{words}. This puts an earlier entry right" if row["corrects_id"] else words


def _collected(row: Row) -> str:
    return f"Collected by {row['collected_by']}"


def _entered(row: Row) -> str:
    by = f" by {row['entered_by']}" if row["entered_by"] else ""
    return f"{value_words('mark', 'source', row['source'])}{by} {at(row['entered_at'])} (entry {row['number']})"


def _nothing(_: Row) -> str:
    """For what another teller has said."""
    return ""


def _value(table: str, name: str) -> Callable[[Row], str]:
    return lambda row: value_words(table, name, row[name])


def _moment(words: str, name: str) -> Callable[[Row], str]:
    return lambda row: f"{words} {at(row[name])}"


_TOLD: Mapping[str, Mapping[str, Callable[[Row], str]]] = {
    "booking": {
        "status": _value("booking", "status"),
        "position": lambda row: f"Number {row['position']} on the waiting list",
        "answer": _value("booking", "answer"),
        "answered_at": _moment("Answered", "answered_at"),
    },
    "mark": {
        "kind": _what_happened, "happened_at": _nothing, "late": lambda _: "Came late", "collected_by": _collected,
        "collected_how": lambda row: f"How we knew: {said(row['collected_how'])}",
        "note": lambda row: f"Note: {row['note']}",
        "source": _entered, "entered_at": _nothing, "entered_by": _nothing, "number": _nothing,
    },
    "collection_today": {
        "name": lambda row: f"{row['name']} may collect the child that day",
        "relationship": lambda row: f"Relationship: {row['relationship']}",
        "agreed_with": lambda row: f"Agreed with {row['agreed_with']}",
        "agreed_at": _moment("Agreed", "agreed_at"),
    },
    "duty": {
        "role": lambda row: f"An adult stays with this child alone. They are there as: {said(row['role'])}",
        "status": lambda row: f"Their answer: {said(row['status'])}",
        "as_parent": lambda _: "They come as a parent",
    },
    "pack_copy": {
        "number": lambda row: f"Copy {row['number']} of the papers for the day",
        "holder": lambda row: f"Given to {row['holder']}",
        "out_at": _moment("Handed out", "out_at"),
        "back_at": _moment("Came back", "back_at"),
        "shredded_at": _moment("Shredded", "shredded_at"),
    },
}  # fmt: skip
