"""Which of the seven kinds a table is, and which of its columns is which."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from models.intake import parse
from models.intake.clean import glimpse
from models.intake.kinds import KINDS, MARK, Kind, plain
from models.intake.tables import RawTable
from models.kernel.errors import BadInput
from models.kernel.words import listed

EXACT = 100.0
# Measured on the headings of all seven kinds: unlike ones stay under 84 ("Tel 1" and "Tel 2" 80), slips are above 88.
SAFE_LIKENESS = 88.0
_SHORTEST_FUZZY = 5
_CONTENT_SCORE = 50.0
_CONTENT_SHARE = 0.8
_CONTENT_ROWS = 200


@dataclass(frozen=True)
class Recognised:
    """What a table is taken for.

    Attributes:
        kind: one of `kinds.KINDS`.
        confidence: 0 to 1, the share of its headed columns that were understood.
        mapping: column index (from 0) to the key of the value; a register's marks are "mark:" and the heading.
        unmapped: indexes of columns with a heading or content that are left out.
        guessed: indexes mapped by likeness or content, worth a look.
    """

    kind: Kind
    confidence: float
    mapping: Mapping[int, str]
    unmapped: tuple[int, ...]
    guessed: frozenset[int] = frozenset()

    @property
    def missing(self) -> tuple[str, ...]:
        """Headings of the required columns that no column is mapped to."""
        there = set(self.mapping.values())
        missing = [spec.header for spec in self.kind.required() if spec.key not in there]
        if self.kind.name == "register" and not any(key.startswith(MARK) for key in there):
            missing.append("an activity, like 05/12/2026 December club")
        return tuple(missing)


def recognise(table: RawTable) -> Recognised:
    """The best kind for a table. Raises BadInput when too few of its columns are known in any kind."""
    found = max((recognise_as(table, kind) for kind in KINDS), key=_fit)
    if not _is_enough(found):
        said = listed([f"“{glimpse(header)}”" for header in table.headers if header][:6]) or "nothing"
        raise BadInput(
            f"{table.where} has no column Breather knows: row {table.header_row} reads {said}.",
            "Check that it is the right file and that its first row names the columns, like Ref or Surname.",
        )
    return found


def recognise_as(table: RawTable, kind: Kind) -> Recognised:
    """The best mapping of a table's columns to one kind, however poor."""
    claims = sorted(_claims(table, kind), key=lambda claim: (-claim[0], claim[1]))
    mapping: dict[int, str] = {}
    guessed: set[int] = set()
    for score, index, _, key in claims:
        if index not in mapping and key not in mapping.values():
            mapping[index] = key
            if score < EXACT:
                guessed.add(index)
    return _result(table, kind, mapping, frozenset(guessed))


def remap(table: RawTable, recognised: Recognised, mapping: Mapping[int, str]) -> Recognised:
    """The mapping as somebody corrected it. Raises BadInput for a key the kind has not, or one used twice."""
    keys = list(mapping.values())
    known = {spec.key for spec in recognised.kind.columns}
    for key in keys:
        mark = recognised.kind.name == "register" and key.startswith(MARK)
        if key not in known and not mark:
            raise BadInput(f"{recognised.kind.title} has no column “{key}”.", "Choose another one.", key)
        if keys.count(key) > 1:
            header = recognised.kind.column(key).header
            raise BadInput(f"Two columns are both set to {header}.", "Leave one of them out.", key)
    if any(not 0 <= index < len(table.headers) for index in mapping):
        raise BadInput(f"{table.where} has {len(table.headers)} columns.", "Choose one of them.")
    return _result(table, recognised.kind, dict(mapping), recognised.guessed - frozenset(mapping))


def _result(table: RawTable, kind: Kind, mapping: dict[int, str], guessed: frozenset[int]) -> Recognised:
    filled = {index for index in range(len(table.headers)) if table.headers[index] or _sample(table, index)}
    unmapped = tuple(sorted(filled - set(mapping)))
    confidence = len(mapping) / max(len(filled), 1)
    return Recognised(kind, round(confidence, 3), dict(sorted(mapping.items())), unmapped, guessed & set(mapping))


def _fit(found: Recognised) -> tuple[float, float]:
    sure = len(found.mapping) - 0.5 * len(found.guessed)
    return (sure - 3 * len(found.missing), found.confidence)


def _is_enough(found: Recognised) -> bool:
    # Content alone never makes a kind of a table: any list of addresses has postcodes.
    return len(found.mapping) > len(found.guessed) and len(found.mapping) >= 2 and found.confidence >= 0.25


def _claims(table: RawTable, kind: Kind) -> Iterator[tuple[float, int, int, str]]:
    """(score, column index, place in the kind, key) for every column that might be the key's."""
    for index, header in enumerate(table.headers):
        if kind.name == "register" and parse.is_activity_heading(header):
            yield (EXACT, index, 0, f"{MARK}{header}")
            continue
        for place, spec in enumerate(kind.columns):
            score = _header_likeness(header, (spec.header, *spec.synonyms))
            if score >= SAFE_LIKENESS:
                # A synonym given to two columns ("Tel", twice) goes to the first of them first.
                yield (score, index, place, spec.key)
            elif spec.looks and _all_look(_sample(table, index), spec.looks):
                yield (_CONTENT_SCORE, index, place, spec.key)
        if "dob" in {spec.key for spec in kind.columns} and not header and _all_look(_sample(table, index), _is_day):
            yield (_CONTENT_SCORE, index, len(kind.columns), "dob")


def _header_likeness(header: str, words: Iterable[str]) -> float:
    from rapidfuzz import fuzz

    said = plain(header)
    wanted = [plain(word) for word in words]
    if not said:
        return 0.0
    if said in wanted:
        return EXACT
    # Digits tell headings apart ("Tel 1", "Tel 2") that letters do not.
    digits = [letter for letter in said if letter.isdigit()]
    near = [
        fuzz.ratio(said, word)
        for word in wanted
        if min(len(said), len(word)) >= _SHORTEST_FUZZY and digits == [letter for letter in word if letter.isdigit()]
    ]
    return min(max(near, default=0.0), EXACT - 1)


def _sample(table: RawTable, index: int) -> list[str]:
    return [cell for row in table.rows[:_CONTENT_ROWS] if (cell := row.cells[index].strip())]


def _all_look(cells: list[str], looks: Callable[[str], bool]) -> bool:
    return len(cells) >= 2 and sum(1 for cell in cells if looks(cell)) >= _CONTENT_SHARE * len(cells)


def _is_day(cell: str) -> bool:
    try:
        return parse.day(cell).year > 0
    except ValueError:
        return False
