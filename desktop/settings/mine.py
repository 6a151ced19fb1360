"""What the settings need of an open club for one's own signing in."""

from typing import Protocol


class Mine(Protocol):
    """An open club, as far as one's own signing in is concerned. Each blocks, and raises what says what to do."""

    @property
    def name(self) -> str:
        """The club's."""

    def change_own_password(self, old: str, new: str) -> None:
        """Raises WrongPassphrase, TooManyGuesses, or BadInput for the new one."""

    def set_pin(self, pin: str) -> None:
        """Raises BadInput; "" takes it away."""
