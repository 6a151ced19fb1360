"""Everything held of one child as lines to decide about, each with what the rules make of it.

Lines are read afresh each time: a draft keeps only what was decided, so that nothing of the child is kept twice.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import select

from models.access.permissions import inside_only
from models.consents import words as consent_words
from models.kernel import dates
from models.kernel.words import called, full_name
from models.people import words as people_words
from models.people.records import ChildRecord
from models.people.rules import CollectorKind, ContactKind
from models.privacy.belongings import Belongings, Row, belongings, ids_of, kind_of
from models.privacy.elsewhere import mentions
from models.privacy.rules import Known, Proposal, Proposed, propose
from models.privacy.traces import Traces, traces_of
from models.privacy.trail import OF_A_CHILD, trail
from models.programme.records import ActivityRecord
from models.storage.journal import ChangeRecord, EntryRecord
from models.storage.uow import UnitOfWork

SAFEGUARDING_LINE = "safeguarding"
SECTIONS = (
    "The child", "Home", "People to ring", "Who may collect", "Consents", "Places at clubs and trips", "The register",
    "Who collected for one day", "Journeys", "One adult alone with the child", "Brought in from spreadsheets",
    "Paper copies", "What was said before", "Notes about others that name the child", "Requests and holds",
    "Safeguarding",
)  # fmt: skip
_UNSAID = frozenset({"id", "version", "child_id", "family_id", "activity_id", "request_id", "record_id", "device"})


@dataclass(frozen=True)
class Line:
    """One thing held. `key` names it from one reading to the next; `words` are names to blank out."""

    key: str
    section: str
    label: str
    text: str
    proposal: Proposal
    words: tuple[str, ...] = ()

    @property
    def seen(self) -> str:
        """SHA-256 of what it says: a decision stands only for the words it was made about."""
        return hashlib.sha256(f"{self.label}\n{self.text}".encode()).hexdigest()


@dataclass(frozen=True)
class _Desk:
    """What every section needs: what is held, the names to look for, what activities are called and their days."""

    uow: UnitOfWork
    of: Belongings
    known: Known
    activities: Mapping[UUID, str]
    days: Mapping[UUID, date]

    @property
    def asker_lives_there(self) -> bool:
        """Whether the person asking is the only parent listed, and may collect: else another may live there."""
        asker = self.known.asker.casefold()
        parents = [row["name"].casefold() for row in self.of.contacts if row["kind"] is ContactKind.PARENT]
        barred = [row["name"].casefold() for row in self.of.collectors if row["kind"] is CollectorKind.MUST_NOT]
        return parents == [asker] and asker not in barred

    def line(self, key: str, section: str, label: str, value: Any, least: Proposal = Proposal.GIVE) -> Line:
        """A line; `least` is what it is at the least, where its words point to nothing graver."""
        text = said(value)
        found: Proposed = propose(text, self.known)
        what = (
            least if found.what in (Proposal.GIVE, Proposal.THIRD_PARTY) and least is not Proposal.GIVE else found.what
        )
        return Line(key, section, label, text, what, found.words)

    def fields(
        self, table: str, section: str, row: Row, names: Mapping[str, str], *, before: str = "",
        least: Mapping[str, Proposal] | None = None, all_least: Proposal = Proposal.GIVE,
    ) -> Iterator[Line]:  # fmt: skip
        """A line for each field of a row that says something."""
        for name, label in names.items():
            if row[name] not in (None, "", False, 0):
                what = (least or {}).get(name, all_least)
                yield self.line(f"{table}:{row['id']}:{name}", section, f"{before}{label}", row[name], what)


@inside_only
def gather(uow: UnitOfWork, child_id: UUID, asker: str) -> tuple[Line, ...]:
    """Every line, by section. Raises NotFound."""
    of = belongings(uow, child_id)
    days = {row.id: row.day for row in uow.session.execute(select(ActivityRecord.id, ActivityRecord.day))}
    desk = _Desk(uow, of, _known(uow, of, asker), _activities(uow), days)
    found = [line for section in _SECTIONS for line in section(desk)]
    place = {name: at for at, name in enumerate(SECTIONS)}
    return tuple(sorted(found, key=lambda line: place[line.section]))


def said(value: Any) -> str:
    """A value in words."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{dates.short_with_year(value.date())}, {dates.clock_text(value)}"
    if isinstance(value, date):
        return dates.short_with_year(value)
    if isinstance(value, time):
        return dates.clock_text(value)
    if isinstance(value, dict):
        return "; ".join(
            f"{name.replace('_', ' ')}: {said(one)}" for name, one in value.items() if one not in (None, "")
        )
    return value.value if isinstance(value, StrEnum) else str(value)


def _known(uow: UnitOfWork, of: Belongings, asker: str) -> Known:
    child = of.child
    first, last, known = child["legal_first"], child["legal_last"], child["known_as"]
    own = frozenset({first, last, known, full_name(first, last, known), called(first, last, known)} - {""})
    others = {row["name"] for row in (*of.contacts, *of.collectors)}
    columns = select(ChildRecord.id, ChildRecord.legal_first, ChildRecord.legal_last, ChildRecord.known_as)
    for child_id, one, surname, goes_by in uow.session.execute(columns):
        if child_id != child["id"]:
            others |= {f"{one} {surname}", called(one, surname, goes_by)}
        if child_id in of.siblings:
            others |= {one, goes_by}
    return Known(own, asker, frozenset(others - {""}) - own)


def _activities(uow: UnitOfWork) -> dict[UUID, str]:
    found = uow.session.execute(select(ActivityRecord.id, ActivityRecord.day, ActivityRecord.title))
    return {each: f"{dates.short_with_year(day)}, {title}" for each, day, title in found}


def _child(desk: _Desk) -> Iterator[Line]:
    names = {name: words for name, words in people_words.CHILD.items() if name != "family_id"}
    least = {"cares_for": Proposal.CARED_FOR, "condition_category": Proposal.CARED_FOR}
    return desk.fields("child", "The child", desk.of.child, names, least=least)


def _home(desk: _Desk) -> Iterator[Line]:
    where = Proposal.GIVE if desk.asker_lives_there else Proposal.OTHER_PARENT
    least = {"address": where, "postcode": where}
    return desk.fields("family", "Home", desk.of.family, people_words.FAMILY, least=least)


def _contacts(desk: _Desk) -> Iterator[Line]:
    asker = desk.known.asker.casefold()
    names = {name: words for name, words in people_words.CONTACT.items() if name not in ("name", "call_order")}
    for row in sorted(desk.of.contacts, key=lambda one: one["call_order"]):
        own = row["name"].casefold() == asker
        reach = Proposal.GIVE if own else Proposal.OTHER_PARENT
        about = Proposal.GIVE if own else Proposal.THIRD_PARTY
        yield desk.line(f"contact:{row['id']}:name", "People to ring", "name", row["name"], about)
        least = dict.fromkeys(("phone", "other_phone", "email"), reach)
        before = f"{row['name']}: " if own else ""
        yield from desk.fields("contact", "People to ring", row, names, before=before, least=least, all_least=about)


def _collectors(desk: _Desk) -> Iterator[Line]:
    least = {"password": Proposal.HOLD, "reason": Proposal.HARM}
    names = {name: words for name, words in people_words.COLLECTOR.items() if name != "child_id"}
    for row in desk.of.collectors:
        about = Proposal.HARM if row["reason"] else Proposal.THIRD_PARTY
        yield from desk.fields("collector", "Who may collect", row, names, least=least, all_least=about)


def _consents(desk: _Desk) -> Iterator[Line]:
    for row in desk.of.consents:
        before = f"{said(row['kind'])}: "
        yield from desk.fields("consent", "Consents", row, consent_words.CONSENT, before=before)


def _of_activities(
    table: str, section: str, rows: Callable[[Belongings], tuple[Row, ...]], least: Proposal = Proposal.GIVE
) -> Callable[[_Desk], Iterator[Line]]:
    """A section with one line for each row about an activity."""

    def lines(desk: _Desk) -> Iterator[Line]:
        for row in sorted(rows(desk.of), key=lambda row: desk.days.get(row.get("activity_id", row["id"]), date.min)):
            label = desk.activities[row["activity_id"]] if "activity_id" in row else ""
            yield desk.line(f"{table}:{row['id']}", section, label or section, _told(row), least)

    return lines


def _told(row: Mapping[str, Any]) -> str:
    """The rest of a row in words."""
    told = (
        f"{name.removesuffix('_id').replace('_', ' ')}: {said(value)}"
        for name, value in row.items()
        if name not in _UNSAID and value not in (None, "", False) and not isinstance(value, UUID)
    )
    return "; ".join(told)


def _imported(desk: _Desk) -> Iterator[Line]:
    for row in desk.of.imported:
        values: Mapping[str, Any] = row["values"]
        for name, value in values.items():
            if value not in (None, ""):
                key = f"imported:{row['id']}:{hashlib.sha256(name.encode()).hexdigest()[:12]}"
                yield desk.line(key, "Brought in from spreadsheets", name.replace("_", " "), value, _of_field(name))


def _of_field(name: str) -> Proposal:
    """What a field is at the least, by its name in a spreadsheet or in the journal."""
    for part, what in (
        ("password", Proposal.HOLD), ("reason", Proposal.HARM), ("not_collect", Proposal.HARM),
        ("condition", Proposal.CARED_FOR), ("cares_for", Proposal.CARED_FOR), ("phone", Proposal.OTHER_PARENT),
        ("email", Proposal.OTHER_PARENT), ("address", Proposal.OTHER_PARENT), ("postcode", Proposal.OTHER_PARENT),
        ("collector", Proposal.THIRD_PARTY), ("emergency", Proposal.THIRD_PARTY), ("parent", Proposal.THIRD_PARTY),
    ):  # fmt: skip
        if part in name:
            return what
    return Proposal.GIVE


def _copies(desk: _Desk) -> Iterator[Line]:
    places = [row["activity_id"] for row in desk.of.bookings]
    copies = kind_of("pack_copy").__table__
    for row in desk.uow.session.execute(select(copies).where(copies.c.activity_id.in_(places))).mappings():
        label = desk.activities.get(row["activity_id"], "")
        yield desk.line(f"pack_copy:{row['id']}", "Paper copies", label, _told(dict(row)))


def _before(desk: _Desk) -> Iterator[Line]:
    """What the journal holds that is said no longer: what a field was, and what was taken away."""
    of, none = desk.of, Traces(frozenset(), frozenset(), frozenset())
    known = ids_of(
        (of.family, *of.contacts, *of.collectors, *of.consents, *of.bookings, *of.marks, *of.today, *of.seats)
    )
    found = trail(desk.uow, of.child["id"], known, [], none)
    both = select(EntryRecord, ChangeRecord.at, ChangeRecord.actor_name).join(
        ChangeRecord, ChangeRecord.id == EntryRecord.change_id
    )
    wanted = (OF_A_CHILD | {"child", "family", "contact"}) - {"subject_request", "legal_hold", "child_file"}
    entries = both.where(EntryRecord.table_name.in_(sorted(wanted))).order_by(EntryRecord.number)
    for entry, at, who in desk.uow.session.execute(entries):
        if entry.record_id not in found.records or entry.before is None:
            continue
        for name, value in entry.before.items():
            if name not in _UNSAID and not name.endswith("_id") and value not in (None, "", False, 0):
                label = f"{field_words(entry.table_name, name)}, until {dates.short_with_year(at.date())} ({who})"
                yield desk.line(
                    f"journal:{entry.number}:{name}",
                    "What was said before",
                    label,
                    value,
                    _least(entry.table_name, name),
                )


def _least(table: str, name: str) -> Proposal:
    if table in ("contact", "collector") and _of_field(name) is Proposal.GIVE:
        return Proposal.THIRD_PARTY
    return _of_field(name)


def field_words(table: str, name: str) -> str:
    """What a field is called."""
    known = {
        "child": people_words.CHILD, "family": people_words.FAMILY, "contact": people_words.CONTACT,
        "collector": people_words.COLLECTOR, "consent": consent_words.CONSENT,
    }  # fmt: skip
    return known.get(table, {}).get(name) or name.replace("_", " ")


def _elsewhere(desk: _Desk) -> Iterator[Line]:
    of, child = desk.of, desk.of.child
    first, last, known = child["legal_first"], child["legal_last"], child["known_as"]
    whole = {
        f"{first} {last}",
        f"{last}, {first}",
        full_name(first, last, known),
        called(first, last, known),
        child["ref"],
    }
    traces = traces_of(whole, [first, known], {one.casefold() for one in desk.known.others})
    own = ids_of((
        child, *of.collectors, *of.consents, *of.bookings, *of.marks, *of.today, *of.seats, *of.imported, *of.requests,
        *of.decisions, *of.holds, of.family, *of.contacts,
    ))  # fmt: skip
    for one in mentions(desk.uow, own, traces):
        label = f"{one.table.replace('_', ' ')}, {one.column.replace('_', ' ')}"
        label += "" if one.certain else " (may mean somebody else of that name)"
        section = "Notes about others that name the child"
        key = f"{one.table}:{one.id}:{one.column}"
        yield desk.line(key, section, label, one.value, Proposal.THIRD_PARTY)


def _requests(desk: _Desk) -> Iterator[Line]:
    for row in desk.of.requests:
        text = f"asked by {row['asked_by']}, received {said(row['received_on'])}"
        yield desk.line(f"subject_request:{row['id']}", "Requests and holds", "request to see what is held", text)
    for row in desk.of.holds:
        text = f"since {said(row['placed_at'])}: {row['reason']}"
        yield desk.line(f"legal_hold:{row['id']}", "Requests and holds", "legal hold", text, Proposal.LEGAL)


def _safeguarding(_: _Desk) -> Iterator[Line]:
    """Sealed concerns are never in an answer: that they must be asked about is."""
    yield Line(
        SAFEGUARDING_LINE, "Safeguarding", "what the safeguarding lead may hold",
        "The safeguarding lead answers whether anything is held by them alone.", Proposal.SAFEGUARDING,
    )  # fmt: skip


_SECTIONS: tuple[Callable[[_Desk], Iterator[Line]], ...] = (
    _child, _home, _contacts, _collectors, _consents,
    _of_activities("booking", "Places at clubs and trips", lambda of: of.bookings),
    _of_activities("mark", "The register", lambda of: of.marks),
    _of_activities("collection_today", "Who collected for one day", lambda of: of.today, Proposal.THIRD_PARTY),
    _of_activities("seat", "Journeys", lambda of: of.seats),
    _of_activities("duty", "One adult alone with the child", lambda of: of.duties),
    _imported, _copies, _before, _elsewhere, _requests, _safeguarding,
)  # fmt: skip
