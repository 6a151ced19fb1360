"""What an erasure leaves behind: backups made before it."""

from datetime import date, datetime

from desktop.jobs.keeper import Keeper
from models.kernel.dates import short_with_year


def made_before(keeper: Keeper | None, now: datetime) -> list[datetime]:
    """The instants of the backups there are; where nobody can look (a stick not plugged in), as if one of now."""
    if keeper is None or keeper.off:
        return []
    if keeper.standing is None or not keeper.standing.place.there:
        return [now]
    return [one.made_at for one in keeper.standing.made]


def backup_words(gone_by: date | None, what: str = "record") -> str:
    """What to say of backups that hold what was erased."""
    if gone_by is None:
        return f"No backup that Breather knows of holds this {what}."
    return (
        f"Backups made before now still hold this {what}. The last of them goes by {short_with_year(gone_by)} at the "
        "latest, if Breather goes on making backups. Copies you saved elsewhere by hand, and backups in folders used "
        "before, are yours to delete."
    )
