"""What was decided after a backup was made, and holds in the file made from it: legal holds, and erasures.

A backup brings back whoever was erased since. So a restore erases them again before the file takes its place; where
something stands against that (a hold, a request to see the record that is still open), a manager sees it and does it.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from models.access.permissions import Permission, holder_of_the_passphrase, needs
from models.kernel.clock import SystemClock
from models.kernel.errors import BreatherError
from models.kernel.ids import random_ids
from models.kernel.words import called
from models.people.records import ERASED_HOME, ChildRecord
from models.privacy import erasure, holds
from models.privacy.erasure import Erased
from models.privacy.records import ErasedChildRecord
from models.privacy.rules import WhyErased
from models.storage import club_file
from models.storage.file_store import FileStore
from models.storage.restored import RestoreRecord
from models.storage.uow import UnitOfWork

AGAIN = "Erased again what was erased after the backup"


@dataclass(frozen=True)
class Since:
    """What a file knows that a backup of before does not: the rows of holds that stand, and of erasures."""

    holds: tuple[Mapping[str, Any], ...] = ()
    erased: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class Back:
    """A child who was erased and is there again: since when, by whom and why the record should be gone."""

    child_id: UUID
    called: str
    erased_at: datetime
    erased_by: str
    why: WhyErased


@needs(Permission.RESTORE)
def known_now(uow: UnitOfWork) -> Since:
    """What is to hold in a file made from any backup of this club."""
    columns = [column for column in ErasedChildRecord.__table__.columns if column.key != "id"]
    found = uow.session.execute(select(*columns).order_by(ErasedChildRecord.erased_at, ErasedChildRecord.id))
    return Since(holds.standing(uow), tuple(dict(row) for row in found.mappings()))


def known_at(path: Path, key: bytes, versions: Iterable[str]) -> Since:
    """The same of the club file that a backup is to replace, where it opens; nothing where it does not."""
    with suppress(BreatherError, SQLAlchemyError, sqlcipher.Error, OSError):
        store = FileStore(club_file.open_raw(path, key, versions))
        try:
            actor = holder_of_the_passphrase("")
            with UnitOfWork(store.reading(), actor, SystemClock(), random_ids(), read_only=True) as uow:
                return known_now(uow)
        finally:
            store.close()
    return Since()


@needs(Permission.RESTORE)
def hold_good(uow: UnitOfWork, since: Since) -> None:
    """Writes into a file made from a backup what stands and what was erased, of the children who are in it."""
    holds.stand_again(uow, since.holds)
    known = set(uow.session.scalars(select(ErasedChildRecord.child_id)))
    for values in since.erased:
        if values["child_id"] not in known and uow.session.get(ChildRecord, values["child_id"]) is not None:
            uow.add(ErasedChildRecord(**values))


@needs(Permission.PRIVACY)
def back(uow: UnitOfWork) -> tuple[Back, ...]:
    """Children who were erased and are there again, because a backup of before was restored."""
    both = select(ErasedChildRecord, ChildRecord).join(ChildRecord, ChildRecord.id == ErasedChildRecord.child_id)
    found: dict[UUID, Back] = {}
    there = both.where(ChildRecord.family_id != ERASED_HOME).order_by(ErasedChildRecord.erased_at)
    for one, child in uow.session.execute(there):
        name = called(child.legal_first, child.legal_last, child.known_as)
        found[child.id] = Back(child.id, name, one.erased_at, one.erased_by, one.why)
    return tuple(found.values())


@needs(Permission.PRIVACY)
def erase_again(uow: UnitOfWork, child_id: UUID, backups: Iterable[datetime] = ()) -> Erased:
    """Erases once more a child who came back, for the reason of then; the safeguarding lead was asked then.

    Raises Refused where something stands against it now.
    """
    uow.require(Permission.PRIVACY)
    why = next((one.why for one in back(uow) if one.child_id == child_id), WhyErased.MISTAKE)
    return erasure.erase_child(uow, child_id, why, lead_asked=True, backups=backups)


def erase_all_again(begin: Callable[[], UnitOfWork], wipe: Callable[[], None], backup: datetime) -> None:
    """Erases everybody who came back, each in a unit of its own, and has the file wiped.

    Who cannot be erased now stays among `back`.
    """
    with begin() as uow:
        waiting = [one.child_id for one in back(uow)]
    for child_id in waiting:
        with suppress(BreatherError), begin() as uow:
            erase_again(uow, child_id, [backup])
            uow.commit()
    if waiting:
        with suppress(BreatherError):  # a full disk: the mark in the file finishes it when it is next written to
            wipe()


@needs(Permission.RESTORE)
def erasures_at(uow: UnitOfWork) -> tuple[datetime, ...]:
    """When children were erased: whoever is in a backup of before comes back with it."""
    return tuple(uow.session.scalars(select(ErasedChildRecord.erased_at).order_by(ErasedChildRecord.erased_at)))


@needs(Permission.PRIVACY)
def after_restore(uow: UnitOfWork) -> tuple[int, int]:
    """How many children the last restore erased again, and how many are still to be."""
    last = uow.session.scalar(select(func.max(RestoreRecord.at)))
    if last is None:
        return 0, 0
    child, at = ErasedChildRecord.child_id, ErasedChildRecord.erased_at
    twice = select(child).group_by(child).having(func.count() > 1, func.max(at) >= last)
    return len(uow.session.scalars(twice).all()), len(back(uow))
