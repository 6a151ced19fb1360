"""Marks on their way to the club file, in the order they were made, and which rows wait for them."""

from collections import Counter
from collections.abc import Callable, Iterable
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from desktop.jobs import Jobs
from desktop.registers.actions import Change
from models.kernel.errors import BreatherError

Then = Callable[[], object]
Failed = Callable[[Exception], object]


class Saving(QObject):
    """A row waits until its mark is committed *and* the register was read again after that.

    Signals:
        moved(): other rows are waiting. kept(str): a change is committed, in these words.
        refused(Exception): one is not, and no form takes the error.
    """

    moved = Signal()
    kept = Signal(str)
    refused = Signal(object)

    def __init__(self, parent: QObject, jobs: Jobs) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._waiting: Counter[UUID] = Counter()
        self._committed: Counter[UUID] = Counter()
        self._read: Counter[UUID] = Counter()

    def waits(self, person: UUID) -> bool:
        """Whether this person's row says "Saving…"."""
        return self._waiting[person] > 0

    def do(self, change: Change, then: Then | None = None, failed: Failed | None = None) -> None:
        """Asks for a change. `then` is called once it is kept; `failed` takes a refusal of ours, for a form."""
        self._waiting.update(change.people)
        self.moved.emit()
        _Errand(self, self._jobs, change, then, failed)

    def begin_reading(self) -> None:
        """The register is about to be read: what is committed by now will be in the answer."""
        self._read = Counter(self._committed)

    def end_reading(self) -> None:
        """The answer is here."""
        self._waiting -= self._read
        self._committed -= self._read
        self._read = Counter()

    def done(self, change: Change) -> None:
        """A change is committed."""
        self._committed.update(change.people)
        self.kept.emit(change.said)

    def not_done(self, people: Iterable[UUID], error: Exception, failed: Failed | None) -> None:
        """A change was refused: its rows go back."""
        self._waiting -= Counter(people)
        self.moved.emit()
        if failed is not None and isinstance(error, BreatherError):
            failed(error)
        else:
            self.refused.emit(error)


class _Errand(QObject):
    """One change under way. It goes with its screen, so an answer never reaches a screen that is gone."""

    def __init__(self, parent: Saving, jobs: Jobs, change: Change, then: Then | None, failed: Failed | None) -> None:
        super().__init__(parent)
        self._saving = parent
        self._change = change
        self._then = then
        self._failed = failed
        jobs.change(change.run, change.label, self._done, self._not_done)

    def _done(self, _value: object) -> None:
        self.deleteLater()
        if self._then is not None:
            self._then()
        self._saving.done(self._change)

    def _not_done(self, error: Exception) -> None:
        self.deleteLater()
        self._saving.not_done(self._change.people, error, self._failed)
