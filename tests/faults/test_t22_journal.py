"""T22: the journal edited, deleted from, shuffled and cut short behind Breather's back: every time it is seen."""

import random
from collections.abc import Collection, Iterator
from pathlib import Path

import pytest

from models.bootstrap import Club, Place, open_club
from models.people import service as people
from models.storage import archive, heads, journal
from models.storage.heads import Witness
from models.storage.journal_check import verify_chain
from models.storage.keys import keys_path
from models.storage.uow import UnitOfWork
from tests.clubs import DEVICE, PASSPHRASE, a_child, a_vehicle, an_adult, new_club, put
from tests.faults.conftest import Amount, Figures
from tests.faults.forging import AT_THE_END, IN_PLACE, Forge, Forger, cut, edit_entry

CHANGES = 24


@pytest.fixture
def club(tmp_path: Path, rng: random.Random) -> Iterator[Club]:
    """A club of some days: a backup from the middle of them, and this machine's note from their end."""
    club = new_club(tmp_path / "club")
    lived_in(club, rng, CHANGES // 2)
    club.back_up(place(tmp_path))
    lived_in(club, rng, CHANGES // 2)
    club.note_journal(tmp_path / "data")
    yield club
    club.close()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> None:
    (tmp_path / "club").mkdir()


def place(tmp_path: Path) -> Place:
    return Place(tmp_path / "data" / "Breather backups")


def lived_in(club: Club, rng: random.Random, changes: int) -> None:
    children = [put(club, lambda uow: a_child(uow, "Maryam", "Müller"), "Added Maryam")]
    for number in range(changes):
        if rng.random() < 0.4:
            children.append(put(club, lambda uow, n=number: a_child(uow, f"Child{n}"), f"Added child {number}"))
        elif rng.random() < 0.3:
            put(club, lambda uow, n=number: an_adult(uow, f"Adult{n}"), f"Added adult {number}")
        else:
            child = rng.choice(children)
            gp = f"Surgery {rng.randrange(10_000)}"
            put(club, lambda uow, c=child, gp=gp: people.edit_child(uow, c, None, {"gp": gp}), "Changed the GP")


def witnesses(club: Club, tmp_path: Path) -> list[Witness]:
    note = heads.read_note(tmp_path / "data", club.id)
    assert note is not None
    return [*heads.of_backups(club.backups(place(tmp_path).folder)), note]


def faults(uow: UnitOfWork, known: Collection[Witness]) -> list[str]:
    """What `breather verify` says of a journal."""
    return [*verify_chain(uow), *heads.compare(uow, known).faults]


def unseen(
    club: Club, known: Collection[Witness], times: int, rng: random.Random, forgeries: Collection[Forge]
) -> list[str]:
    """Makes so many forgeries, each on the journal as it was; what nobody noticed."""
    found = []
    kinds = list(forgeries)
    for number in range(times):
        with UnitOfWork(club._store.writing(), club.actor, club.clock, club._ids) as uow:
            what = kinds[number % len(kinds)](Forger(uow, rng))
            uow.session.expire_all()
            if not faults(uow, known):
                found.append(what)
    return found


def test_every_forgery_is_seen(
    club: Club, tmp_path: Path, amount: Amount, figures: Figures, rng: random.Random
) -> None:
    times = amount(150, 1000)
    known = witnesses(club, tmp_path)
    assert club.read(lambda uow: faults(uow, known)) == []
    assert unseen(club, known, times, rng, IN_PLACE + AT_THE_END) == []
    assert club.read(lambda uow: faults(uow, known)) == []
    figures.say("journal edits, deletions, reorderings and cuts", times, "0 unseen")


def test_without_witnesses_a_cut_is_not_seen(club: Club, amount: Amount, figures: Figures, rng: random.Random) -> None:
    times = amount(30, 200)
    missed = unseen(club, [], times, rng, AT_THE_END)
    assert len(missed) == times
    what = "without what is known outside the file: cuts and journals written anew"
    figures.say(what, times, f"{len(missed)} unseen")


@pytest.mark.parametrize("guard", ["digest", "link"])
def test_without_the_digest_or_the_link_forgeries_pass(
    club: Club,
    tmp_path: Path,
    amount: Amount,
    figures: Figures,
    rng: random.Random,
    monkeypatch: pytest.MonkeyPatch,
    guard: str,
) -> None:
    times = amount(60, 300)
    known = witnesses(club, tmp_path)
    forgeries = IN_PLACE if guard == "digest" else (edit_entry,)
    if guard == "digest":
        monkeypatch.setattr(journal, "says_what_it_said", lambda *_: True)
    else:
        monkeypatch.setattr(journal, "link", lambda *_: _Fits())
    missed = unseen(club, known, times, rng, forgeries)
    assert missed
    figures.say(f"without the {guard} of an entry: forgeries", times, f"{len(missed)} unseen")


class _Fits:
    """A link that fits whatever is there."""

    def __ne__(self, other: object) -> bool:
        return False

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = object.__hash__


def test_a_cut_is_told_in_numbers_and_stays_told(club: Club, tmp_path: Path, rng: random.Random) -> None:
    data = tmp_path / "data"
    with UnitOfWork(club._store.writing(), club.actor, club.clock, club._ids) as uow:
        before = heads.head_of(uow).number
        cut(Forger(uow, rng))
        uow.session.commit()
    now = club.read(lambda uow: heads.head_of(uow).number)
    told = club.check_journal(data).faults
    assert told[0].startswith(f"The last {before - now} ")
    assert "this computer’s own note" in told[0]
    put(club, lambda uow: an_adult(uow, "Somebody New"))
    club.note_journal(data)  # as each closing does: it must not forget what it knew
    assert club.check_journal(data).faults


def test_a_restore_explains_what_it_replaced(club: Club, tmp_path: Path, rng: random.Random) -> None:
    data = tmp_path / "data"
    made = club.backups(place(tmp_path).folder)[0]
    club.back_up(place(tmp_path))
    lost = club.read(heads.head_of).number - (made.facts.number if made.facts else 0)
    back = club.restored_from(made.path)
    held = back.check_journal(data)
    assert held.faults == ()
    assert f"replaced {lost} entries of the journal" in held.notes[0]
    back.note_journal(data)
    put(back, lambda uow: a_vehicle(uow, "NEW 1"))
    assert back.check_journal(data).faults == ()
    assert back.read(verify_chain) == []
    back.close()


def test_an_older_copy_put_there_by_hand_is_told_until_a_backup_is_put_back(club: Club, tmp_path: Path) -> None:
    data, key = tmp_path / "data", club._store.key
    made = club.backups(place(tmp_path).folder)[0]
    club.close()
    archive.unpack(made.path, key, club.path, keys_path(club.path))
    copied = open_club(club.path, PASSPHRASE, device=DEVICE, clock=club.clock)
    assert "entries of the journal were cut off" in copied.check_journal(data).faults[0]
    back = copied.restored_from(made.path)
    assert back.check_journal(data).faults == ()
    back.close()
