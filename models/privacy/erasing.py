"""What erasing a child takes, what it leaves, and doing it.

Figures for funders must still add up, so a child leaves an anonymous row behind: its random id, and nothing that was
ever said of it but the referring agency (where another child has the same) and that it is closed. Marks stay with that
row (who came, when, and how it was settled who took them; no names and no notes), and so do places at activities that
are over; with them how many adults stayed with it alone, or old ratios would change. A parent found to be a carer is
counted on by a row without a name. All the rest goes: from the tables, from the journal, from the labels of changes
and from whatever else names the child.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from models.access.permissions import inside_only
from models.access.records import ClubRecord
from models.consents.records import ConsentRecord
from models.kernel.clock import london_wall
from models.kernel.words import called, full_name
from models.people.records import ERASED_HOME, ChildRecord, CollectorRecord, ContactRecord, FamilyRecord
from models.people.rules import ChildStatus
from models.privacy.belongings import Belongings, belongings, ids_of, kind_of
from models.privacy.elsewhere import Mention, mentions
from models.privacy.records import ChildFileRecord, DecisionRecord, HoldRecord, LongerRecord, RequestRecord
from models.privacy.traces import Traces, out_of_json, traces_of
from models.privacy.trail import Trail, former_homes, once_said, trail
from models.programme.records import ActivityRecord, BookingRecord, DutyRecord, VenueRecord
from models.programme.rules import BookingStatus, DutyRole
from models.registers.records import CollectionTodayRecord, MarkRecord
from models.storage.base import Kept
from models.storage.erasing import AT_ONCE, ERASED_ADULT, ERASED_WORDS, Eraser, batches
from models.storage.journal import EntryRecord
from models.storage.uow import UnitOfWork
from models.team.records import AdultRecord
from models.transport.records import SeatRecord

NEUTRAL_BIRTH = date(2000, 1, 1)
OPEN = frozenset({ChildStatus.REFERRED, ChildStatus.HOME_VISIT, ChildStatus.WAITING, ChildStatus.ACTIVE})


@dataclass(frozen=True)
class Rewrite:
    """A text of another record, without what tells of the child."""

    kind: type[Kept]
    id: UUID
    column: str
    value: Any


@dataclass(frozen=True)
class Taking:
    """All that erasing a child takes.

    Attributes:
        family_goes: no other child of the family is left. future: ids of places at activities that are not over.
        doubts: texts that may mean somebody else of the same name.
        agency: the referring agency that stays in the figures, "" where it might tell.
    """

    of: Belongings
    family_goes: bool
    future: frozenset[UUID]
    traces: Traces
    trail: Trail
    rewrites: tuple[Rewrite, ...]
    doubts: tuple[Mention, ...]
    agency: str


@inside_only
def taking(uow: UnitOfWork, child_id: UUID) -> Taking:
    """Finds everything. Raises NotFound."""
    of = belongings(uow, child_id)
    family_goes = not of.siblings
    homes = former_homes(uow, child_id, shared=False) | ({of.family["id"]} if family_goes else set())
    known, staying = _own_ids(of, family_goes), frozenset() if family_goes else ids_of(of.contacts)
    traces = _traces(uow, of, family_goes, once_said(uow, child_id, known, homes, staying))
    found = trail(uow, child_id, known, homes, traces, staying)
    elsewhere = list(mentions(uow, found.records, traces))
    return Taking(
        of=of,
        family_goes=family_goes,
        future=_future(uow, of),
        traces=traces,
        trail=found,
        rewrites=tuple(_rewrites(elsewhere, traces)),
        doubts=tuple(one for one in elsewhere if not one.certain),
        agency=_agency(uow, of),
    )


@inside_only
def take(uow: UnitOfWork, what: Taking) -> tuple[UUID, int]:
    """Erases it all; returns the erasure's id and how many rows went or were blanked."""
    eraser = Eraser(uow)
    _take_rows(eraser, what)
    _take_people(eraser, what, _carers_who_stay(uow, what))
    _take_register(eraser, uow, what)
    _make_anonymous(eraser, uow, what)
    for one in what.rewrites:
        eraser.blank(one.kind, [one.id], {one.column: one.value})
    eraser.forget(what.trail.entries)
    eraser.unlabel(what.trail.labels)
    erasure, rows = eraser.done(), eraser.rows
    _close_ranks(uow, what)
    return erasure, rows


@inside_only
def touched_by(uow: UnitOfWork, what: Taking) -> list[UUID]:
    """Other children under a legal hold, of whose record this would take a word: it must stay as it is."""
    held = [each for each in held_children(uow) if each != what.of.child["id"]]
    return touched_of(uow, held, {one.id for one in what.rewrites}, what.trail.entries)


@inside_only
def held_children(uow: UnitOfWork) -> list[UUID]:
    """The children under a legal hold."""
    standing = select(HoldRecord.child_id).where(HoldRecord.lifted_at.is_(None)).distinct()
    return list(uow.session.scalars(standing))


@inside_only
def touched_of(uow: UnitOfWork, held: Collection[UUID], records: set[UUID], entries: Collection[int]) -> list[UUID]:
    """Those of the `held` children whose own are among these records, or among what these entries tell of."""
    touched = set(records)
    for some in batches(entries if held else (), AT_ONCE):
        entry = select(EntryRecord.record_id, EntryRecord.before, EntryRecord.after)
        for record_id, before, after in uow.session.execute(entry.where(EntryRecord.number.in_(some))):
            whose = (before or {}).get("child_id") or (after or {}).get("child_id")  # of one that is gone by now too
            touched |= {record_id, UUID(whose)} if whose else {record_id}
    return [each for each in held if touched & ({each} | _own_ids(belongings(uow, each), True))]


def _own_ids(of: Belongings, family_goes: bool) -> frozenset[UUID]:
    rows = (
        *of.collectors, *of.consents, *of.bookings, *of.marks, *of.today, *of.seats, *of.imported, *of.requests,
        *of.decisions, *of.holds, *of.file, *of.longer, *(of.contacts if family_goes else ()),
    )  # fmt: skip
    return ids_of(rows)


def _traces(
    uow: UnitOfWork, of: Belongings, family_goes: bool, former: Iterable[tuple[str, Mapping[str, Any]]]
) -> Traces:
    """What tells of the child and of who goes along: what they are called now, and whatever they ever were."""
    going = [("child", of.child), *(("collector", row) for row in of.collectors)]
    if family_goes:
        going += [("family", of.family), *(("contact", row) for row in of.contacts)]
    whole, single = set[str](), set[str]()
    for table, row in (*going, *former):
        told, given = _told_by(uow, table, row, of.family["id"])
        whole |= told
        single |= given
    if not family_goes:
        single -= {of.child["legal_last"]} - {of.child["legal_first"], of.child["known_as"]}
    return traces_of(whole, single, names_but(uow, of.child["id"], of.family["id"] if family_goes else None))


@inside_only
def _told_by(uow: UnitOfWork, table: str, row: Mapping[str, Any], home: UUID) -> tuple[set[str], set[str]]:
    """Of a row as it is or was: what tells for certain, and names that may be somebody else's too."""
    if table == "child":
        first, last, known = (row.get(name) or "" for name in ("legal_first", "legal_last", "known_as"))
        both = {f"{first} {last}", f"{last}, {first}", full_name(first, last, known), called(first, last, known)}
        return (both if first and last else set()) | {row.get("ref") or ""}, {first, last, known}
    if table == "family":
        address = row.get("address") or ""
        same = select(FamilyRecord.id).where(FamilyRecord.address == address, FamilyRecord.id != home).limit(1)
        return ({address} if uow.session.scalar(same) is None else set()), set()
    name: str = row.get("name") or ""
    reach = their_own(uow, row)
    if ERASED_ADULT in name or ERASED_WORDS in name:  # as an adult's erasure has the history say it: nobody's name
        return reach, set()
    return reach | {name}, set(name.split())


@inside_only
def their_own(uow: UnitOfWork, person: Mapping[str, Any]) -> set[str]:
    """Numbers and addresses of somebody who goes, unless somebody who stays has them too."""
    found = {person.get(name, "") for name in ("phone", "other_phone", "email", "password")} - {""}
    for kind, columns in (
        (ContactRecord, ("phone", "other_phone", "email")), (CollectorRecord, ("phone", "password")),
        (AdultRecord, ("mobile", "email")),
    ):  # fmt: skip
        table = kind.__table__
        for name in columns:
            mine = table.c[name].in_(found), table.c.id != person["id"]
            found -= set(uow.session.scalars(select(table.c[name]).where(*mine)))
    return found


@inside_only
def names_but(
    uow: UnitOfWork, child: UUID | None = None, going: UUID | None = None, adult: UUID | None = None
) -> frozenset[str]:
    """Names of everybody who stays on file, in small letters: all but a child, the family `going`, and an adult.

    Places and agencies too: a contact may be the Lewisham Carers Centre, and Lewisham stands in half of what is said.
    """
    names = list(uow.session.scalars(select(AdultRecord.name).where(AdultRecord.id.is_distinct_from(adult))))
    young = select(ChildRecord.legal_first, ChildRecord.legal_last, ChildRecord.known_as).where(
        ChildRecord.id.is_distinct_from(child)
    )
    names += [f"{first} {known} {last}" for first, last, known in uow.session.execute(young)]
    contacts = select(ContactRecord.name)
    names += uow.session.scalars(contacts.where(ContactRecord.family_id.is_distinct_from(going)))
    collectors = select(CollectorRecord.name).where(CollectorRecord.child_id.is_distinct_from(child))
    names += uow.session.scalars(collectors)
    names += uow.session.scalars(select(ChildRecord.referred_by).where(ChildRecord.id.is_distinct_from(child)))
    names += uow.session.scalars(select(FamilyRecord.address).where(FamilyRecord.id.is_distinct_from(going)))
    for kind in (VenueRecord, ClubRecord):
        for name, address in uow.session.execute(select(kind.name, kind.address)):
            names += name, address
    return frozenset(name.casefold() for name in names)


def _agency(uow: UnitOfWork, of: Belongings) -> str:
    """The agency if another child has the same: what only this child has might be somebody's name."""
    agency: str = of.child["referred_by"]
    same = select(func.count()).select_from(ChildRecord).where(ChildRecord.referred_by == agency)
    return agency if (uow.session.scalar(same) or 0) > 1 else ""


def _future(uow: UnitOfWork, of: Belongings) -> frozenset[UUID]:
    ahead = _ahead(uow)
    return frozenset(row["id"] for row in of.bookings if row["activity_id"] in ahead)


@inside_only
def _ahead(uow: UnitOfWork) -> set[UUID]:
    """Activities that are not over."""
    return set(uow.session.scalars(select(ActivityRecord.id).where(ActivityRecord.day >= uow.clock.today())))


def _rewrites(found: Collection[Mention], traces: Traces) -> Iterator[Rewrite]:
    for one in found:
        if not one.certain:
            continue
        yield Rewrite(kind_of(one.table), one.id, one.column, out_of_json(one.value, traces))
        if one.table == "go_ahead" and one.column == "line_text":
            yield Rewrite(kind_of(one.table), one.id, "reason", "[erased with a child’s record]")


def _take_rows(eraser: Eraser, what: Taking) -> None:
    of = what.of
    for kind, rows in (
        (CollectorRecord, of.collectors), (ConsentRecord, of.consents), (CollectionTodayRecord, of.today),
        (SeatRecord, of.seats), (DecisionRecord, of.decisions), (RequestRecord, of.requests), (HoldRecord, of.holds),
        (ChildFileRecord, of.file), (LongerRecord, of.longer), (kind_of("imported"), of.imported),
    ):  # fmt: skip
        eraser.delete(kind, ids_of(rows))
    eraser.delete(BookingRecord, what.future)


@inside_only
def _carers_who_stay(uow: UnitOfWork, what: Taking) -> set[tuple[str, str]]:
    """Name and telephone number of parents found to be carers who are counted by another family's contact."""
    staying = ContactRecord.parent_carer, ContactRecord.family_id != what.of.family["id"]
    return {(name, phone) for name, phone in uow.session.execute(
        select(ContactRecord.name, ContactRecord.phone).where(*staying)
    )}  # fmt: skip


def _take_people(eraser: Eraser, what: Taking, counted_once: set[tuple[str, str]]) -> None:
    if not what.family_goes:
        return
    for contact in what.of.contacts:
        who = contact["name"], contact["phone"]
        if contact["parent_carer"] and who not in counted_once:
            counted_once.add(who)
            counted = {
                "family_id": ERASED_HOME, "name": f"Erased carer {letters(contact['id'])}", "relationship": "",
                "phone": "", "other_phone": "", "email": "", "parental_responsibility": False, "call_order": 1,
            }  # fmt: skip
            eraser.blank(ContactRecord, [contact["id"]], counted)
        else:
            eraser.delete(ContactRecord, [contact["id"]])
    if what.of.family["id"] != ERASED_HOME:
        eraser.delete(FamilyRecord, [what.of.family["id"]])


def _take_register(eraser: Eraser, uow: UnitOfWork, what: Taking) -> None:
    of = what.of
    eraser.blank(BookingRecord, ids_of(of.bookings) - what.future, {"note": "", "ring_again": None})
    eraser.blank(MarkRecord, ids_of(of.marks), {"note": "", "collected_by": ""})
    ahead = _ahead(uow)  # on days that are over an adult stayed alone with somebody, or the ratio would be another
    coming = [row for row in of.duties if row["activity_id"] in ahead]
    alone = [row["id"] for row in coming if row["role"] is DutyRole.ONE_TO_ONE]
    eraser.blank(DutyRecord, [row["id"] for row in coming], {"one_to_one_child_id": None})
    eraser.blank(DutyRecord, alone, {"role": DutyRole.WORKER})


def _make_anonymous(eraser: Eraser, uow: UnitOfWork, what: Taking) -> None:
    if uow.session.get(FamilyRecord, ERASED_HOME) is None:
        uow.add(FamilyRecord(id=ERASED_HOME))
        uow.flush()
    child = what.of.child
    there = what.of.marks or ids_of(what.of.bookings) - what.future
    needed = {"one_to_one": child["one_to_one"]} if there else {}
    eraser.blank(ChildRecord, [child["id"]], anonymous(child, what.agency) | needed)


def anonymous(child: Mapping[str, Any], agency: str) -> dict[str, Any]:
    """What is left of a child: every column of its row, so that none is forgotten."""
    table = ChildRecord.__table__
    left: dict[str, Any] = {}
    for column in table.columns:
        if column.key not in ("id", "version"):
            left[column.key] = nothing_in(column)
    status: ChildStatus = child["status"]
    return left | {
        "ref": f"erased-{letters(child['id'])}",
        "family_id": ERASED_HOME,
        "legal_first": "Erased",
        "legal_last": "child",
        "birth_date": NEUTRAL_BIRTH,
        "status": ChildStatus.CLOSED if status in OPEN else status,
        "referred_by": agency,
    }


def nothing_in(column: Any) -> Any:
    """What a column holds of somebody who was erased."""
    if column.nullable:
        return None
    return {bool: False, int: 0, str: ""}.get(column.type.python_type)


def letters(record_id: UUID) -> str:
    """Ten letters that tell anonymous rows apart; no digits, so that the next reference is not counted on from them."""
    return record_id.hex[-10:].translate(str.maketrans("0123456789", "ghjkmnpqrs"))


def _close_ranks(uow: UnitOfWork, what: Taking) -> None:
    """Whoever waited behind the child moves up; that is journaled as any other change."""
    waiting = [row for row in what.of.bookings if row["id"] in what.future and row["position"] is not None]
    for row in waiting:
        queue = select(BookingRecord).where(
            BookingRecord.activity_id == row["activity_id"], BookingRecord.status == BookingStatus.WAITING
        )
        for place, booking in enumerate(uow.session.scalars(queue.order_by(BookingRecord.position)), start=1):
            if booking.position != place:
                booking.position = place


def last_backup(gone_by: datetime | None) -> date | None:
    """The day by which no backup holds the child."""
    return london_wall(gone_by).date() if gone_by else None
