"""Making, opening and checking a club file: each thing that can be wrong with one is told apart."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlcipher3.dbapi2 as sqlcipher

from models.kernel.errors import BadInput, Damaged, EmptyFile, NewerVersion, NotFound
from models.storage import keys, log
from models.storage.engine import connect, set_up
from models.storage.network import must_be_local

PAGE_BYTES = 4096
SUFFIX = ".breather"
NEWEST_COPY = "Open your newest copy instead, and keep this file for someone who can look at it."


@dataclass(frozen=True)
class Opened:
    """A club file whose key is known: its path, the raw key, its club id and the schema version inside.

    `unlocked` is what a password opened: whose slot it was, and the key of concerns where that slot has it.
    """

    path: Path
    key: bytes
    club: UUID
    version: str
    unlocked: keys.Unlocked | None = None


def make(path: Path, ring: keys.KeyRing, key: bytes, statements: Iterable[str]) -> None:
    """Makes a new club file under the key, and its keys file.

    `statements` create the schema. Built beside the place it will stand and moved there whole. Raises BadInput where
    something is already there, and OnNetwork.
    """
    must_be_local(path)
    for taken in (path, keys.keys_path(path)):
        if taken.exists():
            raise BadInput(f"There is already a file called {taken.name} here.", "Choose another name.")
    if not path.parent.is_dir():
        raise BadInput(f"There is no folder {path.parent}.", "Choose a folder that is there.")
    half = path.with_name(path.name + ".new")
    half.unlink(missing_ok=True)
    connection = sqlcipher.connect(str(half), isolation_level=None)
    try:
        set_up(connection, key, read_only=False)
        connection.execute("BEGIN")
        for statement in statements:
            connection.execute(statement)
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()
    keys.write_ring(path, ring)
    half.replace(path)
    keys.sync_folder(path.parent)


def open_with(path: Path, ring: keys.KeyRing, unlocked: keys.Unlocked, known_versions: Iterable[str]) -> Opened:
    """Opens a club file far enough to know that it is whole, ours and not too new, with what its ring gave.

    Raises Damaged or NewerVersion; changes nothing.
    """
    ring.check_seal(unlocked.key)
    return replace(open_raw(path, unlocked.key, known_versions), club=ring.club, unlocked=unlocked)


def open_raw(path: Path, key: bytes, known_versions: Iterable[str]) -> Opened:
    """The same with the key alone. Raises Damaged or NewerVersion; changes nothing."""
    log.judge(path, key)
    connection = connect(path, key, read_only=True)
    try:
        version = _version(connection, path)
        _whole(connection, path)
        if version not in set(known_versions):
            raise NewerVersion(
                f"{path.name} was last used with a newer Breather than this one.",
                "Install the newest Breather on this computer, then open it again.",
            )
        club = _club(connection, path)
    finally:
        connection.close()
    return Opened(path, key, club, version)


def _club(connection: Any, path: Path) -> UUID:
    try:
        return UUID(str(connection.execute("SELECT id FROM club").fetchone()[0]))
    except (sqlcipher.DatabaseError, TypeError, ValueError):
        raise Damaged(f"{path.name} is damaged: parts of it are altered or missing.", NEWEST_COPY) from None


def look(path: Path) -> None:
    """What can be told without a key. Raises NotFound, OnNetwork, EmptyFile or Damaged."""
    if not _is_file(path):
        raise _not_found(path)
    must_be_local(path)
    try:
        size = path.stat().st_size
        if size == 0:
            raise EmptyFile(f"{path.name} is empty: it holds nothing at all.", NEWEST_COPY)
        # A power cut may have torn what the log still holds. Without one the size counts, read once more: whoever has
        # the file open may have brought its log into it just now.
        torn = size % PAGE_BYTES and not log.is_there(path) and path.stat().st_size % PAGE_BYTES
    except FileNotFoundError:
        raise _not_found(path) from None
    if torn:
        raise Damaged(f"{path.name} is damaged: part of it is missing.", NEWEST_COPY)


def _not_found(path: Path) -> NotFound:
    return NotFound(f"There is no club file at {path}.", "Check the name, or choose the file from its folder.")


def behind(path: Path) -> Path:
    """The file itself, where the path is a link to it: its keys, its lock and its log stand beside that one."""
    try:
        return path.resolve() if path.is_symlink() else path
    except (OSError, RuntimeError):  # a name that is too long; a link to itself
        return path


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name that no file can have
        return False


def _version(connection: Any, path: Path) -> str:
    try:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlcipher.DatabaseError:
        raise Damaged(f"{path.name} is not a club file that Breather made.", NEWEST_COPY) from None
    return str(row[0]) if row else ""


def _whole(connection: Any, path: Path) -> None:
    connection.execute("BEGIN")  # from its first read to its end nobody can bring more of the log into the file
    pages = int(connection.execute("PRAGMA page_count").fetchone()[0])
    torn = not log.is_there(path) and path.stat().st_size != pages * PAGE_BYTES
    connection.execute("COMMIT")
    if torn:
        raise Damaged(f"{path.name} is damaged: part of it is missing.", NEWEST_COPY)


def faults(path: Path, key: bytes) -> list[str]:
    """Every fault a full check of the file finds: pages that were altered, broken indexes, dangling references."""
    connection = connect(path, key, read_only=True)
    try:
        # That check reads the file alone: a page that a power cut tore there and the log still holds is no fault.
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        found = [str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check")]
        checks = [str(row[0]) for row in connection.execute("PRAGMA integrity_check")]
        found += [line for line in checks if line != "ok"]
        found += [f"{row[0]} row {row[1]} points to nothing" for row in connection.execute("PRAGMA foreign_key_check")]
    except sqlcipher.DatabaseError as error:
        found = [f"the file does not read to its end ({error})"]
    finally:
        connection.close()
    return found


def delete(path: Path) -> None:
    """Deletes a club file with its keys and everything SQLite keeps beside it."""
    for suffix in ("", ".keys", ".guesses", "-wal", "-shm", ".lock", ".new", ".keys.new", ".guesses.new", ".rekeying"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
