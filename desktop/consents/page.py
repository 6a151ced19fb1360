"""Consents: which child may go where, what is missing, and keying what came back."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar
from uuid import UUID

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton

from desktop.consents import actions, reading
from desktop.consents.cell_view import CellView
from desktop.consents.filters import Filters
from desktop.consents.forms import ANSWER_WORDS, Answer, answer_form
from desktop.consents.reading import FORM, CellSeen, Overview, Sheet
from desktop.consents.returned import ReturnedForm
from desktop.consents.table import Matrix
from desktop.jobs import Jobs
from desktop.widgets.anyway import tell
from desktop.widgets.flow import Flow
from desktop.widgets.form import Form
from desktop.widgets.metrics import px
from desktop.widgets.page import Page
from desktop.widgets.panel import Panel
from desktop.widgets.text import button, label
from models.access.rules import Permission
from models.consents.rules import KIND_WORDS, ConsentKind, Level
from models.kernel.clock import Clock
from models.kernel.errors import BreatherError, Stale
from models.kernel.words import counted

T = TypeVar("T")
_ROOMY = 760
"""The width from which both buttons stand beside the title (px at 100 %)."""


class ConsentsPage(Page):
    """The matrix, with the panel for one square or one returned form."""

    areas = frozenset({"consents", "people", "programme"})
    help_topic = "consents"

    def __init__(self, jobs: Jobs, clock: Clock) -> None:
        super().__init__("Consents", scroll=False)
        self._jobs = jobs
        self._clock = clock
        self._activity_id: UUID | None = None
        self._seen: Overview | None = None
        self._open: tuple[UUID, ConsentKind] | None = None
        self._sheet: Sheet | None = None
        # At the top where there is room for it, else in the row beneath.
        self._prints = tuple(
            button("Print what is missing", self._print, icon_name="printer-outline", needs=Permission.PRINT)
            for _place in range(2)
        )
        self._prints[0].hide()
        self.filters = Filters(self._prints[1:])
        self.matrix = Matrix()
        self.panel = Panel(self, width=460)
        self._build()
        self.filters.activity_chosen.connect(self._choose_activity)
        self.filters.level_chosen.connect(lambda _level: self._show_rows())
        self.matrix.opened.connect(self._pressed)
        self.matrix.ticks.connect(self._show_ticked)
        self.panel.closed.connect(self._closed)

    def refresh(self) -> None:
        if self._seen is None:
            self.show_loading()
        activity_id = self._activity_id
        self._jobs.query(lambda uow: reading.overview(uow, activity_id), self._show, self.show_error, key="consents")

    def open_item(self, item: object) -> None:
        """Shows what that activity needs; None shows every active child."""
        self._choose_activity(item if isinstance(item, UUID) else None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        roomy = self._is_roomy()
        self._prints[0].setVisible(roomy)
        self._prints[1].setVisible(not roomy)
        self._show_ticked(len(self.matrix.model.ticked))

    def _is_roomy(self) -> bool:
        return self.width() >= px(_ROOMY)

    def _build(self) -> None:
        self.enter_button = button(
            "Enter a returned form",
            self.enter_form,
            kind="primary",
            icon_name="file-edit-outline",
            keys="Ctrl+N",
            needs=Permission.CONSENTS,
        )
        self.add_action(self._prints[0])
        self.add_action(self.enter_button)
        self.body.addWidget(self.filters)
        self._ticked = label("", "strong")
        several = _of_several(self._ask_ticked, lambda: self._go_print(self.matrix.model.ticked), self.matrix)
        self._several = Flow([self._ticked, *several])
        self._several.hide()
        self.body.addWidget(self._several)
        self.body.addWidget(self.matrix, 1)

    # --- the matrix ---

    def _show(self, seen: Overview) -> None:
        self._seen = seen
        self.matrix.model.ticking = self.may(Permission.CONSENTS) or self.may(Permission.PRINT)
        self.show_content()
        self.filters.show_counts(seen)
        missing = len(seen.rows) - len(seen.at(Level.OK))
        words = f"Print what is missing ({missing})"
        for each in self._prints:
            each.setText(words)
            each.setAccessibleName(words)
            each.setEnabled(missing > 0)
        self._show_rows()
        if self._open is not None and isinstance(self.panel.content(), CellView):
            self._read_cell()

    def _show_rows(self) -> None:
        if self._seen is None:
            return
        level = self.filters.level
        rows = self._seen.at(level)
        if not rows and self._seen.rows:
            self.matrix.face.show_words("Nobody stands so.", "Show all", self._show_all)
        elif not rows and self._seen.activity is not None:
            here = self._seen.activity
            reason = f"No child has a place on {here.title} yet."
            self.matrix.face.show_words(reason, "Open it", lambda: self.go.emit("programme", here.id))
        elif not rows:
            reason = "There are no active children yet, so there is nothing to ask."
            self.matrix.face.show_words(reason, "Go to Children", lambda: self.go.emit("children", None))
        self.matrix.show_rows(self._seen, rows)

    def _show_all(self) -> None:
        self.filters.set_level(None)
        self._show_rows()

    def _choose_activity(self, activity_id: UUID | None) -> None:
        self._activity_id = activity_id
        self.filters.set_level(None)
        self.refresh()

    def _print(self) -> None:
        if self._seen is not None:
            self._go_print(row.id for row in self._seen.rows if row.level is not Level.OK)

    # --- several at once ---

    def _show_ticked(self, number: int) -> None:
        self._several.setVisible(number > 0)
        self.filters.setVisible(number == 0 or self._is_roomy())
        self._ticked.setText(f"{counted(number, 'child', 'children')} ticked")

    def _ask_ticked(self) -> None:
        ticked = tuple(self.matrix.model.ticked)
        needed = self._seen.needed if self._seen else FORM
        label_ = f"Noted as asked today: {counted(len(ticked), 'child', 'children')}"
        self._jobs.change(actions.asked(ticked, needed), label_, lambda _none: self._asked_all(label_), self._box)

    def _asked_all(self, words: str) -> None:
        self.matrix.model.tick_all(False)
        self.said.emit(f"{words}.", True)

    def _go_print(self, child_ids: Iterable[UUID]) -> None:
        self.go.emit("print", ("consent-pack", self._activity_id, tuple(child_ids)))

    # --- one square ---

    def _pressed(self, child_id: UUID, kind: ConsentKind | None) -> None:
        if not self._free_panel():
            return
        if kind is None:
            if self.may(Permission.CONSENTS):
                self.enter_form(child_id)
            return
        self._open = (child_id, kind)
        self._read_cell()

    def _read_cell(self) -> None:
        if self._open is None or self._seen is None:
            return
        child_id, kind, day = *self._open, self._seen.day
        self._jobs.query(lambda uow: reading.cell(uow, child_id, kind, day), self._show_cell, self._box, key="consent")

    def _show_cell(self, seen: CellSeen) -> None:
        if self._open is None or self._seen is None or self._open[0] != seen.sheet.row.child_id:
            return
        self._sheet = seen.sheet
        kind = self._open[1]
        view = self.panel.content()
        if isinstance(view, CellView) and view.is_for(seen.sheet.row.child_id, kind):
            view.show_cell(seen)
            return
        view = CellView(seen.sheet.row.child_id, kind, self._seen.needed)
        view.asked.connect(self._ask_one)
        view.answered.connect(self._open_answer)
        view.cleared.connect(self._clear)
        view.show_cell(seen)
        self.panel.open(f"{seen.sheet.row.called}: {KIND_WORDS[kind].lower()}", view)

    def _ask_one(self) -> None:
        child_id, kind, name = self._here()
        words = f"Noted as asked today: {name}, {KIND_WORDS[kind].lower()}"
        self._jobs.change(actions.asked([child_id], [kind]), words, self._told(words), self._box)

    def _clear(self) -> None:
        child_id, kind, name = self._here()
        version = self._sheet.version(kind) if self._sheet else 0
        words = f"Cleared for {name}: {KIND_WORDS[kind].lower()}"
        self._jobs.change(actions.cleared(child_id, kind, version), words, self._told(words), self._box)

    def _open_answer(self, answer: Answer) -> None:
        child_id, kind, name = self._here()
        if self._sheet is None:
            return
        form = answer_form(answer, self._sheet, kind, self._clock.today())
        words = actions.said_words(answer, name, kind)

        def save(values: dict[str, Any]) -> None:
            version = self._sheet.version(kind) if self._sheet else 0
            change = actions.say(answer, child_id, kind, version, values)
            self._save(form, change, words, child_id, lambda: self._back_to_cell(child_id, kind))

        form.saved.connect(save)
        form.left.connect(lambda: self._back_to_cell(child_id, kind))
        form.failed.connect(self.failed)
        self.panel.open(f"{name}, {KIND_WORDS[kind].lower()}: {ANSWER_WORDS[answer].rstrip('…').lower()}", form, form)

    def _here(self) -> tuple[UUID, ConsentKind, str]:
        assert self._open is not None  # asked only while a square is open
        child_id, kind = self._open
        return child_id, kind, self._sheet.row.called if self._sheet else ""

    def _back_to_cell(self, child_id: UUID, kind: ConsentKind) -> None:
        self._open = (child_id, kind)
        self._read_cell()

    # --- a returned form ---

    def enter_form(self, child_id: UUID | None = None) -> None:
        """Opens the form a returned paper is keyed into; Ctrl+K offers it too."""
        if not self._free_panel():
            return
        self._jobs.query(
            lambda uow: reading.names(uow, child_id), lambda names: self._show_form(names, child_id), self._box
        )

    def _show_form(self, names: tuple[tuple[UUID, str], ...], child_id: UUID | None) -> None:
        self._open = None
        form = ReturnedForm(names, self._clock.today())
        form.child_chosen.connect(lambda chosen: self._read_sheet(form, chosen))
        form.saved.connect(lambda values: self._save_returned(form, values))
        form.left.connect(self.panel.close_panel)
        form.failed.connect(self.failed)
        self.panel.open("Enter a returned form", form, form)
        if child_id is not None:
            form.choose(child_id)
            form.field(f"said {FORM[0].value}").setFocus()

    def _read_sheet(self, form: ReturnedForm, child_id: UUID) -> None:
        self._jobs.query(lambda uow: reading.sheet(uow, child_id), form.set_sheet, form.show_error, key="consents-form")

    def _save_returned(self, form: ReturnedForm, values: dict[str, Any]) -> None:
        if values["child"] is None:
            form.field("child").set_error("Choose the child the form is about.")
            form.field("child").setFocus()
            return
        sheet = form.sheet
        if sheet is None or sheet.row.child_id != values["child"]:
            return  # still being read: the next press finds it
        words = f"Entered the form of {sheet.row.called}"
        self._save(
            form, actions.form_returned(sheet, values), words, sheet.row.child_id, lambda: self._returned(sheet.row)
        )

    def _returned(self, row: Any) -> None:
        self.panel.close_panel()
        self.matrix.select(row.child_id, FORM[0])

    # --- saving ---

    def _save(
        self, form: Form, change: Callable[[Any], T], words: str, child_id: UUID, after: Callable[[], object]
    ) -> None:
        form.set_busy(True)

        def done(_value: T) -> None:
            form.mark_clean()
            self.said.emit(f"{words}.", True)
            after()

        def failed(error: Exception) -> None:
            if not isinstance(error, Stale):
                form.show_error(error)
                return
            # What was typed stays; only what it is compared with is read anew.
            self._jobs.query(
                lambda uow: reading.sheet(uow, child_id), lambda sheet: self._fresh(form, sheet, error), form.show_error
            )

        self._jobs.change(change, words, done, failed)

    def _fresh(self, form: Form, sheet: Sheet, error: Stale) -> None:
        self._sheet = sheet
        if isinstance(form, ReturnedForm):
            form.set_sheet(sheet)
        form.show_error(error)

    def _told(self, words: str) -> Callable[[object], None]:
        return lambda _none: self.said.emit(f"{words}.", True)

    def _box(self, error: Exception) -> None:
        tell(self, error)
        if isinstance(error, BreatherError):
            self.refresh()

    def _free_panel(self) -> bool:
        """Whether the panel may show something else: typing that would be lost is pointed out instead."""
        form = self.panel.content()
        if self.panel.shown and isinstance(form, Form) and form.is_dirty():
            form.leave()
            return False
        return True

    def _closed(self) -> None:
        self._open = None
        self._sheet = None


def _of_several(ask: Callable[[], object], print_: Callable[[], object], matrix: Matrix) -> list[QPushButton]:
    """What can be done with the children ticked."""
    tick_all = matrix.model.tick_all
    return [
        button("Note as asked today", ask, icon_name="email-fast-outline", needs=Permission.CONSENTS),
        button("Print their forms", print_, icon_name="printer-outline", needs=Permission.PRINT),
        button("Tick all shown", lambda: tick_all(True), kind="quiet"),
        button("Tick none", lambda: tick_all(False), kind="quiet"),
    ]
