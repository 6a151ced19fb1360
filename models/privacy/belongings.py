"""Everything the tables hold of one child, row by row: what an answer shows and what an erasure takes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select

from models.access.permissions import inside_only
from models.consents.records import ConsentRecord
from models.kernel.errors import NotFound
from models.people.records import ChildRecord, CollectorRecord, ContactRecord, FamilyRecord
from models.privacy.records import ChildFileRecord, DecisionRecord, HoldRecord, LongerRecord, RequestRecord
from models.programme.records import BookingRecord, DutyRecord
from models.registers.records import CollectionTodayRecord, MarkRecord
from models.storage.base import Base, Kept
from models.storage.uow import UnitOfWork
from models.transport.records import SeatRecord

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Belongings:
    """The rows of one child, each as column names and values.

    Attributes:
        siblings: ids of the other children of the family.
        duties: adults who stay with this child. imported: what spreadsheets said of it.
        requests, decisions, holds, file, longer: this room's own records of the child.
    """

    child: Row
    family: Row
    siblings: tuple[UUID, ...]
    contacts: tuple[Row, ...]
    collectors: tuple[Row, ...]
    consents: tuple[Row, ...]
    bookings: tuple[Row, ...]
    marks: tuple[Row, ...]
    today: tuple[Row, ...]
    seats: tuple[Row, ...]
    duties: tuple[Row, ...]
    imported: tuple[Row, ...]
    requests: tuple[Row, ...]
    decisions: tuple[Row, ...]
    holds: tuple[Row, ...]
    file: tuple[Row, ...]
    longer: tuple[Row, ...]


@inside_only
def belongings(uow: UnitOfWork, child_id: UUID) -> Belongings:
    """Everything of a child. Raises NotFound."""
    found = rows_of(uow, ChildRecord, ChildRecord.id == child_id)
    if not found:
        raise NotFound("This child is no longer there.", "Go back to the list; somebody may have removed them.")
    child = found[0]
    home: UUID = child["family_id"]
    siblings = select(ChildRecord.id).where(ChildRecord.family_id == home, ChildRecord.id != child_id)
    requests = rows_of(uow, RequestRecord, RequestRecord.child_id == child_id)
    asked = [one["id"] for one in requests]
    agreed = rows_of(uow, ConsentRecord, ConsentRecord.child_id == child_id)
    reviewed = [str(each) for each in (child_id, *asked, *(one["id"] for one in agreed))]
    lines = kind_of("imported")
    said = lines.__table__.c
    return Belongings(
        child=child,
        family=rows_of(uow, FamilyRecord, FamilyRecord.id == home)[0],
        siblings=tuple(uow.session.scalars(siblings)),
        contacts=rows_of(uow, ContactRecord, ContactRecord.family_id == home),
        collectors=rows_of(uow, CollectorRecord, CollectorRecord.child_id == child_id),
        consents=agreed,
        bookings=rows_of(uow, BookingRecord, BookingRecord.child_id == child_id),
        marks=rows_of(uow, MarkRecord, MarkRecord.child_id == child_id),
        today=rows_of(uow, CollectionTodayRecord, CollectionTodayRecord.child_id == child_id),
        seats=rows_of(uow, SeatRecord, SeatRecord.child_id == child_id),
        duties=rows_of(uow, DutyRecord, DutyRecord.one_to_one_child_id == child_id),
        imported=rows_of(uow, lines, said.record_id == child_id),
        requests=requests,
        decisions=rows_of(uow, DecisionRecord, DecisionRecord.request_id.in_(asked)),
        holds=rows_of(uow, HoldRecord, HoldRecord.child_id == child_id),
        file=rows_of(uow, ChildFileRecord, ChildFileRecord.child_id == child_id),
        longer=rows_of(uow, LongerRecord, LongerRecord.thing.in_(reviewed)),
    )


KNOWN = frozenset(
    {
        "collector.child_id", "consent.child_id", "booking.child_id", "mark.child_id", "collection_today.child_id",
        "seat.child_id", "duty.one_to_one_child_id", "subject_request.child_id", "legal_hold.child_id",
        "child_file.child_id", "erased_child.child_id",
    }
)  # fmt: skip
"""Every column that points to a child. A test holds the schema against it, so that no table is forgotten here."""


KNOWN_OF_ADULTS = frozenset(
    {
        "activity.lead_id", "duty.adult_id", "mark.adult_id", "leg.driver_id", "seat.adult_id",
        "erased_adult.adult_id",
    }
)  # fmt: skip
"""Every column that points to an adult; held to the schema by the same test."""


@inside_only
def rows_of(uow: UnitOfWork, kind: type[Base], *where: ColumnElement[bool]) -> tuple[Row, ...]:
    """These rows of a table, every column, by id."""
    statement = select(*kind.__table__.columns).where(*where).order_by(kind.__table__.c.id)
    return tuple(dict(row) for row in uow.session.execute(statement).mappings())


def kind_of(table: str) -> type[Kept]:
    """The record kept in a table of a room above this one, which cannot be imported. Raises KeyError for none."""
    for mapper in Base.registry.mappers:
        kind = mapper.class_
        if issubclass(kind, Kept) and kind.__tablename__ == table:
            return kind
    raise KeyError(table)


def ids_of(found: tuple[Row, ...]) -> frozenset[UUID]:
    """The ids of rows."""
    return frozenset(row["id"] for row in found)
