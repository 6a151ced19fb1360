"""The ring of keys: everybody's slot of a club file, in `X.breather.keys` beside it.

Format 2 holds a slot for each person (`storage.slots`); format 1, one passphrase for all, is still read and opened.
GCM's tag fails alike for a wrong password and for one altered bit, so the file also carries a check (SHA-256 of all it
says): a file that passes it was read as it was written, and then only the password can be wrong. And it carries a seal
under the file's own key: once that is known, a ring that nobody with the key wrote is told apart. The file is replaced
whole or not at all.
"""

import contextlib
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Self
from uuid import UUID

from cryptography.exceptions import InvalidTag

from models.kernel.errors import Damaged, KeysMissing, NewerVersion, ReadOnly
from models.storage.slots import (
    KEY_BYTES,
    NONCE_BYTES,
    SALT_BYTES,
    Derived,
    OldSlot,
    Slot,
    Strength,
    Unlocked,
    derive,
    person_of,
    slot_of,
    wrong,
)  # fmt: skip

__all__ = [
    "FORMAT", "KEY_BYTES", "NONCE_BYTES", "SALT_BYTES", "Derived", "KeyRing", "OldSlot", "Slot", "Strength", "Unlocked",
    "derive", "keys_path", "new_key", "person_of", "read_ring", "replace_file", "sync_folder", "write_ring",
]  # fmt: skip

FORMAT = 2
NOT_WHOLE = ("The keys file beside this club file is not whole.", "Put back the keys file from your newest copy.")


@dataclass(frozen=True)
class KeyRing:
    """All slots of one club file.

    Attributes:
        slots: everybody's. old: those of format 1, usable until the first person is added.
        serial: grows with every change, so that of two rings the newer is known.
        sealing: a fingerprint of the key of concerns, "" while there is none.
        seal: under the file's key, "" in a ring of format 1.
        next: while the file is being re-keyed, the ring of the new key: which of both fits, the file shows.
    """

    club: UUID
    slots: tuple[Slot, ...] = ()
    old: tuple[OldSlot, ...] = ()
    serial: int = 1
    sealing: str = ""
    seal: str = ""
    next: "KeyRing | None" = None

    @classmethod
    def new(cls, club: UUID, account: UUID, name: str, password: str, strength: Strength) -> tuple[Self, bytes]:
        """A ring with one person's slot, and the new random key inside it."""
        key = new_key()
        slot = Slot.make(club, account, name, password, strength, Unlocked(key))
        return cls(club, (slot,)).sealed(key), key

    def open(self, password: str, name: str | None = None) -> bytes:
        """The file's key (see `unlock`)."""
        return self.unlock(password, name).key

    def unlock(self, password: str, name: str | None = None) -> Unlocked:
        """What the person's slot holds: one derivation. Without a name, what the first slot holds that opens.

        Raises WrongPassphrase, and Damaged for a ring without slots.
        """
        if not (self.slots or self.old):
            raise Damaged("The keys file holds no keys.", "Put back the keys file from your newest copy.")
        tried = self._tried(name)
        for slot in tried:
            with contextlib.suppress(InvalidTag):
                return slot.unlock(self.club, password)
        if not tried:  # a name that is not there must not be answered any quicker
            derive(password, bytes(SALT_BYTES), self.slots[0].strength)
        raise wrong(named=name is not None)

    def unlock_with(self, derived: Derived | None, password: str, name: str) -> Unlocked:
        """As `unlock`, with what was derived of the password already where the slot asks for just that."""
        for slot in self._tried(name):
            if derived is not None and isinstance(slot, Slot) and slot.made_with(derived):
                with contextlib.suppress(InvalidTag):
                    return slot.unlock_with(self.club, derived.key)
        return self.unlock(password, name)

    def _tried(self, name: str | None) -> tuple[Slot | OldSlot, ...]:
        if name is None:
            return (*self.slots, *self.old)
        person = person_of(self.club, name)
        return (*(slot for slot in self.slots if hmac.compare_digest(slot.person, person)), *self.old)

    @property
    def strength(self) -> Strength:
        """That of the strongest slot: what the next one is made with, so that no weak one makes others weak."""
        known = [*(slot.strength for slot in self.slots), *(slot.strength for slot in self.old)]
        return max(known, key=lambda one: (one.memory_kib * one.time, one.memory_kib), default=Strength())

    def slot_of(self, account: UUID) -> Slot | None:
        """Somebody's slot, if they have one."""
        return next((slot for slot in self.slots if UUID(slot.account) == account), None)

    def with_slot(self, slot: Slot, key: bytes) -> Self:
        """The ring with this slot in the place of that person's old one, or at the end; no other is touched."""
        if self.slot_of(UUID(slot.account)) is None:
            return self.changed(key, slots=(*self.slots, slot))
        return self.changed(key, slots=tuple(slot if one.account == slot.account else one for one in self.slots))

    def without(self, account: UUID, key: bytes) -> Self:
        """The ring without that person's slot; no other is touched."""
        return self.changed(key, slots=tuple(one for one in self.slots if UUID(one.account) != account))

    def rekeyed(self, unlocked: Unlocked, old: Iterable[OldSlot] = ()) -> Self:
        """The ring with a new file key sealed to everybody.

        Who held the key of concerns holds it still: it is not the file's, and what they have of it is left as it is.
        """
        fresh = tuple(
            replace(slot.holding(self.club, Unlocked(unlocked.key)), sealing_key=slot.sealing_key)
            for slot in self.slots
        )
        return self.changed(unlocked.key, slots=fresh, old=tuple(old), next=None)

    def changed(self, key: bytes, **values: Any) -> Self:
        """The ring with other values, one newer, sealed again."""
        return replace(self, serial=self.serial + 1, **values).sealed(key)

    def sealed(self, key: bytes) -> Self:
        """The same ring under the seal of the file's key."""
        return replace(self, seal=self._seal(key))

    def check_seal(self, key: bytes) -> None:
        """Raises Damaged for a ring that nobody who had the file's key wrote. One of format 1 has no seal."""
        if (self.seal or self.slots) and not hmac.compare_digest(self.seal, self._seal(key)):
            raise Damaged("The keys file beside this club file was altered.", NOT_WHOLE[1])

    def _seal(self, key: bytes) -> str:
        sealing = hashlib.sha256(b"Breather ring seal\0" + key).digest()
        body = {name: value for name, value in self._body().items() if name != "next"}
        return hmac.new(sealing, _plain(body | {"seal": ""}), hashlib.sha256).hexdigest()

    def _body(self) -> dict[str, Any]:
        return {
            "format": FORMAT, "club": str(self.club), "serial": self.serial, "sealing": self.sealing,
            "slots": [asdict(slot) for slot in self.slots], "old": [asdict(slot) for slot in self.old],
            "seal": self.seal, "next": self.next._body() if self.next else None,
        }  # fmt: skip

    def to_json(self) -> str:
        """The text of the keys file."""
        body = self._body()
        return json.dumps({**body, "check": _check(body)}, indent=1)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Reads the text of a keys file, of format 1 or 2. Raises Damaged or NewerVersion."""
        try:
            body = json.loads(text)
            if body["format"] > FORMAT:
                raise NewerVersion("The keys file was made by a newer Breather.", "Install the newest Breather here.")
            if body.pop("check") != _check(body):
                raise ValueError("the check does not match")
            return cls._first(body) if body["format"] == 1 else cls._read(body)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise Damaged(*NOT_WHOLE) from None

    @classmethod
    def _first(cls, body: dict[str, Any]) -> Self:
        return cls(UUID(body["club"]), old=tuple(slot_of(OldSlot, one) for one in body["slots"]), serial=0)

    @classmethod
    def _read(cls, body: dict[str, Any]) -> Self:
        return cls(
            UUID(body["club"]), tuple(slot_of(Slot, one) for one in body["slots"]),
            tuple(slot_of(OldSlot, one) for one in body["old"]), int(body["serial"]), str(body["sealing"]),
            str(body["seal"]), cls._read(body["next"]) if body["next"] else None,
        )  # fmt: skip


def new_key() -> bytes:
    """A random key."""
    return secrets.token_bytes(KEY_BYTES)


def _plain(body: dict[str, Any]) -> bytes:
    return json.dumps(body, sort_keys=True, separators=(",", ":")).encode()


def _check(body: dict[str, Any]) -> str:
    return hashlib.sha256(_plain(body)).hexdigest()


def keys_path(club_file: Path) -> Path:
    """`X.breather.keys` for `X.breather`."""
    return club_file.with_name(club_file.name + ".keys")


def read_ring(club_file: Path) -> KeyRing:
    """The key ring beside a club file. Raises KeysMissing, ReadOnly, Damaged or NewerVersion."""
    path = keys_path(club_file)
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise KeysMissing(
            f"{club_file.name} is here, but its keys file {path.name} is not beside it.",
            f"Copy {path.name} into the same folder as {club_file.name}, then open it again; or use the recovery key.",
        ) from None
    except PermissionError:
        raise ReadOnly(
            f"{path.name} cannot be read here, and nothing opens {club_file.name} without it.",
            "Copy both into a folder of your own and open it there, or ask for the right to read them.",
        ) from None
    except (UnicodeDecodeError, IsADirectoryError):
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
