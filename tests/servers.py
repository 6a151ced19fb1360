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

from models.access.rules import Role
from models.bootstrap import Club
from models.kernel.clock import Clock
from models.kernel.ids import IdSource, seeded_ids
from models.server import opening, roles, schema
from models.storage.keys import Strength
from models.storage.server_address import Address, prefix

VARIABLE = "BREATHER_TEST_SERVER"
MANAGER = "Manager"
CHEAP = Strength(time=1, memory_kib=64, lanes=1)


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
        self._clubs: list[Club] = []
        self._count = 0

    def fresh(self, template: str = "") -> Address:
        """A new database like that one; without a template, with the tables of a club ("template0": with nothing)."""
        self._count += 1
        name = f"{self._worker}_{self._count}"
        template = template or self._with_tables()
        self._do(f"CREATE DATABASE {name} TEMPLATE {template}")
        self._made.append(name)
        return replace(self.address, database=name)

    def club(self, name: str, password: str, device: str, clock: Clock, seed: int) -> Club:
        """A new, empty club, as its first manager."""
        address, ids = self.fresh(), seeded_ids(seed)
        club, account = ids(), ids()
        with opening.as_owner(address) as connection:
            opening.first_rows(connection, club, account, name, MANAGER, password, clock.now(), CHEAP)
        self._let_in(address, password)
        return self._opened(address.database, password, device, clock, ids)

    def reopen(self, club: Club, password: str, seed: int) -> Club:
        """The same club opened again with the same clock, once it is closed."""
        return self._opened(club.path.name, password, club.actor.device, club.clock, seeded_ids(seed))

    def copy_of(self, club: Club, password: str, clock: Clock, seed: int) -> Club:
        """A copy of a closed club, opened."""
        address = self.fresh(club.path.name)
        self._let_in(address, password)
        return self._opened(address.database, password, club.actor.device, clock, seeded_ids(seed))

    def _opened(self, database: str, password: str, device: str, clock: Clock, ids: IdSource) -> Club:
        place = replace(self.address, database=database).public
        club = opening.open_on_server(place, password, name=MANAGER, device=device, clock=clock, ids=ids)
        self._clubs.append(club)
        return club

    def _let_in(self, address: Address, password: str) -> None:
        """The roles of a club that was cloned, and a login for its manager.

        Tests have anybody act on it, so it may read concerns too; `tests/server` is about each role's own login.
        """
        with opening.as_owner(address) as connection:
            roles.make_groups(connection, address.database)
            opening.let_in_first(connection, address.database, MANAGER, password, (Role.MANAGER, Role.SAFEGUARDING))

    def behind_its_back(self, club: Club, *statements: str) -> None:
        """Runs statements as the server's owner, with no reference checked."""
        with self.asked(club.path.name) as connection:
            connection.execute("SET session_replication_role = replica")
            for statement in statements:
                connection.execute(statement.encode())

    def rest(self) -> None:
        """Closes every connection; a club that is used again connects again."""
        for club in self._clubs:
            club.close()

    def tidy(self) -> None:
        """Drops what was made since the last time."""
        self.rest()
        self._clubs.clear()
        while self._made:
            name = self._made.pop()
            with self.asked() as connection:
                connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())
                found = connection.execute(
                    "SELECT rolname FROM pg_roles WHERE starts_with(rolname, %s)", [prefix(name)]
                )
                for (role,) in sorted(found.fetchall(), key=lambda one: one[0].endswith("_owner")):
                    connection.execute(f"DROP ROLE {role}".encode())

    def _with_tables(self) -> str:
        if not self._template:
            self._template = f"{self._worker}_tables"
            self._do(f"DROP DATABASE IF EXISTS {self._template}")
            self._do(f"CREATE DATABASE {self._template} TEMPLATE template0")
            with opening.as_owner(replace(self.address, database=self._template)) as connection:
                schema.lay(connection)
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
