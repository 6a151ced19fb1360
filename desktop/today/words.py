"""How the home screen says things."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from desktop.widgets.state import State
from models.kernel.dates import DAYS, day_and_month, span
from models.kernel.words import counted, listed
from models.programme.queries import ActivityRow
from models.readiness.lines import Do, Level
from models.readiness.week import When

LIGHT: Mapping[Level, State] = MappingProxyType({Level.OK: State.OK, Level.WARN: State.WARN, Level.BLOCK: State.BAD})
GROUP: Mapping[When, str] = MappingProxyType(
    {When.LATE: "Late", When.NOW: "Today", When.LATER: "Later this week", When.DONE: "Done"}
)
PLACE_OF: Mapping[Do, str] = MappingProxyType(
    {
        Do.OPEN_CONSENTS: "consents",
        Do.OPEN_TRANSPORT: "transport",
        Do.OPEN_CHILD: "children",
        Do.OPEN_ADULT: "team",
        Do.OPEN_VEHICLE: "transport",
    }
)
"""Where what is only looked at is; the rest is planning."""
PLACE_ICON: Mapping[str, str] = MappingProxyType(
    {
        "programme": "calendar-month",
        "children": "human-child",
        "consents": "file-sign",
        "register": "clipboard-check-outline",
        "ringround": "phone-outline",
        "print": "printer-outline",
        "team": "account-group-outline",
        "transport": "bus",
    }
)


def page_title(day: date) -> str:
    """Today, Thursday 3 December."""
    return f"Today, {DAYS[day.weekday()]} {day_and_month(day)}"


def heading(activity: ActivityRow, today: date) -> str:
    """December club · Saturday 5 December, 10:00–14:00; on the day itself: December club · today, 10:00–14:00."""
    day = "today" if activity.day == today else f"{DAYS[activity.day.weekday()]} {day_and_month(activity.day)}"
    return f"{activity.title} · {day}, {span(activity.starts, activity.ends)}"


def beneath(activity: ActivityRow, adults: tuple[str, ...], asked: tuple[str, ...]) -> str:
    """Harbour Hall · 13 children booked, 1 waiting · Denise, Marcus and Shreya; Owen has not answered."""
    places = f"{counted(activity.booked, 'child', 'children')} booked"
    if activity.waiting:
        places += f", {activity.waiting} waiting"
    who = listed(adults) or "no adult has said yes yet"
    if asked:
        who += f"; {listed(asked, 3)} {'has' if len(asked) == 1 else 'have'} not answered yet"
    return " · ".join((activity.venue_name or "No venue yet", places, who))


def hours(minutes: int) -> int:
    """Whole hours, as reports count them: rounded to the nearest."""
    return round(minutes / 60)
