"""How the screens of children say things."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.widgets.state import State
from models.people.queries import ChildRow
from models.people.rules import ChildFacts, SeeKind, SeeLevel, see_marks
from models.programme.queries import BookingRow
from models.programme.rules import Answer, BookingStatus
from models.registers.rules import Outcome

ONE_TO_ONE = {0: "", 1: "Needs one adult alone", 2: "Needs two adults alone"}


@dataclass(frozen=True)
class Mark:
    """Something to see about a child: a picture, a colour, and the words that say the same."""

    icon: str
    state: State
    words: str


def marks_of(child: ChildRow) -> tuple[Mark, ...]:
    """What to see about a child, gravest first; all the medical words stand under one picture."""
    known = ChildFacts(
        child.id, child.called, child.allergies, child.medical,
        one_to_one=child.one_to_one, must_not_collect=child.must_not,
    )  # fmt: skip
    seen = see_marks(known)
    medical = [mark for mark in seen if mark.kind is SeeKind.MEDICAL]
    marks = []
    if medical:
        grave = any(mark.level is SeeLevel.RED for mark in medical)
        words = "; ".join(mark.text for mark in medical)
        icon = "hospital-box" if grave else "medical-bag"
        marks.append(Mark(icon, State.BAD if grave else State.WARN, words))
    if child.must_not:
        marks.append(Mark("account-cancel", State.BAD, "Somebody must not collect"))
    if child.one_to_one:
        marks.append(Mark("account-heart-outline", State.WARN, ONE_TO_ONE[child.one_to_one]))
    if child.wheelchair:
        marks.append(Mark("wheelchair-accessibility", State.NEUTRAL, "Uses a wheelchair"))
    return tuple(marks)


def first_up(text: str) -> str:
    """The sentence with a capital first: no GP -> No GP."""
    return text[:1].upper() + text[1:]


SHORT = (
    ("no GP", "GP"),
    ("no second", "Second contact"),
    ("nobody", "Contacts"),
    ("details", "Details to go over"),
    ("the medicine", "Medicine date"),
)
"""How a clause of what is missing begins, and what a cell calls it."""


def missing_words(missing: Sequence[str]) -> str:
    """What is missing in a word or two; several are counted."""
    if len(missing) > 1:
        return f"{len(missing)} things"
    return next((short for clause in missing for begins, short in SHORT if clause.startswith(begins)), "".join(missing))


def missing_state(missing: Sequence[str]) -> State | None:
    """Amber where the day could go wrong; a details check alone is a plain reminder."""
    if not missing:
        return None
    return State.NEUTRAL if all(clause.startswith("details") for clause in missing) else State.WARN


def booking_words(booking: BookingRow, past: bool) -> str:
    """Where a child's place stands: Coming, Booked, Waiting list 2."""
    if booking.status is BookingStatus.WAITING:
        return f"Waiting list, place {booking.position}" if booking.position else "Waiting list"
    if booking.status is not BookingStatus.BOOKED:
        return first_up(str(booking.status))
    if past or booking.answer is Answer.NOT_ASKED:
        return "Booked"
    return first_up(str(booking.answer))


def outcome_words(outcome: Outcome) -> str:
    """What a past day came to for a child, as its register says; "" where the register says nothing."""
    return {
        Outcome.PRESENT: "Came",
        Outcome.LATE: "Came late",
        Outcome.ABSENT: "Did not come, said so",
        Outcome.NO_SHOW: "Did not come, no word",
    }.get(outcome, "")
