"""The club's own facts and house policy, as one frozen row."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from models.access.permissions import Permission, needs
from models.access.records import ClubRecord
from models.storage.reading import rows, select_row
from models.storage.uow import UnitOfWork


@dataclass(frozen=True)
class ClubRow:
    """The club. `sample_day` is set only in the sample club; the numbers are house policy (see `rules.RANGES`)."""

    id: UUID
    version: int
    name: str
    sample_day: date | None
    phone: str
    email: str
    address: str
    complaints_to: str
    charity_number: str
    children_per_adult: int
    min_adults: int
    late_minutes: int
    dbs_years: int
    safeguarding_years: int
    consent_months: int


@needs(Permission.SEE_DAY)
def club(uow: UnitOfWork) -> ClubRow:
    """The club this file is of."""
    return rows(uow, select_row(ClubRecord, ClubRow), ClubRow)[0]


@needs(Permission.SEE_DAY)
def logo(uow: UnitOfWork) -> bytes | None:
    """The club's picture for paper, a PNG or JPEG, if it has one."""
    return uow.session.scalar(select(ClubRecord.logo))


@needs(Permission.RESTORE)
def may_carry_the_file(uow: UnitOfWork) -> None:
    """Asks for the permission to put a backup back, or to take a copy of the whole club away. Reads nothing."""
