"""Reads of concerns: for safeguarding leads alone, and only with their key in hand."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from models.access.last_holder import begun_anew
from models.access.permissions import Permission, needs
from models.access.records import AccountRecord
from models.concerns.key import sealing_key
from models.concerns.records import ConcernRecord
from models.concerns.rules import Facts
from models.concerns.sealing import unseal
from models.kernel.words import called
from models.people.records import ERASED_HOME, ChildRecord
from models.storage.journal import EntryRecord
from models.storage.uow import UnitOfWork


@dataclass(frozen=True)
class ConcernRow:
    """A concern as the safeguarding lead sees it.

    Attributes:
        facts: None where it cannot be unsealed.
        child: the name the child is called by; "" where it is about none, or one no longer kept here.
        earlier: it cannot be because it was sealed before the concerns were begun anew, with a key nobody holds now.
            Else its seal is broken: somebody tampered with it, or the file is damaged.
    """

    id: UUID
    version: int
    facts: Facts | None
    child: str
    earlier: bool = False


@needs(Permission.CONCERNS)
def concerns(uow: UnitOfWork) -> tuple[ConcernRow, ...]:
    """Every concern: those whose seal is broken first, then the open ones, the latest noticed first.

    Those sealed with an earlier key come last.

    Raises Denied without the permission or without the leads' key.
    """
    key = sealing_key(uow)
    kept = uow.session.execute(select(ConcernRecord.id, ConcernRecord.version, ConcernRecord.sealed))
    found = [(row_id, version, unseal(key, row_id, sealed)) for row_id, version, sealed in kept]
    names = _names(uow, {facts.child_id for _, _, facts in found if facts and facts.child_id})
    old = _sealed_before(uow, {row_id for row_id, _, facts in found if facts is None})
    rows = [ConcernRow(*each, _child(names, each[2]), each[0] in old) for each in found]
    return tuple(sorted(rows, key=_order))


@needs(Permission.CONCERNS)
def concern(uow: UnitOfWork, concern_id: UUID) -> ConcernRow:
    """One concern. Raises NotFound, and Denied as above."""
    record = uow.get(ConcernRecord, concern_id, "concern")
    facts = unseal(sealing_key(uow), record.id, record.sealed)
    names = _names(uow, {facts.child_id} if facts and facts.child_id else ())
    old = _sealed_before(uow, () if facts else (record.id,))
    return ConcernRow(record.id, record.version, facts, _child(names, facts), record.id in old)


@needs(Permission.CONCERNS)
def children_to_choose(uow: UnitOfWork) -> tuple[tuple[UUID, str], ...]:
    """Every child with the name they are called by, in name order: whom a concern may be about."""
    return tuple(sorted(_names(uow, None).items(), key=lambda each: each[1].casefold()))


@needs(Permission.CONCERNS)
def other_leads(uow: UnitOfWork) -> tuple[tuple[UUID, str], ...]:
    """The other safeguarding leads, to whom the key of concerns may be handed on, in name order."""
    leads = select(AccountRecord.id, AccountRecord.name).where(
        AccountRecord.safeguarding, AccountRecord.removed_at.is_(None), AccountRecord.id != uow.actor.id
    )
    found = [(row[0], row[1]) for row in uow.session.execute(leads)]
    return tuple(sorted(found, key=lambda each: each[1].casefold()))


def _names(uow: UnitOfWork, ids: Collection[UUID] | None) -> dict[UUID, str]:
    statement = select(ChildRecord.id, ChildRecord.legal_first, ChildRecord.legal_last, ChildRecord.known_as)
    statement = statement.where(ChildRecord.family_id != ERASED_HOME)  # an erased child has no name any more
    if ids is not None:
        statement = statement.where(ChildRecord.id.in_(list(ids)))
    return {row[0]: called(*row[1:]) for row in uow.session.execute(statement)}


def _sealed_before(uow: UnitOfWork, ids: Collection[UUID]) -> frozenset[UUID]:
    """Those of them last changed before the concerns were begun anew."""
    begun = begun_anew(uow) if ids else 0
    last = select(EntryRecord.record_id).where(EntryRecord.record_id.in_(list(ids))).group_by(EntryRecord.record_id)
    return frozenset(uow.session.scalars(last.having(func.max(EntryRecord.number) < begun))) if begun else frozenset()


def _child(names: Mapping[UUID, str], facts: Facts | None) -> str:
    return names.get(facts.child_id, "") if facts and facts.child_id else ""


def _order(row: ConcernRow) -> tuple[int, bool, int, UUID]:
    facts = row.facts
    if facts is None:
        return 2 if row.earlier else 0, False, -date.max.toordinal(), row.id
    return 1, facts.closed_on is not None, -facts.noticed_on.toordinal(), row.id
