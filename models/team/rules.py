"""Rules about adults: what their checks are good for on a day, what ends soon, and which days they usually work."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from models.kernel.dates import DAYS, MONTHS, months_later, short_with_year, years_later
from models.kernel.words import counted

DBS_YEARS = 3  # custom, not law: a certificate has no end
SAFEGUARDING_YEARS = 3  # guidance (NCVO); 2 where registered for the early years
LICENCE_CHECK_MONTHS = 6  # guidance (Community Transport Association)
HORIZON_DAYS = 60  # house policy: how far ahead To do looks


# A colleague's own affair, and the manager's: not for everybody who works on the day. That somebody is a first-aider
# and may be counted is; how to ring them, on the day they work together.
PAPERS = (
    "paid", "birth_date", "sex", "dbs_issued", "dbs_level", "safeguarding_trained", "licence", "licence_checked",
    "driving_approved", "midas_expires", "usual_days",
)  # fmt: skip
PAPERS_OF_ROW = (*PAPERS, "email", "notes")


class CheckKind(StrEnum):
    """A check or certificate with a date."""

    DBS = "DBS check"
    SAFEGUARDING = "safeguarding training"
    FIRST_AID = "paediatric first-aid certificate"
    LICENCE = "licence check"
    MIDAS = "MiDAS certificate"


@dataclass(frozen=True)
class TeamFacts:
    """An adult's checks.

    Attributes:
        name: as a sentence should say it.
        drives: drives for the club, so that licence checks concern this adult.
        left_on: from this day the adult is no longer asked.
    """

    id: UUID
    name: str
    dbs_issued: date | None = None
    safeguarding_trained: date | None = None
    first_aid_expires: date | None = None
    licence_checked: date | None = None
    midas_expires: date | None = None
    drives: bool = False
    left_on: date | None = None


@dataclass(frozen=True)
class ToDo:
    """Something of an adult's that ends: until when it is good, whether that is past, and one sentence saying so."""

    adult_id: UUID
    kind: CheckKind
    due: date
    overdue: bool
    text: str


def dbs_renewal_due(issued: date, years: int = DBS_YEARS) -> date:
    """The day the house renews a DBS check. House policy: no law dates one, so that overdue only warns."""
    return years_later(issued, years)


def safeguarding_due(trained: date, years: int = SAFEGUARDING_YEARS) -> date:
    """The day safeguarding training is to be refreshed. Guidance (NCVO; EYFS says 2 years): overdue only warns."""
    return years_later(trained, years)


def licence_check_due(checked: date, months: int = LICENCE_CHECK_MONTHS) -> date:
    """The day a driver's licence record is to be looked at again. Guidance."""
    return months_later(checked, months)


def first_aider_on(expires: date | None, day: date) -> bool:
    """Whether a paediatric first-aid certificate still holds that day, its last day included.

    A lapsed one takes away the first-aider's role and nothing else. Register condition (Childcare Register; EYFS).
    """
    return expires is not None and day <= expires


def on_the_team(left_on: date | None, day: date) -> bool:
    """Whether an adult is still asked that day."""
    return left_on is None or day < left_on


def check_warnings(
    adult: TeamFacts, day: date, dbs_years: int = DBS_YEARS, safeguarding_years: int = SAFEGUARDING_YEARS
) -> tuple[str, ...]:
    """What is overdue, or not noted at all, on that very day: clauses without a full stop; none of them blocks.

    What ends later belongs in `to_do`. House policy (DBS) and guidance (safeguarding).
    """
    return (*_dbs_warning(adult, day, dbs_years), *_safeguarding_warning(adult, day, safeguarding_years))


def _dbs_warning(adult: TeamFacts, day: date, years: int) -> tuple[str, ...]:
    if adult.dbs_issued is None:
        return (f"No DBS check is noted for {adult.name}",)
    due = dbs_renewal_due(adult.dbs_issued, years)
    if day <= due:
        return ()
    since, term = short_with_year(adult.dbs_issued), counted(years, "year")
    return (f"{adult.name}’s DBS check is from {since}; the house renews after {term}, on {short_with_year(due)}",)


def _safeguarding_warning(adult: TeamFacts, day: date, years: int) -> tuple[str, ...]:
    if adult.safeguarding_trained is None:
        return (f"No safeguarding training is noted for {adult.name}",)
    due = safeguarding_due(adult.safeguarding_trained, years)
    if day <= due:
        return ()
    since, term = short_with_year(adult.safeguarding_trained), counted(years, "year")
    again = f"it is refreshed after {term}, on {short_with_year(due)}"
    return (f"{adult.name}’s safeguarding training is from {since}; {again}",)


def to_do(
    adult: TeamFacts,
    today: date,
    horizon_days: int = HORIZON_DAYS,
    dbs_years: int = DBS_YEARS,
    safeguarding_years: int = SAFEGUARDING_YEARS,
) -> tuple[ToDo, ...]:
    """What of this adult's has ended or ends within so many days, soonest first; nothing once they have left."""
    if not on_the_team(adult.left_on, today):
        return ()
    last = today + timedelta(days=horizon_days)
    dues = ((kind, due) for kind, due in _dues(adult, dbs_years, safeguarding_years) if due is not None and due <= last)
    found = (ToDo(adult.id, kind, due, due < today, _to_do_text(adult.name, kind, due, today)) for kind, due in dues)
    return tuple(sorted(found, key=lambda each: each.due))


def _dues(adult: TeamFacts, dbs_years: int, safeguarding_years: int) -> tuple[tuple[CheckKind, date | None], ...]:
    dbs, trained, looked = adult.dbs_issued, adult.safeguarding_trained, adult.licence_checked
    return (
        (CheckKind.DBS, dbs_renewal_due(dbs, dbs_years) if dbs else None),
        (CheckKind.SAFEGUARDING, safeguarding_due(trained, safeguarding_years) if trained else None),
        (CheckKind.FIRST_AID, adult.first_aid_expires),
        (CheckKind.LICENCE, licence_check_due(looked) if looked and adult.drives else None),
        (CheckKind.MIDAS, adult.midas_expires),
    )


def _to_do_text(name: str, kind: CheckKind, due: date, today: date) -> str:
    past, on = due < today, short_with_year(due)
    if kind in (CheckKind.FIRST_AID, CheckKind.MIDAS):
        return f"{name}’s {kind} {'ended' if past else 'ends'} on {on}"
    return f"{name}’s {kind} {'was' if past else 'is'} due again on {on}"


def short_names(names: Sequence[str]) -> tuple[str, ...]:
    """The first word of each name, or the whole name where two share it: Denise, Marcus Hollis, Marcus Reid."""
    firsts = [name.split()[0] if name.split() else name for name in names]
    return tuple(name if firsts.count(first) > 1 else first for name, first in zip(names, firsts, strict=True))


_NEGATION = re.compile(r"\b(?:but )?(?:not|except|excluding|never)\b")
_BREAKS = re.compile(r"[,;()\n]+")
_JOINS = re.compile(r"\b(?:and|or)\b|[&/+]")
_FILLERS = re.compile(
    r"\b(?:every|most|all|usually|in|on|the|during|for|only|from|mornings?|afternoons?|evenings?)\b|\.", re.IGNORECASE
)
_RANGE = re.compile(r"([a-z]+)\s*(?:-|–|to)\s*([a-z]+)")


def usually_works(usual_days: str, day: date, is_school_holiday: bool | None) -> bool | None:
    """Whether somebody who works "Sat and school holidays" works that day; None where the words do not say.

    Reads days, ranges (Mon-Fri), weekdays, weekends, term time, school holidays, months and "not …" of any of them,
    joined by commas, and, or. Nobody is ruled out by a word that is not read: it gives None, so that a fix may still
    offer to ask them. `is_school_holiday` may be None (not known).
    """
    wanted: list[bool | None] = []
    for part in _BREAKS.split(usual_days.lower()):
        said, *refused = _NEGATION.split(part)
        if any(_matches(word, day, is_school_holiday) for each in refused for word in _words(each)):
            return False
        wanted.extend(_matches(word, day, is_school_holiday) for word in _words(said))
    if not wanted:
        return None if not _NEGATION.search(usual_days.lower()) else True
    if True in wanted:
        return True
    return None if None in wanted else False


def _words(text: str) -> list[str]:
    return [clean for word in _JOINS.split(text) if (clean := " ".join(_FILLERS.sub(" ", word).split()))]


def _matches(word: str, day: date, is_school_holiday: bool | None) -> bool | None:
    """Whether one wording ("sat", "school holidays", "december") covers that day; None if it cannot be read."""
    if word in ("school holidays", "school holiday", "holidays", "half-terms", "half-term"):
        return is_school_holiday
    if word in ("term time", "term-time", "term", "terms"):
        return None if is_school_holiday is None else not is_school_holiday
    if word in ("any", "any day", "days", "anytime", "any time"):
        return True
    if word in ("weekdays", "weekday", "weekends", "weekend"):
        return (day.weekday() >= 5) == word.startswith("weekend")
    return _matches_calendar(word, day)


def _matches_calendar(word: str, day: date) -> bool | None:
    between = _RANGE.fullmatch(word)
    if between:
        first, last = _index(between[1], DAYS), _index(between[2], DAYS)
        return None if first is None or last is None else (day.weekday() - first) % 7 <= (last - first) % 7
    weekday, month = _index(word, DAYS), _index(word, MONTHS)
    if weekday is not None:
        return day.weekday() == weekday
    return None if month is None else day.month == month + 1


def _index(word: str, names: Sequence[str]) -> int | None:
    """Where a day or month stands, from its name, its plural or its first three letters or more."""
    stem = word[:-1] if len(word) > 3 and word.endswith("s") and word not in ("tues", "thurs") else word
    for place, name in enumerate(names):
        if len(stem) >= 3 and name.lower().startswith(stem):
            return place
    return None
