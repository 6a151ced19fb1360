"""Fault and abuse tests: how much of each, and what each found.

    def test_it(amount, figures, rng):
        for _ in range(points := amount(100, 500)): ...
        figures.say("marks taken while the process was killed", points, "0 lost")

A file is named for its fault in the list the app is held to (test_t01_kill.py is T1).
"""

import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.ledger import Line, ledger_of, today

CASES = Path(__file__).parent / "cases"
Amount = Callable[[int, int], int]


class Figures:
    """What one test says of itself; printed, and kept in RESULTS.md by a run with --full."""

    def __init__(self, name: str, file: str, seed: int) -> None:
        number = re.match(r"test_t(\d+)", file)
        self.test = f"T{int(number[1])}" if number else "T0"
        self.name, self.file, self.seed = name, file, seed
        self.lines: list[Line] = []
        self._began = time.monotonic()

    def say(self, what: str, tried: int, found: str) -> None:
        """Notes what was done, how many times, and what came of it, in words without a bar."""
        seconds = time.monotonic() - self._began
        line = Line(self.test, what, tried, found, self.seed, round(seconds, 1), today(), self.file)
        self.lines.append(line)
        print(f"{line.test}: {what}: {tried:,}: {found} (seed {self.seed}, {seconds:.1f} s)")

    def keep(self, folder: Path, number: int) -> str:
        """Keeps the files of a case that failed, to be committed with its mend; returns where, for the message."""
        kept = CASES / f"{Path(self.file).stem}-{self.seed}-{number}"
        shutil.copytree(folder, kept, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.lock", "*-shm"))
        return f"seed {self.seed}, case {number}, kept as {kept.name}"


@pytest.fixture
def amount(pytestconfig: pytest.Config) -> Amount:
    """`amount(fast, full)`: how many, by whether this is a run with --full."""
    return lambda fast, full: full if pytestconfig.getoption("--full") else fast


@pytest.fixture
def figures(request: pytest.FixtureRequest, seed: int) -> Iterator[Figures]:
    """What this test says of itself, last of all: a test that fails before leaves no row."""
    print(f"seed {seed}")
    found = Figures(request.node.name, request.node.path.name, seed)
    yield found
    for line in found.lines:
        ledger_of(request.config).add(line)


@pytest.fixture
def kept_cases(request: pytest.FixtureRequest) -> tuple[Path, ...]:
    """The folders of cases that failed once in this test file, to be tried again before all others."""
    return tuple(sorted(CASES.glob(f"{request.node.path.stem}-*"))) if CASES.is_dir() else ()
