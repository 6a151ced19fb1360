"""T5 on a server: wrong passwords are counted at its door, whichever machine or program tries them, and journaled."""

import random
from collections.abc import Callable
from datetime import datetime, time, timedelta
from itertools import cycle
from pathlib import Path
from threading import Barrier, Thread

import psycopg
import pytest

from models.access.door import at_the_door as happened
from models.kernel.clock import FixedClock, london_instant
from models.kernel.errors import TooManyGuesses, WrongPassphrase
from models.kernel.ids import seeded_ids
from models.server.club import ServerClub
from models.server.opening import create_on_server, open_on_server
from models.storage.guesses import MOST
from models.storage.journal_check import verify_chain
from models.storage.server_address import Address, login_of
from tests import servers
from tests.clubs import CHEAP, DEVICE, PASSPHRASE, SATURDAY
from tests.faults.conftest import Amount, Figures
from tests.faults.test_t05_guesses import most_in_a_window, wrong_one
from tests.server.doors import asked, connected, later

pytestmark = pytest.mark.server
DENISE = "Denise Okafor"
MACHINES = ("office", "van", "home")
CLOCK = FixedClock(london_instant(SATURDAY, time(10, 2)))
UNCOUNTED = "CREATE OR REPLACE FUNCTION door.wait_of(who text, but uuid) RETURNS double precision RETURN 0"


@pytest.fixture
def database() -> Address:
    """A closed club in a database of its own, which nothing else of these tests uses."""
    found = servers.server()
    assert found is not None  # tests marked `server` are left out where there is none
    place = found.fresh("template0")
    create_on_server(
        place, "Harbour", PASSPHRASE, person=DENISE, device=DEVICE, clock=CLOCK, ids=seeded_ids(1), strength=CHEAP
    ).close()
    return place


def opened(database: Address, folder: Path, machine: str, password: str) -> ServerClub:
    """As Breather on a machine of its own does it: another folder, nothing remembered."""
    place = database.public
    return open_on_server(place, password, name=DENISE, device=machine, clock=CLOCK, data=folder / machine)


def counted(database: Address) -> int:
    return int(asked(database, "SELECT count(*) FROM door.tries WHERE NOT told")[0][0])


def test_wrong_passwords_from_several_machines_are_one_count(
    database: Address, tmp_path: Path, amount: Amount, figures: Figures, rng: random.Random
) -> None:
    times: list[datetime] = []
    refused, passed = 0, timedelta()
    machines = cycle(MACHINES)
    while len(times) < (many := amount(30, 100)):
        with pytest.raises((WrongPassphrase, TooManyGuesses)) as told:
            opened(database, tmp_path, next(machines), f"!{wrong_one(rng)}")
        now = asked(database, "SELECT clock_timestamp()")[0][0] + passed
        if isinstance(told.value, TooManyGuesses):
            refused += 1
            wait = told.value.until - CLOCK.now()
            assert wait > timedelta(0)
            later(database, wait.total_seconds())
            passed += wait
        else:
            times.append(now)
        assert counted(database) == len(times)
    most = most_in_a_window(times)
    assert most <= MOST
    with pytest.raises(TooManyGuesses):  # the right one has to wait too
        opened(database, tmp_path, "office", PASSPHRASE)
    later(database, 600)
    back = opened(database, tmp_path, "office", PASSPHRASE)
    said = [row.what for row in back.read(happened)]
    assert [one.split(" between ")[0] for one in said] == [f"Signed in after {many} wrong passwords"]
    assert back.read(verify_chain) == []
    back.close()
    assert counted(database) == 0
    found = f"{most} in 5 minutes at most, {refused} told to wait; {many} journaled"
    figures.say("server: wrong passwords from 3 machines, each as soon as it is let", many, found)


def together(jobs: list[Callable[[], object]]) -> None:
    ready = Barrier(len(jobs))

    def run(job: Callable[[], object]) -> None:
        ready.wait(30)
        job()

    threads = [Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)


def answered_together(database: Address, folder: Path, many: int) -> tuple[int, int]:
    """So many wrong ones started at the same moment on two machines: how many were answered, how many had to wait."""
    told: list[Exception] = []

    def guess(number: int) -> None:
        try:
            opened(database, folder, MACHINES[number % 2], f"wrong one {number}")
        except (WrongPassphrase, TooManyGuesses) as error:
            told.append(error)

    together([lambda number=number: guess(number) for number in range(many)])
    assert len(told) == many
    waits = sum(isinstance(one, TooManyGuesses) for one in told)
    return many - waits, waits


def test_wrong_passwords_started_together_are_counted_each(database: Address, tmp_path: Path, figures: Figures) -> None:
    answered, waits = answered_together(database, tmp_path, many := 30)
    assert answered <= MOST
    assert counted(database) >= answered
    figures.say(
        "server: wrong passwords started together on 2 machines", many, f"{answered} answered, {waits} told to wait"
    )


def test_without_the_count_as_many_as_anybody_likes_are_answered(
    database: Address, tmp_path: Path, figures: Figures
) -> None:
    asked(database, UNCOUNTED)
    answered, waits = answered_together(database, tmp_path, many := 30)
    assert (answered, waits) == (many, 0)
    figures.say("server, without the count: wrong passwords", many, f"{answered} answered at once")


def test_nobody_gets_past_the_door_with_a_password(
    database: Address, tmp_path: Path, amount: Amount, figures: Figures, rng: random.Random
) -> None:
    """Straight at PostgreSQL, as psql does it: there not even the right password opens anything."""
    login = login_of(database.database, DENISE)
    for number in range(many := amount(30, 100)):
        tried = PASSPHRASE if number % 2 else wrong_one(rng).replace("\0", "")
        with pytest.raises(psycopg.OperationalError), connected(database.of(login, tried)):
            raise AssertionError("a password came past the door")
    assert counted(database) == 0
    opened(database, tmp_path, "office", PASSPHRASE).close()
    figures.say("server: passwords tried past Breather, the right one too", many, "0 came in")
