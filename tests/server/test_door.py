"""The door of a club on a server: what it counts cannot be taken back, and nothing else is to be had there."""

import random
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from models.access.door import at_the_door as happened
from models.access.rules import Role
from models.kernel.errors import BadInput, Denied, NoServer, ReadOnly, TooManyGuesses, WrongPassphrase
from models.programme import queries as programme
from models.server import opening
from models.server.club import ServerClub
from models.server.door import TICKET_SECONDS
from models.server.entry import by_key, come_in
from models.server.scram import scram
from models.storage import guesses
from models.storage.guesses import MOST, WINDOW, Tally
from models.storage.server_address import Address, door_of, login_of, recovery_of
from tests import servers
from tests.clubs import PASSPHRASE, a_child, put
from tests.server.conftest import CLOCK, Open
from tests.server.doors import asked, at_the_door, connected, later, own_login

pytestmark = pytest.mark.server
DENISE, KEMI = "Denise Okafor", "Kemi Adeyemi"
HERS, HIS = "nine slow herons paddling", "green kettle on the roof"
PROOF = "ab" * 32


def wrong_ones(come_in: Open, name: str, many: int) -> None:
    for number in range(many):
        with pytest.raises(WrongPassphrase):
            come_in(name, f"not this one {number}")


# --- what is counted


def test_the_right_one_waits_too_and_then_opens(club: ServerClub, come_in: Open, database: Address) -> None:
    wrong_ones(come_in, DENISE, 5)
    with pytest.raises(TooManyGuesses, match="Wait 2 seconds"):
        come_in(DENISE)
    later(database, 2)
    back = come_in(DENISE)
    (told,) = back.read(happened)
    assert told.what.startswith("Signed in after 5 wrong passwords between ")
    later(database, 1)
    again = come_in(DENISE)
    assert len(again.read(happened)) == 1


def test_ten_are_as_many_as_there_may_be_in_five_minutes(club: ServerClub, come_in: Open, database: Address) -> None:
    for number in range(MOST):
        wrong_ones(come_in, DENISE, 1)
        later(database, 2 ** max(0, number - 3) if number > 3 else 0)
    with pytest.raises(TooManyGuesses, match="Wait until"):
        come_in(DENISE)
    later(database, WINDOW.total_seconds() + TICKET_SECONDS)
    assert come_in(DENISE).actor.name == DENISE


def test_whoever_is_kept_out_keeps_out_nobody_else(club: ServerClub, come_in: Open) -> None:
    club.add_person(KEMI, HERS, role=Role.SESSIONAL)
    wrong_ones(come_in, DENISE, 5)
    assert come_in(KEMI, HERS).actor.name == KEMI
    assert club.read(programme.activities) == ()  # and who is in stays in
    club.confirm(PASSPHRASE)


def test_a_name_that_nobody_has_is_answered_and_counted_alike(
    club: ServerClub, come_in: Open, database: Address
) -> None:
    wrong_ones(come_in, "Nobody Here", 5)
    with pytest.raises(TooManyGuesses):
        come_in("Nobody Here")
    with connected(at_the_door(database)) as door:
        known, made_up, again = (
            door.execute("SELECT * FROM door.knock(%s)", [login_of(database.database, name)]).fetchone()
            for name in (DENISE, "Nobody Here", "Nobody Here")
        )
    assert made_up == again or made_up[:5] == again[:5]
    assert [len(one[0]) for one in (known, made_up)] == [24, 24]
    assert known[1:5] == made_up[1:5]


def test_names_that_nobody_has_fill_nothing(club: ServerClub, database: Address) -> None:
    login = login_of(database.database, "x")[:-24]
    many = f"SELECT count(*) FROM generate_series(1, 1200) n, door.say('{login}' || lpad(n::text, 24, '0'), '{PROOF}')"
    with connected(at_the_door(database)) as door:
        door.execute(many.encode())
    assert asked(database, "SELECT count(*) FROM door.tries")[0][0] == 1000
    later(database, WINDOW.total_seconds() + TICKET_SECONDS)
    with connected(at_the_door(database)) as door:
        door.execute("SELECT door.say(%s, %s)", [login + "f" * 24, PROOF])
    assert asked(database, "SELECT count(*) FROM door.tries")[0][0] == 1


def test_the_rule_is_that_of_a_file(
    club: ServerClub, database: Address, rng: random.Random, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guesses, "WINDOW", WINDOW + timedelta(seconds=TICKET_SECONDS))
    now, waits = datetime(2026, 12, 5, 10, tzinfo=UTC), []
    with connected(database) as owner:
        for _ in range(300):
            longest = rng.choice((5, 60, 700))
            ago = [timedelta(milliseconds=rng.randint(-longest * 1000, 9_000)) for _ in range(rng.randrange(15))]
            tried = sorted(now + each for each in ago)[-MOST:]
            until = Tally(newest=tuple(tried)).wait_until(now)
            waits.append((until - now).total_seconds() if until else 0)
            (found,) = owner.execute("SELECT door.wait(%s::timestamptz[], %s)", [tried, now]).fetchone() or (None,)
            assert found == pytest.approx(waits[-1], abs=0.001)
    assert min(waits) == 0
    assert max(waits) > 200


# --- what somebody at the door could try


def test_a_try_cannot_be_taken_back(club: ServerClub, database: Address) -> None:
    login = login_of(database.database, DENISE)
    with connected(at_the_door(database)) as door:
        for before in ("", "SAVEPOINT one; "):
            door.execute("BEGIN")
            door.execute((before + "SELECT 1").encode())
            (ticket, _) = door.execute("SELECT * FROM door.say(%s, %s)", [login, PROOF]).fetchone() or ()
            if before:
                door.execute("RELEASE one")
            with pytest.raises(psycopg.errors.InsufficientPrivilege, match="once it stands"):
                door.execute("SELECT * FROM door.enter(%s)", [ticket])
            door.execute("ROLLBACK")
            assert door.execute("SELECT answer, sealed FROM door.enter(%s)", [ticket]).fetchone() == ("wrong", "")
    assert asked(database, "SELECT count(*) FROM door.tries")[0][0] == 0


def test_tries_kept_out_of_sight_are_counted_before_they_are_answered(club: ServerClub, database: Address) -> None:
    """Thirty said in transactions that see nothing of each other, then committed and asked about one by one."""
    login = login_of(database.database, DENISE)
    with ExitStack() as stack:
        doors = [stack.enter_context(connected(at_the_door(database))) for _ in range(25)]
        tickets = []
        for door in doors:
            door.execute("BEGIN")
            tickets += door.execute("SELECT ticket FROM door.say(%s, %s)", [login, PROOF]).fetchall()
        assert None not in [ticket for (ticket,) in tickets]
        answers = []
        for door, (ticket,) in zip(doors, tickets, strict=True):
            door.execute("COMMIT")
            answers += door.execute("SELECT answer FROM door.enter(%s)", [ticket]).fetchall()
    assert [answer for (answer,) in answers] == ["wrong"] * 5 + ["wait"] * 20


def test_a_ticket_is_answered_once_and_for_ten_seconds(club: ServerClub, database: Address) -> None:
    login = login_of(database.database, DENISE)
    with connected(at_the_door(database)) as door:
        (ticket, _) = door.execute("SELECT * FROM door.say(%s, %s)", [login, PROOF]).fetchone() or ()
        ask = "SELECT answer FROM door.enter(%s)"
        assert door.execute(ask, [ticket]).fetchone() == ("wrong",)
        assert door.execute(ask, [ticket]).fetchone() == ("late",)
        (ticket, _) = door.execute("SELECT * FROM door.say(%s, %s)", [login, PROOF]).fetchone() or ()
        later(database, TICKET_SECONDS + 1)
        assert door.execute(ask, [ticket]).fetchone() == ("late",)
    assert asked(database, f"SELECT count(*) FROM door.tries WHERE proof = '{PROOF}'")[0][0] == 0


def test_somebody_who_holds_on_to_their_try_holds_up_nobody(club: ServerClub, come_in: Open, database: Address) -> None:
    login = login_of(database.database, DENISE)
    with connected(at_the_door(database)) as door:
        (ticket, _) = door.execute("SELECT * FROM door.say(%s, %s)", [login, PROOF]).fetchone() or ()
        door.execute("BEGIN")
        assert door.execute("SELECT answer FROM door.enter(%s)", [ticket]).fetchone() == ("wrong",)
        assert come_in(DENISE).actor.name == DENISE
        door.execute("ROLLBACK")


def test_nobody_at_the_door_holds_up_who_saves(club: ServerClub, come_in: Open, database: Address) -> None:
    with connected(at_the_door(database)) as door:
        door.execute("BEGIN")
        door.execute("SELECT pg_advisory_xact_lock(1114793313), pg_advisory_xact_lock(1, 1)")
        for statement in ("SELECT FROM key_slots_copy FOR UPDATE", "LOCK TABLE key_slots_copy"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), door.transaction():
                door.execute(statement.encode())
        put(club, a_child)
        assert come_in(DENISE).facts().children == 1


def test_nothing_else_is_to_be_had_at_the_door(club: ServerClub, database: Address) -> None:
    club.recovery_key(PASSPHRASE)
    with connected(at_the_door(database)) as door:
        for statement in (
            "SELECT * FROM child", "SELECT * FROM account", "SELECT * FROM key_slots_copy", "SELECT * FROM door.person",
            "SELECT * FROM door.tries", "SELECT * FROM door.secret", "DELETE FROM door.tries",
            "SELECT door.wait_of('x', NULL)", "SELECT door.tell()", "CREATE TABLE mine (id int)",
            "CREATE TEMP TABLE mine (id int)", "SELECT door.set_mine('', 0, 0, 0, '', '')",
            f"SELECT door.set('{login_of(database.database, DENISE)}', '', 0, 0, 0, '', '')",
            "SELECT breather_let_out('x')", "CREATE ROLE somebody", "SELECT * FROM door.say('postgres', 'x')",
            f"SET ROLE {recovery_of(database.database)}",
        ):  # fmt: skip
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                door.execute(statement.encode())


def test_a_sessional_worker_changes_nobody_elses_lock(club: ServerClub, database: Address) -> None:
    club.add_person(KEMI, HERS, role=Role.SESSIONAL)
    login = login_of(database.database, DENISE)
    with connected(own_login(database, KEMI, HERS)) as hers:
        for statement in (
            f"SELECT door.set('{login}', '', 0, 0, 0, '', '')", "SELECT * FROM door.person", "DELETE FROM door.tries",
            f"SELECT breather_rename('{login}', '{login[:-1]}0')", "SELECT door.say('x', 'y')",
        ):  # fmt: skip
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                hers.execute(statement.encode())
        hers.execute("SELECT door.set_mine('', 0, 0, 0, 'hers', '')")
    changed = asked(database, "SELECT login FROM door.person WHERE proof = 'hers'")
    assert changed == [(login_of(database.database, KEMI),)]


def test_a_password_opens_no_login_by_itself(club: ServerClub, database: Address) -> None:
    for password in (PASSPHRASE, door_of(database.database)[1], ""):
        place = database.of(login_of(database.database, DENISE), password)
        with pytest.raises(psycopg.OperationalError), connected(place):
            raise AssertionError("a password came past the door")


# --- what keeps in step with it


def test_a_password_of_ones_own_is_another_secret_too_and_the_club_stays_open(
    club: ServerClub, come_in: Open, database: Address
) -> None:
    club.add_person(KEMI, HERS, role=Role.SESSIONAL)
    hers, before = come_in(KEMI, HERS), own_login(database, KEMI, HERS)
    hers.change_own_password(HERS, HIS)
    with pytest.raises(psycopg.OperationalError), connected(before):
        raise AssertionError("an older secret still opens")
    hers._server._reader.dispose()
    assert hers.read(programme.activities) == ()
    assert come_in(KEMI, HIS).actor.name == KEMI


def test_a_change_that_fails_leaves_the_lock_alone(
    club: ServerClub, come_in: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise BadInput("No.")

    monkeypatch.setattr("models.storage.uow.UnitOfWork.commit", broken)
    with pytest.raises(BadInput):
        club.change_own_password(PASSPHRASE, HIS)
    monkeypatch.undo()
    assert club.read(programme.activities) == ()
    with pytest.raises(WrongPassphrase):
        come_in(DENISE, HIS)
    assert come_in(DENISE).actor.name == DENISE


def test_who_is_taken_off_leaves_nothing_at_the_door(club: ServerClub, come_in: Open, database: Address) -> None:
    kemi = club.add_person(KEMI, HERS, role=Role.SESSIONAL).account
    assert len(asked(database, "SELECT * FROM door.person")) == 2
    club.remove_person(kemi.id)
    assert len(asked(database, "SELECT * FROM door.person")) == 1
    wrong_ones(come_in, KEMI, 1)


def test_a_name_put_right_is_the_name_to_sign_in_with(club: ServerClub, come_in: Open) -> None:
    kemi = club.add_person("Kemmi", HERS, role=Role.MANAGER).account
    club.rename(kemi.id, KEMI)
    hers = come_in(KEMI, HERS)
    assert (hers.actor.name, hers.actor.id) == (KEMI, kemi.id)
    wrong_ones(lambda name, _: come_in(name, HERS), "Kemmi", 1)
    club.rename(kemi.id, KEMI.upper())
    assert come_in(KEMI, HERS).actor.name == KEMI.upper()
    with pytest.raises(BadInput, match="your own name"):
        come_in(KEMI, HERS).rename(kemi.id, "Somebody Else")
    somebody = club.add_person("Kemmi", HIS, role=Role.SESSIONAL).account
    assert come_in("Kemmi", HIS).actor.id == somebody.id


def test_a_password_changed_elsewhere_unlocks_here_too(club: ServerClub, come_in: Open, database: Address) -> None:
    club.add_person(KEMI, HERS, role=Role.LEAD)
    here, there = come_in(KEMI, HERS), come_in(KEMI, HERS)
    there.change_own_password(HERS, HIS)
    with pytest.raises(WrongPassphrase):
        here.confirm(HERS)
    here.confirm(HIS)
    there.change_own_password(HIS, HERS)
    asked(database, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'Breather'")
    with pytest.raises(WrongPassphrase, match="does not let you in any more as you signed in"):
        here.read(programme.activities)
    here.confirm(HERS)
    assert here.read(programme.activities) == ()


def test_another_role_holds_from_the_next_unlocking(club: ServerClub, come_in: Open) -> None:
    kemi = club.add_person(KEMI, HERS, role=Role.MANAGER).account
    here = come_in(KEMI, HERS)
    assert len(here.people()) == 2
    club.set_roles(kemi.id, role=Role.SESSIONAL, safeguarding=False)
    here.confirm(HERS)
    with pytest.raises(Denied):
        here.people()


def test_a_name_that_went_to_somebody_else_does_not_unlock(club: ServerClub, come_in: Open) -> None:
    kemi = club.add_person(KEMI, HERS, role=Role.LEAD).account
    here = come_in(KEMI, HERS)
    club.rename(kemi.id, "Kemi Okoro")
    club.add_person(KEMI, HIS, role=Role.MANAGER)
    with pytest.raises(WrongPassphrase):
        here.confirm(HIS)
    assert here.actor.id == kemi.id
    assert here.sign_in("Kemi Okoro", HERS).id == kemi.id


def test_what_somebody_does_to_the_door_is_put_right_by_an_upgrade(
    club: ServerClub, come_in: Open, database: Address
) -> None:
    login = door_of(database.database)[0]
    for harm in (
        "ALTER ROLE CURRENT_USER SET default_transaction_read_only = on",
        f"ALTER ROLE CURRENT_USER IN DATABASE {database.database} SET default_transaction_read_only = on",
        "ALTER ROLE CURRENT_USER PASSWORD 'theirs alone'",
    ):
        with connected(at_the_door(database)) as door:
            assert door.execute("SELECT session_user").fetchone() == (login,)
            door.execute(harm.encode())
        with pytest.raises((ReadOnly, NoServer)):
            come_in(DENISE)
        assert not opening.bring_up_to_date(database)
        come_in(DENISE)


def test_half_a_letter_is_nobodys_name(club: ServerClub, come_in: Open) -> None:
    wrong_ones(come_in, "Denise \ud83d", 1)


# --- a club of Breather 0.2.0


def as_of_old(database: Address, name: str, password: str) -> None:
    """Takes the door away, and gives somebody's login their own password, as Breather 0.2.0 had it."""
    login = login_of(database.database, name)
    with connected(database) as owner:
        owner.execute("DROP SCHEMA IF EXISTS door CASCADE")
        door, _ = door_of(database.database)
        owner.execute(f"DROP OWNED BY {door}; DROP ROLE {door}".encode())
        owner.execute(f"ALTER ROLE {login} PASSWORD '{scram(owner, login, password)}'".encode())


def test_a_club_without_a_door_gets_one_and_its_people_come_in_by_it(
    club: ServerClub, come_in: Open, database: Address
) -> None:
    club.close()
    as_of_old(database, DENISE, PASSPHRASE)
    with pytest.raises(NoServer, match="upgrade"):
        come_in(DENISE)
    assert opening.bring_up_to_date(database)
    assert not opening.bring_up_to_date(database)
    place = database.of(login_of(database.database, DENISE), PASSPHRASE)
    with connected(place):
        pass  # their login has their password still
    with pytest.raises(WrongPassphrase):
        come_in(DENISE, HIS)
    first = come_in(DENISE)
    assert first.read(programme.activities) == ()
    with pytest.raises(psycopg.OperationalError), connected(place):
        raise AssertionError("their password still opens their login")
    assert come_in(DENISE).actor.name == DENISE
    wrong_ones(come_in, DENISE, 5)
    with pytest.raises(TooManyGuesses):
        come_in(DENISE)


def test_a_far_server_that_asks_for_a_cheap_proof_is_not_given_one(club: ServerClub, database: Address) -> None:
    class Elsewhere(Address):
        on_this_machine = property(lambda _: False)  # as a server far away is

        def settings(self) -> dict[str, object]:
            return database.of(self.user, self.password).settings()

    far = Elsewhere(database.host, database.port, database.database, sslmode="require")
    login = login_of(database.database, DENISE)
    with pytest.raises(NoServer, match="does not ask for the password as"):
        come_in(far, login, PASSPHRASE, CLOCK.now())
    assert asked(database, "SELECT count(*) FROM door.tries")[0][0] == 0
    with pytest.raises(WrongPassphrase):  # and by a key of the same kind as on paper nobody else comes in
        come_in(database, login, by_key(bytes(32)), CLOCK.now())
    asked(database, f"DELETE FROM door.person WHERE login = '{login}'")
    with pytest.raises(NoServer, match="asks for your password itself"):
        come_in(far, login, PASSPHRASE, CLOCK.now())
    assert come_in(database, login, PASSPHRASE, CLOCK.now()) is None


def test_dropped_with_its_roles(database: Address) -> None:
    found = servers.server()
    assert found is not None
    place = found.fresh("template0")
    opening.create_on_server(place, "Harbour", PASSPHRASE, device="x", clock=CLOCK).close()
    with found.asked() as connection:
        connection.execute(f"DROP DATABASE {place.database} WITH (FORCE)".encode())
        connection.execute(f"DROP ROLE {door_of(place.database)[0]}".encode())
