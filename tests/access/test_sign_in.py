"""Coming in: T5, this machine's copy of the keys, another person at the same screen, the short PIN."""

import random
from collections.abc import Iterator
from datetime import time, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Select, select

from models.access.people import names_with_pin
from models.access.records import AccessEvent
from models.access.rules import Permission
from models.bootstrap import Club, Place, Role, Strength, create_club, open_club, restore
from models.kernel.clock import FixedClock, london_instant, london_wall
from models.kernel.errors import BadInput, Damaged, Denied, KeysMissing, TooManyGuesses, WrongPassphrase
from models.storage import keys, slots
from models.storage.guesses import MOST, WINDOW, guesses_path
from models.storage.journal_check import verify_chain
from models.storage.uow import UnitOfWork
from tests.clubs import CHEAP, DEVICE, PASSPHRASE, SATURDAY, a_child, new_club, put

SAM = "seven loud purple kites"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "machine"


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(london_instant(SATURDAY, time(10, 2)))


@pytest.fixture
def club(tmp_path: Path, data: Path, clock: FixedClock) -> Iterator[Club]:
    path = tmp_path / "club.breather"
    made = create_club(path, "Harbour", PASSPHRASE, device=DEVICE, clock=clock, strength=CHEAP, data=data)
    made.add_person("Sam Jones", SAM, role=Role.SESSIONAL)
    put(made, a_child)
    yield made
    made.close()


def opened(club: Club, password: str = PASSPHRASE, name: str | None = None, data: Path | None = None) -> Club:
    club.close()
    return open_club(club.path, password, name=name, device=DEVICE, clock=club.clock, data=data)


def events(club: Club) -> list[tuple[str, str, str]]:
    """What is remembered of the door, oldest first."""
    found = select(AccessEvent).order_by(AccessEvent.at)
    return [(row.kind.value, row.who, row.detail) for row in club.read(lambda uow: list_of(uow, found))]


def list_of(uow: UnitOfWork, found: Select[tuple[AccessEvent]]) -> list[AccessEvent]:
    rows = list(uow.session.scalars(found))
    uow.session.expunge_all()
    return rows


# --- T5: wrong passwords


def test_a_hundred_wrong_passwords(club: Club, clock: FixedClock, rng: random.Random) -> None:
    """Told apart from damage, the club file unchanged, at most ten in five minutes, journaled at the next unlock."""
    club.close()
    before, ring = club.path.read_bytes(), keys.keys_path(club.path).read_bytes()
    tried, refusals = [], 0
    begun = clock.now()
    while len(tried) < 100:
        typed = "".join(rng.choice("abcdefghij klmn") for _ in range(rng.randrange(1, 30)))
        name = rng.choice([None, "Manager", "Sam Jones", "Nobody"])
        try:
            opened(club, typed, name)
        except WrongPassphrase:
            tried.append(clock.now())
        except TooManyGuesses as told:
            refusals += told.until > clock.now()
            clock.move_to(told.until)
        assert (club.path.read_bytes(), keys.keys_path(club.path).read_bytes()) == (before, ring)
    assert refusals > 50
    assert min(tried[at + MOST] - tried[at] for at in range(len(tried) - MOST)) >= WINDOW
    with pytest.raises(TooManyGuesses):  # the right one has to wait too
        opened(club)
    clock.move_to(tried[-1] + WINDOW)
    back = opened(club)
    last = f"{london_wall(tried[-1]):%H:%M}"
    assert events(back) == [
        (
            "wrong passwords",
            "Manager",
            f"100 wrong passwords between {london_wall(begun):%H:%M} and {last} on 5 Dec 2026",
        )
    ]
    assert back.read(verify_chain) == []
    assert not guesses_path(club.path).exists()
    back.close()
    back = opened(club)
    assert len(events(back)) == 1  # told once
    back.close()


def test_damage_is_told_apart_with_the_right_password_and_is_no_guess(club: Club) -> None:
    club.close()
    whole = bytearray(club.path.read_bytes())
    whole[100] ^= 1
    club.path.write_bytes(whole)
    with pytest.raises(WrongPassphrase):
        opened(club, "not this one at all")
    for _ in range(2 * MOST):
        with pytest.raises(Damaged):
            opened(club)


def test_wrong_passwords_while_it_is_open_are_counted_with_the_rest(club: Club, clock: FixedClock) -> None:
    for _ in range(4):
        with pytest.raises(WrongPassphrase):
            club.confirm("not this one at all")
    with pytest.raises(WrongPassphrase):
        club.sign_in("Sam Jones", "not this one at all")
    with pytest.raises(TooManyGuesses):
        club.confirm(PASSPHRASE)
    with pytest.raises(TooManyGuesses):
        club.sign_in("Sam Jones", SAM)
    clock.move_to(clock.now() + timedelta(seconds=2))
    club.confirm(PASSPHRASE)
    assert events(club)[-1][2] == "5 wrong passwords between 10:02 and 10:02 on 5 Dec 2026"


def test_somebody_elses_password_does_not_prove_who_is_here(club: Club) -> None:
    with pytest.raises(WrongPassphrase):
        club.confirm(SAM)
    assert club.actor.name == "Manager"


def test_looking_counts_but_leaves_the_telling_to_the_next_who_writes(club: Club) -> None:
    club.close()
    with pytest.raises(WrongPassphrase):
        open_club(club.path, "not this one at all", device=DEVICE, clock=club.clock, looking=True)
    open_club(club.path, PASSPHRASE, device=DEVICE, clock=club.clock, looking=True).close()
    back = opened(club)
    assert [kind for kind, _, _ in events(back)] == ["wrong passwords"]
    back.close()


def test_a_backup_is_no_way_round_the_count(club: Club, tmp_path: Path, data: Path) -> None:
    made = club.save_copy(tmp_path / "copy.breather-backup")
    target = tmp_path / "elsewhere.breather"
    for _ in range(5):
        with pytest.raises(WrongPassphrase):
            restore(made.path, target, "not this one at all", device=DEVICE, clock=club.clock, data=data)
    with pytest.raises(TooManyGuesses):
        restore(made.path, target, PASSPHRASE, device=DEVICE, clock=club.clock, data=data)
    assert not list(tmp_path.glob("elsewhere*"))


def test_a_count_that_was_taken_away_is_told(club: Club, data: Path) -> None:
    club.close()
    for _ in range(3):
        with pytest.raises(WrongPassphrase):
            opened(club, "not this one at all", data=data)
    guesses_path(club.path).unlink()
    back = opened(club, data=data)
    told = "3 wrong passwords between 10:02 and 10:02 on 5 Dec 2026; the file that counts them is not beside the keys"
    assert events(back)[-1][2] == told
    back.close()


def test_opening_with_a_name_costs_one_derivation(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    real = slots.derive

    def counted(password: str, salt: bytes, strength: Strength) -> bytes:
        asked.append(password)
        return real(password, salt, strength)

    monkeypatch.setattr(slots, "derive", counted)
    opened(club, SAM, "Sam Jones").close()
    assert asked == [SAM]


# --- this machine's copy of the keys


def test_the_machines_copy_serves_where_the_keys_file_is_away(club: Club, data: Path) -> None:
    ring = keys.read_ring(club.path)
    club.close()
    keys.keys_path(club.path).unlink()
    with pytest.raises(KeysMissing):
        opened(club)  # without this machine's folder
    with pytest.raises(WrongPassphrase):
        opened(club, "not this one at all", data=data)
    assert not keys.keys_path(club.path).exists()
    back = opened(club, SAM, "Sam Jones", data)
    assert keys.read_ring(club.path) == ring
    assert [kind for kind, _, _ in events(back)] == ["keys put back", "wrong passwords"]
    back.close()


def test_the_machines_copy_serves_where_the_keys_file_is_damaged(club: Club, data: Path) -> None:
    club.close()
    keys.keys_path(club.path).write_bytes(b"half a ke")
    with pytest.raises(Damaged, match="keys file"):
        opened(club)
    back = opened(club, data=data)
    assert back.read(back._keys.ring) == keys.read_ring(club.path)
    back.close()


def of_another_club(club: Club, folder: Path) -> None:
    """Another club's keys file, of a person with the same password, in the place of this one's."""
    club.close()
    folder.mkdir()
    new_club(folder, SATURDAY, name="Another", seed=9).close()
    keys.keys_path(club.path).write_bytes(keys.keys_path(folder / "club.breather").read_bytes())


@pytest.mark.file_only
def test_the_machines_copy_serves_where_the_keys_file_is_of_another_club(
    club: Club, data: Path, tmp_path: Path
) -> None:
    ring = keys.read_ring(club.path)
    of_another_club(club, tmp_path / "other")
    with pytest.raises(Damaged):
        opened(club)  # without this machine's folder nobody can tell which of the two is wrong
    back = opened(club, data=data)
    assert keys.read_ring(club.path) == ring
    assert [kind for kind, _, _ in events(back)] == ["keys put back"]
    back.close()


@pytest.mark.file_only
def test_a_keys_file_of_ones_own_is_no_way_round_the_count(club: Club, data: Path, tmp_path: Path) -> None:
    club.change_own_password(PASSPHRASE, SAM.title())
    of_another_club(club, tmp_path / "other")
    for _ in range(5):
        with pytest.raises(Damaged):
            opened(club, data=data)
    with pytest.raises(TooManyGuesses):
        opened(club, data=data)


def test_a_file_that_was_moved_without_its_keys_finds_them(club: Club, data: Path, tmp_path: Path) -> None:
    other = new_club(tmp_path / "machine", SATURDAY, name="Another")  # another club whose keys are here too
    other.close()
    club.close()
    moved = tmp_path / "moved.breather"
    club.path.rename(moved)
    with pytest.raises(KeysMissing):
        open_club(moved, "not this one at all", device=DEVICE, clock=club.clock, data=data)
    back = open_club(moved, PASSPHRASE, device=DEVICE, clock=club.clock, data=data)
    assert back.facts().children == 1
    back.close()


def test_a_file_moved_without_its_keys_is_no_way_round_the_count(club: Club, data: Path, tmp_path: Path) -> None:
    club.close()
    moved = tmp_path / "moved.breather"
    club.path.rename(moved)
    for _ in range(5):
        with pytest.raises(KeysMissing):
            open_club(moved, "not this one at all", device=DEVICE, clock=club.clock, data=data)
    with pytest.raises(TooManyGuesses):
        open_club(moved, PASSPHRASE, device=DEVICE, clock=club.clock, data=data)


# --- another person at the same screen


def test_ones_own_password_between_them_gives_no_more_guesses_at_anothers(club: Club, clock: FixedClock) -> None:
    club.close()
    wrong = 0
    for _ in range(100):
        clock.move_to(clock.now() + timedelta(seconds=2))
        try:
            opened(club, SAM, "Sam Jones").close()
            opened(club, "not this one at all", "Manager")
        except WrongPassphrase:
            wrong += 1
        except TooManyGuesses:
            pass
    assert 0 < wrong <= MOST


def test_another_person_signs_in_and_acts(club: Club) -> None:
    actor = club.sign_in("sam jones", SAM)
    assert actor == club.actor
    assert (actor.name, actor.device, club.account is not None) == ("Sam Jones", DEVICE, True)
    with pytest.raises(WrongPassphrase):
        club.sign_in("Manager", SAM)
    assert club.actor == actor


def test_a_pin_lets_in_to_one_activity_alone(club: Club) -> None:
    club.sign_in("Sam Jones", SAM)
    club.set_pin("4071")
    assert club.read(names_with_pin) == ("Sam Jones",)
    club.sign_in("Manager", PASSPHRASE)
    actor = club.sign_in_with_pin("sam jones", "4071", UUID(int=9))
    assert (actor.activity, actor.name) == (UUID(int=9), "Sam Jones")
    assert actor.permissions == {Permission.SEE_DAY, Permission.REGISTER}
    assert club.actor == actor
    with pytest.raises(Denied, match="not enough to change it"):
        club.set_pin("8402")
    assert [detail for kind, _, detail in events(club) if kind == "denied"] == [
        "access.accounts.set_pin needs: other activities"
    ]


def test_a_managers_pin_gives_no_more_than_the_register(club: Club) -> None:
    club.set_pin("4071")
    actor = club.sign_in_with_pin("Manager", "4071", UUID(int=9))
    assert actor.permissions == {Permission.SEE_DAY, Permission.REGISTER}
    assert club.sealing_key is None


@pytest.mark.parametrize(
    ("name", "pin"), [("Sam Jones", "4072"), ("Sam Jones", ""), ("Manager", "4071"), ("X", "4071")]
)
def test_a_wrong_pin_counts(club: Club, name: str, pin: str) -> None:
    club.sign_in("Sam Jones", SAM)
    club.set_pin("4071")
    for _ in range(5):
        with pytest.raises(WrongPassphrase, match="name and PIN"):
            club.sign_in_with_pin(name, pin, UUID(int=9))
    with pytest.raises(TooManyGuesses):
        club.sign_in_with_pin("Sam Jones", "4071", UUID(int=9))


def test_a_pin_goes_with_who_is_taken_off(club: Club) -> None:
    account = club.sign_in("Sam Jones", SAM).id
    club.set_pin("4071")
    club.sign_in("Manager", PASSPHRASE)
    club.remove_person(account)
    with pytest.raises(WrongPassphrase):
        club.sign_in_with_pin("Sam Jones", "4071", UUID(int=9))


# --- putting a backup back


def test_who_can_sign_in_stays_as_it_is_when_a_backup_is_put_back(club: Club, tmp_path: Path) -> None:
    place = Place(tmp_path / "backups", chosen=True)
    place.folder.mkdir()
    made = club.back_up(place)
    sams = next(row.id for row in club.people() if row.name == "Sam Jones")
    club.remove_person(sams)
    club.add_person("Ola Odu", "nine dusty velvet spoons", role=Role.MANAGER)
    club.sign_in("Ola Odu", "nine dusty velvet spoons")
    ring = keys.read_ring(club.path)
    back = club.restored_from(made.path)
    assert keys.read_ring(club.path) == ring == back.read(back._keys.ring)
    assert [(row.name, row.removed_at is None) for row in back.people()] == [
        ("Manager", True), ("Ola Odu", True), ("Sam Jones", False),
    ]  # fmt: skip
    assert back.read(verify_chain) == []
    for password, fits in ((SAM, False), ("nine dusty velvet spoons", True)):
        back.close()
        if fits:
            opened(back, password).close()
        else:
            with pytest.raises(WrongPassphrase):
                opened(back, password)


def test_a_backup_of_a_lost_file_is_opened_by_who_could_sign_in_then(club: Club, tmp_path: Path) -> None:
    made = club.save_copy(tmp_path / "copy.breather-backup")
    club.change_own_password(PASSPHRASE, "nine dusty velvet spoons")
    club.close()
    target = tmp_path / "elsewhere.breather"
    with pytest.raises(WrongPassphrase):
        restore(made.path, target, "nine dusty velvet spoons", name="Manager", device=DEVICE, clock=club.clock)
    with pytest.raises(Denied):
        restore(made.path, target, SAM, name="Sam Jones", device=DEVICE, clock=club.clock)
    assert not list(tmp_path.glob("elsewhere*"))
    back = restore(made.path, target, PASSPHRASE, name="manager", device=DEVICE, clock=club.clock)
    assert back.actor.name == "Manager"
    back.close()


def test_a_weak_first_password_makes_no_file(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="first that somebody") as refused:
        create_club(tmp_path / "club.breather", "Harbour", "youngcarers2026", device=DEVICE, strength=CHEAP)
    assert refused.value.field == "passphrase"
    with pytest.raises(BadInput, match="no name"):
        create_club(tmp_path / "club.breather", "Harbour", PASSPHRASE, device=DEVICE, person=" ", strength=CHEAP)
    assert list(tmp_path.iterdir()) == []
