"""Whether the journal is whole: every entry says what it said, none is missing, none has changed places."""

from collections.abc import Iterator

from sqlalchemy import select

from models.storage import journal
from models.storage.erasing import resealed, shows_erasure
from models.storage.guarded import guarded
from models.storage.journal import ChangeRecord, EntryRecord
from models.storage.uow import UnitOfWork


@guarded("see the day")
def verify_chain(uow: UnitOfWork) -> list[str]:
    """Every fault of the journal, one plain sentence each; none when it is whole.

    An entry out of which something was erased is held against what the erasure said is left of it (see
    `storage.erasing`); contents that are gone without one are a fault. What was taken off the very end shows only
    beside what is known of it outside the file (`storage.heads`).
    """
    return [*_chain_faults(uow), *_change_faults(uow)]


def _chain_faults(uow: UnitOfWork) -> Iterator[str]:
    changes = {change.id: change for change in uow.session.scalars(select(ChangeRecord))}
    left = resealed(uow)
    expected, previous = 1, ""
    entries = select(EntryRecord).order_by(EntryRecord.number).execution_options(yield_per=500)
    for entry in uow.session.scalars(entries):
        if entry.number != expected:
            yield f"Between entry {expected - 1} and entry {entry.number} something was taken out."
        change = changes.get(entry.change_id)
        if change is None:
            yield f"Entry {entry.number} belongs to no change."
        elif _empty(entry) and entry.number not in left:
            yield f"Entry {entry.number} ({change.label}) has lost what it said, and no erasure tells of it."
        elif entry.number in left and not shows_erasure(entry, change):
            yield f"Entry {entry.number} ({change.label}) was altered under an erasure that took nothing from it."
        elif not journal.says_what_it_said(entry, change, left.get(entry.number)):
            yield f"Entry {entry.number} ({change.label}) no longer says what it said."
        if journal.link(previous, entry.digest, entry.number) != entry.chain:
            yield f"Entry {entry.number} does not follow from the one before it."
        expected, previous = entry.number + 1, entry.chain


def _empty(entry: EntryRecord) -> bool:
    return entry.before is None and entry.after is None


def _change_faults(uow: UnitOfWork) -> Iterator[str]:
    told = set(uow.session.scalars(select(EntryRecord.change_id).distinct()))
    rows = uow.session.execute(select(ChangeRecord.id, ChangeRecord.number).order_by(ChangeRecord.number))
    for place, (change_id, number) in enumerate(rows, start=1):
        if number != place:
            yield f"Before change {number} another is missing."
            return
        if change_id not in told:
            yield f"Change {number} has lost what it changed."
