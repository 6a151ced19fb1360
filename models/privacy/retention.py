"""How long things are kept, what is due for review, keeping it longer, and letting it go."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from models.access.permissions import Permission, needs
from models.kernel.errors import BadInput, NotFound, Refused
from models.privacy import due
from models.privacy.due import Due, Looking
from models.privacy.holds import holds, refuse_if_held
from models.privacy.letting_go import let_go
from models.privacy.records import ChildFileRecord, LongerRecord, SpanRecord
from models.privacy.rules import LEAST_MONTHS, MOST_MONTHS, SPANS, Keep
from models.storage.uow import UnitOfWork
from models.storage.values import checked

WORDS = {"reason": "reason"}


@dataclass(frozen=True)
class SpanRow:
    """How long the club keeps a kind of thing; `basis` is why the default is what it is."""

    kind: Keep
    months: int
    default: int
    starts: str
    basis: str
    version: int | None


@needs(Permission.PRIVACY)
def spans(uow: UnitOfWork) -> tuple[SpanRow, ...]:
    """Every kind, with the club's own number of months where it has one."""
    own = {one.kind: one for one in uow.session.scalars(select(SpanRecord))}
    return tuple(
        SpanRow(
            kind, own[kind].months if kind in own else span.months, span.months, span.starts, span.basis,
            own[kind].version if kind in own else None,
        )
        for kind, span in SPANS.items()
    )  # fmt: skip


@needs(Permission.PRIVACY)
def set_span(uow: UnitOfWork, kind: Keep, months: int) -> None:
    """Keeps this kind for so many months from now on; an age (in months) for what goes at an age. Raises BadInput."""
    if not LEAST_MONTHS <= months <= MOST_MONTHS:
        raise BadInput(f"{months} months cannot be right.", f"Type {LEAST_MONTHS} to {MOST_MONTHS}.", "months")
    record = uow.session.scalar(select(SpanRecord).where(SpanRecord.kind == kind))
    if record is None:
        uow.add(SpanRecord(kind=kind, months=months))
    elif record.months != months:
        record.months = months


@needs(Permission.PRIVACY)
def has_safeguarding_history(uow: UnitOfWork, child_id: UUID) -> bool:
    """Whether the child's file is kept to the 25th birthday."""
    flag = select(ChildFileRecord.safeguarding).where(ChildFileRecord.child_id == child_id)
    return bool(uow.session.scalar(flag))


@needs(Permission.PRIVACY)
def set_safeguarding_history(uow: UnitOfWork, child_id: UUID, yes: bool) -> None:
    """Whether the file has a safeguarding history: it is then kept to the 25th birthday. Nothing of why is written."""
    record = uow.session.scalar(select(ChildFileRecord).where(ChildFileRecord.child_id == child_id))
    if record is None:
        uow.add(ChildFileRecord(child_id=child_id, safeguarding=yes))
    elif record.safeguarding != yes:
        record.safeguarding = yes


@needs(Permission.PRIVACY)
def due_for_review(uow: UnitOfWork) -> tuple[Due, ...]:
    """What has been kept long enough, the longest due first. What is kept longer for a reason comes back later."""
    looking = Looking(uow, {one.kind: one.months for one in spans(uow)}, uow.clock.today())
    longer = {(one.kind, one.thing): one.until for one in uow.session.scalars(select(LongerRecord))}
    held = frozenset(one.child_id for one in holds(uow))
    found = [one for look in _LOOKS for one in look(looking)]
    open_again = (one for one in found if longer.get((one.kind, one.thing), date.min) <= looking.today)
    shown = (one.under_hold() if held & set(one.children) else one for one in open_again)
    return tuple(sorted(shown, key=lambda one: (one.since, one.kind, one.title)))


@needs(Permission.PRIVACY)
def keep_longer(uow: UnitOfWork, kind: Keep, thing: str, until: date, reason: str) -> None:
    """Takes something off the list until a day, with the reason. Raises BadInput."""
    why = checked(LongerRecord, {"reason": reason}, WORDS)["reason"]
    if not why:
        raise BadInput("There is no reason.", "Write why it is still needed.", "reason")
    if until <= uow.clock.today():
        raise BadInput("This day is over.", "Choose a day to come.", "until")
    mine = select(LongerRecord).where(LongerRecord.kind == kind, LongerRecord.thing == thing)
    record = uow.session.scalar(mine)
    if record is None:
        uow.add(LongerRecord(kind=kind, thing=thing, until=until, reason=why, decided_by=uow.actor.name))
    else:
        record.until, record.reason, record.decided_by = until, why, uow.actor.name


@needs(Permission.PRIVACY)
def erase_due(uow: UnitOfWork, kind: Keep, thing: str) -> int:
    """Erases something that is due, but for a child's file and an adult's; returns how many rows.

    Those go by `erasure.erase_child` and `adults.erase_adult`. Raises NotFound for what is not due, BadInput for
    such a file, and Refused under a legal hold.
    """
    return erase_all_due(uow, [(kind, thing)])


@needs(Permission.PRIVACY)
def erase_all_due(uow: UnitOfWork, things: Collection[tuple[Keep, str]]) -> int:
    """The same of several, all or none; returns how many rows. Raises as above."""
    for kind, _thing in things:
        if kind in due.CHILD_FILES:
            raise BadInput("A child’s record is erased by itself.", "Open it, and choose Erase.")
        if kind is Keep.ADULTS:
            raise BadInput("What is held of an adult is erased by itself.", "Open it, and choose Erase.")
    waiting = {(one.kind, one.thing): one for one in due_for_review(uow)}
    if not set(things) <= set(waiting):
        raise NotFound("This is not due for review any more.", "Look at the list again.")
    items = [waiting[each] for each in things]
    refuse_if_held(uow, [child for item in items for child in item.children])
    if any(item.kind in (Keep.JOURNAL, Keep.IMPORTS, Keep.DOOR) for item in items) and holds(uow):
        raise Refused(["A legal hold stands, and this holds something of every child."], "Lift the hold first.")
    return sum(let_go(uow, item) for item in items)


_LOOKS: tuple[Callable[[Looking], Iterator[Due]], ...] = (
    due.child_files, due.adults, due.consents, due.registers, due.imports, due.journal, due.packs, due.requests,
    due.door,
)  # fmt: skip
