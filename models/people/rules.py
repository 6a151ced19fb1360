"""Rules about children and the people around them: what to see on the day, and what is missing for it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from models.kernel.dates import age_on, months_later, short_with_year
from models.kernel.words import listed

YOUNGEST, OLDEST = 5, 8  # house policy: the club is for children of 5 to 8
DETAILS_MONTHS = 6  # guidance: details are gone over with the family every six months


class ChildStatus(StrEnum):
    """Where a child stands with the club, from referral on."""

    REFERRED = "Waiting for approval"
    HOME_VISIT = "Waiting for home visit"
    WAITING = "Waiting list"
    ACTIVE = "Active"
    MOVED = "Closed - moved away"
    CLOSED = "Closed"
    OVER_AGE = "Declined - over age"
    DECLINED = "Declined"


# What only those see who may see families (domain notes, section 9): the reason a child is here, and what is wrong at
# home. A sessional worker works with the medical and collection facts of the day's own children.
CASEWORK = (
    "sex", "ethnicity", "cares_for", "condition_category", "referred_by", "referral_date", "approved_young_carers",
    "approved_family_pathways", "home_visit", "info_pack_given", "details_checked", "notes",
)  # fmt: skip
CASEWORK_OF_ROW = ("parent_carer", "details_checked")
CASEWORK_OF_CONTACT = ("email", "parent_carer")
CASEWORK_OF_COLLECTOR = ("password", "reason")
CASEWORK_OF_FAMILY = ("notes",)
# What is known of a child who is not here today by those who work on the day alone: the name, for the door.
OF_TODAY_ALONE = (
    "school", "gp", "one_to_one", "wheelchair", "height_cm", "allergies", "medical", "medicine_expires",
    "medicine_kept", "diet",
)  # fmt: skip


GONE = (ChildStatus.MOVED, ChildStatus.CLOSED, ChildStatus.DECLINED, ChildStatus.OVER_AGE)


class ContactKind(StrEnum):
    """Why a contact is on the list."""

    PARENT = "parent or carer"
    EMERGENCY = "emergency contact"


class CollectorKind(StrEnum):
    """Whether somebody may collect a child."""

    MAY = "may collect"
    MUST_NOT = "must not collect"


class SeeKind(StrEnum):
    """What a mark on a register row is about."""

    MEDICAL = "medical"
    COLLECTION = "collection"
    ONE_TO_ONE = "one to one"


class SeeLevel(StrEnum):
    """RED: it can turn grave within minutes, or nobody may get it wrong. AMBER: good to know. Never colour alone."""

    RED = "red"
    AMBER = "amber"


@dataclass(frozen=True)
class ChildFacts:
    """What matters about a child on the day.

    Attributes:
        name: as a sentence should say it.
        allergies, medical, medicine_expires, medicine_kept, gp: as the record has them.
        one_to_one: adults the child needs alone (0, 1 or 2). one_to_one_with: their names, those that are known.
        must_not_collect: whether anybody must not collect the child.
        contacts: people with a phone number who can be rung, parents and emergency contacts together.
        details_checked: when the family last went over the details.
    """

    id: UUID
    name: str
    allergies: str = ""
    medical: str = ""
    medicine_expires: date | None = None
    medicine_kept: str = ""
    gp: str = ""
    one_to_one: int = 0
    one_to_one_with: tuple[str, ...] = ()
    must_not_collect: bool = False
    contacts: int = 0
    details_checked: date | None = None


@dataclass(frozen=True)
class SeeMark:
    """A mark on a register row, for the staff view; who must not collect is never named in it."""

    kind: SeeKind
    level: SeeLevel
    text: str


def age_band_ok(birth_date: date, day: date, youngest: int = YOUNGEST, oldest: int = OLDEST) -> bool:
    """Whether a child's age that day is within the club's band, both ages included. House policy."""
    return youngest <= age_on(birth_date, day) <= oldest


def medicine_problem(expires: date | None, day: date) -> str | None:
    """A clause if the medicine is out of date that day (its last day is still good); None if not, or not dated.

    Guidance: medicine is given from its own packet, in date.
    """
    if expires is None or day <= expires:
        return None
    return f"the medicine ran out of date on {short_with_year(expires)}"


_GRAVE = re.compile(
    r"epi-?\s?pen|auto-?\s?injector|adrenalin|jext|emerade|anaphyla|epilep|seizure|buccal|midazolam|diabet|insulin|severe"
)
_NOTHING = re.compile(
    r"(?:wears )?glasses|none(?: known)?|nil|no|n/?a|nka|nkda|no known allerg(?:y|ies)|no allergies|-"
)
_PEN = re.compile(r"epi-?\s?pen|auto-?\s?injector|adrenalin|jext|emerade")
_PARTS = re.compile(r"\s+[-–—]\s+|\s*·\s*")
_POINTER = re.compile(r"see (?:the )?(?:care )?plan")


def see_marks(child: ChildFacts) -> tuple[SeeMark, ...]:
    """The marks of a register row, gravest first: EpiPen, epilepsy, diabetes and collection red, the rest amber.

    House policy. At the door only that there is a mark is shown; these words open while a key or finger is held.
    """
    marks = [*_medical_marks(child), *_collection_mark(child), *_one_to_one_mark(child)]
    return tuple(sorted(marks, key=lambda mark: mark.level is not SeeLevel.RED))


def warnings_alone(marks: Sequence[SeeMark]) -> tuple[SeeMark, ...]:
    """Those about collecting: the warning is for everybody, on any day; what is medical only on the child's day."""
    return tuple(mark for mark in marks if mark.kind is SeeKind.COLLECTION)


def _medical_marks(child: ChildFacts) -> list[SeeMark]:
    said = [(each, True) for each in _items(child.allergies)] + [(each, False) for each in _items(child.medical)]
    return [SeeMark(SeeKind.MEDICAL, _level(text), _summary(text, allergy)) for text, allergy in said]


def _collection_mark(child: ChildFacts) -> list[SeeMark]:
    if not child.must_not_collect:
        return []
    return [SeeMark(SeeKind.COLLECTION, SeeLevel.RED, "Do not release to: see lead")]


def _one_to_one_mark(child: ChildFacts) -> list[SeeMark]:
    if child.one_to_one == 0:
        return []
    who = f" with {listed(child.one_to_one_with)}" if child.one_to_one_with else ""
    return [SeeMark(SeeKind.ONE_TO_ONE, SeeLevel.AMBER, f"{child.one_to_one}:1{who}")]


def _items(text: str) -> list[str]:
    """What was written, split at semicolons and new lines, without what calls for nothing (glasses, none)."""
    items = (" ".join(each.split()) for each in re.split(r"[;\n]+", text))
    return [each for each in items if each and not _NOTHING.fullmatch(each.lower().rstrip("."))]


def _level(text: str) -> SeeLevel:
    return SeeLevel.RED if _GRAVE.search(text.lower()) else SeeLevel.AMBER


def _summary(text: str, allergy: bool) -> str:
    """Peanuts - carries EpiPen: EpiPen · peanuts. Asthma - blue inhaler: Asthma · blue inhaler. Egg: Allergy · egg."""
    parts = [part for part in _PARTS.split(text) if part and not _POINTER.fullmatch(part.lower())]
    if _PEN.search(text.lower()):
        return " · ".join(["EpiPen", *(_lower_first(part) for part in parts if not _PEN.search(part.lower()))])
    if allergy:
        parts = ["Allergy", *parts]
    return " · ".join([*parts[:1], *(_lower_first(part) for part in parts[1:])]) or text


def _lower_first(text: str) -> str:
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


_CARRIED = (
    (re.compile("inhaler"), "inhaler", "inhalers", False),
    (_PEN, "EpiPen", "EpiPens", True),
    (re.compile("diabet|insulin"), "child with diabetes", "children with diabetes", True),
    (re.compile("epilep|seizure|buccal|midazolam"), "child with epilepsy", "children with epilepsy", True),
    (re.compile("cream|ointment|lotion"), "cream", "creams", False),
)  # what to look for, what to call one and several, whether the children are named
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def medicines_summary(children: Sequence[ChildFacts]) -> str:
    """What has to be to hand, for one line: "Two inhalers, one EpiPen (Grace)"; the grave ones with names.

    "Nobody needs medicine" when there is none.
    """
    said = []
    for pattern, one, many, named in _CARRIED:
        names = [child.name for child in children if pattern.search(f"{child.allergies} {child.medical}".lower())]
        if names:
            number = _NUMBERS[len(names)] if len(names) < len(_NUMBERS) else str(len(names))
            said.append(f"{number} {one if len(names) == 1 else many}" + (f" ({listed(names)})" if named else ""))
    text = ", ".join(said)
    return text[:1].upper() + text[1:] if text else "Nobody needs medicine"


def missing_for_day(child: ChildFacts, day: date, months: int = DETAILS_MONTHS) -> tuple[str, ...]:
    """What the record of a child lacks for that day, as clauses; none of them blocks.

    Register condition (contacts, doctor) and guidance (a second person to ring, details gone over every six months).
    """
    checks = (_contacts_missing(child), None if child.gp.strip() else "no GP", _details_old(child, day, months))
    return tuple(clause for clause in (*checks, medicine_problem(child.medicine_expires, day)) if clause)


def _contacts_missing(child: ChildFacts) -> str | None:
    if child.contacts >= 2:
        return None
    return "no second emergency contact" if child.contacts else "nobody to ring"


def _details_old(child: ChildFacts, day: date, months: int) -> str | None:
    if not details_due(child.details_checked, day, months):
        return None
    if child.details_checked is None:
        return "details not gone over with the family yet"
    return f"details last checked on {short_with_year(child.details_checked)}"


def details_due(checked: date | None, day: date, months: int = DETAILS_MONTHS) -> bool:
    """Whether the family has not gone over a child's details for more than so many months on that day. Guidance."""
    return checked is None or months_later(checked, months) < day
