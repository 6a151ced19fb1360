"""A disk that is full from a given step on, for SQLCipher and for Python alike, until somebody makes room."""

import errno
import os
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.faults.disk import FULL, OK, Tap

NEEDS_ROOM = ("write", "open")


class Disk:
    """The disk under a folder.

    Attributes:
        steps: how many steps that need room were taken since `fill`. code: what SQLCipher is answered once it is full.
    """

    def __init__(self, folder: Path, code: int = FULL) -> None:
        self._folder = str(folder)
        self._left: int | None = None
        self.steps = 0
        self.code = code

    def fill(self, at: int) -> None:
        """There is room for so many steps more."""
        self._left, self.steps = at, 0

    def make_room(self) -> None:
        """There is room again."""
        self._left = None

    @contextmanager
    def on(self) -> Iterator["Disk"]:
        """The disk of everything in the folder meanwhile."""
        writer: Any = zipfile._ZipWriteFile  # type: ignore[attr-defined] # the one place all its bytes go through
        with pytest.MonkeyPatch.context() as patch, Tap(self._sqlite, lambda _step: None).on():
            patch.setattr(writer, "write", self._needing(writer.write))
            patch.setattr(os, "fsync", self._needing(os.fsync))
            listening = [True]
            sys.addaudithook(lambda event, given: self._heard(event, given) if listening else None)
            try:
                yield self
            finally:
                listening.clear()
                self.make_room()

    def _take(self) -> bool:
        """Whether there is room for one step more."""
        self.steps += 1
        if self._left is None:
            return True
        self._left -= 1
        return self._left >= 0

    def _needing(self, call: Any) -> Any:
        def asked(*given: Any, **more: Any) -> Any:
            if not self._take():
                raise OSError(errno.ENOSPC, "No space left on device")
            return call(*given, **more)

        return asked

    def _heard(self, event: str, given: tuple[Any, ...]) -> None:
        makes = event == "open" and str(given[0]).startswith(self._folder) and _makes(given[1], given[2])
        if (makes or event == "shutil.copyfile") and not self._take():
            raise OSError(errno.ENOSPC, "No space left on device")

    def _sqlite(self, kind: str, path: Path) -> int:
        if kind not in NEEDS_ROOM or not str(path).startswith(self._folder) or path.name.endswith("-shm"):
            return OK
        return OK if self._take() else self.code


def _makes(mode: str | None, flags: int) -> bool:
    """Whether a file is opened so that it may come to be or to grow."""
    return mode[:1] in ("w", "x", "a") if mode else bool(flags & os.O_CREAT)
