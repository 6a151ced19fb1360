"""A backup of before brings no adult back who was erased since: of the team, or who only signed in."""

from datetime import date, time, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from models.access.records import AccountRecord
from models.access.rules import Role
from models.bootstrap import Backup, Club, Place, UnitOfWork
from models.kernel.clock import FixedClock, london_instant
from models.privacy import adults, erasure, since
from models.privacy.rules import WhyAdultErased
from models.storage.erasing import ERASED_ADULT
from models.storage.journal_check import verify_chain
from models.team import service as team
from models.team.records import AdultRecord
from tests.clubs import a_child, an_adult, new_club, put
from tests.faults.canaries import dumped, found_in

pytestmark = pytest.mark.file_only

LEFT = date(2020, 7, 18)
NAMES = ["Zuleikha", "Quartermain"]


@pytest.fixture
def club(tmp_path: Path) -> Club:
    return new_club(tmp_path)


def an_account(uow: UnitOfWork) -> UUID:
    at = london_instant(LEFT, time(9))
    return uow.add(AccountRecord(name="Zuleikha Quartermain", role=Role.LEAD, removed_at=at)).id


def a_backup(club: Club, tmp_path: Path) -> Backup:
    put(club, lambda uow: a_child(uow, notes="Zuleikha Quartermain fetched her."), "Noted Zuleikha")
    made = club.back_up(Place(tmp_path / "backups"))
    assert isinstance(club.clock, FixedClock)
    club.clock.move_to(club.clock.now() + timedelta(hours=1))
    return made


def erase(club: Club, adult: UUID) -> None:
    put(club, lambda uow: adults.erase_adult(uow, adult, WhyAdultErased.ASKED, lead_asked=True))
    assert found_in(dumped(club), NAMES) == []


@pytest.mark.parametrize("signed_in", [False, True])
def test_an_adult_of_the_team_is_erased_again(club: Club, tmp_path: Path, signed_in: bool) -> None:
    adult = put(club, lambda uow: an_adult(uow, "Zuleikha Quartermain", left_on=LEFT))
    if signed_in:
        put(club, an_account)
    made = a_backup(club, tmp_path)
    erase(club, adult)
    restored = club.restored_from(made.path)
    assert found_in(dumped(restored), NAMES) == []
    assert restored.read(since.after_restore) == (1, 0)
    assert [(one.adult, one.why) for one in restored.read(erasure.erasures)] == [(True, WhyAdultErased.ASKED)] * 2
    assert restored.read(verify_chain) == []
    assert restored.faults() == []
    restored.close()


def test_somebody_who_only_signed_in_is_erased_again(club: Club, tmp_path: Path) -> None:
    account = put(club, an_account, "Let Zuleikha in")
    made = a_backup(club, tmp_path)
    erase(club, account)
    restored = club.restored_from(made.path)
    assert found_in(dumped(restored), NAMES) == []
    assert restored.read(since.after_restore) == (1, 0)
    assert restored.read(verify_chain) == []
    restored.close()


def test_without_an_erasure_since_nobody_is_erased(club: Club, tmp_path: Path) -> None:
    put(club, lambda uow: an_adult(uow, "Zuleikha Quartermain", left_on=LEFT))
    restored = club.restored_from(a_backup(club, tmp_path).path)
    assert found_in(dumped(restored), NAMES) == NAMES
    assert restored.read(since.after_restore) == (0, 0)
    restored.close()


def test_who_was_still_on_the_team_then_is_told_and_erased_by_hand(club: Club, tmp_path: Path) -> None:
    adult = put(club, lambda uow: an_adult(uow, "Zuleikha Quartermain"))
    made = a_backup(club, tmp_path)
    put(club, lambda uow: team.leave(uow, adult, None, LEFT))
    erase(club, adult)
    restored = club.restored_from(made.path)
    assert restored.read(since.after_restore) == (0, 1)
    assert [(one.child_id, one.called, one.adult) for one in restored.read(since.back)] == [
        (adult, "Zuleikha Quartermain", True)
    ]
    put(restored, lambda uow: team.leave(uow, adult, None, LEFT))
    put(restored, lambda uow: since.erase_again(uow, adult))
    assert found_in(dumped(restored), NAMES) == []
    assert restored.read(lambda uow: uow.get(AdultRecord, adult).cleared_on) is not None
    assert restored.read(since.back) == ()
    restored.close()


def test_a_backup_of_before_they_came_does_not_make_a_later_one_bring_them_back(club: Club, tmp_path: Path) -> None:
    empty = a_backup(club, tmp_path / "empty")
    adult = put(club, lambda uow: an_adult(uow, "Zuleikha Quartermain", left_on=LEFT))
    made = a_backup(club, tmp_path)
    put(club, lambda uow: adults.erase_adult(uow, adult, WhyAdultErased.ASKED, lead_asked=True))
    restored = club.restored_from(empty.path).restored_from(made.path)
    assert restored.read(lambda uow: uow.get(AdultRecord, adult).name) == ERASED_ADULT
    assert restored.read(since.after_restore) == (1, 0)
    restored.close()
