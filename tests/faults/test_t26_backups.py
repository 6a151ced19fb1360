"""T26: backups made while somebody writes, each restored and compared; a copy that differs is never called a backup.

The writing keeps pace with the backups. Left to run free it makes the file grow for as long as a backup takes, and a
backup take as long as the file is large: the hundredth would never come.
"""

import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from models.bootstrap import Backup, Club, Place, restore
from models.kernel.errors import BreatherError
from models.storage import archive, snapshot
from models.storage.journal import EntryRecord
from tests.clubs import DEVICE, PASSPHRASE, a_child, new_club, put
from tests.faults.conftest import Amount, Figures

pytestmark = pytest.mark.file_only

WRITES = 15  # for each backup: more than are committed while it is made


class Writer:
    """Somebody who writes all the while, so many changes for each backup."""

    def __init__(self, club: Club) -> None:
        self.written = 0
        self._club = club
        self._due = threading.Semaphore(0)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._work)

    def go_on(self) -> None:
        """Changes enough for one backup more."""
        self._due.release(WRITES)

    @contextmanager
    def at_work(self) -> Iterator["Writer"]:
        """Writes while it lasts."""
        self._thread.start()
        try:
            yield self
        finally:
            self._over.set()
            self.go_on()
            self._thread.join()

    def _work(self) -> None:
        while True:
            self._due.acquire()
            if self._over.is_set():
                return
            put(self._club, lambda uow: a_child(uow, "Child", f"Number {self.written}"))
            self.written += 1


def wrong_with(made: Backup, source: Club, target: Path, before: int, after: int) -> list[str]:
    """What a restore of the backup lacks of what it says it holds, and of what its source held at that moment."""
    facts = made.facts
    if facts is None or not before <= facts.children <= after + 1:
        return ["the backup is of another moment"]
    try:
        back = restore(made.path, target, PASSPHRASE, device=DEVICE)
    except BreatherError as error:
        return [f"it cannot be restored: {error}"]
    try:
        held = select(EntryRecord.digest).where(EntryRecord.number <= facts.number).order_by(EntryRecord.number)
        theirs, ours = (club.read(lambda uow: uow.session.scalars(held).all()) for club in (source, back))
        same = [] if theirs == ours and len(ours) == facts.number else ["its journal is another"]
        counted = [] if back.facts().children == facts.children else ["its rows are others"]
        return [*back.faults(), *same, *counted]
    finally:
        back.close()
        for each in target.parent.iterdir():
            each.unlink()


def backups_while_writing(folder: Path, times: int) -> tuple[list[str], int, int]:
    """What is wrong with so many backups, how many were refused, and how many had writes in the middle."""
    club, place = new_club(folder), Place(folder / "backups")
    target = folder / "restored" / "again.breather"
    target.parent.mkdir()
    wrong, refused, amid = [], 0, 0
    with Writer(club).at_work() as writer:
        for _ in range(times):
            before = writer.written
            writer.go_on()
            try:
                made = club.back_up(place)
            except BreatherError:
                refused += 1
                continue
            after = writer.written
            amid += after > before
            wrong += wrong_with(made, club, target, before, after)
            made.path.unlink()
    assert not list(place.folder.iterdir()), "what was refused leaves nothing"
    club.close()
    return wrong, refused, amid


def test_backups_during_writes_are_whole(tmp_path: Path, amount: Amount, figures: Figures) -> None:
    times = amount(8, 100)
    wrong, refused, amid = backups_while_writing(tmp_path, times)
    assert (wrong, refused) == ([], 0)
    assert amid > times // 2
    figures.say("backups during writes, each restored and compared", times, f"0 differ; {amid} written to amid")


def a_bad_disk(patch: pytest.MonkeyPatch, rng: random.Random) -> None:
    """From here on a copy has one bit wrong when it comes to rest."""
    copy_to = snapshot.copy_to

    def a_bit_off(file: Path, key: bytes, target: Path, *more: Any) -> snapshot.Facts:
        facts = copy_to(file, key, target, *more)
        raw = bytearray(target.read_bytes())
        raw[rng.randrange(len(raw))] ^= 1 << rng.randrange(8)
        target.write_bytes(raw)
        return facts

    patch.setattr(snapshot, "copy_to", a_bit_off)


def test_a_bad_disk_is_seen_before_it_is_called_a_backup(
    tmp_path: Path, amount: Amount, figures: Figures, rng: random.Random, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = amount(8, 100)
    a_bad_disk(monkeypatch, rng)
    assert backups_while_writing(tmp_path, times) == ([], times, 0)
    figures.say("backups onto a disk that alters one bit", times, f"{times} refused, none left behind")


def test_without_reading_it_back_a_bad_copy_is_called_a_backup(
    tmp_path: Path, amount: Amount, figures: Figures, rng: random.Random, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The guard is that each is read back and compared before it counts: without it, all are called backups."""
    times = amount(4, 20)
    a_bad_disk(monkeypatch, rng)
    prove = snapshot.prove
    monkeypatch.setattr(snapshot, "prove", lambda copy, *more: None if ".part" in copy.name else prove(copy, *more))
    monkeypatch.setattr(archive, "prove", lambda *_given: None)
    wrong, refused, _ = backups_while_writing(tmp_path, times)
    made = times - refused  # a wrong bit in the few pages that are read anyway is met there
    assert made > times // 2
    assert len(wrong) >= made
    figures.say("without reading it back: the same", times, f"{made} are called backups and cannot be restored")
