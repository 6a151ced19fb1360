"""Bring in spreadsheets: choose, check the columns, see what would change, bring in. Nothing is kept until the last."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QWidget

from desktop.intake import actions
from desktop.intake.actions import Done, Prepared, Standing
from desktop.intake.choose import ChooseStep, chosen_words
from desktop.intake.chosen import Chosen, Key, Sheet, lacking_words
from desktop.intake.columns import ColumnsStep
from desktop.intake.lines import AskKey, AskLine
from desktop.intake.look import ASK, FILES, REFUSED, LookStep
from desktop.intake.steps import Step, StepList
from desktop.intake.taking import TakeStep
from desktop.intake.words import rows_left_out, summary, to_bring_in
from desktop.jobs import Jobs
from desktop.jobs.ticket import Ticket
from desktop.widgets.metrics import px
from desktop.widgets.page import Page
from desktop.widgets.progress import ProgressCard
from desktop.widgets.state import State
from desktop.widgets.text import button, set_look
from models.intake.plan import Answer
from models.intake.preview import Preview
from models.kernel.clock import Clock
from models.kernel.errors import BreatherError
from models.kernel.words import counted


class ImportPage(Page):
    """Four steps, by mouse and by keys: Alt+Right goes on, Alt+Left goes back."""

    areas = frozenset({"people", "team", "programme", "consents", "transport", "registers", "intake"})
    help_topic = "import"

    def __init__(self, jobs: Jobs, clock: Clock) -> None:
        super().__init__("Bring in spreadsheets", scroll=False)
        self._jobs = jobs
        self._chosen = Chosen()
        self._preview: Preview | None = None
        self._answered: dict[AskKey, AskLine] = {}
        self._done: UUID | None = None
        self._ticket: Ticket | None = None
        self._quiet = False
        self._turn = 0
        self.step = Step.CHOOSE
        self.steps = StepList(self.go_to)
        self.progress = ProgressCard()
        self.choose, self.columns, self.look, self.take = ChooseStep(), ColumnsStep(), LookStep(), TakeStep()
        self.back = button("Back", self._go_back, icon_name="arrow-left", keys="Alt+Left")
        self.forward = button("Next", self._go_on, kind="primary", icon_name="arrow-right", keys="Alt+Right")
        self._lay_out()
        self._listen()
        self._show_step(Step.CHOOSE, focus=False)

    def refresh(self) -> None:
        if self._done is not None:
            actions.standing(self._jobs, self._done, self._show_standing, self.failed.emit)
        elif self.step >= Step.LOOK and self._ticket is None:
            self._prepare(then=None)

    # --- going from step to step ---

    def go_to(self, step: Step) -> None:
        """Goes to a step: back at once; on only as far as what is chosen allows."""
        if self._ticket is not None or step == self.step or self._done is not None:
            self._show_marks()
        elif step < self.step:
            self._show_step(step)
        elif not self._chosen.known:
            self._tell_first(self._chosen.sheets)
        elif step is Step.COLUMNS:
            self._show_step(step)
        else:
            self._go_past_columns(step)

    def _go_on(self) -> None:
        self.go_to(Step(min(self.step + 1, Step.TAKE)))

    def _go_back(self) -> None:
        if self.step > Step.CHOOSE:
            self.go_to(Step(self.step - 1))

    def _go_past_columns(self, step: Step) -> None:
        lacking = self._chosen.lacking()
        if lacking is not None:
            self._show_step(Step.COLUMNS)
            self.columns.set_chosen(self._chosen, lacking.key)
            leave = partial(self._leave_out, lacking.key)
            self.banner.show_state(State.BAD, lacking_words(lacking), "Leave the file out", leave)
            return
        if self._preview is None:
            self._prepare(then=step)
        else:
            self._show_step(step)

    def _tell_first(self, sheets: Sequence[Sheet]) -> None:
        self._show_marks()
        words = "None of these files can be brought in." if sheets else "Choose a spreadsheet first."
        self.banner.show_state(State.WARN, words)

    def _show_step(self, step: Step, *, focus: bool = True) -> None:
        self.step = step
        self.banner.clear()
        views: tuple[QWidget, ...] = (self.choose, self.columns, self.look, self.take)
        self._parts.setCurrentWidget(views[step])
        self._show_marks(tell=focus)
        if not focus:
            return
        if step is Step.CHOOSE:
            self.choose.files_button.setFocus()
        elif step is Step.COLUMNS:
            self.columns.start()
        elif step is Step.LOOK:
            self.look.start()
        else:
            self.take.start()

    def _show_marks(self, *, tell: bool = False) -> None:
        """The list of steps, Back and Next as they are now."""
        over = self._done is not None
        known = bool(self._chosen.known)
        furthest = Step.TAKE if self._preview is not None else Step.COLUMNS if known else Step.CHOOSE
        self.steps.set_step(self.step, self.step if over else max(furthest, self.step), tell=tell)
        self.back.setVisible(self.step > Step.CHOOSE and not over)
        self.forward.setVisible(self.step < Step.TAKE)
        self.forward.setEnabled(known and self._ticket is None)
        self.back.setEnabled(self._ticket is None)
        self.set_title(self.title(), chosen_words(self._chosen))

    # --- step 1 and 2 ---

    def _read(self, paths: Sequence[Path]) -> None:
        if self._ticket is not None:
            return
        if self._done is not None:
            self._start_over()
        self.banner.clear()
        ticket = actions.read(self._jobs, paths, self._show_read, self._not_done, self.progress.step, self._stopped)
        self._begin(ticket, "Reading the files")

    def _show_read(self, read: Chosen) -> None:
        self._over()
        again = bool(self._chosen.sheets) and self.step is Step.LOOK
        self._take_chosen(self._chosen.with_read(read))
        if not read.sheets:
            self.banner.show_state(State.WARN, "There is no spreadsheet in there: Breather reads .csv, .xlsx and .ods.")
        if again:
            self._go_past_columns(Step.LOOK)
        elif self.step is Step.CHOOSE:
            (self.forward if self._chosen.known else self.choose.files_button).setFocus()

    def _leave_out(self, key: Key) -> None:
        self._take_chosen(self._chosen.without(key))
        self.banner.clear()
        if not self._chosen.known:
            self._show_step(Step.CHOOSE)

    def _say_what_it_is(self, key: Key) -> None:
        self._show_step(Step.COLUMNS, focus=False)
        self.columns.set_chosen(self._chosen, key)
        self.columns.start()

    def _put_right(self, sheet: Sheet) -> None:
        self.banner.clear()
        self._take_chosen(self._chosen.with_sheet(sheet), sheet.key)

    def _take_chosen(self, chosen: Chosen, key: Key | None = None) -> None:
        self._chosen = chosen
        self._preview = None
        self.choose.set_chosen(chosen)
        self.columns.set_chosen(chosen, key)
        self._show_marks()

    # --- step 3 ---

    def _prepare(self, then: Step | None) -> None:
        self._turn += 1
        ticket = actions.prepare(
            self._jobs, self._chosen, self._answered, partial(self._show_preview, then), self._not_done,
            partial(self._not_compared, self._turn),
        )  # fmt: skip
        self._begin(ticket, "Comparing with what the club has", quiet=then is None)

    def _not_compared(self, turn: int) -> None:
        # One comparison overtaken by the next is no news to anybody.
        if turn == self._turn:
            self._stopped()

    def _show_preview(self, then: Step | None, prepared: Prepared) -> None:
        self._over()
        self._preview, found = prepared.preview, prepared.lines
        self.look.set_lines(found, summary(prepared.preview))
        self.take.set_ready(prepared.preview, len(self._answered))
        if then is not None:
            self.look.show_part(ASK if found.ask else REFUSED if found.refused else FILES)
            self._show_step(then)
        else:
            self._show_marks()

    def _answer(self, line: AskLine, answer: Answer | None) -> None:
        if answer is None:
            self._answered.pop(line.key, None)
        else:
            self._answered[line.key] = replace(line, answer=answer)
        if self._ticket is None or self._quiet:
            self._prepare(then=None)

    # --- step 4 ---

    def _bring_in(self) -> None:
        if self._preview is None or self._ticket is not None:
            return
        self.take.set_busy(True)
        if self.keeper is None or self.keeper.off:
            self._take_in()
        else:
            self._begin(self.keeper.before(self._take_in, self._stopped), "Making a backup first")

    def _take_in(self) -> None:
        assert self._preview is not None  # the button is there only with one
        rows = counted(to_bring_in(self._preview), "row")
        ticket = actions.take_in(
            self._jobs, self._preview, self._answered, f"Brought in {rows} from spreadsheets", self._show_done,
            self._not_done, self.progress.step, self._stopped,
        )  # fmt: skip
        self._begin(ticket, f"Bringing in {rows}")

    def _show_done(self, done: Done) -> None:
        self._over()
        preview, self._done = self._preview, done.change_id
        refused = rows_left_out(preview) if preview else 0
        asked = sum(len(file.ask) for file in preview.files) if preview else 0
        self.take.set_done(done.taken, refused, asked)
        self._show_marks()
        self.said.emit(f"Brought in {counted(done.taken.add + done.taken.change, 'row')}.", True)

    def _show_standing(self, standing: Standing) -> None:
        if self._done is not None:
            self.take.set_standing(standing)

    def _undo(self) -> None:
        if self._done is not None:
            self.take.set_busy(True)
            self.progress.begin("Taking it all back")
            actions.undo(self._jobs, self._done, self._undone, self._not_undone)

    def _not_undone(self, error: Exception) -> None:
        self._over()
        self.failed.emit(error)

    def _undone(self, label: str) -> None:
        self._over()
        self.said.emit(f"Undone: {label}", False)

    def _start_over(self) -> None:
        self._done = None
        self._answered = {}
        self._take_chosen(Chosen())
        self._show_step(Step.CHOOSE)

    # --- long work ---

    def _begin(self, ticket: Ticket, words: str, *, quiet: bool = False) -> None:
        self._ticket, self._quiet = ticket, quiet
        if not quiet:
            self.progress.begin(words, ticket.cancel)
        self.choose.set_busy(True)
        self._show_marks()

    def _over(self) -> None:
        self._ticket = None
        self.progress.end()
        self.choose.set_busy(False)
        self.take.set_busy(False)
        self._show_marks()

    def _stopped(self) -> None:
        self._over()
        self.banner.show_state(State.NEUTRAL, "Stopped. Nothing was brought in.")

    def _not_done(self, error: Exception) -> None:
        self._over()
        if isinstance(error, BreatherError):
            self.banner.show_state(State.BAD, str(error))
        else:
            self.failed.emit(error)

    # --- room ---

    def _lay_out(self) -> None:
        self._parts = QStackedWidget()
        for view in (self.choose, self.columns, self.look, self.take):
            self._parts.addWidget(view)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        set_look(self._parts, "scrolled", "true")
        area.setWidget(self._parts)
        foot = QHBoxLayout()
        foot.setSpacing(px(10))
        foot.addWidget(self.back)
        foot.addStretch(1)
        foot.addWidget(self.forward)
        self.body.addWidget(self.steps)
        self.body.addWidget(self.progress)
        self.body.addWidget(area, 1)
        self.body.addLayout(foot)

    def _listen(self) -> None:
        self.choose.chosen.connect(self._read)
        self.choose.left_out.connect(self._leave_out)
        self.choose.told.connect(self._say_what_it_is)
        self.columns.changed.connect(self._put_right)
        self.look.answered.connect(self._answer)
        self.look.read_again.connect(lambda: self._read(self._chosen.paths))
        self.look.saved.connect(lambda name: self.said.emit(f"Saved as {Path(name).name}.", False))
        self.look.copied.connect(lambda words: self.said.emit(words, False))
        self.look.failed.connect(self.failed)
        self.take.pressed.connect(self._bring_in)
        self.take.undone.connect(self._undo)
        self.take.left.connect(lambda: self.go.emit("today", None))
        self.take.more.connect(self._start_over)
