"""Who can sign in to a club on a server: a slot in the ring, as in a club file, and beside it a login and a lock."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Connection, select, text

from models.access.keeper import KeyKeeper
from models.access.people import AccountRow
from models.access.permissions import Permission, needs
from models.access.records import KeySlotsCopy
from models.access.rules import Role
from models.kernel.errors import BadInput, Damaged
from models.server.entry import Lock, by_key, new_secret
from models.server.roles import GROUPS
from models.server.scram import scram
from models.storage.keys import Derived, KeyRing, Slot, Strength, Unlocked, new_key
from models.storage.server_address import login_of, recovery_of
from models.storage.slots import not_empty, unb64
from models.storage.uow import UnitOfWork


class ServerKeeper(KeyKeeper):
    """The keys of a club on a server. The ring is inside alone; logins change in the transaction that changes it.

    Attributes:
        secrets: those given out here, by login. They hold where the transaction that gave them was committed.
    """

    def __init__(self, database: str, club: UUID, unlocked: Unlocked, strength: Strength) -> None:
        super().__init__(None, club, unlocked, None, strength)
        self._database = database
        self.secrets: dict[str, bytes] = {}
        self._derived: dict[UUID, Derived] = {}

    def slot(self, account: UUID, name: str, password: str, *, sealing: bool) -> Slot:
        """A new slot; the door gets a lock under the same password when the login is aligned."""
        not_empty(password)
        derived = self._derived[account] = Derived.of(password, self.strength)
        unlocked = Unlocked(self.key, self.sealing_key if sealing else None)
        return Slot.under(self.club, account, name, derived, unlocked)

    def align(self, uow: UnitOfWork, account: AccountRow) -> None:
        """Makes the person's login what their row says. Who changes no more than their own password needs no right."""
        login = login_of(self._database, account.name)
        derived = self._derived.pop(account.id, None)
        uow.flush()
        connection = uow.session.connection()
        if account.removed_at is not None:
            connection.execute(text("SELECT breather_let_out(:who)"), {"who": login})
            return
        lock = self._lock(login, derived) if derived is not None else None
        if account.id == uow.actor.id and lock is not None:
            self._keep_own(connection, lock)
            return
        if not uow.actor.may(Permission.PEOPLE):
            return  # a key handed on to another lead changes nobody's login
        let_in(connection, login, self.secrets[login] if lock else None, [GROUPS[role] for role in account.roles], lock)

    def rename(self, uow: UnitOfWork, account: UUID, was: str, name: str) -> None:
        """The login follows the name; the secret and the lock stay. Raises BadInput for one's own."""
        before, after = login_of(self._database, was), login_of(self._database, name)
        if before == after:
            return
        if account == uow.actor.id:
            raise BadInput("On a server you cannot put your own name right.", "Ask another manager to do it.", "name")
        uow.session.connection().execute(text("SELECT breather_rename(:was, :is)"), {"was": before, "is": after})

    def paper_key(self, uow: UnitOfWork) -> bytes:
        """A new recovery key, in the place of the one before: what it opens is a login, and the key of the ring."""
        login, key, secret = recovery_of(self._database), new_key(), new_secret()
        lock = Lock.under(login, by_key(key), secret + self.key)
        let_in(uow.session.connection(), login, secret, [GROUPS[Role.MANAGER]], lock)
        return key

    def enrol(self, uow: UnitOfWork, account: AccountRow, password: str) -> None:
        """Puts the door before the acting person's login, whose password was their own with Breather 0.2.0."""
        slot = self.ring(uow).slot_of(account.id)
        if slot is not None:
            self._derived[account.id] = Derived.of(password, slot.strength, unb64(slot.salt))
            self.align(uow, account)

    def _lock(self, login: str, derived: Derived) -> Lock:
        """A lock under that, with a new secret behind it: who knew the old password knows no secret any more."""
        secret = self.secrets[login] = new_secret()
        return Lock.under(login, derived, secret)

    def _keep_own(self, connection: Connection, lock: Lock) -> None:
        secret = scram(connection.connection.driver_connection, lock.login, self.secrets[lock.login].hex())
        connection.exec_driver_sql(f"ALTER ROLE CURRENT_USER PASSWORD '{secret}'")
        mine = text("SELECT door.set_mine(:salt, :passes, :memory_kib, :lanes, :proof, :sealed)")
        connection.execute(mine, lock.values())


def let_in(
    connection: Connection, login: str, secret: bytes | None, groups: Sequence[str], lock: Lock | None
) -> None:  # fmt: skip
    """A login that is a member of these groups; with a secret, and the lock it is behind, where they are new."""
    kept = scram(connection.connection.driver_connection, login, secret.hex()) if secret is not None else None
    said = {"who": login, "secret": kept, "groups": list(groups)}
    connection.execute(text("SELECT breather_let_in(:who, :secret, :groups)"), said)
    if lock is not None:
        locked = text("SELECT door.set(:who, :salt, :passes, :memory_kib, :lanes, :proof, :sealed)")
        connection.execute(locked, {"who": login, **lock.values()})


@needs(Permission.PEOPLE)
def read_ring(uow: UnitOfWork) -> KeyRing:
    """The ring kept in the club. Raises Damaged."""
    found = uow.session.scalar(select(KeySlotsCopy.slots))
    if found is None:
        raise Damaged("This club has lost its keys.", "Ask whoever looks after the server for its newest backup.")
    return KeyRing.from_json(str(found))
