"""Core columns straight into frozen rows: no records are loaded, so lists stay quick."""

from collections.abc import Collection, Mapping
from dataclasses import fields
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Select, select

from models.storage.base import Base
from models.storage.guarded import inside_only
from models.storage.uow import UnitOfWork

T = TypeVar("T")


def columns_of(kind: type[Base], row: type[Any]) -> list[Any]:
    """The record's columns that the row (a dataclass) has fields for, in the row's order."""
    return [getattr(kind, field.name) for field in fields(row) if field.name in kind.__table__.columns]


def select_row(kind: type[Base], row: type[Any]) -> Select[Any]:
    """A SELECT of those columns."""
    return select(*columns_of(kind, row))


@inside_only
def rows(uow: UnitOfWork, statement: Select[Any], row: type[T]) -> tuple[T, ...]:
    """Each result as a `row`, whose every field is one of the columns."""
    return tuple(row(**mapping) for mapping in uow.session.execute(statement).mappings())


def grouped(found: Collection[T], name: str) -> Mapping[UUID, tuple[T, ...]]:
    """The rows by the id in their field `name`, each group in its order."""
    groups: dict[UUID, list[T]] = {}
    for row in found:
        groups.setdefault(getattr(row, name), []).append(row)
    return {key: tuple(group) for key, group in groups.items()}
