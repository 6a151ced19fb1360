"""T7: the disk is full. What was there is whole, it is told in plain words, and it works once there is room."""

import random
import shutil
from pathlib import Path

import pytest

from models.bootstrap import Club
from models.kernel.errors import BreatherError, DiskTrouble
from models.storage import keys
from tests.faults.conftest import Amount, Figures
from tests.faults.disk import IO_ERROR
from tests.faults.full_disk import Disk
from tests.faults.register import a_register, losses, marks_in, opened, take
from tests.faults.works import NEW, OLD, WORKS, Work

pytestmark = pytest.mark.file_only

EVERY = pytest.mark.parametrize("work", WORKS, ids=[work.name for work in WORKS])


def room_needed(work: Work, folder: Path) -> int:
    """How many of the work's steps need room; it is done once, on a copy."""
    copy = folder.with_name("counted")
    shutil.copytree(folder, copy)
    disk = Disk(copy)
    with disk.on():
        disk.fill(10**9)
        work.do(copy)
    assert work.look(copy) == NEW
    return disk.steps


def done_while_full(work: Work, folder: Path, at: int) -> str:
    """What is wrong after the work met a full disk at a step, and after it was done again with room; "" for nothing."""
    disk, said = Disk(folder), ""
    with disk.on():
        disk.fill(at)
        try:
            work.do(folder)
        except BreatherError as error:
            said = error.what
            if not error.next_step or "Error" in str(error):
                return f"not plain: {error}"
        except Exception as error:
            return f"a raw {type(error).__name__}: {error}"
    there = work.look(folder)
    if there == OLD:
        work.do(folder)
        if (now := work.look(folder)) != NEW:
            return f"with room again it is {now}"
    return "" if there == NEW or said else "it failed without a word"


@EVERY
def test_what_was_there_is_whole_and_it_works_once_there_is_room(
    work: Work, tmp_path: Path, amount: Amount, figures: Figures, rng: random.Random
) -> None:
    pristine, here = tmp_path / "pristine", tmp_path / "here"
    pristine.mkdir()
    work.before(pristine)
    steps = room_needed(work, pristine)
    wrong = {}
    points = sorted(rng.sample(range(steps), min(steps, amount(6, 40))))
    for at in points:
        shutil.copytree(pristine, here)
        if found := done_while_full(work, here, at):
            wrong[at] = found
        shutil.rmtree(here)
    assert wrong == {}
    figures.say(f"{work.name}: the disk full at a step", len(points), "whole, told, and done once there was room")


def a_mark_without_room(club: Club, disk: Disk, at: int, said: list[str]) -> str:
    """Takes marks until the disk is full; what it was told."""
    disk.fill(at)
    with pytest.raises(BreatherError) as told:
        take(club, 1000, said.append)
    disk.make_room()
    assert told.value.next_step
    return told.value.what


@pytest.mark.parametrize(("code", "words"), [(None, "no room left"), (IO_ERROR, "does not answer")])
def test_marks_go_on_once_there_is_room(
    code: int | None, words: str, tmp_path: Path, amount: Amount, figures: Figures, rng: random.Random
) -> None:
    points = amount(20, 200)
    path = a_register(tmp_path / "club")
    disk, said = Disk(path.parent), list[str]()
    disk.code = code or disk.code
    with disk.on():
        club = opened(path)
        for _ in range(points):
            assert words in a_mark_without_room(club, disk, rng.randint(0, 60), said)
            assert set(said) <= marks_in(club)
            take(club, 1, said.append)
        club.close()
    assert losses(path, said) == []
    figures.say(
        f"marks taken until told that there is {words}" if code is None else f"marks taken until told that it {words}",
        points,
        f"0 of {len(said):,} lost; went on",
    )


def over_the_old_one(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        keys.os.fsync(file.fileno())
        file.write(content)


def test_without_writing_beside_it_first_the_old_one_is_gone(
    tmp_path: Path, figures: Figures, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The guard is that a file is written beside its place first: written over, a full disk leaves neither."""
    work: Work = next(one for one in WORKS if one.name == "export")
    monkeypatch.setattr(keys, "replace_file", over_the_old_one)
    work.before(tmp_path)
    disk = Disk(tmp_path)
    with disk.on():
        disk.fill(1)
        with pytest.raises(DiskTrouble):
            work.do(tmp_path)
    with pytest.raises(StopIteration):
        work.look(tmp_path)
    figures.say("without writing beside it first, export: the disk full", 1, "neither old nor new")
