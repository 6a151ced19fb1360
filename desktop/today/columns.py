"""Widgets side by side, each as high as it needs; one below the other where there is no room for that."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from desktop.widgets.metrics import px


class Columns(QWidget):
    """`shares` of the width for each; `least` is the width they need side by side (px at text size 100 %)."""

    def __init__(self, widgets: Sequence[QWidget], shares: Sequence[int], least: int = 900) -> None:
        super().__init__()
        self._least = least
        self._widgets = tuple(widgets)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(px(14))
        for widget, share in zip(widgets, shares, strict=True):
            self._row.addWidget(widget, share)
        self._arrange(True)

    def minimumSizeHint(self) -> QSize:
        # Side by side they would hold the page wider than the window, and never come to stand below each other.
        width = max((widget.minimumSizeHint().width() for widget in self._widgets), default=0)
        return QSize(width, self._row.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(event.size().width() >= px(self._least))

    def _arrange(self, beside: bool) -> None:
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        for widget in self._widgets:
            self._row.setAlignment(widget, Qt.AlignmentFlag.AlignTop if beside else Qt.AlignmentFlag(0))
