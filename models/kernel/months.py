"""Counting in months and years, as certificates and consents do."""

from calendar import monthrange
from datetime import date


def months_after(day: date, months: int) -> date:
    """The same day of the month so many months later, or that month's last day (31 Jan + 1 month is 28 or 29 Feb)."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def years_after(day: date, years: int) -> date:
    """The same date so many years later (29 Feb becomes 28 Feb in short years)."""
    return months_after(day, 12 * years)
