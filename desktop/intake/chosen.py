"""What has been chosen so far: every sheet of every file, and what it is taken for. Values only."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from models.intake.kinds import MARK, Kind
from models.intake.parse import is_activity_heading
from models.intake.preview import Source, Sources, Unreadable
from models.intake.recognise import Recognised, recognise_as, remap
from models.intake.tables import RawTable
from models.kernel.words import listed

Key = tuple[Path, str]
_SAMPLES = 3
_LOOKED_AT = 200
"""Rows looked at for something to show of a column."""


@dataclass(frozen=True)
class Sheet:
    """One sheet of one file.

    Attributes:
        table: its cells; None for a file that cannot be read. found: what it is taken for; None until it is known.
        problem: why it cannot be read or told, "" when it can.
    """

    path: Path
    table: RawTable | None = None
    found: Recognised | None = None
    problem: str = ""

    @property
    def key(self) -> Key:
        """What it is known by while it is being brought in."""
        return self.path, self.table.sheet if self.table else ""

    @property
    def where(self) -> str:
        """The file, and its sheet if it has one, for a sentence."""
        return self.table.where if self.table else self.path.name

    @property
    def missing(self) -> tuple[str, ...]:
        """Headings of the columns it cannot do without and has not."""
        return self.found.missing if self.found else ()

    @property
    def to_check(self) -> int:
        """How many of its columns were guessed and not looked at yet."""
        return len(self.found.guessed) if self.found else 0

    def as_kind(self, kind: Kind) -> "Sheet":
        """The sheet taken for another kind, with the best mapping there is."""
        if self.table is None:
            return self
        return replace(self, found=recognise_as(self.table, kind), problem="")

    def with_column(self, index: int, key: str) -> "Sheet":
        """The column goes to that value ("" leaves it out); another column that went there is left out."""
        if self.table is None or self.found is None:
            return self
        mapping = {at: to for at, to in self.found.mapping.items() if at != index and to != key}
        if key:
            mapping[index] = key
        found = remap(self.table, self.found, mapping)
        return replace(self, found=replace(found, guessed=(self.found.guessed - {index}) & frozenset(mapping)))

    def columns(self) -> tuple["ColumnRow", ...]:
        """Its columns in order: those with a heading or anything in them."""
        if self.table is None or self.found is None:
            return ()
        used = sorted({*self.found.mapping, *self.found.unmapped})
        return tuple(_column(self.table, self.found, index) for index in used)


@dataclass(frozen=True)
class ColumnRow:
    """One column of a sheet.

    Attributes:
        index: from 0. header: as typed, or which column it is where it has none. samples: the first values in it.
        goes_to: the heading Breather knows it by, "" for left out; key: the same as a stable name.
        guessed: whether somebody should have a look. offers: (key, words) of all it may go to.
    """

    index: int
    header: str
    samples: tuple[str, ...]
    key: str
    goes_to: str
    guessed: bool
    offers: tuple[tuple[str, str], ...]


def _column(table: RawTable, found: Recognised, index: int) -> ColumnRow:
    key = found.mapping.get(index, "")
    return ColumnRow(
        index=index,
        header=table.headers[index] or f"Column {letters(index)}, no heading",
        samples=_samples(table, index),
        key=key,
        goes_to=target_words(found.kind, key) if key else "",
        guessed=index in found.guessed,
        offers=tuple(_offers(table, found, index)),
    )


def _offers(table: RawTable, found: Recognised, index: int) -> Iterable[tuple[str, str]]:
    from_column = {key: at for at, key in found.mapping.items() if at != index}
    header = table.headers[index]
    if found.kind.name == "register" and is_activity_heading(header):
        yield f"{MARK}{header}", target_words(found.kind, f"{MARK}{header}")
    for spec in found.kind.columns:
        words = spec.header
        if spec.key in from_column:
            other = table.headers[from_column[spec.key]] or f"column {letters(from_column[spec.key])}"
            words = f"{words} (now from “{other}”)"
        elif spec.required and found.mapping.get(index) != spec.key:
            words = f"{words} (needed)"
        yield spec.key, words


def target_words(kind: Kind, key: str) -> str:
    """Where a column goes, in words."""
    return f"Marks of {key.removeprefix(MARK)}" if key.startswith(MARK) else kind.column(key).header


def _samples(table: RawTable, index: int) -> tuple[str, ...]:
    filled = (cell for row in table.rows[:_LOOKED_AT] if (cell := " ".join(row.cells[index].split())))
    return tuple(cell for cell, _ in zip(filled, range(_SAMPLES), strict=False))


def letters(index: int) -> str:
    """A spreadsheet's own name for a column: A for 0, AA for 26."""
    more, last = divmod(index, 26)
    return (letters(more - 1) if more else "") + chr(ord("A") + last)


@dataclass(frozen=True)
class Chosen:
    """Every sheet, in the order chosen, and the names of files passed over."""

    sheets: tuple[Sheet, ...] = ()
    skipped: tuple[str, ...] = ()

    def with_read(self, read: "Chosen") -> "Chosen":
        """These and what was read now. A file read again takes its old place and keeps what was put right by hand."""
        again = {sheet.path for sheet in read.sheets}
        old = {sheet.key: sheet for sheet in self.sheets}
        fresh = {path: [_as_before(sheet, old.get(sheet.key)) for sheet in read.sheets if sheet.path == path]
                 for path in dict.fromkeys(sheet.path for sheet in read.sheets)}  # fmt: skip
        sheets: list[Sheet] = []
        for path in dict.fromkeys([*(sheet.path for sheet in self.sheets), *fresh]):
            sheets += fresh[path] if path in again else [sheet for sheet in self.sheets if sheet.path == path]
        return Chosen(tuple(sheets), tuple(dict.fromkeys((*self.skipped, *read.skipped))))

    def without(self, key: Key) -> "Chosen":
        """These without one sheet."""
        return replace(self, sheets=tuple(sheet for sheet in self.sheets if sheet.key != key))

    def with_sheet(self, sheet: Sheet) -> "Chosen":
        """These, with one sheet as it is now."""
        return replace(self, sheets=tuple(sheet if one.key == sheet.key else one for one in self.sheets))

    def sheet(self, key: Key | None) -> Sheet | None:
        """The sheet of that key, if it is among these."""
        return next((sheet for sheet in self.sheets if sheet.key == key), None)

    @property
    def known(self) -> tuple[Sheet, ...]:
        """The sheets that will be brought in."""
        return tuple(sheet for sheet in self.sheets if sheet.found is not None)

    @property
    def paths(self) -> tuple[Path, ...]:
        """Every file, once."""
        return tuple(dict.fromkeys(sheet.path for sheet in self.sheets))

    def lacking(self) -> Sheet | None:
        """The first sheet without a column it needs."""
        return next((sheet for sheet in self.known if sheet.missing), None)

    def sources(self) -> Sources:
        """What the import is asked about."""
        tables = tuple(Source(sheet.table, sheet.found) for sheet in self.sheets if sheet.table and sheet.found)
        unreadable = tuple(Unreadable(sheet.where, sheet.problem) for sheet in self.sheets if sheet.found is None)
        return Sources(tables, unreadable, self.skipped)


def lacking_words(sheet: Sheet) -> str:
    """What a sheet needs, in a sentence."""
    return f"{sheet.where} has no column for {listed(sheet.missing)}. Say which column it is."


def _as_before(sheet: Sheet, old: Sheet | None) -> Sheet:
    """A sheet read again: taken for what it was taken for, as long as its headings are the same."""
    if old is None or old.found is None or old.table is None or sheet.table is None:
        return sheet
    if sheet.table.headers != old.table.headers:
        return sheet
    found = remap(sheet.table, old.found, old.found.mapping)
    return replace(sheet, found=replace(found, guessed=old.found.guessed), problem="")
