"""The words of the Privacy screen."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from desktop.widgets.state import State
from models.kernel.dates import short_with_year
from models.kernel.words import counted, listed
from models.privacy.due import Due
from models.privacy.rules import Decision, Keep, Proposal, WhyAdultErased, WhyErased

LEAD_ASKED = "I have asked the safeguarding lead"
WHY_LEAD = "They alone can see sealed concerns, and may say that this must be kept."
NO_WAY_BACK = "Once it is handed over it cannot be taken back."
NO_UNDO = "This cannot be undone, not even with Ctrl+Z."
IN_SHEETS = (
    "Take the child out of your spreadsheets too, or the next time they are brought in the child is here again. "
    "Where a backup from before is restored over this club file, Breather erases the child again."
)

IN_SHEETS_ADULT = (
    "Take them out of your spreadsheets too, or the next time those are brought in they are here again. What the team "
    "wrote elsewhere, in letters and e-mails, is yours to look for."
)
ALLEGATION = (
    "Was something said against this adult? Ask the safeguarding lead. An allegation is kept until normal retirement "
    "age or for ten years, whichever is longer: here until {} at least."
)

PROPOSALS: Mapping[Proposal, tuple[State, str]] = MappingProxyType(
    {
        Proposal.GIVE: (State.OK, "Plain"),
        Proposal.THIRD_PARTY: (State.WARN, "Somebody else"),
        Proposal.OTHER_PARENT: (State.WARN, "Where another lives"),
        Proposal.HARM: (State.BAD, "Serious harm"),
        Proposal.CARED_FOR: (State.WARN, "Health of another"),
        Proposal.SAFEGUARDING: (State.BAD, "Safeguarding"),
        Proposal.LEGAL: (State.WARN, "Court or lawyer"),
        Proposal.HOLD: (State.BAD, "Keeps the child safe"),
    }
)

DECIDED: Mapping[Decision, str] = MappingProxyType(
    {Decision.GIVE: "Give", Decision.BLANK: "Blank out", Decision.LEAVE_OUT: "Leave out"}
)

WHY_ERASED: Mapping[WhyErased, str] = MappingProxyType(
    {
        WhyErased.ASKED: "The family asked for it",
        WhyErased.TIME_UP: "It was kept long enough",
        WhyErased.MISTAKE: "It should never have been kept",
    }
)

WHY_ADULT_ERASED: Mapping[WhyAdultErased, str] = MappingProxyType(
    {
        WhyAdultErased.TIME_UP: "It was kept long enough",
        WhyAdultErased.ASKED: "They asked for it",
        WhyAdultErased.MISTAKE: "It should never have been kept",
    }
)

KEPT: Mapping[Keep, str] = MappingProxyType(
    {
        Keep.CHILD_FILE: "A child’s record",
        Keep.SAFEGUARDING_FILE: "A child’s record with a safeguarding history",
        Keep.NEVER_STARTED: "A referral that came to nothing",
        Keep.ADULTS: "An adult who left",
        Keep.CONSENTS: "A consent",
        Keep.REGISTERS: "Notes and collectors on a register",
        Keep.IMPORTS: "What spreadsheets said",
        Keep.JOURNAL: "What the history says",
        Keep.PACKS: "The number of a trip pack",
        Keep.REQUESTS: "A request to see a record",
        Keep.DOOR: "What happened at the door",
    }
)


def length(months: int) -> str:
    """6 years, 18 months."""
    if months % 12:
        return counted(months, "month")
    return counted(months // 12, "year")


def span_words(months: int, fixed: bool) -> str:
    """6 years, or an age: To age 25."""
    return f"To age {months // 12}" if fixed else length(months)


def due_words(due: date, today: date) -> tuple[State, str]:
    """How long there is to answer."""
    days = (due - today).days
    if days < 0:
        return State.BAD, f"{counted(-days, 'day')} late"
    if days == 0:
        return State.BAD, "Due today"
    return (State.WARN if days <= 7 else State.NEUTRAL), f"Due {short_with_year(due)}"


def again_words(names: Sequence[str]) -> str:
    """Who is back because a backup was restored; without names only how the sentence ends."""
    ends = "because a backup from before was restored."
    if not names:
        return ends
    are = "was erased, and is" if len(names) == 1 else "were erased, and are"
    shown = names if len(names) <= 4 else [*names[:3], f"{len(names) - 3} more"]
    return f"{listed(shown)} {are} here again, {ends}"


def erase_words(items: Sequence[Due], goes: Sequence[Due]) -> list[str]:
    """What of several things cannot be erased all at once, and why."""
    held = sum(one.held for one in items)
    files = len(items) - len(goes) - held
    found = []
    if files:
        found.append(f"{counted(files, 'record')} of people: look at what would go, one by one, and erase them there.")
    if held:
        found.append(f"{counted(held, 'thing')} under a legal hold: ask whoever placed it.")
    return found
