"""What the programme's screens read: each one frozen answer, gathered in one query job."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from desktop.programme.words import PLANNED
from desktop.widgets.history_list import Happening, happenings
from desktop.widgets.state import State
from models.consents import queries as consents
from models.consents.rules import KIND_WORDS, STATE_WORDS, needed_for
from models.consents.rules import Level as ConsentLevel
from models.history.queries import once_within, what_changed
from models.kernel.dates import age_on, numeric, week_start
from models.people import queries as people
from models.people.rules import ChildFacts, ChildStatus, SeeMark, see_marks
from models.programme import queries as programme
from models.programme.calendar import TermFacts, bank_holidays, hints
from models.programme.queries import ActivityRow, BookingRow, DutyRow, VenueRow
from models.programme.rules import BookingStatus, why_not_counted
from models.readiness import queries as readiness
from models.readiness.facts import Plan
from models.readiness.guard import Deciding, deciding
from models.readiness.lines import Level, Line
from models.readiness.queries import Readiness, SetAside
from models.team import queries as team

if TYPE_CHECKING:
    from models.bootstrap import UnitOfWork

Named = tuple[UUID, str]


@dataclass(frozen=True)
class PlanRow:
    """An activity in the list or month, with its light while it is still to come (None once it is over)."""

    activity: ActivityRow
    answer: Readiness | None


@dataclass(frozen=True)
class Overview:
    """Everything in the programme, oldest first, with the school year around it."""

    rows: tuple[PlanRow, ...]
    terms: tuple[TermFacts, ...]
    holidays: Mapping[date, str]


@dataclass(frozen=True)
class ChildSeen:
    """A child with a place or in the queue: needs in plain words, what to see, and the consents this activity needs."""

    booking: BookingRow
    name: str
    age: int
    one_to_one: int
    wheelchair: bool
    marks: tuple[SeeMark, ...]
    consent: State
    consent_words: str


@dataclass(frozen=True)
class AdultSeen:
    """An adult on the list; `why_not` is why they do not count for the group ("" if they do)."""

    duty: DutyRow
    name: str
    why_not: str


@dataclass(frozen=True)
class Picture:
    """One activity with everybody in it.

    Attributes:
        spare: adults who could be asked and usually work such a day. others: everybody else on the team.
        free: active children who are neither booked nor waiting.
        hints: what is worth knowing about the day.
        deciding: whether what is in the way may be gone ahead with anyway, and by whom.
    """

    answer: Readiness
    aside: tuple[SetAside, ...]
    booked: tuple[ChildSeen, ...]
    waiting: tuple[ChildSeen, ...]
    adults: tuple[AdultSeen, ...]
    free: tuple[Named, ...]
    spare: tuple[Named, ...]
    others: tuple[Named, ...]
    hints: tuple[str, ...]
    deciding: Deciding

    @property
    def activity(self) -> ActivityRow:
        """The activity itself."""
        return self.answer.activity


@dataclass(frozen=True)
class Choices:
    """What the activity form offers, and the activity it is opened for (None: a new one)."""

    venues: tuple[VenueRow, ...]
    adults: tuple[Named, ...]
    activity: ActivityRow | None


def overview(uow: "UnitOfWork") -> Overview:
    """The whole programme with a light for everything still planned."""
    rows = programme.activities(uow)
    answers = {one.activity.id: one for one in readiness.readiness_of(uow, [r for r in rows if r.status in PLANNED])}
    today = uow.clock.today()
    years = {row.day.year for row in rows} | {today.year, today.year + 1}
    return Overview(
        tuple(PlanRow(row, answers.get(row.id)) for row in rows), _terms(uow), bank_holidays(*sorted(years))
    )


def picture(uow: "UnitOfWork", activity_id: UUID) -> Picture:
    """One activity with everybody in it. Raises NotFound."""
    answer = readiness.readiness(uow, activity_id)
    row = answer.activity
    plan = readiness.plans(uow, [row])[0]
    seen = _children_seen(uow, row)
    spare = {adult_id for adult_id, _name in plan.spare}
    on_list = {adult.id for adult in plan.adults}
    team_now = _named((one.id, one.name, numeric(one.birth_date)) for one in team.adults(uow))
    known = {one.booking.child_id for one in seen}
    return Picture(
        answer=answer,
        aside=readiness.set_aside(uow, [activity_id]).get(activity_id, ()),
        booked=tuple(one for one in seen if one.booking.status is BookingStatus.BOOKED),
        waiting=tuple(one for one in seen if one.booking.status is BookingStatus.WAITING),
        adults=_adults_seen(uow, plan),
        free=_named(
            (one.id, one.called, numeric(one.birth_date))
            for one in people.children(uow, [ChildStatus.ACTIVE])
            if one.id not in known
        ),
        spare=tuple(one for one in team_now if one[0] in spare),
        others=tuple(one for one in team_now if one[0] not in spare and one[0] not in on_list),
        hints=day_hints(uow, row.day),
        deciding=deciding(uow, activity_id),
    )


def history(uow: "UnitOfWork", activity_id: UUID) -> tuple[Happening, ...]:
    """What was changed of an activity and of who is on it, newest first."""
    around = [one.id for one in programme.bookings(uow, activity_id)]
    around += once_within(uow, activity_id, "duty", "activity_id")  # whoever was taken off is told of, too
    return happenings(what_changed(uow, activity_id, *around), activity_id)


def choices(uow: "UnitOfWork", activity_id: UUID | None) -> Choices:
    """What the activity form needs. Raises NotFound for an activity that is gone."""
    adults = _named((one.id, one.name, numeric(one.birth_date)) for one in team.adults(uow))
    return Choices(programme.venues(uow), adults, programme.activity(uow, activity_id) if activity_id else None)


def day_hints(uow: "UnitOfWork", day: date) -> tuple[str, ...]:
    """What is worth knowing about a day: bank holidays, half-term, term."""
    monday = week_start(day)
    around = bank_holidays(*sorted({monday.year, (monday + timedelta(days=7)).year}))
    return hints(day, _terms(uow), around)


def worse(before: Iterable[Line], after: Iterable[Line]) -> tuple[Line, ...]:
    """The lines that would say something worse than they do now."""
    order = {Level.OK: 0, Level.WARN: 1, Level.BLOCK: 2}
    was = {line.rule: line for line in before}
    found = []
    for line in after:
        now = was.get(line.rule)
        if line.level is Level.OK or (now is not None and line.text == now.text):
            continue
        # A warning may name one child more without weighing anything; a block that weighs no more is not news.
        heavier = now is None or (order[line.level], line.weight) > (order[now.level], now.weight)
        if heavier or line.level is Level.WARN:
            found.append(line)
    return tuple(found)


def _terms(uow: "UnitOfWork") -> tuple[TermFacts, ...]:
    return tuple(
        TermFacts(one.name, one.starts, one.ends, one.half_starts, one.half_ends) for one in programme.terms(uow)
    )


def _named(people_: Iterable[tuple[UUID, str, str]]) -> tuple[Named, ...]:
    """Ids and names; the date of birth is added where two share a name."""
    found = list(people_)
    often = Counter(name for _id, name, _born in found)
    return tuple((one, f"{name}, born {born}" if often[name] > 1 and born else name) for one, name, born in found)


def _children_seen(uow: "UnitOfWork", row: ActivityRow) -> tuple[ChildSeen, ...]:
    there = (BookingStatus.BOOKED, BookingStatus.WAITING)
    bookings = [one for one in programme.bookings(uow, row.id) if one.status in there]
    ids = [one.child_id for one in bookings]
    children = people.day_children(uow, ids)
    matrix = {one.child_id: one for one in consents.matrix(uow, row.day, child_ids=ids)}
    return tuple(_seen(one, children[one.child_id], matrix[one.child_id], row) for one in bookings)


def _seen(booking: BookingRow, child: people.DayChild, cells: consents.MatrixRow, row: ActivityRow) -> ChildSeen:
    facts = ChildFacts(child.id, child.called, child.allergies, child.medical)
    state, words = _consent(cells, row)
    return ChildSeen(
        booking, child.called, age_on(child.birth_date, row.day), child.one_to_one, child.wheelchair,
        see_marks(facts), state, words,
    )  # fmt: skip


def _consent(cells: consents.MatrixRow, row: ActivityRow) -> tuple[State, str]:
    """The worst of the consents this activity needs, in words."""
    needed = [(kind, cells.cells[kind]) for kind in needed_for(row.kind, row.by_minibus)]
    for level, state in ((ConsentLevel.BLOCK, State.BAD), (ConsentLevel.WARN, State.WARN)):
        for kind, cell in needed:
            if cell.verdict.level is level:
                return state, f"{KIND_WORDS[kind]}: {STATE_WORDS[cell.state].lower()}"
    return State.OK, "Consents in"


def _adults_seen(uow: "UnitOfWork", plan: Plan) -> tuple[AdultSeen, ...]:
    duties = {one.adult_id: one for one in programme.duties(uow, plan.activity_id)}
    names = team.team_facts(uow, list(duties))
    return tuple(
        AdultSeen(duties[adult.id], names[adult.id].name, why_not_counted(adult, plan.day) or "")
        for adult in plan.adults
    )
