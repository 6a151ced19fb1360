"""At a server a safeguarding lead erases a concern with rights of their own, and these reach no further."""

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select

from models.access.rules import Role
from models.concerns import queries, service
from models.kernel.errors import Denied
from models.privacy import sealed
from models.server.club import ServerClub
from models.storage.erasing import ERASED_LABEL
from models.storage.journal import ChangeRecord, EntryRecord
from models.storage.journal_check import verify_chain
from models.storage.server_address import Address
from models.storage.server_engine import connect
from tests.clubs import a_child, put
from tests.server.conftest import Open
from tests.server.doors import own_login
from tests.server.test_people import HERS, HIS, add, may

pytestmark = pytest.mark.server
LONG_AGO = {"noticed_on": date(2014, 3, 1), "told_on": date(2014, 3, 2), "reference": "MASH 4471"}


@pytest.fixture
def sue(club: ServerClub, come_in: Open) -> ServerClub:
    """A safeguarding lead with no other role, and with the key."""
    add(club, "Sue", None, safeguarding=True)
    return come_in("Sue", HERS)


def written(sue: ServerClub) -> UUID:
    made: UUID = sue.write(lambda uow: service.write_down(uow, LONG_AGO), "").value
    sue.write(lambda uow: service.close(uow, made, None, date(2014, 5, 1)), "")
    return made


def entries(club: ServerClub, concern: UUID) -> list[tuple[int, bool, str]]:
    """Number, whether it says anything, and its change's label, of each entry of a concern."""
    both = select(EntryRecord, ChangeRecord.label).join(ChangeRecord, ChangeRecord.id == EntryRecord.change_id)
    mine = both.where(EntryRecord.record_id == concern).order_by(EntryRecord.number)
    return club.read(
        lambda uow: [
            (one.number, bool(one.before or one.after or one.salt), label) for one, label in uow.session.execute(mine)
        ]
    )


def test_a_lead_erases_one_with_her_own_login_and_the_chain_is_whole(club: ServerClub, sue: ServerClub) -> None:
    concern, other = written(sue), written(sue)
    assert set(sue.read(sealed.to_decide)) == {concern, other}
    sue.write(lambda uow: sealed.erase_concern(uow, concern, None), "")
    assert [row.id for row in sue.read(queries.concerns)] == [other]
    assert {(said, label) for _, said, label in entries(club, concern)} == {(False, ERASED_LABEL)}
    assert all(said for _, said, _ in entries(club, other))
    assert club.read(verify_chain) == []


def test_no_manager_erases_one_by_its_id(club: ServerClub, sue: ServerClub, come_in: Open, database: Address) -> None:
    concern = written(sue)
    add(club, "Max", Role.MANAGER, password=HIS)
    with pytest.raises(Denied):
        come_in("Max", HIS).write(lambda uow: sealed.erase_concern(uow, concern, None), "")
    for statement in (
        "DELETE FROM concern",
        "SELECT sealed FROM concern",
        "SELECT breather_forget_concerns(ARRAY[1]::bigint[], ARRAY[]::uuid[])",
    ):
        assert not may(database, "Max", statement, HIS), statement
    assert len(sue.read(queries.concerns)) == 1


def test_a_lead_lays_no_hand_on_the_rest_of_the_journal(club: ServerClub, sue: ServerClub, database: Address) -> None:
    put(club, a_child, "Added Maryam")
    concern = written(sue)
    before = entries(club, concern)
    for statement in (
        "UPDATE journal_entry SET before = NULL, after = NULL, salt = ''",
        "UPDATE journal_change SET label = 'Nothing'",
        "DELETE FROM journal_entry",
        "DELETE FROM journal_erasure",
    ):
        assert not may(database, "Sue", statement), statement
    everything = "SELECT breather_forget_concerns(array_agg(number::bigint), array_agg(change_id)) FROM journal_entry"
    connection = connect(own_login(database, "Sue", HERS))
    connection.execute(everything.encode())
    connection.close()
    assert entries(club, concern) == before, "a concern that is there keeps its history"
    assert club.read(verify_chain) == [], "and so does everything else"
