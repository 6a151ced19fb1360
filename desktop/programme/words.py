"""How the programme says things, and in which state colours."""

from collections.abc import Mapping
from types import MappingProxyType

from desktop.widgets.state import State
from models.kernel.dates import long, span
from models.programme.queries import ActivityRow
from models.programme.rules import ActivityKind, ActivityStatus, DutyRole, DutyStatus
from models.readiness.lines import Level

LIGHT: Mapping[Level, State] = MappingProxyType({Level.OK: State.OK, Level.WARN: State.WARN, Level.BLOCK: State.BAD})
KIND: Mapping[ActivityKind, str] = MappingProxyType({ActivityKind.CLUB: "Club", ActivityKind.TRIP: "Trip"})
CANCEL: Mapping[ActivityKind, str] = MappingProxyType(
    {ActivityKind.CLUB: "Cancel club", ActivityKind.TRIP: "Cancel trip"}
)
STATUS: Mapping[ActivityStatus, str] = MappingProxyType(
    {
        ActivityStatus.DRAFT: "Draft",
        ActivityStatus.CONFIRMED: "Confirmed",
        ActivityStatus.DELIVERED: "Took place",
        ActivityStatus.CANCELLED: "Cancelled",
    }
)
STATUS_STATE: Mapping[ActivityStatus, State] = MappingProxyType(
    {
        ActivityStatus.DRAFT: State.NEUTRAL,
        ActivityStatus.CONFIRMED: State.OK,
        ActivityStatus.DELIVERED: State.BRAND,
        ActivityStatus.CANCELLED: State.NEUTRAL,
    }
)
STATUS_ICON: Mapping[ActivityStatus, str] = MappingProxyType(
    {
        ActivityStatus.DRAFT: "pencil-outline",
        ActivityStatus.CONFIRMED: "check-circle",
        ActivityStatus.DELIVERED: "flag-checkered",
        ActivityStatus.CANCELLED: "cancel",
    }
)
ROLE: Mapping[DutyRole, str] = MappingProxyType(
    {
        DutyRole.LEAD: "Lead",
        DutyRole.WORKER: "Worker",
        DutyRole.VOLUNTEER: "Volunteer",
        DutyRole.DRIVER: "Driver",
        DutyRole.ONE_TO_ONE: "One-to-one",
    }
)
ANSWER: Mapping[DutyStatus, str] = MappingProxyType(
    {DutyStatus.ASKED: "Asked", DutyStatus.CONFIRMED: "Said yes", DutyStatus.DECLINED: "Cannot come"}
)
PLANNED = (ActivityStatus.DRAFT, ActivityStatus.CONFIRMED)


def facts(activity: ActivityRow) -> str:
    """Club · Saturday 5 December 2026, 10:00–14:00 · Harbour Hall."""
    where = activity.venue_name or "no venue yet"
    bus = ("by minibus",) if activity.by_minibus else ()
    day = f"{long(activity.day)}, {span(activity.starts, activity.ends)}"
    return " · ".join((KIND[activity.kind], day, where, *bus))


def places(activity: ActivityRow) -> str:
    """12 of 12 booked, 2 waiting."""
    booked = f"{activity.booked} of {activity.capacity}" if activity.capacity is not None else str(activity.booked)
    return f"{booked}, {activity.waiting} waiting" if activity.waiting else booked
