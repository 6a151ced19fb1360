"""Coming in to a club file: from a name and a password to the file's key, with wrong guesses counted."""

from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from uuid import UUID

from models.access.keeper import copies
from models.kernel.errors import Damaged, KeysMissing, WrongPassphrase
from models.storage import club_file, keys
from models.storage.club_file import Opened
from models.storage.guesses import Guesses
from models.storage.keys import KeyRing, Unlocked


@dataclass(frozen=True)
class Arrival:
    """A club file whose key is known.

    Attributes:
        ring: the one that opened it.
        account: whose slot opened it, None for the old passphrase of everybody.
        put_back: whether it was this machine's copy, the keys file being away, damaged or not this file's.
        half_rekeyed: whether the keys file is still that of a re-keying that was stopped.
    """

    opened: Opened
    ring: KeyRing
    guesses: Guesses
    account: UUID | None
    put_back: bool = False
    half_rekeyed: bool = False


def arrive(
    path: Path, password: str, name: str | None, now: datetime, data: Path | None, known: Collection[str]
) -> Arrival:
    """Opens the file far enough to know that it is whole, ours and not too new; it is not changed.

    `data` is this machine's folder: its copy of the ring serves where the keys file is away or damaged. Raises
    NotFound, EmptyFile, KeysMissing, WrongPassphrase, TooManyGuesses, Damaged or NewerVersion.
    """
    club_file.look(path)
    try:
        ring = keys.read_ring(path)
    except (KeysMissing, Damaged) as missing:
        return _by_copy(path, password, name, now, data, known, missing)
    guesses = Guesses.of(path, ring.club, data)
    found = unlocked(ring, password, name, guesses, now)
    try:
        return _open(path, ring, found, password, name, known, guesses)
    except Damaged:
        # Perhaps the file is whole and those are not its keys: of another club, or of a restore that was cut off.
        for kept in (kept for kept, this_file in copies(data, path) if this_file and kept != ring):
            counted = Guesses.of(path, kept.club, data)
            with suppress(WrongPassphrase, Damaged):
                found = unlocked(kept, password, name, counted, now)
                return replace(_open(path, kept, found, password, name, known, counted), put_back=True)
        raise


def unlocked(ring: KeyRing, password: str, name: str | None, guesses: Guesses, now: datetime) -> Unlocked:
    """What the password opens of the ring. Raises TooManyGuesses, or WrongPassphrase and then it is counted."""
    with guesses.trying(now):
        return ring.unlock(password, name)


def _open(
    path: Path, ring: KeyRing, found: Unlocked, password: str, name: str | None, known: Iterable[str], guesses: Guesses
) -> Arrival:
    half = ring.next is not None
    try:
        opened = club_file.open_with(path, ring, found, known)
    except Damaged:
        if ring.next is None:
            raise
        # It was being re-keyed when it stopped, and the new file stands already.
        found, ring = ring.next.unlock(password, name), ring.next
        opened = club_file.open_with(path, ring, found, known)
    return Arrival(opened, replace(ring, next=None), guesses, found.account, half_rekeyed=half)


def _by_copy(
    path: Path, password: str, name: str | None, now: datetime, data: Path | None, known: Collection[str],
    missing: KeysMissing | Damaged,
) -> Arrival:  # fmt: skip
    """By a ring that this machine keeps: this very file's, or another's that turns out to fit (the file was moved)."""
    kept = copies(data, path)
    judged = [ring for ring, this_file in kept if this_file] or [ring for ring, _ in kept]
    counts = [Guesses.of(path, ring.club, data) for ring in judged]
    for guesses in counts:
        guesses.check(now)
    failure: Exception = missing
    wrong = True
    for ring, this_file in kept:
        try:
            found = ring.unlock(password, name)
            wrong = False
            arrival = _open(path, ring, found, password, name, known, Guesses.of(path, ring.club, data))
            return replace(arrival, put_back=True)
        except (WrongPassphrase, Damaged) as error:
            failure = error if this_file else failure
    for guesses in counts if wrong else ():
        guesses.note(now)
    raise failure


def by_raw_key(path: Path, key: bytes, known: Iterable[str]) -> Opened:
    """A club file opened by its recovery key. Raises WrongPassphrase: a damaged first page cannot be told apart."""
    try:
        return club_file.open_raw(path, key, known)
    except Damaged as error:
        what = "That recovery key does not open this club file, or the file is damaged."
        raise WrongPassphrase(what, "Check that the paper is of this file, and the newest one.") from error
