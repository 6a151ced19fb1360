"""Rules about what is held of a child: when an answer is due, what of it to think about, and how long it is kept."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType

from models.kernel.dates import age_on, months_later, years_later
from models.programme.rules import COUNTING_AGE

BLANKED = "[blanked out]"
ANSWER_MONTHS, MORE_MONTHS = 1, 2
GROWN_UP = 25  # age at which a file with a safeguarding history goes
_SATURDAY = 5


def answer_due(received: date, holidays: Collection[date], *, complex_request: bool = False) -> date:
    """The last day to answer somebody who asks what is held: one calendar month from the day it came.

    3 September gives 3 October; where that day is missing, the last of the month; at a weekend or on a bank holiday,
    the next working day. Two months more where the request is complex. Law (UK GDPR article 12; ICO's reading of it).
    """
    due = months_later(received, ANSWER_MONTHS + (MORE_MONTHS if complex_request else 0))
    while due.weekday() >= _SATURDAY or due in holidays:
        due += timedelta(days=1)
    return due


class Proposal(StrEnum):
    """What the rules make of one line, for a person to decide."""

    GIVE = "give"
    THIRD_PARTY = "names somebody else"
    OTHER_PARENT = "the other parent’s address"
    HARM = "may do serious harm"
    CARED_FOR = "health of the person cared for"
    SAFEGUARDING = "safeguarding"
    LEGAL = "legal advice or court"
    HOLD = "hold back until asked about"


class Decision(StrEnum):
    """What a person decided about one line."""

    GIVE = "give"
    BLANK = "blank out"
    LEAVE_OUT = "leave out"


WHY: Mapping[Proposal, str] = MappingProxyType(
    {
        Proposal.GIVE: "",
        Proposal.THIRD_PARTY: "This tells of somebody else. Give it if they agree, or if it is fair without asking.",
        Proposal.OTHER_PARENT: "Where somebody lives or can be rung, who is not the person asking.",
        Proposal.HARM: "Knowing this might do somebody serious harm.",
        Proposal.CARED_FOR: "This is about the health of the person the child cares for.",
        Proposal.SAFEGUARDING: "This may be about keeping a child safe. Ask the safeguarding lead before giving it.",
        Proposal.LEGAL: "This speaks of a court or of legal advice. Ask before giving it.",
        Proposal.HOLD: "This keeps the child safe while it is secret.",
    }
)


@dataclass(frozen=True)
class Known:
    """Names to look for in a text.

    Attributes:
        child: every name of the child asked about: these are never somebody else.
        asker: the name of the person asking. others: names of everybody else on file who is not of the team.
        firsts: their first names and the like: looked for as they are written, for some are words too.
        reach: where the person asking lives and can be rung, which is no news to them.
    """

    child: frozenset[str]
    asker: str
    others: frozenset[str]
    firsts: frozenset[str] = frozenset()
    reach: frozenset[str] = frozenset()

    @cached_property
    def pattern(self) -> re.Pattern[str] | None:
        """Finds every name of somebody else, the longest first."""
        own = self.child | {self.asker, *self.asker.split()}
        whole, firsts = self.others - own, {one for one in self.firsts - own if len(one) > 1}
        loose = [(one, f"(?i:{quoted(one)})") for one in whole if one]
        exact = [(one, quoted(each)) for one in firsts for each in {one, one.upper()}]
        alike = [words for _, words in sorted({*loose, *exact}, key=lambda one: (-len(one[0]), one))]
        return re.compile(rf"(?<!\w)(?:{'|'.join(alike)})(?!\w)") if alike else None


@dataclass(frozen=True)
class Proposed:
    """What the rules make of a line, and the words to blank out where it names somebody."""

    what: Proposal
    words: tuple[str, ...] = ()


_SERIOUS: Sequence[tuple[Proposal, re.Pattern[str]]] = (
    (
        Proposal.SAFEGUARDING,
        re.compile(
            r"\b(?:safeguarding (?:concern|referral|lead)|child protection|social worker|social care|MASH|LADO|"
            r"section 47|strategy meeting|at risk|neglect\w*|abus\w+|disclos\w+|child in need|early help|"
            r"looked after)\b",
            re.IGNORECASE,
        ),
    ),
    (
        Proposal.HARM,
        re.compile(
            r"\b(?:violen\w+|threat\w*|refuge|injunction|non-molestation|stalk\w*|suicid\w*|self-?harm\w*|hit(?:s|ting)?|"
            r"assault\w*|afraid of|scared of|restraining order|prison|police)\b",
            re.IGNORECASE,
        ),
    ),
    (
        Proposal.LEGAL,
        re.compile(r"\b(?:solicitors?|legal advice|court|barrister|tribunal|lawyers?)\b", re.IGNORECASE),
    ),
    (
        Proposal.CARED_FOR,
        re.compile(
            r"\b(?:(?:mum|mother|dad|father|parent|brother|sister|sibling|gran\w*|nan|carer)(?:’s|'s)?\s+(?:\w+\s+){0,4}"
            r"(?:ill\w*|depress\w*|anxi\w*|cancer|MS|bipolar|addict\w*|alcohol\w*|drink\w*|disab\w*|hospital|diagnos\w*|"
            r"stroke|epilep\w*|dementia|schizo\w*|medication))\b",
            re.IGNORECASE,
        ),
    ),
)  # fmt: skip


_REACH = re.compile(
    r"(?<!\w)(?:(?:\+44|0)\d[\d ]{7,12}\d|[A-Z]{1,2}\d[\dA-Z]? ?\d[A-Z]{2}|"
    r"\d+[A-Za-z]? (?:[A-Z][\w’'-]+ ){1,3}(?:Road|Street|Lane|Avenue|Close|Drive|Way|Court|House|Gardens|Crescent|"
    r"Terrace|Place|Square|Grove|Hill|Rd|St|Ave)|[\w.+-]+@[\w-]+\.[\w.]+)(?!\w)"
)
"""A telephone number, a postcode, a house in a street, an e-mail address."""
_A_RELATIVE = re.compile(
    r"(?<!\w)(?i:aunt|auntie|aunty|uncle|nan|nana|gran|granny|grandma|grandad|grandpa|mr|mrs|ms|miss|cousin) "
    r"(?P<name>[A-Z][\w’'-]+)"
)
"""Somebody who need not be on file: Auntie Jo."""


def propose(text: str, known: Known) -> Proposed:
    """What to think about before this text is given: the gravest that its words point to. A person decides."""
    words = _others_in(text, known)
    for what, pattern in _SERIOUS:
        if pattern.search(text):
            return Proposed(what, words)
    if _REACH.search(blanked(text, known.reach, "") if known.reach else text):
        return Proposed(Proposal.OTHER_PARENT, words)
    return Proposed(Proposal.THIRD_PARTY, words) if words else Proposed(Proposal.GIVE)


def _others_in(text: str, known: Known) -> tuple[str, ...]:
    names = {_folded(one): one for one in (*known.firsts, *known.others)}  # as they are on file
    own = [one.span() for name in known.child for one in _whole(name).finditer(text)]
    found = set[str]()
    for one in known.pattern.finditer(text) if known.pattern else ():
        # A neighbour called Smith is not meant where a child is called Smith-Jones.
        if not any(start <= one.start() and one.end() <= end for start, end in own):
            found.add(names[_folded(one.group())])
    found |= {one.group() for one in _A_RELATIVE.finditer(text) if one.group("name") not in known.asker.split()}
    return tuple(sorted(found, key=lambda name: (-len(name), name)))


def named_in(text: str, names: Collection[str]) -> tuple[str, ...]:
    """Which of these names stand in the text as whole words, the longest first."""
    found = [name for name in names if name and _whole(name).search(text)]
    return tuple(sorted(found, key=lambda name: (-len(name), name)))


def blanked(text: str, words: Collection[str], bar: str = BLANKED) -> str:
    """The text with these words blanked out; without any, nothing of it is left to read.

    What stands in their place is always the same, so that its length tells nothing.
    """
    if not words:
        return bar
    for word in sorted(words, key=len, reverse=True):
        text = _whole(word).sub(bar, text)
    return text


def _whole(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){quoted(name)}(?!\w)", re.IGNORECASE)


_QUOTES = "'’‘ʼ`´"


def quoted(name: str) -> str:
    """A name as a pattern that means itself, with whatever apostrophe: O'Brien is O’Brien."""
    return re.sub(f"[{_QUOTES}]", f"[{_QUOTES}]", re.escape(name))


def _folded(name: str) -> str:
    return re.sub(f"[{_QUOTES}]", "’", name.casefold())


class WhyErased(StrEnum):
    """Why a child's record is erased."""

    ASKED = "the family asked for it"
    TIME_UP = "it was kept long enough"
    MISTAKE = "it should never have been kept"


class WhyAdultErased(StrEnum):
    """Why what is held of an adult is erased."""

    ASKED = "they asked for it"
    TIME_UP = "it was kept long enough"
    MISTAKE = "it should never have been kept"


class Keep(StrEnum):
    """What is kept for how long."""

    CHILD_FILE = "child files"
    SAFEGUARDING_FILE = "child files with a safeguarding history"
    NEVER_STARTED = "referrals that came to nothing"
    ADULTS = "adults who left"
    CONSENTS = "consents"
    REGISTERS = "registers"
    IMPORTS = "lines of spreadsheets"
    JOURNAL = "history of changes"
    PACKS = "numbers of trip packs"
    REQUESTS = "requests to see what is held"
    DOOR = "what happened at the door"


@dataclass(frozen=True)
class Span:
    """How long: `months` from the day `starts` says; `basis` is why, as shown; `fixed`: to an age, not a span."""

    months: int
    starts: str
    basis: str
    fixed: bool = False


SPANS: Mapping[Keep, Span] = MappingProxyType(
    {
        Keep.CHILD_FILE: Span(72, "the child has left", "Guidance: six years after leaving, while claims can be made."),
        Keep.SAFEGUARDING_FILE: Span(
            GROWN_UP * 12, "the child was born", "Guidance: to the 25th birthday where the file has a safeguarding "
            "history. Abuse records are kept longer still: ask before they go.", fixed=True,
        ),
        Keep.NEVER_STARTED: Span(12, "the referral", "House policy: nobody came, so nothing needs to be shown later."),
        Keep.ADULTS: Span(
            72, "the adult has left", "Guidance: the date and level of a DBS check go six years after somebody "
            "left; a copy of the certificate is never kept. An allegation about an adult is kept longer."
        ),
        Keep.CONSENTS: Span(36, "it ran out", "Guidance: three years after a consent ends."),
        Keep.REGISTERS: Span(
            36, "the day", "Guidance: three years, with the risk assessment; longer where somebody was hurt that day.",
        ),
        Keep.IMPORTS: Span(24, "it was brought in", "House policy: the next import is compared with it."),
        Keep.JOURNAL: Span(72, "the change", "House policy: as long as a child’s file."),
        Keep.PACKS: Span(36, "it was back or shredded", "House policy: as long as the register of that day."),
        Keep.REQUESTS: Span(36, "it was answered", "House policy: to show that it was answered, and how."),
        Keep.DOOR: Span(36, "it happened", "House policy: as long as registers, to show who came to the file."),
    }
)  # fmt: skip
LEAST_MONTHS, MOST_MONTHS = 1, 1200
RETIRES_AT, ALLEGATION_YEARS = 67, 10
GROWN_UP_THEN = date(1900, 1, 1)


def keep_until(kind: Keep, start: date, months: int) -> date:
    """The first day on which it need not be kept. `start` is what the kind's span counts from."""
    if SPANS[kind].fixed:
        return years_later(start, months // 12)
    return months_later(start, months)


def allegation_until(birth: date | None, today: date) -> date:
    """How long an allegation about an adult is kept at least: to normal retirement age or ten years, the longer.

    Without a date of birth, ten years. Guidance.
    """
    years = years_later(today, ALLEGATION_YEARS)
    return years if birth is None else max(years, years_later(birth, RETIRES_AT))


ABUSE_YEARS = 75
"""How long records of child sexual abuse are to be kept, with reviews (recommended by the inquiry into it, IICSA)."""


class WhyDecide(StrEnum):
    """Why a safeguarding lead is asked whether a concern stays."""

    GROWN_UP = "the child is grown up"
    ERASED = "the child’s record was erased"
    OLD = "it is about no child, and old"


def concern_until(birth: date | None, noticed_on: date, months: int) -> date:
    """The day from which a concern need not be kept: the child's 25th birthday, or a later one the club's own `months`
    give. Without a child ten years from the day it was noticed, as for an allegation about an adult. Guidance.
    """
    if birth is None:
        return years_later(noticed_on, ALLEGATION_YEARS)
    return years_later(birth, max(GROWN_UP, months // 12))


def birth_left(birth: date | None, days: Collection[date]) -> date | None:
    """What is left of the date of birth of an adult who is erased: enough that old ratios count whom they counted.

    `days` are those they helped on. Somebody who was 18 on all of them, or on none, leaves nothing of their own.
    """
    if birth is None or not days:
        return birth and GROWN_UP_THEN
    grown = [day for day in days if age_on(birth, day) >= COUNTING_AGE]
    if len(grown) == len(days):
        return GROWN_UP_THEN
    return years_later(min(grown), -COUNTING_AGE) if grown else None
