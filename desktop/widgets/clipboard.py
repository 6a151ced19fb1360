"""What was copied out of Breather does not stay on the clipboard."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QClipboard

KEPT_MS = 30_000


class ClipboardKeeper(QObject):
    """Clears what this app put on the clipboard, by a button or by Ctrl+C, after 30 seconds, if it is still ours.

    Attributes:
        timer: single shot; started anew by each copy. is_ours: whether this app put there what is on it.
    """

    def __init__(self, clipboard: QClipboard, ours: Callable[[], bool] | None = None) -> None:
        """`ours` says whether what is on it was put there by this app; None asks the system."""
        super().__init__()
        self._clipboard = clipboard
        self.is_ours = ours or clipboard.ownsClipboard
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(KEPT_MS)
        self.timer.timeout.connect(self.clear)
        clipboard.dataChanged.connect(self._changed)

    def clear(self) -> None:
        """Clears it now, if it is still ours: on the timer, on the lock and on closing."""
        self.timer.stop()
        if self.is_ours():
            self._clipboard.clear()
        if self._clipboard.supportsSelection() and self._clipboard.ownsSelection():
            self._clipboard.clear(QClipboard.Mode.Selection)

    def _changed(self) -> None:
        if self.is_ours() and self._clipboard.text():
            self.timer.start()
