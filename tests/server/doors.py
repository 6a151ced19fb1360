"""The door of a club on the tests' server, as its owner can move its clock and as somebody at it can talk to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.conninfo import make_conninfo

from models.kernel.clock import SystemClock
from models.server.entry import come_in
from models.storage.server_address import Address, door_of, login_of


def later(database: Address, seconds: float) -> None:
    """So much time passes at the door: every try there was is so much older."""
    asked(database, f"UPDATE door.tries SET at = at - interval '{seconds} seconds'")


def asked(database: Address, statement: str) -> list[Any]:
    """What a statement of the database's owner answers."""
    with connected(database) as connection:
        cursor = connection.execute(statement.encode())
        return cursor.fetchall() if cursor.description else []


@contextmanager
def connected(place: Address) -> "Iterator[psycopg.Connection[Any]]":
    """A connection past Breather, each statement a transaction."""
    connection = psycopg.connect(make_conninfo(**place.settings()), autocommit=True)
    try:
        yield connection
    finally:
        connection.close()


def at_the_door(database: Address) -> Address:
    """The club as anybody can come to its door."""
    return database.of(*door_of(database.database))


def own_login(database: Address, name: str, password: str) -> Address:
    """The club as somebody's own login comes to it, past Breather: what the door hands out with their password."""
    entered = come_in(database.public, login_of(database.database, name), password, SystemClock().now())
    assert entered is not None
    return entered.place
