"""The programme as a whole: by month or by list, everything, what is to come, or what is past."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from desktop.programme.reading import Overview, PlanRow
from desktop.programme.table import activity_table, month_items
from desktop.widgets.allowed import may
from desktop.widgets.flow import Flow
from desktop.widgets.metrics import px
from desktop.widgets.month_grid import MonthGrid
from desktop.widgets.text import button, choice_button, set_look
from models.access.rules import Permission, who_can

_VIEWS = (("month", "Month", "calendar-month-outline"), ("list", "List", "format-list-bulleted"))
_PERIODS = (("coming", "To come"), ("past", "Past"), ("all", "All"))
_MONTH_ROOM = 620
"""Room in which a day of the month holds a title, in pixels at 100 %."""
_REMEMBERED = "programme/view"


def settings() -> QSettings:
    """Where this machine keeps how the programme was last looked at; nothing about anybody is in it."""
    return QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "Breather", "screens")


class ProgrammeOverview(QWidget):
    """Month and list, with the switch between them.

    Signals:
        opened(UUID): an activity is to be opened.
        moved(PlanRow, date): it was carried to another day.
        day_wanted(date): something new is wanted on a day.
        venues_wanted(): the venues are to be shown.
    """

    opened = Signal(object)
    moved = Signal(object, object)
    day_wanted = Signal(object)
    venues_wanted = Signal()

    def __init__(self, today: date, new_club: Callable[[], object]) -> None:
        super().__init__()
        self._today = today
        self._all = Overview((), (), {})
        self.month = MonthGrid(today)
        self.month.days.setMinimumWidth(px(400))  # the whole week in sight at the largest text too
        self.table = activity_table(today)
        self.table.set_empty("No club or trip is planned yet.", "Plan a club", new_club)
        self._stack = QStackedWidget()
        self._stack.addWidget(_scrolled(self.month))
        self._stack.addWidget(self.table)
        self._views = self._group([(key, words, icon) for key, words, icon in _VIEWS], self.show_view)
        self._periods = self._group([(key, words, "") for key, words in _PERIODS], self.show_period)
        self._period_row = Flow(self._periods.buttons(), right=True)
        self._build()
        self.month.opened.connect(self._open)
        self.month.moved.connect(self._move)
        self.month.day_opened.connect(self.day_wanted)
        self.month.month_changed.connect(lambda _first: self._show_month())
        self.table.opened.connect(lambda row: self.opened.emit(row.activity.id))
        self.show_period("coming")
        self._picked = settings().contains(_REMEMBERED)
        self._turn_to(str(settings().value(_REMEMBERED, "month")))

    def _build(self) -> None:
        venues = button("Venues", self.venues_wanted.emit, kind="quiet", icon_name="map-marker-outline")
        row = QHBoxLayout()
        row.addWidget(Flow([*self._views.buttons(), venues]), 1)
        row.addWidget(self._period_row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        column.addLayout(row)
        column.addWidget(self._stack, 1)

    def _group(self, offered: Sequence[tuple[str, str, str]], chosen: Callable[[str], object]) -> QButtonGroup:
        group = QButtonGroup(self)
        for key, words, icon_name in offered:
            made = choice_button(words, partial(chosen, key), icon_name=icon_name)
            made.setProperty("key", key)
            group.addButton(made)
        return group

    def show_overview(self, all_: Overview) -> None:
        """Shows the programme as it is now."""
        self._all = all_
        if not may(self, Permission.PLAN):
            self.table.set_empty(f"Nothing is planned yet. {who_can(Permission.PLAN).capitalize()} can plan a club.")
        self.table.set_rows(self._in_order())
        self._show_month()

    def row_of(self, activity_id: object) -> PlanRow | None:
        """The activity as last read."""
        return next((row for row in self._all.rows if row.activity.id == activity_id), None)

    def view(self) -> str:
        """ "month" or "list"."""
        return "list" if self._stack.currentWidget() is self.table else "month"

    def show_view(self, key: str) -> None:
        """Shows the month or the list, and remembers which."""
        self._picked = True
        settings().setValue(_REMEMBERED, "list" if key == "list" else "month")
        self._turn_to(key)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._picked:  # a month with little room would cut every title short
            self._turn_to("list" if self.width() < px(_MONTH_ROOM) else "month")

    def _turn_to(self, key: str) -> None:
        is_list = key == "list"
        self._stack.setCurrentIndex(1 if is_list else 0)
        self._period_row.setVisible(is_list)
        _check(self._views, "list" if is_list else "month")

    def show_period(self, key: str) -> None:
        """What is to come, what is past (newest first), or all; in the list."""
        self._period = key
        _check(self._periods, key)
        today = self._today
        keep: dict[str, Callable[[PlanRow], bool] | None] = {
            "coming": lambda row: row.activity.day >= today,
            "past": lambda row: row.activity.day < today,
            "all": None,
        }
        self.table.set_filter(None)
        self.table.set_rows(self._in_order())
        self.table.set_filter(keep[key])

    def put_back(self) -> None:
        """Shows the month as it is in the file, after a move that was not made."""
        self._show_month()

    def focus_shown(self) -> None:
        """Puts the keyboard on the month or the list."""
        (self.table if self.view() == "list" else self.month).setFocus()

    def _in_order(self) -> list[PlanRow]:
        return list(reversed(self._all.rows)) if self._period == "past" else list(self._all.rows)

    def _show_month(self) -> None:
        first, last = self.month.first_and_last()
        items = month_items(self._all, first, last)
        self.month.set_items(items if may(self, Permission.PLAN) else [replace(one, movable=False) for one in items])

    def _open(self, item_id: object) -> None:
        # A bank holiday is there to be seen, not opened.
        if self.row_of(item_id) is not None:
            self.opened.emit(item_id)

    def _move(self, item_id: object, day: date) -> None:
        row = self.row_of(item_id)
        if row is not None:
            self.moved.emit(row, day)


def _scrolled(widget: QWidget) -> QScrollArea:
    """At a large text size a month is larger than the screen."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    set_look(widget, "scrolled", "true")
    area.setWidget(widget)
    return area


def _check(group: QButtonGroup, key: str) -> None:
    for each in group.buttons():
        each.setChecked(each.property("key") == key)
