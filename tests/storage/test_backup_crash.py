"""T3: the process dies before each step of a backup or a restore that touches the disk; the next start finds all whole.

The steps are found by running, not listed: every file opened, written into, made lasting, renamed, linked or deleted.
"""

import os
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from models.bootstrap import Club, Place, open_club, restore
from models.storage import archive
from models.storage.archive import SUFFIX
from models.storage.backup import backups
from tests.clubs import DEVICE, PASSPHRASE, a_child, new_club, put

DIED = 9
EVENTS = ("open", "os.rename", "os.link", "os.remove", "shutil.copyfile")
Work = Callable[[], object]


def die_at(step: int, folder: Path, work: Work) -> bool:
    """Runs the work in a process of its own that dies before its step number `step`; returns whether it got there."""
    child = os.fork()
    if child == 0:
        try:
            arm(step, folder)
            work()
        except BaseException:
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in (0, DIED), f"the work itself failed at step {step}"
    return code == DIED


def arm(step: int, folder: Path) -> None:
    """From here on, in this process, every step on files in the folder counts down to the death."""
    left = [step]

    def count() -> None:
        left[0] -= 1
        if left[0] < 0:
            os._exit(DIED)

    def heard(event: str, given: tuple[Any, ...]) -> None:
        if event in EVENTS and str(given[0]).startswith(str(folder)):
            count()

    def counting(call: Any) -> Any:
        def counted(*given: Any, **more: Any) -> Any:
            count()
            return call(*given, **more)

        return counted

    sys.addaudithook(heard)
    os.fsync = counting(os.fsync)
    writer: Any = zipfile._ZipWriteFile  # type: ignore[attr-defined] # the one place all its bytes go through
    writer.write = counting(writer.write)
    archive.CHUNK = 65_536


def facts_of(path: Path) -> int:
    """How many children are in a sound club file."""
    club = open_club(path, PASSPHRASE, device=DEVICE)
    try:
        assert club.faults() == []
        return club.facts().children
    finally:
        club.close()


def opened(path: Path) -> Club:
    return open_club(path, PASSPHRASE, device=DEVICE)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A club of one child, closed."""
    club = new_club(tmp_path)
    put(club, lambda uow: a_child(uow, "Maryam", "Müller"))
    club.close()
    return club.path


def test_a_backup_is_whole_or_not_there_wherever_it_dies(file: Path, tmp_path: Path) -> None:
    place = Place(tmp_path / "backups")
    club = opened(file)
    older = club.back_up(place)
    key = club._store.key
    club.close()

    def work() -> None:
        club = opened(file)
        club.back_up(place)
        club.close()

    step = 0
    while die_at(step, tmp_path, work):
        step += 1
        found = backups(place.folder, key)
        assert older.path in [one.path for one in found]
        assert len(found) == len(list(place.folder.glob(f"*{SUFFIX}")))
        for one in found:
            archive.prove(one.path, key)
            assert one.facts == older.facts
            if one.path != older.path:
                one.path.unlink()  # each one more would be one more step
        assert facts_of(file) == 1
    assert step > 15
    assert not list(place.folder.glob("*.part*"))


@pytest.mark.parametrize("within", [True, False], ids=["in the open club", "by the command line"])
def test_a_restore_leaves_the_whole_old_file_or_the_whole_new_one(tmp_path: Path, file: Path, within: bool) -> None:
    place = Place(tmp_path / "backups")
    club = opened(file)
    made = club.back_up(place)
    put(club, lambda uow: a_child(uow, "Aoife", "Byrne"))
    club.close()
    old = {each: each.read_bytes() for each in (file, file.with_name(file.name + ".keys"))}

    def work() -> None:
        back = opened(file).restored_from(made.path) if within else restore(made.path, file, PASSPHRASE, device=DEVICE)
        back.close()

    step = kept = 0
    while die_at(step, tmp_path, work):
        step += 1
        now = facts_of(file)
        assert now in (1, 2)
        if now == 1:
            kept += 1
            asides = [one for one in tmp_path.glob("* replaced *.breather") if facts_of(one) == 2]
            assert asides, "what was replaced is kept"
        for each in tmp_path.glob("* replaced *"):
            each.unlink()
        for each, content in old.items():
            each.write_bytes(content)
    assert step > 12
    assert kept, "it died at least once after the new file was in place"
    assert facts_of(file) == 1
    assert not list(tmp_path.glob("*.restoring*"))
