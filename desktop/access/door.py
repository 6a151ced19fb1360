"""What happened at the door, in a panel: who it was, what and when, newest first."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.access import words
from desktop.widgets.card import clear_layout
from desktop.widgets.inside import Inside
from desktop.widgets.metrics import px
from desktop.widgets.text import button, label
from models.access.door import DoorRow

FEW = 20
"""Shown before “Show all”."""


class DoorList(QScrollArea):
    """The newest few, or all of them. The arrow keys scroll it."""

    def __init__(self, rows: Sequence[DoorRow]) -> None:
        super().__init__()
        self._rows = tuple(rows)
        inside = Inside()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, px(8), 0)
        self._column.setSpacing(px(12))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(words.DOOR)
        self.setAccessibleDescription(words.DOOR_TELLS if rows else words.DOOR_EMPTY)
        self.setWidget(inside)
        self._show(self._rows[:FEW])

    def _show(self, rows: Sequence[DoorRow]) -> None:
        clear_layout(self._column)
        self._column.addWidget(label(words.DOOR_TELLS if rows else words.DOOR_EMPTY, "soft", wrap=True))
        for row in rows:
            self._column.addWidget(_one(row))
        if len(rows) < len(self._rows):
            self._column.addWidget(button(f"Show all {len(self._rows)}", self._show_all, kind="quiet"))
        self._column.addStretch(1)

    def _show_all(self) -> None:
        self.setFocus()  # before the button goes, or Qt would hand the keyboard to whatever comes next
        self._show(self._rows)


def _one(row: DoorRow) -> QWidget:
    made = QWidget()
    beneath = f"{row.who} · {words.moment(row.at)}"
    made.setAccessibleName(f"{row.what} {beneath}")
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(px(2))
    column.addWidget(label(row.what, wrap=True))
    column.addWidget(label(beneath, "small", wrap=True))
    return made
