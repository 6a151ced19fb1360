"""What an erasure leaves in the store itself, once its rows are gone: freed pages, dead rows, the log of changes.

SQLite frees pages without clearing them, and its write-ahead log holds pages as they were. So what goes is overwritten
as it goes, the file is then written anew without free pages, and the log is emptied into it. A mark in the file (its
`user_version`) says that this is still to be done: a crash in between is finished when the file is next opened.

A server's files are its keeper's to tidy: see `server_store.ServerStore.wipe`.
"""

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from models.kernel.errors import ClubFileError

DUE, DONE = 1, 0


def overwrite_what_goes(connection: Connection) -> None:
    """From here to the end of the connection, SQLite writes zeros over what is deleted; notes that a wipe is due."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete = ON")
        connection.exec_driver_sql(f"PRAGMA user_version = {DUE}")


def wipe(engine: Engine) -> None:
    """Writes the file anew without what was deleted. Raises ClubFileError where that could not be finished."""
    try:
        _wipe_file(engine)
    except DBAPIError as error:
        raise _unfinished() from error


def finish(engine: Engine) -> None:
    """Wipes what a crash, or a full disk, left to be wiped. Raises ClubFileError."""
    if engine.dialect.name == "sqlite" and _asked(engine, "PRAGMA user_version")[0] == DUE:
        wipe(engine)


def _wipe_file(engine: Engine) -> None:
    _asked(engine, "VACUUM")
    if _asked(engine, "PRAGMA wal_checkpoint(TRUNCATE)")[0] != 0:
        raise _unfinished()  # somebody reads an older state of the file just now
    _asked(engine, f"PRAGMA user_version = {DONE}")
    _asked(engine, "PRAGMA wal_checkpoint(TRUNCATE)")


def _asked(engine: Engine, statement: str) -> tuple[int, ...]:
    """Runs one statement outside any transaction, which VACUUM needs; returns its first row, if any."""
    raw = engine.raw_connection()
    try:
        row = raw.cursor().execute(statement).fetchone()
        return tuple(row) if row else ()
    finally:
        raw.close()


def _unfinished() -> ClubFileError:
    return ClubFileError(
        "The record is gone, but what it left behind in the file could not be overwritten yet.",
        "Make room on the disk, then close Breather and open it again: it is finished then.",
    )
