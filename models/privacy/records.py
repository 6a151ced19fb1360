"""Who asked what is held of a child and what was decided, what must not be erased, and how long things are kept."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.privacy.rules import Decision, Keep, WhyAdultErased, WhyErased
from models.storage.base import Editable, Kept, UtcInstant, choice, points_to, words


class RequestRecord(Editable):
    """Somebody asked what is held of one child. The draft is this and its decisions; lines are read afresh.

    Attributes:
        received_on: the day it came; `due_on` follows from it. entitled: how it was made sure that they may ask.
        complex_why: why two months more are needed, "" where they are not.
        released_at, released_by: when and by whom the answer was released (None, "": still a draft).
        withheld: what was not given and why, as released. digest: SHA-256 of the answer's JSON.
    """

    __tablename__ = "subject_request"
    undone_by_hand: ClassVar[bool] = True

    child_id: Mapped[UUID] = points_to("child.id")
    received_on: Mapped[date]
    due_on: Mapped[date]
    asked_by: Mapped[str] = words(80)
    relationship: Mapped[str] = words(80)
    entitled: Mapped[str] = words(400)
    complex_why: Mapped[str] = words(400)
    released_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    released_by: Mapped[str] = words(120)
    withheld: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    digest: Mapped[str] = words(64)


class DecisionRecord(Editable):
    """What a person decided about one line of a draft.

    Attributes:
        line: which (see `gather`). seen: SHA-256 of what the line said then; where it says something else now, the
            line is undecided again. blanked: the words to blank out, one a line ("": all of it).
    """

    __tablename__ = "subject_decision"
    __table_args__ = (UniqueConstraint("request_id", "line"),)
    undone_by_hand: ClassVar[bool] = True

    request_id: Mapped[UUID] = points_to("subject_request.id")
    line: Mapped[str] = words(120)
    seen: Mapped[str] = words(64)
    decision: Mapped[Decision] = choice(Decision)
    reason: Mapped[str] = words(400)
    blanked: Mapped[str] = words(4000)


class HoldRecord(Editable):
    """A legal hold: nothing held of this child is erased until it is lifted."""

    __tablename__ = "legal_hold"
    undone_by_hand: ClassVar[bool] = True

    child_id: Mapped[UUID] = points_to("child.id")
    reason: Mapped[str] = words(400)
    placed_by: Mapped[str] = words(120)
    placed_at: Mapped[datetime] = mapped_column(UtcInstant)
    lifted_by: Mapped[str] = words(120)
    lifted_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    lifted_why: Mapped[str] = words(400)


class ChildFileRecord(Editable):
    """How a child's file is to be kept: `safeguarding` says only that it goes at 25, and nothing of why."""

    __tablename__ = "child_file"
    __table_args__ = (UniqueConstraint("child_id"),)

    child_id: Mapped[UUID] = points_to("child.id")
    safeguarding: Mapped[bool] = mapped_column(default=False)


class SpanRecord(Editable):
    """How long the club keeps a kind of thing, where it is not the default."""

    __tablename__ = "retention_span"
    __table_args__ = (UniqueConstraint("kind"), CheckConstraint("months BETWEEN 1 AND 1200", name="months"))

    kind: Mapped[Keep] = choice(Keep)
    months: Mapped[int]


class LongerRecord(Editable):
    """Something due for review that is kept longer: until when, why and who said so. `thing` as the review names it."""

    __tablename__ = "retention_longer"
    __table_args__ = (UniqueConstraint("kind", "thing"),)
    undone_by_hand: ClassVar[bool] = True

    kind: Mapped[Keep] = choice(Keep)
    thing: Mapped[str] = words(80)
    until: Mapped[date]
    reason: Mapped[str] = words(400)
    decided_by: Mapped[str] = words(120)


class ErasedChildRecord(Kept):
    """That a child was erased: nothing of whose it was, but the anonymous row that figures still count.

    Attributes:
        why: for which of the usual reasons. rows, entries: how much was taken from tables and from the journal.
        backups_gone_by: when the last backup that still holds the child is thinned away; None: there was none.
    """

    __tablename__ = "erased_child"
    append_only: ClassVar[bool] = True
    undone_by_hand: ClassVar[bool] = True

    child_id: Mapped[UUID] = points_to("child.id")
    erased_at: Mapped[datetime] = mapped_column(UtcInstant)
    erased_by: Mapped[str] = words(120)
    why: Mapped[WhyErased] = choice(WhyErased)
    rows: Mapped[int]
    entries: Mapped[int]
    backups_gone_by: Mapped[date | None]


class ErasedAdultRecord(Kept):
    """That what is held of an adult was erased: nothing of whose it was, but the anonymous row old registers count.

    Attributes:
        adult_id: that row; None where they only ever signed in. accounts: ids of the accounts they had.
        why, rows, entries, backups_gone_by: as for a child.
    """

    __tablename__ = "erased_adult"
    append_only: ClassVar[bool] = True
    undone_by_hand: ClassVar[bool] = True

    adult_id: Mapped[UUID | None] = points_to("adult.id", nullable=True)
    accounts: Mapped[list[str]] = mapped_column(JSON)
    erased_at: Mapped[datetime] = mapped_column(UtcInstant)
    erased_by: Mapped[str] = words(120)
    why: Mapped[WhyAdultErased] = choice(WhyAdultErased)
    rows: Mapped[int]
    entries: Mapped[int]
    backups_gone_by: Mapped[date | None]
