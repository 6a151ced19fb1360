"""T24: what was copied is cleared after 30 seconds, on the lock and on closing, if it is still ours."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.widgets.clipboard import KEPT_MS, ClipboardKeeper
from desktop.widgets.dialog import ErrorBox
from models.kernel.errors import BadInput
from tests.lock.conftest import Place
from tests.shell.apps import leave


@pytest.fixture
def clipboard(qapp: QApplication) -> Iterator[QClipboard]:
    found = qapp.clipboard()
    found.clear()
    yield found
    found.clear()


def test_it_is_cleared_after_thirty_seconds(clipboard: QClipboard) -> None:
    keeper = ClipboardKeeper(clipboard, lambda: True)
    clipboard.setText("020 7946 0101")
    assert (keeper.timer.isActive(), keeper.timer.interval()) == (True, 30_000)
    assert KEPT_MS == 30_000
    keeper.timer.timeout.emit()
    assert clipboard.text() == ""
    assert not keeper.timer.isActive()


def test_a_button_that_copies_is_watched_too(qtbot: QtBot, clipboard: QClipboard) -> None:
    keeper = ClipboardKeeper(clipboard, lambda: True)
    box = ErrorBox(None, BadInput("No name."))
    qtbot.addWidget(box)
    box.copy_button.click()
    assert clipboard.text() == box.details
    keeper.timer.timeout.emit()
    assert clipboard.text() == ""


def test_what_another_app_put_there_stays(clipboard: QClipboard) -> None:
    ours = [True]
    keeper = ClipboardKeeper(clipboard, lambda: ours[0])
    clipboard.setText("020 7946 0101")
    ours[0] = False
    clipboard.setText("A shopping list")
    keeper.timer.timeout.emit()
    keeper.clear()
    assert clipboard.text() == "A shopping list"


def test_the_lock_clears_it(place: Place, clipboard: QClipboard) -> None:
    place.app.clipboard.is_ours = lambda: True
    clipboard.setText("Maryam Zarqawi")
    place.warden.lock()
    assert clipboard.text() == ""


def test_signing_out_clears_it(qtbot: QtBot, place: Place, clipboard: QClipboard) -> None:
    place.app.clipboard.is_ours = lambda: True
    clipboard.setText("Maryam Zarqawi")
    place.app.sign_out()
    assert clipboard.text() == ""
    qtbot.waitUntil(lambda: place.app.welcome is not None)


def test_closing_clears_it(place: Place, clipboard: QClipboard) -> None:
    place.app.clipboard.is_ours = lambda: True
    clipboard.setText("Maryam Zarqawi")
    leave(place.app)
    assert clipboard.text() == ""
