"""A new key for a club file: a whole new file under it, proved equal, takes the old one's place.

Two files change, the club file and its keys, and no system renames two at once. So for a moment the keys file holds two
rings, the old key's with the new key's inside it (`KeyRing.next`): whichever club file stands there, it opens. At each
step either the whole old file or the whole new one is what opens, by the same passwords; what was left half done is
put in order at the next opening. The old file is kept nowhere; its backups still open with the old key.
"""

import contextlib
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from models.kernel.errors import BadBackup, BreatherError, ClubFileError, InUse
from models.storage import keys, snapshot
from models.storage.engine import connect
from models.storage.keys import KeyRing

STAGED = ".rekeying"
BESIDE = ("-wal", "-shm", "-journal")


@dataclass(frozen=True)
class Rekeying:
    """What is to be done to one file: its key and ring now, the new ones, and the keys its older backups have (hex)."""

    path: Path
    key: bytes
    ring: KeyRing
    new_key: bytes
    new_ring: KeyRing
    retired: Sequence[str]


def rekey(plan: Rekeying, let_go: Callable[[], None]) -> None:
    """Does all of it; `let_go` closes every connection to the old file. Nobody may write meanwhile.

    Raises ClubFileError: the old file is then whole, and opens as before.
    """
    try:
        staged = stage(plan)
        write_both(plan)
        let_go()
        swap(plan, staged)
    except (OSError, sqlcipher.Error, BadBackup) as error:
        undo(plan)
        raise ClubFileError(
            "The club file could not be given a new key. It is as it was.", "Make some room on the disk, and try again."
        ) from error
    except BaseException:
        undo(plan)
        raise
    finish(plan)


def stage(plan: Rekeying) -> Path:
    """Step 1: the whole new file beside the old one, proved equal and on the disk."""
    staged = staged_path(plan.path)
    clear(plan.path)
    facts = snapshot.copy_to(plan.path, plan.key, staged)
    connection = connect(staged, plan.key)
    try:
        ring, retired = json.dumps(plan.new_ring.to_json()), json.dumps([*plan.retired, plan.key.hex()])
        connection.execute("UPDATE key_slots_copy SET slots = ?, retired = ?", (ring, retired))
    finally:
        connection.close()
    change_key(staged, plan.key, plan.new_key)
    snapshot.prove(staged, plan.new_key, facts)
    with staged.open("rb+") as written:
        os.fsync(written.fileno())
    return staged


def change_key(file: Path, key: bytes, new_key: bytes) -> None:
    """Gives a file that nobody else has open another key, every page of it."""
    connection = connect(file, key)
    try:
        connection.execute("PRAGMA journal_mode = DELETE")  # a file in write-ahead mode takes no new key
        connection.execute(f"PRAGMA rekey = \"x'{new_key.hex()}'\"")
    finally:
        connection.close()


def write_both(plan: Rekeying) -> None:
    """Step 2: a keys file that opens the old club file and the new one."""
    keys.write_ring(plan.path, replace(plan.ring, next=plan.new_ring))


def swap(plan: Rekeying, staged: Path) -> None:
    """Step 3: the new file onto the old one's place. Raises InUse where somebody else is reading the old one."""
    _settle_log(plan)
    for suffix in BESIDE:  # beside the new file they would be another file's pages
        plan.path.with_name(plan.path.name + suffix).unlink(missing_ok=True)
    staged.replace(plan.path)
    keys.sync_folder(plan.path.parent)


def _settle_log(plan: Rekeying) -> None:
    """Brings the log into the old file: until it is replaced, that file alone is the club."""
    connection = connect(plan.path, plan.key)
    try:
        connection.execute("PRAGMA busy_timeout = 1000")
        busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    finally:
        connection.close()
    if busy:
        raise InUse(f"{plan.path.name} is being read by another Breather.", "Close it there, then try again.")


def finish(plan: Rekeying) -> None:
    """Step 4: a keys file of the new key alone. Where it cannot be written, the next opening does it."""
    with contextlib.suppress(OSError):
        keys.write_ring(plan.path, plan.new_ring)


def undo(plan: Rekeying) -> None:
    """Takes away what was made so far, where the old file stands still."""
    with contextlib.suppress(OSError):
        clear(plan.path)
    with contextlib.suppress(OSError, BreatherError):
        if keys.read_ring(plan.path).next is not None:
            keys.write_ring(plan.path, plan.ring)


def clear(path: Path) -> None:
    """Takes away what a re-keying that was stopped left beside the file. Raises OSError."""
    staged = staged_path(path)
    for suffix in ("", *BESIDE):
        staged.with_name(staged.name + suffix).unlink(missing_ok=True)


def staged_path(path: Path) -> Path:
    """Where the new file is made."""
    return path.with_name(path.name + STAGED)


def ring_inside(path: Path, key: bytes) -> KeyRing:
    """The ring kept in the file itself: of the same moment as the rest of it. Raises Damaged or NewerVersion."""
    connection = connect(path, key, read_only=True)
    try:
        row = connection.execute("SELECT slots FROM key_slots_copy").fetchone()
    finally:
        connection.close()
    return KeyRing.from_json(json.loads(row[0]) if row else "")


def retired_keys(path: Path, key: bytes) -> tuple[bytes, ...]:
    """The keys the file had before, newest last: for its older backups."""
    connection = connect(path, key, read_only=True)
    try:
        row = connection.execute("SELECT retired FROM key_slots_copy").fetchone()
    except sqlcipher.DatabaseError:  # a file from before files could be re-keyed
        return ()
    finally:
        connection.close()
    return tuple(bytes.fromhex(one) for one in json.loads(row[0])) if row and row[0] else ()
