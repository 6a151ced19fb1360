"""T1: Breather is killed while it takes a register. Every mark that was acknowledged is there when it opens again."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.conftest import Amount, Figures
from tests.faults.register import a_register, losses

pytestmark = pytest.mark.file_only

PLACES_IN_ONE_FILE = 20
OFTEN = "wal_autocheckpoint = 40"  # so that some deaths fall while the log is being written back


class Taker:
    """The process that takes registers (see tests.faults.taker)."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def killed(
        self, path: Path, marks: int, wait: float, *, early: bool = False, pragmas: tuple[str, ...] = ()
    ) -> set[str]:
        """Lets it take marks on the file and kills it `wait` seconds after the given one; what it had said by then."""
        assert self._process.stdin is not None
        asked = {"path": str(path), "early": early, "pragmas": pragmas}
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        pid = int(self._line().removeprefix("pid "))
        said = {self._line() for _ in range(marks)}
        time.sleep(wait)  # the place of the death within a mark is the point of the test
        os.kill(pid, signal.SIGKILL)
        while (line := self._line()) != "gone":
            said.add(line)
        return said

    def _line(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline().strip()
        assert line, "the taker itself has ended"
        return line


@contextmanager
def a_taker() -> Iterator[Taker]:
    """A process that takes registers, ended at the end."""
    command = [sys.executable, "-m", "tests.faults.taker"]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root) as process:
        yield Taker(process)


def deaths(folder: Path, points: int, rng: random.Random, *, early: bool = False) -> tuple[list[str], int, float]:
    """What is wrong after each of so many deaths; how many marks were acknowledged; the slowest opening in seconds."""
    wrong: list[str] = []
    said: set[str] = set()
    marks, slowest, path = 0, 0.0, folder
    with a_taker() as taker:
        for point in range(points):
            if point % PLACES_IN_ONE_FILE == 0:
                path, said = a_register(folder / str(point)), set()
            pragmas = (OFTEN,) if point % 2 else ()
            new = taker.killed(path, rng.randint(0, 6), rng.uniform(0, 0.012), early=early, pragmas=pragmas)
            said |= new
            marks += len(new)
            began = time.monotonic()
            wrong += [f"point {point}: {each}" for each in losses(path, said)]
            slowest = max(slowest, time.monotonic() - began)
    return wrong, marks, slowest


def test_no_acknowledged_mark_is_lost_when_breather_is_killed(
    tmp_path: Path, amount: Amount, figures: Figures, rng: random.Random
) -> None:
    points = amount(100, 500)
    wrong, marks, slowest = deaths(tmp_path, points, rng)
    assert wrong == [], f"seed {figures.seed}"
    assert marks > points
    figures.say(
        "kill -9 while a register is taken", points,
        f"0 of {marks:,} acknowledged marks lost; opened and checked again in {slowest:.2f} s at most",
    )  # fmt: skip


def test_without_waiting_for_the_commit_marks_are_lost(
    tmp_path: Path, amount: Amount, figures: Figures, rng: random.Random
) -> None:
    """The guard is that a mark is acknowledged after its commit: said before, some are lost."""
    points = amount(10, 100)
    wrong, marks, _ = deaths(tmp_path, points, rng, early=True)
    assert any("lost" in each for each in wrong)
    figures.say(
        "without waiting for the commit: the same", points, f"marks of {marks:,} lost after {len(wrong)} deaths"
    )
