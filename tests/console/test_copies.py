"""`breather backup` and `breather restore`, and what the other verbs do while the file is open elsewhere."""

import json
from pathlib import Path

import pytest

from models.bootstrap import open_club
from tests.clubs import DEVICE, PASSPHRASE
from tests.console.test_console import SAMPLE, TODAY, Console, folder, made

__all__ = ["folder", "made"]


@pytest.fixture
def type_in(folder: Path, capsys: pytest.CaptureFixture[str]) -> Console:
    return Console(folder, capsys)


def test_there_and_back(type_in: Console, folder: Path) -> None:
    (folder / "stick").mkdir()
    code, said, _ = type_in("backup", "club.breather", "--to", "stick", "--json", *TODAY)
    answer = json.loads(said)
    assert code == 0
    assert answer["children"] == 43
    assert Path(answer["backup"]).parent == Path("stick")
    code, said, _ = type_in("restore", answer["backup"], "--to", "again.breather", "--json")
    assert code == 0
    back = json.loads(said)
    assert {name: back[name] for name in ("children", "activities", "marks")} == {
        name: answer[name] for name in ("children", "activities", "marks")
    }
    assert type_in("verify", "again.breather")[0] == 0


def test_what_a_restore_replaces_is_kept(type_in: Console, folder: Path) -> None:
    (folder / "stick").mkdir()
    _, said, _ = type_in("backup", "club.breather", "--to", "stick", "--json")
    code, _, _ = type_in("restore", json.loads(said)["backup"], "--to", "club.breather")
    assert code == 0
    assert len(list(folder.glob("club replaced *.breather"))) == 1


def test_without_a_folder_it_goes_where_the_window_puts_them(type_in: Console, folder: Path) -> None:
    assert type_in("backup", "club.breather")[0] == 0
    assert len(list((folder / "home" / "Breather backups").iterdir())) == 1


def test_wrong_uses_are_told(type_in: Console, folder: Path) -> None:
    code, _, told = type_in("backup", "club.breather", "--to", "nowhere")
    assert (code, "There is no folder nowhere" in told) == (2, True)
    (folder / "note.txt").write_text("no backup")
    code, _, told = type_in("restore", "note.txt", "--to", "again.breather")
    assert (code, "not whole" in told) == (1, True)
    assert type_in("restore", "gone", "--to", "again.breather")[0] == 1
    assert not (folder / "again.breather").exists()


def test_an_import_is_backed_up_before(type_in: Console, folder: Path) -> None:
    assert type_in("import", "empty.breather", str(SAMPLE), *TODAY)[0] == 0
    (backup,) = (folder / "home" / "Breather backups").iterdir()
    assert type_in("restore", str(backup), "--to", "before.breather")[0] == 0
    assert json.loads(type_in("list", "before.breather", "children", "--json")[1])["children"] == []


def test_an_import_goes_on_where_no_backup_can_be_made_and_says_so(type_in: Console, folder: Path) -> None:
    (folder / "home").mkdir(exist_ok=True)
    (folder / "home" / "Breather backups").write_text("in the way")
    code, said, _ = type_in("import", "empty.breather", str(SAMPLE), *TODAY)
    assert code == 0
    assert "No backup was made before this." in said


def test_a_file_open_elsewhere_is_read_and_backed_up_but_not_changed(type_in: Console, folder: Path) -> None:
    (folder / "stick").mkdir()
    club = open_club(folder / "club.breather", PASSPHRASE, device=DEVICE)
    assert type_in("verify", "club.breather")[0] == 0
    assert type_in("list", "club.breather", "children")[0] == 0
    code, said, _ = type_in("backup", "club.breather", "--to", "stick", "--json")
    assert code == 0
    for words in (
        ("import", "club.breather", str(SAMPLE)),
        ("restore", json.loads(said)["backup"], "--to", "club.breather"),
    ):
        code, _, told = type_in(*words)
        assert (code, "already open in another Breather" in told) == (1, True)
    club.close()
