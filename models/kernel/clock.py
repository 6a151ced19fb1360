"""The injected clock. Plans are Europe/London wall times; marks are UTC instants."""

from datetime import UTC, date, datetime
from typing import Protocol

from models.kernel.london import LONDON, london_instant, london_wall

__all__ = ["LONDON", "Clock", "DayClock", "FixedClock", "SystemClock", "london_instant", "london_wall", "machine_now"]


class Clock(Protocol):
    """Tells the time; everything that needs it is handed one."""

    def now(self) -> datetime:
        """The instant, as an aware UTC datetime."""

    def today(self) -> date:
        """The date on the wall in London."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def today(self) -> date:
        return self.now().astimezone(LONDON).date()


class FixedClock:
    """Stands still until it is moved: for tests, pictures and `--today`."""

    def __init__(self, at: datetime) -> None:
        """`at` must be aware; it is kept as UTC."""
        self._at = at.astimezone(UTC)

    def now(self) -> datetime:
        return self._at

    def today(self) -> date:
        return self._at.astimezone(LONDON).date()

    def move_to(self, at: datetime) -> None:
        """Puts the clock at another instant."""
        self._at = at.astimezone(UTC)


class DayClock:
    """A chosen day with the machine's time of day: the sample club's Thursday."""

    def __init__(self, day: date, machine: Clock | None = None) -> None:
        self._day = day
        self._machine = machine or SystemClock()

    def now(self) -> datetime:
        wall = self._machine.now().astimezone(LONDON).timetz().replace(tzinfo=None)
        return london_instant(self._day, wall)

    def today(self) -> date:
        return self._day

    def machine_now(self) -> datetime:
        """The instant it really is."""
        return self._machine.now()


def machine_now(clock: Clock | None) -> datetime:
    """The instant by the machine, whatever day is being lived on: for what nobody may put off by choosing another."""
    return clock.machine_now() if isinstance(clock, DayClock) else (clock or SystemClock()).now()
