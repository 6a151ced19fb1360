"""A whole club moved to a server and back: equal in every table; and stopped anywhere, the original is whole."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from models.bootstrap import Club, open_club
from models.concerns import queries as concerns
from models.kernel.errors import BadInput, BreatherError
from models.server import moving
from models.server.club import ServerClub
from models.server.opening import open_on_server
from models.storage import club_file
from models.storage.journal_check import verify_chain
from models.storage.server_address import Address
from tests import servers
from tests.clubs import DEVICE, PASSPHRASE
from tests.server.line import Line
from tests.server.moved import DENISE, HERS, LENA, PIN, Digests, a_full_club, digests, digests_there

pytestmark = pytest.mark.server
IN_EVERY_CORNER = (
    "child", "account", "access_event", "key_slots_copy", "concern", "legal_hold", "erased_child", "journal_erasure",
    "journal_entry",
)  # fmt: skip


class StoppedHereError(Exception):
    """The power went."""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Club]:
    """One for all: no move, however it ends, changes what it is made from."""
    with a_full_club(tmp_path_factory.mktemp("file"), year=False) as club:
        yield club


@pytest.fixture(scope="module")
def held(file: Club) -> Address:
    """Where the same club is on the server, with its owner's name and password."""
    found = servers.server()
    assert found is not None  # tests marked `server` are left out where there is none
    address = found.fresh("template0")
    moving.to_server(file, address, PASSPHRASE).close()
    return address


@pytest.fixture
def there(held: Address, file: Club) -> Iterator[ServerClub]:
    """It, open."""
    club = open_on_server(held.public, PASSPHRASE, name=DENISE, device=DEVICE, clock=file.clock)
    yield club
    club.close()


def is_as_it_was(club: Club, before: Digests) -> None:
    assert digests(club) == before
    assert club.read(verify_chain) == []


def test_the_sample_year_goes_there_and_back_and_is_equal(database: Address, tmp_path: Path) -> None:
    with a_full_club(tmp_path, year=True) as file:
        before = digests(file)
        assert all(before[name][0] for name in IN_EVERY_CORNER)
        assert before["mark"][0] > 100
        pin = _pin(file)
        there = moving.to_server(file, database, PASSPHRASE)
        assert digests_there(database) == before
        back = moving.to_file(there, database, PASSPHRASE, tmp_path / "back.breather")
        there.close()
        is_as_it_was(file, before)
        is_as_it_was(back, before)
        assert back.faults() == []
        assert _pin(back) == pin != ""
        back.close()
    lena = open_club(tmp_path / "back.breather", HERS, name=LENA, device=DEVICE, clock=file.clock)
    assert [one.facts.reference for one in lena.read(concerns.concerns) if one.facts] == ["LADO 12/26"]
    lena.sign_in_with_pin(LENA, PIN, lena.id)
    lena.close()


def _pin(club: Club) -> str:
    from models.access.records import AccountRecord

    return str(club.read(lambda uow: uow.session.query(AccountRecord).filter_by(name=LENA).one().pin))


def stop_at(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, *, after: bool = False, time: int = 1) -> None:
    """The next call of that (or the one after so many) is where it stops."""
    whole: Callable[..., Any] = getattr(owner, name)
    left = [time]

    def stops(*values: Any, **more: Any) -> Any:
        left[0] -= 1
        if left[0] == 0 and not after:
            raise StoppedHereError(name)
        made = whole(*values, **more)
        if left[0] == 0:
            raise StoppedHereError(name)
        return made

    monkeypatch.setattr(owner, name, stops)


@pytest.mark.parametrize(
    ("owner", "name", "time"),
    [
        (moving.schema, "lay", 1), (moving, "_copy_rows", 1), (moving, "digest", 1), (moving, "digest", 40),
        (moving, "verify_chain", 1), (moving.roles, "make_groups", 1), (moving, "let_in_first", 1),
    ],
)  # fmt: skip
@pytest.mark.parametrize("after", [False, True])
@pytest.mark.full
def test_stopped_on_the_way_there_nothing_is_there_and_the_file_is_whole(
    file: Club, database: Address, monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, time: int, after: bool
) -> None:
    before = digests(file)
    with monkeypatch.context() as power:
        stop_at(power, owner, name, after=after, time=time)
        with pytest.raises(StoppedHereError):
            moving.to_server(file, database, PASSPHRASE)
    is_as_it_was(file, before)
    moving.to_server(file, database, PASSPHRASE).close()
    assert digests_there(database) == before


@pytest.mark.parametrize("still", [10, *(pytest.param(each, marks=pytest.mark.full) for each in (3, 40, 80, 120))])
def test_with_the_line_lost_on_the_way_there_the_file_is_whole(file: Club, database: Address, still: int) -> None:
    before = digests(file)
    line = Line(database.host, database.port)
    line.still = still
    with pytest.raises(BreatherError):
        moving.to_server(file, replace(database, port=line.port), PASSPHRASE)
    line.close()
    is_as_it_was(file, before)
    with suppress(BadInput):  # where it was the last answer that was lost, it is there, and whole
        moving.to_server(file, database, PASSPHRASE).close()
    assert digests_there(database) == before


@pytest.mark.parametrize(
    ("owner", "name", "time"),
    [
        (moving.club_file, "make", 1), (moving, "_copy_rows", 1), (moving, "digest", 3), (moving, "verify_chain", 1),
        (Path, "replace", 1), (Path, "replace", 2), (Path, "replace", 3),
    ],
)  # fmt: skip
@pytest.mark.parametrize("after", [False, True])
@pytest.mark.full
def test_stopped_on_the_way_back_there_is_no_file_or_a_whole_one(
    there: ServerClub, held: Address, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, owner: Any, name: str,
    time: int, after: bool,
) -> None:  # fmt: skip
    before, path = digests_there(held), tmp_path / "back.breather"
    with monkeypatch.context() as power:
        stop_at(power, owner, name, after=after, time=time)
        with pytest.raises(StoppedHereError):
            moving.to_file(there, held, PASSPHRASE, path)
    assert digests_there(held) == before
    if path.exists():
        back = open_club(path, PASSPHRASE, name=DENISE, device=DEVICE, clock=there.clock)
    else:
        assert not list(tmp_path.glob("back*")), "nothing stands in the way of the next try"
        back = moving.to_file(there, held, PASSPHRASE, path)
    is_as_it_was(back, before)
    assert club_file.look(path) is None
    back.close()
