"""The composition root: a club file opened, with its clock, its ids and the acting person."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
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
from models.kernel.errors import BadInput
from models.kernel.ids import IdSource, random_ids
from models.migrations.upgrade import HEAD, KNOWN, upgrade
from models.schema import METADATA
from models.storage import club_file, keys
from models.storage.device import device_id
from models.storage.engine import engine_for
from models.storage.keys import Strength
from models.storage.uow import UnitOfWork
from models.storage.values import checked

__all__ = ["Club", "Strength", "UnitOfWork", "Written", "create_club", "delete_club", "device_id", "open_club"]

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

    def __init__(self, opened: club_file.Opened, actor: Actor, clock: Clock | None, ids: IdSource) -> None:
        self.path = opened.path
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
        """Runs the change in a unit of work and commits it, or leaves everything as it was."""
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

    def close(self) -> None:
        """Lets go of the file."""
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
    return Club(opened, holder_of_the_passphrase(device), clock, ids)


def open_club(
    path: Path, passphrase: str, *, device: str, clock: Clock | None = None, ids: IdSource | None = None
) -> Club:
    """Opens a club file, bringing an older one up to date first.

    Raises NotFound, EmptyFile, KeysMissing, WrongPassphrase, Damaged or NewerVersion; the file is then unchanged.
    """
    opened = club_file.open_file(path, passphrase, KNOWN)
    if opened.version != HEAD:
        engine = engine_for(path, opened.key)
        with engine.begin() as connection:
            upgrade(connection)
        engine.dispose()
    return Club(opened, holder_of_the_passphrase(device), clock, ids or random_ids())


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
