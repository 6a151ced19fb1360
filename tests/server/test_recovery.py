"""The recovery key of a club on a server: what the paper opens when no manager can sign in."""

from pathlib import Path

import psycopg
import pytest

from models.access.door import at_the_door as happened
from models.access.rules import Role
from models.bootstrap import create_club
from models.kernel.errors import BadInput, Denied, WrongPassphrase
from models.programme import queries as programme
from models.server import moving
from models.server.club import ServerClub
from models.server.recovering import open_with_recovery
from models.storage import recovery
from models.storage.journal_check import verify_chain
from models.storage.server_address import Address, recovery_of
from tests.clubs import CHEAP, DEVICE, PASSPHRASE
from tests.server.conftest import CLOCK, Open
from tests.server.doors import connected

pytestmark = pytest.mark.server
DENISE, KEMI = "Denise Okafor", "Kemi Adeyemi"
HERS, HIS = "nine slow herons paddling", "green kettle on the roof"


def recovered(database: Address, key: str, name: str = DENISE, password: str = HIS) -> ServerClub:
    return open_with_recovery(database.public, key, name=name, password=password, device=DEVICE, clock=CLOCK)


def test_who_forgot_comes_in_as_a_manager_with_a_new_password(
    club: ServerClub, come_in: Open, database: Address
) -> None:
    key = club.recovery_key(PASSPHRASE)
    assert len(key.split("-")) == 13
    club.close()
    back = recovered(database, key.lower().replace("-", " "))
    assert (back.actor.name, back.account and back.account.role) == (DENISE, Role.MANAGER)
    assert back.read(programme.activities) == ()
    said = {row.what for row in back.read(happened)}
    assert "The recovery key was typed in; they are a manager with a new password." in said
    assert back.read(verify_chain) == []
    kemi = back.add_person(KEMI, HERS, role=Role.SESSIONAL).account  # with their own login, which may do that
    back._server._writer.dispose()
    back.set_roles(kemi.id, role=Role.LEAD, safeguarding=False)
    back.close()
    assert come_in(DENISE, HIS).actor.name == DENISE
    with pytest.raises(WrongPassphrase):
        come_in(DENISE)


def test_somebody_new_may_be_the_manager(club: ServerClub, come_in: Open, database: Address) -> None:
    recovered(database, club.recovery_key(PASSPHRASE), "Ann Bell").close()
    assert come_in("Ann Bell", HIS).actor.name == "Ann Bell"
    assert come_in(DENISE).actor.name == DENISE


def test_the_same_paper_opens_again(club: ServerClub, come_in: Open, database: Address) -> None:
    paper = club.recovery_key(PASSPHRASE)
    recovered(database, paper).close()
    recovered(database, paper, password=HERS).close()
    assert come_in(DENISE, HERS).actor.name == DENISE


def test_a_new_one_ends_the_one_before(club: ServerClub, database: Address) -> None:
    first, second = club.recovery_key(PASSPHRASE), club.recovery_key(PASSPHRASE)
    assert first != second
    with pytest.raises(WrongPassphrase, match="does not open this club"):
        recovered(database, first)
    recovered(database, second).close()


def test_a_club_that_has_none(club: ServerClub, database: Address) -> None:
    with pytest.raises(WrongPassphrase, match="does not open this club"):
        recovered(database, recovery.to_words(bytes(32)))
    with pytest.raises(BadInput, match="Group 1"):
        recovered(database, "not a key")


def test_a_password_that_is_too_easy_changes_nothing(club: ServerClub, come_in: Open, database: Address) -> None:
    key = club.recovery_key(PASSPHRASE)
    with pytest.raises(BadInput) as told:
        recovered(database, key, password="short")
    assert told.value.field == "password"
    assert come_in(DENISE).actor.name == DENISE


def test_only_managers_are_given_one(club: ServerClub, come_in: Open) -> None:
    club.add_person(KEMI, HERS, role=Role.LEAD)
    with pytest.raises(Denied):
        come_in(KEMI, HERS).recovery_key(HERS)


def test_the_paper_is_no_password_of_its_login_and_reads_no_concerns(club: ServerClub, database: Address) -> None:
    words = club.recovery_key(PASSPHRASE)
    login = recovery_of(database.database)
    for tried in (words, recovery.from_words(words).hex()):
        with pytest.raises(psycopg.OperationalError), connected(database.of(login, tried)):
            raise AssertionError("the paper came past the door")
    back = recovered(database, words)
    assert back.sealing_key is None
    with connected(back._server.address) as own, pytest.raises(psycopg.errors.InsufficientPrivilege):
        own.execute("SELECT * FROM concern")
    back.close()


def test_a_club_that_moved_has_a_paper_of_its_own_on_the_server(database: Address, tmp_path: Path) -> None:
    file = create_club(
        tmp_path / "club.breather", "Harbour", PASSPHRASE, person=DENISE, device=DEVICE, clock=CLOCK, strength=CHEAP
    )
    paper = file.recovery_key(PASSPHRASE)
    there = moving.to_server(file, database, PASSPHRASE)
    with pytest.raises(WrongPassphrase):
        recovered(database, paper)
    on_server = there.recovery_key(PASSPHRASE)
    back = moving.to_file(there, database, PASSPHRASE, tmp_path / "back.breather")
    assert back.recovery_key(PASSPHRASE) == paper
    for club in (file, there, back):
        club.close()
    recovered(database, on_server).close()
