"""Backups of a club file: made while it is in use, each one read back and compared before it counts as one."""

import contextlib
import errno
import os
from collections.abc import Collection, Iterator
from datetime import datetime
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from models.kernel.clock import london_wall
from models.kernel.errors import BackupFailed, BadBackup, BreatherError, Damaged
from models.storage import archive, club_file, keys, rekeying, snapshot
from models.storage.archive import SUFFIX, Backup
from models.storage.backup_place import Place
from models.storage.thinning import keep

PART = ".part"
_DATED = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] "  # else “club” would take the halves of “club two”
LONGEST = 160  # bytes of the club file's name in that of a backup


def back_up(file: Path, key: bytes, place: Place, now: datetime, retired: Collection[bytes] = ()) -> Backup:
    """Makes a backup in the place's folder and thins the older ones. Raises BackupFailed; nothing half made stays.

    `retired` are keys the file had before, which older backups still have.
    """
    folder = place.folder
    if not place.there:
        raise BackupFailed(
            f"The folder for backups, {folder}, is not there.",
            "If it is on a stick, plug it in; or choose another folder in Settings.",
        )
    with _told(folder):
        folder.mkdir(parents=True, exist_ok=True)
    name = _short(file.stem)
    with _told(folder):
        _clear_halves(folder, name)
        target = _free(folder, f"{name} {london_wall(now):%Y-%m-%d %H%M}")
    made = save_copy(file, key, target, now)
    thin(folder, (key, *retired), now, made)
    return made


def save_copy(file: Path, key: bytes, target: Path, now: datetime) -> Backup:
    """Makes a backup at a chosen path, in place of what is there. Raises BackupFailed; the old one is then whole."""
    club = target.with_name(f"{target.name}.club{PART}")
    part = target.with_name(f"{target.name}{PART}")
    with _told(target.parent):
        try:
            _clear(club, part)
            facts = snapshot.copy_to(file, key, club)
            _prove(club, key, facts, file)
            ring = rekeying.ring_inside(club, key)  # of that moment: the keys file may be replaced meanwhile
            archive.write(part, club, ring, key, file.stem, now, facts)
            _on_disk(part)
            archive.prove(part, key)
            _clear(club)
            part.replace(target)
            keys.sync_folder(target.parent)
        finally:
            with contextlib.suppress(OSError):  # the first failure is the one to tell
                _clear(club, part)
        return archive.read(target, key)


def _prove(copy: Path, key: bytes, facts: snapshot.Facts, source: Path) -> None:
    """Raises BadBackup for a copy that differs, Damaged where that is the source's fault."""
    try:
        snapshot.prove(copy, key, facts)
    except BadBackup:
        if found := club_file.faults(source, key):
            raise Damaged(found[0]) from None
        raise


def backups(folder: Path, *keys: bytes) -> tuple[Backup, ...]:
    """Every backup in the folder, newest first; with keys, only those that one of them opens, with their facts.

    What is no backup of ours is passed over, and so is a folder that is not there.
    """
    found = []
    with contextlib.suppress(OSError):
        for path in folder.glob(f"*{SUFFIX}"):
            with contextlib.suppress(BreatherError, OSError):
                found.append(archive.read(path, *keys))
    return tuple(sorted(found, key=lambda one: (one.made_at, one.path.name), reverse=True))


def backups_of(folder: Path, file: Path, password: str = "") -> tuple[Backup, ...]:
    """The backups of a club file that cannot be opened: by its club where its keys still tell, else by its name.

    With the password of somebody who could sign in when they were made, with their counts.
    """
    try:
        club = keys.read_ring(file).club
    except (BreatherError, OSError):
        found = [one for one in backups(folder) if one.name == file.stem]
    else:
        found = [one for one in backups(folder) if one.club == club]
    known: list[bytes] = []
    return tuple(_counted(one, password, known) for one in found)


def _counted(one: Backup, password: str, known: list[bytes]) -> Backup:
    """The backup with its counts where a key known so far opens it, or the password does; as it is otherwise."""
    with contextlib.suppress(BreatherError, OSError):
        if known:
            return archive.read(one.path, *known)
    with contextlib.suppress(BreatherError, OSError):
        if password:
            known.append(archive.ring_of(one.path).unlock(password, None).key)
            return archive.read(one.path, *known)
    return one


def thin(folder: Path, known: Collection[bytes], now: datetime, made: Backup) -> None:
    """Deletes what the calendar no longer keeps of this club's backups."""
    found = backups(folder, *known)
    kept = keep([one.made_at for one in found], now)
    with contextlib.suppress(OSError):  # an old one that stays does no harm
        for one in found:
            if one.made_at not in kept and one.path != made.path:
                one.path.unlink(missing_ok=True)


def _clear_halves(folder: Path, name: str) -> None:
    """Takes away what a crash, or somebody who did not wait, left behind: first of all, for it takes up room."""
    with contextlib.suppress(OSError):  # one that stays does no harm
        for half in folder.glob(f"{_plain(name)} {_DATED}*{SUFFIX}*{PART}*"):
            half.unlink(missing_ok=True)


def _short(name: str) -> str:
    """As much of a club file's name as leaves room for the rest: file systems take 255 bytes."""
    return name.encode()[:LONGEST].decode(errors="ignore").rstrip()


def _plain(name: str) -> str:
    """A name as a pattern that means itself."""
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name)


def _free(folder: Path, name: str) -> Path:
    path, number = folder / f"{name}{SUFFIX}", 2
    while path.exists():
        path, number = folder / f"{name} ({number}){SUFFIX}", number + 1
    return path


def _clear(*halves: Path) -> None:
    for half in halves:
        for suffix in ("", "-wal", "-shm", "-journal"):
            half.with_name(half.name + suffix).unlink(missing_ok=True)


def _on_disk(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


@contextlib.contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Any failure of the disk, in words."""
    try:
        yield
    except sqlcipher.OperationalError as error:
        raise BackupFailed(*_why(folder, full="full" in str(error))) from error
    except (sqlcipher.Error, Damaged) as error:
        raise BackupFailed(
            "No backup could be made: the club file itself is damaged.",
            "Put your newest backup in its place. The damaged file is kept beside it.",
        ) from error
    except OSError as error:
        raise BackupFailed(*_why(folder, full=error.errno in (errno.ENOSPC, errno.EDQUOT))) from error


def _why(folder: Path, *, full: bool) -> tuple[str, str]:
    if full:
        return f"There is no room left for a backup in {folder}.", "Make some room there, or choose another folder."
    return f"No backup could be written to {folder}.", "Check that it can be written to, or choose another folder."
