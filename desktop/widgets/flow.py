"""A row of widgets that goes on in the next line where the room ends."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget

from desktop.widgets.card import clear_layout
from desktop.widgets.metrics import px


class _FlowLayout(QLayout):
    """Lines of items; each as wide as it likes to be, but never wider than the room."""

    def __init__(self, parent: QWidget, right: bool) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._right = right
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(px(8))

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        lines = self._lines(width)
        return sum(_height(line) for line in lines) + self.spacing() * max(0, len(lines) - 1)

    def sizeHint(self) -> QSize:
        shown = self._shown()
        width = sum(item.sizeHint().width() for item in shown) + self.spacing() * max(0, len(shown) - 1)
        return QSize(width, _height(shown))

    def minimumSize(self) -> QSize:  # noqa: N802 # Qt's own name
        shown = self._shown()
        return QSize(max((item.minimumSize().width() for item in shown), default=0), _height(shown))

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        lines = self._lines(rect.width())
        whole = self.heightForWidth(rect.width())
        top = rect.top() + max(0, (rect.height() - whole) // 2)
        for line in lines:
            self._place(line, rect, top)
            top += _height(line) + self.spacing()

    def _place(self, line: Sequence[QLayoutItem], rect: QRect, top: int) -> None:
        high = _height(line)
        used = sum(item.sizeHint().width() for item in line) + self.spacing() * (len(line) - 1)
        left = rect.left() + (max(0, rect.width() - used) if self._right else 0)
        for item in line:
            size = item.sizeHint()
            wide = min(size.width(), rect.width())
            item.setGeometry(QRect(left, top + (high - size.height()) // 2, wide, size.height()))
            left += wide + self.spacing()

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        left = 0
        for item in self._shown():
            wide = item.sizeHint().width()
            if not lines or left + wide > width:
                lines.append([])
                left = 0
            lines[-1].append(item)
            left += wide + self.spacing()
        return lines

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]


def _height(line: Sequence[QLayoutItem]) -> int:
    return max((item.sizeHint().height() for item in line), default=0)


class Flow(QWidget):
    """Widgets side by side, over as many lines as it takes; `right` puts them at the right edge."""

    def __init__(self, widgets: Sequence[QWidget] = (), *, right: bool = False) -> None:
        super().__init__()
        self._layout = _FlowLayout(self, right)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        for widget in widgets:
            self._layout.addWidget(widget)

    def add(self, widget: QWidget) -> None:
        """One more, at the end."""
        self._layout.addWidget(widget)

    def set_widgets(self, widgets: Sequence[QWidget]) -> None:
        """Puts these in the place of what was there."""
        clear_layout(self._layout)
        for widget in widgets:
            self._layout.addWidget(widget)
            widget.show()
