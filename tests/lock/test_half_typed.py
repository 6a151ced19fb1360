"""What was half typed at the door when it was locked."""

from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.lock.screen import LockScreen
from desktop.shell.register_mode import RegisterMode
from models.access.records import AccountRecord
from models.access.rules import Role
from models.bootstrap import UnitOfWork
from tests.lock.conftest import CHILD, Place
from tests.lock.reading import tree
from tests.lock.test_register_mode import buttons, locked, mode, start, words
from tests.shell.apps import press

__all__ = ["locked", "mode"]


def finder(mode: RegisterMode) -> QLineEdit:
    return next(each for each in mode.findChildren(QLineEdit) if each.isVisible())


def test_what_was_half_typed_is_there_for_whoever_typed_it(qtbot: QtBot, locked: Place, mode: RegisterMode) -> None:
    finder(mode).setText("Zarq")
    press(qtbot, mode, "Lock")
    assert isinstance(locked.warden.screen, LockScreen)
    assert "Zarq" not in tree(QApplication.instance())  # type: ignore[arg-type] # there is one
    qtbot.waitUntil(lambda: "On now" in words(locked))
    start(qtbot, locked)
    qtbot.waitUntil(lambda: locked.warden.screen is mode)
    assert finder(mode).text() == "Zarq"
    finder(mode).clear()
    press(qtbot, mode, f"Sign in {CHILD}")
    qtbot.waitUntil(lambda: f"Sign out {CHILD}" in buttons(locked))


def test_and_for_nobody_else(qtbot: QtBot, locked: Place, mode: RegisterMode) -> None:
    club = locked.app.session.club  # type: ignore[union-attr] # open
    added = club.add_person("Ngozi Adeyemi", "seven loud geese on ice", role=Role.SESSIONAL).account.id

    def with_pin(uow: UnitOfWork) -> None:
        uow.get(AccountRecord, added, "account").pin = uow.get(AccountRecord, uow.actor.id, "account").pin

    club.write(with_pin, "The same PIN")
    finder(mode).setText("Zarq")
    press(qtbot, mode, "Lock")
    qtbot.waitUntil(lambda: "On now" in words(locked))
    start(qtbot, locked, name="Ngozi Adeyemi")
    qtbot.waitUntil(lambda: isinstance(locked.warden.screen, RegisterMode))
    theirs = locked.warden.screen
    assert isinstance(theirs, RegisterMode)
    assert theirs is not mode
    qtbot.waitUntil(lambda: CHILD in words(locked))
    assert finder(theirs).text() == ""
