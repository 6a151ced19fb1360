"""What a person can do to a venue."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from desktop.jobs import Jobs
from models.programme import service
from models.programme.queries import VenueRow

if TYPE_CHECKING:
    from models.bootstrap import UnitOfWork


def save(
    jobs: Jobs,
    venue: VenueRow | None,
    values: Mapping[str, Any],
    done: Callable[[str], object],
    failed: Callable[[Exception], object],
) -> None:
    """Adds a venue or keeps its changes; `done` is told what to say."""
    label = f"Changed the venue {venue.name}" if venue else f"Added the venue {values['name']}"

    def change(uow: "UnitOfWork") -> str:
        if venue is None:
            service.add_venue(uow, values)
        else:
            service.edit_venue(uow, venue.id, venue.version, values)
        return f"{label}."

    jobs.change(change, label, done, failed)
