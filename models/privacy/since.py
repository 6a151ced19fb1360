"""What was decided after a backup was made, and holds in the file made from it: legal holds, and erasures.

A backup brings back whoever was erased since, child or adult. So a restore erases them again before the file takes its
place; where something stands against that (a hold, a request to see the record that is still open), a manager sees it
and does it.
"""

from collections.abc import Callable, Iterable, Mapping
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
from models.privacy.records import ErasedAdultRecord, ErasedChildRecord
from models.privacy.rules import WhyAdultErased, WhyErased
from models.storage import club_file
from models.storage.erasing import ERASED_ADULT
from models.storage.file_store import FileStore
from models.storage.journal import EntryRecord
from models.storage.restored import RestoreRecord
from models.storage.uow import UnitOfWork
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
    return Since(holds.standing(uow), _erasures(uow, ErasedChildRecord), _erasures(uow, ErasedAdultRecord))


@inside_only
def _erasures(uow: UnitOfWork, kind: type[ErasedChildRecord | ErasedAdultRecord]) -> tuple[Mapping[str, Any], ...]:
    if not inspect(uow.session.connection()).has_table(kind.__tablename__):
        return ()  # a file of an older schema, that is about to be replaced
    columns = [column for column in kind.__table__.columns if column.key != "id"]
    found = uow.session.execute(select(*columns).order_by(kind.erased_at, kind.id))
    return tuple(dict(row) for row in found.mappings())


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
        there = adult is not None and uow.session.get(AdultRecord, adult) is not None
        if there or any(uow.session.get(AccountRecord, UUID(one)) for one in accounts):
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
