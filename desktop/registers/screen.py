"""What the parts of the register screen know of it."""

from collections.abc import Callable
from typing import Protocol

from desktop.registers.actions import Change
from desktop.registers.offer import Offer
from desktop.registers.words import RowView
from models.registers.queries import Register

Then = Callable[[], object]
Failed = Callable[[Exception], object]


class Screen(Protocol):
    """The register screen, as far as its parts are concerned."""

    def register(self) -> Register | None:
        """The register shown."""

    def views(self) -> list[RowView]:
        """Its rows as they stand this moment."""

    def at_door(self) -> bool:
        """Whether it faces the queue."""

    def offer(self) -> Offer:
        """The strip over the rows shown."""

    def do(self, change: Change, then: Then | None = None, failed: Failed | None = None) -> None:
        """Asks for a change."""

    def show_staff(self) -> None:
        """Turns back from the queue, the roll call or paper."""
