"""The list every screen uses: sortable, 50-px rows, keyboard all the way, four faces."""

from collections.abc import Callable, Collection, Hashable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QStackedLayout, QTableView, QVBoxLayout, QWidget

from desktop.widgets.faces import Face
from desktop.widgets.list_delegate import ListDelegate, natural_width, row_height
from desktop.widgets.list_model import Column, ListModel
from desktop.widgets.metrics import px

R = TypeVar("R")
_MEASURED = 200
"""Rows measured for column widths: beyond this, measuring would be felt."""
_LONG = 240
"""One long name may be cut short before a column goes for it, in pixels at 100 %."""


class ListTable(QFrame, Generic[R]):
    """A list of frozen rows in a card.

    Signals:
        opened(row): Enter, a double click or a second click on the selected row.
        chosen(row): the keyboard or mouse moved to another row; None when there is none.
        picked(rows): where several may be: those that are selected now, in the order shown.
    """

    opened = Signal(object)
    chosen = Signal(object)
    picked = Signal(object)

    def __init__(
        self,
        columns: Sequence[Column[R]],
        row_id: Callable[[R], Hashable],
        *,
        name: str,
        spoken: Callable[[R], str] | None = None,
        spare: Sequence[str] = (),
        several: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`name` is what a screen reader calls the list ("Children"); `spoken` what it says for a row.

        `spare` are headers of columns that go, in this order, rather than that every cell is cut short; opening the
        row tells what they said. `several`: more than one may be selected (Shift, Ctrl, Ctrl+A).
        """
        super().__init__(parent)
        self.setProperty("card", "true")
        self.model: ListModel[R] = ListModel(columns, row_id, spoken, self)
        self.view = _View(self.model, spare, self)
        self.view.setAccessibleName(name)
        self._face = Face()
        self._empty: tuple[str, str, Callable[[], object] | None] = ("There is nothing here yet.", "", None)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(px(5), px(3), px(5), px(5))
        self._stack = QStackedLayout()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._face)
        outer.addLayout(self._stack)
        self.view.opened.connect(lambda line: self.opened.emit(self.model.row_at(line)))
        self.view.selectionModel().currentRowChanged.connect(self._tell_chosen)
        self.setFocusProxy(self.view)
        if several:
            self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
            self.view.selectionModel().selectionChanged.connect(lambda *_: self.picked.emit(self.selected()))

    def selected(self) -> tuple[R, ...]:
        """The rows that are selected, in the order shown."""
        lines = sorted(index.row() for index in self.view.selectionModel().selectedRows())
        return tuple(self.model.row_at(line) for line in lines)

    def set_rows(self, rows: Sequence[R]) -> None:
        """Shows these rows; the sort order, the filter and the row one is on stay."""
        self._change(lambda: self.model.set_rows(rows))

    def set_filter(self, keep: Callable[[R], bool] | None) -> None:
        """Shows only rows that `keep` says yes to; None shows all."""
        self._change(lambda: self.model.set_filter(keep))

    def set_empty(self, reason: str, button_text: str = "", on_click: Callable[[], object] | None = None) -> None:
        """What to say when there are no rows: why, and one thing to do."""
        self._empty = (reason, button_text, on_click)
        self._show_face()

    def rows(self) -> tuple[R, ...]:
        """The rows shown, in the order shown."""
        return self.model.rows()

    def current(self) -> R | None:
        """The row one is on."""
        line = self.view.currentIndex().row()
        return self.model.row_at(line) if line >= 0 else None

    def select(self, row_id: Hashable) -> bool:
        """Goes to a row by its id; False when it is not shown."""
        line = self.model.line_of(row_id)
        if line >= 0:
            self._go_to(line)
        return line >= 0

    def show_columns(self, headers: Collection[str]) -> None:
        """Shows only the columns with these words; their cells take all the room."""
        self.view.show_only(headers)

    def sort_by(self, header: str, *, descending: bool = False) -> None:
        """Sorts by the column with these words. Raises StopIteration when there is none."""
        at = next(at for at, column in enumerate(self.model.columns) if column.header == header)
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.view.sortByColumn(at, order)

    def _change(self, change: Callable[[], None]) -> None:
        current = self.view.currentIndex()
        line = current.row()
        row_id = self.model.id_at(line) if line >= 0 else None
        place = self.view.verticalScrollBar().value()
        change()
        self.view.measure()
        self._show_face()
        at = self.model.line_of(row_id) if row_id is not None else -1
        if at >= 0:
            self._go_to(at)
            self.view.verticalScrollBar().setValue(place)
        elif self.view.hasFocus() and self.model.rowCount():
            # The row has gone (or these are the first): the keyboard goes to the one now in its place.
            self._go_to(max(0, min(line, self.model.rowCount() - 1)))
        elif row_id is not None:
            self.chosen.emit(None)

    def _go_to(self, line: int) -> None:
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.view.selectionModel().setCurrentIndex(self.model.index(line, 0), flags)

    def _tell_chosen(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self.chosen.emit(self.model.row_at(now.row()))

    def _show_face(self) -> None:
        if self.model.rowCount():
            self._stack.setCurrentWidget(self.view)
            return
        if self.model.filtered:
            self._face.show_words("Nothing matches what you asked for.", "Show all", lambda: self.set_filter(None))
        else:
            self._face.show_words(*self._empty)
        self._stack.setCurrentWidget(self._face)


class _View(QTableView):
    """The table inside a ListTable: Enter opens, letters find, columns fit."""

    opened = Signal(int)

    def __init__(self, model: ListModel[R], spare: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self._rows = model
        self._wanted: list[int] = []
        headers = [column.header for column in model.columns]
        self._spare = [headers.index(each) for each in spare]
        self._kept = set(range(len(headers)))
        self.setModel(model)
        self.setItemDelegate(ListDelegate(self))
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(row_height())
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setHighlightSections(False)
        header.setFixedHeight(px(40))
        header.setSortIndicatorClearable(False)
        # -1: rows stand in the order the screen gave them until a header is pressed.
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))
        self.measure()

    def show_only(self, headers: Collection[str]) -> None:
        """Keeps the columns with these words, as far as there is room."""
        self._kept = {at for at, column in enumerate(self._rows.columns) if column.header in headers}
        self.measure()

    def measure(self) -> None:
        """Works out how wide each column would like to be, from its words."""
        base = self.font()
        shown = self._rows.rows()[:_MEASURED]
        self._wanted = []
        for at, column in enumerate(self._rows.columns):
            header = natural_width(column.header, True, False, base)
            has_icon = column.state is not None or column.icon is not None
            widest = max((natural_width(column.text(row), has_icon, at == 0, base) for row in shown), default=0)
            self._wanted.append(px(column.width) if column.width else max(header, widest))
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        # The ring is drawn round the row one is on: by keyboard one is always on a row.
        lost = self._rows.rowCount() > 0 and not self.currentIndex().isValid()
        if lost and event.reason() != Qt.FocusReason.MouseFocusReason:
            self.setCurrentIndex(self._rows.index(0, 0))
        self.viewport().update()

    def keyboardSearch(self, search: str) -> None:
        """Letters typed in a row go to the next person with a name that begins so."""
        line = self._rows.find(search, max(0, self.currentIndex().row()))
        if search and line >= 0:
            self.setCurrentIndex(self._rows.index(line, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.viewport().width()
        shown = self._with_room(room)
        for at in range(len(self._wanted)):
            self.setColumnHidden(at, at not in shown)
        wanted = [self._wanted[at] for at in shown]
        fixed = [bool(self._rows.columns[at].width) for at in shown]
        for at, width in zip(shown, shared_widths(wanted, fixed, room), strict=True):
            self.setColumnWidth(at, width)

    def _with_room(self, room: int) -> list[int]:
        """The columns shown: those one can spare go while what is there is wider than the room."""
        shown = sorted(self._kept & set(range(len(self._wanted))))
        for at in self._spare:
            if sum(min(self._wanted[each], px(_LONG)) for each in shown) <= room:
                break
            shown = [each for each in shown if each != at]
        return shown


def shared_widths(wanted: Sequence[int], fixed: Sequence[bool], room: int) -> list[int]:
    """Gives every column what it wants and shares the rest; when room is short only the widest columns give way."""
    spare = room - sum(wanted)
    loose = [at for at, held in enumerate(fixed) if not held]
    widths = list(wanted)
    if not loose:
        return widths
    if spare >= 0:
        for at in loose:
            widths[at] += spare // len(loose)
        widths[loose[-1]] += spare - (spare // len(loose)) * len(loose)
        return widths
    left = room - sum(wanted[at] for at, held in enumerate(fixed) if held)
    for taken, at in enumerate(sorted(loose, key=lambda each: wanted[each])):
        share = max(px(64), left // (len(loose) - taken))
        widths[at] = min(wanted[at], share)
        left -= widths[at]
    return widths
