"""Which activities are on at this moment: what the lock screen offers a register and a fire list for."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from models.access.permissions import Permission, needs
from models.access.records import AccessEvent
from models.access.rules import AccessKind
from models.kernel.clock import london_instant, london_wall
from models.programme import queries as programme
from models.programme.rules import ActivityStatus
from models.registers.records import DayRecord
from models.registers.rules import register_mode_open
from models.storage.uow import UnitOfWork


@dataclass(frozen=True)
class OnNow:
    """An activity within its register mode."""

    activity_id: UUID
    title: str


@needs(Permission.SEE_DAY)
def on_now(uow: UnitOfWork) -> tuple[OnNow, ...]:
    """Every activity within register mode by the clock (see `register_mode_open`), by its start. Two statements."""
    now = uow.clock.now()
    today = london_wall(now).date()
    # One that ended shortly before midnight is on for a while after it.
    near = programme.activities(uow, today - timedelta(days=1), today + timedelta(days=1))
    closed = set(
        uow.session.scalars(
            select(DayRecord.activity_id).where(
                DayRecord.activity_id.in_([row.id for row in near]), DayRecord.closed_at.is_not(None)
            )
        )
    )
    return tuple(
        OnNow(row.id, row.title)
        for row in sorted(near, key=lambda row: (row.day, row.starts))
        if row.status is not ActivityStatus.CANCELLED
        if register_mode_open(
            london_instant(row.day, row.starts), london_instant(row.day, row.ends), now, row.id in closed
        )
    )


@needs(Permission.SEE_DAY)
def note_fire_list(uow: UnitOfWork, titles: str) -> None:
    """Remembers that somebody opened the fire list of these activities at the locked screen."""
    detail = f"Opened while locked: {titles}"[:300]
    uow.add(AccessEvent(kind=AccessKind.FIRE_LIST, who=uow.actor.name, detail=detail, at=uow.clock.now()))
