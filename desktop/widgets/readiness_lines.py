"""Whether a day can run, one line for each rule: icon, rule, what is so, one button that fixes it."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from desktop.widgets.card import clear_layout
from desktop.widgets.icons import IconLabel
from desktop.widgets.metrics import px
from desktop.widgets.state import State
from desktop.widgets.text import button, label

_SPOKEN = {State.OK: "fine", State.WARN: "to look at", State.BAD: "to fix", State.NEUTRAL: "", State.BRAND: ""}
_ANYWHERE = Qt.AlignmentFlag(0)
_SIDE_BY_SIDE, _LEAST = 560, 260
"""The width from which the pieces of a line stand beside each other, and the least there is (px at 100 %)."""


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
        self._wide = True
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

    def minimumSizeHint(self) -> QSize:
        # Side by side the pieces would never let the lines be made narrow enough to stand below each other.
        widest = max((each.sizeHint().width() for each in self._buttons.values()), default=0)
        return QSize(max(px(_LEAST), widest + px(34)), self._grid.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= px(_SIDE_BY_SIDE)
        if wide is not self._wide:
            self._wide = wide
            self.set_rows(self._rows)

    def _add(self, at: int, row: ReadinessRow) -> None:
        """Rule, sentence and button beside each other; where there is no room for that, below each other."""
        top = at if self._wide else 3 * at
        self._grid.setColumnMinimumWidth(1, px(108) if self._wide else 0)
        self._grid.setRowMinimumHeight(top, px(38))
        self._grid.addWidget(IconLabel(row.state.icon_name, row.state.colour, 20), top, 0)
        rule = label(row.rule, "strong")
        rule.setAccessibleName(", ".join(part for part in (row.rule, _SPOKEN[row.state]) if part))
        self._put(rule, (top, 1), (top, 1))
        self._put(label(row.sentence, wrap=True), (top, 2), (top + 1, 1))
        if row.button:
            made = button(row.button, lambda: self.fix.emit(row.key), name=f"{row.rule}: {row.button}")
            side = Qt.AlignmentFlag.AlignRight if self._wide else Qt.AlignmentFlag.AlignLeft
            self._put(made, (top, 3), (top + 2, 1), side | Qt.AlignmentFlag.AlignVCenter)
            # Qt shows a new child of a layout a turn later; only what is shown can have the keyboard.
            made.show()
            self._buttons[row.key] = made

    def _put(
        self,
        widget: QWidget,
        beside: tuple[int, int],
        below: tuple[int, int],
        side: Qt.AlignmentFlag = _ANYWHERE,
    ) -> None:
        if self._wide:
            self._grid.addWidget(widget, *beside, side)
        else:
            self._grid.addWidget(widget, *below, 1, 3, side)
