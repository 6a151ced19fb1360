"""Values on their way into a record: from a form (checked and tidied) or out of the journal (JSON back to Python)."""

import base64
import re
import unicodedata
from collections.abc import Collection, Mapping
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Column, Date, Enum, Integer, LargeBinary, String, Time, Uuid

from models.kernel.errors import BadInput
from models.storage.base import Base, UtcInstant

LONG_TEXT = 1000  # longer columns keep their lines; shorter ones are one line
_NO_LETTER = re.compile(r"[\x00\ud800-\udfff]")


def checked(
    kind: type[Base], values: Mapping[str, Any], words: Mapping[str, str], *, only: Collection[str] | None = None
) -> dict[str, Any]:
    """The values as the record keeps them: text tidied, types and lengths held, enum values as members.

    `words` says each field in plain words ("first name"); `only` limits which columns may be given (all in `words`
    unless said). Raises BadInput with its field for an unknown column, a wrong type or a text too long.
    """
    allowed = set(words if only is None else only)
    return {
        name: _checked(_column(kind, name, allowed), value, words.get(name, name)) for name, value in values.items()
    }


def _column(kind: type[Base], name: str, allowed: set[str]) -> Column[Any]:
    if name not in allowed or name not in kind.__table__.columns:
        raise BadInput(f"There is no “{name}” to fill in here.", "Check the name of the field.", name)
    column = kind.__table__.columns[name]
    assert isinstance(column, Column)
    return column


def _checked(column: Column[Any], value: Any, word: str) -> Any:
    wanted = column.type
    if isinstance(wanted, Enum):
        return _member(wanted, value, word, column)
    if isinstance(wanted, String):
        return _text(column, value, word)
    if value is None:
        if not column.nullable:
            raise BadInput(f"The {word} is missing.", "Fill it in.", column.key)
        return None
    if not _fits(wanted, value):
        raise BadInput(f"The {word} cannot be read.", "Type it again.", column.key)
    return value


def _fits(wanted: Any, value: Any) -> bool:
    if isinstance(wanted, Boolean):
        return isinstance(value, bool)
    if isinstance(wanted, Integer):
        return isinstance(value, int) and not isinstance(value, bool)
    if isinstance(wanted, Date):
        return isinstance(value, date) and not isinstance(value, datetime)
    kinds: tuple[tuple[type[Any], type[Any]], ...] = ((Time, time), (Uuid, UUID), (UtcInstant, datetime))
    return all(isinstance(value, python) for sql, python in kinds if isinstance(wanted, sql))


def _member(wanted: Enum, value: Any, word: str, column: Column[Any]) -> StrEnum | None:
    if value is None and column.nullable:
        return None
    try:
        return _enum_of(wanted)(value)
    except ValueError:
        raise BadInput(f"“{value}” is not a {word} Breather knows.", "Choose one from the list.", column.key) from None


def _text(column: Column[Any], value: Any, word: str) -> str | None:
    if value is None:
        return None if column.nullable else ""
    if not isinstance(value, str):
        raise BadInput(f"The {word} cannot be read.", "Type it again.", column.key)
    most = getattr(column.type, "length", None) or LONG_TEXT
    text = unicodedata.normalize("NFC", kept_text(value))
    text = text.strip() if most > LONG_TEXT else " ".join(text.split())
    if len(text) > most:
        raise BadInput(f"The {word} is too long.", f"Use {most} letters at most.", column.key)
    return text


def kept_text(text: str) -> str:
    """The text without what no server keeps: half letters, out of a broken file, and NUL."""
    return _NO_LETTER.sub("", text)


def put_into(record: Base, values: Mapping[str, Any]) -> None:
    """Sets each value that differs, so that saving an unchanged form changes nothing."""
    for name, value in values.items():
        if getattr(record, name) != value:
            setattr(record, name, value)


def from_journal(kind: type[Base], fields: Mapping[str, Any]) -> dict[str, Any]:
    """The journal's JSON as the record's own Python values."""
    return {name: python_value(kind.__table__.columns[name].type, value) for name, value in fields.items()}


def python_value(wanted: Any, value: Any) -> Any:
    """One JSON value of the journal as a column of type `wanted` holds it."""
    if value is None:
        return None
    if isinstance(wanted, Enum):
        return _enum_of(wanted)(value)
    for sql, read in (
        (UtcInstant, datetime.fromisoformat),
        (Date, date.fromisoformat),
        (Time, time.fromisoformat),
        (Uuid, UUID),
        (LargeBinary, base64.b64decode),
    ):
        if isinstance(wanted, sql):
            return read(value)
    return value


def _enum_of(wanted: Enum) -> type[StrEnum]:
    found = wanted.enum_class
    if found is None or not issubclass(found, StrEnum):
        raise TypeError(f"{wanted.name} holds no words of ours")
    return found
