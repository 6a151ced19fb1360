"""What happened on the day: append-only marks, who may collect today, and the paper sheets to key back."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.registers.rules import CollectedHow, MarkKind, MarkSource
from models.storage.base import Editable, Kept, UtcInstant, choice, points_to, words


class MarkRecord(Kept):
    """One mark, never changed: what, for whom, when it happened (None: not known) and when it was entered.

    Attributes:
        corrects_id: the mark this one puts right; a `void` mark only takes the other back.
        device, number: which machine entered it, and that machine's running number.
        late: came late (known even where the time is not, as in an old register book).
    """

    __tablename__ = "mark"
    __table_args__ = (
        CheckConstraint("(child_id IS NULL) != (adult_id IS NULL)", name="one_person"),
        UniqueConstraint("device", "number"),
    )
    append_only = True

    activity_id: Mapped[UUID] = points_to("activity.id")
    child_id: Mapped[UUID | None] = points_to("child.id", nullable=True)
    adult_id: Mapped[UUID | None] = points_to("adult.id", nullable=True)
    kind: Mapped[MarkKind] = choice(MarkKind)
    source: Mapped[MarkSource] = choice(MarkSource)
    happened_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    late: Mapped[bool] = mapped_column(default=False)
    entered_at: Mapped[datetime] = mapped_column(UtcInstant)
    entered_by: Mapped[str] = words(120)
    device: Mapped[str] = words(64)
    number: Mapped[int]
    corrects_id: Mapped[UUID | None] = points_to("mark.id", nullable=True)
    collected_by: Mapped[str] = words(80)
    collected_how: Mapped[CollectedHow | None] = choice(CollectedHow, nullable=True)
    note: Mapped[str] = words(400)


class CollectionTodayRecord(Editable):
    """A parent rang: today this other person may collect. Noted with who rang and who took the call."""

    __tablename__ = "collection_today"

    activity_id: Mapped[UUID] = points_to("activity.id")
    child_id: Mapped[UUID] = points_to("child.id")
    name: Mapped[str] = words(80)
    relationship: Mapped[str] = words(80)
    agreed_with: Mapped[str] = words(80)
    agreed_at: Mapped[datetime] = mapped_column(UtcInstant)
    note: Mapped[str] = words(200)


class DayRecord(Editable):
    """The day as a whole: when the register was closed, and how many were counted."""

    __tablename__ = "register_day"
    __table_args__ = (UniqueConstraint("activity_id"),)

    activity_id: Mapped[UUID] = points_to("activity.id")
    closed_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    note: Mapped[str] = words(400)


class SheetRecord(Kept):
    """A printed register: which child stood in which row, so that paper is keyed back in row order.

    `rows` holds child ids as text; the first is row 1.
    """

    __tablename__ = "register_sheet"
    __table_args__ = (UniqueConstraint("activity_id", "number"),)

    activity_id: Mapped[UUID] = points_to("activity.id")
    number: Mapped[int]
    printed_at: Mapped[datetime] = mapped_column(UtcInstant)
    rows: Mapped[list[str]] = mapped_column(JSON)
