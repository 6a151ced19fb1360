"""A month on a page, Monday first; things can be carried to another day with the mouse or the keyboard."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.widgets.metrics import px
from desktop.widgets.month_days import MonthDays, MonthItem
from desktop.widgets.text import button, icon_button, label
from models.kernel.dates import month_name

__all__ = ["MonthGrid", "MonthItem"]


class MonthGrid(QWidget):
    """A month calendar.

    Arrows go from day to day, Page Up and Down from month to month, Space from thing to thing in a day, Enter opens it
    (or the day). M picks it up: arrows carry it, Enter puts it down, Esc puts it back.

    Signals:
        opened(id): a thing was opened.
        day_opened(date): Enter or a double click on a day with nothing in it.
        moved(id, date): a thing was put on another day; the screen asks for the change and then sets the items again.
        month_changed(date): another month is shown; its first day. The screen then sets that month's items.
    """

    opened = Signal(object)
    day_opened = Signal(object)
    moved = Signal(object, object)
    month_changed = Signal(object)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._words = label("", "heading")
        self.days = MonthDays(today)
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(icon_button("chevron-left", "Month before", lambda: self._step(-1)))
        head.addWidget(icon_button("chevron-right", "Month after", lambda: self._step(1)))
        head.addWidget(self._words, 1)
        head.addWidget(button("This month", lambda: self._go(today)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        column.addLayout(head)
        column.addWidget(self.days, 1)
        self.days.opened.connect(self.opened)
        self.days.day_opened.connect(self.day_opened)
        self.days.moved.connect(self.moved)
        self.days.left_month.connect(self._go)
        self.setFocusProxy(self.days)
        self.set_month(today)

    def month(self) -> date:
        """The first day of the month shown."""
        return self.days.month()

    def set_month(self, day: date) -> None:
        """Shows the month of that day, without a signal."""
        self.days.set_month(day)
        self._words.setText(month_name(day))

    def set_items(self, items: Sequence[MonthItem]) -> None:
        """Shows these things; days of the months before and after that are in sight count too."""
        self.days.set_items(items)

    def first_and_last(self) -> tuple[date, date]:
        """The first and last day in sight."""
        return self.days.first_and_last()

    def _step(self, months: int) -> None:
        first = self.month()
        near = first + timedelta(days=32) if months > 0 else first - timedelta(days=1)
        self._go(near.replace(day=1))

    def _go(self, day: date) -> None:
        before = self.month()
        self.set_month(day)
        if self.month() != before:
            self.month_changed.emit(self.month())
