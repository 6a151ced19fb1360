"""What a club stands on: a file of its own, or a database on a server. The rest of Breather does not ask which."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Protocol
from uuid import UUID

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from models.storage.archive import Backup
from models.storage.backup_place import Place
from models.storage.club_file import Opened
from models.storage.keys import KeyRing
from models.storage.snapshot import Facts

Prepare = Callable[[Opened, datetime], Opened]
"""Brings a file made from a backup of that moment up to date, and says in its journal what it is."""


class Store(Protocol):
    """Where a club's records are kept, once it is open.

    Attributes:
        path: the club file. club: the club's id. version: the schema's.
        keeps_backups: whether Breather makes its backups; a server's are its keeper's.
        shared: whether others may change it meanwhile, from machines of their own.
    """

    path: Path
    club: UUID
    version: str

    @property
    def keeps_backups(self) -> bool: ...

    @property
    def shared(self) -> bool: ...

    def writing(self) -> Session:
        """A session whose first statement shuts out every other writer until it ends. Raises InUse."""

    def reading(self) -> Session:
        """A session that cannot write and sees one moment."""

    def noting(self) -> Session:
        """A session as `writing` gives, for one line in the journal: also while another copy of Breather may write."""

    def faults(self) -> list[str]:
        """Every fault a full check finds."""

    def facts(self) -> Facts:
        """What it holds now, as a backup counts it."""

    def back_up(self, place: Place, now: datetime) -> Backup:
        """Makes a backup in the place's folder. Raises BackupFailed."""

    def back_up_if_changed(self, place: Place, now: datetime) -> Backup | None:
        """A backup as above; None where the newest one holds everything already."""

    def save_copy(self, target: Path, now: datetime) -> Backup:
        """Makes a backup at a path of its own. Raises BackupFailed."""

    def backups(self, folder: Path) -> tuple[Backup, ...]:
        """This club's backups in the folder, newest first, with their counts."""

    def look_into(self, chosen: Path) -> Backup:
        """A backup from anywhere, with its counts. Raises BadBackup, NewerVersion or OSError."""

    def restored_from(self, chosen: Path, known: tuple[str, ...], now: datetime, prepare: Prepare) -> "Store":
        """Puts a backup in the place of what is here; this store is then closed.

        `known` are the schema versions that can be opened; `prepare` has the file before it takes its place.
        Raises BadBackup, NewerVersion or OSError: this store is then open, and as it was.
        """

    def rekeyed(self, ring: KeyRing, new_key: bytes, new_ring: KeyRing) -> "Store":
        """The same club under a new key; this store is then closed. `ring` is what stands in the keys file.

        Raises InUse or ClubFileError, or BadInput where there is no such key: this store is then open, and as it was.
        """

    def begin(self) -> AbstractContextManager[Connection]:
        """A transaction of plain statements, for the schema and the first rows; committed unless an error leaves it."""

    def wipe(self) -> None:
        """Writes the store anew without what was erased, once the erasure is committed. Raises ClubFileError."""

    def close(self) -> None:
        """Lets go of it."""
