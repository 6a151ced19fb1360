"""Marks on their way to the club file, in the order they were made, and which rows wait for them."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from desktop.jobs import Jobs
from desktop.registers.actions import Change
from models.kernel.errors import BreatherError
from models.registers.rules import RowState

if TYPE_CHECKING:
    from models.bootstrap import UnitOfWork

Then = Callable[[], object]
Failed = Callable[[Exception], object]
States = Mapping[UUID, RowState]
ReadBack = Callable[["UnitOfWork"], States]


class Saving(QObject):
    """A row waits until its mark is committed; what the mark came to is read back in the same unit of work.

    So a row turns at the commit, and the counts above it a moment later, once the whole register was read again.

    Signals:
        moved(): other rows are waiting, or one has turned. kept(str): a change is committed, in these words.
        refused(Exception): one is not, and no form takes the error.
    """

    moved = Signal()
    kept = Signal(str)
    refused = Signal(object)

    def __init__(self, parent: QObject, jobs: Jobs) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._waiting: Counter[UUID] = Counter()
        self._turned: dict[UUID, RowState] = {}
        self._missed: dict[UUID, RowState | None] = {}
        self._in_reading: dict[UUID, RowState] = {}

    def waits(self, person: UUID) -> bool:
        """Whether this person's row says "Saving…"."""
        return self._waiting[person] > 0

    def state(self, person: UUID, as_read: RowState) -> RowState:
        """Where a person stands: by a mark committed since the register was read, else as it was read."""
        return self._turned.get(person, as_read)

    def missed(self, person: UUID, state: RowState) -> bool:
        """Whether this person's last mark was not saved and they still stand as they did; `state` is as it is now."""
        if person not in self._missed:
            return False
        kept = self._missed[person]
        if kept is None:
            self._missed[person] = state
        elif kept != state:
            del self._missed[person]
        return person in self._missed

    def do(self, change: Change, back: ReadBack, then: Then | None = None, failed: Failed | None = None) -> None:
        """Asks for a change. `then` is called once it is kept; `failed` takes a refusal of ours, for a form."""
        self._waiting.update(change.people)
        self._forget(change.people)
        self.moved.emit()
        _Errand(self, self._jobs, change, back, then, failed)

    def begin_reading(self) -> None:
        """The register is about to be read: what is committed by now will be in the answer."""
        self._in_reading = dict(self._turned)

    def end_reading(self) -> None:
        """The answer is here."""
        for person, state in self._in_reading.items():
            if self._turned.get(person) is state:
                del self._turned[person]
        self._in_reading = {}

    def done(self, change: Change, states: States) -> None:
        """A change is committed."""
        self._waiting -= Counter(change.people)
        self._turned.update(states)
        self._forget(change.people)
        self.moved.emit()
        self.kept.emit(change.said)

    def not_done(self, people: Iterable[UUID], error: Exception, failed: Failed | None) -> None:
        """A change was refused: its rows go back, and say so unless a form does."""
        told_in_form = failed is not None and isinstance(error, BreatherError)
        people = tuple(people)
        self._waiting -= Counter(people)
        if not told_in_form:
            self._missed.update(dict.fromkeys(people))
        self.moved.emit()
        if failed is not None and told_in_form:
            failed(error)
        else:
            self.refused.emit(error)

    def _forget(self, people: Iterable[UUID]) -> None:
        for person in people:
            self._missed.pop(person, None)


class _Errand(QObject):
    """One change under way. It goes with its screen, so an answer never reaches a screen that is gone."""

    def __init__(
        self, parent: Saving, jobs: Jobs, change: Change, back: ReadBack, then: Then | None, failed: Failed | None
    ) -> None:
        super().__init__(parent)
        self._saving = parent
        self._change = change
        self._then = then
        self._failed = failed

        def run(uow: Any) -> States:
            change.run(uow)
            uow.flush()
            return back(uow)

        jobs.change(run, change.label, self._done, self._not_done)

    def _done(self, states: States) -> None:
        self.deleteLater()
        if self._then is not None:
            self._then()
        self._saving.done(self._change, states)

    def _not_done(self, error: Exception) -> None:
        self.deleteLater()
        self._saving.not_done(self._change.people, error, self._failed)
