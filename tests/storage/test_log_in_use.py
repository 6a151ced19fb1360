"""Who looks at a club file while another Breather has it: whatever that one does in between, nothing is wrong."""

import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from models.bootstrap import Club, open_club
from models.kernel.clock import FixedClock
from models.kernel.errors import ClubFileError
from models.storage import club_file, engine, log, restoring
from tests.clubs import DEVICE, PASSPHRASE
from tests.faults.register import NOON, a_register, marks_in, opened, take

pytestmark = pytest.mark.file_only

MARKS = 60  # so many that the file grows by pages


@dataclass
class Moments:
    """Every look at a file of the club, and every connection to it; before the one asked for, something happens."""

    happens: Callable[[], object]
    at: int
    seen: int = 0
    busy: bool = field(default=False)

    def next(self) -> None:
        """One more look is about to be made."""
        if self.busy:  # what happens looks too
            return
        self.seen += 1
        if self.seen == self.at:
            self.busy = True
            self.happens()
            self.busy = False

    def before(self, patch: pytest.MonkeyPatch, holder: Any, name: str) -> None:
        """Has each call of it be one of the moments; of a method of `Path`, where it is about the file or its log."""
        plain = getattr(holder, name)

        def later(*args: Any, **how: Any) -> Any:
            if holder is not Path or args[0].name.endswith((".breather", "-wal", "-shm")):
                self.next()
            return plain(*args, **how)

        patch.setattr(holder, name, later)

    def watch(self, patch: pytest.MonkeyPatch) -> None:
        """From here on they count."""
        for name in ("stat", "is_file", "exists", "read_bytes", "open"):
            self.before(patch, Path, name)
        self.before(patch, log, "connect_to_look")
        self.before(patch, club_file, "connect")
        self.before(patch, restoring, "_twice")


def ends(club: Club) -> None:
    """Brings its log into the file and takes it away."""
    club.close()


def empties(club: Club) -> None:
    """Brings its log into the file, cuts it to nothing and goes on."""
    with suppress(ClubFileError):  # not while somebody reads what is in it
        club._store.wipe()


def begins_anew(club: Club) -> None:
    """The same, and writes more."""
    empties(club)
    take(club, 2, lambda _mark: None)


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a file whose marks are in its log, as a crash leaves it."""
    path, left = a_register(tmp_path_factory.mktemp("register")), tmp_path_factory.mktemp("left")
    club = opened(path)
    take(club, MARKS, lambda _mark: None)
    for name in (path.name, f"{path.name}-wal", f"{path.name}.keys"):
        shutil.copy(path.with_name(name), left)
    club.close()
    return left


@pytest.fixture(autouse=True)
def nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """What one of them holds, the other would wait for in vain: both are on this thread."""
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.0)


def in_use(register: Path, folder: Path) -> Club:
    """A copy of it, open."""
    club = opened(shutil.copytree(register, folder) / "club.breather")
    take(club, 1, lambda _mark: None)
    assert log.is_there(club.path)
    return club


@pytest.mark.parametrize("happens", [ends, empties, begins_anew])
def test_a_log_that_goes_while_it_is_looked_at_is_no_damage(
    happens: Callable[[Club], None], register: Path, tmp_path: Path
) -> None:
    at, seen = 0, 1
    while seen > at:  # until everything it looks at has been met
        at += 1
        writer = in_use(register, tmp_path / str(at))
        moments = Moments(partial(happens, writer), at)
        with pytest.MonkeyPatch.context() as patch:
            moments.watch(patch)
            looker = open_club(writer.path, PASSPHRASE, device=DEVICE, clock=FixedClock(NOON), looking=True)
        assert len(marks_in(looker)) > MARKS
        looker.close()
        writer.close()
        seen = moments.seen
    assert at > 8


def test_what_is_kept_aside_of_a_log_that_goes_is_the_whole_file(register: Path, tmp_path: Path) -> None:
    """A restore keeps the old file: whoever still looked at it may end meanwhile."""
    at, seen = 0, 1
    while seen > at:
        at += 1
        writer = in_use(register, tmp_path / str(at))
        moments = Moments(writer.close, at)
        with pytest.MonkeyPatch.context() as patch:
            moments.watch(patch)
            kept = restoring._keep_aside(writer.path, NOON)
        writer.close()
        assert kept is not None
        found = opened(kept)
        assert len(marks_in(found)) == MARKS + 1
        found.close()
        seen = moments.seen
    assert at > 4
