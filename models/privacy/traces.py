"""Where a name stands in what other records say, and what is written in its place."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from models.kernel.dates import DAYS, MONTHS
from models.privacy.rules import quoted
from models.storage.erasing import ERASED_WORDS

IN_ITS_PLACE = ERASED_WORDS
_NUMBER = re.compile(r"(?:\+44[\s().-]*)?\(?\d(?:[\s().-]*\d){6,14}")
_GAP = r"[\s().-]*"
_SHORTEST = 3  # letters: anything shorter is a word, or short for something, too often

# First names that are words too, and words that stand where a name is expected: only ever looked for.
_NAMES_AND_WORDS = (
    "will mark rose joy hope faith grace summer autumn ivy lily daisy robin jack bill frank art dean drew jade amber "
    "ruby pearl olive holly dawn eve bay bonnie brook carol chase clay cliff dale dot earl gene glen guy heath iris "
    "jasmine jean kit lane lance max melody mercy miles nick page pat patience penny pip poppy ray rich rob rusty "
    "sandy sky star sunny terry tilly victor violet young king prince noble major"
)
_INSTEAD_OF_NAMES = (
    "mum mummy dad daddy mrs miss nan nana gran granny grandma grandad aunt auntie uncle mother father parent parents "
    "carer brother sister emergency contact home work school neighbour friend family step foster the and for"
)
_WORDS_TOO = frozenset(_NAMES_AND_WORDS.split()) | frozenset(_INSTEAD_OF_NAMES.split())


@dataclass(frozen=True)
class Traces:
    """What tells of a child, and of the people who go with it.

    Attributes:
        whole: full names, references, telephone numbers, e-mail addresses, the address: taken out of every text.
        single: first names and the like that nobody else on file has, and that are no words: taken out too, where
            they are written as names.
        shared: names that somebody else on file has, or that are words of their own (May, Grace): only looked for.
    """

    whole: frozenset[str]
    single: frozenset[str]
    shared: frozenset[str]

    def taken_out(self, text: str) -> str:
        """The text without what tells."""
        return self._told.sub(IN_ITS_PLACE, text) if self._told else text

    def told_in(self, text: str) -> bool:
        """Whether the text tells."""
        return bool(self._told and self._told.search(text))

    def doubtful_in(self, text: str) -> bool:
        """Whether somebody should look whether the text means this child."""
        return bool(self._doubtful and self._doubtful.search(text))

    def anyone_in(self, text: str) -> bool:
        """Whether it tells, or might: for words that are known to be about this child."""
        return self.told_in(text) or self.doubtful_in(text)

    @cached_property
    def _told(self) -> re.Pattern[str] | None:
        return pattern_of(self.whole, self.single | {one.upper() for one in self.single})

    @cached_property
    def _doubtful(self) -> re.Pattern[str] | None:
        return pattern_of((), self.shared)


def traces_of(whole: Iterable[str], single: Iterable[str], others: Collection[str]) -> Traces:
    """Sorts names by whether they tell: `others` are the names of everybody else on file, in small letters."""
    words = {word for name in others for word in name.split()} | _WORDS_TOO
    words |= {day.casefold() for day in (*DAYS, *MONTHS)}
    full, given = {one.strip() for one in whole} - {""}, {one.strip() for one in single} - {""}
    small = {one for one in given if one[:1].islower()}  # typed so; a text has it with a capital, or it may be a word
    names = given - small | {one[:1].upper() + one[1:] for one in small}
    short = {one for one in full | names if len(one) < _SHORTEST}
    doubtful = {one for one in full if one.casefold() in others} | {one for one in names if one.casefold() in words}
    doubtful |= short | small
    return Traces(frozenset(full - doubtful), frozenset(names - doubtful - full), frozenset(doubtful))


def pattern_of(whole: Collection[str], as_written: Collection[str] = ()) -> re.Pattern[str] | None:
    """Finds these as whole words, the longest first: `whole` in capitals or not, and however far apart."""
    both = [(one, True) for one in whole] + [(one, False) for one in as_written]
    if not both:
        return None
    ordered = sorted(both, key=lambda one: (-len(one[0]), one[0]))
    alike = (_alike(words, loose) for words, loose in ordered)
    return re.compile(rf"(?<!\w)(?:{'|'.join(alike)})(?!\w)")


def _alike(words: str, loose: bool) -> str:
    if _NUMBER.fullmatch(words):
        return _dialled(words)
    spaced = r"\s+".join(quoted(part) for part in words.split())
    return f"(?i:{spaced})" if loose else spaced


def _dialled(number: str) -> str:
    """A telephone number however it is spaced, from inside the country or outside."""
    digits = re.sub(r"\D", "", number)
    digits = digits.removeprefix("44") if number.lstrip().startswith("+44") else digits
    rest = rf"{_GAP}".join(digits.removeprefix("0"))
    return rf"(?:\+44{_GAP}(?:0{_GAP})?|0{_GAP}){rest}" if digits[0] == "0" or "+44" in number else rest


def in_json(value: Any, traces: Traces) -> bool:
    """Whether any text in a journal's JSON tells."""
    if isinstance(value, str):
        return traces.told_in(value)
    if isinstance(value, dict):
        return any(in_json(one, traces) for one in value.values())
    return isinstance(value, list) and any(in_json(one, traces) for one in value)


def out_of_json(value: Any, traces: Traces) -> Any:
    """The JSON without what tells."""
    if isinstance(value, str):
        return traces.taken_out(value)
    if isinstance(value, dict):
        return {name: out_of_json(one, traces) for name, one in value.items()}
    return [out_of_json(one, traces) for one in value] if isinstance(value, list) else value
