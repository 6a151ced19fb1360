"""A card: a quiet frame with a heading."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QVBoxLayout, QWidget

from desktop.widgets.metrics import px
from desktop.widgets.text import set_look


class Card(QFrame):
    """A framed part of a page.

    Attributes:
        head: the top row: title at the left, then what `add_beside_title` adds, actions at the right.
        body: the layout below; add to it.
    """

    def __init__(self, title: str = "", parent: QWidget | None = None, *, fill: bool = False) -> None:
        """`fill`: what is in the body takes all the height there is (a form, a chart); else it stands at the top."""
        super().__init__(parent)
        self.setProperty("card", "true")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(px(18), px(14), px(18), px(14))
        outer.setSpacing(px(10))
        self.head = QHBoxLayout()
        self.head.setSpacing(px(10))
        self._title = _Heading()
        set_look(self._title, "tone", "heading")
        self.head.addWidget(self._title)
        self._beside = 1
        self.head.addStretch(1)
        outer.addLayout(self.head)
        self.body = QVBoxLayout()
        self.body.setSpacing(px(8))
        outer.addLayout(self.body, 1 if fill else 0)
        if not fill:
            outer.addStretch(1)
        self.set_title(title)

    def set_title(self, title: str) -> None:
        """The heading; an empty one takes no room."""
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self.setAccessibleName(title)

    def add_beside_title(self, widget: QWidget) -> None:
        """Beside the heading: a chip."""
        self.head.insertWidget(self._beside, widget)
        self._beside += 1

    def add_action(self, widget: QWidget) -> None:
        """At the right of the heading: a button."""
        self.head.addWidget(widget)

    def clear(self) -> None:
        """Takes everything out of the body."""
        clear_layout(self.body)


class _Heading(QLabel):
    """One line where there is room for it, two where there is not."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)

    def sizeHint(self) -> QSize:
        wide = self.fontMetrics().horizontalAdvance(self.text()) + px(4)
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), px(200)), self.fontMetrics().height())


def clear_layout(layout: QLayout) -> None:
    """Removes and deletes every widget in a layout and the layouts within it."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear_layout(inner)
