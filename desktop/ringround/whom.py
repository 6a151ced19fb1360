"""Whom an answer is for, where brothers and sisters are asked about together."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QPushButton, QVBoxLayout, QWidget

from desktop.widgets.metrics import px
from desktop.widgets.text import choice_button, label
from models.team.rules import short_names


class Whom(QWidget):
    """All of the family, or one child, by first name; the one chosen is pressed."""

    def __init__(self, choose: Callable[[int | None], None]) -> None:
        """`choose(None)` for all, `choose(0)` for the first child."""
        super().__init__()
        self._choose = choose
        self._names: list[str] = []
        self._made: list[QPushButton] = []
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(label("This answer is for", "small"))
        self._grid = QGridLayout()
        self._grid.setSpacing(px(6))
        column.addLayout(self._grid)

    def show_names(self, names: Sequence[str], only: int | None) -> None:
        """The children, and who is chosen among them (None: all)."""
        if list(names) != self._names:
            self._names = list(names)
            self._make()
        self._made[0 if only is None else only + 1].setChecked(True)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._widest(), self._grid.minimumSize().height() + px(24))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _make(self) -> None:
        for old in self._made:
            self._group.removeButton(old)
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        words = ["All of the family", *short_names(self._names)]
        self._made = [self._one(at, name) for at, name in enumerate(words)]
        self._arrange()

    def _one(self, at: int, name: str) -> QPushButton:
        only = at - 1 if at else None
        made = choice_button(f"{name} ({at})", lambda: self._choose(only), name=f"This answer is for {name}, key {at}")
        self._group.addButton(made, at)
        return made

    def _arrange(self) -> None:
        """As many beside each other as there is room for."""
        fit = max(1, self.width() // (self._widest() + self._grid.spacing()))
        for at, each in enumerate(self._made):
            self._grid.addWidget(each, at // fit, at % fit)

    def _widest(self) -> int:
        return max((each.sizeHint().width() for each in self._made), default=0)
