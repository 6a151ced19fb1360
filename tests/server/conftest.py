"""An empty database on the tests' server, and what makes a club in it."""

from collections.abc import Callable, Iterator
from datetime import time
from itertools import count
from pathlib import Path

import pytest

from models.kernel.clock import FixedClock, london_instant
from models.kernel.ids import seeded_ids
from models.server.club import ServerClub
from models.server.opening import create_on_server, open_on_server
from models.storage.server_address import Address
from tests import servers
from tests.clubs import CHEAP, DEVICE, PASSPHRASE, SATURDAY

CLOCK = FixedClock(london_instant(SATURDAY, time(10)))
Open = Callable[..., ServerClub]


@pytest.fixture
def database() -> Address:
    """An empty database, with its owner's name and password."""
    found = servers.server()
    assert found is not None  # tests marked `server` are left out where there is none
    return found.fresh("template0")


@pytest.fixture
def club(database: Address, tmp_path: Path) -> Iterator[ServerClub]:
    """A new club in it, opened by its first manager."""
    made = create_on_server(
        database, "Harbour Young Carers", PASSPHRASE, person="Denise Okafor", device=DEVICE, clock=CLOCK,
        ids=seeded_ids(1), strength=CHEAP, data=tmp_path,
    )  # fmt: skip
    yield made
    made.close()


@pytest.fixture
def come_in(database: Address, tmp_path: Path) -> Iterator[Open]:
    """Opens the club as somebody, and closes it afterwards."""
    made: list[ServerClub] = []
    seeds = count(2)

    def come_in(name: str, password: str = PASSPHRASE, address: Address = database) -> ServerClub:
        ids = seeded_ids(next(seeds))
        one = open_on_server(address.public, password, name=name, device=DEVICE, clock=CLOCK, ids=ids, data=tmp_path)
        made.append(one)
        return one

    yield come_in
    for one in made:
        one.close()
