"""Undo and redo from anywhere: my own last change taken back or done again, with the rules asked once more."""

from collections.abc import Callable
from typing import Any

from desktop.jobs import Jobs
from models.kernel.errors import NothingToUndo

Say = Callable[[str], object]


class Backwards:
    """Asks the jobs for an undo or a redo and says what came of it."""

    def __init__(self, jobs: Jobs, say: Say, failed: Callable[[Exception], object]) -> None:
        self._jobs = jobs
        self._say = say
        self._failed = failed

    def undo(self) -> None:
        """Takes back the last change."""
        self._jobs.change(_undo, "Undo", lambda words: self._say(f"Undone: {words}"), self._not_done)

    def redo(self) -> None:
        """Does again what was last taken back."""
        self._jobs.change(_redo, "Redo", lambda words: self._say(f"Done again: {words}"), self._not_done)

    def _not_done(self, error: Exception) -> None:
        if isinstance(error, NothingToUndo):
            self._say(error.what)
        else:
            self._failed(error)


def _undo(uow: Any) -> str:
    from models.history.service import undo
    from models.readiness.guard import rechecking

    return undo(uow, rechecking)


def _redo(uow: Any) -> str:
    from models.history.service import redo
    from models.readiness.guard import rechecking

    return redo(uow, rechecking)
