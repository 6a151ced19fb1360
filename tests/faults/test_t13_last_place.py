"""T13: the last place is never given twice, and whoever comes second is offered the waiting list."""

from functools import partial
from pathlib import Path
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest

from models.bootstrap import Club, UnitOfWork
from models.kernel.errors import Full
from models.programme import queries as programme
from models.programme import service
from models.programme.rules import BookingStatus
from models.storage.journal_check import verify_chain
from tests.clubs import a_child, an_activity, put
from tests.faults.conftest import Amount, Figures
from tests.faults.racing import ENGINES, Job, at_once, team

LAST = ("Müller", "Osei", "Walker", "Hussain", "Adair", "Raman", "Hollis", "Bell")


def one_place(club: Club, turn: int) -> UUID:
    return put(club, lambda uow: an_activity(uow, f"Club {turn}", capacity=1))


def booking(club: Club, activity: UUID, child: UUID) -> Job:
    return lambda: club.write(lambda uow: service.book(uow, activity, child), "Booked").value


def booked(club: Club, activity: UUID) -> int:
    rows = club.read(partial(programme.bookings, activity_id=activity))
    return sum(row.status is BookingStatus.BOOKED for row in rows)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("people", "fast", "full"), [(2, 20, 200), (8, 5, 50)])
def test_the_last_place_is_given_once(
    tmp_path: Path, amount: Amount, figures: Figures, engine: str, people: int, fast: int, full: int
) -> None:
    rounds = amount(fast, full)
    offered = 0
    with team(engine, tmp_path, people) as clubs:
        children = [put(clubs[0], partial(a_child, last=name)) for name in LAST[:people]]
        for turn in range(rounds):
            activity = one_place(clubs[0], turn)
            jobs = [booking(club, activity, child) for club, child in zip(clubs, children, strict=True)]
            found = at_once(jobs)
            losers = [one for one in zip(clubs, children, found, strict=True) if isinstance(one[2], Full)]
            assert len(losers) == people - 1, [type(one) for one in found]
            assert booked(clubs[0], activity) == 1
            offered += all(one.next_step.endswith("on the waiting list.") for _, _, one in losers)
            at_once([waiting(club, activity, child) for club, child, _ in losers])
            assert queue(clubs[0], activity) == list(range(1, people))
        assert clubs[0].read(verify_chain) == []
    assert offered == rounds
    figures.say(f"{engine}: {people} people take the last place at once", rounds, "0 overbooked; all others can wait")


def waiting(club: Club, activity: UUID, child: UUID) -> Job:
    return lambda: club.write(lambda uow: service.wait(uow, activity, child), "Waits").value


def queue(club: Club, activity: UUID) -> list[int]:
    rows = club.read(partial(programme.bookings, activity_id=activity))
    return sorted(row.position for row in rows if row.status is BookingStatus.WAITING and row.position is not None)


@pytest.mark.parametrize("engine", ENGINES)
def test_looking_before_the_lock_gives_it_twice(
    tmp_path: Path, figures: Figures, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    check, rounds, overbooked = service._check_place, 10, 0
    monkeypatch.setattr(service, "_check_place", lambda *_: None)
    with team(engine, tmp_path, 2) as clubs:
        children = [put(clubs[0], partial(a_child, last=name)) for name in LAST[:2]]
        for turn in range(rounds):
            activity, looked = one_place(clubs[0], turn), Barrier(2)

            def job(club: Club, child: UUID, activity: UUID = activity, looked: Barrier = looked) -> Any:
                def look(uow: UnitOfWork) -> None:
                    check(uow, activity, child)

                club.read(look)
                looked.wait()
                return booking(club, activity, child)()

            at_once([partial(job, *pair) for pair in zip(clubs, children, strict=True)])
            overbooked += booked(clubs[0], activity) > 1
    assert overbooked == rounds
    figures.say(f"without the lock around look and booking, {engine}: the same", rounds, f"{overbooked} overbooked")
