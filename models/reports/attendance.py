"""Attendance by child, by activity and by month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select

from models.access.permissions import Permission, needs
from models.kernel.dates import minutes_between, month_name, numeric
from models.kernel.words import called
from models.people.records import ChildRecord
from models.programme.records import ActivityRecord
from models.registers.rules import Outcome, attended_hours, outcome
from models.reports.figures import between, check_period, hours
from models.reports.marks import child_states
from models.storage.uow import UnitOfWork

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("ref", "child", "day", "activity", "kind", "month", "outcome", "minutes", "hours_from")
COUNTS = ("booked", "came", "late", "absent", "no_show", "minutes")


@dataclass(frozen=True)
class Tally:
    """One line of a report: a child, an activity or a month.

    Attributes:
        label: the name, the title or the month. detail: the Ref or the day, "" for a month.
        booked: places marked; came: of them, those who came, late ones included.
    """

    label: str
    detail: str
    booked: int
    came: int
    late: int
    absent: int
    no_show: int
    hours: float


@dataclass(frozen=True)
class AttendanceReport:
    """The same marks added up three ways; children by name, activities and months by date."""

    first: date
    last: date
    by_child: tuple[Tally, ...]
    by_activity: tuple[Tally, ...]
    by_month: tuple[Tally, ...]


@needs(Permission.REPORT)
def attendance(uow: UnitOfWork, first: date, last: date) -> "pd.DataFrame":
    """One row a child and activity marked from `first` to `last`, with `COLUMNS`; `month` is its first day.

    `outcome` is present, late, absent or no show; `minutes` are 0 for who did not come; `hours_from` is "times" or
    "planned". Raises BadInput when the last day is before the first.
    """
    import pandas as pd

    check_period(first, last)
    activity = ActivityRecord
    found = select(activity.id, activity.title, activity.day, activity.kind, activity.starts, activity.ends)
    activities = {one.id: one for one in uow.session.execute(found.where(between(first, last)))}
    child = ChildRecord
    children = {
        one.id: one
        for one in uow.session.execute(select(child.id, child.ref, child.legal_first, child.legal_last, child.known_as))
    }
    rows: list[tuple[str, str, date, str, str, date, str, int, str]] = []
    for (activity_id, child_id), state in child_states(uow, between(first, last)).items():
        what = outcome(state)
        if what is Outcome.NONE:
            continue
        one, who = activities[activity_id], children[child_id]
        minutes, source = attended_hours(state, minutes_between(one.starts, one.ends))
        name = called(who.legal_first, who.legal_last, who.known_as)
        rows.append(
            (who.ref, name, one.day, one.title, one.kind.value, one.day.replace(day=1), what.value, minutes, source)
        )
    rows.sort(key=lambda row: (row[2], row[3], row[1], row[0]))
    return pd.DataFrame(rows, columns=list(COLUMNS))


@needs(Permission.REPORT)
def attendance_report(uow: UnitOfWork, first: date, last: date) -> AttendanceReport:
    """The three tables of the screen and of paper. Raises BadInput when the last day is before the first."""
    return summed(attendance(uow, first, last), first, last)


def summed(frame: "pd.DataFrame", first: date, last: date) -> AttendanceReport:
    """What `attendance` found, added up by child, by activity and by month."""
    return AttendanceReport(
        first,
        last,
        by_child=_tallies(frame, ["child", "ref"]),
        by_activity=_tallies(frame, ["day", "activity"]),
        by_month=_tallies(frame, ["month"]),
    )


def _tallies(frame: "pd.DataFrame", keys: Sequence[str]) -> tuple[Tally, ...]:
    said = frame["outcome"]
    counts = frame.assign(
        booked=1,
        came=said.isin([Outcome.PRESENT.value, Outcome.LATE.value]).astype(int),
        late=(said == Outcome.LATE.value).astype(int),
        absent=(said == Outcome.ABSENT.value).astype(int),
        no_show=(said == Outcome.NO_SHOW.value).astype(int),
    )
    grouped = counts.groupby(list(keys), sort=True)[list(COUNTS)].sum().reset_index()
    return tuple(_tally({str(key): value for key, value in row.items()}, keys) for row in grouped.to_dict("records"))


def _tally(row: dict[str, object], keys: Sequence[str]) -> Tally:
    found = {key: int(str(row[key])) for key in COUNTS}
    label, detail = _words([row[key] for key in keys])
    minutes = found.pop("minutes")
    return Tally(label, detail, hours=hours(minutes), **found)


def _words(keys: Sequence[object]) -> tuple[str, str]:
    first = keys[0]
    if not isinstance(first, date):
        return str(first), str(keys[1])
    return (str(keys[1]), numeric(first)) if len(keys) > 1 else (month_name(first), "")
