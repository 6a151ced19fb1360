"""A scrolled view of cards: what is said first, then two columns (one where there is little room), then the rest."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.widgets.metrics import px
from desktop.widgets.text import set_look

_TWO_COLUMNS = 812
"""Room needed for two columns of cards, in pixels at 100 %."""


class CardColumns(QScrollArea):
    """Lays cards out once; they may be shown and hidden later."""

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(px(14))

    def lay_out(
        self,
        top: Sequence[QWidget],
        left: Sequence[QWidget],
        right: Sequence[QWidget],
        bottom: Sequence[QWidget] = (),
    ) -> None:
        """Puts the cards in; called once."""
        inside = _Inside()
        set_look(inside, "scrolled", "true")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, px(6), 0)
        column.setSpacing(px(14))
        for widget in top:
            column.addWidget(widget)
        self._columns.addLayout(_stacked(left), 1)
        self._columns.addLayout(_stacked(right), 1)
        column.addLayout(self._columns)
        for widget in bottom:
            column.addWidget(widget)
        column.addStretch(1)
        self.setWidget(inside)

    def to_top(self) -> None:
        """Scrolls to the top: it is about somebody else now."""
        self.verticalScrollBar().setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.viewport().width() >= px(_TWO_COLUMNS)
        self._columns.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)


class _Inside(QWidget):
    """What is scrolled: as high as it is at its width, not as at its narrowest."""

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 0)


def _stacked(cards: Sequence[QWidget]) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(px(14))
    for card in cards:
        column.addWidget(card)
    column.addStretch(1)
    return column
