"""Small sentences that several documents share."""

from collections.abc import Iterable
from datetime import datetime, time

from models.documents.facts import Activity, Adult, Medicine
from models.documents.fonts import UNBROKEN
from models.kernel.clock import london_wall
from models.kernel.dates import clock_text, long, numeric, short, short_with_year, span


def person(adult: Adult | None) -> str:
    """Finn Walker (gran): 07700 900856 or 020 7946 0991; nothing for nobody."""
    if adult is None:
        return ""
    bracketed = "(" in adult.relationship  # Gran (special guardian): a bracket in brackets is hard to read
    related = f", {adult.relationship}" if bracketed else f" ({adult.relationship})" if adult.relationship else ""
    named = f"{adult.name}{related}"
    numbers = " or ".join(phone.replace(" ", UNBROKEN) for phone in adult.phones)
    return f"{named}: {numbers}" if numbers else named


def people(adults: Iterable[Adult]) -> str:
    """One person a line."""
    return "\n".join(person(adult) for adult in adults)


def in_call_order(adults: Iterable[Adult]) -> str:
    """One person a line, numbered as they are to be rung."""
    return "\n".join(f"{at}. {person(adult)}" for at, adult in enumerate(adults, start=1))


def medicine_line(medicine: Medicine) -> str:
    """Salbutamol inhaler, runs out 31/03/2027."""
    return f"{medicine.name}, runs out {numeric(medicine.expires)}" if medicine.expires else medicine.name


def printed(made: datetime) -> str:
    """printed 3 Dec 2026 at 09:00, London time."""
    wall = london_wall(made)
    return f"printed {short_with_year(wall.date())} at {clock_text(wall)}"


def headline(activity: Activity) -> str:
    """Pantomime trip, Tue 22 Dec: what stands on top of a sheet about everybody."""
    return f"{activity.title}, {short(activity.day)}"


def when(activity: Activity) -> str:
    """Saturday 5 December 2026, 10:00–14:00."""
    return f"{long(activity.day)}, {span(activity.start, activity.end)}"


def place_and_time(place: str, at: time | None) -> str:
    """Ringway Community Centre at 09:45, or the part that is known."""
    clock = clock_text(at) if at else ""
    return f"{place} at {clock}" if place and clock else place or clock
