"""The one way from a screen to the club: changes on one thread, reads on two more, answers on the UI thread."""

import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import Any, Literal, TypeVar
from uuid import UUID

import shiboken6
from PySide6.QtCore import QObject, Signal

from desktop.jobs.inbox import Inbox
from desktop.jobs.lane import Lane
from desktop.jobs.port import Club, Written
from desktop.jobs.ticket import Cancelled, Step, Ticket, Work
from desktop.jobs.unsaved import Unsaved
from models.kernel.clock import Clock

T = TypeVar("T")
Failed = Callable[[Exception], object]
Progress = Callable[[Step], object]
LaneName = Literal["quick", "slow"]

REMEMBERED = 500
"""More changes than anybody makes between two looks at what others did."""
MADE = "A paper, a list or a backup"
TURN_SECONDS = 0.0005
PATIENCE_SECONDS = 0.2  # a document still gets done while somebody taps without a pause, and cancelling stays prompt


class Jobs(QObject):
    """Runs changes and queries off the UI thread. Made, used and shut down on the UI thread.

    A callback that is a method of a widget is dropped, not called, once that widget is gone.

    Signals:
        changed(frozenset): the areas a commit changed; a screen refreshes only if it shows one of them.
        busy(bool): whether anything is queued or running.
        saved(datetime): a commit that changed something, at this UTC instant.
        failed(Exception): an error no `failed` handler was given for.
        stumbled(Exception, bool): any error of a job, and whether it was a change, before whoever asked for it hears.
        unheard(): something has failed while answers are held: it is in `unsaved`, and nobody has been told.

    Attributes:
        unsaved: what failed and was not told to whoever asked for it, as it stands this moment.
    """

    changed = Signal(object)
    busy = Signal(bool)
    saved = Signal(object)
    failed = Signal(object)
    stumbled = Signal(object, bool)
    unheard = Signal()

    def __init__(self, club: Club, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._club = club
        self._clock = clock
        self._inbox = Inbox(self)
        self._inbox.failed.connect(self.failed)
        self._writer = Lane("writer", self._inbox.post)
        self._readers: dict[str, Lane] = {
            "quick": Lane("reader", self._inbox.post), "slow": Lane("slow reader", self._inbox.post),
        }  # fmt: skip
        self._newest: dict[str, Ticket] = {}
        self._open: set[Ticket] = set()
        self._reading: set[Ticket] = set()
        self._pressing: set[Ticket] = set()
        self._calm = threading.Event()
        self._calm.set()
        self._mine: deque[UUID] = deque(maxlen=REMEMBERED)
        self._closed = False
        self.unsaved: list[Unsaved] = []
        self._keeping = False
        self._aside = Inbox(self)  # which is never held
        # Each statement of a mark hands over between threads: at Python's own 5 ms a pack being made would hold it up.
        sys.setswitchinterval(TURN_SECONDS)

    def change(
        self,
        fn: Callable[[Any], T],
        label: str,
        done: Callable[[T], object] | None = None,
        failed: Failed | None = None,
    ) -> Ticket:
        """Runs `fn(uow)` on the writer; `label` is the change in plain words for history ("Signed in Niamh Osei")."""
        return self.long_change(lambda uow, _work: fn(uow), label, done, failed)

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], object],
        failed: Failed | None = None,
        *,
        areas: frozenset[str] = frozenset(),
        alone: bool = False,
    ) -> Ticket:
        """Runs something on the writer, in its turn, that makes its own unit of work: a new password.

        `areas` have then changed, and are told as those of a change are. `alone`: nobody reads meanwhile.
        """
        ticket = self._begin(pressing=True)

        def run() -> None:
            try:
                value = self._alone(work) if alone else work()
            except Exception as error:
                self._miss(ticket, Unsaved("", error, self._clock.now()), failed)
            else:
                self._finish(ticket, lambda: self._ran(value, areas, done))

        self._writer.put(run)
        return ticket

    def query(
        self,
        fn: Callable[[Any], T],
        done: Callable[[T], object],
        failed: Failed | None = None,
        *,
        key: str | None = None,
        lane: LaneName = "quick",
    ) -> Ticket:
        """Runs `fn(read)` on a reader; with a key, an older query of that key is not run, or its answer dropped."""
        return self.long_query(lambda read, _work: fn(read), done, failed, key=key, lane=lane)

    def long_change(
        self,
        fn: Callable[[Any, Work], T],
        label: str,
        done: Callable[[T], object] | None = None,
        failed: Failed | None = None,
        *,
        progress: Progress | None = None,
        cancelled: Callable[[], object] | None = None,
    ) -> Ticket:
        """A change that takes more than a second; `cancelled` is called once nothing of it was kept."""
        ticket = self._begin(pressing=True)

        def run() -> None:
            try:
                if ticket.cancelled:
                    raise Cancelled
                work = Work(ticket, self._teller(progress), _at_once)
                written = self._club.write(lambda uow: fn(uow, work), label)
                if written.change_id is not None:
                    self._mine.append(written.change_id)
            except Cancelled:
                self._finish(ticket, lambda: _call(cancelled))
            except Exception as error:
                self._miss(ticket, Unsaved(label, error, self._clock.now(), fn), failed)
            else:
                self._finish(ticket, lambda: self._written(written, done))

        self._writer.put(run)
        return ticket

    def long_query(
        self,
        fn: Callable[[Any, Work], T],
        done: Callable[[T], object],
        failed: Failed | None = None,
        *,
        key: str | None = None,
        lane: LaneName = "slow",
        progress: Progress | None = None,
        cancelled: Callable[[], object] | None = None,
    ) -> Ticket:
        """A read, a document or a backup that takes more than a second."""
        ticket = self._begin(pressing=lane == "quick", awaited=progress is not None)
        give_way = _at_once if lane == "quick" else self._let_others_pass
        self._reading.add(ticket)
        if key is not None:
            if key in self._newest:
                self._newest[key].cancel()
            self._newest[key] = ticket

        def run() -> None:
            try:
                if ticket.cancelled:
                    raise Cancelled
                work = Work(ticket, self._teller(progress), give_way)
                value = self._club.read(lambda read: fn(read, work))
            except Cancelled:
                self._finish(ticket, lambda: _call(cancelled))
            except Exception as error:
                if key is None and lane == "slow" and not ticket.cancelled:  # a paper, a backup: somebody waits for it
                    self._miss(ticket, Unsaved(MADE, error, self._clock.now()), failed, change=False)
                else:
                    self._finish(ticket, _unless(ticket, self._failing(error, failed, change=False), cancelled))
            else:
                self._finish(ticket, _unless(ticket, lambda: _call(done, value), cancelled))

        self._readers[lane].put(run)
        return ticket

    def hold_answers(self) -> None:
        """While nobody is to see anything: jobs run on and are saved, what comes of them is told afterwards."""
        self._inbox.hold()

    def release_answers(self) -> None:
        """Tells what was held, in order."""
        self._inbox.release()

    def keep_failures(self, keep: bool = True) -> None:
        """From now on nobody is told what fails: it stays in `unsaved`. The screens that asked are about to go."""
        self._keeping = keep

    def wait_for_changes(self) -> None:
        """Blocks until every change asked for so far is made. Never on the UI thread."""
        made = threading.Event()
        self._writer.put(made.set)
        made.wait()

    def shutdown(self) -> None:
        """Finishes every change asked for, delivers what came of it, drops the reads, ends the threads."""
        if self._closed:
            return
        self.stop_asking()
        self.wait_until_done()
        self._inbox.release()

    def stop_asking(self, why: Exception | None = None) -> None:
        """No job can be asked for from here on, and the reads are dropped; who waits for a paper hears `why`."""
        self._closed = True
        self.unsaved += _dropped(self._reading, why, self._clock.now())
        for ticket in self._reading:
            ticket.cancel()

    def wait_until_done(self) -> None:
        """After `stop_asking`: blocks until every change asked for is made and the threads have ended."""
        self._writer.close(wait=None)
        for lane in self._readers.values():
            lane.close(wait=2.0)

    def mine(self) -> frozenset[UUID]:
        """The last changes made here, by their ids in the journal."""
        return frozenset(self._mine)

    def _begin(self, *, pressing: bool, awaited: bool = False) -> Ticket:
        if self._closed:
            raise RuntimeError("no job can be asked for after shutdown")
        ticket = Ticket(awaited=awaited)
        self._open.add(ticket)
        if pressing:
            self._pressing.add(ticket)
            self._calm.clear()
        if len(self._open) == 1:
            self.busy.emit(True)
        return ticket

    def _finish(self, ticket: Ticket, deliver: Callable[[], object]) -> None:
        def letter() -> None:
            self._open.discard(ticket)
            self._reading.discard(ticket)
            self._pressing.discard(ticket)
            if not self._pressing:
                self._calm.set()
            for key in [key for key, newest in self._newest.items() if newest is ticket]:
                del self._newest[key]
            try:
                deliver()
            finally:
                if not self._open:
                    self.busy.emit(False)

        self._inbox.post(letter)

    def _written(self, written: Written[T], done: Callable[[T], object] | None) -> None:
        try:
            _call(done, written.value)
        finally:
            if written.areas:
                self.saved.emit(self._clock.now())
                self.changed.emit(written.areas)

    def _alone(self, work: Callable[[], T]) -> T:
        """Runs `work` on the writer while the readers stand still between two jobs."""
        over = threading.Event()
        standing = [threading.Event() for _ in self._readers]
        for lane, stands in zip(self._readers.values(), standing, strict=True):
            lane.put(partial(_stand_still, stands, over))
        for stands in standing:
            stands.wait()
        try:
            return work()
        finally:
            over.set()

    def _ran(self, value: T, areas: frozenset[str], done: Callable[[T], object]) -> None:
        try:
            _call(done, value)
        finally:
            if areas:
                self.saved.emit(self._clock.now())
                self.changed.emit(areas)

    def _miss(self, ticket: Ticket, missed: Unsaved, failed: Failed | None, *, change: bool = True) -> None:
        if missed.counts:
            self.unsaved.append(missed)
        assert missed.error is not None  # it has just come
        tell = self._failing(missed.error, failed, change=change)

        def told() -> None:
            if not self._keeping:
                if missed in self.unsaved:
                    self.unsaved.remove(missed)
                tell()

        self._finish(ticket, told)
        self._aside.post(lambda: self.unheard.emit() if missed in self.unsaved else None)

    def _failing(self, error: Exception, failed: Failed | None, *, change: bool = True) -> Callable[[], object]:
        def told() -> None:
            self.stumbled.emit(error, change)
            if failed is None or (change and _gone(failed)):  # what is not saved is told, whatever became of the screen
                self.failed.emit(error)
            else:
                _call(failed, error)

        return told

    def _let_others_pass(self) -> None:
        self._calm.wait(PATIENCE_SECONDS)

    def _teller(self, progress: Progress | None) -> Callable[[Step], None]:
        if progress is None:
            return lambda _step: None
        return lambda step: self._inbox.post(lambda: _call(progress, step))


def _dropped(reading: Iterable[Ticket], why: Exception | None, at: datetime) -> list[Unsaved]:
    papers = [each for each in reading if each.awaited and not each.cancelled]
    return [Unsaved(MADE, why, at)] if why is not None and papers else []


def _stand_still(stands: threading.Event, over: threading.Event) -> None:
    stands.set()
    over.wait()


def _at_once() -> None:
    """What long work that somebody waits for does between its steps."""


def _unless(
    ticket: Ticket, deliver: Callable[[], object], cancelled: Callable[[], object] | None
) -> Callable[[], object]:
    return lambda: _call(cancelled) if ticket.cancelled else deliver()


def _gone(callback: Callable[..., object] | None) -> bool:
    owner = getattr(callback, "__self__", None)
    return isinstance(owner, QObject) and not shiboken6.isValid(owner)


def _call(callback: Callable[..., object] | None, *values: object) -> None:
    if callback is not None and not _gone(callback):
        callback(*values)
