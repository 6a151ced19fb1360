"""A club kept in a file of its own: SQLCipher, one writer, backups beside it."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from threading import RLock

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from models.kernel.errors import BackupFailed, ClubFileError, Damaged, DiskTrouble, NewerVersion
from models.storage import archive, backup, club_file, rekeying, restoring, snapshot, wiping
from models.storage.archive import Backup
from models.storage.archive import read as read_backup
from models.storage.backup_place import Place
from models.storage.club_file import Opened
from models.storage.engine import engine_for
from models.storage.keys import KeyRing
from models.storage.lock import Lock, hold
from models.storage.snapshot import Facts
from models.storage.store import Prepare
from models.storage.trouble import identity, taken_away, told


class FileStore:
    """An open club file (see `storage.store.Store`).

    Attributes:
        path: the file. key: its raw key. club: the club's id. version: the schema's, raised by whoever upgrades it.
    """

    keeps_backups = True
    shared = False

    def __init__(self, opened: Opened, lock: Lock | None = None) -> None:
        """`lock` None: this copy only looks, and takes the lock when it first writes."""
        self.path = opened.path
        self.key = opened.key
        self.club = opened.club
        self.version = opened.version
        self._lock = lock
        if lock is not None:
            restoring.clear_left(opened.path)
        self._looked_for_wipe = False
        self._backing_up = RLock()  # the one on closing waits for the one under way
        self._identity = identity(opened.path)
        self._writer = engine_for(opened.path, opened.key)
        self._reader = engine_for(opened.path, opened.key, read_only=True)

    def take_lock(self) -> None:
        """Makes this the one copy that may write. Raises InUse or ReadOnly."""
        self._lock = self._lock or hold(self.path)

    def writing(self) -> Session:
        """A session that begins IMMEDIATE. Raises InUse, and DiskTrouble where the file was taken away meanwhile."""
        self._must_be_there()
        self.take_lock()
        if not self._looked_for_wipe:
            self._looked_for_wipe = True
            with suppress(ClubFileError):  # a full disk keeps nobody from taking the register
                wiping.finish(self._writer)
        return Session(self._writer, expire_on_commit=False)

    def _must_be_there(self) -> None:
        """A system lets go on with a file that was deleted or replaced: every change would be lost on closing."""
        if identity(self.path) != self._identity:
            raise taken_away(self.path)

    @contextmanager
    def _looking(self) -> Iterator[None]:
        """Whoever opens the file by its name once more must find the same one."""
        self._must_be_there()
        with told(self.path):
            yield

    @contextmanager
    def _for_a_backup(self) -> Iterator[None]:
        with self._backing_up:
            try:
                with self._looking():
                    yield
            except (DiskTrouble, Damaged) as error:
                raise BackupFailed(f"No backup could be made. {error.what}", error.next_step) from error

    def reading(self) -> Session:
        """A session on a connection that cannot write."""
        return Session(self._reader, expire_on_commit=False, autoflush=False)

    def noting(self) -> Session:
        """A session that begins IMMEDIATE, without the lock: SQLite's own lets one line in between two changes."""
        return Session(self._writer, expire_on_commit=False)

    def begin(self) -> AbstractContextManager[Connection]:
        """A transaction of plain statements."""
        return self._writer.begin()

    def faults(self) -> list[str]:
        """Every fault a full check of the file finds."""
        with self._looking():
            return club_file.faults(self.path, self.key)

    def facts(self) -> Facts:
        """What the file holds now, as a backup counts it."""
        with self._looking():
            return snapshot.facts_in(self.path, self.key)

    def back_up(self, place: Place, now: datetime) -> Backup:
        """Makes a backup in the place's folder. Holds up nobody who writes. Raises BackupFailed."""
        with self._for_a_backup():
            return backup.back_up(self.path, self.key, place, now, rekeying.retired_keys(self.path, self.key))

    def back_up_if_changed(self, place: Place, now: datetime) -> Backup | None:
        """A backup as above; None where the newest one holds everything already."""
        with self._for_a_backup():
            newest = next(iter(self.backups(place.folder)), None)
            if newest is not None and newest.facts == self.facts():
                return None
            return self.back_up(place, now)

    def save_copy(self, target: Path, now: datetime) -> Backup:
        """Makes a backup at a path of its own. Raises BackupFailed."""
        with self._for_a_backup():
            return backup.save_copy(self.path, self.key, target, now)

    def backups(self, folder: Path) -> tuple[Backup, ...]:
        """This club's backups in the folder, newest first, with their counts."""
        with self._looking():
            return tuple(one for one in backup.backups(folder, *self._keys()) if one.club == self.club)

    def look_into(self, chosen: Path) -> Backup:
        """A backup from anywhere, with its counts. Raises BadBackup, NewerVersion or OSError."""
        with self._looking():
            keys = self._keys()
        return read_backup(chosen, *keys)

    def restored_from(self, chosen: Path, known: tuple[str, ...], now: datetime, prepare: Prepare) -> "FileStore":
        """Puts a backup in the place of this file, which is kept beside it; this store is then closed.

        Raises BadBackup, NewerVersion or DiskTrouble: this store is then open, and as it was.
        """
        self.take_lock()
        with told(self.path):
            staged = self._under_the_key_of_now(restoring.stage(chosen, self.path, key=self._key_of(chosen)))
            opened = put_in_place(staged, self.path, known, now, prepare, self._let_go)
        lock, self._lock = self._lock, None
        return FileStore(opened, lock)

    def _key_of(self, chosen: Path) -> bytes:
        return archive.key_of(chosen, self._keys())

    def _under_the_key_of_now(self, staged: restoring.Staged) -> restoring.Staged:
        """A backup from before the file was re-keyed is to have the key of now."""
        if staged.key == self.key:
            return staged
        try:
            rekeying.change_key(staged.club_file, staged.key, self.key)
        except BaseException:
            staged.clear()
            raise
        return replace(staged, key=self.key)

    def rekeyed(self, ring: KeyRing, new_key: bytes, new_ring: KeyRing) -> "FileStore":
        """The same club under a new key; this store is then closed. `ring` is what stands in the keys file.

        Raises InUse or ClubFileError: this store is then open, and as it was.
        """
        self.take_lock()
        with self._backing_up:
            retired = [key.hex() for key in rekeying.retired_keys(self.path, self.key)]
            rekeying.rekey(rekeying.Rekeying(self.path, self.key, ring, new_key, new_ring, retired), self._let_go)
        lock, self._lock = self._lock, None
        return FileStore(Opened(self.path, new_key, self.club, self.version), lock)

    def _keys(self) -> tuple[bytes, ...]:
        """Its key and those it had before."""
        return (self.key, *reversed(rekeying.retired_keys(self.path, self.key)))

    def wipe(self) -> None:
        """Writes the file anew without free pages, and empties its log. Raises ClubFileError."""
        wiping.wipe(self._writer)

    def close(self) -> None:
        """Lets go of the file."""
        self._let_go()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _let_go(self) -> None:
        self._reader.dispose()
        self._writer.dispose()


def put_in_place(
    staged: restoring.Staged,
    path: Path,
    known: tuple[str, ...],
    now: datetime,
    prepare: Prepare,
    let_go: Callable[[], None],
) -> Opened:
    """Has a staged backup prepared, and moves it onto the path once `let_go` has let go of what is there.

    Raises NewerVersion or OSError, and then takes the staged files away.
    """
    try:
        if staged.version not in known:
            raise NewerVersion("This backup was made by a newer Breather.", "Install the newest Breather here.")
        ready = prepare(Opened(staged.club_file, staged.key, staged.club, staged.version), staged.made_at)
        let_go()
        restoring.swap(staged, path, now)
    except BaseException:
        staged.clear()
        raise
    return replace(ready, path=path)
