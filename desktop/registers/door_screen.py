"""The screen that faces the queue: names, marks, sign in. Nothing else, and nothing of anybody else's."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.registers.door import DoorRow, door_view
from desktop.registers.finding import PeopleFinder
from desktop.registers.offer import Offer
from desktop.registers.words import RowView, ratio_words
from desktop.widgets.metrics import px
from desktop.widgets.state import State, StateChip
from desktop.widgets.text import button, label
from models.registers.queries import Register

PLACEHOLDER = "First letters of a child’s or an adult’s name, then Enter to sign in"


class DoorView(QWidget):
    """Big rows of children alone.

    Signals:
        tapped(RowView): the big button of a row, or Enter. left(): back to the staff view.
    """

    tapped = Signal(object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._count = label("", "heading")
        self.chip = StateChip(State.NEUTRAL, "")
        self.offer = Offer()
        self.finder = PeopleFinder("Register at the door", self._make_row)
        self.finder.show_group(lambda view: not view.adult)
        self.finder.line.setPlaceholderText(PLACEHOLDER)
        self.finder.line.setAccessibleDescription(PLACEHOLDER)
        self.finder.entered.connect(self.tapped)
        top = QHBoxLayout()
        top.setSpacing(px(14))
        top.addWidget(self._count)
        top.addWidget(self.chip)
        top.addStretch(1)
        self.leave_button = button("Leave the door view", self.left.emit, kind="quiet", icon_name="arrow-left")
        top.addWidget(self.leave_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        column.addLayout(top)
        column.addWidget(self.finder, 1)
        column.addWidget(self.offer)

    def show_day(self, register: Register, views: Sequence[RowView]) -> None:
        """Shows how many are in and the rows of the children."""
        self._count.setText(f"{register.live.inside} in, {register.live.due} due")
        fine, words = ratio_words(register.live, register.per_adult)
        self.chip.set(State.OK if fine else State.BAD, words)
        self.show_rows(views)

    def show_rows(self, views: Sequence[RowView]) -> None:
        """Shows the rows alone: the children; adults are found by typing."""
        ordered = sorted(views, key=lambda view: view.adult)  # Enter means a child where both fit
        self.finder.show_views([door_view(view) for view in ordered], "Nobody is booked on this yet.")

    def _make_row(self, view: RowView) -> DoorRow:
        row = DoorRow(view)
        row.tapped.connect(lambda: self.tapped.emit(row.view))
        return row
