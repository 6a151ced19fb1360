"""Settings: how soon it locks, one's own password, one's PIN."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.app import App
from desktop.settings.preferences import LIGHT, Look, Preferences, PreferencesFile
from desktop.shell.desk import Desk
from models.access.people import names_with_pin
from models.kernel.errors import WrongPassphrase
from tests.clubs import PASSPHRASE
from tests.shell.apps import open_club_file, press, the, write

NEW = "seven loud geese on ice"


@pytest.fixture
def desk(qtbot: QtBot, app: App, club_file: Path) -> Desk:
    found = open_club_file(qtbot, app, club_file)
    found.go("settings")
    qtbot.waitUntil(lambda: "Children to one adult" in words_in(found))
    return found


def words_in(root: QWidget) -> str:
    return " | ".join(each.text() for each in root.findChildren(QLabel) if each.isVisible())


def buttons_of(root: QWidget) -> set[str]:
    return {each.accessibleName() for each in root.findChildren(QPushButton) if each.isVisible()}


def test_the_minutes_are_chosen_and_kept(app: App, desk: Desk, tmp_path: Path) -> None:
    box = the(desk, QComboBox, "Lock when nobody has touched it for")
    assert [box.itemText(at) for at in range(box.count())][:2] == ["1 minute", "2 minutes"]
    assert (box.count(), box.currentText()) == (15, "5 minutes")  # there is no never
    box.setCurrentText("2 minutes")
    assert PreferencesFile(tmp_path / "data").read().lock_minutes == 2


@pytest.mark.parametrize("kept", [0, 16, "never", None])
def test_what_cannot_be_chosen_is_not_believed(tmp_path: Path, kept: object) -> None:
    file = PreferencesFile(tmp_path)
    file.write(Preferences(Look(LIGHT), "a", 3))
    path = tmp_path / "preferences.json"
    text = path.read_text("utf-8")
    assert '"lock_minutes": 3' in text
    written = {"never": '"never"', None: "null"}.get(kept, str(kept))  # type: ignore[call-overload] # as JSON has it
    path.write_text(text.replace('"lock_minutes": 3', f'"lock_minutes": {written}'), "utf-8")
    assert file.read().lock_minutes == 5


def test_a_pin_is_set_typed_twice(qtbot: QtBot, app: App, desk: Desk) -> None:
    press(qtbot, desk, "Set a PIN")
    for first, again, told in (("1234", "1234", "one of the first"), ("7391", "7392", "are not the same")):
        write(qtbot, desk, "New PIN", first)
        write(qtbot, desk, "New PIN again", again)
        press(qtbot, desk, "Set the PIN")
        qtbot.waitUntil(lambda told=told: told in words_in(desk))
    write(qtbot, desk, "New PIN again", "7391")
    press(qtbot, desk, "Set the PIN")
    qtbot.waitUntil(lambda: desk.toast.words() == "Your PIN is set.")
    club = app.session.club  # type: ignore[union-attr] # open
    assert club.read(names_with_pin) == (club.actor.name,)


def test_a_pin_that_is_set_can_be_changed_and_taken_away(qtbot: QtBot, app: App, desk: Desk) -> None:
    press(qtbot, desk, "Set a PIN")
    write(qtbot, desk, "New PIN", "7391")
    write(qtbot, desk, "New PIN again", "7391")
    press(qtbot, desk, "Set the PIN")
    qtbot.waitUntil(lambda: {"Change PIN", "Take the PIN away"} <= buttons_of(desk))
    assert "Set a PIN" not in buttons_of(desk)
    press(qtbot, desk, "Take the PIN away")
    qtbot.waitUntil(lambda: "Set a PIN" in buttons_of(desk))
    assert not {"Change PIN", "Take the PIN away"} & buttons_of(desk)
    assert desk.toast.words() == "Your PIN is taken away."
    assert app.session.club.read(names_with_pin) == ()  # type: ignore[union-attr] # open


def test_the_password_is_changed_with_the_old_one(qtbot: QtBot, app: App, desk: Desk) -> None:
    press(qtbot, desk, "Change your password")
    write(qtbot, desk, "Password now", "not this one")
    write(qtbot, desk, "New password", NEW)
    write(qtbot, desk, "New password again", NEW)
    press(qtbot, desk, "Change the password")
    qtbot.waitUntil(lambda: "Check Caps Lock" in words_in(desk))
    write(qtbot, desk, "Password now", PASSPHRASE)
    press(qtbot, desk, "Change the password")
    qtbot.waitUntil(lambda: desk.toast.words() == "Your password is changed.")
    club = app.session.club  # type: ignore[union-attr] # open
    club.confirm(NEW)
    with pytest.raises(WrongPassphrase):
        club.confirm(PASSPHRASE)
