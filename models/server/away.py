"""Whoever was signed in when the server went away can unlock without it: by their own slot, which is kept in memory.

Nobody else can: what they could prove themselves by is on the server. The wait of `storage.guesses` holds here too, and
what was tried is journaled when the server is back.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cryptography.exceptions import InvalidTag

from models.kernel.errors import NoAnswer, WrongPassphrase
from models.storage.guesses import Guesses
from models.storage.keys import Slot


@dataclass(frozen=True)
class KeptSlot:
    """Somebody's slot of the club's ring, as it was when the server was last asked."""

    club: UUID
    slot: Slot

    def prove(self, password: str, person: UUID, guesses: Guesses, now: datetime) -> None:
        """Raises WrongPassphrase, and counts it, or TooManyGuesses. `person` is who acts."""
        with guesses.trying(now):
            try:
                found = self.slot.unlock(self.club, password).account
            except InvalidTag:
                found = None
            if found != person:
                raise WrongPassphrase("That is not your password.", "Check Caps Lock and type it again.")


def only_who_was_here(host: str, who: str) -> NoAnswer:
    """What to tell somebody else."""
    return NoAnswer(
        f"The server {host} does not answer, and nobody else can sign in without it.",
        f"{who} can unlock with their own password meanwhile.",
    )
