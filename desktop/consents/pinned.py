"""The children's names, kept in sight while the matrix is moved sideways."""

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView


class PinnedNames(QTableView):
    """A second look at the first column, over the left edge of the matrix; it never takes the keyboard.

    Signals:
        pressed_on(QModelIndex, QMouseEvent): a name was pressed.
    """

    pressed_on = Signal(QModelIndex, QMouseEvent)

    def __init__(self, below: QTableView, model: QAbstractItemModel) -> None:
        super().__init__(below)
        self._below = below
        self._stale = True
        self.setModel(model)
        self.setItemDelegate(below.itemDelegate())
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setAccessibleName("Children")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        below.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        below.horizontalScrollBar().valueChanged.connect(lambda _value: self._follow())
        self.hide()

    def share_selection(self) -> None:
        """Shows as chosen what is chosen in the matrix, once that has its model."""
        self.setSelectionModel(self._below.selectionModel())

    def fit(self) -> None:
        """The matrix was measured anew: its widths and heights are taken over once they are needed."""
        self._stale = True
        self._follow()

    def _follow(self) -> None:
        below = self._below
        # With so little room that a name fills it there would be nothing left to see beside it.
        roomy = below.viewport().width() >= 2 * below.columnWidth(0)
        wanted = roomy and below.horizontalScrollBar().value() > 0
        if wanted and self._stale:
            self._take_sizes()
        self.setVisible(wanted)
        self.verticalScrollBar().setValue(below.verticalScrollBar().value())

    def _take_sizes(self) -> None:
        below, self._stale = self._below, False
        for column in range(1, self.model().columnCount()):
            self.setColumnHidden(column, True)
        self.setColumnWidth(0, below.columnWidth(0))
        for line in range(self.model().rowCount()):
            self.setRowHeight(line, below.rowHeight(line))
        top = below.horizontalHeader().height()
        self.horizontalHeader().setFixedHeight(top)
        self.setGeometry(0, 0, below.columnWidth(0), top + below.viewport().height())

    def covered(self) -> int:
        """How much of the left edge of the matrix lies under the names, in pixels."""
        return 0 if self.isHidden() else self.width()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            self.pressed_on.emit(index, event)
