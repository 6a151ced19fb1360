"""What was decided after a backup was made, and holds in the file made from it: legal holds, and erasures.

A backup brings back whoever was erased since, child or adult. So a restore erases them again before the file takes its
place; where something stands against that (a hold, a request to see the record that is still open), a manager sees it
and does it. Of whoever the backup does not know it is written down with the restore: a later one may bring them back.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import func, inspect, or_, select
from sqlalchemy.exc import SQLAlchemyError

from models.access.permissions import Permission, holder_of_the_passphrase, inside_only, needs
from models.access.records import AccountRecord
from models.kernel.clock import SystemClock
from models.kernel.errors import BreatherError
from models.kernel.ids import random_ids
from models.kernel.words import called
from models.people.records import ERASED_HOME, ChildRecord
from models.privacy import adults, erasure, holds
from models.privacy.erasure import Erased
from models.privacy.records import ErasedAdultRecord, ErasedChildRecord, HoldRecord
from models.privacy.rules import WhyAdultErased, WhyErased
from models.storage import club_file
from models.storage.base import Base
from models.storage.erasing import ERASED_ADULT
from models.storage.file_store import FileStore
from models.storage.journal import EntryRecord, plain
from models.storage.keys import read_ring
from models.storage.restored import RestoreRecord
from models.storage.uow import UnitOfWork
from models.storage.values import from_journal
from models.team.records import AdultRecord

AGAIN = "Erased again what was erased after the backup"


@dataclass(frozen=True)
class Since:
    """What a file knows that a backup of before does not: the rows of holds that stand, and of erasures.

    Attributes:
        erased, adults: erasures of children, and of adults.
    """

    holds: tuple[Mapping[str, Any], ...] = ()
    erased: tuple[Mapping[str, Any], ...] = ()
    adults: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class Back:
    """Who was erased and is there again: since when, by whom and why the record should be gone.

    Attributes:
        adult: it is an adult, and `child_id` theirs. accounts: ids of the accounts they had.
    """

    child_id: UUID
    called: str
    erased_at: datetime
    erased_by: str
    why: WhyErased | WhyAdultErased
    adult: bool = False
    accounts: tuple[UUID, ...] = ()


@needs(Permission.RESTORE)
def known_now(uow: UnitOfWork) -> Since:
    """What is to hold in a file made from any backup of this club."""
    waiting = _waiting(uow)
    return Since(
        (*holds.standing(uow), *waiting.holds),
        (*_erasures(uow, ErasedChildRecord), *waiting.erased),
        (*_erasures(uow, ErasedAdultRecord), *waiting.adults),
    )


@needs(Permission.RESTORE)
def waiting_for(uow: UnitOfWork, since: Since) -> object | None:
    """What of it is about nobody in this file, as `RestoreRecord.waiting` keeps it; None for nothing.

    Without why a hold was placed: nothing is told here of a child who is not in the file.
    """
    held: list[Mapping[str, Any]] = [
        {**one, "reason": f"Placed before a backup was restored. {one['placed_by']} knows why."[:400]}
        for one in since.holds
        if uow.session.get(ChildRecord, one["child_id"]) is None
    ]
    erased = [one for one in since.erased if uow.session.get(ChildRecord, one["child_id"]) is None]
    grown = [one for one in since.adults if not _knows_adult(uow, one)]
    kept = {"holds": held, "erased": erased, "adults": grown}
    return {name: [_plain(one) for one in rows] for name, rows in kept.items()} if held or erased or grown else None


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: plain(value) for name, value in values.items()}


@inside_only
def _knows_adult(uow: UnitOfWork, values: Mapping[str, Any]) -> bool:
    adult = values["adult_id"]
    there = adult is not None and uow.session.get(AdultRecord, adult) is not None
    return there or any(uow.session.get(AccountRecord, UUID(one)) for one in values["accounts"])


@inside_only
def _waiting(uow: UnitOfWork) -> Since:
    """What earlier restores of this file found nobody for."""
    look = inspect(uow.session.connection())
    table = RestoreRecord.__tablename__
    if not look.has_table(table) or all(one["name"] != "waiting" for one in look.get_columns(table)):
        return Since()  # a file of an older schema
    rows = uow.session.scalars(select(RestoreRecord.waiting).order_by(RestoreRecord.at))
    kept: list[Any] = [row for row in rows if row]

    def each(name: str, kind: type[Base]) -> tuple[Mapping[str, Any], ...]:
        told = {repr(one): one for row in kept for one in row[name]}  # each restore takes along what waited before it
        return tuple(from_journal(kind, one) for one in told.values())

    return Since(each("holds", HoldRecord), each("erased", ErasedChildRecord), each("adults", ErasedAdultRecord))


@inside_only
def _erasures(uow: UnitOfWork, kind: type[ErasedChildRecord | ErasedAdultRecord]) -> tuple[Mapping[str, Any], ...]:
    if not inspect(uow.session.connection()).has_table(kind.__tablename__):
        return ()  # a file of an older schema, that is about to be replaced
    columns = [column for column in kind.__table__.columns if column.key != "id"]
    found = uow.session.execute(select(*columns).order_by(kind.erased_at, kind.id))
    return tuple(dict(row) for row in found.mappings())


def known_at(path: Path, key: bytes, versions: Collection[str], password: str = "", name: str | None = None) -> Since:
    """The same of the club file that a backup is to replace, where it opens; nothing where it does not.

    `key` is the backup's. Where the file has been given a new one since, the password may open it still.
    """
    found = _known_by(path, key, versions)
    if found is None and password:
        with suppress(BreatherError, OSError):
            found = _known_by(path, read_ring(path).unlock(password, name).key, versions)
    return found or Since()


def _known_by(path: Path, key: bytes, versions: Collection[str]) -> Since | None:
    with suppress(BreatherError, SQLAlchemyError, sqlcipher.Error, OSError):
        store = FileStore(club_file.open_raw(path, key, versions))
        try:
            actor = holder_of_the_passphrase("")
            with UnitOfWork(store.reading(), actor, SystemClock(), random_ids(), read_only=True) as uow:
                return known_now(uow)
        finally:
            store.close()
    return None


@needs(Permission.RESTORE)
def hold_good(uow: UnitOfWork, since: Since) -> None:
    """Writes into a file made from a backup what stands and what was erased, of whoever is in it."""
    holds.stand_again(uow, since.holds)
    known = set(uow.session.scalars(select(ErasedChildRecord.child_id)))
    for values in since.erased:
        if values["child_id"] not in known and uow.session.get(ChildRecord, values["child_id"]) is not None:
            uow.add(ErasedChildRecord(**values))
    noted = {(one.adult_id, *one.accounts) for one in uow.session.scalars(select(ErasedAdultRecord))}
    for values in since.adults:
        adult, accounts = values["adult_id"], values["accounts"]
        if (adult, *accounts) in noted:
            continue
        if _knows_adult(uow, values):
            there = adult is not None and uow.session.get(AdultRecord, adult) is not None
            uow.add(ErasedAdultRecord(**{**values, "adult_id": adult if there else None}))


@needs(Permission.PRIVACY)
def back(uow: UnitOfWork) -> tuple[Back, ...]:
    """Children and adults who were erased and are there again, because a backup of before was restored."""
    both = select(ErasedChildRecord, ChildRecord).join(ChildRecord, ChildRecord.id == ErasedChildRecord.child_id)
    found: dict[UUID, Back] = {}
    there = both.where(ChildRecord.family_id != ERASED_HOME).order_by(ErasedChildRecord.erased_at)
    for one, child in uow.session.execute(there):
        name = called(child.legal_first, child.legal_last, child.known_as)
        found[child.id] = Back(child.id, name, one.erased_at, one.erased_by, one.why)
    return (*found.values(), *_adults_back(uow))


@inside_only
def _adults_back(uow: UnitOfWork) -> tuple[Back, ...]:
    found: dict[UUID, Back] = {}
    for one in uow.session.scalars(select(ErasedAdultRecord).order_by(ErasedAdultRecord.erased_at)):
        accounts = tuple(UUID(each) for each in one.accounts)
        adult = uow.session.get(AdultRecord, one.adult_id) if one.adult_id else None
        who = adult or next((each for each in map(partial(_named, uow), accounts) if each), None)
        if who is not None and (adult is None or adult.name != ERASED_ADULT):
            found[who.id] = Back(who.id, who.name, one.erased_at, one.erased_by, one.why, True, accounts)
    return tuple(found.values())


@inside_only
def _named(uow: UnitOfWork, account: UUID) -> AccountRecord | None:
    """An account that is back: by its name, or (where who signs in now was taken along) by what the journal says."""
    record = uow.session.get(AccountRecord, account)
    said = select(EntryRecord.number).where(
        EntryRecord.record_id == account, or_(EntryRecord.before.is_not(None), EntryRecord.after.is_not(None))
    )
    back = record is not None and (record.name != ERASED_ADULT or uow.session.scalar(said.limit(1)) is not None)
    return record if back else None


@needs(Permission.PRIVACY)
def erase_again(uow: UnitOfWork, child_id: UUID, backups: Iterable[datetime] = ()) -> Erased:
    """Erases once more a child or an adult who came back, for the reason of then; the safeguarding lead was asked then.

    Raises Refused where something stands against it now.
    """
    uow.require(Permission.PRIVACY)
    one = next((one for one in back(uow) if one.child_id == child_id), None)
    if one is not None and isinstance(one.why, WhyAdultErased):
        return adults.erase_adult(
            uow, child_id, one.why, lead_asked=True, backups=backups, accounts=one.accounts
        )  # fmt: skip
    why = one.why if one is not None and isinstance(one.why, WhyErased) else WhyErased.MISTAKE
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
    """When anybody was erased: whoever is in a backup of before comes back with it."""
    young, grown = select(ErasedChildRecord.erased_at), select(ErasedAdultRecord.erased_at)
    return tuple(sorted([*uow.session.scalars(young), *uow.session.scalars(grown)]))


@needs(Permission.PRIVACY)
def after_restore(uow: UnitOfWork) -> tuple[int, int]:
    """How many the last restore erased again, and how many are still to be."""
    last = uow.session.scalar(select(func.max(RestoreRecord.at)))
    if last is None:
        return 0, 0
    child, at = ErasedChildRecord.child_id, ErasedChildRecord.erased_at
    twice = select(child).group_by(child).having(func.count() > 1, func.max(at) >= last)
    grown: dict[tuple[UUID | None, ...], list[datetime]] = {}
    for one in uow.session.scalars(select(ErasedAdultRecord)):
        grown.setdefault((one.adult_id, *map(UUID, one.accounts)), []).append(one.erased_at)
    again = sum(len(times) > 1 and max(times) >= last for times in grown.values())
    return len(uow.session.scalars(twice).all()) + again, len(back(uow))
