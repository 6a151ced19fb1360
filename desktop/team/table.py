"""The list of adults: who, what they do, how their checks stand, whether they count, and when they come next."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.team.reading import ListRow
from desktop.team.words import Check
from desktop.widgets.allowed import may
from desktop.widgets.filter_chips import Chip, FilterChips
from desktop.widgets.list_model import Column, sort_words
from desktop.widgets.metrics import px
from desktop.widgets.state import State
from desktop.widgets.table import ListTable
from models.access.rules import Permission, who_can
from models.kernel.dates import short

HERE, NOT_CLEARED, DRIVERS, LEFT = "here", "not cleared", "drivers", "left"
_ROOM, _WIDE = 900, 1180
"""Room for the checks, and for the usual days too, in pixels at 100 %."""


class TeamList(QWidget):
    """Chips, a box to find in, and the table.

    Signals:
        opened(adult_id): somebody wants to see an adult.
        new(): the empty list's button.
    """

    opened = Signal(object)
    new = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[ListRow, ...] = ()
        self.chips = FilterChips("Which adults")
        self.chips.set_current(HERE)
        self.find_box = QLineEdit()
        self.find_box.setPlaceholderText("Find in this list")
        self.find_box.setAccessibleName("Find in this list")
        self.find_box.setToolTip("Ctrl+F")
        self.find_box.setClearButtonEnabled(True)
        self.find_box.setFixedWidth(px(230))
        self.table: ListTable[ListRow] = ListTable(_columns(), lambda row: row.adult.id, name="Team", spoken=_spoken)
        self._headers: set[str] = set()
        self._lay_out()
        self.chips.chosen.connect(lambda _key: self._show())
        self.find_box.textChanged.connect(lambda _text: self._show())
        self.find_box.returnPressed.connect(self._from_find)
        self.table.opened.connect(lambda row: self.opened.emit(row.adult.id))

    def set_rows(self, rows: Sequence[ListRow]) -> None:
        """Shows these adults."""
        self._rows = tuple(rows)
        words = {HERE: "On the team", NOT_CLEARED: "Not cleared", DRIVERS: "Drivers", LEFT: "Left"}
        if not sees_papers(self):
            del words[DRIVERS]
        self.chips.set_chips([Chip(key, said, sum(_KEEP[key](row) for row in rows)) for key, said in words.items()])
        self._show()

    def known(self) -> tuple[ListRow, ...]:
        """Every adult there is, shown or not."""
        return self._rows

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        papers = sees_papers(self)
        headers = {"Name", "Role", "Counts" if papers else "Cleared"}
        if self.width() >= px(_ROOM) and not papers:
            headers |= {"Mobile", "First aid", "Next"}
        elif self.width() >= px(_ROOM):
            headers |= {"DBS", "First aid", "Safeguarding", "Driving", "Next"}
        if self.width() >= px(_WIDE) and papers:
            headers.add("Usual days")
        if headers != self._headers:
            self._headers = headers
            self.table.show_columns(headers)

    def _from_find(self) -> None:
        if len(self.table.rows()) == 1:
            self.opened.emit(self.table.rows()[0].adult.id)
        elif self.table.rows():
            self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def _show(self) -> None:
        keep = _KEEP[str(self.chips.current())]
        wanted = sort_words(self.find_box.text()).split()
        stands = [row for row in self._rows if keep(row)]
        if not self._rows:
            self._say_none()
        elif wanted and stands:
            self.table.set_empty("Nobody in this list matches what you typed.", "Clear it", self.find_box.clear)
        else:
            self.table.set_empty("There is nobody here.", "Show who is on the team", self._show_here)
        self.table.set_rows([row for row in stands if all(part in _text(row) for part in wanted)])

    def _say_none(self) -> None:
        if may(self, Permission.EDIT_TEAM):
            self.table.set_empty("Nobody on the team yet. Add the first adult.", "New adult", self.new.emit)
        else:
            who = who_can(Permission.EDIT_TEAM).capitalize()
            self.table.set_empty(f"Nobody on the team yet. {who} can add the first adult.")

    def _show_here(self) -> None:
        self.chips.set_current(HERE)
        self._show()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(px(12))
        top.addWidget(self.chips, 1)
        top.addWidget(self.find_box, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        column.addLayout(top)
        column.addWidget(self.table, 1)


def sees_papers(widget: QWidget) -> bool:
    """Whether the person may see colleagues' checks: who keeps them, or safeguards."""
    return may(widget, Permission.EDIT_TEAM) or may(widget, Permission.CONCERNS)


_KEEP: dict[str, Callable[[ListRow], bool]] = {
    HERE: lambda row: row.here,
    NOT_CLEARED: lambda row: row.here and row.counting.state is not State.OK,
    DRIVERS: lambda row: row.here and row.driving is not None,
    LEFT: lambda row: not row.here,
}


def _columns() -> list[Column[ListRow]]:
    return [
        Column("Name", lambda row: row.adult.name),
        Column("Role", lambda row: row.adult.role if row.adult.paid else row.role),
        Column("Mobile", lambda row: row.adult.mobile),
        Column("Usual days", lambda row: row.adult.usual_days),
        _check("DBS", lambda row: row.dbs),
        _check("First aid", lambda row: row.first_aid),
        _check("Safeguarding", lambda row: row.safeguarding),
        _check("Driving", lambda row: row.driving),
        Column("Counts", lambda row: row.counting.short, state=lambda row: row.counting.state),
        Column("Cleared", lambda row: row.counting.short, state=lambda row: row.counting.state),
        Column("Next", _next, sort=lambda row: row.next.day.toordinal() if row.next else None),
    ]


def _check(header: str, check: Callable[[ListRow], Check | None]) -> Column[ListRow]:
    def said(row: ListRow) -> str:
        found = check(row)
        return found.short if found else ""

    def state(row: ListRow) -> State | None:
        found = check(row)
        return found.state if found else None

    def due(row: ListRow) -> int | None:
        found = check(row)
        return found.due.toordinal() if found and found.due else None

    return Column(header, said, sort=due, state=state)


def _next(row: ListRow) -> str:
    return short(row.next.day) if row.next else ""


def _spoken(row: ListRow) -> str:
    return ", ".join((row.adult.name, row.role, row.counting.short))


def _text(row: ListRow) -> str:
    one = row.adult
    return sort_words(f"{one.name} {row.role} {one.usual_days} {one.mobile} {one.mobile.replace(' ', '')}")
