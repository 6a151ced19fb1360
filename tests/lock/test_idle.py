"""When nobody has touched the machine: counted by an injected count of seconds, never waited for."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.lock.idle import IdleWatch


class Watched:
    """A window and a watch over it."""

    def __init__(self, qtbot: QtBot, qapp: QApplication, minutes: int) -> None:
        self.line = QLineEdit()
        qtbot.addWidget(self.line)
        with qtbot.waitExposed(self.line):
            self.line.show()
        self.now = 500.0
        self.heard: list[str] = []
        self.watch = IdleWatch(qapp, minutes, lambda: self.now)
        self.watch.idle.connect(lambda: self.heard.append("idle"))
        self.watch.asked.connect(lambda: self.heard.append("asked"))
        self.watch.start()

    def wait(self, seconds: float) -> None:
        self.now += seconds
        self.watch.tick()

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.line.windowHandle(), key, modifiers)


@pytest.fixture
def watched(qtbot: QtBot, qapp: QApplication) -> Iterator[Watched]:
    made = Watched(qtbot, qapp, 5)
    yield made
    made.watch.stop()


def test_it_says_so_when_the_time_is_up_and_not_before(watched: Watched) -> None:
    watched.wait(299)
    assert watched.heard == []
    assert watched.watch.timer.isActive()
    assert watched.watch.timer.interval() == 1000
    watched.wait(1)
    assert watched.heard == ["idle"]
    watched.wait(1000)
    assert watched.heard == ["idle"]


def test_a_key_and_the_pointer_start_it_anew(watched: Watched) -> None:
    watched.now += 299
    watched.key(Qt.Key.Key_A)
    watched.wait(299)
    assert watched.heard == []
    QTest.mouseMove(watched.line.windowHandle())
    QTest.mouseClick(watched.line.windowHandle(), Qt.MouseButton.LeftButton)
    watched.wait(299)
    assert watched.heard == []
    watched.wait(1)
    assert watched.heard == ["idle"]
    assert watched.line.text() == "a"


def test_the_first_key_after_a_sleep_is_not_typed(watched: Watched) -> None:
    watched.now += 3600
    watched.key(Qt.Key.Key_A)
    assert watched.heard == ["idle"]
    assert watched.line.text() == ""


def test_after_a_sleep_nobody_told_of_it_locks_without_a_touch(watched: Watched, qtbot: QtBot) -> None:
    assert watched.watch.timer.interval() <= 1000
    watched.now += 3600
    qtbot.waitUntil(lambda: watched.heard == ["idle"])


def test_ctrl_l_is_heard_anywhere(watched: Watched) -> None:
    watched.key(Qt.Key.Key_L)
    watched.key(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert watched.heard == ["asked"]
    assert watched.line.text() == "l"


def test_without_counting_only_ctrl_l_is_heard(watched: Watched) -> None:
    watched.watch.start(counting=False)
    watched.wait(3600)
    watched.key(Qt.Key.Key_A)
    assert watched.heard == []
    watched.key(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert watched.heard == ["asked"]


@pytest.mark.parametrize(("wanted", "seconds"), [(0, 60), (1, 60), (15, 900), (500, 900)])
def test_it_is_never_off(qtbot: QtBot, qapp: QApplication, wanted: int, seconds: int) -> None:
    made = Watched(qtbot, qapp, wanted)
    made.wait(seconds - 1)
    assert made.heard == []
    made.wait(1)
    assert made.heard == ["idle"]


def test_another_length_holds_at_once(watched: Watched) -> None:
    watched.wait(120)
    watched.watch.set_minutes(2)
    assert watched.heard == ["idle"]
