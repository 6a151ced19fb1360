"""The key's slots: the club file's random key, wrapped under a passphrase, in `X.breather.keys` beside it.

Argon2id turns the passphrase into a wrapping key, AES-256-GCM wraps the file's key. GCM's tag fails alike for a wrong
passphrase and for one altered bit, so the file also carries a check (SHA-256 of all it says): a file that passes it was
read as it was written, and then only the passphrase can be wrong. The file is replaced whole or not at all.
"""

import base64
import contextlib
import hashlib
import json
import os
import secrets
import unicodedata
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Self
from uuid import UUID

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from models.kernel.errors import BadInput, Damaged, KeysMissing, NewerVersion, WrongPassphrase

FORMAT = 1
KEY_BYTES = 32
SALT_BYTES = 16
NONCE_BYTES = 12
TAG_BYTES = 16
MOST_MEMORY_KIB = 2**22  # 4 GiB: more than any machine of a club would be asked for


@dataclass(frozen=True)
class Strength:
    """Argon2id's cost: passes, memory in KiB, lanes."""

    time: int = 3
    memory_kib: int = 65_536
    lanes: int = 4


@dataclass(frozen=True)
class Slot:
    """One wrapped copy of the file's key; `salt`, `nonce` and `wrapped` are base64."""

    name: str
    strength: Strength
    salt: str
    nonce: str
    wrapped: str

    @classmethod
    def make(cls, name: str, key: bytes, club: UUID, passphrase: str, strength: Strength) -> Self:
        """Wraps `key` (32 bytes) under the passphrase. Raises BadInput for an empty passphrase."""
        if not passphrase:
            raise BadInput("The passphrase is empty.", "Type at least one word.", "passphrase")
        salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(NONCE_BYTES)
        wrapped = AESGCM(_derive(passphrase, salt, strength)).encrypt(nonce, key, club.bytes)
        return cls(name, strength, _b64(salt), _b64(nonce), _b64(wrapped))

    def open(self, club: UUID, passphrase: str) -> bytes:
        """The file's key. Raises WrongPassphrase."""
        wrapping = _derive(passphrase, base64.b64decode(self.salt), self.strength)
        try:
            return AESGCM(wrapping).decrypt(base64.b64decode(self.nonce), base64.b64decode(self.wrapped), club.bytes)
        except InvalidTag:
            raise WrongPassphrase(
                "That passphrase does not open this club file.",
                "Check Caps Lock and type it again. The file itself has not been touched.",
            ) from None


@dataclass(frozen=True)
class KeyRing:
    """All slots of one club file."""

    club: UUID
    slots: tuple[Slot, ...]

    @classmethod
    def new(cls, club: UUID, name: str, passphrase: str, strength: Strength) -> tuple[Self, bytes]:
        """A ring with one slot, and the new random key inside it."""
        key = secrets.token_bytes(KEY_BYTES)
        return cls(club, (Slot.make(name, key, club, passphrase, strength),)), key

    def open(self, passphrase: str) -> bytes:
        """The key from the first slot the passphrase opens. Raises WrongPassphrase."""
        failure: WrongPassphrase | None = None
        for slot in self.slots:
            try:
                return slot.open(self.club, passphrase)
            except WrongPassphrase as error:
                failure = error
        raise failure or Damaged("The keys file holds no keys.", "Put back the keys file from your newest copy.")

    def to_json(self) -> str:
        """The text of the keys file."""
        body = {"format": FORMAT, "club": str(self.club), "slots": [asdict(slot) for slot in self.slots]}
        return json.dumps({**body, "check": _check(body)}, indent=1)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Reads the text of a keys file. Raises Damaged or NewerVersion."""
        try:
            body = json.loads(text)
            if body["format"] > FORMAT:
                raise NewerVersion("The keys file was made by a newer Breather.", "Install the newest Breather here.")
            if body.pop("check") != _check(body):
                raise ValueError("the check does not match")
            return cls(UUID(body["club"]), tuple(_slot(one) for one in body["slots"]))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise Damaged(
                "The keys file beside this club file is not whole.", "Put back the keys file from your newest copy."
            ) from None


def _slot(body: dict[str, Any]) -> Slot:
    """Raises ValueError or TypeError for what no slot of ours says, before any memory is spent on it."""
    slot = replace(Slot(**body), strength=Strength(**body["strength"]))
    cost = slot.strength
    lengths = [len(base64.b64decode(part, validate=True)) for part in (slot.salt, slot.nonce, slot.wrapped)]
    if lengths != [SALT_BYTES, NONCE_BYTES, KEY_BYTES + TAG_BYTES]:
        raise ValueError("a part of the slot has the wrong length")
    if not (1 <= cost.time <= 100 and 1 <= cost.lanes <= 64 and 8 * cost.lanes <= cost.memory_kib <= MOST_MEMORY_KIB):
        raise ValueError("no such strength")
    return slot


def _check(body: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def keys_path(club_file: Path) -> Path:
    """`X.breather.keys` for `X.breather`."""
    return club_file.with_name(club_file.name + ".keys")


def read_ring(club_file: Path) -> KeyRing:
    """The key ring beside a club file. Raises KeysMissing, Damaged or NewerVersion."""
    path = keys_path(club_file)
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise KeysMissing(
            f"{club_file.name} is here, but its keys file {path.name} is not beside it.",
            f"Copy {path.name} into the same folder as {club_file.name}, then open it again.",
        ) from None
    except UnicodeDecodeError:
        raise Damaged(f"{path.name} is not whole.", "Put back the keys file from your newest copy.") from None
    return KeyRing.from_json(text)


def write_ring(club_file: Path, ring: KeyRing) -> None:
    """Replaces the keys file whole or not at all, and does not return before it is on the disk."""
    replace_file(keys_path(club_file), ring.to_json().encode())


def replace_file(path: Path, content: bytes) -> None:
    """Writes a file so that a crash or a full disk leaves the whole old one or the whole new one. Raises OSError."""
    half = path.with_name(path.name + ".new")
    try:
        with half.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
    except OSError:
        with contextlib.suppress(OSError):  # the first failure is the one to tell
            half.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Makes a rename in the folder last through a power cut, where the system can."""
    if os.name == "nt":  # Windows has no handle for a folder; its rename is written through
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _derive(passphrase: str, salt: bytes, strength: Strength) -> bytes:
    # An é typed on one machine as one character and on another as two is the same passphrase.
    typed = unicodedata.normalize("NFC", passphrase).encode()
    return hash_secret_raw(typed, salt, strength.time, strength.memory_kib, strength.lanes, KEY_BYTES, Type.ID)


def _b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
