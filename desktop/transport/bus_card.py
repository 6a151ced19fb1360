"""One journey of one bus: driver, times, the drawing, the names, and what can be done."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from desktop.transport.passengers import Passengers
from desktop.transport.reading import Journey, Passenger, Person, Trip
from desktop.transport.seat_map import SeatMap
from desktop.transport.words import WAY, bus_words, person_words, seats_words, times_words
from desktop.widgets.allowed import may
from desktop.widgets.card import Card
from desktop.widgets.flow import Flow
from desktop.widgets.icons import IconLabel, icon
from desktop.widgets.metrics import px
from desktop.widgets.state import State
from desktop.widgets.text import button, label
from models.access.rules import Permission
from models.kernel.words import listed

TRANSPORT = Permission.TRANSPORT


class BusCard(Card):
    """A bus on its way out or back.

    Signals:
        driver(Journey): choose who drives. change(Journey): times and places, or take the bus out.
        put(Journey, Person): give somebody a seat here. shifted(Passenger, Journey): to another bus. off(Passenger).
    """

    driver = Signal(object)
    change = Signal(object)
    put = Signal(object, object)
    shifted = Signal(object, object)
    off = Signal(object)

    def __init__(self, journey: Journey, trip: Trip) -> None:
        self.journey = journey
        self._trip = trip
        self._way = WAY[journey.row.direction].lower()
        self._name = bus_words(journey.row.vehicle)
        super().__init__(self._name)
        self.setAccessibleName(f"{self._name}, {self._way}")
        self._add_driver()
        self._add_line("clock-outline", times_words(journey.row), self._change_button())
        picture = SeatMap()
        picture.show_journey(journey)
        self.body.addWidget(picture)
        self.body.addWidget(label(seats_words(journey), "small", wrap=True))
        self.names = Passengers(f"On {self._name}, {self._way}")
        self.names.show_passengers(journey.passengers)
        self.names.asked.connect(self._offer_moves)
        if journey.passengers:
            self.body.addWidget(self.names)
        else:
            self.names.hide()
            self.body.addWidget(label("Nobody has a seat here yet.", "soft", wrap=True))
        self._add_buttons()

    def _add_driver(self) -> None:
        name = self.journey.driver_name
        said = f"{name} drives" if name else "Nobody is down to drive"
        choose = button(
            "Change driver" if name else "Choose driver", lambda: self.driver.emit(self.journey),
            kind="" if name else "call", name=f"Driver of {self._name}, {self._way}", needs=TRANSPORT,
        )  # fmt: skip
        self._add_line("steering", said, choose)
        for found in self.journey.findings:
            state = State.BAD if found.level == "block" else State.WARN
            self._add_line(state.icon_name, found.text, None, state.colour)

    def _change_button(self) -> QWidget:
        name = f"Change {self._name}, {self._way}"
        return button("Change", lambda: self.change.emit(self.journey), kind="quiet", name=name, needs=TRANSPORT)

    def _add_line(self, picture: str, words: str, control: QWidget | None, colour: str = "soft") -> None:
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(IconLabel(picture, colour, 18), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(label(words, wrap=True), 1)
        if control is not None:
            row.addWidget(control)
        self.body.addLayout(row)

    def _add_buttons(self) -> None:
        waiting = self._trip.unseated[self.journey.row.direction]
        put = button(
            "Give a seat to…", icon_name="plus", name=f"Give a seat on {self._name}, {self._way}", needs=TRANSPORT
        )
        put.setEnabled(bool(waiting))
        put.setToolTip("" if waiting else f"Everybody has a seat on the way {self._way}.")
        put.clicked.connect(lambda: self._offer_people(waiting, put))
        moves = button(
            "Move or take off…", self.names.ask, name=f"Move or take off {self._name}, {self._way}", needs=TRANSPORT
        )
        moves.setEnabled(self.names.chosen() is not None)
        self.names.currentRowChanged.connect(lambda at: moves.setEnabled(at >= 0))
        self.body.addWidget(Flow([put, moves]))

    def _offer_people(self, people: tuple[Person, ...], beside: QWidget) -> None:
        menu = _menu(self, f"Who gets a seat on {self._name}")
        for one in people:
            picture = icon("seat-passenger" if one.is_child else "account-heart-outline")
            action = menu.addAction(picture, person_words(one).replace("&", "&&"))
            action.triggered.connect(lambda _on=False, one=one: self.put.emit(self.journey, one))
        menu.popup(beside.mapToGlobal(beside.rect().bottomLeft()))

    def _offer_moves(self, passenger: Passenger, place: QPoint) -> None:
        if not may(self, TRANSPORT):
            return
        menu = _menu(self, f"Where {passenger.name} goes")
        for other in self._trip.way(self.journey.row.direction):
            if other.row.id != self.journey.row.id:
                words = f"To {bus_words(other.row.vehicle)}".replace("&", "&&")
                action = menu.addAction(icon("bus"), words)
                action.triggered.connect(lambda _on=False, other=other: self.shifted.emit(passenger, other))
        action = menu.addAction(icon("seat-outline"), "Off this bus")
        action.triggered.connect(lambda _on=False: self.off.emit(passenger))
        menu.popup(place)


def _menu(parent: QWidget, name: str) -> QMenu:
    menu = QMenu(parent)
    menu.setAccessibleName(name)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu


def unseated_words(people: tuple[Person, ...]) -> tuple[str, str]:
    """Who has no seat this way: the children, and the confirmed adults."""
    children = [one.name for one in people if one.is_child]
    adults = [one.name for one in people if not one.is_child]
    has = "has" if len(children) == 1 else "have"
    missing = f"{listed(children, 6)} {has} no seat yet." if children else ""
    spare = f"Not on a bus: {listed(adults, 6)}." if adults else ""
    return missing, spare
