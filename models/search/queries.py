"""Find anybody and anything by a few letters: any case, accents or none, a slip of the finger forgiven."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from models.kernel.dates import short_with_year
from models.kernel.words import full_name
from models.people.records import ChildRecord
from models.programme.records import ActivityRecord, VenueRecord
from models.programme.rules import ActivityStatus
from models.search.matching import Pattern, plain_words
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


@dataclass(frozen=True)
class _Candidate:
    found: Found
    words: str  # what it is found by


def find(uow: UnitOfWork, text: str, limit: int = 20) -> tuple[Found, ...]:
    """What each word typed begins a word of, best first; near misses after, where fewer than `limit` match.

    Names come before references and details, people before activities and places. Nothing typed finds nothing.
    """
    pattern = Pattern(text)
    if pattern.empty:
        return ()
    candidates = list(_everything(uow))
    exact = ((score, one.found) for one in candidates if (score := pattern.score(one.words)))
    ranked = [found for _, found in sorted(exact, key=lambda pair: -pair[0])]
    if len(ranked) < limit:
        ranked += _near(pattern, candidates, set(ranked))
    return tuple(ranked[:limit])


def _near(pattern: Pattern, candidates: Iterable[_Candidate], already: set[Found]) -> list[Found]:
    rest = [one for one in candidates if one.found not in already]
    close = pattern.near([one.words for one in rest], SHORTEST_BESIDE_OTHERS if already else SHORTEST)
    return [rest[place].found for place in close]


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
    for child_id, ref, first, last, known_as, born, status in uow.session.execute(select(*columns).order_by(*order)):
        detail = f"{ref} · born {short_with_year(born)} · {status.value}"
        title = full_name(first, last, known_as)
        yield _Candidate(Found("child", child_id, title, detail), plain_words(f"{title} {ref}"))


def _adults(uow: UnitOfWork) -> Iterator[_Candidate]:
    columns = AdultRecord.id, AdultRecord.name, AdultRecord.role, AdultRecord.left_on
    for adult_id, name, role, left in uow.session.execute(select(*columns).order_by(AdultRecord.name)):
        gone = left is not None and left <= uow.clock.today()
        detail = " · ".join(part for part in (role, "has left" if gone else "") if part)
        yield _Candidate(Found("adult", adult_id, name, detail), plain_words(name))


def _activities(uow: UnitOfWork) -> Iterator[_Candidate]:
    columns = ActivityRecord.id, ActivityRecord.title, ActivityRecord.day, ActivityRecord.status
    for activity_id, title, day, status in uow.session.execute(select(*columns).order_by(ActivityRecord.day.desc())):
        how = "took place" if status is ActivityStatus.DELIVERED else status.value  # as the programme says it
        detail = f"{short_with_year(day)} · {how}"
        words = plain_words(f"{title} {short_with_year(day)}")
        yield _Candidate(Found("activity", activity_id, title, detail), words)


def _places(uow: UnitOfWork) -> Iterator[_Candidate]:
    venues = select(VenueRecord.id, VenueRecord.name, VenueRecord.postcode).order_by(VenueRecord.name)
    for venue_id, name, postcode in uow.session.execute(venues):
        yield _Candidate(Found("venue", venue_id, name, postcode), plain_words(f"{name} {postcode}"))
    buses = select(VehicleRecord.id, VehicleRecord.name, VehicleRecord.registration).order_by(VehicleRecord.name)
    for bus_id, name, registration in uow.session.execute(buses):
        words = plain_words(f"{name} {registration} {registration.replace(' ', '')}")
        yield _Candidate(Found("vehicle", bus_id, name or registration, registration), words)
