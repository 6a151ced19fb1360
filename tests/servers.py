"""Clubs on a real PostgreSQL, for tests: `installer/test.py` starts one and says where it is (BREATHER_TEST_SERVER).

With `--engine postgresql`, `tests.clubs.new_club` makes its clubs there. Each has a database of its own, cloned from
one that has the tables already, and dropped when its test file is done.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from models.access.permissions import holder_of_the_passphrase
from models.bootstrap import Club
from models.kernel.clock import Clock
from models.kernel.ids import seeded_ids
from models.migrations.upgrade import HEAD, KNOWN
from models.server import making, schema
from models.storage.server_address import Address
from models.storage.server_engine import engine_for
from models.storage.server_store import ServerStore

VARIABLE = "BREATHER_TEST_SERVER"


class Server:
    """The server the tests were given.

    Attributes:
        chosen: whether every club of the tests is to be made on it.
    """

    def __init__(self, url: str, worker: str, *, chosen: bool) -> None:
        self.address = Address.read(url)
        self.chosen = chosen
        self._worker = worker
        self._template = ""
        self._made: list[str] = []
        self._stores: list[ServerStore] = []
        self._count = 0

    def fresh(self, template: str = "") -> Address:
        """A new database like that one; without a template, with the tables of a club ("template0": with nothing)."""
        self._count += 1
        name = f"{self._worker}_{self._count}"
        template = template or self._with_tables()
        self._do(f"CREATE DATABASE {name} TEMPLATE {template}")
        self._made.append(name)
        return replace(self.address, database=name)

    def club(self, name: str, device: str, clock: Clock, seed: int) -> Club:
        """A new, empty club."""
        address, ids = self.fresh(), seeded_ids(seed)
        club = ids()
        ids()  # a club file has its first person's id next
        store = self._kept(ServerStore(address, club, HEAD))
        with store.begin() as connection:
            making.first_row(connection, club, name, clock)
        return Club(store, holder_of_the_passphrase(device), clock, ids)

    def reopen(self, club: Club, seed: int) -> Club:
        """The same club opened again with the same clock, once it is closed."""
        store = self._kept(ServerStore.open(replace(self.address, database=club.path.name), KNOWN))
        return Club(store, club.actor, club.clock, seeded_ids(seed))

    def copy_of(self, club: Club, clock: Clock, seed: int) -> Club:
        """A copy of a closed club, opened."""
        store = self._kept(ServerStore.open(self.fresh(club.path.name), KNOWN))
        return Club(store, club.actor, clock, seeded_ids(seed))

    def behind_its_back(self, club: Club, *statements: str) -> None:
        """Runs statements as the server's owner, with no reference checked."""
        with self.asked(club.path.name) as connection:
            connection.execute("SET session_replication_role = replica")
            for statement in statements:
                connection.execute(statement.encode())

    def rest(self) -> None:
        """Closes every connection; a club that is used again connects again."""
        for store in self._stores:
            store.close()

    def tidy(self) -> None:
        """Drops what was made since the last time."""
        self.rest()
        self._stores.clear()
        while self._made:
            self._do(f"DROP DATABASE IF EXISTS {self._made.pop()} WITH (FORCE)")

    def _kept(self, store: ServerStore) -> ServerStore:
        self._stores.append(store)
        return store

    def _with_tables(self) -> str:
        if not self._template:
            self._template = f"{self._worker}_tables"
            self._do(f"DROP DATABASE IF EXISTS {self._template}")
            self._do(f"CREATE DATABASE {self._template} TEMPLATE template0")
            engine = engine_for(replace(self.address, database=self._template))
            with engine.begin() as connection:
                schema.lay(connection)
            engine.dispose()
        return self._template

    def _do(self, statement: str) -> None:
        with self.asked() as connection:
            connection.execute(statement.encode())

    @contextmanager
    def asked(self, database: str = "") -> "Iterator[psycopg.Connection[Any]]":
        """A connection of the server's owner, each statement a transaction of its own."""
        place = replace(self.address, database=database) if database else self.address
        connection = psycopg.connect(make_conninfo(**place.settings()), autocommit=True)
        try:
            yield connection
        finally:
            connection.close()


_THE: list[Server] = []


def configure(config: pytest.Config) -> None:
    """Looks at where the server is, and whether it is chosen."""
    url, chosen = os.environ.get(VARIABLE, ""), config.getoption("--engine") == "postgresql"
    if chosen and not url:
        raise pytest.UsageError(f"--engine postgresql needs {VARIABLE}: the address of a server (installer/server.py).")
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    _THE[:] = [Server(url, f"t{os.getpid()}_{worker}", chosen=chosen)] if url else []


def server() -> Server | None:
    """The server, where there is one."""
    return next(iter(_THE), None)


def chosen() -> Server | None:
    """The server, where every club is to be made on it."""
    return next((one for one in _THE if one.chosen), None)
