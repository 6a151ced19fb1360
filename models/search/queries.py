"""Find anybody and anything by a few letters: any case, accents or none, a slip of the finger forgiven."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import func, select

from models.access import today
from models.access.permissions import Permission, needs
from models.kernel.dates import short_with_year
from models.kernel.words import full_name
from models.people.records import ERASED_HOME, ChildRecord
from models.people.rules import ChildStatus
from models.programme.records import ActivityRecord, VenueRecord
from models.programme.rules import ActivityStatus
from models.search.matching import Lines, Pattern, plain_words
from models.storage.erasing import ERASED_ADULT
from models.storage.journal import EntryRecord
from models.storage.uow import UnitOfWork
from models.team.records import AdultRecord
from models.transport.records import VehicleRecord

# The fewest letters of a word that are guessed about: where nothing matches, and where something does.
SHORTEST, SHORTEST_BESIDE_OTHERS = 3, 4


@dataclass(frozen=True)
class Found:
    """Something found.

    Attributes:
        kind: "child", "adult", "activity", "venue" or "vehicle".
        title: its name, as lists show it. detail: what tells it from others of that name.
    """

    kind: str
    id: UUID
    title: str
    detail: str


class _Candidate(NamedTuple):
    """Something that may be found by `words`; what is shown of it is only put together once it is."""

    words: str
    show: Callable[..., Found]
    row: Sequence[Any]

    def found(self) -> Found:
        return self.show(*self.row)


class Kept:
    """What somebody's searches look through, kept from one letter to the next; asked from one thread at a time.

    Whatever was written since, another person asking or another day makes it be read anew.
    """

    def __init__(self) -> None:
        self._as_of: tuple[object, ...] | None = None
        self._ready = _Ready(())

    def ready(self, as_of: tuple[object, ...], read: Callable[[], "_Ready"]) -> "_Ready":
        """What was kept if it is `as_of` then, else what `read` gives."""
        if self._as_of != as_of:
            self._ready = read()
            self._as_of = as_of
        return self._ready


class _Ready:
    """Everything that may be found, in the order of kinds and names."""

    def __init__(self, candidates: Iterable[_Candidate]) -> None:
        self.candidates = tuple(candidates)
        self.names = Lines([one.words for one in self.candidates])


@needs(Permission.SEE_DAY)
def find(uow: UnitOfWork, text: str, limit: int = 20, kept: Kept | None = None) -> tuple[Found, ...]:
    """What each word typed begins a word of, best first; near misses after, where fewer than `limit` match.

    Names come before references and details, people before activities and places. Nothing typed finds nothing. Of
    children only those whom the acting person may see are looked through, so that not even a near miss tells of others.
    `kept` spares a unit that only reads what the search before it has read.
    """
    pattern = Pattern(text)
    if pattern.empty:
        return ()
    ready = _ready(uow, kept) if kept else _Ready(_everything(uow))
    ranked = pattern.matches(ready.names)
    if len(ranked) < limit:
        near = pattern.near(ready.names, SHORTEST_BESIDE_OTHERS if ranked else SHORTEST)
        exact = frozenset(ranked)
        ranked += [place for place in near if place not in exact]
    return tuple(ready.candidates[place].found() for place in ranked[:limit])


@needs(Permission.SEE_DAY)
def get_ready(uow: UnitOfWork, kept: Kept) -> None:
    """Reads what the next search will look through, for somebody who is about to type."""
    _ready(uow, kept)


def _ready(uow: UnitOfWork, kept: Kept) -> _Ready:
    return kept.ready(_as_of(uow), lambda: _Ready(_everything(uow)))


def _as_of(uow: UnitOfWork) -> tuple[object, ...]:
    """What decides what may be found: what is written, who asks, and the day (who comes, who has left)."""
    return uow.session.scalar(select(func.max(EntryRecord.number))), uow.actor, uow.clock.today()


def _everything(uow: UnitOfWork) -> Iterator[_Candidate]:
    yield from _children(uow)
    yield from _adults(uow)
    yield from _activities(uow)
    yield from _places(uow)


def _children(uow: UnitOfWork) -> Iterator[_Candidate]:
    columns = (
        ChildRecord.id, ChildRecord.ref, ChildRecord.legal_first, ChildRecord.legal_last, ChildRecord.known_as,
        ChildRecord.birth_date, ChildRecord.status,
    )  # fmt: skip
    order = ChildRecord.legal_last, ChildRecord.legal_first
    statement = select(*columns).where(ChildRecord.family_id != ERASED_HOME).order_by(*order)
    show: Callable[..., Found] = _child
    if not today.sees_families(uow):
        statement, show = statement.where(ChildRecord.id.in_(today.children_today(uow))), _child_today
    for row in uow.session.execute(statement):
        yield _Candidate(plain_words(f"{row[2]} {row[4]} {row[3]} {row[1]}"), show, row)


def _child(child_id: UUID, ref: str, first: str, last: str, known_as: str, born: date, status: ChildStatus) -> Found:
    detail = f"{ref} · born {short_with_year(born)} · {status.value}"
    return Found("child", child_id, full_name(first, last, known_as), detail)


def _child_today(
    child_id: UUID, ref: str, first: str, last: str, known_as: str, born: date, _status: ChildStatus
) -> Found:
    return Found("child", child_id, full_name(first, last, known_as), f"{ref} · born {short_with_year(born)}")


def _adults(uow: UnitOfWork) -> Iterator[_Candidate]:
    columns = AdultRecord.id, AdultRecord.name, AdultRecord.role, AdultRecord.left_on
    today = uow.clock.today()
    statement = select(*columns).where(AdultRecord.name != ERASED_ADULT).order_by(AdultRecord.name)
    for adult_id, name, role, left in uow.session.execute(statement):
        gone = left is not None and left <= today
        yield _Candidate(plain_words(name), _adult, (adult_id, name, role, gone))


def _adult(adult_id: UUID, name: str, role: str, gone: bool) -> Found:
    return Found("adult", adult_id, name, " · ".join(part for part in (role, "has left" if gone else "") if part))


def _activities(uow: UnitOfWork) -> Iterator[_Candidate]:
    columns = ActivityRecord.id, ActivityRecord.title, ActivityRecord.day, ActivityRecord.status
    statement = select(*columns).order_by(ActivityRecord.day.desc())
    if uow.actor.activity is not None:
        statement = statement.where(ActivityRecord.id == uow.actor.activity)
    for row in uow.session.execute(statement):
        yield _Candidate(plain_words(f"{row[1]} {short_with_year(row[2])}"), _activity, row)


def _activity(activity_id: UUID, title: str, day: date, status: ActivityStatus) -> Found:
    how = "took place" if status is ActivityStatus.DELIVERED else status.value  # as the programme says it
    return Found("activity", activity_id, title, f"{short_with_year(day)} · {how}")


def _places(uow: UnitOfWork) -> Iterator[_Candidate]:
    venues = select(VenueRecord.id, VenueRecord.name, VenueRecord.postcode).order_by(VenueRecord.name)
    for venue_id, name, postcode in uow.session.execute(venues):
        yield _Candidate(plain_words(f"{name} {postcode}"), Found, ("venue", venue_id, name, postcode))
    buses = select(VehicleRecord.id, VehicleRecord.name, VehicleRecord.registration).order_by(VehicleRecord.name)
    for bus_id, name, registration in uow.session.execute(buses):
        words = plain_words(f"{name} {registration} {registration.replace(' ', '')}")
        yield _Candidate(words, Found, ("vehicle", bus_id, name or registration, registration))
