"""Which activities are on at this moment: what the lock screen offers a register for, and what the fire list counts."""

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
from models.registers.records import DayRecord, MarkRecord
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
    return tuple(_named(row) for row in _not_closed(uow) if _is_on(uow, row))


@needs(Permission.SEE_DAY)
def to_count(uow: UnitOfWork) -> tuple[OnNow, ...]:
    """Every activity somebody may be in the building for: those on now, and those of yesterday and today that have
    marks and are not closed: an adult is there early, a child is not fetched, some came to what was cancelled. Three
    statements.
    """
    near = _not_closed(uow)
    marked = select(MarkRecord.activity_id).where(MarkRecord.activity_id.in_([row.id for row in near])).distinct()
    used = set(uow.session.scalars(marked))
    today = london_wall(uow.clock.now()).date()
    return tuple(_named(row) for row in near if _is_on(uow, row) or (row.id in used and row.day <= today))


def _not_closed(uow: UnitOfWork) -> list[programme.ActivityRow]:
    today = london_wall(uow.clock.now()).date()
    # One that ended shortly before midnight is on for a while after it.
    near = programme.activities(uow, today - timedelta(days=1), today + timedelta(days=1))
    closed = set(
        uow.session.scalars(
            select(DayRecord.activity_id).where(
                DayRecord.activity_id.in_([row.id for row in near]), DayRecord.closed_at.is_not(None)
            )
        )
    )
    open_still = [row for row in near if row.id not in closed]
    return sorted(open_still, key=lambda row: (row.day, row.starts))


def _is_on(uow: UnitOfWork, row: programme.ActivityRow) -> bool:
    if row.status is ActivityStatus.CANCELLED:
        return False
    starts, ends = london_instant(row.day, row.starts), london_instant(row.day, row.ends)
    return register_mode_open(starts, ends, uow.clock.now(), closed=False)


def _named(row: programme.ActivityRow) -> OnNow:
    return OnNow(row.id, row.title)


@needs(Permission.SEE_DAY)
def note_fire_list(uow: UnitOfWork, titles: str) -> None:
    """Remembers that somebody opened the fire list of these activities without a password."""
    detail = f"Opened while locked: {titles}"[:300]
    uow.add(AccessEvent(kind=AccessKind.FIRE_LIST, who=uow.actor.name, detail=detail, at=uow.clock.now()))
