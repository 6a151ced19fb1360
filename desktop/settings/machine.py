"""What the settings page needs of the window around it: the look, and the club file itself."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop.settings.preferences import Look


@dataclass(frozen=True)
class Machine:
    """This machine's side of the settings.

    Attributes:
        look: how the screens look now. choose_look: asks for another; the screens are then made anew.
        path: the club file. faults: every fault a full check of it finds; slow, never called on the UI thread.
        leave: closes this club and asks for another file.
    """

    look: Look
    choose_look: Callable[[Look], object]
    path: Path
    faults: Callable[[], list[str]]
    leave: Callable[[], object]
