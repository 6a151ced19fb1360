"""Keying a printed register back: the rows as they were printed, keys alone, one Save, one change."""

from dataclasses import dataclass
from datetime import time
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from desktop.registers.reading import Paper
from desktop.registers.words import status_words
from desktop.widgets.allowed import leads
from desktop.widgets.banner import Banner
from desktop.widgets.card import clear_layout
from desktop.widgets.faces import Face
from desktop.widgets.fields import ChoiceField
from desktop.widgets.metrics import px
from desktop.widgets.state import State
from desktop.widgets.text import button, label, set_look
from models.access.rules import Permission, who_can
from models.kernel.clock import london_wall
from models.kernel.dates import clock_text, parse_time, short
from models.registers.queries import SheetRow
from models.registers.rules import MarkKind, RowState, Status
from models.registers.service import KeyedRow

CODES = {"/": MarkKind.IN, "L": MarkKind.LATE, "A": MarkKind.ABSENT, "N": MarkKind.NO_SHOW}
HEADS = ("Row", "Name", "Code", "In", "Out", "Collected by")


@dataclass
class _Line:
    number: int
    name: str
    code: QLineEdit
    came: QLineEdit
    went: QLineEdit
    by: QLineEdit

    @property
    def cells(self) -> tuple[QLineEdit, ...]:
        return (self.code, self.came, self.went, self.by)


class PaperGrid(QWidget):
    """Choose a sheet, type a code for each row (/ in, L late, A absent, N no word) and times where the paper has them.

    Signals:
        keyed(UUID, int, list): the sheet's id and number, and the rows that were filled in, as KeyedRow.
        left(): back to the register. wanted_print(): no sheet was printed yet.
    """

    keyed = Signal(object, int, object)
    left = Signal()
    wanted_print = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._sheets: tuple[SheetRow, ...] = ()
        self._names: dict[UUID, str] = {}
        self._states: dict[UUID, RowState] = {}
        self._lines: list[_Line] = []
        self.banner = Banner()
        self.sheet = ChoiceField("sheet", "Printed register", [])
        self.sheet.changed.connect(self._fill)
        self.save_button = button("Save", self.save, kind="primary", big=True)
        self.save_button.setToolTip("Ctrl+Enter")
        self._grid_home = QWidget()
        set_look(self._grid_home, "scrolled", "true")
        self._column = QVBoxLayout(self._grid_home)
        self._lay_out()

    def show_sheets(self, paper: Paper) -> None:
        """The printed registers, newest first; the first is opened. What was typed for another day is dropped."""
        self.banner.clear()
        sheets = self._sheets = paper.sheets
        self._names, self._states = paper.names, paper.states
        self._say_none()
        self._empty.setVisible(not sheets)
        self._card.setVisible(bool(sheets))
        self.sheet.setVisible(bool(sheets))
        self.save_button.setVisible(bool(sheets))
        self.sheet.set_choices([(one.id, _sheet_words(one)) for one in sheets])
        self.sheet.set_value(sheets[0].id if sheets else None)
        self._fill()
        (self._lines[0].code if self._lines else self._back).setFocus(Qt.FocusReason.TabFocusReason)

    def show_error(self, error: Exception) -> None:
        """Says what was refused; everything typed stays."""
        self.banner.show_state(State.BAD, str(error))
        row = next((line for line in self._lines if f"Row {line.number}," in str(error)), None)
        if row is not None:
            set_look(row.code, "wrong", "true")
            row.code.setFocus()

    def save(self) -> None:
        """Reads every row that was filled in; an unreadable one is pointed out and nothing is saved."""
        entries = []
        for line in self._lines:
            entry = self._read(line)
            if isinstance(entry, str):
                self.banner.show_state(State.BAD, f"Row {line.number}, {line.name}: {entry}")
                return
            if entry is not None:
                entries.append(entry)
        if not entries:
            self.banner.show_state(State.WARN, "Nothing is filled in yet. Type a code in a row.")
            return
        self.banner.clear()
        sheet = self._chosen()
        if sheet is not None:
            self.keyed.emit(sheet.id, sheet.number, entries)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(watched, QLineEdit):
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.save()
                return True
            if enter:
                self._next(watched)
                return True
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                self._move(watched, step)
                return True
        return super().eventFilter(watched, event)

    def _read(self, line: _Line) -> KeyedRow | str | None:
        """A row as typed: what to key, a sentence that says what is wrong, or None for an empty row."""
        texts = [cell.text().strip() for cell in line.cells]
        for cell in line.cells:
            set_look(cell, "wrong", "false")
        if not any(texts):
            return None
        kind = CODES.get(texts[0].upper() or "/")
        if kind is None:
            return _wrong(line.code, "the code is /, L, A or N.")
        times: list[time | None] = []
        for cell in (line.came, line.went):
            try:
                times.append(parse_time(cell.text()) if cell.text().strip() else None)
            except ValueError as error:
                return _wrong(cell, f"{error}.")
        return KeyedRow(line.number, kind, times[0], times[1], texts[3])

    def _next(self, cell: QLineEdit) -> None:
        """Enter goes on along the row; after a child who did not come, and at the end, to the next row."""
        at = next(number for number, line in enumerate(self._lines) if cell in line.cells)
        line = self._lines[at]
        place = line.cells.index(cell)
        away = place == 0 and CODES.get(cell.text().strip().upper()) in (MarkKind.ABSENT, MarkKind.NO_SHOW)
        if place < 3 and not away:
            self._hold(line.cells[place + 1])
        elif at + 1 < len(self._lines):
            self._hold(self._lines[at + 1].code)
        else:
            self.save_button.setFocus(Qt.FocusReason.TabFocusReason)

    def _move(self, cell: QLineEdit, by: int) -> None:
        at = next(number for number, line in enumerate(self._lines) if cell in line.cells)
        if 0 <= at + by < len(self._lines):
            self._hold(self._lines[at + by].cells[self._lines[at].cells.index(cell)])

    def _hold(self, cell: QLineEdit) -> None:
        cell.setFocus(Qt.FocusReason.TabFocusReason)
        cell.selectAll()
        self._area.ensureWidgetVisible(cell)

    def _chosen(self) -> SheetRow | None:
        return next((one for one in self._sheets if one.id == self.sheet.value()), None)

    def _fill(self) -> None:
        clear_layout(self._column)
        self._lines = []
        sheet = self._chosen()
        if sheet is None:
            return
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(px(8), px(4), px(8), px(4))
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(8))
        for column, words in enumerate(HEADS):
            grid.addWidget(label(words, "small"), 0, column)
        for number, child_id in enumerate(sheet.rows, start=1):
            self._add_line(grid, number, child_id)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(5, 3)
        self._column.addWidget(holder)
        holder.show()  # now, not with the next event: the keyboard goes into the first cell
        self._column.addStretch(1)

    def _add_line(self, grid: QGridLayout, number: int, child_id: UUID) -> None:
        name = self._names.get(child_id, "No longer here")
        grid.addWidget(label(str(number), "soft"), number, 0)
        grid.addWidget(label(name, "row", wrap=True), number, 1)
        state = self._states.get(child_id, RowState())
        if state.status is not Status.DUE or child_id not in self._names:
            known = f"On the register already: {status_words(state, False)[0]}" if child_id in self._names else ""
            grid.addWidget(label(known, "soft", wrap=True), number, 2, 1, 4)
            return
        cells = [self._cell(f"Row {number}, {name}: {words.lower()}") for words in HEADS[2:]]
        cells[0].setMaxLength(1)
        for cell, wide in zip(cells, (48, 72, 72, 0), strict=True):
            if wide:
                cell.setFixedWidth(px(wide))
        for column, cell in enumerate(cells, start=2):
            grid.addWidget(cell, number, column)
        self._lines.append(_Line(number, name, *cells))

    def _cell(self, name: str) -> QLineEdit:
        made = QLineEdit()
        made.setAccessibleName(name)
        made.setMinimumHeight(px(28))
        made.installEventFilter(self)
        return made

    def _say_none(self) -> None:
        why = "No register has been printed for this day, so there is no paper to key in."
        if leads(self, "print"):
            self._empty.show_words(why, "Print the register", self.wanted_print.emit, icon_name="printer-outline")
        else:
            self._empty.show_words(f"{why} {who_can(Permission.PRINT).capitalize()} can print it.")

    def _lay_out(self) -> None:
        self._empty = Face()
        area = self._area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._grid_home)
        self._card = QFrame()
        self._card.setProperty("card", "true")
        self._card.hide()
        self._empty.hide()
        framed = QVBoxLayout(self._card)
        framed.setContentsMargins(px(6), px(6), px(6), px(6))
        framed.addWidget(area)
        foot = QHBoxLayout()
        foot.addStretch(1)
        self._back = button("Back to the register", self.left.emit, big=True)
        foot.addWidget(self._back)
        foot.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        column.addWidget(self.banner)
        column.addWidget(self.sheet)
        column.addWidget(label("Codes: / in · L late · A absent, told us · N no word", "soft", wrap=True))
        column.addWidget(self._card, 1)
        column.addWidget(self._empty, 1)
        column.addLayout(foot)


def _sheet_words(sheet: SheetRow) -> str:
    at = london_wall(sheet.printed_at)
    return f"Sheet {sheet.number}, printed {short(at.date())} {clock_text(at)}"


def _wrong(cell: QLineEdit, sentence: str) -> str:
    set_look(cell, "wrong", "true")
    cell.setFocus(Qt.FocusReason.TabFocusReason)
    return sentence
