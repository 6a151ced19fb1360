"""Short words for the tables of migrations; frozen with them, and on purpose not the records' own helpers."""

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from models.storage.base import UtcInstant

Part = sa.Column[Any] | sa.Constraint
Parts = Iterable[Part]


def text(name: str, length: int) -> list[Part]:
    """A text column of at most `length` characters, checked."""
    kept = sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")
    column: sa.Column[Any] = sa.Column(name, kept, nullable=False)
    return [column, sa.CheckConstraint(f"length({name}) <= {length}", name=f"{name}_length")]


def choice(name: str, kind: str, values: Sequence[str], *, nullable: bool = False) -> list[Part]:
    """A column of one of these words, checked under the name `kind`."""
    enum = sa.Enum(*values, name=kind, native_enum=False, create_constraint=True, length=40)
    return [sa.Column(name, enum, nullable=nullable)]


def points(name: str, target: str, *, nullable: bool = False) -> list[Part]:
    """A foreign key checked at commit."""
    key = sa.ForeignKey(target, deferrable=True, initially="DEFERRED")
    return [sa.Column(name, sa.Uuid(), key, nullable=nullable)]


def plain(name: str, kind: str, *, nullable: bool = False) -> list[Part]:
    """A column of a kind that needs no check."""
    kinds: dict[str, Any] = {
        "boolean": sa.Boolean(), "date": sa.Date(), "instant": UtcInstant(), "integer": sa.Integer(),
        "json": sa.JSON(), "null json": sa.JSON(none_as_null=True), "bytes": sa.LargeBinary(), "time": sa.Time(),
        "uuid": sa.Uuid(),
    }  # fmt: skip
    return [sa.Column(name, kinds[kind], nullable=nullable)]


def check(name: str, words: str) -> list[Part]:
    """A named check."""
    return [sa.CheckConstraint(words, name=name)]


def unique(*names: str) -> list[Part]:
    """No two rows alike in these columns."""
    return [sa.UniqueConstraint(*names)]


def table(name: str, *parts: Parts, key: str = "id", indexes: Sequence[str] = ()) -> None:
    """Creates a table, its primary key and an index a column named in `indexes`."""
    op.create_table(name, *(part for group in parts for part in group), sa.PrimaryKeyConstraint(key))
    for column in indexes:
        op.create_index(f"ix_{name}_{column}", name, [column])
