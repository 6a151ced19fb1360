"""What a restore leaves in the journal of the file it makes: without it, a restore looks like a journal cut short."""

from datetime import datetime

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from models.storage.base import Kept, UtcInstant, words


class RestoreRecord(Kept):
    """One restore. A backup older than it may know entries that it replaced; one made later may not.

    Attributes:
        at: when it was done. made_at: when the backup was made. number, chain: where its journal ended.
        waiting: holds and erasures of whoever the backup does not know, for when another that does is put back.
    """

    __tablename__ = "restore"
    append_only = True
    undone_by_hand = True

    at: Mapped[datetime] = mapped_column(UtcInstant)
    made_at: Mapped[datetime] = mapped_column(UtcInstant)
    number: Mapped[int]
    chain: Mapped[str] = words(64)
    waiting: Mapped[object | None] = mapped_column(JSON(none_as_null=True))
