"""What was last imported for each record, so that the next import can be compared three ways."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.storage.base import Editable, UtcInstant, words


class ImportedRecord(Editable):
    """The values a spreadsheet row had when it was last taken in, known again by `kind` and `key`."""

    __tablename__ = "imported"
    __table_args__ = (UniqueConstraint("kind", "key"),)

    kind: Mapped[str] = words(40)
    key: Mapped[str] = words(300)
    record_id: Mapped[UUID] = mapped_column(index=True)
    imported_at: Mapped[datetime] = mapped_column(UtcInstant)
    values: Mapped[dict[str, Any]] = mapped_column(JSON)
