"""What a disk does to a club file while it is in use, in words: SQLite's errors become ours, wherever they are met."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine, event

from models.kernel.errors import BreatherError, Damaged, DiskTrouble, InUse, ReadOnly

NOT_KEPT = "Nothing of this change was kept; all that was saved before is."


def tell(engine: Engine, path: Path) -> None:
    """From here on the engine's errors of the disk are ours; all others stay what they are."""

    def told(context: Any) -> None:
        found = in_words(context.original_exception, path)
        if found is not None:
            raise found from context.original_exception

    event.listen(engine, "handle_error", told)


@contextmanager
def told(path: Path | None) -> Iterator[None]:
    """Whatever the disk does meanwhile to the file at the path (None: there is none) is told in words of ours."""
    try:
        yield
    except (OSError, sqlcipher.Error) as error:
        if path is None:
            raise
        raise in_words(error, path) or _no_answer(path) from error


def in_words(error: BaseException, path: Path) -> BreatherError | None:
    """The error of ours for SQLite's own (or the system's) about a file; None where it is about something else."""
    said = str(error)
    if isinstance(error, OSError):
        return _full(path) if error.errno in (errno.ENOSPC, errno.EDQUOT) else _no_answer(path)
    if isinstance(error, sqlcipher.OperationalError):
        for words, made in (
            ("is full", _full),
            ("readonly", _read_only),
            ("locked", _locked),
            ("I/O", _no_answer),
            ("unable to open", _no_answer),
        ):
            if words in said:
                return made(path)
        return None
    if isinstance(error, sqlcipher.DatabaseError) and ("malformed" in said or "not a database" in said):
        return Damaged(
            f"{path.name} is damaged: parts of it are altered or missing.",
            "Put your newest backup in its place. The damaged file is kept beside it.",
        )
    return None


def identity(path: Path) -> tuple[int, int] | None:
    """What tells the file at a path from any other that may come to stand there; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def taken_away(path: Path) -> DiskTrouble:
    """The file was deleted, moved or replaced while it was open: what is written now would be in no file at all."""
    return DiskTrouble(
        f"{path.name} is no longer where it was opened: it was moved, deleted or replaced meanwhile. {NOT_KEPT}",
        "Put it back where it was, with its keys file, and try again. If it is gone, close Breather and restore the "
        "newest backup.",
    )


def _full(path: Path) -> BreatherError:
    return DiskTrouble(
        f"There is no room left on the disk with {path.name}. {NOT_KEPT}", "Make some room, and try again."
    )


def _no_answer(path: Path) -> BreatherError:
    return DiskTrouble(
        f"The disk with {path.name} does not answer. {NOT_KEPT}",
        "If it is on a stick or a shared folder, check that it is still there, and try again.",
    )


def _read_only(path: Path) -> BreatherError:
    return ReadOnly(
        f"{path.name} can be read but no longer changed. {NOT_KEPT}",
        "Ask for the right to change it, or copy it, with its keys file, into a folder of your own.",
    )


def _locked(path: Path) -> BreatherError:
    return InUse(
        f"Another program has {path.name} to itself just now. {NOT_KEPT}",
        "Wait until it is done (a backup or virus program, perhaps), and try again.",
    )
