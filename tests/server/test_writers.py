"""Several people on one server: one saves at a time, nobody's words are lost, and the last place is given once."""

from collections.abc import Callable
from functools import partial
from threading import Barrier, Thread
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.exc import DBAPIError

from models.access.rules import Role
from models.bootstrap import UnitOfWork
from models.kernel.errors import BreatherError, Full, InUse, Stale
from models.people import service as people
from models.programme import queries as programme
from models.programme import service
from models.server.club import ServerClub
from models.storage import server_engine
from models.storage.journal_check import verify_chain
from tests.clubs import PASSPHRASE, a_child, an_activity, put
from tests.server.conftest import Open

pytestmark = pytest.mark.server
ROUNDS = 8


def at_once(*jobs: Callable[[], Any]) -> list[Any]:
    """What each answered, or the error it raised; all begin together."""
    ready = Barrier(len(jobs))
    found: list[Any] = [None] * len(jobs)

    def run(place: int, job: Callable[[], Any]) -> None:
        ready.wait()
        try:
            found[place] = job()
        except BreatherError as error:
            found[place] = error

    threads = [Thread(target=run, args=pair) for pair in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def book(club: ServerClub, activity: UUID, child: UUID) -> Callable[[], Any]:
    return lambda: club.write(lambda uow: service.book(uow, activity, child), "Book")


def edit(club: ServerClub, child: UUID, version: int) -> Callable[[], Any]:
    values = {"gp": f"{club.actor.name} {version}"}
    return lambda: club.write(lambda uow: people.edit_child(uow, child, version, values), "Edit")


@pytest.fixture
def two(club: ServerClub, come_in: Open) -> tuple[ServerClub, ServerClub]:
    club.add_person("Lena", PASSPHRASE, role=Role.LEAD)
    return club, come_in("Lena")


def test_the_last_place_is_given_once(two: tuple[ServerClub, ServerClub]) -> None:
    club, lena = two
    for turn in range(ROUNDS):
        activity = put(club, lambda uow, turn=turn: an_activity(uow, f"Club {turn}", capacity=1))
        first, second = put(club, a_child), put(club, a_child)
        found = at_once(book(club, activity, first), book(lena, activity, second))
        assert [type(one) for one in found].count(Full) == 1
        assert club.read(partial(programme.activity, activity_id=activity)).booked == 1
    assert club.read(verify_chain) == []


def test_the_same_child_edited_by_two(two: tuple[ServerClub, ServerClub]) -> None:
    club = two[0]
    child = put(club, a_child)
    for turn in range(1, ROUNDS + 1):
        found = at_once(*(edit(one, child, turn) for one in two))
        assert [type(one) for one in found].count(Stale) == 1
    assert club.read(verify_chain) == []


def test_who_waits_too_long_is_told(two: tuple[ServerClub, ServerClub], monkeypatch: pytest.MonkeyPatch) -> None:
    club, lena = two
    lena.close()
    monkeypatch.setitem(server_engine.WRITING, "lock_timeout", "50ms")

    def slow(uow: UnitOfWork) -> None:
        a_child(uow)
        uow.flush()
        with pytest.raises(InUse, match="Nothing was changed"):
            put(lena, a_child)
        assert lena.read(programme.activities) == ()  # who only reads waits for nobody

    club.write(slow, "Slowly")
    put(lena, a_child)


def test_a_reader_sees_one_moment(two: tuple[ServerClub, ServerClub]) -> None:
    club, lena = two

    def look(uow: UnitOfWork) -> tuple[int, int]:
        before = len(programme.activities(uow))
        put(club, an_activity)
        return before, len(programme.activities(uow))

    assert lena.read(look) == (0, 0)
    assert len(lena.read(programme.activities)) == 1


def test_reading_cannot_write(club: ServerClub) -> None:
    def write(uow: UnitOfWork) -> None:
        a_child(uow)
        uow.flush()

    with pytest.raises((BreatherError, DBAPIError)):
        club.read(write)
