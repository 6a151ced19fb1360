"""Finds the formulas of a workbook, which calamine shows only by their last value (or not at all, if never worked out).

A formula's cell is refused when its column is imported, the same as "=…" in a CSV file: nobody can tell whether the
value kept with it is the one on screen.
"""

import io
import posixpath
import zipfile
from xml.etree import ElementTree

from models.intake import guards
from models.kernel.errors import BadInput

Formulas = dict[str, dict[tuple[int, int], str]]


def in_workbook(data: bytes, name: str, ending: str) -> Formulas:
    """By sheet, the formulas by (row, column) counted from 0, each starting "=". Raises BadInput.

    The archive must have passed `guards.check_archive`: then no part declares entities and all are of bounded size.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _ods(archive, name) if ending == ".ods" else _xlsx(archive)
    except (ElementTree.ParseError, KeyError, ValueError) as error:
        raise guards.unreadable(name) from error


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _attribute(element: ElementTree.Element, local: str) -> str:
    return next((value for key, value in element.attrib.items() if _local(key) == local), "")


def _xlsx(archive: zipfile.ZipFile) -> Formulas:
    return {sheet: _xlsx_sheet(archive, part) for sheet, part in _xlsx_parts(archive) if "worksheets/" in part}


def _xlsx_parts(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    book = next(part for part in archive.namelist() if part.lower().lstrip("/") == "xl/workbook.xml")
    relations = f"{posixpath.dirname(book)}/_rels/workbook.xml.rels"
    targets = {
        _attribute(element, "Id"): _attribute(element, "Target")
        for element in ElementTree.fromstring(archive.read(relations))
    }
    found = []
    for element in ElementTree.fromstring(archive.read(book)).iter():
        if _local(element.tag) == "sheet":
            relation = next((value for key, value in element.attrib.items() if key.endswith("}id")), "")
            target = targets.get(relation, "")
            part = target.lstrip("/") if target.startswith("/") else posixpath.join(posixpath.dirname(book), target)
            found.append((_attribute(element, "name"), part))
    return found


def _xlsx_sheet(archive: zipfile.ZipFile, part: str) -> dict[tuple[int, int], str]:
    found: dict[tuple[int, int], str] = {}
    if b"<f" not in archive.read(part) and b":f" not in archive.read(part):
        return found
    with archive.open(part) as stream:
        for _, element in ElementTree.iterparse(stream):
            if _local(element.tag) == "c":
                formula = next((child for child in element if _local(child.tag) == "f"), None)
                place = _place(element.get("r", ""))
                if formula is not None and place:
                    found[place] = "=" + (formula.text or "…")
            elif _local(element.tag) == "row":
                element.clear()
    return found


def _place(reference: str) -> tuple[int, int] | None:
    letters = reference.rstrip("0123456789")
    digits = reference[len(letters) :]
    if not letters.isalpha() or not letters.isascii() or not digits:
        return None
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return int(digits) - 1, column - 1


def _ods(archive: zipfile.ZipFile, name: str) -> Formulas:
    found: Formulas = {}
    sheet = _OdsSheet(name, {})
    with archive.open("content.xml") as stream:
        for event, element in ElementTree.iterparse(stream, events=("start", "end")):
            tag = _local(element.tag)
            if event == "start" and tag == "table":
                sheet = _OdsSheet(name, found.setdefault(_attribute(element, "name"), {}))
            elif event == "end" and tag in ("table-cell", "covered-table-cell"):
                sheet.cell(element)
            elif event == "end" and tag == "table-row":
                sheet.end_row(element)
                element.clear()
    return found


class _OdsSheet:
    """Walks one sheet counting its repeats, and refuses what would fill the memory once they are written out."""

    def __init__(self, name: str, formulas: dict[tuple[int, int], str]) -> None:
        self._name = name
        self._formulas = formulas
        self._row = self._column = self._widest = 0
        self._row_is_full = False

    def cell(self, element: ElementTree.Element) -> None:
        """Counts one cell, and notes its formula."""
        formula = _attribute(element, "formula")
        if formula:
            self._formulas[self._row, self._column] = "=" + formula.partition("=")[2]
        self._column += max(int(_attribute(element, "number-columns-repeated") or "1"), 0)
        if formula or _attribute(element, "value-type") or len(element):
            self._row_is_full = True
            self._widest = max(self._widest, self._column)

    def end_row(self, element: ElementTree.Element) -> None:
        """Counts one row; raises BadInput when the sheet so far spans too many cells."""
        self._row += max(int(_attribute(element, "number-rows-repeated") or "1"), 0)
        if self._row_is_full and self._row * self._widest > guards.MOST_CELLS:
            raise BadInput(
                f"{self._name} has a cell far away from the others, so it is too large to open.",
                "Delete what stands in the furthest row or column, and try again.",
            )
        self._column, self._row_is_full = 0, False
