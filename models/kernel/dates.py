"""British dates, times and weeks, whatever the machine's locale says."""

import re
from calendar import monthrange
from datetime import date, datetime, time, timedelta

from models.kernel.london import london_wall

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip

_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?[.,]*\s+)?"
_MIDNIGHT = r"(?:[T ]0?0:00(?::00(?:\.0+)?)?)?"  # what spreadsheets write after a day that has no time
_NUMERIC = re.compile(
    rf"{_WEEKDAY}(\d{{1,2}})\s*[/.\-]\s*(\d{{1,2}})\s*[/.\-]\s*(\d{{4}}|\d{{2}}){_MIDNIGHT}", re.IGNORECASE
)
_ISO = re.compile(rf"(\d{{4}})-(\d{{1,2}})-(\d{{1,2}}){_MIDNIGHT}")
_WORDS = re.compile(
    _WEEKDAY + r"(\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?[\s\-]+([a-z]{3,9})\.?,?[\s\-]+(\d{4}|\d{2})",
    re.IGNORECASE,
)
OLDEST = 120
_FIRST_YEAR, _LAST_YEAR = 1900, 2199


def numeric(day: date | None) -> str:
    """05/12/2026, or nothing for no date."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}" if day else ""


def short(day: date) -> str:
    """Sat 5 Dec."""
    return f"{DAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1][:3]}"


def short_with_year(day: date) -> str:
    """5 Dec 2026."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def long(day: date) -> str:
    """Saturday 5 December 2026."""
    return f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def day_and_month(day: date) -> str:
    """5 December."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def month_name(day: date) -> str:
    """December 2026."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def clock_text(wall: time | datetime) -> str:
    """10:42 (a datetime with a zone is shown as London time)."""
    if isinstance(wall, datetime) and wall.tzinfo is not None:
        wall = london_wall(wall)
    return f"{wall.hour:02}:{wall.minute:02}"


def span(start: time, end: time) -> str:
    """10:00–14:00."""
    return f"{clock_text(start)}–{clock_text(end)}"


def parse_date(text: str) -> date:
    """Reads the usual British spellings (5/12/2026, 05.12.26, 5 Dec 2026, Saturday 5th December 2026) and ISO.

    Two-digit years are 19xx above 40 and 20xx otherwise. Raises ValueError with a sentence for anything else,
    impossible dates (31/02/2026) and years no club meets (before 1900, from 2200) included.
    """
    clean = " ".join(text.split())
    for pattern, order in ((_NUMERIC, "dmy"), (_ISO, "ymd"), (_WORDS, "dmy")):
        found = pattern.fullmatch(clean)
        if found:
            parts = dict(zip(order, found.groups(), strict=True))
            return _build(int(parts["d"]), _month(parts["m"]), _year(parts["y"]), clean)
    raise ValueError(f"“{clean}” is not a date; write it like 05/12/2026")


def _month(text: str) -> int:
    if text.isdigit():
        return int(text)
    for number, name in enumerate(MONTHS, start=1):
        if name.lower().startswith(text.lower()) or (text.lower() == "sept" and number == 9):
            return number
    return 0


def _year(text: str) -> int:
    value = int(text)
    if len(text) == 4:
        return value
    return 1900 + value if value > 40 else 2000 + value


def _build(day: int, month: int, year: int, said: str) -> date:
    try:
        built = date(year, month, day)
    except ValueError:
        raise ValueError(f"“{said}” is not a day in the calendar; write it like 05/12/2026") from None
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise ValueError(f"“{said}” has a year that cannot be right; write it like 05/12/2026")
    return built


def parse_time(text: str) -> time:
    """Reads 10:42, 1042, 9.30, 9:30am, 2pm. Raises ValueError with a sentence for anything else."""
    found = re.fullmatch(r"(\d{1,2})(?:[:.]?(\d{2}))?(?::\d{2})?\s*(am|pm)?", text.strip().lower())
    if found:
        hour, minute = int(found[1]), int(found[2] or 0)
        sensible = (found[2] or found[3]) and (not found[3] or 1 <= hour <= 12)
        if found[3]:
            hour = hour % 12 + (12 if found[3] == "pm" else 0)
        if sensible and hour < 24 and minute < 60:
            return time(hour, minute)
    raise ValueError(f"“{text.strip()}” is not a time; write it like 10:42")


def age_on(born: date, day: date) -> int:
    """Whole years old on that day (29 February birthdays fall on 1 March in short years)."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def can_be_born(born: date, today: date) -> bool:
    """Whether somebody there today can have been born that day: not in the future, nor more than 120 years ago."""
    return born <= today and age_on(born, today) <= OLDEST


def months_later(day: date, months: int) -> date:
    """The same day so many months on (before, if negative); the last of the month where that day is missing."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def years_later(day: date, years: int) -> date:
    """The same date so many years on (29 Feb becomes 28 Feb in short years)."""
    return months_later(day, 12 * years)


def week_start(day: date) -> date:
    """The Monday of that day's week."""
    return day - timedelta(days=day.weekday())


def school_year_start(day: date) -> date:
    """The 1 September on or before that day."""
    return date(day.year if day.month >= 9 else day.year - 1, 9, 1)


def minutes_between(start: time, end: time) -> int:
    """Minutes from start to end on one day."""
    return (end.hour * 60 + end.minute) - (start.hour * 60 + start.minute)
