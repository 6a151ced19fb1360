"""Screens hear of what somebody else changed, and not twice of their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.jobs import Jobs
from desktop.jobs.watcher import Watcher
from models.bootstrap import Club
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
