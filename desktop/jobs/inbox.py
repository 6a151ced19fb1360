"""How answers come back to the UI thread."""

from collections import deque
from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot


class Inbox(QObject):
    """Runs what other threads post, on the thread it lives on, in the order posted."""

    failed = Signal(object)
    _woken = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._letters: deque[Callable[[], None]] = deque()
        self._held = False
        self._woken.connect(self.empty, Qt.ConnectionType.QueuedConnection)

    def post(self, letter: Callable[[], None]) -> None:
        """From any thread; a letter that comes after the window is gone is kept from harm by being left unread."""
        self._letters.append(letter)
        if shiboken6.isValid(self):
            self._woken.emit()

    def hold(self) -> None:
        """From now on letters wait, in their order."""
        self._held = True

    def release(self) -> None:
        """Runs what has waited."""
        self._held = False
        self.empty()

    @Slot()
    def empty(self) -> None:
        """Runs every letter that has come, unless they are held; an error in one is reported, the next still runs."""
        while self._letters and not self._held:
            letter = self._letters.popleft()
            try:
                letter()
            except Exception as error:
                self.failed.emit(error)
