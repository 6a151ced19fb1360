"""When nobody has touched the machine for so long, and Ctrl+L and F9 over anything at all."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication

LEAST, MOST, USUAL = 1, 15, 5
"""Minutes without input until it locks: what may be chosen, and what is so until somebody chooses."""
LOOK_MS = 1000
"""At least so often it looks: a timer does not count while the machine sleeps, and shows what it did on waking."""
_INPUT = frozenset(
    {
        QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease, QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TabletPress, QEvent.Type.TabletMove,
    }
)  # fmt: skip

_OPENING = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease)
"""After these a menu or a list may have dropped down; it then has the keys, and nobody is told of it."""


def seconds_awake_and_asleep() -> float:
    """Seconds that only go on, those asleep counted where the system tells them."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


class IdleWatch(QObject):
    """Watches the input of every window of the app. It looks at windows, not at widgets: few events, whatever is open.

    Attributes:
        timer: single shot; ends when the time may be up. main: the window that knows F9 by itself.

    Signals:
        idle(): nobody has touched anything for the minutes set. asked(): Ctrl+L.
        fire(): F9 in any other window: a dialog, a menu.
    """

    idle = Signal()
    asked = Signal()
    fire = Signal()

    def __init__(self, qt: QGuiApplication, minutes: int, seconds: Callable[[], float] | None = None) -> None:
        """`seconds` tells the time, from anywhere; None is the machine's own."""
        super().__init__()
        self._qt = qt
        self._seconds = seconds or seconds_awake_and_asleep
        self._limit = _limit(minutes)
        self._longest = False
        self.main: QWindow | None = None
        self._on = False
        self._counting = True
        self._last = self._seconds()
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.timeout.connect(self.tick)
        qt.focusWindowChanged.connect(self._watch)

    def start(self, *, counting: bool = True, longest: bool = False) -> None:
        """Counts from now on; without counting it hears Ctrl+L alone. `longest`: up to MOST, whatever is chosen."""
        self._on, self._counting, self._longest = True, counting, longest
        self.timer.stop()
        for window in self._qt.topLevelWindows():
            self._watch(window)
        self._last = self._seconds()
        self.tick()

    def go_on(self) -> None:
        """Time was up, and that was not enough: counts on from the last touch up to MOST."""
        self._on = self._longest = True
        self.tick()

    def stop(self) -> None:
        """Counts no more."""
        self._on = False
        self.timer.stop()

    def set_minutes(self, minutes: int) -> None:
        """Another length, within what may be chosen."""
        self._limit = _limit(minutes)
        if self._on:
            self.tick()

    def tick(self) -> None:
        """Time has gone on: says so when it is up, and otherwise looks again when it may be. The timer calls this."""
        left = self._last + self._reach() - self._seconds()
        if not (self._on and self._counting):
            return
        self._watch_popup()
        if left <= 0:
            self.stop()
            self.idle.emit()
        else:
            self.timer.start(max(1, min(round(left * 1000), LOOK_MS)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not self._on or event.type() not in _INPUT:
            return False
        if self._counting and self._seconds() - self._last >= self._reach():  # the machine slept, and nobody told us
            self.tick()
            return True
        self._last = self._seconds()
        if event.type() in _OPENING:
            QTimer.singleShot(0, self, self._watch_popup)
        if isinstance(event, QKeyEvent) and _is_lock(event):
            self.asked.emit()
            return True
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_F9 and watched is not self.main:
            self.fire.emit()
            return True
        return False

    def _watch_popup(self) -> None:
        popup = QApplication.activePopupWidget()
        self._watch(popup.windowHandle() if popup is not None else None)

    def _reach(self) -> float:
        return _limit(MOST) if self._longest else self._limit

    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.removeEventFilter(self)  # so that it is there once
            window.installEventFilter(self)


def _limit(minutes: int) -> float:
    return 60.0 * min(max(minutes, LEAST), MOST)


def _is_lock(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_L and event.modifiers() == Qt.KeyboardModifier.ControlModifier
