"""Work that dies: a process of its own that ends, with nothing tidied up, before a given step that touches the disk.

The steps are found by running, not listed: every file that Python opens, syncs, renames, links or deletes, every piece
written into an archive, and everything SQLCipher writes, syncs, cuts or deletes.
"""

import os
import sys
import zipfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from models.storage import archive
from tests.faults.disk import OK, Tap

DIED = 9
EVENTS = ("open", "os.rename", "os.link", "os.remove", "shutil.copyfile")
Work = Callable[[], object]
Count = Callable[[], None]
Steps = Callable[[Path, Count], AbstractContextManager[None]]


def disk_steps(folder: Path, count: Count) -> AbstractContextManager[None]:
    """Counts every step that touches files in the folder. For a process that is to end: not all of it is undone."""
    here = str(folder)

    def heard(event: str, given: tuple[Any, ...]) -> None:
        if event in EVENTS and str(given[0]).startswith(here):
            count()

    def counting(call: Any) -> Any:
        def counted(*given: Any, **more: Any) -> Any:
            count()
            return call(*given, **more)

        return counted

    def tapped(_kind: str, path: Path) -> int:
        if str(path).startswith(here) and not path.name.endswith("-shm"):
            count()
        return OK

    sys.addaudithook(heard)
    os.fsync = counting(os.fsync)
    writer: Any = zipfile._ZipWriteFile  # type: ignore[attr-defined] # the one place all its bytes go through
    writer.write = counting(writer.write)
    archive.CHUNK = 65_536
    return Tap(tapped, lambda _step: None).on()


def steps_of(folder: Path, work: Work, steps: Steps = disk_steps) -> int:
    """How many steps the work takes; it is done in a process of its own."""
    given, taken = os.pipe()
    child = os.fork()
    if child == 0:
        count = [0]

        def one_more() -> None:
            count[0] += 1

        code = _work(work, steps, folder, one_more)
        os.write(taken, str(count[0]).encode())
        os._exit(code)
    os.close(taken)
    with os.fdopen(given) as pipe:
        said = pipe.read()
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0, "the work itself failed"
    return int(said)


def die_at(step: int, folder: Path, work: Work, steps: Steps = disk_steps) -> None:
    """Does the work in a process of its own that dies before its step number `step`."""
    child = os.fork()
    if child == 0:
        left = [step]

        def count_down() -> None:
            left[0] -= 1
            if left[0] < 0:
                os._exit(DIED)

        _work(work, steps, folder, count_down)
        os._exit(1)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code == DIED, f"the work did not get as far as step {step}"


def _work(work: Work, steps: Steps, folder: Path, count: Count) -> int:
    """The exit code of the work, each of its steps counted."""
    try:
        with steps(folder, count):
            work()
    except BaseException:
        return 1
    return 0
