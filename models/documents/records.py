"""Trip packs that left the building: numbered copies, out, back and shredded."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.storage.base import Editable, UtcInstant, points_to, words


class PackCopyRecord(Editable):
    """One numbered copy of a trip pack."""

    __tablename__ = "pack_copy"
    __table_args__ = (UniqueConstraint("activity_id", "number"),)

    activity_id: Mapped[UUID] = points_to("activity.id")
    number: Mapped[int]
    holder: Mapped[str] = words(80)
    out_at: Mapped[datetime] = mapped_column(UtcInstant)
    back_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    shredded_at: Mapped[datetime | None] = mapped_column(UtcInstant)
