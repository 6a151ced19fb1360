"""The column of what to see: small pictures with their words on hover, spoken in full."""

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QHelpEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QToolTip

from desktop.people.words import Mark, first_up
from desktop.widgets.icons import icon
from desktop.widgets.list_delegate import ListDelegate
from desktop.widgets.list_model import ROW_ROLE
from desktop.widgets.metrics import px

Index = QModelIndex | QPersistentModelIndex
_SIZE, _STEP = 19, 28


class MarksDelegate(ListDelegate):
    """Draws the marks of a row side by side in place of the cell's words."""

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return super().helpEvent(event, view, option, index)
        mark = self.mark_at(event.pos(), option.rect, index)
        # Words that begin with a tag would be read as markup; a zero-width mark keeps them plain.
        QToolTip.showText(event.globalPos(), f"\u200b{mark.words}" if mark else "", view)
        return True

    def mark_at(self, at: QPoint, rect: QRect, index: Index) -> Mark | None:
        """The mark under a point of the view."""
        place = (at.x() - rect.left() - px(14) + px(4)) // px(_STEP)
        marks = _marks(index)
        return marks[place] if 0 <= place < len(marks) else None

    def _words(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        left = option.rect.left() + px(14)
        top = option.rect.center().y() - px(_SIZE) // 2
        for mark in _marks(index):
            square = QRect(left, top, px(_SIZE), px(_SIZE))
            icon(mark.icon, mark.state.colour).paint(painter, square, Qt.AlignmentFlag.AlignCenter)
            left += px(_STEP)


def _marks(index: Index) -> tuple[Mark, ...]:
    return tuple(index.data(ROW_ROLE).marks)


class MissingDelegate(ListDelegate):
    """The column of what is missing: its words, and all of them on hover."""

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return super().helpEvent(event, view, option, index)
        said = "\n".join(first_up(clause) for clause in index.data(ROW_ROLE).missing)
        QToolTip.showText(event.globalPos(), f"\u200b{said}" if said else "", view)
        return True
