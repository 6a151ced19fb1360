"""Opens and makes club files off the UI thread: deriving a key from a passphrase takes a moment on purpose."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject

from desktop.jobs import Step
from desktop.jobs.inbox import Inbox
from desktop.jobs.lane import Lane
from desktop.welcome import sample
from models.kernel.clock import Clock
from models.kernel.errors import BadInput

if TYPE_CHECKING:
    from models.bootstrap import Backup, Club, Strength

T = TypeVar("T")
Done = Callable[["Club"], object]
Failed = Callable[[Exception], object]


@dataclass(frozen=True)
class Recovering:
    """What the recovery key is typed in with: as whom, with which password; and whether concerns may be lost by it."""

    key: str
    name: str
    password: str
    losing_concerns: bool = False


class Doorman(QObject):
    """One thread that opens one club file at a time; answers come back on the UI thread."""

    def __init__(self, data: Path, clock: Clock | None = None, strength: "Strength | None" = None) -> None:
        """`clock` None is the machine's; `strength` None the full cost of a passphrase."""
        super().__init__()
        self._data = data
        self._clock = clock
        self._strength = strength
        self._inbox = Inbox(self)
        self._lane = Lane("doorman", self._inbox.post)

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

    def open(self, path: Path, name: str, password: str, done: Done, failed: Failed) -> None:
        """Opens a club file as this person ("": a file that asks no name); `failed` hears what is wrong with it."""

        def work() -> "Club":
            from models.bootstrap import device_id, open_club, read_place

            place = read_place(self._data)
            return open_club(
                path, password, name=name or None, device=device_id(self._data), clock=self._clock, place=place,
                data=self._data,
            )  # fmt: skip

        self._put(work, done, failed)

    def asks_for_name(self, path: Path, done: Callable[[bool], object]) -> None:
        """Whether people sign in to this file by name; also where that cannot be told."""

        def work() -> bool:
            from models.bootstrap import asks_for_name

            return asks_for_name(path)

        self._put(work, done, lambda _error: done(True))

    def weigh(self, password: str, club: str, person: str, done: Callable[[str], object]) -> None:
        """What is wrong with a password somebody chooses, in the words it would be refused with; "" for nothing."""

        def work() -> str:
            from models.access.passwords import check_password

            try:
                check_password(password, club=club, person=person)
            except BadInput as wrong:
                return str(wrong)
            return ""

        self._put(work, done, lambda _error: done(""))

    def add_first(self, club: "Club", name: str, password: str, done: Done, failed: Failed) -> None:
        """Makes the first person of a club that everybody shared a passphrase of; they are then signed in."""

        def work() -> "Club":
            from models.bootstrap import Role

            club.add_person(name, password, role=Role.MANAGER)
            return club

        self._put(work, done, failed)

    def change_own(self, club: "Club", old: str, new: str, done: Done, failed: Failed) -> None:
        """Gives whoever is signed in a password of their own."""

        def work() -> "Club":
            club.change_own_password(old, new)
            return club

        self._put(work, done, failed)

    def recover(
        self, path: Path, asked: Recovering, done: Done, failed: Failed, backup: Path | None = None
    ) -> None:  # fmt: skip
        """Opens a club file with its recovery key; this person then is a manager with this password.

        A `backup` is put at `path` first.
        """

        def work() -> "Club":
            from models.bootstrap import device_id, open_with_recovery, read_place

            return open_with_recovery(
                path, asked.key, name=asked.name, password=asked.password, device=device_id(self._data),
                clock=self._clock, place=read_place(self._data), data=self._data, strength=self._strength,
                backup=backup, losing_concerns=asked.losing_concerns,
            )  # fmt: skip

        self._put(work, done, failed)

    def recover_on_server(self, address: str, asked: Recovering, done: Done, failed: Failed) -> None:
        """Opens a club on a server with its recovery key; this person then is a manager with this password."""

        def work() -> "Club":
            from models.bootstrap import device_id
            from models.server.places import place_of
            from models.server.recovering import open_with_recovery

            return open_with_recovery(
                place_of(address), asked.key, name=asked.name, password=asked.password,
                device=device_id(self._data), clock=self._clock, data=self._data,
                losing_concerns=asked.losing_concerns,
            )  # fmt: skip

        self._put(work, done, failed)

    def look_for_backup(
        self, path: Path, password: str, done: Callable[["Backup | None"], object], but: Collection[Path] = ()
    ) -> None:
        """The newest backup of a club file that did not open, None where this machine has none `but` these.

        With its counts where the password that was typed opens it.
        """

        def work() -> "Backup | None":
            from models.bootstrap import backups_for

            return next((one for one in backups_for(path, self._data, password) if one.path not in but), None)

        self._put(work, done, lambda _error: done(None))

    def put_back(self, backup: Path, path: Path, name: str, password: str, done: Done, failed: Failed) -> None:
        """Puts a backup at a path and opens it; what was there is kept beside it."""

        def work() -> "Club":
            from models.bootstrap import device_id, restore

            return restore(
                backup, path, password, name=name or None, device=device_id(self._data), clock=self._clock,
                data=self._data,
            )  # fmt: skip

        self._put(work, done, failed)

    def restore(self, club: "Club", backup: Path, done: Done, failed: Failed, first: Callable[[], object]) -> None:
        """Puts a backup in the place of an open club once `first` has ended its jobs; on failure it is open still."""

        def work() -> "Club":
            first()
            return club.restored_from(backup)

        self._put(work, done, failed)

    def create(self, path: Path, name: str, person: str, password: str, done: Done, failed: Failed) -> None:
        """Makes a new club file with its first manager and opens it; `failed` hears the BadInput with its field."""

        def work() -> "Club":
            from models.bootstrap import create_club, device_id

            return create_club(
                path, name, password, person=person, device=device_id(self._data), clock=self._clock,
                strength=self._strength, data=self._data,
            )  # fmt: skip

        self._put(work, done, failed)

    def open_on_server(self, address: str, name: str, password: str, done: Done, failed: Failed) -> None:
        """Opens a club on a server as this person; `failed` hears why not, within ten seconds."""

        def work() -> "Club":
            from models.bootstrap import device_id
            from models.server.opening import open_on_server
            from models.server.places import place_of

            device = device_id(self._data)
            return open_on_server(
                place_of(address), password, name=name, device=device, clock=self._clock, data=self._data
            )

        self._put(work, done, failed)

    def create_on_server(self, asked: Mapping[str, str], done: Done, failed: Failed) -> None:
        """Makes a new club on a server, as its owner, and opens it as its first manager (see `NewServerForm`)."""

        def work() -> "Club":
            from models.bootstrap import device_id
            from models.server.opening import create_on_server
            from models.server.places import owned_place

            place = owned_place(asked["address"], asked["owner"], asked["owner_password"])
            return create_on_server(
                place, asked["name"], asked["passphrase"], person=asked["person"], device=device_id(self._data),
                clock=self._clock, strength=self._strength, data=self._data,
            )  # fmt: skip

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
