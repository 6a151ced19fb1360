"""Bringing in the seven files of the sample club, beside the same into plain SQLite, and beside pandas' bare rows.

Run by hand: ``python tests/benchmarks/importing.py``. Ours recognises, cleans, checks across files, compares three
ways, journals every field and commits to an encrypted file; pandas only reads and inserts, into a plain one.
"""

import gc
import sqlite3
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.benchmarks.encrypted import unlocked
from tests.benchmarks.figures import ROOT, Figure, ms, paired, tell

ROUNDS = 5
SAMPLE = ROOT / "resources" / "sample"


def ours() -> float:
    from models.bootstrap import create_club
    from models.intake.reading import read_files
    from models.intake.service import prepare, take_in
    from tests.clubs import CHEAP, DEVICE, PASSPHRASE, THURSDAY

    gc.collect()
    with tempfile.TemporaryDirectory() as folder:
        club = create_club(
            Path(folder) / "club.breather", "L", PASSPHRASE, device=DEVICE, strength=CHEAP, sample_day=THURSDAY
        )
        began = time.perf_counter()
        preview = club.read(lambda uow: prepare(uow, read_files([SAMPLE])))
        club.write(lambda uow: take_in(uow, preview), "Brought in")
        took = time.perf_counter() - began
        club.close()
    return took


def without_key() -> float:
    with unlocked():
        return ours()


def bare() -> float:
    import pandas

    gc.collect()
    with tempfile.TemporaryDirectory() as folder:
        connection = sqlite3.connect(Path(folder) / "plain.db")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        began = time.perf_counter()
        for file in sorted(SAMPLE.glob("*.csv")):
            pandas.read_csv(file, dtype=str).to_sql(file.stem, connection, index=False)
        connection.commit()
        took = time.perf_counter() - began
        connection.close()
    return took


def measure() -> list[Figure]:
    ours(), bare()  # once each unmeasured: imports
    mine, plain, ratio = paired(ours, bare, ROUNDS)
    locked, open_to_all, cost = paired(ours, without_key, ROUNDS)
    return [
        Figure(
            "Importing the seven files, encrypted",
            ms(locked),
            f"the same to plain SQLite, {ms(open_to_all)}",
            f"{cost:.2f}×",
            "none",
            None,
        ),
        Figure(
            "Importing the seven files",
            ms(mine),
            f"pandas and plain SQLite, {ms(plain)}",
            f"{ratio:.1f}×",
            "none",
            None,
        ),
    ]


if __name__ == "__main__":
    tell(measure())
