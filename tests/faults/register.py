"""A register being taken, and what must be true of the file afterwards, however the taking ended."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import time
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError

from models.bootstrap import Club, open_club
from models.kernel.clock import FixedClock, london_instant
from models.kernel.errors import BreatherError
from models.programme.records import ActivityRecord
from models.registers.marks import record_mark
from models.registers.records import MarkRecord
from models.registers.rules import MarkKind
from models.storage import engine
from models.storage.journal import EntryRecord, link
from models.team.records import AdultRecord
from tests.clubs import DEVICE, PASSPHRASE, SATURDAY, an_activity, an_adult, new_club, put

NOON = london_instant(SATURDAY, time(12))
Said = Callable[[str], object]


def a_register(folder: Path, **values: Any) -> Path:
    """A closed club file with one activity and one adult, who will come and go all day."""
    folder.mkdir(parents=True, exist_ok=True)
    club = new_club(folder, clock=FixedClock(NOON), **values)
    put(club, an_activity)
    put(club, an_adult)
    club.close()
    return club.path


def opened(path: Path) -> Club:
    """The file opened by the app itself, with its passphrase."""
    return open_club(path, PASSPHRASE, device=DEVICE, clock=FixedClock(NOON))


def who_and_where(club: Club) -> tuple[UUID, UUID]:
    """The activity and the adult."""

    def both(uow: Any) -> tuple[UUID, UUID]:
        return uow.session.scalars(select(ActivityRecord.id)).one(), uow.session.scalars(select(AdultRecord.id)).one()

    return club.read(both)


def take(club: Club, many: int, said: Said, *, early: bool = False) -> None:
    """Takes `many` marks; each is said once it is committed (`early`, which is wrong: before)."""
    activity, adult = who_and_where(club)
    there = len(marks_in(club))
    for number in range(there, there + many):
        kind = MarkKind.OUT if number % 2 else MarkKind.IN

        def change(uow: Any, kind: MarkKind = kind) -> UUID:
            mark = record_mark(uow, activity, kind=kind, adult_id=adult)
            uow.flush()
            if early:
                said(str(mark))
            return mark

        mark = club.write(change, "Mark").value
        if not early:
            said(str(mark))


def marks_in(club: Club) -> set[str]:
    """The ids of every mark in the file."""
    return {str(each) for each in club.read(lambda uow: uow.session.scalars(select(MarkRecord.id)).all())}


def broken_links(uow: Any) -> list[str]:
    """Where the journal's chain does not hold."""
    entries = select(EntryRecord.number, EntryRecord.digest, EntryRecord.chain).order_by(EntryRecord.number)
    wrong, previous = [], ""
    for place, (number, digest, chain) in enumerate(uow.session.execute(entries), start=1):
        if number != place or link(previous, digest, number) != chain:
            wrong.append(f"the journal breaks at entry {number}")
        previous = chain
    return wrong


def losses(path: Path, said: Collection[str]) -> list[str]:
    """What is wrong with the file: it does not open, a mark that was said is not there, a page or link is broken."""
    try:
        club = opened(path)
    except BreatherError as error:
        return [f"does not open: {error}"]
    try:
        lost = set(said) - marks_in(club)
        wrong = [f"{len(lost)} marks lost"] if lost else []
        return [*wrong, *club.faults(), *club.read(broken_links)]
    except DatabaseError as error:
        return [f"does not read: {error.orig}"]
    finally:
        club.close()


@contextmanager
def also_set(*pragmas: str) -> Iterator[None]:
    """Every connection that writes sets these too, last of all."""
    set_up = engine.set_up

    def further(connection: Any, key: bytes, *, read_only: bool) -> None:
        set_up(connection, key, read_only=read_only)
        for pragma in pragmas if not read_only else ():
            connection.execute(f"PRAGMA {pragma}")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "set_up", further)
        yield
