"""Room for what large text makes too large: it scrolls, and the window never outgrows the screen."""

from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from desktop.widgets.text import set_look

A = TypeVar("A", bound=QScrollArea)


class Column(QScrollArea):
    """As wide as what is in it, with the scroll bar beside it when there is one."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.verticalScrollBar() and event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self.fit()
        return super().eventFilter(watched, event)

    def fit(self) -> None:
        """Takes the width that is needed now."""
        bar, inside = self.verticalScrollBar(), self.widget()
        if inside is not None:
            self.setFixedWidth(inside.minimumWidth() + (bar.sizeHint().width() if bar.isVisibleTo(self) else 0))


class _Room(QWidget):
    """Holds one widget and asks for no more than the least it can do with.

    With a layout the scroll area would ask for the height the text would like, and scroll what can scroll by itself.
    """

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self._inside = inside
        inside.setParent(self)
        set_look(self, "scrolled", "true")

    def minimumSizeHint(self) -> QSize:
        return self._inside.minimumSizeHint()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # what is inside wants another size: the scroll area decides
            self.updateGeometry()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._inside.setGeometry(self.rect())


def scrolled(widget: QWidget) -> QScrollArea:
    """The widget in an area that scrolls when there is too little room."""
    return _filled(QScrollArea(), _Room(widget))


def column(widget: QWidget) -> Column:
    """A column of fixed width that scrolls up and down only; `fit` it when that width has changed."""
    area = _filled(Column(), widget)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
    area.verticalScrollBar().installEventFilter(area)
    area.fit()
    return area


def _filled(area: A, inside: QWidget) -> A:
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)
    return area
