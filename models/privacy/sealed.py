"""How long sealed concerns are kept, and letting one go for good: for safeguarding leads alone, with their key in hand.

What erasing a child takes stops at the seal: nobody but a lead can tell whose a concern is. So leads are shown those
that were kept long enough, and those whose child was erased since, and decide each. A backup of before brings one back;
it is then shown again, by the same rule.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, or_, select, text

from models.access.permissions import Permission, inside_only, needs
from models.concerns import queries
from models.concerns.key import sealing_key
from models.concerns.queries import ConcernRow
from models.concerns.records import ConcernRecord
from models.concerns.rules import Facts
from models.concerns.sealing import unseal
from models.kernel.clock import london_wall
from models.kernel.errors import BadInput, NotFound
from models.people.records import ERASED_HOME, ChildRecord
from models.privacy.erasing import last_backup
from models.privacy.holds import holds, refuse_if_held
from models.privacy.records import ErasedChildRecord, SpanRecord
from models.privacy.rules import SPANS, Keep, WhyDecide, concern_until
from models.storage.erasing import Eraser
from models.storage.journal import EntryRecord
from models.storage.thinning import gone_by
from models.storage.uow import UnitOfWork
from models.storage.values import from_journal

ERASED = "Erased a concern for good"


@dataclass(frozen=True)
class Waiting:
    """A concern that waits for a lead to decide whether it stays.

    Attributes:
        since: the day from which it need not be kept; of an erased child the day it was erased (None: nobody knows).
        held: a legal hold stops it from being erased.
    """

    id: UUID
    why: WhyDecide
    since: date | None
    held: bool


_FULL = or_(EntryRecord.before.is_not(None), EntryRecord.after.is_not(None))


@dataclass(frozen=True)
class _Child:
    birth: date
    family_id: UUID


@needs(Permission.CONCERNS)
def to_decide(uow: UnitOfWork) -> Mapping[UUID, Waiting]:
    """The concerns that wait for a decision, by id; of those kept long enough the closed ones alone.

    Raises Denied without the permission, and NoKey.
    """
    return {one.id: one for one in _waiting(uow, queries.concerns(uow))}


@needs(Permission.CONCERNS)
def erase_concern(uow: UnitOfWork, concern_id: UUID, version: int | None) -> None:
    """Takes a concern that waits, and all the journal says of it, out for good. It cannot be undone.

    What the journal keeps of concerns about the same child that were written down and taken back goes along.

    Raises NotFound (also where it does not wait), Stale, Denied, NoKey, Damaged where the journal was altered, BadInput
    while it is open, and Refused under a legal hold on the child, or on another child of the family.
    """
    uow.edit(ConcernRecord, concern_id, version, "concern")
    row = queries.concern(uow, concern_id)
    if not _waiting(uow, [row]):
        raise NotFound("This concern does not wait for a decision any more.", "Look at the list again.")
    if row.facts is None or row.facts.closed_on is None:
        raise BadInput("This concern is still open.", "Close it first.")
    if row.facts.child_id is not None:
        refuse_if_held(uow, _family(uow, row.facts.child_id))
    going = {concern_id, *_taken_back(uow, row.facts.child_id)}
    eraser = _ConcernEraser(uow)
    eraser.delete(ConcernRecord, [concern_id])
    eraser.forget(uow.session.scalars(select(EntryRecord.number).where(EntryRecord.record_id.in_(going), _FULL)))
    eraser.done()
    uow.label = ERASED


def backups_gone_by(backups: Iterable[datetime]) -> date | None:
    """When the last of these backups, each of which holds the concern, is thinned away; None: there is none."""
    return last_backup(gone_by(backups))


class _ConcernEraser(Eraser):
    """At a server a lead has no hand on the journal: a function of the database takes concerns out of it."""

    def _take_out(self) -> None:
        if self._connection.dialect.name != "postgresql":
            super()._take_out()
            return
        forget = text("SELECT breather_forget_concerns(CAST(:numbers AS bigint[]), CAST(:emptied AS uuid[]))")
        given = {"numbers": sorted(self._forgotten), "emptied": sorted(self._relabelled, key=str)}
        self._connection.execute(forget, given)


@inside_only
def _taken_back(uow: UnitOfWork, child_id: UUID | None) -> set[UUID]:
    """Ids of concerns about the child that stand in the journal alone; none where no child is given."""
    if child_id is None:
        return set()
    key, entry = sealing_key(uow), EntryRecord
    gone = entry.table_name == ConcernRecord.__tablename__, entry.record_id.not_in(select(ConcernRecord.id)), _FULL
    found: set[UUID] = set()
    for record_id, *sides in uow.session.execute(select(entry.record_id, entry.before, entry.after).where(*gone)):
        texts = [from_journal(ConcernRecord, side).get("sealed") for side in sides if side]
        opened = [unseal(key, record_id, text) for text in texts if text]
        if any(facts is not None and facts.child_id == child_id for facts in opened):
            found.add(record_id)
    return found


@inside_only
def _waiting(uow: UnitOfWork, rows: Collection[ConcernRow]) -> list[Waiting]:
    named = {row.facts.child_id for row in rows if row.facts and row.facts.child_id}
    there, erased = _children(uow, named), _erased(uow, named)
    months, today = _months(uow), uow.clock.today()
    held = _held(uow)
    found: list[Waiting] = []
    for row in rows:
        facts = row.facts
        if facts is None or (facts.keep_until is not None and facts.keep_until > today):
            continue
        child = there.get(facts.child_id) if facts.child_id else None
        stopped = child is not None and child.family_id in held
        if facts.child_id is not None and child is None:
            found.append(Waiting(row.id, WhyDecide.ERASED, erased.get(facts.child_id), held=False))
        elif (since := _long_enough(facts, child, months)) is not None and since <= today:
            why = WhyDecide.GROWN_UP if child else WhyDecide.OLD
            found.append(Waiting(row.id, why, since, stopped))
    return found


def _long_enough(facts: Facts, child: _Child | None, months: int) -> date | None:
    if facts.closed_on is None:
        return None
    return concern_until(child.birth if child else None, facts.noticed_on, months)


def _children(uow: UnitOfWork, ids: Collection[UUID]) -> dict[UUID, _Child]:
    """Those of them that are on file still."""
    row = select(ChildRecord.id, ChildRecord.birth_date, ChildRecord.family_id)
    found = uow.session.execute(row.where(ChildRecord.id.in_(list(ids)), ChildRecord.family_id != ERASED_HOME))
    return {child_id: _Child(birth, family) for child_id, birth, family in found}


def _erased(uow: UnitOfWork, ids: Collection[UUID]) -> dict[UUID, date]:
    child, at = ErasedChildRecord.child_id, func.max(ErasedChildRecord.erased_at)
    found = uow.session.execute(select(child, at).where(child.in_(list(ids))).group_by(child))
    return {child_id: london_wall(when).date() for child_id, when in found}


def _held(uow: UnitOfWork) -> set[UUID]:
    """The families of children under a legal hold."""
    held = [one.child_id for one in holds(uow)]
    return set(uow.session.scalars(select(ChildRecord.family_id).where(ChildRecord.id.in_(held))))


def _family(uow: UnitOfWork, child_id: UUID) -> list[UUID]:
    """The child and the other children of the family; nobody where the child was erased."""
    home = select(ChildRecord.family_id).where(ChildRecord.id == child_id).scalar_subquery()
    family = ChildRecord.family_id == home, ChildRecord.family_id != ERASED_HOME
    return list(uow.session.scalars(select(ChildRecord.id).where(*family)))


def _months(uow: UnitOfWork) -> int:
    own = uow.session.scalar(select(SpanRecord.months).where(SpanRecord.kind == Keep.SAFEGUARDING_FILE))
    return SPANS[Keep.SAFEGUARDING_FILE].months if own is None else own
