"""Every widget on the wall: each control has a name, each label shows what was typed, nothing sticks out."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QWidget,
)  # fmt: skip
from pytestqt.qtbot import QtBot

from desktop.widgets import theme
from tests.widgets.gallery import scenes

CONTROLS = (QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QTableView)


@pytest.fixture(scope="module", params=["light", "dark"])
def wall(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[dict[str, QWidget]]:
    theme.apply(qapp, request.param == "dark")
    qapp.setProperty("worn", request.param)
    made = scenes()
    for scene in made.values():
        scene.resize(1366, 768)
        scene.show()
    qapp.processEvents()
    yield made
    for scene in made.values():
        scene.close()
        scene.deleteLater()


def seen(wall: dict[str, QWidget], kind: type[QWidget]) -> list[tuple[str, QWidget]]:
    return [(name, each) for name, scene in wall.items() for each in scene.findChildren(kind) if each.isVisible()]


def test_every_control_has_a_name(wall: dict[str, QWidget], qtbot: QtBot) -> None:
    controls = [pair for kind in CONTROLS for pair in seen(wall, kind)]
    nameless = [
        (name, each)
        for name, each in controls
        if not QAccessible.queryAccessibleInterface(each).text(QAccessible.Text.Name)
        and not each.objectName().startswith("qt_")
        and not isinstance(each.parent(), QTableView)
    ]
    assert len(controls) > 60
    assert nameless == []


def test_every_label_shows_what_was_typed(wall: dict[str, QWidget]) -> None:
    rich = [(name, each.text()) for name, each in seen(wall, QLabel) if each.textFormat() != Qt.TextFormat.PlainText]
    assert [pair for pair in rich if pair[1]] == []


def test_no_button_is_narrower_than_its_words(wall: dict[str, QWidget]) -> None:
    buttons = [(name, each) for name, each in seen(wall, QPushButton) if isinstance(each, QPushButton) and each.text()]
    cut = [
        (name, each.text())
        for name, each in buttons
        if each.fontMetrics().horizontalAdvance(each.text().replace("&&", "&")) > each.width()
    ]
    assert cut == []


def test_every_control_can_be_reached_by_keys(wall: dict[str, QWidget]) -> None:
    unreachable = [
        (name, each.text())
        for name, each in seen(wall, QPushButton)
        if isinstance(each, QPushButton) and not each.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert unreachable == []
