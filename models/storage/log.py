"""The log that a crash leaves beside a club file (SQLite's `-wal`): whether it is whole, and whether it belongs there.

SQLite takes any log that stands beside a file for that file's own: merely opening and closing it would write another
club's pages over it, or mix an older state into a newer one. So a log with something in it is judged first, over
connections that cannot write.
"""

import struct
import sys
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from models.kernel.errors import Damaged
from models.storage.engine import connect_to_look

HEADER, FRAME_HEADER = 32, 24
MAGICS = {0x377F0682: "little", 0x377F0683: "big"}
WORD = 0xFFFFFFFF
Sums = tuple[int, int]


@dataclass(frozen=True)
class Seen:
    """What a club file shows.

    Attributes:
        number: the journal's last entry. chain: that one's link, or that of the entry asked for ("" for none).
        gaps: how many entries are missing. sound: whether it reads to its end.
    """

    number: int
    chain: str
    gaps: int
    sound: bool


def log_path(club_file: Path) -> Path:
    """`X.breather-wal` for `X.breather`."""
    return club_file.with_name(club_file.name + "-wal")


def is_there(club_file: Path) -> bool:
    """Whether a log with something in it stands beside the file: after a crash, or while it is in use."""
    try:
        return log_path(club_file).stat().st_size > HEADER
    except OSError:  # none, or whoever had the file open took it away just now
        return False


def judge(club_file: Path, key: bytes) -> None:
    """Raises Damaged for a log that is not whole or is not this file's own; changes neither.

    What a power cut left of a change that nobody was told is saved is no damage: SQLite passes it over. A log in use
    may begin anew, or go, while it is looked at: only what is wrong twice is wrong.
    """
    if _fault(club_file, key) and (found := _fault(club_file, key)):
        raise found


def _fault(club_file: Path, key: bytes) -> Damaged | None:
    path = log_path(club_file)
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    if len(content) <= HEADER:
        return None
    if _broken(content):
        return Damaged(
            f"{path.name}, beside {club_file.name}, is damaged: it holds what was written last.",
            "Open your newest copy instead, and keep both files for someone who can look at them.",
        )
    alone = _seen(club_file, key, alone=True)
    if _goes_on_from(alone, _seen(club_file, key, at=alone.number if alone else 0)):
        return None
    if alone is not None and alone.sound:
        return Damaged(
            f"{path.name}, beside {club_file.name}, does not belong to it: it is of another club or another day.",
            f"If you put it there, move it to another folder. If not, open your newest copy, and keep {path.name}.",
        )
    return Damaged(
        f"{club_file.name} is damaged: parts of it are altered or missing.",
        "Open your newest copy instead, and keep this one for someone who can look at it.",
    )


def _goes_on_from(alone: Seen | None, together: Seen | None) -> bool:
    """Whether the log is sound and goes on from where the file is: the file's last entry is there, with its link.

    A file that a power cut left half brought up to its log says nothing by itself.
    """
    if together is None or not together.sound:
        return False
    if alone is None or not alone.sound or alone.number == 0:
        return True
    return together.gaps <= alone.gaps and together.chain == alone.chain


def _seen(club_file: Path, key: bytes, *, alone: bool = False, at: int = 0) -> Seen | None:
    """What the file shows with the log or without it; None where it cannot be read."""
    try:
        connection = connect_to_look(club_file, key, alone=alone)
        try:
            return _look(connection, at)
        finally:
            connection.close()
    except (Damaged, sqlcipher.DatabaseError):
        return None


def _look(connection: Any, at: int) -> Seen:
    count, number = connection.execute("SELECT count(*), coalesce(max(number), 0) FROM journal_entry").fetchone()
    link = connection.execute("SELECT chain FROM journal_entry WHERE number = ?", (at or number,)).fetchone()
    sound = connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    return Seen(number, link[0] if link else "", number - count, sound)


def _broken(content: bytes) -> bool:
    """Whether something is wrong before what a whole later change proves to have been on the disk.

    Each change is on the disk before the next is begun: a frame that is wrong, with a whole change after it, was
    altered. One that is wrong in the last change may as well have been cut off by a loss of power.
    """
    magic, _, page = struct.unpack_from(">3I", content)
    order = MAGICS.get(magic)
    first = content[HEADER : HEADER + FRAME_HEADER]
    if order is None or _sums(content[:24], order, (0, 0)) != struct.unpack_from(">2I", content, 24):
        return bool(first.strip(b"\0"))  # the header is on the disk before the first frame is written
    good, ended = True, False
    for commits, follows in _frames(content, order, page or 65_536):
        good = good and follows
        if ended and follows:
            return True
        ended = not good and commits
    return False


def _frames(content: bytes, order: str, page: int) -> Iterator[tuple[bool, bool]]:
    """Each frame of the log's present round: whether it ends a change, whether its sums follow from the one before."""
    salt, sums = content[16:24], struct.unpack_from(">2I", content, 24)
    for at in range(HEADER, len(content) - FRAME_HEADER - page + 1, FRAME_HEADER + page):
        size, said = struct.unpack_from(">4xI", content, at)[0], struct.unpack_from(">2I", content, at + 16)
        own = content[at + 8 : at + 16] == salt
        body = content[at + FRAME_HEADER : at + FRAME_HEADER + page]
        follows = own and _sums(content[at : at + 8], order, sums, body) == said
        yield own and size != 0, follows
        sums = said


def _sums(head: bytes, order: str, start: Sums, body: bytes = b"") -> Sums:
    """SQLite's own sums of a log: over pairs of 32-bit words."""
    words = array("I", head + body)
    if order != sys.byteorder:
        words.byteswap()
    one, two = start
    pairs = iter(words)
    for first, second in zip(pairs, pairs, strict=True):
        one = (one + first + two) & WORD
        two = (two + second + one) & WORD
    return one, two
