"""The matrix: a child a line, a kind a column, one square to stand on."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QStackedLayout, QTableView, QWidget

from desktop.consents.delegate import SquareDelegate, tick_width
from desktop.consents.pinned import PinnedNames
from desktop.consents.reading import FORM, Overview, Row
from desktop.consents.squares import BREAK, Square, name_square, signed_square, square
from desktop.widgets.faces import Face
from desktop.widgets.list_model import sort_words
from desktop.widgets.metrics import px
from models.consents.rules import KIND_WORDS, ConsentKind

Index = QModelIndex | QPersistentModelIndex
SQUARE_ROLE = int(Qt.ItemDataRole.UserRole)
HEADERS = ("Child", *(KIND_WORDS[kind] for kind in FORM), "Signed by")


class MatrixModel(QAbstractTableModel):
    """The rows shown, and which of the children are ticked."""

    ticks_changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.ticked: set[UUID] = set()
        self.ticking = True
        self._rows: tuple[Row, ...] = ()
        self._squares: list[tuple[Square, ...]] = []

    def show_rows(self, seen: Overview, rows: Sequence[Row]) -> None:
        """Replaces every row; ticks of children no longer shown go."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self._squares = [
            (name_square(row, self.ticking), *(square(row, kind, seen) for kind in FORM), signed_square(row))
            for row in rows
        ]
        self.endResetModel()
        left = self.ticked & {row.id for row in rows}
        if left != self.ticked:
            self.ticked = left
            self.ticks_changed.emit()

    def row_at(self, line: int) -> Row:
        """The row at a line."""
        return self._rows[line]

    def line_of(self, child_id: UUID) -> int:
        """The line of a child, -1 for none."""
        return next((at for at, row in enumerate(self._rows) if row.id == child_id), -1)

    def find(self, typed: str, start: int) -> int:
        """The first line from `start` on, going round, with a word of the name that begins so; -1 for none."""
        wanted = sort_words(typed)
        for step in range(len(self._rows)):
            at = (start + step) % len(self._rows)
            name = sort_words(self._rows[at].matrix.called)
            if name.startswith(wanted) or f" {wanted}" in name:
                return at
        return -1

    def tick(self, line: int) -> None:
        """Ticks a child, or takes the tick away; nothing where `ticking` is off."""
        if not self.ticking:
            return
        self.ticked ^= {self._rows[line].id}
        index = self.index(line, 0)
        self.dataChanged.emit(index, index)
        self.ticks_changed.emit()

    def tick_all(self, on: bool) -> None:
        """Ticks every child shown, or none."""
        self.ticked = {row.id for row in self._rows} if on else set()
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, 0))
        self.ticks_changed.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(HEADERS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return HEADERS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        found = self._squares[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return found.words.replace(BREAK, "")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(index, found)
        if role == SQUARE_ROLE:
            return found
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == 0 and self.ticking:
            on = self._rows[index.row()].id in self.ticked
            return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        return None

    def _spoken(self, index: Index, found: Square) -> str:
        if index.column() == 0:
            ticked = ", ticked" if self._rows[index.row()].id in self.ticked else ""
            return f"{self._rows[index.row()].matrix.called}{ticked}"
        return f"{self._rows[index.row()].matrix.called}, {found.spoken}"


class Matrix(QFrame):
    """The matrix in a card, or why there is nothing in it.

    Signals:
        opened(child_id, kind): a square was pressed, or Enter; kind is None for the name and who signed.
        ticks(int): so many children are ticked.
    """

    opened = Signal(object, object)
    ticks = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self.model = MatrixModel(self)
        self.view = _View(self.model, self)
        self.face = Face()
        # Why it is empty may scroll away before the row above is cut short.
        self.setMinimumHeight(px(110))
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(px(5), px(3), px(5), px(5))
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.face)
        self.setFocusProxy(self.view)
        self.view.pressed_at.connect(self._open)
        self.model.ticks_changed.connect(lambda: self.ticks.emit(len(self.model.ticked)))

    def show_rows(self, seen: Overview, rows: Sequence[Row]) -> None:
        """Shows these rows; the square one is on stays."""
        before = self.view.currentIndex()
        held = self.model.row_at(before.row()).id if before.isValid() else None
        place = self.view.verticalScrollBar().value()
        self.model.show_rows(seen, rows)
        self.view.measure()
        line = self.model.line_of(held) if held is not None else -1
        if line < 0 and held is not None and rows:
            line = min(before.row(), len(rows) - 1)
        if line >= 0:
            self.view.setCurrentIndex(self.model.index(line, before.column()))
            self.view.verticalScrollBar().setValue(place)
        self._stack.setCurrentWidget(self.view if rows else self.face)

    def select(self, child_id: UUID, kind: ConsentKind) -> None:
        """Stands on a square, if it is shown."""
        line = self.model.line_of(child_id)
        if line >= 0:
            self.view.setCurrentIndex(self.model.index(line, 1 + FORM.index(kind)))

    def _open(self, line: int, column: int) -> None:
        kind = FORM[column - 1] if 1 <= column <= len(FORM) else None
        self.opened.emit(self.model.row_at(line).id, kind)


class _View(QTableView):
    """Arrows go from square to square, Enter or a click opens, Space ticks the child."""

    pressed_at = Signal(int, int)

    def __init__(self, model: MatrixModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows = model
        # Qt asks where squares are as soon as there is a model to ask about.
        self._squares = SquareDelegate(self)
        self.setItemDelegate(self._squares)
        self._pinned = PinnedNames(self, model)
        self._pinned.pressed_on.connect(self._press)
        self.setModel(model)
        self._pinned.share_selection()
        self.setAccessibleName("Consents by child")
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setHighlightSections(False)
        header.setFixedHeight(px(40))

    def measure(self) -> None:
        """Gives every column what its words need, and every row the height of its tallest square."""
        widths = self._squares.widths(self._rows, HEADERS, self.viewport().width(), self.font())
        for at, width in enumerate(widths):
            self.setColumnWidth(at, width)
        for line in range(self._rows.rowCount()):
            self.setRowHeight(line, self._squares.height(self._rows, line, widths, self.font()))
        self._pinned.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.measure()
        self._pinned.fit()

    def scrollTo(  # noqa: N802 - Qt's own name
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        super().scrollTo(index, hint)
        # A square one comes to from the right must not stay under the names.
        under = self._pinned.covered() - self.visualRect(index).left()
        if index.column() > 0 and under > 0:
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - under)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self.pressed_at.emit(index.row(), index.column())
        elif event.key() == Qt.Key.Key_Space and index.isValid():
            self._rows.tick(index.row())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters go to the next child with a name that begins so, in the same column."""
        here = self.currentIndex()
        line = self._rows.find(search, max(0, here.row()))
        if search and line >= 0:
            self.setCurrentIndex(self._rows.index(line, max(0, here.column())))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid() and index == self.currentIndex():
            self._press(index, event)

    def _press(self, index: QModelIndex, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        left = 0 if self._pinned.covered() else self.visualRect(index).left()
        if index.column() == 0 and self._rows.ticking and at.x() - left < tick_width():
            self._rows.tick(index.row())
        else:
            self.pressed_at.emit(index.row(), index.column())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        lost = self._rows.rowCount() > 0 and not self.currentIndex().isValid()
        if lost and event.reason() != Qt.FocusReason.MouseFocusReason:
            self.setCurrentIndex(self._rows.index(0, 0))
        self.viewport().update()
