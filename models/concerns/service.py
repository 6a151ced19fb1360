"""What a safeguarding lead does with concerns: write one down, put it right, close it, keep it longer.

Each verb gives the change its own words, which name nobody: History, undo and the journal are read by others too.
"""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import select

from models.access.permissions import Permission, needs
from models.concerns.key import sealing_key
from models.concerns.records import ConcernRecord
from models.concerns.rules import MOST_REFERENCE, MOST_WHY, Facts, fault_in
from models.concerns.sealing import seal, unseal
from models.concerns.words import CONCERN
from models.kernel.errors import BadInput, Damaged
from models.people.records import ChildRecord
from models.storage import recovery
from models.storage.uow import UnitOfWork

Values = Mapping[str, Any]

WRITTEN, CHANGED, CLOSED, OPENED, BROUGHT_BACK, KEPT = (
    "Wrote down a concern", "Changed a concern", "Closed a concern", "Opened a concern again",
    "Brought concerns back with an earlier key", "Kept a concern longer",
)  # fmt: skip


@needs(Permission.CONCERNS)
def write_down(uow: UnitOfWork, values: Values) -> UUID:
    """Keeps a new concern of words.CONCERN and returns its id; `noticed_on` and `told_on` are needed.

    Raises BadInput with its field, NotFound for a child who is gone, and Denied without the leads' key.
    """
    key = sealing_key(uow)
    facts = _facts(uow, dict.fromkeys(CONCERN) | dict(values))
    record_id = uow.ids()
    uow.add(ConcernRecord(id=record_id, sealed=seal(key, record_id, facts)))
    uow.label = WRITTEN
    return record_id


@needs(Permission.CONCERNS)
def edit(uow: UnitOfWork, concern_id: UUID, version: int | None, values: Values) -> None:
    """Changes some of words.CONCERN. Raises BadInput, NotFound, Stale, Denied, and Damaged for a broken seal."""
    _change(uow, concern_id, version, values)
    uow.label = CHANGED


@needs(Permission.CONCERNS)
def close(uow: UnitOfWork, concern_id: UUID, version: int | None, day: date) -> None:
    """Nothing more is left to do about it since that day. Raises as `edit` does."""
    _change(uow, concern_id, version, {"closed_on": day})
    uow.label = CLOSED


@needs(Permission.CONCERNS)
def open_again(uow: UnitOfWork, concern_id: UUID, version: int | None) -> None:
    """There is more to do about it after all. Raises as `edit` does."""
    _change(uow, concern_id, version, {"closed_on": None})
    uow.label = OPENED


@needs(Permission.CONCERNS)
def keep_longer(uow: UnitOfWork, concern_id: UUID, version: int | None, until: date, why: str) -> None:
    """Keeps one although it was kept long enough; it comes up again on that day. The reason is sealed with it.

    Raises as `edit` does; BadInput (fields "until" and "reason") without a day to come or a reason.
    """
    key, reason = sealing_key(uow), _line(why, "reason", "reason", MOST_WHY)
    if not reason:
        raise BadInput("There is no reason.", "Write why it is still needed.", "reason")
    if until <= uow.clock.today():
        raise BadInput("This day is over.", "Choose a day to come.", "until")
    record, before = _opened(uow, key, concern_id, version)
    after = replace(before, keep_until=until, keep_why=reason)
    if after != before:
        record.sealed = seal(key, record.id, after)
    uow.label = KEPT


@needs(Permission.CONCERNS)
def bring_back(uow: UnitOfWork, typed: str) -> int:
    """Seals what an earlier key of concerns opens, off its paper, with the key of now; how many there were.

    Raises BadInput (field "recovery_key") for what is no key or opens none, and NoKey.
    """
    key, earlier = sealing_key(uow), recovery.from_words(typed)
    brought = 0
    for record in uow.session.scalars(select(ConcernRecord)).all():
        facts = None if unseal(key, record.id, record.sealed) else unseal(earlier, record.id, record.sealed)
        if facts is not None:
            record.sealed = seal(key, record.id, facts)
            brought += 1
    if not brought:
        raise BadInput(
            "This key opens none of the concerns that are still sealed.",
            "Look for another paper: there may be several, of different days.",
            "recovery_key",
        )
    uow.label = BROUGHT_BACK
    return brought


def _change(uow: UnitOfWork, concern_id: UUID, version: int | None, values: Values) -> None:
    key = sealing_key(uow)
    record, before = _opened(uow, key, concern_id, version)
    said = {name: value for name, value in asdict(before).items() if name in CONCERN}
    after = _facts(uow, said | dict(values), before)
    if after != before:
        record.sealed = seal(key, record.id, after)


def _opened(uow: UnitOfWork, key: bytes, concern_id: UUID, version: int | None) -> tuple[ConcernRecord, Facts]:
    record = uow.edit(ConcernRecord, concern_id, version, "concern")
    before = unseal(key, record.id, record.sealed)
    if before is None:
        raise Damaged(
            "The seal of this concern is broken, so it cannot be read or changed.",
            "Look for it in a backup from before, and tell the chair of trustees: somebody may have changed the file.",
        )
    return record, before


def _facts(uow: UnitOfWork, values: Values, before: Facts | None = None) -> Facts:
    """The values as facts. Raises BadInput with its field, or NotFound for a child who was never here."""
    for name in values.keys() - CONCERN.keys():
        raise BadInput(f"There is no “{name}” to fill in here.", "Check the name of the field.", name)
    facts = Facts(
        child_id=_kind(values, "child_id", UUID),
        noticed_on=_day(values, "noticed_on"),
        told_on=_day(values, "told_on"),
        told_at=_kind(values, "told_at", time),
        reference=_reference(values["reference"]),
        closed_on=_kind(values, "closed_on", date),
        keep_until=before.keep_until if before else None,
        keep_why=before.keep_why if before else "",
    )
    wrong = fault_in(facts, uow.clock.today())
    if wrong is not None:
        raise BadInput(wrong.what, wrong.next_step, wrong.field)
    if facts.child_id is not None and (before is None or before.child_id != facts.child_id):
        uow.get(ChildRecord, facts.child_id, "child")
    return facts


def _day(values: Values, name: str) -> date:
    day: date | None = _kind(values, name, date)
    if day is None:
        raise BadInput(f"The {CONCERN[name]} is missing.", "Type it like 05/12/2026.", name)
    return day


def _kind(values: Values, name: str, kind: type[Any]) -> Any:
    value = values[name]
    if value is None or (isinstance(value, kind) and not isinstance(value, datetime)):
        return value
    raise BadInput(f"The {CONCERN[name]} cannot be read.", "Type it again.", name)


def _reference(value: Any) -> str:
    return _line(value, "reference", CONCERN["reference"], MOST_REFERENCE)


def _line(value: Any, field: str, what: str, most: int) -> str:
    if value is not None and not isinstance(value, str):
        raise BadInput(f"The {what} cannot be read.", "Type it again.", field)
    text = "".join(each for each in " ".join((value or "").split()) if each >= " ")  # no letters, and sealed longer
    if len(text) > most:
        raise BadInput(
            f"This is longer than a {field}.", f"Use {most} letters at most. What happened is not kept here.", field
        )
    return text
