"""The slots of a ring: what one person's password opens.

A person's slot holds an X25519 key pair. The private half is wrapped (AES-256-GCM) under Argon2id of their password;
the file's key is sealed to the public half, and for a safeguarding lead the key of concerns too. So a new key can be
sealed to everybody without their passwords, and changing one slot touches no other. Whose slot it is, and with which
half a key belongs, is bound in as associated data, so that no part of one slot works in another.
"""

import base64
import hashlib
import secrets
import unicodedata
from dataclasses import dataclass, field, replace
from typing import Any, Self
from uuid import UUID

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from models.kernel.errors import BadInput, WrongPassphrase

KEY_BYTES = 32
SALT_BYTES = 16
NONCE_BYTES = 12
TAG_BYTES = 16
WRAPPED_BYTES = KEY_BYTES + TAG_BYTES
SEALED_BYTES = KEY_BYTES + NONCE_BYTES + WRAPPED_BYTES  # the passing public half, the nonce, the key
MOST_MEMORY_KIB = 2**20  # 1 GiB, and ten passes: more than any machine of a club would be asked for
MOST_PASSES = 10
FILE, SEALING = b"file", b"sealing"
WHATEVER = ("utf-8", "surrogatepass")  # half a letter, out of a broken file, is a wrong password like any other


@dataclass(frozen=True)
class Strength:
    """Argon2id's cost: passes, memory in KiB, lanes."""

    time: int = 3
    memory_kib: int = 65_536
    lanes: int = 4


LEAST = Strength()
"""What no slot is made with less of, nor left at: guessing at a stolen copy costs 64 MiB and three passes each time."""


@dataclass(frozen=True)
class Derived:
    """Argon2id of a password (32 bytes), and what it was made with: so that it is made once however often needed."""

    salt: bytes
    strength: Strength
    key: bytes = field(repr=False)

    @classmethod
    def of(cls, password: str, strength: Strength, salt: bytes | None = None) -> Self:
        """One derivation, with a new salt unless one is given."""
        salt = secrets.token_bytes(SALT_BYTES) if salt is None else salt
        return cls(salt, strength, derive(password, salt, strength))

    def part(self, purpose: bytes) -> bytes:
        """A key of its own for one purpose (32 bytes); from it nothing can be told of any other."""
        return HKDF(SHA256(), KEY_BYTES, None, purpose).derive(self.key)


@dataclass(frozen=True)
class Unlocked:
    """What a password opened: the file's key, the key of concerns where the slot has it, and whose slot it was."""

    key: bytes
    sealing_key: bytes | None = None
    account: UUID | None = None


@dataclass(frozen=True)
class Slot:
    """One person's slot. All but `person`, `account` and `strength` are base64; `sealing_key` may be "".

    Attributes:
        person: digest of the club and their name (see `person_of`): no name stands in the keys file.
        account: the id of their row. public: the open half of their pair. private: the other half, wrapped.
        file_key, sealing_key: sealed to `public`.
    """

    person: str
    account: str
    strength: Strength
    salt: str
    nonce: str
    public: str
    private: str
    file_key: str
    sealing_key: str = ""

    @classmethod
    def make(cls, club: UUID, account: UUID, name: str, password: str, strength: Strength, unlocked: Unlocked) -> Self:
        """A new slot with a new key pair, holding the keys of `unlocked`. Raises BadInput for an empty password."""
        not_empty(password)
        return cls.under(club, account, name, Derived.of(password, strength), unlocked)

    @classmethod
    def under(cls, club: UUID, account: UUID, name: str, derived: Derived, unlocked: Unlocked) -> Self:
        """The same under what was derived from a password already."""
        pair = X25519PrivateKey.generate()
        public, nonce = pair.public_key().public_bytes_raw(), secrets.token_bytes(NONCE_BYTES)
        bound = _bound(club, account, public)
        private = b64(AESGCM(derived.key).encrypt(nonce, pair.private_bytes_raw(), b"private" + bound))
        made_with = derived.strength, b64(derived.salt), b64(nonce), b64(public)
        return cls(person_of(club, name), str(account), *made_with, private, "").holding(club, unlocked)

    def holding(self, club: UUID, unlocked: Unlocked) -> Self:
        """The same slot under the same password with these keys in it."""
        sealing = seal(self, club, SEALING, unlocked.sealing_key) if unlocked.sealing_key is not None else ""
        return replace(self, file_key=seal(self, club, FILE, unlocked.key), sealing_key=sealing)

    def unlock(self, club: UUID, password: str) -> Unlocked:
        """What is in it. One derivation. Raises InvalidTag for another password, or a part of another slot."""
        return self.unlock_with(club, derive(password, unb64(self.salt), self.strength))

    def made_with(self, derived: Derived) -> bool:
        """Whether it asks for the very derivation that was made."""
        return unb64(self.salt) == derived.salt and self.strength == derived.strength

    def unlock_with(self, club: UUID, key: bytes) -> Unlocked:
        """The same with what was derived already. Raises InvalidTag."""
        public, account = unb64(self.public), UUID(self.account)
        bound = _bound(club, account, public)
        pair = X25519PrivateKey.from_private_bytes(
            AESGCM(key).decrypt(unb64(self.nonce), unb64(self.private), b"private" + bound)
        )
        sealing = _unseal(pair, self.sealing_key, SEALING + bound) if self.sealing_key else None
        return Unlocked(_unseal(pair, self.file_key, FILE + bound), sealing, account)

    def check(self) -> None:
        """Raises ValueError or TypeError for what no slot of ours says, before any memory is spent on it."""
        UUID(self.account)
        lengths = [len(unb64(part)) for part in (self.salt, self.nonce, self.public, self.private, self.file_key)]
        if lengths != [SALT_BYTES, NONCE_BYTES, KEY_BYTES, WRAPPED_BYTES, SEALED_BYTES]:
            raise ValueError("a part of the slot has the wrong length")
        if self.sealing_key and len(unb64(self.sealing_key)) != SEALED_BYTES:
            raise ValueError("the key of concerns has the wrong length")
        if len(bytes.fromhex(self.person)) != KEY_BYTES:
            raise ValueError("nobody's slot")
        check_strength(self.strength)


@dataclass(frozen=True)
class OldSlot:
    """A slot of keys file format 1: the file's key wrapped straight under a passphrase; nobody's in particular."""

    name: str
    strength: Strength
    salt: str
    nonce: str
    wrapped: str

    @classmethod
    def make(cls, name: str, key: bytes, club: UUID, passphrase: str, strength: Strength) -> Self:
        """Wraps `key` (32 bytes) under the passphrase. Raises BadInput for an empty passphrase."""
        not_empty(passphrase)
        salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(NONCE_BYTES)
        wrapped = AESGCM(derive(passphrase, salt, strength)).encrypt(nonce, key, club.bytes)
        return cls(name, strength, b64(salt), b64(nonce), b64(wrapped))

    def unlock(self, club: UUID, passphrase: str) -> Unlocked:
        """The file's key. Raises InvalidTag."""
        wrapping = AESGCM(derive(passphrase, unb64(self.salt), self.strength))
        return Unlocked(wrapping.decrypt(unb64(self.nonce), unb64(self.wrapped), club.bytes))

    def check(self) -> None:
        """Raises ValueError or TypeError for what no slot of ours says."""
        lengths = [len(unb64(part)) for part in (self.salt, self.nonce, self.wrapped)]
        if lengths != [SALT_BYTES, NONCE_BYTES, WRAPPED_BYTES]:
            raise ValueError("a part of the slot has the wrong length")
        check_strength(self.strength)


def slot_of(kind: type[Any], body: dict[str, Any]) -> Any:
    """A slot read from JSON. Raises ValueError, KeyError or TypeError."""
    made = replace(kind(**body), strength=Strength(**body["strength"]))
    made.check()
    return made


def check_strength(cost: Strength) -> None:
    """Raises ValueError for a cost that cannot be, or that would use up the machine."""
    if not all(type(one) is int for one in (cost.time, cost.memory_kib, cost.lanes)):
        raise TypeError("a strength is whole numbers")
    asked = 1 <= cost.time <= MOST_PASSES and 1 <= cost.lanes <= 64
    if not (asked and 8 * cost.lanes <= cost.memory_kib <= MOST_MEMORY_KIB):
        raise ValueError("no such strength")


def strong_enough(cost: Strength) -> bool:
    """Whether guessing costs no less than it should."""
    return cost.memory_kib >= LEAST.memory_kib and cost.time >= LEAST.time


def at_least(cost: Strength) -> Strength:
    """The same cost, or LEAST where it is too little."""
    return cost if strong_enough(cost) else LEAST


def person_of(club: UUID, name: str) -> str:
    """The digest a slot is found by: of the club and the name, whichever way it was typed, large or small.

    It keeps names out of sight; somebody who guesses a name can still see whether it is there.
    """
    plain = " ".join(unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold()).split())
    return hashlib.sha256(b"Breather person\0" + club.bytes + plain.encode(*WHATEVER)).hexdigest()


def seal(slot: Slot, club: UUID, purpose: bytes, key: bytes) -> str:
    """The key, sealed so that only the slot's private half opens it."""
    passing = X25519PrivateKey.generate()
    public = unb64(slot.public)
    bound = purpose + _bound(club, UUID(slot.account), public)
    shared = passing.exchange(X25519PublicKey.from_public_bytes(public))
    mine, nonce = passing.public_key().public_bytes_raw(), secrets.token_bytes(NONCE_BYTES)
    return b64(mine + nonce + AESGCM(_agreed(shared, mine + bound)).encrypt(nonce, key, bound))


def _unseal(pair: X25519PrivateKey, sealed: str, bound: bytes) -> bytes:
    raw = unb64(sealed)
    passing, nonce, rest = raw[:KEY_BYTES], raw[KEY_BYTES : KEY_BYTES + NONCE_BYTES], raw[KEY_BYTES + NONCE_BYTES :]
    try:
        shared = pair.exchange(X25519PublicKey.from_public_bytes(passing))
    except ValueError:  # a public half of all zeros: nobody's
        raise InvalidTag from None
    return AESGCM(_agreed(shared, passing + bound)).decrypt(nonce, rest, bound)


def _agreed(shared: bytes, context: bytes) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, None, b"Breather slot\0" + context).derive(shared)


def _bound(club: UUID, account: UUID, public: bytes) -> bytes:
    return b"\0" + club.bytes + account.bytes + public


def derive(password: str, salt: bytes, strength: Strength) -> bytes:
    """Argon2id of a password: 32 bytes."""
    # An é typed on one machine as one character and on another as two is the same password.
    typed = unicodedata.normalize("NFC", password).encode(*WHATEVER)
    return hash_secret_raw(typed, salt, strength.time, strength.memory_kib, strength.lanes, KEY_BYTES, Type.ID)


def not_empty(password: str) -> None:
    """Raises BadInput for an empty password."""
    if not password:
        raise BadInput("The passphrase is empty.", "Type at least one word.", "passphrase")


def wrong(*, named: bool) -> WrongPassphrase:
    """What to raise for a password that opens nothing; `named` where a name was typed with it."""
    return WrongPassphrase(
        f"That {'name and password do' if named else 'passphrase does'} not open this club file.",
        "Check Caps Lock and type it again. The file itself has not been touched.",
    )


def b64(raw: bytes) -> str:
    """Bytes as base64 text."""
    return base64.b64encode(raw).decode()


def unb64(text: str) -> bytes:
    """base64 text as bytes. Raises ValueError."""
    return base64.b64decode(text, validate=True)
