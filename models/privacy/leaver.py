"""Everything the tables hold of one adult: a row of the team, accounts of the same person, and where they helped."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from models.access.people import same_name
from models.access.permissions import inside_only
from models.access.records import AccountRecord
from models.kernel.errors import NotFound
from models.privacy.belongings import Row, kind_of, rows_of
from models.privacy.records import LongerRecord
from models.programme.records import ActivityRecord, DutyRecord
from models.programme.rules import ActivityStatus, DutyStatus
from models.registers.records import MarkRecord
from models.storage.erasing import ERASED_ADULT
from models.storage.uow import UnitOfWork
from models.team.records import AdultRecord
from models.transport.records import LegRecord, SeatRecord


@dataclass(frozen=True)
class Helped:
    """A club or trip an adult was down for. `came`: confirmed, marked, driving, escorting or leading"""

    activity_id: UUID
    title: str
    day: date
    came: bool


@dataclass(frozen=True)
class Leaver:
    """The rows of one adult, each as column names and values.

    Attributes:
        id: of the team's row; of the account of somebody who only ever signed in.
        adult: None for those. accounts: of the same name; none where somebody else of the team has that name too.
        helped: every club or trip they were down for and did not decline, but cancelled ones.
        longer: why they are kept longer.
    """

    id: UUID
    name: str
    adult: Row | None
    accounts: tuple[Row, ...]
    duties: tuple[Row, ...]
    marks: tuple[Row, ...]
    helped: tuple[Helped, ...]
    imported: tuple[Row, ...]
    longer: tuple[Row, ...]


@inside_only
def leaver(uow: UnitOfWork, adult_id: UUID, accounts: Collection[UUID] = ()) -> Leaver:
    """Everything of an adult, or of an account that is nobody's of the team.

    `accounts`: those known to be theirs, whatever they are called by now. Raises NotFound.
    """
    found = rows_of(uow, AdultRecord, AdultRecord.id == adult_id)
    alone = rows_of(uow, AccountRecord, AccountRecord.id == adult_id)
    if not found and not alone:
        raise NotFound("This adult is no longer there.", "Go back to the list; somebody may have removed them.")
    name: str = (found or alone)[0]["name"]
    lines = kind_of("imported")
    return Leaver(
        id=adult_id,
        name=name,
        adult=found[0] if found else None,
        accounts=_accounts(uow, name, adult_id, accounts) if found else alone,
        duties=rows_of(uow, DutyRecord, DutyRecord.adult_id == adult_id),
        marks=rows_of(uow, MarkRecord, MarkRecord.adult_id == adult_id),
        helped=tuple(helped(uow, adult_id)) if found else (),
        imported=rows_of(uow, lines, lines.__table__.c.record_id == adult_id),
        longer=rows_of(uow, LongerRecord, LongerRecord.thing == str(adult_id)),
    )


@inside_only
def helped(uow: UnitOfWork, adult_id: UUID) -> Iterator[Helped]:
    """Where an adult helped or was to help, the earliest first."""
    duties = select(DutyRecord.activity_id, DutyRecord.status).where(DutyRecord.adult_id == adult_id)
    asked = {activity for activity, status in uow.session.execute(duties) if status is not DutyStatus.DECLINED}
    came = {activity for activity, status in uow.session.execute(duties) if status is DutyStatus.CONFIRMED}
    for statement in (
        select(MarkRecord.activity_id).where(MarkRecord.adult_id == adult_id),
        select(LegRecord.activity_id).where(LegRecord.driver_id == adult_id),
        select(LegRecord.activity_id).join(SeatRecord, SeatRecord.leg_id == LegRecord.id).where(
            SeatRecord.adult_id == adult_id
        ),
        select(ActivityRecord.id).where(ActivityRecord.lead_id == adult_id),
    ):  # fmt: skip
        came |= set(uow.session.scalars(statement.distinct()))
    activity = ActivityRecord
    days = select(activity.id, activity.title, activity.day).where(
        activity.id.in_(asked | came), activity.status != ActivityStatus.CANCELLED
    )
    for activity_id, title, day in uow.session.execute(days.order_by(activity.day, activity.title)):
        yield Helped(activity_id, title, day, activity_id in came)


@inside_only
def accounts_alone(uow: UnitOfWork) -> Iterator[AccountRecord]:
    """Accounts of people who were taken off, who are on no list of the team and cannot sign in by another account."""
    kept = [*uow.session.scalars(select(AdultRecord.name).where(AdultRecord.name != ERASED_ADULT))]
    accounts = list(uow.session.scalars(select(AccountRecord).order_by(AccountRecord.name, AccountRecord.id)))
    kept += [one.name for one in accounts if one.removed_at is None]
    for one in accounts:
        if one.removed_at is not None and one.name != ERASED_ADULT and not any(same_name(one.name, n) for n in kept):
            yield one


def _accounts(uow: UnitOfWork, name: str, adult_id: UUID, known: Collection[UUID]) -> tuple[Row, ...]:
    others = select(AdultRecord.name).where(AdultRecord.id != adult_id)
    shared = any(same_name(name, other) for other in uow.session.scalars(others))
    rows = rows_of(uow, AccountRecord)
    return tuple(row for row in rows if row["id"] in known or (not shared and same_name(row["name"], name)))
