"""Which change undo and redo mean, read from the journal alone: the same after a restart.

Undo answers the change it takes back, and redo answers the undo. So the acting person's own changes, newest first,
tell which is on top; a new change leaves nothing to redo.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, select

from models.access.permissions import Permission, needs
from models.storage.base import Base
from models.storage.erasing import changes_erased
from models.storage.journal import ChangeKind, ChangeRecord, EntryRecord
from models.storage.uow import UnitOfWork


@dataclass(frozen=True)
class Found:
    """A change as the stack needs it: `answers` is the change an undo or redo took back."""

    id: UUID
    label: str
    kind: ChangeKind
    answers: UUID | None


@needs(Permission.SEE_DAY)
def to_undo(uow: UnitOfWork) -> Found | None:
    """The acting person's newest change that stands."""
    answered: set[UUID | None] = set()
    for change in _own(uow):
        if change.kind is ChangeKind.UNDO:
            answered.add(change.answers)
        elif change.id not in answered:
            return change
    return None


@needs(Permission.SEE_DAY)
def to_redo(uow: UnitOfWork) -> Found | None:
    """The acting person's newest undo that stands, unless they did something new since."""
    answered: set[UUID | None] = set()
    for change in _own(uow):
        if change.kind is ChangeKind.REDO:
            answered.add(change.answers)
        elif change.kind is not ChangeKind.UNDO:
            return None
        elif change.id not in answered:
            return change
    return None


@needs(Permission.SEE_DAY)
def undoable(uow: UnitOfWork) -> str | None:
    """The label of what undo would take back, if anything."""
    found = to_undo(uow)
    return found.label if found else None


@needs(Permission.SEE_DAY)
def redoable(uow: UnitOfWork) -> str | None:
    """The label of what redo would do again, if anything."""
    found = to_redo(uow)
    return found.label if found else None


def _own(uow: UnitOfWork) -> Iterator[Found]:
    columns = select(ChangeRecord.id, ChangeRecord.label, ChangeRecord.kind, ChangeRecord.answers_id)
    own = columns.where(ChangeRecord.actor_id == uow.actor.id, ~_by_hand()).order_by(ChangeRecord.number.desc())
    gone = changes_erased(uow)
    result = uow.session.execute(own.execution_options(yield_per=50))
    try:
        for row in result:
            if row.id not in gone:  # what was erased for good cannot be taken back
                yield Found(*row)
    finally:
        result.close()


def _by_hand() -> ColumnElement[bool]:
    """Changes that touch what Ctrl+Z passes over."""
    tables = [each.class_.__tablename__ for each in Base.registry.mappers if each.class_.undone_by_hand]
    touched = select(EntryRecord.number).where(EntryRecord.change_id == ChangeRecord.id)
    return touched.where(EntryRecord.table_name.in_(tables)).exists()
