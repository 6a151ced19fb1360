"""Step 3: everything that would happen, before anything does."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.intake import tables
from desktop.intake.asking import AskRow
from desktop.intake.lines import AskLine, Lines, RefusedLine
from desktop.intake.words import as_csv
from desktop.widgets.card_list import CardList
from desktop.widgets.filter_chips import Chip, FilterChips
from desktop.widgets.flow import Flow
from desktop.widgets.list_model import Column
from desktop.widgets.metrics import px
from desktop.widgets.table import ListTable
from desktop.widgets.text import button, label
from models.kernel.errors import BreatherError
from models.kernel.words import counted

FILES, ADD, CHANGE, REFUSED, ASK, KEPT_OUT, VENUES = "files", "add", "change", "refused", "ask", "kept out", "venues"
_WORDS = {
    FILES: "Files", ADD: "To add", CHANGE: "Changes", REFUSED: "Left out", ASK: "To ask", KEPT_OUT: "Taken out here",
    VENUES: "New venues",
}  # fmt: skip
_MOST_ASKED = 100
"""Questions shown at once: more than anybody answers, and each is a row of buttons."""
_NOTES = {
    CHANGE: "Where you changed a value here and it also changed in the file, yours stays.",
    REFUSED: "Put these right in the spreadsheet, save it, and read the files again. The other rows can come in now.",
    ASK: "These may be people the club already has. A row without an answer stays out.",
    KEPT_OUT: "These came in once and were taken out here since, so they stay out.",
    VENUES: "Clubs and trips name these places. Each becomes a venue with its name; add an address later.",
}


class LookStep(QWidget):
    """Signals:
    answered(AskLine, Answer or None): whether a row is somebody the club has.
    read_again(): the files were put right; read them again.
    saved(str): the list of rows left out is in that file. copied(str): it can be pasted; in words.
    failed(Exception)
    """

    answered = Signal(object, object)
    read_again = Signal()
    saved = Signal(str)
    copied = Signal(str)
    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._lines: Lines | None = None
        self._summary = label("", "strong", wrap=True)
        self.chips = FilterChips("What to show")
        self._note = label("", "soft", wrap=True)
        self.files = tables.files_table()
        self.added = tables.added_table("To add", "No row is new.")
        self.changed = tables.changed_table()
        self.refused = tables.refused_table()
        self.asks: CardList[AskLine] = CardList("To ask")
        self.asks.set_empty("Nobody in these files looks like somebody the club has already.")
        self.kept_out = tables.added_table("Taken out here", "No row was taken out here.")
        self.venues: ListTable[str] = ListTable(
            (Column("Place", lambda name: name),), row_id=lambda name: name, name="New venues"
        )
        self._tools = self._refused_tools()
        self._whole = label("", wrap=True)
        self.refused.chosen.connect(self._tell_whole)
        self._stack = QStackedWidget()
        self._views: dict[str, QWidget] = {
            FILES: self.files, ADD: self.added, CHANGE: self.changed, REFUSED: self.refused, ASK: self.asks,
            KEPT_OUT: self.kept_out, VENUES: self.venues,
        }  # fmt: skip
        self._lay_out()

    def set_lines(self, lines: Lines, summary: str) -> None:
        """Shows what would happen."""
        self._lines = lines
        self._summary.setText(summary)
        self._summary.setAccessibleName(summary)
        counts = {
            FILES: len(lines.files), ADD: len(lines.add), CHANGE: len(lines.change), REFUSED: len(lines.refused),
            ASK: len(lines.ask), KEPT_OUT: len(lines.kept_out), VENUES: len(lines.venues),
        }  # fmt: skip
        seldom = {KEPT_OUT, VENUES, ASK}
        shown = [Chip(key, _WORDS[key], count) for key, count in counts.items() if count or key not in seldom]
        self.chips.set_chips(shown)
        self.files.set_rows(lines.files)
        self.added.set_rows(lines.add)
        self.changed.set_rows(lines.change)
        self.refused.set_rows(lines.refused)
        if lines.refused and self.refused.current() is None:
            self.refused.select(lines.refused[0])
        self.asks.set_rows(_first(lines.ask), key=lambda line: line.key, make=self._ask_row, update=AskRow.set_line)
        self.kept_out.set_rows(lines.kept_out)
        self.venues.set_rows(lines.venues)
        current = self.chips.current()
        self.show_part(str(current) if current in [chip.key for chip in shown] else FILES)

    def show_part(self, key: str) -> None:
        """Shows one of the lists."""
        self.chips.set_current(key)
        kept_back = self._lines is not None and len(_first(self._lines.ask)) < len(self._lines.ask)
        more = f" These are the first {_MOST_ASKED}." if kept_back and key == ASK else ""
        self._note.setText(_NOTES.get(key, "") + more)
        self._note.setVisible(key in _NOTES)
        self._tools.setVisible(key == REFUSED and bool(self._lines and self._lines.refused))
        self._whole.setVisible(not self._tools.isHidden())
        self._stack.setCurrentWidget(self._views[key])

    def start(self) -> None:
        """Puts the keyboard on the list shown."""
        self._views[str(self.chips.current())].setFocus()

    def refused_csv(self) -> str:
        """The rows left out as a list for a spreadsheet."""
        rows = self._lines.refused if self._lines else ()
        return as_csv(tables.REFUSED_HEADING, (_cells(line) for line in rows))

    def copy_refused(self) -> None:
        """Puts the list where it can be pasted from."""
        QGuiApplication.clipboard().setText(self.refused_csv())
        count = len(self._lines.refused) if self._lines else 0
        self.copied.emit(f"Copied {counted(count, 'line')}. Paste them into a spreadsheet or a letter.")

    def save_refused(self) -> None:
        """Asks where, and saves the list there."""
        name, _kind = QFileDialog.getSaveFileName(self, "Save the list", "rows left out.csv", "CSV (*.csv)")
        if not name:
            return
        try:
            Path(name).write_text(self.refused_csv(), "utf-8-sig", newline="")
        except OSError:
            self.failed.emit(BreatherError("The list could not be saved there.", "Choose another folder."))
            return
        self.saved.emit(name)

    def _tell_whole(self, line: RefusedLine | None) -> None:
        """The row one is on, in a sentence: a long reason is cut short in the list."""
        self._whole.setText(tables.refused_words(line) if line else "")

    def _ask_row(self, line: AskLine) -> QWidget:
        return AskRow(line, self.answered.emit)

    def _refused_tools(self) -> Flow:
        return Flow(
            [
                button("Copy the list", self.copy_refused, icon_name="content-copy"),
                button("Save the list…", self.save_refused, icon_name="content-save-outline"),
                button("Read the files again", self.read_again.emit, icon_name="refresh"),
            ]
        )

    def _lay_out(self) -> None:
        for view in self._views.values():
            view.setMinimumHeight(px(190))
            self._stack.addWidget(view)
        self.chips.chosen.connect(lambda key: self.show_part(str(key)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        column.addWidget(self._summary)
        column.addWidget(self.chips)
        column.addWidget(self._note)
        tools = QHBoxLayout()
        tools.addWidget(self._tools)
        column.addLayout(tools)
        column.addWidget(self._stack, 1)
        column.addWidget(self._whole)


def _first(asks: Sequence[AskLine]) -> list[AskLine]:
    """The questions answered, and the first of those that are not, in their order."""
    waiting = [line for line in asks if line.answer is None][:_MOST_ASKED]
    return [line for line in asks if line.answer is not None or line in waiting]


def _cells(line: RefusedLine) -> tuple[str | int, ...]:
    return (line.file, line.row or "", line.ref, line.column, line.value, line.reason)
