"""Concerns in words, as the list and the form say them."""

from typing import TYPE_CHECKING

from models.concerns.queries import ConcernRow
from models.concerns.rules import Facts
from models.kernel.dates import clock_text, short_with_year
from models.kernel.words import counted
from models.privacy.rules import ABUSE_YEARS, WhyDecide
from models.privacy.sealed import Waiting

if TYPE_CHECKING:
    from models.access.last_holder import Paper

NOT_HERE = (
    "What was seen, said or done is not kept here, on purpose. Write that in your safeguarding record. "
    "Here you only keep when it was noticed, that the lead was told, and where the record is."
)
WHO_SEES = "Only safeguarding leads can open this page. Managers cannot: a concern may be about one of them."
KEY = (
    "Concerns have a key of their own, which only safeguarding leads hold. If the last of you forgot your password, "
    "they could not be read again. So copy its recovery key down by hand, and keep it where no manager can read it."
)
WRITE_DOWN = "Write it down by hand and seal it in an envelope, apart from the recovery key of the file."
HAND_ON = "They can then open every concern, those from before too, with their own password."
NO_LEADS = "There is no other safeguarding lead. A manager can make somebody one, under People who can sign in."
LOST = (
    "Nobody has the key of concerns any more. Its recovery key, on paper, opens them again. If that paper is lost too, "
    "you can begin anew."
)
ANEW = "Begin anew without the older concerns"
PAPER_LOST = "Is the paper lost too? Then nobody can read the concerns from before."
ANEW_MEANS = (
    (
        "They stay in the list as “Sealed with an earlier key”. Should its paper turn up after all, it opens them. "
        "Your safeguarding record still has what happened."
    ),
    (
        "You get a new key of concerns, and can write down new ones. This cannot be undone, and the journal says "
        "that you did it."
    ),
)
BEGUN = "The concerns begin anew. Press “Key of concerns” to copy down the new recovery key."
TYPE_KEY = "Type it off its paper. Capitals, gaps and dashes do not matter."
NO_CHILD = "Not about one child"
GONE = "A child no longer kept here"
BROKEN = "Its seal is broken"
EARLIER = "Sealed with an earlier key"
EARLIER_MEANS = (
    "This was sealed with an earlier key of concerns, which nobody holds any more: the concerns were begun anew since.",
    (
        "Should the paper of that key turn up, type it in here. It opens everything that was sealed with it. "
        "Without it, nobody can read this again. Your safeguarding record still has what happened."
    ),
)


TO_DECIDE = "To decide"
ASKED = (
    f"Records of sexual abuse are to be kept for up to {ABUSE_YEARS} years: the national inquiry, IICSA, recommends "
    "it. You decide."
)
OF_AN_ADULT = (
    "It is about no child. Something said against an adult is kept until they retire, or for ten years, whichever is "
    "longer."
)
STILL_OPEN = "It is still open. Close it first; it can be erased then."
HELD = "A legal hold stops this from being erased. Ask the manager who placed it."
NO_UNDO = "This cannot be undone, by anybody. Nothing stays but that you erased one concern, and when."
BACK_AGAIN = "If such a backup is restored, this concern comes back, and is shown here again for you to decide."
ELSEWHERE = "What you wrote in your safeguarding record, or gave to social care, is not touched."
ERASED_NOW = "The concern is erased."


def waits(number: int) -> str:
    """What the page says over the list."""
    if number == 1:
        return "One concern was kept long enough, or its child’s record was erased. Decide whether it stays."
    return f"{number} concerns were kept long enough, or their child’s record was erased. Decide whether they stay."


def why_decide(waiting: Waiting) -> str:
    """Why it is asked about."""
    day = short_with_year(waiting.since) if waiting.since else ""
    if waiting.why is WhyDecide.ERASED:
        return f"The child’s record was erased{f' on {day}' if day else ''}. Decide whether this stays."
    if waiting.why is WhyDecide.OLD:
        return f"Kept long enough since {day}. {OF_AN_ADULT}"
    return f"Kept long enough since {day}, the child’s birthday up to which it is kept."


def kept(facts: Facts) -> str:
    """That it was kept longer, to when and why; "" where nobody decided that."""
    if facts.keep_until is None:
        return ""
    return f"Kept until {short_with_year(facts.keep_until)}: {facts.keep_why}"


def about(row: ConcernRow) -> str:
    """Whom it is about."""
    if row.facts is None:
        return EARLIER if row.earlier else BROKEN
    if row.facts.child_id is None:
        return NO_CHILD
    return row.child or GONE


def told(facts: Facts | None) -> str:
    """When the lead was told: 5 Dec 2026, 10:42."""
    if facts is None:
        return ""
    day = short_with_year(facts.told_on)
    return f"{day}, {clock_text(facts.told_at)}" if facts.told_at else day


def noticed(facts: Facts | None) -> str:
    """When it was noticed."""
    return short_with_year(facts.noticed_on) if facts else ""


def standing(row: ConcernRow, waiting: Waiting | None) -> str:
    """Whether there is more to do about it."""
    if waiting is not None:
        return TO_DECIDE
    if row.facts is None:
        return "Sealed" if row.earlier else "Cannot be read"
    return "Closed" if row.facts.closed_on else "Open"


def sealed_for_good(number: int, paper: "Paper | None") -> tuple[str, ...]:
    """What beginning anew does to the concerns there are, and where their key may be yet."""
    if not number:
        return ("No concern is written down yet, so none is lost.",)
    them = "The one concern from before stays" if number == 1 else f"The {number} concerns from before stay"
    first = f"{them} sealed: nobody can read {'it' if number == 1 else 'them'} without the paper."
    if paper is None:
        return (first, "As far as Breather knows, their recovery key was never copied down.")
    return (first, f"Look for the paper first: {paper.words}.")


def brought_back(number: int) -> str:
    """What is said once an earlier key opened some."""
    return f"{counted(number, 'concern')} can be read again."


def spoken(row: ConcernRow, waiting: Waiting | None) -> str:
    """What a screen reader says for a row."""
    day = noticed(row.facts) or "on a day that cannot be read"
    return f"{about(row)}, noticed {day}, {standing(row, waiting).lower()}"
