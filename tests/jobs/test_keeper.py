"""The keeper of backups: every half hour of change, and what it says when the file or the disk is not there."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from pytestqt.qtbot import QtBot

from desktop.jobs import Jobs
from desktop.jobs.keeper import EVERY, Keeper, Standing, warning
from models.bootstrap import choose_folder, read_place
from tests.clubs import a_child, new_club, put

pytestmark = pytest.mark.file_only  # a server’s backups are the server’s


@pytest.fixture
def place(qtbot: QtBot, tmp_path: Path) -> Iterator[SimpleNamespace]:
    """A keeper at work on a club with one child."""
    folder = tmp_path / "club"
    folder.mkdir()
    club = new_club(folder)
    put(club, a_child)
    jobs = Jobs(club, club.clock)
    keeper = Keeper(club, jobs, tmp_path / "data")
    told: list[Standing] = []
    keeper.told.connect(told.append)
    yield SimpleNamespace(qtbot=qtbot, club=club, jobs=jobs, keeper=keeper, told=told, data=tmp_path / "data")
    keeper.stop()
    jobs.shutdown()
    club.close()


def made(place: SimpleNamespace) -> int:
    return len(place.club.backups(read_place(place.data).folder))


def test_a_backup_is_made_half_an_hour_after_a_change_and_not_without_one(place: SimpleNamespace) -> None:
    place.club.clock.move_to(place.club.clock.now() + EVERY)
    place.keeper.tick()
    assert made(place) == 0, "nothing was changed"
    place.jobs.change(lambda uow: a_child(uow, "Aoife", "Byrne"), "Added Aoife")
    place.qtbot.waitUntil(lambda: place.club.facts().children == 2, timeout=5000)
    place.qtbot.waitUntil(lambda: place.keeper._changed, timeout=5000)
    place.keeper.tick()
    place.qtbot.waitUntil(lambda: made(place) == 1, timeout=5000)
    place.qtbot.waitUntil(lambda: not place.keeper._busy, timeout=5000)
    place.club.clock.move_to(place.club.clock.now() + EVERY - timedelta(minutes=1))
    place.keeper.tick()
    assert not place.keeper._busy


def test_while_answers_are_held_backups_go_on(place: SimpleNamespace) -> None:
    """In register mode the desk hears of nothing for hours, and the registers taken meanwhile are what counts."""
    place.jobs.hold_answers()
    for each in (1, 2):
        put(place.club, a_child)
        place.jobs.saved.emit(place.club.clock.now())  # as the jobs of register mode tell it
        place.club.clock.move_to(place.club.clock.now() + EVERY)
        place.keeper.tick()
        place.qtbot.waitUntil(lambda each=each: made(place) == each and not place.keeper._busy, timeout=5000)
    choose_folder(place.data, place.data / "stick")
    place.keeper.back_up()
    place.qtbot.waitUntil(lambda: not place.keeper._busy, timeout=5000)
    assert place.keeper._changed, "one that failed is tried again"


def test_a_file_that_is_gone_is_told_where_backups_are_told_of(place: SimpleNamespace) -> None:
    place.keeper.look()
    place.qtbot.waitUntil(lambda: bool(place.told), timeout=5000)
    place.club.path.rename(place.club.path.with_name("elsewhere"))
    place.keeper.look()
    place.qtbot.waitUntil(lambda: len(place.told) == 2, timeout=5000)
    said = warning(place.told[-1], place.club.clock.now())
    assert said is not None
    pressing, words = said
    assert pressing
    assert "moved, deleted or replaced" in words
    place.club.path.with_name("elsewhere").rename(place.club.path)
    place.keeper.look()
    place.qtbot.waitUntil(lambda: len(place.told) == 3, timeout=5000)
    assert place.told[-1].faults == ()


def test_closing_with_the_stick_unplugged_or_the_file_gone_is_told_next_time(place: SimpleNamespace) -> None:
    choose_folder(place.data, place.data / "stick")
    place.keeper.finish()
    assert "is not there" in read_place(place.data).trouble
    choose_folder(place.data, None)
    place.club.path.rename(place.club.path.with_name("elsewhere"))
    place.keeper.finish()
    assert "moved, deleted or replaced" in read_place(place.data).trouble
    place.club.path.with_name("elsewhere").rename(place.club.path)
    place.keeper.finish()
    assert read_place(place.data).trouble == ""
    assert made(place) == 1


def test_today_warns_of_a_backup_older_than_a_week_and_of_one_disk(place: SimpleNamespace) -> None:
    backup = place.club.back_up(read_place(place.data))
    now = backup.made_at
    fresh = Standing(read_place(place.data), (backup,), place.club.facts(), same_disk=False)
    assert warning(fresh, now + timedelta(days=7)) is None
    assert warning(fresh, now + timedelta(days=8, minutes=1)) == (True, "The newest backup is 8 days old.")
    same = Standing(fresh.place, fresh.made, fresh.now, same_disk=True)
    assert "same disk" in str(warning(same, now))
