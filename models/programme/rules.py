"""Rules about activities: who counts, how many adults are needed, how many places there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from models.kernel.dates import age_on
from models.kernel.words import counted

PER_ADULT = 4  # house policy, stricter than every published figure
MIN_ADULTS = 2  # guidance (NSPCC): at least two adults, even with small groups
COUNTING_AGE = 18  # guidance (NSPCC): only those of 18 and over count as adults
LATE_MINUTES = 15  # house policy: when the register opens "ring home"


class ActivityKind(StrEnum):
    """A monthly Saturday club, or a holiday trip."""

    CLUB = "club"
    TRIP = "trip"


# What planning and the ring-round wrote down, which is not for everybody who works on the day: of an activity and of a
# child's place only on that day, of an adult's part never.
NOTES_OF_ACTIVITY = ("notes", "risk_notes", "cancelled_why")
NOTES_OF_BOOKING = ("note", "answered_at", "ring_again")
NOTES_OF_DUTY = ("note",)


class ActivityStatus(StrEnum):
    """A plan is a draft, then confirmed; then it was delivered, or it was cancelled."""

    DRAFT = "draft"
    CONFIRMED = "confirmed"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"


class BookingStatus(StrEnum):
    """A place, a place in the queue, or a place given up."""

    BOOKED = "booked"
    WAITING = "waiting"
    NOT_COMING = "not coming"
    CANCELLED = "cancelled"


class Answer(StrEnum):
    """What a family said on the ring-round."""

    NOT_ASKED = "not asked"
    COMING = "coming"
    NOT_COMING = "not coming"
    NO_ANSWER = "no answer"
    RING_AGAIN = "ring again"


class DutyRole(StrEnum):
    """What an adult is there for."""

    LEAD = "lead"
    WORKER = "worker"
    VOLUNTEER = "volunteer"
    DRIVER = "driver"
    ONE_TO_ONE = "one to one"


class DutyStatus(StrEnum):
    """Only a confirmed adult counts."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    DECLINED = "declined"


class ChoreKind(StrEnum):
    """What is done for an activity and leaves no other trace."""

    HALL = "hall booked"
    INVITATIONS = "invitations sent"
    ADULTS = "adults asked"
    FORMS = "forms collected"
    RING_ROUND = "ring-round finished"
    PRINTED = "packs printed"
    KEYED = "register keyed"
    CALLED = "families called"


@dataclass(frozen=True)
class AdultFacts:
    """An adult asked for one activity, as far as counting goes.

    Attributes:
        name: as a sentence should say it.
        cleared: by the manager, on or before the day.
        driving: on this journey, or on this activity if it is not looked at journey by journey.
        one_to_one: dedicated to one child. On the day: only while that child is in or still due.
        one_to_one_with: that child's name, if it may be said.
        as_parent: comes as the parent of a child who is there.
        left: no longer on the team that day.
    """

    id: UUID
    name: str
    birth_date: date | None
    cleared: bool
    status: DutyStatus
    role: DutyRole
    driving: bool = False
    one_to_one: bool = False
    as_parent: bool = False
    one_to_one_with: str = ""
    left: bool = False

    @property
    def there(self) -> bool:
        """Whether this adult will be there as far as anybody has said."""
        return self.status is DutyStatus.CONFIRMED and not self.left


@dataclass(frozen=True)
class Group:
    """Children out of sight of the other groups: those who share adults, and the adults dedicated to the rest."""

    shared: int
    dedicated: int = 0


@dataclass(frozen=True)
class Ratio:
    """Whether there are enough adults.

    Attributes:
        children: everybody who counts as a child there; staff's own children and visiting siblings too.
        shared: children without a one-to-one need. dedicated: adults that the others need to themselves.
        required: adults needed in all, the dedicated ones included.
        counted: adults there are: those free for the group, and as many one-to-one adults as are needed.
        short_by: how many more adults are needed (0: enough).
        counted_ids: the counted adults, in the order given.
    """

    children: int
    shared: int
    dedicated: int
    required: int
    counted: int
    short_by: int
    counted_ids: tuple[UUID, ...]

    @property
    def enough(self) -> bool:
        """Whether nobody is missing."""
        return self.short_by == 0

    def sentence(self) -> str:
        """13 children need 4 adults; 3 can be counted."""
        need = "needs" if self.children == 1 else "need"
        children = counted(self.children, "child", "children")
        return f"{children} {need} {counted(self.required, 'adult')}; {self.counted or 'none'} can be counted."


@dataclass(frozen=True)
class Waiting:
    """A child's place in the queue (from 1; None: not placed yet, so at the end)."""

    child_id: UUID
    position: int | None


def why_not_counted(adult: AdultFacts, day: date) -> str | None:
    """Why this adult does not count for the group that day, as a clause without a full stop; None if they do.

    What cannot be put right comes first, so that nobody is chased for nothing. Guidance (NSPCC: 18 and over; a parent
    who attends is not used to supervise others; a one-to-one adult or driver is not free for the group), house policy
    (confirmed for this activity and cleared by the manager).
    """
    return _never_counts(adult, day) or _not_yet(adult) or _busy(adult)


def _never_counts(adult: AdultFacts, day: date) -> str | None:
    if adult.status is DutyStatus.DECLINED:
        return f"{adult.name} cannot come"
    if adult.left:
        return f"{adult.name} has left the team"
    if adult.as_parent:
        return f"{adult.name} comes as a parent"
    if adult.birth_date is not None and age_on(adult.birth_date, day) < COUNTING_AGE:
        return f"{adult.name} is {age_on(adult.birth_date, day)} that day"
    return None


def _not_yet(adult: AdultFacts) -> str | None:
    if adult.birth_date is None:
        return f"{adult.name}’s date of birth is not known"
    if not adult.cleared:
        return f"{adult.name} has not been cleared by the manager"
    if adult.status is not DutyStatus.CONFIRMED:
        return f"{adult.name} has not confirmed"
    return None


def _busy(adult: AdultFacts) -> str | None:
    if adult.driving or adult.role is DutyRole.DRIVER:
        return f"{adult.name} is driving"
    if _dedicated(adult):
        return f"{adult.name} is one-to-one with {adult.one_to_one_with or 'one child'}"
    return None


def _dedicated(adult: AdultFacts) -> bool:
    return adult.one_to_one or adult.role is DutyRole.ONE_TO_ONE


def _gives_one_to_one(adult: AdultFacts, day: date) -> bool:
    """Whether this adult is in place for one child: dedicated, and otherwise fit to count. A driver is not."""
    if not _dedicated(adult) or adult.driving:
        return False
    return (_never_counts(adult, day) or _not_yet(adult)) is None


def required_adults(shared: int, dedicated: int, per_adult: int = PER_ADULT, min_adults: int = MIN_ADULTS) -> int:
    """max(min_adults, ceil(shared / per_adult) + dedicated), never rounded to nearest.

    `shared` children have no one-to-one need; `dedicated` adults are those the others need. House policy (1:4) and
    guidance (NSPCC: two adults at least, so a plan with no child yet still needs two). Raises ValueError for a negative
    number or `per_adult` below 1.
    """
    if min(shared, dedicated, min_adults) < 0 or per_adult < 1:
        raise ValueError("Numbers of children and adults cannot be negative")
    return max(min_adults, -(-shared // per_adult) + dedicated)


def required_for_groups(groups: Sequence[Group], per_adult: int = PER_ADULT, min_adults: int = MIN_ADULTS) -> int:
    """Adults needed where groups are out of each other's sight: the rule holds for each group with anybody in it.

    House policy and guidance, as for `required_adults`.
    """
    there = [group for group in groups if group.shared or group.dedicated]
    if not there:
        return required_adults(0, 0, per_adult, min_adults)
    return sum(required_adults(group.shared, group.dedicated, per_adult, min_adults) for group in there)


def ratio(
    needs: Sequence[int],
    adults: Sequence[AdultFacts],
    day: date,
    per_adult: int = PER_ADULT,
    min_adults: int = MIN_ADULTS,
) -> Ratio:
    """Whether these adults are enough for these children, given as each child's one-to-one need (0, 1 or 2).

    A one-to-one child is taken out of the shared pool and the adult out of the free ones; a need nobody is dedicated to
    yet falls on the free adults. Dedicated adults beyond the need do not help the group. House policy.
    """
    shared, dedicated = _pools(needs)
    free = [adult.id for adult in adults if why_not_counted(adult, day) is None]
    given = [adult.id for adult in adults if _gives_one_to_one(adult, day)][:dedicated]
    counting = {*free, *given}
    required = required_adults(shared, dedicated, per_adult, min_adults)
    ids = tuple(adult.id for adult in adults if adult.id in counting)
    return Ratio(len(needs), shared, dedicated, required, len(ids), max(0, required - len(ids)), ids)


def _pools(needs: Sequence[int]) -> tuple[int, int]:
    return sum(1 for need in needs if need == 0), sum(needs)


def more_may_come_in(
    needs_in: Sequence[int],
    needs_due: Sequence[int],
    adults: Sequence[AdultFacts],
    day: date,
    per_adult: int = PER_ADULT,
    min_adults: int = MIN_ADULTS,
) -> int:
    """How many more children without a one-to-one need may come in now and keep the ratio; 0 when none may.

    `needs_in` and `needs_due`: one-to-one needs of children who are in and still due; `adults`: only those who are in.
    The one-to-one adults of children still due are set aside first, and are not the second adult until then. House
    policy. It informs: nobody at the door is refused by it, and whoever arrived is always recorded.
    """
    shared, dedicated = _pools(needs_in)
    promised = dedicated + sum(needs_due)
    free = sum(1 for adult in adults if why_not_counted(adult, day) is None)
    given = min(promised, sum(1 for adult in adults if _gives_one_to_one(adult, day)))
    for_the_group = free + given - promised
    if for_the_group + dedicated < min_adults:
        return 0
    return max(0, for_the_group * per_adult - shared)


def most_on_a_leg(seats: int, per_adult: int = PER_ADULT) -> int:
    """The most children on a journey: the largest c with c + ceil(c / per_adult) <= seats, the driver's seat extra.

    The driver does not supervise (guidance); the adults who do sit on passenger seats. House policy for the ratio.
    """
    return max(0, seats) * per_adult // (per_adult + 1)


def capacity(activity_capacity: int | None, venue_capacity: int | None) -> int | None:
    """Places in children: the activity's own, else the venue's, else None for no limit. House policy, a hard stop."""
    return activity_capacity if activity_capacity is not None else venue_capacity


def places_left(places: int | None, booked: int) -> int | None:
    """Places still free (never below 0), or None for no limit."""
    return None if places is None else max(0, places - booked)


def in_order(queue: Sequence[Waiting]) -> tuple[Waiting, ...]:
    """The waiting list, first in line first; children not placed yet stand at the end in the order given."""
    return tuple(sorted(queue, key=lambda each: (each.position is None, each.position or 0)))


def renumbered(queue: Sequence[Waiting]) -> tuple[Waiting, ...]:
    """The same order, with positions 1, 2, 3 and no gaps."""
    return tuple(Waiting(each.child_id, place) for place, each in enumerate(in_order(queue), start=1))


def moved_in_queue(queue: Sequence[Waiting], child_id: UUID, position: int) -> tuple[Waiting, ...]:
    """Renumbered with one child moved to a position (from 1; the ends if beyond). Raises ValueError if not waiting."""
    rest = [each for each in in_order(queue) if each.child_id != child_id]
    if len(rest) == len(queue):
        raise ValueError("This child is not on the waiting list")
    rest.insert(max(0, position - 1), Waiting(child_id, None))
    return tuple(Waiting(each.child_id, place) for place, each in enumerate(rest, start=1))


def times_ok(starts: time, ends: time) -> bool:
    """Whether an activity ends after it starts, on the same day."""
    return starts < ends


def can_move_status(current: ActivityStatus, to: ActivityStatus) -> bool:
    """Whether a plan may change like this. Staying as it is always may.

    Draft and confirmed go to and fro; either can be cancelled, or delivered: what took place unconfirmed is still
    recorded. A cancelled one is opened again as a draft. Delivered is a fact and stays. House policy.
    """
    onward = {
        ActivityStatus.DRAFT: (ActivityStatus.CONFIRMED, ActivityStatus.DELIVERED, ActivityStatus.CANCELLED),
        ActivityStatus.CONFIRMED: (ActivityStatus.DRAFT, ActivityStatus.DELIVERED, ActivityStatus.CANCELLED),
        ActivityStatus.CANCELLED: (ActivityStatus.DRAFT,),
        ActivityStatus.DELIVERED: (),
    }
    return to is current or to in onward[current]


def late(at: datetime, start: datetime, minutes: int = LATE_MINUTES) -> bool:
    """Whether so many minutes have passed since the start (both aware, or both wall times of one day). House policy."""
    return at >= start + timedelta(minutes=minutes)
