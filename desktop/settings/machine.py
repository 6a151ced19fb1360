"""What the settings page needs of the window around it: the look, and the club file itself."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop.jobs.keeper import Keeper
from desktop.settings.mine import Mine
from desktop.settings.preferences import USUAL_MINUTES, Look


@dataclass(frozen=True)
class Machine:
    """This machine's side of the settings.

    Attributes:
        look: how the screens look now. choose_look: asks for another; the screens are then made anew.
        path: the club file. faults: every fault a full check of it finds; slow, never called on the UI thread.
        leave: closes this club and asks for another file. now: the club's clock.
        mine: the club, for one's own password and PIN; None where nobody signs in. who: the acting person's name.
        lock_minutes: without input until it locks. choose_minutes: asks for another number of them.
        server: the address of the server the club is on, "" for a file.
        keeper: keeps the backups, where there are any. restore: puts the backup at a path in the club file's place.
    """

    look: Look
    choose_look: Callable[[Look], object]
    path: Path
    faults: Callable[[], list[str]]
    leave: Callable[[], object]
    now: Callable[[], datetime]
    keeper: Keeper | None
    restore: Callable[[Path], object]
    mine: Mine | None = None
    who: str = ""
    lock_minutes: int = USUAL_MINUTES
    choose_minutes: Callable[[int], object] = lambda _minutes: None
    server: str = ""
