"""The forms of this screen: a bus for a trip, one journey, and a vehicle with all its papers."""

from collections.abc import Mapping
from datetime import time
from typing import Any

from desktop.transport.reading import Journey, Trip
from desktop.transport.words import bus_words
from desktop.widgets.date_field import DateField
from desktop.widgets.edit_panel import EditForm
from desktop.widgets.fields import ChoiceField, LineField, LongTextField, NumberField, TickField, TimeField
from desktop.widgets.form import Form
from models.kernel.errors import BadInput
from models.kernel.words import counted
from models.transport.queries import LegRow, VehicleRow
from models.transport.rules import Direction
from models.transport.service import VEHICLE_FIELDS

TEXTS = ("registration", "name", "owner", "fuel", "off_road", "notes")
COUNTS = ("front_seats", "wheelchair_places", "seats_lost_per_wheelchair", "boosters")


def add_bus_form(trip: Trip) -> Form:
    """A bus there and back: which, when, from where to where. What is wrong with its papers that day warns at once."""
    form = Form(save_words="Add the bus")
    buses = [(bus.id, f"{bus_words(bus)} · {counted(bus.seats, 'seat')}") for bus in trip.vehicles]
    bus = ChoiceField("vehicle", "Bus", buses)
    form.add(bus)
    form.add(LineField("from_place", "From", optional=True))
    form.add(LineField("to_place", "To", optional=True))
    form.add(TickField("out", "Out"))
    form.add(TimeField("out_departs", "Leaves"), TimeField("out_arrives", "Arrives"))
    form.add(TickField("back", "Back"))
    form.add(TimeField("back_departs", "Leaves to come back"), TimeField("back_arrives", "Arrives back"))
    row = trip.activity
    free = [one for one in trip.vehicles if all(one.id != leg.row.vehicle.id for leg in trip.journeys)]
    first = next((one for one in free if not trip.warnings[one.id]), next(iter(free or trip.vehicles), None))
    form.set_values(
        {
            "vehicle": first.id if first else None, "from_place": row.meeting_place, "to_place": row.venue_name,
            "out": True, "back": True, "out_departs": row.starts, "out_arrives": _shift(row.starts, 60),
            "back_departs": _shift(row.ends, -60), "back_arrives": row.ends,
        }
    )  # fmt: skip
    bus.changed.connect(lambda: bus.set_help(_warning(trip, bus)))
    bus.set_help(_warning(trip, bus))
    return form


def ways_of(values: Mapping[str, Any]) -> list[tuple[Direction, dict[str, Any]]]:
    """The journeys asked for. Raises BadInput for none, or a time that is missing."""
    if values["vehicle"] is None:
        raise BadInput("No bus is chosen yet.", "Choose one, or add a vehicle first.", "vehicle")
    found: list[tuple[Direction, dict[str, Any]]] = []
    ends = (values["from_place"] or "", values["to_place"] or "")
    for way, start, end in ((Direction.OUT, *ends), (Direction.BACK, *reversed(ends))):
        if not values[way.value]:
            continue
        departs, arrives = values[f"{way.value}_departs"], values[f"{way.value}_arrives"]
        for name, when in (("departs", departs), ("arrives", arrives)):
            if when is None:
                raise BadInput("The time is missing.", "Write it like 09:30.", f"{way.value}_{name}")
        if departs >= arrives:
            raise BadInput("The bus would arrive before it leaves.", "Check the two times.", f"{way.value}_arrives")
        found.append((way, {"departs": departs, "arrives": arrives, "from_place": start, "to_place": end}))
    if not found:
        raise BadInput("Neither way is chosen.", "Tick Out, Back or both.", "out")
    return found


JOURNEY_FIELDS = ("departs", "arrives", "from_place", "to_place")


def journey_form(journey: Journey) -> EditForm:
    """One journey's times and places."""
    form = EditForm()
    form.add(TimeField("departs", "Leaves"), TimeField("arrives", "Arrives"))
    form.add(LineField("from_place", "From", optional=True))
    form.add(LineField("to_place", "To", optional=True))
    form.open_with(journey.row.version, journey_shown(journey.row))
    return form


def journey_shown(row: LegRow) -> dict[str, Any]:
    """What the form shows of a journey."""
    return {name: getattr(row, name) for name in JOURNEY_FIELDS}


def journey_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """What the service wants. Raises BadInput for a missing time."""
    for name in ("departs", "arrives"):
        if values[name] is None:
            raise BadInput("The time is missing.", "Write it like 09:30.", name)
    return {**values, "from_place": values["from_place"] or "", "to_place": values["to_place"] or ""}


def vehicle_form(row: VehicleRow | None) -> EditForm:
    """Every field of a vehicle; new where `row` is None."""
    form = EditForm("Save" if row else "Add the vehicle")
    form.add(LineField("registration", "Registration", "As it stands on the number plate."))
    form.add(LineField("name", "Name", "What everybody calls it: “The blue bus”.", optional=True))
    form.add(LineField("owner", "Owner", "Own, or who it is hired from.", optional=True))
    form.add_heading("Seats")
    form.add(
        NumberField("seats", "Passenger seats", "Without the driver’s.", most=80),
        NumberField("front_seats", "Of them in the front", "Children do not sit there.", most=9),
    )
    form.add(
        NumberField("wheelchair_places", "Wheelchair places", most=10),
        NumberField("seats_lost_per_wheelchair", "Seats each takes out", most=20),
    )
    form.add(NumberField("boosters", "Boosters on board", most=80))
    form.add_heading("Papers")
    form.add(DateField("mot_expires", "MOT ends", optional=True))
    form.add(DateField("insurance_expires", "Insurance ends", optional=True))
    form.add(DateField("permit_expires", "Section 19 permit ends", optional=True))
    form.add(NumberField("max_weight_kg", "Heaviest it may be, in kg", "On the plate: it decides who may drive.",
                         optional=True, most=20_000))  # fmt: skip
    form.add(LineField("fuel", "Fuel", optional=True))
    form.add_heading("On the road")
    form.add(LineField("off_road", "Off the road because", "Empty while it can be used.", optional=True))
    form.add(LongTextField("notes", "Notes", optional=True, lines=3))
    blank: dict[str, Any] = dict.fromkeys(COUNTS, 0)
    form.open_with(row.version if row else None, vehicle_shown(row) if row else blank)
    return form


def vehicle_shown(row: VehicleRow) -> dict[str, Any]:
    """What the form shows of a vehicle."""
    return {name: getattr(row, name) for name in VEHICLE_FIELDS}


def vehicle_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """What the service wants: no words is "", no number of extras is 0."""
    kept = dict(values)
    for name in TEXTS:
        kept[name] = kept[name] or ""
    for name in COUNTS:
        kept[name] = kept[name] or 0
    kept["registration"] = kept["registration"].upper()
    kept["seats"] = kept["seats"] or 0
    return kept


def _shift(wall: time, minutes: int) -> time:
    """So many minutes later the same day, or as late (early) as the day has."""
    total = max(0, min(24 * 60 - 1, wall.hour * 60 + wall.minute + minutes))
    return time(total // 60, total % 60)


def _warning(trip: Trip, bus: ChoiceField) -> str:
    return next((words for one, words in trip.warnings.items() if one == bus.value()), "")
