"""What changed, when and by whom, in the reader's words."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, or_, select

from models.access.permissions import Permission, needs
from models.access.today import sees_families
from models.history.permits import MAY_SEE, NOTES
from models.history.words import Names, field_words, kind_words, unsaid
from models.storage.journal import ChangeKind, ChangeRecord, EntryRecord
from models.storage.uow import UnitOfWork

KINDS = {ChangeKind.UNDO: "undone", ChangeKind.REDO: "done again", ChangeKind.IMPORT: "", ChangeKind.DO: ""}


@dataclass(frozen=True)
class HistoryLine:
    """One field of one record, in words: "school", "Quayside Primary", "Dock Lane"."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class HistoryRow:
    """What one change did to one record.

    Attributes:
        change_id, record_id: whose. at: aware UTC. who: the acting person.
        label: what they did. how: "undone", "done again", or "" for an ordinary change.
        what: "added", "changed", "removed" or, where the contents were wiped, "erased". kind, title: child, Mar Müller.
        lines: the fields; only those that say something where the record was added or removed.
    """

    change_id: UUID
    record_id: UUID
    at: datetime
    who: str
    label: str
    how: str
    what: str
    kind: str
    title: str
    lines: tuple[HistoryLine, ...]


@needs(Permission.SEE_DAY)
def what_changed(uow: UnitOfWork, record_id: UUID, *more: UUID) -> tuple[HistoryRow, ...]:
    """All that happened to a record (and to `more`: a child's contacts, say), newest first.

    Only what the acting person may see, here as in `recent`; who is held to one activity sees that one's.
    """
    return _rows(uow, _newest(uow).where(EntryRecord.record_id.in_([record_id, *more])))


@needs(Permission.SEE_DAY)
def once_within(uow: UnitOfWork, record_id: UUID, table: str, field: str) -> tuple[UUID, ...]:
    """The ids of a table's records that name this one in a field, or did while they were there: a journey's seats."""
    said = str(record_id)
    named = or_(EntryRecord.before[field].as_string() == said, EntryRecord.after[field].as_string() == said)
    found = select(EntryRecord.record_id).distinct().where(EntryRecord.table_name == table, named)
    return tuple(uow.session.scalars(found))


@needs(Permission.SEE_DAY)
def recent(uow: UnitOfWork, limit: int = 100, areas: Collection[str] | None = None) -> tuple[HistoryRow, ...]:
    """The last `limit` things that happened in the club (in these areas), newest first."""
    statement = _newest(uow).limit(limit)
    return _rows(uow, statement if areas is None else statement.where(EntryRecord.area.in_(list(areas))))


def _newest(uow: UnitOfWork) -> Select[EntryRecord, ChangeRecord]:
    joined = select(EntryRecord, ChangeRecord).join(ChangeRecord, ChangeRecord.id == EntryRecord.change_id)
    seen = [table for table, permission in MAY_SEE.items() if uow.actor.may(permission)]
    return joined.where(EntryRecord.table_name.in_(seen)).order_by(EntryRecord.number.desc())


def _rows(uow: UnitOfWork, statement: Select[EntryRecord, ChangeRecord]) -> tuple[HistoryRow, ...]:
    names = Names(uow)
    hidden = {} if sees_families(uow) else NOTES
    found = uow.session.execute(statement)
    return tuple(
        _row(names, entry, change, hidden.get(entry.table_name, ()))
        for entry, change in found
        if uow.actor.activity in (None, *_activities(entry))
    )


def _activities(entry: EntryRecord) -> tuple[UUID, ...]:
    """The activity the record is, or is known by the entry alone to belong to: for who is held to one."""
    said = {**(entry.before or {}), **(entry.after or {})}.get("activity_id")
    return (entry.record_id, UUID(said)) if said else (entry.record_id,)


def _row(names: Names, entry: EntryRecord, change: ChangeRecord, hidden: Collection[str]) -> HistoryRow:
    return HistoryRow(
        change_id=change.id,
        record_id=entry.record_id,
        at=change.at,
        who=change.actor_name,
        label=change.label,
        how=KINDS[change.kind],
        what=_what(entry),
        kind=kind_words(entry.table_name),
        title=names.title(entry.table_name, entry.record_id),
        lines=_lines(names, entry, hidden),
    )


def _what(entry: EntryRecord) -> str:
    if entry.before is None:
        return "added" if entry.after is not None else "erased"
    return "removed" if entry.after is None else "changed"


def _lines(names: Names, entry: EntryRecord, hidden: Collection[str]) -> tuple[HistoryLine, ...]:
    before, after = entry.before or {}, entry.after or {}
    lines = []
    for name in {**before, **after}:
        old, new = before.get(name), after.get(name)
        if (
            unsaid(entry.table_name, name)
            or name in hidden
            or (not (before and after) and (old or new) in (None, "", False, 0))
        ):
            continue
        words = (names.value(entry.table_name, name, value) for value in (old, new))
        lines.append(HistoryLine(field_words(entry.table_name, name), *words))
    return tuple(lines)


@needs(Permission.PRIVACY)
def titles(uow: UnitOfWork, records: Collection[tuple[str, UUID]]) -> Mapping[UUID, str]:
    """What records are called, each given by its table and id: Saturday club, Sat 5 Dec."""
    names = Names(uow)
    return {record_id: names.title(table, record_id) for table, record_id in records}
