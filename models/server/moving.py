"""A club moved from its file to a server, or back: copied whole, and proved the same before it counts.

What it is copied from is only read. The journal goes along as it is, so that nothing of the past is lost. Everybody's
slot of the keys goes along too; but a server has to be told each person's password anew, since nobody else knows it:
only who moves the club can sign in there at once.
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, insert, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from models.access.queries import may_carry_the_file
from models.bootstrap import Club, open_club
from models.kernel.clock import Clock
from models.kernel.errors import BadInput, Damaged, Disconnected
from models.migrations.upgrade import HEAD
from models.schema import METADATA, statements
from models.server import roles, schema
from models.server.club import ServerClub
from models.server.keeper import read_ring
from models.server.opening import as_owner, let_in_first, open_on_server
from models.storage import club_file
from models.storage.file_store import FileStore
from models.storage.journal import plain
from models.storage.journal_check import verify_chain
from models.storage.keys import keys_path
from models.storage.server_address import Address
from models.storage.server_engine import LOST, engine_for
from models.storage.uow import UnitOfWork

AT_ONCE = 500
NOT_THE_SAME = "The copy is not the same as what it was made from. Nothing was moved."


def to_server(club: Club, address: Address, password: str, *, data: Path | None = None) -> ServerClub:
    """Copies an open club file into an empty database, and opens it there as the acting person.

    `address` has the name and password of whoever owns the database; `password` is the acting person's own. The file
    stays as it is. Raises WrongPassphrase, Denied, BadInput, NoServer or Damaged: nothing is then on the server.
    """
    club.read(may_carry_the_file)
    club.confirm(password)
    account = club.account
    if account is None:
        raise BadInput("Nobody has a name of their own here yet.", "Add the first person, and sign in as them.")
    person = account

    def copy(uow: UnitOfWork) -> None:
        with as_owner(address) as target:
            schema.lay(target)
            _copy(uow, uow.session.connection(), target)
            roles.make_groups(target, address.database)
            let_in_first(target, address.database, person.name, password, person.roles)

    try:
        club.read(copy)
    except OperationalError as error:  # the driver’s own words, where the line went in the middle of them
        raise Disconnected(LOST, "Nothing was moved. Try again when this machine is on the network.") from error
    device = club.actor.device
    return open_on_server(address.public, password, name=person.name, device=device, clock=_its_clock(club), data=data)


def to_file(club: ServerClub, address: Address, password: str, path: Path, *, data: Path | None = None) -> Club:
    """Copies an open club on a server into a new club file, and opens it as the acting person.

    `address` has the name and password of whoever owns the database, who alone can read every table. Everybody's
    password opens the file. Raises WrongPassphrase, Denied, BadInput, NoServer or Damaged: there is then no file.
    """
    club.read(may_carry_the_file)
    club.confirm(password)
    account, ring, key = club.account, club.read(read_ring), club.ring_key
    if path.exists() or keys_path(path).exists():
        raise BadInput(f"There is already a file called {path.name} here.", "Choose another name.")
    half = path.with_name(f"{path.stem}.moving{path.suffix}")
    club_file.delete(half)
    engine = engine_for(address, read_only=True)
    try:
        club_file.make(half, ring, key, statements(HEAD))
        store = FileStore(club_file.Opened(half, key, club.id, HEAD))
        try:
            with engine.connect() as source, store.begin() as target:
                club.read(lambda uow: _copy(uow, source, target))
        finally:
            store.close()
        keys_path(half).replace(keys_path(path))
        half.replace(path)
    except BaseException:
        with suppress(OSError):
            club_file.delete(half)
            if not path.exists():  # keys of no file would stand in the way of the next try
                keys_path(path).unlink(missing_ok=True)
        raise
    finally:
        engine.dispose()
    name = account.name if account else None
    return open_club(path, password, name=name, device=club.actor.device, clock=_its_clock(club), data=data)


def _its_clock(club: Club) -> Clock | None:
    """The clock it was opened with; None for a sample club, which brings its own."""
    return club.clock if club.sample_day is None else None


def _copy(uow: UnitOfWork, source: Connection, target: Connection) -> None:
    """Raises Damaged unless every table then says the same on both sides, and the journal's chain holds."""
    _copy_rows(source, target)
    for table in METADATA.sorted_tables:
        if digest(source, table) != digest(target, table):
            raise Damaged(NOT_THE_SAME, "Try again; if it happens again, tell whoever looks after Breather.")
    beside = Session(target, join_transaction_mode="create_savepoint")
    with UnitOfWork(beside, uow.actor, uow.clock, uow.ids, read_only=True) as there:
        faults = verify_chain(there)
    if faults:
        raise Damaged(f"The journal of this club is not whole. {faults[0]}", "“breather verify” says all of it.")


def _copy_rows(source: Connection, target: Connection) -> None:
    for table in METADATA.sorted_tables:
        for rows in source.execute(select(table)).mappings().partitions(AT_ONCE):
            target.execute(insert(table), [dict(row) for row in rows])


def digest(connection: Connection, table: Table) -> tuple[int, str]:
    """How many rows a table has, and a digest of what all of them say, in whatever order and on whatever engine."""
    rows = sorted(_row_digests(connection, table))
    return len(rows), hashlib.sha256(b"".join(rows)).hexdigest()


def _row_digests(connection: Connection, table: Table) -> Iterator[bytes]:
    for row in connection.execute(select(table)).yield_per(AT_ONCE):
        said: list[Any] = [plain(value) for value in row]
        text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        yield hashlib.sha256(text.encode()).digest()
