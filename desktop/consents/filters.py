"""The row over the matrix: for what, and how many stand how."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from PySide6.QtCore import QSignalBlocker, QSize, Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.consents.reading import Overview
from desktop.widgets.flow import Flow
from desktop.widgets.icons import icon
from desktop.widgets.metrics import px
from desktop.widgets.state import State
from desktop.widgets.text import choice_button, label
from models.consents.rules import Level
from models.kernel.dates import day_and_month
from models.kernel.words import counted
from models.programme.queries import ActivityRow

ALL_ACTIVE = "All active children"
_STATES: Mapping[Level | None, State] = {
    Level.BLOCK: State.BAD, Level.WARN: State.WARN, Level.OK: State.OK, None: State.NEUTRAL,
}  # fmt: skip


class Filters(QWidget):
    """For: Pantomime, 22 December · 3 block a place · 2 to check · 7 complete · All 12.

    Signals:
        activity_chosen(UUID or None): another activity, or every active child.
        level_chosen(Level or None): only those who stand so, or all.
    """

    activity_chosen = Signal(object)
    level_chosen = Signal(object)

    def __init__(self, more: Sequence[QWidget] = ()) -> None:
        """`more` stands after the chips."""
        super().__init__()
        self.level: Level | None = None
        self._ids: list[UUID | None] = []
        words = label("For:", "soft")
        self.choice = QComboBox()
        self.choice.setAccessibleName("Consents for")
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.choice.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.choice.setMinimumContentsLength(12)
        self.choice.activated.connect(lambda at: self.activity_chosen.emit(self._ids[at]))
        words.setBuddy(self.choice)
        which = QWidget()
        row = QHBoxLayout(which)
        row.setContentsMargins(0, 0, px(8), 0)
        row.setSpacing(px(8))
        row.addWidget(words)
        row.addWidget(self.choice, 1)
        self._group = QButtonGroup(self)
        self._chips = {level: self._chip(level) for level in _STATES}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Flow([which, *self._chips.values(), *more]))

    def show_counts(self, seen: Overview) -> None:
        """Offers the coming activities and says how many stand how."""
        self._ids = [None, *(row.id for row in seen.coming)]
        with QSignalBlocker(self.choice):
            self.choice.clear()
            self.choice.addItem(ALL_ACTIVE)
            for row in seen.coming:
                self.choice.addItem(activity_words(row))
            self.choice.setCurrentIndex(self._ids.index(seen.activity.id) if seen.activity else 0)
        # A lone activity's needs decide about its places; for everybody it is what a trip would need.
        blocks = len(seen.at(Level.BLOCK))
        verb = ("block a place" if blocks != 1 else "blocks a place") if seen.activity else "could not go on a trip"
        said = {
            Level.BLOCK: f"{blocks} {verb}",
            Level.WARN: f"{len(seen.at(Level.WARN))} to check",
            Level.OK: f"{len(seen.at(Level.OK))} complete",
            None: f"All {len(seen.rows)}",
        }
        for level, words in said.items():
            self._chips[level].setText(words)
            self._chips[level].setAccessibleName(words)

    def set_level(self, level: Level | None) -> None:
        """Shows only those who stand so."""
        self.level = level
        self._chips[level].setChecked(True)

    def _chip(self, level: Level | None) -> QPushButton:
        chip = choice_button("", lambda: self._take(level))
        chip.setChecked(level is self.level)
        state = _STATES[level]
        if level is not None:
            chip.setIcon(icon(state.icon_name, state.colour))
            chip.setIconSize(QSize(px(24), px(18)))  # what is over is the gap before the words
        self._group.addButton(chip)
        return chip

    def _take(self, level: Level | None) -> None:
        self.level = level
        self.level_chosen.emit(level)


def activity_words(row: ActivityRow) -> str:
    """Pantomime, 22 December (12 children)."""
    return f"{row.title}, {day_and_month(row.day)} ({counted(row.booked, 'child', 'children')})"
