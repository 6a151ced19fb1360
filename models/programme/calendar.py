"""The year around the programme: bank holidays, school terms and what they mean for a day one has in mind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from models.kernel.dates import DAYS, day_and_month, short

_FRIDAY, _SATURDAY, _SUNDAY = 4, 5, 6
_LONGEST_BREAK = timedelta(days=60)  # summer is about 45 days; a longer gap between known terms hides a term
_SHORTEST_BREAK = timedelta(days=7)  # no break between terms is shorter
_GOOD_FRIDAY = "Good Friday"
_OUR_WORDS = {
    "New Year's Day": "New Year’s Day",
    "May Day": "Early May bank holiday",
    "Spring Bank Holiday": "Spring bank holiday",
    "Late Summer Bank Holiday": "Summer bank holiday",
}


@dataclass(frozen=True)
class TermFacts:
    """A school term with its half-term, as the council published it or the office typed it; all days included."""

    name: str
    starts: date
    ends: date
    half_starts: date | None = None
    half_ends: date | None = None


def bank_holidays(*years: int) -> dict[date, str]:
    """The bank holidays of England in those years, in order of date, with their names.

    Law (Banking and Financial Dealings Act 1971, and days proclaimed for one year). A holiday at a weekend is left out:
    its substitute on a weekday is the bank holiday.
    """
    from holidays import country_holidays

    found = country_holidays("GB", subdiv="ENG", years=years, language="en_GB")
    return {day: _named(found[day]) for day in sorted(found) if day.weekday() <= _FRIDAY}


def _named(name: str) -> str:
    plain = name.removesuffix(" (observed)")
    return _OUR_WORDS.get(plain, plain) + (" (substitute day)" if plain != name else "")


def is_school_holiday(day: date, terms: Sequence[TermFacts]) -> bool | None:
    """Whether schools are closed for a break that day; None where the kept terms do not say.

    A half-term is a holiday; a plain weekend in term is not. Terms are facts that councils publish: nothing is guessed
    but that August is always a holiday, and that at least a week lies between terms.
    """
    for term in terms:
        if term.starts <= day <= term.ends:
            return _in_half_term(day, term)
    if day.month == 8:
        return True
    ended = max((term.ends for term in terms if term.ends < day), default=None)
    begins = min((term.starts for term in terms if term.starts > day), default=None)
    if ended and begins and begins - ended <= _LONGEST_BREAK:
        return True
    beside = (ended and day - ended <= _SHORTEST_BREAK) or (begins and begins - day <= _SHORTEST_BREAK)
    return True if beside else None


def _in_half_term(day: date, term: TermFacts) -> bool:
    return term.half_starts is not None and term.half_ends is not None and term.half_starts <= day <= term.half_ends


def hints(day: date, terms: Sequence[TermFacts], holidays: Mapping[date, str]) -> tuple[str, ...]:
    """What is worth knowing about a day before a club or trip is put there: plain sentences, none of them a refusal.

    `holidays` as `bank_holidays` gives them, for the years of that day's week. House policy: clubs keep off
    bank-holiday weekends and the two ends of half-term.
    """
    return (*_bank_holiday_hints(day, holidays), *_half_term_hints(day, terms), *_term_hints(day, terms))


def _bank_holiday_hints(day: date, holidays: Mapping[date, str]) -> tuple[str, ...]:
    if day in holidays:
        return (f"{short(day)} is a bank holiday: {holidays[day]}.",)
    if day.weekday() not in (_SATURDAY, _SUNDAY):
        return ()
    friday = day - timedelta(days=day.weekday() - _FRIDAY)
    if holidays.get(friday) == _GOOD_FRIDAY:
        return (f"This is Easter {DAYS[day.weekday()]}. Families may be away.",)
    beside = [near for near in (friday, friday + timedelta(days=3)) if near in holidays]
    if not beside:
        return ()
    return (f"This is a bank-holiday weekend: {short(beside[0])} is {_the(holidays[beside[0]])}.",)


def _the(holiday: str) -> str:
    return f"the {holiday}" if "holiday" in holiday or "(" in holiday else holiday


def _half_term_hints(day: date, terms: Sequence[TermFacts]) -> tuple[str, ...]:
    """For a weekend at either end of a half-term."""
    said = []
    for term in terms:
        if term.half_starts and 0 < (term.half_starts - day).days <= 2:
            said.append(f"Half-term starts on {short(term.half_starts)}. Families may be away.")
        if term.half_ends and 0 < (day - term.half_ends).days <= 2:
            said.append(f"Half-term ended on {short(term.half_ends)}. Families may be away.")
    return tuple(said)


def _term_hints(day: date, terms: Sequence[TermFacts]) -> tuple[str, ...]:
    for term in terms:
        if term.starts <= day <= term.ends:
            if _in_half_term(day, term):
                return (f"It is half-term ({term.name}).",)
            return (f"It is in term ({term.name}, until {day_and_month(term.ends)}).",)
    if is_school_holiday(day, terms):
        return ("It is in the school holidays.",)
    return ("No school term is kept for this day.",)
