"""What the register's screens read: each one frozen answer, gathered in one query job."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from models.kernel.clock import london_instant
from models.kernel.errors import NotFound
from models.people import queries as people
from models.people.queries import Contact
from models.programme import queries as programme
from models.programme.queries import ActivityRow
from models.programme.rules import ActivityStatus
from models.registers import queries
from models.registers.queries import MarkRow, Register, SheetRow
from models.registers.rules import CollectorCheck, MarkKind, RowState, register_mode_open
from models.team import queries as team

if TYPE_CHECKING:
    from models.bootstrap import UnitOfWork

BACK, AHEAD = timedelta(days=62), timedelta(days=62)
"""How far the choice of activities reaches."""


@dataclass(frozen=True)
class DayView:
    """The register shown (None: there is no activity at all), and the activities to choose from, by day.

    `late_minutes`: so long after the start, a child without word is rung about.
    """

    register: Register | None
    choices: tuple[ActivityRow, ...]
    late_minutes: int

    @property
    def start(self) -> datetime | None:
        """When the activity begins, as an instant."""
        return london_instant(self.register.activity.day, self.register.activity.starts) if self.register else None

    @property
    def end(self) -> datetime | None:
        """When the activity ends, as an instant."""
        return london_instant(self.register.activity.day, self.register.activity.ends) if self.register else None

    def mode_open(self, now: datetime) -> bool:
        """Whether its register may be taken in register mode now."""
        if self.register is None or self.start is None or self.end is None:
            return False
        return register_mode_open(self.start, self.end, now, self.register.closed_at is not None)


@dataclass(frozen=True)
class HomeCall:
    """A child to ring home about, with the numbers in call order."""

    child_id: UUID
    called: str
    contacts: tuple[Contact, ...]
    note: str


@dataclass(frozen=True)
class Known:
    """Somebody on the books who may turn up: `beneath` says what tells them from a namesake."""

    id: UUID
    name: str
    beneath: str
    adult: bool
    sibling: bool


@dataclass(frozen=True)
class Paper:
    """What keying paper back needs: the sheets, newest first; where each child stands by now; names."""

    sheets: tuple[SheetRow, ...]
    states: dict[UUID, RowState]
    names: dict[UUID, str]


def read_day(uow: "UnitOfWork", wanted: UUID | None, today: date) -> DayView:
    """The wanted activity's register; without one, today's, else the next, else the last there was."""
    near = programme.activities(uow, today - BACK, today + AHEAD)
    choices = [row for row in near if row.status is not ActivityStatus.CANCELLED]
    chosen = next((row for row in choices if row.id == wanted), None)
    if wanted is not None and chosen is None:
        chosen = programme.activity(uow, wanted)
        choices = sorted([*choices, chosen], key=lambda row: (row.day, row.starts))
    if chosen is None and choices:
        chosen = next((row for row in choices if row.day >= today), choices[-1])
    register = queries.register(uow, chosen.id) if chosen else None
    return DayView(register, tuple(choices), queries.policy_of(uow).late_minutes)


def alone(uow: "UnitOfWork", wanted: UUID | None, _today: date) -> DayView:
    """The wanted activity's register with no other to choose, as register mode has it. Raises NotFound."""
    if wanted is None:
        raise NotFound("There is no register to show.", "Choose it on the lock screen.")
    register = queries.register(uow, wanted)
    return DayView(register, (register.activity,), queries.policy_of(uow).late_minutes)


def read_states(uow: "UnitOfWork", activity_id: UUID | None, people: Collection[UUID]) -> dict[UUID, RowState]:
    """Where these children and adults stand by now; nothing where no activity is shown."""
    return queries.states_of(uow, activity_id, people) if activity_id and people else {}


def read_calls(uow: "UnitOfWork", activity_id: UUID, child_ids: frozenset[UUID]) -> tuple[HomeCall, ...]:
    """Who to ring about these children, in the register's order."""
    lines = [line for line in queries.register(uow, activity_id).children if line.child_id in child_ids]
    contacts = people.contacts_for(uow, {line.family_id for line in lines})
    return tuple(
        HomeCall(line.child_id, line.called, contacts.get(line.family_id, ()), line.ring_round_note) for line in lines
    )


def read_check(uow: "UnitOfWork", activity_id: UUID, child_id: UUID, password: str = "") -> CollectorCheck:
    """Who may take a child home."""
    return queries.who_may_collect(uow, activity_id, child_id, password)


def read_standing(
    uow: "UnitOfWork", activity_id: UUID, child_id: UUID | None, adult_id: UUID | None
) -> tuple[MarkRow, ...]:
    """The comings and goings of one person that still stand, in the order they were entered."""
    marks = queries.marks_of_person(uow, activity_id, child_id=child_id, adult_id=adult_id)
    struck = {mark.corrects_id for mark in marks}
    seen = (MarkKind.IN, MarkKind.OUT)
    return tuple(mark for mark in marks if mark.id not in struck and mark.kind in seen)


def read_known(uow: "UnitOfWork", activity_id: UUID) -> tuple[Known, ...]:
    """Children and adults who are not on the register: siblings of those who are first, then by name."""
    register = queries.register(uow, activity_id)
    here: set[Any] = {line.child_id for line in register.children} | {line.adult_id for line in register.adults}
    homes = {line.family_id: line.called for line in register.children}
    young = [
        Known(row.id, row.called, _about(row, homes), False, row.family_id in homes)
        for row in people.who_may_turn_up(uow)
        if row.id not in here
    ]
    grown = [
        Known(row.id, row.name, f"Adult, {row.role}" if row.role else "Adult", True, False)
        for row in team.adults(uow)
        if row.id not in here
    ]
    return tuple(sorted([*young, *grown], key=lambda one: (not one.sibling, one.adult, one.name.casefold())))


def _about(row: people.KnownChild, homes: dict[UUID, str]) -> str:
    if row.family_id in homes:
        return f"Same family as {homes[row.family_id]}"
    return row.beneath


def read_paper(uow: "UnitOfWork", activity_id: UUID) -> Paper:
    """The printed registers of an activity, what the register says already, and everybody's name."""
    sheets = tuple(reversed(queries.sheets(uow, activity_id)))
    states = {line.child_id: line.state for line in queries.register(uow, activity_id).children}
    young = people.day_children(uow, {child for sheet in sheets for child in sheet.rows})
    return Paper(sheets, states, {one.id: one.called for one in young.values()})
