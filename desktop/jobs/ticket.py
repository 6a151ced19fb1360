"""Stopping a job, and hearing how far it has come."""

import threading
from collections.abc import Callable
from dataclasses import dataclass


class Cancelled(Exception):
    """Raised by `Work.step` inside a job that has been cancelled; the unit of work then keeps nothing."""


@dataclass(frozen=True)
class Step:
    """How far long work has come: `done` of `total` (0: not known), and what it is doing in plain words."""

    done: int
    total: int
    words: str


class Ticket:
    """A job that was asked for; `cancel()` stops it, safe from any thread.

    Attributes:
        awaited: whether somebody sits and waits for what comes of it: a paper.
    """

    def __init__(self, *, awaited: bool = False) -> None:
        self.awaited = awaited
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        """A job not yet begun never runs; long work stops at its next step; a read's answer is dropped."""
        self._cancelled.set()

    @property
    def cancelled(self) -> bool:
        """Whether `cancel()` was called."""
        return self._cancelled.is_set()


class Work:
    """Given to long work as its second argument; it calls `step` at least every 300 ms so that cancelling is prompt."""

    def __init__(self, ticket: Ticket, tell: Callable[[Step], None], give_way: Callable[[], object]) -> None:
        self._ticket = ticket
        self._tell = tell
        self._give_way = give_way

    def step(self, done: int, total: int, words: str = "") -> None:
        """Says how far the work is, and lets a mark pass. Raises Cancelled when somebody has pressed Cancel."""
        self.check()
        self._tell(Step(done, total, words))
        self._give_way()
        self.check()

    def check(self) -> None:
        """Raises Cancelled when somebody has pressed Cancel."""
        if self._ticket.cancelled:
            raise Cancelled
