"""The Privacy screen, dressed as it is worn."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.privacy.page import PrivacyPage
from desktop.widgets import theme
from tests.people.screen import Screen


@pytest.fixture
def screen(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Screen]:
    """A screen of its own for each test; a test that breaks something behind it fails."""
    if qapp.property("worn") != "light":
        theme.apply(qapp, dark=False)
        qapp.setProperty("worn", "light")
    made = Screen(qtbot, tmp_path, PrivacyPage)
    yield made
    made.close()
