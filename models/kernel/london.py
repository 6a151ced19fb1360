"""London wall times and UTC instants. No clock here, so that a rule may use it."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def london_instant(day: date, wall: time) -> datetime:
    """The UTC instant of a London wall time (the earlier one when the clocks go back)."""
    return datetime.combine(day, wall, tzinfo=LONDON).astimezone(UTC)


def london_wall(instant: datetime) -> datetime:
    """The London wall time of an instant, without a zone, to the second."""
    return instant.astimezone(LONDON).replace(tzinfo=None, microsecond=0)
