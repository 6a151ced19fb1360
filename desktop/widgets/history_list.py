"""What happened, newest first, in the reader's words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.jobs import Jobs
from desktop.widgets.card import clear_layout
from desktop.widgets.metrics import px
from desktop.widgets.text import button, label
from models.kernel.clock import london_wall
from models.kernel.dates import clock_text, short_with_year

if TYPE_CHECKING:
    from models.history.queries import HistoryRow

FEW = 6
"""Shown before “Show all”."""
MOST_LINES = 8
"""Lines said of one change; the rest are counted."""


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


def history_of(jobs: Jobs, record_id: UUID, within: tuple[str, str] | None = None) -> HistoryList:
    """A list that reads what happened to one record by itself: for a form, which is opened once.

    `within`: a table whose records belong to it by this field, ("seat", "leg_id"); theirs is told with it.
    """
    made = HistoryList()

    def read(uow: Any) -> tuple[Happening, ...]:
        from models.history.queries import once_within, what_changed

        around = once_within(uow, record_id, *within) if within is not None else ()
        return happenings(what_changed(uow, record_id, *around), record_id)

    jobs.query(read, made.set_rows)
    return made


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


def happenings(rows: Sequence["HistoryRow"], record_id: UUID) -> tuple[Happening, ...]:
    """The history of a record and those around it: one happening for each change, passwords never shown."""
    changes: dict[UUID, list[HistoryRow]] = {}
    for row in rows:
        changes.setdefault(row.change_id, []).append(row)
    return tuple(_happening(group, record_id) for group in changes.values())


def _happening(group: Sequence["HistoryRow"], record_id: UUID) -> Happening:
    first = group[0]
    wall = london_wall(first.at)
    how = f" ({first.how})" if first.how else ""
    lines = [line for row in group for line in _lines(row, record_id)]
    more = len(lines) - MOST_LINES
    shown = [*lines[:MOST_LINES], *([f"and {more} more"] if more > 0 else [])]
    when = f"{short_with_year(wall.date())} at {clock_text(wall)} · {first.who}"
    return Happening(when, f"{first.label}{how}", tuple(shown))


def _lines(row: "HistoryRow", record_id: UUID) -> list[str]:
    if row.what != "changed":
        thing = row.title if row.kind in row.title or row.title.startswith("the ") else f"{row.title} ({row.kind})"
        return [_first_up(f"{thing} {row.what}")]
    whose = "" if row.record_id == record_id or row.kind == "family" else f"{row.title}: "
    said = list[str]()
    for line in row.lines:
        secret = line.field == "password"
        became = "changed" if secret else f"{line.before or 'nothing'} → {line.after or 'nothing'}"
        said.append(_first_up(f"{whose}{line.field}: {became}"))
    return said


def _first_up(text: str) -> str:
    return text[:1].upper() + text[1:]
