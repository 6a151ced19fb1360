"""When the club was last saved, in a few words."""

from datetime import datetime
from typing import Any

from models.kernel.clock import Clock, london_wall
from models.kernel.dates import clock_text, short


def last_saved(uow: Any) -> datetime | None:
    """The instant of the newest change in the journal; None for a club nothing was ever changed in."""
    from models.history.queries import recent

    newest = recent(uow, limit=1)
    return newest[0].at if newest else None


def saved_words(at: object, clock: Clock) -> str:
    """Saved 10:42, with the day where it was not today; nothing where nothing was saved yet."""
    if not isinstance(at, datetime):
        return "Nothing to save yet"
    wall = london_wall(at)
    day = "" if wall.date() == clock.today() else f"{short(wall.date())} "
    return f"Saved {day}{clock_text(wall)}"
