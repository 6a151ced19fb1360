"""What the screens of children read, off the UI thread."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from desktop.people.words import Mark, booking_words, marks_of, outcome_words
from desktop.widgets.history_list import Happening, happenings
from models.access.rules import Permission
from models.history.queries import what_changed
from models.kernel.dates import age_on
from models.kernel.errors import NotFound
from models.people import queries as people
from models.people.queries import ChildDetail, ChildRow, Contact
from models.people.rules import ChildFacts, ChildStatus, missing_for_day
from models.programme import queries as programme
from models.programme.queries import ActivityRow, BookingRow
from models.registers.queries import outcomes
from models.registers.rules import Outcome

LEFT = (ChildStatus.MOVED, ChildStatus.CLOSED, ChildStatus.OVER_AGE, ChildStatus.DECLINED)


@dataclass(frozen=True)
class ListRow:
    """A child in the list. `missing`: clauses, only for children who may come."""

    child: ChildRow
    age: int
    marks: tuple[Mark, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class ActivityLine:
    """A club or trip of one child."""

    activity_id: UUID
    day: date
    title: str
    words: str
    coming: bool


@dataclass(frozen=True)
class ChildPicture:
    """Everything the view of one child shows.

    Attributes:
        privacy: the person may go on to the Privacy screen. whole: they may see families; where not, what is left
            blank is not theirs to see, and is not shown.
    """

    detail: ChildDetail
    row: ChildRow
    today: date
    age: int
    marks: tuple[Mark, ...]
    missing: tuple[str, ...]
    activities: tuple[ActivityLine, ...]
    history: tuple[Happening, ...]
    privacy: bool = False
    whole: bool = True


@dataclass(frozen=True)
class Home:
    """A family to choose: its id and the words it is chosen by."""

    id: UUID
    words: str


def read_list(uow: Any) -> tuple[ListRow, ...]:
    """Every child, by surname; a handful of statements whatever their number."""
    today: date = uow.clock.today()
    contacts = people.contacts_for(uow)
    doctors = {one.id: one.gp for one in people.day_children(uow).values()}
    whole = uow.actor.may(Permission.SEE_FAMILIES)
    return tuple(
        ListRow(
            child,
            age_on(child.birth_date, today),
            marks_of(child),
            missing(child, doctors.get(child.id, ""), contacts.get(child.family_id, ()), today, whole=whole),
        )
        for child in people.children(uow)
    )


def missing(
    child: ChildRow, gp: str, contacts: tuple[Contact, ...], today: date, *, whole: bool = True
) -> tuple[str, ...]:
    """What the record lacks for a day out; nothing is chased for children who have left.

    `whole` False: when the details were last gone over is not seen, so nothing is said of it.
    """
    if child.status in LEFT:
        return ()
    facts = ChildFacts(
        child.id, child.called, medicine_expires=child.medicine_expires, gp=gp,
        contacts=sum(bool(one.phone or one.other_phone) for one in contacts),
        details_checked=child.details_checked if whole else today,
    )  # fmt: skip
    return missing_for_day(facts, today)


def read_child(uow: Any, child_id: UUID) -> ChildPicture:
    """One child with all that its view shows. Raises NotFound."""
    today: date = uow.clock.today()
    detail = people.child(uow, child_id)
    row = next((one for one in people.children(uow) if one.id == child_id), None)
    if row is None:
        raise NotFound("This child’s record was erased.", "Only figures count the child now.")
    whole = uow.actor.may(Permission.SEE_FAMILIES)
    around = [one.id for one in detail.contacts]
    around += [one.id for one in (*detail.may_collect, *detail.must_not_collect)]
    return ChildPicture(
        detail=detail,
        row=row,
        today=today,
        age=age_on(detail.child.birth_date, today),
        marks=marks_of(row),
        missing=missing(row, detail.child.gp, detail.contacts, today, whole=whole),
        activities=_activities(uow, child_id, today),
        history=happenings(what_changed(uow, child_id, detail.family.id, *around), child_id),
        privacy=uow.actor.may(Permission.EDIT_FAMILIES),
        whole=whole,
    )


def read_homes(uow: Any) -> tuple[Home, ...]:
    """Every family with children, by the words it is chosen by: its children, then its address."""
    return tuple(
        Home(home.id, ", ".join(part for part in (*(name for _id, name in home.children), home.address) if part))
        for home in people.families(uow)
        if home.children
    )


def _activities(uow: Any, child_id: UUID, today: date) -> tuple[ActivityLine, ...]:
    bookings = {one.activity_id: one for one in programme.bookings_of_child(uow, child_id)}
    came = {one.activity_id: one.outcome for one in outcomes(uow, last=today) if one.child_id == child_id}
    if not bookings and not came:
        return ()
    lines = _lines(programme.activities(uow), bookings, came, today)
    coming = [line for line in lines if line.coming]
    return (*coming, *reversed([line for line in lines if not line.coming]))


def _lines(
    every: Iterable[ActivityRow], bookings: Mapping[UUID, BookingRow], came: Mapping[UUID, Outcome], today: date
) -> list[ActivityLine]:
    """What the child was booked on, and what it came to without a booking."""
    return [
        _line(row, bookings.get(row.id), came.get(row.id, Outcome.NONE), today)
        for row in every
        if row.id in bookings or row.id in came
    ]


def _line(row: ActivityRow, booking: BookingRow | None, came: Outcome, today: date) -> ActivityLine:
    past = row.day < today
    words = outcome_words(came) or (booking_words(booking, past) if booking is not None else "On the register")
    return ActivityLine(row.id, row.day, row.title, words, not past)
