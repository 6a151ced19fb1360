"""T2: the power fails while a register is taken: whatever the disk was left with, no acknowledged mark is lost."""

import random
import shutil
from pathlib import Path

import pytest

from tests.faults.conftest import Amount, Figures
from tests.faults.disk import Cut, Recorder
from tests.faults.register import a_register, also_set, losses, opened, take

pytestmark = pytest.mark.file_only

CHECKPOINTS = (1000, 100, 40)  # the engine's own, and two that write back far more often


def recorded(folder: Path, *pragmas: str, marks: int = 12) -> Recorder:
    """The log of a file opened, used and closed, opened and used again."""
    path = a_register(folder)
    log = Recorder(folder)
    with log.on(), also_set(*pragmas):
        for _ in range(2):
            club = opened(path)
            take(club, marks, log.say)
            club.close()
    return log


def cuts(logs: list[Recorder], images: int, scratch: Path, rng: random.Random) -> list[tuple[int, Path, list[str]]]:
    """Power cuts at random steps: those whose file lost something, with the folder as the cut left it."""
    found = []
    for number in range(images):
        log = logs[number % len(logs)]
        cut = Cut(log, rng.randrange(len(log.steps) + 1))
        left = scratch / str(number)
        left.mkdir(parents=True)
        cut.write_to(left, log.folder, rng)
        as_left = {each: each.read_bytes() for each in left.iterdir()}
        if wrong := losses(left / "club.breather", cut.said):
            for each, content in as_left.items():
                each.write_bytes(content)
            found.append((number, left, wrong))
        else:
            shutil.rmtree(left)
    return found


def test_what_a_power_cut_once_left_unreadable_opens(kept_cases: tuple[Path, ...], tmp_path: Path) -> None:
    """Cases that failed are kept beside these tests, and are tried again for good."""
    for case in kept_cases:
        shutil.copytree(case, tmp_path / case.name)
        assert losses(tmp_path / case.name / "club.breather", []) == [], case.name


def test_no_acknowledged_mark_is_lost_when_the_power_fails(
    tmp_path: Path, amount: Amount, figures: Figures, rng: random.Random
) -> None:
    images = amount(600, 5000)
    logs = [recorded(tmp_path / str(checkpoint), f"wal_autocheckpoint = {checkpoint}") for checkpoint in CHECKPOINTS]
    bad = cuts(logs, images, tmp_path / "cut", rng)
    assert not bad, [(figures.keep(left, number), wrong) for number, left, wrong in bad[:3]]
    figures.say("power cuts while a register is taken", images, "0 lost, 0 damaged")


def test_without_waiting_for_the_disk_marks_are_lost(
    tmp_path: Path, amount: Amount, figures: Figures, rng: random.Random
) -> None:
    """The guard is `synchronous = FULL`: with NORMAL the very same cuts lose marks that were acknowledged."""
    images = amount(60, 600)
    bad = cuts([recorded(tmp_path / "fast", "synchronous = NORMAL")], images, tmp_path / "cut", rng)
    assert len(bad) > images // 4
    figures.say("without waiting for the disk (synchronous NORMAL): the same cuts", images, f"{len(bad)} lose marks")
