"""Everything held of one child as lines to decide about, each with what the rules make of it.

Lines are read afresh each time: a draft keeps only what was decided, so that nothing of the child is kept twice.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
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
from models.privacy.belongings import Belongings, Row, belongings, ids_of, kind_of, rows_of
from models.privacy.elsewhere import mentions
from models.privacy.records import RequestRecord
from models.privacy.rules import Known, Proposal, Proposed, propose
from models.privacy.traces import Traces, traces_of
from models.privacy.trail import OF_A_CHILD, former_homes, trail
from models.privacy.words import FIELDS, UNSAID, field_words, held, kind_words, said, told, value_words
from models.programme.records import ActivityRecord
from models.storage.journal import ChangeRecord, EntryRecord
from models.storage.uow import UnitOfWork
from models.transport.facts import Direction
from models.transport.records import LegRecord

SAFEGUARDING_LINE = "safeguarding"
SECTIONS = (
    "The child", "Home", "People to ring", "Who may collect", "Consents", "Places at clubs and trips", "The register",
    "Who collected for one day", "Journeys", "One adult alone with the child", "Brought in from spreadsheets",
    "Paper copies", "What was said before", "Notes about others that name the child", "Requests and holds",
    "Safeguarding",
)  # fmt: skip
_MILD = (Proposal.GIVE, Proposal.THIRD_PARTY, Proposal.OTHER_PARENT)
"""What any graver reason stands before, the mildest first."""
_NAMES = ("collected_by", "agreed_with", "signatory")
"""Columns that hold the name of somebody who need not be on file."""


@dataclass(frozen=True)
class Line:
    """One thing held. `key` names it from one reading to the next; `words` are names to blank out.

    `held` is the label and text as the record has them, where the line puts them in plainer words.
    """

    key: str
    section: str
    label: str
    text: str
    proposal: Proposal
    words: tuple[str, ...] = ()
    held: str = ""

    @property
    def seen(self) -> str:
        """SHA-256 of what is held: a decision stands for what it was made about, and only for that."""
        return hashlib.sha256((self.held or f"{self.label}\n{self.text}").encode()).hexdigest()


@dataclass(frozen=True)
class _Desk:
    """What every section needs: what is held, the names to look for, what activities are called and their days."""

    uow: UnitOfWork
    of: Belongings
    known: Known
    activities: Mapping[UUID, str]
    days: Mapping[UUID, date]

    def line(
        self, key: str, section: str, label: str, value: Any, least: Proposal = Proposal.GIVE, somebody: str = "",
        shown: tuple[str, str] | None = None, title: str = "",
    ) -> Line:  # fmt: skip
        """A line; `least` is what it is at the least, where its words point to nothing graver.

        `somebody` is a name in it that may stand nowhere else. `shown` is the label and the text in plainer words:
        the rules look at what is held, so that no word of ours (a month, say) is taken for a name. `title`: what in the
        label somebody made up, which may name another child.
        """
        text = said(value)
        found: Proposed = propose(text, self.known)
        if somebody and somebody.casefold() != self.known.asker.casefold():
            found = Proposed(
                Proposal.THIRD_PARTY if found.what is Proposal.GIVE else found.what,
                tuple(dict.fromkeys((somebody, *found.words))),
            )
        if title and (named := propose(title, self.known).words):
            grave = Proposal.THIRD_PARTY if found.what is Proposal.GIVE else found.what
            found = Proposed(grave, tuple(dict.fromkeys((*found.words, *named))))
        what = found.what if found.what not in _MILD or _MILD.index(found.what) > _mildness(least) else least
        return Line(key, section, *(shown or (label, text)), what, found.words, f"{label}\n{text}")

    def fields(
        self, table: str, section: str, row: Row, names: Mapping[str, str], *, before: str = "",
        least: Mapping[str, Proposal] | None = None, all_least: Proposal = Proposal.GIVE,
        plain: str | None = None,
    ) -> Iterator[Line]:  # fmt: skip
        """A line for each field of a row that says something; `plain` is `before` as the reader should see it."""
        for name, label in names.items():
            if row[name] not in (None, "", False, 0):
                what = (least or {}).get(name, all_least)
                somebody = row[name] if name in _NAMES else ""
                raw, words = f"{before}{label}", value_words(table, name, row[name])
                shown = f"{before if plain is None else plain}{label}", words
                yield self.line(f"{table}:{row['id']}:{name}", section, raw, row[name], what, somebody, shown)


def _mildness(what: Proposal) -> int:
    return _MILD.index(what) if what in _MILD else len(_MILD)


@inside_only
def gather(uow: UnitOfWork, child_id: UUID, asker: str) -> tuple[Line, ...]:
    """Every line, by section. Raises NotFound."""
    of = belongings(uow, child_id)
    days = {row.id: row.day for row in uow.session.execute(select(ActivityRecord.id, ActivityRecord.day))}
    desk = _Desk(uow, of, _known(uow, of, asker), _activities(uow), days)
    found = [line for section in _SECTIONS for line in section(desk)]
    place = {name: at for at, name in enumerate(SECTIONS)}
    return tuple(sorted(found, key=lambda line: place[line.section]))


def _known(uow: UnitOfWork, of: Belongings, asker: str) -> Known:
    child = of.child
    first, last, known = child["legal_first"], child["legal_last"], child["known_as"]
    own = frozenset({first, last, known, full_name(first, last, known), called(first, last, known)} - {""})
    people = [row["name"] for row in (*of.contacts, *of.collectors)]
    others, firsts = set(people), {word for name in people for word in name.split()}
    columns = select(ChildRecord.id, ChildRecord.legal_first, ChildRecord.legal_last, ChildRecord.known_as)
    for child_id, one, surname, goes_by in uow.session.execute(columns):
        if child_id != child["id"]:
            others |= {f"{one} {surname}", called(one, surname, goes_by)}
            firsts |= {one, goes_by}
        if child_id in of.siblings:
            others |= {one, goes_by}
    return Known(own, asker, frozenset(others - {""}) - own, frozenset(firsts - {""}) - own, _reach(of, asker))


def _reach(of: Belongings, asker: str) -> frozenset[str]:
    """What the person asking knows of themselves: their numbers, and where they live if only they can live there."""
    mine = [row for row in of.contacts if row["name"].casefold() == asker.casefold()]
    found = {row[name] for row in mine for name in ("phone", "other_phone", "email")}
    if _lives_there(of, asker):
        found |= {of.family["address"], of.family["postcode"]}
    return frozenset(found - {""})


def _lives_there(of: Belongings, asker: str) -> bool:
    """Whether the person asking is the only parent listed, and may collect: else another may live there."""
    parents = [row["name"].casefold() for row in of.contacts if row["kind"] is ContactKind.PARENT]
    barred = [row["name"].casefold() for row in of.collectors if row["kind"] is CollectorKind.MUST_NOT]
    return parents == [asker.casefold()] and asker.casefold() not in barred


def _activities(uow: UnitOfWork) -> dict[UUID, str]:
    found = uow.session.execute(select(ActivityRecord.id, ActivityRecord.day, ActivityRecord.title))
    return {each: f"{dates.short_with_year(day)}, {title}" for each, day, title in found}


def _title(activity: str) -> str:
    """Of what `_activities` calls one, what somebody made up: all but the day."""
    return activity.partition(", ")[2]


def _child(desk: _Desk) -> Iterator[Line]:
    names = {name: words for name, words in people_words.CHILD.items() if name != "family_id"}
    least = {"cares_for": Proposal.CARED_FOR, "condition_category": Proposal.CARED_FOR}
    return desk.fields("child", "The child", desk.of.child, names, least=least)


def _home(desk: _Desk) -> Iterator[Line]:
    where = Proposal.GIVE if _lives_there(desk.of, desk.known.asker) else Proposal.OTHER_PARENT
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
        plain = f"{value_words('consent', 'kind', row['kind'])}: "
        yield from desk.fields("consent", "Consents", row, consent_words.CONSENT, before=before, plain=plain)


def _of_activities(
    table: str, section: str, rows: Callable[[Belongings], tuple[Row, ...]], least: Proposal = Proposal.GIVE
) -> Callable[[_Desk], Iterator[Line]]:
    """A section with one line for each row about an activity."""

    def lines(desk: _Desk) -> Iterator[Line]:
        for row in sorted(rows(desk.of), key=lambda row: (desk.days[row["activity_id"]], row.get("number", 0))):
            label = desk.activities[row["activity_id"]] or section
            somebody = next((row[name] for name in _NAMES if row.get(name)), "")
            shown = label, told(table, row)
            yield desk.line(f"{table}:{row['id']}", section, label, held(row), least, somebody, shown, _title(label))

    return lines


def _seats(desk: _Desk) -> Iterator[Line]:
    legs = {row["id"]: row for row in rows_of(desk.uow, LegRecord)}
    for row in sorted(desk.of.seats, key=lambda one: desk.days[legs[one["leg_id"]]["activity_id"]]):
        leg = legs[row["leg_id"]]
        way = "there" if leg["direction"] is Direction.OUT else "back"
        more = told("seat", row)
        shown = desk.activities[leg["activity_id"]], f"A seat on the minibus {way}" + (more and f". {more}")
        yield desk.line(f"seat:{row['id']}", "Journeys", "Journeys", held(row), shown=shown, title=_title(shown[0]))


def _imported(desk: _Desk) -> Iterator[Line]:
    for row in desk.of.imported:
        values: Mapping[str, Any] = row["values"]
        for name, value in values.items():
            if value not in (None, ""):
                key = f"imported:{row['id']}:{hashlib.sha256(name.encode()).hexdigest()[:12]}"
                what = name.replace("_", " ").replace(":", ", ")  # mark:2026-12-05 December club
                yield desk.line(key, "Brought in from spreadsheets", what, value, _of_field(name))


def _of_field(name: str) -> Proposal:
    """What a field is at the least, by its name in a spreadsheet or in the journal."""
    for part, what in (
        ("password", Proposal.HOLD), ("reason", Proposal.HARM), ("not_collect", Proposal.HARM),
        ("condition", Proposal.CARED_FOR), ("cares_for", Proposal.CARED_FOR), ("phone", Proposal.OTHER_PARENT),
        ("email", Proposal.OTHER_PARENT), ("address", Proposal.OTHER_PARENT), ("postcode", Proposal.OTHER_PARENT),
        ("collector", Proposal.THIRD_PARTY), ("emergency", Proposal.THIRD_PARTY), ("parent", Proposal.THIRD_PARTY),
        *((name, Proposal.THIRD_PARTY) for name in _NAMES),
    ):  # fmt: skip
        if part in name:
            return what
    return Proposal.GIVE


def _copies(desk: _Desk) -> Iterator[Line]:
    places = [row["activity_id"] for row in desk.of.bookings]
    copies = kind_of("pack_copy").__table__
    for row in desk.uow.session.execute(select(copies).where(copies.c.activity_id.in_(places))).mappings():
        label = desk.activities.get(row["activity_id"], "")
        shown = label, told("pack_copy", dict(row))
        key, title = f"pack_copy:{row['id']}", _title(label)
        yield desk.line(key, "Paper copies", label, held(dict(row)), shown=shown, title=title)


def _before(desk: _Desk) -> Iterator[Line]:
    """What the journal holds that is said no longer: what a field was, and what was taken away."""
    of, none = desk.of, Traces(frozenset(), frozenset(), frozenset())
    known = ids_of(
        (of.family, *of.contacts, *of.collectors, *of.consents, *of.bookings, *of.marks, *of.today, *of.seats)
    )
    found = trail(desk.uow, of.child["id"], known, former_homes(desk.uow, of.child["id"], shared=True), none)
    both = select(EntryRecord, ChangeRecord.at, ChangeRecord.actor_name).join(
        ChangeRecord, ChangeRecord.id == EntryRecord.change_id
    )
    wanted = (OF_A_CHILD | {"child", "family", "contact"}) - {"subject_request", "legal_hold", "child_file"}
    entries = both.where(EntryRecord.table_name.in_(sorted(wanted))).order_by(EntryRecord.number)
    for entry, at, who in desk.uow.session.execute(entries):
        if entry.record_id not in found.records or entry.before is None:
            continue
        for name, value in entry.before.items():
            if name not in UNSAID and not name.endswith("_id") and value not in (None, "", False, 0):
                table, until = entry.table_name, f"until {dates.short_with_year(at.date())} ({who})"
                key, least = f"journal:{entry.number}:{name}", _least(table, name)
                shown = f"{field_words(table, name)}, {until}", value_words(table, name, value)
                label = f"{_as_held(table, name)}, {until}"
                yield desk.line(key, "What was said before", label, value, least, shown=shown)


def _once_elsewhere(desk: _Desk) -> Iterator[Line]:
    """What the journal holds of others that named the child, and is said no longer."""
    traces, own = _own_names(desk), _own_ids(desk)
    both = select(EntryRecord, ChangeRecord.at).join(ChangeRecord, ChangeRecord.id == EntryRecord.change_id)
    entries = both.where(EntryRecord.before.is_not(None), EntryRecord.table_name.not_in(OF_A_CHILD | {"family"}))
    for entry, at in desk.uow.session.execute(entries.order_by(EntryRecord.number)):
        for name, value in (entry.before or {}).items():
            if entry.record_id not in own and isinstance(value, str) and traces.told_in(value):
                table = entry.table_name
                until = f"until {dates.short_with_year(at.date())}"
                label = f"{_spaced(table)}, {_spaced(name)}, {until}"
                shown = f"{kind_words(table)}, {field_words(table, name)}, {until}", said(value)
                key, section = f"journal:{entry.number}:{name}", "Notes about others that name the child"
                yield desk.line(key, section, label, value, Proposal.THIRD_PARTY, shown=shown)


def _least(table: str, name: str) -> Proposal:
    if table in ("contact", "collector") and _of_field(name) is Proposal.GIVE:
        return Proposal.THIRD_PARTY
    return _of_field(name)


def _spaced(name: str) -> str:
    return name.replace("_", " ")


def _as_held(table: str, name: str) -> str:
    """What a line about a field of long ago is known by: not to change, for decisions are kept by it."""
    plain = ("child", "family", "contact", "collector", "consent")
    return field_words(table, name) if table in plain and name in FIELDS[table] else _spaced(name)


def _own_names(desk: _Desk) -> Traces:
    child = desk.of.child
    first, last, known = child["legal_first"], child["legal_last"], child["known_as"]
    whole = {f"{first} {last}", f"{last}, {first}", full_name(first, last, known), called(first, last, known)}
    return traces_of(whole | {child["ref"]}, [first, known], {one.casefold() for one in desk.known.others})


def _own_ids(desk: _Desk) -> frozenset[UUID]:
    of = desk.of
    return ids_of((
        of.child, *of.collectors, *of.consents, *of.bookings, *of.marks, *of.today, *of.seats, *of.imported,
        *of.requests, *of.decisions, *of.holds, *of.file, *of.longer, of.family, *of.contacts,
    ))  # fmt: skip


def _elsewhere(desk: _Desk) -> Iterator[Line]:
    for one in mentions(desk.uow, _own_ids(desk), _own_names(desk)):
        sure = "" if one.certain else " (may mean somebody else of that name)"
        label = f"{_spaced(one.table)}, {_spaced(one.column)}{sure}"
        shown = f"{kind_words(one.table)}, {field_words(one.table, one.column)}{sure}", said(one.value)
        section = "Notes about others that name the child"
        key = f"{one.table}:{one.id}:{one.column}"
        yield desk.line(key, section, label, one.value, Proposal.THIRD_PARTY, shown=shown)


def _sheets(desk: _Desk) -> Iterator[Line]:
    """Which row of a printed register was the child's; the other rows are the other children's."""
    sheets, child = kind_of("register_sheet").__table__, str(desk.of.child["id"])
    for one in desk.uow.session.execute(select(sheets).order_by(sheets.c.printed_at, sheets.c.id)).mappings():
        if child in one["rows"]:
            text = f"row {one['rows'].index(child) + 1} of printed register {one['number']}"
            label = desk.activities.get(one["activity_id"], "")
            yield desk.line(f"register_sheet:{one['id']}", "The register", label, text, title=_title(label))


def _labels(desk: _Desk) -> Iterator[Line]:
    """What the history's labels say by name, one line a day."""
    traces, days = _own_names(desk), dict[date, list[str]]()
    done = select(ChangeRecord.at, ChangeRecord.label, ChangeRecord.actor_name).order_by(ChangeRecord.number)
    # Not what is done about requests themselves: each decision would add a line to decide about.
    other = select(EntryRecord.change_id).where(EntryRecord.area != RequestRecord.room())
    done = done.where(ChangeRecord.id.in_(other))
    for at, words, who in desk.uow.session.execute(done):
        if traces.anyone_in(words):
            days.setdefault(at.date(), []).append(f"{words} ({who})")
    for day, labels in days.items():
        label = f"done on {dates.short_with_year(day)}, in the history"
        yield desk.line(f"journal_change:{day}", "What was said before", label, "; ".join(labels))


def _kept(desk: _Desk) -> Iterator[Line]:
    """How the record itself is to be kept."""
    for row in desk.of.file:
        if row["safeguarding"]:
            text = "the record has a safeguarding history, and is kept to the 25th birthday"
            yield desk.line(f"child_file:{row['id']}", "Requests and holds", "kept", text, Proposal.SAFEGUARDING)
    for row in desk.of.longer:
        text = f"until {said(row['until'])}: {row['reason']} ({row['decided_by']})"
        yield desk.line(f"retention_longer:{row['id']}", "Requests and holds", "kept longer", text, Proposal.LEGAL)


def _requests(desk: _Desk) -> Iterator[Line]:
    for row in desk.of.requests:
        text = f"asked by {row['asked_by']}, received {said(row['received_on'])}"
        more = (
            ("relationship", "relationship"),
            ("entitled", "how it was checked"),
            ("complex_why", "why it took longer"),
        )
        text += "".join(f"; {words}: {row[name]}" for name, words in more if row[name])
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
    _seats,
    _of_activities("duty", "One adult alone with the child", lambda of: of.duties),
    _sheets, _imported, _copies, _before, _labels, _elsewhere, _once_elsewhere, _requests, _kept, _safeguarding,
)  # fmt: skip
