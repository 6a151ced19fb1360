"""How a month is drawn."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen

from desktop.widgets import tokens
from desktop.widgets.icons import icon
from desktop.widgets.metrics import px
from desktop.widgets.state import State
from models.kernel.dates import DAYS

_MIDDLE = Qt.AlignmentFlag.AlignVCenter
LINE, TALL, BESIDE = 23, 58, 26
"""How high a thing is on one line and on several, and how much stands before its words; in pixels at 100 %."""


class MonthPainter:
    """Draws the parts of a month with one painter."""

    def __init__(self, painter: QPainter, font: QFont) -> None:
        self._painter = painter
        self._look = tokens.current()
        self._font = QFont(font)
        self._font.setPixelSize(px(13))
        self._bold = _bold(font)

    def weekdays(self, cells: Sequence[QRect], height: int) -> None:
        """Mon to Sun, along the top."""
        self._painter.setFont(self._bold)
        self._painter.setPen(self._look.colour("soft"))
        for name, cell in zip(DAYS, cells, strict=True):
            self._painter.drawText(QRect(cell.left() + px(8), 0, cell.width(), height), _MIDDLE, name[:3])

    def day(self, cell: QRect, day: date, *, in_month: bool, today: bool) -> None:
        """A day's ground and number; today's number has a disc and is bold."""
        painter = self._painter
        painter.setPen(self._look.colour("line"))
        painter.setBrush(self._look.colour("panel" if in_month else "bg"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.drawRect(cell.adjusted(0, 0, -1, -1))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        number = QRect(cell.left() + px(4), cell.top() + px(3), px(22), px(22))
        if today:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.colour("brand"))
            painter.drawEllipse(number)
        painter.setFont(self._bold if today else self._font)
        painter.setPen(self._look.colour("brand_ink" if today else "ink" if in_month else "soft"))
        painter.drawText(number, Qt.AlignmentFlag.AlignCenter, str(day.day))

    def item(self, rect: QRect, words: str, state: State, *, chosen: bool = False, faint: bool = False) -> None:
        """A thing on a day: icon and words on its state's ground."""
        painter = self._painter
        painter.save()
        painter.setOpacity(0.45 if faint else 1.0)
        painter.setPen(QPen(self._look.colour("brand"), 2) if chosen else Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour(f"{state.value}_soft"))
        painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), px(6), px(6))
        mark, tall = px(14), rect.height() > px(LINE)
        middle = rect.top() + px(11) if tall else rect.center().y()
        icon(state.icon_name, state.colour).paint(painter, QRect(rect.left() + px(7), middle - mark // 2, mark, mark))
        painter.setFont(self._bold)
        painter.setPen(self._look.colour("ink"))
        if tall:
            self._on_lines(rect, words)
        else:
            space = rect.adjusted(px(BESIDE), 0, -px(6), 0)
            painter.drawText(space, _MIDDLE, self._short(words, space.width()))
        painter.restore()

    def _on_lines(self, rect: QRect, words: str) -> None:
        """Beside the icon where its longest word has room there, else beneath it."""
        metrics = QFontMetrics(self._bold)
        beside = rect.adjusted(px(BESIDE), px(3), -px(4), -px(2))
        longest = max(metrics.horizontalAdvance(word) for word in words.split() or [""])
        space = beside if longest <= beside.width() else rect.adjusted(px(6), px(20), -px(2), -px(2))
        if longest > space.width():  # a little smaller, rather than without its end
            self._painter.setFont(_bold(self._font, max(10.0, 13 * space.width() / longest - 0.5)))
        lines = max(1, space.height() // metrics.lineSpacing())
        whole = self._short(words, space.width()) if lines == 1 else words
        self._painter.setClipRect(space.adjusted(0, 0, 0, 1))
        self._painter.drawText(space, Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap, whole)

    def _short(self, words: str, width: int) -> str:
        return QFontMetrics(self._bold).elidedText(words, Qt.TextElideMode.ElideRight, width)

    def more(self, rect: QRect, words: str) -> None:
        """How many things there was no room for."""
        self._painter.setFont(self._font)
        self._painter.setPen(self._look.colour("soft"))
        self._painter.drawText(rect.adjusted(px(7), 0, 0, 0), _MIDDLE, words)

    def ring(self, cell: QRect) -> None:
        """Where the keyboard is."""
        self._painter.setPen(QPen(self._look.colour("brand"), 2))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawRoundedRect(QRectF(cell).adjusted(2, 2, -2, -2), px(6), px(6))


def fits(font: QFont, words: str, width: int) -> bool:
    """Whether a thing so wide holds these words on one line."""
    return QFontMetrics(_bold(font)).horizontalAdvance(words) <= width - px(BESIDE) - px(6)


def _bold(font: QFont, size: float = 13) -> QFont:
    made = QFont(font)
    made.setPixelSize(px(size))
    made.setWeight(QFont.Weight.DemiBold)
    return made
