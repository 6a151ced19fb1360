"""Choosing who drives: who may, with what is worth a look, and who may not, with the reason."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.transport.reading import Candidate
from desktop.widgets.fields import TickField
from desktop.widgets.icons import IconLabel
from desktop.widgets.metrics import px
from desktop.widgets.state import State
from desktop.widgets.text import button, label, rule, set_look


class DriverChoice(QWidget):
    """The confirmed adults for one bus.

    Signals:
        chosen(UUID or None, bool): this one drives (None: nobody yet); True: on the other way of this bus too.
    """

    chosen = Signal(object, bool)

    def __init__(self, people: Sequence[Candidate], driver_id: object, *, both_ways: bool) -> None:
        super().__init__()
        inside = QWidget()
        set_look(inside, "scrolled", "true")
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, px(8), 0)
        self._column.setSpacing(px(10))
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        self.both = TickField("both", "Out and back")
        self.both.set_value(both_ways)
        if both_ways:
            self._column.addWidget(self.both)
        else:
            self.both.setParent(self)
            self.both.hide()
        self._fill(people, driver_id)
        self._column.addStretch(1)

    def _fill(self, people: Sequence[Candidate], driver_id: object) -> None:
        may = [one for one in people if not one.against]
        barred = [one for one in people if one.against]
        if not people:
            self._column.addWidget(label("No adult has confirmed for this trip yet.", "soft", wrap=True))
        elif not may:
            self._column.addWidget(label("Nobody who has confirmed may drive this bus then.", wrap=True))
        for one in may:
            self._add(one, one.id == driver_id)
        if driver_id is not None:
            self._column.addWidget(button("Nobody yet", lambda: self._take(None), kind="quiet"))
        if barred:
            self._column.addWidget(rule())
            self._column.addWidget(label("May not drive this bus", "heading"))
        for one in barred:
            self._column.addWidget(label(one.name, "strong", wrap=True))
            self._reasons(one.against, State.BAD)

    def _add(self, one: Candidate, drives: bool) -> None:
        row = QHBoxLayout()
        row.setSpacing(px(10))
        row.addWidget(label(one.name, "strong", wrap=True), 1)
        if drives:
            row.addWidget(IconLabel("steering", "brand", 18))
            row.addWidget(label("Drives", "brand"))
        else:
            row.addWidget(button("Choose", lambda: self._take(one.id), name=f"Choose {one.name}"))
        self._column.addLayout(row)
        self._reasons(one.worth, State.WARN)

    def _reasons(self, sentences: Sequence[str], state: State) -> None:
        for sentence in sentences:
            row = QHBoxLayout()
            row.setSpacing(px(8))
            row.addWidget(IconLabel(state.icon_name, state.colour, 16), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(label(sentence, "small", wrap=True), 1)
            self._column.addLayout(row)

    def _take(self, adult_id: object) -> None:
        both = not self.both.isHidden() and bool(self.both.value())
        self.chosen.emit(adult_id, both)
