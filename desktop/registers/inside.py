"""Who is in the building now, at everything that is on: for the fire list."""

from collections.abc import Collection
from typing import TYPE_CHECKING
from uuid import UUID

from desktop.registers.words import RowView, adult_view, child_view
from models.kernel.clock import london_instant
from models.registers import queries
from models.registers.rules import Status

if TYPE_CHECKING:
    from models.bootstrap import UnitOfWork


def read_inside(uow: "UnitOfWork", activity_ids: Collection[UUID]) -> tuple[RowView, ...]:
    """Everybody who is in at one of these activities, children first; their names alone are of use here."""
    children: dict[UUID, RowView] = {}
    adults: dict[UUID, RowView] = {}
    minutes = queries.policy_of(uow).late_minutes
    for activity_id in activity_ids:
        register = queries.register(uow, activity_id)
        start, now = london_instant(register.activity.day, register.activity.starts), uow.clock.now()
        for child in register.children:
            if child.state.status is Status.IN:
                children[child.child_id] = child_view(
                    child, now=now, start=start, minutes=minutes, saving=False, closed=True
                )
        for adult in register.adults:
            if adult.state.status is Status.IN:
                adults[adult.adult_id] = adult_view(adult, saving=False, closed=True)
    return (*children.values(), *adults.values())
