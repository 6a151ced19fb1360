"""Which days a report is about."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from models.kernel.dates import day_and_month, months_later, school_year_start


class Choice(StrEnum):
    """The periods people ask for."""

    THIS_YEAR = "this school year"
    LAST_YEAR = "last school year"
    THIS_QUARTER = "this quarter"
    LAST_QUARTER = "last quarter"
    BOTH_YEARS = "since the school year before"
    DAYS = "from one day to another"


@dataclass(frozen=True)
class Period:
    """Days, the first and the last included."""

    first: date
    last: date

    @property
    def words(self) -> str:
        """1 September 2025 to 21 November 2026."""
        return f"{_day(self.first)} to {_day(self.last)}"


def period_of(choice: Choice, today: date) -> Period | None:
    """The days of a choice as of today; None for days somebody types. A quarter is January to March and so on.

    A period that is not over ends today.
    """
    year = school_year_start(today)
    before = months_later(year, -12)
    quarter = date(today.year, today.month - (today.month - 1) % 3, 1)
    periods = {
        Choice.THIS_YEAR: Period(year, today),
        Choice.LAST_YEAR: Period(before, year - timedelta(days=1)),
        Choice.THIS_QUARTER: Period(quarter, today),
        Choice.LAST_QUARTER: Period(months_later(quarter, -3), quarter - timedelta(days=1)),
        Choice.BOTH_YEARS: Period(before, today),
    }
    return periods.get(choice)


def choice_words(choice: Choice, today: date) -> str:
    """As the list of periods says it."""
    if choice is Choice.BOTH_YEARS:
        return f"Since {_day(months_later(school_year_start(today), -12))}"
    if choice is Choice.DAYS:
        return "From one day to another…"
    return choice.capitalize()


def _day(day: date) -> str:
    return f"{day_and_month(day)} {day.year}"
