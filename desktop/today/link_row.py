"""A line that takes one somewhere: words that wrap, and at its right a quiet word or a state; or the line alone."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.widgets.icons import IconLabel
from desktop.widgets.metrics import px
from desktop.widgets.state import State
from desktop.widgets.text import label


class LinkRow(QPushButton):
    """One button as wide as its card. A screen reader says the words, then what stands beside or below them."""

    def __init__(
        self,
        words: str,
        on_click: Callable[[], object],
        *,
        beneath: str = "",
        state: State | None = None,
        beside: str = "",
    ) -> None:
        """With a `state` its icon stands before `beneath`; `beside` stands at the right end."""
        super().__init__()
        self.setProperty("kind", "quiet")
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(", ".join(part for part in (words, beneath, beside) if part))
        self.clicked.connect(lambda _checked=False: on_click())
        self._row = _filled(self, words, beneath, state, beside)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._row.heightForWidth(width)

    def sizeHint(self) -> QSize:
        return self._row.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._row.minimumSize()


class WordsRow(QWidget):
    """The same line for somebody who does not have the place it would lead to."""

    def __init__(self, words: str, *, beneath: str = "", state: State | None = None, beside: str = "") -> None:
        super().__init__()
        self.setAccessibleName(", ".join(part for part in (words, beneath, beside) if part))
        _filled(self, words, beneath, state, beside)


def _filled(line: QWidget, words: str, beneath: str, state: State | None, beside: str) -> QHBoxLayout:
    row = QHBoxLayout(line)
    row.setContentsMargins(px(4), px(5), px(6), px(5))
    row.setSpacing(px(10))
    column = QVBoxLayout()
    column.setSpacing(px(1))
    row.addLayout(column, 1)
    column.addWidget(label(words, wrap=True))
    if beneath:
        column.addLayout(_beneath(beneath, state))
    if beside:
        row.addWidget(label(beside, "small"), 0, Qt.AlignmentFlag.AlignTop)
    return row


def _beneath(words: str, state: State | None) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(px(6))
    if state is not None:
        row.addWidget(IconLabel(state.icon_name, state.colour, 15))
    row.addWidget(label(words, "small" if state is None else state.value, wrap=True), 1)
    return row
