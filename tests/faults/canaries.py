"""A child with a made-up word in every text there is of it, and every byte of a club file as it is once decrypted."""

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from sqlalchemy import select

from models.bootstrap import Club, UnitOfWork
from models.consents.rules import ConsentKind
from models.history import service as history
from models.people import around
from models.people import service as people
from models.people.rules import CollectorKind
from models.privacy.belongings import kind_of
from models.programme.rules import Answer
from models.readiness.records import GoAheadRecord
from models.registers.records import CollectionTodayRecord
from models.registers.rules import CollectedHow, MarkKind
from models.schema import METADATA
from models.storage.engine import connect
from tests import servers
from tests.clubs import a_booking, a_child, a_collector, a_consent, a_contact, a_family, a_mark, a_seat, put, reopen

PAGE, RESERVED, SALT, WAL_HEAD, FRAME_HEAD = 4096, 80, 16, 32, 24


@dataclass
class Planted:
    """A child and the words that stand in its record and nowhere else."""

    child_id: UUID
    words: list[str] = field(default_factory=list)


class Words:
    """Words nobody else uses: capitalised, without digits, so that each could be a name."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self.made: list[str] = []

    def new(self, kind: str) -> str:
        word = kind.capitalize() + "".join(self._rng.choices("bcdfghjklmnpqrstvwxz", k=9))
        self.made.append(word)
        return word


def plant(club: Club, rng: random.Random, places: dict[str, UUID], family_id: UUID | None = None) -> Planted:
    """A child with a word of its own in every text of it, in changes made and undone since, and in other records."""
    words = Words(rng)
    new = words.new
    first, last, known = new("anna"), new("bell"), new("cat")
    own_family = family_id is None
    home = family_id or put(club, lambda uow: _home(uow, new), f"Added the family {last}")
    child = put(club, lambda uow: _child(uow, home, first, last, known, new), f"Added {known} {last}")
    if own_family:
        put(club, lambda uow: _contact(uow, home, new), f"Added a contact of {known}")
    put(club, lambda uow: _around(uow, child, new), f"Around {first} {last}")
    put(club, lambda uow: _day(uow, child, places, f"{known} {last}", new), f"{known} {last} signed in")
    _changed(club, child, known, new)
    put(club, lambda uow: _elsewhere(uow, places, f"{first} {last}", known), f"Noted {known} with others")
    return Planted(child, words.made)


def _home(uow: UnitOfWork, new: Any) -> UUID:
    return a_family(uow, address=f"4 {new('street')} Road", postcode=new("pc")[:12], notes=new("familynotes"))


def _child(uow: UnitOfWork, home: UUID, first: str, last: str, known: str, new: Any) -> UUID:
    texts = ("school", "gp", "cares_for", "condition_category", "allergies", "medical", "medicine_kept", "diet",
             "referred_by", "notes", "ethnicity", "language")  # fmt: skip
    said = {name: new(name.replace("_", "")) for name in texts}
    return a_child(uow, first, last, home, known_as=known, ref=new("ref"), **said)


def _contact(uow: UnitOfWork, home: UUID, new: Any) -> None:
    said = {"phone": new("tel"), "other_phone": new("mob"), "email": f"{new('mail')}@example.org"}
    a_contact(uow, home, f"{new('mother')} {new('mothers')}", relationship=new("rel"), parent_carer=True, **said)


def _around(uow: UnitOfWork, child: UUID, new: Any) -> None:
    a_collector(uow, child, f"{new('aunt')} {new('aunts')}", phone=new("atel"), password=new("pass"))
    barred = {"kind": CollectorKind.MUST_NOT, "reason": new("court")}
    a_collector(uow, child, f"{new('barred')} {new('barreds')}", **barred)
    said = {"signatory": new("signed"), "conditions": new("conditions"), "note": new("consentnote")}
    a_consent(uow, child, ConsentKind.TRIP, **said)
    imported = kind_of("imported")
    values = {"notes": new("importednotes"), "school": new("importedschool")}
    uow.add(
        imported(
            kind="young carers", key=new("importedkey"), record_id=child, imported_at=uow.clock.now(), values=values
        )
    )


def _day(uow: UnitOfWork, child: UUID, places: dict[str, UUID], called: str, new: Any) -> None:
    for activity in (places["past"], places["coming"]):
        a_booking(uow, activity, child, note=new("bookingnote"), answer=Answer.NOT_ASKED)
    number = uow.ids().int % 2**31
    a_mark(uow, places["past"], number, child_id=child, note=new("marknote"))
    taken = {"collected_by": new("collected"), "collected_how": CollectedHow.KNOWN}
    a_mark(uow, places["past"], number + 1, MarkKind.OUT, child_id=child, **taken)
    a_seat(uow, places["leg"], child_id=child)
    today = {"name": new("today"), "relationship": new("todayrel"), "agreed_with": new("agreed"), "note": new("tnote")}
    uow.add(CollectionTodayRecord(activity_id=places["past"], child_id=child, agreed_at=uow.clock.now(), **today))
    line = {"rule": "consents", "line_text": f"{called} has no trip consent.", "reason": new("goahead")}
    uow.add(GoAheadRecord(activity_id=places["past"], decided_by="Denise", decided_at=uow.clock.now(), **line))


def _changed(club: Club, child: UUID, known: str, new: Any) -> None:
    """Old values, removed records, and a change that was undone and may be done again."""
    put(club, lambda uow: people.edit_child(uow, child, None, {"school": new("newschool")}), f"Moved {known}")
    gone = put(club, lambda uow: around.add_collector(uow, child, {"name": new("gone")}), f"Uncle of {known}")
    put(club, lambda uow: around.remove_collector(uow, gone, None), f"No uncle of {known}")
    put(club, lambda uow: people.edit_child(uow, child, None, {"notes": new("undone")}), f"Notes of {known}")
    club.write(lambda uow: history.undo(uow, AsItIs), "Undo")


def _elsewhere(uow: UnitOfWork, places: dict[str, UUID], name: str, known: str) -> None:
    friend = uow.get(kind_of("child"), places["friend"])
    friend.notes = f"{friend.notes}\nSits with {name}; {known} helps."
    activity = uow.get(kind_of("activity"), places["past"])
    activity.notes = f"{activity.notes} {known} brought cake."


class AsItIs:
    """Asks no rule again."""

    def __init__(self, *_: object) -> None: ...

    def __enter__(self) -> None: ...

    def __exit__(self, *_: object) -> None: ...


def dumped(club: Club) -> str:
    """Every value of every table, decrypted, as one text."""
    if servers.chosen() is not None:
        return club.read(_every_row)
    connection = connect(club.path, key_of(club), read_only=True)
    try:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = (row for name in names for row in connection.execute(f'SELECT * FROM "{name}"'))
        return "\n".join(str(row) for row in rows)
    finally:
        connection.close()


def _every_row(uow: UnitOfWork) -> str:
    rows = (row for table in METADATA.sorted_tables for row in uow.session.execute(select(table)))
    return "\n".join(str(row) for row in rows)


def raw(club: Club) -> bytes:
    """Every page of the file and of its log, decrypted: free pages, and what is left between the rows, included."""
    file = club.path.read_bytes()
    pages = [_decrypted(key_of(club), file[at : at + PAGE], first=at == 0) for at in range(0, len(file), PAGE)]
    log = club.path.with_name(club.path.name + "-wal")
    frames = log.read_bytes()[WAL_HEAD:] if log.exists() else b""
    for at in range(0, len(frames) - PAGE - FRAME_HEAD + 1, PAGE + FRAME_HEAD):
        frame = frames[at : at + FRAME_HEAD + PAGE]
        first = int.from_bytes(frame[:4], "big") == 1
        pages.append(_decrypted(key_of(club), frame[FRAME_HEAD:], first=first))
    return b"".join(pages)


def _decrypted(key: bytes, page: bytes, *, first: bool) -> bytes:
    body, initial = page[SALT if first else 0 : -RESERVED], page[-RESERVED : -RESERVED + 16]
    cipher = Cipher(algorithms.AES(key), modes.CBC(initial)).decryptor()
    return cipher.update(body) + cipher.finalize()


def reopened(club: Club) -> Club:
    """The same file after a restart."""
    return reopen(club, seed=9)


def key_of(club: Club) -> bytes:
    key: bytes = vars(club)["_store"].key
    return key


def found_in(text: str | bytes, words: Iterable[str]) -> list[str]:
    """Which of the words stand in it, in capitals or not."""
    whole = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    low = whole.casefold()
    return [word for word in words if word.casefold() in low]


def others(folder: Path, club: Club) -> list[str]:
    """Files in the club's folder that are not the club's own."""
    own = {f"{club.path.name}{suffix}" for suffix in ("", "-wal", "-shm", ".lock", ".keys")}
    return sorted(path.name for path in folder.iterdir() if path.name not in own)
