"""The machine goes to sleep: the words of both systems, and what D-Bus would call."""

import pytest

from desktop.lock.suspend import (
    PBT_APMSUSPEND,
    WM_POWERBROADCAST,
    WM_WTSSESSION_CHANGE,
    WTS_SESSION_LOCK,
    SuspendWatch,
    goes_away,
)


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


def test_the_slot_is_one_that_the_bus_can_call() -> None:
    assert SuspendWatch().metaObject().indexOfSlot("told(bool)") >= 0


def test_where_no_bus_is_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DBUS_SESSION_BUS_ADDRESS", "DBUS_SYSTEM_BUS_ADDRESS"):
        monkeypatch.setenv(name, "unix:path=/nowhere")
    watch = SuspendWatch()
    watch.listen()
    watch.listen()
