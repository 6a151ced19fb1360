"""What the fault and abuse tests found, written down: a run with --full rewrites tests/faults/RESULTS.md from it.

Each process of the run adds its lines to one file; the first process, when all are done, puts them in the place of what
RESULTS.md said before of the same test files, so that a run of one file keeps the figures of the others.
"""

import json
import os
import platform
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as sqlcipher

RESULTS = Path(__file__).parent / "RESULTS.md"
RUN = "BREATHER_FAULTS_RUN"
HEADINGS = ("Test", "What was done", "How many", "Found", "Seed", "Seconds", "Run on", "In")


@dataclass(frozen=True)
class Line:
    """One row of the results: `tried` in whole numbers, `found` in words, `seconds` the test took so far."""

    test: str
    what: str
    tried: int
    found: str
    seed: int
    seconds: float
    day: str
    file: str

    def cells(self) -> tuple[str, ...]:
        """As RESULTS.md shows them."""
        return (
            self.test, self.what, f"{self.tried:,}", self.found, str(self.seed), f"{self.seconds:.1f}", self.day,
            self.file,
        )  # fmt: skip

    @classmethod
    def from_cells(cls, cells: Iterable[str]) -> "Line":
        """Raises ValueError for a row that is none of ours."""
        test, what, tried, found, seed, seconds, day, file = cells
        return cls(test, what, int(tried.replace(",", "")), found, int(seed), float(seconds), day, file)


class Ledger:
    """The plugin that gathers the lines of a run; does nothing unless it is a run with --full."""

    def __init__(self, config: pytest.Config) -> None:
        self.full = bool(config.getoption("--full"))
        self.first = not hasattr(config, "workerinput")
        if self.full and self.first:
            os.environ[RUN] = str(Path(tempfile.mkdtemp(prefix="faults-")) / "run.jsonl")

    def add(self, line: Line) -> None:
        """Writes a line down in the file of the run."""
        if self.full:
            with Path(os.environ[RUN]).open("a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(line)) + "\n")

    def pytest_sessionfinish(self) -> None:
        """The first process of the run puts everything together."""
        run = Path(os.environ.get(RUN, "")) if self.full and self.first else None
        if run is None or not run.is_file():
            return
        found = [Line(**json.loads(line)) for line in run.read_text("utf-8").splitlines()]
        RESULTS.write_text(page(merged(read(RESULTS), found)), "utf-8")
        run.unlink()
        run.parent.rmdir()


def read(results: Path) -> list[Line]:
    """The rows RESULTS.md has now; what is no row of ours is passed over."""
    lines = []
    for row in results.read_text("utf-8").splitlines() if results.is_file() else []:
        cells = [cell.strip() for cell in row.strip().strip("|").split("|")]
        if len(cells) == len(HEADINGS) and cells[4].isdigit():
            lines.append(Line.from_cells(cells))
    return lines


def merged(before: list[Line], now: list[Line]) -> list[Line]:
    """The new lines, and the old ones of files that this run did not touch, in order."""
    files = {line.file for line in now}
    lines = [line for line in before if line.file not in files] + now
    return sorted(lines, key=lambda line: (int(line.test.strip("T") or 0), line.file, line.what))


def page(lines: list[Line]) -> str:
    """The text of RESULTS.md."""
    rows = [HEADINGS, ("---",) * len(HEADINGS), *(line.cells() for line in lines)]
    table = "\n".join("| " + " | ".join(cells) + " |" for cells in rows)
    return (
        "# What the fault and abuse tests found\n\n"
        "Written by `python3 installer/test.py --full`; the fast set runs with every other test. A row that begins "
        "“without” is the same\ncheck with its guard taken out: it must find losses, or the check proves nothing. "
        "Repeat a row with `--seed`.\n\n"
        f"Last run on Python {platform.python_version()}, {platform.system()}, SQLite {sqlcipher.sqlite_version}.\n\n"
        f"{table}\n"
    )


def today() -> str:
    """The day of the run, as RESULTS.md shows it."""
    return date.today().isoformat()  # noqa: TID251, DTZ011 - the day somebody ran the tests, not the app's


def ledger_of(config: pytest.Config) -> Any:
    """The ledger of this run."""
    return config.pluginmanager.get_plugin("faults-ledger")
