"""The list of children: chips for where they stand, find as you type, one row each."""

from collections import Counter
from collections.abc import Hashable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.people.marks import MarksDelegate, MissingDelegate
from desktop.people.reading import ListRow
from desktop.people.words import missing_state, missing_words
from desktop.widgets.allowed import may
from desktop.widgets.filter_chips import Chip, FilterChips
from desktop.widgets.list_model import Column, sort_words
from desktop.widgets.metrics import px
from desktop.widgets.state import State
from desktop.widgets.table import ListTable
from models.access.rules import Permission, who_can
from models.people.rules import ChildStatus

ALL = "all"


class ChildList(QWidget):
    """Chips, a box to find in, and the table.

    Signals:
        opened(child_id): somebody wants to see a child.
        new(): the empty list's button.
    """

    opened = Signal(object)
    new = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[ListRow, ...] = ()
        self.chips = FilterChips("Where the children stand")
        self.chips.set_current(ChildStatus.ACTIVE)
        self.find_box = QLineEdit()
        self.find_box.setPlaceholderText("Find in this list")
        self.find_box.setAccessibleName("Find in this list")
        self.find_box.setToolTip("Ctrl+F")
        self.find_box.setClearButtonEnabled(True)
        self.find_box.setFixedWidth(px(230))
        self.find_box.installEventFilter(self)
        self.table: ListTable[ListRow] = ListTable(
            _columns(), lambda row: row.child.id, name="Children", spoken=_spoken,
            spare=("School", "Parent and phone", "Missing"),
        )  # fmt: skip
        headers = [column.header for column in self.table.model.columns]
        view = self.table.view
        view.setItemDelegateForColumn(headers.index("To see"), MarksDelegate(view))
        view.setItemDelegateForColumn(headers.index("Missing"), MissingDelegate(view))
        self._headers: set[str] = set()
        self._lay_out()
        self.chips.chosen.connect(lambda _key: self._show())
        self.find_box.textChanged.connect(lambda _text: self._show())
        self.table.opened.connect(lambda row: self.opened.emit(row.child.id))

    def set_rows(self, rows: Sequence[ListRow]) -> None:
        """Shows these children."""
        self._rows = tuple(rows)
        if not may(self, Permission.SEE_FAMILIES):  # only children of the day, who all stand the same
            self.chips.set_current(ALL)
            self.chips.hide()
        counts = Counter(row.child.status for row in rows)
        shown = [status for status in ChildStatus if counts[status] or status is self.chips.current()]
        first = [status for status in (ChildStatus.ACTIVE,) if counts[status]]
        order = [*first, *(status for status in shown if status not in first)]
        chips = [Chip(status, str(status), counts[status]) for status in order]
        self.chips.set_chips([*chips, Chip(ALL, "All", len(rows))])
        self._show()

    def show_status(self, status: Hashable) -> None:
        """Only the children who stand there (ALL: all of them)."""
        self.chips.set_current(status)
        self.find_box.clear()
        self.set_rows(self._rows)

    def known(self) -> tuple[ListRow, ...]:
        """Every child of the club, shown or not."""
        return self._rows

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.find_box and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.table.rows():
                return self._from_find(event.key() != Qt.Key.Key_Down)
            if event.key() == Qt.Key.Key_Escape and self.find_box.text():
                self.find_box.clear()
                return True
        return super().eventFilter(watched, event)

    def _from_find(self, open_it: bool) -> bool:
        if open_it and len(self.table.rows()) == 1:
            self.opened.emit(self.table.rows()[0].child.id)
        else:
            self.table.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _fit(self) -> None:
        """A status all have need not be said."""
        headers = {"Child", "Age", "School", "Parent and phone", "To see", "Missing"}
        if self.chips.current() == ALL and may(self, Permission.SEE_FAMILIES):
            headers.add("Status")
        if headers != self._headers:
            self._headers = headers
            self.table.show_columns(headers)

    def _show(self) -> None:
        self._fit()
        wanted = sort_words(self.find_box.text()).split()
        status = self.chips.current()
        stands = [row for row in self._rows if status in (ALL, row.child.status)]
        self._say_empty(bool(wanted), bool(stands))
        self.table.set_rows([row for row in stands if all(part in _text(row) for part in wanted)])

    def _say_empty(self, finding: bool, any_stands: bool) -> None:
        if not self._rows:
            self._say_none()
        elif finding and any_stands:
            self.table.set_empty("No child in this list matches what you typed.", "Clear it", self.find_box.clear)
        else:
            self.table.set_empty("No child stands here.", "Show all", lambda: self.show_status(ALL))

    def _say_none(self) -> None:
        """Why there is nobody; those who see only the children of the day are told so."""
        if may(self, Permission.EDIT_FAMILIES):
            words = "No children yet. Add the first, or bring in your spreadsheet under Bring in spreadsheets."
            self.table.set_empty(words, "New child", self.new.emit)
        elif may(self, Permission.SEE_FAMILIES):
            self.table.set_empty(f"No children yet. {who_can(Permission.EDIT_FAMILIES).capitalize()} can add them.")
        else:
            self.table.set_empty("No club or trip is on today. On the day, its children stand here.")

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(px(12))
        top.addWidget(self.chips, 1)
        top.addWidget(self.find_box, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        column.addLayout(top)
        column.addWidget(self.table, 1)


def _columns() -> list[Column[ListRow]]:
    return [
        Column("Child", lambda row: row.child.full_name, sort=_by_surname),
        Column("Age", lambda row: str(row.age), sort=lambda row: row.child.birth_date.toordinal() * -1, width=66),
        Column("School", lambda row: row.child.school),
        Column("Parent and phone", lambda row: " · ".join(x for x in (row.child.parent, row.child.phone) if x)),
        Column("Status", lambda row: str(row.child.status)),
        Column("To see", lambda row: ", ".join(mark.words for mark in row.marks), sort=_gravity, width=130),
        Column(
            "Missing", lambda row: missing_words(row.missing), sort=_lacks, state=lambda row: missing_state(row.missing)
        ),
    ]


def _by_surname(row: ListRow) -> str:
    return sort_words(" ".join(reversed(row.child.called.rsplit(" ", 1))))


def _gravity(row: ListRow) -> tuple[int, int]:
    return (-sum(mark.state is State.BAD for mark in row.marks), -len(row.marks))


def _lacks(row: ListRow) -> tuple[bool, int]:
    return (missing_state(row.missing) is not State.WARN, -len(row.missing))


def _spoken(row: ListRow) -> str:
    seen = [mark.words for mark in row.marks]
    return ", ".join([row.child.full_name, f"{row.age}", str(row.child.status), *seen, *row.missing])


def _text(row: ListRow) -> str:
    child = row.child
    return sort_words(
        " ".join((child.full_name, child.called, child.ref, child.school, child.parent, child.phone.replace(" ", "")))
        + f" {child.phone}"
    )
