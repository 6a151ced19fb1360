"""Marks: what happened, for whom, when. They are only ever added to; a correction is a new mark.

No rule about plans is asked here: a child who has arrived is always recorded, whatever the ratio or the places. Only
what cannot be is refused (signed out but never in, an hour that has not come yet).
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from models.access.permissions import Permission, needs
from models.kernel.clock import london_instant
from models.kernel.errors import BadInput, Stale
from models.people.records import ChildRecord
from models.programme import queries as programme
from models.programme import rules as programme_rules
from models.registers import queries, rules
from models.registers.records import MarkRecord
from models.registers.rules import CollectedHow, MarkKind, MarkSource, RowState, Status
from models.storage.uow import UnitOfWork
from models.storage.values import checked
from models.team.records import AdultRecord

MARK_WORDS = {"collected_by": "name of who collected", "note": "note"}
SEEN = {MarkKind.IN: Status.IN, MarkKind.OUT: Status.OUT}


@needs(Permission.REGISTER)
def record_mark(
    uow: UnitOfWork,
    activity_id: UUID,
    *,
    kind: MarkKind,
    child_id: UUID | None = None,
    adult_id: UUID | None = None,
    happened_at: datetime | None = None,
    late: bool | None = None,
    collected_by: str = "",
    collected_how: CollectedHow | None = None,
    note: str = "",
    source: MarkSource = MarkSource.SCREEN,
) -> UUID:
    """Appends a mark for a child or an adult, and returns its id.

    `happened_at` is an aware instant; None is now for a mark from the screen, and not known for one from paper or a
    book. `late` None: worked out from the start of the activity, for a child's first coming in.
    Raises BadInput for a mark that makes no sense where the person stands, or an hour that has not come.
    """
    uow.keep_to(activity_id)
    _check_person(uow, child_id, adult_id)
    state = queries.state_of(uow, activity_id, child_id=child_id, adult_id=adult_id)
    _refuse(state, kind)
    if happened_at is None and source is MarkSource.SCREEN:
        happened_at = uow.clock.now()
    if late is None:
        first = kind is MarkKind.IN and child_id is not None and not state.spells
        late = first and _came_late(uow, activity_id, happened_at)
    mark_id = _append(
        uow, activity_id=activity_id, child_id=child_id, adult_id=adult_id, kind=kind, source=source,
        happened_at=happened_at, late=late, collected_by=collected_by, collected_how=collected_how, note=note,
    )  # fmt: skip
    _check_order(uow, mark_id, SEEN.get(kind))
    return mark_id


@needs(Permission.REGISTER)
def correct_mark(
    uow: UnitOfWork,
    mark_id: UUID,
    *,
    kind: MarkKind | None = None,
    happened_at: datetime | None = None,
    late: bool | None = None,
    collected_by: str | None = None,
    collected_how: CollectedHow | None = None,
    note: str | None = None,
) -> UUID:
    """Appends a mark that stands in place of another; what is None stays as it was. Returns the new mark's id.

    Raises Stale for a mark that was put right before, and BadInput where the corrected one makes no sense.
    """
    mark = _standing(uow, mark_id)
    was = queries.state_of(uow, mark.activity_id, child_id=mark.child_id, adult_id=mark.adult_id).status
    if kind is MarkKind.VOID:
        raise BadInput("A mark is taken back, not corrected to nothing.", "Use “Take it back”.", "kind")
    if kind is not None and kind is not mark.kind:
        _refuse(_without(uow, mark), kind)
    now_kind, at = kind or mark.kind, happened_at or mark.happened_at
    if late is None:
        moved = now_kind is MarkKind.IN and mark.child_id is not None and happened_at is not None
        late = _came_late(uow, mark.activity_id, at) if moved else mark.late and now_kind is MarkKind.IN
    new_id = _append(
        uow, activity_id=mark.activity_id, child_id=mark.child_id, adult_id=mark.adult_id, kind=now_kind,
        source=mark.source, happened_at=at, late=late, corrects_id=mark.id,
        collected_by=mark.collected_by if collected_by is None else collected_by,
        collected_how=collected_how or mark.collected_how, note=mark.note if note is None else note,
    )  # fmt: skip
    _check_order(uow, new_id, was if now_kind is mark.kind else None)
    return new_id


@needs(Permission.REGISTER)
def void_mark(uow: UnitOfWork, mark_id: UUID, note: str = "") -> UUID:
    """Takes a mark back by appending a void one, and returns that one's id. Raises Stale if it was put right before."""
    mark = _standing(uow, mark_id)
    return _append(
        uow, activity_id=mark.activity_id, child_id=mark.child_id, adult_id=mark.adult_id, kind=MarkKind.VOID,
        source=mark.source, happened_at=None, late=False, corrects_id=mark.id, note=note,
    )  # fmt: skip


@needs(Permission.REGISTER)
def sign_in_siblings(
    uow: UnitOfWork, activity_id: UUID, child_ids: Collection[UUID], happened_at: datetime | None = None
) -> tuple[UUID, ...]:
    """Signs several children in at once, leaving out those who are in already; returns the ids of the marks."""
    waiting = [child for child in dict.fromkeys(child_ids) if not _is(uow, activity_id, child, Status.IN)]
    at = happened_at or uow.clock.now()
    return tuple(record_mark(uow, activity_id, kind=MarkKind.IN, child_id=child, happened_at=at) for child in waiting)


@needs(Permission.REGISTER)
def sign_out_siblings(
    uow: UnitOfWork,
    activity_id: UUID,
    child_ids: Collection[UUID],
    collected_by: str,
    collected_how: CollectedHow | None = None,
    happened_at: datetime | None = None,
) -> tuple[UUID, ...]:
    """Signs several children out at once with one person, leaving out those who are not in; the ids of the marks."""
    inside = [child for child in dict.fromkeys(child_ids) if _is(uow, activity_id, child, Status.IN)]
    at = happened_at or uow.clock.now()
    return tuple(
        record_mark(
            uow, activity_id, kind=MarkKind.OUT, child_id=child, happened_at=at, collected_by=collected_by,
            collected_how=collected_how,
        )
        for child in inside
    )  # fmt: skip


def _append(uow: UnitOfWork, *, happened_at: datetime | None, **values: Any) -> UUID:
    now = uow.clock.now()
    if happened_at is not None and happened_at > now:
        raise BadInput("That time has not come yet.", "Check the time.", "happened_at")
    texts = checked(MarkRecord, {name: values.pop(name, "") for name in MARK_WORDS}, MARK_WORDS)
    device = uow.actor.device
    last = select(func.max(MarkRecord.number)).where(MarkRecord.device == device)
    mark = MarkRecord(
        **values, **texts, happened_at=happened_at, entered_at=now, entered_by=uow.actor.name, device=device,
        number=(uow.session.scalar(last) or 0) + 1,
    )  # fmt: skip
    return uow.add(mark).id


def _check_order(uow: UnitOfWork, mark_id: UUID, wanted: Status | None) -> None:
    """Raises BadInput if a time typed wrongly put in and out the wrong way round: the row must stand as `wanted`."""
    mark = uow.get(MarkRecord, mark_id, "mark")
    now = queries.state_of(uow, mark.activity_id, child_id=mark.child_id, adult_id=mark.adult_id).status
    if wanted is not None and now is not wanted:
        raise BadInput("With this time, out would come before in.", "Check the two times.", "happened_at")


def _check_person(uow: UnitOfWork, child_id: UUID | None, adult_id: UUID | None) -> None:
    if (child_id is None) == (adult_id is None):
        raise TypeError("a mark is for one child or one adult")
    if child_id is not None:
        uow.get(ChildRecord, child_id, "child")
    elif adult_id is not None:
        uow.get(AdultRecord, adult_id, "adult")


def _refuse(state: RowState, kind: MarkKind) -> None:
    if kind is MarkKind.VOID:
        raise TypeError("a mark is taken back with void_mark")
    why = rules.mark_refusal(state, kind)
    if why:
        raise BadInput(why)


def _came_late(uow: UnitOfWork, activity_id: UUID, at: datetime | None) -> bool:
    activity = programme.activity(uow, activity_id)
    start = london_instant(activity.day, activity.starts)
    return at is not None and programme_rules.late(at, start, queries.policy_of(uow).late_minutes)


def _standing(uow: UnitOfWork, mark_id: UUID) -> MarkRecord:
    mark = uow.get(MarkRecord, mark_id, "mark")
    uow.keep_to(mark.activity_id)
    if uow.session.scalar(select(MarkRecord.id).where(MarkRecord.corrects_id == mark_id).limit(1)):
        raise Stale("This mark has been put right since.", "Look at the row again, then correct what stands there.")
    if mark.kind is MarkKind.VOID:
        raise BadInput("This took another mark back.", "Record what happened with a new mark.")
    return mark


def _without(uow: UnitOfWork, mark: MarkRecord) -> RowState:
    """What the person's other marks add up to: without this one, and without those it already put right."""
    marks = queries.marks_of_person(uow, mark.activity_id, child_id=mark.child_id, adult_id=mark.adult_id)
    before = {other.id: other.corrects_id for other in marks}
    gone: set[UUID] = set()
    step: UUID | None = mark.id
    while step is not None and step not in gone:
        gone.add(step)
        step = before.get(step)
    return rules.fold(other.facts for other in marks if other.id not in gone)


def _is(uow: UnitOfWork, activity_id: UUID, child_id: UUID, status: Status) -> bool:
    return queries.state_of(uow, activity_id, child_id=child_id).status is status
