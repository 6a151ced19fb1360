"""The seven kinds of spreadsheet a club keeps."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from models.intake import columns, parse
from models.intake.columns import ColumnSpec

MARK = "mark:"


@dataclass(frozen=True)
class Kind:
    """One kind of spreadsheet.

    Attributes:
        name: the stable name, also in `import --json`.
        title: as the wizard shows it.
        columns: what it may hold.
    """

    name: str
    title: str
    columns: tuple[ColumnSpec, ...]

    def column(self, key: str) -> ColumnSpec:
        """The column of that key; a register's "mark:…" keys have their own."""
        if self.name == "register" and key.startswith(MARK):
            return ColumnSpec(key, key.removeprefix(MARK), reads=parse.mark_code, longest=20)
        return next(spec for spec in self.columns if spec.key == key)

    def required(self) -> tuple[ColumnSpec, ...]:
        """The columns it cannot be read without."""
        return tuple(spec for spec in self.columns if spec.required)


KINDS = (
    Kind("young carers", "Young carers", columns.CHILD_COLUMNS),
    Kind("register", "Register book", columns.REGISTER_COLUMNS),
    Kind("activities", "Clubs and trips", columns.ACTIVITY_COLUMNS),
    Kind("team", "Team", columns.ADULT_COLUMNS),
    Kind("minibuses", "Minibuses", columns.VEHICLE_COLUMNS),
    Kind("venues", "Venues", columns.VENUE_COLUMNS),
    Kind("terms", "School terms", columns.TERM_COLUMNS),
)


def kind_named(name: str) -> Kind:
    """The kind of that stable name. Raises KeyError for any other."""
    for kind in KINDS:
        if kind.name == name:
            return kind
    raise KeyError(name)


def plain(header: str) -> str:
    """A heading in small letters without punctuation, so that "D.O.B." and "dob" can meet."""
    letters = unicodedata.normalize("NFKC", header).casefold().replace("d.o.b", "dob")
    return " ".join(re.sub(r"[\W_]+", " ", letters).split())


@cache
def known_headers() -> frozenset[str]:
    """Every heading and synonym of every kind, in the form of `plain`."""
    return frozenset(plain(word) for kind in KINDS for spec in kind.columns for word in (spec.header, *spec.synonyms))


def header_score(cells: list[str]) -> int:
    """How many of a row's cells are headings Breather knows: the row with most is the header."""
    known = known_headers()
    return sum(1 for cell in cells if cell and (plain(cell) in known or parse.is_activity_heading(cell)))
