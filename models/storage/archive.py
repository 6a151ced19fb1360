"""The form of a backup: one file, a zip with nothing squeezed, of four members and no others.

`backup.json` says without a key whose it is and when it was made. `sealed` needs the club's key: the facts of the club
file and the SHA-256 of both files, so that nobody without the key can alter a backup or make one up. The names inside
are never used to write anything, whatever they say.
"""

import hashlib
import json
import secrets
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from models.kernel.errors import BadBackup, BreatherError, NewerVersion
from models.storage.keys import NONCE_BYTES, KeyRing
from models.storage.snapshot import NOT_WHOLE, Facts

SUFFIX = ".breather-backup"
FORMAT = 1
LABEL, SEALED, CLUB, KEYS = "backup.json", "sealed", "club.breather", "club.breather.keys"
MEMBERS = [LABEL, SEALED, CLUB, KEYS]
MOST_SMALL = 2**20
CHUNK = 2**20


@dataclass(frozen=True)
class Backup:
    """One backup: made at a UTC instant, of `size` bytes; `name` is the club file's, `facts` None without the key."""

    path: Path
    made_at: datetime
    club: UUID
    name: str
    size: int
    facts: Facts | None = None


def write(target: Path, club_file: Path, ring: KeyRing, key: bytes, name: str, made_at: datetime, facts: Facts) -> None:
    """Writes the archive at `target`, from a copy that is proved already. Raises OSError."""
    said = {"format": FORMAT, "club": str(ring.club), "name": name, "made_at": made_at.isoformat()}
    label = json.dumps(said, ensure_ascii=False).encode()
    keys = ring.to_json().encode()
    with club_file.open("rb") as file:
        digests = {CLUB: hashlib.file_digest(file, "sha256").hexdigest(), KEYS: hashlib.sha256(keys).hexdigest()}
    body = json.dumps({"facts": facts.as_json(), "sha256": digests}).encode()
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = nonce + AESGCM(_sealing_key(key)).encrypt(nonce, body, label)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as made:
        made.writestr(_member(LABEL), label)
        made.writestr(_member(SEALED), sealed)
        with club_file.open("rb") as file, made.open(_member(CLUB), "w", force_zip64=True) as inside:
            while chunk := file.read(CHUNK):
                inside.write(chunk)
        made.writestr(_member(KEYS), keys)


def read(path: Path, *keys: bytes) -> Backup:
    """What a backup says of itself; with keys, one of which fits, its facts too.

    Raises BadBackup, NewerVersion or OSError.
    """
    with _opened(path) as archive:
        found = _label(path, archive)
        return replace(found, facts=_unsealed(archive, _fitting(archive, keys))[0]) if keys else found


def key_of(path: Path, keys: Sequence[bytes]) -> bytes:
    """Which of the keys the backup was made with; the first where none fits. Raises BadBackup or OSError."""
    with _opened(path) as archive:
        return _fitting(archive, keys)


def _fitting(archive: zipfile.ZipFile, keys: Sequence[bytes]) -> bytes:
    for key in keys:
        with suppress(BadBackup):
            _unsealed(archive, key)
            return key
    return keys[0]


def ring_of(path: Path) -> KeyRing:
    """The key slots inside. Raises BadBackup, NewerVersion or OSError."""
    with _opened(path) as archive:
        ring = _ring(archive)
        if ring.club != _label(path, archive).club:
            raise BadBackup(*NOT_WHOLE)
        return ring


def opened_by(path: Path, account: UUID) -> bool:
    """Whether a password of this person's opens the backup, or one of everybody's that they may know."""
    try:
        ring = ring_of(path)
    except (BreatherError, OSError):
        return False
    return bool(ring.old) or ring.slot_of(account) is not None


def unpack(path: Path, key: bytes, club_file: Path, keys_file: Path) -> Facts:
    """Writes both files out and compares them with what is sealed; returns the facts the club file must have.

    Raises BadBackup, NewerVersion or OSError; what was written so far is the caller's to take away.
    """
    with _opened(path) as archive:
        facts, digests = _unsealed(archive, key)
        for member, target in ((CLUB, club_file), (KEYS, keys_file)):
            with archive.open(member) as inside, target.open("wb") as out:
                if _copied(inside, out) != digests[member]:
                    raise BadBackup(*NOT_WHOLE)
        return facts


def prove(path: Path, key: bytes) -> None:
    """Reads every byte back and compares it with what is sealed. Raises BadBackup."""
    with _opened(path) as archive:
        _, digests = _unsealed(archive, key)
        for member in (CLUB, KEYS):
            with archive.open(member) as inside:
                if _copied(inside, None) != digests[member]:
                    raise BadBackup(*NOT_WHOLE)


def _copied(inside: IO[bytes], out: IO[bytes] | None) -> str:
    digest = hashlib.sha256()
    while chunk := inside.read(CHUNK):
        digest.update(chunk)
        if out is not None:
            out.write(chunk)
    return digest.hexdigest()


def _member(name: str) -> zipfile.ZipInfo:
    # The date inside says nothing: when it was made stands on the label, under the seal.
    return zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """The archive, its members looked over first. Whatever is wrong with one is BadBackup; OSError stays."""
    try:
        if path.is_dir():
            raise BadBackup("This is a folder, not a backup.", "Choose a backup inside it.")
        with zipfile.ZipFile(path) as archive:
            _look_over(archive, path.stat().st_size)
            yield archive
    except (BreatherError, OSError):
        raise
    except Exception:  # zipfile answers hostile bytes with a dozen kinds of error
        raise BadBackup(*NOT_WHOLE) from None


def _look_over(archive: zipfile.ZipFile, size: int) -> None:
    members = archive.infolist()
    stored = all(one.compress_type == zipfile.ZIP_STORED and one.file_size == one.compress_size for one in members)
    small = all(one.file_size <= MOST_SMALL for one in members if one.filename != CLUB)
    fits = sum(one.file_size for one in members) <= size
    if [one.filename for one in members] != MEMBERS or not (stored and small and fits):
        raise BadBackup("This is not a backup that Breather made.", "Choose another file.")


def _label(path: Path, archive: zipfile.ZipFile) -> Backup:
    said: Mapping[str, Any] = json.loads(archive.read(LABEL))
    if said["format"] > FORMAT:
        raise NewerVersion("This backup was made by a newer Breather.", "Install the newest Breather here.")
    made_at = datetime.fromisoformat(said["made_at"])
    if made_at.tzinfo is None:
        raise BadBackup(*NOT_WHOLE)
    return Backup(path, made_at, UUID(said["club"]), str(said["name"])[:120], path.stat().st_size)


def _ring(archive: zipfile.ZipFile) -> KeyRing:
    return KeyRing.from_json(archive.read(KEYS).decode())


def _unsealed(archive: zipfile.ZipFile, key: bytes) -> tuple[Facts, Mapping[str, str]]:
    sealed = archive.read(SEALED)
    try:
        opened = AESGCM(_sealing_key(key)).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], archive.read(LABEL))
    except InvalidTag:
        raise BadBackup("This backup was altered, or it is of another club.", "Choose a backup of this club.") from None
    body = json.loads(opened)
    return Facts.from_json(body["facts"]), body["sha256"]


def _sealing_key(key: bytes) -> bytes:
    return hashlib.sha256(b"Breather backup seal\0" + key).digest()
