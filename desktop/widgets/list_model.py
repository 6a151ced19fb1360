"""Rows for a table: frozen values in, cells out; sorting and filtering happen here."""

import unicodedata
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.widgets.state import State

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = int(Qt.ItemDataRole.UserRole)
STATE_ROLE = ROW_ROLE + 1
ICON_ROLE = ROW_ROLE + 2


@dataclass(frozen=True)
class Column(Generic[R]):
    """One column of a list.

    Attributes:
        header: its words.
        text: what a cell says.
        sort: what it sorts by; None sorts by the words, accents and capitals aside. A key of None comes last.
        state: a State to colour the cell and give it an icon; the words must say the same.
        icon: a Material icon name, where the state's own will not do.
        width: exact pixels at 100 %; 0 (usual) takes what the words need and shares what is left over.
        right: numbers and money stand at the right.
    """

    header: str
    text: Callable[[R], str]
    sort: Callable[[R], Any] | None = None
    state: Callable[[R], State | None] | None = None
    icon: Callable[[R], str] | None = None
    width: int = 0
    right: bool = False


@lru_cache(maxsize=2048)
def sort_words(text: str) -> str:
    """Świątek sorts beside Swiatek, capitals do not matter, and O’Brien is found by o'brien or obrien."""
    plain = "".join(mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))
    return plain.replace("ł", "l").replace("Ł", "L").replace("’", "").replace("'", "").casefold()


class ListModel(QAbstractTableModel, Generic[R]):
    """The rows of a ListTable. The first column is the person or thing a row is about."""

    def __init__(
        self,
        columns: Sequence[Column[R]],
        row_id: Callable[[R], Hashable],
        spoken: Callable[[R], str] | None = None,
        parent: QObject | None = None,
    ) -> None:
        """`row_id` tells rows apart across refreshes; `spoken` is what a screen reader says for a row ("Name, due")."""
        super().__init__(parent)
        self.columns = tuple(columns)
        self._row_id = row_id
        self._spoken = spoken
        self._all: list[R] = []
        self._rows: list[R] = []
        self._keep: Callable[[R], bool] | None = None
        self._sorted_by = -1
        self._descending = False

    def set_rows(self, rows: Sequence[R]) -> None:
        """Replaces every row, keeping the sort order and the filter."""
        self.beginResetModel()
        self._all = list(rows)
        self._arrange()
        self.endResetModel()

    def set_filter(self, keep: Callable[[R], bool] | None) -> None:
        """Shows only rows that `keep` says yes to; None shows all."""
        self.beginResetModel()
        self._keep = keep
        self._arrange()
        self.endResetModel()

    @property
    def filtered(self) -> bool:
        """Whether rows are being kept back by a filter."""
        return len(self._rows) < len(self._all)

    def rows(self) -> tuple[R, ...]:
        """The rows shown, in the order shown."""
        return tuple(self._rows)

    def row_at(self, number: int) -> R:
        """The row at a line of the table."""
        return self._rows[number]

    def id_at(self, number: int) -> Hashable:
        """The id of the row at a line."""
        return self._row_id(self._rows[number])

    def line_of(self, row_id: Hashable) -> int:
        """The line a row stands at, -1 for none."""
        return next((at for at, row in enumerate(self._rows) if self._row_id(row) == row_id), -1)

    def find(self, typed: str, start: int = 0) -> int:
        """The first line from `start` on, going round, with a word of the first column that begins so; -1 for none."""
        wanted = sort_words(typed)
        for step in range(len(self._rows)):
            at = (start + step) % len(self._rows)
            text = sort_words(self.columns[0].text(self._rows[at]))
            if text.startswith(wanted) or f" {wanted}" in text:
                return at
        return -1

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sorts by a column; rows that are equal keep their order."""
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        kept = [(self.id_at(index.row()), index.column()) for index in before]
        self._sorted_by, self._descending = column, order == Qt.SortOrder.DescendingOrder
        self._arrange()
        line = {self._row_id(row): at for at, row in enumerate(self._rows)}
        self.changePersistentIndexList(before, [self.index(line[row_id], at) for row_id, at in kept])
        self.layoutChanged.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.columns[section].header
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self.columns[section].right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._said(row, column, index.column())
        if role == ROW_ROLE:
            return row
        if role == STATE_ROLE:
            state = column.state(row) if column.state else None
            return state.value if state else ""
        if role == ICON_ROLE:
            return column.icon(row) if column.icon else ""
        return None

    def _said(self, row: R, column: Column[R], at: int) -> str:
        if at == 0:
            return self._spoken(row) if self._spoken else column.text(row)
        return f"{column.header}: {column.text(row) or 'nothing'}"

    def _arrange(self) -> None:
        self._rows = [row for row in self._all if self._keep is None or self._keep(row)]
        if not 0 <= self._sorted_by < len(self.columns):
            return
        column = self.columns[self._sorted_by]
        key = column.sort or (lambda row: sort_words(column.text(row)))
        keyed = [(key(row), row) for row in self._rows]
        known = sorted((pair for pair in keyed if pair[0] is not None), key=lambda pair: pair[0])
        if self._descending:
            known.reverse()
        self._rows = [row for _key, row in known] + [row for key_, row in keyed if key_ is None]
