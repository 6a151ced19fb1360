"""A club file that cannot be opened says why, in words, and is left exactly as it was."""

from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from models.bootstrap import Club, create_club, delete_club, open_club
from models.kernel.errors import (
    BadInput,
    ClubFileError,
    Damaged,
    EmptyFile,
    KeysMissing,
    NewerVersion,
    NotFound,
    WrongPassphrase,
)
from models.people.records import FamilyRecord
from models.storage import keys
from models.storage.engine import connect
from models.storage.keys import Strength

PASSPHRASE = "four calm paper boats"
CHEAP = Strength(1, 64, 1)


def make(folder: Path) -> Path:
    path = folder / "club.breather"
    club = create_club(path, "Lewisham", PASSPHRASE, device="test", strength=CHEAP)
    club.write(lambda uow: uow.add(FamilyRecord(address="4 Willow Lane", postcode="SE13 4HU")), "add a family")
    club.close()
    return path


def reopen(path: Path, passphrase: str = PASSPHRASE) -> Club:
    return open_club(path, passphrase, device="test")


def key_of(path: Path) -> bytes:
    return keys.read_ring(path).open(PASSPHRASE)


def refused(path: Path, error: type[Exception], passphrase: str = PASSPHRASE) -> str:
    before = path.read_bytes() if path.exists() else None
    with pytest.raises(error) as caught:
        reopen(path, passphrase)
    assert (path.read_bytes() if path.exists() else None) == before
    assert isinstance(caught.value, ClubFileError | NotFound)
    assert caught.value.next_step
    return caught.value.what


def test_what_was_written_is_there_when_it_is_opened_again(tmp_path: Path) -> None:
    club = reopen(make(tmp_path))
    assert club.name == "Lewisham"
    assert club.read(lambda uow: [f.postcode for f in uow.session.query(FamilyRecord)]) == ["SE13 4HU"]
    assert club.faults() == []
    club.close()


def test_nothing_readable_stands_in_the_file(tmp_path: Path) -> None:
    path = make(tmp_path)
    for file in tmp_path.iterdir():
        assert b"Willow" not in file.read_bytes(), file
    assert b"SQLite format" not in path.read_bytes()


def test_a_wrong_passphrase_is_not_damage(tmp_path: Path) -> None:
    assert "does not open" in refused(make(tmp_path), WrongPassphrase, "four calm paper goats")


def test_a_truncated_file(tmp_path: Path) -> None:
    path = make(tmp_path)
    path.write_bytes(path.read_bytes()[:-5000])
    assert "part of it is missing" in refused(path, Damaged)


def test_a_file_truncated_at_a_page(tmp_path: Path) -> None:
    path = make(tmp_path)
    path.write_bytes(path.read_bytes()[: -4096 * 3])
    assert "missing" in refused(path, Damaged)


def test_an_empty_file_is_never_opened_as_a_new_club(tmp_path: Path) -> None:
    path = make(tmp_path)
    path.write_bytes(b"")
    assert "empty" in refused(path, EmptyFile)


def test_a_damaged_first_page_is_not_a_wrong_passphrase(tmp_path: Path) -> None:
    path = make(tmp_path)
    whole = bytearray(path.read_bytes())
    whole[100] ^= 1
    path.write_bytes(whole)
    assert "damaged" in refused(path, Damaged)


def test_a_flipped_bit_anywhere_is_found_by_the_full_check(tmp_path: Path) -> None:
    path = make(tmp_path)
    whole = bytearray(path.read_bytes())
    whole[77 - 4096] ^= 1
    path.write_bytes(whole)
    club = reopen(path)
    assert club.faults()
    club.close()


def test_a_file_without_its_keys(tmp_path: Path) -> None:
    path = make(tmp_path)
    keys.keys_path(path).unlink()
    assert "keys file" in refused(path, KeysMissing)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert "no club file" in refused(tmp_path / "club.breather", NotFound)


def test_a_file_from_a_newer_breather(tmp_path: Path) -> None:
    path = make(tmp_path)
    connection = connect(path, key_of(path))
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()
    assert "newer Breather" in refused(path, NewerVersion)


def test_a_database_of_something_else(tmp_path: Path) -> None:
    path = make(tmp_path)
    key = key_of(path)
    path.unlink()
    other = sqlcipher.connect(str(path))
    other.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    other.execute("CREATE TABLE recipe (name TEXT)")
    other.commit()
    other.close()
    assert "not a club file" in refused(path, Damaged)


def test_a_club_file_is_never_made_over_another(tmp_path: Path) -> None:
    path = make(tmp_path)
    before = path.read_bytes()
    with pytest.raises(BadInput, match="already a file"):
        create_club(path, "Another", PASSPHRASE, device="test", strength=CHEAP)
    assert path.read_bytes() == before


def test_deleting_leaves_nothing_behind(tmp_path: Path) -> None:
    delete_club(make(tmp_path))
    assert list(tmp_path.iterdir()) == []
