"""Who holds the key of concerns, and that it is not lost by a slip: where the last holder goes, so do the concerns.

How many there are is told by the journal: on a server nobody but a safeguarding lead may read the table itself.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from models.access.people import active
from models.access.permissions import inside_only
from models.access.records import AccessEvent, AccountRecord, KeySlotsCopy
from models.access.rules import AccessKind
from models.kernel.dates import short_with_year
from models.kernel.errors import LosesConcerns
from models.kernel.london import london_wall
from models.kernel.words import counted
from models.storage.journal import EntryRecord
from models.storage.keys import KeyRing
from models.storage.uow import UnitOfWork

SHOWN = "Was shown the recovery key of concerns."
BEGUN_ANEW = "Began the concerns anew"
_TYPED = "The recovery key of concerns was typed in."


@dataclass(frozen=True)
class Paper:
    """That the recovery key of concerns, as it is now, was shown to be copied down: to whom, and when (aware UTC)."""

    who: str
    at: datetime

    @property
    def words(self) -> str:
        """Priya Shah was shown it on 3 Dec 2026."""
        return f"{self.who} was shown it on {short_with_year(london_wall(self.at).date())}"


@inside_only
def ring_inside(uow: UnitOfWork) -> KeyRing:
    """The ring kept in the club, as far as who holds what goes: its seal is the keeper's to check."""
    return KeyRing.from_json(str(uow.session.scalar(select(KeySlotsCopy.slots))))


@inside_only
def holders(uow: UnitOfWork, ring: KeyRing) -> tuple[AccountRecord, ...]:
    """Those who have the key of concerns in this ring, in name order."""
    found = [one for one in active(uow) if (slot := ring.slot_of(one.id)) and slot.sealing_key]
    return tuple(sorted(found, key=lambda one: one.name.casefold()))


@inside_only
def kept(uow: UnitOfWork) -> int:
    """How many concerns there are, whatever key they are sealed with."""
    there = EntryRecord.table_name == "concern"
    added = select(func.count()).where(there, EntryRecord.before.is_(None), EntryRecord.after.is_not(None))
    gone = select(func.count()).where(there, EntryRecord.after.is_(None), EntryRecord.before.is_not(None))
    return (uow.session.scalar(added) or 0) - (uow.session.scalar(gone) or 0)


@inside_only
def begun_anew(uow: UnitOfWork) -> int:
    """The journal's number of the newest beginning anew, 0 where there was none."""
    begun = select(AccessEvent.id).where(AccessEvent.detail.startswith(BEGUN_ANEW, autoescape=True))
    number = select(func.max(EntryRecord.number)).where(EntryRecord.record_id.in_(begun))
    return uow.session.scalar(number) or 0


@inside_only
def on_paper(uow: UnitOfWork) -> Paper | None:
    """The newest time the key of concerns that counts now was shown, or typed in off its paper."""
    of_paper = AccessEvent.detail.in_((SHOWN, _TYPED))
    since = EntryRecord.number > begun_anew(uow)
    found = select(AccessEvent.who, AccessEvent.at).join(EntryRecord, EntryRecord.record_id == AccessEvent.id)
    row = uow.session.execute(found.where(of_paper, since).order_by(EntryRecord.number.desc()).limit(1)).first()
    return Paper(row[0], row[1]) if row else None


@inside_only
def must_not_be_lost(uow: UnitOfWork, record: AccountRecord, before: KeyRing, after: KeyRing, *, losing: bool) -> bool:
    """Whether nobody can read the concerns in the ring `after`, who could `before`; that is then written down.

    Raises LosesConcerns where there are some and no paper of their key is known of, unless `losing` says that whoever
    does it knows.
    """
    if holders(uow, after) or not _holds(before, record.id):
        return False
    number, paper = kept(uow), on_paper(uow)
    if number and paper is None and not losing:
        raise LosesConcerns(
            f"{record.name} is the only one who can read the concerns, and their recovery key was never shown to "
            "be copied down.",
            f"First let {record.name} hand the key on, or copy it onto paper, under Concerns. Without that, "
            f"{_so_many(number)} can never be read again.",
            concerns=number,
        )
    if number:
        detail = f"Nobody can read {_so_many(number)} now: {record.name} was the last who held the key."
        uow.add(AccessEvent(kind=AccessKind.REKEYED, who=uow.actor.name, detail=detail, at=uow.clock.now()))
    return True


def _so_many(number: int) -> str:
    return counted(number, "concern") if number > 1 else "the one concern"


def _holds(ring: KeyRing, account: UUID) -> bool:
    slot = ring.slot_of(account)
    return bool(slot and slot.sealing_key)
