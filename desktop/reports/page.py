"""Reports: choose the days; see the figures, or every child, activity and month; save them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from desktop.jobs import Jobs
from desktop.jobs.ticket import Ticket
from desktop.reports import actions
from desktop.reports.found import Found
from desktop.reports.overview import Overview
from desktop.reports.period import Choice, Period, choice_words, period_of
from desktop.reports.tables import tally_table
from desktop.widgets.date_field import DateField
from desktop.widgets.fields import ChoiceField
from desktop.widgets.flow import Flow
from desktop.widgets.metrics import px
from desktop.widgets.page import Page
from desktop.widgets.progress import ProgressCard
from desktop.widgets.text import button, set_look
from models.kernel.clock import Clock
from models.kernel.errors import BadInput

FIGURES, CHILD, ACTIVITY, MONTH = range(4)
_TABS = ("Figures", "By child", "By activity", "By month")
"""The lists in the order of the tabs."""


class ReportsPage(Page):
    """What funders and trustees ask for."""

    areas = frozenset({"people", "consents", "programme", "registers"})
    help_topic = "reports"

    def __init__(self, jobs: Jobs, clock: Clock) -> None:
        super().__init__("Reports", scroll=False)
        self._jobs = jobs
        self._clock = clock
        self._found: Found | None = None
        self._ticket: Ticket | None = None
        today = clock.today()
        self.which = ChoiceField("period", "Which days", [(choice, choice_words(choice, today)) for choice in Choice])
        self.which.set_value(Choice.THIS_YEAR)
        self.first, self.last = DateField("first", "First day"), DateField("last", "Last day")
        self.show_button = button("Show", self._show_days, kind="call", name="Show these days")
        self._period = period_of(Choice.THIS_YEAR, today) or Period(today, today)
        self.tabs = QTabBar()
        self.overview = Overview()
        self.by_child = tally_table("By child", ("Child", "Ref"))
        self.by_activity = tally_table("By activity", ("Activity", "Date"))
        self.by_month = tally_table("By month", ("Month",))
        self.progress = ProgressCard()
        self._lay_out()
        self._listen()
        self.show_loading()

    def refresh(self) -> None:
        # A period that is not over ends today, which may have changed since it was chosen.
        self._period = period_of(self._choice(), self._clock.today()) or self._period
        actions.load(self._jobs, self._period, self._show, self._not_read)

    # --- which days ---

    def _choose(self) -> None:
        period = period_of(self._choice(), self._clock.today())
        self._days.setVisible(period is None)
        if period is None:
            self.first.set_value(self._period.first)
            self.last.set_value(self._period.last)
            self.first.setFocus()
            return
        self.refresh()

    def _choice(self) -> Choice:
        return Choice(self.which.value() or Choice.THIS_YEAR)

    def _show_days(self) -> None:
        if not (self.first.check() and self.last.check()):
            return
        first, last = self.first.value(), self.last.value()
        for field, value in ((self.first, first), (self.last, last)):
            if value is None:
                field.set_error("Write a day, like 05/12/2026.")
        if first and last:
            self._period = Period(first, last)
            self.refresh()

    def _not_read(self, error: Exception) -> None:
        if isinstance(error, BadInput) and error.field == "last" and self._days.isVisible():
            self.last.set_error(str(error))
        else:
            self.show_error(error)

    # --- what was found ---

    def _show(self, found: Found) -> None:
        self._found = found
        self.set_title("Reports", found.period.words)
        if not found.any_children:
            self.show_empty(
                "There is nothing to count yet: no child is here.",
                "Bring in your spreadsheets",
                lambda: self.go.emit("import", None),
            )
            return
        self.overview.set_found(found)
        self.by_child.set_rows(found.report.by_child)
        self.by_activity.set_rows(found.report.by_activity)
        self.by_month.set_rows(found.report.by_month)
        for made in self._savers:
            made.setEnabled(self._ticket is None)
        self.show_content()

    # --- saving ---

    def save_spreadsheet(self) -> None:
        """Asks where, and saves the figures as a spreadsheet."""
        self._save("Save as a spreadsheet", "xlsx", "Excel spreadsheet (*.xlsx)")

    def save_pdf(self) -> None:
        """Asks where, and saves the figures as a PDF."""
        self._save("Save as a PDF", "pdf", "PDF (*.pdf)")

    def _save(self, title: str, ending: str, kind: str) -> None:
        if self._found is None or self._ticket is not None:
            return
        period = self._found.period
        name = f"Figures {period.first.isoformat()} to {period.last.isoformat()}.{ending}"
        path, _kind = QFileDialog.getSaveFileName(self, title, name, kind)
        if not path:
            return
        path = path if path.lower().endswith(f".{ending}") else f"{path}.{ending}"
        self._ticket = actions.save(
            self._jobs, period, path, self._saved, self._not_saved, self.progress.step, self._stopped
        )
        self.progress.begin("Making the report", self._ticket.cancel)
        for made in self._savers:
            made.setEnabled(False)

    def _saved(self, path: str) -> None:
        self._over()
        self.said.emit(f"Saved as {path.replace(chr(92), '/').rpartition('/')[2]}.", False)

    def _not_saved(self, error: Exception) -> None:
        self._over()
        self.failed.emit(error)

    def _stopped(self) -> None:
        self._over()
        self.said.emit("Stopped. Nothing was saved.", False)

    def _over(self) -> None:
        self._ticket = None
        self.progress.end()
        for made in self._savers:
            made.setEnabled(True)

    # --- room ---

    def _lay_out(self) -> None:
        self._savers = (
            button("Save as spreadsheet", self.save_spreadsheet, icon_name="file-excel-outline"),
            button("Save as PDF", self.save_pdf, icon_name="file-pdf-box"),
        )
        self._savers[0].setToolTip("The figures and every list, with the children’s names.")
        self._savers[1].setToolTip(
            "The figures, by activity and by month. It names no child, so it can go to a funder."
        )
        for made in self._savers:
            made.setEnabled(False)
            made.setAccessibleDescription(made.toolTip())
        self._days = QWidget()
        days = QHBoxLayout(self._days)
        days.setContentsMargins(0, 0, 0, 0)
        days.setSpacing(px(10))
        for field in (self.first, self.last):
            days.addWidget(field)
        days.addWidget(_low(self.show_button))
        days.addStretch(1)
        self._days.hide()
        self.which.box.setMinimumContentsLength(22)
        inside = QWidget()
        set_look(inside, "scrolled", "true")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        column.addWidget(Flow([self.which, *map(_low, self._savers)]))
        column.addWidget(self._days)
        column.addWidget(self.progress)
        self.tabs.setAccessibleName("What to show")
        for words in _TABS:
            self.tabs.addTab(words)
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        column.addWidget(self.tabs)
        self._parts = QStackedWidget()
        views: Sequence[QWidget] = (self.overview, self.by_child, self.by_activity, self.by_month)
        for view in views:
            self._parts.addWidget(view)
        self._parts.setMinimumHeight(px(260))
        column.addWidget(self._parts, 1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        self.body.addWidget(area, 1)

    def _listen(self) -> None:
        self.which.changed.connect(self._choose)
        for field in (self.first, self.last):
            field.line.returnPressed.connect(self._show_days)
        self.tabs.currentChanged.connect(self._parts.setCurrentIndex)
        self.overview.opened.connect(lambda child_id: self.go.emit("children", child_id))


def _low(made: QWidget) -> QWidget:
    """A button beside fields stands level with what is typed in, not with the words above."""
    both = QWidget()
    row = QHBoxLayout(both)
    row.setContentsMargins(0, px(24), 0, 0)
    row.addWidget(made)
    return both
