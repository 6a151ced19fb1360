"""T23: the lock over every kind of window, again and again in one run: how soon nothing can be read any more."""

import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.lock.veil import Veil
from desktop.widgets.preview import PdfPreview
from tests.faults.conftest import Amount, Figures
from tests.lock import conftest as lock
from tests.lock.conftest import CHILD, SECRETS, Place
from tests.lock.reading import tree
from tests.lock.test_over_everything import ALL, drawn, unlock

LONGEST_MS = 1000
place = lock.place  # a fixture


def put_up(qtbot: QtBot, place: Place, kind: Callable[[Place], QWidget]) -> QWidget:
    """The list of children with a window of this kind over it."""
    place.desk.go("children")
    qtbot.waitUntil(lambda: CHILD in tree(qapp_of()))
    opened = kind(place)
    if isinstance(opened, PdfPreview):
        qtbot.waitUntil(lambda: opened.isVisible() and opened.page_count() > 0, timeout=20_000)
    qapp_of().processEvents()
    return opened


def qapp_of() -> QApplication:
    found = QApplication.instance()
    assert isinstance(found, QApplication)
    return found


def names_now() -> list[str]:
    said = tree(qapp_of())
    return [word for word in SECRETS if word in said]


def locked_in_ms(place: Place) -> float:
    """Five minutes without input; how long it takes from the timer to a screen that is drawn."""
    begun = time.perf_counter()
    place.wait_minutes(5)
    qapp_of().processEvents()
    return (time.perf_counter() - begun) * 1000


def bare(qtbot: QtBot, place: Place) -> list[QImage]:
    """The lock over a screen with nothing of anybody on it."""
    place.desk.go("settings")
    place.warden.lock()
    found = drawn(qtbot, qapp_of(), place)
    unlock(qtbot, place)
    return found


def taken_down(place: Place, opened: QWidget) -> None:
    ours = (place.desk, place.desk.help, place.desk.toast, place.desk.search)
    if opened not in ours and not isinstance(opened, PdfPreview):
        opened.close()
        opened.deleteLater()
    place.desk.search.clear()
    qapp_of().sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # the loop of events does it on its own
    qapp_of().processEvents()


def the_print_preview(place: Place) -> QWidget:
    place.desk.go("print", ("register", place.ids["club"]))
    preview = place.desk.findChild(PdfPreview)
    assert preview is not None
    return preview


def test_nothing_is_left_to_be_read_over_any_window(
    qtbot: QtBot,
    place: Place,
    amount: Amount,
    figures: Figures,
) -> None:
    nothing, slowest, kinds = bare(qtbot, place), 0.0, [*ALL, the_print_preview]
    for number in range(times := amount(1, 10) * len(kinds)):
        opened = put_up(qtbot, place, kinds[number % len(kinds)])
        slowest = max(slowest, locked_in_ms(place))
        assert place.warden.locked
        assert names_now() == []
        assert [each for each in qapp_of().topLevelWidgets() if each.isVisible()] == [place.app.window]
        assert drawn(qtbot, qapp_of(), place) == nothing
        unlock(qtbot, place)
        taken_down(place, opened)
    assert slowest < LONGEST_MS
    what = f"locks over each of {len(kinds)} kinds of window, looked at in pixels and tree"
    figures.say(what, times, f"0 names left; hidden in {slowest:.0f} ms at most")


def test_without_the_veil_names_are_left(
    qtbot: QtBot,
    place: Place,
    figures: Figures,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Veil, "sweep", lambda _veil: None)
    left = 0
    for kind in ALL:
        opened = put_up(qtbot, place, kind)
        locked_in_ms(place)
        left += bool(names_now())
        unlock(qtbot, place)
        taken_down(place, opened)
    assert left > 0
    figures.say("without the sweep of windows: locks over each of them", len(ALL), f"{left} leave names in the tree")
