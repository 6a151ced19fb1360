"""The real app on a club on a server, with a person's hands, and a pulse that tells when the window stands still."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.app import App
from desktop.settings.preferences import LIGHT, Look, Preferences, PreferencesFile
from desktop.shell.desk import Desk
from desktop.widgets.page import Page
from tests.clubs import PASSPHRASE
from tests.shell.apps import an_app, desk_of, press, start, the, write

W = TypeVar("W", bound=QWidget)
PATIENCE_MS = 15_000
DENISE = "Denise Okafor"


class Pulse(QObject):
    """Beats on the UI thread; `slowest` is the longest it was kept from beating, in ms."""

    def __init__(self) -> None:
        super().__init__()
        self.slowest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._beat)
        self._timer.start(5)

    def begin(self) -> None:
        """Counts from now on."""
        self.slowest, self._last = 0.0, time.perf_counter()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.slowest, self._last = max(self.slowest, (now - self._last) * 1000), now


class Window:
    """Somebody at the window: finds things by what is written on them."""

    def __init__(self, qtbot: QtBot, qapp: QApplication, folder: Path) -> None:
        self.qtbot, self._qapp, self.folder = qtbot, qapp, folder
        self.app: App = an_app(qapp, folder)
        self.pulse = Pulse()

    def starts(self, address: str = "", name: str = "") -> None:
        """Shows the window; an address is as if that club had been open here last."""
        if address:
            kept = Preferences(Look(LIGHT)).opened_on_server(address, name)
            PreferencesFile(self.folder / "data").write(kept)
            self.app = an_app(self._qapp, self.folder)
        start(self.qtbot, self.app)

    def again(self) -> None:
        """The app started once more on this machine."""
        self.app = an_app(self._qapp, self.folder)
        start(self.qtbot, self.app)

    def comes_in(self, address: str, name: str = DENISE, password: str = PASSPHRASE) -> Desk:
        """Starts, and opens the club at this address."""
        self.starts(address, name)
        self.write("Password", password)
        self.press("Open")
        return self.desk

    @property
    def desk(self) -> Desk:
        return desk_of(self.qtbot, self.app)

    @property
    def page(self) -> Page:
        found = self.desk.pages.shown()
        assert found is not None
        return found

    def rested(self) -> bool:
        """Whether no job is under way."""
        return self.app.session is not None and not self.app.session.jobs._open

    def go(self, place: str, item: object = None) -> None:
        self.desk.go(place, item)

    def until(self, true: Callable[[], Any]) -> None:
        self.qtbot.waitUntil(lambda: bool(true()), timeout=PATIENCE_MS)

    def words(self) -> str:
        return " | ".join(each.text() for each in self.app.window.findChildren(QLabel) if each.isVisible())

    def reads(self, words: str) -> None:
        """Waits until that is to be read somewhere."""
        try:
            self.until(lambda: words in self.words())
        except Exception as error:
            raise AssertionError(f"no “{words}” in {self.words()}") from error

    def sees(self, kind: type[W], name: str) -> W:
        """Waits until there is one such control."""

        def found() -> list[W]:
            shown = self.app.window.findChildren(kind)
            return [one for one in shown if one.accessibleName() == name and one.isVisible() and one.isEnabled()]

        self.until(lambda: len(found()) == 1)
        return found()[0]

    def press(self, name: str) -> None:
        self.sees(QAbstractButton, name)
        press(self.qtbot, self.app.window, name)

    def write(self, name: str, text: str) -> None:
        self.sees(QLineEdit, name)
        write(self.qtbot, self.app.window, name, text)

    def line(self, name: str) -> str:
        return the(self.app.window, QLineEdit, name).text()

    def key(self, where: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(where, key, modifier)
