"""The composition root: a club file opened, with its clock, its ids and the acting person."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Generic, TypeVar
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from models.access import accounts
from models.access.accounts import Removed, Told
from models.access.aside import aside_of
from models.access.denials import Refusals
from models.access.keeper import Carried, KeyKeeper
from models.access.opening import Arrival, arrive, by_raw_key, unlocked
from models.access.passwords import check_password
from models.access.people import AccountRow, as_seen, present
from models.access.permissions import Permission, holder_of_the_passphrase
from models.access.queries import may_carry_the_file
from models.access.records import AccessEvent, AccountRecord, ClubRecord, KeySlotsCopy
from models.access.rules import AccessKind, Role
from models.access.sign_in import SignedIn
from models.kernel.actor import Actor
from models.kernel.clock import Clock, DayClock, SystemClock, machine_now
from models.kernel.errors import BackupFailed, BadInput
from models.kernel.ids import IdSource, random_ids
from models.migrations.upgrade import HEAD, KNOWN, upgrade
from models.privacy import since
from models.privacy.since import Since
from models.schema import statements
from models.storage import backup, backup_place, club_file, heads, keys, recovery, restoring
from models.storage.archive import SUFFIX as BACKUP_SUFFIX
from models.storage.archive import Backup, opened_by, ring_of
from models.storage.archive import read as read_backup
from models.storage.backup_place import Place, choose_folder, note_trouble, read_place
from models.storage.device import device_id
from models.storage.file_store import FileStore, put_in_place
from models.storage.guesses import Guesses
from models.storage.heads import Compared
from models.storage.keys import Strength
from models.storage.lock import hold, must_be_writable
from models.storage.restoring import kept_aside
from models.storage.snapshot import Facts
from models.storage.store import Prepare, Store
from models.storage.thinning import last_day
from models.storage.trouble import told
from models.storage.uow import UnitOfWork
from models.storage.values import checked

__all__ = [
    "BACKUP_SUFFIX", "AccountRow", "Backup", "Club", "Compared", "Facts", "Place", "Removed", "Role", "Strength",
    "Told", "UnitOfWork", "Written", "asks_for_name", "backups_for", "choose_folder", "create_club", "delete_club",
    "device_id", "kept_aside", "note_trouble", "open_club", "open_with_recovery", "read_backup", "read_place",
    "restore",
]  # fmt: skip

T = TypeVar("T")
S = TypeVar("S", bound=Store)


@dataclass(frozen=True)
class Written(Generic[T]):
    """What a committed change answered, which areas it changed, and its id in the journal (None: nothing changed)."""

    value: T
    areas: frozenset[str]
    change_id: UUID | None


class Club(SignedIn):
    """An open club. `write` belongs to one thread; `read` may be called from several. Who acts: see `SignedIn`.

    Attributes:
        path: the file. name: the club's. clock: the machine's, or the sample club's own day. sample_day: that day.
        keeps_backups: whether Breather makes backups of it; a server's are its keeper's.
        shared: whether others change it meanwhile, from machines of their own.
    """

    def __init__(
        self, store: Store, actor: Actor, clock: Clock | None, ids: IdSource, keeper: KeyKeeper | None = None,
        guesses: Guesses | None = None,
    ) -> None:  # fmt: skip
        """`keeper` and `guesses` None: people sign in elsewhere (on a server)."""
        self._store = store
        self._keeper = keeper
        self._guesses = guesses
        self.path = store.path
        self.keeps_backups = store.keeps_backups
        self.shared = store.shared
        self.id = store.club
        self.actor = actor
        self._ids = ids
        self._refusals = Refusals(self._noting, ids)
        self.clock = clock or SystemClock()
        name, sample_day = self.read(_identity)
        self.name: str = name
        self.sample_day: date | None = sample_day
        if clock is None and sample_day is not None:
            self.clock = DayClock(sample_day)

    @property
    def where(self) -> str:
        """What opens it again on this machine: the path of the file, the address of the server."""
        return str(self.path)

    def write(self, change: Callable[[UnitOfWork], T], label: str) -> Written[T]:
        """Runs the change in a unit of work and commits it, or leaves everything as it was. Raises InUse."""
        session, actor = self._store.writing(), self.actor
        with self._refusals.noted(actor, self.clock), UnitOfWork(session, actor, self.clock, self._ids, label) as uow:
            uow.sealing_key = self.sealing_key
            try:
                value = change(uow)
                areas = uow.commit()
            except IntegrityError as error:
                raise BadInput(
                    "This does not fit with what is already kept.", "Check for a name, date or number used twice."
                ) from error
            written = Written(value, areas, uow.change_id if areas else None)
        if uow.erases:
            self._store.wipe()
        return written

    def read(self, query: Callable[[UnitOfWork], T]) -> T:
        """Runs a query on a connection that cannot write."""
        session, actor = self._store.reading(), self.actor
        with (
            self._refusals.noted(actor, self.clock),
            UnitOfWork(session, actor, self.clock, self._ids, read_only=True) as uow,
        ):
            uow.sealing_key = self.sealing_key
            return query(uow)

    def _noting(self) -> Session:
        return self._store.noting()  # asked for each time: a re-keyed file has another store

    def faults(self) -> list[str]:
        """Every fault a full check of the club finds."""
        return self._store.faults()

    def check_journal(self, data: Path, *more: Path) -> Compared:
        """Holds the journal against what is known of it outside: this machine's backups and note, and `more` backups.

        Raises BadBackup, NewerVersion or OSError for one of `more`.
        """
        backups = (*self.backups(read_place(data).folder), *(self.look_into(one) for one in more))
        note = heads.read_note(data, self.id)
        witnesses = [*heads.of_backups(backups), *([note] if note else [])]
        return self.read(lambda uow: heads.compare(uow, witnesses))

    def note_journal(self, data: Path) -> None:
        """Keeps on this machine where the journal ends, so that a cut shows before there is a backup."""
        with suppress(DBAPIError):  # a file that does not read is told of where it is checked
            self.read(lambda uow: heads.keep_note(data, self.id, uow, self.clock.now()))

    def facts(self) -> Facts:
        """What the club holds now, as a backup counts it."""
        return self._store.facts()

    def back_up(self, place: Place) -> Backup:
        """Makes a backup in the place's folder. Holds up nobody who writes. Raises BackupFailed."""
        return self._store.back_up(place, self.clock.now())

    def back_up_if_changed(self, place: Place) -> Backup | None:
        """A backup as above; None where the newest one holds everything already."""
        return self._store.back_up_if_changed(place, self.clock.now())

    def save_copy(self, target: Path) -> Backup:
        """Makes a backup at a path of its own. Raises BackupFailed."""
        self.read(may_carry_the_file)
        return self._store.save_copy(target, self.clock.now())

    def backups(self, folder: Path) -> tuple[Backup, ...]:
        """This club's backups in the folder, newest first, with their counts."""
        return self._store.backups(folder)

    def look_into(self, chosen: Path) -> Backup:
        """A backup from anywhere, with its counts. Raises BadBackup, NewerVersion or OSError."""
        return self._store.look_into(chosen)

    def restored_from(self, chosen: Path) -> "Club":
        """Puts a backup in the place of this club, which is kept beside it, and opens it; this club is then closed.

        Who can sign in and what is under a legal hold stay as they are now, and who was erased is erased again. Raises
        Denied, BadBackup, NewerVersion or DiskTrouble: this club is then open, and as it was.
        """
        self.read(may_carry_the_file)
        carried = self.read(self._keeper.carried) if self._keeper else None
        prepare = _restored_by(self.actor, self.clock, self._ids, self.read(since.known_now), carried)
        store = self._store.restored_from(chosen, KNOWN, self.clock.now(), prepare)
        try:
            club = Club(store, self.actor, self.clock, self._ids, self._keeper, self._guesses)
        except BaseException:  # the backup is in its place; the lock must not be held by a club nobody has
            store.close()
            raise
        club.account = self.account
        return club

    def remove_person(
        self, account_id: UUID, place: Place | None = None, *, losing_concerns: bool = False
    ) -> Removed:  # fmt: skip
        """See `accounts.remove`; with a place, which of its backups their password still opens, and until when."""
        told = self._with_keys(
            lambda uow, keeper: accounts.remove(uow, keeper, account_id, losing_concerns=losing_concerns),
            "Took somebody off",
        )
        made = self.backups(place.folder) if place is not None else ()
        theirs = tuple(one for one in made if opened_by(one.path, account_id))
        words = (*told.words, *(aside_of(self.path, account_id) if self.keeps_backups else ()))
        return Removed(told.account, words, theirs, last_day(theirs[0].made_at) if theirs else None)

    def rekey(self, password: str) -> None:
        """Gives the file a new key that nobody who was taken off can have, sealed to everybody who can sign in.

        `password` proves the acting person. Nobody may read or write meanwhile. The file's recovery key changes with
        it. Raises WrongPassphrase, TooManyGuesses, Denied, InUse or ClubFileError: all is then as it was.
        """
        self.read(lambda uow: uow.require(Permission.PEOPLE))
        self.confirm(password)
        keeper, ring, new_key = self._keys, self.read(self._keys.ring), keys.new_key()
        old = [keys.OldSlot.make(one.name, new_key, self.id, password, one.strength) for one in ring.old]
        new_ring = ring.rekeyed(keys.Unlocked(new_key), old)
        self._store = self._store.rekeyed(ring, new_key, new_ring)
        keeper.key = new_key
        keeper.keep_on_machine(new_ring)
        self.write(lambda uow: _remember(uow, AccessKind.REKEYED), "Made a new key for the file")

    def close(self) -> None:
        """Lets go of the club."""
        self._refusals.write_rest(self.actor, self.clock)
        self._store.close()


def create_club(
    path: Path,
    name: str,
    passphrase: str,
    *,
    device: str,
    person: str = "Manager",
    clock: Clock | None = None,
    ids: IdSource | None = None,
    strength: Strength | None = None,
    sample_day: date | None = None,
    data: Path | None = None,
) -> Club:
    """Makes a new club file and opens it; `person` is its first manager, and the passphrase their password.

    `data` is this machine's folder, where a copy of the keys is kept. Raises BadInput for an empty name, one too long,
    a passphrase that is easily guessed (see `access.passwords`), or a file that is already there.
    """
    called = checked(ClubRecord, {"name": name}, {"name": "club’s name"})["name"]
    if not called:
        raise BadInput("The club has no name.", "Type the name families know it by.", "name")
    first = checked(AccountRecord, {"name": as_seen(person)}, {"name": "name"})["name"]
    if not first:
        raise BadInput("The first person has no name.", "Type the name you will sign in with.", "person")
    check_password(passphrase, club=called, person=first, field="passphrase")
    ids = ids or random_ids()
    club_id, account_id = ids(), ids()
    strength = strength or Strength()
    ring, key = keys.KeyRing.new(club_id, account_id, first, passphrase, strength)
    club_file.make(path, ring, key, statements(HEAD))
    opened = club_file.Opened(path, key, club_id, HEAD, keys.Unlocked(key, None, account_id))
    store = FileStore(opened, hold(path))
    now = (clock or SystemClock()).now()
    with store.begin() as connection:
        club = insert(ClubRecord).values(id=club_id, name=called, created_at=now, sample_day=sample_day)
        connection.execute(club.values(version=1))
        connection.execute(insert(KeySlotsCopy).values(club_id=club_id, slots=ring.to_json(), retired=[]))
        manager = insert(AccountRecord).values(id=account_id, version=1, name=first, role=Role.MANAGER)
        connection.execute(manager.values(safeguarding=False, pin="", new_password=False))
    arrival = Arrival(opened, ring, Guesses.of(path, club_id, data), account_id)
    return _signed_in(store, arrival, passphrase, device, clock, ids, data, named=True)


def open_club(
    path: Path,
    passphrase: str,
    *,
    device: str,
    name: str | None = None,
    clock: Clock | None = None,
    ids: IdSource | None = None,
    place: Place | None = None,
    looking: bool = False,
    data: Path | None = None,
) -> Club:
    """Opens a club file, bringing an older one up to date first, with a backup in `place` before that.

    `passphrase` is the password of the person called `name`; without a name, of whoever it belongs to. `data` is this
    machine's folder: its copy of the keys serves where the keys file is away, and wrong passwords are counted there
    too. `looking` does without the lock, so that a file open elsewhere can be read; it is taken at the first write.
    Raises NotFound, EmptyFile, KeysMissing, WrongPassphrase, TooManyGuesses, Damaged, NewerVersion, InUse, ReadOnly or
    BackupFailed; the file is then unchanged.
    """
    path = club_file.behind(path)
    club_file.look(path)
    must_be_writable(path)
    lock = None if looking else hold(path)
    try:
        arrival = arrive(path, passphrase, name, machine_now(clock), data, KNOWN)
        store = FileStore(arrival.opened, lock)
    except BaseException:
        if lock is not None:
            lock.release()
        raise
    try:
        if store.version != HEAD:
            store.take_lock()
        store = _up_to_date(store, place, clock or SystemClock())
        named = name is not None
        ids = ids or random_ids()
        return _signed_in(store, arrival, passphrase, device, clock, ids, data, named=named, looking=looking)
    except BaseException:
        store.close()
        raise


def asks_for_name(path: Path) -> bool:
    """Whether people sign in to this file by name. Raises KeysMissing, Damaged or NewerVersion."""
    return bool(keys.read_ring(club_file.behind(path)).slots)


def open_with_recovery(
    path: Path, recovery_key: str, *, name: str, password: str, device: str, clock: Clock | None = None,
    ids: IdSource | None = None, place: Place | None = None, data: Path | None = None,
    strength: Strength | None = None, backup: Path | None = None, losing_concerns: bool = False,
) -> Club:  # fmt: skip
    """Opens a club file by its recovery key, without its keys file, and makes `name` a manager with a new password.

    Where a `backup` is given, it is put at `path` first, as `restore` does; it keeps what `losing_concerns` asks about.
    Raises BadBackup, BadInput (fields "recovery_key", "name", "password"), NotFound, EmptyFile, WrongPassphrase where
    the key is not this file's (or its first page is damaged: that cannot be told apart), LosesConcerns, Damaged,
    NewerVersion, InUse, ReadOnly or BackupFailed.
    """
    key, path = recovery.from_words(recovery_key), club_file.behind(path)
    if backup is not None:
        check_password(password, person=name)
    else:
        club_file.look(path)
        must_be_writable(path)
    lock = hold(path)
    try:
        if backup is not None:
            now = clock or SystemClock()
            known = since.known_at(path, key, KNOWN)
            prepare = _restored_by(holder_of_the_passphrase(device), now, ids or random_ids(), known)
            _put_back(backup, path, key, prepare, now)
        opened = by_raw_key(path, key, KNOWN)
        store = _up_to_date(FileStore(opened, lock), place, clock or SystemClock())
        guesses = Guesses.of(path, opened.club, data)
        keeper = KeyKeeper(path, opened.club, keys.Unlocked(key), data, strength or Strength())
        club = Club(store, holder_of_the_passphrase(device), clock, ids or random_ids(), keeper, guesses)
        club.recover(name, password, losing_concerns=losing_concerns or backup is not None)
        return club
    except BaseException:
        lock.release()
        raise


def _put_back(chosen: Path, path: Path, key: bytes, prepare: Prepare, now: Clock) -> club_file.Opened:
    with told(path):
        staged = restoring.stage(chosen, path, key=key)
        return put_in_place(staged, path, KNOWN, now.now(), prepare, lambda: None)


def _remember(uow: UnitOfWork, kind: AccessKind, detail: str = "") -> None:
    uow.add(AccessEvent(kind=kind, who=uow.actor.name, detail=detail, at=uow.clock.now()))


def _signed_in(
    store: Store, arrival: Arrival, password: str, device: str, clock: Clock | None, ids: IdSource, data: Path | None,
    *, named: bool, looking: bool = False,
) -> Club:  # fmt: skip
    """The club with the person acting whose slot opened it. Raises WrongPassphrase for one who was taken off."""
    unlocked = arrival.opened.unlocked or keys.Unlocked(arrival.opened.key)
    keeper = KeyKeeper(store.path, store.club, unlocked, data, arrival.ring.strength)
    club = Club(store, holder_of_the_passphrase(device), clock, ids, keeper, arrival.guesses)
    club.come_in(arrival, password, named=named, looking=looking)
    return club


def restore(
    chosen: Path,
    path: Path,
    passphrase: str,
    *,
    device: str,
    name: str | None = None,
    clock: Clock | None = None,
    ids: IdSource | None = None,
    data: Path | None = None,
) -> Club:
    """Puts a backup at `path` and opens it; a file of the same club that is there is kept beside it.

    `passphrase` is the password of somebody (`name`) who could sign in, and put back backups, when it was made. Raises
    BadBackup, WrongPassphrase, TooManyGuesses, Denied, NewerVersion, InUse, ReadOnly, BadInput or OSError; nothing was
    then changed.
    """
    path = club_file.behind(path)
    if not path.parent.is_dir():
        raise BadInput(f"There is no folder {path.parent}.", "Choose a folder that is there.", "path")
    if path.is_dir():
        raise BadInput(f"{path} is a folder.", "Say what the club file in it is to be called.", "path")
    lock = hold(path)
    try:
        now, made = clock or SystemClock(), ids or random_ids()
        ring = ring_of(chosen)
        guesses = Guesses.of(path, ring.club, data)
        found = unlocked(ring, passphrase, name, guesses, machine_now(now))
        known = since.known_at(path, found.key, KNOWN, passphrase, name)
        prepare = _restored_by(holder_of_the_passphrase(device), now, made, known, account=found.account)
        opened = _put_back(chosen, path, found.key, prepare, now)
        arrival = Arrival(replace(opened, unlocked=found), ring, guesses, found.account)
        store, named = FileStore(opened, lock), name is not None
        return _signed_in(store, arrival, passphrase, device, clock, made, data, named=named)
    except BaseException:
        lock.release()
        raise


def backups_for(path: Path, data: Path, password: str = "") -> tuple[Backup, ...]:
    """This machine's backups of a club file that cannot be opened, newest first; with a password, with their counts."""
    return backup.backups_of(read_place(data).folder, path, password)


def _up_to_date(store: S, place: Place | None, clock: Clock) -> S:
    """The store at the newest version; an older one is backed up first where a place is given."""
    if store.version == HEAD:
        return store
    if place is not None:
        _back_up_before(store, place, clock)
    with store.begin() as connection:
        upgrade(connection)
    store.version = HEAD
    return store


def _restored_by(
    actor: Actor, clock: Clock, ids: IdSource, known: Since, carried: Carried | None = None, account: UUID | None = None
) -> Prepare:  # fmt: skip
    """What is done to a file made from a backup before it takes its place: brought up to date, and told of.

    `carried` is who can sign in now, where that is known; without it, whoever could when the backup was made, and
    `account` the one of them who acts. `known`: the legal holds and erasures of now, which a restore does not undo.
    """

    def prepare(opened: club_file.Opened, made_at: datetime) -> club_file.Opened:
        store = FileStore(opened)
        try:
            _up_to_date(store, None, clock)
            with UnitOfWork(store.writing(), actor, clock, ids, "Put back a backup") as uow:
                if account is not None:
                    uow.actor = present(uow.session, account).actor(actor.device)
                who = uow.actor
                uow.require(Permission.RESTORE)
                heads.note_restore(uow, made_at, since.waiting_for(uow, known))
                since.hold_good(uow, known)
                if carried is not None:
                    carried.put(uow, opened.path)
                uow.commit()
            begin = partial(UnitOfWork, actor=who, clock=clock, ids=ids, label=since.AGAIN)
            since.erase_all_again(lambda: begin(store.writing()), store.wipe, made_at)
            return replace(opened, version=store.version)
        finally:
            store.close()

    return prepare


def _back_up_before(store: Store, place: Place, clock: Clock) -> None:
    """A backup before a migration; where its place cannot be reached, beside the file. Raises BackupFailed."""
    try:
        store.back_up(place, clock.now())
    except BackupFailed:
        store.back_up(Place(store.path.parent / backup_place.FOLDER), clock.now())


def delete_club(path: Path) -> None:
    """Deletes a club file, its keys and what SQLite keeps beside it."""
    club_file.delete(path)


def _identity(uow: UnitOfWork) -> tuple[str, date | None]:
    row = uow.session.execute(select(ClubRecord.name, ClubRecord.sample_day)).one()
    return row.name, row.sample_day
