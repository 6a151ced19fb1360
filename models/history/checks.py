"""What has to hold before and after a change is taken back."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import select

from models.access.permissions import Permission, inside_only
from models.access.rules import who_can
from models.history.folding import Net
from models.history.permits import needed
from models.history.words import Names, field_words, kind_words
from models.kernel.errors import Stale
from models.kernel.words import listed
from models.storage import journal
from models.storage.base import Base, Kept
from models.storage.journal import ChangeKind, ChangeRecord
from models.storage.uow import UnitOfWork

CHANGE_BY_HAND = "Look at how it stands now, and change it by hand."


@inside_only
def permitted(uow: UnitOfWork, effects: Collection[Net], *, imported: bool) -> None:
    """Raises Denied unless the acting person may (still) change what the change touched.

    An import needs the permission to import alone, and so does taking one back.
    """
    if imported:
        uow.require(Permission.IMPORT)
        return
    for permission in {each for effect in effects for each in needed(effect, effects)}:
        uow.require(permission, who_can(permission))
    for activity_id in activities(uow, effects) if uow.actor.activity else ():
        uow.keep_to(activity_id)


@inside_only
def is_import(uow: UnitOfWork, change_id: UUID) -> bool:
    """Whether the change is an import, or takes one back or does it again."""
    change = uow.get(ChangeRecord, change_id)
    while change.answers_id is not None:
        change = uow.get(ChangeRecord, change.answers_id)
    return change.kind is ChangeKind.IMPORT


@inside_only
def as_left(uow: UnitOfWork, effects: Collection[Net]) -> dict[UUID, Base]:
    """The records there are, by id. Raises Stale, naming what, unless every one stands as the change left it."""
    now = _load(uow, effects)
    changed = [line for effect in effects if (line := _changed_since(uow, effect, now.get(effect.record_id)))]
    if changed:
        raise Stale(f"{listed(changed, most=3)} changed since then.", CHANGE_BY_HAND)
    return now


def _load(uow: UnitOfWork, effects: Iterable[Net]) -> dict[UUID, Base]:
    wanted: dict[type[Kept], list[UUID]] = {}
    for effect in effects:
        wanted.setdefault(effect.kind, []).append(effect.record_id)
    found: dict[UUID, Base] = {}
    for kind, ids in wanted.items():
        found |= {record.id: record for record in uow.session.scalars(select(kind).where(kind.id.in_(ids)))}
    return found


def _changed_since(uow: UnitOfWork, effect: Net, record: Base | None) -> str:
    if (record is None) != (effect.after is None):
        return _title(uow, effect)
    if record is None or effect.after is None:
        return ""
    left = {name: value for name, value in effect.after.items() if name != "version"}
    fields = [name for name, value in left.items() if journal.plain(getattr(record, name)) != value]
    if not fields:
        return ""
    return f"{_title(uow, effect)}: {listed([field_words(effect.kind.__tablename__, name) for name in fields])}"


def _title(uow: UnitOfWork, effect: Net) -> str:
    return Names(uow).title(effect.kind.__tablename__, effect.record_id)


@inside_only
def activities(uow: UnitOfWork, effects: Collection[Net]) -> frozenset[UUID]:
    """The activities that change with it and are there before and after: those the rules are asked about again."""
    here = _load(uow, effects)
    found: set[UUID] = set()
    for effect in effects:
        known = _every_field(effect, here.get(effect.record_id))
        if effect.kind.__tablename__ == "activity":
            found.add(effect.record_id)
        found |= {UUID(str(known[name])) for name in ("activity_id",) if known.get(name)}
        if known.get("leg_id"):
            found |= _activity_of(uow, UUID(str(known["leg_id"])), effects)
    return frozenset(found) - _coming_or_going(effects)


def _every_field(effect: Net, record: Base | None) -> dict[str, Any]:
    now = {column.key: getattr(record, column.key) for column in effect.kind.__table__.columns} if record else {}
    return {**now, **(effect.before or {}), **(effect.after or {})}


def _activity_of(uow: UnitOfWork, leg_id: UUID, effects: Iterable[Net]) -> set[UUID]:
    from models.transport.records import LegRecord

    leg = uow.session.get(LegRecord, leg_id)
    if leg is not None:
        return {leg.activity_id}
    gone = [effect.before or effect.after or {} for effect in effects if effect.record_id == leg_id]
    return {UUID(fields["activity_id"]) for fields in gone if "activity_id" in fields}


def _coming_or_going(effects: Iterable[Net]) -> set[UUID]:
    of_activities = [effect for effect in effects if effect.kind.__tablename__ == "activity"]
    return {effect.record_id for effect in of_activities if effect.before is None or effect.after is None}


@inside_only
def holds_together(uow: UnitOfWork, effects: Iterable[Net]) -> None:
    """Raises Stale where something new hangs on a record that would go, or a restored one hangs on one that is gone."""
    for effect in effects:
        if effect.before is None and not effect.kind.append_only:
            _nothing_hangs_on(uow, effect)
        elif effect.before is not None:
            _hangs_on_nothing_gone(uow, effect)


def _nothing_hangs_on(uow: UnitOfWork, effect: Net) -> None:
    for table in Base.metadata.tables.values():
        for key in table.foreign_keys:
            if key.column.table is not effect.kind.__table__:
                continue
            if uow.session.execute(select(key.parent).where(key.parent == effect.record_id).limit(1)).first():
                raise Stale(
                    f"{_title(uow, effect)} cannot go: a {kind_words(table.name)} has been added to it since.",
                    CHANGE_BY_HAND,
                )


def _hangs_on_nothing_gone(uow: UnitOfWork, effect: Net) -> None:
    for key in effect.kind.__table__.foreign_keys:
        value = (effect.before or {}).get(key.parent.key)
        if value and not uow.session.execute(select(key.column).where(key.column == UUID(value)).limit(1)).first():
            raise Stale(
                f"{_title(uow, effect)} cannot come back: its {kind_words(key.column.table.name)} is no longer there.",
                CHANGE_BY_HAND,
            )
