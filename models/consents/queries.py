"""Reads of consents: what was said, and where each stands on a day."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from models.access.permissions import Permission, needs
from models.access.records import ClubRecord
from models.consents.records import ConsentRecord
from models.consents.rules import (
    STANDS_MONTHS,
    Authority,
    ConsentFacts,
    ConsentKind,
    ConsentState,
    Method,
    Verdict,
    judge,
)
from models.people import queries as people
from models.people.rules import ChildStatus
from models.storage.reading import rows, select_row
from models.storage.uow import UnitOfWork


@dataclass(frozen=True)
class ConsentRow:
    """One consent as recorded: what was last said, by whom, with what right, when and how."""

    id: UUID
    version: int
    child_id: UUID
    kind: ConsentKind
    state: ConsentState
    asked_on: date | None
    signed_on: date | None
    ended_on: date | None
    signatory: str
    relationship: str
    authority: Authority
    method: Method
    reconfirmed_on: date | None
    reconfirmed_note: str
    conditions: str
    note: str

    @property
    def facts(self) -> ConsentFacts:
        """What the rules judge."""
        return ConsentFacts(
            self.kind, self.state, self.signed_on, self.ended_on, self.reconfirmed_on, asked_on=self.asked_on
        )


@dataclass(frozen=True)
class Cell:
    """One square of the matrix: where it stands that day and why (`verdict`), and what was said (None: nothing yet)."""

    verdict: Verdict
    said: ConsentRow | None

    @property
    def state(self) -> ConsentState:
        """Where it stands that day, EXPIRED worked out."""
        return self.verdict.state


@dataclass(frozen=True)
class MatrixRow:
    """One child's row of the matrix, a cell for every kind."""

    child_id: UUID
    family_id: UUID
    ref: str
    called: str
    full_name: str
    status: ChildStatus
    cells: Mapping[ConsentKind, Cell]


@needs(Permission.SEE_FAMILIES)
def consents_for(
    uow: UnitOfWork, child_ids: Collection[UUID] | None = None
) -> dict[UUID, dict[ConsentKind, ConsentFacts]]:
    """What the rules judge, by child (None: every child with anything recorded) and kind. One statement."""
    return {
        child_id: {kind: row.facts for kind, row in found.items()}
        for child_id, found in _by_child(uow, child_ids).items()
    }


@needs(Permission.SEE_FAMILIES)
def matrix(
    uow: UnitOfWork,
    on: date | None = None,
    *,
    child_ids: Collection[UUID] | None = None,
    statuses: Collection[ChildStatus] | None = (ChildStatus.ACTIVE,),
) -> tuple[MatrixRow, ...]:
    """The child by kind matrix as it stands on a day (None: today), by surname.

    With `child_ids` those children whatever their status, otherwise everybody with one of `statuses` (None: all).
    """
    day = on or uow.clock.today()
    months = stands_months(uow)
    children = people.children(uow, None if child_ids is not None else statuses)
    wanted = [child for child in children if child_ids is None or child.id in child_ids]
    said = _by_child(uow, [child.id for child in wanted])
    return tuple(
        MatrixRow(
            child.id, child.family_id, child.ref, child.called, child.full_name, child.status,
            _cells(said.get(child.id, {}), day, months),
        )
        for child in wanted
    )  # fmt: skip


@needs(Permission.SEE_FAMILIES)
def consent(uow: UnitOfWork, child_id: UUID, kind: ConsentKind) -> ConsentRow | None:
    """What was said about one kind; None if nothing was asked or said."""
    statement = _query().where(ConsentRecord.child_id == child_id, ConsentRecord.kind == kind)
    return next(iter(rows(uow, statement, ConsentRow)), None)


@needs(Permission.SEE_DAY)
def stands_months(uow: UnitOfWork) -> int:
    """For how many months the club takes a signature to stand."""
    months = uow.session.scalar(select(ClubRecord.consent_months))
    return STANDS_MONTHS if months is None else months


def _by_child(uow: UnitOfWork, child_ids: Collection[UUID] | None) -> dict[UUID, dict[ConsentKind, ConsentRow]]:
    statement = _query()
    if child_ids is not None:
        statement = statement.where(ConsentRecord.child_id.in_(list(child_ids)))
    found: dict[UUID, dict[ConsentKind, ConsentRow]] = {}
    for row in rows(uow, statement, ConsentRow):
        found.setdefault(row.child_id, {})[row.kind] = row
    return found


def _cells(said: Mapping[ConsentKind, ConsentRow], day: date, months: int) -> dict[ConsentKind, Cell]:
    cells = {}
    for kind in ConsentKind:
        row = said.get(kind)
        cells[kind] = Cell(judge(kind, row.facts if row else None, day, months), row)
    return cells


def _query() -> Select[*tuple[Any, ...]]:
    return select_row(ConsentRecord, ConsentRow).order_by(ConsentRecord.child_id, ConsentRecord.kind)
