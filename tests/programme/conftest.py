"""A screen dressed as it is worn, with settings of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.widgets import theme
from desktop.widgets.dialog import ErrorBox
from tests.programme.screen import Screen


@pytest.fixture
def screen(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Screen]:
    if qapp.property("worn") != "light":
        theme.apply(qapp, dark=False)
        qapp.setProperty("worn", "light")
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "settings"))
    made = Screen(qtbot, tmp_path)
    # A box nobody expects would wait for ever: it is told, and the test fails at its end.
    monkeypatch.setattr(ErrorBox, "exec", lambda box: made.errors.append(box.what))
    yield made
    made.close()
