"""The journal: before and after of every field, who and when, in a chain that shows a missing link.

A change is what one person did in one go; its entries are the records it touched. The chain covers a salted
digest of each entry, so that an erased child's contents can go and the chain still holds.
"""

import base64
import hashlib
import json
import secrets
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.storage.base import Base, Kept, UtcInstant, choice, points_to, words

Fields = dict[str, Any]


class ChangeKind(StrEnum):
    """How a change came about."""

    DO = "do"
    UNDO = "undo"
    REDO = "redo"
    IMPORT = "import"


class ChangeRecord(Kept):
    """One thing one person did: the unit that undo takes back."""

    __tablename__ = "journal_change"
    journaled = False

    number: Mapped[int] = mapped_column(unique=True)
    at: Mapped[datetime] = mapped_column(UtcInstant)
    actor_id: Mapped[UUID]
    actor_name: Mapped[str] = words(120)
    device: Mapped[str] = words(64)
    label: Mapped[str] = words(200)
    kind: Mapped[ChangeKind] = choice(ChangeKind)
    answers_id: Mapped[UUID | None] = points_to("journal_change.id", nullable=True)


class EntryRecord(Base):
    """One record's before and after (null before: it was added; null after: it was removed)."""

    __tablename__ = "journal_entry"
    __table_args__ = (UniqueConstraint("change_id", "position"),)
    journaled = False

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    change_id: Mapped[UUID] = points_to("journal_change.id")
    position: Mapped[int]
    area: Mapped[str] = words(40)
    table_name: Mapped[str] = words(60)
    record_id: Mapped[UUID] = mapped_column(index=True)
    before: Mapped[Fields | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[Fields | None] = mapped_column(JSON(none_as_null=True))
    salt: Mapped[str] = words(32)
    digest: Mapped[str] = words(64)
    chain: Mapped[str] = words(64)


def plain(value: Any) -> Any:
    """A column's value as JSON keeps it."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value.value if isinstance(value, StrEnum) else value


def new_salt() -> str:
    """Sixteen random bytes as hex."""
    return secrets.token_hex(16)


def digest_of(entry: EntryRecord, change: ChangeRecord) -> str:
    """The salted digest of everything an entry and its change say."""
    answers = str(change.answers_id) if change.answers_id else None
    return _digest(entry, [*_said(entry, change), entry.position, answers])


def says_what_it_said(entry: EntryRecord, change: ChangeRecord, left: str | None = None) -> bool:
    """Whether an entry still has its digest; after an erasure, the digest of what was `left` of it."""
    # Files from before schema 0002 hold digests without the last two.
    return (left or entry.digest) in (digest_of(entry, change), _digest(entry, _said(entry, change)))


def _said(entry: EntryRecord, change: ChangeRecord) -> list[Any]:
    return [
        str(change.id), change.number, change.at.isoformat(), str(change.actor_id), change.actor_name, change.device,
        change.label, change.kind.value, entry.number, entry.area, entry.table_name, str(entry.record_id), entry.before,
        entry.after,
    ]  # fmt: skip


def _digest(entry: EntryRecord, said: list[Any]) -> str:
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256((entry.salt + text).encode()).hexdigest()


def link(previous: str, digest: str, number: int) -> str:
    """The chain's next link."""
    return hashlib.sha256(f"{previous}|{number}|{digest}".encode()).hexdigest()
