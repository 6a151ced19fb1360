"""Putting a backup in the place of a club file, and keeping what it replaces.

A restore is made beside its place and proved there first. The old file is then kept under another name before the new
one is moved onto its path, so that at any moment the path holds the whole old file or the whole new one.
"""

import contextlib
import os
import shutil
from dataclasses import dataclass, replace
from datetime import datetime
from glob import escape
from pathlib import Path
from uuid import UUID

import sqlcipher3.dbapi2 as sqlcipher

from models.kernel.clock import london_wall
from models.kernel.errors import BadBackup, BadInput, BreatherError
from models.storage import archive, club_file, keys, log, snapshot
from models.storage.engine import connect
from models.storage.keys import keys_path
from models.storage.network import must_be_local

STAGED = ".restoring"
LONGEST = 180  # bytes: file systems take 255
LEFT = ("-wal", "-shm", "-journal")


@dataclass(frozen=True)
class Staged:
    """A backup unpacked and proved beside the place it will have; `made_at` is when it was made."""

    club_file: Path
    keys_file: Path
    key: bytes
    club: UUID
    version: str
    made_at: datetime

    def clear(self) -> None:
        """Takes it away again."""
        for suffix in ("", *LEFT):
            self.club_file.with_name(self.club_file.name + suffix).unlink(missing_ok=True)
        self.keys_file.unlink(missing_ok=True)


def stage(backup: Path, path: Path, *, key: bytes | None = None, passphrase: str = "") -> Staged:
    """Unpacks and proves a backup for the club file at `path`; the key, or else the passphrase, opens it.

    Raises BadBackup, WrongPassphrase, NewerVersion, BadInput, OnNetwork or OSError, and then leaves nothing behind.
    """
    if not path.parent.is_dir():
        raise BadInput(f"There is no folder {path.parent}.", "Choose a folder that is there.", "path")
    must_be_local(path)
    ring, made_at = archive.ring_of(backup), archive.read(backup).made_at
    _same_club(path, ring.club)
    key = key if key is not None else ring.open(passphrase)
    new = path.with_name(path.name + STAGED)
    staged = Staged(new, keys_path(new), key, ring.club, "", made_at)
    try:
        staged.clear()
        facts = archive.unpack(backup, key, new, staged.keys_file)
        snapshot.prove(new, key, facts)
        for file in (new, staged.keys_file):
            with file.open("rb+") as written:
                os.fsync(written.fileno())
    except BaseException:
        with contextlib.suppress(OSError):
            staged.clear()
        raise
    return replace(staged, version=facts.version)


def clear_left(path: Path) -> None:
    """Takes away what a restore that was cut off left beside the file: it holds what was erased since, too.

    Only for whoever holds the file's lock.
    """
    with contextlib.suppress(OSError):  # the next one takes it away
        for half in path.parent.glob(f"{escape(path.name)}{STAGED}*"):
            half.unlink(missing_ok=True)


def swap(staged: Staged, path: Path, now: datetime) -> Path | None:
    """Moves the staged files onto the path; returns where the old file is kept, None where there was none.

    The club file must not be open. Raises OSError.
    """
    _settle(path, staged.key)
    kept = _keep_aside(path, now)
    for suffix in LEFT:  # kept aside too; beside the new file they would be another file's pages
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    staged.keys_file.replace(keys_path(path))
    staged.club_file.replace(path)
    keys.sync_folder(path.parent)
    return kept


def _same_club(path: Path, club: UUID) -> None:
    """Raises BadBackup where another club's file is at the path."""
    try:
        there = keys.read_ring(path).club
    except (BreatherError, OSError):
        return  # no keys to tell: whatever is there is kept aside
    if there != club:
        raise BadBackup("This backup is of another club.", f"Choose another name: {path.name} stays as it is.")


def _settle(path: Path, key: bytes) -> None:
    """Brings what a crash left beside a sound old file into it; a damaged one is kept as it was found."""
    if not (_bytes_in(path) and log.is_there(path)):
        return
    with contextlib.suppress(BreatherError, sqlcipher.Error):
        log.judge(path, key)
        if not club_file.faults(path, key):
            connection = connect(path, key)
            try:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                connection.close()


def _bytes_in(path: Path) -> int:
    """How many; 0 where there is no file."""
    try:
        return path.stat().st_size if path.is_file() else 0
    except FileNotFoundError:
        return 0


def _keep_aside(path: Path, now: datetime) -> Path | None:
    if not path.exists() and not keys_path(path).exists():
        return None
    name = f"{aside_stem(path)} replaced {london_wall(now):%Y-%m-%d %H%M}"
    aside, number = path.with_name(f"{name}{path.suffix}"), 2
    while aside.exists() or keys_path(aside).exists():
        aside, number = path.with_name(f"{name} ({number}){path.suffix}"), number + 1
    for suffix in (".keys", *LEFT, ""):  # the file itself last: where it is, the rest is too
        with contextlib.suppress(FileNotFoundError):  # who looked at the file may close it now, and take its log away
            _twice(path.with_name(path.name + suffix), aside.with_name(aside.name + suffix))
    keys.sync_folder(path.parent)
    return aside


def aside_stem(path: Path) -> str:
    """As much of the file's name as leaves room for the rest of the name it is kept under."""
    return path.stem.encode()[:LONGEST].decode(errors="ignore")


def kept_aside(path: Path) -> tuple[str, ...]:
    """Names of the older club files that restores kept beside this one: they still hold what was erased since."""
    return tuple(
        sorted(one.name for one in path.parent.glob(f"{escape(aside_stem(path))} replaced *{escape(path.suffix)}"))
    )


def _twice(old: Path, new: Path) -> None:
    """The same file under a second name, without copying where the disk can."""
    try:
        os.link(old, new)
    except OSError:
        shutil.copyfile(old, new)
        with new.open("rb+") as written:
            os.fsync(written.fileno())
