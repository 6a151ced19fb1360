"""Backups while the club is in use: each read back and compared, restored and compared again."""

import random
import shutil
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from models.bootstrap import Club, Facts, Place, Role, restore
from models.kernel.clock import FixedClock
from models.kernel.errors import BackupFailed, BadBackup, BreatherError, WrongPassphrase
from models.storage import archive, backup, backup_place, keys, snapshot
from models.storage.backup_place import choose_folder, note_trouble, read_place
from models.storage.engine import connect
from tests.clubs import DEVICE, PASSPHRASE, a_child, a_mark, an_activity, facts_restored, new_club, put


@pytest.fixture
def club(tmp_path: Path) -> Club:
    club = new_club(tmp_path)
    child = put(club, lambda uow: a_child(uow, "Maryam", "Müller"))
    activity = put(club, an_activity)
    put(club, lambda uow: a_mark(uow, activity, 1, child_id=child))
    return club


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path / "stick" / "backups")


def move_on(club: Club, **how: float) -> datetime:
    clock = club.clock
    assert isinstance(clock, FixedClock)
    clock.move_to(clock.now() + timedelta(**how))
    return clock.now()


def test_a_backup_is_one_file_named_for_the_club_and_its_time(club: Club, place: Place) -> None:
    made = club.back_up(place)
    assert made.path.name == "club 2026-12-03 0930.breather-backup"
    assert [each.name for each in place.folder.iterdir()] == [made.path.name]
    assert made.facts == club.facts()
    assert made.facts is not None
    assert (made.facts.children, made.facts.activities, made.facts.marks) == (1, 1, 1)
    club.close()


def test_two_in_one_minute_are_two(club: Club, place: Place) -> None:
    first, second = club.back_up(place), club.back_up(place)
    assert first.path != second.path
    assert len(club.backups(place.folder)) == 2
    club.close()


def test_without_the_key_it_says_whose_and_when_and_nothing_more(club: Club, place: Place) -> None:
    made = club.back_up(place)
    bare = archive.read(made.path)
    assert (bare.club, bare.made_at, bare.name, bare.facts) == (club.id, club.clock.now(), "club", None)
    raw = made.path.read_bytes()
    assert "Müller".encode() not in raw
    assert b"Maryam" not in raw
    club.close()


def test_only_what_changed_is_backed_up_again(club: Club, place: Place) -> None:
    assert club.back_up_if_changed(place) is not None
    move_on(club, hours=1)
    assert club.back_up_if_changed(place) is None
    put(club, lambda uow: a_child(uow, "Aoife", "Byrne"))
    assert club.back_up_if_changed(place) is not None
    club.close()


def test_backups_are_thinned_and_other_files_stay(club: Club, place: Place) -> None:
    for _ in range(6):
        club.back_up(place)
        move_on(club, hours=1)
    move_on(club, days=5)
    (place.folder / "holiday.breather-backup").write_bytes(b"not ours")
    club.back_up(place)
    made = club.backups(place.folder)
    assert len(made) == 2
    assert made[0].made_at == club.clock.now()
    assert (place.folder / "holiday.breather-backup").exists()
    club.close()


def test_a_chosen_folder_that_is_gone_is_told_and_not_made_anew(club: Club, tmp_path: Path) -> None:
    gone = Place(tmp_path / "stick that is not in", chosen=True)
    with pytest.raises(BackupFailed, match="plug it in"):
        club.back_up(gone)
    assert not gone.folder.exists()
    club.close()


def test_a_backup_that_differs_from_its_source_never_counts(
    club: Club, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The guard itself: a copy with a row too few, and one with a page altered, are both refused."""
    copy_to = snapshot.copy_to

    def a_row_short(file: Path, key: bytes, target: Path) -> snapshot.Facts:
        facts = copy_to(file, key, target)
        connection = connect(target, key)
        connection.execute("DELETE FROM mark")
        connection.close()
        return facts

    def a_bit_off(file: Path, key: bytes, target: Path) -> snapshot.Facts:
        facts = copy_to(file, key, target)
        raw = bytearray(target.read_bytes())
        raw[len(raw) // 2] ^= 1
        target.write_bytes(raw)
        return facts

    for wrong in (a_row_short, a_bit_off):
        monkeypatch.setattr(snapshot, "copy_to", wrong)
        with pytest.raises(BadBackup):
            club.back_up(place)
        assert list(place.folder.iterdir()) == []
    club.close()


def test_a_write_waits_for_no_backup(club: Club, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mark is committed while a backup stands in the middle of its reading."""
    facts_of = snapshot.facts_of
    inside: list[int] = []

    def write_in_the_middle(connection: object) -> snapshot.Facts:
        found = facts_of(connection)
        if not inside:
            inside.append(1)
            put(club, lambda uow: a_child(uow, "Aoife", "Byrne"))
        return found

    monkeypatch.setattr(snapshot, "facts_of", write_in_the_middle)
    made = club.back_up(place)
    assert made.facts is not None
    assert made.facts.children == 1
    assert club.facts().children == 2
    club.close()


def test_a_full_disk_is_told_and_leaves_nothing(club: Club, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    older = club.back_up(place)

    def full(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(archive, "write", full)
    with pytest.raises(BackupFailed, match="no room left"):
        club.back_up(place)
    assert list(place.folder.iterdir()) == [older.path]
    monkeypatch.undo()
    assert club.back_up(place).facts == club.facts()
    club.close()


def test_a_truncated_archive_is_refused_wherever_it_is_cut(
    club: Club, place: Place, tmp_path: Path, rng: random.Random
) -> None:
    made = club.back_up(place)
    club.close()
    whole = made.path.read_bytes()
    for length in (0, 1, 21, 22, *(rng.randrange(len(whole)) for _ in range(16))):
        made.path.write_bytes(whole[:length])
        with pytest.raises(BadBackup):
            restore(made.path, tmp_path / "elsewhere.breather", PASSPHRASE, device=DEVICE)
    assert not list(tmp_path.glob("elsewhere*"))


def test_a_flipped_bit_is_refused_wherever_it_is(club: Club, place: Place, tmp_path: Path, rng: random.Random) -> None:
    """Zip has bytes that say nothing (dates, attributes): there a flip may pass, and then all is as it was."""
    made = club.back_up(place)
    club.close()
    whole = made.path.read_bytes()
    refused = 0
    for number in range(40):
        raw = bytearray(whole)
        raw[rng.randrange(len(raw))] ^= 1 << rng.randrange(8)
        made.path.write_bytes(raw)
        target = tmp_path / f"{number}.breather"
        try:
            back = restore(made.path, target, PASSPHRASE, device=DEVICE)
        except BreatherError:
            refused += 1
            assert not target.exists()
        else:
            assert facts_restored(back) == made.facts
            back.close()
    assert refused >= 35


def test_a_wrong_passphrase_restores_nothing(club: Club, place: Place, tmp_path: Path) -> None:
    made = club.back_up(place)
    club.close()
    with pytest.raises(WrongPassphrase):
        restore(made.path, tmp_path / "elsewhere.breather", "no such words", device=DEVICE)
    assert not list(tmp_path.glob("elsewhere*"))


def test_a_backup_signed_with_somebody_elses_seal_is_refused(club: Club, place: Place, tmp_path: Path) -> None:
    """Whoever can write to the folder cannot make up a backup: the seal needs the club's key."""
    made = club.back_up(place)
    ring = keys.read_ring(club.path)
    copy = tmp_path / "copy"
    shutil.copy(club.path, copy)
    facts = replace(club.facts(), number=999)
    archive.write(made.path, copy, ring, b"x" * 32, "club", made.made_at, facts)
    with pytest.raises(BadBackup, match="altered, or it is of another club"):
        club.restored_from(made.path)
    club.close()


def test_the_place_is_kept_on_this_machine(tmp_path: Path) -> None:
    assert read_place(tmp_path) == Place(tmp_path / backup_place.FOLDER)
    choose_folder(tmp_path, tmp_path / "stick")
    assert note_trouble(tmp_path, "No room.").trouble == "No room."
    assert read_place(tmp_path) == Place(tmp_path / "stick", True, "No room.")
    assert not read_place(tmp_path).there
    choose_folder(tmp_path, None)
    assert read_place(tmp_path) == Place(tmp_path / backup_place.FOLDER)
    (tmp_path / "backups.json").write_text("{", "utf-8")
    assert read_place(tmp_path) == Place(tmp_path / backup_place.FOLDER)


def test_a_crashed_half_is_cleared_by_the_next_backup(club: Club, place: Place) -> None:
    place.folder.mkdir(parents=True)
    (place.folder / "club 2026-12-01 0900.breather-backup.club.part").write_bytes(b"half")
    made = club.back_up(place)
    assert [each.name for each in place.folder.iterdir()] == [made.path.name]
    assert backup.backups_of(place.folder, club.path) == (replace(made, facts=None),)
    club.close()


@pytest.mark.parametrize("at", ["copy_to", "write", "prove"])
def test_a_stick_pulled_out_meanwhile_is_told(
    club: Club, place: Place, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    """Whatever was under way: it is told, the next one on another stick works, and nothing is left open."""
    module = snapshot if at == "copy_to" else archive
    real = getattr(module, at)

    def pulled(*given: Any) -> Any:
        shutil.rmtree(place.folder)
        return real(*given)

    monkeypatch.setattr(module, at, pulled)
    with pytest.raises(BackupFailed) as told:
        club.back_up(place)
    assert str(place.folder) in str(told.value)
    monkeypatch.undo()
    assert not replace(place, chosen=True).there
    assert club.back_up(Place(place.folder.parent.parent / "another stick")).facts == club.facts()
    club.close()


def test_two_clubs_in_one_folder_leave_each_other_alone(club: Club, place: Place, tmp_path: Path) -> None:
    """Also where one's name begins like the other's, and neither's calendar counts the other's."""
    (tmp_path / "other").mkdir()
    other = new_club(tmp_path / "other", name="Quayside", seed=9)
    theirs = other.back_up(place)
    half = place.folder / "club two 2026-12-03 0900.breather-backup.part"
    half.write_bytes(b"being written by the club called club two")
    for _ in range(3):
        move_on(club, days=3)
        club.back_up(place)
    assert theirs.path.exists()
    assert half.exists()
    assert [one.club for one in club.backups(place.folder)] == [club.id] * 3
    assert [one.club for one in other.backups(place.folder)] == [other.id]
    with pytest.raises(BadBackup, match="of another club"):
        club.look_into(theirs.path)
    other.close()
    club.close()


def test_the_keys_in_a_backup_are_of_the_same_moment_as_the_file_in_it(
    club: Club, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody is added just after the pages were copied: the backup knows neither their row nor their slot."""
    real = snapshot.copy_to

    def then_somebody_comes(*args: Any) -> Facts:
        facts = real(*args)
        club.add_person("Sam Jones", "seven loud purple kites", role=Role.LEAD)
        return facts

    monkeypatch.setattr(snapshot, "copy_to", then_somebody_comes)
    made = club.save_copy(tmp_path / "copy.breather-backup")
    assert made.facts is not None
    assert (made.facts.tables["account"], len(archive.ring_of(made.path).slots)) == (1, 1)
    assert len(keys.read_ring(club.path).slots) == 2
