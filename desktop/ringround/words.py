"""How the ring-round says things."""

from collections.abc import Mapping, Sequence
from datetime import time
from types import MappingProxyType

from desktop.widgets.state import State
from models.kernel.dates import clock_text, short, span
from models.kernel.words import counted
from models.programme.rules import Answer, BookingStatus
from models.readiness.lines import Level
from models.readiness.ringround import Asked, Household, RingRound

LIGHT: Mapping[Level, State] = MappingProxyType({Level.OK: State.OK, Level.WARN: State.WARN, Level.BLOCK: State.BAD})
SAID: Mapping[Answer, str] = MappingProxyType(
    {
        Answer.NOT_ASKED: "Not rung yet",
        Answer.COMING: "Coming",
        Answer.NOT_COMING: "Not coming",
        Answer.NO_ANSWER: "No answer",
        Answer.RING_AGAIN: "Ring again",
    }
)
STATE: Mapping[Answer, State] = MappingProxyType(
    {
        Answer.NOT_ASKED: State.NEUTRAL,
        Answer.COMING: State.OK,
        Answer.NOT_COMING: State.OK,
        Answer.NO_ANSWER: State.WARN,
        Answer.RING_AGAIN: State.BRAND,
    }
)
ICON: Mapping[Answer, str] = MappingProxyType(
    {
        Answer.NOT_ASKED: "phone-outline",
        Answer.COMING: "check-circle",
        Answer.NOT_COMING: "close-circle-outline",
        Answer.NO_ANSWER: "phone-missed-outline",
        Answer.RING_AGAIN: "clock-outline",
    }
)
KEYS = "Keys: up and down, C coming, N not coming, A no answer, R ring again, T note, Enter next family"
CALL_KEYS = "Keys: up and down, T note, Enter next family"


def title(ring: RingRound) -> str:
    """Ring-round: December club."""
    return f"{'Calls after' if ring.over else 'Ring-round:'} {ring.activity.title}"


def progress(ring: RingRound) -> str:
    """Sat 5 Dec, 10:00–14:00 · 12 of 12 places taken, 1 waiting · 7 of 12 families answered."""
    activity = ring.activity
    when = f"{short(activity.day)}, {span(activity.starts, activity.ends)}"
    many = len(ring.households)
    if ring.over:
        done = "all called" if ring.called else "to call"
        return f"{when} · {counted(many, 'family', 'families')} did not come, no word · {done}"
    places = f"{activity.booked} booked"
    if activity.capacity is not None:
        places = f"{activity.booked} of {activity.capacity} places taken"
    if activity.waiting:
        places += f", {activity.waiting} waiting"
    return f"{when} · {places} · {ring.settled} of {counted(many, 'family', 'families')} answered"


def answer_of(child: Asked) -> str:
    """Coming · Ring again at 17:30."""
    if child.answer is Answer.RING_AGAIN and child.ring_again is not None:
        return f"Ring again at {clock_text(child.ring_again)}"
    return SAID[child.answer]


def family_answer(home: Household) -> str:
    """The answer if it is one for all; else each in turn: 1 coming, 1 not coming."""
    if home.due:
        again = min(child.ring_again for child in home.children if child.due and child.ring_again is not None)
        return f"Ring now, as agreed for {clock_text(again)}"
    said = [answer_of(child) for child in home.children]
    if len(set(said)) == 1:
        return said[0]
    return ", ".join(f"{said.count(one)} {one.lower()}" for one in dict.fromkeys(said))


def family_verdict(home: Household) -> Answer:
    """The answer that is least settled: what is still to be done for this family."""
    order = (Answer.NOT_ASKED, Answer.RING_AGAIN, Answer.NO_ANSWER, Answer.COMING, Answer.NOT_COMING)
    return min((child.answer for child in home.children), key=order.index)


def place_of(child: Asked) -> tuple[State, str]:
    """Has a place · No 2 on the waiting list · Place given up."""
    if child.status is BookingStatus.BOOKED:
        return State.OK, "Has a place"
    if child.status is BookingStatus.WAITING:
        return State.WARN, f"No {child.position} on the waiting list"
    return State.NEUTRAL, "Place given up"


def happened(children: Sequence[Asked], whole: str, said: Answer, again: time | None) -> str:
    """Niamh and Théo Osei: ring again at 17:30."""
    words = SAID[said].lower() + (f" at {clock_text(again)}" if again is not None else "")
    return f"{children[0].name if len(children) == 1 else whole}: {words}"
