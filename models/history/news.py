"""What others have changed since one last looked, for the screens that show it."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from models.access.permissions import Permission, needs
from models.storage.journal import EntryRecord
from models.storage.uow import UnitOfWork


@dataclass(frozen=True)
class News:
    """The number of the journal's newest entry, and the areas that others' changes touched."""

    newest: int
    areas: frozenset[str]


@needs(Permission.SEE_DAY)
def news_since(uow: UnitOfWork, number: int | None, mine: Collection[UUID] = ()) -> News:
    """What came after entry `number`, changes in `mine` left out; None only finds out where the journal stands."""
    newest = uow.session.scalar(select(func.coalesce(func.max(EntryRecord.number), 0))) or 0
    if number is None or newest <= number:
        return News(newest, frozenset())
    rows = uow.session.execute(
        select(EntryRecord.change_id, EntryRecord.area)
        .where(EntryRecord.number > number, EntryRecord.number <= newest)
        .distinct()
    )
    return News(newest, frozenset(area for change_id, area in rows if change_id not in mine))
