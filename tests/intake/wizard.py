"""The import over a small club, driven as a person drives it: by what is written on things."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.intake.page import ImportPage
from desktop.intake.steps import Step
from desktop.jobs import Jobs
from models.bootstrap import Club
from tests.clubs import new_club
from tests.intake.helpers import csv_bytes

ODD_HEADER = ("Ref", "Vorname", "Last nme", "DOB", "Schule")


class Wizard:
    """The page, its club, and a person's hands."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot = qtbot
        self.folder = folder
        self.club: Club = new_club(folder)
        self.jobs = Jobs(self.club, self.club.clock)
        self.page = ImportPage(self.jobs, self.club.clock)
        self.said: list[tuple[str, bool]] = []
        self.gone: list[tuple[str, object]] = []
        self.errors: list[object] = []
        self.page.said.connect(lambda words, undo: self.said.append((words, undo)))
        self.page.go.connect(lambda place, item: self.gone.append((place, item)))
        for signal in (self.page.failed, self.jobs.failed):
            signal.connect(self.errors.append)
        self.jobs.changed.connect(self.page.areas_changed)
        self.page.resize(1150, 768)
        qtbot.addWidget(self.page)
        with qtbot.waitExposed(self.page):
            self.page.show()
        self.page.activateWindow()

    def close(self) -> None:
        self.jobs.shutdown()
        self.club.close()
        assert not self.errors

    # --- files ---

    def file(self, name: str, rows: Iterable[Sequence[str]], separator: str = ",", encoding: str = "utf-8") -> Path:
        path = self.folder / name
        path.write_bytes(csv_bytes([list(row) for row in rows], separator, encoding))
        return path

    def drop(self, *paths: Path) -> None:
        """Drags files onto the page and lets go."""
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        self.enter(mime)
        at = QPointF(20, 20)
        drop = QDropEvent(at, Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(self.page.choose, drop)
        self.until(lambda: self.page.step is Step.CHOOSE and self.ready())

    def enter(self, mime: QMimeData) -> bool:
        """Whether the page would take what is being dragged over it."""
        held, buttons = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
        event = QDragEnterEvent(QPoint(20, 20), Qt.DropAction.CopyAction, mime, buttons, held)
        event.ignore()
        QApplication.sendEvent(self.page.choose, event)
        return event.isAccepted()

    # --- looking ---

    def ready(self) -> bool:
        """Nothing is under way."""
        return self.page.choose.files_button.isEnabled()

    def until(self, true: Callable[[], Any]) -> None:
        self.qtbot.waitUntil(lambda: bool(true()), timeout=30_000)

    def words(self) -> str:
        """Every sentence in sight."""
        return "\n".join(each.text() for each in self.page.findChildren(QLabel) if each.isVisible())

    def button(self, name: str) -> QPushButton:
        found = [
            each
            for each in self.page.findChildren(QPushButton)
            if name in (each.accessibleName(), each.text()) and each.isVisible()
        ]
        assert len(found) == 1, f"{len(found)} buttons “{name}”"
        return found[0]

    def box(self, name: str) -> QComboBox:
        found = [
            each for each in self.page.findChildren(QComboBox) if each.accessibleName() == name and each.isVisible()
        ]
        assert len(found) == 1, f"{len(found)} boxes “{name}”"
        return found[0]

    def has(self, name: str) -> bool:
        return any(
            each.isVisible() and name in (each.accessibleName(), each.text())
            for each in self.page.findChildren(QPushButton)
        )

    # --- doing ---

    def click(self, name: str) -> None:
        self.qtbot.mouseClick(self.button(name), Qt.MouseButton.LeftButton)

    def press(self, widget: QWidget, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(widget, key, held)

    def press_focused(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        self.qtbot.keyClick(focused, key, held)

    def next(self, step: Step) -> None:
        self.click("Next")
        self.until(lambda: self.page.step is step and self.ready())

    def choose_in(self, name: str, words: str) -> None:
        """Picks the entry that begins so, by keyboard: the box is focused and the words typed."""
        box = self.box(name)
        box.setFocus()
        at = next(at for at in range(box.count()) if box.itemText(at).startswith(words))
        while box.currentIndex() != at:
            self.press(box, Qt.Key.Key_Down if box.currentIndex() < at else Qt.Key.Key_Up)
            box = self.box(name)
