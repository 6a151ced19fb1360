"""An open club on a server."""

from collections.abc import Callable
from pathlib import Path
from typing import Self, TypeVar

from models.access.accounts import Told
from models.access.keeper import KeyKeeper
from models.access.people import AccountRow
from models.bootstrap import Club
from models.kernel.actor import Actor
from models.kernel.clock import Clock
from models.kernel.errors import BadInput
from models.kernel.ids import IdSource
from models.migrations.upgrade import KNOWN
from models.server.keeper import ServerKeeper
from models.storage.guesses import Guesses
from models.storage.server_address import Address, login_of, prefix
from models.storage.server_store import ServerStore
from models.storage.uow import UnitOfWork

T = TypeVar("T")


class ServerClub(Club):
    """A club whose people have logins of their own at the database.

    Attributes:
        address: where it is, without anybody's name or password: what opens it again.
    """

    def __init__(
        self, store: ServerStore, actor: Actor, clock: Clock | None, ids: IdSource, keeper: ServerKeeper,
        guesses: Guesses,
    ) -> None:  # fmt: skip
        super().__init__(store, actor, clock, ids, keeper, guesses)
        self._server = store
        self.address = store.address.public

    @property
    def where(self) -> str:
        """Its address."""
        return str(self.address)

    def welcome(self, account: AccountRow) -> None:
        """Says who has come in, and writes down wrong passwords from before."""
        self.account = account
        self._tell_of_guesses()

    @property
    def ring_key(self) -> bytes:
        """The key the ring seals (32 bytes): nothing here is encrypted with it, until the club is a file again."""
        return self._keys.key

    def recovery_key(self) -> str:
        """Raises BadInput: nothing on paper opens a server."""
        raise BadInput(
            "A club on a server has no recovery key.",
            "Have two managers, so that one can give the other a new password. Keep the key of concerns on paper.",
        )

    def sign_in(self, name: str, password: str) -> Actor:
        """Makes another person the acting one, at the database too. Raises WrongPassphrase or TooManyGuesses."""
        with self._counted.trying(self._now):
            theirs = ServerStore.open(signed_in(self.address, name, password), KNOWN)
        mine = self._server
        self._use(theirs)
        try:
            actor = super().sign_in(name, password)
        except BaseException:
            self._use(mine)
            theirs.close()
            raise
        mine.close()
        return actor

    def apart(self) -> Self:
        """The same club for somebody else to act in, on connections of its own."""
        other = super().apart()
        other._use(ServerStore(self._server.address, self._server.club, self._server.version))
        return other

    def _use(self, store: ServerStore) -> None:
        self._store = self._server = store

    def _with_keys(self, change: Callable[[UnitOfWork, KeyKeeper], T], label: str) -> T:
        """A change of rows, ring and login in one transaction."""

        def aligned(uow: UnitOfWork, keeper: KeyKeeper) -> T:
            value = change(uow, keeper)
            if isinstance(value, Told) and isinstance(keeper, ServerKeeper):
                keeper.align(uow, value.account)
            return value

        return super()._with_keys(aligned, label)


def signed_in(address: Address, name: str, password: str) -> Address:
    """The address as a person of the club comes to it."""
    return address.of(login_of(address.database, name), password)


def guesses_at(address: Address, data: Path | None) -> Guesses:
    """Wrong passwords tried on this machine; the server itself keeps no count."""
    return Guesses.of(Path(address.database), prefix(address.database).strip("_"), data)
