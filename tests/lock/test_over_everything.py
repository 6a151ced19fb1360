"""T23: five minutes without input, over anything: nothing readable in pixels or in the tree, and the draft is kept."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QDrag, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QCompleter,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QToolTip,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.lock.screen import LockScreen
from desktop.lock.veil import Veil
from desktop.widgets.date_field import DateField
from desktop.widgets.dialog import ReasonDialog
from desktop.widgets.preview import PdfPreview
from models.kernel.errors import BadInput
from tests.clubs import PASSPHRASE
from tests.lock.conftest import CHILD, SECRETS, Place
from tests.lock.reading import pictures, tree
from tests.shell.apps import press, the, write


@pytest.fixture
def bare(qtbot: QtBot, qapp: QApplication, place: Place) -> list[QImage]:
    """What the lock looks like over a screen with nothing of anybody on it."""
    place.desk.go("settings")
    place.warden.lock()
    found = drawn(qtbot, qapp, place)
    unlock(qtbot, place)
    return found


@pytest.fixture
def at_children(qtbot: QtBot, qapp: QApplication, place: Place, bare: list[QImage]) -> Place:
    """The list of children, with a name of the club in it."""
    place.desk.go("children")
    qtbot.waitUntil(lambda: CHILD in tree(qapp))
    assert drawn(qtbot, qapp, place) != bare
    return place


@pytest.fixture
def read_nothing(qtbot: QtBot, qapp: QApplication, place: Place, bare: list[QImage]) -> Callable[[], None]:
    """Looks that nothing of the club is left: no name in the tree, one window, drawn as over nothing."""

    def look() -> None:
        said = tree(qapp)
        assert [word for word in SECRETS if word in said] == []
        assert "Locked" in said
        assert [each for each in qapp.topLevelWidgets() if each.isVisible()] == [place.app.window]
        assert drawn(qtbot, qapp, place) == bare
        assert [word for word in SECRETS if word in tree(qapp)] == []

    return look


def drawn(qtbot: QtBot, qapp: QApplication, place: Place) -> list[QImage]:
    """Every window; the lock screen once it knows what is on."""
    screen = place.warden.screen
    if isinstance(screen, LockScreen):
        qtbot.waitUntil(lambda: screen.looked)
    return pictures(qapp)


def unlock(qtbot: QtBot, place: Place) -> None:
    write(qtbot, place.app.window, "Password", PASSPHRASE)
    press(qtbot, place.app.window, "Unlock")
    qtbot.waitUntil(lambda: not place.warden.locked)


def test_five_minutes_without_input(at_children: Place, read_nothing: Callable[[], None]) -> None:
    at_children.wait_minutes(4.9)
    assert not at_children.warden.locked
    at_children.wait_minutes(0.1)
    assert at_children.warden.locked
    read_nothing()


def a_menu(place: Place) -> QWidget:
    made = QMenu(place.desk)
    made.addAction(CHILD)
    made.popup(QPoint(40, 40))
    return made


def the_help_panel(place: Place) -> QWidget:
    place.desk.go("help", "index")
    return place.desk.help


def a_tooltip(place: Place) -> QWidget:
    QToolTip.showText(QPoint(50, 50), CHILD, place.desk)
    return place.desk


def a_second_window(place: Place) -> QWidget:
    made = QWidget()
    QVBoxLayout(made).addWidget(QLabel(CHILD))
    made.setWindowTitle(CHILD)
    made.show()
    return made


def a_toast(place: Place) -> QWidget:
    place.desk.say(f"{CHILD} is in.", True)
    return place.desk.toast


def an_error_box(place: Place) -> QWidget:
    place.app.window.show_error(BadInput(f"{CHILD} has no birthday."))
    return place.desk


def a_file_chooser(place: Place) -> QWidget:
    made = QFileDialog(place.desk, "Save as", "", f"{CHILD} (*.pdf)")
    made.setOption(QFileDialog.Option.DontUseNativeDialog)
    made.open()
    return made


def names_found(place: Place) -> QWidget:
    place.desk.search.start()
    place.desk.search.setText("Maryam")
    return place.desk.search


def a_list_that_drops_down(place: Place) -> QWidget:
    made = QComboBox(place.desk)
    made.addItem(CHILD)
    made.show()
    made.showPopup()
    return made


def names_while_typing(place: Place) -> QWidget:
    made = QLineEdit(place.desk)
    completer = QCompleter([CHILD], made)
    made.setCompleter(completer)
    made.show()
    made.setText("Mar")
    completer.complete()
    return made


def a_calendar(place: Place) -> QWidget:
    made = DateField("born", f"Birthday of {CHILD}")
    made.setParent(place.desk)
    made.show()
    made.findChildren(QAbstractButton)[0].click()
    return made


def a_closed_dialog(place: Place) -> QWidget:
    """Closed, but its window is not gone: it would still be in the tree."""
    made = QDialog(place.desk)
    QVBoxLayout(made).addWidget(QLabel(CHILD))
    made.setWindowTitle(CHILD)
    made.show()
    made.hide()
    return made


def an_answered_dialog(place: Place) -> QWidget:
    made = a_closed_dialog(place)
    assert isinstance(made, QDialog)
    made.show()
    made.accept()
    return made


ALL: list[Callable[[Place], QWidget]] = [
    a_menu, the_help_panel, a_tooltip, a_second_window, a_toast, an_error_box, a_file_chooser,
    names_found, a_list_that_drops_down, names_while_typing, a_calendar, a_closed_dialog,
    an_answered_dialog,
]  # fmt: skip


@pytest.mark.parametrize("over", ALL, ids=[each.__name__ for each in ALL])
def test_over_anything(
    qapp: QApplication, at_children: Place, over: Callable[[Place], QWidget], read_nothing: Callable[[], None]
) -> None:
    opened = over(at_children)
    qapp.processEvents()
    at_children.wait_minutes(5)
    qapp.processEvents()
    read_nothing()
    if not isinstance(opened, (QMenu, QFileDialog)) and opened.isWindow():
        opened.deleteLater()


def test_over_the_print_preview(
    qtbot: QtBot, qapp: QApplication, place: Place, read_nothing: Callable[[], None]
) -> None:
    place.desk.go("print", ("register", place.ids["club"]))
    preview = place.desk.findChild(PdfPreview)
    assert preview is not None
    qtbot.waitUntil(lambda: preview.isVisible() and preview.page_count() > 0, timeout=20_000)
    place.wait_minutes(5)
    read_nothing()
    unlock(qtbot, place)
    assert preview.isVisible()
    assert preview.page_count() > 0


def test_a_dialog_that_is_waited_for_is_there_again(
    qtbot: QtBot, qapp: QApplication, at_children: Place, read_nothing: Callable[[], None]
) -> None:
    seen: list[str] = []
    dialog = ReasonDialog(at_children.desk, "Go ahead?", [f"{CHILD} has no consent."])

    def lock_over_it() -> None:
        qtbot.keyClicks(dialog.reason.control, "Her mother rang")
        at_children.wait_minutes(5)
        read_nothing()
        assert not dialog.isVisible()
        unlock(qtbot, at_children)
        assert dialog.isVisible()
        assert qapp.activeModalWidget() is dialog
        seen.append(dialog.reason.value() or "")
        qtbot.keyClicks(qapp.focusWidget(), " at nine")
        dialog.go()

    def try_it() -> None:
        try:
            lock_over_it()
        finally:
            dialog.reject()  # whatever was found, nobody waits for ever

    QTimer.singleShot(0, try_it)
    answer = dialog.ask()
    assert seen == ["Her mother rang"]
    assert answer is not None
    assert answer.reason == "Her mother rang at nine"


def test_the_half_written_form_is_there_cursor_and_all(
    qtbot: QtBot, qapp: QApplication, at_children: Place, read_nothing: Callable[[], None]
) -> None:
    desk = at_children.desk
    press(qtbot, desk, "New child")
    qtbot.waitUntil(lambda: any(each.accessibleName() == "First name" for each in desk.findChildren(QLineEdit)))
    line = the(desk, QLineEdit, "First name")
    line.setFocus()
    qtbot.keyClicks(line, "Zarqawi half")
    line.setCursorPosition(7)
    at_children.wait_minutes(5)
    read_nothing()
    unlock(qtbot, at_children)
    assert line.isVisible()
    assert (line.text(), line.cursorPosition()) == ("Zarqawi half", 7)
    assert qapp.focusWidget() is line


def test_it_matters_that_windows_leave_the_tree(
    qapp: QApplication, at_children: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hiding alone, as a lock would do without hanging everything elsewhere, leaves every name to be read."""
    monkeypatch.setattr(Veil, "sweep", lambda _veil: None)
    opened = a_second_window(at_children)
    opened.hide()
    at_children.wait_minutes(5)
    assert CHILD in tree(qapp)
    opened.deleteLater()


def test_it_matters_that_time_is_counted(qapp: QApplication, at_children: Place) -> None:
    at_children.warden.watch.start(counting=False)
    at_children.wait_minutes(60)
    assert CHILD in tree(qapp)


def test_what_is_being_dragged_is_let_go(at_children: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    cancelled: list[bool] = []
    monkeypatch.setattr(QDrag, "cancel", staticmethod(lambda: cancelled.append(True)))
    held = Qt.MouseButton.LeftButton
    monkeypatch.setattr(QApplication, "mouseButtons", staticmethod(lambda: held))
    at_children.warden.lock()
    assert cancelled == [True]


def test_no_shortcut_leads_behind_it(qtbot: QtBot, qapp: QApplication, at_children: Place) -> None:
    at_children.warden.lock()
    for key, modifier in (
        (Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier), (Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier), (Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier),
    ):  # fmt: skip
        qtbot.keyClick(qapp.focusWidget() or at_children.app.window, key, modifier)
        assert at_children.app.window.isAncestorOf(qapp.focusWidget())
    assert [word for word in SECRETS if word in tree(qapp)] == []
