"""An open club's ring of keys: the copy inside the file counts, the keys file and this machine's copy follow it.

A change of rows and ring goes in this order, inside one unit of work: the rows and the copy inside are written, then
the keys file is replaced, then all is committed. Where it stops between the last two, the keys file is one newer than
the copy inside. At the next opening the newer ring is taken over (only who had the file's key can have sealed it),
without slots of people who have no row, and with the key of concerns in the slots of safeguarding leads alone. So
nobody is locked out by it, nobody comes in without a row, and nobody has that key who is not a lead.
"""

import contextlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select

from models.access.records import AccountRecord, KeySlotsCopy
from models.kernel.errors import BreatherError, Damaged
from models.storage import keys
from models.storage.keys import KeyRing, Slot, Strength, Unlocked
from models.storage.slots import at_least
from models.storage.uow import UnitOfWork
from models.storage.values import put_into

FOLDER = "key slots"


class KeyKeeper:
    """The keys of one open club file.

    Attributes:
        key: the file's. sealing_key: of concerns, None unless the acting person's slot holds it.
        path: the file, None for a club on a server: its ring is then inside alone.
    """

    def __init__(
        self, path: Path | None, club: UUID, unlocked: Unlocked, data: Path | None, strength: Strength
    ) -> None:
        """`data` is this machine's folder, None to keep no copy there; `strength` that of slots to be made, or more."""
        self.path = path
        self.club = club
        self.key = unlocked.key
        self.sealing_key = unlocked.sealing_key
        self.strength = at_least(strength)
        self._data = data
        self._stands: KeyRing | None = None

    def ring(self, uow: UnitOfWork) -> KeyRing:
        """The ring that counts. Raises Damaged where the copy inside is none of ours."""
        text = uow.session.scalar(select(KeySlotsCopy.slots).where(KeySlotsCopy.club_id == self.club))
        found = KeyRing.from_json(str(text))
        found.check_seal(self.key)
        return found

    def put(self, uow: UnitOfWork, ring: KeyRing) -> None:
        """Puts the ring inside and beside the file; the unit of work is to be committed next."""
        self._stands = self.ring(uow)
        self._put_inside(uow, ring)
        self.write_beside(ring)

    def take_back(self, uow: UnitOfWork) -> None:
        """Makes the keys file what is inside again, where a commit did not come about (or did after all)."""
        begun, self._stands = self._stands, None
        if begun is not None:
            self.write_beside(self.ring(uow))

    def committed(self) -> None:
        """Hears that the rows stand."""
        self._stands = None

    def write_beside(self, ring: KeyRing) -> None:
        """Replaces the keys file and this machine's copy. Raises OSError for the first of them alone."""
        if self.path is None:
            return
        keys.write_ring(self.path, ring)
        self.keep_on_machine(ring)

    def keep_on_machine(self, ring: KeyRing) -> None:
        """This machine's copy, where one can be kept."""
        if self.path is not None and self._data is not None:
            with contextlib.suppress(OSError):
                keep_copy(self._data, self.path, ring)

    def settle(self, uow: UnitOfWork, beside: KeyRing) -> bool:
        """Makes the ring inside and the one beside the same again; whether anything had to be written."""
        inside = self.ring(uow)
        if inside == beside:
            return False
        if beside.serial <= inside.serial:
            self.write_beside(inside)
            return True
        people = select(AccountRecord).where(AccountRecord.removed_at.is_(None))
        rows = {one.id: one for one in uow.session.scalars(people)}
        ring = beside.changed(self.key, **_as_rows_say(beside, inside, rows))
        self._put_inside(uow, ring)
        self.write_beside(ring)
        return True

    def carried(self, uow: UnitOfWork) -> "Carried":
        """What to take along to a file made from a backup: who can sign in is a matter of now."""
        columns = [column.key for column in AccountRecord.__table__.columns if column.key != "version"]
        rows = [
            {name: getattr(record, name) for name in columns} for record in uow.session.scalars(select(AccountRecord))
        ]
        retired = uow.session.scalar(select(KeySlotsCopy.retired).where(KeySlotsCopy.club_id == self.club))
        return Carried(self.ring(uow), tuple(rows), retired)

    def slot(self, account: UUID, name: str, password: str, *, sealing: bool) -> Slot:
        """A new slot with the file's key and, where `sealing`, the key of concerns if it is at hand."""
        unlocked = Unlocked(self.key, self.sealing_key if sealing else None)
        return Slot.make(self.club, account, name, password, self.strength, unlocked)

    def rename(self, uow: UnitOfWork, account: UUID, was: str, name: str) -> None:
        """Hears of a name put right, before the ring is. Raises BadInput where that cannot be."""

    def paper_key(self, uow: UnitOfWork) -> bytes:
        """What the recovery key on paper says."""
        return self.key

    def _put_inside(self, uow: UnitOfWork, ring: KeyRing) -> None:
        copy = uow.get(KeySlotsCopy, self.club, "copy of the keys")
        copy.slots = ring.to_json()
        uow.flush()


@dataclass(frozen=True)
class Carried:
    """Who can sign in to a club file: its ring, the fields of its accounts, and the keys it had before."""

    ring: KeyRing
    rows: tuple[Mapping[str, Any], ...]
    retired: object

    def put(self, uow: UnitOfWork, club_file: Path) -> None:
        """Puts them in the place of those in another file of the same club and key, and the ring beside it."""
        for row in self.rows:
            record = uow.session.get(AccountRecord, row["id"])
            if record is None:
                uow.add(AccountRecord(**row))
            else:
                put_into(record, row)
        copy = uow.get(KeySlotsCopy, self.ring.club, "copy of the keys")
        copy.slots, copy.retired = self.ring.to_json(), self.retired
        uow.flush()
        keys.write_ring(club_file, self.ring)


def _as_rows_say(beside: KeyRing, inside: KeyRing, rows: Mapping[UUID, AccountRecord]) -> dict[str, Any]:
    """Slots and sealing of a ring taken over, by the row of everybody who has one: what they are called, and are."""
    slots = []
    for slot in beside.slots:
        account = UUID(slot.account)
        if account not in rows:
            continue
        was = inside.slot_of(account)
        slot = replace(slot, person=keys.person_of(beside.club, rows[account].name))
        if not rows[account].safeguarding:
            slot = replace(slot, sealing_key="")
        elif not slot.sealing_key and was and was.private == slot.private and inside.sealing == beside.sealing:
            slot = replace(slot, sealing_key=was.sealing_key)  # it was being taken from them, and they are a lead still
        slots.append(slot)
    held = any(slot.sealing_key for slot in slots)
    return {"slots": tuple(slots), "sealing": beside.sealing if held else inside.sealing}


def fingerprint(sealing_key: bytes) -> str:
    """By which a key of concerns is known again without being said."""
    return sha256(b"Breather concerns\0" + sealing_key).hexdigest()


def keep_copy(data: Path, club_file: Path, ring: KeyRing) -> None:
    """Keeps the ring in this machine's folder, with where its file is. Raises OSError."""
    path = data / FOLDER / f"{ring.club}.json"
    said = json.dumps({"file": str(club_file.absolute()), "ring": ring.to_json()})
    with contextlib.suppress(OSError):
        if path.read_text("utf-8") == said:
            return
    path.parent.mkdir(parents=True, exist_ok=True)
    keys.replace_file(path, said.encode())


def copies(data: Path | None, club_file: Path) -> tuple[tuple[KeyRing, bool], ...]:
    """The rings this machine keeps, and of each whether it is this very file's; those first."""
    found: list[tuple[KeyRing, bool]] = []
    for path in sorted((data / FOLDER).glob("*.json")) if data is not None else ():
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError, BreatherError):
            said = json.loads(path.read_text("utf-8"))
            found.append((KeyRing.from_json(said["ring"]), said["file"] == str(club_file.absolute())))
    return tuple(sorted(found, key=lambda one: not one[1]))


def same_slot(one: KeyRing, other: KeyRing, account: UUID) -> bool:
    """Whether a person's password is the same in both rings."""
    mine, theirs = one.slot_of(account), other.slot_of(account)
    return mine is not None and theirs is not None and mine.private == theirs.private


def with_keys(slot: Slot, club: UUID, key: bytes, sealing_key: bytes | None) -> Slot:
    """The slot with the key of concerns put in or (None) taken out; its password stays."""
    return replace(slot.holding(club, Unlocked(key, sealing_key)), file_key=slot.file_key)


def must_fit(sealing_key: bytes, ring: KeyRing) -> None:
    """Raises Damaged for a key of concerns that is not this club's."""
    if ring.sealing and ring.sealing != fingerprint(sealing_key):
        raise Damaged("That is not this club’s key of concerns.", "Look at the paper again.")
