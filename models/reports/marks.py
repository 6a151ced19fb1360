"""What marks add up to, for many activities in one query: the ground of every figure about attendance."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select

from models.access.permissions import inside_only
from models.programme.records import ActivityRecord
from models.registers.records import MarkRecord
from models.registers.rules import MarkFacts, RowState, fold
from models.storage.uow import UnitOfWork

_COLUMNS = (
    MarkRecord.id, MarkRecord.kind, MarkRecord.happened_at, MarkRecord.entered_at, MarkRecord.device, MarkRecord.number,
    MarkRecord.late, MarkRecord.corrects_id, MarkRecord.collected_by, MarkRecord.collected_how, MarkRecord.note,
    MarkRecord.source,
)  # fmt: skip


@inside_only
def child_states(uow: UnitOfWork, *where: ColumnElement[bool]) -> dict[tuple[UUID, UUID], RowState]:
    """By (activity id, child id): the state the child's marks there add up to, corrections and voids applied.

    `where` limits the activities (columns of ActivityRecord).
    """
    return {key: fold(marks) for key, marks in child_marks(uow, *where).items()}


@inside_only
def child_marks(uow: UnitOfWork, *where: ColumnElement[bool]) -> dict[tuple[UUID, UUID], list[MarkFacts]]:
    """By (activity id, child id): every mark of the child there."""
    statement = (
        select(MarkRecord.activity_id, MarkRecord.child_id, *_COLUMNS)
        .join(ActivityRecord, ActivityRecord.id == MarkRecord.activity_id)
        .where(MarkRecord.child_id.is_not(None), *where)
    )
    marks: dict[tuple[UUID, UUID], list[MarkFacts]] = {}
    for found in uow.session.execute(statement):
        row: Sequence[Any] = found
        marks.setdefault((row[0], row[1]), []).append(MarkFacts(*row[2:]))
    return marks
