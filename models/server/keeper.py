"""Who can sign in to a club on a server: a slot in the ring, as in a club file, and beside it a login."""

from uuid import UUID

import psycopg
from sqlalchemy import select, text

from models.access.keeper import KeyKeeper
from models.access.people import AccountRow
from models.access.permissions import Permission, needs
from models.access.records import KeySlotsCopy
from models.kernel.errors import Damaged
from models.server.roles import GROUPS
from models.storage.keys import KeyRing, Slot, Strength, Unlocked
from models.storage.server_address import login_of
from models.storage.uow import UnitOfWork


class ServerKeeper(KeyKeeper):
    """The keys of a club on a server. The ring is inside alone; logins change in the transaction that changes it."""

    def __init__(self, database: str, club: UUID, unlocked: Unlocked, strength: Strength) -> None:
        super().__init__(None, club, unlocked, None, strength)
        self._database = database
        self._passwords: dict[UUID, str] = {}

    def slot(self, account: UUID, name: str, password: str, *, sealing: bool) -> Slot:
        """A new slot; the login gets the same password when it is aligned."""
        self._passwords[account] = password
        return super().slot(account, name, password, sealing=sealing)

    def align(self, uow: UnitOfWork, account: AccountRow) -> None:
        """Makes the person's login what their row says. Who changes no more than their own password needs no right."""
        login = login_of(self._database, account.name)
        password = self._passwords.pop(account.id, None)
        uow.flush()
        connection = uow.session.connection()
        if account.removed_at is not None:
            connection.execute(text("SELECT breather_let_out(:who)"), {"who": login})
            return
        secret = scram(connection.connection.driver_connection, login, password) if password is not None else None
        if account.id == uow.actor.id and secret is not None:
            connection.exec_driver_sql(f"ALTER ROLE CURRENT_USER PASSWORD '{secret}'")
            return
        if not uow.actor.may(Permission.PEOPLE):
            return  # a key handed on to another lead changes nobody's login
        groups = [GROUPS[role] for role in account.roles]
        let_in = text("SELECT breather_let_in(:who, :secret, :groups)")
        connection.execute(let_in, {"who": login, "secret": secret, "groups": groups})


def scram(driver: object, login: str, password: str) -> str:
    """What the server keeps of a password: it never sees the password itself."""
    assert isinstance(driver, psycopg.Connection)
    return driver.pgconn.encrypt_password(password.encode(), login.encode(), b"scram-sha-256").decode()


@needs(Permission.PEOPLE)
def read_ring(uow: UnitOfWork) -> KeyRing:
    """The ring kept in the club. Raises Damaged."""
    found = uow.session.scalar(select(KeySlotsCopy.slots))
    if found is None:
        raise Damaged("This club has lost its keys.", "Ask whoever looks after the server for its newest backup.")
    return KeyRing.from_json(str(found))
