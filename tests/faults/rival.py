"""One of several Breathers on one file: `python -m tests.faults.rival FILE SECONDS [looking] [unlocked]`.

It says `ready` and waits for a line. Then, until the time is up, it opens the file, takes a few marks or only looks,
and closes it. Each line says what happened: `in` and `out` with the time on a clock that all share, `mark` with its id
once it is committed, `busy` where another had the file, `saw` with how many marks were seen, `wrong` with what should
never happen.
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

PATIENCE = 60.0


def say(*words: object) -> None:
    """One line, at once."""
    print(*words, flush=True)


def at_it(path: Path, rng: random.Random, *, looking: bool) -> bool:
    """Opens the file once and does what it came for; whether it was let in."""
    try:
        club = open_club(path, PASSPHRASE, device=DEVICE, clock=FixedClock(NOON), looking=looking)
    except InUse:
        say("busy")
        time.sleep(rng.uniform(0, 0.02))
        return False
    try:
        if looking:
            say("saw", len(marks_in(club)))
            return True
        say("in", time.monotonic())
        take(club, rng.randint(1, 5), lambda mark: say("mark", mark))
        return True
    finally:
        if not looking:
            say("out", time.monotonic())
        club.close()


def main(path: Path, seconds: float, more: list[str]) -> None:
    """Until the time is up, and it was in at least once: on a busy machine the others may be quicker till they end."""
    if "unlocked" in more:
        free = lock.Lock(lock.lock_path(path), -1)
        free._handle = None
        for module in ("models.bootstrap", file_store.__name__):
            sys.modules[module].hold = lambda _path: free  # type: ignore[attr-defined] # the guard taken out
    rng = random.Random(" ".join(more))
    say("ready")
    sys.stdin.readline()  # all begin at once, however long each took to start
    end, been_in = time.monotonic() + seconds, False
    while time.monotonic() < (end if been_in else end + PATIENCE):
        try:
            been_in = at_it(path, rng, looking="looking" in more) or been_in
        except Exception as error:
            say("wrong", type(error).__name__, str(error).replace("\n", " "))


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]), sys.argv[3:])
