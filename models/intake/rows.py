"""A recognised table becomes typed rows, and a refusal with row, column and reason for everything else. Never raises
for what stands in a row."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.intake import parse
from models.intake.clean import clean, glimpse
from models.intake.columns import ColumnSpec
from models.intake.kinds import MARK
from models.intake.recognise import Recognised
from models.intake.tables import RawRow, RawTable
from models.intake.typed import (
    ActivityRow,
    AdultRow,
    AnyRow,
    ChildRow,
    MarkKey,
    RegisterRow,
    TermRow,
    VehicleRow,
    VenueRow,
)
from models.kernel.errors import BadInput
from models.kernel.words import listed

_TYPES: Mapping[str, type[AnyRow]] = {
    "young carers": ChildRow,
    "team": AdultRow,
    "venues": VenueRow,
    "minibuses": VehicleRow,
    "activities": ActivityRow,
    "register": RegisterRow,
    "terms": TermRow,
}
_REF_KEYS = ("child_ref", "registration", "name", "title", "term")


@dataclass(frozen=True)
class Refusal:
    """One thing that stays out.

    Attributes:
        ref: what the row is called (a Ref, a name, a registration), "" if it cannot be told.
        row: its number in the spreadsheet, counted from 1.
        column: the heading as the file has it, "" when the whole row is meant.
        value: what the cell says, cut short.
        reason: why, reading on from the value.
    """

    ref: str
    row: int
    column: str
    value: str
    reason: str

    @property
    def sentence(self) -> str:
        """Row 7, DOB: “31/02/2019” is not a day in the calendar."""
        where = f"Row {self.row}, {self.column}:" if self.column else f"Row {self.row}:"
        said = "" if not self.value or self.value in self.reason else f" “{self.value}”"
        return f"{where}{said} {self.reason}."


@dataclass(frozen=True)
class SheetRows:
    """What one table holds once read.

    Attributes:
        name: the file's name; sheet: the sheet's, "" for CSV.
        kind: the stable name of its kind.
        rows: the rows that can be kept, in order.
        refusals: what cannot, in order.
    """

    name: str
    sheet: str
    kind: str
    rows: tuple[AnyRow, ...]
    refusals: tuple[Refusal, ...]


def read_rows(table: RawTable, found: Recognised) -> SheetRows:
    """Reads every row. Raises BadInput only when a required column is mapped to none of the table's."""
    if found.missing:
        raise BadInput(
            f"{table.where} has no column for {listed(found.missing)}.",
            "Add it to the file, or say which column it is.",
        )
    headings, refusals = _mark_headings(table, found)
    rows: list[AnyRow] = []
    seen: dict[str, int] = {}
    for raw in table.rows:
        row, problems = _read_row(table, found, headings, raw)
        if row is not None and row.key in seen:
            problems = [_duplicate(table, found, row, seen[row.key])]
            row = None
        refusals.extend(problems)
        if row is not None:
            seen[row.key] = row.row_number
            rows.append(row)
    return SheetRows(table.name, table.sheet, found.kind.name, tuple(rows), tuple(refusals))


def _duplicate(table: RawTable, found: Recognised, row: AnyRow, first: int) -> Refusal:
    index = next(index for index, key in found.mapping.items() if key in _REF_KEYS)
    column = table.headers[index]
    return Refusal(row.ref, row.row_number, column, row.ref, f"is already on row {first} of this file")


def _mark_headings(table: RawTable, found: Recognised) -> tuple[dict[int, MarkKey], list[Refusal]]:
    """The activity of each register column; a heading with an impossible date, or a second time, is refused."""
    headings: dict[int, MarkKey] = {}
    refusals: list[Refusal] = []
    for index, key in found.mapping.items():
        if not key.startswith(MARK):
            continue
        header = table.headers[index]
        try:
            activity = parse.activity_heading(clean(header))
            if activity in headings.values():
                raise ValueError("stands above two columns")
            headings[index] = activity
        except ValueError as error:
            refusals.append(Refusal("", table.header_row, glimpse(header), glimpse(header), str(error)))
    return headings, refusals


def _read_row(
    table: RawTable, found: Recognised, headings: Mapping[int, MarkKey], raw: RawRow
) -> tuple[AnyRow | None, list[Refusal]]:
    ref = _ref_of(raw, found)
    values: dict[str, Any] = {}
    marks: dict[MarkKey, str] = {}
    problems: list[Refusal] = []
    for index, key in found.mapping.items():
        if key.startswith(MARK) and index not in headings:
            continue
        spec = found.kind.column(key)
        try:
            value = _read_cell(raw.cells[index], spec)
        except ValueError as error:
            column = table.headers[index] or spec.header
            problems.append(Refusal(ref, raw.number, glimpse(column), glimpse(raw.cells[index]), str(error)))
            continue
        if value is not None and index in headings:
            marks[headings[index]] = str(value)
        elif value is not None:
            values[key] = value
    if raw.extra:
        reason = "stands beyond the last heading; a comma in another cell may lack its quotation marks"
        problems.append(Refusal(ref, raw.number, "", glimpse("; ".join(raw.extra)), reason))
    if problems:
        return None, problems
    if found.kind.name == "register":
        values |= {"marks": marks, "columns": tuple(headings.values())}
    given = frozenset(key for key in found.mapping.values() if not key.startswith(MARK))
    row = _TYPES[found.kind.name](row_number=raw.number, given=given, **values)
    problems = _row_problems(row, raw, table, found)
    return (None, problems) if problems else (row, [])


def _read_cell(cell: str, spec: ColumnSpec) -> object | None:
    text = clean(cell, spec.lines)
    if not text:
        if spec.required:
            raise ValueError("is missing")
        return None
    if len(text) > spec.longest:
        raise ValueError(f"is {len(text):,} letters long; the most is {spec.longest:,}")
    return spec.reads(text)


def _ref_of(raw: RawRow, found: Recognised) -> str:
    """What to call a row that may be refused: its Ref, registration, name, title or term as typed."""
    by_key = {key: raw.cells[index] for index, key in found.mapping.items()}
    if found.kind.name == "activities":
        return glimpse(f"{by_key.get('day', '')} {by_key.get('title', '')}")
    return next((glimpse(by_key[key]) for key in _REF_KEYS if by_key.get(key, "").strip()), "")


def _row_problems(row: AnyRow, raw: RawRow, table: RawTable, found: Recognised) -> list[Refusal]:
    """What is wrong with cells that are each right: an end before its start."""

    def refusal(key: str, reason: str) -> Refusal:
        index = next(index for index, mapped in found.mapping.items() if mapped == key)
        return Refusal(row.ref, row.row_number, table.headers[index], glimpse(raw.cells[index]), reason)

    if isinstance(row, ActivityRow) and row.end <= row.start:
        return [refusal("end", "is not after the start")]
    if isinstance(row, TermRow):
        if row.ends < row.starts:
            return [refusal("ends", "is before the term starts")]
        if _outside(row.half_starts, row.starts, row.ends):
            return [refusal("half_starts", "is outside the term")]
        if _outside(row.half_ends, row.half_starts or row.starts, row.ends):
            return [refusal("half_ends", "is before half-term starts or after the term")]
    return []


def _outside(day: date | None, first: date, last: date) -> bool:
    return day is not None and not first <= day <= last
