"""Taking back at a server what somebody's own login may not delete: told in plain words, and nothing is changed."""

from contextlib import nullcontext

import pytest

from models.access.rules import Role
from models.bootstrap import UnitOfWork
from models.history.service import undo
from models.kernel.errors import Denied
from models.people import queries as people
from models.programme.rules import ActivityStatus
from models.registers import queries as registers
from models.registers import service
from models.server.club import ServerClub
from models.storage.journal_check import verify_chain
from tests.clubs import PASSPHRASE, SATURDAY, a_booking, a_child, an_activity, put
from tests.server.conftest import Open

pytestmark = pytest.mark.server


def take_back(uow: UnitOfWork) -> str:
    return undo(uow, lambda *_: nullcontext())


def test_a_child_added_at_the_door_is_taken_back_by_a_lead(club: ServerClub, come_in: Open) -> None:
    activity = put(club, lambda uow: an_activity(uow, "December club", SATURDAY, status=ActivityStatus.CONFIRMED))
    club.add_person("Sam", PASSPHRASE, role=Role.SESSIONAL)
    sam = come_in("Sam")
    child = put(sam, lambda uow: service.add_unexpected_new_child(uow, activity, "Tomasz"), "Added Tomasz")
    with pytest.raises(Denied, match="Ask a lead or a manager"):
        put(sam, take_back)
    assert [row.id for row in club.read(people.children)] == [child]
    assert club.read(lambda uow: registers.register(uow, activity)).live.inside == 1
    assert club.read(verify_chain) == []


def test_a_mark_is_taken_back_by_whoever_made_it(club: ServerClub, come_in: Open) -> None:
    activity = put(club, lambda uow: an_activity(uow, "December club", SATURDAY, status=ActivityStatus.CONFIRMED))
    child = put(club, a_child)
    put(club, lambda uow: a_booking(uow, activity, child))
    club.add_person("Sam", PASSPHRASE, role=Role.SESSIONAL)
    sam = come_in("Sam")
    put(sam, lambda uow: service.add_unexpected_child(uow, activity, child), "In")
    put(sam, take_back)
    assert club.read(lambda uow: registers.register(uow, activity)).live.inside == 0
    assert club.read(verify_chain) == []
