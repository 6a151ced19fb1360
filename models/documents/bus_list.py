"""The bus list: for each journey who sits where, boosters, belts, and heads counted on and off."""

from pathlib import Path

from models.documents.blocks import facts, note, sign_row, title
from models.documents.facts import BusList, Journey
from models.documents.ops import gap
from models.documents.press import Press
from models.documents.sheet import Sheet
from models.documents.table import Cell, Column, Mark, table
from models.documents.wording import headline, place_and_time, printed
from models.kernel.words import counted, listed

_PASSENGERS = (
    Column("No.", 9),
    Column("Name", 55, bold=True),
    Column("Seat", 21),
    Column("See", 17),
    Column("Booster", 20),
    Column("On", 14),
    Column("Belt", 14),
    Column("Off", 14),
)


def bus_list(buses: BusList, fonts: Path | None = None) -> bytes:
    """The PDF, a sheet-set for each journey."""
    press = Press("Bus list", buses.club.name, buses.made, fonts)
    sheets: list[Sheet] = []
    for journey in buses.journeys:
        parts = ("Bus list", journey.way, journey.vehicle, printed(buses.made))
        label = " · ".join(part for part in parts if part)
        sheet = press.sheet(buses.club.name, headline(buses.activity), label, buses.club.logo)
        journey_part(sheet, journey)
        sheets.append(sheet)
    return press.output(sheets)


def journey_part(sheet: Sheet, journey: Journey) -> None:
    """One journey: the plan, the passengers, the counts. Begins where the sheet stands."""
    fonts = sheet.fonts
    bus = _bus(journey)
    sheet.add(title(fonts, f"{journey.way}: {bus}" if bus else journey.way))
    known = [pair for pair in _plan(journey) if pair[1]]
    sheet.add(*facts(fonts, known if bus else [*_TO_FILL_IN, *known]))
    sheet.space(4)
    rows: list[tuple[Cell, ...]] = [
        (
            str(at),
            child.name,
            child.seat,
            child.see,
            Mark.TICK if child.booster else "",
            Mark.TICK,
            Mark.TICK,
            Mark.TICK,
        )
        for at, child in enumerate(journey.passengers, start=1)
    ]
    sheet.table(table(fonts, _PASSENGERS, rows, row_height=7.2))
    sheet.keep(
        gap(4),
        sign_row(fonts, [("Counted on", 1), ("Left at", 1), ("Counted off", 1), ("Arrived at", 1)]),
        sign_row(fonts, [("Bus walked through, nobody and nothing left: name", 3), ("Time", 1)]),
        gap(2),
        note(fonts, _CARE, bold_first="Before the bus moves"),
    )


_TO_FILL_IN = (("Bus", ""), ("Driver", ""), ("Passenger assistants", ""), ("Leaves at", ""), ("Arrives at", ""))

_CARE = (
    "Call every name; do not only count heads. A box under Booster means that this child needs one. Every belt is on, "
    "nobody sits in front beside the driver, and the driver looks after the road, not the children. Count again after "
    "every stop."
)


def _plan(journey: Journey) -> list[tuple[str, str]]:
    boosters = sum(child.booster for child in journey.passengers)
    seats = f" of {journey.seats} seats" if journey.seats else ""
    with_adults = f"; with adults {_aboard(journey)}{seats}" if _bus(journey) else ""
    return [
        ("Driver", journey.driver),
        ("Passenger assistants", listed(journey.assistants)),
        ("From", place_and_time(journey.leaves_from, journey.leaves_at)),
        ("To", place_and_time(journey.arrives_where, journey.arrives_at)),
        ("Children", f"{len(journey.passengers)}{with_adults}"),
        ("Boosters to bring", counted(boosters, "booster") if boosters else "None"),
    ]


def _bus(journey: Journey) -> str:
    return ", ".join(part for part in (journey.vehicle, journey.registration) if part)


def _aboard(journey: Journey) -> int:
    return len(journey.passengers) + len(journey.assistants)
