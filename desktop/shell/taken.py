"""Registers that are taken with a PIN: the one at the door now, and one that was locked as it stood."""

from collections.abc import Collection
from uuid import UUID

from PySide6.QtWidgets import QWidget

from desktop.lock.clerk import Clerk
from desktop.shell.register_mode import RegisterMode
from models.kernel.actor import Actor


class Taken:
    """At most one of each.

    Attributes:
        now: the one being taken, perhaps under the fire list. aside: one that was locked, with something half typed
            perhaps, until its own person is back at it.
    """

    def __init__(self, clerk: Clerk) -> None:
        """`clerk` waits for what is under way when one ends."""
        self._clerk = clerk
        self.now: RegisterMode | None = None
        self.aside: RegisterMode | None = None

    def is_one(self, screen: QWidget | None) -> bool:
        """Whether this is one of the two."""
        return screen is not None and screen in (self.now, self.aside)

    def put_aside(self) -> None:
        """Locked as it stands, and as its own person finds it again; what fails meanwhile is kept."""
        if self.now is not None:
            self._end(self.aside, self.now)
            self.aside, self.now = self.now, None
            self.aside.jobs.keep_failures()

    def back(self, actor: Actor, activity_id: UUID) -> RegisterMode | None:
        """The one put aside, where it is theirs; it is gone where it is not."""
        aside, self.aside = self.aside, None
        if aside is None or not aside.is_of(actor, activity_id):
            self._end(aside, None)
            return None
        aside.jobs.keep_failures(False)
        self.now = aside
        return aside

    def is_over(self, on: Collection[UUID], names: Collection[str] | None) -> bool:
        """Whether one is of none of these activities, or its person is none of these any more (None: anybody may)."""
        mode = self.now or self.aside
        if mode is None:
            return False
        return mode.activity_id not in on or (names is not None and mode.club.actor.name not in names)

    def end(self, screen: QWidget | None) -> None:
        """Ends both; the one that is the screen is let go of by what takes its place."""
        self._end(self.now, screen)
        self._end(self.aside, screen)
        self.now = self.aside = None

    def _end(self, mode: RegisterMode | None, screen: QWidget | None) -> None:
        if mode is None:
            return
        mode.end()
        if mode is not screen:
            mode.deleteLater()
        jobs = mode.jobs  # held until the last of what it did is told to the desk
        self._clerk.ask(mode.finish, lambda _ended: _nothing(jobs), _nothing)


def _nothing(_answer: object) -> None:
    """What comes of it is of no use here."""
