"""A person at the real window: finds things by what is written on them, clicks, types, and waits for what follows."""

from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.app import App
from desktop.shell.desk import Desk
from desktop.widgets.preview import PdfPreview
from desktop.widgets.toast import Toast
from models.bootstrap import Club, UnitOfWork
from models.kernel.clock import FixedClock, london_instant
from tests.shell.apps import an_app, leave, start

T = TypeVar("T")
PATIENCE_MS = 30_000


class Person:
    """Eyes and hands at the window; `reasons` are the dialogs that came up, as (title, every sentence)."""

    def __init__(self, qtbot: QtBot, qapp: QApplication, folder: Path) -> None:
        self.qtbot = qtbot
        self.folder = folder
        self.app: App = an_app(qapp, folder)
        self.reasons: list[tuple[str, str]] = []

    def sit_down(self, file: Path | None = None) -> None:
        """Opens Breather, as from its icon."""
        start(self.qtbot, self.app, file)
        self.app.window.resize(1366, 768)
        self.until(self.app.window.isActiveWindow)

    def get_up(self) -> None:
        for preview in self.window.findChildren(PdfPreview):
            preview.forget()  # as when the app ends
        leave(self.app)

    @property
    def window(self) -> QWidget:
        return self.app.window

    @property
    def desk(self) -> Desk:
        assert self.app.desk is not None
        return self.app.desk

    @property
    def club(self) -> Club:
        assert self.app.session is not None
        return self.app.session.club

    def read(self, query: Callable[[UnitOfWork], T]) -> T:
        return self.club.read(query)

    def clock_shows(self, day: date, at: time) -> None:
        clock = self.club.clock
        assert isinstance(clock, FixedClock)
        clock.move_to(london_instant(day, at))

    # --- looking ---

    def until(self, true: Callable[[], Any]) -> None:
        self.qtbot.waitUntil(lambda: bool(true()), timeout=PATIENCE_MS)

    def at_rest(self) -> None:
        """Nothing is being read or written any more, and what was read is shown."""
        assert self.app.session is not None
        jobs = self.app.session.jobs
        self.until(lambda: not jobs._open)

    def sentences(self, within: QWidget | None = None) -> list[str]:
        labels = (within or self.window).findChildren(QLabel)
        return [each.text() for each in labels if each.isVisible() and each.text()]

    def sees(self, words: str) -> bool:
        return any(words in each for each in self.sentences())

    def waits_for(self, words: str) -> None:
        try:
            self.until(lambda: self.sees(words))
        except Exception as error:
            raise AssertionError(f"no “{words}” among {self.sentences()}") from error

    def buttons(self, name: str, within: QWidget | None = None) -> list[QAbstractButton]:
        found = (within or self.window).findChildren(QAbstractButton)
        return [each for each in found if each.accessibleName() == name and each.isVisible() and each.isEnabled()]

    def button(self, name: str) -> QAbstractButton:
        try:
            self.until(lambda: len(self.buttons(name)) == 1)
        except Exception as error:
            shown = [each.accessibleName() for each in self.window.findChildren(QAbstractButton) if each.isVisible()]
            raise AssertionError(f"no button “{name}” among {shown}") from error
        return self.buttons(name)[0]

    def field(self, name: str) -> QLineEdit:
        def found() -> list[QLineEdit]:
            fields = self.window.findChildren(QLineEdit)
            return [each for each in fields if each.accessibleName() == name and each.isVisible()]

        self.until(lambda: len(found()) == 1)
        return found()[0]

    def rows(self, table: str) -> list[tuple[str, ...]]:
        """What the shown table of that name says, row by row."""
        model = self._table(table).model()
        across = range(model.columnCount())
        return [tuple(str(model.index(row, at).data()) for at in across) for row in range(model.rowCount())]

    def _table(self, name: str) -> QTableView:
        tables = self.window.findChildren(QTableView)
        return next(each for each in tables if each.accessibleName() == name and each.isVisible())

    # --- doing ---

    def click(self, name: str) -> None:
        self.qtbot.mouseClick(self.button(name), Qt.MouseButton.LeftButton)

    def click_row(self, table: str, name: str) -> None:
        self.until(lambda: name in [each[0] for each in self.rows(table)])
        view = self._table(table)
        row = [each[0] for each in self.rows(table)].index(name)
        index = view.model().index(row, 0)
        view.scrollTo(index)
        self.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())

    def click_line(self, begins: str) -> None:
        """Clicks the line of a list that reads so."""

        def found() -> list[QWidget]:
            all_of_them = self.window.findChildren(QWidget)
            return [each for each in all_of_them if each.accessibleName().startswith(begins) and each.isVisible()]

        self.until(lambda: len(found()) == 1)
        self.qtbot.mouseClick(found()[0], Qt.MouseButton.LeftButton)

    def writes(self, name: str, text: str) -> None:
        """Types over what is in the field of that name."""
        field = self.field(name)
        field.setFocus()
        field.selectAll()
        for letter in text:  # the test library has no key for ’ or ö
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(field, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Presses a key where the keyboard is."""
        self.until(lambda: QApplication.focusWidget() is not None)
        focused = QApplication.focusWidget()
        assert focused is not None
        self.qtbot.keyClick(focused, key, held)

    def picks(self, name: str, letters: str, whole: str) -> None:
        """Types a few letters into a chooser of names and takes the first that is offered, with Enter."""
        field = self.field(name)
        self.writes(name, letters)
        popup = field.completer().popup()
        self.until(popup.isVisible)
        self.qtbot.keyClick(popup, Qt.Key.Key_Down)
        assert field.text() == whole
        self.qtbot.keyClick(popup, Qt.Key.Key_Return)

    def chooses(self, opener: str, words: str) -> None:
        """Opens the menu of a button and clicks the entry with these words."""
        clicked: list[str] = []

        def click_entry() -> None:
            menu = QApplication.activePopupWidget()
            if isinstance(menu, QMenu):
                timer.stop()
                action = next(each for each in menu.actions() if each.text() == words)
                clicked.append(words)
                self.qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())

        timer = QTimer()
        timer.timeout.connect(click_entry)
        timer.start(10)
        self.click(opener)
        self.until(lambda: clicked)
        # This platform has no window manager to give the window back what the menu took.
        self.window.activateWindow()
        self.until(self.window.isActiveWindow)

    def is_refused(self, by: Callable[[], object], leave: str) -> tuple[str, str]:
        """Does what a dialog answers, leaves it by that button, and gives its title and what it said."""
        told: list[tuple[str, str]] = []

        def look() -> None:
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, QDialog):
                timer.stop()
                told.append((dialog.accessibleName(), "\n".join(self.sentences(dialog))))
                (way_out,) = self.buttons(leave, dialog)
                self.qtbot.mouseClick(way_out, Qt.MouseButton.LeftButton)

        timer = QTimer()
        timer.timeout.connect(look)
        timer.start(10)
        by()
        self.until(lambda: told)
        self.until(lambda: QApplication.activeModalWidget() is None)
        self.window.activateWindow()
        self.until(self.window.isActiveWindow)
        return told[0]

    def is_told(self, words: str) -> None:
        """The toast says so."""
        toast = self.desk.findChildren(Toast)
        self.until(lambda: any(words in each.words() for each in toast))
