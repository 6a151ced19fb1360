"""The composition root: a club file opened, with its clock, its ids and the acting person."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from threading import RLock
from typing import Generic, TypeVar
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.schema import CreateIndex, CreateTable

from models.access.permissions import holder_of_the_passphrase
from models.access.records import ClubRecord, KeySlotsCopy
from models.kernel.actor import Actor
from models.kernel.clock import Clock, DayClock, SystemClock
from models.kernel.errors import BackupFailed, BadInput, NewerVersion
from models.kernel.ids import IdSource, random_ids
from models.migrations.upgrade import HEAD, KNOWN, upgrade
from models.schema import METADATA
from models.storage import backup, backup_place, club_file, keys, restoring, snapshot
from models.storage.archive import SUFFIX as BACKUP_SUFFIX
from models.storage.archive import Backup
from models.storage.archive import read as read_backup
from models.storage.backup_place import Place, choose_folder, note_trouble, read_place
from models.storage.device import device_id
from models.storage.engine import engine_for
from models.storage.keys import Strength
from models.storage.lock import Lock, hold, must_be_writable
from models.storage.snapshot import Facts
from models.storage.uow import UnitOfWork
from models.storage.values import checked

__all__ = [
    "BACKUP_SUFFIX", "Backup", "Club", "Facts", "Place", "Strength", "UnitOfWork", "Written", "backups_for",
    "choose_folder", "create_club", "delete_club", "device_id", "note_trouble", "open_club", "read_backup",
    "read_place", "restore",
]  # fmt: skip

T = TypeVar("T")


@dataclass(frozen=True)
class Written(Generic[T]):
    """What a committed change answered, which areas it changed, and its id in the journal (None: nothing changed)."""

    value: T
    areas: frozenset[str]
    change_id: UUID | None


class Club:
    """An open club file. `write` belongs to one thread; `read` may be called from several.

    Attributes:
        path: the file. name: the club's. clock: the machine's, or the sample club's own day. sample_day: that day.
    """

    def __init__(
        self, opened: club_file.Opened, actor: Actor, clock: Clock | None, ids: IdSource, lock: Lock | None = None
    ) -> None:
        """`lock` None: this copy only looks, and takes the lock when it first writes."""
        self.path = opened.path
        self.id = opened.club
        self._lock = lock
        self._backing_up = RLock()  # the one on closing waits for the one under way
        self.actor = actor
        self._key = opened.key
        self._ids = ids
        self._writer = engine_for(opened.path, opened.key)
        self._reader = engine_for(opened.path, opened.key, read_only=True)
        self.clock = clock or SystemClock()
        name, sample_day = self.read(_identity)
        self.name: str = name
        self.sample_day: date | None = sample_day
        if clock is None and sample_day is not None:
            self.clock = DayClock(sample_day)

    def write(self, change: Callable[[UnitOfWork], T], label: str) -> Written[T]:
        """Runs the change in a unit of work and commits it, or leaves everything as it was. Raises InUse."""
        self._lock = self._lock or hold(self.path)
        session = Session(self._writer, expire_on_commit=False)
        with UnitOfWork(session, self.actor, self.clock, self._ids, label) as uow:
            try:
                value = change(uow)
                areas = uow.commit()
            except IntegrityError as error:
                raise BadInput(
                    "This does not fit with what is already kept.", "Check for a name, date or number used twice."
                ) from error
            return Written(value, areas, uow.change_id if areas else None)

    def read(self, query: Callable[[UnitOfWork], T]) -> T:
        """Runs a query on a connection that cannot write."""
        session = Session(self._reader, expire_on_commit=False, autoflush=False)
        with UnitOfWork(session, self.actor, self.clock, self._ids, read_only=True) as uow:
            return query(uow)

    def faults(self) -> list[str]:
        """Every fault a full check of the file finds."""
        return club_file.faults(self.path, self._key)

    def facts(self) -> Facts:
        """What the file holds now, as a backup counts it."""
        return snapshot.facts_in(self.path, self._key)

    def back_up(self, place: Place) -> Backup:
        """Makes a backup in the place's folder. Holds up nobody who writes. Raises BackupFailed."""
        with self._backing_up:
            return backup.back_up(self.path, self._key, place, self.clock.now())

    def back_up_if_changed(self, place: Place) -> Backup | None:
        """A backup as above; None where the newest one holds everything already."""
        with self._backing_up:
            newest = next(iter(self.backups(place.folder)), None)
            if newest is not None and newest.facts == self.facts():
                return None
            return self.back_up(place)

    def save_copy(self, target: Path) -> Backup:
        """Makes a backup at a path of its own. Raises BackupFailed."""
        with self._backing_up:
            return backup.save_copy(self.path, self._key, target, self.clock.now())

    def backups(self, folder: Path) -> tuple[Backup, ...]:
        """This club's backups in the folder, newest first, with their counts."""
        return tuple(one for one in backup.backups(folder, self._key) if one.club == self.id)

    def look_into(self, chosen: Path) -> Backup:
        """A backup from anywhere, with its counts. Raises BadBackup, NewerVersion or OSError."""
        return read_backup(chosen, self._key)

    def restored_from(self, chosen: Path) -> "Club":
        """Puts a backup in the place of this file, which is kept beside it, and opens it; this club is then closed.

        Raises BadBackup, NewerVersion or OSError: this club is then open, and as it was.
        """
        self._lock = self._lock or hold(self.path)
        staged = restoring.stage(chosen, self.path, key=self._key)
        try:
            if staged.version not in KNOWN:
                raise NewerVersion("This backup was made by a newer Breather.", "Install the newest Breather here.")
            self._let_go()
            restoring.swap(staged, self.path, self.clock.now())
        except BaseException:
            staged.clear()
            raise
        opened = _up_to_date(club_file.Opened(self.path, self._key, self.id, staged.version), None, self.clock)
        lock, self._lock = self._lock, None
        return Club(opened, self.actor, self.clock, self._ids, lock)

    def close(self) -> None:
        """Lets go of the file."""
        self._let_go()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _let_go(self) -> None:
        self._reader.dispose()
        self._writer.dispose()


def create_club(
    path: Path,
    name: str,
    passphrase: str,
    *,
    device: str,
    clock: Clock | None = None,
    ids: IdSource | None = None,
    strength: Strength | None = None,
    sample_day: date | None = None,
) -> Club:
    """Makes a new club file and opens it.

    Raises BadInput for an empty name, one too long, or a file that is already there.
    """
    called = checked(ClubRecord, {"name": name}, {"name": "club’s name"})["name"]
    if not called:
        raise BadInput("The club has no name.", "Type the name families know it by.", "name")
    ids = ids or random_ids()
    club_id = ids()
    key = club_file.make(path, passphrase, club_id, _schema_statements(), strength or Strength())
    opened = club_file.Opened(path, key, club_id, HEAD)
    engine = engine_for(path, key)
    now = (clock or SystemClock()).now()
    with engine.begin() as connection:
        first = insert(ClubRecord).values(id=club_id, name=called, created_at=now, sample_day=sample_day)
        connection.execute(first.values(version=1))
        slots = keys.read_ring(path).to_json()
        connection.execute(insert(KeySlotsCopy).values(club_id=club_id, slots=slots))
    engine.dispose()
    return Club(opened, holder_of_the_passphrase(device), clock, ids, hold(path))


def open_club(
    path: Path,
    passphrase: str,
    *,
    device: str,
    clock: Clock | None = None,
    ids: IdSource | None = None,
    place: Place | None = None,
    looking: bool = False,
) -> Club:
    """Opens a club file, bringing an older one up to date first, with a backup in `place` before that.

    `looking` does without the lock, so that a file open elsewhere can be read; it is taken at the first write.
    Raises NotFound, EmptyFile, KeysMissing, WrongPassphrase, Damaged, NewerVersion, InUse, ReadOnly or BackupFailed;
    the file is then unchanged.
    """
    club_file.look(path)
    must_be_writable(path)
    lock = None if looking else hold(path)
    try:
        opened = club_file.open_file(path, passphrase, KNOWN)
        if opened.version != HEAD:
            lock = lock or hold(path)
            opened = _up_to_date(opened, place, clock or SystemClock())
        return Club(opened, holder_of_the_passphrase(device), clock, ids or random_ids(), lock)
    except BaseException:
        if lock is not None:
            lock.release()
        raise


def restore(
    chosen: Path, path: Path, passphrase: str, *, device: str, clock: Clock | None = None, ids: IdSource | None = None
) -> Club:
    """Puts a backup at `path` and opens it; a file of the same club that is there is kept beside it.

    Raises BadBackup, WrongPassphrase, NewerVersion, InUse, ReadOnly, BadInput or OSError; nothing was then changed.
    """
    if not path.parent.is_dir():
        raise BadInput(f"There is no folder {path.parent}.", "Choose a folder that is there.", "path")
    lock = hold(path)
    try:
        staged = restoring.stage(chosen, path, passphrase=passphrase)
        try:
            if staged.version not in KNOWN:
                raise NewerVersion("This backup was made by a newer Breather.", "Install the newest Breather here.")
            restoring.swap(staged, path, (clock or SystemClock()).now())
        except BaseException:
            staged.clear()
            raise
        opened = _up_to_date(club_file.Opened(path, staged.key, staged.club, staged.version), None, SystemClock())
        return Club(opened, holder_of_the_passphrase(device), clock, ids or random_ids(), lock)
    except BaseException:
        lock.release()
        raise


def backups_for(path: Path, data: Path) -> tuple[Backup, ...]:
    """This machine's backups of a club file that cannot be opened, newest first; without their counts."""
    return backup.backups_of(read_place(data).folder, path)


def _up_to_date(opened: club_file.Opened, place: Place | None, clock: Clock) -> club_file.Opened:
    """The file at the newest version; an older one is backed up first where a place is given."""
    if opened.version == HEAD:
        return opened
    if place is not None:
        _back_up_before(opened, place, clock)
    engine = engine_for(opened.path, opened.key)
    with engine.begin() as connection:
        upgrade(connection)
    engine.dispose()
    return replace(opened, version=HEAD)


def _back_up_before(opened: club_file.Opened, place: Place, clock: Clock) -> None:
    """A backup before a migration; where its place cannot be reached, beside the file. Raises BackupFailed."""
    try:
        backup.back_up(opened.path, opened.key, place, clock.now())
    except BackupFailed:
        backup.back_up(opened.path, opened.key, Place(opened.path.parent / backup_place.FOLDER), clock.now())


def delete_club(path: Path) -> None:
    """Deletes a club file, its keys and what SQLite keeps beside it."""
    club_file.delete(path)


def _identity(uow: UnitOfWork) -> tuple[str, date | None]:
    row = uow.session.execute(select(ClubRecord.name, ClubRecord.sample_day)).one()
    return row.name, row.sample_day


def _schema_statements() -> list[str]:
    from sqlalchemy.dialects.sqlite import dialect

    flavour = dialect()
    statements = [str(CreateTable(table).compile(dialect=flavour)) for table in METADATA.sorted_tables]
    indexes = [index for table in METADATA.sorted_tables for index in sorted(table.indexes, key=lambda i: str(i.name))]
    statements += [str(CreateIndex(index).compile(dialect=flavour)) for index in indexes]
    version_table = """CREATE TABLE alembic_version (
        version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
    )"""
    stamp = f"INSERT INTO alembic_version VALUES ('{HEAD}')"  # noqa: S608 - HEAD is a constant of ours
    return [*statements, version_table, stamp]
