"""Where a club's journal ended, as it is known outside the club file: in every backup, and on this machine.

A chain shows what was taken out of its middle. That its end was cut off, or that all of it was written anew, shows only
beside something that remembers: the entry with that number must still be there, with that very link.
"""

import contextlib
import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import func, select

from models.kernel.clock import london_wall
from models.kernel.dates import clock_text, long
from models.kernel.words import counted
from models.storage.archive import Backup
from models.storage.guarded import guarded
from models.storage.journal import EntryRecord
from models.storage.keys import replace_file
from models.storage.restored import RestoreRecord
from models.storage.uow import UnitOfWork

FOLDER = "journals"
OLDER_COPY = (
    "If somebody put an older copy of the file in its place by hand, that looks the same: put a backup back with "
    "Breather instead, which writes it down in the journal."
)


@dataclass(frozen=True)
class Head:
    """The last entry of a journal at one moment, and its link; 0 and "" where there was none."""

    number: int
    chain: str


@dataclass(frozen=True)
class Witness:
    """Something outside the file that knows a head: when it was so, and what it is called in a sentence."""

    head: Head
    at: datetime
    called: str


@dataclass(frozen=True)
class Restored:
    """A restore that the journal tells of: when, and the last entry of the backup it began with."""

    at: datetime
    number: int


@dataclass(frozen=True)
class Compared:
    """What came of holding a journal against its witnesses.

    Attributes:
        faults: what is missing or was written anew. notes: what no longer fits and is explained by a restore.
        fitting: the witnesses it fits.
    """

    faults: tuple[str, ...]
    notes: tuple[str, ...]
    fitting: tuple[Witness, ...]


@guarded("see the day")
def head_of(uow: UnitOfWork) -> Head:
    """Where the journal ends now."""
    last = select(EntryRecord.number, EntryRecord.chain).order_by(EntryRecord.number.desc()).limit(1)
    row = uow.session.execute(last).first()
    return Head(row.number, row.chain) if row else Head(0, "")


@guarded("see the day")
def compare(uow: UnitOfWork, witnesses: Iterable[Witness]) -> Compared:
    """Holds the journal against each witness."""
    now, restores = head_of(uow), _restores(uow)
    fitting, missed, replaced = [], [], []
    for witness in sorted(witnesses, key=lambda one: (one.head.number, one.at)):
        if _holds(uow, witness.head):
            fitting.append(witness)
        elif any(one.number < witness.head.number and witness.at <= one.at for one in restores):
            replaced.append(witness)
        else:
            missed.append(witness)
    return Compared(tuple(_faults(missed, now)), tuple(_notes(replaced, restores)), tuple(fitting))


@guarded("restore and move the club file")
def note_restore(uow: UnitOfWork, made_at: datetime, waiting: object | None = None) -> None:
    """Writes down, in the file made from a backup of that moment, that it was, and what waits for another one."""
    head, now = head_of(uow), uow.clock.now()
    uow.add(RestoreRecord(at=now, made_at=made_at, number=head.number, chain=head.chain, waiting=waiting))


def of_backups(found: Iterable[Backup]) -> Iterator[Witness]:
    """The heads that backups are sealed with."""
    for one in found:
        if one.facts is not None:
            yield Witness(Head(one.facts.number, one.facts.chain), one.made_at, f"the backup of {_when(one.made_at)}")


def read_note(data: Path, club: UUID) -> Witness | None:
    """What this machine wrote down of the club's journal; None where it never did, or it cannot be read."""
    try:
        said = json.loads(_note_path(data, club).read_text("utf-8"))
        head, at = Head(int(said["number"]), str(said["chain"])), datetime.fromisoformat(said["at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return None if at.tzinfo is None else Witness(head, at, f"this computer’s own note of {_when(at)}")


def keep_note(data: Path, club: UUID, uow: UnitOfWork, now: datetime) -> None:
    """Writes down where the journal ends, except over a note it does not fit: that one has still to be explained.

    A machine that cannot keep it loses one witness; nothing else depends on it.
    """
    before = read_note(data, club)
    if before is not None and compare(uow, [before]).faults:
        return
    head = head_of(uow)
    if before is not None and before.head == head:
        return
    said = {"number": head.number, "chain": head.chain, "at": now.isoformat()}
    path = _note_path(data, club)
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, json.dumps(said, indent=1).encode())


def _note_path(data: Path, club: UUID) -> Path:
    return data / FOLDER / f"{club}.json"


def _holds(uow: UnitOfWork, head: Head) -> bool:
    if head.number == 0:
        return True
    there = select(EntryRecord.chain).where(EntryRecord.number == head.number)
    return uow.session.scalar(there) == head.chain


def _restores(uow: UnitOfWork) -> tuple[Restored, ...]:
    """Read from the journal, whose chain covers it, never from the table: anybody could add a row there.

    One that does not stand right behind the entry it says it began with was not written by a restore.
    """
    entry = EntryRecord
    rows = uow.session.execute(
        select(entry.change_id, entry.after).where(entry.table_name == RestoreRecord.__tablename__)
    )
    found = []
    for change_id, after in rows:
        said = after or {}
        first = uow.session.scalar(select(func.min(entry.number)).where(entry.change_id == change_id))
        head = Head(int(said.get("number", -1)), str(said.get("chain", "")))
        if first == head.number + 1 and _holds(uow, head):
            found.append(Restored(datetime.fromisoformat(said["at"]), head.number))
    return tuple(sorted(found, key=lambda one: one.at))


def _faults(missed: Collection[Witness], now: Head) -> Iterator[str]:
    cut = [one for one in missed if one.head.number > now.number]
    if cut:
        lost = cut[-1].head.number - now.number
        what = "The last entry of the journal was" if lost == 1 else f"The last {lost:,} entries of the journal were"
        yield f"{what} cut off: {cut[-1].called} knows {cut[-1].head.number:,}, and there are {now.number:,}"
    anew = [one for one in missed if one.head.number <= now.number]
    if anew:
        yield (
            f"The journal was written anew, entry {anew[0].head.number:,} or an earlier one: "
            f"it is not the one that {anew[0].called} knows"
        )


def _notes(replaced: Collection[Witness], restores: Iterable[Restored]) -> Iterator[str]:
    for restore in restores:
        known = [one for one in replaced if restore.number < one.head.number and one.at <= restore.at]
        if known:
            lost = max(one.head.number for one in known) - restore.number
            yield (
                f"The restore of {_when(restore.at)} replaced {counted(lost, 'entry', 'entries')} of the journal: "
                f"{known[-1].called} knows them"
            )


def _when(at: datetime) -> str:
    wall = london_wall(at)
    return f"{long(wall.date())}, {clock_text(wall)}"
