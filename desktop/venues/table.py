"""The list of venues, with what is planned next at each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.widgets.list_model import Column
from desktop.widgets.table import ListTable
from models.kernel.dates import short, short_with_year
from models.kernel.money import pounds
from models.programme import queries as programme
from models.programme.queries import ActivityRow, VenueRow
from models.programme.rules import ActivityStatus

if TYPE_CHECKING:
    from models.bootstrap import UnitOfWork

PLANNED = (ActivityStatus.DRAFT, ActivityStatus.CONFIRMED)

NEEDED = {"Venue", "Children", "Next here"}
"""The columns that stay where there is little room."""


@dataclass(frozen=True)
class VenueUse:
    """A venue and what is planned there from today on, soonest first."""

    venue: VenueRow
    planned: tuple[ActivityRow, ...]


def venues_in_use(uow: "UnitOfWork") -> tuple[VenueUse, ...]:
    """Every venue by name with what is planned there."""
    planned = programme.activities(uow, first=uow.clock.today(), statuses=PLANNED)
    return tuple(
        VenueUse(venue, tuple(row for row in planned if row.venue_id == venue.id)) for venue in programme.venues(uow)
    )


def venue_table() -> ListTable[VenueUse]:
    """Venue, postcode, phone, children, hire, next here."""
    columns: Sequence[Column[VenueUse]] = [
        Column("Venue", lambda use: use.venue.name),
        Column("Postcode", lambda use: use.venue.postcode),
        Column("Phone", lambda use: use.venue.phone),
        Column("Children", _takes, sort=lambda use: use.venue.capacity, right=True),
        Column("Hire", lambda use: pounds(use.venue.hire_pence), sort=lambda use: use.venue.hire_pence, right=True),
        Column("Next here", _next, sort=lambda use: use.planned[0].day if use.planned else None),
    ]
    spare = ("Hire", "Phone", "Postcode")
    return ListTable(columns, lambda use: use.venue.id, name="Venues", spoken=_spoken, spare=spare)


def _takes(use: VenueUse) -> str:
    return "No limit" if use.venue.capacity is None else str(use.venue.capacity)


def _next(use: VenueUse) -> str:
    if not use.planned:
        return "Nothing planned"
    more = f", and {len(use.planned) - 1} more" if len(use.planned) > 1 else ""
    return f"{short(use.planned[0].day)} {use.planned[0].title}{more}"


def _spoken(use: VenueUse) -> str:
    if not use.planned:
        return f"{use.venue.name}, nothing planned"
    return f"{use.venue.name}, next {short_with_year(use.planned[0].day)}"
