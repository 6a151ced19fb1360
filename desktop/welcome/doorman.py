"""Opens and makes club files off the UI thread: deriving a key from a passphrase takes a moment on purpose."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject

from desktop.jobs import Step
from desktop.jobs.inbox import Inbox
from desktop.jobs.lane import Lane
from desktop.welcome import sample
from models.kernel.clock import Clock

if TYPE_CHECKING:
    from models.bootstrap import Backup, Club, Strength

T = TypeVar("T")
Done = Callable[["Club"], object]
Failed = Callable[[Exception], object]


class Doorman(QObject):
    """One thread that opens one club file at a time; answers come back on the UI thread."""

    def __init__(self, data: Path, clock: Clock | None = None, strength: "Strength | None" = None) -> None:
        """`clock` None is the machine's; `strength` None the full cost of a passphrase."""
        super().__init__()
        self._data = data
        self._clock = clock
        self._strength = strength
        self._inbox = Inbox(self)
        self._lane = Lane("doorman")

    def warm_up(self, then: Callable[[], object] | None = None, also: Callable[[], object] | None = None) -> None:
        """Imports what opening a file needs, while the person is still reading or typing.

        `also` imports more, on the same thread; `then` runs on the UI thread once all is there.
        """

        def run() -> None:
            import models.bootstrap  # noqa: F401 - imported for what it brings in

            if also is not None:
                also()
            if then is not None:
                self._inbox.post(lambda: _run(then))

        self._lane.put(run)

    def open(self, path: Path, passphrase: str, done: Done, failed: Failed) -> None:
        """Opens a club file; `failed` hears the ClubFileError that says what is wrong with it."""

        def work() -> "Club":
            from models.bootstrap import device_id, open_club, read_place

            place = read_place(self._data)
            return open_club(path, passphrase, device=device_id(self._data), clock=self._clock, place=place)

        self._put(work, done, failed)

    def look_for_backup(self, path: Path, done: Callable[["Backup | None"], object]) -> None:
        """The newest backup of a club file that did not open, None where this machine has none."""

        def work() -> "Backup | None":
            from models.bootstrap import backups_for

            return next(iter(backups_for(path, self._data)), None)

        self._put(work, done, lambda _error: done(None))

    def put_back(self, backup: Path, path: Path, passphrase: str, done: Done, failed: Failed) -> None:
        """Puts a backup at a path and opens it; what was there is kept beside it."""

        def work() -> "Club":
            from models.bootstrap import device_id, restore

            return restore(backup, path, passphrase, device=device_id(self._data), clock=self._clock)

        self._put(work, done, failed)

    def restore(
        self, club: "Club", backup: Path, done: Done, failed: Failed, first: Callable[[], object]
    ) -> None:
        """Puts a backup in the place of an open club once `first` has ended its jobs; on failure it is open still."""

        def work() -> "Club":
            first()
            return club.restored_from(backup)

        self._put(work, done, failed)

    def create(self, path: Path, name: str, passphrase: str, done: Done, failed: Failed) -> None:
        """Makes a new club file and opens it; `failed` hears the BadInput with its field."""

        def work() -> "Club":
            from models.bootstrap import create_club, device_id

            return create_club(
                path, name, passphrase, device=device_id(self._data), clock=self._clock, strength=self._strength
            )

        self._put(work, done, failed)

    def open_sample(self, done: Done, failed: Failed, progress: Callable[[Step], object]) -> None:
        """Opens the sample club, making it first where there is none."""

        def step(at: int, words: str) -> None:
            self._inbox.post(lambda: _run(lambda: progress(Step(at, sample.STEPS, words))))

        def work() -> "Club":
            from models.bootstrap import device_id

            device = device_id(self._data)
            if sample.path_in(self._data).exists():
                return sample.open_made(self._data, device)
            return sample.make(self._data, device, step)

        self._put(work, done, failed)

    def close(self) -> None:
        """Finishes what was begun and ends the thread."""
        self._lane.close(wait=None)

    def _put(self, work: Callable[[], T], done: Callable[[T], object], failed: Failed) -> None:
        def run() -> None:
            try:
                found = work()
            except Exception as error:
                told = error
                self._inbox.post(lambda: _run(lambda: failed(told)))
            else:
                self._inbox.post(lambda: _run(lambda: done(found)))

        self._lane.put(run)


def _run(answer: Callable[[], object]) -> None:
    answer()
