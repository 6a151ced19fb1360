"""Engines on a PostgreSQL server: one connection that writes, a few that only read, and its errors in plain words.

A write begins by taking one lock for the whole club, the counterpart of SQLite's BEGIN IMMEDIATE: the journal's chain
needs one writer at a time anyway, and so a check and the write after it cannot be parted, whatever either looks at.
The lock ends with its transaction, and the server's own limits end that: a machine that falls asleep holds up nobody.
"""

from typing import Any, Protocol

import psycopg
from psycopg import errors as pg
from psycopg.conninfo import make_conninfo
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import ExceptionContext
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from models.kernel.errors import (
    BadInput,
    BreatherError,
    Denied,
    Disconnected,
    DiskTrouble,
    InUse,
    NoAnswer,
    NoServer,
    ReadOnly,
    WrongPassphrase,
)
from models.storage.server_address import Address
from models.storage.server_line import not_safe
from models.storage.trusted import SYSTEM, list_of_this_machine

OLDEST = 15
CONNECT_SECONDS = 10
_MAKERS_LOCK = 0x42726561  # "Brea": of whoever makes the club's tables
# The ring's one row, which every member of the club may lock and nobody at its door; an advisory lock is anybody's.
_WRITERS_LOCK = f"""DO $$ BEGIN
    IF to_regclass('public.key_slots_copy') IS NULL THEN
        PERFORM pg_advisory_xact_lock({_MAKERS_LOCK});
    ELSE
        PERFORM 1 FROM public.key_slots_copy FOR UPDATE;
    END IF;
END $$"""
_LINE: dict[str, Any] = {
    "connect_timeout": CONNECT_SECONDS, "keepalives": 1, "keepalives_idle": 10, "keepalives_interval": 5,
    "keepalives_count": 3, "tcp_user_timeout": 20_000, "application_name": "Breather", "client_encoding": "UTF8",
}  # fmt: skip
_EVERYWHERE = {
    "TimeZone": "UTC", "search_path": "public", "standard_conforming_strings": "on", "tcp_keepalives_idle": "10s",
    "tcp_keepalives_interval": "5s", "tcp_keepalives_count": "3", "tcp_user_timeout": "20s",
}  # fmt: skip
WRITING = {"lock_timeout": "10s", "statement_timeout": "60s", "idle_in_transaction_session_timeout": "30s"}
# A reader holds up nobody, and may think about a long document between two questions.
READING = {"lock_timeout": "10s", "statement_timeout": "60s", "idle_in_transaction_session_timeout": "10min"}

LOST = "The connection to the server was lost."
_POOL = "pool"
_NOTHING = "Nothing was changed. Try again when this machine is on the network."


def connect(
    address: Address, *, read_only: bool = False, within: int | None = None
) -> "psycopg.Connection[Any]":  # fmt: skip
    """A DB-API connection, `within` so many seconds if not the usual. Raises NoServer, WrongPassphrase."""
    line = _LINE if within is None else {**_LINE, "connect_timeout": within}
    try:
        connection = psycopg.connect(make_conninfo(**settings_for(address), **line), autocommit=True)
    except psycopg.OperationalError as error:
        raise _not_in(address, error) from None
    if connection.info.server_version < OLDEST * 10_000:
        found = connection.info.server_version // 10_000
        connection.close()
        raise NoServer(
            f"This server runs PostgreSQL {found}; Breather needs {OLDEST} or newer.",
            "Ask whoever looks after the server to bring it up to date.",
        )
    limits = READING if read_only else WRITING
    settings = "; ".join(f"SET {name} = '{value}'" for name, value in (_EVERYWHERE | limits).items())
    try:
        connection.execute(settings.encode())
        connection.autocommit = False
    except psycopg.Error as error:
        connection.close()
        raise Disconnected(LOST, _NOTHING) from error
    if read_only:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ  # one moment for the whole of a page
        connection.read_only = True
    return connection


class Connecting(Protocol):
    """`connect`, or what stands in for it."""

    def __call__(self, address: Address, *, read_only: bool) -> "psycopg.Connection[Any]":
        """A DB-API connection."""


def settings_for(address: Address) -> dict[str, Any]:
    """The address's settings, with this machine's own list of certificates where that is trusted."""
    found = address.settings()
    return found if found["sslrootcert"] != SYSTEM else {**found, "sslrootcert": list_of_this_machine()}


def engine_for(address: Address, *, read_only: bool = False, connecting: Connecting = connect) -> Engine:
    """An engine on a club's database (see the module)."""
    engine = create_engine(
        "postgresql+psycopg://",
        creator=lambda: connecting(address, read_only=read_only),
        poolclass=QueuePool,
        pool_size=3 if read_only else 1,
        max_overflow=0,
        pool_pre_ping=True,  # a laptop that slept has connections that only look alive
        hide_parameters=True,  # a log line must never hold a child's name
    )
    event.listen(engine, "handle_error", _told)
    _close_late_comers(engine)
    if not read_only:
        event.listen(engine, "begin", _shut_out_others)
    return engine


def _close_late_comers(engine: Engine) -> None:
    """A connection that was in use while all others were closed is closed as soon as it is handed back."""
    def made(_connection: object, record: ConnectionPoolEntry) -> None:
        record.info[_POOL] = engine.pool

    def back(_connection: object, record: ConnectionPoolEntry) -> None:
        if record.info.get(_POOL) is not engine.pool:
            record.invalidate()

    event.listen(engine, "connect", made)
    event.listen(engine, "checkin", back)



def _shut_out_others(connection: Connection) -> None:
    connection.exec_driver_sql(_WRITERS_LOCK)


def _told(context: ExceptionContext) -> None:
    """Raises what is wrong in plain words; what this does not know stays SQLAlchemy's own."""
    if context.is_disconnect:
        if context.is_pre_ping:
            return  # the pool then connects anew
        raise Disconnected(LOST, _NOTHING) from context.original_exception
    error = plain(context.original_exception)
    if error is not None:
        raise error from context.original_exception


def plain(error: BaseException) -> BreatherError | None:
    """A server's complaint in plain words; None for one that only a programmer can answer."""
    busy = "Nothing was changed. Wait a moment and do it again."
    told: tuple[tuple[tuple[type[BaseException], ...], BreatherError], ...] = (
        ((pg.LockNotAvailable,), InUse("Somebody else has been saving for ten seconds now.", busy)),
        ((pg.QueryCanceled,), InUse("The server took too long over this.", busy)),
        ((pg.DeadlockDetected, pg.SerializationFailure), InUse("Somebody else was saving this too.", busy)),
        ((pg.InsufficientPrivilege,), Denied("The server does not let you do this.", "Ask a lead or a manager.")),
        ((pg.ReadOnlySqlTransaction,), ReadOnly("This server can only be read just now.", _NOTHING)),
        (
            (pg.DiskFull,),
            DiskTrouble("The server’s disk is full.", "Nothing was changed. Tell whoever looks after it."),
        ),
        ((psycopg.DataError,), BadInput("This does not fit into what is kept.", "Make it shorter, and type it again.")),
    )
    return next((said for kinds, said in told if isinstance(error, kinds)), None)


def _not_in(address: Address, error: psycopg.OperationalError) -> BreatherError:
    """Why nobody came in."""
    text = str(error)
    if isinstance(error, pg.InvalidPassword | pg.InvalidAuthorizationSpecification) or "authentication failed" in text:
        return WrongPassphrase(
            "That name and password do not open this club.", "Check the name, and Caps Lock, and type them again."
        )
    if isinstance(error, pg.InvalidCatalogName) or f'database "{address.database}" does not exist' in text:
        return NoServer(f"There is no “{address.database}” on this server.", "Check the last part of the address.")
    if "too many" in text:
        return NoServer("Too many people use this server just now.", "Wait a moment and try again.")
    return not_safe(text, address) or NoAnswer(
        f"The server {address.host} does not answer.", "Check that this machine is on the network, and the address."
    )
