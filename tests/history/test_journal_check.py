"""A journal that was edited, cut or shuffled behind Breather's back is found out."""

from pathlib import Path
from typing import Any

import pytest

from models.bootstrap import Club
from models.people import service
from models.storage.journal_check import verify_chain
from tests.clubs import a_child, behind_its_back, new_club, put


@pytest.fixture
def club(tmp_path: Path) -> Any:
    club = new_club(tmp_path)
    child_id = put(club, a_child, "Add Maryam")
    for gp in ("A", "B", "C"):
        put(club, lambda uow, gp=gp: service.edit_child(uow, child_id, None, {"gp": gp}), f"GP {gp}")
    yield club
    club.close()


def tamper(club: Club, *statements: str) -> list[str]:
    behind_its_back(club, *statements)
    return club.read(verify_chain)


def test_an_untouched_journal_is_whole(club: Club) -> None:
    assert club.read(verify_chain) == []


@pytest.mark.parametrize(
    ("statements", "said"),
    [
        (['UPDATE journal_entry SET after = \'{"gp": "X"}\' WHERE number = 4'], "Entry 4 (GP B) no longer says"),
        (["UPDATE journal_change SET actor_name = 'Else' WHERE number = 2"], "Entry 3 (GP A) no longer says"),
        (["UPDATE journal_change SET label = 'Nothing' WHERE number = 2"], "Entry 3 (Nothing) no longer says"),
        (["UPDATE journal_entry SET digest = 'f00d' WHERE number = 3"], "Entry 3 does not follow"),
        (["DELETE FROM journal_entry WHERE number = 3"], "Between entry 2 and entry 4"),
        (["DELETE FROM journal_entry WHERE number = 5"], "Change 4 has lost what it changed"),
        (["DELETE FROM journal_change WHERE number = 2"], "Entry 3 belongs to no change"),
        (["DELETE FROM journal_change WHERE number = 2"], "Before change 3 another is missing"),
        (
            [
                f"UPDATE journal_entry SET number = {new} WHERE number = {old}"
                for old, new in ((3, 99), (4, 3), (99, 4))
            ],
            "Entry 3 (GP B) no longer says",
        ),
    ],
)
def test_what_was_done_to_it_is_found(club: Club, statements: list[str], said: str) -> None:
    faults = tamper(club, *statements)
    assert any(line.startswith(said) for line in faults), faults


def test_contents_that_are_gone_without_an_erasure_are_found(club: Club) -> None:
    """An erasure that says so leaves the chain whole: tests/privacy/test_chain.py."""
    faults = tamper(club, "UPDATE journal_entry SET before = NULL, after = NULL WHERE number = 4")
    assert faults == ["Entry 4 (GP B) has lost what it said, and no erasure tells of it."]
