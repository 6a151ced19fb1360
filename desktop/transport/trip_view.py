"""One trip: its buses out and back, side by side, and what is still to be done about them."""

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.transport.bus_card import BusCard, unseated_words
from desktop.transport.reading import Trip
from desktop.transport.words import WAY
from desktop.widgets.allowed import may
from desktop.widgets.card import Card, clear_layout
from desktop.widgets.flow import Flow
from desktop.widgets.icons import IconLabel
from desktop.widgets.metrics import px
from desktop.widgets.readiness_lines import ReadinessLines, ReadinessRow
from desktop.widgets.state import State
from desktop.widgets.text import button, label
from models.access.rules import Permission, who_can
from models.kernel.dates import long, span
from models.kernel.words import counted
from models.readiness.lines import Do, Level, Line
from models.transport.rules import Direction

_BESIDE = 640
"""The width from which out and back stand side by side (px at 100 %)."""
TRANSPORT = Permission.TRANSPORT
_STATES = {Level.OK: State.OK, Level.WARN: State.WARN, Level.BLOCK: State.BAD}


class TripView(QWidget):
    """What one trip's buses look like.

    Signals:
        made(BusCard): a card was made; the page listens to it. add_bus(), fill(), print_list(): buttons of the trip.
        vehicle(UUID): open this vehicle.
    """

    made = Signal(object)
    add_bus = Signal()
    fill = Signal()
    print_list = Signal()
    vehicle = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._targets: dict[str, UUID] = {}
        self._ways: QBoxLayout | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(14))
        self._column.setAlignment(Qt.AlignmentFlag.AlignTop)

    def show_trip(self, trip: Trip) -> None:
        """Shows this trip; the keyboard stays on the control of the same name."""
        held = _held(self)
        self._ways = None
        clear_layout(self._column)
        self._add_head(trip)
        if trip.journeys:
            self._ways = QBoxLayout(self._direction())
            self._ways.setSpacing(px(14))
            for way in Direction:
                self._ways.addLayout(self._way(trip, way), 1)
            self._column.addLayout(self._ways)
        else:
            self._add_first(trip)
        self._add_lines(trip)
        _give_back(self, held)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._ways is not None and self._ways.direction() != self._direction():
            self._ways.setDirection(self._direction())

    def _direction(self) -> QBoxLayout.Direction:
        """Out and back side by side, or one above the other where there is little room."""
        beside = self.width() >= px(_BESIDE)
        return QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom

    def _add_head(self, trip: Trip) -> None:
        row = trip.activity
        words = [long(row.day), span(row.starts, row.ends), counted(row.booked, "child", "children")]
        title = label(row.title, "heading", wrap=True)
        self._column.addWidget(title)
        self._column.addWidget(label(" · ".join(words), "soft", wrap=True))
        if trip.journeys:
            waiting = any(one.is_child for people in trip.unseated.values() for one in people)
            buttons = [
                button(
                    "Fill the buses",
                    self.fill.emit,
                    kind="primary" if waiting else "",
                    icon_name="seat-passenger",
                    needs=TRANSPORT,
                ),
                button("Add a bus", self.add_bus.emit, icon_name="bus", needs=TRANSPORT),
                button("Bus list…", self.print_list.emit, icon_name="printer-outline", to="print"),
            ]
            self._column.addWidget(Flow(buttons))

    def _add_first(self, trip: Trip) -> None:
        card = Card("No bus yet")
        words = "Add the first bus: it goes out and comes back. Then choose who drives, and fill it."
        if not may(self, TRANSPORT):
            words = f"{who_can(TRANSPORT).capitalize()} can add the first bus."
        elif not trip.vehicles:
            words = "Write down a vehicle at the left first; then it can be added here."
        card.body.addWidget(label(words, wrap=True))
        if trip.vehicles:
            card.body.addWidget(
                Flow([button("Add a bus", self.add_bus.emit, kind="primary", icon_name="bus", needs=TRANSPORT)])
            )
        self._column.addWidget(card)

    def _way(self, trip: Trip, way: Direction) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(px(10))
        column.setAlignment(Qt.AlignmentFlag.AlignTop)
        column.addWidget(label(WAY[way], "heading"))
        missing, spare = unseated_words(trip.unseated[way])
        for words, state in ((missing, State.BAD), (spare, State.NEUTRAL)):
            if words:
                row = QHBoxLayout()
                row.setSpacing(px(8))
                row.addWidget(IconLabel(state.icon_name, state.colour, 18), 0, Qt.AlignmentFlag.AlignTop)
                row.addWidget(label(words, wrap=True), 1)
                column.addLayout(row)
        for journey in trip.way(way):
            card = BusCard(journey, trip)
            column.addWidget(card)
            self.made.emit(card)
        if not trip.way(way):
            column.addWidget(label(f"No bus {'goes out' if way is Direction.OUT else 'comes back'} yet.", "soft"))
        column.addStretch(1)
        return column

    def _add_lines(self, trip: Trip) -> None:
        card = Card("Are the buses ready?")
        lines = ReadinessLines()
        self._targets = {
            line.rule: line.fix.target
            for line in trip.lines
            if line.fix and line.fix.do is Do.OPEN_VEHICLE and line.fix.target
        }
        lines.fix.connect(lambda rule: self.vehicle.emit(self._targets[rule]))
        lines.set_rows([self._row(line) for line in trip.lines])
        card.body.addWidget(lines)
        self._column.addWidget(card)

    def _row(self, line: Line) -> ReadinessRow:
        words = "Open the vehicle" if line.rule in self._targets else ""
        return ReadinessRow(_STATES[line.level], line.title, line.text, words, line.rule)


def _held(view: QWidget) -> str:
    """The name of the control in here that has the keyboard, "" for none."""
    held = next((each for each in view.findChildren(QWidget) if each.hasFocus()), None)
    return held.accessibleName() if held is not None else ""


def _give_back(view: QWidget, name: str) -> None:
    if not name:
        return
    for each in view.findChildren(QWidget):
        if each.accessibleName() == name and each.focusPolicy() & Qt.FocusPolicy.TabFocus and not each.isHidden():
            each.show()
            each.setFocus(Qt.FocusReason.OtherFocusReason)
            return
