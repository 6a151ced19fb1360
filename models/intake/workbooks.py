"""XLSX and ODS through calamine, every cell as the text a person would type."""

import io
from datetime import date, datetime, time, timedelta

from models.intake import guards, inside
from models.kernel import dates

Cell = int | float | str | bool | time | date | datetime | timedelta
Sheets = list[tuple[str, list[list[str]]]]


def read(data: bytes, name: str, ending: str) -> Sheets:
    """Every sheet that can be seen, as rows of text from row 1. Raises BadInput for a bomb or an unreadable file."""
    live = inside.look(data, name, ending)
    sheets = _read_with_calamine(data, name)
    for sheet, rows in sheets:
        for (row, column), formula in live.get(sheet, {}).items():
            _put(rows, row, column, formula)
    return sheets


def _read_with_calamine(data: bytes, name: str) -> Sheets:
    import python_calamine

    try:
        with python_calamine.CalamineWorkbook.from_object(io.BytesIO(data)) as book:
            shown = [
                sheet.name
                for sheet in book.sheets_metadata
                if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
                and sheet.visible == python_calamine.SheetVisibleEnum.Visible
            ]
            return [
                (sheet, [[as_typed(cell) for cell in row] for row in book.get_sheet_by_name(sheet).to_python(False)])
                for sheet in shown
            ]
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:
        # A panic inside the Rust reader arrives as a BaseException; to the office it is one more file that won't open.
        raise guards.unreadable(name) from error


def as_typed(cell: Cell) -> str:
    """The text a person would type for a cell: 05/12/2026, 10:00, 16, 52.5, Y."""
    if isinstance(cell, bool):
        return "Y" if cell else "N"
    if isinstance(cell, datetime):
        midnight = cell.time() == time(0)
        return dates.numeric(cell.date()) if midnight else f"{dates.numeric(cell.date())} {_wall(cell.time())}"
    if isinstance(cell, date):
        return dates.numeric(cell)
    if isinstance(cell, time):
        return _wall(cell)
    if isinstance(cell, timedelta):
        minutes = round(cell.total_seconds() / 60)
        return f"{minutes // 60:02}:{minutes % 60:02}"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else f"{cell:.10g}"
    return str(cell)


def _wall(moment: time) -> str:
    rounded = datetime.combine(date(2000, 1, 1), moment) + timedelta(seconds=30)
    return f"{rounded.hour:02}:{rounded.minute:02}"


def _put(rows: list[list[str]], row: int, column: int, text: str) -> None:
    while len(rows) <= row:
        rows.append([])
    cells = rows[row]
    cells.extend("" for _ in range(column + 1 - len(cells)))
    cells[column] = text
