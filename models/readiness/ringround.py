"""The Thursday phone list of one activity: every family once, in the order they are rung, with what they said.

For a day that is over it lists the families who did not come and gave no word, to be called on the Monday after.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from models.access.permissions import Permission, needs
from models.kernel.dates import clock_text, short
from models.kernel.london import london_wall
from models.kernel.words import counted, listed
from models.people.queries import Contact, DayChild, contacts_for, day_children
from models.people.rules import ContactKind
from models.programme import queries as programme
from models.programme.queries import ActivityRow, BookingRow
from models.programme.rules import Answer, BookingStatus, ChoreKind, places_left
from models.readiness.lines import added_blocks
from models.readiness.queries import Readiness, if_booked, readiness
from models.readiness.rules import RATIO
from models.registers.queries import outcomes
from models.registers.rules import Outcome
from models.storage.uow import UnitOfWork

SETTLED = (Answer.COMING, Answer.NOT_COMING)


@dataclass(frozen=True)
class Asked:
    """One child of the list: the place it has or waits for (`position` from 1), and the family's last answer.

    `due`: it was agreed to ring again, and that time has come.
    """

    booking_id: UUID
    child_id: UUID
    name: str
    last: str
    status: BookingStatus
    position: int | None
    answer: Answer
    answered_at: datetime | None
    ring_again: time | None
    due: bool
    note: str

    @property
    def settled(self) -> bool:
        """Whether the family has said yes or no for this child."""
        return self.answer in SETTLED


@dataclass(frozen=True)
class Household:
    """One call: the children who are asked about, and whom to ring, in call order, a parent or carer first."""

    family_id: UUID
    children: tuple[Asked, ...]
    contacts: tuple[Contact, ...]

    @property
    def name(self) -> str:
        """Niamh and Théo Osei; with different surnames, each in full."""
        last = self.children[0].last
        if len(self.children) > 1 and last and all(child.last == last for child in self.children):
            return f"{listed([child.name.removesuffix(last).strip() for child in self.children])} {last}"
        return listed([child.name for child in self.children])

    @property
    def settled(self) -> bool:
        """Whether nobody of this family is left to answer for."""
        return all(child.settled for child in self.children)

    @property
    def due(self) -> bool:
        """Whether the time has come to ring again."""
        return any(child.due for child in self.children)


@dataclass(frozen=True)
class RingRound:
    """The list of one activity.

    Attributes:
        answer: the activity's lines and light. households: those to ring again now first, then by surname.
        now: London time it was read at. offer: who is first in the queue, where a place is free and adults enough.
        over: the day is past, so these are calls to those who did not come. called: these calls are ticked off.
    """

    answer: Readiness
    households: tuple[Household, ...]
    now: time
    offer: Asked | None
    over: bool
    called: bool

    @property
    def activity(self) -> ActivityRow:
        """The activity itself."""
        return self.answer.activity

    @property
    def settled(self) -> int:
        """Families that have answered."""
        return sum(home.settled for home in self.households)


@needs(Permission.SEE_FAMILIES)
def ring_round(uow: UnitOfWork, activity_id: UUID) -> RingRound:
    """The list as it stands. Raises NotFound. The statements do not grow with the families."""
    answer = readiness(uow, activity_id)
    activity = answer.activity
    over = activity.day < uow.clock.today()
    bookings = [one for one in programme.bookings(uow, activity_id) if one.status is not BookingStatus.CANCELLED]
    if over:
        missing = _did_not_come(uow, activity_id, activity.day)
        bookings = [one for one in bookings if one.child_id in missing]
    now = london_wall(uow.clock.now())
    homes = _households(uow, bookings, now)
    return RingRound(
        answer=answer,
        households=tuple(sorted(homes, key=lambda home: over or not home.due)),
        now=now.time(),
        offer=None if over else _offer(uow, answer, homes),
        over=over,
        called=any(one.kind is ChoreKind.CALLED for one in programme.chores(uow, [activity_id])),
    )


def still_to_answer(ring: RingRound) -> str:
    """Plain text to hand on: each family that has not answered, its children and its numbers."""
    left = [home for home in ring.households if ring.over or not home.settled]
    what = "to call" if ring.over else "still to answer"
    lines = [
        f"{ring.activity.title}, {short(ring.activity.day)}: {counted(len(left), 'family', 'families')} {what}", "",
    ]  # fmt: skip
    for home in left:
        again = next((child.ring_again for child in home.children if child.ring_again is not None), None)
        lines.append(f"{home.name}, ring again at {clock_text(again)}" if again else home.name)
        lines += [f"  {_spoken(contact)}" for contact in home.contacts]
    return "\n".join(lines).rstrip() + "\n"


def _spoken(contact: Contact) -> str:
    who = f"{contact.name} ({contact.relationship})" if contact.relationship else contact.name
    return f"{who}: {', '.join(numbers_of(contact)) or 'no number'}"


def numbers_of(contact: Contact) -> tuple[str, ...]:
    """The numbers there are, the first to ring first."""
    return tuple(number for number in (contact.phone, contact.other_phone) if number)


def _did_not_come(uow: UnitOfWork, activity_id: UUID, day: date) -> set[UUID]:
    found = [row for row in outcomes(uow, day, day) if row.activity_id == activity_id]
    return {row.child_id for row in found if row.outcome is Outcome.NO_SHOW}


def _households(uow: UnitOfWork, bookings: Sequence[BookingRow], now: datetime) -> list[Household]:
    young = day_children(uow, {one.child_id for one in bookings})
    ordered = sorted(bookings, key=lambda one: _by_name(young[one.child_id]))
    families: dict[UUID, list[Asked]] = {}
    for one in ordered:
        child = young[one.child_id]
        families.setdefault(child.family_id, []).append(_asked(one, child, now))
    contacts = contacts_for(uow, list(families))
    return [Household(family, tuple(asked), _in_call_order(contacts, family)) for family, asked in families.items()]


def _by_name(child: DayChild) -> tuple[str, str]:
    return child.legal_last.casefold(), child.legal_first.casefold()


def _asked(booking: BookingRow, child: DayChild, now: datetime) -> Asked:
    again, agreed = booking.ring_again, booking.answered_at
    # Agreed on a day before today, it is high time.
    due = again is not None and agreed is not None and datetime.combine(london_wall(agreed), again) <= now
    return Asked(
        booking.id, child.id, child.called, child.legal_last, booking.status, booking.position, booking.answer,
        booking.answered_at, again, due, booking.note,
    )  # fmt: skip


def _in_call_order(contacts: Mapping[UUID, tuple[Contact, ...]], family: UUID) -> tuple[Contact, ...]:
    """Parents and carers before anybody who is only for emergencies; within each, the family's own order."""
    return tuple(sorted(contacts.get(family, ()), key=lambda one: one.kind is not ContactKind.PARENT))


def _offer(uow: UnitOfWork, answer: Readiness, homes: Iterable[Household]) -> Asked | None:
    """Who is first in the queue, where a place is free and the adults there are would still be enough."""
    waiting = [child for home in homes for child in home.children if child.status is BookingStatus.WAITING]
    first = min(waiting, key=lambda child: child.position or 0, default=None)
    if first is None or places_left(answer.activity.capacity, answer.activity.booked) == 0:
        return None
    added = added_blocks(answer.lines, if_booked(uow, answer.activity.id, first.child_id))
    return None if any(line.rule == RATIO.name for line in added) else first
