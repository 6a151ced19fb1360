"""Erasing a child: what would go and stay, whether it may be, and doing it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from models.access.permissions import Permission, inside_only, needs
from models.kernel.dates import short, short_with_year
from models.kernel.errors import BadInput, Refused
from models.kernel.words import called, counted
from models.people.records import ERASED_HOME
from models.privacy.belongings import Belongings, kind_of
from models.privacy.elsewhere import Mention
from models.privacy.erasing import Taking, last_backup, take, taking, touched_by
from models.privacy.holds import refuse_if_held
from models.privacy.records import ErasedAdultRecord, ErasedChildRecord, RequestRecord
from models.privacy.rules import WhyAdultErased, WhyErased
from models.programme.records import ActivityRecord, BookingRecord
from models.programme.rules import BookingStatus
from models.storage.thinning import gone_by
from models.storage.uow import UnitOfWork

SEALED = "Sealed concerns, if there are any: only the safeguarding lead can see and erase those, on the Concerns page"


@dataclass(frozen=True)
class Preview:
    """What erasing a child would do.

    Attributes:
        called: the name the child goes by. goes, stays: one line each, in words.
        refusals: why it cannot be done now, and the last of them whom to ask. doubts: texts to look at by hand.
        paper: paper that still has the child's details and must be shredded by hand.
        backups_gone_by: when the last backup that holds the child is thinned away; None: there is none.
        adult: it is an adult, and `child_id` theirs (or that of an account nobody of the team has).
    """

    child_id: UUID
    called: str
    goes: tuple[str, ...]
    stays: tuple[str, ...]
    refusals: tuple[str, ...]
    doubts: tuple[Mention, ...]
    paper: tuple[str, ...]
    backups_gone_by: date | None
    adult: bool = False


@dataclass(frozen=True)
class Erased:
    """An erasure that was done. It says nothing of whose it was."""

    id: UUID
    erased_at: datetime
    erased_by: str
    why: WhyErased | WhyAdultErased
    rows: int
    entries: int
    backups_gone_by: date | None
    adult: bool = False


@needs(Permission.PRIVACY)
def preview_erasure(uow: UnitOfWork, child_id: UUID, backups: Iterable[datetime] = ()) -> Preview:
    """What would go and stay. `backups` are the instants of those that there are. Raises NotFound."""
    what = taking(uow, child_id)
    child = what.of.child
    return Preview(
        child_id=child_id,
        called=called(child["legal_first"], child["legal_last"], child["known_as"]),
        goes=tuple(_goes(what)),
        stays=tuple(_stays(what)),
        refusals=_refusals(uow, what),
        doubts=what.doubts,
        paper=_paper(uow, what.of),
        backups_gone_by=last_backup(gone_by(backups)),
    )


@needs(Permission.PRIVACY)
def erase_child(
    uow: UnitOfWork, child_id: UUID, why: WhyErased, *, lead_asked: bool, backups: Iterable[datetime] = ()
) -> Erased:
    """Takes everything of the child out for good; only an anonymous row stays, for the figures.

    It cannot be undone. `lead_asked`: the safeguarding lead has been asked, who alone can read sealed concerns.
    Raises BadInput where nobody asked, Refused (under a legal hold, with a place today, with a request to see the
    record still open), NotFound, and Damaged where the journal was altered.
    """
    if not lead_asked:
        raise BadInput("The safeguarding lead has not been asked.", "Ask them first, then tick the box.", "lead_asked")
    what = taking(uow, child_id)
    if what.of.family["id"] == ERASED_HOME:
        raise BadInput("This record is erased already.", "Nothing more is needed.")
    refusals = _refusals(uow, what)
    if refusals:
        raise Refused(refusals)
    _, rows = take(uow, what)
    record = uow.add(
        ErasedChildRecord(
            child_id=child_id, erased_at=uow.clock.now(), erased_by=uow.actor.name, why=why, rows=rows,
            entries=len(what.trail.entries), backups_gone_by=last_backup(gone_by(backups)),
        )
    )  # fmt: skip
    return _erased(record)


@needs(Permission.PRIVACY)
def erasures(uow: UnitOfWork) -> tuple[Erased, ...]:
    """Every erasure there was, of children and of adults, the newest first."""
    found = [_erased(one) for one in uow.session.scalars(select(ErasedChildRecord))]
    found += [_erased(one) for one in uow.session.scalars(select(ErasedAdultRecord))]
    return tuple(sorted(found, key=lambda one: (-one.erased_at.timestamp(), one.id)))


def _erased(one: ErasedChildRecord | ErasedAdultRecord) -> Erased:
    adult = isinstance(one, ErasedAdultRecord)
    return Erased(one.id, one.erased_at, one.erased_by, one.why, one.rows, one.entries, one.backups_gone_by, adult)


@inside_only
def _refusals(uow: UnitOfWork, what: Taking) -> tuple[str, ...]:
    of, found = what.of, list[str]()
    try:
        refuse_if_held(uow, [of.child["id"], *of.siblings, *touched_by(uow, what)])
    except Refused as held:
        found += [*held.reasons, held.next_step]
    today = select(ActivityRecord.title).join(BookingRecord, BookingRecord.activity_id == ActivityRecord.id)
    places = today.where(
        BookingRecord.child_id == of.child["id"], BookingRecord.status == BookingStatus.BOOKED,
        ActivityRecord.day == uow.clock.today(),
    )  # fmt: skip
    booked = uow.session.scalars(places)
    found += [f"There is a place at {title} today. Wait until the day is over." for title in booked]
    waiting = select(RequestRecord.due_on).where(
        RequestRecord.child_id == of.child["id"], RequestRecord.released_at.is_(None)
    )
    for due in uow.session.scalars(waiting):
        found.append(f"Somebody asked to see this record; the answer is due on {short(due)}. Answer first.")
    return tuple(found)


def _goes(what: Taking) -> list[str]:
    of = what.of
    lines = ["Names, date of birth, school, health, notes and everything else on the child’s record"]
    if what.family_goes:
        lines.append(f"The family’s address and notes, and {counted(len(of.contacts), 'person', 'people')} to ring")
    for rows, one, many in (
        (of.collectors, "person who may or must not collect", "people who may or must not collect"),
        (of.consents, "consent", "consents"),
        (of.seats, "seat on a journey", "seats on journeys"),
        (of.today, "note of who collects for one day", "notes of who collects for one day"),
        (of.imported, "line of a spreadsheet, as it was brought in", "lines of spreadsheets, as they were brought in"),
        (of.requests, "request to see the record, with its draft", "requests to see the record, with their drafts"),
    ):
        if rows:
            lines.append(counted(len(rows), one, many))
    if what.future:
        lines.append(counted(len(what.future), "place at a club or trip to come", "places at clubs and trips to come"))
    for row in of.longer:
        until = short_with_year(row["until"])
        lines.append(f"The decision to keep something of it until {until} ({row['decided_by']}: {row['reason']})")
    notes = sum(1 for row in of.marks if row["note"] or row["collected_by"])
    if notes:
        lines.append(f"Who collected and what was noted on {counted(notes, 'mark')} of the register")
    lines.append(f"The contents of {counted(len(what.trail.entries), 'entry', 'entries')} of the history")
    if what.rewrites:
        lines.append(f"The name in {counted(len(what.rewrites), 'note')} about somebody or something else")
    return lines


def _stays(what: Taking) -> list[str]:
    of = what.of
    lines = ["One row without a name, so that figures still add up: that a child was referred, and is closed now"]
    if what.agency:
        lines.append(f"That {what.agency} referred a child")
    elif of.child["referred_by"]:
        lines.append("The figures will say “Not written down” for who referred the child: nobody else came from there")
    if of.child["one_to_one"] and (of.marks or len(of.bookings) > len(what.future)):
        lines.append("How many adults stayed with the child alone, so that old ratios stay as they were")
    if of.marks:
        lines.append(f"{counted(len(of.marks), 'mark')} of the register with their times, for attendance and hours")
    if what.family_goes and any(row["parent_carer"] for row in of.contacts):
        lines.append("That a parent was found to be a carer, without a name")
    if not what.family_goes:
        others = counted(len(of.siblings), "other child", "other children")
        lines.append(f"The family, its address and people to ring, for {others}")
    lines.append("Who did what and when in the history, without what it was")
    lines.append(SEALED)
    return lines


@inside_only
def _paper(uow: UnitOfWork, of: Belongings) -> tuple[str, ...]:
    """Numbered copies of packs that had the child in them and are not shredded."""
    places = [row["activity_id"] for row in of.bookings]
    copies, activity = kind_of("pack_copy").__table__, ActivityRecord
    statement = select(copies.c.number, copies.c.holder, activity.title, activity.day)
    statement = statement.join(activity, activity.id == copies.c.activity_id)
    found = uow.session.execute(
        statement.where(copies.c.activity_id.in_(places), copies.c.shredded_at.is_(None)).order_by(activity.day)
    )
    return tuple(f"Copy {number} of the pack of {title}, {short(day)} ({who})" for number, who, title, day in found)
