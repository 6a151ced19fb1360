"""T3: the process dies, or the power fails, at each step of whatever replaces a file: whole old or whole new."""

import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from models.kernel.errors import BreatherError
from models.storage import keys
from tests.faults.conftest import Amount, Figures
from tests.faults.disk import Cut, Recorder
from tests.faults.dying import die_at, steps_of
from tests.faults.works import NEW, OLD, PAPER, WORKS, Work, a_paper, look_at_paper

pytestmark = pytest.mark.file_only

HALVES = ("*.part*", "*.restoring*", "*.rekeying*", "*.new*")
EVERY = pytest.mark.parametrize("work", WORKS, ids=[work.name for work in WORKS])
LAST = 6
BY_NAME = {work.name: work for work in WORKS}


@contextmanager
def a_folder(at: Path, pristine: Path) -> Iterator[Path]:
    """The work's folder as it is first, at the path where it was made."""
    shutil.copytree(pristine, at)
    try:
        yield at
    finally:
        shutil.rmtree(at)


def what_is_there(work: Work, folder: Path) -> str:
    """The old, the new, or what is wrong instead."""
    try:
        return work.look(folder)
    except (AssertionError, BreatherError, OSError, LookupError, StopIteration) as error:
        return f"neither: {type(error).__name__} {error}"


def deaths(work: Work, tmp_path: Path, most: int, rng: random.Random) -> dict[int, str]:
    """What is there after a death at each of at most so many steps; where it is the old, the work is done again."""
    pristine, here = tmp_path / "pristine", tmp_path / "here"
    pristine.mkdir()
    work.before(pristine)
    with a_folder(here, pristine):
        steps = steps_of(here, lambda: work.do(here))
        assert work.look(here) == NEW
    found = {}
    last = set(range(max(0, steps - LAST), steps)) if most > LAST else set()
    for step in sorted(last | set(rng.sample(range(steps), min(most - len(last), steps)))):
        with a_folder(here, pristine):
            die_at(step, here, lambda: work.do(here))
            found[step] = what_is_there(work, here)
            if found[step] == OLD:
                found[step] = OLD if done_again(work, here) else "the old, and then the work cannot be done"
    return found


def done_again(work: Work, folder: Path) -> bool:
    """Whether what the death left is no hindrance: the work can be done, and leaves no halves."""
    work.do(folder)
    return work.look(folder) == NEW and not [each for half in HALVES for each in folder.rglob(half)]


@EVERY
def test_a_death_leaves_the_whole_old_or_the_whole_new(
    work: Work, tmp_path: Path, amount: Amount, figures: Figures, rng: random.Random
) -> None:
    found = deaths(work, tmp_path, amount(12, 120), rng)
    assert {step: which for step, which in found.items() if which not in (OLD, NEW)} == {}
    olds = sum(which == OLD for which in found.values())
    figures.say(f"{work.name}: death before a step", len(found), f"{olds} whole old, {len(found) - olds} whole new")


def cuts(work: Work, tmp_path: Path, images: int, rng: random.Random) -> list[tuple[bool, str]]:
    """Power cuts at random steps: whether the work had been acknowledged, and what is there."""
    here, left = tmp_path / "here", tmp_path / "left"
    here.mkdir()
    work.before(here)
    log = Recorder(here)
    with log.on():
        work.do(here)
        log.say(NEW)
    assert work.look(here) == NEW
    steps, found = len(log.steps), []
    # A third as soon as it is acknowledged, a third in the last steps, where names change places.
    spans = [(steps, steps), (max(0, steps - LAST), steps), (0, steps)]
    for number in range(images):
        at = rng.randint(*spans[number % len(spans)])
        cut = Cut(log, at)
        cut.write_to(left, here, rng)
        found.append((bool(cut.said), what_is_there(work, left)))
        shutil.rmtree(left)
    return found


@EVERY
def test_a_power_cut_leaves_the_whole_old_or_the_whole_new(
    work: Work, tmp_path: Path, amount: Amount, figures: Figures, rng: random.Random
) -> None:
    found = cuts(work, tmp_path, amount(15, 200), rng)
    assert [which for _, which in found if which not in (OLD, NEW)] == []
    assert [which for said, which in found if said and which != NEW] == []
    told = sum(said for said, _ in found)
    figures.say(f"{work.name}: power cut", len(found), f"whole old or whole new; 0 of {told} acknowledged undone")


@pytest.mark.parametrize("name", ["backup", "new key", "export"])
def test_without_syncing_the_folder_what_was_acknowledged_is_undone(
    name: str, tmp_path: Path, amount: Amount, figures: Figures, rng: random.Random, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The guard is the sync of the folder after a rename: without it a power cut brings the old name back."""
    monkeypatch.setattr(keys, "sync_folder", lambda _folder: None)
    found = cuts(BY_NAME[name], tmp_path, amount(45, 200), rng)
    undone = sum(said and which != NEW for said, which in found)
    assert undone
    figures.say(f"without syncing the folder, {name}: power cut", len(found), f"{undone} acknowledged undone")


def written_without_sync(folder: Path) -> None:
    half = folder / "register.pdf.new"
    half.write_bytes(PAPER[NEW])
    half.replace(folder / "register.pdf")
    keys.sync_folder(folder)


def written_over(folder: Path) -> None:
    with (folder / "register.pdf").open("wb", buffering=0) as file:
        keys.os.fsync(file.fileno())
        file.write(PAPER[NEW])


def test_without_syncing_the_file_it_is_hollow(
    tmp_path: Path, amount: Amount, figures: Figures, rng: random.Random
) -> None:
    """The guard is the sync of a file before it is renamed: without it the new name may hold nothing."""
    found = cuts(Work("hollow", a_paper, written_without_sync, look_at_paper), tmp_path, amount(24, 200), rng)
    neither = sum(which not in (OLD, NEW) for _, which in found)
    assert neither
    figures.say("without syncing the file, export: power cut", len(found), f"{neither} neither old nor new")


def test_without_writing_beside_it_first_a_death_leaves_neither(
    tmp_path: Path, figures: Figures, rng: random.Random
) -> None:
    """The guard is that a file is written beside its place and then renamed."""
    found = deaths(Work("over", a_paper, written_over, look_at_paper), tmp_path, 100, rng)
    neither = sum(which not in (OLD, NEW) for which in found.values())
    assert neither
    figures.say("without writing beside it first, export: death", len(found), f"{neither} neither old nor new")
