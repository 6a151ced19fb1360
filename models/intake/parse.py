"""What a cell of each kind may say. Every parser takes cleaned, non-empty text and raises ValueError with a reason.

A reason reads on from the column's name: "DOB “31/02/2019” is not a day in the calendar …".
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, time
from typing import NamedTuple

from models.kernel import dates, money

LONGEST_NAME = 80
LONGEST_SHORT = 200
LONGEST_NOTES = 4_000


class Contact(NamedTuple):
    """Somebody to ring: "Leila Sivakumar (neighbour)"."""

    name: str
    relationship: str


class Collector(NamedTuple):
    """Somebody who may collect the child, with the family's password if one was agreed."""

    name: str
    password: str


class Barred(NamedTuple):
    """Somebody who must not collect the child, and why: "Samuel Roberts (court order)"."""

    name: str
    reason: str


def text(cell: str) -> str:
    """Kept as it stands."""
    return cell


def day(cell: str) -> date:
    """A date in a usual British spelling."""
    return dates.parse_date(cell)


def wall_time(cell: str) -> time:
    """A time of day."""
    return dates.parse_time(cell)


def pence(cell: str) -> int:
    """Money, as whole pence."""
    return money.parse_pounds(cell)


def yes_no(cell: str) -> bool:
    """Y, Yes, True, a tick; N, No, False, a cross."""
    word = cell.casefold()
    if word in ("y", "yes", "true", "1", "✓", "✔"):
        return True
    if word in ("n", "no", "false", "0", "none", "✗", "✘"):
        return False
    raise ValueError("is neither Y nor N")


def yes_or_day(cell: str) -> bool:
    """Y or N, or the day it was done."""
    try:
        return yes_no(cell)
    except ValueError:
        pass
    try:
        return day(cell) is not None
    except ValueError:
        raise ValueError("is neither Y, N nor a date") from None


def whole(least: int, most: int) -> Callable[[str], int]:
    """A parser of whole numbers from `least` to `most`."""

    def read(cell: str) -> int:
        found = re.fullmatch(r"(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.0+)?(?:\s*(?:cm|kg))?", cell, re.IGNORECASE)
        if not found or not found[1].isascii():
            raise ValueError("is not a whole number")
        value = int(found[1].replace(",", ""))
        if not least <= value <= most:
            raise ValueError(f"is not between {least:,} and {most:,}")
        return value

    return read


def phone(cell: str) -> str:
    """A phone number as typed, with 7 digits or more.

    Spreadsheets drop the first 0 of a number they take for a sum of money: ten bare digits get it back.
    """
    digits = sum(letter.isdigit() for letter in cell)
    if digits < 7:
        raise ValueError("is too short for a phone number")
    if digits > 20:
        raise ValueError("is too long for a phone number")
    return f"0{cell}" if re.fullmatch(r"[12378]\d{9}", cell) else cell


def email(cell: str) -> str:
    """An e-mail address."""
    if not re.fullmatch(r"[^\s@]+@[^\s@]+\.[^\s@.]+", cell):
        raise ValueError("is not an e-mail address")
    return cell


def postcode(cell: str) -> str:
    """In capitals with the usual space when it is a British postcode; otherwise as typed."""
    squeezed = re.sub(r"\s+", "", cell).upper()
    return f"{squeezed[:-3]} {squeezed[-3:]}" if is_postcode(squeezed) else cell


def is_postcode(cell: str) -> bool:
    """Whether it has the form of a British postcode."""
    return bool(re.fullmatch(r"[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}", cell.strip().upper()))


def capitals(cell: str) -> str:
    """A reference or registration: in capitals."""
    return cell.upper()


def support_ratio(cell: str) -> int:
    """Adults kept for this child alone: "1:1" is 1, "2:1" is 2. (A spreadsheet may have made a time of it.)"""
    word = cell.casefold().replace(" ", "")
    found = re.fullmatch(r"0?([0-3])(?:(?:[:\-/]|to)0?1(?::00)?)?", word)
    if found:
        return int(found[1])
    if word in ("onetoone", "one-to-one"):
        return 1
    if word in ("no", "n", "none", "standard", "shared"):
        return 0
    raise ValueError("is not a support ratio; write 1:1 or 2:1, or leave it empty")


def one_of(words: Mapping[str, str], hint: str) -> Callable[[str], str]:
    """A parser of a few known words (small letters) to the value kept; `hint` names them in the refusal."""

    def read(cell: str) -> str:
        found = words.get(cell.casefold().rstrip("."))
        if found is None:
            raise ValueError(f"is not one of {hint}")
        return found

    return read


def sex(cell: str) -> str:
    """F or M for the usual words, otherwise as typed."""
    return {"female": "F", "girl": "F", "f": "F", "male": "M", "boy": "M", "m": "M"}.get(cell.casefold(), cell)


_CHILD_STATUSES = ("Active", "Waiting list", "Waiting for approval", "Waiting for home visit", "Closed", "Declined")


def child_status(cell: str) -> str:
    """Active, Waiting list, Waiting for approval, Waiting for home visit, Closed - why, Declined - why."""
    head, _, why = re.sub(r"\s*[:–—]\s*|\s+-\s*", " - ", cell, count=1).partition(" - ")
    for status in _CHILD_STATUSES:
        if head.strip().casefold() == status.casefold():
            return f"{status} - {why.strip()}" if why.strip() else status
    raise ValueError(f"is not a status Breather knows; use one of {', '.join(_CHILD_STATUSES)}")


activity_kind = one_of(
    {
        "saturday club": "club", "club": "club", "saturday": "club",
        "holiday trip": "trip", "trip": "trip", "outing": "trip", "day trip": "trip",
    },
    "Saturday club or Holiday trip",
)  # fmt: skip
activity_status = one_of(
    {
        "draft": "draft", "planned": "draft", "confirmed": "confirmed", "delivered": "delivered",
        "done": "delivered", "cancelled": "cancelled", "canceled": "cancelled",
    },
    "Draft, Confirmed, Delivered or Cancelled",
)  # fmt: skip
transport = one_of(
    {
        "none": "none", "no": "none", "n": "none", "minibus": "minibus", "minibuses": "minibus", "mini bus": "minibus",
        "coach": "coach", "public transport": "public", "bus": "public", "train": "public", "walk": "walk",
        "walking": "walk", "cars": "cars", "car": "cars",
    },
    "None, Minibus, Coach, Public transport, Walk or Cars",
)  # fmt: skip


def split_list(cell: str) -> tuple[str, ...]:
    """The parts between semicolons or line breaks, blanks left out."""
    return tuple(part for part in (piece.strip(" ,") for piece in re.split(r"[;\n]", cell)) if part)


def names(cell: str) -> tuple[str, ...]:
    """Names separated by semicolons."""
    return tuple(_name(part) for part in split_list(cell))


def collectors(cell: str) -> tuple[Collector, ...]:
    """ "Finn Walker; Leila Sivakumar - password: penguin"."""
    return tuple(_collector(part) for part in split_list(cell))


def _collector(part: str) -> Collector:
    found = re.fullmatch(r"(.+?)\s*[-–—,(:]*\s*\bpassword\b\s*(?:is|[:=])?\s*(.+?)\)?", part, re.IGNORECASE)
    return Collector(_name(found[1]), _name(found[2])) if found else Collector(_name(part), "")


def contact(cell: str) -> Contact:
    """ "Leila Sivakumar (neighbour)"."""
    return Contact(*_bracketed(cell))


def barred(cell: str) -> tuple[Barred, ...]:
    """ "Samuel Roberts (court order)", several with semicolons."""
    return tuple(Barred(*_bracketed(part)) for part in split_list(cell))


def _bracketed(cell: str) -> tuple[str, str]:
    found = re.fullmatch(r"(.+?)\s*\((.*)\)", cell)
    return (_name(found[1]), found[2].strip()) if found else (_name(cell), "")


def _name(cell: str) -> str:
    if len(cell) > LONGEST_NAME:
        raise ValueError(f"has a name longer than {LONGEST_NAME} letters")
    return cell


_CODES = {
    "/": "/", "\\": "/", "✓": "/", "✔": "/", "present": "/", "l": "L", "late": "L", "a": "A", "absent": "A",
    "n": "N", "b": "B", "booked": "B", "w": "W", "waiting": "W",
}  # fmt: skip


def mark_code(cell: str) -> str:
    """One code of the register book: / L A N B W."""
    code = _CODES.get(cell.casefold())
    if code is None:
        raise ValueError("is not a register code; use / L A N B or W")
    return code


_HEADING = re.compile(
    r"((?:[A-Za-z]{3,9},?\s+)?\d{1,2}(?:st|nd|rd|th)?[\s/.\-]+(?:\d{1,2}|[A-Za-z]{3,9})\.?,?[\s/.\-]+(?:\d{4}|\d{2})"
    r"|\d{4}-\d{1,2}-\d{1,2})(?:\s*[-–—:,]\s*|\s+)(\S.*)"
)


def is_activity_heading(cell: str) -> bool:
    """Whether a column's heading looks like "06/09/2025 September club"."""
    return bool(_HEADING.fullmatch(" ".join(cell.split())))


def activity_heading(cell: str) -> tuple[date, str]:
    """The date and title of a register's column."""
    found = _HEADING.fullmatch(" ".join(cell.split()))
    if not found:
        raise ValueError("is not a date and a title, like 05/12/2026 December club")
    return day(found[1]), found[2].strip()
