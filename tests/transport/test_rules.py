"""Who sits where: one seat, a whole journey, and a first filling."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from models.transport.rules import (
    Direction,
    SeatedChild,
    auto_seats,
    leg_findings,
    passenger_findings,
    seat_refusal,
    seat_warnings,
    seating_findings,
    wheelchairs,
)
from tests.transport.cast import BUS, OWEN, TRIP, VAN, adult, blocks, child, leg, warns

# --- one seat


def test_the_last_seat_and_the_one_after() -> None:
    assert seat_refusal(leg(children=12, adults=3), SeatedChild(child(50)), TRIP) is None
    refusal = seat_refusal(leg(children=13, adults=3), SeatedChild(child(50)), TRIP)
    assert refusal == "No seat is left for Child 50: The blue bus is full."


def test_wheelchairs_are_named_as_the_reason() -> None:
    lily = SeatedChild(child(70, wheelchair=True), in_wheelchair=True)
    full = leg(VAN, adults=1, children=4)
    full = replace(full, children=(*full.children, lily))
    assert "3 of its 8 are out for wheelchairs" in (seat_refusal(full, SeatedChild(child(50)), TRIP) or "")


def test_wheelchair_places_run_out() -> None:
    chair = [SeatedChild(child(70 + n, wheelchair=True), in_wheelchair=True) for n in range(3)]
    assert "no place for a wheelchair" in (seat_refusal(leg(), chair[0], TRIP) or "")
    van = leg(VAN, adults=2)
    assert seat_refusal(replace(van, children=tuple(chair[:1])), chair[1], TRIP) is None
    assert "has 2" in (seat_refusal(replace(van, children=tuple(chair[:2])), chair[2], TRIP) or "")
    assert "takes 3 seats out" in (seat_refusal(leg(VAN, children=5, adults=1), chair[0], TRIP) or "")


def test_nobody_sits_twice_or_on_two_buses() -> None:
    assert "already has a seat" in (seat_refusal(leg(children=1), SeatedChild(child(0)), TRIP) or "")
    refusal = seat_refusal(leg(), SeatedChild(child(1)), TRIP, other_bus="Accessible van")
    assert refusal == "Child 1 is already on Accessible van on the way out."


def test_children_sit_behind_the_driver_and_adults_may_sit_in_front() -> None:
    bus = replace(BUS, seats=4, front_seats=2)
    assert "in the front" in (seat_refusal(leg(bus, children=2), SeatedChild(child(50)), TRIP) or "")
    assert seat_refusal(leg(bus, children=2, adults=1), adult(9), TRIP) is None


def test_an_assistant_is_a_confirmed_adult_who_does_not_drive() -> None:
    assert seat_refusal(leg(), adult(1), TRIP) is None
    assert "driving" in (seat_refusal(leg(), adult(1, id=OWEN.id), TRIP) or "")
    assert "not confirmed" in (seat_refusal(leg(), adult(1, confirmed=False), TRIP) or "")
    assert "is 17" in (seat_refusal(leg(), adult(1, birth_date=date(2009, 5, 9)), TRIP) or "")
    assert "date of birth" in (seat_refusal(leg(), adult(1, birth_date=None), TRIP) or "")


def test_a_missing_booster_warns_and_never_refuses() -> None:
    small = SeatedChild(replace(child(50), height_cm=134))
    bare = leg(replace(BUS, boosters=0))
    assert seat_refusal(bare, small, TRIP) is None
    assert [one.level for one in seat_warnings(bare, small)] == ["warn"]
    assert seat_warnings(leg(), small) == ()
    assert seat_warnings(bare, SeatedChild(replace(child(50), height_cm=135))) == ()
    assert "no height" in seat_warnings(bare, SeatedChild(replace(child(50), height_cm=None)))[0].text


# --- whole journeys


def test_a_bus_in_order_has_nothing_to_say() -> None:
    assert leg_findings(leg(children=12, adults=3)) == ()


def test_a_journey_needs_a_driver_even_empty() -> None:
    empty = leg(driver=None)
    assert [one.text for one in leg_findings(empty)] == ["Nobody is down to drive The blue bus on the way out."]
    assert passenger_findings(empty) == ()


def test_one_assistant_to_four_besides_the_driver() -> None:
    assert blocks(leg_findings(leg(children=9, adults=2))) == [
        "9 children on The blue bus on the way out: needs 3 passenger assistants besides the driver; 2 so far."
    ]


def test_two_adults_on_every_bus_and_the_driver_is_no_assistant() -> None:
    assert any("alone with the driver" in text for text in blocks(leg_findings(leg(children=1))))
    himself = leg(children=1, assistants=(adult(1, id=OWEN.id),))
    assert any("alone with the driver" in text for text in blocks(leg_findings(himself)))


def test_a_wheelchair_user_travels_in_a_wheelchair_place() -> None:
    lily = SeatedChild(replace(child(70), name="Lily", wheelchair=True))
    on_a_seat = replace(leg(VAN, adults=1), children=(lily,))
    assert "Lily uses a wheelchair" in blocks(leg_findings(on_a_seat))[0]
    assert leg_findings(replace(on_a_seat, children=(replace(lily, in_wheelchair=True),))) == ()


def test_too_many_on_a_bus_is_against_the_law() -> None:
    found = leg_findings(leg(children=14, adults=4))
    assert [(one.level, one.kind) for one in found] == [("block", "law")]
    chairs = tuple(SeatedChild(child(n, wheelchair=True), in_wheelchair=True) for n in range(3))
    assert "3 wheelchairs" in blocks(leg_findings(replace(leg(VAN, adults=1), children=chairs)))[0]


def test_children_in_front_are_seen_after_the_bus_changed() -> None:
    bus = replace(BUS, seats=6, front_seats=2)
    found = leg_findings(leg(bus, children=5, adults=1))
    assert ("block", "guidance") in [(one.level, one.kind) for one in found]
    assert any("behind the driver" in text for text in blocks(found))
    assert leg_findings(leg(bus, children=4, adults=1)) == ()


def test_boosters_only_warn() -> None:
    small = tuple(SeatedChild(replace(child(n), height_cm=110), booster=n < 9) for n in range(10))
    found = leg_findings(replace(leg(adults=3), children=small))
    assert blocks(found) == []
    assert [text.split(".")[0] for text in warns(found)] == [
        "9 boosters planned on The blue bus on the way out, which carries 8",
        "No booster for Child 9 on The blue bus on the way out",
    ]


def test_every_booked_child_has_a_seat_out_and_back() -> None:
    out = leg(children=2, adults=1)
    back = replace(leg(children=1, adults=1), direction=Direction.BACK)
    booked = [child(0), child(1), child(2)]
    assert [one.text for one in seating_findings([out, back], booked)] == [
        "Child 2 has no seat on the way out.",
        "Child 1 and Child 2 have no seat on the way back.",
    ]
    assert seating_findings([out, replace(out, direction=Direction.BACK)], booked[:2]) == ()


def test_a_seat_without_a_place_is_named() -> None:
    both = [leg(children=1, adults=1), replace(leg(children=1, adults=1), direction=Direction.BACK)]
    assert "Child 0 has a seat on the way out but no place." in [one.text for one in seating_findings(both, [])]


def test_nobody_is_on_two_buses_at_once() -> None:
    first, second = leg(children=1, adults=1), leg(VAN, children=1, adults=2)
    text = next(one for one in seating_findings([first, second], [child(0)]) if one.kind == "law").text
    assert text == "On two buses at once on the way out: Child 0, Adult 0 and Owen Tse."


# --- a first filling


def test_twelve_children_and_three_assistants_fill_the_blue_bus() -> None:
    seating = auto_seats([BUS], [child(n) for n in range(12)], [adult(n) for n in range(3)], TRIP)
    assert seating.left_out == ()
    assert leg_findings(replace(seating.legs[0], driver=OWEN)) == ()


def test_seats_are_kept_for_the_assistants() -> None:
    seating = auto_seats([BUS], [child(n) for n in range(16)], [], TRIP)
    assert len(seating.legs[0].children) == 12
    assert len(seating.left_out) == 4


def test_wheelchair_users_go_on_the_bus_with_places() -> None:
    lily = child(70, wheelchair=True)
    seating = auto_seats([BUS, VAN], [*(child(n) for n in range(12)), lily], [adult(n) for n in range(5)], TRIP)
    assert seating.left_out == ()
    assert any(seat.child == lily and seat.in_wheelchair for seat in seating.legs[1].children)
    assert auto_seats([BUS], [lily], [], TRIP).left_out == (lily,)


def test_siblings_stay_together() -> None:
    children = [child(n, family=n // 3) for n in range(15)]
    seating = auto_seats([BUS, replace(VAN, wheelchair_places=0)], children, [], TRIP)
    assert seating.left_out == ()
    for family in range(5):
        ids = {one.id for one in children[family * 3 : family * 3 + 3]}
        assert sum(bool(ids & {seat.child.id for seat in one.children}) for one in seating.legs) == 1


def test_siblings_are_parted_only_where_no_bus_has_room_for_all() -> None:
    small = replace(BUS, seats=3)
    seating = auto_seats([small, replace(small, id=UUID(int=3))], [child(n, family=1) for n in range(4)], [], TRIP)
    assert seating.left_out == ()
    assert [len(one.children) for one in seating.legs] == [2, 2]


def test_assistants_are_spread_and_one_to_one_sits_with_the_child() -> None:
    lily = child(70, wheelchair=True, one_to_one=1)
    hers = adult(9, with_child=lily.id)
    children = [*(child(n) for n in range(12)), lily]
    seating = auto_seats([BUS, VAN], children, [*(adult(n) for n in range(3)), hers], TRIP)
    assert [len(one.assistants) for one in seating.legs] == [3, 1]
    assert seating.legs[1].assistants == (hers,)


def test_as_few_buses_as_will_do() -> None:
    seating = auto_seats([VAN, BUS], [child(n) for n in range(9)], [], TRIP)
    assert [len(one.children) for one in seating.legs] == [0, 9]


def test_every_bus_gets_one_assistant_before_any_gets_two() -> None:
    children = [*(child(n, family=1) for n in range(12)), child(20)]
    seating = auto_seats([BUS, VAN], children, [adult(1), adult(2)], TRIP)
    assert [(len(one.children), len(one.assistants)) for one in seating.legs] == [(12, 1), (1, 1)]


def test_assistants_go_where_most_are_missing() -> None:
    needing = [child(n, family=1, one_to_one=1) for n in (1, 2)] + [child(3, family=1)]
    others = [child(n, family=2) for n in range(10, 16)]
    buses = [replace(BUS, seats=12), replace(BUS, id=UUID(int=3), seats=12)]
    seating = auto_seats(buses, [*others, *needing], [adult(n) for n in range(5)], TRIP)
    assert {(len(one.children), len(one.assistants)) for one in seating.legs} == {(3, 3), (6, 2)}


def test_drivers_and_unconfirmed_adults_do_not_assist() -> None:
    asked = adult(1, confirmed=False)
    himself = adult(2, id=OWEN.id)
    seating = auto_seats([BUS], [child(1)], [asked, himself], TRIP, drivers={BUS.id: OWEN})
    assert seating.legs[0].assistants == ()
    assert seating.legs[0].driver == OWEN


def test_boosters_go_to_the_smallest() -> None:
    heights = [130, 110, None, 140, 120]
    children = [replace(child(n), height_cm=height) for n, height in enumerate(heights)]
    seating = auto_seats([replace(BUS, boosters=2)], children, [], TRIP)
    assert {seat.child.height_cm for seat in seating.legs[0].children if seat.booster} == {110, 120}


CHILDREN = st.lists(st.tuples(st.integers(0, 5), st.booleans(), st.integers(0, 1)), max_size=25)


@given(CHILDREN, st.integers(0, 6))
def test_whatever_is_asked_the_filling_is_within_the_rules(drawn: list[tuple[int, bool, int]], adults: int) -> None:
    children = [
        child(n, family, wheelchair=wheels, one_to_one=alone) for n, (family, wheels, alone) in enumerate(drawn)
    ]
    seating = auto_seats([BUS, VAN], children, [adult(n) for n in range(adults)], TRIP)
    seated = [seat.child.id for one in seating.legs for seat in one.children]
    assert sorted([*seated, *(one.id for one in seating.left_out)]) == sorted(one.id for one in children)
    for one in seating.legs:
        assert wheelchairs(one) <= one.vehicle.wheelchair_places
        assert not [found for found in passenger_findings(one) if found.kind == "law"]
