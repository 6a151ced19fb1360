"""T5: wrong passwords are told apart from damage, change nothing, and are let by ten in 5 minutes; then journaled."""

import random
import string
from datetime import datetime, time
from pathlib import Path

import pytest
from sqlalchemy import select

from models.access.records import AccessEvent
from models.access.rules import AccessKind
from models.bootstrap import Club, create_club, open_club
from models.kernel.clock import FixedClock, london_instant, london_wall
from models.kernel.errors import Damaged, TooManyGuesses, WrongPassphrase
from models.storage.guesses import MOST, WINDOW, Guesses, Tally, guesses_path
from models.storage.journal_check import verify_chain
from models.storage.keys import keys_path
from tests.clubs import CHEAP, DEVICE, PASSPHRASE, SATURDAY
from tests.faults.conftest import Amount, Figures

pytestmark = pytest.mark.file_only


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(london_instant(SATURDAY, time(10, 2)))


@pytest.fixture
def path(tmp_path: Path, clock: FixedClock) -> Path:
    """A closed club file."""
    made = tmp_path / "club" / "club.breather"
    made.parent.mkdir()
    create_club(made, "Harbour", PASSPHRASE, device=DEVICE, clock=clock, strength=CHEAP).close()
    return made


def opened(path: Path, password: str, clock: FixedClock) -> Club:
    """As a new run of Breather does it: nothing is remembered but what lies beside the keys."""
    return open_club(path, password, device=DEVICE, clock=clock)


def wrong_one(rng: random.Random) -> str:
    """Made-up ones, and the right one with one letter typed differently."""
    if rng.random() < 0.5:
        at = rng.randrange(len(PASSPHRASE))
        return PASSPHRASE[:at] + rng.choice(string.digits) + PASSPHRASE[at + 1 :]
    return "".join(rng.choices(string.printable.strip() + " éß字", k=rng.randrange(1, 40)))


def content(path: Path) -> tuple[bytes, bytes]:
    return path.read_bytes(), keys_path(path).read_bytes()


def counted(path: Path) -> int:
    """As the file beside the keys says."""
    kept = guesses_path(path)
    return Tally.from_json(kept.read_bytes()).count if kept.exists() else 0


def refusal(path: Path, password: str, clock: FixedClock) -> WrongPassphrase | TooManyGuesses:
    """How a wrong password is answered; anything else it may be is raised, Damaged too."""
    with pytest.raises((WrongPassphrase, TooManyGuesses)) as told:
        opened(path, password, clock)
    found = told.value
    assert found.next_step
    assert isinstance(found, (WrongPassphrase, TooManyGuesses))
    return found


def answered(path: Path, clock: FixedClock, rng: random.Random, many: int) -> tuple[list[datetime], int]:
    """When each of so many wrong passwords was answered, each as soon as it is let, and how many had to wait."""
    times: list[datetime] = []
    refused, before = 0, content(path)
    while len(times) < many:
        told = refusal(path, wrong_one(rng), clock)
        if isinstance(told, TooManyGuesses):
            refused += 1
            assert told.until > clock.now()
            clock.move_to(told.until)
        else:
            times.append(clock.now())
        assert content(path) == before
        assert counted(path) == len(times)
    return times, refused


def most_in_a_window(times: list[datetime]) -> int:
    return max(sum(begun <= at < begun + WINDOW for at in times) for begun in times)


def told_of(club: Club) -> list[str]:
    """What the journal says of wrong passwords."""
    asked = select(AccessEvent.detail).where(AccessEvent.kind == AccessKind.WRONG_PASSWORDS)
    return list(club.read(lambda uow: list(uow.session.scalars(asked))))


def test_wrong_passwords_are_counted_and_change_nothing(
    path: Path, clock: FixedClock, amount: Amount, figures: Figures, rng: random.Random
) -> None:
    times, refused = answered(path, clock, rng, many := amount(30, 100))
    most = most_in_a_window(times)
    assert most <= MOST
    with pytest.raises(TooManyGuesses):  # the right one has to wait too
        opened(path, PASSPHRASE, clock)
    clock.move_to(times[-1] + WINDOW)
    back = opened(path, PASSPHRASE, clock)
    begun, ended = (london_wall(at) for at in (times[0], times[-1]))
    assert told_of(back) == [f"{many} wrong passwords between {begun:%H:%M} and {ended:%H:%M} on 5 Dec 2026"]
    assert back.read(verify_chain) == []
    back.close()
    assert counted(path) == 0
    found = f"0 called damage, 0 bytes changed; {most} in 5 minutes at most, {refused} told to wait; {many} journaled"
    figures.say("wrong passwords, each as soon as it is let", many, found)


def test_damage_is_never_called_a_wrong_password(
    path: Path, clock: FixedClock, amount: Amount, figures: Figures, rng: random.Random
) -> None:
    """With the right password, after as many damaged files as anybody likes: they are no guesses."""
    whole, ring = content(path)
    for number in range(many := amount(30, 100)):
        club_file, keys = bytearray(whole), bytearray(ring)
        spoilt, size = ((club_file, 4096), (keys, len(ring)))[number % 2]
        spoilt[rng.randrange(size)] ^= 1 << rng.randrange(8)
        path.write_bytes(club_file)
        keys_path(path).write_bytes(keys)
        with pytest.raises(Damaged) as told:
            opened(path, PASSPHRASE, clock)
        assert told.value.next_step
        assert content(path) == (bytes(club_file), bytes(keys))
    assert counted(path) == 0
    figures.say("the right password on a file or keys with one bit flipped", many, f"{many} told as damage, 0 counted")


def test_without_the_count_as_many_as_anybody_likes_are_answered(
    path: Path, clock: FixedClock, figures: Figures, rng: random.Random, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Guesses, "check", lambda *_: None)
    times, refused = answered(path, clock, rng, 30)
    most = most_in_a_window(times)
    assert (most, refused) == (30, 0)
    figures.say("without the count: wrong passwords", 30, f"{most} answered in 5 minutes")
