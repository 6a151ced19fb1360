"""A new key for the file: at each step the whole old file or the whole new one opens, by the same passwords."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text

from models.bootstrap import Club, Place, Role, open_club
from models.kernel.errors import BadBackup, ClubFileError, Denied, InUse, WrongPassphrase
from models.storage import keys, rekeying
from models.storage.keys import Unlocked
from models.storage.rekeying import Rekeying
from tests.clubs import DEVICE, PASSPHRASE, a_child, new_club, put

OTHER = "seven loud purple kites"


@pytest.fixture
def club(tmp_path: Path) -> Club:
    club = new_club(tmp_path)
    club.add_person("Ben Ofori", OTHER, role=Role.LEAD, safeguarding=True)
    put(club, a_child)
    return club


def again(club: Club, password: str = PASSPHRASE) -> Club:
    """Opened by one of the two; what was left half done is then in order."""
    opened = open_club(club.path, password, device=DEVICE, clock=club.clock)
    assert opened.faults() == []
    assert sorted(row.name for row in opened.people()) == ["Ben Ofori", "Manager"] if password == PASSPHRASE else True
    return opened


def key_of(club: Club) -> bytes:
    return keys.read_ring(club.path).open(PASSPHRASE)


def plan_of(club: Club) -> Rekeying:
    ring, new_key = keys.read_ring(club.path), keys.new_key()
    return Rekeying(club.path, ring.open(PASSPHRASE), ring, new_key, ring.rekeyed(Unlocked(new_key)), ())


def test_everybody_signs_in_as_before_and_the_old_key_opens_nothing(club: Club) -> None:
    before, facts, secret = key_of(club), club.facts(), again_sealing(club)
    club.rekey(PASSPHRASE)
    assert (key_of(club) != before, club.facts().tables["child"]) == (True, facts.tables["child"])
    put(club, lambda uow: a_child(uow, "Omar", ref="X9"))  # it is written to as before
    club.close()
    with pytest.raises(ClubFileError):
        rekeying.retired_keys(club.path, before)
    for password in (PASSPHRASE, OTHER):
        opened = again(club, password)
        assert opened.facts().tables["child"] == facts.tables["child"] + 1
        assert opened.sealing_key == (secret if password == OTHER else None)
        opened.close()


def again_sealing(club: Club) -> bytes | None:
    """The key of concerns, as Ben's slot holds it."""
    return keys.read_ring(club.path).unlock(OTHER).sealing_key


def test_the_old_file_is_kept_nowhere(club: Club) -> None:
    club.rekey(PASSPHRASE)
    club.close()
    left = {path.name for path in club.path.parent.iterdir() if path.is_file()}
    assert left == {"club.breather", "club.breather.keys"}


def test_it_is_journaled(club: Club) -> None:
    club.rekey(PASSPHRASE)
    assert club.facts().tables["access_event"] == 1


def test_a_wrong_password_or_a_person_who_may_not_changes_nothing(club: Club) -> None:
    before = keys.keys_path(club.path).read_bytes()
    with pytest.raises(WrongPassphrase):
        club.rekey("not the password")
    club.sign_in("Ben Ofori", OTHER)
    with pytest.raises(Denied):
        club.rekey(OTHER)
    assert keys.keys_path(club.path).read_bytes() == before


def test_older_backups_are_still_listed_thinned_and_put_back(club: Club, tmp_path: Path) -> None:
    place = Place(tmp_path / "backups", chosen=True)
    place.folder.mkdir()
    club.back_up(place)
    club.rekey(PASSPHRASE)
    club.rekey(PASSPHRASE)
    put(club, lambda uow: a_child(uow, "Omar", ref="X9"))
    (old,) = club.backups(place.folder)
    assert old.facts == club.look_into(old.path).facts
    new = key_of(club)
    back = club.restored_from(old.path)
    assert back.facts().children == 1
    assert key_of(back) == new  # not the old key's file again
    back.close()
    again(club).close()


# --- a crash between two steps


STEPS: list[Callable[[Rekeying, Path], object]] = [
    lambda plan, _: rekeying.write_both(plan),
    rekeying.swap,
    lambda plan, _: rekeying.finish(plan),
]


@pytest.mark.parametrize("done", [-1, 0, 1, 2, 3])
def test_stopped_after_any_step_it_opens_and_is_put_in_order(club: Club, done: int) -> None:
    plan, facts = plan_of(club), club.facts()
    club.close()
    if done >= 0:
        staged = rekeying.stage(plan)
        for step in STEPS[:done]:
            step(plan, staged)
    for password in (OTHER, PASSPHRASE):
        opened = again(club, password)
        assert opened.facts().chain == facts.chain
        opened.close()
    ring = keys.read_ring(club.path)
    assert ring.next is None
    assert ring.open(PASSPHRASE) == (plan.new_key if done >= 2 else plan.key)
    if done != 0:  # what was staged is only looked for where the keys file says that it got so far
        assert not rekeying.staged_path(club.path).exists()


def test_it_opens_by_looking_too_while_it_is_half_done(club: Club) -> None:
    plan = plan_of(club)
    club.close()
    rekeying.write_both(plan)
    rekeying.swap(plan, rekeying.stage(plan))
    opened = open_club(club.path, OTHER, device=DEVICE, looking=True)
    assert opened.facts().children == 1
    opened.close()


def test_a_staged_file_left_behind_hinders_no_other(club: Club) -> None:
    rekeying.staged_path(club.path).write_bytes(b"half")
    club.rekey(PASSPHRASE)
    assert club.faults() == []


@pytest.mark.parametrize("step", ["stage", "write_both", "swap"])
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), BadBackup("x", "y")])
def test_what_goes_wrong_leaves_the_old_file_open(
    club: Club, step: str, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = key_of(club)

    def fails(*_: object) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(rekeying, step, fails)
        with pytest.raises(ClubFileError, match="It is as it was"):
            club.rekey(PASSPHRASE)
    put(club, lambda uow: a_child(uow, "Omar", ref="X9"))
    club.close()
    assert key_of(club) == before
    opened = again(club)
    assert opened.facts().children == 2
    opened.close()


def test_a_keys_file_that_cannot_be_written_at_the_end_is_put_in_order_later(
    club: Club, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, written = keys.write_ring, []

    def only_first(path: Path, ring: keys.KeyRing) -> None:
        written.append(ring)
        if ring.next is None:
            raise OSError(28, "No space left on device")
        real(path, ring)

    with monkeypatch.context() as patch:
        patch.setattr(keys, "write_ring", only_first)
        club.rekey(PASSPHRASE)
    assert len(written) == 2
    club.close()
    assert keys.read_ring(club.path).next is not None
    again(club).close()
    assert keys.read_ring(club.path).next is None


def test_a_file_somebody_is_reading_is_not_taken_away(club: Club) -> None:
    other = open_club(club.path, PASSPHRASE, device=DEVICE, looking=True)
    reading = other._store.reading()
    put(club, lambda uow: a_child(uow, "Omar", ref="X9"))
    reading.execute(text("SELECT count(*) FROM child"))
    put(club, lambda uow: a_child(uow, "Ola", ref="X8"))
    with pytest.raises(InUse):
        club.rekey(PASSPHRASE)
    reading.close()
    other.close()
    club.rekey(PASSPHRASE)
    assert club.facts().children == 3


def test_a_staged_file_that_is_not_equal_is_never_swapped_in(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    real = rekeying.change_key

    def loses_a_child(file: Path, key: bytes, new_key: bytes) -> None:
        connection = rekeying.connect(file, key)
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("DELETE FROM child")
        connection.close()
        real(file, key, new_key)

    before = key_of(club)
    monkeypatch.setattr(rekeying, "change_key", loses_a_child)
    with pytest.raises(ClubFileError):
        club.rekey(PASSPHRASE)
    assert (key_of(club), club.facts().children) == (before, 1)


def test_the_ring_that_counts_is_the_one_inside(club: Club) -> None:
    """Somebody who can write to the folder puts a slot of their own into the keys file: they get no new key."""
    ring, key = keys.read_ring(club.path), key_of(club)
    thief = keys.Slot.make(club.id, UUID(int=66), "Thief", "thief thief thief", ring.strength, Unlocked(bytes(32)))
    keys.write_ring(club.path, replace(ring, slots=(*ring.slots, thief)))
    club.rekey(PASSPHRASE)
    assert len(keys.read_ring(club.path).slots) == 2
    assert key_of(club) != key
