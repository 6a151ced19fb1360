"""How a cell of a list is drawn: person in bold, state as icon and words, nothing else."""

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from desktop.widgets import tokens
from desktop.widgets.icons import icon
from desktop.widgets.list_model import ICON_ROLE, STATE_ROLE
from desktop.widgets.metrics import px
from desktop.widgets.state import State

Index = QModelIndex | QPersistentModelIndex


def row_height() -> int:
    """50 px at text size 100 %."""
    return px(50)


def cell_font(first: bool, base: QFont) -> QFont:
    """The person a row is about stands out."""
    font = QFont(base)
    if first:
        font.setPixelSize(px(15))
        font.setWeight(QFont.Weight.DemiBold)
    return font


def natural_width(text: str, has_icon: bool, first: bool, base: QFont) -> int:
    """The width at which nothing of the cell is cut short, in pixels."""
    return QFontMetrics(cell_font(first, base)).horizontalAdvance(text) + 2 * px(14) + (px(26) if has_icon else 0) + 2


class ListDelegate(QStyledItemDelegate):
    """Draws the cells of a ListTable."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = tokens.current()
        rect: QRect = option.rect
        view = option.widget
        state = option.state
        current = isinstance(view, QAbstractItemView) and view.hasFocus() and view.currentIndex().row() == index.row()
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, look.colour("brand_soft"))
        painter.setPen(look.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if current:
            self._focus_ring(painter, rect, index)
        self._words(painter, option, index)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(80), row_height())

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        if event.type() == QEvent.Type.ToolTip and index.isValid():
            text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
            cut = natural_width(text, _icon_of(index) != "", index.column() == 0, option.font) > option.rect.width()
            # An empty tooltip hides the last one. Text that begins with a tag would be read as markup, so it is
            # held apart from that by a zero-width mark.
            QToolTip.showText(event.globalPos(), f"\u200b{text}" if cut else "", view)
            return True
        return super().helpEvent(event, view, option, index)

    def _focus_ring(self, painter: QPainter, rect: QRect, index: Index) -> None:
        painter.setPen(QPen(tokens.current().colour("brand"), 2))
        painter.drawLine(rect.topLeft() + QPoint(0, 1), rect.topRight() + QPoint(0, 1))
        painter.drawLine(rect.bottomLeft() - QPoint(0, 1), rect.bottomRight() - QPoint(0, 1))
        if index.column() == 0:
            painter.drawLine(rect.topLeft() + QPoint(1, 1), rect.bottomLeft() + QPoint(1, -1))
        if index.column() == index.model().columnCount() - 1:
            painter.drawLine(rect.topRight() + QPoint(-1, 1), rect.bottomRight() - QPoint(1, 1))

    def _words(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = tokens.current()
        state = _state_of(index)
        name = _icon_of(index)
        colour = state.colour if state and state is not State.OK else "ink"
        space = option.rect.adjusted(px(14), 0, -px(14), 0)
        if name:
            size = px(17)
            mark = QRect(space.left(), space.center().y() - size // 2, size, size)
            icon(name, state.colour if state else "soft").paint(painter, mark)
            space.setLeft(space.left() + px(26))
        font = cell_font(index.column() == 0, option.font)
        painter.setFont(font)
        painter.setPen(look.colour(colour))
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        elided = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, space.width() + 1)
        side = index.model().headerData(index.column(), Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
        painter.drawText(space, int(side) | int(Qt.TextFlag.TextSingleLine), elided)


def _icon_of(index: Index) -> str:
    state = _state_of(index)
    return str(index.data(ICON_ROLE) or "") or (state.icon_name if state else "")


def _state_of(index: Index) -> State | None:
    # Qt hands a StrEnum back as a plain str.
    value = index.data(STATE_ROLE)
    return State(value) if value else None
