"""The command line on a server: `breather new`, every other verb, and `breather move`."""

import json
from pathlib import Path
from typing import Any

import pytest

from models.console.__main__ import main
from models.storage.device import HOME_VARIABLE
from models.storage.server_address import Address
from tests.clubs import PASSPHRASE

pytestmark = pytest.mark.server
SAMPLE = Path(__file__).parents[2] / "resources" / "sample"


@pytest.fixture
def secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))
    path = tmp_path / "secret"
    path.write_text(PASSPHRASE + "\n")
    return path


@pytest.fixture
def say(secret: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    def say(*words: object) -> tuple[int, Any, str]:
        code = main([*map(str, words), "--passphrase-file", str(secret), "--json"])
        heard = capsys.readouterr()
        return code, json.loads(heard.out), heard.err

    return say


def owned(database: Address) -> str:
    return str(database).replace("@", f":{database.password}@", 1)


def test_a_club_from_nothing_to_figures(say: Any, database: Address, tmp_path: Path) -> None:
    place = str(database.public)
    code, said, _ = say("new", owned(database), "--name", "Harbour", "--as", "Denise")
    assert (code, said) == (0, {"club": "Harbour", "server": place, "person": "Denise"})
    code, said, _ = say("import", place, SAMPLE, "--as", "Denise")
    assert code == 0
    assert said["written"]
    code, said_there, _ = say("list", place, "children", "--as", "Denise")
    assert len(said_there["children"]) > 30
    assert say("verify", place, "--as", "denise")[1]["ok"]
    assert say("upgrade", owned(database))[1] == {"server": place, "was_older": False}
    code, said, err = say("backup", place, "--as", "Denise")
    assert code == 1
    assert "its backups are the server’s own" in err

    file = tmp_path / "away.breather"
    code, said, _ = say("move", owned(database), file, "--as", "Denise")
    assert (code, said["same"], said["need_passwords"]) == (0, True, 0)
    assert (
        say("list", file, "children")[1]["children"] == say("list", place, "children", "--as", "Denise")[1]["children"]
    )
    code, _, err = say("move", file, owned(database))
    assert code == 1
    assert "not empty" in err


def test_the_recovery_key_opens_it_when_everybody_forgot(
    say: Any, database: Address, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = str(database.public)
    say("new", owned(database), "--name", "Harbour", "--as", "Denise")
    older = say("people", place, "recovery-key", "--as", "Denise")[1]["recovery_key"]
    newest = say("people", place, "recovery-key", "--as", "Denise")[1]["recovery_key"]
    key, own = tmp_path / "key", tmp_path / "own"
    own.write_text("purple marmots queueing\n")
    files = ("--recovery-key-file", key, "--new-passphrase-file", own)
    key.write_text(older)
    code, _, err = say("people", place, "recover", "Denise", *files)
    assert (code, "does not open this club" in err) == (1, True)
    key.write_text(newest)
    assert say("people", place, "recover", "Denise", *files)[:2] == (0, {"person": "Denise"})
    assert say("people", place, "--as", "Denise")[0] == 1  # the password of before
    assert main(["people", place, "--as", "Denise", "--passphrase-file", str(own), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["people"][0]["name"] == "Denise"


def test_what_is_missing_is_asked_for(say: Any, database: Address, tmp_path: Path) -> None:
    assert "--as NAME" in say("list", database.public, "children")[2]
    assert "whoever owns the database" in say("new", database.public, "--name", "Harbour")[2]
    assert "from a file to a server" in say("move", tmp_path / "a.breather", tmp_path / "b.breather")[2]
    assert "when it is opened" in say("upgrade", tmp_path / "a.breather")[2]
    code, said, err = say("list", "postgresql://db.example.org/club?sslmode=disable", "children", "--as", "Denise")
    assert code == 2
    assert "encrypted line alone" in err
    assert database.password not in json.dumps(said) + err


def test_an_address_never_shows_its_password(say: Any, database: Address) -> None:
    code, said, err = say("new", owned(database).replace(database.database, "nowhere"), "--name", "Harbour")
    assert code == 1
    assert "no “nowhere” on this server" in err
    assert database.password not in json.dumps(said) + err
