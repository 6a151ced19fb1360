"""Whether a day can run, one line for each rule: icon, rule, what is so, one button that fixes it."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from desktop.widgets.card import clear_layout
from desktop.widgets.icons import IconLabel
from desktop.widgets.metrics import px
from desktop.widgets.state import State
from desktop.widgets.text import button, label

_SPOKEN = {State.OK: "fine", State.WARN: "to look at", State.BAD: "to fix", State.NEUTRAL: "", State.BRAND: ""}


@dataclass(frozen=True)
class ReadinessRow:
    """One line.

    Attributes:
        state: OK, WARN or BAD.
        rule: the rule in two words ("Ratio 1:4").
        sentence: what is so, with names and numbers.
        button: what can be done about it ("Ask Pauline"); "" for nothing.
        key: given back by `fix` when the button is pressed.
    """

    state: State
    rule: str
    sentence: str
    button: str = ""
    key: Hashable = None


class ReadinessLines(QWidget):
    """The lines of one activity.

    Signals:
        fix(key): a line's button was pressed.
    """

    fix = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[ReadinessRow, ...] = ()
        self._buttons: dict[Hashable, QPushButton] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(14))
        self._grid.setVerticalSpacing(px(6))
        self._grid.setColumnMinimumWidth(1, px(108))
        self._grid.setColumnStretch(2, 1)
        self.setAccessibleName("What is ready")

    def set_rows(self, rows: Sequence[ReadinessRow]) -> None:
        """Shows these lines; a button that had the keyboard keeps it."""
        held = next((key for key, made in self._buttons.items() if made.hasFocus()), None)
        self._rows = tuple(rows)
        self._buttons = {}
        clear_layout(self._grid)
        for at in range(self._grid.rowCount()):
            self._grid.setRowMinimumHeight(at, 0)  # the grid remembers rows that are gone
        for at, row in enumerate(rows):
            self._add(at, row)
        if held in self._buttons:
            self._buttons[held].setFocus()

    def rows(self) -> tuple[ReadinessRow, ...]:
        """The lines shown."""
        return self._rows

    def button_of(self, key: Hashable) -> QPushButton:
        """The button of a line. Raises KeyError."""
        return self._buttons[key]

    def _add(self, at: int, row: ReadinessRow) -> None:
        self._grid.setRowMinimumHeight(at, px(38))
        self._grid.addWidget(IconLabel(row.state.icon_name, row.state.colour, 20), at, 0)
        rule = label(row.rule, "strong")
        rule.setAccessibleName(", ".join(part for part in (row.rule, _SPOKEN[row.state]) if part))
        self._grid.addWidget(rule, at, 1)
        self._grid.addWidget(label(row.sentence, wrap=True), at, 2)
        if row.button:
            made = button(row.button, lambda: self.fix.emit(row.key), name=f"{row.rule}: {row.button}")
            self._grid.addWidget(made, at, 3, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            # Qt shows a new child of a layout a turn later; only what is shown can have the keyboard.
            made.show()
            self._buttons[row.key] = made
