"""What a form or a spreadsheet row sends, checked against the columns it is meant for."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Enum, String

from models.kernel.errors import BadInput
from models.kernel.words import counted
from models.storage.base import Base


def tidy(kind: type[Base], values: Mapping[str, Any], allowed: Collection[str]) -> dict[str, Any]:
    """The values with spaces trimmed from texts, ready for `kind`.

    Raises TypeError for a field outside `allowed` (a slip in the code), and BadInput, naming the field, for a text
    longer than its column holds.
    """
    clean: dict[str, Any] = {}
    for name, value in values.items():
        if name not in allowed:
            raise TypeError(f"{kind.__name__} takes no {name} here")
        clean[name] = _text(kind, name, value) if isinstance(value, str) else value
    return clean


def _text(kind: type[Base], name: str, value: str) -> str:
    column_type = kind.__table__.columns[name].type
    if not isinstance(column_type, String) or isinstance(column_type, Enum):
        return value
    text = value.strip()
    if column_type.length and len(text) > column_type.length:
        over = counted(len(text) - column_type.length, "letter")
        raise BadInput(
            f"This is {over} too long: there is room for {column_type.length:,}.", "Write it more shortly.", name
        )
    return text


def put(record: Base, values: Mapping[str, Any]) -> None:
    """Sets each value on the record."""
    for name, value in values.items():
        setattr(record, name, value)
