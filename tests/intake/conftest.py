"""The import dressed as it is worn."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.widgets import theme
from tests.intake.wizard import Wizard


@pytest.fixture
def wizard(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Wizard]:
    if qapp.property("worn") != "light":
        theme.apply(qapp, dark=False)
        qapp.setProperty("worn", "light")
    made = Wizard(qtbot, tmp_path)
    yield made
    made.close()
