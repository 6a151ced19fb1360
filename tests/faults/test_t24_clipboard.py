"""T24: whatever was copied is gone with the timer, the lock and signing out; what another app put there is not."""

import random

import pytest
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.widgets.clipboard import ClipboardKeeper
from tests.faults.conftest import Amount, Figures
from tests.faults.payloads import payloads
from tests.lock import conftest as lock
from tests.lock import test_clipboard
from tests.lock.conftest import Place
from tests.lock.test_over_everything import unlock

place, clipboard = lock.place, test_clipboard.clipboard  # fixtures


def copied(clipboard: QClipboard, text: str) -> None:
    clipboard.setText(text)
    assert clipboard.text() == text


def left_by_the_timer(clipboard: QClipboard, keeper: ClipboardKeeper, texts: list[str]) -> int:
    """How many are still there when the thirty seconds are over."""
    left = 0
    for text in texts:
        copied(clipboard, text)
        if keeper.timer.isActive():
            keeper.timer.timeout.emit()
        left += clipboard.text() == text
    return left


def test_what_was_copied_goes_with_the_timer_and_the_lock(
    qtbot: QtBot,
    place: Place,
    clipboard: QClipboard,
    amount: Amount,
    figures: Figures,
    rng: random.Random,
) -> None:
    keeper, half = place.app.clipboard, amount(20, 100)
    keeper.is_ours = lambda: True
    assert left_by_the_timer(clipboard, keeper, payloads(half, rng)) == 0
    for text in payloads(half, rng):
        copied(clipboard, text)
        place.warden.lock()
        assert clipboard.text() == ""
        unlock(qtbot, place)
    figures.say("copies, half until the timer ends and half until the lock", 2 * half, "0 left on the clipboard")


def test_what_another_app_put_there_stays(
    qapp: QApplication,
    clipboard: QClipboard,
    amount: Amount,
    figures: Figures,
    rng: random.Random,
) -> None:
    ours = True
    keeper = ClipboardKeeper(clipboard, lambda: ours)
    for text in payloads(many := amount(20, 100), rng):
        ours = True
        copied(clipboard, "020 7946 0101")
        ours = False
        copied(clipboard, text)
        keeper.timer.timeout.emit()
        keeper.clear()
        assert clipboard.text() == text
    figures.say("copies of ours followed by one of another app", many, f"{many} of theirs left alone")


def test_without_hearing_of_copies_they_stay(
    clipboard: QClipboard,
    figures: Figures,
    rng: random.Random,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ClipboardKeeper, "_changed", lambda _keeper: None)
    left = left_by_the_timer(clipboard, ClipboardKeeper(clipboard, lambda: True), payloads(20, rng))
    assert left == 20
    figures.say("without hearing of copies: copies", 20, f"{left} left on the clipboard")
