"""What needs doing, by the day of the week it is done.

House policy, from how the week of a club runs: Monday hall, invitations and adults; Tuesday and Wednesday visits and
forms; Thursday the ring-round; Friday printing; then the day itself; and on the Monday after, calls and keying. A trip
in the middle of a week is got ready in the week before, so that everything is printed on the last Friday.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from models.access import today as of_today
from models.access.permissions import Permission, inside_only, needs, shown
from models.access.rules import blank
from models.kernel.dates import week_start
from models.kernel.words import counted, listed
from models.people.queries import DayChild, children, day_children
from models.people.rules import ChildStatus
from models.programme import queries as programme
from models.programme import rules as programme_rules
from models.programme.queries import ActivityRow, BookingRow, DutyRow
from models.programme.rules import ActivityKind, ActivityStatus, Answer, BookingStatus, ChoreKind, DutyStatus
from models.readiness.lines import Level, Line, without_names
from models.readiness.queries import Readiness, readiness_between
from models.registers.queries import OutcomeRow, outcomes
from models.registers.rules import Outcome
from models.storage.uow import UnitOfWork
from models.team.queries import team_facts
from models.team.rules import short_names

MONDAY, WEDNESDAY, THURSDAY, FRIDAY = 0, 2, 3, 4
R = TypeVar("R", BookingRow, DutyRow)

AHEAD_DAYS = 28
BEHIND_DAYS = 28


class When(StrEnum):
    """How pressing a job is today."""

    DONE = "done"
    LATE = "late"
    NOW = "today"
    LATER = "later"


@dataclass(frozen=True)
class Job:
    """One thing to do.

    Attributes:
        due: the day it is usually done. words: one short sentence with numbers and names.
        activity_id: which activity it is for (None: for the club as a whole).
        place, item: the screen that does it, and what that screen opens.
        chore: what a tick would note, for jobs that leave no other trace.
    """

    due: date
    when: When
    words: str
    activity_id: UUID | None
    place: str
    item: object = None
    chore: ChoreKind | None = None


@dataclass(frozen=True)
class Today:
    """The home screen: the next activities with their light, and the jobs, the most pressing first."""

    day: date
    next: tuple[Readiness, ...]
    jobs: tuple[Job, ...]


@dataclass(frozen=True)
class _Known:
    """What the jobs of every activity ahead are worked out from, each read once."""

    bookings: Mapping[UUID, Sequence[BookingRow]]
    duties: Mapping[UUID, Sequence[DutyRow]]
    ticked: Mapping[UUID, set[ChoreKind]]
    children: Mapping[UUID, DayChild]
    names: Mapping[UUID, str]


@inside_only
def as_seen(uow: UnitOfWork, found: Today) -> Today:
    """To those who work on the day alone: how the plans stand without names, and the registers to be taken."""
    if of_today.sees_families(uow):
        return found
    return replace(
        found,
        next=tuple(_without_names(answer, found.day) for answer in found.next),
        jobs=tuple(job for job in found.jobs if job.place == "register"),
    )


def _without_names(answer: Readiness, day: date) -> Readiness:
    row = answer.activity
    plain = row if row.day == day else blank(row, programme_rules.NOTES_OF_ACTIVITY)
    return Readiness(plain, tuple(without_names(line) for line in answer.lines))


@needs(Permission.SEE_DAY)
@shown(as_seen)
def today(uow: UnitOfWork) -> Today:
    """What lies ahead in four weeks, and what is to be done about it this week. The statements do not grow with it."""
    day = uow.clock.today()
    ahead = readiness_between(uow, day, day + timedelta(days=AHEAD_DAYS))
    known = _known(uow, [answer.activity.id for answer in ahead])
    jobs = [job for answer in ahead for job in _before(answer, known, day)]
    jobs += [*_visits(uow, day), *_after(uow, day)]
    week_end = week_start(day) + timedelta(days=6)
    shown = [job for job in jobs if job.when is not When.DONE or job.due >= week_start(day)]
    shown = [job for job in shown if job.due <= week_end]
    order = {When.LATE: 0, When.NOW: 1, When.LATER: 2, When.DONE: 3}
    return Today(day, ahead, tuple(sorted(shown, key=lambda job: (order[job.when], job.due, job.words))))


def getting_ready(day: date, weekday: int) -> date:
    """The day an activity's job of that weekday (Monday is 0) is done: in the week of the last Friday before it."""
    friday = day - timedelta(days=(day.weekday() - FRIDAY - 1) % 7 + 1)
    return week_start(friday) + timedelta(days=weekday)


def _known(uow: UnitOfWork, activity_ids: Sequence[UUID]) -> _Known:
    bookings = programme.bookings_of(uow, activity_ids)
    team = team_facts(uow)
    ticked: dict[UUID, set[ChoreKind]] = {}
    for chore in programme.chores(uow, activity_ids):
        ticked.setdefault(chore.activity_id, set()).add(chore.kind)
    return _Known(
        _by_activity(bookings),
        _by_activity(programme.duties_of(uow, activity_ids)),
        ticked,
        day_children(uow, {row.child_id for row in bookings}),
        dict(zip(team, short_names([one.name for one in team.values()]), strict=True)),
    )


def _by_activity(rows: Iterable[R]) -> dict[UUID, list[R]]:
    found: dict[UUID, list[R]] = {}
    for row in rows:
        found.setdefault(row.activity_id, []).append(row)
    return found


def _before(answer: Readiness, known: _Known, day: date) -> list[Job]:
    activity = answer.activity
    bookings = known.bookings.get(activity.id, ())
    ticked = known.ticked.get(activity.id, set())
    return [
        *_chores(activity, bookings, ticked, day),
        _adults(activity, known, day),
        _forms(answer, day),
        _ring_round(activity, bookings, known.children, day),
        _printing(activity, ticked, day),
        _the_day(activity, day),
    ]


def _job(
    activity: ActivityRow, due: date, today: date, done: bool, words: str, place: str, item: object = None,
    chore: ChoreKind | None = None,
) -> Job:  # fmt: skip
    return Job(due, _when(due, today, done), words, activity.id, place, item or activity.id, chore)


def _when(due: date, today: date, done: bool) -> When:
    if done:
        return When.DONE
    if due == today:
        return When.NOW
    return When.LATE if due < today else When.LATER


def _chores(activity: ActivityRow, bookings: Sequence[BookingRow], ticked: set[ChoreKind], today: date) -> list[Job]:
    """A confirmed plan has its hall, and a plan with children in it has been told to families."""
    monday = getting_ready(activity.day, MONDAY)
    sent = ChoreKind.INVITATIONS in ticked or bool(bookings)
    invitations = _job(
        activity, monday, today, sent, f"Send invitations for {activity.title}", "programme",
        chore=ChoreKind.INVITATIONS,
    )  # fmt: skip
    if activity.kind is ActivityKind.TRIP:
        return [invitations]
    booked = ChoreKind.HALL in ticked or activity.status is ActivityStatus.CONFIRMED
    place = activity.venue_name or "a hall"
    hall = _job(
        activity, monday, today, booked, f"Book {place} for {activity.title}", "programme", chore=ChoreKind.HALL
    )
    return [hall, invitations]


def _adults(activity: ActivityRow, known: _Known, today: date) -> Job:
    duties = known.duties.get(activity.id, ())
    waiting = [known.names[duty.adult_id] for duty in duties if duty.status is DutyStatus.ASKED]
    words = f"Hear from {listed(waiting, 3)} about {activity.title}"
    if not duties:
        words = f"Ask adults for {activity.title}"
    elif not waiting:
        words = f"Adults for {activity.title} have answered"
    done = bool(duties) and not waiting
    return _job(activity, getting_ready(activity.day, MONDAY), today, done, words, "programme")


def _forms(answer: Readiness, today: date) -> Job:
    missing = [line for line in answer.lines if _about_forms(line) and line.level is not Level.OK]
    children = {person.id for line in missing for person in line.people}
    title = answer.activity.title
    words = f"Chase forms for {title}: {counted(len(children), 'child', 'children')}"
    if not children:
        words = f"Forms for {title} are all in"
    due = getting_ready(answer.activity.day, WEDNESDAY)
    return _job(answer.activity, due, today, not children, words, "consents")


def _about_forms(line: Line) -> bool:
    return line.rule in ("safeguarding-form", "trip-consent")


def _ring_round(
    activity: ActivityRow, bookings: Sequence[BookingRow], children: Mapping[UUID, DayChild], today: date
) -> Job:
    """Families, not children: one call for brothers and sisters."""
    listed_now = [row for row in bookings if row.status in (BookingStatus.BOOKED, BookingStatus.WAITING)]
    open_ = [row for row in listed_now if row.answer not in (Answer.COMING, Answer.NOT_COMING)]
    families = {children[row.child_id].family_id for row in open_}
    words = f"Ring round for {activity.title}: {counted(len(families), 'family', 'families')} to ring"
    if not open_:
        words = f"Everybody has answered for {activity.title}" if listed_now else f"Nobody to ring for {activity.title}"
    return _job(activity, getting_ready(activity.day, THURSDAY), today, not open_, words, "ringround")


def _printing(activity: ActivityRow, ticked: set[ChoreKind], today: date) -> Job:
    what = "trip-pack" if activity.kind is ActivityKind.TRIP else "register"
    words = f"Print the {'trip pack' if what == 'trip-pack' else 'paper register'} for {activity.title}"
    due, done = getting_ready(activity.day, FRIDAY), ChoreKind.PRINTED in ticked
    return _job(activity, due, today, done, words, "print", (what, activity.id), ChoreKind.PRINTED)


def _the_day(activity: ActivityRow, today: date) -> Job:
    return _job(activity, activity.day, today, False, f"{activity.title}: take the register", "register")


def _visits(uow: UnitOfWork, today: date) -> list[Job]:
    waiting = children(uow, [ChildStatus.HOME_VISIT])
    if not waiting:
        return []
    wednesday = week_start(today) + timedelta(days=WEDNESDAY)
    words = f"{counted(len(waiting), 'home visit')} to make: {listed([one.called for one in waiting], 2)}"
    only = waiting[0].id if len(waiting) == 1 else ChildStatus.HOME_VISIT
    return [Job(wednesday, _when(wednesday, today, False), words, None, "children", only)]


def _after(uow: UnitOfWork, today: date) -> list[Job]:
    """Calls to families who did not come and said nothing, and registers still to be closed."""
    statuses = (ActivityStatus.CONFIRMED, ActivityStatus.DRAFT, ActivityStatus.DELIVERED)
    first, last = today - timedelta(days=BEHIND_DAYS), today - timedelta(days=1)
    over = programme.activities(uow, first, last, statuses)
    chores = programme.chores(uow, [one.id for one in over])
    called = {row.activity_id for row in chores if row.kind is ChoreKind.CALLED}
    missing = [row for row in outcomes(uow, first, last) if row.outcome is Outcome.NO_SHOW]
    families = {one.id: one.family_id for one in day_children(uow, {row.child_id for row in missing}).values()}
    jobs = []
    for activity in over:
        monday = week_start(activity.day) + timedelta(days=7)
        if activity.status is not ActivityStatus.DELIVERED:
            words = f"Close the register of {activity.title}"
            jobs.append(_job(activity, monday, today, False, words, "register"))
        if to_call := _families(missing, families, activity.id):
            words = f"Call {counted(to_call, 'family', 'families')} who did not come to {activity.title}"
            done = activity.id in called
            jobs.append(_job(activity, monday, today, done, words, "ringround", chore=ChoreKind.CALLED))
    return jobs


def _families(missing: Iterable[OutcomeRow], families: Mapping[UUID, UUID], activity_id: UUID) -> int:
    return len({families[row.child_id] for row in missing if row.activity_id == activity_id})
