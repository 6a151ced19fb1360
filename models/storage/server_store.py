"""A club kept in a database of its own on a PostgreSQL server (see `storage.store.Store`)."""

from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, Self
from uuid import UUID

from sqlalchemy import Connection, Uuid, column, func, inspect, select, table, text
from sqlalchemy.orm import Session

from models.kernel.errors import (
    BackupFailed,
    BadBackup,
    BadInput,
    Disconnected,
    NewerVersion,
    NotFound,
    SavedAfterAll,
    Unsure,
    WrongPassphrase,
)
from models.kernel.ids import ERASED_HOME
from models.storage.archive import Backup
from models.storage.backup_place import Place
from models.storage.journal import ChangeRecord
from models.storage.keys import KeyRing
from models.storage.server_address import Address
from models.storage.server_engine import LOST, connect, engine_for
from models.storage.snapshot import Facts
from models.storage.store import Prepare

if TYPE_CHECKING:
    import psycopg

SOON = 3
"""Seconds somebody waits who wants to come back in."""
LET_IN_NO_MORE = (
    "The server does not let you in any more as you signed in: your name or password was changed elsewhere.",
    "Nothing was changed. Lock Breather with Ctrl+L and sign in anew; if you cannot, ask a manager.",
)
NO_BACKUP = (
    "This club is on a server, and its backups are the server’s own.",
    "Ask whoever looks after the server; or make a club file of it with “breather move”.",
)


class ServerSession(Session):
    """A session that finds out what became of a COMMIT whose answer never came.

    `info["change"]` is the id that the change has in the journal; `info["store"]` the store.
    """

    def commit(self) -> None:
        """Commits. Raises Disconnected where nothing was saved, or where that cannot be known just now."""
        try:
            super().commit()
        except Disconnected as lost:
            store: ServerStore = self.info["store"]
            if not store.settled(self.info["change"]):
                raise Disconnected(LOST, "Nothing was changed. Make your change again.") from lost


class ServerStore:
    """An open club on a server.

    Attributes:
        path: no file, but named as the database is. club: the club's id. version: the schema's.
        address: where it is, and who is signed in.
    """

    keeps_backups = False
    shared = True

    def __init__(self, address: Address, club: UUID, version: str) -> None:
        self.address = address
        self.path = Path(address.database)
        self.club = club
        self.version = version
        self._unsure: UUID | None = None
        self._writer = engine_for(address, connecting=self._connect)
        self._reader = engine_for(address, read_only=True, connecting=self._connect)

    @classmethod
    def open(cls, address: Address, known: tuple[str, ...]) -> Self:
        """Signs in. Raises NoServer, WrongPassphrase, NotFound or NewerVersion."""
        store = cls(address, UUID(int=0), "")
        try:
            with store._reader.connect() as connection:
                store.club, store.version = _identity(connection)
            if store.version not in known:
                raise NewerVersion(
                    "This club was last used with a newer Breather than this one.",
                    "Install the newest Breather on this computer, then open it again.",
                )
        except BaseException:
            store.close()
            raise
        return store

    def writing(self) -> Session:
        """A session that shuts out every other writer. Raises SavedAfterAll, once, or Disconnected."""
        if self._unsure is not None:
            change = self._unsure
            if self.settled(change):
                raise SavedAfterAll(
                    "The change you made when the connection was lost has been saved after all.",
                    "Look at it before you change anything else. Nothing was saved twice.",
                )
        return ServerSession(self._writer, expire_on_commit=False, info={"store": self})

    def noting(self) -> Session:
        """A session that shuts out every other writer for one line in the journal."""
        return ServerSession(self._writer, expire_on_commit=False, info={"store": self})

    def reading(self) -> Session:
        """A session that cannot write and sees one moment."""
        return Session(self._reader, expire_on_commit=False, autoflush=False)

    def look(self) -> bool:
        """Whether the login of who is signed in still opens; False where their password was changed elsewhere.

        Raises NoServer or Disconnected unless the server answers soon, for somebody stands and waits.

        Lines of before are let go of: after a machine slept they may only look alive, and hold up for long.
        """
        try:
            connect(self.address, read_only=True, within=SOON).close()
        except WrongPassphrase:
            return False
        self._reader.dispose()
        return True

    def settled(self, change: UUID) -> bool:
        """Whether a change whose COMMIT had no answer is in the journal. Raises Unsure where nobody can tell.

        Asked under the writers' lock: the lost transaction holds that until it has ended one way or the other.
        """
        self._unsure = change
        self._writer.dispose()
        try:
            with self._writer.begin() as connection:
                found = connection.scalar(select(ChangeRecord.id).where(ChangeRecord.id == change))
        except Exception as error:
            raise Unsure(
                f"{LOST} Whether your change was saved cannot be known yet.",
                "What you typed is still here. Save it again once this machine is on the network: never twice.",
            ) from error
        self._unsure = None
        return found is not None

    def rekeyed(self, ring: KeyRing, new_key: bytes, new_ring: KeyRing) -> "ServerStore":
        """Raises BadInput: a server's files are not under a key of ours."""
        raise BadInput(
            "A club on a server has no key to change.",
            "Somebody who was taken off has no way in to the server any more; nothing else is needed.",
        )

    def begin(self) -> AbstractContextManager[Connection]:
        """A transaction of plain statements."""
        return self._writer.begin()

    def faults(self) -> list[str]:
        """None that this machine could find: the pages are the server's to check."""
        return []

    def facts(self) -> Facts:
        """What the club holds now."""
        with self._reader.connect() as connection:
            return _facts(connection)

    def back_up(self, place: Place, now: datetime) -> Backup:
        """Raises BackupFailed: a server's backups are its own."""
        _no_backup()

    def back_up_if_changed(self, place: Place, now: datetime) -> Backup | None:
        """None: there is nothing for this machine to keep."""
        return None

    def save_copy(self, target: Path, now: datetime) -> Backup:
        """Raises BackupFailed, as above."""
        _no_backup()

    def backups(self, folder: Path) -> tuple[Backup, ...]:
        """None of this machine's."""
        return ()

    def look_into(self, chosen: Path) -> Backup:
        """Raises BadBackup: a backup of a file is no server's."""
        raise BadBackup("A backup of a club file cannot take the place of a club on a server.", NO_BACKUP[1])

    def restored_from(self, chosen: Path, known: tuple[str, ...], now: datetime, prepare: Prepare) -> "ServerStore":
        """Raises BadBackup, as above."""
        raise BadBackup("A backup of a club file cannot take the place of a club on a server.", NO_BACKUP[1])

    def wipe(self) -> None:
        """Nothing: only the tables' owner may write them anew. Dead rows, and what ANALYZE noted of columns, go when
        the server next tidies, or when its keeper does (VACUUM FULL, ANALYZE); `resources/help/server.md` says so.
        """

    def _connect(self, address: Address, *, read_only: bool) -> "psycopg.Connection[Any]":
        """Raises WrongPassphrase with words of its own for somebody who was in already."""
        try:
            return connect(address, read_only=read_only)
        except WrongPassphrase as error:
            raise (WrongPassphrase(*LET_IN_NO_MORE) if self.version else error) from None

    def close(self) -> None:
        """Lets go of every connection."""
        self._reader.dispose()
        self._writer.dispose()


def _no_backup() -> NoReturn:
    raise BackupFailed(*NO_BACKUP)


def _identity(connection: Connection) -> tuple[UUID, str]:
    if not inspect(connection).has_table("alembic_version"):
        raise NotFound("There is no club in this database yet.", "Make one with “breather new”.")
    version = connection.scalar(text("SELECT version_num FROM alembic_version"))
    club = connection.scalar(text("SELECT id FROM club"))
    return UUID(str(club)), str(version)


def _facts(connection: Connection) -> Facts:
    ours = "relnamespace = CAST('public' AS regnamespace) AND relkind = 'r'"
    seen = f"SELECT relname FROM pg_class WHERE {ours} AND has_table_privilege(oid, 'SELECT')"  # noqa: S608 - our own
    names = sorted(connection.scalars(text(seen)))  # concerns are for safeguarding leads, and so is how many there are
    tables = {name: connection.scalar(select(func.count()).select_from(table(name))) or 0 for name in names}
    version = connection.scalar(text("SELECT version_num FROM alembic_version"))
    last = connection.execute(text("SELECT number, chain FROM journal_entry ORDER BY number DESC LIMIT 1")).first()
    number, chain = last or (0, "")
    nobodys = select(func.count()).select_from(table("child")).where(column("family_id", Uuid) == ERASED_HOME)
    nameless = connection.scalar(nobodys) if "child" in tables else 0
    return Facts(str(version), int(number), str(chain), tables, nameless or 0)
