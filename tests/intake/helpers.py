"""Small makers of spreadsheets for the import's tests."""

import csv
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from models.intake.recognise import recognise
from models.intake.rows import SheetRows, read_rows
from models.intake.tables import RawTable, gather, read_tables

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "sample"
CHILD_HEADER = ["Ref", "First name", "Surname", "DOB", "Notes"]


def csv_bytes(rows: Sequence[Sequence[str]], separator: str = ",", encoding: str = "utf-8") -> bytes:
    """A CSV file as a spreadsheet saves it."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue().encode(encoding)


def one_table(data: bytes, name: str = "file.csv") -> RawTable:
    """The only table of a file."""
    (table,) = read_tables(data, name)
    return table


def read(data: bytes, name: str = "file.csv") -> SheetRows:
    """The typed rows and refusals of a file's only table."""
    table = one_table(data, name)
    return read_rows(table, recognise(table))


def read_child(**cells: str) -> SheetRows:
    """One child's row with some cells changed or columns added."""
    row = {"Ref": "IYC900", "First name": "Ada", "Surname": "Obi", "DOB": "01/02/2019"} | cells
    return read(csv_bytes([list(row), list(row.values())]))


def sample_grid(name: str) -> list[list[str]]:
    """A sample file as rows of text."""
    return [list(row) for row in csv.reader(io.StringIO((SAMPLE / name).read_text("utf-8-sig")))]


def sample_sheets() -> list[SheetRows]:
    """The seven sample files, read."""
    tables = [table for file in gather([SAMPLE]).files for table in read_tables(file)]
    return [read_rows(table, recognise(table)) for table in tables]


def ods_bytes(rows: Sequence[str], sheet: str = "Sheet1") -> bytes:
    """A minimal ODS file from the XML of its rows."""
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
        ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
        f"<office:body><office:spreadsheet><table:table table:name={quoteattr(sheet)}>{''.join(rows)}"
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            '<manifest:file-entry manifest:full-path="/"'
            ' manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>',
        )
        archive.writestr("content.xml", content)
    return out.getvalue()


def ods_row(cells: Sequence[str], attributes: str = "") -> str:
    """The XML of a row; a cell written as XML ("<table:table-cell…") is taken as it is."""
    return f"<table:table-row{attributes}>{''.join(_ods_cell(cell) for cell in cells)}</table:table-row>"


def _ods_cell(cell: str) -> str:
    if cell.startswith("<table:"):
        return cell
    if not cell:
        return "<table:table-cell/>"
    return f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
