"""The first screen as people meet it: names and passwords, given ones, forgotten ones, and files from before names."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from desktop.app import App
from desktop.widgets.password_field import CAPS, PasswordField
from models.access.records import AccountRecord, KeySlotsCopy
from models.access.rules import Role
from models.bootstrap import UnitOfWork, open_club
from models.concerns.service import write_down
from models.storage import keys
from tests.access.screens import GIVEN, OWN, Manager, opens_with
from tests.clubs import CHEAP, DEVICE, PASSPHRASE
from tests.shell.apps import MANAGER, leave, the


@pytest.fixture
def person(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Manager]:
    somebody = Manager(qtbot, qapp, tmp_path)
    yield somebody
    if not somebody.app.gone:
        leave(somebody.app)


def from_before_names(file: Path) -> None:
    """Makes the club file as one from before there were people: no accounts, one passphrase for all."""
    club = open_club(file, PASSPHRASE, name=MANAGER, device=DEVICE)
    key = keys.read_ring(file).open(PASSPHRASE)
    slot = keys.OldSlot.make("Holder of the passphrase", key, club.id, PASSPHRASE, CHEAP)
    ring = keys.KeyRing(club.id, old=(slot,), serial=0)

    def back_in_time(uow: UnitOfWork) -> None:
        for record in uow.session.scalars(select(AccountRecord)):
            uow.remove(record)
        uow.get(KeySlotsCopy, club.id).slots = ring.to_json()

    club.write(back_in_time, "")
    club.close()
    keys.write_ring(file, ring)


def typed_twice(person: Manager, name: str, password: str) -> None:
    person.write(name, password)
    person.write(f"{name} again", password)


def field_of(app: App, name: str) -> PasswordField:
    found = [one for one in app.window.findChildren(PasswordField) if one.words == name and one.isVisible()]
    assert len(found) == 1
    return found[0]


def test_whoever_is_signed_in_stands_at_the_foot_and_can_sign_out(person: Manager) -> None:
    person.starts()
    person.tries(MANAGER, PASSPHRASE)
    person.at_the_desk()
    assert "Manager, manager" in person.words()
    person.press("Sign out")
    person.waits_for("club is locked.")
    assert person.line("Name").text() == MANAGER
    assert person.line("Password").text() == ""
    person.until(person.line("Password").hasFocus)
    assert opens_with(person.file, MANAGER, PASSPHRASE), "nothing holds the file any more"


def test_a_name_as_somebody_else_writes_it_is_the_same_name(person: Manager) -> None:
    person.starts()
    person.tries("  MANAGER ", PASSPHRASE)
    person.at_the_desk()


def test_a_name_left_empty_is_told_and_nothing_is_tried(person: Manager) -> None:
    person.starts()
    person.press("Open")
    assert "The name is empty." in person.words()
    person.write("Name", MANAGER)
    person.press("Open")
    assert "The password is empty." in person.words()
    assert person.app.desk is None


def test_too_many_wrong_passwords_are_told_with_how_long_to_wait(person: Manager) -> None:
    person.starts()
    for turn in range(12):
        person.tries(MANAGER, f"three loud otters {turn}")
        person.until(lambda: person.button("Open").isEnabled())
        if "too many wrong passwords" in person.words():
            break
    assert "There were too many wrong passwords." in person.words()
    assert "Wait" in person.words()
    person.tries(MANAGER, PASSPHRASE)
    person.until(lambda: person.button("Open").isEnabled())
    assert person.app.desk is None, "the right one has to wait too"


def test_a_first_password_is_changed_before_the_desk_opens(person: Manager) -> None:
    person.starts()
    person.tries("Marcus Bell", GIVEN)
    person.waits_for("Choose a password of your own")
    assert person.app.desk is None
    typed_twice(person, "Your new password", OWN)
    person.press("Keep this password")
    person.at_the_desk()
    assert "Marcus Bell, sessional worker" in person.words()
    leave(person.app)
    assert opens_with(person.file, "Marcus Bell", OWN)
    assert not opens_with(person.file, "Marcus Bell", GIVEN)


def test_one_that_is_easily_guessed_or_typed_differently_is_told_at_its_field(person: Manager) -> None:
    person.starts()
    person.tries("Marcus Bell", GIVEN)
    person.waits_for("Choose a password of your own")
    person.write("Your new password", OWN)
    person.write("Your new password again", f"{OWN}x")
    person.press("Keep this password")
    assert "The two passwords are not the same." in person.words()
    typed_twice(person, "Your new password", "MarcusBell2026")
    person.press("Keep this password")
    person.waits_for("This password is one of the first that somebody here would try.")
    typed_twice(person, "Your new password", GIVEN)
    person.press("Keep this password")
    person.waits_for("This is the password you have.")
    assert person.app.desk is None


def test_going_back_from_there_lets_go_of_the_file(person: Manager) -> None:
    person.starts()
    person.tries("Marcus Bell", GIVEN)
    person.waits_for("Choose a password of your own")
    person.press("Back")
    person.waits_for("club is locked.")
    assert opens_with(person.file, "Marcus Bell", GIVEN)


def test_closing_the_window_there_lets_go_of_the_file(person: Manager) -> None:
    person.starts()
    person.tries("Marcus Bell", GIVEN)
    person.waits_for("Choose a password of your own")
    leave(person.app)
    assert opens_with(person.file, "Marcus Bell", GIVEN)


def test_somebody_else_who_signs_in_over_the_lock_chooses_their_own_too(person: Manager) -> None:
    person.starts()
    person.tries(MANAGER, PASSPHRASE)
    person.at_the_desk()
    person.app.lock()
    person.press("Sign in as somebody else")
    person.write("Name", "Marcus Bell")
    person.write("Password", GIVEN)
    person.press("Sign in")
    person.waits_for("Choose a password of your own")
    person.write("The password you were given", GIVEN)
    typed_twice(person, "Your new password", OWN)
    person.press("Keep this password")
    person.at_the_desk()
    assert "Marcus Bell, sessional worker" in person.words()


def test_a_file_from_before_names_asks_its_passphrase_and_offers_a_sign_in(person: Manager) -> None:
    from_before_names(person.file)
    person.starts()
    person.sees(QLineEdit, "Passphrase")
    assert not [
        one for one in person.window.findChildren(QLineEdit) if one.isVisible() and one.accessibleName() == "Name"
    ]
    person.write("Passphrase", PASSPHRASE)
    person.press("Open")
    person.waits_for("Give yourself a sign-in")
    assert "the shared passphrase opens this file no more" in person.words()
    person.write("Your name", "Grace Adeyemi")
    typed_twice(person, "Your password", OWN)
    person.press("Give me this sign-in")
    person.at_the_desk()
    assert "Grace Adeyemi, manager" in person.words()
    assert [(one.name, one.role) for one in person.club.people()] == [("Grace Adeyemi", Role.MANAGER)]
    assert person.button("Print the recovery key").isVisible()
    leave(person.app)
    assert opens_with(person.file, "Grace Adeyemi", OWN)
    assert not opens_with(person.file, "Grace Adeyemi", PASSPHRASE)


def test_the_shared_passphrase_goes_on_for_whoever_says_not_now(person: Manager) -> None:
    from_before_names(person.file)
    person.starts()
    person.sees(QLineEdit, "Passphrase")
    person.write("Passphrase", PASSPHRASE)
    person.qtbot.keyClick(person.line("Passphrase"), Qt.Key.Key_Return)
    person.waits_for("Give yourself a sign-in")
    person.press("Not now")
    person.at_the_desk()
    assert "Holder of the passphrase" in person.words()
    leave(person.app)
    open_club(person.file, PASSPHRASE, device=DEVICE).close()


def test_a_forgotten_password_is_replaced_with_the_recovery_key(person: Manager) -> None:
    club = open_club(person.file, PASSPHRASE, name=MANAGER, device=DEVICE)
    key = club.recovery_key(PASSPHRASE)
    club.close()
    person.starts()
    person.press("I forgot my password")
    typed(person, key[:-1] + ("0" if key[-1] != "0" else "1"))
    person.write("Your name", MANAGER)
    typed_twice(person, "Your new password", OWN)
    person.press("Open with this key")
    person.waits_for("of the recovery key")
    typed(person, key.lower().replace("-", " "))
    person.press("Open with this key")
    person.at_the_desk()
    assert "Manager, manager" in person.words()
    leave(person.app)
    assert opens_with(person.file, MANAGER, OWN)
    assert not opens_with(person.file, MANAGER, PASSPHRASE)


def test_by_the_name_of_the_last_who_reads_concerns_it_asks_first(person: Manager) -> None:
    club = open_club(person.file, PASSPHRASE, name=MANAGER, device=DEVICE)
    key = club.recovery_key(PASSPHRASE)
    club.close()
    club = open_club(person.file, GIVEN, name="Priya Shah", device=DEVICE)
    facts = {"noticed_on": date(2026, 11, 2), "told_on": date(2026, 11, 2), "reference": ""}
    club.write(lambda uow: write_down(uow, facts), "")
    club.close()
    person.starts()
    person.press("I forgot my password")
    typed(person, key)
    person.write("Your name", "Priya Shah")
    typed_twice(person, "Your new password", "brittle-lantern-quarry")
    person.press("Open with this key")
    person.waits_for("Come in by another name")
    sure = person.button("The one concern may be lost for good: open it by this name")
    person.press("Open with this key")
    person.waits_for("Come in by another name")
    assert opens_with(person.file, "Priya Shah", GIVEN)
    person.tick(sure)
    person.press("Open with this key")
    person.at_the_desk()
    leave(person.app)
    assert not opens_with(person.file, "Priya Shah", GIVEN)


def typed(person: Manager, key: str) -> None:
    box = the(person.window, QPlainTextEdit, "Recovery key")
    box.selectAll()
    person.qtbot.keyClicks(box, key)


def test_the_way_back_from_the_recovery_key_is_the_password(person: Manager) -> None:
    person.starts()
    person.press("I forgot my password")
    person.waits_for("Open it with the recovery key")
    person.press("Back")
    person.waits_for("club is locked.")


def test_a_new_club_offers_its_recovery_key_at_once(person: Manager, tmp_path: Path) -> None:
    person.file = tmp_path / "data" / "preferences.json"  # nothing to open
    person.app.window.show()
    person.app.start()
    person.press("Start")
    person.write("Name of the club", "Quay Carers")
    person.write("Your name", "Grace Adeyemi")
    typed_twice(person, "Your password", OWN)
    person.press("Make the club file")
    person.at_the_desk()
    person.waits_for("only the recovery key opens this club")
    person.press("Print the recovery key")
    person.write("Your password", OWN)
    person.press("Show the recovery key")
    person.until(lambda: person.page.preview.page_count() == 1)
    assert "only the recovery key opens this club" not in person.words()


def test_how_good_a_new_password_is_is_said_while_it_is_typed(person: Manager) -> None:
    person.file = person.file.with_name("nothing")
    person.app.start()
    person.press("Start")
    person.write("Name of the club", "Harbour")
    person.write("Your name", "Grace Adeyemi")
    password = field_of(person.app, "Your password")
    for said, words in (
        ("short", "This password is too short"), ("graceadeyemi2026", "one of the first"), (OWN, "hard to guess"),
    ):  # fmt: skip
        person.write("Your password", said)
        person.until(lambda words=words: words in password.strength_words())
    password.line.selectAll()
    person.qtbot.keyClick(password.line, Qt.Key.Key_Backspace)
    assert password.strength_words() == ""


def test_caps_lock_is_told_while_a_password_is_typed(person: Manager) -> None:
    person.starts()
    password = field_of(person.app, "Password")

    def press(letter: str, shift: bool) -> None:
        held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
        key = QKeyEvent(QEvent.Type.KeyPress, ord(letter.upper()), held, letter)
        QApplication.sendEvent(password.line, key)

    press("A", shift=True)
    assert password.caps_words() == ""
    press("B", shift=False)
    assert password.caps_words() == CAPS
    press("c", shift=False)
    assert password.caps_words() == ""
    press("d", shift=True)
    assert password.caps_words() == CAPS
    assert password.line.text() == "ABcd"


def test_a_password_can_be_looked_at_and_hidden_again(person: Manager) -> None:
    person.starts()
    person.write("Password", "  two  spaces ")
    person.press("Show: Password")
    assert person.line("Password").echoMode() == QLineEdit.EchoMode.Normal
    assert field_of(person.app, "Password").value() == "  two  spaces "
    person.press("Hide: Password")
    assert person.line("Password").echoMode() == QLineEdit.EchoMode.Password
