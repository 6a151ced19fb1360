"""Screens hear of what somebody else changed, and not twice of their own."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desktop.jobs import Jobs
from desktop.jobs.watcher import Watcher
from models.bootstrap import Club
from models.kernel.errors import Disconnected, NoServer
from tests.clubs import a_family, new_club, put


@pytest.fixture
def club(tmp_path: Path) -> Iterator[Club]:
    made = new_club(tmp_path)
    yield made
    made.close()


@pytest.fixture
def jobs(qtbot: QtBot, club: Club) -> Iterator[Jobs]:
    made = Jobs(club, club.clock)
    yield made
    made.shutdown()
    made.deleteLater()


@pytest.fixture
def watcher(qtbot: QtBot, club: Club, jobs: Jobs) -> Iterator[Watcher]:
    made = Watcher(club, jobs)
    made.look()
    qtbot.waitUntil(made.rested)
    yield made
    made.stop()
    made.deleteLater()


def test_what_somebody_else_changed_is_told_by_its_areas(
    qtbot: QtBot, club: Club, jobs: Jobs, watcher: Watcher
) -> None:
    put(club, a_family)  # past the jobs: as another machine would
    with qtbot.waitSignal(jobs.changed) as heard:
        watcher.look()
    assert heard.args == [frozenset({"people"})]


def test_ones_own_change_is_not_told_again_nor_anothers_twice(
    qtbot: QtBot, club: Club, jobs: Jobs, watcher: Watcher
) -> None:
    with qtbot.waitSignal(jobs.changed):
        jobs.change(a_family, "Added a family")
    put(club, a_family)
    told: list[object] = []
    jobs.changed.connect(told.append)
    for _ in range(3):
        watcher.look()
        qtbot.waitUntil(watcher.rested)
    assert len(told) == 1


class Away:
    """A club whose server comes and goes."""

    def __init__(self, club: Club) -> None:
        self.club = club
        self.error: Exception | None = None
        self.asked = 0

    def read(self, query: Callable[[Any], Any]) -> Any:
        self.asked += 1
        if self.error is not None:
            raise self.error
        return self.club.read(query)

    def write(self, change: Callable[[Any], Any], label: str) -> Any:
        if self.error is not None:
            raise self.error
        return self.club.write(change, label)


def test_a_server_that_is_away_is_told_once_and_so_is_its_return(qtbot: QtBot, club: Club, jobs: Jobs) -> None:
    away = Away(club)
    watcher = Watcher(away, jobs)
    told: list[str] = []
    watcher.lost_line.connect(lambda: told.append("lost"))
    watcher.found_line.connect(lambda: told.append("found"))
    for error in (Disconnected("lost"), NoServer("away"), None, None):
        away.error = error
        watcher.look()
        qtbot.waitUntil(watcher.rested)
    assert told == ["lost", "found"]
    watcher.stop()
    watcher.wait_until_done()
    watcher.deleteLater()


def test_trying_again_while_a_look_fails_looks_once_more(qtbot: QtBot, club: Club, jobs: Jobs) -> None:
    away = Away(club)
    watcher = Watcher(away, jobs)
    away.error = Disconnected("lost")
    watcher.look()
    watcher.try_again()
    qtbot.waitUntil(lambda: away.asked == 2)
    qtbot.waitUntil(watcher.rested)
    watcher.look()
    qtbot.waitUntil(watcher.rested)
    assert away.asked == 3
    watcher.stop()
    watcher.wait_until_done()
    watcher.deleteLater()


def test_a_job_that_finds_the_server_away_tells_before_the_next_look(qtbot: QtBot, club: Club) -> None:
    away = Away(club)
    jobs = Jobs(away, club.clock)
    watcher = Watcher(away, jobs)
    failed: list[Exception] = []
    changes: list[bool] = []
    jobs.stumbled.connect(lambda _error, change: changes.append(change))
    away.error = Disconnected("lost")
    with qtbot.waitSignal(watcher.lost_line):
        jobs.change(a_family, "Added a family", failed=failed.append)
    qtbot.waitUntil(lambda: bool(failed))
    jobs.query(lambda uow: None, lambda _none: None, failed.append)
    qtbot.waitUntil(lambda: len(failed) == 2)
    assert changes == [True, False]
    assert watcher.lost
    watcher.stop()
    jobs.shutdown()
    for made in (watcher, jobs):
        made.deleteLater()
