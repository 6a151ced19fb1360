"""An open club on a server."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Self, TypeVar
from uuid import UUID

from sqlalchemy import text

from models.access.accounts import Told
from models.access.keeper import KeyKeeper
from models.access.people import AccountRow, who
from models.access.records import AccessEvent
from models.access.rules import AccessKind
from models.bootstrap import Club
from models.kernel.actor import Actor
from models.kernel.clock import Clock
from models.kernel.errors import Disconnected, NoAnswer, NoServer
from models.kernel.ids import IdSource
from models.migrations.upgrade import KNOWN
from models.server.away import KeptSlot, only_who_was_here
from models.server.entry import come_in, nobody
from models.server.keeper import ServerKeeper
from models.storage.guesses import Guesses, Tally
from models.storage.keys import Derived
from models.storage.server_address import Address, login_of, prefix
from models.storage.server_store import ServerStore
from models.storage.uow import UnitOfWork

T = TypeVar("T")
GONE = (Disconnected, NoServer)


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
        self._mine: KeptSlot | None = None
        self.address = store.address.public

    @property
    def where(self) -> str:
        """Its address."""
        return str(self.address)

    def welcome(self, account: AccountRow, wrong: Tally) -> None:
        """Says who has come in, and writes down wrong passwords from before: `wrong` those the door has counted."""
        self.account = account
        self._tell(wrong)
        self._keep_slot()

    def enrol(self, password: str) -> None:
        """Puts the door before the acting person's login, where their password is that login's own still."""
        account, keeper = self.account, self._keys
        if account is None or not isinstance(keeper, ServerKeeper):
            return
        row = account
        self.write(lambda uow: keeper.enrol(uow, row, password), "Came in by the door for the first time")
        self._follow(row)

    @property
    def ring_key(self) -> bytes:
        """The key the ring seals (32 bytes): nothing here is encrypted with it, until the club is a file again."""
        return self._keys.key

    def confirm(self, password: str) -> None:
        """Proves that the acting person is who is here, without the server where that is away.

        With a password that was changed on another machine they come in by the door again. Raises WrongPassphrase or
        TooManyGuesses.
        """
        try:
            if self._server.look():
                super().confirm(password)
                self._as_their_row_says()
            else:
                self._sign_in(self.actor.name, password, only=self.actor.id)
            self._keep_slot()
        except GONE:
            if self._mine is None:
                raise
            self._mine.prove(password, self.actor.id, self._counted, self._now)

    def _as_their_row_says(self) -> None:
        """Another manager may have given them another role since they signed in."""
        row = self.read(lambda uow: who(uow.session, uow.actor.id))
        if row is not None and self.account is not None and row.roles != self.account.roles:
            self.account, self.actor = row, row.actor(self.actor.device)
            if not row.safeguarding:
                self._keys.sealing_key = None

    def tell_of_guesses(self) -> None:
        """Writes down wrong passwords from while the server was away. Raises Disconnected or NoServer: it still is."""
        self._tell_of_guesses()

    def sign_in(self, name: str, password: str) -> Actor:
        """Makes another person the acting one, at the database too.

        Raises WrongPassphrase, TooManyGuesses, or NoAnswer: that needs the server.
        """
        try:
            self._server.look()
            return self._sign_in(name, password)
        except (NoAnswer, Disconnected):
            raise only_who_was_here(self.address.host, self.actor.name) from None

    def _sign_in(self, name: str, password: str, only: UUID | None = None) -> Actor:
        way = way_in(self.address, name, password, self._counted, self._now)
        mine = self._server
        self._use(way.store)
        try:
            found = self.read(self._keys.ring).unlock_with(way.derived, password, name)
            if only not in (None, found.account):  # the name is somebody else's now
                raise nobody()
            self._act(self._account_of(found, named=True), found)
        except BaseException:
            self._use(mine)
            way.store.close()
            raise
        mine.close()
        with suppress(*GONE):  # they are in; the next time will do
            self._tell(way.wrong)
            if way.own:
                self.enrol(password)
        self._keep_slot()
        return self.actor

    def recover(self, name: str, password: str, *, losing_concerns: bool = False) -> Told:
        """As in a file; from here on it is that manager's own login that acts."""
        told = super().recover(name, password, losing_concerns=losing_concerns)
        self._follow(told.account)
        return told

    def _tell(self, wrong: Tally) -> None:
        """What was guessed on this machine while the club was open, and what the door has counted of this login."""
        self._tell_of_guesses()
        if wrong.count:
            self.write(_told_at_the_door, "Signed in after wrong passwords")

    def apart(self) -> Self:
        """The same club for somebody else to act in, on connections of its own."""
        other = super().apart()
        other._mine = None
        other._use(ServerStore(self._server.address, self._server.club, self._server.version))
        return other

    def let_go(self) -> None:
        """Closes the connections of a club that was taken apart; what it was taken from keeps its own."""
        self._server.close()

    def _use(self, store: ServerStore) -> None:
        self._store = self._server = store

    def _with_keys(self, change: Callable[[UnitOfWork, KeyKeeper], T], label: str) -> T:
        """A change of rows, ring and login in one transaction."""

        def aligned(uow: UnitOfWork, keeper: KeyKeeper) -> T:
            value = change(uow, keeper)
            if isinstance(value, Told) and isinstance(keeper, ServerKeeper):
                keeper.align(uow, value.account)
            return value

        done = super()._with_keys(aligned, label)
        if isinstance(done, Told):
            self._follow(done.account)
        return done

    def _keep_slot(self) -> None:
        """What the acting person can prove themselves by while the server is away; nothing where it is so now."""
        self._mine = None
        with suppress(*GONE):
            slot = self.read(self._keys.ring).slot_of(self.actor.id)
            self._mine = KeptSlot(self.id, slot) if slot is not None else None

    def _follow(self, account: AccountRow) -> None:
        """Where the acting person's own secret is another now, connects with that from here on."""
        keeper = self._keeper
        if account.id != self.actor.id or not isinstance(keeper, ServerKeeper):
            return
        login = login_of(self.address.database, account.name)
        secret = keeper.secrets.pop(login, None)
        if secret is not None:
            mine = self._server
            self._use(ServerStore(self.address.of(login, secret.hex()), mine.club, mine.version))
            mine.close()
        self._keep_slot()


@dataclass(frozen=True)
class WayIn:
    """A club on a server whose door, or whose older lock, a password has opened.

    Attributes:
        store: on the person's own login. derived: of their password, None where the door was not asked for it.
        wrong: tries at their password that nobody has been told of. own: whether it is their login's own still.
    """

    store: ServerStore
    derived: Derived | None
    wrong: Tally = field(default_factory=Tally)
    own: bool = False


def way_in(address: Address, name: str, password: str, guesses: Guesses, now: datetime) -> WayIn:
    """Comes in as somebody. Raises NoServer, WrongPassphrase, TooManyGuesses, NotFound or NewerVersion."""
    guesses.check(now)  # wrong ones at the lock, on this machine, count too
    login = login_of(address.database, name)
    entered = come_in(address, login, password, now)
    if entered is not None:
        return WayIn(ServerStore.open(entered.place, KNOWN), entered.derived, entered.wrong)
    with guesses.trying(now):
        return WayIn(ServerStore.open(address.of(login, password), KNOWN), None, own=True)


def guesses_at(address: Address, data: Path | None) -> Guesses:
    """Wrong passwords typed on this machine while the club is open; those at its door are counted there."""
    return Guesses.of(Path(address.database), prefix(address.database).strip("_"), data)


def _told_at_the_door(uow: UnitOfWork) -> None:
    found = uow.session.connection().execute(text("SELECT * FROM door.tell()")).one()
    if found.many:
        detail = Tally(found.many, found.first, (found.last,)).words()
        uow.add(AccessEvent(kind=AccessKind.WRONG_PASSWORDS, who=uow.actor.name, detail=detail, at=uow.clock.now()))
