"""The club's figures for a period, as its README defines them: the tracker as it stands, attendance as marked."""

from collections import Counter
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, select

from models.access.permissions import Permission, needs
from models.consents.records import ConsentRecord
from models.consents.rules import ConsentKind, ConsentState
from models.kernel.dates import minutes_between, numeric
from models.kernel.errors import BadInput
from models.kernel.words import counted
from models.people.records import ChildRecord, ContactRecord
from models.people.rules import ChildStatus
from models.programme.records import ActivityRecord
from models.programme.rules import ActivityKind
from models.registers.rules import Outcome, attended_hours, outcome
from models.reports.marks import child_states
from models.storage.uow import UnitOfWork

NO_AGENCY = "Not written down"
_CAME = (Outcome.PRESENT, Outcome.LATE)


@dataclass(frozen=True)
class Attendance:
    """What marks came to, from the first to the last day asked for.

    Attributes:
        respite_hours: times in and out where both are known, else the planned length, whole for a late child too.
        hours_by_times, hours_by_plan: how much of it came from which; visits_by_times, visits_by_plan: of how many.
    """

    activities_delivered: int
    clubs: int
    trips: int
    distinct_children_attended: int
    child_sessions: int
    respite_hours: float
    booked_places: int
    absent_told: int
    no_shows: int
    late: int
    hours_by_times: float
    hours_by_plan: float
    visits_by_times: int
    visits_by_plan: int


@dataclass(frozen=True)
class Tracker:
    """The referral tracker as it stands."""

    referrals: int
    referring_agencies: int
    parent_carers_identified: int
    referrals_by_agency: dict[str, int]
    children_by_status: dict[str, int]
    active_without_trip_consent: tuple[str, ...]


@dataclass(frozen=True)
class Figures:
    """Everything a funder asks for. `as_of` is the last day of the period."""

    first: date
    as_of: date
    tracker: Tracker
    attendance: Attendance

    def as_json(self) -> dict[str, Any]:
        """The figures under their stable names, fit for JSON."""
        tracker, attendance = asdict(self.tracker), asdict(self.attendance)
        del attendance["hours_by_times"], attendance["hours_by_plan"]
        del attendance["visits_by_times"], attendance["visits_by_plan"]
        without = {"active_without_trip_consent": list(self.tracker.active_without_trip_consent)}
        return {"as_of": self.as_of.isoformat()} | tracker | attendance | without

    def hours_note(self) -> str:
        """One sentence that says where the hours come from."""
        timed, planned = self.attendance.visits_by_times, self.attendance.visits_by_plan
        if not timed:
            return f"Hours are the planned length of {counted(planned, 'visit')}; no times in and out are known."
        return (
            f"Hours are from times in and out for {counted(timed, 'visit')} "
            f"and from the planned length for {counted(planned, 'visit')}."
        )


@needs(Permission.REPORT)
def figures(uow: UnitOfWork, first: date, last: date) -> Figures:
    """The figures from `first` to `last`, both included. Raises BadInput when the last day is before the first."""
    check_period(first, last)
    return Figures(first, last, _tracker(uow), _attendance(uow, first, last))


def check_period(first: date, last: date) -> None:
    """Raises BadInput when the last day is before the first."""
    if last < first:
        raise BadInput(f"{numeric(last)} is before {numeric(first)}.", "Choose a last day after the first.", "last")


def between(first: date, last: date) -> ColumnElement[bool]:
    """Activities of those days, both included."""
    return ActivityRecord.day.between(first, last)


def _tracker(uow: UnitOfWork) -> Tracker:
    agencies = Counter(uow.session.scalars(select(ChildRecord.referred_by)))
    by_agency: Counter[str] = Counter()
    for agency, count in agencies.items():
        by_agency[agency.strip() or NO_AGENCY] += count
    statuses = Counter(status.value for status in uow.session.scalars(select(ChildRecord.status)))
    parent = (ContactRecord.name, ContactRecord.phone)
    carers = select(*parent).where(ContactRecord.parent_carer.is_(True)).group_by(*parent)
    return Tracker(
        referrals=sum(statuses.values()),
        referring_agencies=len(set(by_agency) - {NO_AGENCY}),
        parent_carers_identified=uow.session.scalar(select(func.count()).select_from(carers.subquery())) or 0,
        referrals_by_agency=dict(sorted(by_agency.items())),
        children_by_status=dict(sorted(statuses.items())),
        active_without_trip_consent=_without_trip_consent(uow),
    )


def _without_trip_consent(uow: UnitOfWork) -> tuple[str, ...]:
    given = (ConsentState.GRANTED, ConsentState.SIGNED, ConsentState.PHONE)
    have = select(ConsentRecord.child_id).where(ConsentRecord.kind == ConsentKind.TRIP, ConsentRecord.state.in_(given))
    without = select(ChildRecord.ref).where(ChildRecord.status == ChildStatus.ACTIVE, ChildRecord.id.not_in(have))
    return tuple(uow.session.scalars(without.order_by(ChildRecord.ref)))


def _attendance(uow: UnitOfWork, first: date, last: date) -> Attendance:
    activity = ActivityRecord
    columns = select(activity.id, activity.kind, activity.starts, activity.ends).where(between(first, last))
    activities = {one.id: one for one in uow.session.execute(columns)}
    states = child_states(uow, between(first, last))
    outcomes = Counter(outcome(state) for state in states.values())
    came = {key: state for key, state in states.items() if outcome(state) in _CAME}
    delivered = Counter(activities[activity_id].kind for activity_id in {activity_id for activity_id, _ in came})
    minutes, visits = Counter[str](), Counter[str]()
    for (activity_id, _), state in came.items():
        one = activities[activity_id]
        length, source = attended_hours(state, minutes_between(one.starts, one.ends))
        minutes[source] += length
        visits[source] += 1
    return Attendance(
        activities_delivered=sum(delivered.values()),
        clubs=delivered[ActivityKind.CLUB],
        trips=delivered[ActivityKind.TRIP],
        distinct_children_attended=len({child_id for _, child_id in came}),
        child_sessions=len(came),
        respite_hours=hours(sum(minutes.values())),
        booked_places=sum(outcomes.values()) - outcomes[Outcome.NONE],
        absent_told=outcomes[Outcome.ABSENT],
        no_shows=outcomes[Outcome.NO_SHOW],
        late=outcomes[Outcome.LATE],
        hours_by_times=hours(minutes["times"]),
        hours_by_plan=hours(minutes["planned"]),
        visits_by_times=visits["times"],
        visits_by_plan=visits["planned"],
    )


def hours(minutes: int) -> float:
    """Minutes as hours, to two places."""
    return round(minutes / 60, 2)
