"""Erasing what was kept long enough, of the kinds that are not a child's whole file."""

from collections.abc import Callable, Collection, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from models.access.permissions import inside_only
from models.access.records import AccessEvent
from models.consents.records import ConsentRecord
from models.kernel.clock import london_wall
from models.kernel.dates import months_later
from models.privacy.belongings import kind_of
from models.privacy.due import Due, old_entries, old_events
from models.privacy.records import DecisionRecord, LongerRecord, RequestRecord, SpanRecord
from models.privacy.rules import SPANS, Keep
from models.programme.records import ActivityRecord, BookingRecord
from models.registers.records import CollectionTodayRecord, DayRecord, MarkRecord
from models.storage.base import Kept
from models.storage.erasing import AT_ONCE, ERASED_WORDS, Eraser, batches
from models.storage.journal import EntryRecord
from models.storage.uow import UnitOfWork


@inside_only
def let_go(uow: UnitOfWork, item: Due) -> int:
    """Erases one thing that is due, from the tables and from the journal; returns how many rows."""
    eraser = Eraser(uow)
    _TAKES[item.kind](uow, eraser, item)
    longer = select(LongerRecord.id).where(LongerRecord.kind == item.kind, LongerRecord.thing == item.thing)
    _delete(uow, eraser, LongerRecord, list(uow.session.scalars(longer)))  # its reason speaks of what is gone
    eraser.done()
    return eraser.rows


def _consent(uow: UnitOfWork, eraser: Eraser, item: Due) -> None:
    _delete(uow, eraser, ConsentRecord, [UUID(item.thing)])


def _register(uow: UnitOfWork, eraser: Eraser, item: Due) -> None:
    """Notes, who collected, the risk assessment and printed sheets go; who came stays until the child's file goes."""
    day = UUID(item.thing)
    marks = list(uow.session.scalars(select(MarkRecord.id).where(MarkRecord.activity_id == day)))
    places = list(uow.session.scalars(select(BookingRecord.id).where(BookingRecord.activity_id == day)))
    eraser.blank(MarkRecord, marks, {"note": "", "collected_by": ""})
    days = list(uow.session.scalars(select(DayRecord.id).where(DayRecord.activity_id == day)))
    eraser.blank(BookingRecord, places, {"note": ""})
    eraser.blank(DayRecord, days, {"note": ""})
    eraser.forget(_entries(uow, [*marks, *places, *days]))
    _risks(uow, eraser, day)
    for kind in (CollectionTodayRecord, kind_of("register_sheet")):
        table = kind.__table__
        _delete(uow, eraser, kind, list(uow.session.scalars(select(table.c.id).where(table.c.activity_id == day))))


def _risks(uow: UnitOfWork, eraser: Eraser, day: UUID) -> None:
    """The risk assessment goes; what else the history says of the club or trip stays."""
    eraser.blank(ActivityRecord, [day], {"risk_notes": ""})
    said = select(EntryRecord.number, EntryRecord.before, EntryRecord.after).where(EntryRecord.record_id == day)
    for number, before, after in uow.session.execute(said):
        if any((each or {}).get("risk_notes") for each in (before, after)):
            eraser.reword(number, _without_risks(before), _without_risks(after))


def _without_risks(said: dict[str, Any] | None) -> dict[str, Any] | None:
    return said | {"risk_notes": ERASED_WORDS} if said and said.get("risk_notes") else said


def _imports(uow: UnitOfWork, eraser: Eraser, item: Due) -> None:
    kind = kind_of("imported")
    table, before = kind.__table__, months_later(uow.clock.today(), -_months(uow, Keep.IMPORTS))
    rows = uow.session.execute(select(table.c.id, table.c.imported_at))
    _delete(uow, eraser, kind, [one for one, at in rows if london_wall(at).date() <= before])


def _journal(uow: UnitOfWork, eraser: Eraser, item: Due) -> None:
    before = months_later(uow.clock.today(), -_months(uow, Keep.JOURNAL))
    eraser.forget(number for number, _ in old_entries(uow, before))


def _pack(uow: UnitOfWork, eraser: Eraser, item: Due) -> None:
    _delete(uow, eraser, kind_of("pack_copy"), [UUID(item.thing)])


def _door(uow: UnitOfWork, eraser: Eraser, item: Due) -> None:
    before = months_later(uow.clock.today(), -_months(uow, Keep.DOOR))
    _delete(uow, eraser, AccessEvent, [one for one, _ in old_events(uow, before)])


def _request(uow: UnitOfWork, eraser: Eraser, item: Due) -> None:
    request = UUID(item.thing)
    decided = select(DecisionRecord.id).where(DecisionRecord.request_id == request)
    _delete(uow, eraser, DecisionRecord, list(uow.session.scalars(decided)))
    _delete(uow, eraser, RequestRecord, [request])


_TAKES: Mapping[Keep, Callable[[UnitOfWork, Eraser, Due], None]] = {
    Keep.CONSENTS: _consent, Keep.REGISTERS: _register, Keep.IMPORTS: _imports, Keep.JOURNAL: _journal,
    Keep.PACKS: _pack, Keep.REQUESTS: _request, Keep.DOOR: _door,
}  # fmt: skip


def _delete(uow: UnitOfWork, eraser: Eraser, kind: type[Kept], ids: Collection[UUID]) -> None:
    eraser.forget(_entries(uow, ids))
    eraser.delete(kind, ids)


def _entries(uow: UnitOfWork, ids: Collection[UUID]) -> list[int]:
    """The journal's entries of these records that still say something."""
    full = or_(EntryRecord.before.is_not(None), EntryRecord.after.is_not(None))
    found: list[int] = []
    for some in batches(ids, AT_ONCE):
        found += uow.session.scalars(select(EntryRecord.number).where(EntryRecord.record_id.in_(some), full))
    return found


def _months(uow: UnitOfWork, kind: Keep) -> int:
    own = uow.session.scalar(select(SpanRecord.months).where(SpanRecord.kind == kind))
    return SPANS[kind].months if own is None else own
