"""What every test stands on: no screen, no network, one seed, warnings as errors (see pyproject.toml)."""

import gc
import os
import random
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from models.storage import slots
from tests import servers
from tests.faults.ledger import Ledger

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

settings.register_profile(
    "house",
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("full", settings.get_profile("house"), max_examples=1000)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="run the long fault and abuse tests too")
    parser.addoption("--engine", choices=["file", "postgresql"], default="file", help="where every club is kept")
    parser.addoption("--seed", type=int, default=20261203, help="the seed of everything that is made up")


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("full" if config.getoption("--full") else "house")
    servers.configure(config)
    config.pluginmanager.register(Ledger(config), "faults-ledger")


def pytest_report_header(config: pytest.Config) -> str:
    return f"seed: {config.getoption('--seed')} (repeat with --seed)"


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Benchmarks time things, so they run only when asked for by path."""
    if collection_path.name == "benchmarks" and not any("benchmarks" in argument for argument in config.args):
        return True
    return None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Left out, not skipped: long tests unless --full asks for them, and what the chosen engine cannot be asked."""
    unwanted = set() if config.getoption("--full") else {"full"}
    unwanted |= {"file_only"} if servers.chosen() else set()
    unwanted |= set() if servers.server() else {"server"}
    out = [item for item in items if any(item.get_closest_marker(name) for name in unwanted)]
    if servers.chosen():  # screens, and what is true without any club, were asked already
        out += [item for item in items if item not in out and not _of_a_club(item)]
    if out:
        config.hook.pytest_deselected(items=out)
        items[:] = [item for item in items if item not in out]


def _of_a_club(item: pytest.Item) -> bool:
    fixtures = getattr(item, "fixturenames", ())
    return "qtbot" not in fixtures and ("club" in fixtures or hasattr(getattr(item, "module", None), "new_club"))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Says plainly what a machine without PostgreSQL did not run."""
    if servers.server() is None:
        terminalreporter.write_line("There is no PostgreSQL here: the tests that need a server were not run.")


def pytest_collection_finish() -> None:
    """What is there by now is never rubbish."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def rubbish_on_this_thread(request: pytest.FixtureRequest) -> Iterator[None]:
    """Where there are windows, rubbish is collected on their thread alone, as in the app (`desktop.jobs.rubbish`)."""
    if "qtbot" not in request.fixturenames:
        yield
        return
    gc.disable()
    yield
    gc.collect()
    gc.enable()


@pytest.fixture(autouse=True)
def rest_server() -> Iterator[None]:
    """No test leaves a connection open; a club that later tests share connects again by itself."""
    yield
    found = servers.server()
    if found is not None:
        found.rest()


@pytest.fixture(scope="module", autouse=True)
def tidy_server() -> Iterator[None]:
    """What a test file made on the server goes when it is done."""
    yield
    found = servers.server()
    if found is not None:
        found.tidy()


@pytest.fixture(scope="session")
def seed(pytestconfig: pytest.Config) -> int:
    """The seed printed in the header."""
    return int(pytestconfig.getoption("--seed"))


@pytest.fixture
def rng(seed: int) -> random.Random:
    """A generator of this test's own: what other tests draw does not move it."""
    return random.Random(seed)


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords() -> Iterator[None]:
    """Clubs of tests open quickly, and stay as they were made: their passwords are guarded by next to nothing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(slots, "LEAST", slots.Strength(time=1, memory_kib=8, lanes=1))
        yield


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Any connection that would leave this machine fails the test that makes it."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, only_local(getattr(socket.socket, name)))
        yield


def only_local(connect: Any) -> Any:
    """`connect`, refusing any address but this machine's own."""

    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test tried to reach {address}: tests use no network")
        return connect(self, address)

    return guarded
