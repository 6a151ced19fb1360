"""Backups in the real window: made, listed, restored by a person, told on Today, and made by themselves."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from desktop.app import App
from desktop.jobs.keeper import Keeper, Standing, warning
from desktop.settings.backups import BackupsCard
from desktop.shell.desk import Desk
from models.bootstrap import Place, open_club, read_place
from models.kernel.clock import FixedClock
from models.kernel.errors import BackupFailed
from models.people.records import ChildRecord
from models.privacy.erasure import erase_child
from models.privacy.rules import WhyErased
from tests.clubs import DEVICE, PASSPHRASE, a_child, facts_restored, put
from tests.shell.apps import an_app, at_rest, desk_of, leave, open_club_file, press, sign_in, start, write

NINE_THIRTY = "Restore the backup of Thursday 3 December 2026, 09:30"


def words_in(root: QWidget) -> str:
    return " | ".join(each.text() for each in root.findChildren(QLabel) if each.isVisible())


def backups_in(tmp_path: Path) -> list[str]:
    return sorted(each.name for each in (tmp_path / "data" / "Breather backups").glob("*"))


def move_on(app: App, **how: float) -> None:
    assert app.session is not None
    clock = app.session.clock
    assert isinstance(clock, FixedClock)
    clock.move_to(clock.now() + timedelta(**how))


def keeper_of(app: App) -> Keeper:
    assert app.session is not None
    assert app.session.keeper is not None
    return app.session.keeper


def add_child(qtbot: QtBot, app: App, first: str) -> None:
    assert app.session is not None
    with qtbot.waitSignal(app.session.jobs.saved):
        app.session.jobs.change(lambda uow: a_child(uow, first, "Byrne"), f"Added {first}")


@pytest.fixture
def desk(qtbot: QtBot, app: App, club_file: Path) -> Desk:
    found = open_club_file(qtbot, app, club_file)
    qtbot.waitUntil(lambda: keeper_of(app).standing is not None)
    return found


def settings(qtbot: QtBot, desk: Desk) -> None:
    desk.go("settings")
    qtbot.waitUntil(lambda: "Kept in" in words_in(desk))


def back_up_now(qtbot: QtBot, app: App, desk: Desk) -> None:
    press(qtbot, desk, "Back up now")
    qtbot.waitUntil(lambda: desk.toast.words() == "The backup is made, read back and compared.", timeout=20_000)
    qtbot.waitUntil(lambda: NINE_THIRTY in names_in(desk), timeout=20_000)
    at_rest(qtbot, app)


def names_in(desk: Desk) -> list[str]:
    return [each.accessibleName() for each in desk.findChildren(QWidget) if each.isVisible()]


def test_back_up_now_is_listed_and_told_at_the_foot(qtbot: QtBot, app: App, desk: Desk, tmp_path: Path) -> None:
    settings(qtbot, desk)
    back_up_now(qtbot, app, desk)
    assert backups_in(tmp_path) == ["club 2026-12-03 0930.breather-backup"]
    assert "1 children, 1 clubs and trips" not in words_in(desk)
    assert "1 child, 1 club or trip, 0 marks" in words_in(desk)
    assert "Saved 09:30 · backed up 09:30" in words_in(desk.sidebar)


def test_a_restore_by_hand_shows_both_counts_and_keeps_what_it_replaces(
    qtbot: QtBot, app: App, desk: Desk, tmp_path: Path
) -> None:
    settings(qtbot, desk)
    back_up_now(qtbot, app, desk)
    add_child(qtbot, app, "Aoife")
    keeper_of(app).look()
    qtbot.waitUntil(lambda: (standing := keeper_of(app).standing) is not None and standing.now.children == 2)
    at_rest(qtbot, app)
    press(qtbot, desk, NINE_THIRTY)
    assert "Open now | In the backup | Children | 2 | 1 | Clubs and trips | 1 | 1" in words_in(desk)
    press(qtbot, desk, "Restore this backup")
    qtbot.waitUntil(lambda: app.desk is not None and app.desk is not desk, timeout=20_000)
    assert app.session is not None
    assert app.session.club.facts().children == 1
    kept = "The backup is open. The file it replaced is kept beside it."
    qtbot.waitUntil(lambda: desk_of(qtbot, app).toast.words() == kept, timeout=20_000)
    aside = open_club(tmp_path / "club replaced 2026-12-03 0930.breather", PASSPHRASE, device=DEVICE)
    assert aside.facts().children == 2
    aside.close()


def test_a_restore_says_who_is_erased_again_and_does_it(qtbot: QtBot, app: App, desk: Desk) -> None:
    settings(qtbot, desk)
    back_up_now(qtbot, app, desk)
    move_on(app, hours=1)
    assert app.session is not None
    child = app.session.club.read(lambda uow: uow.session.scalars(select(ChildRecord.id)).one())
    app.session.club.write(lambda uow: erase_child(uow, child, WhyErased.ASKED, lead_asked=True), "Erased")
    keeper_of(app).look()
    qtbot.waitUntil(lambda: (standing := keeper_of(app).standing) is not None and bool(standing.erased))
    at_rest(qtbot, app)
    press(qtbot, desk, NINE_THIRTY)
    assert "Open now | In the backup | Children | 0 | 1" in words_in(desk), "a row without a name is no child"
    assert "1 record was erased after this backup was made, and is still in it." in words_in(desk)
    assert "with today’s passwords" in words_in(desk)
    press(qtbot, desk, "Restore this backup")
    qtbot.waitUntil(lambda: app.desk is not None and app.desk is not desk, timeout=20_000)
    qtbot.waitUntil(
        lambda: desk_of(qtbot, app).toast.words().endswith("1 record erased since was erased again."), timeout=20_000
    )
    assert app.session.club.facts().children == 0


def test_who_is_back_is_told_on_today_first(app: App, desk: Desk) -> None:
    standing = keeper_of(app).standing
    assert standing is not None
    assert app.session is not None
    told = warning(replace(standing, back=2), app.session.clock.now())
    assert told is not None
    assert told[0]
    assert told[1].startswith("2 records that were erased are back")


def test_a_restore_left_alone_changes_nothing(qtbot: QtBot, app: App, desk: Desk, tmp_path: Path) -> None:
    settings(qtbot, desk)
    back_up_now(qtbot, app, desk)
    press(qtbot, desk, NINE_THIRTY)
    press(qtbot, desk, "Leave it")
    assert not list(tmp_path.glob("*replaced*"))
    assert app.desk is desk


def test_a_backup_that_turns_out_bad_leaves_the_club_open(
    qtbot: QtBot, app: App, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings(qtbot, desk)
    back_up_now(qtbot, app, desk)
    bad = tmp_path / "data" / "Breather backups" / backups_in(tmp_path)[0]
    raw = bytearray(bad.read_bytes())
    raw[len(raw) // 2] ^= 1
    bad.write_bytes(raw)
    errors: list[object] = []
    monkeypatch.setattr(app.window, "show_error", errors.append)
    app.window.failed.disconnect()
    app.window.failed.connect(errors.append)
    press(qtbot, desk, NINE_THIRTY)
    press(qtbot, desk, "Restore this backup")
    qtbot.waitUntil(lambda: bool(errors), timeout=20_000)
    assert "not whole" in str(errors[0])
    assert app.session is not None
    add_child(qtbot, app, "Kofi")
    assert app.session.club.facts().children == 2


def test_a_copy_is_saved_where_it_is_wanted(
    qtbot: QtBot, app: App, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings(qtbot, desk)
    wanted = tmp_path / "for the chair"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(wanted), ""))
    press(qtbot, desk, "Save a copy…")
    qtbot.waitUntil(lambda: desk.toast.words().startswith("Saved as for the chair.breather-backup"), timeout=20_000)
    assert wanted.with_name("for the chair.breather-backup").exists()
    assert backups_in(tmp_path) == []


def test_another_folder_holds_for_this_machine_and_can_be_let_go(
    qtbot: QtBot, app: App, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings(qtbot, desk)
    stick = tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_given: str(stick))
    press(qtbot, desk, "Change the folder…")
    qtbot.waitUntil(lambda: str(stick) in words_in(desk))
    back_up_now(qtbot, app, desk)
    assert len(list(stick.iterdir())) == 1
    press(qtbot, desk, "Use the usual folder")
    qtbot.waitUntil(lambda: "Breather backups" in words_in(desk))
    assert not read_place(tmp_path / "data").chosen


def test_a_stick_that_is_gone_is_told_on_today_and_stops_nothing(
    qtbot: QtBot, app: App, desk: Desk, tmp_path: Path
) -> None:
    keeper = keeper_of(app)
    keeper.choose_folder(tmp_path / "no stick")
    today = desk.pages.shown()
    assert today is not None
    qtbot.waitUntil(lambda: "plug it in" in today.banner.words())
    failures: list[Exception] = []
    keeper.back_up(None, failures.append)
    qtbot.waitUntil(lambda: bool(failures))
    assert isinstance(failures[0], BackupFailed)
    qtbot.waitUntil(lambda: "The last backup did not work" in today.banner.words())
    press(qtbot, today, "Go to backups")
    assert desk.current == "settings"
    qtbot.waitUntil(lambda: desk.isAncestorOf(app.window.focusWidget()))
    card = desk.findChild(BackupsCard)
    assert card is not None
    qtbot.waitUntil(lambda: card.now_button.hasFocus() and not card.now_button.visibleRegion().isEmpty())


def test_every_half_hour_if_something_changed(qtbot: QtBot, app: App, desk: Desk, tmp_path: Path) -> None:
    keeper = keeper_of(app)
    move_on(app, hours=1)
    keeper.tick()
    add_child(qtbot, app, "Aoife")
    assert backups_in(tmp_path) == []
    with qtbot.waitSignal(keeper.told, timeout=20_000):
        keeper.tick()
    assert backups_in(tmp_path) == ["club 2026-12-03 1030.breather-backup"]
    add_child(qtbot, app, "Kofi")
    move_on(app, minutes=29)
    keeper.tick()
    move_on(app, minutes=1)
    with qtbot.waitSignal(keeper.told, timeout=20_000):
        keeper.tick()
    assert backups_in(tmp_path) == ["club 2026-12-03 1030.breather-backup", "club 2026-12-03 1100.breather-backup"]


def test_a_clock_that_is_set_back_stops_no_backups(qtbot: QtBot, app: App, desk: Desk, tmp_path: Path) -> None:
    keeper = keeper_of(app)
    add_child(qtbot, app, "Aoife")
    move_on(app, days=-2)
    with qtbot.waitSignal(keeper.told, timeout=20_000):
        keeper.tick()
    assert backups_in(tmp_path) == ["club 2026-12-01 0930.breather-backup"]


def test_closing_makes_one_and_closing_unchanged_makes_no_other(
    qtbot: QtBot, qapp: QApplication, app: App, desk: Desk, club_file: Path, tmp_path: Path
) -> None:
    leave(app)
    assert len(backups_in(tmp_path)) == 1
    again = an_app(qapp, tmp_path)
    open_club_file(qtbot, again, club_file)
    leave(again)
    assert len(backups_in(tmp_path)) == 1


def test_a_failure_on_closing_is_told_the_next_time(
    qtbot: QtBot, qapp: QApplication, app: App, desk: Desk, club_file: Path, tmp_path: Path
) -> None:
    (tmp_path / "data" / "Breather backups").write_text("in the way")
    leave(app)
    assert "No backup could be written" in read_place(tmp_path / "data").trouble
    again = an_app(qapp, tmp_path)
    today = open_club_file(qtbot, again, club_file).pages.shown()
    assert today is not None
    qtbot.waitUntil(lambda: "The last backup did not work" in today.banner.words())
    leave(again)


@pytest.fixture
def standing(app: App, desk: Desk) -> Standing:
    found = keeper_of(app).standing
    assert found is not None
    return found


def test_what_today_says(app: App, desk: Desk, standing: Standing, tmp_path: Path) -> None:
    assert app.session is not None
    now = app.session.clock.now()
    assert warning(standing, now) == (
        False, "There is no backup of this club yet. One is made when you close Breather.",
    )  # fmt: skip
    made = app.session.club.back_up(Place(tmp_path / "elsewhere"))
    apart = Standing(standing.place, (made,), standing.now, same_disk=False)
    assert warning(apart, now) is None
    assert warning(apart, now + timedelta(days=9)) == (True, "The newest backup is 9 days old.")
    ahead = replace(made, made_at=now + timedelta(days=900))  # a clock was wrong once
    assert warning(replace(apart, made=(ahead, made)), now + timedelta(days=9)) == (
        True, "The newest backup is 9 days old.",
    )  # fmt: skip
    beside = Standing(standing.place, (made,), standing.now, same_disk=True)
    told = warning(beside, now)
    assert told is not None
    assert told[1].startswith("The backups are on the same disk")
    cut = replace(apart, faults=("The last entry of the journal was cut off: the backup knows 3, and there are 2",))
    assert (warning(cut, now) or (False, ""))[1].startswith("The last entry of the journal was cut off")


def test_a_journal_cut_short_is_told_on_today(
    qtbot: QtBot, qapp: QApplication, app: App, desk: Desk, club_file: Path, tmp_path: Path
) -> None:
    leave(app)
    club = open_club(club_file, PASSPHRASE, device=DEVICE)
    with club._store.begin() as connection:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        last = connection.exec_driver_sql("SELECT max(number) FROM journal_change").scalar_one()
        mine = f"SELECT id FROM journal_change WHERE number = {last}"
        connection.exec_driver_sql(f"DELETE FROM journal_entry WHERE change_id IN ({mine})")
        connection.exec_driver_sql(f"DELETE FROM journal_change WHERE number = {last}")
    club.close()
    again = an_app(qapp, tmp_path)
    today = open_club_file(qtbot, again, club_file).pages.shown()
    assert today is not None
    qtbot.waitUntil(lambda: "of the journal w" in today.banner.words(), timeout=20_000)
    leave(again)


def test_the_sample_club_has_none(qtbot: QtBot, app: App, tmp_path: Path) -> None:
    start(qtbot, app)
    press(qtbot, app.window, "Look round")
    desk = desk_of(qtbot, app)
    desk.go("settings")
    assert "Off, because this is the sample club" in words_in(desk)
    today = desk.pages.shown()
    assert today is not None
    assert app.session is not None
    app.session.club.back_up(read_place(tmp_path / "data"))
    assert len(backups_in(tmp_path)) == 1
    app.remove_sample()
    qtbot.waitUntil(lambda: app.welcome is not None, timeout=20_000)
    assert backups_in(tmp_path) == []


def test_a_damaged_file_offers_its_newest_backup(qtbot: QtBot, app: App, club_file: Path, tmp_path: Path) -> None:
    club = open_club(club_file, PASSPHRASE, device=DEVICE)
    made = club.back_up(read_place(tmp_path / "data"))
    club.close()
    club_file.write_bytes(b"")
    start(qtbot, app, club_file)
    sign_in(qtbot, app)
    qtbot.waitUntil(lambda: "There is a backup of this club" in words_in(app.window), timeout=20_000)
    assert "is empty: it holds nothing at all" in words_in(app.window)
    assert "It opens with the names and passwords of that day." in words_in(app.window)
    assert "A record that was erased after that day may be back" in words_in(app.window)
    loud = [
        each for each in app.window.findChildren(QPushButton) if each.isVisible() and each.property("kind") == "primary"
    ]
    assert len(loud) == 1
    press(qtbot, app.window, "Restore this backup")
    desk_of(qtbot, app)
    assert app.session is not None
    assert facts_restored(app.session.club) == made.facts
    assert [each.stat().st_size for each in tmp_path.glob("club replaced *.breather")] == [0]


def test_where_the_newest_backup_is_damaged_too_the_one_before_it_is_offered(
    qtbot: QtBot, app: App, club_file: Path, tmp_path: Path
) -> None:
    club = open_club(club_file, PASSPHRASE, device=DEVICE)
    place = read_place(tmp_path / "data")
    first = club.back_up(place)
    put(club, a_child)
    newest = club.back_up(place)
    club.close()
    raw = bytearray(newest.path.read_bytes())
    raw[len(raw) // 2] ^= 1
    newest.path.write_bytes(raw)
    club_file.write_bytes(b"")
    start(qtbot, app, club_file)
    sign_in(qtbot, app)
    qtbot.waitUntil(lambda: "The newest is of" in words_in(app.window), timeout=20_000)
    press(qtbot, app.window, "Restore this backup")
    qtbot.waitUntil(lambda: "An older one is of" in words_in(app.window), timeout=20_000)
    assert "This backup is not whole" in words_in(app.window)
    press(qtbot, app.window, "Restore this backup")
    desk_of(qtbot, app)
    assert app.session is not None
    assert facts_restored(app.session.club) == first.facts


def test_a_file_open_elsewhere_is_told(qtbot: QtBot, app: App, club_file: Path) -> None:
    other = open_club(club_file, PASSPHRASE, device=DEVICE)
    start(qtbot, app, club_file)
    sign_in(qtbot, app)
    qtbot.waitUntil(lambda: "is already open in another Breather" in words_in(app.window), timeout=20_000)
    other.close()
    sign_in(qtbot, app)
    desk_of(qtbot, app)


def test_a_backup_opens_on_a_new_computer(qtbot: QtBot, app: App, club_file: Path, tmp_path: Path) -> None:
    club = open_club(club_file, PASSPHRASE, device=DEVICE)
    made = club.back_up(Place(tmp_path / "stick"))
    club.close()
    for each in tmp_path.glob("club.breather*"):
        each.unlink()
    start(qtbot, app)
    press(qtbot, app.window, "Open")
    write(qtbot, app.window, "Club file", str(made.path))
    sign_in(qtbot, app)
    desk_of(qtbot, app)
    assert app.session is not None
    assert app.session.club.path == club_file
    assert facts_restored(app.session.club) == made.facts
