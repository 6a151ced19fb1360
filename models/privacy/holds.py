"""Legal holds: what is held may not be erased, by anybody, until the hold is lifted.

A hold stops every way of erasing for good. Daily work goes on: what it takes off a record stays in the journal, and
that is stopped from going too.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from models.access.permissions import Permission, inside_only, needs
from models.kernel.clock import london_wall
from models.kernel.dates import short_with_year
from models.kernel.errors import BadInput, Refused
from models.kernel.words import called
from models.people.records import ChildRecord
from models.privacy.records import HoldRecord
from models.storage.uow import UnitOfWork
from models.storage.values import checked

WORDS = {"reason": "reason", "lifted_why": "reason"}


@dataclass(frozen=True)
class Hold:
    """A legal hold on one child's record, with the name the child goes by."""

    id: UUID
    version: int
    child_id: UUID
    called: str
    reason: str
    placed_by: str
    placed_at: datetime


@needs(Permission.PRIVACY)
def holds(uow: UnitOfWork, child_ids: Collection[UUID] | None = None) -> tuple[Hold, ...]:
    """The holds that stand (on these children; None: on any), the oldest first."""
    hold, child = HoldRecord, ChildRecord
    statement = select(hold, child.legal_first, child.legal_last, child.known_as).join(child, child.id == hold.child_id)
    statement = statement.where(hold.lifted_at.is_(None)).order_by(hold.placed_at, hold.id)
    if child_ids is not None:
        statement = statement.where(hold.child_id.in_(list(child_ids)))
    return tuple(
        Hold(one.id, one.version, one.child_id, called(*names), one.reason, one.placed_by, one.placed_at)
        for one, *names in uow.session.execute(statement)
    )


@needs(Permission.RESTORE)
def standing(uow: UnitOfWork) -> tuple[Mapping[str, Any], ...]:
    """The holds that stand, as `stand_again` takes them into a file made from an older backup."""
    columns = [column for column in HoldRecord.__table__.columns if column.key not in ("id", "version")]
    found = uow.session.execute(select(*columns).where(HoldRecord.lifted_at.is_(None)).order_by(HoldRecord.placed_at))
    return tuple(dict(row) for row in found.mappings())


@needs(Permission.RESTORE)
def stand_again(uow: UnitOfWork, before: Collection[Mapping[str, Any]]) -> None:
    """Places again what was held before a restore and is not held in the backup, where the backup has the child."""
    for values in before:
        child = values["child_id"]
        mine = select(HoldRecord.id).where(HoldRecord.child_id == child, HoldRecord.lifted_at.is_(None))
        if uow.session.get(ChildRecord, child) is not None and uow.session.scalar(mine) is None:
            uow.add(HoldRecord(**values))


@needs(Permission.PRIVACY)
def place_hold(uow: UnitOfWork, child_id: UUID, reason: str) -> UUID:
    """Stops every erasure of what is held of the child; returns the hold's id. Raises BadInput, NotFound."""
    child = uow.get(ChildRecord, child_id, "child")
    why = _why(reason, "reason")
    if holds(uow, [child_id]):
        raise BadInput("There is a legal hold on this record already.", "Lift that one first.", "reason")
    now = uow.clock.now()
    return uow.add(HoldRecord(child_id=child.id, reason=why, placed_by=uow.actor.name, placed_at=now)).id


@needs(Permission.PRIVACY)
def lift_hold(uow: UnitOfWork, hold_id: UUID, version: int | None, why: str) -> None:
    """Lifts a hold, with the reason. Raises BadInput, NotFound, Stale."""
    hold = uow.edit(HoldRecord, hold_id, version, "hold")
    if hold.lifted_at is not None:
        raise BadInput("This hold is lifted already.", "Nothing more is needed.")
    hold.lifted_why, hold.lifted_by, hold.lifted_at = _why(why, "lifted_why"), uow.actor.name, uow.clock.now()


@inside_only
def refuse_if_held(uow: UnitOfWork, child_ids: Collection[UUID]) -> None:
    """Raises Refused, with whom to ask, where any of these children is under a hold."""
    found = holds(uow, child_ids)
    if found:
        reasons = [
            f"{one.called}: legal hold since {short_with_year(london_wall(one.placed_at).date())} ({one.reason})."
            for one in found
        ]
        ask = f"Ask {found[0].placed_by}, who placed it, whether it can be lifted."
        raise Refused(reasons, ask, rules=["legal-hold"] * len(found))


def _why(reason: str, field: str) -> str:
    clean: str = checked(HoldRecord, {field: reason}, WORDS)[field]
    if not clean:
        raise BadInput("There is no reason.", "Write why, so that others know.", field)
    return clean
