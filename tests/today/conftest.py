"""Today as a person sees it: the page shown with a small club, and a hand for the mouse."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop.jobs import Jobs
from desktop.today.page import TodayPage
from desktop.widgets import theme
from models.bootstrap import Club
from tests.clubs import new_club


class Home:
    """The page with what it asked of the shell."""

    def __init__(self, qtbot: QtBot, club: Club) -> None:
        self.bot, self.club = qtbot, club
        self.jobs = Jobs(club, club.clock)
        self.page = TodayPage(self.jobs, club.clock)
        self.said: list[tuple[str, bool]] = []
        self.gone: list[tuple[str, object]] = []
        self.errors: list[Exception] = []
        self._busy = False
        self.jobs.busy.connect(self._note_busy)
        self.page.said.connect(lambda words, undo: self.said.append((words, undo)))
        self.page.go.connect(lambda place, item: self.gone.append((place, item)))
        self.page.failed.connect(self.errors.append)
        self.jobs.failed.connect(self.errors.append)
        self.jobs.changed.connect(self.page.areas_changed)
        qtbot.addWidget(self.page)
        self.page.resize(1150, 768)

    def open(self) -> None:
        with self.bot.waitActive(self.page):
            self.page.show()
            self.page.activateWindow()
        self.until(lambda: "Just a moment." not in self.words())

    def again(self) -> None:
        """As if another screen had changed something."""
        self.page.areas_changed(frozenset({"programme"}))

    def button(self, words: str) -> QAbstractButton:
        found = [one for one in self.page.findChildren(QAbstractButton) if one.isVisible()]
        chosen = [one for one in found if one.accessibleName() == words]
        assert len(chosen) == 1, (words, [one.accessibleName() for one in found])
        return chosen[0]

    def buttons(self) -> list[str]:
        found = [one for one in self.page.findChildren(QAbstractButton) if one.isVisible()]
        return [one.accessibleName() for one in found]

    def click(self, words: str) -> None:
        self.at_rest(words)
        self.bot.mouseClick(self.button(words), Qt.MouseButton.LeftButton)

    def press(self, words: str) -> None:
        """By keys: on the button, then the space bar."""
        self.at_rest(words)
        self.button(words).setFocus(Qt.FocusReason.TabFocusReason)
        self.bot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)

    def at_rest(self, words: str) -> None:
        """Waits for a button that is not made anew between being pressed and let go: nothing is on its way any more."""
        self.until(lambda: not self._busy and words in self.buttons())

    def _note_busy(self, busy: bool) -> None:
        self._busy = busy

    def words(self) -> list[str]:
        return [one.text() for one in self.page.findChildren(QLabel) if one.isVisible() and one.text()]

    def until_words(self, words: str) -> None:
        self.until(lambda: any(words in one for one in self.words()))

    def until(self, so: Callable[[], bool]) -> None:
        self.bot.waitUntil(so, timeout=5000)


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    if qapp.property("worn") != "light":
        theme.apply(qapp, dark=False)
        qapp.setProperty("worn", "light")


@pytest.fixture
def club(tmp_path: Path) -> Iterator[Club]:
    club = new_club(tmp_path)
    yield club
    club.close()


@pytest.fixture
def home(qtbot: QtBot, club: Club) -> Iterator[Home]:
    made = Home(qtbot, club)
    yield made
    made.jobs.shutdown()
