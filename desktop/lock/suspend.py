"""The machine goes to sleep or its own screen locks: told by D-Bus on Linux, by window messages on Windows."""

import sys
from typing import Any

from PySide6.QtCore import SLOT, QAbstractNativeEventFilter, QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication

WM_POWERBROADCAST, PBT_APMSUSPEND = 0x0218, 0x0004
WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK = 0x02B1, 0x0007
LOGIND = ("org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep")
SAVERS = (
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged"),
    ("org.freedesktop.ScreenSaver", "/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged"),
    ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged"),
)


def goes_away(message: int, what: int) -> bool:
    """Whether a message of Windows says that the machine goes to sleep or its session is locked."""
    return (message, what) in ((WM_POWERBROADCAST, PBT_APMSUSPEND), (WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK))


class SuspendWatch(QObject):
    """Listens from the moment it is told to. Where nothing can be heard, nothing happens.

    Signals:
        away(): going to sleep, or the system's own lock has come.
    """

    away = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._listening = False
        self._native: QAbstractNativeEventFilter | None = None
        self._delay: Any = None
        self._asked: Any = None

    def listen(self, window: int = 0) -> None:
        """`window` is the handle of the app's window, for Windows to tell. Asked twice, it listens once."""
        if self._listening:
            return
        self._listening = True
        if sys.platform == "win32":
            self._listen_to_windows(window)
        elif sys.platform.startswith("linux"):
            self._listen_to_buses()

    @Slot(bool)
    def told(self, going: bool) -> None:
        """What both buses say: true on the way out, false on coming back."""
        if going:
            self.away.emit()
            self._delay = None  # it is locked and painted: the machine may sleep
        else:
            self._ask_for_delay()

    def take_message(self, message: int, what: int) -> None:
        """A message of Windows, by its number and first word."""
        if goes_away(message, what):
            self.away.emit()

    def _listen_to_buses(self) -> None:
        try:
            from PySide6.QtDBus import QDBusConnection
        except ImportError:  # a Qt without it
            return
        slot: Any = SLOT("told(bool)")  # PySide's own types ask for bytes, which it then refuses
        system, session = QDBusConnection.systemBus(), QDBusConnection.sessionBus()
        for bus, names in ((system, (LOGIND,)), (session, SAVERS)):
            if bus.isConnected():
                for service, path, interface, signal in names:
                    bus.connect(service, path, interface, signal, self, slot)
        self._ask_for_delay()

    def _ask_for_delay(self) -> None:
        """Has the system wait with its sleep until the lock is painted: else names are the first thing on waking."""
        try:
            from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher
        except ImportError:
            return
        system = QDBusConnection.systemBus()
        if not self._listening or self._delay is not None or not system.isConnected():
            return
        message = QDBusMessage.createMethodCall(*LOGIND[:3], "Inhibit")
        message.setArguments(["sleep", "Breather", "Hides what is open", "delay"])
        self._asked = QDBusPendingCallWatcher(system.asyncCall(message))
        self._asked.finished.connect(self._take_delay)

    def _take_delay(self) -> None:
        found, self._asked = self._asked.reply().arguments(), None
        self._delay = found[0] if found else None  # it lasts as long as this is held; a refusal holds nothing

    def _listen_to_windows(self, window: int) -> None:  # pragma: no cover - only there
        import ctypes

        self._native = _Messages(self)
        qt = QGuiApplication.instance()
        if qt is not None:
            qt.installNativeEventFilter(self._native)
        vars(ctypes)["WinDLL"]("wtsapi32").WTSRegisterSessionNotification(window, 0)


class _Messages(QAbstractNativeEventFilter):
    """Reads the number and the first word of each message of Windows, and stops none."""

    def __init__(self, watch: SuspendWatch) -> None:
        super().__init__()
        self._watch = watch

    def nativeEventFilter(self, _kind: Any, message: Any) -> tuple[bool, int]:  # noqa: N802 # Qt's own name
        import ctypes.wintypes

        told = ctypes.wintypes.MSG.from_address(int(message))
        self._watch.take_message(told.message, told.wParam)
        return False, 0
