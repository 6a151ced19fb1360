"""How much it costs to guess at a password: never less than 64 MiB and three passes, also in a file from elsewhere."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.access.door import at_the_door
from models.bootstrap import Club, Role, open_club
from models.storage import keys, slots
from models.storage.slots import Strength
from tests.access.signing import GRACE, SAM, grace, opens, sam, sealing
from tests.clubs import CHEAP, DEVICE, PASSPHRASE, new_club
from tests.shell.apps import MANAGER

pytestmark = pytest.mark.file_only  # about the keys file; the door of a server has its own rule

FULL = Strength()
TOLD = "Their password was made harder to guess at: it stays as it is."


@pytest.fixture
def club(tmp_path: Path) -> Iterator[Club]:
    """A manager, a safeguarding lead and a sessional worker, all of them cheaply guarded."""
    made = new_club(tmp_path)
    grace(made)
    sam(made)
    yield made
    made.close()


@pytest.fixture
def as_outside_tests(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on as everywhere else, in a file that was made before."""
    monkeypatch.setattr(slots, "LEAST", FULL)


def strengths(club: Club) -> list[Strength]:
    return [slot.strength for slot in keys.read_ring(club.path).slots]


def test_the_least_is_what_the_issue_asks_for() -> None:
    assert (FULL.memory_kib, FULL.time) == (64 * 1024, 3)


@pytest.mark.usefixtures("as_outside_tests")
def test_a_weak_slot_is_made_anew_when_its_owner_signs_in_and_no_other_is(club: Club) -> None:
    secret = sealing(club, GRACE)
    assert strengths(club) == [CHEAP] * 3
    club = opens(club, GRACE, "Grace Adeyemi")
    assert strengths(club) == [CHEAP, FULL, CHEAP]
    assert club.sealing_key == sealing(club, GRACE) == secret
    serial = keys.read_ring(club.path).serial
    club = opens(club, GRACE, "Grace Adeyemi")
    assert keys.read_ring(club.path).serial == serial  # once is enough
    club = opens(club, PASSPHRASE, MANAGER)
    assert strengths(club) == [FULL, FULL, CHEAP]
    assert sorted(row.who for row in club.read(at_the_door) if row.what == TOLD) == ["Grace Adeyemi", MANAGER]
    opens(club, SAM).close()


@pytest.mark.usefixtures("as_outside_tests")
def test_nothing_new_is_made_weak_in_a_weak_file(club: Club) -> None:
    looking = open_club(club.path, PASSPHRASE, device=DEVICE, clock=club.clock, looking=True)
    looking.close()
    assert strengths(club) == [CHEAP] * 3  # looking writes nothing
    club = opens(club, PASSPHRASE)
    club.add_person("Ola Odu", "lost marbles in tunnels", role=Role.LEAD)
    sams = next(row.id for row in club.people() if row.name == "Sam Jones")
    club.set_password(sams, "twelve round copper bells")
    assert strengths(club) == [FULL, CHEAP, FULL, FULL]
    club.close()
