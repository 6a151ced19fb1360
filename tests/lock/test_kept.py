"""What the lock hides comes back as it was, however much it is; what opens meanwhile waits behind it."""

from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.lock.veil import Veil
from desktop.registers.page import RegisterPage
from desktop.shell.window import MainWindow
from desktop.widgets.dialog import ErrorBox
from desktop.widgets.text import button, label
from models.kernel.errors import BadInput
from tests.clubs import PASSPHRASE
from tests.lock.conftest import CHILD, SECRETS, Place
from tests.lock.reading import tree
from tests.shell.apps import press, write

ROWS = 500
WITHIN = 1.0
"""Seconds; hung elsewhere, as many rows took from one and a half to four."""


def unlock(qtbot: QtBot, place: Place) -> None:
    write(qtbot, place.app.window, "Password", PASSPHRASE)
    press(qtbot, place.app.window, "Unlock")
    qtbot.waitUntil(lambda: not place.warden.locked)


def read(qapp: QApplication) -> list[str]:
    said = tree(qapp)
    return [word for word in SECRETS if word in said]


def test_five_hundred_rows_are_gone_within_a_second_and_back_within_another(
    qtbot: QtBot, qapp: QApplication, place: Place
) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    inside = many_rows()
    window.show_inside(inside)
    with qtbot.waitExposed(window):
        window.show()
    veil = Veil(window)
    took = timed(lambda: veil.draw(label("Locked")))
    assert read(qapp) == []
    assert took < WITHIN
    assert timed(veil.lift) < WITHIN
    assert inside.isVisible()
    assert window.centralWidget() is inside
    assert "Zarqawi" in read(qapp)


def many_rows() -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    for row in range(ROWS):
        line = QWidget()
        beside = QVBoxLayout(line)
        for each in range(10):
            beside.addWidget(button("Sign in") if each % 2 else label(f"Zarqawi {row}", "row"))
        column.addWidget(line)
    area = QScrollArea()
    area.setWidget(made)
    return area


def timed(work: Callable[[], object]) -> float:
    begun = perf_counter()
    work()
    QApplication.processEvents()
    return perf_counter() - begun


def test_what_was_found_by_name_is_not_left_in_the_window(qtbot: QtBot, qapp: QApplication, place: Place) -> None:
    search = place.desk.search
    search.start()
    search.setText("Maryam")
    qtbot.waitUntil(lambda: bool(search.hits()))
    place.warden.lock()
    assert read(qapp) == []
    unlock(qtbot, place)
    assert search.text() == "Maryam"


def test_what_opens_while_locked_is_seen_afterwards(qtbot: QtBot, qapp: QApplication, place: Place) -> None:
    place.warden.lock()
    late = [ErrorBox(place.desk, BadInput(f"{CHILD} has no birthday.")), a_window_of_its_own()]
    for each in late:
        each.show()
        assert each.testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)  # not put on the screen for a moment, even
    qtbot.waitUntil(lambda: not any(each.isVisible() for each in late))
    assert read(qapp) == []
    qtbot.waitUntil(lambda: isinstance(qapp.focusWidget(), QLineEdit))  # the window is the active one again by then
    unlock(qtbot, place)
    for each in late:
        assert each.isVisible()
        assert not each.testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        each.close()


def a_window_of_its_own() -> QDialog:
    made = QDialog()
    QVBoxLayout(made).addWidget(QLabel(CHILD))
    return made


def test_what_the_lock_screen_itself_drops_down_is_left_to_it(qapp: QApplication, place: Place) -> None:
    place.warden.lock()
    field = place.app.window.findChildren(QLineEdit)[-1]
    menu = field.createStandardContextMenu()
    menu.popup(place.app.window.pos())
    qapp.processEvents()
    assert menu.isVisible()
    menu.close()
    menu.deleteLater()


def test_the_keyboard_is_where_it_was_also_under_a_dialog(qtbot: QtBot, place: Place) -> None:
    place.desk.search.start()
    box = ErrorBox(place.app.window, BadInput("No name."))
    box.open()
    place.warden.lock()
    unlock(qtbot, place)
    assert box.isVisible()
    box.accept()
    assert place.app.window.focusWidget() is place.desk.search


def test_the_door_stays_at_the_door_with_who_collects_beside_it(qtbot: QtBot, place: Place) -> None:
    place.desk.go("register", place.ids["club"])
    page = place.desk.pages.shown()
    assert isinstance(page, RegisterPage)
    qtbot.waitUntil(lambda: page.register() is not None)
    page.show_door()
    qtbot.waitUntil(lambda: f"Sign in {CHILD}" in buttons(page))
    press(qtbot, page, f"Sign in {CHILD}")
    qtbot.waitUntil(lambda: f"Sign out {CHILD}" in buttons(page))
    press(qtbot, page, f"Sign out {CHILD}")
    qtbot.waitUntil(lambda: page.panels.panel.shown)
    place.warden.lock()
    unlock(qtbot, place)
    assert page.at_door()
    assert page.panels.panel.shown
    place.desk.go("today")
    place.desk.go("register")
    assert not page.at_door()


def buttons(within: QWidget) -> set[str]:
    return {each.accessibleName() for each in within.findChildren(QAbstractButton) if each.isVisible()}


def test_the_window_resized_while_locked(qtbot: QtBot, qapp: QApplication, place: Place) -> None:
    window = place.app.window
    place.warden.lock()
    window.resize(1100, 700)
    qtbot.waitUntil(lambda: window.width() == 1100)
    assert place.warden.screen is not None
    assert place.warden.screen.size() == window.size()
    unlock(qtbot, place)
    qtbot.waitUntil(lambda: place.desk.size() == window.size())


def test_what_was_found_by_name_goes_with_whoever_signs_out(qtbot: QtBot, qapp: QApplication, place: Place) -> None:
    search = place.desk.search
    search.start()
    search.setText("Maryam")
    qtbot.waitUntil(lambda: bool(search.hits()))
    place.app.sign_out()
    qtbot.waitUntil(lambda: place.app.welcome is not None)
    assert read(qapp) == []
