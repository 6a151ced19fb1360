"""The settings, as somebody changes them."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.app import App
from desktop.settings.page import SettingsPage
from desktop.settings.preferences import DARK, Look, PreferencesFile
from desktop.shell.desk import Desk
from desktop.widgets import tokens
from tests.shell.apps import open_club_file, press, the, write

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


@pytest.fixture
def desk(qtbot: QtBot, app: App, club_file: Path) -> Desk:
    found = open_club_file(qtbot, app, club_file)
    found.go("settings")
    qtbot.waitUntil(lambda: "Children to one adult" in words_in(found))
    return found


def words_in(root: QWidget) -> str:
    return " | ".join(each.text() for each in root.findChildren(QLabel) if each.isVisible())


def page_of(desk: Desk) -> SettingsPage:
    page = desk.pages.shown()
    assert isinstance(page, SettingsPage)
    return page


def test_the_club_is_changed_and_undone(qtbot: QtBot, desk: Desk) -> None:
    press(qtbot, desk, "Edit the club")
    write(qtbot, desk, "Phone", "020 7946 0101")
    press(qtbot, desk, "Save")
    qtbot.waitUntil(lambda: "020 7946 0101" in words_in(desk))
    assert not page_of(desk).panel.shown
    press(qtbot, desk.toast, "Undo: Settings saved.")
    qtbot.waitUntil(lambda: "020 7946 0101" not in words_in(desk))


def test_the_name_at_the_left_follows(qtbot: QtBot, desk: Desk) -> None:
    press(qtbot, desk, "Edit the club")
    write(qtbot, desk, "Name of the club", "Quayside Carers")
    press(qtbot, desk, "Save")
    qtbot.waitUntil(lambda: "Quayside Carers" in words_in(desk.sidebar))


def test_a_house_policy_out_of_range_is_told_at_its_field(qtbot: QtBot, desk: Desk) -> None:
    press(qtbot, desk, "Edit the house policy")
    write(qtbot, desk, "Children to one adult", "40")
    press(qtbot, desk, "Save")
    assert "Write a number from 1 to 8." in words_in(desk)
    write(qtbot, desk, "Children to one adult", "5")
    press(qtbot, desk, "Save")
    qtbot.waitUntil(lambda: not page_of(desk).panel.shown)
    qtbot.waitUntil(lambda: "| 5 |" in words_in(desk))


def test_a_term_is_added_refused_changed_and_removed(qtbot: QtBot, desk: Desk) -> None:
    press(qtbot, desk, "Add a term")
    write(qtbot, desk, "Name", "Spring term 2027")
    write(qtbot, desk, "First day", "4/1/2027")
    write(qtbot, desk, "Last day", "1/1/2027")
    press(qtbot, desk, "Save")
    qtbot.waitUntil(lambda: "The term would end before it starts." in words_in(desk))
    write(qtbot, desk, "Last day", "26/3/2027")
    press(qtbot, desk, "Save")
    qtbot.waitUntil(lambda: not page_of(desk).panel.shown)
    qtbot.waitUntil(lambda: "4 Jan 2027 to 26 Mar 2027" in words_in(desk))
    press(qtbot, desk, "Edit Spring term 2027")
    press(qtbot, desk, "Remove Spring term 2027")
    qtbot.waitUntil(lambda: "No terms yet." in words_in(desk))


def test_history_says_what_was_changed_of_a_term(qtbot: QtBot, desk: Desk) -> None:
    press(qtbot, desk, "Add a term")
    for name, typed in (("Name", "Spring term 2027"), ("First day", "4/1/2027"), ("Last day", "26/3/2027")):
        write(qtbot, desk, name, typed)
    press(qtbot, desk, "Save")
    qtbot.waitUntil(lambda: "4 Jan 2027 to 26 Mar 2027" in words_in(desk))
    press(qtbot, desk, "Edit Spring term 2027")
    write(qtbot, desk, "Last day", "25/3/2027")
    press(qtbot, desk, "Save")
    qtbot.waitUntil(lambda: "4 Jan 2027 to 25 Mar 2027" in words_in(desk))
    press(qtbot, desk, "Edit Spring term 2027")
    qtbot.waitUntil(lambda: "Last day: 26 Mar 2027 → 25 Mar 2027" in words_in(desk))
    assert "Spring term 2027 (school term) added" in words_in(desk)


def test_the_look_is_kept_and_the_screen_made_anew(qtbot: QtBot, app: App, desk: Desk, tmp_path: Path) -> None:
    box = the(desk, QComboBox, "Light or dark")
    box.setCurrentText("Dark")
    qtbot.waitUntil(lambda: app.desk is not desk)
    assert tokens.current().name == DARK
    assert app.desk is not None
    assert app.desk.current == "settings"
    the(app.desk, QComboBox, "Text size").setCurrentText("150 %")
    qtbot.waitUntil(lambda: PreferencesFile(tmp_path / "data").read().look == Look(DARK, 1.5))


def test_the_file_is_checked(qtbot: QtBot, desk: Desk) -> None:
    press(qtbot, desk, "Check the file")
    qtbot.waitUntil(lambda: "The file is whole" in words_in(desk))


def test_a_logo_is_taken_and_a_text_file_is_not(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = tmp_path / "logo.png"
    monkeypatch.setattr("desktop.settings.page.QFileDialog.getOpenFileName", lambda *_: (str(picture), ""))
    picture.write_bytes(PNG)
    press(qtbot, desk, "Choose a logo…")
    qtbot.waitUntil(lambda: "On every page you print" in words_in(desk))
    picture.write_text("not a picture", "utf-8")
    press(qtbot, desk, "Choose a logo…")
    with qtbot.waitSignal(page_of(desk).failed) as told:
        pass
    assert told.args is not None
    assert "not a PNG or JPEG" in str(told.args[0])


def test_another_file_can_be_opened(qtbot: QtBot, app: App, desk: Desk) -> None:
    press(qtbot, desk, "Open another club file")
    qtbot.waitUntil(lambda: app.welcome is not None)
    assert app.session is None


def test_damaged_preferences_are_the_defaults(tmp_path: Path) -> None:
    (tmp_path / "preferences.json").write_text('{"look": {"theme": "pink", "size": 9}, "last": ""}')
    assert PreferencesFile(tmp_path).read().look == Look()
    (tmp_path / "preferences.json").write_text("{")
    assert PreferencesFile(tmp_path).read().last == ""


def test_the_spreadsheets_are_brought_in_from_here_too(qtbot: QtBot, desk: Desk) -> None:
    press(qtbot, desk, "Bring in spreadsheets")
    assert desk.current == "import"
