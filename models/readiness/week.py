"""What needs doing, by the day of the week it is done.

House policy, from how the week of a club runs: Monday hall, invitations and adults; Tuesday and Wednesday visits and
forms; Thursday the ring-round; Friday printing; then the day itself; and on the Monday after, calls and keying.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from models.kernel.words import counted, listed
from models.people.queries import children
from models.people.rules import ChildStatus
from models.programme import queries as programme
from models.programme.queries import ActivityRow, BookingRow
from models.programme.rules import ActivityKind, ActivityStatus, Answer, BookingStatus, ChoreKind, DutyStatus
from models.readiness.lines import Level, Line
from models.readiness.queries import Readiness, readiness_between
from models.registers.queries import OutcomeRow, outcomes
from models.registers.rules import Outcome
from models.storage.uow import UnitOfWork
from models.team.queries import team_facts

MONDAY, WEDNESDAY, THURSDAY, FRIDAY = 0, 2, 3, 4
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


def today(uow: UnitOfWork) -> Today:
    """What lies ahead in four weeks, and what is to be done about it this week."""
    day = uow.clock.today()
    ahead = readiness_between(uow, day, day + timedelta(days=AHEAD_DAYS))
    week_end = day + timedelta(days=6 - day.weekday())
    jobs = [job for answer in ahead for job in _before(uow, answer, day)]
    jobs += [*_visits(uow, day), *_after(uow, day)]
    shown = [job for job in jobs if job.when is not When.DONE or job.due >= day - timedelta(days=day.weekday())]
    shown = [job for job in shown if job.due <= week_end or job.when is When.LATE]
    order = {When.LATE: 0, When.NOW: 1, When.LATER: 2, When.DONE: 3}
    return Today(day, ahead, tuple(sorted(shown, key=lambda job: (order[job.when], job.due, job.words))))


def weekday_before(day: date, weekday: int) -> date:
    """The last such weekday (Monday is 0) strictly before a day."""
    return day - timedelta(days=(day.weekday() - weekday - 1) % 7 + 1)


def _before(uow: UnitOfWork, answer: Readiness, day: date) -> list[Job]:
    activity = answer.activity
    bookings = programme.bookings(uow, activity.id)
    ticked = {row.kind for row in programme.chores(uow, [activity.id])}
    return [
        *_chores(activity, bookings, ticked, day),
        _adults(uow, activity, day),
        _forms(answer, day),
        _ring_round(activity, bookings, day),
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


def _chores(
    activity: ActivityRow, bookings: Iterable[BookingRow], ticked: set[ChoreKind], today: date
) -> list[Job]:
    """A confirmed plan has its hall, and a plan with children in it has been told to families."""
    monday = weekday_before(activity.day, MONDAY)
    sent = ChoreKind.INVITATIONS in ticked or any(True for _ in bookings)
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


def _adults(uow: UnitOfWork, activity: ActivityRow, today: date) -> Job:
    waiting = [duty for duty in programme.duties(uow, activity.id) if duty.status is DutyStatus.ASKED]
    team = team_facts(uow, [duty.adult_id for duty in waiting])
    names = listed([team[duty.adult_id].called for duty in waiting], 3)
    words = f"Hear from {names} about {activity.title}" if waiting else f"Adults for {activity.title} have answered"
    return _job(activity, weekday_before(activity.day, MONDAY), today, not waiting, words, "programme")


def _forms(answer: Readiness, today: date) -> Job:
    missing = [line for line in answer.lines if _about_forms(line) and line.level is not Level.OK]
    children = {person.id for line in missing for person in line.people}
    title = answer.activity.title
    words = f"Chase forms for {title}: {counted(len(children), 'child', 'children')}"
    if not children:
        words = f"Forms for {title} are all in"
    return _job(answer.activity, weekday_before(answer.activity.day, WEDNESDAY), today, not children, words, "consents")


def _about_forms(line: Line) -> bool:
    return line.rule in ("safeguarding-form", "trip-consent")


def _ring_round(activity: ActivityRow, bookings: Iterable[BookingRow], today: date) -> Job:
    listed_now = [row for row in bookings if row.status in (BookingStatus.BOOKED, BookingStatus.WAITING)]
    open_ = [row for row in listed_now if row.answer not in (Answer.COMING, Answer.NOT_COMING)]
    words = f"Ring round for {activity.title}: {counted(len(open_), 'family', 'families')} to ring"
    if not open_:
        words = f"Everybody has answered for {activity.title}" if listed_now else f"Nobody to ring for {activity.title}"
    return _job(activity, weekday_before(activity.day, THURSDAY), today, not open_, words, "ringround")


def _printing(activity: ActivityRow, ticked: set[ChoreKind], today: date) -> Job:
    what = "trip-pack" if activity.kind is ActivityKind.TRIP else "register"
    words = f"Print the {'trip pack' if what == 'trip-pack' else 'paper register'} for {activity.title}"
    due, done = weekday_before(activity.day, FRIDAY), ChoreKind.PRINTED in ticked
    return _job(activity, due, today, done, words, "print", (what, activity.id), ChoreKind.PRINTED)


def _the_day(activity: ActivityRow, today: date) -> Job:
    return _job(activity, activity.day, today, False, f"{activity.title}: take the register", "register")


def _visits(uow: UnitOfWork, today: date) -> list[Job]:
    waiting = children(uow, [ChildStatus.HOME_VISIT])
    if not waiting:
        return []
    wednesday = today - timedelta(days=today.weekday()) + timedelta(days=WEDNESDAY)
    words = f"{counted(len(waiting), 'home visit')} to make: {listed([one.called for one in waiting], 2)}"
    return [Job(wednesday, _when(wednesday, today, False), words, None, "children", ChildStatus.HOME_VISIT)]


def _no_word(row: OutcomeRow, activity_id: UUID) -> bool:
    return row.activity_id == activity_id and row.outcome is Outcome.NO_SHOW


def _after(uow: UnitOfWork, today: date) -> list[Job]:
    """Calls to families who did not come and said nothing, and registers still to be closed."""
    statuses = (ActivityStatus.CONFIRMED, ActivityStatus.DRAFT, ActivityStatus.DELIVERED)
    first = today - timedelta(days=BEHIND_DAYS)
    jobs = []
    for activity in programme.activities(uow, first, today - timedelta(days=1), statuses):
        monday = activity.day + timedelta(days=7 - activity.day.weekday())
        if activity.status is not ActivityStatus.DELIVERED:
            words = f"Close the register of {activity.title}"
            jobs.append(_job(activity, monday, today, False, words, "register"))
        called = any(row.kind is ChoreKind.CALLED for row in programme.chores(uow, [activity.id]))
        missing = [row for row in outcomes(uow, activity.day, activity.day) if _no_word(row, activity.id)]
        if missing:
            words = f"Call {counted(len(missing), 'family', 'families')} who did not come to {activity.title}"
            jobs.append(_job(activity, monday, today, called, words, "ringround", chore=ChoreKind.CALLED))
    return jobs
