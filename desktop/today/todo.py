"""To do this week: jobs by how pressing they are, and what ends soon; each one click from its place."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from desktop.today import words
from desktop.today.link_row import LinkRow, WordsRow
from desktop.widgets.allowed import leads, may
from desktop.widgets.card import Card, clear_layout
from desktop.widgets.icons import IconLabel
from desktop.widgets.metrics import px
from desktop.widgets.state import State
from desktop.widgets.text import button, label
from models.access.rules import Permission
from models.kernel.dates import short
from models.kernel.words import counted
from models.readiness.papers import Ending
from models.readiness.week import Job, Today, When

MOST_JOBS, MOST_PAPERS = 6, 4


class ToDoCard(Card):
    """The jobs of the week.

    Signals:
        go(place, item): to where a job is done.
        ticked(Job, bool): a chore was ticked, or its tick taken back.
    """

    go = Signal(str, object)
    ticked = Signal(object, bool)

    def __init__(self) -> None:
        super().__init__("To do this week")
        self._whole: set[str] = set()
        self._shown: tuple[Today, tuple[Ending, ...]] | None = None
        self._buttons: list[QAbstractButton] = []

    def show_jobs(self, today: Today, ending: tuple[Ending, ...]) -> None:
        """Shows the jobs and the papers, the most pressing first; the keyboard stays where it was, or next to it."""
        if self._shown is not None and (self._shown[0].jobs, self._shown[1]) == (today.jobs, ending):
            return
        self._shown = (today, ending)
        self._build(today, ending)

    def _build(self, today: Today, ending: tuple[Ending, ...]) -> None:
        names = [each.accessibleName() for each in self._buttons]
        held = next((at for at, each in enumerate(self._buttons) if each.hasFocus()), None)
        self._buttons = []
        clear_layout(self.body)
        self._add_jobs(today)
        self._add_papers(ending)
        self._add_done(today)
        if self.body.count() == 0:
            self.body.addWidget(label("Nothing is left to do this week.", "soft", wrap=True))
        if held is not None and self._buttons:
            self._return_keyboard(names[held], held)

    def _return_keyboard(self, name: str, at: int) -> None:
        same = [each for each in self._buttons if each.accessibleName() == name]
        to = same[0] if same else self._buttons[min(at, len(self._buttons) - 1)]
        # Qt shows a new child of a layout a turn later; only what is shown can have the keyboard.
        to.show()
        to.setFocus(Qt.FocusReason.TabFocusReason)

    def _add_jobs(self, today: Today) -> None:
        jobs = [job for job in today.jobs if job.when is not When.DONE]
        shown = jobs if "jobs" in self._whole else jobs[:MOST_JOBS]
        for when in (When.LATE, When.NOW, When.LATER):
            group = [job for job in shown if job.when is when]
            if group:
                self._add_heading(words.GROUP[when], when is When.LATE)
                for job in group:
                    self.body.addLayout(self._job_row(job))
        self._add_rest("jobs", len(jobs) - len(shown))

    def _add_papers(self, ending: Sequence[Ending]) -> None:
        shown = ending if "papers" in self._whole else ending[:MOST_PAPERS]
        if shown:
            self._add_heading("Papers", False)
        for one in shown:
            row = LinkRow(one.words, lambda one=one: self.go.emit(one.place, one.item))  # type: ignore[misc] # bound per turn
            over = (State.BAD.icon_name, State.BAD.colour) if one.over else (words.PLACE_ICON[one.place], "soft")
            self._buttons.append(row)
            self.body.addLayout(_led(IconLabel(*over, 18), row))
        self._add_rest("papers", len(ending) - len(shown))

    def _add_done(self, today: Today) -> None:
        done = [job for job in today.jobs if job.when is When.DONE]
        if not done:
            return
        if "done" in self._whole:
            self._add_heading(words.GROUP[When.DONE], False)
            for job in done:
                self.body.addLayout(self._job_row(job))
            return
        self._add_more("done", f"{counted(len(done), 'job')} done this week")

    def _add_heading(self, text: str, late: bool) -> None:
        made = label(text, "bad" if late else "small")
        made.setContentsMargins(0, px(4), 0, 0)
        self.body.addWidget(made)

    def _add_rest(self, group: str, left: int) -> None:
        if left > 0:
            self._add_more(group, f"and {left} more")

    def _add_more(self, group: str, text: str) -> None:
        made = button(text, lambda: self._show_whole(group), kind="quiet")
        self._buttons.append(made)
        self.body.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)

    def show_again(self) -> None:
        """Shows the jobs as they were told: a tick that could not be kept goes."""
        if self._shown is not None:
            self._build(*self._shown)

    def _show_whole(self, group: str) -> None:
        self._whole.add(group)
        self.show_again()

    def _job_row(self, job: Job) -> QHBoxLayout:
        due = "" if job.when is When.NOW else short(job.due)
        row = self._line(job, due)
        if job.chore is None or not may(self, Permission.REGISTER):
            icon = "check" if job.when is When.DONE else words.PLACE_ICON[job.place]
            return _led(IconLabel(icon, "ok" if job.when is When.DONE else "soft", 18), row)
        tick = QCheckBox()
        tick.setAccessibleName(f"Done: {job.words}")
        tick.setToolTip("Tick when it is done")
        tick.setChecked(job.when is When.DONE)
        # Not clicked: a screen reader turns a tick without a click.
        tick.toggled.connect(lambda now: self.ticked.emit(job, now))
        self._buttons.insert(len(self._buttons) - isinstance(row, LinkRow), tick)  # before its own line
        return _led(tick, row)

    def _line(self, job: Job, due: str) -> QWidget:
        if not leads(self, job.place):
            return WordsRow(job.words, beside=due)
        row = LinkRow(job.words, lambda: self.go.emit(job.place, job.item), beside=due)
        self._buttons.append(row)
        return row


def _led(first: QCheckBox | IconLabel, row: QWidget) -> QHBoxLayout:
    made = QHBoxLayout()
    holder = QVBoxLayout()
    tick = isinstance(first, QCheckBox)
    holder.setContentsMargins(0, px(1 if tick else 7), 0, 0)
    first.setFixedWidth(px(28) if tick else first.width())
    holder.addWidget(first)
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(px(2 if tick else 12))
    holder.addStretch(1)
    made.addLayout(holder)
    made.addWidget(row, 1)
    return made
