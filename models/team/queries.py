"""Reads about adults: one statement each."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Select, func, or_

from models.access import today
from models.access.permissions import Permission, needs, shown
from models.access.rules import blank
from models.kernel.errors import NotFound
from models.storage.erasing import ERASED_ADULT
from models.storage.reading import rows, select_row
from models.storage.uow import UnitOfWork
from models.team import rules
from models.team.records import AdultRecord


@dataclass(frozen=True)
class AdultFactsRow:
    """What rules about supervising and driving need of an adult; the columns of `AdultRecord`."""

    id: UUID
    name: str
    role: str
    paid: bool
    birth_date: date | None
    sex: str
    mobile: str
    cleared_on: date | None
    dbs_issued: date | None
    dbs_level: str
    first_aid_expires: date | None
    safeguarding_trained: date | None
    licence: str
    licence_checked: date | None
    driving_approved: date | None
    midas_expires: date | None
    usual_days: str
    left_on: date | None

    @property
    def called(self) -> str:
        """The first name, for sentences: Denise."""
        return self.name.split(" ")[0]


R = TypeVar("R", bound=AdultFactsRow)


@dataclass(frozen=True)
class AdultRow(AdultFactsRow):
    """An adult in the list and on its form: every column."""

    version: int
    email: str
    notes: str


def _rows_seen(uow: UnitOfWork, found: tuple[AdultRow, ...]) -> tuple[AdultRow, ...]:
    if _sees_papers(uow):
        return found
    here = today.adults_today(uow)
    return tuple(_reached(blank(row, rules.PAPERS_OF_ROW), here) for row in found)


def _row_seen(uow: UnitOfWork, found: AdultRow) -> AdultRow:
    return _rows_seen(uow, (found,))[0]


def _facts_seen(uow: UnitOfWork, found: dict[UUID, AdultFactsRow]) -> dict[UUID, AdultFactsRow]:
    if _sees_papers(uow):
        return found
    here = today.adults_today(uow)
    return {key: _reached(blank(row, rules.PAPERS), here) for key, row in found.items()}


def _reached(row: R, here: Collection[UUID]) -> R:
    """How to ring somebody is for those who work with them that day."""
    return row if row.id in here else blank(row, ("mobile",))


def _sees_papers(uow: UnitOfWork) -> bool:
    """Whether the acting person may see colleagues' checks and private details: who keeps them, or safeguards."""
    return uow.actor.may(Permission.EDIT_TEAM) or uow.actor.may(Permission.CONCERNS)


@needs(Permission.SEE_DAY)
@shown(_rows_seen)
def adults(uow: UnitOfWork, include_left: bool = False) -> tuple[AdultRow, ...]:
    """The adults by name; those who have left by today only when asked for, and those who were erased never."""
    statement = _by_name(AdultRow).where(AdultRecord.name != ERASED_ADULT)
    if not include_left:
        statement = statement.where(or_(AdultRecord.left_on.is_(None), AdultRecord.left_on > uow.clock.today()))
    return rows(uow, statement, AdultRow)


@needs(Permission.SEE_DAY)
@shown(_row_seen)
def adult(uow: UnitOfWork, adult_id: UUID) -> AdultRow:
    """One adult, gone or not. Raises NotFound."""
    found = rows(uow, _by_name(AdultRow).where(AdultRecord.id == adult_id), AdultRow)
    if not found:
        raise NotFound("This adult is no longer there.", "Go back to the list; somebody may have removed them.")
    return found[0]


@needs(Permission.SEE_DAY)
@shown(_facts_seen)
def team_facts(uow: UnitOfWork, ids: Collection[UUID] | None = None) -> dict[UUID, AdultFactsRow]:
    """What the rules need of these adults (None: of all, those who left included), by id, in order of name."""
    statement = _by_name(AdultFactsRow)
    if ids is not None:
        statement = statement.where(AdultRecord.id.in_(list(ids)))
    return {row.id: row for row in rows(uow, statement, AdultFactsRow)}


def _by_name(row: type[AdultFactsRow]) -> Select[Any]:
    return select_row(AdultRecord, row).order_by(func.lower(AdultRecord.name), AdultRecord.id)
