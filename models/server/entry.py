"""Coming in by the door of a club on a server (see `door`): what a machine says there, and what it makes of it.

One derivation of the password does for all: of it are made the proof that is shown at the door, the key that what is
handed out is sealed with, and the key of the person's slot in the ring.
"""

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Self
from uuid import UUID

import psycopg
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from models.kernel.errors import Damaged, Disconnected, InUse, NoServer, WrongPassphrase
from models.storage.guesses import Tally, too_many
from models.storage.server_address import Address, door_of
from models.storage.server_engine import LOST, connect, plain
from models.storage.slots import KEY_BYTES, NONCE_BYTES, Derived, Strength, b64, check_strength, unb64

SECRET_BYTES = 32
OLDER = (
    "This club was made with an older Breather, and its tables are not up to date.",
    "Ask whoever looks after the server to bring them up to date with “breather upgrade”.",
)
OUT_OF_ORDER = (
    "The door of this club on its server does not work as it should.",
    "Ask whoever looks after the server to put it right with “breather upgrade”.",
)


@dataclass(frozen=True)
class Lock:
    """What the door keeps of a login: nothing in it says what opens it.

    Attributes:
        salt, strength: how the password is derived; "" and zeros for a recovery key, which is no password.
        proof: SHA-256 of what has to be shown. sealed: what is then handed out, which the password alone opens.
    """

    login: str
    salt: str
    strength: Strength
    proof: str
    sealed: str

    @classmethod
    def under(cls, login: str, derived: Derived, held: bytes) -> Self:
        """A lock with `held` behind it: the login's secret, and what else is to be kept with it."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed = b64(nonce + AESGCM(derived.part(_sealing(login))).encrypt(nonce, held, None))
        proof = hashlib.sha256(_proof(login, derived).encode()).hexdigest()
        return cls(login, b64(derived.salt), derived.strength, proof, sealed)

    def values(self) -> dict[str, Any]:
        """As the door's functions take it."""
        cost = self.strength
        return {
            "salt": self.salt, "passes": cost.time, "memory_kib": cost.memory_kib, "lanes": cost.lanes,
            "proof": self.proof, "sealed": self.sealed,
        }  # fmt: skip


@dataclass(frozen=True)
class Entered:
    """Whom the door let in.

    Attributes:
        place: the club, as their own login comes to it. derived: of their password.
        more: what was sealed with the login's secret. wrong: tries that nobody has been told of yet.
    """

    place: Address
    derived: Derived
    more: bytes = field(default=b"", repr=False)
    wrong: Tally = field(default_factory=Tally)


def new_secret() -> bytes:
    """A login's secret."""
    return secrets.token_bytes(SECRET_BYTES)


def come_in(address: Address, login: str, key: str | Derived, now: datetime) -> Entered | None:
    """Comes to the door and in, with a password or with what needs no derivation.

    None where somebody has a login and no lock: they come in with their own password still, as with Breather 0.2.0.
    `now` is this machine's clock, by which the words of a wait are made. Raises NoServer, Disconnected, InUse,
    WrongPassphrase or TooManyGuesses.
    """
    with _door(address) as door:
        terms = _one(door, "SELECT * FROM door.knock(%s)", login)
        _may_try(terms.wait, now)
        if terms.own and not address.proved:  # who listens could say so, and guess at what they are then told
            raise NoServer(
                f"The server {address.host} asks for your password itself, before it has proved who it is.",
                "Ask a manager for a new password; or leave sslmode out of the address, so that the server proves it.",
            )
        if terms.own:
            return None
        derived = key if isinstance(key, Derived) else _derived(address, key, terms)
        said = _one(door, "SELECT * FROM door.say(%s, %s)", login, _proof(login, derived))
        _may_try(said.wait, now)
        return _answered(address, login, derived, _one(door, "SELECT * FROM door.enter(%s)", said.ticket), now)


def _answered(address: Address, login: str, derived: Derived, told: Any, now: datetime) -> Entered:
    _may_try(told.wait, now)
    if told.answer == "late":
        raise InUse("The server took too long over this.", "Wait a moment and do it again.")
    if told.answer != "right":
        raise nobody()
    raw = unb64(told.sealed)
    try:
        opening = AESGCM(derived.part(_sealing(login)))
        held = opening.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], None)
    except InvalidTag:
        raise Damaged(
            "What the server keeps of this password was altered.", "Ask a manager for a new password."
        ) from None
    secret, more = held[:SECRET_BYTES], held[SECRET_BYTES:]
    newest = (told.last,) if told.last is not None else ()
    return Entered(address.of(login, secret.hex()), derived, more, Tally(told.many, told.first, newest))


def nobody() -> WrongPassphrase:
    """What to raise for a name and a password that do not belong together."""
    return WrongPassphrase(
        "That name and password do not open this club.", "Check the name, and Caps Lock, and type them again."
    )


def by_key(key: bytes) -> Derived:
    """A key that is random through and through, in the place of a derived one."""
    assert len(key) == KEY_BYTES
    return Derived(b"", Strength(0, 0, 0), key)


def _derived(address: Address, password: str, terms: Any) -> Derived:
    """Raises NoServer where the other end asks for what ours would not, and so may be somebody who listens."""
    strength = Strength(terms.passes, terms.memory_kib, terms.lanes)
    least = Strength()
    try:
        check_strength(strength)
        if not address.proved and (strength.time < least.time or strength.memory_kib < least.memory_kib):
            raise ValueError("a password would be given away too cheaply")
        return Derived.of(password, strength, unb64(terms.salt))
    except ValueError as error:
        what = f"The server {address.host} does not ask for the password as this Breather does."
        raise NoServer(what, "Ask whoever looks after it.") from error


def _may_try(seconds: float, now: datetime) -> None:
    if seconds > 0:
        raise too_many(now + timedelta(seconds=seconds), now)


def _proof(login: str, derived: Derived) -> str:
    return derived.part(b"Breather door proof\0" + _club(login)).hex()


def _sealing(login: str) -> bytes:
    return b"Breather door seal\0" + _club(login)


def _club(login: str) -> bytes:
    """What all logins of one club begin with: not the whole one, since a name may be put right."""
    return login.rpartition("_")[0].encode()


@contextmanager
def _door(address: Address) -> "Iterator[psycopg.Connection[Any]]":
    """A connection of the door's own, each question a transaction."""
    try:
        connection = connect(address.of(*door_of(address.database)))
    except WrongPassphrase:
        raise NoServer(
            f"There is no club “{address.database}” on this server that this Breather could come in to.",
            "Check the last part of the address. If an older Breather made the club, ask whoever looks after the "
            "server to bring it up to date with “breather upgrade”.",
        ) from None
    try:
        connection.autocommit = True
        yield connection
    except (psycopg.errors.InvalidSchemaName, psycopg.errors.UndefinedFunction) as error:
        raise NoServer(*OLDER) from error
    except psycopg.OperationalError as error:
        raise plain(error) or Disconnected(LOST, "Try again when this machine is on the network.") from error
    except psycopg.Error as error:
        raise plain(error) or NoServer(*OUT_OF_ORDER) from error
    finally:
        connection.close()


def _one(door: "psycopg.Connection[Any]", question: str, *said: str | UUID) -> Any:
    cursor = door.cursor(row_factory=psycopg.rows.namedtuple_row)
    return cursor.execute(question.encode(), said).fetchone()
