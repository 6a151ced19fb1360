"""Who comes in to a club on a server, and what they may do there past Breather."""

from dataclasses import replace

import psycopg
import pytest

from models.access.people import AccountRow
from models.access.rules import Role
from models.bootstrap import Club
from models.kernel.errors import BadInput, NoServer, TooManyGuesses, WrongPassphrase
from models.programme import queries as programme
from models.schema import METADATA
from models.server import roles
from models.server.club import ServerClub
from models.server.opening import create_on_server
from models.storage.server_address import Address, prefix
from models.storage.server_engine import connect
from tests import servers
from tests.clubs import CHEAP, DEVICE, PASSPHRASE, a_child, put
from tests.server.conftest import CLOCK, Open
from tests.server.doors import asked, at_the_door, connected, own_login

pytestmark = pytest.mark.server
HERS = "nine slow herons paddling"
HIS = "green kettle on the roof"


def add(club: Club, name: str, role: Role | None, *, safeguarding: bool = False, password: str = HERS) -> AccountRow:
    return club.add_person(name, password, role=role, safeguarding=safeguarding).account


def may(address: Address, name: str, statement: str, password: str = HERS) -> bool:
    """Whether the server lets somebody's own login do it."""
    connection = connect(own_login(address, name, password))
    try:
        connection.execute(statement.encode())
    except psycopg.errors.InsufficientPrivilege:
        return False
    finally:
        connection.close()
    return True


def test_a_new_club_is_opened_again_by_name_and_password(club: ServerClub, come_in: Open) -> None:
    child = put(club, a_child)
    again = come_in("denise okafor")
    assert again.name == "Harbour Young Carers"
    assert again.actor.name == "Denise Okafor"
    assert again.account is not None
    assert again.account.role is Role.MANAGER
    assert again.facts() == club.facts()
    assert again.facts().children == 1
    assert str(child) != ""
    assert not again.keeps_backups


def test_a_database_that_holds_something_is_refused(club: ServerClub, database: Address) -> None:
    with pytest.raises(BadInput, match="not empty"):
        create_on_server(database, "Another", PASSPHRASE, device=DEVICE, clock=CLOCK, strength=CHEAP)
    assert club.facts().children == 0


def test_wrong_passwords_are_refused_and_counted(club: ServerClub, come_in: Open) -> None:
    for _ in range(5):
        with pytest.raises(WrongPassphrase):
            come_in("Denise Okafor", "not this one at all")
    with pytest.raises(TooManyGuesses):
        come_in("Denise Okafor")


def test_somebody_nobody_let_in(club: ServerClub, come_in: Open) -> None:
    with pytest.raises(WrongPassphrase):
        come_in("Somebody Else")


def test_an_empty_database_has_no_club(database: Address, come_in: Open) -> None:
    with pytest.raises(NoServer, match="no club"):
        come_in("Denise Okafor")


def test_each_role_at_the_database_itself(club: ServerClub, database: Address) -> None:
    add(club, "Kemi", Role.SESSIONAL)
    add(club, "Lena", Role.LEAD)
    add(club, "Mo", Role.MANAGER)
    add(club, "Sue", None, safeguarding=True)
    table = {
        "SELECT * FROM concern": "Sue",
        "SELECT * FROM child": "Kemi Lena Mo Sue",
        "DELETE FROM concern": "Sue",
        "UPDATE child SET gp = 'X'": "Lena Mo",
        "UPDATE account SET role = 'manager'": "Mo",
        "UPDATE club SET name = 'X'": "Mo",
        "DELETE FROM mark": "Lena Mo",
        "UPDATE mark SET device = 'X'": "Mo",
        "DELETE FROM journal_change": "",
        "DELETE FROM journal_entry": "",
        "UPDATE journal_entry SET chain = 'X'": "Mo",
        "DELETE FROM register_day": "Kemi Lena Mo",
        "UPDATE activity SET title = 'X'": "Lena Mo",
        "CREATE TABLE mine (id int)": "",
        "DROP TABLE mark": "",
        "CREATE ROLE somebody": "",
        "SELECT breather_let_out('x')": "",
        "SELECT breather_let_in('postgres', NULL, ARRAY['manager'])": "",
    }
    for statement, allowed in table.items():
        found = " ".join(name for name in ("Kemi", "Lena", "Mo", "Sue") if may(database, name, statement))
        assert found == allowed, statement


def test_every_table_has_somebody_who_may_write_it() -> None:
    assert roles.tables_with_rights() == {table.name for table in METADATA.sorted_tables}


def test_what_no_server_keeps_is_left_out_of_a_name(club: ServerClub, come_in: Open) -> None:
    assert add(club, "Ke\0mi \ud83d Adeyemi", Role.SESSIONAL).name == "Kemi Adeyemi"
    assert come_in("kemi adeyemi", HERS).actor.name == "Kemi Adeyemi"


def test_nobody_can_keep_from_being_taken_off(club: ServerClub, database: Address) -> None:
    found = servers.server()
    assert found is not None
    other = found.fresh("template0")  # on the same server, where every login may come to by PostgreSQL’s own rule
    for places in ([database], [database, other]):
        kemi, login = add(club, "Kemi", Role.SESSIONAL), own_login(database, "Kemi", HERS)
        for place in places:
            with connected(replace(login, database=place.database)) as hers:
                hers.execute("SELECT lo_from_bytea(0, 'mine')")
                hers.execute("ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC")
        club.remove_person(kemi.id)
        with pytest.raises(psycopg.OperationalError), connected(login):
            raise AssertionError("who was taken off still comes in")
        held = f"SELECT count(*) FROM pg_auth_members WHERE roleid = '{prefix(database.database)}sessional'::regrole"
        assert asked(database, held) == [(0,)]
    add(club, "Kemi", Role.SESSIONAL)
    assert may(database, "Kemi", "SELECT * FROM child")


def test_nobody_makes_a_function_that_others_would_run(database: Address) -> None:
    """As a server has it that was once older than 15: everybody may make things in the schema all tables are in."""
    asked(database, "GRANT CREATE ON SCHEMA public TO PUBLIC")
    create_on_server(database, "Harbour", PASSPHRASE, device=DEVICE, clock=CLOCK, strength=CHEAP).close()
    with connected(at_the_door(database)) as door, pytest.raises(psycopg.errors.InsufficientPrivilege):
        door.execute("CREATE FUNCTION public.lower(varchar) RETURNS text LANGUAGE sql AS $$ SELECT 'theirs' $$")


def test_people_of_a_database_that_is_gone_do_not_come_in_to_the_next_one(club: ServerClub, database: Address) -> None:
    add(club, "Kemi", Role.SESSIONAL)
    before = own_login(database, "Kemi", HERS)
    club.close()
    found = servers.server()
    assert found is not None
    with found.asked() as owner:
        owner.execute(f"ALTER DATABASE {database.database} RENAME TO {database.database}_old".encode())
        owner.execute(f"CREATE DATABASE {database.database} TEMPLATE template0".encode())
        with pytest.raises(BadInput, match="people of another club"):
            create_on_server(database, "Harbour", PASSPHRASE, device=DEVICE, clock=CLOCK, strength=CHEAP)
        owner.execute(f"DROP DATABASE {database.database}_old".encode())
    create_on_server(database, "Harbour", PASSPHRASE, device=DEVICE, clock=CLOCK, strength=CHEAP).close()
    with pytest.raises(psycopg.OperationalError), connected(before):
        raise AssertionError("somebody of the club before came in")


def test_what_somebody_may_do_changes_with_their_role(club: ServerClub, database: Address, come_in: Open) -> None:
    kemi = add(club, "Kemi", Role.SESSIONAL)
    assert not may(database, "Kemi", "UPDATE child SET gp = ''")
    club.set_roles(kemi.id, role=Role.LEAD, safeguarding=False)
    assert may(database, "Kemi", "UPDATE child SET gp = ''")
    assert come_in("Kemi", HERS).account == replace(kemi, role=Role.LEAD, version=2)


def test_who_is_taken_off_comes_in_no_more(club: ServerClub, come_in: Open) -> None:
    kemi = add(club, "Kemi", Role.SESSIONAL)
    come_in("Kemi", HERS).close()
    club.remove_person(kemi.id)
    with pytest.raises(WrongPassphrase):
        come_in("Kemi", HERS)


def test_passwords_are_changed_by_oneself_and_by_a_manager(club: ServerClub, come_in: Open) -> None:
    kemi = add(club, "Kemi", Role.SESSIONAL)
    hers = come_in("Kemi", HERS)
    hers.change_own_password(HERS, HIS)
    with pytest.raises(WrongPassphrase):
        come_in("Kemi", HERS)
    assert come_in("Kemi", HIS).actor.name == "Kemi"
    club.set_password(kemi.id, HERS)
    assert come_in("Kemi", HERS).actor.name == "Kemi"


def test_a_change_of_people_that_fails_leaves_the_logins_alone(
    club: ServerClub, come_in: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise BadInput("No.")

    monkeypatch.setattr("models.storage.uow.UnitOfWork.commit", broken)
    with pytest.raises(BadInput):
        add(club, "Kemi", Role.SESSIONAL)
    monkeypatch.undo()
    with pytest.raises(WrongPassphrase):
        come_in("Kemi", HERS)
    assert [row.name for row in club.people()] == ["Denise Okafor"]


def test_somebody_else_signs_in_where_it_is_open(club: ServerClub) -> None:
    add(club, "Kemi", Role.SESSIONAL)
    assert club.sign_in("Kemi", HERS).name == "Kemi"
    with pytest.raises(WrongPassphrase):
        club.sign_in("Denise Okafor", HERS)
    assert club.actor.name == "Kemi"
    assert club.sign_in("Denise Okafor", PASSPHRASE).name == "Denise Okafor"
    club.confirm(PASSPHRASE)
    with pytest.raises(WrongPassphrase):
        club.confirm(HERS)


def test_what_a_server_does_not_have(club: ServerClub) -> None:
    with pytest.raises(BadInput, match="no key to change"):
        club.rekey(PASSPHRASE)


def test_who_is_taken_off_is_cut_off_at_once(club: ServerClub, come_in: Open) -> None:
    kemi = add(club, "Kemi", Role.SESSIONAL)
    hers = come_in("Kemi", HERS)
    assert hers.read(programme.activities) == ()
    club.remove_person(kemi.id)
    with pytest.raises(WrongPassphrase):
        hers.read(programme.activities)


def test_the_owner_needs_to_own_the_database_and_to_make_roles_but_not_the_server(database: Address) -> None:
    found = servers.server()
    assert found is not None
    owner = prefix(database.database) + "owner"
    with found.asked() as connection:
        connection.execute(f"CREATE ROLE {owner} LOGIN PASSWORD 'pw'".encode())
        connection.execute(f"ALTER DATABASE {database.database} OWNER TO {owner}".encode())
    place = database.of(owner, "pw")
    with pytest.raises(NoServer, match="may not make a club"):
        create_on_server(place, "Harbour", PASSPHRASE, device=DEVICE, clock=CLOCK, strength=CHEAP)
    with found.asked() as connection:
        connection.execute(f"ALTER ROLE {owner} CREATEROLE".encode())
    made = create_on_server(place, "Harbour", PASSPHRASE, device=DEVICE, clock=CLOCK, strength=CHEAP)
    kemi = add(made, "Kemi", Role.SESSIONAL)
    assert may(database, "Kemi", "SELECT * FROM child")
    made.set_roles(kemi.id, role=Role.LEAD, safeguarding=False)
    made.remove_person(kemi.id)
    made.close()


def test_a_line_that_must_be_encrypted_and_is_not(club: ServerClub, come_in: Open, database: Address) -> None:
    with pytest.raises(NoServer, match="no encrypted line"):
        come_in("Denise Okafor", address=replace(database, sslmode="require"))


def test_a_lead_hands_the_key_of_concerns_on_without_being_a_manager(club: ServerClub, come_in: Open) -> None:
    add(club, "Sue", None, safeguarding=True)
    ann = add(club, "Ann", Role.LEAD, safeguarding=True, password=HIS)
    assert come_in("Ann", HIS).sealing_key is None
    sue = come_in("Sue", HERS)
    sue.grant_concerns(ann.id)
    assert come_in("Ann", HIS).sealing_key == sue.sealing_key is not None
