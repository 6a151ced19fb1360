"""How the import speaks: kinds with their pictures, what a row is, what a value says, a list to put right."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date

from desktop.intake.chosen import Sheet
from models.intake.preview import Preview
from models.intake.typed import (
    ActivityRow,
    AdultRow,
    AnyRow,
    ChildRow,
    RegisterRow,
    Value,
    VehicleRow,
    VenueRow,
)
from models.kernel.dates import clock_text, numeric
from models.kernel.money import pounds
from models.kernel.words import counted, listed

ICONS = {
    "young carers": "human-child",
    "register": "clipboard-check-outline",
    "activities": "calendar-month",
    "team": "account-group-outline",
    "minibuses": "bus",
    "venues": "map-marker-outline",
    "terms": "school-outline",
}
UNKNOWN_ICON = "help-circle-outline"
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_LIVE = ("=", "+", "-", "@", "\t", "\r")


def sheet_words(sheet: Sheet) -> str:
    """What a sheet is and how much is in it, or why it cannot be brought in."""
    if sheet.found is None or sheet.table is None:
        return sheet.problem
    said = f"{sheet.found.kind.title} · {counted(len(sheet.table.rows), 'row')}"
    if sheet.missing:
        return f"{said} · needs {listed(sheet.missing)}"
    if sheet.to_check:
        return f"{said} · {counted(sheet.to_check, 'column')} to check"
    return said


def row_words(row: AnyRow) -> str:
    """What a row of a spreadsheet is about, beside its Ref or name."""
    if isinstance(row, ChildRow):
        return f"{row.full_name}, born {numeric(row.dob)}"
    if isinstance(row, AdultRow):
        return row.role
    if isinstance(row, RegisterRow):
        return counted(len(row.marks), "mark")
    if isinstance(row, ActivityRow):
        return f"{clock_text(row.start)}–{clock_text(row.end)} {row.venue}".strip()
    if isinstance(row, VenueRow):
        return " ".join(part for part in (row.address, row.postcode) if part)
    if isinstance(row, VehicleRow):
        return row.name
    return f"{numeric(row.starts)} to {numeric(row.ends)}"


def value_words(label: str, value: Value) -> str:
    """A value as people write it: days as 05/12/2026, money as £45.00, "nothing" for none."""
    if value is None or value in ("", []):
        return "nothing"
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, int):
        return pounds(value) if "£" in label else str(value)
    if isinstance(value, list):
        return "; ".join(_one_of(part) for part in value)
    return numeric(date.fromisoformat(value)) if _ISO_DAY.fullmatch(value) else value


def _one_of(part: str | Sequence[str]) -> str:
    if isinstance(part, str):
        return part
    name, *more = [cell for cell in part if cell]
    return f"{name} ({', '.join(more)})" if more else name


def to_bring_in(preview: Preview) -> int:
    """Rows that would be added or changed."""
    return sum(file.add + file.change for file in preview.files)


def rows_left_out(preview: Preview) -> int:
    """Rows with something that cannot be kept, each counted once."""
    return sum(len({one.row for one in file.refused}) for file in preview.files if file.kind)


def summary(preview: Preview) -> str:
    """The whole import in a sentence or three."""
    add, change, same = (sum(getattr(file, part) for file in preview.files) for part in ("add", "change", "same"))
    refused, ask = rows_left_out(preview), sum(len(file.ask) for file in preview.files)
    unread = sum(1 for file in preview.files if not file.kind)
    said = f"{counted(add, 'row')} to add, {change:,} to change, {same:,} the same as here."
    if refused:
        said += f" {counted(refused, 'row stays', 'rows stay')} out and can be put right."
    if unread:
        said += f" {counted(unread, 'file')} cannot be read."
    if ask:
        said += f" {counted(ask, 'row waits', 'rows wait')} for an answer."
    return said


def as_csv(heading: Sequence[str], rows: Iterable[Sequence[str | int]]) -> str:
    """A list for a spreadsheet. What a spreadsheet would run as a formula gets an apostrophe: it stays text."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(heading)
    writer.writerows([_as_text(cell) for cell in row] for row in rows)
    return out.getvalue()


def _as_text(cell: str | int) -> str | int:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_LIVE) else cell
