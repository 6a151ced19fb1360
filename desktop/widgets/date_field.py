"""A date typed the British way, or picked from a calendar."""

from datetime import date

from PySide6.QtCore import QDate, QLocale, QPoint, QSignalBlocker, Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.widgets.field import Field
from desktop.widgets.metrics import px
from desktop.widgets.text import icon_button
from models.kernel.dates import numeric, parse_date


class DateField(Field[date]):
    """A date typed 05/12/2026 (or 5.12.26, 5 Dec 2026). Value: datetime.date or None."""

    def __init__(self, name: str, words: str, help_words: str = "", *, optional: bool = False) -> None:
        self.line = QLineEdit()
        self.line.setPlaceholderText("dd/mm/yyyy")
        self.line.setMaximumWidth(px(150))
        self._open = icon_button("calendar-month-outline", f"Pick {words.lower()} from a calendar", self._pick)
        super().__init__(name, words, self.line, help_words, optional=optional)
        self.line.textChanged.connect(self._touched)
        self.line.editingFinished.connect(self._tidy)

    def _control_row(self) -> QWidget:
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(6))
        row.addWidget(self.line)
        row.addWidget(self._open)
        row.addStretch(1)
        return both

    def words_of(self, value: date | None) -> str:
        return numeric(value) if value is not None else super().words_of(value)

    def _read(self) -> date | None:
        text = self.line.text().strip()
        return parse_date(text) if text else None

    def _write(self, value: date | None) -> None:
        with QSignalBlocker(self.line):
            self.line.setText(numeric(value))

    def _tidy(self) -> None:
        # What was understood is shown in the usual spelling, so that 3/2/26 cannot be mistaken.
        try:
            self._write(self._read())
        except ValueError:
            return

    def _pick(self) -> None:
        popup = CalendarPopup(self)
        popup.pick(self._shown_day(), self._open.mapToGlobal(QPoint(0, self._open.height() + px(4))))

    def _shown_day(self) -> date | None:
        try:
            return self._read()
        except ValueError:
            return None

    def picked(self, day: date) -> None:
        """The calendar calls this."""
        self.line.setText(numeric(day))
        self.check()
        self.line.setFocus()


class CalendarPopup(QFrame):
    """A calendar, Monday first; Esc or a click elsewhere closes it."""

    def __init__(self, field: DateField) -> None:
        super().__init__(field, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("popup", "true")
        self._field = field
        self.calendar = QCalendarWidget()
        self.calendar.setLocale(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(day, QTextCharFormat())
        self.calendar.setAccessibleName(field.words)
        self.calendar.clicked.connect(self._chosen)
        self.calendar.activated.connect(self._chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(8), px(8), px(8), px(8))
        column.addWidget(self.calendar)

    def pick(self, day: date | None, at: QPoint) -> None:
        """Opens on that day (or on the machine's today) at a place on the screen."""
        if day is not None:
            self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self.adjustSize()
        self.move(at)
        self.show()
        self.calendar.setFocus()

    def _chosen(self, day: QDate) -> None:
        self._field.picked(date(day.year(), day.month(), day.day()))
        self.close()
