"""What happened at the door, in a panel: who it was, what and when, newest first."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.access import words
from desktop.widgets.card import clear_layout
from desktop.widgets.flow import Flow
from desktop.widgets.inside import Inside
from desktop.widgets.metrics import px
from desktop.widgets.text import announce, button, label
from models.access.door import DoorRow

PAGE = 25
"""So many are shown at a time: a club of some years has thousands, and each is made of several widgets."""


class DoorList(QScrollArea):
    """A page of them, the newest first. The arrow keys scroll it."""

    def __init__(self, rows: Sequence[DoorRow]) -> None:
        super().__init__()
        self._rows = tuple(rows)
        self._first = 0
        inside = Inside()
        self._shown = QVBoxLayout()
        self._shown.setSpacing(px(12))
        column = QVBoxLayout(inside)
        column.setContentsMargins(px(8), px(6), px(8), px(6))  # the ring round it touches no word
        column.setSpacing(px(12))
        column.addWidget(label(words.DOOR_TELLS if rows else words.DOOR_EMPTY, "soft", wrap=True))
        column.addLayout(self._shown)
        column.addWidget(self._foot())
        column.addStretch(1)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(words.DOOR)
        self.setAccessibleDescription(words.DOOR_TELLS if rows else words.DOOR_EMPTY)
        self.setWidget(inside)
        self._show()

    def _foot(self) -> QWidget:
        """Which they are, and the way to older and newer ones; nothing where all are in sight."""
        self._where = label("", "small", wrap=True)
        self._newer = button("Newer", lambda: self._turn(-PAGE), kind="quiet", icon_name="chevron-left")
        self._older = button("Older", lambda: self._turn(PAGE), kind="quiet", icon_name="chevron-right")
        made = Flow([self._where, self._newer, self._older])
        made.setVisible(len(self._rows) > PAGE)
        return made

    def _turn(self, by: int) -> None:
        self.setFocus()  # before a button can do no more, or Qt would hand the keyboard to whatever comes next
        self._first += by
        self._show()
        self.verticalScrollBar().setValue(0)
        announce(self, self._where.text())

    def _show(self) -> None:
        first, rows = self._first, self._rows[self._first : self._first + PAGE]
        clear_layout(self._shown)
        for row in rows:
            self._shown.addWidget(_one(row))
        self._where.setText(f"{first + 1:,} to {first + len(rows):,} of {len(self._rows):,}")
        self._newer.setEnabled(first > 0)
        self._older.setEnabled(first + len(rows) < len(self._rows))


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
