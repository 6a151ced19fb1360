"""The home screen in one read: what is next, what to do, what ends soon, and what the school year came to so far."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select

from models.access.permissions import Permission, needs, shown
from models.kernel.dates import school_year_start
from models.people.records import ChildRecord
from models.programme import queries as programme
from models.programme.rules import DutyStatus
from models.readiness.papers import Ending, ending_soon
from models.readiness.week import Today, as_seen, today
from models.registers.queries import outcomes
from models.registers.rules import Outcome
from models.storage.uow import UnitOfWork
from models.team.queries import team_facts
from models.team.rules import short_names


@dataclass(frozen=True)
class SoFar:
    """Since 1 September: children who came at least once, activities, minutes of a break, and no-shows (no word)."""

    since: date
    children: int
    activities: int
    minutes: int
    did_not_come: int


@dataclass(frozen=True)
class Glance:
    """Everything the home screen shows.

    Attributes:
        adults: who has said yes for the next activity, as a sentence names them. asked: who has not answered yet.
        empty: there is no child, no adult and no activity to come: nothing has been brought in yet.
    """

    today: Today
    adults: tuple[str, ...]
    asked: tuple[str, ...]
    ending: tuple[Ending, ...]
    so_far: SoFar
    empty: bool


def _seen(uow: UnitOfWork, found: Glance) -> Glance:
    ending = found.ending if uow.actor.may(Permission.EDIT_TEAM) else ()
    return replace(found, today=as_seen(uow, found.today), ending=ending)


@needs(Permission.SEE_DAY)
@shown(_seen)
def glance(uow: UnitOfWork) -> Glance:
    """The home screen now."""
    now = today(uow)
    team = team_facts(uow)
    names = dict(zip(team, short_names([one.name for one in team.values()]), strict=True))
    duties = programme.duties(uow, now.next[0].activity.id) if now.next else ()
    anybody = uow.session.scalar(select(ChildRecord.id).limit(1)) is not None
    return Glance(
        today=now,
        adults=tuple(names[duty.adult_id] for duty in duties if duty.status is DutyStatus.CONFIRMED),
        asked=tuple(names[duty.adult_id] for duty in duties if duty.status is DutyStatus.ASKED),
        ending=ending_soon(uow),
        so_far=so_far(uow, now.day),
        empty=not (anybody or team or now.next),
    )


@needs(Permission.SEE_DAY)
def so_far(uow: UnitOfWork, day: date) -> SoFar:
    """What the school year came to up to that day: hours are each child's own, or the planned length."""
    since = school_year_start(day)
    found = outcomes(uow, since, day)
    came = [row for row in found if row.outcome in (Outcome.PRESENT, Outcome.LATE)]
    return SoFar(
        since=since,
        children=len({row.child_id for row in came}),
        activities=len({row.activity_id for row in came}),
        minutes=sum(row.minutes for row in came),
        did_not_come=sum(row.outcome is Outcome.NO_SHOW for row in found),
    )
