"""Marks at the door while a backup of a 200 MB club file is made, beside marks with nothing else going on.

Run by hand: ``python tests/benchmarks/backup.py``. The real engine, store and backup; each mark timed to its commit.
"""

import json
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.benchmarks.figures import Figure, in_a_new_process, ms, percentile, tell

ROUNDS = 3
MARKS = 80
MEGABYTES = 200
PACE_SECONDS = 0.05
"""A queue at the door is quicker than one tap in a second, and slower than this."""


def fill(club: Any) -> None:
    """Makes the file as big as one with years of lines brought in."""
    from models.intake.records import ImportedRecord

    line = {"notes": "x" * 250_000}
    while club.path.stat().st_size < MEGABYTES * 10**6:
        club.write(lambda uow: [uow.add(_line(uow, ImportedRecord, line)) for _ in range(10)], "Filled")
        connection = club._store.begin()
        with connection as open_one:
            open_one.exec_driver_sql("DELETE FROM journal_entry WHERE table_name = 'imported'")


def _line(uow: Any, kind: Any, values: dict[str, str]) -> Any:
    key = str(uow.ids())
    return kind(kind="young carers", key=key, record_id=uow.ids(), imported_at=uow.clock.now(), values=values)


def mark_times(club: Any, activity: Any, children: Iterator[Any], number: int) -> list[float]:
    from models.registers import service
    from models.registers.rules import MarkKind

    taken = []
    for _ in range(number):
        child = next(children)
        began = time.perf_counter()
        club.write(lambda uow: service.record_mark(uow, activity, kind=MarkKind.IN, child_id=child), "In")  # noqa: B023 - done at once
        taken.append(time.perf_counter() - began)
        time.sleep(max(0.0, PACE_SECONDS - taken[-1]))
    return taken


def child() -> None:
    """Prints the seconds of each mark at rest and during a backup, how long that took, and the file's size."""
    from desktop.jobs.jobs import TURN_SECONDS
    from models.bootstrap import Place
    from tests.benchmarks.clubs import sixty

    sys.setswitchinterval(TURN_SECONDS)  # as in the app
    with tempfile.TemporaryDirectory() as folder:
        club, activity, booked = sixty(Path(folder), 4 * MARKS)
        fill(club)
        children = iter(booked)
        mark_times(club, activity, children, 5)  # unmeasured: imports
        quiet = mark_times(club, activity, children, MARKS)
        made: list[float] = []

        def back_up() -> None:
            began = time.perf_counter()
            club.back_up(Place(Path(folder) / "backups"))
            made.append(time.perf_counter() - began)

        thread = threading.Thread(target=back_up)
        thread.start()
        busy: list[float] = []
        while thread.is_alive() and len(busy) < 2 * MARKS:
            busy += mark_times(club, activity, children, 1)
        thread.join()
        size = club.path.stat().st_size
        club.close()
    print(json.dumps({"quiet": quiet, "busy": busy, "made": made, "size": size}), flush=True)


def measure() -> list[Figure]:
    told = [json.loads(in_a_new_process("backup", "--child")) for _ in range(ROUNDS)]
    quiet = [mark for one in told for mark in one["quiet"]]
    busy = [mark for one in told for mark in one["busy"]]
    size, took = told[0]["size"] / 10**6, median(one["made"][0] for one in told)
    worse = median(median(one["busy"]) / median(one["quiet"]) for one in told)
    return [
        Figure(
            f"A mark, to its commit, while a backup of {size:.0f} MB is made in {took:.1f} s ({len(busy)} marks)",
            f"p50 {ms(median(busy))}, p99 {ms(percentile(busy, 0.99))}",
            f"at rest p50 {ms(median(quiet))}, p99 {ms(percentile(quiet, 0.99))}",
            f"p50 {worse:.2f}×, p99 {percentile(busy, 0.99) / percentile(quiet, 0.99):.2f}×",
            "none",
            None,
        )
    ]


if __name__ == "__main__":
    if "--child" in sys.argv:
        child()
    else:
        tell(measure())
