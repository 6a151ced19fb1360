"""The left of the screen: the coming trips by minibus, and the vehicles with their papers."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.transport.reading import Overview, VehicleSeen
from desktop.transport.words import bus_words, vehicle_words
from desktop.widgets.card import Card
from desktop.widgets.icons import IconLabel
from desktop.widgets.metrics import px
from desktop.widgets.state import State
from desktop.widgets.text import button, label, set_look
from models.access.rules import Permission
from models.kernel.dates import short
from models.kernel.words import counted
from models.programme.queries import ActivityRow


class Pick(QPushButton):
    """A button as tall as its words: a title over quieter lines, each of which goes on in the next line."""

    def __init__(self, title: str, lines: Sequence[tuple[State | None, str]], name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setProperty("nav", "true")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(8), px(12), px(8))
        column.setSpacing(px(2))
        column.addWidget(label(title, "strong", wrap=True))
        for state, words in lines:
            row = QHBoxLayout()
            row.setSpacing(px(6))
            if state is not None:
                row.addWidget(IconLabel(state.icon_name, state.colour, 14), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(label(words, "small", wrap=True), 1)
            column.addLayout(row)
        for each in self.findChildren(QWidget):
            each.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        inside = self.layout()
        return inside.sizeHint() if inside is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(px(120), px(40))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        inside = self.layout()
        return inside.heightForWidth(width) if inside is not None else -1


class Aside(QObject):
    """The two lists, each in its card: `trips` and `vehicles`; the page says where they stand.

    Signals:
        trip_chosen(UUID), vehicle_chosen(UUID), vehicle_wanted(): a new one. programme_wanted(): plan a trip.
    """

    trip_chosen = Signal(object)
    vehicle_chosen = Signal(object)
    vehicle_wanted = Signal()
    programme_wanted = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.trips = Card("Trips by minibus")
        self.vehicles = Card("Vehicles")
        self.vehicles.add_action(
            button(
                "Add",
                self.vehicle_wanted.emit,
                icon_name="plus",
                kind="quiet",
                name="Add a vehicle",
                needs=Permission.TRANSPORT,
            )
        )
        self._picks: dict[UUID, Pick] = {}

    def show_lists(self, seen: Overview, shown: UUID | None) -> None:
        """Shows both lists; the keyboard stays on the same line."""
        held = next((one for one, pick in self._picks.items() if pick.hasFocus()), None)
        self._picks = {}
        self.trips.clear()
        self.vehicles.clear()
        for row in seen.trips:
            self._add(self.trips, row.id, self._trip(row))
        if not seen.trips:
            self.trips.body.addWidget(label("No trip by minibus is coming up.", "soft", wrap=True))
            self.trips.body.addWidget(button("Plan one", self.programme_wanted.emit, needs=Permission.PLAN))
        for vehicle in seen.vehicles:
            self._add(self.vehicles, vehicle.row.id, self._vehicle(vehicle))
        if not seen.vehicles:
            self.vehicles.body.addWidget(label("No vehicle is written down yet.", "soft", wrap=True))
        self.mark(shown)
        if held in self._picks:
            self._picks[held].show()
            self._picks[held].setFocus()

    def mark(self, shown: UUID | None) -> None:
        """Marks the trip shown at the right."""
        for one, pick in self._picks.items():
            set_look(pick, "here", "true" if one == shown else "false")
            pick.setAccessibleDescription("Shown now" if one == shown else "")

    def _add(self, card: Card, key: UUID, pick: Pick) -> None:
        self._picks[key] = pick
        card.body.addWidget(pick)

    def _trip(self, row: ActivityRow) -> Pick:
        lines: list[tuple[State | None, str]] = [
            (None, f"{short(row.day)} · {counted(row.booked, 'child', 'children')}")
        ]
        pick = Pick(row.title, lines, f"{row.title}, {short(row.day)}")
        pick.clicked.connect(lambda _on=False: self.trip_chosen.emit(row.id))
        return pick

    def _vehicle(self, seen: VehicleSeen) -> Pick:
        lines: list[tuple[State | None, str]] = [(None, vehicle_words(seen.row))]
        if seen.row.off_road:
            lines.append((State.BAD, f"Off the road: {seen.row.off_road}"))
        lines += [(paper.state, f"{paper.name} {paper.words}") for paper in seen.papers]
        pick = Pick(bus_words(seen.row), lines, f"{bus_words(seen.row)}, {vehicle_words(seen.row)}")
        pick.clicked.connect(lambda _on=False: self.vehicle_chosen.emit(seen.row.id))
        return pick
