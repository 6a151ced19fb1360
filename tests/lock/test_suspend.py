"""The machine goes to sleep: the words of both systems, and what D-Bus would call."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.lock.suspend import (
    PBT_APMSUSPEND,
    WM_POWERBROADCAST,
    WM_WTSSESSION_CHANGE,
    WTS_SESSION_LOCK,
    SuspendWatch,
    goes_away,
)

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("message", "what", "expected"),
    [
        (WM_POWERBROADCAST, PBT_APMSUSPEND, True),
        (WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK, True),
        (WM_POWERBROADCAST, 0x0007, False),  # back from sleep
        (WM_WTSSESSION_CHANGE, 0x0008, False),  # unlocked
        (0x0200, PBT_APMSUSPEND, False),  # the pointer has moved
    ],
)
def test_which_messages_of_windows_count(message: int, what: int, expected: bool) -> None:
    heard: list[bool] = []
    watch = SuspendWatch()
    watch.away.connect(lambda: heard.append(True))
    watch.take_message(message, what)
    assert goes_away(message, what) is expected
    assert heard == [True] * expected


def test_going_is_told_and_coming_back_is_not() -> None:
    heard: list[bool] = []
    watch = SuspendWatch()
    watch.away.connect(lambda: heard.append(True))
    watch.told(False)
    assert heard == []
    watch.told(True)
    assert heard == [True]


ON_A_BUS = """
import os, sys
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
os.environ["DBUS_SYSTEM_BUS_ADDRESS"] = os.environ["DBUS_SESSION_BUS_ADDRESS"]
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from desktop.lock.suspend import LOGIND, SAVERS, SuspendWatch
qt, watch = QGuiApplication([]), SuspendWatch()
service, path, interface, name = {"saver": SAVERS[0], "sleep": LOGIND}[sys.argv[1]]
bus = QDBusConnection.connectToBus(QDBusConnection.BusType.SessionBus, "another app")
bus.registerService(service)
watch.away.connect(lambda: qt.exit(7))
watch.listen()
message = QDBusMessage.createSignal(path, interface, name)
message.setArguments([True])
QTimer.singleShot(0, lambda: bus.send(message))
QTimer.singleShot(20_000, lambda: qt.exit(1))
sys.exit(qt.exec())
"""


@pytest.mark.parametrize("what", ["saver", "sleep"])
def test_it_is_heard_on_a_real_bus(what: str) -> None:
    """Another app of the system says so; exit 7 is that it was heard."""
    run = shutil.which("dbus-run-session")
    assert run is not None, "install dbus, for example with `python3 installer/test.py`"
    command = [run, "--", sys.executable, "-c", ON_A_BUS, what]
    kept = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, cwd=ROOT, env=kept, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 7, done.stderr[-2000:]


ASKS_FOR_TIME = """
import os, sys
from PySide6.QtCore import ClassInfo, QObject, QTimer, Slot
from PySide6.QtGui import QGuiApplication
os.environ["DBUS_SYSTEM_BUS_ADDRESS"] = os.environ["DBUS_SESSION_BUS_ADDRESS"]
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusUnixFileDescriptor
from desktop.lock.suspend import LOGIND, SuspendWatch

READING, WRITING = os.pipe()
os.set_blocking(READING, False)
told = []

def over():
    try:
        return os.read(READING, 1) == b""
    except BlockingIOError:
        return False

@ClassInfo({"D-Bus Interface": LOGIND[2]})
class Logind(QObject):
    @Slot(str, str, str, str, result=QDBusUnixFileDescriptor)
    def Inhibit(self, what, who, why, mode):
        global WRITING
        told.append((what, mode))
        given = QDBusUnixFileDescriptor(WRITING)
        os.close(WRITING)
        return given

qt, watch, logind = QGuiApplication([]), SuspendWatch(), Logind()
bus = QDBusConnection.connectToBus(QDBusConnection.BusType.SessionBus, "another app")
bus.registerService(LOGIND[0])
bus.registerObject(LOGIND[1], logind, QDBusConnection.RegisterOption.ExportAllSlots)
watch.away.connect(lambda: told.append(("away", over())))
watch.listen()

def sleep():
    if watch._delay is None:
        return
    timer.stop()
    told.append(("held", not over()))
    message = QDBusMessage.createSignal(*LOGIND[1:])
    message.setArguments([True])
    bus.send(message)
    again.start(20)

def look():
    if over():
        qt.exit(7 if told == [("sleep", "delay"), ("held", True), ("away", False)] else 2)

timer, again = QTimer(), QTimer()
timer.timeout.connect(sleep)
again.timeout.connect(look)
timer.start(20)
QTimer.singleShot(15_000, lambda: (print(told, file=sys.stderr), qt.exit(1)))
sys.exit(qt.exec())
"""


def test_the_machine_waits_with_its_sleep_until_it_is_locked() -> None:
    """What the system gave is let go of after the lock, and not before; exit 7 is that all came in this order."""
    run = shutil.which("dbus-run-session")
    assert run is not None, "install dbus, for example with `python3 installer/test.py`"
    kept = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    command = [run, "--", sys.executable, "-c", ASKS_FOR_TIME]
    done = subprocess.run(command, cwd=ROOT, env=kept, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 7, done.stderr[-2000:]


def test_where_no_bus_is_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DBUS_SESSION_BUS_ADDRESS", "DBUS_SYSTEM_BUS_ADDRESS"):
        monkeypatch.setenv(name, "unix:path=/nowhere")
    watch = SuspendWatch()
    watch.listen()
    watch.listen()
