"""People of a small club, and what their keys file says of them."""

from collections.abc import Callable
from uuid import UUID

import pytest

from models.bootstrap import Club, Role, open_club
from models.kernel.errors import BadInput
from models.storage import keys
from tests.clubs import DEVICE

GRACE, SAM = "four calm paper boats", "seven loud purple kites"
NEW = "nine dusty velvet spoons"


def grace(club: Club, *, safeguarding: bool = True) -> UUID:
    return club.add_person("Grace Adeyemi", GRACE, role=Role.LEAD, safeguarding=safeguarding).account.id


def sam(club: Club, role: Role = Role.SESSIONAL) -> UUID:
    return club.add_person("Sam Jones", SAM, role=role).account.id


def slot_texts(club: Club) -> dict[str, str]:
    """Each slot as it stands in the keys file, by whose it is."""
    return {slot.account: repr(slot) for slot in keys.read_ring(club.path).slots}


def opens(club: Club, password: str, name: str | None = None) -> Club:
    club.close()
    return open_club(club.path, password, name=name, device=DEVICE, clock=club.clock)


def refused(club: Club, change: Callable[[], object], error: type[Exception] = BadInput) -> Exception:
    """The error, after which the keys file and the rows are as they were."""
    before = keys.keys_path(club.path).read_bytes(), club.facts()
    with pytest.raises(error) as caught:
        change()
    assert (keys.keys_path(club.path).read_bytes(), club.facts()) == before
    return caught.value


def sealing(club: Club, password: str) -> bytes | None:
    return keys.read_ring(club.path).unlock(password).sealing_key
