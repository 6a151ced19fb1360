"""Closing: what was done is saved, the last backup is made, and the window is alive all the while."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from desktop.app import App
from desktop.shell import leaving
from desktop.shell.leaving import LeavingPage
from models.bootstrap import Backup, Club, Place, open_club, read_place
from models.storage import snapshot
from tests.clubs import DEVICE, PASSPHRASE, a_child
from tests.shell.apps import an_app, leave, open_club_file, press


class Gate:
    """A backup that waits until it is let through."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.reached, self.open = threading.Event(), threading.Event()
        make = Club.back_up

        def wait(club: Club, place: Place) -> Backup:
            self.reached.set()
            assert self.open.wait(30)
            return make(club, place)

        def if_changed(club: Club, place: Place) -> Backup | None:
            return wait(club, place)

        patch.setattr(Club, "back_up_if_changed", if_changed)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    made = Gate(monkeypatch)
    yield made
    made.open.set()


def beats(qtbot: QtBot) -> list[float]:
    """When the UI thread was free, five milliseconds apart where nothing holds it up."""
    found: list[float] = []
    timer = QTimer(interval=5)
    timer.timeout.connect(lambda: found.append(time.perf_counter()))
    timer.start()
    found.append(time.perf_counter())
    beats.timer = timer  # type: ignore[attr-defined]  # kept as long as the list
    return found


def test_the_window_lives_on_while_the_backup_is_made(
    qtbot: QtBot, qapp: QApplication, app: App, club_file: Path, gate: Gate, tmp_path: Path
) -> None:
    open_club_file(qtbot, app, club_file)
    app.window.close()
    found = beats(qtbot)
    qtbot.waitUntil(gate.reached.is_set, timeout=20_000)
    assert app.window.isVisible()
    page = app.window.centralWidget()
    assert isinstance(page, LeavingPage)
    qtbot.waitUntil(lambda: len(found) > 20, timeout=20_000)  # this thread waits for nothing
    qtbot.waitUntil(lambda: page._card.isVisible(), timeout=20_000)
    assert "A backup is being made." in page._words.text()
    gate.open.set()
    qtbot.waitUntil(lambda: app.gone, timeout=20_000)
    assert not app.window.isVisible()
    assert not app.left_early
    assert len(list(read_place(tmp_path / "data").folder.glob("*.breather-backup"))) == 1


def test_whoever_does_not_wait_leaves_without_the_backup_and_is_told_the_next_time(
    qtbot: QtBot, app: App, club_file: Path, gate: Gate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leaving, "PATIENCE_MS", 10)
    open_club_file(qtbot, app, club_file)
    app.window.close()
    qtbot.waitUntil(gate.reached.is_set, timeout=20_000)
    page = app.window.centralWidget()
    assert isinstance(page, LeavingPage)
    qtbot.waitUntil(lambda: page.skip_button.isVisible(), timeout=20_000)
    press(qtbot, page, "Close without the backup")
    assert app.gone
    assert app.left_early
    assert "closed before it was finished" in read_place(tmp_path / "data").trouble


def test_leaving_is_not_offered_before_everything_is_saved(
    qtbot: QtBot, app: App, club_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leaving, "PATIENCE_MS", 0)
    open_club_file(qtbot, app, club_file)
    assert app.session is not None
    hold = threading.Event()

    def slow(uow: object) -> None:
        assert hold.wait(30)
        a_child(uow, "Aoife")  # type: ignore[arg-type]  # a unit of work

    app.session.jobs.change(slow, "Added Aoife")
    app.window.close()
    app.window.close()  # pressed again
    page = app.window.centralWidget()
    assert isinstance(page, LeavingPage)
    qtbot.waitUntil(lambda: page._card.isVisible(), timeout=20_000)
    offered = [each for each in page.findChildren(QPushButton) if each.isVisible()]
    hold.set()
    qtbot.waitUntil(lambda: app.gone, timeout=20_000)
    assert offered == []
    club = open_club(club_file, PASSPHRASE, device=DEVICE)
    assert club.facts().children == 2
    club.close()


def test_a_half_that_was_left_is_taken_away_by_the_next_backup(
    qtbot: QtBot, app: App, club_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = read_place(tmp_path / "data").folder
    folder.mkdir(parents=True)
    for half in ("club 2026-12-01 0900.breather-backup.part", "club 2026-12-01 0900.breather-backup.club.part-wal"):
        (folder / half).write_bytes(b"half")
    there: list[list[str]] = []
    copy = snapshot.copy_to

    def look(file: Path, key: bytes, target: Path) -> object:
        there.append(sorted(each.name for each in folder.iterdir()))
        return copy(file, key, target)

    monkeypatch.setattr(snapshot, "copy_to", look)
    open_club_file(qtbot, app, club_file)
    leave(app)
    assert there == [[]]
    assert [each.suffix for each in folder.iterdir()] == [".breather-backup"]


def test_a_window_with_nothing_open_just_goes(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    app = an_app(qapp, tmp_path)
    app.start()
    leave(app)
    assert not app.window.isVisible()


def test_the_end_of_the_session_waits_for_nothing_but_the_changes(qtbot: QtBot, app: App, club_file: Path) -> None:
    open_club_file(qtbot, app, club_file)
    assert app.session is not None
    app.session.jobs.change(lambda uow: a_child(uow, "Aoife"), "Added Aoife")
    app.close_at_once()
    assert app.gone
    club = open_club(club_file, PASSPHRASE, device=DEVICE)
    assert club.facts().children == 2
    club.close()
