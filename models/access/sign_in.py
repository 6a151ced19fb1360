"""Who acts in an open club: signing in and out of it, and the people who can."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import suppress
from copy import copy
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any, Self, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from models.access import accounts
from models.access.accounts import Standing, Told
from models.access.keeper import KeyKeeper, same_slot
from models.access.opening import Arrival, unlocked
from models.access.people import AccountRow, people, row_of, same_name, who
from models.access.permissions import HOLDER, Permission, holder_of_the_passphrase
from models.access.pins import check_hash
from models.access.records import AccessEvent, AccountRecord
from models.access.rules import AccessKind, Role
from models.kernel.actor import Actor
from models.kernel.clock import Clock, machine_now
from models.kernel.errors import BadInput, BreatherError, WrongPassphrase
from models.storage import rekeying
from models.storage.guesses import Guesses
from models.storage.keys import KeyRing, Unlocked
from models.storage.slots import strong_enough, wrong
from models.storage.trouble import told
from models.storage.uow import UnitOfWork

T = TypeVar("T")
IN_REGISTER_MODE = frozenset({Permission.SEE_DAY, Permission.REGISTER})
PUT_BACK = "The keys file beside the club file was missing or damaged; this computer’s copy was put there."
OLD_KEYS = "The keys file beside this club file is older than the file, and this password has been changed since."


class SignedIn(ABC):
    """A club somebody is signed in to. What changes anything belongs to the thread that writes.

    Attributes:
        actor: the acting person. account: their row, None for the holder of the passphrase.
        clock: the club's.
    """

    actor: Actor
    account: AccountRow | None = None
    clock: Clock
    _keeper: KeyKeeper | None = None
    _guesses: Guesses | None = None

    @abstractmethod
    def read(self, query: Callable[[UnitOfWork], T]) -> T:
        """Runs a query."""

    @abstractmethod
    def write(self, change: Callable[[UnitOfWork], Any], label: str) -> Any:
        """Runs a change and commits it; its `value` is what the change answered."""

    @property
    def sealing_key(self) -> bytes | None:
        """The key of concerns (32 bytes), where the acting person's own slot holds it."""
        return self._keeper.sealing_key if self._keeper else None

    def apart(self) -> Self:
        """The same open club for somebody else to act in beside, while the acting person here stays who they are."""
        other = copy(self)
        other._keeper = copy(self._keeper)
        return other

    def let_go(self) -> None:  # noqa: B027 - of a file there is nothing
        """Ends what a club taken apart has of its own."""

    # --- signing in

    def confirm(self, password: str) -> None:
        """Proves that the acting person is who is here. Raises WrongPassphrase or TooManyGuesses."""
        name = None if self.actor.id == HOLDER else self.actor.name
        try:
            found = unlocked(self.read(self._keys.ring), password, name, self._counted, self._now)
        except WrongPassphrase:
            raise _not_yours() from None
        if (found.account or HOLDER) != self.actor.id:
            self._counted.note(self._now)
            raise _not_yours()
        self._tell_of_guesses()

    def sign_in(self, name: str, password: str) -> Actor:
        """Makes another person the acting one, by their password. Raises WrongPassphrase or TooManyGuesses."""
        found = unlocked(self.read(self._keys.ring), password, name, self._counted, self._now)
        self._act(self._account_of(found, named=True), found)
        self._tell_of_guesses()
        return self.actor

    def sign_in_with_pin(self, name: str, pin: str, activity_id: UUID) -> Actor:
        """Makes another person the acting one for the register of one activity alone, by their PIN.

        Raises WrongPassphrase or TooManyGuesses.
        """
        row, kept = self.read(partial(_by_name, name=name))
        with self._counted.trying(self._now):
            check_hash(kept, pin)
        self._act(row, None)
        self.actor = replace(self.actor, permissions=self.actor.permissions & IN_REGISTER_MODE, activity=activity_id)
        self._tell_of_guesses()
        return self.actor

    def come_in(self, arrival: Arrival, password: str, *, named: bool, looking: bool) -> None:
        """Makes the person whose slot opened the file the acting one, and settles what was left at the door.

        A slot that costs too little to guess at is made anew under the password. `looking` writes nothing. Raises
        WrongPassphrase for somebody who was taken off.
        """
        found = arrival.opened.unlocked or Unlocked(arrival.opened.key)
        row = self._account_of(found, named=named)
        if row is not None and self._is_old(arrival.ring, row.id):
            raise WrongPassphrase(OLD_KEYS, "Put back the newest keys file, or ask a manager for a new password.")
        self._act(row, found)
        if looking:
            return
        self._settle(arrival)
        self._tell_of_guesses()
        slot = self.read(self._keys.ring).slot_of(self.actor.id)
        if slot is not None and not strong_enough(slot.strength):
            with suppress(BreatherError, SQLAlchemyError, OSError):  # a full disk keeps nobody out: next time then
                self._with_keys(
                    lambda uow, keys: accounts.strengthen(uow, keys, password), "Made a password harder to guess at"
                )

    def _settle(self, arrival: Arrival) -> None:
        """Makes the rings one again where they are not, and where nobody would otherwise know of it, tells."""

        def settle(uow: UnitOfWork) -> None:
            if arrival.put_back:
                _remember(uow, AccessKind.KEYS_PUT_BACK, uow.actor.name, PUT_BACK)
            if unsettled:
                self._keys.write_beside(arrival.ring)
                rekeying.clear(arrival.opened.path)
            self._keys.settle(uow, arrival.ring)

        unsettled = arrival.put_back or arrival.half_rekeyed
        if unsettled or self.read(self._keys.ring) != arrival.ring:
            self.write(settle, "Put the keys in order")
        self._keys.keep_on_machine(self.read(self._keys.ring))

    def _is_old(self, beside: KeyRing, account: UUID) -> bool:
        inside = self.read(self._keys.ring)
        return beside.serial <= inside.serial and not same_slot(beside, inside, account)

    def _account_of(self, found: Unlocked, *, named: bool) -> AccountRow | None:
        if found.account is None:
            return None
        account = found.account
        row = self.read(lambda uow: who(uow.session, account))
        if row is None or row.removed_at is not None:
            self._counted.note(self._now)
            raise wrong(named=named)
        return row

    def _act(self, row: AccountRow | None, found: Unlocked | None) -> None:
        device = self.actor.device
        self.account = row
        self.actor = row.actor(device) if row else holder_of_the_passphrase(device)
        lead = row is not None and row.safeguarding  # a slot may be ahead of the row, where something stopped between
        self._keys.sealing_key = found.sealing_key if found and lead else None

    def _tell_of_guesses(self) -> None:
        if self._counted.tally().count:
            words = self._counted.words()
            self.write(
                lambda uow: _remember(uow, AccessKind.WRONG_PASSWORDS, uow.actor.name, words),
                "Signed in after wrong passwords",
            )
        self._counted.told(self._now)

    # --- the people who can

    def people(self) -> tuple[AccountRow, ...]:
        """Everybody who can sign in, by name; who was taken off comes last."""
        return self.read(people)

    def add_person(self, name: str, password: str, *, role: Role | None, safeguarding: bool = False) -> Told:
        """See `accounts.add`. Who adds the first person as the holder of the old passphrase acts as them from then."""
        told = self._with_keys(
            lambda uow, keys: accounts.add(uow, keys, name, password, role=role, safeguarding=safeguarding),
            f"Let {name} sign in",
        )
        if self.actor.id == HOLDER:
            self._act(told.account, None)
        return told

    def recover(self, name: str, password: str, *, losing_concerns: bool = False) -> Told:
        """Makes a manager with a new password the acting person, in a file that its recovery key opened."""
        told = self._with_keys(
            lambda uow, keys: accounts.recover(uow, keys, name, password, losing_concerns=losing_concerns),
            "Came in with the recovery key",
        )
        self._act(told.account, None)
        self._tell_of_guesses()
        return told

    def set_roles(
        self, account_id: UUID, *, role: Role | None, safeguarding: bool, version: int | None = None,
        name: str | None = None, losing_concerns: bool = False,
    ) -> Told:  # fmt: skip
        """See `accounts.set_roles`; a `name` is put right along with it. What becomes of oneself holds at once."""

        def change(uow: UnitOfWork, keys: KeyKeeper) -> Told:
            left = version
            if name is not None:
                accounts.rename(uow, keys, account_id, version, name)
                left = None  # it was the one version, and is another by now
            return accounts.set_roles(
                uow, keys, account_id, left, role=role, safeguarding=safeguarding, losing_concerns=losing_concerns
            )

        told = self._with_keys(change, "Changed what somebody may do")
        self._become(told.account)
        return told

    def rename(self, account_id: UUID, name: str, version: int | None = None) -> Told:
        """See `accounts.rename`."""
        told = self._with_keys(
            lambda uow, keys: accounts.rename(uow, keys, account_id, version, name), "Put somebody’s name right"
        )
        self._become(told.account)
        return told

    def _become(self, row: AccountRow) -> None:
        """What was changed of the acting person holds at once."""
        if row.id == self.actor.id:
            self._act(row, Unlocked(self._keys.key, self.sealing_key))

    def set_password(self, account_id: UUID, password: str, *, losing_concerns: bool = False) -> Told:
        """See `accounts.set_password`."""
        return self._with_keys(
            lambda uow, keys: accounts.set_password(uow, keys, account_id, password, losing_concerns=losing_concerns),
            "Gave somebody a new password",
        )

    def change_own_password(self, old: str, new: str) -> None:
        """See `accounts.change_own_password`; a wrong old password counts. Raises TooManyGuesses too."""
        try:
            with self._counted.trying(self._now):
                told = self._with_keys(
                    lambda uow, keys: accounts.change_own_password(uow, keys, old, new), "Changed their own password"
                )
        except WrongPassphrase:
            raise _not_yours() from None
        self.account = told.account

    def set_pin(self, pin: str) -> None:
        """The acting person's own PIN for register mode (4 to 8 figures); "" takes it away. Raises BadInput."""
        self.write(lambda uow: accounts.set_pin(uow, pin), "Changed their own PIN")
        self.account = self.read(lambda uow: who(uow.session, self.actor.id))

    def grant_concerns(self, account_id: UUID) -> Told:
        """See `accounts.grant_concerns`."""
        return self._with_keys(
            lambda uow, keys: accounts.grant_concerns(uow, keys, account_id), "Let somebody read concerns"
        )

    def recover_concerns(self, typed: str) -> None:
        """See `accounts.recover_concerns`."""
        self._keys.sealing_key = self._with_keys(
            lambda uow, keys: accounts.recover_concerns(uow, keys, typed), "Typed in the recovery key of concerns"
        )

    def concerns_lost(self) -> bool:
        """Whether nobody has the key of concerns any more. Raises Denied to who is no safeguarding lead."""
        keeper = self._keys
        return not self.read(lambda uow: accounts.concerns_holders(uow, keeper))

    def begin_concerns_anew(self) -> None:
        """See `accounts.begin_concerns_anew`."""
        self._keys.sealing_key = self._with_keys(accounts.begin_concerns_anew, "Began the concerns anew")

    def concerns_standing(self) -> Standing:
        """See `accounts.concerns_standing`. Raises Denied to who is no safeguarding lead."""
        keeper = self._keys
        return self.read(lambda uow: accounts.concerns_standing(uow, keeper))

    def recovery_key(self, password: str) -> str:
        """The file's key for paper: it opens the file when the last manager forgets. Who was shown it is written down.

        `password` proves the acting person. Raises Denied, WrongPassphrase or TooManyGuesses.
        """
        keeper = self._keys
        self.read(lambda uow: uow.require(Permission.PEOPLE))
        self.confirm(password)
        shown = self.write(lambda uow: accounts.show_recovery_key(uow, keeper), "Looked at the recovery key")
        return str(shown.value)

    def concerns_recovery_key(self, password: str) -> str:
        """The key of concerns for paper, likewise. Raises BadInput too, for a lead who does not have it."""
        keeper = self._keys
        self.read(lambda uow: uow.require(Permission.CONCERNS))
        self.confirm(password)
        shown = self.write(lambda uow: accounts.show_concerns_key(uow, keeper), "Looked at the key of concerns")
        return str(shown.value)

    def _with_keys(self, change: Callable[[UnitOfWork, KeyKeeper], T], label: str) -> T:
        """A change of rows and ring; where it does not come about, the keys file is as it was."""
        keeper = self._keys
        try:
            with told(keeper.path):
                value: T = self.write(lambda uow: change(uow, keeper), label).value
        except BaseException:
            with suppress(BreatherError, SQLAlchemyError, OSError):  # the first failure is the one to tell
                self.read(keeper.take_back)
            raise
        keeper.committed()
        return value

    @property
    def _keys(self) -> KeyKeeper:
        if self._keeper is None:
            raise BadInput("People sign in to this club on its server.", "Ask whoever looks after the server.")
        return self._keeper

    @property
    def _counted(self) -> Guesses:
        if self._guesses is None:
            raise BadInput("People sign in to this club on its server.", "Ask whoever looks after the server.")
        return self._guesses

    @property
    def _now(self) -> datetime:
        return machine_now(self.clock)


def _by_name(uow: UnitOfWork, name: str) -> tuple[AccountRow | None, str]:
    """The person of that name who has a PIN, and its hash; nobody, and no hash."""
    for record in uow.session.scalars(select(AccountRecord).where(AccountRecord.removed_at.is_(None))):
        if record.pin and same_name(record.name, name):
            return row_of(record), record.pin
    return None, ""


def _remember(uow: UnitOfWork, kind: AccessKind, who: str, detail: str) -> None:
    uow.add(AccessEvent(kind=kind, who=who, detail=detail, at=uow.clock.now()))


def _not_yours() -> WrongPassphrase:
    """Where only a password was asked for, of somebody known: neither a name nor the file is the matter."""
    return WrongPassphrase("That is not your password.", "Check Caps Lock and type it again.")
