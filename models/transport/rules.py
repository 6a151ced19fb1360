"""Rules about minibuses: who may drive what, how many fit, and who may sit where.

Pure: facts in, findings or a sentence out. Each rule's docstring says whether it is law, guidance or house policy
(domain notes, section 3, Great Britain). Law has no "anyway"; the others may be gone ahead with for a reason. The
rules live beside this page by subject; everybody else knows only this page.
"""

from models.transport.driving import is_zero_emission, may_drive, parse_licence, vehicle_findings
from models.transport.facts import (
    D1,
    NOTES_OF_LEG,
    AssistantFacts,
    ChildFacts,
    Direction,
    DriverFacts,
    Finding,
    LegFacts,
    Licence,
    SeatedChild,
    Seating,
    VehicleFacts,
)
from models.transport.journeys import auto_seats, leg_findings, passenger_findings, seating_findings
from models.transport.seats import (
    assistants_needed,
    boosters_left,
    is_booster_height,
    needs_booster,
    seat_refusal,
    seat_warnings,
    seats_available,
    seats_taken,
    wheelchairs,
    with_booster,
)

__all__ = [
    "D1",
    "NOTES_OF_LEG",
    "AssistantFacts",
    "ChildFacts",
    "Direction",
    "DriverFacts",
    "Finding",
    "LegFacts",
    "Licence",
    "SeatedChild",
    "Seating",
    "VehicleFacts",
    "assistants_needed",
    "auto_seats",
    "boosters_left",
    "is_booster_height",
    "is_zero_emission",
    "leg_findings",
    "may_drive",
    "needs_booster",
    "parse_licence",
    "passenger_findings",
    "seat_refusal",
    "seat_warnings",
    "seating_findings",
    "seats_available",
    "seats_taken",
    "vehicle_findings",
    "wheelchairs",
    "with_booster",
]
