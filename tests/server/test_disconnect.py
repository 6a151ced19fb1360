"""A line that breaks: all of a change or nothing of it is kept, nothing is doubled, and the words say which it was."""

from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace

import psycopg
import pytest

from models.bootstrap import UnitOfWork
from models.history.service import undo
from models.kernel.errors import Disconnected, NoServer, SavedAfterAll
from models.people import queries as people
from models.server.club import ServerClub
from models.storage.journal_check import verify_chain
from models.storage.server_address import Address
from models.storage.server_engine import engine_for
from tests.clubs import a_child, put
from tests.server.conftest import Open
from tests.server.line import Cut, Line

pytestmark = pytest.mark.server


@pytest.fixture
def line(database: Address) -> Iterator[Line]:
    made = Line(database.host, database.port)
    yield made
    made.close()


@pytest.fixture
def far(club: ServerClub, database: Address, line: Line, come_in: Open) -> ServerClub:
    """The club as seen over the line; `club` sees it without."""
    return come_in("Denise Okafor", address=replace(database, port=line.port))


def children(club: ServerClub) -> int:
    return len(club.read(people.children))


def test_a_line_lost_before_the_commit_changes_nothing(club: ServerClub, far: ServerClub, line: Line) -> None:
    put(far, a_child)
    line.cut = Cut.BEFORE_COMMIT
    with pytest.raises(Disconnected, match="Nothing was changed"):
        put(far, a_child)
    assert children(club) == 1
    put(far, a_child)
    assert children(club) == 2
    assert club.read(verify_chain) == []


def test_a_commit_whose_answer_is_lost_counts_as_done(club: ServerClub, far: ServerClub, line: Line) -> None:
    line.cut = Cut.AFTER_COMMIT
    written = far.write(a_child, "Add a child")
    assert written.areas == {"people"}
    assert children(club) == children(far) == 1
    assert club.read(verify_chain) == []


@pytest.mark.parametrize(("cut", "kept"), [(Cut.BEFORE_COMMIT, 0), (Cut.AFTER_COMMIT, 1)])
def test_what_cannot_be_known_yet_is_never_saved_twice(
    club: ServerClub, far: ServerClub, line: Line, cut: Cut, kept: int
) -> None:
    put(far, a_child)
    line.cut = cut
    line.mended = False
    with pytest.raises(Disconnected, match="cannot be known yet"):
        put(far, a_child)
    with pytest.raises(Disconnected, match="cannot be known yet"):
        put(far, a_child)
    line.mended = True
    assert children(club) == kept + 1
    if kept:
        with pytest.raises(SavedAfterAll):
            put(far, a_child)
    put(far, a_child)
    assert children(club) == kept + 2
    assert club.read(verify_chain) == []


def test_a_line_lost_in_the_middle(club: ServerClub, far: ServerClub, line: Line) -> None:
    def change(uow: UnitOfWork) -> None:
        a_child(uow)
        uow.flush()
        line.cut = Cut.AT_ONCE
        a_child(uow, "Tom")

    with pytest.raises(Disconnected, match="Nothing was changed"):
        far.write(change, "Add two")
    assert children(club) == 0
    assert put(far, a_child) is not None


def test_reading_over_a_line_that_was_lost_meanwhile(club: ServerClub, far: ServerClub, line: Line) -> None:
    put(club, a_child)
    assert children(far) == 1
    line.cut = Cut.AT_ONCE
    assert children(far) == 1  # asked first whether the line still stands, and another taken


def test_one_change_is_one_undo_also_after_a_lost_answer(far: ServerClub, line: Line) -> None:
    line.cut = Cut.AFTER_COMMIT
    put(far, a_child, "Add Maryam")
    far.write(lambda uow: undo(uow, lambda *_: nullcontext()), "Undo")
    assert children(far) == 0


def test_a_server_that_is_not_there(database: Address, come_in: Open, line: Line, club: ServerClub) -> None:
    line.close()
    with pytest.raises(NoServer, match="does not answer"):
        come_in("Denise Okafor", address=replace(database, port=line.port))


def test_a_connection_in_use_while_all_are_closed_is_closed_when_it_is_handed_back(
    club: ServerClub, database: Address
) -> None:
    engine = engine_for(database, read_only=True)
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert isinstance(driver, psycopg.Connection)
        engine.dispose()
        assert not driver.closed
    assert driver.closed
