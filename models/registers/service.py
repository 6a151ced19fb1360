"""Verbs of the day: who came without a place, who may collect today, closing the register, printing it.

Marks themselves are in `marks`, keying a printed register back in `keying`; both can be had from here too.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select

from models.access.permissions import Permission, needs
from models.kernel.errors import BadInput, NotFound
from models.kernel.words import listed
from models.people import refs
from models.people.records import ChildRecord, ContactRecord, FamilyRecord
from models.people.rules import ChildStatus, ContactKind
from models.people.service import check_birth_date
from models.people.words import CHILD, CONTACT
from models.programme import queries as programme
from models.programme import service as programme_service
from models.programme.records import BookingRecord
from models.programme.rules import ActivityStatus
from models.registers import queries
from models.registers.keying import KeyedRow, key_sheet
from models.registers.marks import correct_mark, record_mark, sign_in_siblings, sign_out_siblings, void_mark
from models.registers.records import CollectionTodayRecord, DayRecord, SheetRecord
from models.registers.rules import MarkKind, Status
from models.storage.uow import UnitOfWork
from models.storage.values import checked, put_into

__all__ = [
    "KeyedRow", "add_unexpected_child", "add_unexpected_new_child", "allow_collection_today", "close_day",
    "correct_mark", "key_sheet", "note_call", "print_sheet", "record_mark", "remove_collection_today", "reopen_day",
    "sign_in_siblings", "sign_out_siblings", "void_mark",
]  # fmt: skip

TODAY_WORDS = {"name": "name", "relationship": "relationship", "agreed_with": "name of who rang", "note": "note"}
STANDS_IN = "Date of birth not known yet: 1 January of the year stands in for it. Came without a place."
STAND_IN_AGE = 6


@needs(Permission.REGISTER)
def add_unexpected_child(
    uow: UnitOfWork, activity_id: UUID, child_id: UUID, happened_at: datetime | None = None
) -> UUID:
    """Signs in a child who has no place; neither ratio nor places are asked. Returns the mark's id."""
    return record_mark(uow, activity_id, kind=MarkKind.IN, child_id=child_id, happened_at=happened_at)


@needs(Permission.REGISTER)
def add_unexpected_new_child(
    uow: UnitOfWork,
    activity_id: UUID,
    first: str,
    last: str = "",
    birth_date: date | None = None,
    phone: str = "",
    *,
    contact_name: str = "",
    family_id: UUID | None = None,
    status: ChildStatus = ChildStatus.REFERRED,
) -> UUID:
    """Writes down a child nobody here knows yet, with a number to ring, and signs them in. Returns the child's id.

    `family_id`: the household, where a sibling is known. A birth date that is not known gets a stand-in, and the
    child's notes say so. Raises BadInput without a first name.
    """
    names = checked(ChildRecord, {"legal_first": first, "legal_last": last}, CHILD)
    if not names["legal_first"]:
        raise BadInput("The first name is missing.", "Type the name the child gives.", "first")
    today = uow.clock.today()
    if birth_date is not None:
        check_birth_date(birth_date, today)
    home = family_id or uow.add(FamilyRecord()).id
    if phone.strip() or contact_name.strip():
        _add_contact(uow, home, contact_name.strip() or f"Whoever is with {names['legal_first']}", phone)
    child = ChildRecord(
        **names, ref=refs.next_ref(uow), family_id=home, status=status, notes="" if birth_date else STANDS_IN,
        birth_date=birth_date or date(today.year - STAND_IN_AGE, 1, 1),
    )  # fmt: skip
    uow.add(child)
    record_mark(uow, activity_id, kind=MarkKind.IN, child_id=child.id)
    return child.id


@needs(Permission.REGISTER)
def allow_collection_today(
    uow: UnitOfWork,
    activity_id: UUID,
    child_id: UUID,
    name: str,
    relationship: str = "",
    *,
    agreed_with: str,
    note: str = "",
) -> UUID:
    """Notes that somebody else may collect today, and which parent or carer rang to say so. Returns the note's id.

    Somebody who must not collect stays barred all the same. Raises BadInput without a name or who rang.
    """
    uow.keep_to(activity_id)
    uow.get(ChildRecord, child_id, "child")
    programme.activity(uow, activity_id)
    said = {"name": name, "relationship": relationship, "agreed_with": agreed_with, "note": note}
    clean = checked(CollectionTodayRecord, said, TODAY_WORDS)
    if not clean["name"]:
        raise BadInput("The name is missing.", "Type who will collect.", "name")
    if not clean["agreed_with"]:
        raise BadInput("Who rang is missing.", "Type which parent or carer you spoke to.", "agreed_with")
    record = CollectionTodayRecord(activity_id=activity_id, child_id=child_id, agreed_at=uow.clock.now(), **clean)
    return uow.add(record).id


@needs(Permission.REGISTER)
def remove_collection_today(uow: UnitOfWork, allowed_id: UUID, version: int | None = None) -> None:
    """Takes such a note away again."""
    record = uow.edit(CollectionTodayRecord, allowed_id, version, "note about collecting")
    uow.keep_to(record.activity_id)
    uow.remove(record)


@needs(Permission.REGISTER)
def note_call(uow: UnitOfWork, activity_id: UUID, child_id: UUID, note: str) -> None:
    """Keeps a note with a child's booking: a call home, or a word at the door.

    Raises NotFound for a child without a booking, BadInput for a note that is too long.
    """
    uow.keep_to(activity_id)
    booked = BookingRecord.activity_id == activity_id, BookingRecord.child_id == child_id
    booking = uow.session.scalars(select(BookingRecord).where(*booked)).first()
    if booking is None:
        raise NotFound("This child has no place to keep a note with.", "Sign the child in first, then write the note.")
    put_into(booking, checked(BookingRecord, {"note": note}, {"note": "note"}))


@needs(Permission.REGISTER)
def close_day(uow: UnitOfWork, activity_id: UUID, *, rest_did_not_come: bool = False, note: str = "") -> None:
    """Closes the register: the activity is delivered, unless it was cancelled and somebody came all the same.

    With `rest_did_not_come`, children still due get that mark.
    Refuses (BadInput, with their names) while a child is still in; also for a register that is closed already.
    """
    uow.keep_to(activity_id)
    day = _day(uow, activity_id)
    if day.closed_at is not None:
        raise BadInput("This register is closed already.", "Open it again to change it.")
    children = queries.register(uow, activity_id).children
    inside = [line.called for line in children if line.state.status is Status.IN]
    if inside:
        verb = "is" if len(inside) == 1 else "are"
        raise BadInput(f"{listed(inside)} {verb} still in.", "Sign them out first.")
    if rest_did_not_come:
        for line in children:
            if line.state.status in (Status.DUE, Status.LATE):
                record_mark(uow, activity_id, kind=MarkKind.NO_SHOW, child_id=line.child_id)
    day.closed_at = uow.clock.now()
    day.note = checked(DayRecord, {"note": note}, {"note": "note"})["note"] or day.note
    if programme.activity(uow, activity_id).status is not ActivityStatus.CANCELLED:
        programme_service.mark_delivered(uow, activity_id)


@needs(Permission.REGISTER)
def reopen_day(uow: UnitOfWork, activity_id: UUID) -> None:
    """Opens a closed register again; the plan is until then what it was before. Raises BadInput if open."""
    uow.keep_to(activity_id)
    day = _day(uow, activity_id)
    if day.closed_at is None:
        raise BadInput("This register is open.", "Nothing more is needed.")
    day.closed_at = None
    programme_service.mark_not_delivered(uow, activity_id)


@needs(Permission.PRINT)
def print_sheet(uow: UnitOfWork, activity_id: UUID) -> queries.SheetRow:
    """Numbers the rows of the register as it stands, for a sheet to be printed and keyed back later."""
    uow.keep_to(activity_id)
    children = [line.child_id for line in queries.register(uow, activity_id).children]
    last = select(func.max(SheetRecord.number)).where(SheetRecord.activity_id == activity_id)
    record = SheetRecord(
        activity_id=activity_id, number=(uow.session.scalar(last) or 0) + 1, printed_at=uow.clock.now(),
        rows=[str(child) for child in children],
    )  # fmt: skip
    uow.add(record)
    return queries.SheetRow(record.id, activity_id, record.number, record.printed_at, tuple(children))


def _day(uow: UnitOfWork, activity_id: UUID) -> DayRecord:
    found = uow.session.scalars(select(DayRecord).where(DayRecord.activity_id == activity_id)).first()
    if found is None:
        programme.activity(uow, activity_id)
        found = uow.add(DayRecord(activity_id=activity_id))
    return found


def _add_contact(uow: UnitOfWork, family_id: UUID, name: str, phone: str) -> None:
    values = checked(ContactRecord, {"name": name, "phone": phone, "relationship": "Not known yet"}, CONTACT)
    last = select(func.max(ContactRecord.call_order)).where(ContactRecord.family_id == family_id)
    order = (uow.session.scalar(last) or 0) + 1
    uow.add(ContactRecord(**values, family_id=family_id, kind=ContactKind.PARENT, call_order=order))
