"""Rows that may be somebody the club already has, under another Ref or spelling: asked about, never merged silently."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from models.intake.clean import folded
from models.intake.typed import AdultRow, ChildRow

# Jaro-Winkler of slips ("Nimah"/"Niamh" 0.95) against different short names of twins ("Mia"/"Max" 0.60).
LIKE_NAME = 0.88
SAME_NAME = 0.97


@dataclass(frozen=True)
class Person:
    """A child or an adult, in the little that tells people apart.

    Attributes:
        key: as the typed row's; a person is never like itself.
        ref: what a list calls it.
        first, last: names; known_as another first name, "" for none.
        family: texts two siblings share (phone, address, parent), in any form.
    """

    key: str
    ref: str
    first: str
    last: str
    dob: date | None
    known_as: str = ""
    family: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ask:
    """One question: is this row that person?

    Attributes:
        ref, row: the new row's.
        reason: why it is asked, one plain sentence.
        like: the ref and name of the person it may be.
        like_key: that person's key.
    """

    ref: str
    row: int
    reason: str
    like: str
    like_key: str


def child_person(row: ChildRow) -> Person:
    """A child of the tracker as `likely` compares it."""
    family = (row.tel_1, row.tel_2, f"{row.address} {row.postcode}" if row.address else "", row.carer)
    return Person(row.key, row.ref, row.first_name, row.surname, row.dob, row.known_as, family)


def adult_person(row: AdultRow) -> Person:
    """An adult of the team as `likely` compares it; the mobile stands for the family."""
    first, _, last = row.name.rpartition(" ")
    return Person(row.key, row.name, first or last, last if first else "", row.dob, family=(row.mobile,))


def likely(rows: Sequence[ChildRow | AdultRow], existing: Iterable[Person]) -> list[Ask]:
    """A question for each row that is new (its key is not there) and like somebody there or on an earlier row."""
    people = list(existing)
    there = {person.key for person in people}
    index = _Index(people)
    asks = []
    for row in rows:
        person = child_person(row) if isinstance(row, ChildRow) else adult_person(row)
        if person.key in there:
            continue
        for other in index.near(person):
            reason = _alike(person, other)
            if reason:
                asks.append(Ask(row.ref, row.row_number, reason, _label(other), other.key))
                break
        index.add(person)
    return asks


def may_be(name: str, person: Person) -> bool:
    """Whether somebody who writes that name beside a Ref may mean this person: a first name of theirs, or less.

    A surname alone does not tell: a brother’s or sister’s Ref is the likeliest slip.
    """
    written = folded(name).split()
    first = {word for each in (person.first, person.known_as) for word in folded(each).split()}
    if not set(written) - first - set(folded(person.last).split()):
        return True
    return any(_likeness(word, theirs) >= LIKE_NAME for word in written for theirs in first)


def _label(person: Person) -> str:
    name = f"{person.first} {person.last}".strip()
    return name if name == person.ref else f"{person.ref} {name}"


class _Index:
    """Only people who share a birth date, a family or a name are compared: thousands stay quick."""

    def __init__(self, people: Iterable[Person]) -> None:
        self._by: dict[object, list[Person]] = defaultdict(list)
        for person in people:
            self.add(person)

    def add(self, person: Person) -> None:
        for trait in _traits(person):
            self._by[trait].append(person)

    def near(self, person: Person) -> list[Person]:
        found = {other.key: other for trait in _traits(person) for other in self._by.get(trait, ())}
        return [other for key, other in found.items() if key != person.key]


def _traits(person: Person) -> set[object]:
    names = " ".join(sorted(folded(f"{person.first} {person.last}").split()))
    return {names, *_family(person), *([person.dob] if person.dob else [])}


def _family(person: Person) -> set[str]:
    """A phone's digits, or the words of an address or a parent's name."""
    found = set()
    for text in person.family:
        digits = "".join(letter for letter in text if letter.isdigit())
        found.add(digits if len(digits) >= 7 else folded(text))
    return found - {""}


def _alike(new: Person, old: Person) -> str:
    """Why two people may be one, or "" when they are not alike enough to ask."""
    same_day = new.dob is not None and new.dob == old.dob
    family = bool(_family(new) & _family(old))
    first, last = _first_likeness(new, old), _likeness(new.last, old.last)
    swapped = _sorted_names(new) == _sorted_names(old)
    if same_day and (swapped or (first >= LIKE_NAME and last >= LIKE_NAME)):
        return "The name is nearly the same and so is the birth date."
    if same_day and family and first >= LIKE_NAME:
        return "The first name, the birth date and the family are the same; the surname is not."
    if family and swapped:
        return "The name and the family are the same; the birth date is not."
    if family and first >= LIKE_NAME and last >= LIKE_NAME and _near_days(new.dob, old.dob):
        return "The name and the family are nearly the same; the birth date may be a slip."
    if swapped and _near_days(new.dob, old.dob):
        return "The name is the same; the birth date may be a slip."
    return ""


def _sorted_names(person: Person) -> list[str]:
    return sorted(folded(f"{person.first} {person.last}").split())


def _first_likeness(new: Person, old: Person) -> float:
    ours = {folded(name) for name in (new.first, new.known_as) if name}
    theirs = {folded(name) for name in (old.first, old.known_as) if name}
    return max((_likeness(one, other) for one in ours for other in theirs), default=0.0)


def _likeness(one: str, other: str) -> float:
    from rapidfuzz.distance import JaroWinkler

    a, b = folded(one), folded(other)
    return 1.0 if a == b else JaroWinkler.similarity(a, b)


def _near_days(one: date | None, other: date | None) -> bool:
    """Missing, or a single slip: one digit wrong, two digits or day and month changed over."""
    if one is None or other is None:
        return True
    if (one.year, one.day, one.month) == (other.year, other.month, other.day):
        return True
    a, b = f"{one:%d%m%Y}", f"{other:%d%m%Y}"
    differ = [at for at in range(len(a)) if a[at] != b[at]]
    return len(differ) <= 1 or (len(differ) == 2 and sorted(a[at] for at in differ) == sorted(b[at] for at in differ))
