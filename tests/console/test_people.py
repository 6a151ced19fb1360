"""`breather people` and `--as`: the command line acts as a person and may what they may."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from models.bootstrap import open_club
from models.console.__main__ import main
from models.storage import keys
from tests.clubs import DEVICE, PASSPHRASE, new_club

SAM, OLA = "seven loud purple kites", "nine dusty velvet spoons"
Breather = Callable[..., tuple[int, str, str]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    new_club(tmp_path).close()
    for name, words in (("mine", PASSPHRASE), ("sams", SAM), ("olas", OLA), ("weak", "youngcarers2026")):
        (tmp_path / name).write_text(words + "\n", "utf-8")
    monkeypatch.setenv("BREATHER_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def breather(folder: Path, capsys: pytest.CaptureFixture[str]) -> Breather:
    """Types a command; its code, and what it said on both streams. The manager's password, unless another is named."""

    def run(*words: str, secret: str = "mine") -> tuple[int, str, str]:
        code = main([*words, "--passphrase-file", secret])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def add_sam(breather: Breather, *more: str) -> tuple[int, str, str]:
    return breather("people", "club.breather", "add", "Sam Jones", "--new-passphrase-file", "sams", *more)


def test_there_and_back(breather: Breather, folder: Path) -> None:
    assert breather("people", "club.breather")[1] == "Manager, manager\n"
    assert add_sam(breather, "--role", "sessional")[:2] == (0, "Sam Jones can sign in.\n")
    listed = json.loads(breather("people", "club.breather", "list", "--json")[1])
    assert listed["people"][1] == {"name": "Sam Jones", "roles": ["sessional worker"], "new_password": True}
    assert breather("backup", "club.breather")[0] == 0
    code, said, _ = breather("people", "club.breather", "remove", "sam jones")
    assert (code, "still opens 1 backup" in said) == (0, True)
    assert "Sam" not in breather("people", "club.breather")[1]
    assert breather("list", "club.breather", "children", "--as", "Sam Jones", secret="sams")[0] == 1


def choose(breather: Breather, *, first: str = "sams", own: str = "olas") -> tuple[int, str, str]:
    return breather("people", "club.breather", "password", "--new-passphrase-file", own, secret=first)


def test_the_command_line_may_what_the_person_may(breather: Breather) -> None:
    add_sam(breather, "--role", "sessional")
    assert choose(breather)[:2] == (0, "Sam Jones has a password of their own.\n")
    for more in ((), ("--as", "Sam Jones")):
        code, _, why = breather("people", "club.breather", *more, secret="olas")
        assert (code, "may not" in why) == (1, True)
    assert breather("verify", "club.breather", "--as", "Sam Jones", secret="olas")[0] == 0


@pytest.mark.parametrize(
    "words", [("list", "club.breather", "children"), ("verify", "club.breather"), ("people", "club.breather")]
)
def test_who_has_a_first_password_still_does_nothing_with_it_but_choose_another(
    breather: Breather, words: tuple[str, ...]
) -> None:
    """Whoever made it knows it, and could act under their name."""
    add_sam(breather, "--role", "manager")
    for more in ((), ("--as", "Sam Jones")):
        code, said, why = breather(*words, *more, secret="sams")
        assert (code, said) == (1, "")
        assert "Sam Jones still has the first password" in why
        assert "breather people club.breather password" in why
    assert "first that somebody here would try" in choose(breather, own="weak")[2]
    assert breather(*words, secret="sams")[0] == 1
    choose(breather)
    assert breather(*words, secret="olas")[0] == 0
    breather("people", "club.breather", "reset", "Sam Jones", "--new-passphrase-file", "sams")
    assert breather(*words, secret="sams")[0] == 1


def test_a_misspelt_name_is_put_right_and_the_password_stays(breather: Breather) -> None:
    add_sam(breather, "--role", "sessional")
    choose(breather)
    assert breather("people", "club.breather", "rename", "Sam Jones")[0] == 2
    code, said, _ = breather("people", "club.breather", "rename", "sam jones", "--new-name", "Sam Johns")
    assert (code, said) == (0, "Sam Johns is what they sign in with now.\n")
    assert breather("verify", "club.breather", "--as", "Sam Johns", secret="olas")[0] == 0
    assert breather("verify", "club.breather", "--as", "Sam Jones", secret="olas")[0] == 1


def test_a_password_under_anothers_name_opens_nothing(breather: Breather) -> None:
    add_sam(breather, "--role", "lead")
    code, _, why = breather("list", "club.breather", "children", "--as", "Manager", secret="sams")
    assert (code, "That name and password do not open" in why) == (1, True)


def test_a_reset_and_a_safeguarding_lead(breather: Breather) -> None:
    add_sam(breather, "--safeguarding")
    code, said, _ = breather("people", "club.breather", "reset", "Sam Jones", "--new-passphrase-file", "olas")
    assert (code, "Nobody can read the concerns now" in said) == (0, True)
    assert choose(breather, first="olas", own="sams")[0] == 0
    assert breather("verify", "club.breather", "--as", "Sam Jones", secret="sams")[0] == 0


def test_the_recovery_key_and_a_new_key(breather: Breather, folder: Path) -> None:
    old = breather("people", "club.breather", "recovery-key")[1].splitlines()[0]
    assert breather("people", "club.breather", "rekey")[0] == 0
    new = json.loads(breather("people", "club.breather", "recovery-key", "--json")[1])["recovery_key"]
    assert new != old
    keys.keys_path(folder / "club.breather").unlink()
    typed = (
        "people",
        "club.breather",
        "recover",
        "Ola Odu",
        "--new-passphrase-file",
        "olas",
        "--recovery-key-file",
        "key",
    )
    (folder / "key").write_text(old)
    assert "does not open this club file" in breather(*typed)[2]
    (folder / "key").write_text(new)
    assert breather(*typed)[:2] == (0, "Ola Odu is a manager with a new password.\n")
    club = open_club(folder / "club.breather", OLA, name="Ola Odu", device=DEVICE)
    club.close()


@pytest.mark.parametrize(
    ("words", "code", "why"),
    [
        (("add", "Sam Jones", "--new-passphrase-file", "sams"), 1, "no role"),
        (("add", "--new-passphrase-file", "sams", "--role", "lead"), 2, "Nobody was named"),
        (
            ("add", "Sam Jones", "--new-passphrase-file", "weak", "--role", "lead"),
            1,
            "first that somebody here would try",
        ),
        (("add", "Sam Jones", "--role", "lead"), 2, "--new-passphrase-file"),
        (("recover", "Sam Jones", "--new-passphrase-file", "sams"), 2, "--recovery-key-file"),
        (("remove", "Nobody At All"), 1, "Nobody here is called"),
        (("remove", "Manager"), 1, "only manager"),
    ],
)
def test_what_is_refused_says_why(
    breather: Breather, words: tuple[str, ...], code: int, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    answered = breather("people", "club.breather", *words)
    assert (answered[0], why in answered[2]) == (code, True), answered


def test_a_new_club_names_its_first_manager_and_takes_no_weak_password(breather: Breather, folder: Path) -> None:
    code, said, _ = breather("new", "new.breather", "--name", "Quay", "--as", "Grace Adeyemi")
    assert (code, "Grace Adeyemi is its first manager" in said) == (0, True)
    assert breather("people", "new.breather")[1] == "Grace Adeyemi, manager\n"
    code, _, why = breather("new", "other.breather", "--name", "Quay", secret="weak")
    assert (code, "Put three or four words together" in why) == (1, True)
    assert not (folder / "other.breather").exists()


def test_a_backup_is_put_back_by_somebody_who_could_sign_in(breather: Breather, folder: Path) -> None:
    add_sam(breather, "--role", "sessional")
    made = json.loads(breather("backup", "club.breather", "--to", ".", "--json")[1])["backup"]
    assert "may not" in breather("restore", made, "--to", "back.breather", "--as", "Sam Jones", secret="sams")[2]
    assert breather("restore", made, "--to", "back.breather", "--as", "Manager")[0] == 0
