"""What opens beside the register: who collects, ring home, someone else, and the small forms."""

from collections.abc import Callable, Collection
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from desktop.jobs import Jobs
from desktop.registers import actions, reading
from desktop.registers.actions import Change
from desktop.registers.closing import MARK, CloseForm
from desktop.registers.collect import CollectPanel
from desktop.registers.forms import AllowForm, CorrectForm, NoteForm
from desktop.registers.reading import Known
from desktop.registers.ring_home import RingHome
from desktop.registers.someone_else import SomeoneElse
from desktop.registers.words import RowView
from desktop.widgets.form import Form
from desktop.widgets.page import Page
from desktop.widgets.panel import Panel
from models.kernel.clock import Clock
from models.registers.queries import MarkRow, Register
from models.registers.rules import CollectedHow, Status

Do = Callable[..., object]
"""Makes a change: do(change, then=None, failed=None)."""


class Panels:
    """Opens one thing at a time in the panel of the page.

    Attributes:
        panel: the drawer. on_out: called with (row, collector, how) when a child was signed out with somebody.
    """

    def __init__(
        self,
        page: Page,
        jobs: Jobs,
        clock: Clock,
        do: Do,
    ) -> None:
        self._page = page
        self._jobs = jobs
        self._clock = clock
        self._do = do
        self.on_out: Callable[[RowView, str, CollectedHow], object] = lambda _view, _by, _how: None
        self.panel = Panel(page)

    def collect(self, activity_id: UUID, view: RowView, *, door: bool) -> None:
        """Who takes this child home?"""
        made = CollectPanel(view.person_id, view.name, door=door)

        def ask(password: str = "") -> None:
            self._jobs.query(
                lambda uow: reading.read_check(uow, activity_id, view.person_id, password),
                made.show_check,
                self._page.failed.emit,
                key="register-check",
            )

        def out(name: str, how: CollectedHow) -> None:
            self.panel.close_panel()
            self._do(actions.sign_out(activity_id, [view], self._clock.now(), name, how))
            self.on_out(view, name, how)

        def phoned(name: str, relationship: str, rang: str) -> None:
            self.panel.close_panel()
            self._do(actions.sign_out_phoned(activity_id, view, self._clock.now(), name, relationship, rang))
            self.on_out(view, name, CollectedHow.PHONED)

        made.asked.connect(ask)
        made.chosen.connect(out)
        made.phoned.connect(phoned)
        self.panel.open(f"Sign out {view.name}", made)
        ask()

    def ring_home(self, activity_id: UUID, late: Collection[RowView], *, keep: QWidget | None) -> None:
        """Who to ring about these children; `keep` has the keyboard and goes on having it."""
        shown = self.panel.content()
        if isinstance(shown, RingHome) and self.panel.shown:
            made = shown
        else:
            made = RingHome()
            made.told.connect(lambda call, kind: self._do(actions.told(activity_id, call.child_id, call.called, kind)))
            made.unanswered.connect(
                lambda call: self._do(
                    actions.no_answer(activity_id, call.child_id, call.called, self._clock.now(), call.note)
                )
            )
            self.panel.open("Ring home", made, keep)
        wanted = frozenset(view.person_id for view in late)
        self._jobs.query(
            lambda uow: reading.read_calls(uow, activity_id, wanted),
            made.show_calls,
            self._page.failed.emit,
            key="register-calls",
        )

    def ringing(self) -> bool:
        """Whether the numbers to ring are open."""
        return self.panel.shown and isinstance(self.panel.content(), RingHome)

    def someone_else(self, activity_id: UUID, typed: str = "") -> None:
        """A child or adult who is not on the register; `typed`: the letters typed so far."""
        made = SomeoneElse()

        def picked(one: Known) -> None:
            self.panel.close_panel()
            self._do(actions.came_too(activity_id, one.id, one.name, one.adult, self._clock.now()))

        made.picked.connect(picked)
        made.saved.connect(partial(self._save, made, lambda values: actions.came_new(activity_id, values)))
        self._open_form("Someone else came", made)
        made.start_with(typed)
        self._jobs.query(
            lambda uow: reading.read_known(uow, activity_id),
            made.show_known,
            self._page.failed.emit,
            key="register-known",
        )

    def correct(self, register: Register, view: RowView) -> None:
        """The times of somebody's marks."""
        activity = register.activity

        def show(marks: tuple[MarkRow, ...]) -> None:
            def save(times: Any, names: Any) -> None:
                self._save(made, lambda _values: actions.correct(view, activity.day, times, names), {})

            made = CorrectForm(marks, save)
            self._open_form(f"Correct the time: {view.name}", made)

        self._jobs.query(
            lambda uow: reading.read_standing(uow, activity.id, view.child_id, view.adult_id),
            show,
            self._page.failed.emit,
            key="register-marks",
        )

    def note(self, activity_id: UUID, view: RowView, before: str) -> None:
        """A note about somebody."""
        made = NoteForm(before)
        made.saved.connect(
            partial(self._save, made, lambda values: actions.note(activity_id, view, values["note"] or ""))
        )
        self._open_form(f"Note: {view.name}", made)

    def allow(self, activity_id: UUID, view: RowView) -> None:
        """Somebody else may collect today."""
        made = AllowForm()
        made.saved.connect(partial(self._save, made, lambda values: actions.allow_today(activity_id, view, values)))
        self._open_form(f"Somebody else may collect {view.name} today", made)

    def close_day(self, register: Register) -> None:
        """Closing the register."""
        inside = [line.called for line in register.children if line.state.status is Status.IN]
        due = [line.called for line in register.children if line.state.status in (Status.DUE, Status.LATE)]
        made = CloseForm(inside, due)

        def change(values: dict[str, Any]) -> Change:
            return actions.close_day(register.activity.id, values.get("rest") == MARK, values["note"] or "")

        made.saved.connect(partial(self._save, made, change))
        self._open_form("Close the day", made)

    def _open_form(self, title: str, made: Form) -> None:
        made.left.connect(self.panel.close_panel)
        made.failed.connect(self._page.failed)
        self.panel.open(title, made)

    def _save(self, made: Form, change: Callable[[dict[str, Any]], Change], values: dict[str, Any]) -> None:
        made.set_busy(True)
        self._do(change(values), self.panel.close_panel, made.show_error)
