"""What readiness looks at: one activity with everybody in it, as plain facts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from models.consents.rules import ConsentFacts, ConsentKind
from models.people import rules as people
from models.programme.rules import ActivityKind, ActivityStatus, AdultFacts
from models.team.rules import TeamFacts
from models.transport.rules import ChildFacts, LegFacts


@dataclass(frozen=True)
class Policy:
    """The club's own figures (house policy)."""

    per_adult: int = 4
    min_adults: int = 2
    dbs_years: int = 3
    safeguarding_years: int = 3
    consent_months: int = 12


@dataclass(frozen=True)
class BookedChild:
    """A child with a place, as far as readiness looks: `name` as a sentence should say it."""

    id: UUID
    name: str
    family_id: UUID
    one_to_one: int = 0
    wheelchair: bool = False
    height_cm: int | None = None
    allergies: str = ""
    medical: str = ""
    medicine_expires: date | None = None

    def as_passenger(self) -> ChildFacts:
        """The child as the transport rules look at it."""
        return ChildFacts(self.id, self.name, self.family_id, self.wheelchair, self.height_cm, self.one_to_one)

    def as_seen(self) -> people.ChildFacts:
        """The child as the rules about people look at it."""
        return people.ChildFacts(self.id, self.name, self.allergies, self.medical, self.medicine_expires)


@dataclass(frozen=True)
class Plan:
    """One activity as planned.

    Attributes:
        capacity: children who fit (None: no limit).
        children: those with a place. adults: everybody asked, confirmed or declined.
        one_to_one_for: which child each dedicated adult is for.
        team: the checks of those adults.
        spare: adults who are not on this activity, count that day, and usually work such a day (id, name).
        legs: the journeys of a trip, out before back.
    """

    activity_id: UUID
    kind: ActivityKind
    status: ActivityStatus
    title: str
    day: date
    starts: time
    ends: time
    by_minibus: bool
    lead_id: UUID | None
    venue_name: str
    capacity: int | None
    policy: Policy
    children: tuple[BookedChild, ...]
    adults: tuple[AdultFacts, ...]
    one_to_one_for: Mapping[UUID, UUID]
    team: Mapping[UUID, TeamFacts]
    spare: tuple[tuple[UUID, str], ...]
    consents: Mapping[UUID, Mapping[ConsentKind, ConsentFacts]]
    legs: tuple[LegFacts, ...] = ()
