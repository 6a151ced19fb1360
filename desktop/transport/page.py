"""Transport: which bus, who drives, who sits where; and the vehicles with their papers."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout

from desktop.jobs import Jobs
from desktop.transport import actions, reading
from desktop.transport.aside import Aside
from desktop.transport.bus_card import BusCard
from desktop.transport.drivers import DriverChoice
from desktop.transport.facts import VehicleFacts
from desktop.transport.forms import add_bus_form, journey_form, journey_shown, vehicle_form, vehicle_shown
from desktop.transport.reading import Journey, Overview, Passenger, Person, Trip
from desktop.transport.trip_view import TripView
from desktop.transport.words import WAY, bus_words
from desktop.widgets.anyway import plan_change, tell
from desktop.widgets.form import Form
from desktop.widgets.history_list import history_of
from desktop.widgets.metrics import px
from desktop.widgets.page import Page
from desktop.widgets.panel import Panel
from desktop.widgets.state import State
from desktop.widgets.text import button
from models.access.rules import Permission
from models.kernel.clock import Clock
from models.kernel.errors import BreatherError, Stale
from models.kernel.words import listed
from models.transport.queries import LegRow, VehicleRow

_WIDE = 900
"""The width from which the lists stand beside the trip, and theirs there (px at 100 %)."""
_ASIDE = 270
_UNBOUND = 16_777_215


class TransportPage(Page):
    """Trips and vehicles at the left, one trip's buses at the right, forms in the panel."""

    areas = frozenset({"transport", "programme", "team", "people"})
    help_topic = "transport"

    def __init__(self, jobs: Jobs, clock: Clock) -> None:
        super().__init__("Transport")
        self._jobs = jobs
        self._clock = clock
        self._wanted: UUID | None = None
        self._seen: Overview | None = None
        self._trip: Trip | None = None
        self.aside = Aside(self)
        self.view = TripView()
        self.panel = Panel(self, width=440, room=_WIDE)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(px(18))
        self._grid.setVerticalSpacing(px(14))
        self.body.addLayout(self._grid)
        self._wide: bool | None = None
        self._arrange()
        self._listen()

    def refresh(self) -> None:
        if self._seen is None:
            self.show_loading()
        self._jobs.query(reading.overview, self._show, self.show_error, key="transport")

    def open_item(self, item: object) -> None:
        """Shows an activity's buses, or opens ("vehicle", id)."""
        if isinstance(item, UUID):
            self._choose(item)
        elif isinstance(item, tuple) and len(item) == 2 and item[0] == "vehicle":
            self._open_vehicle(item[1])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Lists at the left of the trip, or where there is little room trips, trip and vehicles one under the other."""
        wide = self.width() >= px(_WIDE)
        if wide is self._wide:
            return
        self._wide = wide
        places = ((0, 0, 1), (0, 1, 3), (1, 0, 1)) if wide else ((0, 0, 1), (1, 0, 1), (2, 0, 1))
        cards = (self.aside.trips, self.view, self.aside.vehicles)
        for card, (row, column, rows) in zip(cards, places, strict=True):
            self._grid.removeWidget(card)
            self._grid.addWidget(card, row, column, rows, 1)
        self._grid.setColumnStretch(0, 0 if wide else 1)
        self._grid.setColumnStretch(1, 1 if wide else 0)
        self._grid.setRowStretch(2, 1 if wide else 0)
        for card in (self.aside.trips, self.aside.vehicles):
            card.setMinimumWidth(px(_ASIDE) if wide else 0)
            card.setMaximumWidth(px(_ASIDE) if wide else _UNBOUND)

    def _listen(self) -> None:
        self.aside.trip_chosen.connect(self._choose)
        self.aside.vehicle_chosen.connect(self._open_vehicle)
        self.aside.vehicle_wanted.connect(lambda: self._show_vehicle(None))
        self.aside.programme_wanted.connect(lambda: self.go.emit("programme", None))
        self.view.made.connect(self._listen_to)
        self.view.add_bus.connect(self._add_bus)
        self.view.fill.connect(self._fill)
        self.view.print_list.connect(self._print)
        self.view.vehicle.connect(self._open_vehicle)

    def _listen_to(self, card: BusCard) -> None:
        card.driver.connect(self._choose_driver)
        card.change.connect(self._change_journey)
        card.put.connect(self._give_seat)
        card.shifted.connect(self._move)
        card.off.connect(self._take_off)

    # --- reading ---

    def _show(self, seen: Overview) -> None:
        self._seen = seen
        self.show_content()
        if self._wanted is None and seen.trips:
            self._wanted = seen.trips[0].id
        self.aside.show_lists(seen, self._wanted)
        self._read_trip()

    def _choose(self, activity_id: UUID) -> None:
        self.banner.clear()
        self._wanted = activity_id
        self.aside.mark(activity_id)
        self._read_trip()

    def _read_trip(self) -> None:
        wanted = self._wanted
        self.view.setVisible(wanted is not None)
        if wanted is not None:
            self._jobs.query(lambda uow: reading.trip(uow, wanted), self._show_trip, self._gone, key="transport-trip")

    def _show_trip(self, trip: Trip) -> None:
        if trip.activity.id == self._wanted:
            self._trip = trip
            self.view.show_trip(trip)

    def _gone(self, error: Exception) -> None:
        self._wanted = None
        self.view.hide()
        self._box(error)

    # --- a trip's buses ---

    def _add_bus(self) -> None:
        trip = self._trip
        if trip is None or not self._free_panel():
            return
        form = add_bus_form(trip)
        label_ = f"Added a bus to {trip.activity.title}"
        form.saved.connect(lambda values: self._keep_plan(form, actions.add_bus(trip, values), label_))
        self._open_form(f"Add a bus to {trip.activity.title}", form)

    def _change_journey(self, journey: Journey) -> None:
        if not self._free_panel():
            return
        name = f"{bus_words(journey.row.vehicle)}, {WAY[journey.row.direction].lower()}"
        form = journey_form(journey)
        form.add_heading("History")
        form.add_widget(history_of(self._jobs, journey.row.id, ("seat", "leg_id")))
        label_ = f"Changed the journey of {name}"

        def save(values: dict[str, Any]) -> None:
            make = actions.change_journey(journey.row.id, form.version, values)
            plan_change(self, self._jobs, make, label_, self._kept(form, label_), failed)

        def failed(error: BreatherError) -> None:
            if isinstance(error, Stale) and self.panel.content() is form:
                leg = journey.row
                self._jobs.query(lambda uow: reading.leg(uow, leg.activity_id, leg.id), fresh, self._box)
            else:
                self._failing(form)(error)

        def fresh(now: LegRow | None) -> None:
            if now is not None and self.panel.content() is form:
                form.take_fresh(now.version, journey_shown(now))

        form.saved.connect(save)
        form.add_foot(button("Take this bus out", lambda: self._remove(journey, name), kind="danger"))
        self._open_form(name, form)

    def _remove(self, journey: Journey, name: str) -> None:
        self.panel.close_panel()
        self._plan(actions.remove_journey(journey), f"Took out {name}")

    def _choose_driver(self, journey: Journey) -> None:
        trip = self._trip
        if trip is None or not self._free_panel():
            return
        same = [one for one in trip.journeys if one.row.vehicle.id == journey.row.vehicle.id]
        view = DriverChoice(journey.drivers, journey.row.driver_id, both_ways=len(same) > 1)
        name = bus_words(journey.row.vehicle)

        def take(adult_id: UUID | None, both: bool) -> None:
            who = next((one.name for one in journey.drivers if one.id == adult_id), "Nobody yet")
            self.panel.close_panel()
            now = self._journey(journey.row.id) or journey
            words = f"{who} drives {name}" if adult_id else f"Nobody drives {name} yet"
            self._plan(actions.choose_driver(self._trip or trip, now, adult_id, both), words)

        view.chosen.connect(take)
        self.panel.open(f"Who drives {name}, {WAY[journey.row.direction].lower()}?", view)

    def _give_seat(self, journey: Journey, person: Person) -> None:
        self._plan(actions.give_seat(journey, person), f"{person.name} has a seat on {bus_words(journey.row.vehicle)}")

    def _move(self, passenger: Passenger, journey: Journey) -> None:
        self._plan(actions.move(passenger, journey), f"Moved {passenger.name} to {bus_words(journey.row.vehicle)}")

    def _take_off(self, passenger: Passenger) -> None:
        self._plan(actions.take_off(passenger), f"Took {passenger.name} off the bus")

    def _fill(self) -> None:
        if self._trip is None:
            return
        trip = self._trip

        def done(left_out: tuple[str, ...]) -> None:
            self.said.emit(f"Filled the buses of {trip.activity.title}.", True)
            if left_out:
                self.banner.show_state(State.WARN, f"No seat was found for {listed(left_out)}.")
            else:
                self.banner.clear()

        plan_change(self, self._jobs, actions.fill(trip), f"Filled the buses of {trip.activity.title}", done)

    def _print(self) -> None:
        if self._trip is not None:
            self.go.emit("print", ("manifest", self._trip.activity.id))

    def _journey(self, leg_id: UUID) -> Journey | None:
        """A journey as it was last read: somebody may have changed it since its card was made."""
        return next((one for one in self._trip.journeys if one.row.id == leg_id), None) if self._trip else None

    def _plan(self, make: actions.Make, words: str) -> None:
        self.banner.clear()
        plan_change(self, self._jobs, make, words, lambda _value: self.said.emit(f"{words}.", True))

    def _keep_plan(self, form: Form, make: actions.Make, words: str) -> None:
        plan_change(self, self._jobs, make, words, self._kept(form, words), self._failing(form))

    # --- vehicles ---

    def add_vehicle(self) -> None:
        """Opens the form for a new vehicle, as Ctrl+K offers it."""
        self._show_vehicle(None)

    def _open_vehicle(self, vehicle_id: UUID) -> None:
        if self._free_panel():
            self._jobs.query(
                lambda uow: reading.vehicle(uow, vehicle_id), self._show_vehicle, self._box, key="transport-vehicle"
            )

    def _show_vehicle(self, row: VehicleRow | None) -> None:
        if not self._free_panel():
            return
        if row is not None and not self.may(Permission.TRANSPORT):
            self.panel.open(bus_words(row), VehicleFacts(row))
            return
        form = vehicle_form(row)
        if row is not None:
            form.add_heading("History")
            form.add_widget(history_of(self._jobs, row.id))
        name = bus_words(row) if row else ""

        def save(values: dict[str, Any]) -> None:
            words = f"Changed {name}" if row else "Added a vehicle"
            change = actions.keep_vehicle(row.id if row else None, form.version, values)
            self._jobs.change(change, words, self._kept(form, words), failed)

        def failed(error: Exception) -> None:
            if isinstance(error, Stale) and row is not None:
                self._jobs.query(lambda uow: reading.vehicle(uow, row.id), fresh, self._box)
            else:
                form.show_error(error)

        def fresh(now: VehicleRow) -> None:
            if self.panel.content() is form:
                form.take_fresh(now.version, vehicle_shown(now))

        form.saved.connect(save)
        self._open_form(name or "Add a vehicle", form)

    # --- the panel ---

    def _open_form(self, title: str, form: Form) -> None:
        form.left.connect(self.panel.close_panel)
        form.failed.connect(self.failed)
        self.panel.open(title, form, form)

    def _kept(self, form: Form, words: str) -> Callable[[object], None]:
        def done(_value: object) -> None:
            if self.panel.content() is form:
                form.mark_clean()
                self.panel.close_panel()
            self.said.emit(f"{words}.", True)

        return done

    def _failing(self, form: Form) -> Callable[[BreatherError], None]:
        def failed(error: BreatherError) -> None:
            if self.panel.content() is form:
                form.show_error(error)
            else:
                self._box(error)
            self._read_trip()

        return failed

    def _box(self, error: Exception) -> None:
        tell(self, error)

    def _free_panel(self) -> bool:
        """Whether the panel may show something else: typing that would be lost is pointed out instead."""
        form = self.panel.content()
        if self.panel.shown and isinstance(form, Form) and form.is_dirty():
            form.leave()
            return False
        return True
