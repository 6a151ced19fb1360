"""What is written down when somebody is refused: each refusal once, and the same one again at most once a minute."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from uuid import UUID

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from models.access.records import AccessEvent
from models.access.rules import AccessKind
from models.kernel.actor import Actor
from models.kernel.clock import Clock, machine_now
from models.kernel.errors import BreatherError, Denied
from models.kernel.ids import IdSource
from models.storage.uow import UnitOfWork

MOST = 300
OFTEN = timedelta(minutes=1)
_NEEDS = " needs: "
_AGAIN = re.compile(r" \((\d+) more times?\)$")
_ROOM = 40
_Kind = tuple[Actor, str, frozenset[UUID]]


def event_of(denied: Denied, actor: Actor, at: datetime, again: int = 0) -> AccessEvent:
    """The entry of the journal: who tried what, and which permission they lack. No child is named in it.

    `again`: how often besides, since the entry before it of the same.
    """
    return _event(actor.name, detail_of(denied), at, again)


def detail_of(denied: Denied) -> str:
    """What was tried and what it takes."""
    return f"{denied.verb or 'something'}{_NEEDS}{denied.permission or 'more'}"


def lacked(detail: str) -> tuple[str, int]:
    """Which permission was lacked, of an entry written above, and how often besides."""
    more = _AGAIN.search(detail)
    said = detail[: more.start()] if more else detail
    return said.rpartition(_NEEDS)[2], int(more.group(1)) if more else 0


@dataclass
class _Run:
    """The same refusal over and over: when it was last written down, and how often it came since."""

    written: datetime
    since: int = 0


class Refusals:
    """Counts the refusals of one open club, from whichever thread they come.

    A screen that asks every other second for what it may not have would fill the journal with one line. So the first of
    a kind (who, and what, to which records) is written at once, what comes within a minute is counted, and the next
    entry says how many. The same tried on another record is another kind.
    """

    def __init__(self, noting: Callable[[], Session], ids: IdSource) -> None:
        """`noting`: a session to write them in."""
        self._runs: dict[_Kind, _Run] = {}
        self._lock = Lock()
        self._noting = noting
        self._ids = ids

    @contextmanager
    def noted(self, actor: Actor, clock: Clock) -> Iterator[None]:
        """Writes a refusal down on the spot, in a unit of its own: what was refused has been rolled back by then.

        Where it cannot be written (a full disk, a file that is only read), the refusal stands all the same.
        """
        try:
            yield
        except Denied as denied:
            if denied.noted:  # by a read within this change
                raise
            denied.noted = True
            self._write(self.to_write(denied, actor, clock.now(), machine_now(clock)), actor, clock)
            raise

    def write_rest(self, actor: Actor, clock: Clock) -> None:
        """Writes what was counted and is not written yet: when the club is closed."""
        self._write(self.rest(clock.now()), actor, clock)

    def _write(self, events: Iterable[AccessEvent], actor: Actor, clock: Clock) -> None:
        events = tuple(events)
        if not events:
            return
        with (
            suppress(BreatherError, SQLAlchemyError, OSError),
            UnitOfWork(self._noting(), actor, clock, self._ids, "Refused") as uow,
        ):
            for event in events:
                uow.add(event)
            uow.commit()

    def to_write(self, denied: Denied, actor: Actor, at: datetime, now: datetime) -> tuple[AccessEvent, ...]:
        """The entries to write for this refusal, none where it is one more of the same.

        `at` is the club's time, for the entry; `now` the machine's, by which the minute is told.
        """
        kind = (actor, detail_of(denied), denied.about)
        with self._lock:
            run = self._runs.get(kind)
            if run is not None and timedelta() <= now - run.written < OFTEN:
                run.since += 1
                return ()
            self._runs[kind] = _Run(now)
            more = run.since if run else 0
            return (*self._over(at, now), event_of(denied, actor, at, more))

    def rest(self, at: datetime) -> tuple[AccessEvent, ...]:
        """What was counted and is not written yet."""
        with self._lock:
            runs, self._runs = self._runs, {}
            return tuple(_counted(runs.items(), at))

    def _over(self, at: datetime, now: datetime) -> Iterable[AccessEvent]:
        """Runs that ended more than a minute ago: told of, and forgotten."""
        ended = [(kind, run) for kind, run in self._runs.items() if not timedelta() <= now - run.written < OFTEN]
        for kind, _ in ended:
            del self._runs[kind]
        return tuple(_counted(ended, at))


def _counted(runs: Iterable[tuple[_Kind, _Run]], at: datetime) -> Iterable[AccessEvent]:
    return [_event(actor.name, detail, at, run.since) for (actor, detail, _about), run in runs if run.since]


def _event(who: str, detail: str, at: datetime, again: int) -> AccessEvent:
    more = f" ({again} more time{'s' if again > 1 else ''})" if again else ""
    return AccessEvent(kind=AccessKind.DENIED, who=who[:120], detail=detail[: MOST - _ROOM] + more, at=at)
