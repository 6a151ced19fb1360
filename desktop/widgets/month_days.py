"""The days of a MonthGrid: drawn, walked by keys, dragged by mouse."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from desktop.widgets.metrics import px
from desktop.widgets.month_paint import LINE, TALL, MonthPainter, fits
from desktop.widgets.state import State
from desktop.widgets.text import announce
from models.kernel.dates import long, week_start

_HEAD = 28


@dataclass(frozen=True)
class MonthItem:
    """A thing on a day: its id, its words, its state; `movable` False for what cannot be carried (a bank holiday)."""

    id: Hashable
    day: date
    words: str
    state: State = State.BRAND
    movable: bool = True


class MonthDays(QWidget):
    """See MonthGrid, which owns it.

    Signals:
        left_month(date): the keyboard went to a day outside the month.
    """

    opened = Signal(object)
    day_opened = Signal(object)
    moved = Signal(object, object)
    left_month = Signal(object)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._day = today
        self._month = today.replace(day=1)
        self._items: tuple[MonthItem, ...] = ()
        self._at = 0
        self._carried: MonthItem | None = None
        self._target: date | None = None
        self._pressed: tuple[QPoint, MonthItem | None] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(px(560), px(480))  # a week high enough for a title on two lines
        self.setAccessibleName("Month")

    def month(self) -> date:
        """The first day of the month."""
        return self._month

    def day(self) -> date:
        """The day the keyboard is on."""
        return self._day

    def carrying(self) -> bool:
        """Whether something is being carried."""
        return self._carried is not None

    def set_month(self, day: date) -> None:
        """Shows the month of that day, with the keyboard on it."""
        self._month, self._day, self._at = day.replace(day=1), day, 0
        self._say()

    def set_items(self, items: Sequence[MonthItem]) -> None:
        """Shows these things; what was being carried is put back."""
        self._items = tuple(items)
        self._carried, self._target = None, None
        self._say()

    def items_on(self, day: date) -> list[MonthItem]:
        """The things on a day, in the order given."""
        return [item for item in self._items if item.day == day]

    def first_and_last(self) -> tuple[date, date]:
        """The first and last day in sight."""
        first = week_start(self._month)
        return first, first + timedelta(days=7 * self._weeks() - 1)

    def cell(self, day: date) -> QRect:
        """Where a day is drawn."""
        week, weekday = divmod((day - self.first_and_last()[0]).days, 7)
        head, weeks = px(_HEAD), self._weeks()
        wide = self.width() - 1
        left, right = wide * weekday // 7, wide * (weekday + 1) // 7
        high = self.height() - head - 1
        return QRect(QPoint(left, head + high * week // weeks), QPoint(right, head + high * (week + 1) // weeks))

    def item_rect(self, item: MonthItem) -> QRect:
        """Where a thing is drawn; empty when it is among the "more"."""
        line = self.items_on(item.day).index(item)
        return self._line_rect(item.day, line) if line < self._fits(item.day) else QRect()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw = MonthPainter(painter, self.font())
        first, last = self.first_and_last()
        draw.weekdays([self.cell(first + timedelta(days=at)) for at in range(7)], px(_HEAD))
        for at in range((last - first).days + 1):
            day = first + timedelta(days=at)
            draw.day(self.cell(day), day, in_month=self._in_month(day), today=day == self._today)
            self._draw_items(draw, day)
        if self.hasFocus() or self._carried:
            draw.ring(self.cell(self._target or self._day))
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
        key = Qt.Key(event.key())
        if key in steps:
            self._walk(timedelta(days=steps[key]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown) and not self._carried:
            self.left_month.emit(_same_day(self._day, 1 if key == Qt.Key.Key_PageDown else -1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif key == Qt.Key.Key_Space and self._chosen() is not None:
            self._at = (self._at + 1) % len(self.items_on(self._day))
            self._say()
        elif key == Qt.Key.Key_M and self._chosen() is not None:
            self._pick_up(self._chosen())
        elif key == Qt.Key.Key_Escape and self._carried is not None:
            self._put_back()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        day = self._day_at(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or day is None or self._carried:
            return
        item = self._item_at(event.position().toPoint())
        self._day, self._at = day, self.items_on(day).index(item) if item else 0
        self._pressed = (event.position().toPoint(), item)
        self._say()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if self._pressed is not None and self._carried is None:
            start, item = self._pressed
            if item is not None and (at - start).manhattanLength() >= QApplication.startDragDistance():
                self._pick_up(item)
        if self._carried is not None and self._pressed is not None:
            self._target = self._day_at(at) or self._target
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        if self._carried is not None and pressed is not None:
            self._put_down()
        elif pressed is not None and pressed[1] is not None:
            self.opened.emit(pressed[1].id)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        day = self._day_at(event.position().toPoint())
        if day is not None and self._item_at(event.position().toPoint()) is None:
            self.day_opened.emit(day)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._carried is not None and self._pressed is None:
            self._put_back()
        self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            item, day = self._item_at(event.pos()), self._day_at(event.pos())
            rest = [each.words for each in self.items_on(day)] if day else []
            words = item.words if item else "\n".join(rest)
            # The zero-width mark keeps words that begin with a tag from being read as markup.
            QToolTip.showText(event.globalPos(), f"\u200b{words}" if words else "", self)
            return True
        return super().event(event)

    def _walk(self, by: timedelta) -> None:
        if self._carried is not None:
            first, last = self.first_and_last()
            self._target = max(first, min(last, (self._target or self._day) + by))
            announce(self, long(self._target))
            self.update()
            return
        day = self._day + by
        if self._in_month(day):
            self._day, self._at = day, 0
            self._say()
        else:
            self.left_month.emit(day)

    def _enter(self) -> None:
        item = self._chosen()
        if self._carried is not None:
            self._put_down()
        elif item is not None:
            self.opened.emit(item.id)
        else:
            self.day_opened.emit(self._day)

    def _pick_up(self, item: MonthItem | None) -> None:
        if item is None:
            return
        if not item.movable:
            announce(self, f"{item.words} cannot be moved")
            return
        self._carried, self._target = item, item.day
        announce(self, f"Moving {item.words}. Arrows carry it, Enter puts it down, Escape puts it back.")
        self.update()

    def _put_down(self) -> None:
        item, day = self._carried, self._target
        self._carried, self._target = None, None
        self.update()
        if item is not None and day is not None and day != item.day:
            self.moved.emit(item.id, day)

    def _put_back(self) -> None:
        self._carried, self._target, self._pressed = None, None, None
        announce(self, "Put back")
        self.update()

    def _chosen(self) -> MonthItem | None:
        items = self.items_on(self._day)
        return items[min(self._at, len(items) - 1)] if items else None

    def _say(self) -> None:
        words = ", ".join([long(self._day), *(item.words for item in self.items_on(self._day))])
        self.setAccessibleDescription(words)
        if self.hasFocus():
            announce(self, words)
        self.update()

    def _draw_items(self, draw: MonthPainter, day: date) -> None:
        items, fits = self.items_on(day), self._fits(day)
        for line, item in enumerate(items[:fits]):
            chosen = self.hasFocus() and day == self._day and item is self._chosen()
            faint = self._carried is not None and item.id == self._carried.id
            draw.item(self._line_rect(day, line), item.words, item.state, chosen=chosen, faint=faint)
        if len(items) > fits:
            draw.more(self._line_rect(day, fits), f"{len(items) - fits} more")
        if self._carried is not None and day == self._target and day != self._carried.day:
            free = self._line_rect(day, min(fits, len(items)))
            draw.item(free, self._carried.words, self._carried.state, chosen=True)

    def _line_rect(self, day: date, line: int) -> QRect:
        cell = self.cell(day)
        wide = cell.width() - px(10)
        return QRect(cell.left() + px(5), cell.top() + px(27) + line * px(25), wide, self._high(day, wide))

    def _high(self, day: date, wide: int) -> int:
        """What is alone on its day takes several lines rather than be cut short."""
        items = self.items_on(day)
        room = self.cell(day).height() - px(30)
        alone = len(items) == 1 and self._carried is None and room >= 2 * px(LINE)
        return min(px(TALL), room) if alone and not fits(self.font(), items[0].words, wide) else px(LINE)

    def _fits(self, day: date) -> int:
        lines = max(1, (self.cell(day).height() - px(29)) // px(25))
        count = len(self.items_on(day))
        return count if count <= lines else lines - 1

    def _item_at(self, at: QPoint) -> MonthItem | None:
        return next((item for item in self._items if self._seen(item.day) and self.item_rect(item).contains(at)), None)

    def _day_at(self, at: QPoint) -> date | None:
        first, last = self.first_and_last()
        days = (first + timedelta(days=number) for number in range((last - first).days + 1))
        return next((day for day in days if self.cell(day).contains(at)), None)

    def _seen(self, day: date) -> bool:
        first, last = self.first_and_last()
        return first <= day <= last

    def _in_month(self, day: date) -> bool:
        return day.replace(day=1) == self._month

    def _weeks(self) -> int:
        last = (self._month + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        return ((last - week_start(self._month)).days // 7) + 1


def _same_day(day: date, months: int) -> date:
    """The same day a month on or back, or the last one there is."""
    first = day.replace(day=1)
    near = (first + timedelta(days=32)).replace(day=1) if months > 0 else (first - timedelta(days=1)).replace(day=1)
    last = (near + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return near.replace(day=min(day.day, last.day))
