"""A record of any kind, with the same words in each of its texts: what nobody thought of when a table was added."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from itertools import count
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Column, Date, Enum, Integer, LargeBinary, String, Time, Uuid

from models.schema import METADATA
from models.storage.base import Base, Kept
from models.storage.uow import UnitOfWork

WRITTEN_BY_ITSELF = {"journal_change", "journal_entry", "journal_erasure", "key_slots_copy", "club", "alembic_version"}
"""The journal's own, and what there is one row of."""
SAID: Mapping[str, Any] = {"seats": 16, "months": 12}
ALSO: Mapping[str, Mapping[str, Any]] = {
    "account": {"safeguarding": True},
    "activity": {"starts": time(10), "ends": time(14)},
}
"""What a table's own checks ask for."""
NEEDED = {"mark": ("child_id",), "seat": ("child_id",)}


@dataclass(frozen=True)
class Text:
    """One text column of one record, and what was put into it."""

    kind: type[Kept]
    record_id: UUID
    column: str
    words: str


def kinds_with_text() -> list[type[Kept]]:
    """Every record that people's words go into."""
    mappers = [mapper.class_ for mapper in Base.registry.mappers]
    kinds = {kind.__tablename__: kind for kind in mappers if issubclass(kind, Kept)}
    tables = [table for table in METADATA.sorted_tables if list(texts(table.columns.values()))]
    return [kinds[table.name] for table in tables if table.name not in WRITTEN_BY_ITSELF]


def texts(columns: list[Column[Any]]) -> Iterator[Column[Any]]:
    """The columns that hold free words."""
    return (one for one in columns if isinstance(one.type, String) and not isinstance(one.type, Enum))


class Maker:
    """Makes records, with whatever they must point to."""

    def __init__(self, uow: UnitOfWork, number: int) -> None:
        """`number` is that of the maker: each gives numbers of its own."""
        self._uow = uow
        self._number = count(number * 10_000 + 1)

    def make(self, kind: type[Kept], words: str) -> list[Text]:
        """A record with `words` in each of its texts, cut to their length."""
        record_id, table = self._uow.ids(), kind.__table__
        said = {one.name: fitted(one, words) for one in texts(list(table.columns))}
        self._add(kind, record_id, said)
        return [Text(kind, record_id, name, what) for name, what in said.items()]

    def _add(self, kind: type[Kept], record_id: UUID, said: Mapping[str, Any]) -> UUID:
        needed = NEEDED.get(kind.__tablename__, ())
        columns = [one for one in kind.__table__.columns if one.name not in said and one.name != "id"]
        values = {one.name: self._value(one) for one in columns if _must(one) or one.name in needed or _unsaid(one)}
        self._uow.add(kind(id=record_id, **{**values, **ALSO.get(kind.__tablename__, {}), **said}))
        return record_id

    def _value(self, column: Column[Any]) -> Any:
        for key in column.foreign_keys:
            target = next(m.class_ for m in Base.registry.mappers if m.class_.__table__ is key.column.table)
            return self._add(target, self._uow.ids(), {})
        if column.name in SAID:
            return SAID[column.name]
        if isinstance(column.type, Enum):
            chosen = column.type.enum_class
            return next(iter(chosen)) if chosen is not None else column.type.enums[0]
        return self._plain(column)

    def _plain(self, column: Column[Any]) -> Any:
        kind = column.type
        if isinstance(kind, Date):
            return date(2026, 9, 1)
        if isinstance(kind, Time):
            return time(12)
        if isinstance(kind, Uuid):
            return self._uow.ids()
        if isinstance(kind, Integer):
            return next(self._number)
        if isinstance(kind, LargeBinary):
            return b"sealed"
        if isinstance(kind, JSON):
            return {}
        if isinstance(kind, String):
            return f"{next(self._number)} {column.name}"[: kind.length]
        return self._uow.clock.now()


def fitted(column: Column[Any], words: str) -> str:
    """The words, cut to the column's length; the end is kept, as that is what makes them different."""
    length = column.type.length if isinstance(column.type, String) else None
    return words[-length:] if length else words


def _unsaid(column: Column[Any]) -> bool:
    """Texts of what it points to: two of those must differ."""
    return isinstance(column.type, String) and not isinstance(column.type, Enum) and not column.nullable


def _must(column: Column[Any]) -> bool:
    return not column.nullable and column.default is None and column.name != "version"
