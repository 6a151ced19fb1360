"""What encryption costs at the door: the same sixty marks to an encrypted club file and to a plain one.

Run by hand: ``python tests/benchmarks/encrypted.py``. Same library, pragmas and services; the key alone is missing.
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.benchmarks.figures import Figure, ms, paired, tell

ROUNDS = 5


@contextmanager
def unlocked() -> Iterator[None]:
    """Club files made meanwhile are plain SQLite: everything is set but the key."""
    from models.storage import club_file, engine

    class Keyless:
        def __init__(self, connection: Any) -> None:
            self._connection = connection

        def execute(self, statement: str) -> Any:
            return None if statement.startswith("PRAGMA key") else self._connection.execute(statement)

    plain = engine.set_up

    def set_up(connection: Any, key: bytes, *, read_only: bool) -> None:
        plain(Keyless(connection), key, read_only=read_only)

    engine.set_up = club_file.set_up = set_up
    try:
        yield
    finally:
        engine.set_up = club_file.set_up = plain


def a_mark(encrypted: bool) -> float:
    """The median seconds of committing one of sixty marks."""
    if encrypted:
        return _a_mark(b"")
    with unlocked():
        return _a_mark(b"SQLite format 3")


def _a_mark(begins: bytes) -> float:
    from models.registers import service
    from models.registers.rules import MarkKind
    from tests.benchmarks.clubs import sixty

    taken = []
    with tempfile.TemporaryDirectory() as folder:
        club, activity, children = sixty(Path(folder))
        head = club.path.read_bytes()[:15]
        assert (head == b"SQLite format 3") is bool(begins), head
        for child in children:
            began = time.perf_counter()
            club.write(lambda uow: service.record_mark(uow, activity, kind=MarkKind.IN, child_id=child), "In")  # noqa: B023 - done at once
            taken.append(time.perf_counter() - began)
        club.close()
    return median(taken)


def measure() -> list[Figure]:
    a_mark(True), a_mark(False)  # once each unmeasured: imports
    locked, plain, ratio = paired(lambda: a_mark(True), lambda: a_mark(False), ROUNDS)
    return [
        Figure(
            "Committing a mark, encrypted",
            ms(locked),
            f"the same to plain SQLite, {ms(plain)}",
            f"{ratio:.2f}×",
            "none",
            None,
        )
    ]


if __name__ == "__main__":
    tell(measure())
