"""What the lock asks of the club, on a thread of its own: deriving a key takes a moment, and other answers wait."""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar
from uuid import UUID

from PySide6.QtCore import QObject

from desktop.jobs.inbox import Inbox
from desktop.jobs.lane import Lane

T = TypeVar("T")
Failed = Callable[[Exception], object]


class Keyed(Protocol):
    """An open club, as far as the lock is concerned. Each raises a BreatherError that says what to do."""

    def confirm(self, password: str) -> object:
        """Proves that the acting person is back. Raises WrongPassphrase or TooManyGuesses."""

    def sign_in(self, name: str, password: str) -> object:
        """Makes another person the acting one. Raises WrongPassphrase or TooManyGuesses."""

    def sign_in_with_pin(self, name: str, pin: str, activity_id: UUID) -> object:
        """Makes whoever the PIN is of the acting one, held to one activity. Raises WrongPassphrase, TooManyGuesses."""

    def apart(self) -> Any:
        """The same open club for somebody else to act in, while the acting person here stays who they are."""


class Clerk(QObject):
    """Runs one thing at a time off the UI thread; answers come back on it, also while the app's other answers wait."""

    def __init__(self) -> None:
        super().__init__()
        self._inbox = Inbox(self)
        self._lane = Lane("lock", self._inbox.post)

    def ask(self, work: Callable[[], T], done: Callable[[T], object], failed: Failed) -> None:
        """Runs `work`; exactly one of `done` and `failed` hears of it."""

        def run() -> None:
            try:
                found = work()
            except Exception as error:
                told = error
                self._inbox.post(lambda: _run(lambda: failed(told)))
            else:
                self._inbox.post(lambda: _run(lambda: done(found)))

        self._lane.put(run)

    def close(self, *, wait: bool = True) -> None:
        """Finishes what was begun and ends the thread."""
        self._lane.close(wait=None if wait else 0.0)


def _run(answer: Callable[[], object]) -> None:
    answer()
