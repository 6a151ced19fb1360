"""PINs tried on the lock screen: a handful of wrong ones, and a password is needed."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, cast
from uuid import UUID

from desktop.lock.clerk import Keyed
from models.kernel.errors import BadInput, WrongPassphrase

if TYPE_CHECKING:
    from models.bootstrap import Club

MOST_PINS = 5
"""So many wrong PINs, and a password is needed before another is looked at."""
NOT_NOW = "It is there from 30 minutes before the start until the day is closed."


class Pins:
    """Counts the wrong ones, whoever's they are; locking anew forgets none."""

    def __init__(self, club: "Club") -> None:
        self._club = club
        self._wrong = 0

    def right(self) -> None:
        """Somebody has unlocked with their password."""
        self._wrong = 0

    def trying(self, activity_id: UUID, name: str, pin: str) -> "Callable[[], Club]":
        """For the thread that asks the keys: the club for whoever the PIN is of, held to the activity.

        That raises WrongPassphrase, TooManyGuesses, or BadInput where the register is not open at this moment: the form
        may have stood there for hours. In the sample club nobody needs a PIN.
        """

        def work() -> "Club":
            from models.registers.on_now import on_now

            if activity_id not in [each.activity_id for each in self._club.read(on_now)]:
                raise BadInput("This register is not open now.", NOT_NOW)
            if self._wrong >= MOST_PINS:
                raise WrongPassphrase("There were too many wrong PINs.", "Unlock with a password first.")
            club = self._club.apart()
            if club.sample_day is not None:
                club.actor = replace(club.actor, activity=activity_id)
                return club
            try:
                cast(Keyed, club).sign_in_with_pin(name, pin, activity_id)
            except Exception as error:
                self._wrong += isinstance(error, WrongPassphrase)
                club.let_go()
                raise
            return club

        return work
