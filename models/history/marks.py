"""Marks are never changed: one is taken back by a new mark that names it."""

from sqlalchemy import func, select

from models.access.permissions import inside_only
from models.kernel.errors import Stale
from models.registers.records import MarkRecord
from models.registers.rules import MarkKind
from models.storage.uow import UnitOfWork

SAID_AGAIN = ("activity_id", "child_id", "adult_id")
COPIED = ("kind", "source", "happened_at", "late", "corrects_id", "collected_by", "collected_how", "note")


@inside_only
def take_back(uow: UnitOfWork, mark: MarkRecord) -> None:
    """Appends a void mark; a void mark itself is taken back by saying again what it took back.

    Raises Stale where the mark was put right since.
    """
    if uow.session.scalar(select(MarkRecord.id).where(MarkRecord.corrects_id == mark.id).limit(1)):
        raise Stale("This mark has been put right since.", "Look at the register, and correct it there.")
    if mark.kind is MarkKind.VOID and mark.corrects_id:
        first = uow.get(MarkRecord, mark.corrects_id, "mark")
        _append(uow, first, **{name: getattr(first, name) for name in COPIED})
    else:
        _append(uow, mark, kind=MarkKind.VOID, source=mark.source, corrects_id=mark.id)


def _append(uow: UnitOfWork, like: MarkRecord, **values: object) -> None:
    same = {name: getattr(like, name) for name in SAID_AGAIN}
    uow.flush()
    mine = select(func.coalesce(func.max(MarkRecord.number), 0)).where(MarkRecord.device == uow.actor.device)
    number = (uow.session.scalar(mine) or 0) + 1
    now, who, device = uow.clock.now(), uow.actor.name, uow.actor.device
    uow.add(MarkRecord(**same, **values, entered_at=now, entered_by=who, device=device, number=number))
