"""Killed in the middle of a register: every mark that was acknowledged is there when the file is opened again.

Three points in a process of its own, begun from nothing; hundreds more are in tests/faults (T1).
"""

import subprocess
import sys
from datetime import time
from pathlib import Path
from uuid import UUID

import pytest

from models.bootstrap import UnitOfWork, open_club
from models.kernel.clock import FixedClock, london_instant
from models.registers import queries
from tests.clubs import DEVICE, PASSPHRASE, SATURDAY, a_booking, a_child, an_activity, new_club, put

pytestmark = pytest.mark.file_only
ROOT = Path(__file__).parents[2]
CHILDREN = 30
WRITER = """
import sys
from datetime import time
from pathlib import Path
from uuid import UUID

from models.bootstrap import open_club
from models.kernel.clock import FixedClock, london_instant
from models.registers import service
from models.registers.rules import MarkKind
from tests.clubs import DEVICE, PASSPHRASE, SATURDAY

clock = FixedClock(london_instant(SATURDAY, time(10)))
club = open_club(Path(sys.argv[1]), PASSPHRASE, device=DEVICE, clock=clock)
activity, children = UUID(sys.argv[2]), [UUID(each) for each in sys.argv[3].split(",")]
while True:
    for kind in (MarkKind.IN, MarkKind.OUT):
        for child in children:
            mark = club.write(
                lambda uow: service.record_mark(uow, activity, kind=kind, child_id=child), "Mark"
            ).value
            print(mark, flush=True)
"""


def a_full_club(uow: UnitOfWork) -> tuple[UUID, list[UUID]]:
    """A club with thirty children booked."""
    activity = an_activity(uow)
    children = [a_child(uow, f"Child {number}") for number in range(CHILDREN)]
    for child in children:
        a_booking(uow, activity, child)
    return activity, children


def marks_after_kill(folder: Path, acknowledged: int) -> tuple[set[UUID], set[UUID]]:
    """Kills a writer once it has acknowledged so many marks; what it acknowledged, and what the file holds then."""
    club = new_club(folder, clock=FixedClock(london_instant(SATURDAY, time(10))))
    activity, children = put(club, a_full_club)
    club.close()
    command = [sys.executable, "-c", WRITER, str(club.path), str(activity), ",".join(map(str, children))]
    heard = []
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        for line in writer.stdout:
            heard.append(line)
            if len(heard) == acknowledged:
                writer.kill()
                break
        heard += writer.stdout.readlines()
    said = {UUID(line.strip()) for line in heard if line.endswith("\n")}
    opened = open_club(club.path, PASSPHRASE, device=DEVICE, clock=club.clock)
    kept = {mark.id for mark in opened.read(lambda uow: queries.marks_of(uow, [activity]))}
    assert opened.faults() == []
    opened.close()
    return said, kept


@pytest.mark.parametrize("acknowledged", [1, 7, 23])
def test_no_acknowledged_mark_is_lost(tmp_path: Path, acknowledged: int) -> None:
    said, kept = marks_after_kill(tmp_path, acknowledged)
    assert len(said) >= acknowledged
    assert said <= kept
    assert len(kept - said) <= 1, "at most the one mark whose word was still on its way"
