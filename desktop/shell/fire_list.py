"""The fire list over everything: who is in the building, to be counted by name."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.registers.roll_call import RollCall
from desktop.registers.words import RowView
from desktop.widgets.metrics import px
from desktop.widgets.text import set_look


class FireList(QWidget):
    """Names and ticks, nothing else about anybody.

    Signals:
        left(): Esc, F9 once more, or the button: back to where it was opened.
    """

    left = Signal()

    def __init__(self, people: Sequence[RowView], back_words: str) -> None:
        super().__init__()
        set_look(self, "ground", "bg")
        self.setAccessibleName("Fire list")
        self.roll = RollCall("Fire list", back_words)
        self.roll.left.connect(self.left)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(28), px(18), px(28), px(20))
        column.addWidget(self.roll)
        for keys in (QKeySequence(Qt.Key.Key_Escape), QKeySequence("F9")):
            QShortcut(keys, self).activated.connect(self.left)
        self.roll.show_people(people)
