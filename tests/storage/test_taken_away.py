"""Files that are not where or what their names say: gone while open, links, folders, names of any length."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from models.bootstrap import Club, Place, kept_aside, open_club, restore
from models.kernel.errors import BackupFailed, BadBackup, BadInput, BreatherError, DiskTrouble, InUse, NotFound
from models.storage import file_store
from models.storage.backup_place import choose_folder, read_place
from tests.clubs import DEVICE, PASSPHRASE, a_child, new_club, put

pytestmark = pytest.mark.file_only  # about files


def deleted(path: Path) -> None:
    path.unlink()


def moved(path: Path) -> None:
    path.rename(path.with_name("elsewhere.breather"))


def with_its_folder(path: Path) -> None:
    path.parent.rename(path.parent.with_name("gone"))


def replaced(path: Path) -> None:
    """As a program does that keeps folders of two machines alike."""
    other = path.with_name("older")
    shutil.copy(path, other)
    os.replace(other, path)


WAYS = (deleted, moved, with_its_folder, replaced)


@pytest.fixture
def club(tmp_path: Path) -> Iterator[Club]:
    folder = tmp_path / "clubs"
    folder.mkdir()
    club = new_club(folder)
    put(club, lambda uow: a_child(uow, "Maryam", "Müller"))
    yield club
    club.close()


@pytest.mark.parametrize("away", WAYS)
def test_a_change_to_a_file_that_is_gone_is_refused(club: Club, away: Callable[[Path], None]) -> None:
    away(club.path)
    with pytest.raises(DiskTrouble, match="moved, deleted or replaced") as told:
        put(club, lambda uow: a_child(uow, "Aoife", "Byrne"))
    assert "backup" in told.value.next_step


@pytest.mark.parametrize("away", WAYS)
def test_whoever_looks_at_it_is_told_in_words(club: Club, tmp_path: Path, away: Callable[[Path], None]) -> None:
    away(club.path)
    looks: tuple[Callable[[], object], ...] = (club.facts, club.faults, lambda: club.backups(tmp_path))
    for look in looks:
        with pytest.raises(BreatherError, match="moved, deleted or replaced"):
            look()


@pytest.mark.parametrize("away", WAYS)
def test_no_backup_is_made_of_what_stands_there_instead(
    club: Club, tmp_path: Path, away: Callable[[Path], None]
) -> None:
    choose_folder(tmp_path, None)
    place = read_place(tmp_path)
    away(club.path)
    makes: tuple[Callable[[], object], ...] = (
        lambda: club.back_up(place),
        lambda: club.back_up_if_changed(place),
        lambda: club.save_copy(tmp_path / "copy.breather-backup"),
    )
    for make in makes:
        with pytest.raises(BackupFailed, match="moved, deleted or replaced"):
            make()
    assert not place.folder.exists() or not list(place.folder.iterdir())
    assert not (tmp_path / "copy.breather-backup").exists()


def test_once_it_is_back_work_goes_on(club: Club) -> None:
    club.path.rename(club.path.with_name("elsewhere.breather"))
    with pytest.raises(DiskTrouble):
        put(club, lambda uow: a_child(uow, "Aoife", "Byrne"))
    club.path.with_name("elsewhere.breather").rename(club.path)
    put(club, lambda uow: a_child(uow, "Aoife", "Byrne"))
    club.close()
    again = open_club(club.path, PASSPHRASE, device=DEVICE)
    assert again.facts().children == 2
    again.close()


def test_without_the_look_a_change_would_be_lost(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_store.FileStore, "_must_be_there", lambda _store: None)
    club.path.unlink()
    put(club, lambda uow: a_child(uow, "Aoife", "Byrne"))  # “saved”
    club.close()
    assert not club.path.exists()


def test_a_restore_and_what_follows_it_are_of_the_file_that_is_there(club: Club, tmp_path: Path) -> None:
    made = club.back_up(Place(tmp_path / "backups"))
    back = club.restored_from(made.path)
    put(back, lambda uow: a_child(uow, "Aoife", "Byrne"))
    assert back.facts().children == 2
    back.close()


def test_another_name_for_the_file_is_no_second_door(club: Club, tmp_path: Path) -> None:
    """A link to the file has a lock and a keys file of its own name: two could be at work at once."""
    link = tmp_path / "link.breather"
    link.symlink_to(club.path)
    with pytest.raises(InUse):
        open_club(link, PASSPHRASE, device=DEVICE)
    club.close()
    by_link = open_club(link, PASSPHRASE, device=DEVICE)
    assert (by_link.path, by_link.facts().children) == (club.path.resolve(), 1)
    by_link.close()
    assert link.is_symlink()


def test_a_name_as_long_as_the_disk_takes_is_backed_up_and_restored(tmp_path: Path) -> None:
    small = new_club(tmp_path)
    small.close()
    long = tmp_path / f"{'ü' * 105}.breather"  # 219 bytes: what stands beside it meanwhile needs the rest
    for suffix in ("", ".keys"):
        small.path.with_name(small.path.name + suffix).rename(long.with_name(long.name + suffix))
    club = open_club(long, PASSPHRASE, device=DEVICE)
    made = club.back_up(Place(tmp_path / "backups"))
    back = club.restored_from(made.path)
    assert [name.startswith("üüü") and "replaced" in name for name in kept_aside(long)] == [True]
    back.close()


@pytest.mark.parametrize("name", ["x" * 300, "/".join(["abcdefghi"] * 600)])
def test_a_name_that_no_file_can_have_is_not_found(tmp_path: Path, name: str) -> None:
    with pytest.raises(NotFound, match="no club file"):
        open_club(tmp_path / f"{name}.breather", PASSPHRASE, device=DEVICE)


def test_a_folder_is_told_from_a_backup_and_from_a_place_for_one(club: Club, tmp_path: Path) -> None:
    made = club.back_up(Place(tmp_path / "backups"))
    with pytest.raises(BadBackup, match="is a folder"):
        restore(tmp_path / "backups", tmp_path / "new.breather", PASSPHRASE, device=DEVICE)
    with pytest.raises(BadInput, match="is a folder"):
        restore(made.path, tmp_path, PASSPHRASE, device=DEVICE)
