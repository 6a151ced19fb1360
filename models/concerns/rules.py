"""What is kept of a concern, and what is not: nothing of what was seen, said or thought is written down here.

The account itself belongs in the charity's own safeguarding record or with social care; Breather keeps only enough
to know that nothing was forgotten (house policy).
"""

from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

MOST_REFERENCE = 60  # a number or a name of a file, too short for a story
MOST_WHY = 120  # so that every text still fits the page it is filled up to


@dataclass(frozen=True)
class Facts:
    """All that is kept of one concern; all of it is sealed.

    Attributes:
        child_id: the child it is about, where it is about one (it may be about an adult).
        noticed_on: the day it was noticed. told_on, told_at: when the safeguarding lead was told; the time if known.
        reference: where the account is held, such as social care's number.
        closed_on: the day nothing more was left to do; None while it is open.
        keep_until, keep_why: to when it is kept although it was kept long enough, and why; None and "" where nobody
            decided that.
    """

    child_id: UUID | None
    noticed_on: date
    told_on: date
    told_at: time | None
    reference: str
    closed_on: date | None
    keep_until: date | None = None
    keep_why: str = ""


@dataclass(frozen=True)
class Fault:
    """What is wrong with what was typed: one sentence, what to do, and the field."""

    what: str
    next_step: str
    field: str


def fault_in(facts: Facts, today: date) -> Fault | None:
    """The first thing that cannot be so, or None."""
    for day, field, words in (
        (facts.noticed_on, "noticed_on", "noticed"),
        (facts.told_on, "told_on", "passed on"),
        (facts.closed_on or today, "closed_on", "closed"),
    ):
        if day > today:
            return Fault(f"A concern cannot be {words} on a day that has not come yet.", "Check the date.", field)
    if facts.told_on < facts.noticed_on:
        return Fault("The lead cannot have been told before it was noticed.", "Check both dates.", "told_on")
    if facts.closed_on is not None and facts.closed_on < facts.told_on:
        return Fault("It cannot be closed before the lead was told.", "Check both dates.", "closed_on")
    return None
