"""The way back in: whose password, wrong ones, somebody else; and what went on meanwhile."""

from typing import Any

import shiboken6
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.lock.screen import LockScreen
from desktop.widgets.dialog import ErrorBox, ReasonDialog
from models.access.records import AccountRecord
from models.access.rules import Role
from models.bootstrap import Club, UnitOfWork
from models.history.queries import recent
from models.kernel.errors import BadInput
from models.programme import service as programme
from models.programme.queries import venues
from tests.clubs import PASSPHRASE
from tests.lock.conftest import CHILD, SECRETS, Place
from tests.lock.reading import tree
from tests.shell.apps import press, the, write

OTHER, OTHERS_PASSWORD = "Ngozi Adeyemi", "seven loud geese on ice"


def words(place: Place) -> str:
    return " | ".join(each.text() for each in place.app.window.findChildren(QLabel) if each.isVisible())


def type_password(qtbot: QtBot, place: Place, password: str) -> None:
    write(qtbot, place.app.window, "Password", password)
    press(qtbot, place.app.window, "Unlock")


def test_it_says_whose_it_is_and_that_password_opens_it(qtbot: QtBot, place: Place) -> None:
    place.warden.lock()
    assert "Harbour Young Carers" in words(place)
    assert "Manager is signed in." in words(place)
    type_password(qtbot, place, PASSPHRASE)
    qtbot.waitUntil(lambda: not place.warden.locked)
    assert place.desk.isVisible()
    assert place.app.window.centralWidget() is place.desk
    place.wait_minutes(5)
    assert place.warden.locked


def test_enter_is_enough(qtbot: QtBot, qapp: QApplication, place: Place) -> None:
    place.warden.lock()
    field = qapp.focusWidget()
    assert isinstance(field, QLineEdit)
    assert field.echoMode() == QLineEdit.EchoMode.Password
    qtbot.keyClicks(field, PASSPHRASE)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not place.warden.locked)


def test_a_wrong_password_is_told_at_its_field_and_opens_nothing(qtbot: QtBot, place: Place) -> None:
    place.warden.lock()
    type_password(qtbot, place, "two quiet otters")
    qtbot.waitUntil(lambda: "Check Caps Lock" in words(place))
    assert place.warden.locked
    assert [each.text() for each in place.app.window.findChildren(QLineEdit) if each.isVisible()] == [""]
    press(qtbot, place.app.window, "Unlock")
    assert "Password is empty." in words(place)


def test_after_too_many_guesses_it_says_when_to_come_back(qtbot: QtBot, place: Place) -> None:
    place.warden.lock()
    for guess in range(5):
        type_password(qtbot, place, f"not this one either {guess}")
        qtbot.waitUntil(lambda: "Check Caps Lock" in words(place))
        assert not any(each.text() for each in place.app.window.findChildren(QLineEdit) if each.isVisible())
    type_password(qtbot, place, PASSPHRASE)
    qtbot.waitUntil(lambda: "There were too many wrong passwords." in words(place))
    assert "then try again" in words(place)
    assert place.warden.locked


def test_ctrl_l_and_the_button_lock_at_once(qtbot: QtBot, place: Place) -> None:
    QTest.keyClick(place.app.window.windowHandle(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert place.warden.locked
    type_password(qtbot, place, PASSPHRASE)
    qtbot.waitUntil(lambda: not place.warden.locked)
    press(qtbot, place.desk, "Lock")
    assert place.warden.locked


def test_sleep_locks(place: Place) -> None:
    place.app.suspend.told(True)
    assert place.warden.locked


def test_what_went_on_meanwhile_is_saved_and_told_afterwards(qtbot: QtBot, qapp: QApplication, place: Place) -> None:
    jobs, told = place.app.session.jobs, []  # type: ignore[union-attr] # open
    jobs.change(
        lambda uow: programme.add_venue(uow, {"name": "Zarqawi Hall"}), "Added a hall",
        lambda _id: (told.append("added"), place.desk.say("Zarqawi Hall added.", True)),
    )  # fmt: skip
    jobs.change(_fails, "Failed", None, lambda error: (told.append("failed"), place.app.window.show_error(error)))
    place.warden.lock()
    jobs.wait_for_changes()
    qapp.processEvents()
    club = place.app.session.club  # type: ignore[union-attr] # open
    assert [row.name for row in club.read(lambda uow: venues(uow))] == ["Zarqawi Hall"]
    place.app.window.failed.emit(BadInput("Okafor is no name."))
    assert told == []
    assert [word for word in SECRETS if word in tree(qapp)] == []
    type_password(qtbot, place, PASSPHRASE)
    qtbot.waitUntil(lambda: told == ["added", "failed"])
    assert place.desk.toast.words() == "Zarqawi Hall added."
    boxes = [each for each in qapp.topLevelWidgets() if isinstance(each, ErrorBox) and each.isVisible()]
    assert sorted(each.what for each in boxes) == ["Maryam has no name.", "Okafor is no name."]
    for each in boxes:
        each.accept()


def _fails(_uow: Any) -> None:
    raise BadInput("Maryam has no name.")


def with_somebody_else(place: Place) -> Club:
    """Another person, who has chosen a password of their own."""
    club = place.app.session.club  # type: ignore[union-attr] # open
    added = club.add_person(OTHER, OTHERS_PASSWORD, role=Role.LEAD).account.id

    def settled(uow: UnitOfWork) -> None:
        uow.get(AccountRecord, added, "account").new_password = False

    club.write(settled, "Chose a password")
    return club


def test_somebody_else_gets_a_desk_of_their_own(qtbot: QtBot, qapp: QApplication, place: Place) -> None:
    club = with_somebody_else(place)
    first = place.desk
    place.desk.go("children")
    press(qtbot, place.desk, "New child")
    qtbot.waitUntil(lambda: any(each.accessibleName() == "First name" for each in first.findChildren(QLineEdit)))
    line = the(place.desk, QLineEdit, "First name")
    qtbot.keyClicks(line, "Half a secret")
    place.warden.lock()
    press(qtbot, place.app.window, "Sign in as somebody else")
    assert "What Manager has typed and not saved is then lost." in words(place)
    write(qtbot, place.app.window, "Name", OTHER)
    write(qtbot, place.app.window, "Password", OTHERS_PASSWORD)
    press(qtbot, place.app.window, "Sign in")
    qtbot.waitUntil(lambda: place.app.desk is not None and place.app.desk is not first)
    qtbot.waitUntil(lambda: place.app.warden is not None)
    assert OTHER in words(place)
    assert "Half a secret" not in tree(qapp)
    jobs = place.app.session.jobs  # type: ignore[union-attr] # open
    jobs.change(lambda uow: programme.add_venue(uow, {"name": "Their hall"}), "Added their hall")
    jobs.wait_for_changes()
    assert club.read(lambda uow: recent(uow, limit=1))[0].who == OTHER
    place.wait_minutes(5)
    assert f"{OTHER} is signed in." in words(place)


def test_the_first_persons_answers_are_not_for_the_second(qtbot: QtBot, place: Place) -> None:
    with_somebody_else(place)
    told: list[object] = []
    before = error_boxes()  # of tests that ran before, not taken away yet
    place.app.session.jobs.query(lambda _uow: "Maryam", told.append)  # type: ignore[union-attr] # open
    place.warden.lock()
    place.app.window.failed.emit(BadInput("Maryam has no name."))
    assert isinstance(place.warden.screen, LockScreen)
    place.warden.screen.sign_in.emit(OTHER, OTHERS_PASSWORD)
    first = place.app.desk
    qtbot.waitUntil(lambda: place.app.desk is not None and place.app.desk is not first)
    qtbot.waitUntil(lambda: place.app.warden is not None)
    assert told == []
    assert not error_boxes() - before


def error_boxes() -> set[ErrorBox]:
    return {each for each in QApplication.topLevelWidgets() if isinstance(each, ErrorBox)}


def test_the_minutes_are_kept_on_this_machine(place: Place) -> None:
    place.app.set_minutes(2)
    assert place.app.preferences.lock_minutes == 2
    place.wait_minutes(2)
    assert place.warden.locked


def test_leaving_the_club_while_locked_brings_nothing_back(qtbot: QtBot, qapp: QApplication, place: Place) -> None:
    place.warden.lock()
    place.app.leave_club()
    qtbot.waitUntil(lambda: place.app.welcome is not None)
    assert [word for word in SECRETS if word in tree(qapp)] == []
    assert place.app.warden is None


def test_a_password_typed_before_the_machine_sleeps_opens_nothing_on_waking(qtbot: QtBot, place: Place) -> None:
    place.warden.lock()
    type_password(qtbot, place, PASSPHRASE)
    place.app.suspend.told(True)
    heard: list[object] = []
    place.warden.looked.connect(lambda: heard.append("all that was asked before is answered"))
    place.warden.look()
    qtbot.waitUntil(lambda: bool(heard))
    assert place.warden.locked
    type_password(qtbot, place, PASSPHRASE)
    qtbot.waitUntil(lambda: not place.warden.locked)


def test_nothing_of_the_first_is_left_to_the_second(qtbot: QtBot, qapp: QApplication, place: Place) -> None:
    with_somebody_else(place)
    made: list[object] = []
    jobs, first = place.app.session.jobs, place.desk  # type: ignore[union-attr] # open
    jobs.change(lambda uow: programme.add_venue(uow, {"name": "First hall"}), "Added a hall", made.append)
    qtbot.waitUntil(lambda: bool(made))
    first.search.setText("Maryam")
    first.say("Maryam is in.", True)
    dialog, answers = ReasonDialog(first, "Go ahead?", ["Maryam has no consent."]), []

    def change_person() -> None:
        place.warden.lock()
        assert isinstance(place.warden.screen, LockScreen)
        place.warden.screen.sign_in.emit(OTHER, OTHERS_PASSWORD)

    QTimer.singleShot(0, change_person)
    answers.append(dialog.ask())
    assert answers == [None]
    qtbot.waitUntil(lambda: place.app.desk is not None and place.app.desk is not first)
    qtbot.waitUntil(lambda: not shiboken6.isValid(first))
    qtbot.waitUntil(lambda: place.app.warden is not None)
    assert place.desk.search.text() == ""
    assert place.desk.toast.isHidden()
    place.desk.backwards.undo()
    qtbot.waitUntil(lambda: place.desk.toast.words() == "There is nothing of yours left to undo.")
    club = place.app.session.club  # type: ignore[union-attr] # open
    assert [row.name for row in club.read(lambda uow: venues(uow))] == ["First hall"]


def test_closing_the_window_while_locked(qtbot: QtBot, qapp: QApplication, place: Place) -> None:
    place.desk.go("children")
    qtbot.waitUntil(lambda: CHILD in tree(qapp))
    place.warden.lock()
    place.app.window.close()
    assert [word for word in SECRETS if word in tree(qapp)] == []
    qtbot.waitUntil(lambda: place.app.gone)
    assert [word for word in SECRETS if word in tree(qapp)] == []
