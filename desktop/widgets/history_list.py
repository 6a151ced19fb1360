"""What happened, newest first, in the reader's words."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.widgets.card import clear_layout
from desktop.widgets.metrics import px
from desktop.widgets.text import button, label

FEW = 6
"""Shown before “Show all”."""


@dataclass(frozen=True)
class Happening:
    """One change: when and by whom, what was done, and line by line what became of what."""

    when: str
    what: str
    lines: tuple[str, ...] = ()


class HistoryList(QWidget):
    """A short list that can be opened to the whole of it."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("History")
        self._rows: tuple[Happening, ...] = ()
        self._all = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(12))

    def set_rows(self, rows: Sequence[Happening]) -> None:
        """Shows these, newest first."""
        self._rows = tuple(rows)
        self._show()

    def rows(self) -> tuple[Happening, ...]:
        """Everything there is to show."""
        return self._rows

    def start_short(self) -> None:
        """Another record: only the newest few again."""
        self._all = False

    def _show(self) -> None:
        clear_layout(self._column)
        for row in self._rows if self._all else self._rows[:FEW]:
            self._column.addWidget(_one(row))
        if len(self._rows) > FEW and not self._all:
            self._column.addWidget(button(f"Show all {len(self._rows)}", self._show_all, kind="quiet"))
        if not self._rows:
            self._column.addWidget(label("Nothing has been changed yet.", "soft", wrap=True))

    def _show_all(self) -> None:
        self._all = True
        self._show()


def _one(row: Happening) -> QWidget:
    made = QWidget()
    made.setAccessibleName(f"{row.what}. {row.when}")
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(px(2))
    column.addWidget(label(row.what, "strong", wrap=True))
    for line in row.lines:
        column.addWidget(label(line, wrap=True))
    column.addWidget(label(row.when, "small", wrap=True))
    return made
