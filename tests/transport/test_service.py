"""Vehicles and journeys as they are kept: what cannot be is refused, at the field it concerns."""

from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from models.bootstrap import Club
from models.kernel.errors import BadInput, Refused, Stale
from models.programme.rules import ActivityKind
from models.readiness import journeys
from models.transport import queries, service
from models.transport.rules import Direction
from tests.clubs import a_booking, a_child, a_duty, a_leg, a_seat, a_vehicle, an_activity, an_adult, new_club, put

NEW: dict[str, Any] = {"registration": "HY26 ABC", "name": "The blue bus", "seats": 16}


@pytest.fixture
def club(tmp_path: Path) -> Iterator[Club]:
    club = new_club(tmp_path)
    yield club
    club.close()


@pytest.fixture
def trip(club: Club) -> UUID:
    kind = {"kind": ActivityKind.TRIP, "by_minibus": True}
    return put(club, lambda uow: an_activity(uow, "Pantomime", date(2026, 12, 22), **kind))


def wrong(club: Club, values: dict[str, Any]) -> BadInput:
    with pytest.raises(BadInput) as caught:
        put(club, lambda uow: service.add_vehicle(uow, values))
    return caught.value


def test_a_vehicle_is_kept_with_what_was_not_said_left_open(club: Club) -> None:
    bus = put(club, lambda uow: service.add_vehicle(uow, NEW))
    row = club.read(lambda uow: queries.vehicle(uow, bus))
    assert (row.called, row.seats, row.boosters, row.mot_expires) == ("The blue bus (HY26 ABC)", 16, 0, None)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"registration": "  "}, "registration"), ({"seats": 0}, "seats"), ({"seats": 81}, "seats"),
        ({"name": "N" * 300}, "name"), ({"wheelchair_places": 11}, "wheelchair_places"), ({"wings": 2}, "wings"),
        ({"mot_expires": "soon"}, "mot_expires"),
    ],
)  # fmt: skip
def test_a_vehicle_that_cannot_be_is_refused_at_the_field(club: Club, change: dict[str, Any], field: str) -> None:
    assert wrong(club, NEW | change).field == field


def test_one_registration_is_one_vehicle(club: Club) -> None:
    bus = put(club, lambda uow: service.add_vehicle(uow, NEW))
    assert wrong(club, NEW | {"name": "Another"}).what == "There is already a vehicle HY26 ABC."
    put(club, lambda uow: service.edit_vehicle(uow, bus, 1, {"off_road": "Flat tyre"}))
    assert club.read(lambda uow: queries.vehicle(uow, bus)).off_road == "Flat tyre"


def test_a_form_opened_before_another_change_is_told(club: Club) -> None:
    bus = put(club, lambda uow: service.add_vehicle(uow, NEW))
    put(club, lambda uow: service.edit_vehicle(uow, bus, 1, {"boosters": 4}))
    with pytest.raises(Stale):
        put(club, lambda uow: service.edit_vehicle(uow, bus, 1, {"boosters": 5}))


def test_a_journey_goes_once_and_forwards(club: Club, trip: UUID) -> None:
    bus = put(club, a_vehicle)
    out = (Direction.OUT, time(9), time(10))
    put(club, lambda uow: service.add_leg(uow, trip, bus, *out))
    with pytest.raises(BadInput, match="already makes that journey"):
        put(club, lambda uow: service.add_leg(uow, trip, bus, *out))
    with pytest.raises(BadInput, match="place it leaves from is too long"):
        put(club, lambda uow: service.add_leg(uow, trip, bus, Direction.BACK, time(15), time(16), "N" * 300))
    with pytest.raises(BadInput, match="arrive before it leaves"):
        put(club, lambda uow: service.add_leg(uow, trip, bus, Direction.BACK, time(16), time(15)))


def test_leaving_the_buses_frees_every_seat_and_the_wheel(club: Club, trip: UUID) -> None:
    def fill(uow: Any) -> tuple[UUID, UUID]:
        bus, adult, child = a_vehicle(uow), an_adult(uow), a_child(uow)
        a_leg(uow, trip, bus, driver_id=adult)
        back = a_leg(uow, trip, bus, direction=Direction.BACK, departs=time(15), arrives=time(16))
        a_seat(uow, back, child_id=child)
        a_seat(uow, back, adult_id=adult)
        return adult, child

    adult, child = put(club, fill)
    put(club, lambda uow: service.leave_buses(uow, trip, adult_id=adult))
    out, back = club.read(lambda uow: queries.legs(uow, trip))
    assert (out.driver_id, back.escort_ids, back.child_ids) == (None, (), (child,))
    put(club, lambda uow: service.leave_buses(uow, trip, child_id=child))
    assert club.read(lambda uow: queries.legs(uow, trip))[1].seats == ()


def test_a_journey_taken_out_takes_its_seats_with_it(club: Club, trip: UUID) -> None:
    def fill(uow: Any) -> UUID:
        leg = a_leg(uow, trip, a_vehicle(uow))
        a_seat(uow, leg, child_id=a_child(uow))
        return leg

    leg = put(club, fill)
    put(club, lambda uow: service.remove_leg(uow, leg))
    assert club.read(lambda uow: queries.legs(uow, trip)) == ()


def test_a_child_moves_between_buses_in_one_step_or_stays(club: Club, trip: UUID) -> None:
    """In a full bus the child keeps the seat it had."""

    def fill(uow: Any) -> tuple[UUID, UUID, UUID]:
        child, other = a_child(uow), a_child(uow, "Niamh", "Osei")
        for each in (child, other):
            a_booking(uow, trip, each)
        big, small = a_vehicle(uow), a_vehicle(uow, "HY26 TNY", name="The small bus", seats=1)
        first, second = a_leg(uow, trip, big), a_leg(uow, trip, small)
        a_seat(uow, first, child_id=child)
        return first, second, other

    first, second, other = put(club, fill)
    seat = club.read(lambda uow: queries.legs(uow, trip))[0].seats[0]
    put(club, lambda uow: journeys.move_seat(uow, seat.id, second))
    big, small = club.read(lambda uow: queries.legs(uow, trip))
    assert (big.id, small.id, big.seats) == (first, second, ())
    assert small.child_ids == (seat.child_id,)
    put(club, lambda uow: journeys.seat_child(uow, first, other))
    held = club.read(lambda uow: queries.legs(uow, trip))[0].seats[0]
    with pytest.raises(Refused, match="The small bus is full"):
        put(club, lambda uow: journeys.move_seat(uow, held.id, second))
    assert club.read(lambda uow: queries.legs(uow, trip))[0].child_ids == (other,)


def test_a_passenger_assistant_moves_too(club: Club, trip: UUID) -> None:
    def fill(uow: Any) -> tuple[UUID, UUID]:
        adult = an_adult(uow)
        a_duty(uow, trip, adult)
        first = a_leg(uow, trip, a_vehicle(uow))
        a_seat(uow, first, adult_id=adult)
        return a_leg(uow, trip, a_vehicle(uow, "HY26 TNY", name="The small bus")), adult

    second, adult = put(club, fill)
    seat = next(seat for leg in club.read(lambda uow: queries.legs(uow, trip)) for seat in leg.seats)
    put(club, lambda uow: journeys.move_seat(uow, seat.id, second))
    moved = next(leg for leg in club.read(lambda uow: queries.legs(uow, trip)) if leg.id == second)
    assert moved.escort_ids == (adult,)
