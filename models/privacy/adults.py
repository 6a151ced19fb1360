"""Erasing an adult who left: what would go and stay, whether it may be, and doing it."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from models.access.people import active, same_name
from models.access.permissions import Permission, inside_only, needs
from models.kernel.dates import months_later, short_with_year
from models.kernel.errors import BadInput, Refused
from models.kernel.words import counted
from models.privacy.belongings import ids_of
from models.privacy.erasing import held_children, last_backup, touched_of
from models.privacy.erasure import SEALED, Erased, Preview
from models.privacy.holds import refuse_if_held
from models.privacy.leaver import Leaver, accounts_alone
from models.privacy.leaving import Leaving, leaving, take_leaver
from models.privacy.records import ErasedAdultRecord, SpanRecord
from models.privacy.rules import SPANS, Keep, WhyAdultErased, allegation_until
from models.programme.records import BookingRecord
from models.registers.records import MarkRecord
from models.storage.erasing import ERASED_ADULT
from models.storage.thinning import gone_by
from models.storage.uow import UnitOfWork
from models.team.records import AdultRecord
from models.team.rules import on_the_team


@needs(Permission.PRIVACY)
def who_left(uow: UnitOfWork) -> tuple[tuple[UUID, str], ...]:
    """Everybody who left the team, and who could sign in and was on no list of it: id and name, by name."""
    left = AdultRecord.left_on <= uow.clock.today(), AdultRecord.name != ERASED_ADULT
    rows = uow.session.execute(select(AdultRecord.id, AdultRecord.name).where(*left))
    found = [(row[0], row[1]) for row in rows] + [(one.id, one.name) for one in accounts_alone(uow)]
    return tuple(sorted(found, key=lambda one: one[1].casefold()))


@needs(Permission.PRIVACY)
def allegation_kept_until(uow: UnitOfWork, adult_id: UUID) -> date:
    """The day to which an allegation about this adult is kept at least (see `rules.allegation_until`)."""
    record = uow.session.get(AdultRecord, adult_id)
    return allegation_until(record.birth_date if record else None, uow.clock.today())


@needs(Permission.PRIVACY)
def preview_adult(uow: UnitOfWork, adult_id: UUID, backups: Iterable[datetime] = ()) -> Preview:
    """What would go and stay. `backups` are the instants of those that there are. Raises NotFound."""
    what = leaving(uow, adult_id)
    return Preview(
        child_id=adult_id,
        called=what.of.name,
        goes=tuple(_goes(what)),
        stays=tuple(_stays(what.of)),
        refusals=_refusals(uow, what),
        doubts=what.doubts,
        paper=(),
        backups_gone_by=last_backup(gone_by(backups)),
        adult=True,
    )


@needs(Permission.PRIVACY)
def erase_adult(
    uow: UnitOfWork, adult_id: UUID, why: WhyAdultErased, *, lead_asked: bool, backups: Iterable[datetime] = (),
    accounts: Collection[UUID] = (),
) -> Erased:  # fmt: skip
    """Takes everything of an adult who left out for good; only an anonymous row stays, for old registers.

    It cannot be undone. `lead_asked`: the safeguarding lead has been asked, who alone can read sealed concerns.
    `accounts`: ids known to be theirs, whatever they are called by now. Raises BadInput where nobody asked, Refused
    (still on the team or signing in, helped too lately, kept longer, a legal hold), NotFound, and Damaged where the
    journal was altered.
    """
    if not lead_asked:
        raise BadInput("The safeguarding lead has not been asked.", "Ask them first, then tick the box.", "lead_asked")
    what = leaving(uow, adult_id, accounts)
    if what.of.name == ERASED_ADULT and not what.journal.entries:
        raise BadInput("This record is erased already.", "Nothing more is needed.")
    refusals = _refusals(uow, what)
    if refusals:
        raise Refused(refusals)
    entries = what.journal.entries
    record = ErasedAdultRecord(
        adult_id=adult_id if what.of.adult else None, accounts=sorted(str(one) for one in ids_of(what.of.accounts)),
        erased_at=uow.clock.now(), erased_by=uow.actor.name, why=why, rows=take_leaver(uow, what),
        entries=len(entries), backups_gone_by=last_backup(gone_by(backups)),
    )  # fmt: skip
    uow.add(record)
    return Erased(
        record.id, record.erased_at, record.erased_by, why, record.rows, record.entries, record.backups_gone_by, True
    )


@inside_only
def _refusals(uow: UnitOfWork, what: Leaving) -> tuple[str, ...]:
    return (*_still_here(uow, what.of), *_too_lately(uow, what.of), *_held(uow, what))


@inside_only
def _still_here(uow: UnitOfWork, of: Leaver) -> Iterator[str]:
    today = uow.clock.today()
    if of.adult is not None and on_the_team(of.adult["left_on"], today):
        yield f"{of.name} is still on the team. Write on their page there that they left."
    names = [one.name for one in active(uow) if one.id in ids_of(of.accounts) or same_name(one.name, of.name)]
    for name in names:
        yield f"{name} can still sign in. Take them off under People first."
    for one in of.helped:
        if one.day >= today:
            yield f"{of.name} is down for {one.title}, {short_with_year(one.day)}. Take them off it first."
    for row in of.longer:
        if row["until"] > today:
            yield f"To be kept until {short_with_year(row['until'])}, {row['decided_by']} decided: {row['reason']}"


@inside_only
def _too_lately(uow: UnitOfWork, of: Leaver) -> Iterator[str]:
    """Who looked after the children is kept as long as the register of that day."""
    own = uow.session.scalar(select(SpanRecord.months).where(SpanRecord.kind == Keep.REGISTERS))
    months, today = SPANS[Keep.REGISTERS].months if own is None else own, uow.clock.today()
    days = [one for one in of.helped if one.came and months_later(one.day, months) > today > one.day]
    if days:
        title, last = days[-1].title, days[-1].day
        yield f"{of.name} looked after children at {title}, {short_with_year(last)}."
        until = short_with_year(months_later(last, months))
        yield f"Who looked after them is kept as long as the register: until {until}."


@inside_only
def _held(uow: UnitOfWork, what: Leaving) -> tuple[str, ...]:
    """A legal hold on a child keeps who looked after it, and every word this adult left with it."""
    held = held_children(uow)
    touched = set(touched_of(uow, held, {one.id for one in what.rewrites}, what.journal.entries))
    days = [one.activity_id for one in what.of.helped]
    for kind in (BookingRecord, MarkRecord):
        there = select(kind.child_id).where(kind.activity_id.in_(days), kind.child_id.in_(held))
        touched |= {child for child in uow.session.scalars(there) if child is not None}
    try:
        refuse_if_held(uow, touched)
    except Refused as refused:
        return (*refused.reasons, refused.next_step)
    return ()


def _goes(what: Leaving) -> Iterator[str]:
    of = what.of
    if of.adult is not None:
        yield "Their name, numbers, date of birth, checks, certificates, licence and notes"
    if of.accounts:
        yield f"The name of {counted(len(of.accounts), 'account')} they signed in with"
    notes = [row for row in (*of.duties, *of.marks) if row["note"]]
    for rows, one, many in (
        (of.imported, "line of a spreadsheet, as it was brought in", "lines of spreadsheets, as they were brought in"),
        (notes, "note on a day they helped or were asked", "notes on days they helped or were asked"),
        (what.rewrites, "place elsewhere where their name stands", "places elsewhere where their name stands"),
    ):  # fmt: skip
        if rows:
            yield counted(len(rows), one, many)
    journal = what.journal
    if journal.forget:
        yield f"The contents of {counted(len(journal.forget), 'entry', 'entries')} of the history about them"
    if journal.reword:
        yield f"Their name in {counted(len(journal.reword), 'other entry', 'other entries')} of the history"
    if journal.signed:
        yield f"Their name on {counted(len(journal.signed), 'change')} they made"


def _stays(of: Leaver) -> Iterator[str]:
    if of.adult is not None:
        yield "One row called “Erased adult”, so that old registers still show how many looked after the children"
    came = sum(one.came for one in of.helped)
    if came:
        yield f"That an adult helped at {counted(came, 'club or trip', 'clubs and trips')}, and when, without a name"
    yield "What they entered about children, and that an adult did"
    yield SEALED
    yield "Anything they are as somebody else here: a parent, a contact, somebody who may collect"
