"""What the consents screen reads: each one frozen answer, gathered in one query job."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from models.consents import queries as consents
from models.consents.queries import MatrixRow
from models.consents.rules import ConsentKind, ConsentState, Level, needed_for
from models.history.queries import HistoryRow, what_changed
from models.kernel.dates import numeric
from models.people import queries as people
from models.people.queries import Contact
from models.people.rules import ChildStatus
from models.programme import queries as programme
from models.programme.queries import ActivityRow
from models.programme.rules import ActivityKind, ActivityStatus, BookingStatus

if TYPE_CHECKING:
    from models.bootstrap import UnitOfWork

COMING = (ActivityStatus.DRAFT, ActivityStatus.CONFIRMED)
FORM = (
    ConsentKind.SAFEGUARDING, ConsentKind.TRIP, ConsentKind.EMERGENCY_CARE,
    ConsentKind.PHOTOS, ConsentKind.SUN_CREAM, ConsentKind.PLASTERS,
)  # fmt: skip
"""The kinds in the order of the paper form."""


@dataclass(frozen=True)
class Row:
    """A child's line: where each kind stands, and the worst of those that matter here."""

    matrix: MatrixRow
    level: Level
    signed_by: str

    @property
    def id(self) -> UUID:
        """The child."""
        return self.matrix.child_id


@dataclass(frozen=True)
class Overview:
    """The matrix for one activity, or for every active child.

    Attributes:
        activity: the one asked about; None: every active child. coming: the activities one can ask about.
        needed: the kinds that decide about a place. day: the day everything is judged on.
        months: for how long the club takes a signature to stand.
    """

    activity: ActivityRow | None
    coming: tuple[ActivityRow, ...]
    needed: tuple[ConsentKind, ...]
    day: date
    months: int
    rows: tuple[Row, ...]

    def at(self, level: Level | None) -> tuple[Row, ...]:
        """The rows that stand at this level; None: all of them."""
        return tuple(row for row in self.rows if level is None or row.level is level)

    def row(self, child_id: UUID) -> Row | None:
        """One child's line."""
        return next((row for row in self.rows if row.id == child_id), None)


@dataclass(frozen=True)
class Sheet:
    """One child with everything a form needs: where each kind stands today, and who may have signed."""

    row: MatrixRow
    contacts: tuple[Contact, ...]

    def version(self, kind: ConsentKind) -> int:
        """The version a form for this kind opens with; 0 where nothing was recorded yet."""
        said = self.row.cells[kind].said
        return said.version if said else 0


@dataclass(frozen=True)
class CellSeen:
    """One consent with its past, newest first."""

    sheet: Sheet
    past: tuple[HistoryRow, ...]


def overview(uow: "UnitOfWork", activity_id: UUID | None) -> Overview:
    """The matrix for that activity (its children, judged on its day), or for every active child today."""
    today = uow.clock.today()
    coming = programme.activities(uow, first=today, statuses=COMING)
    row = _activity(uow, activity_id, coming)
    months = consents.stands_months(uow)
    if row is None:
        needed = needed_for(ActivityKind.TRIP)
        return Overview(None, coming, needed, today, months, _rows(consents.matrix(uow), needed))
    needed = needed_for(row.kind, row.by_minibus)
    booked = [one.child_id for one in programme.bookings(uow, row.id) if one.status is BookingStatus.BOOKED]
    found = consents.matrix(uow, row.day, child_ids=booked)
    coming = coming if row in coming else (row, *coming)
    return Overview(row, coming, needed, row.day, months, _rows(found, needed))


def sheet(uow: "UnitOfWork", child_id: UUID) -> Sheet:
    """One child with its family's contacts. Raises NotFound."""
    detail = people.child(uow, child_id)
    return Sheet(consents.matrix(uow, child_ids=[child_id])[0], detail.contacts)


def names(uow: "UnitOfWork", child_id: UUID | None = None) -> tuple[tuple[UUID, str], ...]:
    """The children a form may be about: the active ones, and that one; two of one name with their dates of birth."""
    found = [row for row in people.children(uow) if row.status is ChildStatus.ACTIVE or row.id == child_id]
    often = Counter(row.called for row in found)
    return tuple(
        (row.id, f"{row.called}, born {numeric(row.birth_date)}" if often[row.called] > 1 else row.called)
        for row in found
    )


def cell(uow: "UnitOfWork", child_id: UUID, kind: ConsentKind, day: date) -> CellSeen:
    """One consent as it stands on that day, with what happened to it."""
    detail = people.child(uow, child_id)
    row = consents.matrix(uow, day, child_ids=[child_id])[0]
    said = row.cells[kind].said
    return CellSeen(Sheet(row, detail.contacts), what_changed(uow, said.id) if said else ())


def _activity(uow: "UnitOfWork", activity_id: UUID | None, coming: Collection[ActivityRow]) -> ActivityRow | None:
    if activity_id is None:
        return None
    return next((row for row in coming if row.id == activity_id), None) or programme.activity(uow, activity_id)


def _rows(found: Collection[MatrixRow], needed: Collection[ConsentKind]) -> tuple[Row, ...]:
    return tuple(Row(row, _worst(row, needed), _signed_by(row)) for row in found)


def _worst(row: MatrixRow, needed: Collection[ConsentKind]) -> Level:
    levels = {row.cells[kind].verdict.level for kind in needed}
    return next((level for level in (Level.BLOCK, Level.WARN) if level in levels), Level.OK)


def _signed_by(row: MatrixRow) -> str:
    """Who signed last, with the relationship; the forms of one child are mostly signed by one person."""
    said = [cell.said for cell in row.cells.values() if cell.said and cell.said.signatory]
    if not said:
        waiting = any(cell.state is ConsentState.ASKED for cell in row.cells.values())
        return "Not back yet" if waiting else "No form yet"
    last = max(said, key=lambda one: (one.signed_on or one.ended_on or date.min, one.signatory))
    relationship = last.relationship.lower() if last.relationship.istitle() else last.relationship
    return ", ".join(part for part in (last.signatory, relationship) if part)
