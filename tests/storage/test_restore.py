"""Putting a backup back: what it replaces is kept, and a file of whatever state is no obstacle."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from models import bootstrap
from models.bootstrap import Backup, Club, Place, backups_for, open_club, restore
from models.kernel.errors import (
    BackupFailed,
    BadBackup,
    BadInput,
    BreatherError,
    Damaged,
    DiskTrouble,
    EmptyFile,
    InUse,
    KeysMissing,
    NotFound,
    ReadOnly,
)  # fmt: skip
from models.storage.backup_place import choose_folder
from models.storage.keys import keys_path
from models.storage.lock import hold, lock_path
from tests.clubs import DEVICE, PASSPHRASE, a_child, facts_restored, new_club, put


@pytest.fixture
def club(tmp_path: Path) -> Iterator[Club]:
    club = new_club(tmp_path)
    put(club, lambda uow: a_child(uow, "Maryam", "Müller"))
    yield club
    club.close()


@pytest.fixture
def made(club: Club, tmp_path: Path) -> Backup:
    """A backup of one child; the club has two by now."""
    made = club.back_up(Place(tmp_path / "backups"))
    put(club, lambda uow: a_child(uow, "Aoife", "Byrne"))
    return made


def opened(path: Path, *, looking: bool = False) -> Club:
    return open_club(path, PASSPHRASE, device=DEVICE, looking=looking)


def test_the_open_club_is_replaced_and_kept(club: Club, made: Backup) -> None:
    back = club.restored_from(made.path)
    assert facts_restored(back) == made.facts
    put(back, lambda uow: a_child(uow, "Kofi", "Asante"))
    back.close()
    aside = opened(club.path.with_name("club replaced 2026-12-03 0930.breather"))
    assert aside.facts().children == 2
    aside.close()


def test_restoring_twice_in_a_minute_keeps_both(club: Club, made: Backup) -> None:
    once = club.restored_from(made.path)
    twice = once.restored_from(made.path)
    twice.close()
    assert {one.name for one in club.path.parent.glob("*.breather")} == {
        "club.breather", "club replaced 2026-12-03 0930.breather", "club replaced 2026-12-03 0930 (2).breather",
    }  # fmt: skip


def test_a_disk_that_fails_leaves_the_club_open(club: Club, made: Backup, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(bootstrap.restoring, "swap", fails)
    with pytest.raises(DiskTrouble, match="no room left"):
        club.restored_from(made.path)
    put(club, lambda uow: a_child(uow, "Kofi", "Asante"))
    assert club.facts().children == 3
    assert not list(club.path.parent.glob("*.restoring*"))


def test_what_a_restore_that_was_cut_off_left_is_taken_away(
    club: Club, made: Backup, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It holds whoever was erased since the backup was made."""
    with monkeypatch.context() as cut_off:
        cut_off.setattr("models.storage.restoring.swap", _cut_off)
        cut_off.setattr("models.storage.restoring.Staged.clear", lambda _staged: None)
        with pytest.raises(KeyboardInterrupt):
            club.restored_from(made.path)
    left = club.path.parent.glob("*.restoring*")
    assert {each.suffix for each in left} >= {".restoring", ".keys"}
    club.close()
    opened(club.path, looking=True).close()
    assert list(club.path.parent.glob("*.restoring*")), "it may be under way: this one does not hold the lock"
    opened(club.path).close()
    assert not list(club.path.parent.glob("*.restoring*"))


def _cut_off(*_given: object) -> None:
    raise KeyboardInterrupt


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-4096])


def cut_to_nothing(path: Path) -> None:
    path.write_bytes(b"")


def lose_keys(path: Path) -> None:
    keys_path(path).unlink()


def lose(path: Path) -> None:
    path.unlink()


def scramble(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[2000:2100] = bytes(100)
    path.write_bytes(raw)


WRONG = (
    (truncate, Damaged),
    (cut_to_nothing, EmptyFile),
    (lose_keys, KeysMissing),
    (lose, NotFound),
    (scramble, Damaged),
)


@pytest.mark.parametrize(("break_it", "error"), WRONG, ids=[each[0].__name__ for each in WRONG])
def test_a_broken_file_finds_its_newest_backup_and_is_kept(
    club: Club, made: Backup, tmp_path: Path, break_it: object, error: type[BreatherError]
) -> None:
    choose_folder(tmp_path / "data", tmp_path / "backups")
    club.close()
    assert callable(break_it)
    break_it(club.path)
    broken = club.path.read_bytes() if club.path.exists() else None
    with pytest.raises(error):
        opened(club.path)
    found = backups_for(club.path, tmp_path / "data")
    assert [one.path for one in found] == [made.path]
    back = restore(found[0].path, club.path, PASSPHRASE, device=DEVICE, clock=club.clock)
    assert facts_restored(back) == made.facts
    back.close()
    aside = club.path.with_name("club replaced 2026-12-03 0930.breather")
    assert (aside.read_bytes() if aside.exists() else None) == broken


def test_a_log_left_by_a_crash_is_brought_into_the_file_that_is_kept(club: Club, made: Backup, tmp_path: Path) -> None:
    log = club.path.with_name(club.path.name + "-wal")
    left = {each: each.read_bytes() for each in (club.path, log)}
    club.close()
    for each, content in left.items():
        each.write_bytes(content)
    back = restore(made.path, club.path, PASSPHRASE, device=DEVICE, clock=club.clock)
    assert facts_restored(back) == made.facts
    assert back.faults() == []
    back.close()
    aside = opened(club.path.with_name("club replaced 2026-12-03 0930.breather"))
    assert aside.facts().children == 2
    aside.close()


def test_another_clubs_file_is_never_replaced(made: Backup, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = new_club(tmp_path / "other", name="Quayside", seed=9)
    other.close()
    with pytest.raises(BadBackup, match="stays as it is"):
        restore(made.path, other.path, PASSPHRASE, device=DEVICE)
    opened(other.path).close()


def test_a_folder_that_is_not_there_is_told(made: Backup, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="There is no folder"):
        restore(made.path, tmp_path / "nowhere" / "x.breather", PASSPHRASE, device=DEVICE)


def test_a_second_copy_is_told_and_may_look(club: Club) -> None:
    with pytest.raises(InUse, match=r"club\.breather is already open"):
        opened(club.path)
    with opened_looking(club.path) as looking:
        assert looking.facts().children == 1
        with pytest.raises(InUse):
            put(looking, lambda uow: a_child(uow, "Aoife", "Byrne"))
    put(club, lambda uow: a_child(uow, "Kofi", "Asante"))


@contextmanager
def opened_looking(path: Path) -> Iterator[Club]:
    looking = opened(path, looking=True)
    try:
        yield looking
    finally:
        looking.close()


def test_a_second_process_is_told_too_and_its_death_lets_go(club: Club) -> None:
    club.close()
    script = (
        "import sys, pathlib; from models.storage.lock import hold; "
        "held = hold(pathlib.Path(sys.argv[1])); print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", script, str(club.path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(InUse):
            opened(club.path)
        other.kill()
    assert lock_path(club.path).exists()  # it died, and what it left locks nobody out
    opened(club.path).close()
    assert not lock_path(club.path).exists()


def test_closing_takes_the_lock_file_away(club: Club) -> None:
    assert lock_path(club.path).exists()
    club.close()
    assert not lock_path(club.path).exists()
    held = hold(club.path)
    held.release()
    held.release()


@contextmanager
def as_nobody() -> Iterator[None]:
    """As somebody who may read the files here, and write to none of them."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65_534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_file_or_folder_that_cannot_be_changed_is_told(what: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        club = new_club(folder)
        club.close()
        for file in folder.iterdir():
            file.chmod(0o444 if what == "file" else 0o666)
        folder.chmod(0o777 if what == "file" else 0o555)
        before = {each: each.read_bytes() for each in folder.iterdir()}
        with as_nobody(), pytest.raises(ReadOnly, match="can be read here but not changed"):
            opened(club.path)
        folder.chmod(0o777)
        assert {each: each.read_bytes() for each in folder.iterdir()} == before


def an_older_file(club: Club, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Makes the next opening believe that the file is of an older version; returns what is done to it, in order."""
    club.close()
    done: list[str] = []
    back_up = bootstrap.backup.back_up

    def noted(*given: object) -> Backup:
        done.append("backed up")
        return back_up(*given)  # type: ignore[arg-type] # handed on as given

    monkeypatch.setattr(bootstrap, "HEAD", "9999")
    monkeypatch.setattr(bootstrap, "upgrade", lambda _connection: done.append("upgraded"))
    monkeypatch.setattr(bootstrap.backup, "back_up", noted)
    return done


def test_an_older_file_is_backed_up_before_it_is_changed(
    club: Club, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = an_older_file(club, monkeypatch)
    open_club(club.path, PASSPHRASE, device=DEVICE, place=Place(tmp_path / "backups")).close()
    assert done == ["backed up", "upgraded"]
    assert len(list((tmp_path / "backups").iterdir())) == 1


def test_without_its_stick_that_backup_goes_beside_the_file(
    club: Club, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    an_older_file(club, monkeypatch)
    open_club(club.path, PASSPHRASE, device=DEVICE, place=Place(tmp_path / "no stick", chosen=True)).close()
    assert len(list((tmp_path / "Breather backups").iterdir())) == 1


def test_with_no_backup_at_all_an_older_file_is_left_as_it_is(
    club: Club, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = an_older_file(club, monkeypatch)
    (tmp_path / "Breather backups").write_text("in the way")
    with pytest.raises(BackupFailed):
        open_club(club.path, PASSPHRASE, device=DEVICE, place=Place(tmp_path / "no stick", chosen=True))
    assert "upgraded" not in done
    assert not lock_path(club.path).exists()
