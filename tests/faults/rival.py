"""One of several Breathers on one file: `python -m tests.faults.rival FILE SECONDS [looking] [unlocked]`.

Until the time is up it opens the file, takes a few marks or only looks, and closes it. Each line says what happened:
`in` and `out` with the time on a clock that all share, `mark` with its id once it is committed, `busy` where another
had the file, `saw` with how many marks were seen, `wrong` with what should never happen.
"""

import random
import sys
import time
from pathlib import Path

from models.bootstrap import open_club
from models.kernel.clock import FixedClock
from models.kernel.errors import InUse
from models.storage import file_store, lock
from tests.clubs import DEVICE, PASSPHRASE
from tests.faults.register import NOON, marks_in, take


def say(*words: object) -> None:
    """One line, at once."""
    print(*words, flush=True)


def at_it(path: Path, rng: random.Random, *, looking: bool) -> None:
    """Opens the file once and does what it came for."""
    try:
        club = open_club(path, PASSPHRASE, device=DEVICE, clock=FixedClock(NOON), looking=looking)
    except InUse:
        say("busy")
        time.sleep(rng.uniform(0, 0.02))
        return
    try:
        if looking:
            say("saw", len(marks_in(club)))
            return
        say("in", time.monotonic())
        take(club, rng.randint(1, 5), lambda mark: say("mark", mark))
    finally:
        if not looking:
            say("out", time.monotonic())
        club.close()


def main(path: Path, seconds: float, more: list[str]) -> None:
    """Until the time is up."""
    if "unlocked" in more:
        free = lock.Lock(lock.lock_path(path), -1)
        free._handle = None
        for module in ("models.bootstrap", file_store.__name__):
            sys.modules[module].hold = lambda _path: free  # type: ignore[attr-defined] # the guard taken out
    rng = random.Random(" ".join(more))
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            at_it(path, rng, looking="looking" in more)
        except Exception as error:
            say("wrong", type(error).__name__, str(error).replace("\n", " "))


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]), sys.argv[3:])
