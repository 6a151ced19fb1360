"""When to ring again: a time, asked for right where the answer is given."""

from datetime import time

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.widgets.fields import TimeField
from desktop.widgets.metrics import px
from desktop.widgets.text import button

LATEST_HOUR = 20
"""Nobody is rung later in the evening than this unless somebody types it."""


class AgainRow(QWidget):
    """Hidden until it is wanted. Enter keeps the time, Esc leaves it.

    Attributes:
        now: London time, from which the time offered is taken.

    Signals:
        kept(time): this is the time. left(): nothing is changed.
    """

    kept = Signal(object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.now = time(9)
        self.at = TimeField("ring_again", "Ring again at")
        self.at.line.returnPressed.connect(self._keep)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(10))
        row.addWidget(self.at)
        foot = QVBoxLayout()
        foot.addStretch(1)
        foot.addWidget(button("Keep this time", self._keep))
        row.addLayout(foot)
        row.addStretch(1)
        self.hide()

    def open_row(self) -> None:
        """Asks for the time: the next full hour but one is offered, and typing takes its place."""
        self.at.set_value(time(min(self.now.hour + 2, LATEST_HOUR)))
        self.show()
        self.at.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.at.line.selectAll()

    def close_row(self) -> None:
        """Puts it away."""
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_row()
            self.left.emit()
            return
        super().keyPressEvent(event)

    def _keep(self) -> None:
        if not self.at.check():
            return
        at = self.at.value()
        if at is None:
            self.at.set_error("Write when to ring, like 17:30.")
            return
        self.close_row()
        self.kept.emit(at)
