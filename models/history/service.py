"""Undo and redo: the acting person's own last change is taken back, or done again, as a new change."""

from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager
from itertools import groupby
from typing import Protocol
from uuid import UUID

from sqlalchemy import select

from models.access.permissions import Permission, needs
from models.history import checks, stack
from models.history.folding import kind_of, net
from models.history.marks import take_back
from models.kernel.errors import NothingToUndo, Stale
from models.registers.records import MarkRecord
from models.storage.journal import ChangeKind, EntryRecord
from models.storage.uow import UnitOfWork
from models.storage.values import from_journal, put_into

__all__ = ["Recheck", "Void", "redo", "redoable", "undo", "undoable"]

EDIT = (False, False)
undoable, redoable = stack.undoable, stack.redoable


class Recheck(Protocol):
    """Asks the rules again: entered before these activities change back, left after.

    On leaving it raises Refused where a confirmed plan would gain a block (readiness brings it).
    """

    def __call__(self, uow: UnitOfWork, activity_ids: Collection[UUID], /) -> AbstractContextManager[object]: ...


class Void(Protocol):
    """Takes a mark back by a new one; a void mark is taken back by saying again what it took back."""

    def __call__(self, uow: UnitOfWork, mark: MarkRecord, /) -> None: ...


@needs(Permission.SEE_DAY)
def undo(uow: UnitOfWork, recheck: Recheck, void: Void = take_back) -> str:
    """Takes back the acting person's last change that stands; returns its label.

    Raises NothingToUndo; Denied without the permission the change itself needed; Stale, naming what, where anything
    it touched was changed since; and what `recheck` raises.
    """
    found = stack.to_undo(uow)
    if found is None:
        raise NothingToUndo("There is nothing of yours left to undo.", "Change it by hand instead.")
    _reverse(uow, found.id, ChangeKind.UNDO, recheck, void)
    uow.label = found.label
    return found.label


@needs(Permission.SEE_DAY)
def redo(uow: UnitOfWork, recheck: Recheck, void: Void = take_back) -> str:
    """Does again what the last undo took back; returns its label. Raises as `undo` does."""
    found = stack.to_redo(uow)
    if found is None:
        raise NothingToUndo("There is nothing to do again.", "Redo works straight after an undo.")
    _reverse(uow, found.id, ChangeKind.REDO, recheck, void)
    uow.label = found.label
    return found.label


def _reverse(uow: UnitOfWork, change_id: UUID, kind: ChangeKind, recheck: Recheck, void: Void) -> None:
    entries = _entries(uow, change_id)
    if any(entry.before is None and entry.after is None for entry in entries):
        raise Stale("Part of what this changed has been erased for good.", "Change it by hand instead.")
    effects = net(entries)
    imported = checks.is_import(uow, change_id)
    uow.kind, uow.answers = kind, change_id
    checks.permitted(uow, effects, imported=imported)
    held = checks.as_left(uow, effects)  # held on to, so that no record is read twice
    going = frozenset(effect.record_id for effect in effects if effect.before is None)
    with recheck(uow, checks.activities(uow, effects)):
        for step in _last_first(uow, entries):
            _take_back_step(uow, step, void, going, imported=imported)
        checks.holds_together(uow, effects)
    held.clear()


def _entries(uow: UnitOfWork, change_id: UUID) -> list[EntryRecord]:
    found = select(EntryRecord).where(EntryRecord.change_id == change_id).order_by(EntryRecord.position)
    return list(uow.session.scalars(found))


def _last_first(uow: UnitOfWork, entries: list[EntryRecord]) -> Iterator[EntryRecord]:
    # Each state on the way back is one that stood on the way there: a name or place may pass between records.
    for sort, steps in groupby(reversed(entries), key=lambda entry: (entry.before is None, entry.after is None)):
        for step in steps:
            yield step
            if sort == EDIT:
                uow.flush()
        uow.flush()


def _take_back_step(uow: UnitOfWork, step: EntryRecord, void: Void, going: frozenset[UUID], *, imported: bool) -> None:
    kind = kind_of(step.table_name)
    if step.after is None:
        uow.add(kind(**from_journal(kind, step.before or {})))
        return
    record = uow.get(kind, step.record_id)
    if step.before is not None:
        put_into(record, from_journal(kind, step.before))
    elif not isinstance(record, MarkRecord):
        uow.remove(record)
    elif imported or going & {record.activity_id, record.child_id, record.adult_id}:
        uow.withdraw(record)
    else:
        void(uow, record)
