"""Walk the XML of a sheet element by element, measuring how far its cells reach and noting formulas."""

from collections.abc import Mapping
from typing import Protocol

from models.intake import guards

Places = dict[tuple[int, int], str]


class Walker(Protocol):
    """What the XML parser tells of a part; `formulas` are by sheet, then by (row, column) counted from 0."""

    formulas: dict[str, Places]
    saw_cells: bool

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element opens; names are "namespace local"."""

    def end(self, tag: str) -> None:
        """An element closes."""

    def text(self, data: str) -> None:
        """Text inside an element."""


class XlsxWalker:
    """One part of an XLSX file. Its only sheet goes by the name ""."""

    def __init__(self, name: str) -> None:
        """`name` is the file's, for the refusal."""
        self.formulas: dict[str, Places] = {"": {}}
        self.saw_cells = False
        self._name = name
        self._row = self._column = -1
        self._widest = self._lowest = 0
        self._formula: list[str] | None = None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Counts rows and cells; only a cell with something inside reaches anywhere."""
        local = tag.rpartition(" ")[2]
        if local == "row":
            number = attributes.get("r", "")
            self._row = int(number) - 1 if number.isdigit() else self._row + 1
            self._column = -1
        elif local == "c":
            self._place(attributes.get("r", ""))
        elif local in ("v", "is", "f", "t") and self._row >= 0:
            self._reach()
            if local == "f":
                self._formula = []

    def end(self, tag: str) -> None:
        """Keeps a formula once it is whole; a shared one may have no text of its own."""
        if self._formula is not None and tag.rpartition(" ")[2] == "f":
            self.formulas[""][self._row, self._column] = "=" + ("".join(self._formula) or "…")
            self._formula = None

    def text(self, data: str) -> None:
        """Collects a formula's text."""
        if self._formula is not None:
            self._formula.append(data)

    def _place(self, reference: str) -> None:
        self.saw_cells = True
        self._column += 1
        letters = reference.rstrip("0123456789")
        if letters and letters.isascii() and letters.isalpha() and len(reference) > len(letters):
            self._row = int(reference[len(letters) :]) - 1
            self._column = _column(letters)

    def _reach(self) -> None:
        self._widest = max(self._widest, self._column + 1)
        self._lowest = max(self._lowest, self._row + 1)
        if self._widest * self._lowest > guards.MOST_CELLS:
            raise guards.too_far(self._name)


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


class OdsWalker:
    """One part of an ODS file: rows and cells may be written once and repeated."""

    def __init__(self, name: str) -> None:
        """`name` is the file's, for the refusal."""
        self.formulas: dict[str, Places] = {}
        self.saw_cells = False
        self._name = name
        self._sheet: Places = {}
        self._row = self._column = self._widest = 0
        self._row_repeats = self._repeats = 1
        self._row_is_full = self._cell_is_full = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Counts sheets, rows and cells."""
        local = tag.rpartition(" ")[2]
        named = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        if local == "table":
            self._sheet = self.formulas.setdefault(named.get("name", ""), {})
            self._row = self._column = self._widest = 0
        elif local == "table-row":
            self._row_repeats, self._column, self._row_is_full = _times(named.get("number-rows-repeated")), 0, False
        elif local in ("table-cell", "covered-table-cell"):
            self.saw_cells = True
            self._repeats = _times(named.get("number-columns-repeated"))
            self._cell_is_full = "value-type" in named or "formula" in named
            if "formula" in named:
                self._sheet[self._row, self._column] = "=" + named["formula"].partition("=")[2]
        else:
            self._cell_is_full = True

    def end(self, tag: str) -> None:
        """Adds up what a cell or a row reaches."""
        local = tag.rpartition(" ")[2]
        if local in ("table-cell", "covered-table-cell"):
            self._column += self._repeats
            if self._cell_is_full:
                self._row_is_full = True
                self._widest = max(self._widest, self._column)
            self._cell_is_full = False
        elif local == "table-row":
            self._row += self._row_repeats
            if self._row_is_full and self._row * self._widest > guards.MOST_CELLS:
                raise guards.too_far(self._name)

    def text(self, data: str) -> None:
        """Text changes nothing here."""


def _times(said: str | None) -> int:
    return max(int(said), 0) if said and said.isdigit() else 1
