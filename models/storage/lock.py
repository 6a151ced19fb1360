"""One running Breather at a time on a club file: a lock of the system's own on `X.breather.lock` beside it.

The system lets go of it when the process ends, however it ends, so a lock file left behind by a crash locks nobody out.
"""

import contextlib
import errno
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from models.kernel.errors import InUse, ReadOnly
from models.storage.trouble import in_words

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_TAKEN = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)


class Lock:
    """A held lock; `release` may be called twice."""

    def __init__(self, path: Path, handle: int) -> None:
        self._path = path
        self._handle: int | None = handle

    def release(self) -> None:
        """Lets go of it and takes the lock file away."""
        if self._handle is None:
            return
        handle, self._handle = self._handle, None
        if sys.platform != "win32":  # there an open file cannot be taken away
            self._path.unlink(missing_ok=True)
        os.close(handle)
        with contextlib.suppress(OSError):
            if sys.platform == "win32":
                self._path.unlink(missing_ok=True)


def lock_path(club_file: Path) -> Path:
    """`X.breather.lock` for `X.breather`."""
    return club_file.with_name(club_file.name + ".lock")


def hold(club_file: Path) -> Lock:
    """Takes the lock, or raises InUse where another running copy has it and ReadOnly where none can be made."""
    path = lock_path(club_file)
    while True:
        handle = _open(path, club_file)
        try:
            _lock(handle)
        except OSError as error:
            os.close(handle)
            if error.errno not in _TAKEN:
                raise ReadOnly(*_read_only(club_file)) from None
            raise InUse(
                f"{club_file.name} is already open in another Breather.",
                "Close it there first, then open it here. Nothing was changed.",
            ) from None
        if _still_there(path, handle):
            return Lock(path, handle)
        os.close(handle)  # whoever had it took the file away meanwhile: this lock would guard nothing


def must_be_writable(club_file: Path) -> None:
    """Raises ReadOnly where the file itself cannot be changed."""
    try:
        club_file.open("r+b").close()
    except OSError:
        raise ReadOnly(*_read_only(club_file)) from None


def _open(path: Path, club_file: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise in_words(error, club_file) or error from None
        raise ReadOnly(*_read_only(club_file)) from None


def _read_only(club_file: Path) -> tuple[str, str]:
    return (
        f"{club_file.name} can be read here but not changed.",
        "Copy it, with its keys file, into a folder of your own and open it there, or ask for the right to change it.",
    )


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextlib.contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    """Waits until nobody else on this machine is in the same place. Raises nothing: where that cannot be, goes on."""
    handle = None
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
        if sys.platform == "win32":
            msvcrt.locking(handle, msvcrt.LK_LOCK, 1)  # gives up after ten seconds
        else:
            fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        yield
    finally:
        if handle is not None:
            os.close(handle)


def _still_there(path: Path, handle: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(handle))
    except FileNotFoundError:
        return False
