"""`breather verify`: what it holds the journal against, and what it owns up to."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from models.bootstrap import open_club
from models.console.__main__ import main
from models.privacy.erasure import erase_child
from models.privacy.rules import WhyErased
from models.storage.engine import connect
from tests.clubs import PASSPHRASE, a_child, an_adult, new_club, put


class Verify:
    """Types `breather verify` and keeps what it said."""

    def __init__(self, folder: Path, captured: pytest.CaptureFixture[str]) -> None:
        self.folder, self.captured = folder, captured

    def __call__(self, *words: str) -> tuple[int, str]:
        self.captured.readouterr()
        code = main(["verify", "club.breather", *words, "--passphrase-file", "secret"])
        return code, self.captured.readouterr().out

    def back_up(self, folder: str) -> Path:
        (self.folder / folder).mkdir()
        assert main(["backup", "club.breather", "--to", folder, "--passphrase-file", "secret"]) == 0
        return next((self.folder / folder).iterdir())


@pytest.fixture
def verify(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Verify:
    club = new_club(tmp_path)
    put(club, lambda uow: a_child(uow, "Maryam", "Müller"))
    put(club, lambda uow: an_adult(uow, "Denise Okafor"))
    club.close()
    (tmp_path / "secret").write_text(PASSPHRASE, "utf-8")
    monkeypatch.setenv("BREATHER_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return Verify(tmp_path, capsys)


@contextmanager
def reaching_in(file: Path) -> Iterator[Any]:
    club = open_club(file, PASSPHRASE, device="test")
    connection = connect(file, club._store.key)
    yield connection
    connection.close()
    club.close()


def cut(file: Path) -> None:
    """The last change taken out, with what was its own."""
    with reaching_in(file) as connection:
        last = connection.execute("SELECT id FROM journal_change ORDER BY number DESC LIMIT 1").fetchone()[0]
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("DELETE FROM journal_entry WHERE change_id = ?", (last,))
        connection.execute("DELETE FROM journal_change WHERE id = ?", (last,))


def test_the_first_time_there_is_nothing_to_hold_it_against(verify: Verify) -> None:
    code, said = verify()
    assert code == 0
    assert "club.breather is whole." in said
    assert "no backup and no note of the journal on this computer" in said
    assert "somebody who can open the file" in said


def test_a_cut_is_seen_by_this_computers_own_note(verify: Verify) -> None:
    verify()
    cut(verify.folder / "club.breather")
    code, said = verify()
    assert code == 1
    assert "The last entry of the journal was cut off: this computer’s own note of" in said
    assert "an older copy of the file" in said
    assert verify()[0] == 1, "the note is not written over"


def test_a_backup_from_elsewhere_tells_when_the_note_is_gone_too(verify: Verify) -> None:
    backup = verify.back_up("stick")
    cut(verify.folder / "club.breather")
    shutil.rmtree(verify.folder / "home")
    assert verify()[0] == 0
    shutil.rmtree(verify.folder / "home")
    code, said = verify("--backup", str(backup))
    assert code == 1
    assert "cut off: the backup of" in said


def test_it_says_what_it_agrees_with(verify: Verify) -> None:
    backup = verify.back_up("stick")
    code, said = verify("--backup", str(backup))
    assert code == 0
    assert "The journal agrees with " in said
    assert " and 1 other." in said


def test_a_restore_is_a_note_and_no_fault(verify: Verify) -> None:
    backup = verify.back_up("stick")
    club = open_club(verify.folder / "club.breather", PASSPHRASE, device="test")
    put(club, lambda uow: an_adult(uow, "Somebody New"))
    club.close()
    later = verify.back_up("stick 2")
    assert main(["restore", str(backup), "--to", "club.breather", "--passphrase-file", "secret"]) == 0
    code, said = verify("--backup", str(later))
    assert code == 0, said
    assert "replaced 1 entry of the journal: the backup of" in said


def test_something_that_is_no_backup_is_refused(verify: Verify) -> None:
    assert verify("--backup", "secret")[0] == 1


def test_erasures_are_counted_so_that_one_nobody_ordered_shows(verify: Verify) -> None:
    assert "erasure" not in verify()[1]
    club = open_club(verify.folder / "club.breather", PASSPHRASE, device="test")
    child = put(club, lambda uow: a_child(uow, "Zephyrine", "Quill"))
    put(club, lambda uow: erase_child(uow, child, WhyErased.ASKED, lead_asked=True))
    club.close()
    code, said = verify()
    assert code == 0
    assert "1 erasure took something out of" in said
    assert "compare them with the lists under Privacy." in said
