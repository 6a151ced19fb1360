"""What has been kept as long as its kind is kept: one look for each kind."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, or_, select

from models.access.permissions import inside_made, inside_only
from models.access.queries import club
from models.access.records import AccessEvent
from models.consents.records import ConsentRecord
from models.consents.rules import KIND_WORDS, ConsentState
from models.kernel.clock import london_wall
from models.kernel.dates import months_later, short_with_year
from models.kernel.words import called, counted
from models.people.records import ERASED_HOME, ChildRecord
from models.people.rules import ChildStatus
from models.privacy.belongings import kind_of
from models.privacy.leaver import accounts_alone, helped
from models.privacy.records import ChildFileRecord, RequestRecord
from models.privacy.rules import SPANS, Keep, keep_until
from models.programme.records import ActivityRecord, BookingRecord
from models.registers.records import CollectionTodayRecord, DayRecord, MarkRecord
from models.storage.erasing import ERASED_ADULT
from models.storage.journal import ChangeRecord, EntryRecord
from models.storage.uow import UnitOfWork
from models.team.records import AdultRecord

CHILD_FILES = frozenset({Keep.CHILD_FILE, Keep.SAFEGUARDING_FILE, Keep.NEVER_STARTED})
GONE = (ChildStatus.MOVED, ChildStatus.CLOSED, ChildStatus.OVER_AGE, ChildStatus.DECLINED)
PERSONAL = (
    "people",
    "consents",
    "registers",
    "programme",
    "intake",
    "privacy",
    "readiness",
    "transport",
    "documents",
    "team",
    "access",
)


@dataclass(frozen=True)
class Due:
    """Something to look at: let it go, or keep it longer for a reason.

    Attributes:
        thing: what names it from one look to the next. title: whose or what. why: the rule in words.
        since: the day from which it need not be kept. children: of whom it tells, where that is known. held: a legal
            hold stops it.
    """

    kind: Keep
    thing: str
    title: str
    why: str
    since: date
    children: tuple[UUID, ...] = ()
    held: bool = False

    def under_hold(self) -> "Due":
        """The same, stopped by a legal hold."""
        return replace(self, held=True)


@inside_made
@dataclass(frozen=True)
class Looking:
    """What each look needs."""

    uow: UnitOfWork
    months: Mapping[Keep, int]
    today: date

    def ended(self, kind: Keep, start: date) -> date | None:
        """The day from which it need not be kept, where that has come."""
        until = keep_until(kind, start, self.months[kind])
        return until if until <= self.today else None

    def before(self, kind: Keep) -> date:
        """What is older than this has been kept long enough."""
        return months_later(self.today, -self.months[kind])


def child_files(look: Looking) -> Iterator[Due]:
    """Children who have left, or never came; at 25 where there is a safeguarding history."""
    child = ChildRecord
    flagged = set(look.uow.session.scalars(select(ChildFileRecord.child_id).where(ChildFileRecord.safeguarding)))
    last, closed = _last_days(look.uow), _closed_on(look.uow)
    gone = select(child).where(child.status.in_(GONE), child.family_id != ERASED_HOME)
    for one in look.uow.session.scalars(gone):
        came = last.get(one.id)
        signs = [day for day in (came, closed.get(one.id), one.referral_date) if day is not None]
        kind = Keep.CHILD_FILE if came else Keep.NEVER_STARTED
        if one.id in flagged:
            kind, signs = Keep.SAFEGUARDING_FILE, [one.birth_date]
        since = look.ended(kind, max(signs)) if signs else None
        if since is not None:
            name = called(one.legal_first, one.legal_last, one.known_as)
            yield Due(kind, str(one.id), name, f"{_after(kind, max(signs))}. {SPANS[kind].basis}", since, (one.id,))


def adults(look: Looking) -> Iterator[Due]:
    """Adults of the team who left, and people who could sign in and were never of it."""
    adult = AdultRecord
    for one in look.uow.session.scalars(select(adult).where(adult.left_on.is_not(None), adult.name != ERASED_ADULT)):
        days = [one.left_on, *(each.day for each in helped(look.uow, one.id))]
        yield from _adult(look, one.id, one.name, max(day for day in days if day is not None))
    for account in accounts_alone(look.uow):
        if account.removed_at is not None:
            yield from _adult(look, account.id, account.name, _day(account.removed_at))


def _adult(look: Looking, adult_id: UUID, name: str, last: date) -> Iterator[Due]:
    since = look.ended(Keep.ADULTS, last)
    if since is not None:
        yield Due(Keep.ADULTS, str(adult_id), name, f"{_after(Keep.ADULTS, last)}. {SPANS[Keep.ADULTS].basis}", since)


def consents(look: Looking) -> Iterator[Due]:
    """Consents that ran out, were refused or were taken back so long ago."""
    months, child = club(look.uow).consent_months, ChildRecord
    both = select(ConsentRecord, child).join(child, child.id == ConsentRecord.child_id)
    for one, whose in look.uow.session.execute(both):
        ended = _ended(one, months)
        since = look.ended(Keep.CONSENTS, ended) if ended else None
        if since is not None and ended is not None:
            name = called(whose.legal_first, whose.legal_last, whose.known_as)
            title = f"{name}: {KIND_WORDS[one.kind].lower()}"
            yield Due(Keep.CONSENTS, str(one.id), title, _after(Keep.CONSENTS, ended), since, (whose.id,))


def registers(look: Looking) -> Iterator[Due]:
    """Registers with notes, collectors, printed sheets or a risk assessment still in them."""
    noted = or_(MarkRecord.note != "", MarkRecord.collected_by != "")
    sheets = kind_of("register_sheet").__table__
    told = (
        select(MarkRecord.activity_id).where(noted, MarkRecord.child_id.is_not(None)),
        select(CollectionTodayRecord.activity_id),
        select(BookingRecord.activity_id).where(BookingRecord.note != ""),
        select(DayRecord.activity_id).where(DayRecord.note != ""),
        select(sheets.c.activity_id),
        select(ActivityRecord.id).where(ActivityRecord.risk_notes != ""),
    )
    wanted = {found for statement in told for found in look.uow.session.scalars(statement.distinct())}
    old = select(ActivityRecord).where(ActivityRecord.day <= look.before(Keep.REGISTERS))
    for one in look.uow.session.scalars(old):
        since = look.ended(Keep.REGISTERS, one.day)
        if one.id in wanted and since is not None:
            title = f"{one.title}, {short_with_year(one.day)}"
            why = _after(Keep.REGISTERS, one.day)
            yield Due(Keep.REGISTERS, str(one.id), title, why, since, _there(look.uow, one.id))


def imports(look: Looking) -> Iterator[Due]:
    """What spreadsheets said, as it was brought in."""
    lines = kind_of("imported").__table__
    old = [at for at in look.uow.session.scalars(select(lines.c.imported_at)) if _day(at) <= look.before(Keep.IMPORTS)]
    if old:
        title = counted(len(old), "line of a spreadsheet", "lines of spreadsheets")
        first = min(map(_day, old))
        yield Due(Keep.IMPORTS, "all", title, _after(Keep.IMPORTS, first), _until(look, Keep.IMPORTS, first))


def journal(look: Looking) -> Iterator[Due]:
    """What the history of changes still says of so long ago."""
    old = old_entries(look.uow, look.before(Keep.JOURNAL))
    if old:
        first = min(_day(at) for _, at in old)
        title = counted(len(old), "entry of the history", "entries of the history")
        yield Due(Keep.JOURNAL, "all", title, _after(Keep.JOURNAL, first), _until(look, Keep.JOURNAL, first))


def packs(look: Looking) -> Iterator[Due]:
    """Numbers of packs that are back or shredded."""
    copies = kind_of("pack_copy").__table__
    done = select(
        copies.c.id, copies.c.number, copies.c.holder, copies.c.back_at, copies.c.shredded_at, copies.c.activity_id
    )  # fmt: skip
    for one in look.uow.session.execute(
        done.where(or_(copies.c.back_at.is_not(None), copies.c.shredded_at.is_not(None)))
    ):
        ended = max(_day(at) for at in (one.back_at, one.shredded_at) if at is not None)
        since = look.ended(Keep.PACKS, ended)
        if since is not None:
            title, children = f"Copy {one.number} ({one.holder})", _there(look.uow, one.activity_id)
            yield Due(Keep.PACKS, str(one.id), title, _after(Keep.PACKS, ended), since, children)


def requests(look: Looking) -> Iterator[Due]:
    """Answers released so long ago."""
    both = select(RequestRecord, ChildRecord).join(ChildRecord, ChildRecord.id == RequestRecord.child_id)
    for one, whose in look.uow.session.execute(both.where(RequestRecord.released_at.is_not(None))):
        ended = _day(one.released_at) if one.released_at else look.today
        since = look.ended(Keep.REQUESTS, ended)
        if since is not None:
            title = f"Request about {called(whose.legal_first, whose.legal_last, whose.known_as)}"
            yield Due(Keep.REQUESTS, str(one.id), title, _after(Keep.REQUESTS, ended), since, (whose.id,))


def door(look: Looking) -> Iterator[Due]:
    """What happened at the door: who was refused, who looked at the fire list."""
    old = old_events(look.uow, look.before(Keep.DOOR))
    if old:
        first = min(_day(at) for _, at in old)
        title = counted(len(old), "line of what happened at the door", "lines of what happened at the door")
        yield Due(Keep.DOOR, "all", title, _after(Keep.DOOR, first), _until(look, Keep.DOOR, first))


@inside_only
def old_events(uow: UnitOfWork, before: date) -> list[tuple[UUID, datetime]]:
    """Ids and instants of what happened at the door that day or earlier."""
    rows = uow.session.execute(select(AccessEvent.id, AccessEvent.at))
    return [(one, at) for one, at in rows if _day(at) <= before]


@inside_only
def old_entries(uow: UnitOfWork, before: date) -> list[tuple[int, datetime]]:
    """Numbers and instants of entries of the journal from before that day which tell of people."""
    both = select(EntryRecord.number, ChangeRecord.at).join(ChangeRecord, ChangeRecord.id == EntryRecord.change_id)
    full = or_(EntryRecord.before.is_not(None), EntryRecord.after.is_not(None))
    rows = uow.session.execute(both.where(EntryRecord.area.in_(PERSONAL), full))
    return [(number, at) for number, at in rows if _day(at) <= before]


def _there(uow: UnitOfWork, activity_id: UUID) -> tuple[UUID, ...]:
    """The children whom the papers of a club or trip tell of: with a place, a mark, or somebody to collect them."""
    found: set[UUID] = set()
    for kind in (BookingRecord, MarkRecord, CollectionTodayRecord):
        children = uow.session.scalars(select(kind.child_id).where(kind.activity_id == activity_id))
        found |= {one for one in children if one is not None}
    return tuple(sorted(found))


def _last_days(uow: UnitOfWork) -> dict[UUID, date]:
    """The last day on which each child was marked, or had a place."""
    found: dict[UUID, date] = {}
    for kind in (MarkRecord, BookingRecord):
        last = select(kind.child_id, func.max(ActivityRecord.day)).join(
            ActivityRecord, ActivityRecord.id == kind.activity_id
        )
        for child_id, day in uow.session.execute(last.group_by(kind.child_id)):
            if child_id is not None:
                found[child_id] = max(day, found.get(child_id, day))
    return found


def _closed_on(uow: UnitOfWork) -> dict[UUID, date]:
    """The day on which each child's status was last changed."""
    entries = select(EntryRecord.record_id, EntryRecord.after, ChangeRecord.at)
    joined = entries.join(ChangeRecord, ChangeRecord.id == EntryRecord.change_id).where(
        EntryRecord.table_name == "child"
    )
    found: dict[UUID, date] = {}
    for record_id, after, at in uow.session.execute(joined.order_by(EntryRecord.number)):
        if after and "status" in after and len(after) < len(ChildRecord.__table__.columns):
            found[record_id] = _day(at)
    return found


def _ended(one: ConsentRecord, months: int) -> date | None:
    """The day a consent ran out, was refused or was taken back; None while it stands. One nobody answered: as if the
    day it was asked for had been the answer.
    """
    if one.state in (ConsentState.WITHDRAWN, ConsentState.REFUSED):
        return one.ended_on or one.signed_on or one.asked_on
    answered = (one.signed_on, one.reconfirmed_on) if one.signed_on or one.reconfirmed_on else (one.asked_on,)
    said: Collection[date] = [day for day in answered if day is not None]
    return one.ended_on or (months_later(max(said), months) if said else None)


def _until(look: Looking, kind: Keep, start: date) -> date:
    return keep_until(kind, start, look.months[kind])


def _after(kind: Keep, start: date) -> str:
    """Since when it counts, in words: The child has left: 3 Dec 2020."""
    starts = SPANS[kind].starts
    return f"{starts[:1].upper()}{starts[1:]}: {short_with_year(start)}"


def _day(at: datetime) -> date:
    return london_wall(at).date()
