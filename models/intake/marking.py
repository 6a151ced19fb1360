"""Writes lines of the register book: places, the waiting list, and marks, which are only ever added."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlalchemy import func, select

from models.access.permissions import inside_init
from models.intake.plan import Plan, PlannedRow
from models.intake.typed import MarkKey, RegisterRow, activity_key, mark_field
from models.programme.records import ActivityRecord, BookingRecord
from models.programme.rules import Answer, BookingStatus
from models.registers.records import MarkRecord
from models.registers.rules import MarkFacts, MarkKind, MarkSource, fold
from models.reports.marks import child_marks
from models.storage.uow import UnitOfWork
from models.storage.values import put_into

_MARKS = {"/": MarkKind.IN, "L": MarkKind.IN, "A": MarkKind.ABSENT, "N": MarkKind.NO_SHOW}


class Marking:
    """The register of one import. The book has no times: `happened_at` stays unknown."""

    @inside_init
    def __init__(self, uow: UnitOfWork, plan: Plan) -> None:
        self._uow = uow
        self._states = plan.states
        self._number = 0
        self._bookings: dict[tuple[UUID, UUID], BookingRecord] | None = None
        self._ends: dict[UUID, int] = {}
        self._columns: dict[MarkKey, tuple[UUID | None, str]] = {}

    def write(self, planned: PlannedRow, child_id: UUID, activities: Mapping[str, UUID]) -> None:
        """One line: every code that is new or has changed. `activities` by key."""
        row = planned.row
        assert isinstance(row, RegisterRow)
        changes = planned.compared.changes
        for mark in row.columns:
            activity_id, name = self._column(mark, activities)
            if activity_id is not None and name in changes:
                code = changes[name]
                self._book(activity_id, child_id, str(code or ""), activities.values())
                self._mark(activity_id, child_id, str(code or ""))

    def _column(self, mark: MarkKey, activities: Mapping[str, UUID]) -> tuple[UUID | None, str]:
        """The activity of a column and the name of its value; worked out once, for the book is long."""
        if mark not in self._columns:
            self._columns[mark] = activities.get(activity_key(*mark)), mark_field(*mark)
        return self._columns[mark]

    def _book(self, activity_id: UUID, child_id: UUID, code: str, activities: Iterable[UUID]) -> None:
        bookings = self._known_bookings(activities)
        there = bookings.get((activity_id, child_id))
        if there is None and not code:
            return
        waiting = code == "W"
        status = BookingStatus.WAITING if waiting else BookingStatus.BOOKED if code else BookingStatus.CANCELLED
        values = {"status": status, "position": self._last_place(activity_id) if waiting else None}
        if there is not None:
            put_into(there, values)
            return
        place = BookingRecord(activity_id=activity_id, child_id=child_id, answer=Answer.NOT_ASKED, **values)
        bookings[activity_id, child_id] = self._uow.add(place)

    def _known_bookings(self, activities: Iterable[UUID]) -> dict[tuple[UUID, UUID], BookingRecord]:
        if self._bookings is None:
            there = select(BookingRecord).where(BookingRecord.activity_id.in_(list(activities)))
            found = list(self._uow.session.scalars(there)) if self._are_there() else []
            self._bookings = {(one.activity_id, one.child_id): one for one in found}
        return self._bookings

    def _are_there(self) -> bool:
        return self._uow.session.scalar(select(func.count()).select_from(BookingRecord)) != 0

    def _last_place(self, activity_id: UUID) -> int:
        """The place after the last on the waiting list; rows of the file keep their order."""
        if activity_id not in self._ends:
            places = [
                one.position or 0
                for (activity, _), one in (self._bookings or {}).items()
                if activity == activity_id and one.status is BookingStatus.WAITING
            ]
            self._ends[activity_id] = max(places, default=0)
        self._ends[activity_id] += 1
        return self._ends[activity_id]

    def _mark(self, activity_id: UUID, child_id: UUID, code: str) -> None:
        state = self._states.get((activity_id, child_id))
        standing = state.last_mark_id if state else None
        if code in _MARKS:
            self._add(activity_id, child_id, _MARKS[code], standing, late=code == "L")
        elif standing is not None:
            self._take_back(activity_id, child_id)

    def _take_back(self, activity_id: UUID, child_id: UUID) -> None:
        """Voids until nothing stands: a correction taken back gives back what it had corrected."""
        marks = child_marks(self._uow, ActivityRecord.id == activity_id)[activity_id, child_id]
        while standing := fold(marks).last_mark_id:
            void = self._add(activity_id, child_id, MarkKind.VOID, standing)
            entered = (None, void.entered_at, void.device, void.number)
            marks.append(MarkFacts(void.id, void.kind, *entered, corrects_id=standing, source=MarkSource.BOOK))

    def _add(
        self, activity_id: UUID, child_id: UUID, kind: MarkKind, corrects_id: UUID | None, *, late: bool = False
    ) -> MarkRecord:
        mark = MarkRecord(
            activity_id=activity_id, child_id=child_id, kind=kind, source=MarkSource.BOOK, happened_at=None, late=late,
            entered_at=self._uow.clock.now(), entered_by=self._uow.actor.name, device=self._uow.actor.device,
            number=self._next_number(), corrects_id=corrects_id,
        )  # fmt: skip
        return self._uow.add(mark)

    def _next_number(self) -> int:
        if not self._number:
            last = select(func.max(MarkRecord.number)).where(MarkRecord.device == self._uow.actor.device)
            self._number = self._uow.session.scalar(last) or 0
        self._number += 1
        return self._number
