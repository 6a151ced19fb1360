"""Making and opening a club on a server: the other half of the composition root."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection, insert, select

from models.access.passwords import check_password
from models.access.people import as_seen, row_of
from models.access.permissions import holder_of_the_passphrase
from models.access.records import AccountRecord, ClubRecord, KeySlotsCopy
from models.access.rules import Role
from models.access.words import ACCOUNT
from models.kernel.clock import Clock, SystemClock, machine_now
from models.kernel.errors import BadInput, Denied, NoServer
from models.kernel.ids import IdSource, random_ids
from models.migrations.upgrade import HEAD, KNOWN, upgrade
from models.server import door, roles, schema
from models.server.club import ServerClub, WayIn, guesses_at, way_in
from models.server.entry import OLDER, Lock, new_secret
from models.server.keeper import ServerKeeper, let_in, read_ring
from models.storage.guesses import Guesses
from models.storage.keys import Derived, KeyRing, Strength, Unlocked
from models.storage.server_address import Address, login_of
from models.storage.server_engine import engine_for
from models.storage.server_store import ServerStore
from models.storage.slots import unb64, wrong
from models.storage.uow import UnitOfWork
from models.storage.values import checked


def create_on_server(
    address: Address,
    name: str,
    password: str,
    *,
    device: str,
    person: str = "Manager",
    clock: Clock | None = None,
    ids: IdSource | None = None,
    strength: Strength | None = None,
    sample_day: date | None = None,
    data: Path | None = None,
) -> ServerClub:
    """Makes a new club in an empty database, and opens it as its first manager, `person`.

    `address` holds the name and password of whoever owns the database and may make roles: it is used for this alone.
    Raises BadInput for what `create_club` does, and for a database that is not empty; NoServer, WrongPassphrase.
    """
    called, first = club_name(name), person_name(person)
    check_password(password, club=called, person=first, field="passphrase")
    ids = ids or random_ids()
    club, account = ids(), ids()
    with as_owner(address) as connection:
        schema.lay(connection)
        roles.make_groups(connection, address.database)
        at = (clock or SystemClock()).now()
        first_rows(connection, club, account, called, first, password, at, strength or Strength(), sample_day)
        let_in_first(connection, address.database, first, password, (Role.MANAGER,))
    return open_on_server(address.public, password, name=first, device=device, clock=clock, ids=ids, data=data)


@contextmanager
def as_owner(address: Address) -> Iterator[Connection]:
    """A transaction of whoever owns the database. Raises NoServer where that login may not do what it takes."""
    engine = engine_for(address)
    try:
        with engine.begin() as connection:
            yield connection
    except Denied as error:
        raise NoServer(
            "This login of the server may not make a club.",
            "It has to own the database and be allowed to make roles (CREATEROLE). Nothing was left on the server.",
        ) from error
    finally:
        engine.dispose()


def let_in_first(connection: Connection, database: str, person: str, password: str, held: Iterable[Role]) -> None:
    """A login for somebody whose slot is in the ring, while nobody could make it. Raises WrongPassphrase."""
    ring = KeyRing.from_json(str(connection.scalar(select(KeySlotsCopy.slots))))
    found = ring.unlock(password, person).account
    slot = ring.slot_of(found) if found is not None else None
    assert slot is not None  # what opened was a slot of the ring's own
    login, secret = login_of(database, person), new_secret()
    lock = Lock.under(login, Derived.of(password, slot.strength, unb64(slot.salt)), secret)
    let_in(connection, login, secret, [roles.GROUPS[role] for role in held], lock)


def bring_up_to_date(address: Address) -> bool:
    """Brings an older club's tables to the newest version, as whoever owns the database; whether it was older.

    One that was made with Breather 0.2.0 gets its door; what somebody did to a door is put right in any case. Raises
    NoServer, WrongPassphrase, NotFound or NewerVersion.
    """
    store = ServerStore.open(address, KNOWN)
    store.close()
    with as_owner(address) as connection:
        older = store.version != HEAD or not door.is_made(connection)
        if store.version != HEAD:
            upgrade(connection)
        roles.give_rights(connection, address.database)
    return older


def first_rows(
    connection: Connection, club: UUID, account: UUID, name: str, person: str, password: str, at: datetime,
    strength: Strength, sample_day: date | None = None,
) -> None:  # fmt: skip
    """The rows every club begins with: itself, its ring of keys, and its first manager."""
    ring, _ = KeyRing.new(club, account, person, password, strength)
    row = {"id": club, "name": name, "created_at": at, "sample_day": sample_day, "version": 1}
    manager = {"id": account, "name": person, "role": Role.MANAGER, "safeguarding": False, "pin": "", "version": 1}
    connection.execute(insert(ClubRecord).values(row))
    connection.execute(insert(KeySlotsCopy).values(club_id=club, slots=ring.to_json(), retired=[]))
    connection.execute(insert(AccountRecord).values(manager | {"new_password": False}))


def open_on_server(
    address: Address,
    password: str,
    *,
    device: str,
    name: str,
    clock: Clock | None = None,
    ids: IdSource | None = None,
    data: Path | None = None,
) -> ServerClub:
    """Opens a club on a server as the person called `name`.

    `data` is this machine's folder, where wrong passwords are counted. Raises NoServer, WrongPassphrase,
    TooManyGuesses, NotFound or NewerVersion.
    """
    guesses = guesses_at(address, data)
    way = way_in(address, name, password, guesses, machine_now(clock))
    try:
        return _come_in(way, password, name, device, clock, ids or random_ids(), guesses)
    except BaseException:
        way.store.close()
        raise


def _come_in(
    way: WayIn, password: str, name: str, device: str, clock: Clock | None, ids: IdSource, guesses: Guesses
) -> ServerClub:
    store = must_be_newest(way.store)
    actor = holder_of_the_passphrase(device)
    with UnitOfWork(store.reading(), actor, clock or SystemClock(), ids, read_only=True) as uow:
        ring = read_ring(uow)
        found: Unlocked = ring.unlock_with(way.derived, password, name)
        record = uow.session.get(AccountRecord, found.account)
        row = row_of(record) if record is not None and record.removed_at is None else None
    if row is None:
        raise wrong(named=True)
    keeper = ServerKeeper(store.address.database, store.club, found, ring.strength)
    club = ServerClub(store, row.actor(device), clock, ids, keeper, guesses)
    club.welcome(row, way.wrong)
    if way.own:
        club.enrol(password)
    return club


def must_be_newest(store: ServerStore) -> ServerStore:
    """Raises NoServer for a club whose tables are older: only its database's owner can change them."""
    if store.version != HEAD:
        raise NoServer(*OLDER)
    return store


def club_name(name: str) -> str:
    """A club's name as it is kept. Raises BadInput for none, or one too long."""
    called = str(checked(ClubRecord, {"name": name}, {"name": "club’s name"})["name"])
    if not called:
        raise BadInput("The club has no name.", "Type the name families know it by.", "name")
    return called


def person_name(name: str) -> str:
    """The first person's name as it is kept. Raises BadInput for none, or one too long."""
    called = str(checked(AccountRecord, {"name": as_seen(name)}, ACCOUNT)["name"])
    if not called:
        raise BadInput("The first person has no name.", "Type the name you will sign in with.", "person")
    return called
