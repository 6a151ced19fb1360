"""One screen over a small club, driven as a person drives it: by what is written on things."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.jobs import Jobs
from desktop.widgets.page import Page
from models.bootstrap import Club, UnitOfWork
from models.kernel.clock import Clock
from tests.clubs import new_club, put

T = TypeVar("T")


class Screen:
    """The page, its club, and a person's hands."""

    def __init__(self, qtbot: QtBot, folder: Path, make: Callable[[Jobs, Clock], Page]) -> None:
        self.qtbot = qtbot
        self.club: Club = new_club(folder)
        self.jobs = Jobs(self.club, self.club.clock)
        self.page: Any = make(self.jobs, self.club.clock)
        self.said: list[str] = []
        self.gone: list[tuple[str, object]] = []
        self.errors: list[object] = []
        self.page.said.connect(lambda words, _undo: self.said.append(words))
        self.page.go.connect(lambda place, item: self.gone.append((place, item)))
        for signal in (self.page.failed, self.jobs.failed):
            signal.connect(self.errors.append)
        self.jobs.changed.connect(self.page.areas_changed)
        self.page.resize(1150, 768)
        qtbot.addWidget(self.page)

    def close(self) -> None:
        self.jobs.shutdown()
        self.club.close()
        assert not self.errors

    def read(self, query: Callable[[UnitOfWork], T]) -> T:
        return self.club.read(query)

    def build(self, change: Callable[[UnitOfWork], T]) -> T:
        return put(self.club, change)

    def until(self, true: Callable[[], Any]) -> None:
        self.qtbot.waitUntil(lambda: bool(true()), timeout=10_000)

    def open(self, item: object) -> None:
        """The page with one person's view."""
        self.page.show()
        self.page.open_item(item)
        self.until(lambda: self.page.view.isVisible())

    def words(self) -> str:
        """Every sentence in sight."""
        return "\n".join(each.text() for each in self.page.findChildren(QLabel) if each.isVisible())

    def button(self, name: str) -> QPushButton:
        """The one button in sight with this name."""
        found = [
            each for each in self.page.findChildren(QPushButton) if each.accessibleName() == name and each.isVisible()
        ]
        assert found, f"no button “{name}” among {self.buttons()}"
        return found[0]

    def buttons(self) -> list[str]:
        return [each.accessibleName() for each in self.page.findChildren(QPushButton) if each.isVisible()]

    def click(self, name: str) -> None:
        self.until(lambda: name in self.buttons())
        self.qtbot.mouseClick(self.button(name), Qt.MouseButton.LeftButton)

    def field(self, words: str) -> Any:
        """What one types into, by the words above it."""
        self.until(lambda: self._fields(words))
        return self._fields(words)[0]

    def type(self, words: str, text: str) -> None:
        """Replaces what is in a field by typing."""
        box = self.field(words)
        box.setFocus()
        box.selectAll()
        self.qtbot.keyClick(box, Qt.Key.Key_Delete)
        self.keys(box, text)

    def keys(self, box: QWidget | None, text: str) -> None:
        """Types letters one by one; the test kit itself knows only English ones."""
        assert box is not None
        for letter in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(box, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """A key, wherever the keyboard is."""
        self.qtbot.keyClick(QApplication.focusWidget() or self.page, key, held)

    def save(self) -> None:
        """Ctrl+Enter, wherever the keyboard is in the form."""
        self.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    def _fields(self, words: str) -> list[QWidget]:
        form = self.page.findChildren(QWidget)
        return [
            each
            for each in form
            if each.accessibleName() == words and each.isVisible() and not isinstance(each, QLabel | QPushButton)
            and (isinstance(each, QLineEdit) or each.focusPolicy() != Qt.FocusPolicy.NoFocus)
        ]  # fmt: skip
