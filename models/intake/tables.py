"""A file becomes tables: a header row and rows that know their number in the spreadsheet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from models.intake import delimited, guards, workbooks
from models.intake.kinds import header_score
from models.kernel.errors import BadInput

READ_ENDINGS = (".csv", ".xlsx", ".ods")
MOST_ROWS = 100_000
_LOOK_FOR_HEADER = 40


@dataclass(frozen=True)
class RawRow:
    """One row as it stands.

    Attributes:
        number: the row's number in the spreadsheet, counted from 1.
        cells: one text a header.
        extra: what stands beyond the last column the header row reaches (a comma that lacks its quotation marks).
    """

    number: int
    cells: tuple[str, ...]
    extra: tuple[str, ...] = ()


@dataclass(frozen=True)
class RawTable:
    """One sheet of one file.

    Attributes:
        name: the file's name, without its folder.
        sheet: the sheet's name ("" for a CSV file).
        header_row: the header's row number, counted from 1.
        headers: the headings as typed; a column without one is "".
        rows: the rows below the header that are not blank.
        blank_rows: how many blank rows were passed over.
    """

    name: str
    sheet: str
    header_row: int
    headers: tuple[str, ...]
    rows: tuple[RawRow, ...]
    blank_rows: int = 0

    @property
    def where(self) -> str:
        """The file, and its sheet if it has one, for a sentence."""
        return f"{self.name}, sheet {self.sheet}" if self.sheet else self.name


@dataclass(frozen=True)
class Gathered:
    """The files found: those that can be read, and the names of those that were passed over."""

    files: tuple[Path, ...]
    skipped: tuple[str, ...]


def gather(paths: Iterable[Path]) -> Gathered:
    """Looks into folders (not into folders inside them). Raises BadInput for a path that is not there."""
    files: list[Path] = []
    skipped: list[str] = []
    for path in paths:
        if not path.exists():
            raise BadInput(f"{path.name} is not there.", "Choose the file or folder again.")
        found = sorted(path.iterdir()) if path.is_dir() else [path]
        for file in found:
            lock_file = file.name.startswith(("~$", ".~"))
            readable = file.is_file() and file.suffix.lower() in READ_ENDINGS and not lock_file
            files.append(file) if readable else skipped.append(file.name)
    return Gathered(tuple(dict.fromkeys(files)), tuple(dict.fromkeys(skipped)))


def read_tables(source: Path | bytes, name: str | None = None) -> tuple[RawTable, ...]:
    """Every sheet with content of a CSV, XLSX or ODS file.

    `name` is needed when bytes are given: its ending says what they are. Raises BadInput, with what, where and what
    next, for a file that is empty, too large, a zip bomb, unreadable or of another kind.
    """
    shown = name or (source.name if isinstance(source, Path) else "the file")
    ending = Path(shown).suffix.lower()
    if ending not in READ_ENDINGS:
        raise BadInput(f"{shown} is not a spreadsheet Breather reads.", "Save it as .xlsx, .ods or .csv and try again.")
    data = guards.load(source, shown)
    sheets = delimited.read(data, shown) if ending == ".csv" else workbooks.read(data, shown, ending)
    tables = tuple(table for sheet, rows in sheets if (table := _table(shown, sheet, rows)) is not None)
    if not tables:
        raise BadInput(f"{shown} has nothing in it.", "Open it in a spreadsheet and check that it is the right file.")
    return tables


def _table(name: str, sheet: str, grid: Sequence[Sequence[str]]) -> RawTable | None:
    full = [index for index, cells in enumerate(grid) if any(cell.strip() for cell in cells)]
    if not full:
        return None
    if len(full) > MOST_ROWS:
        raise BadInput(f"{name} has more than {MOST_ROWS:,} rows.", "Split it into smaller files and try again.")
    top = max(full[:_LOOK_FOR_HEADER], key=lambda index: (header_score(list(grid[index])), -index))
    header = list(grid[top])
    reach = len(header)
    below = [index for index in full if index > top]
    width = max((at + 1 for index in (top, *below) for at, cell in enumerate(grid[index][:reach]) if cell.strip()))
    rows = tuple(_row(index, grid[index], width, reach) for index in below)
    last = below[-1] if below else top
    headers = tuple(" ".join(cell.split()) for cell in header[:width])
    return RawTable(name, sheet, top + 1, headers, rows, last - top - len(below))


def _row(index: int, cells: Sequence[str], width: int, reach: int) -> RawRow:
    inside = [*cells[:width], *("" for _ in range(width - len(cells)))]
    return RawRow(index + 1, tuple(inside), tuple(cell for cell in cells[reach:] if cell.strip()))
