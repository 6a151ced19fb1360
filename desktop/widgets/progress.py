"""Long work, seen: what it is doing, how far it is, and Cancel."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from desktop.jobs.ticket import Step
from desktop.widgets.card import Card
from desktop.widgets.metrics import px
from desktop.widgets.text import announce, button, label

_SHOWN_AFTER_MS = 1000


class ProgressCard(Card):
    """Appears when work takes longer than a second.

    Attributes:
        timer: single shot; when it ends the card is shown.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._words = label("", wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._on_cancel: Callable[[], object] | None = None
        self._cancel = button("Cancel", self._press)
        left = QVBoxLayout()
        left.addWidget(self._words)
        left.addWidget(self._bar)
        row = QHBoxLayout()
        row.setSpacing(px(16))
        row.addLayout(left, 1)
        row.addWidget(self._cancel)
        self.body.addLayout(row)
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.timeout.connect(self.show)
        self.hide()

    def begin(self, words: str, on_cancel: Callable[[], object] | None = None) -> None:
        """Work has begun; `on_cancel` is usually `ticket.cancel`. Without it there is no Cancel button."""
        self._words.setText(words)
        self._bar.setAccessibleName(words)
        self._bar.setRange(0, 0)
        self._on_cancel = on_cancel
        self._cancel.setVisible(on_cancel is not None)
        self.timer.start(_SHOWN_AFTER_MS)

    def step(self, step: Step) -> None:
        """Pass this as `progress`."""
        self._bar.setRange(0, step.total)
        self._bar.setValue(step.done)
        if step.words and step.words != self._words.text():
            self._words.setText(step.words)

    def end(self) -> None:
        """The work is over, one way or another."""
        self.timer.stop()
        self.hide()

    def _press(self) -> None:
        action = self._on_cancel
        self.end()
        announce(self.parentWidget() or self, "Cancelled")
        if action is not None:
            action()
