"""An event that has just happened, with Undo, for 8 seconds."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop.widgets.metrics import px
from desktop.widgets.text import announce, button, label

SHOWN_MS = 8000
_ROOMY = 1000
"""In a host less wide than this, in pixels at 100 %, it would lie over the buttons at the foot of a form."""


class Toast(QFrame):
    """Lies at the foot of its host. Waits while the pointer or the keyboard is on it.

    Attributes:
        timer: single shot; when it ends the toast goes away.
    """

    def __init__(self, host: QWidget, timer: QTimer | None = None) -> None:
        super().__init__(host)
        self._host = host
        self.setProperty("toast", "true")
        self._undo: Callable[[], object] | None = None
        self._words = label("")
        self.undo_button = button("Undo", self._press)
        self.undo_button.installEventFilter(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(16), px(8), px(10), px(8))
        row.setSpacing(px(16))
        row.addWidget(self._words)
        row.addWidget(self.undo_button)
        self.timer = timer or QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.timeout.connect(self.hide)
        host.installEventFilter(self)
        self.hide()

    def show_words(self, words: str, undo: Callable[[], object] | None = None) -> None:
        """Shows an event and has a screen reader say it; with `undo`, offers Undo."""
        self._undo = undo
        self._words.setText(words)
        self._words.setWordWrap(False)
        self.undo_button.setVisible(undo is not None)
        self.undo_button.setAccessibleName(f"Undo: {words}")
        self.setAccessibleName(words)
        self._place()
        self.show()
        self.raise_()
        self.timer.start(SHOWN_MS)
        announce(self, words)

    def words(self) -> str:
        """The words shown."""
        return self._words.text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.parent() and event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        if watched is self.undo_button and event.type() == QEvent.Type.FocusIn:
            self.timer.stop()
        if watched is self.undo_button and event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.timer.start(SHOWN_MS)
        return super().eventFilter(watched, event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        if self.isVisible():
            self.timer.start(SHOWN_MS)
        super().leaveEvent(event)

    def _press(self) -> None:
        undo, self._undo = self._undo, None
        self.timer.stop()
        self.hide()
        if undo is not None:
            undo()

    def _place(self) -> None:
        host = self._host
        room = host.width() - 2 * px(20)
        self._words.setWordWrap(False)
        self.adjustSize()
        if self.width() > room:
            self._words.setWordWrap(True)
            self.setFixedWidth(room)
        else:
            self.setMaximumWidth(room)
            self.setMinimumWidth(0)
        self.adjustSize()
        beneath = px(20 if host.width() >= px(_ROOMY) else 72)
        self.move((host.width() - self.width()) // 2, host.height() - self.height() - beneath)
