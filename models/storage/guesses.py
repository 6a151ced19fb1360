"""Wrong passwords, counted in `X.breather.guesses` beside the keys, so that nobody can try one after another here.

At most ten in five minutes; from the fifth on each has to wait longer than the one before. The wait is answered, never
slept: whoever asks too soon is told when to try again, and nothing is derived. The same count is kept in this machine's
own folder and by whoever holds this object, and the highest counts: deleting the file beside the keys, or keeping the
folder from being written to, does not begin a new count, nor does signing in oneself between two tries at somebody
else's password. A clock set back makes the five minutes begin anew.

What this cannot do: somebody who takes the club file and its keys to a machine of their own, or who clears this
machine's folder too, or sets the clock forward, guesses without being counted. There only the cost of Argon2id stands
in the way, and the length of the password; that is why both are held to.
"""

import contextlib
import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import reduce
from pathlib import Path
from typing import Any, Self

from models.kernel.clock import london_wall
from models.kernel.dates import short_with_year
from models.kernel.errors import TooManyGuesses, WrongPassphrase
from models.storage.keys import replace_file
from models.storage.lock import one_at_a_time

MOST = 10
WINDOW = timedelta(minutes=5)
FREE = 4  # as many slips of the finger as people really make
MOST_COUNTED = 1_000_000  # more than anybody can have typed
_KEPT = "guesses"
_YEARS = range(2000, 2200)  # what else a file says was not written by us


@dataclass(frozen=True)
class Tally:
    """Wrong passwords: how many since they were last told of and the first of those, the newest ten (aware UTC)."""

    count: int = 0
    first: datetime | None = None
    newest: tuple[datetime, ...] = ()

    def with_one(self, now: datetime) -> "Tally":
        """One more."""
        times = self.as_of(now).newest
        return Tally(self.count + 1, self.first or now, (*times, now)[-MOST:])

    def as_of(self, now: datetime) -> "Tally":
        """The same with nothing later than now: where the clock was set back, those are of this moment."""
        return replace(self, newest=tuple(min(at, now) for at in self.newest))

    def with_other(self, other: "Tally") -> "Tally":
        """Both counts of the same guesses as one, which neither can make smaller."""
        firsts = [at for at in (self.first, other.first) if at is not None]
        newest = sorted((Counter(self.newest) | Counter(other.newest)).elements())
        return Tally(max(self.count, other.count), min(firsts, default=None), tuple(newest[-MOST:]))

    def told(self, now: datetime) -> "Tally":
        """What stays when the journal has them: those of the last five minutes, which still make the next one wait."""
        return Tally(newest=tuple(at for at in self.as_of(now).newest if now - at < WINDOW))

    def wait_until(self, now: datetime) -> datetime | None:
        """When the next password may be tried; None for at once."""
        at = now
        while (later := self._later(at, now)) is not None:  # one wait may end within another
            at = later
        return at if at > now else None

    def _later(self, at: datetime, now: datetime) -> datetime | None:
        recent = [each for each in self.as_of(now).newest if at - each < WINDOW]
        if len(recent) >= MOST:
            return recent[-MOST] + WINDOW
        if len(recent) <= FREE:
            return None
        until = recent[-1] + timedelta(seconds=2 ** (len(recent) - FREE))
        return until if until > at else None

    def words(self) -> str:
        """As the journal tells it: 7 wrong passwords between 10:02 and 10:09 on 5 Dec 2026."""
        last = self.newest[-1] if self.newest else self.first
        if not (self.first and last):
            return ""
        begun, ended = (london_wall(at) for at in sorted((self.first, last)))
        if self.count == 1:
            return f"One wrong password at {begun:%H:%M} on {short_with_year(begun.date())}"
        same = begun.date() == ended.date()
        start = f"{begun:%H:%M}" if same else f"{begun:%H:%M} on {short_with_year(begun.date())}"
        return f"{self.count} wrong passwords between {start} and {ended:%H:%M} on {short_with_year(ended.date())}"

    def to_json(self) -> bytes:
        """As it is kept."""
        first = self.first.isoformat() if self.first else None
        said = {"count": self.count, "first": first, "newest": [at.isoformat() for at in self.newest]}
        return json.dumps(said).encode()

    @classmethod
    def from_json(cls, content: bytes) -> Self:
        """Raises ValueError, KeyError, TypeError, OverflowError or RecursionError for what we did not write."""
        said: Any = json.loads(content)
        count, first = int(said["count"]), _instant(said["first"]) if said["first"] else None
        if not 0 <= count <= MOST_COUNTED:
            raise ValueError("nobody typed so many")
        return cls(count, first, tuple(sorted(_instant(at) for at in said["newest"]))[-MOST:])


def guesses_path(club_file: Path) -> Path:
    """`X.breather.guesses` for `X.breather`."""
    return club_file.with_name(club_file.name + ".guesses")


@dataclass
class Guesses:
    """The count for one club file. Raises nothing where it cannot be written: it is then kept in memory alone."""

    beside: Path
    machine: Path | None = None
    _here: Tally = field(default_factory=Tally)

    @classmethod
    def of(cls, club_file: Path, club: object, data: Path | None) -> Self:
        """`club` is its id, `data` this machine's folder (None: only the file beside the keys)."""
        return cls(guesses_path(club_file), data / _KEPT / f"{club}.json" if data is not None else None)

    def tally(self) -> Tally:
        """What is counted beside the keys, on this machine and here, as one."""
        return reduce(Tally.with_other, self._kept(), self._here)

    def words(self) -> str:
        """What the journal is told of them."""
        gone = "" if self.beside.exists() else "; the file that counts them is not beside the keys"
        return f"{self.tally().words()}{gone}"

    def check(self, now: datetime) -> None:
        """Raises TooManyGuesses where the next password has to wait."""
        found = self.tally()
        if found != found.as_of(now):  # kept, or the five minutes would begin anew each time somebody asks
            self._keep(found.as_of(now))
        until = found.wait_until(now)
        if until is not None:
            raise too_many(until, now)

    @contextlib.contextmanager
    def trying(self, now: datetime) -> Iterator[None]:
        """Around one try at a password: it may be made at all, and is counted where it raises WrongPassphrase.

        One at a time on this machine: or as many as are started together would all be let by. Raises TooManyGuesses.
        """
        with one_at_a_time(self.machine.with_suffix(".lock")) if self.machine else contextlib.nullcontext():
            self.check(now)
            try:
                yield
            except WrongPassphrase:
                self.note(now)
                raise

    def note(self, now: datetime) -> None:
        """Counts one wrong password."""
        self._keep(self.tally().with_one(now))

    def told(self, now: datetime) -> None:
        """Hears that they are in the journal; the next one has to wait all the same."""
        found = self.tally()
        if found != found.told(now):
            self._keep(found.told(now))

    def _keep(self, tally: Tally) -> None:
        self._here = tally
        for path in self._paths():
            with contextlib.suppress(OSError):
                if tally == Tally():
                    path.unlink(missing_ok=True)
                    continue
                path.parent.mkdir(parents=True, exist_ok=True)
                replace_file(path, tally.to_json())

    def _paths(self) -> Iterable[Path]:
        # Where a backup is being put back there may be no file yet, and nothing is to be left beside its place.
        beside = (self.beside,) if self.beside.with_suffix("").exists() else ()
        return beside if self.machine is None else (*beside, self.machine)

    def _kept(self) -> Iterable[Tally]:
        for path in self._paths():
            with contextlib.suppress(OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
                yield Tally.from_json(path.read_bytes())


def too_many(until: datetime, now: datetime) -> TooManyGuesses:
    """What to raise for a password that has to wait until then."""
    seconds = max(1, math.ceil((until - now).total_seconds()))
    wait = f"{seconds} second{'s' if seconds > 1 else ''}" if seconds < 60 else f"until {_minute_after(until)}"
    return TooManyGuesses("There were too many wrong passwords.", f"Wait {wait}, then try again.", until)


def _instant(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None or at.year not in _YEARS:
        raise ValueError("no instant of ours")
    return at.astimezone(UTC)


def _minute_after(until: datetime) -> str:
    return f"{london_wall(until) + timedelta(seconds=59):%H:%M}"
