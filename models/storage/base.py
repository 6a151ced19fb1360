"""What every record shares: named constraints, UTC instants, whole versions, checked lengths."""

from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    DateTime,
    Dialect,
    Enum,
    ForeignKey,
    MetaData,
    String,
    Table,
    TypeDecorator,
    Uuid,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedColumn, declared_attr, mapped_column
from sqlalchemy.sql.schema import ScalarElementColumnDefault

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcInstant(TypeDecorator[datetime]):
    """An aware UTC datetime; SQLite keeps no zone, so it is put back on the way out."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """Root of all records.

    Attributes:
        append_only: rows are never changed or deleted; undo appends a correction instead.
        journaled: changes are written to the journal (all but the journal itself).
        undone_by_hand: Ctrl+Z passes over its changes; they are put right where they were made.
    """

    metadata = MetaData(naming_convention=NAMES)
    append_only: ClassVar[bool] = False
    journaled: ClassVar[bool] = True
    undone_by_hand: ClassVar[bool] = False

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        table = cls.__dict__.get("__table__")
        if isinstance(table, Table):
            _check_lengths(table)

    def __init__(self, **values: Any) -> None:
        # Defaults are set at once, not at flush, so that the journal writes down what is really stored.
        for column in self.__table__.columns:
            default = column.default
            if isinstance(default, ScalarElementColumnDefault):
                values.setdefault(column.key, default.arg)
        for name, value in values.items():
            if not hasattr(type(self), name):
                raise TypeError(f"{type(self).__name__} has no column {name}")
            setattr(self, name, value)

    @classmethod
    def room(cls) -> str:
        """The area the record lives in: models.people.records -> people."""
        return cls.__module__.split(".")[1]


def _check_lengths(table: Table) -> None:
    # SQLite ignores String(n), so each length is a CHECK.
    for column in table.columns:
        if isinstance(column.type, String) and not isinstance(column.type, Enum) and column.type.length:
            text = f"length({column.name}) <= {column.type.length}"
            table.append_constraint(CheckConstraint(text, name=f"{column.name}_length"))


class Kept(Base):
    """A record of its own id."""

    __abstract__ = True
    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)


class Editable(Kept):
    """A record people edit: forms send its `version` back, and a stale one is refused."""

    __abstract__ = True
    version: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version}


def words(length: int, *, nullable: bool = False) -> MappedColumn[Any]:
    """A text column of at most `length` characters; "" when nothing is said, unless nullable.

    It sorts and folds alike on every engine, whatever language a server was set up in.
    """
    kept = String(length).with_variant(String(length, collation="C"), "postgresql")
    return mapped_column(kept, nullable=nullable, default=None if nullable else "")


def choice(kind: type[StrEnum], *, nullable: bool = False) -> MappedColumn[Any]:
    """A column holding one of the enum's values, checked by the database."""
    column_type = Enum(
        kind, native_enum=False, create_constraint=True, length=40, values_callable=_values, name=kind.__name__.lower()
    )
    return mapped_column(column_type, nullable=nullable)


def _values(kind: type[StrEnum]) -> Sequence[str]:
    return [member.value for member in kind]


def points_to(target: str, *, nullable: bool = False, index: bool = True) -> MappedColumn[Any]:
    """A foreign key checked at commit, so that rows may be written in any order."""
    key = ForeignKey(target, deferrable=True, initially="DEFERRED")
    return mapped_column(Uuid, key, nullable=nullable, index=index)
