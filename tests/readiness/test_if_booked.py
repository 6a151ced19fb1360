"""What the light would say before a child is booked: the same as it says afterwards, and nothing is changed."""

from pathlib import Path
from uuid import UUID, uuid5

import pytest

from models.bootstrap import UnitOfWork
from models.consents.rules import ConsentKind, ConsentState
from models.kernel.errors import NotFound
from models.programme.rules import ActivityKind
from models.readiness import service
from models.readiness.lines import Level
from models.readiness.queries import if_booked, readiness
from models.transport.rules import Direction
from tests.clubs import (
    a_booking,
    a_child,
    a_consent,
    a_driver,
    a_duty,
    a_leg,
    a_vehicle,
    a_venue,
    an_activity,
    an_adult,
    new_club,
    put,
)


def _trip(uow: UnitOfWork) -> tuple[UUID, UUID, UUID]:
    """A trip by minibus with four children; a child with consent, and one without who uses a wheelchair."""
    lead = an_adult(uow, "Denise Achebe")
    trip = an_activity(
        uow, "Pantomime", kind=ActivityKind.TRIP, by_minibus=True, venue_id=a_venue(uow), lead_id=lead, capacity=5
    )
    driver = a_driver(uow)
    for adult in (lead, an_adult(uow, "Marcus Hollis"), driver):
        a_duty(uow, trip, adult)
    bus = a_vehicle(uow)
    for way in Direction:
        a_leg(uow, trip, bus, direction=way, driver_id=driver)
    for number in range(4):
        a_booking(uow, trip, _child(uow, f"Child{number}"))
    return trip, _child(uow, "Ada"), a_child(uow, "Zuri", "Lee", wheelchair=True)


def _child(uow: UnitOfWork, first: str) -> UUID:
    child = a_child(uow, first, "Lee")
    for kind in (ConsentKind.SAFEGUARDING, ConsentKind.TRIP):
        a_consent(uow, child, kind, state=ConsentState.GRANTED)
    return child


@pytest.mark.parametrize("who", [1, 2])
def test_the_lines_foreseen_are_the_lines_after_booking(tmp_path: Path, who: int) -> None:
    club = new_club(tmp_path)
    made = put(club, _trip)
    trip, child = made[0], made[who]
    before = club.read(lambda uow: readiness(uow, trip))
    foreseen = club.read(lambda uow: if_booked(uow, trip, child))
    assert club.read(lambda uow: readiness(uow, trip)) == before
    put(club, lambda uow: service.book_child(uow, trip, child))
    assert foreseen == club.read(lambda uow: readiness(uow, trip)).lines


def test_a_child_without_consent_is_foreseen_to_block(tmp_path: Path) -> None:
    club = new_club(tmp_path)
    trip, _ada, zuri = put(club, _trip)
    lines = {line.rule: line for line in club.read(lambda uow: if_booked(uow, trip, zuri))}
    assert lines["trip-consent"].level is Level.BLOCK
    assert "Zuri Lee" in lines["trip-consent"].text


def test_a_child_already_booked_changes_nothing_and_one_who_is_gone_is_not_found(tmp_path: Path) -> None:
    club = new_club(tmp_path)
    trip, ada, _zuri = put(club, _trip)
    put(club, lambda uow: service.book_child(uow, trip, ada))
    assert club.read(lambda uow: if_booked(uow, trip, ada)) == club.read(lambda uow: readiness(uow, trip)).lines
    with pytest.raises(NotFound):
        club.read(lambda uow: if_booked(uow, trip, uuid5(trip, "nobody")))
