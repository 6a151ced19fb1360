"""The command line obeys the roles as the window does: what somebody may not do, `--as` does not do for them."""

import json
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from models.access.records import AccessEvent
from models.access.rules import AccessKind, Role
from models.bootstrap import open_club
from models.console import opening
from models.console.__main__ import main
from models.kernel.clock import FixedClock, london_instant
from models.programme.rules import ActivityStatus
from models.storage.guesses import Guesses
from tests.clubs import DEVICE, PASSPHRASE, SATURDAY, a_booking, a_child, a_family, an_activity, new_club, put

FIRST, PASSWORD = "kuno-tavi-zeso-rami", "seven lanterns adrift"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A club with Maryam at today's club and Théo at none, and Kemi, a sessional worker."""
    club = new_club(tmp_path, SATURDAY)
    activity = put(club, lambda uow: an_activity(uow, status=ActivityStatus.CONFIRMED))
    maryam = put(club, lambda uow: a_child(uow, family_id=a_family(uow)))
    put(club, lambda uow: a_booking(uow, activity, maryam))
    put(club, lambda uow: a_child(uow, "Théo", "Osei"))
    club.add_person("Kemi", FIRST, role=Role.SESSIONAL)
    club.sign_in("Kemi", FIRST)
    club.change_own_password(FIRST, PASSWORD)
    club.close()
    (tmp_path / "kemi").write_text(PASSWORD, "utf-8")
    (tmp_path / "manager").write_text(PASSPHRASE, "utf-8")
    monkeypatch.setattr(opening, "clock_of", lambda _: FixedClock(london_instant(SATURDAY, time(10))))
    monkeypatch.setenv("BREATHER_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def as_kemi(*words: str) -> int:
    return main([*words, "--as", "Kemi", "--passphrase-file", "kemi"])


def refusals(folder: Path) -> list[str]:
    club = open_club(folder / "club.breather", PASSPHRASE, device=DEVICE)
    found = select(AccessEvent.detail).where(AccessEvent.kind == AccessKind.DENIED, AccessEvent.who == "Kemi")
    try:
        return club.read(lambda uow: list(uow.session.scalars(found.order_by(AccessEvent.at))))
    finally:
        club.close()


def test_a_sessional_worker_lists_the_days_own_children(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert as_kemi("list", "club.breather", "children", "--json") == 0
    listed: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["children"]
    assert [row["called"] for row in listed] == ["Maryam Müller"]


def test_what_a_sessional_worker_may_not_do_is_refused_and_journaled(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "stick").mkdir()
    day = ("--date", SATURDAY.isoformat())
    tried = (
        ("figures", "club.breather"), ("check", "club.breather", *day),
        ("print", "club.breather", "contacts", *day, "-o", "out.pdf"), ("import", "club.breather", "kemi"),
        ("backup", "club.breather", "--to", "stick"),
    )  # fmt: skip
    for words in tried:
        assert as_kemi(*words) == 1, words
        assert "Kemi may not" in capsys.readouterr().err
    assert not (folder / "out.pdf").exists()
    assert list((folder / "stick").iterdir()) == []
    assert refusals(folder) == [
        "reports.figures.figures needs: see reports", "readiness.queries.readiness needs: see families",
        "documents.service.make needs: print documents", "intake.service.prepare needs: bring in spreadsheets",
        "access.queries.may_carry_the_file needs: restore and move the club file",
    ]  # fmt: skip


def test_a_sessional_worker_does_not_choose_the_day_whose_children_they_see(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for days in (-1, 1):
        chosen = (SATURDAY + timedelta(days=days)).isoformat()
        assert as_kemi("list", "club.breather", "children", "--json", "--today", chosen) == 1
        assert "Maryam" not in capsys.readouterr().out
    assert refusals(folder) == ["console.opening.may_choose_the_day needs: see families"] * 2
    assert main(["list", "club.breather", "children", "--passphrase-file", "manager", "--today", "2026-12-06"]) == 0


def test_wrong_passwords_are_counted_by_the_machines_clock_whatever_the_day_is_said_to_be(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.undo()
    monkeypatch.setenv("BREATHER_HOME", str(folder / "home"))
    monkeypatch.chdir(folder)
    (folder / "wrong").write_text("not this one at all")
    for day in range(10, 30):
        words = ("list", "club.breather", "children", "--passphrase-file", "wrong", "--today", f"2026-12-{day}")
        assert main(words) == 1
    counted = Guesses.of(folder / "club.breather", "", None).tally().count
    assert counted < 10
    assert "too many wrong passwords" in capsys.readouterr().err
