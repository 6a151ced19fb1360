"""How a square of the matrix is drawn and measured: words wrap, nothing is cut short."""

import re
from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.consents.squares import BREAK, Square
from desktop.widgets import tokens
from desktop.widgets.icons import icon
from desktop.widgets.metrics import px
from desktop.widgets.state import State

Index = QModelIndex | QPersistentModelIndex
_SQUARE = int(Qt.ItemDataRole.UserRole)
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)


def tick_width() -> int:
    """How much of a child's square, from the left, is its tick box."""
    return px(44)


def _main(found: Square, base: QFont) -> QFont:
    font = QFont(base)
    if found.strong:
        font.setPixelSize(px(15))
        font.setWeight(QFont.Weight.DemiBold)
    return font


def _small(base: QFont) -> QFont:
    font = QFont(base)
    font.setPixelSize(px(12))
    return font


def _before(found: Square) -> int:
    """The room taken at the left of the words."""
    return tick_width() if found.ticks else px(14) + (px(24) if found.state else 0)


def _longest_word(text: str, font: QFont) -> int:
    measure = QFontMetrics(font)
    return max((measure.horizontalAdvance(word) for word in re.split(f"[ {BREAK}]", text)), default=0)


class SquareDelegate(QStyledItemDelegate):
    """Draws the squares, and says how wide and high they need to be."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        # Many squares say the same, and each is measured again whenever it is drawn.
        self._measured: dict[tuple[str, str, bool, int, int], tuple[int, int]] = {}

    def widths(self, model: QAbstractItemModel, headers: Sequence[str], room: int, base: QFont) -> list[int]:
        """Every column as wide as its words, or where room is short as its longest word; then it scrolls."""
        head = QFont(base)
        head.setPixelSize(px(13))
        head.setWeight(QFont.Weight.DemiBold)
        least, liked = [], []
        for at, header in enumerate(headers):
            found = {_found(model.index(line, at)) for line in range(model.rowCount())}
            over = QFontMetrics(head).horizontalAdvance(header) + 2 * px(14)
            edges = [(_before(one) + px(8), one) for one in found]
            tight = [edge + max(_longest_word(one.words, _main(one, base)), _longest_word(one.beneath, _small(base)))
                     for edge, one in edges]  # fmt: skip
            easy = [edge + max(_wide(one.words, _main(one, base)), _wide(one.beneath, _small(base)))
                    for edge, one in edges]  # fmt: skip
            least.append(max([over, *tight]))
            liked.append(min(px(300), max([over, *easy])))
        return _shared(least, [max(pair) for pair in zip(least, liked, strict=True)], room)

    def height(self, model: QAbstractItemModel, line: int, widths: Sequence[int], base: QFont) -> int:
        """At least 50 px at text size 100 %."""
        tallest = 0
        for at, width in enumerate(widths):
            found = _found(model.index(line, at))
            tallest = max(tallest, sum(self._lines(found, width - _before(found) - px(8), base)))
        return max(px(50), tallest + px(12))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = tokens.current()
        rect: QRect = option.rect
        view = option.widget
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, look.colour("brand_soft"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, look.colour("hover"))
        painter.setPen(look.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if isinstance(view, QAbstractItemView) and view.hasFocus() and view.currentIndex() == index:
            painter.setPen(QPen(look.colour("brand"), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -2))
        found = _found(index)
        if found.ticks:
            _draw_tick(painter, rect, index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked)
        self._words(painter, rect, found, option.font)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(80), px(50))

    def _lines(self, found: Square, width: int, base: QFont) -> tuple[int, int]:
        """The heights of the words and of the line beneath when they have that width."""
        key = (found.words, found.beneath, found.strong, width, base.pixelSize())
        if key not in self._measured:
            pairs = ((found.words, _main(found, base)), (found.beneath, _small(base)))
            room = QRect(0, 0, width, 10_000)
            high, low = (QFontMetrics(font).boundingRect(room, _WRAP, text).height() for text, font in pairs)
            self._measured[key] = (high if found.words else 0, low if found.beneath else 0)
        return self._measured[key]

    def _words(self, painter: QPainter, rect: QRect, found: Square, base: QFont) -> None:
        look = tokens.current()
        space = rect.adjusted(_before(found), 0, -px(8), 0)
        high, low = self._lines(found, space.width(), base)
        top = rect.top() + max(0, (rect.height() - high - low) // 2)
        colour = found.state.colour if found.state in (State.BAD, State.WARN) else "ink"
        if found.state:
            size = px(17)
            line = QFontMetrics(base).height()
            mark = QRect(rect.left() + px(14), top + (line - size) // 2, size, size)
            icon(found.icon, found.state.colour).paint(painter, mark)
        painter.setFont(_main(found, base))
        painter.setPen(look.colour(colour))
        painter.drawText(QRect(space.left(), top, space.width(), high), _WRAP, found.words)
        if found.beneath:
            painter.setFont(_small(base))
            painter.setPen(look.colour("soft"))
            painter.drawText(QRect(space.left(), top + high, space.width(), low), _WRAP, found.beneath)


def _found(index: Index) -> Square:
    found = index.data(_SQUARE)
    assert isinstance(found, Square)  # the model gives every square one
    return found


def _wide(text: str, font: QFont) -> int:
    return QFontMetrics(font).horizontalAdvance(text) + 2


def _shared(least: Sequence[int], liked: Sequence[int], room: int) -> list[int]:
    """What is liked where there is room for it, else what is least plus an even part of what is over."""
    spare = room - sum(liked)
    if spare >= 0:
        return [width + spare // len(liked) for width in liked]
    # The name is what one looks for: it is the last to be broken over two lines.
    name = min(liked[0], max(least[0], min(px(220), room - sum(least[1:]))))
    left = max(0, room - name - sum(least[1:]))
    wanting = sum(liked[1:]) - sum(least[1:]) or 1
    others = zip(least[1:], liked[1:], strict=True)
    return [name, *(low + (high - low) * left // wanting for low, high in others)]


def _draw_tick(painter: QPainter, rect: QRect, on: bool) -> None:
    look = tokens.current()
    size = px(18)
    box = QRect(rect.left() + px(14), rect.center().y() - size // 2, size, size)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(look.colour("brand" if on else "edge"))
    painter.setBrush(look.colour("brand" if on else "panel"))
    painter.drawRoundedRect(box, px(4), px(4))
    painter.restore()
    if on:
        icon("check", "brand_ink").paint(painter, box.adjusted(px(2), px(2), -px(2), -px(2)))
