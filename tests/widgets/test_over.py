"""What comes over a page and goes away again: toast, banner, panel, dialogs, progress."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.jobs import Step
from desktop.widgets.banner import Banner
from desktop.widgets.dialog import Choice, ErrorBox, GoAhead, ReasonDialog
from desktop.widgets.fields import LineField
from desktop.widgets.form import Form
from desktop.widgets.panel import Panel
from desktop.widgets.progress import ProgressCard
from desktop.widgets.state import State
from desktop.widgets.text import button
from desktop.widgets.toast import SHOWN_MS, Toast
from models.kernel.errors import Refused, Stale


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1150, 700)
    made.field = QLineEdit()
    QVBoxLayout(made).addWidget(made.field)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_a_toast_goes_by_itself_after_eight_seconds(host: QWidget) -> None:
    toast = Toast(host)
    toast.show_words("Niamh Osei signed in")
    assert toast.isVisible()
    assert not toast.undo_button.isVisible()
    assert (toast.timer.interval(), toast.timer.isSingleShot()) == (SHOWN_MS, True)
    toast.timer.timeout.emit()
    assert not toast.isVisible()


def test_undo_is_done_once_and_ends_the_toast(host: QWidget) -> None:
    seen: list[str] = []
    toast = Toast(host)
    toast.show_words("Niamh Osei signed in", lambda: seen.append("undone"))
    toast.undo_button.click()
    toast.undo_button.click()
    assert seen == ["undone"]
    assert not toast.isVisible()
    assert not toast.timer.isActive()


def test_a_toast_waits_for_the_keyboard_and_stays_inside(host: QWidget) -> None:
    toast = Toast(host)
    toast.show_words("W" * 300, lambda: None)
    assert host.rect().contains(toast.geometry())
    toast.undo_button.setFocus()
    assert not toast.timer.isActive()
    host.field.setFocus()
    assert toast.timer.isActive()
    host.resize(900, 500)
    assert host.rect().contains(toast.geometry())


def test_a_banner_stays_until_cleared(host: QWidget) -> None:
    seen: list[str] = []
    banner = Banner(host)
    assert banner.isHidden()
    banner.show_state(State.WARN, "The last backup is 9 days old.", "Back up now", lambda: seen.append("now"))
    banner.focus_button()
    QApplication.focusWidget().click()
    assert seen == ["now"]
    assert banner.accessibleName() == "The last backup is 9 days old."
    banner.clear()
    assert banner.isHidden()


def test_a_page_shows_one_primary_button_while_a_panel_has_its_own(host: QWidget) -> None:
    panel, add, form = Panel(host, 400), button("Add a venue", kind="primary", icon_name="plus"), Form("Save")
    host.layout().addWidget(add)
    white = add.icon().pixmap(18).toImage()
    panel.open("Only words", QLabel("Nothing to press"))
    assert add.property("kind") == "primary"
    panel.open("New venue", form)
    assert (add.property("kind"), form.save_button.property("kind")) == ("call", "primary")
    assert add.icon().pixmap(18).toImage() != white  # on a pale button a white picture could not be seen
    panel.open("New venue", Form("Save"))  # another form in the same panel
    assert add.property("kind") == "call"
    panel.close_panel()
    assert (add.property("kind"), add.icon().pixmap(18).toImage()) == ("primary", white)


def test_a_panel_takes_the_keyboard_and_gives_it_back(qtbot: QtBot, host: QWidget) -> None:
    panel, inside = Panel(host, 400), QLineEdit()
    host.field.setFocus()
    panel.open("Niamh Osei", inside)
    assert inside.hasFocus()
    assert host.layout().contentsMargins().right() >= 400
    with qtbot.waitSignal(panel.closed):
        qtbot.keyClick(inside, Qt.Key.Key_Escape)
    assert host.field.hasFocus()
    assert host.layout().contentsMargins().right() < 400
    assert not panel.shown


def test_a_panel_lies_over_a_narrow_page(host: QWidget) -> None:
    panel = Panel(host, 400)
    host.resize(800, 600)
    panel.open("Niamh Osei", QLineEdit())
    assert host.layout().contentsMargins().right() < 400
    assert (panel.geometry().right(), panel.height()) == (799, 600)


def test_esc_in_a_form_in_a_panel_asks_the_form_first(qtbot: QtBot, host: QWidget) -> None:
    panel, form, field = Panel(host), Form(), LineField("first", "First name")
    form.add(field)
    form.left.connect(panel.close_panel)
    panel.open("Add a child", form)
    assert field.line.hasFocus()
    qtbot.keyClicks(field.line, "Ni")
    qtbot.keyClick(field.line, Qt.Key.Key_Escape)
    assert panel.shown
    assert "not saved" in form.banner.words()
    field.set_value(None)
    form.mark_clean()
    qtbot.keyClick(field.line, Qt.Key.Key_Escape)
    assert not panel.shown


def test_a_reason_and_the_managers_name_are_needed(qtbot: QtBot) -> None:
    dialog = ReasonDialog(None, "Go ahead?", ["13 children need 4 adults."], manager=True)
    qtbot.addWidget(dialog)
    dialog.go()
    assert dialog.answer is None
    assert dialog.reason.error() == "Write why you are going ahead."
    assert dialog.manager.error() == "Write the name of the manager you phoned."
    dialog.reason.set_value("Shreya comes at 10:15.")
    dialog.manager.set_value("Hannah Reid")
    dialog.go()
    assert dialog.answer == GoAhead("Shreya comes at 10:15.", "Hannah Reid")


def test_no_manager_where_none_is_asked_for(qtbot: QtBot) -> None:
    dialog = ReasonDialog(None, "Go ahead?", ["The form is not signed."])
    qtbot.addWidget(dialog)
    dialog.reason.set_value("Gran signs at the door.")
    dialog.go()
    assert dialog.answer == GoAhead("Gran signs at the door.", "")


def test_a_choice_gives_back_its_key(qtbot: QtBot) -> None:
    clubs = [(1, "Lewisham", ""), (2, "Deptford", "primary")]
    dialog = Choice(None, "Which club?", "Two clubs are on this laptop.", clubs)
    qtbot.addWidget(dialog)
    dialog.foot.itemAt(1).widget().click()
    assert dialog.answer == 1


def test_an_error_says_what_and_what_next_and_copies_no_names(qtbot: QtBot) -> None:
    box = ErrorBox(None, Stale("Pauline changed Niamh Osei.", "Look, then save again."))
    qtbot.addWidget(box)
    assert (box.what, box.next_step) == ("Pauline changed Niamh Osei.", "Look, then save again.")
    box.copy()
    assert QApplication.clipboard().text() == "Stale"


def test_an_error_that_is_not_ours_is_said_in_plain_words(qtbot: QtBot) -> None:
    box = ErrorBox(None, KeyError("Niamh"))
    qtbot.addWidget(box)
    assert "Niamh" not in box.what + box.next_step + box.details
    assert "copy the details" in box.next_step


def test_every_reason_of_a_refusal_is_shown(qtbot: QtBot) -> None:
    box = ErrorBox(None, Refused(["One.", "Two."], "Ask Pauline."))
    qtbot.addWidget(box)
    texts = {each.text() for each in box.findChildren(QLabel)}
    assert {"One.", "Two."} <= texts


def test_progress_is_shown_after_a_second_and_can_be_cancelled(qtbot: QtBot) -> None:
    seen: list[str] = []
    card = ProgressCard()
    qtbot.addWidget(card)
    card.begin("Making the pack", lambda: seen.append("cancelled"))
    assert card.isHidden()
    assert card.timer.interval() == 1000
    card.timer.timeout.emit()
    assert card.isVisible()
    card.step(Step(3, 12, "Page 3 of 12"))
    card._press()
    assert seen == ["cancelled"]
    assert card.isHidden()
    assert not card.timer.isActive()
