"""SQLCipher engines: one connection that writes, a few that only read."""

from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from models.kernel.errors import Damaged
from models.storage.trouble import tell

# SQLite 3.7.0 to 3.51.2 can corrupt a file when its write-ahead log is reset.
SOUND_SQLITE = (3, 51, 3)
BUSY_SECONDS = 10.0


def connect(path: Path, key: bytes, *, read_only: bool = False) -> Any:
    """A DB-API connection to an existing club file. Raises Damaged when the key does not fit its first page."""
    return _connected(path, key, "mode=rw", read_only=read_only)


def connect_to_look(path: Path, key: bytes, *, alone: bool = False) -> Any:
    """The same, but unable to write so much as the log into the file on closing; `alone`: as if there were no log."""
    return _connected(path, key, "mode=ro&immutable=1" if alone else "mode=ro", read_only=True)


def _connected(path: Path, key: bytes, how: str, *, read_only: bool) -> Any:
    if sqlcipher.sqlite_version_info < SOUND_SQLITE:
        raise Damaged(f"SQLite {sqlcipher.sqlite_version} is not safe to use.", "Run the set-up again.")
    connection = sqlcipher.connect(
        f"{path.absolute().as_uri()}?{how}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=BUSY_SECONDS,
    )
    try:
        set_up(connection, key, read_only=read_only)
    except sqlcipher.DatabaseError as error:
        connection.close()
        if "locked" in str(error):
            raise
        raise Damaged(
            f"{path.name} is damaged: parts of it are altered or missing.",
            "Open your newest copy instead, and keep this one for someone who can look at it.",
        ) from None
    return connection


def set_up(connection: Any, key: bytes, *, read_only: bool) -> None:
    """Keys a fresh connection and sets what every connection needs."""
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute("SELECT count(*) FROM sqlite_master")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA temp_store = MEMORY")
    if read_only:
        connection.execute("PRAGMA query_only = ON")
        return
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")


def engine_for(path: Path, key: bytes, *, read_only: bool = False) -> Engine:
    """An engine on a club file: writers begin IMMEDIATE, so that a check and the write after it cannot be parted."""
    engine = create_engine(
        "sqlite+pysqlite://",
        creator=lambda: connect(path, key, read_only=read_only),
        module=sqlcipher,
        poolclass=QueuePool,
        pool_size=3 if read_only else 1,
        max_overflow=0,
        hide_parameters=True,  # a log line must never hold a child's name
    )
    tell(engine, path)
    begin = "BEGIN" if read_only else "BEGIN IMMEDIATE"
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine
