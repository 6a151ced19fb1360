"""From nothing to an open club, and back, by mouse and keys."""

import json
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.app import App
from models.bootstrap import create_club
from models.kernel.ids import seeded_ids
from tests.clubs import CHEAP, DEVICE, PASSPHRASE
from tests.shell.apps import MANAGER, an_app, desk_of, leave, open_club_file, press, sign_in, start, the, write

GOOD = "four dry biscuits"


def name_the_first_manager(qtbot: QtBot, app: App, password: str = GOOD, again: str = GOOD) -> None:
    write(qtbot, app.window, "Your name", "Denise Okafor")
    write(qtbot, app.window, "Your password", password)
    write(qtbot, app.window, "Your password again", again)


def words_in(app: App) -> str:
    return " | ".join(each.text() for each in app.window.findChildren(QLabel) if each.isVisible())


def test_the_first_window_offers_three_ways_in(qtbot: QtBot, app: App) -> None:
    start(qtbot, app)
    assert app.window.windowTitle() == "Breather"
    for title in ("Look round first", "Start a new club file", "Open a club file"):
        assert title in words_in(app)


def test_the_sample_club_is_one_press_away_and_its_day_is_its_own(qtbot: QtBot, app: App) -> None:
    start(qtbot, app)
    press(qtbot, app.window, "Look round")
    desk = desk_of(qtbot, app)
    app.window.resize(700, 700)
    qtbot.waitUntil(lambda: desk.banner.words() == "Sample club. Today is Thu 3 Dec.")  # with little room
    app.window.resize(1366, 768)
    qtbot.waitUntil(lambda: desk.banner.words() != "Sample club. Today is Thu 3 Dec.")
    assert desk.banner.words() == (
        "This is the sample club. Everybody in it is made up, and today is Thursday 3 December 2026."
    )
    assert app.window.windowTitle() == "Breather"
    shown = desk.pages.shown()
    assert shown is not None
    assert shown.title() == "Today, Thursday 3 December"


def test_the_first_undo_does_not_take_the_sample_away(qtbot: QtBot, app: App) -> None:
    start(qtbot, app)
    press(qtbot, app.window, "Look round")
    desk = desk_of(qtbot, app)
    desk.backwards.undo()
    qtbot.waitUntil(lambda: desk.toast.words() == "There is nothing of yours left to undo.")


def test_removing_the_sample_leaves_no_file_and_goes_back_to_the_welcome(
    qtbot: QtBot, app: App, tmp_path: Path
) -> None:
    start(qtbot, app)
    press(qtbot, app.window, "Look round")
    desk_of(qtbot, app)
    assert list(tmp_path.rglob("*.breather"))
    press(qtbot, app.window, "Remove the sample club")
    qtbot.waitUntil(lambda: app.welcome is not None, timeout=20_000)
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == ["device", "preferences.json"]
    assert "sample" not in (tmp_path / "data" / "preferences.json").read_text("utf-8")
    assert "Look round first" in words_in(app)


def test_the_sample_opens_by_itself_the_next_time_as_it_was_left(
    qtbot: QtBot, app: App, qapp: QApplication, tmp_path: Path
) -> None:
    start(qtbot, app)
    press(qtbot, app.window, "Look round")
    desk_of(qtbot, app)
    written = next(tmp_path.rglob("*.breather.keys")).read_bytes()
    leave(app)
    again = an_app(qapp, tmp_path)
    start(qtbot, again)
    desk = desk_of(qtbot, again)
    assert desk.banner.isVisible()
    assert next(tmp_path.rglob("*.breather.keys")).read_bytes() == written
    leave(again)


def test_a_new_club_file_in_five_steps(qtbot: QtBot, app: App, tmp_path: Path) -> None:
    start(qtbot, app)
    press(qtbot, app.window, "Start")
    write(qtbot, app.window, "Name of the club", "O’Brien & Söhne Carers")
    name_the_first_manager(qtbot, app)
    qtbot.keyClick(
        the(app.window, QLineEdit, "Your password again"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )
    desk_of(qtbot, app)
    assert "O’Brien & Söhne Carers" in words_in(app)
    assert (tmp_path / "OBrien Söhne Carers.breather").exists()


def test_two_different_passwords_are_told_at_the_second(qtbot: QtBot, app: App, tmp_path: Path) -> None:
    start(qtbot, app)
    press(qtbot, app.window, "Start")
    write(qtbot, app.window, "Name of the club", "Harbour")
    name_the_first_manager(qtbot, app, again="four dry biscuit")
    press(qtbot, app.window, "Make the club file")
    assert "The two passwords are not the same." in words_in(app)
    assert not list(tmp_path.glob("*.breather"))


def test_what_is_missing_and_a_short_password_are_told_one_at_a_time(qtbot: QtBot, app: App) -> None:
    start(qtbot, app)
    press(qtbot, app.window, "Start")
    press(qtbot, app.window, "Make the club file")
    assert "The club has no name." in words_in(app)
    write(qtbot, app.window, "Name of the club", "Harbour")
    press(qtbot, app.window, "Make the club file")
    assert "Your name is empty." in words_in(app)
    name_the_first_manager(qtbot, app, "short", "short")
    press(qtbot, app.window, "Make the club file")
    qtbot.waitUntil(lambda: "too short" in words_in(app))


def test_a_file_that_is_there_already_is_not_written_over(qtbot: QtBot, app: App, club_file: Path) -> None:
    before = club_file.read_bytes()
    start(qtbot, app)
    press(qtbot, app.window, "Start")
    write(qtbot, app.window, "Name of the club", "club")
    name_the_first_manager(qtbot, app)
    press(qtbot, app.window, "Make the club file")
    qtbot.waitUntil(lambda: "There is already a file called club.breather here." in words_in(app))
    assert club_file.read_bytes() == before


def test_a_wrong_password_is_told_at_the_field_and_can_be_tried_again(qtbot: QtBot, app: App, club_file: Path) -> None:
    start(qtbot, app, club_file)
    sign_in(qtbot, app, "three loud otters")
    qtbot.waitUntil(lambda: "That name and password do not open this club file." in words_in(app))
    write(qtbot, app.window, "Password", PASSPHRASE)
    qtbot.keyClick(the(app.window, QLineEdit, "Password"), Qt.Key.Key_Return)
    desk_of(qtbot, app)


def test_each_thing_wrong_with_a_file_is_told_apart(qtbot: QtBot, app: App, tmp_path: Path, club_file: Path) -> None:
    whole, keys = club_file.read_bytes(), Path(f"{club_file}.keys")
    start(qtbot, app, club_file)

    def told(words: str) -> None:
        sign_in(qtbot, app)
        qtbot.waitUntil(lambda: words in words_in(app))

    club_file.write_bytes(b"")
    told("is empty: it holds nothing at all.")
    club_file.write_bytes(whole[:4096])
    told("club.breather is damaged:")
    club_file.write_bytes(whole)
    kept = keys.read_bytes()
    keys.unlink()
    told("its keys file club.breather.keys is not beside it.")
    keys.write_bytes(kept)
    club_file.unlink()
    told("There is no club file at")


def test_the_last_file_is_asked_for_next_time_and_nothing_but_its_path_and_the_name_is_kept(
    qtbot: QtBot, app: App, club_file: Path, qapp: QApplication, tmp_path: Path
) -> None:
    open_club_file(qtbot, app, club_file)
    leave(app)
    kept = json.loads((tmp_path / "data" / "preferences.json").read_text("utf-8"))
    assert kept["last"] == str(club_file)
    assert set(kept) == {"look", "last", "lock_minutes", "names", "server"}
    assert kept["names"] == {str(club_file): MANAGER}
    again = an_app(qapp, tmp_path)
    start(qtbot, again)
    assert "club is locked." in words_in(again)
    assert the(again.window, QLineEdit, "Name").text() == MANAGER
    press(qtbot, again.window, "Use another file")
    assert "Look round first" in words_in(again)
    leave(again)


def test_a_sample_stopped_half_way_is_made_again(qtbot: QtBot, app: App, tmp_path: Path) -> None:
    half = tmp_path / "data" / "sample club.new"
    half.mkdir(parents=True)
    create_club(half / "sample.breather", "Half", PASSPHRASE, device=DEVICE, ids=seeded_ids(3), strength=CHEAP).close()
    start(qtbot, app)
    press(qtbot, app.window, "Look round")
    desk_of(qtbot, app)
    assert not half.exists()
