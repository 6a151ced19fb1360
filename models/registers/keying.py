"""Keying a printed register back, in the order of its rows, as one change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from uuid import UUID

from models.access.permissions import Permission, needs
from models.kernel.clock import london_instant
from models.kernel.errors import BadInput
from models.kernel.words import called
from models.people.records import ChildRecord
from models.programme import queries as programme
from models.programme import service as programme_service
from models.programme.queries import ActivityRow
from models.programme.rules import ChoreKind
from models.registers import queries
from models.registers.marks import record_mark
from models.registers.rules import MarkKind, MarkSource
from models.storage.uow import UnitOfWork


@dataclass(frozen=True)
class KeyedRow:
    """One row of a sheet as it was filled in.

    Attributes:
        row: as printed, from 1.
        kind: IN for a child who came, LATE for one who came late, ABSENT or NO_SHOW. OUT: came and went.
        came, went: London wall times; None where the paper does not say.
        collected_by: says too that the child went.
    """

    row: int
    kind: MarkKind
    came: time | None = None
    went: time | None = None
    collected_by: str = ""
    note: str = ""


@needs(Permission.REGISTER)
def key_sheet(uow: UnitOfWork, sheet_id: UUID, entries: Sequence[KeyedRow]) -> tuple[UUID, ...]:
    """Keys a sheet back and ticks the chore off; returns the ids of the marks, in the order of the entries.

    All or nothing: raises BadInput, naming row and child, for a row that is not on the sheet, comes twice, cannot be
    read, or says what the register already knows.
    """
    sheet = queries.sheet(uow, sheet_id)
    activity = programme.activity(uow, sheet.activity_id)
    keyed: set[int] = set()
    marks: list[UUID] = []
    for entry in entries:
        if not 1 <= entry.row <= len(sheet.rows):
            raise BadInput(
                f"There is no row {entry.row} on this sheet.", f"Rows go from 1 to {len(sheet.rows)}.", "row"
            )
        child_id = sheet.rows[entry.row - 1]
        if entry.row in keyed:
            raise BadInput(f"{_row(uow, entry, child_id)} is keyed twice.", "Keep one of the two.", "row")
        keyed.add(entry.row)
        try:
            marks += _key(uow, activity, child_id, entry)
        except BadInput as error:
            said = f"{_row(uow, entry, child_id)}: {error.what}"
            raise BadInput(said, error.next_step, error.field) from error
    if entries:
        programme_service.chore_done(uow, activity.id, ChoreKind.KEYED)
    return tuple(marks)


def _row(uow: UnitOfWork, entry: KeyedRow, child_id: UUID) -> str:
    child = uow.get(ChildRecord, child_id, "child")
    return f"Row {entry.row}, {called(child.legal_first, child.legal_last, child.known_as)}"


def _key(uow: UnitOfWork, activity: ActivityRow, child_id: UUID, entry: KeyedRow) -> list[UUID]:
    came, went = (london_instant(activity.day, at) if at else None for at in (entry.came, entry.went))
    if entry.kind is MarkKind.VOID:
        raise BadInput("Paper cannot take a mark back.", "Do that on the register itself.", "kind")
    if entry.kind in (MarkKind.ABSENT, MarkKind.NO_SHOW):
        if came or went or entry.collected_by:
            raise BadInput("A child who did not come has no times.", "Clear the times, or choose In.", "came")
        return [_mark(uow, activity, child_id, entry.kind, note=entry.note)]
    if came and went and came > went:
        raise BadInput("Out is before in.", "Check the two times.", "went")
    late = True if entry.kind is MarkKind.LATE else None
    marks = [
        record_mark(
            uow, activity.id, kind=MarkKind.IN, child_id=child_id, happened_at=came, late=late, note=entry.note,
            source=MarkSource.PAPER,
        )
    ]  # fmt: skip
    if went or entry.collected_by or entry.kind is MarkKind.OUT:
        out = record_mark(
            uow, activity.id, kind=MarkKind.OUT, child_id=child_id, happened_at=went,
            collected_by=entry.collected_by, source=MarkSource.PAPER,
        )  # fmt: skip
        marks.append(out)
    return marks


def _mark(uow: UnitOfWork, activity: ActivityRow, child_id: UUID, kind: MarkKind, note: str) -> UUID:
    return record_mark(uow, activity.id, kind=kind, child_id=child_id, note=note, source=MarkSource.PAPER)
