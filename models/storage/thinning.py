"""Which backups to keep: like a good calendar, fine for the last days and coarse for the last year."""

from collections.abc import Hashable, Iterable, Iterator
from datetime import date, datetime, timedelta

from models.kernel.clock import london_wall

ALL_FOR = timedelta(days=2)
DAILY_FOR = timedelta(days=14)
WEEKLY_FOR = timedelta(weeks=8)
MONTHLY_FOR = timedelta(days=365)
LEAP = timedelta(days=180)
BELIEVED = timedelta(days=7)


def keep(times: Iterable[datetime], now: datetime) -> set[datetime]:
    """The instants whose backups stay: all of two days, the last of each day for 14 days, of each week for 8 weeks, of
    each month for 12 months, by London's calendar.

    The newest always stays, and so does one dated after now (a clock was wrong; which one, nobody can say). After a
    leap of half a year nothing from before it goes for a week: the club was closed, or the clock is years ahead, and
    then it would take every older backup with it.
    """
    given = sorted(set(times))
    kept = set(given[-1:]) | _before_a_leap(given, now)
    last: dict[Hashable, datetime] = {}
    for at in given:
        age = now - at
        if age <= ALL_FOR:
            kept.add(at)
        if age >= timedelta():  # one from the future stands for nothing that was
            last.update(dict.fromkeys(_places(london_wall(at), age), at))
    return kept | set(last.values())


def _before_a_leap(given: list[datetime], now: datetime) -> set[datetime]:
    """What was made before time leapt, back to the leap before that, where it is not a week ago."""
    made = [at for at in given if at <= now]
    leaps = [early for early, late in zip(made, (*made[1:], now), strict=False) if late - early > LEAP]
    if not leaps:
        return set()
    first_after = next((at for at in made if at > leaps[-1]), now)
    if now - first_after >= BELIEVED:
        return set()
    return {at for at in made if at <= leaps[-1] and (len(leaps) == 1 or at > leaps[-2])}


def gone_by(times: Iterable[datetime]) -> datetime | None:
    """By when the last of these backups is thinned away at the latest, newer ones being made; None where there is none.

    How often newer ones will be made nobody can say: in a club that meets once a month each is the last of its month,
    and stays as long as those stay.
    """
    return max((at + MONTHLY_FOR + timedelta(days=1) for at in times), default=None)


def _places(wall: datetime, age: timedelta) -> Iterator[Hashable]:
    """What it may be the last of: its day, its week and its month, each for as long as that counts.

    All of them: a week may begin in one month and end in the next, and the last of the first is to stay.
    """
    if age <= DAILY_FOR:
        yield "day", wall.date()
    if age <= WEEKLY_FOR:
        yield "week", *wall.isocalendar()[:2]
    if age <= MONTHLY_FOR:
        yield "month", wall.year, wall.month


def last_day(at: datetime) -> date:
    """The last day a backup made at that instant can still be there, newer ones being made meanwhile."""
    return london_wall(at + MONTHLY_FOR).date()
