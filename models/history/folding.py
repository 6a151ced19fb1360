"""A change as what it did on balance to each record, however often it touched it on the way."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from models.storage.base import Base, Kept
from models.storage.journal import EntryRecord, Fields


@dataclass(frozen=True)
class Net:
    """What one change made of one record. No `before`: it was added; no `after`: it was removed."""

    kind: type[Kept]
    record_id: UUID
    before: Fields | None
    after: Fields | None


def kind_of(table: str) -> type[Kept]:
    """The record kept in this table. Raises KeyError for a table of none."""
    for mapper in Base.registry.mappers:
        kind = mapper.class_
        if issubclass(kind, Kept) and kind.__tablename__ == table:
            return kind
    raise KeyError(table)


def net(entries: Iterable[EntryRecord]) -> tuple[Net, ...]:
    """The change's effect on each record, in the order first touched; what came and went again is left out."""
    folded: dict[tuple[str, UUID], tuple[Fields | None, Fields | None]] = {}
    for entry in entries:
        key = entry.table_name, entry.record_id
        folded[key] = _then(folded[key], entry) if key in folded else (entry.before, entry.after)
    kinds = {table: kind_of(table) for table, _ in folded}
    return tuple(
        Net(kinds[table], record_id, before, after)
        for (table, record_id), (before, after) in folded.items()
        if before is not None or after is not None
    )


def _then(so_far: tuple[Fields | None, Fields | None], entry: EntryRecord) -> tuple[Fields | None, Fields | None]:
    before, after = so_far
    if before is not None and entry.before is not None:
        before = {**entry.before, **before}
    if entry.after is None:
        return before, None
    return before, {**(after or {}), **entry.after}
