"""The programme as a list and as a month."""

from collections.abc import Iterable
from datetime import date, timedelta

from desktop.programme.reading import Overview, PlanRow
from desktop.programme.words import KIND, LIGHT, STATUS, STATUS_ICON, STATUS_STATE, places
from desktop.widgets.list_model import Column
from desktop.widgets.month_grid import MonthItem
from desktop.widgets.state import State
from desktop.widgets.table import ListTable
from models.kernel.dates import short, short_with_year, span
from models.programme.calendar import TermFacts
from models.programme.rules import ActivityStatus
from models.readiness.lines import Level


def activity_table(today: date) -> ListTable[PlanRow]:
    """The list: activity, date, time, venue, children, adults, light, status."""
    columns = [
        Column[PlanRow]("Activity", lambda row: row.activity.title),
        Column[PlanRow]("Date", lambda row: _day(row.activity.day, today), sort=lambda row: row.activity.day),
        Column[PlanRow](
            "Time", lambda row: span(row.activity.starts, row.activity.ends), sort=lambda row: row.activity.starts
        ),
        Column[PlanRow]("Venue", lambda row: row.activity.venue_name or "No venue yet"),
        Column[PlanRow]("Children", lambda row: places(row.activity), sort=lambda row: row.activity.booked),
        Column[PlanRow]("Adults", lambda row: str(row.activity.confirmed_adults), right=True),
        Column[PlanRow]("Ready", light_words, sort=_light_order, state=light_state),
        Column[PlanRow](
            "Status",
            lambda row: STATUS[row.activity.status],
            state=lambda row: STATUS_STATE[row.activity.status],
            icon=lambda row: STATUS_ICON[row.activity.status],
        ),
    ]
    return ListTable(
        columns, lambda row: row.activity.id, name="Clubs and trips", spoken=_spoken,
        spare=("Adults", "Venue", "Time", "Status", "Children"),
    )  # fmt: skip


def light_words(row: PlanRow) -> str:
    """Ready · 2 to look at · 1 to fix; nothing once it is over."""
    if row.answer is None:
        return ""
    levels = [line.level for line in row.answer.lines]
    for level, words in ((Level.BLOCK, "to fix"), (Level.WARN, "to look at")):
        if level in levels:
            return f"{levels.count(level)} {words}"
    return "Ready"


def light_state(row: PlanRow) -> State | None:
    """The light as a state; None once it is over."""
    return LIGHT[row.answer.light] if row.answer else None


def _light_order(row: PlanRow) -> int | None:
    return [State.BAD, State.WARN, State.OK].index(LIGHT[row.answer.light]) if row.answer else None


def _day(day: date, today: date) -> str:
    return short(day) if day.year == today.year else f"{short(day)} {day.year}"


def _spoken(row: PlanRow) -> str:
    said = (KIND[row.activity.kind], row.activity.title, short_with_year(row.activity.day), light_words(row))
    return ", ".join(part for part in said if part)


def month_items(all_: Overview, first: date, last: date) -> list[MonthItem]:
    """What a month shows: bank holidays and school breaks, then the activities with their light."""
    around = [
        *(MonthItem(f"holiday {day}", day, name, State.NEUTRAL, movable=False) for day, name in all_.holidays.items()),
        *_school_items(all_.terms),
    ]
    planned = [_item(row) for row in all_.rows]
    return [item for item in (*around, *planned) if first <= item.day <= last]


def _item(row: PlanRow) -> MonthItem:
    over = row.activity.status in (ActivityStatus.DELIVERED, ActivityStatus.CANCELLED)
    state = light_state(row) or STATUS_STATE[row.activity.status]
    cancelled = "Cancelled: " if row.activity.status is ActivityStatus.CANCELLED else ""
    words = f"{cancelled}{row.activity.title}"
    return MonthItem(row.activity.id, row.activity.day, words, state, movable=not over)


def _school_items(terms: Iterable[TermFacts]) -> list[MonthItem]:
    found = []
    for term in terms:
        days = [(term.starts, "Term starts"), (term.ends, "Term ends")]
        if term.half_starts and term.half_ends:
            # A break is as long as the week it takes; its first and last day are enough to see it.
            days += [(term.half_starts, "Half-term starts"), (term.half_ends, "Half-term ends")]
            if term.half_ends - term.half_starts < timedelta(days=1):
                days.pop()
        found += [MonthItem(f"{words} {day}", day, words, State.NEUTRAL, movable=False) for day, words in days]
    return found
