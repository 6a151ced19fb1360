"""T8: a file or folder that cannot be changed, a right taken away while it is open, a file somebody else has locked."""

import os
import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from models.bootstrap import Place
from models.kernel.errors import BackupFailed, BreatherError, DiskTrouble, InUse, ReadOnly
from models.storage import engine
from models.storage.engine import connect
from tests.faults.conftest import Amount, Figures
from tests.faults.full_disk import Disk
from tests.faults.register import a_register, losses, marks_in, opened, take

pytestmark = pytest.mark.file_only

READ_ONLY, IO_ERROR, CANNOT_OPEN = 8, 10, 14  # SQLite's own numbers
NOBODY = 65_534


@contextmanager
def as_nobody() -> Iterator[None]:
    """As somebody who may only what the files' rights say: the system's keeper may everything."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that anybody may come to."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def give_rights(folder: Path, file: int, parent: int) -> None:
    for each in folder.iterdir():
        each.chmod(file)
    folder.chmod(parent)


RIGHTS = {
    "file read-only": (0o444, 0o777),
    "folder read-only": (0o666, 0o555),
    "both": (0o444, 0o555),
    "file not to be read": (0o000, 0o777),
}


@pytest.mark.parametrize("rights", RIGHTS)
def test_what_cannot_be_changed_is_told_and_left(rights: str, folder: Path, figures: Figures) -> None:
    path = a_register(folder)
    give_rights(folder, *RIGHTS[rights])
    before = {each: each.read_bytes() for each in folder.iterdir()}
    with as_nobody(), pytest.raises(ReadOnly) as told:
        opened(path)
    assert told.value.next_step
    assert {each: each.read_bytes() for each in folder.iterdir()} == before
    give_rights(folder, 0o666, 0o777)
    with as_nobody():
        assert losses(path, []) == []
    figures.say(rights, 1, "told, unchanged; opens with the right given back")


def test_keys_that_cannot_be_read_are_told(folder: Path) -> None:
    path = a_register(folder)
    give_rights(folder, 0o666, 0o777)
    path.with_name(path.name + ".keys").chmod(0)
    with as_nobody(), pytest.raises(ReadOnly, match="cannot be read here"):
        opened(path)


TAKEN_AWAY = {
    "the right to write": (READ_ONLY, ReadOnly),
    "the stick": (IO_ERROR, DiskTrouble),
    "the folder": (CANNOT_OPEN, DiskTrouble),
}


@pytest.mark.parametrize("what", TAKEN_AWAY)
def test_what_is_taken_away_while_it_is_open_loses_nothing(
    what: str, tmp_path: Path, amount: Amount, figures: Figures, rng: random.Random
) -> None:
    code, error = TAKEN_AWAY[what]
    path, said, times = a_register(tmp_path / "club"), list[str](), amount(15, 100)
    disk = Disk(path.parent, code)
    with disk.on():
        club = opened(path)
        for _ in range(times):
            disk.fill(rng.randint(0, 40))
            with pytest.raises(error) as told:
                take(club, 1000, said.append)
            assert told.value.next_step
            disk.make_room()
            assert set(said) <= marks_in(club)
            take(club, 1, said.append)
        club.close()
    assert losses(path, said) == []
    figures.say(f"{what} taken away while a register is taken", times, f"0 of {len(said):,} marks lost; told, went on")


def test_a_file_that_another_program_has_locked_is_told(
    tmp_path: Path, figures: Figures, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.05)
    path, said = a_register(tmp_path / "club"), list[str]()
    club = opened(path)
    take(club, 2, said.append)
    other = connect(path, club._store.key)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(InUse, match="Another program"):
        take(club, 1, said.append)
    assert set(said) <= marks_in(club), "it can be read meanwhile"
    other.execute("ROLLBACK")
    other.close()
    take(club, 1, said.append)
    club.close()
    assert losses(path, said) == []
    figures.say("locked by another program", 1, "told; it can be read meanwhile, and written to afterwards")


def test_a_backup_folder_that_cannot_be_written_to_is_told(folder: Path) -> None:
    path = a_register(folder)
    place = Place(folder / "backups", chosen=True)
    place.folder.mkdir()
    give_rights(folder, 0o666, 0o777)
    place.folder.chmod(0o555)
    with as_nobody():
        club = opened(path)
        with pytest.raises(BackupFailed, match="could be written"):
            club.back_up(place)
        take(club, 1, lambda _mark: None)
        club.close()
        assert losses(path, []) == []


def test_without_our_words_it_is_the_librarys_own_error(
    tmp_path: Path, figures: Figures, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The guard is `trouble.tell`: without it the very same disk raises what nobody can read."""
    monkeypatch.setattr(engine, "tell", lambda *_given: None)
    path = a_register(tmp_path / "club")
    disk = Disk(path.parent, READ_ONLY)
    with disk.on():
        club = opened(path)
        disk.fill(3)
        with pytest.raises(Exception, match="sqlalche") as raw:
            take(club, 1000, lambda _mark: None)
        disk.make_room()
        club.close()
    assert not isinstance(raw.value, BreatherError)
    figures.say("without our words: the right to write taken away", 1, f"a raw {type(raw.value).__name__}")
