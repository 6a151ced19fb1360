"""A backup of before brings nobody back who was erased since, and lifts no hold: open here, or nowhere."""

from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from models.bootstrap import Backup, Club, Place, open_with_recovery, restore
from models.kernel.clock import FixedClock
from models.kernel.errors import Refused
from models.people.records import ERASED_HOME, ChildRecord
from models.privacy import erasure, holds, requests, since
from models.privacy.rules import WhyErased
from models.storage import recovery
from models.storage.journal_check import verify_chain
from tests.clubs import CHEAP, DEVICE, PASSPHRASE, a_child, new_club, put
from tests.faults.canaries import dumped, found_in

pytestmark = pytest.mark.file_only


@pytest.fixture
def club(tmp_path: Path) -> Club:
    return new_club(tmp_path)


@pytest.fixture
def child(club: Club) -> UUID:
    return put(club, lambda uow: a_child(uow, "Zzyx", "Qworble"))


@pytest.fixture
def made(club: Club, child: UUID, tmp_path: Path) -> Backup:
    """A backup with the child in it, from an hour before now."""
    put(club, lambda uow: a_child(uow, "Aoife", "Byrne"))
    made = club.back_up(Place(tmp_path / "backups"))
    assert isinstance(club.clock, FixedClock)
    club.clock.move_to(club.clock.now() + timedelta(hours=1))
    return made


def erase(club: Club, child: UUID) -> None:
    put(club, lambda uow: erasure.erase_child(uow, child, WhyErased.TIME_UP, lead_asked=True))


def gone(club: Club, child: UUID) -> bool:
    return club.read(lambda uow: uow.get(ChildRecord, child).family_id) == ERASED_HOME


def test_who_was_erased_since_is_erased_again(club: Club, child: UUID, made: Backup) -> None:
    erase(club, child)
    restored = club.restored_from(made.path)
    assert gone(restored, child)
    assert not found_in(dumped(restored), ["Zzyx", "Qworble"])
    assert restored.read(since.after_restore) == (1, 0)
    assert [one.why for one in restored.read(erasure.erasures)] == [WhyErased.TIME_UP] * 2
    assert {one.backups_gone_by for one in restored.read(erasure.erasures)} == {None, date(2027, 12, 4)}
    assert restored.read(verify_chain) == []
    assert restored.facts().children == 1, "a row without a name is no child"
    restored.close()


def test_without_an_erasure_since_nothing_is_erased(club: Club, child: UUID, made: Backup) -> None:
    restored = club.restored_from(made.path)
    assert not gone(restored, child)
    assert restored.read(since.after_restore) == (0, 0)
    restored.close()


def test_what_stands_against_it_leaves_the_child_on_the_list(
    club: Club, child: UUID, made: Backup, tmp_path: Path
) -> None:
    """The request was taken back before the erasure, and is open again in a backup of before."""
    day = date(2026, 12, 1)
    asked = put(club, lambda uow: requests.start_request(uow, child, day, "Leyla Müller", "Mother", "Passport"))
    between = club.back_up(Place(tmp_path / "backups"))
    put(club, lambda uow: requests.drop_request(uow, asked, None))
    erase(club, child)
    restored = club.restored_from(between.path)
    assert [(one.child_id, one.why) for one in restored.read(since.back)] == [(child, WhyErased.TIME_UP)]
    assert restored.read(since.after_restore) == (0, 1)
    with pytest.raises(Refused, match="Answer first"):
        put(restored, lambda uow: since.erase_again(uow, child))
    put(restored, lambda uow: requests.drop_request(uow, asked, None))
    put(restored, lambda uow: since.erase_again(uow, child))
    assert gone(restored, child)
    assert restored.read(since.back) == ()
    restored.close()


@pytest.mark.parametrize("how", ["password", "recovery key"])
def test_where_no_club_is_open_the_file_that_is_replaced_tells(club: Club, child: UUID, made: Backup, how: str) -> None:
    other = club.read(lambda uow: next(one.id for one in uow.session.query(ChildRecord) if one.legal_first == "Aoife"))
    erase(club, child)
    put(club, lambda uow: holds.place_hold(uow, other, "A claim"))
    words = recovery.to_words(club._store.key)
    club.close()
    if how == "password":
        restored = restore(made.path, club.path, PASSPHRASE, device=DEVICE, clock=club.clock)
    else:
        restored = open_with_recovery(
            club.path, words, name="Hana", password="seven quiet lanterns", device=DEVICE, clock=club.clock,
            strength=CHEAP, backup=made.path,
        )  # fmt: skip
    assert gone(restored, child)
    assert [one.child_id for one in restored.read(holds.holds)] == [other]
    restored.close()


def test_where_that_file_tells_nothing_the_backup_opens_as_it_is(club: Club, child: UUID, made: Backup) -> None:
    erase(club, child)
    club.close()
    club.path.write_bytes(b"")
    restored = restore(made.path, club.path, PASSPHRASE, device=DEVICE, clock=club.clock)
    assert not gone(restored, child)
    restored.close()


def test_where_it_was_given_a_new_key_since_the_password_still_lets_it_tell(
    club: Club, child: UUID, made: Backup
) -> None:
    erase(club, child)
    club.rekey(PASSPHRASE)
    club.close()
    restored = restore(made.path, club.path, PASSPHRASE, device=DEVICE, clock=club.clock)
    assert gone(restored, child)
    restored.close()


def later(club: Club) -> None:
    assert isinstance(club.clock, FixedClock)
    club.clock.move_to(club.clock.now() + timedelta(hours=1))


def test_a_backup_of_before_the_child_came_does_not_make_a_later_one_bring_it_back(club: Club, tmp_path: Path) -> None:
    """Too old a backup is put back, then a newer one: what was decided goes through both."""
    empty = club.back_up(Place(tmp_path / "backups"))
    later(club)
    child = put(club, lambda uow: a_child(uow, "Zzyx", "Qworble"))
    other = put(club, lambda uow: a_child(uow, "Aoife", "Byrne"))
    both = club.back_up(Place(tmp_path / "backups"))
    later(club)
    erase(club, child)
    put(club, lambda uow: holds.place_hold(uow, other, "Aoife’s claim"))
    first = club.restored_from(empty.path)
    assert first.facts().children == 0
    assert found_in(dumped(first), ["Aoife", "Zzyx"]) == []
    again = first.restored_from(empty.path)
    assert again.read(verify_chain) == []
    restored = again.restored_from(both.path)
    assert gone(restored, child)
    assert not found_in(dumped(restored), ["Zzyx", "Qworble"])
    assert [(one.child_id, one.placed_by) for one in restored.read(holds.holds)] == [(other, "Manager")]
    assert restored.read(since.after_restore) == (1, 0)
    assert restored.read(verify_chain) == []
    restored.close()
