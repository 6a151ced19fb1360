"""Several people at one club at once, each over connections of their own, on either engine."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import time
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest

from models.bootstrap import Club
from models.kernel.clock import FixedClock, london_instant
from models.kernel.errors import BreatherError
from models.kernel.ids import seeded_ids
from models.storage.club_file import Opened
from models.storage.file_store import FileStore
from tests import servers
from tests.clubs import DEVICE, PASSPHRASE, THURSDAY, new_club

ENGINES = (pytest.param("file", marks=pytest.mark.file_only), pytest.param("postgresql", marks=pytest.mark.server))
Job = Callable[[], Any]


@contextmanager
def team(engine: str, folder: Path, many: int) -> Iterator[list[Club]]:
    """A new club on an engine, as that many people have it open."""
    first = club_on(engine, folder)
    clubs = [first, *(beside(first, number) for number in range(1, many))]
    try:
        yield clubs
    finally:
        for club in clubs:
            club.close()


def club_on(engine: str, folder: Path) -> Club:
    """A new, empty club on the engine."""
    if engine == "file":
        return new_club(folder)
    on = servers.server()
    assert on is not None  # tests marked `server` are left out where there is none
    return on.club("Harbour Young Carers", PASSPHRASE, DEVICE, FixedClock(london_instant(THURSDAY, time(9, 30))), 1)


def beside(club: Club, number: int) -> Club:
    """The same club over other connections.

    Breather itself lets a second copy only look at a club file; here both write, so that SQLite's own lock is tried.
    """
    other = club.apart()
    store = club._store
    if isinstance(store, FileStore):
        other._store = FileStore(Opened(store.path, store.key, store.club, store.version), store._lock)
    other._ids = seeded_ids(1000 + number)
    return other


def at_once(jobs: Sequence[Job]) -> list[Any]:
    """What each answered, or the error of ours it met; all begin together."""
    ready = Barrier(len(jobs))
    found: list[Any] = [None] * len(jobs)

    def run(place: int, job: Job) -> None:
        ready.wait()
        try:
            found[place] = job()
        except BreatherError as error:
            found[place] = error

    threads = [Thread(target=run, args=pair) for pair in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found
