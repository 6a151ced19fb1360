"""The rules about minibuses, on the sample club's own people and buses and on made-up ones."""

from dataclasses import replace
from datetime import date
from uuid import NAMESPACE_OID, UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.transport.rules import (
    D1,
    AssistantFacts,
    ChildFacts,
    Direction,
    DriverFacts,
    LegFacts,
    SeatedChild,
    VehicleFacts,
    assistants_needed,
    auto_seats,
    is_zero_emission,
    leg_findings,
    may_drive,
    parse_licence,
    passenger_findings,
    seat_refusal,
    seat_warnings,
    seating_findings,
    seats_available,
    vehicle_findings,
    wheelchairs,
)

TRIP = date(2026, 12, 22)
BUS = VehicleFacts(
    UUID(int=1), "The blue bus", "YC13 BUS", 16, max_weight_kg=4100, fuel="Diesel", mot_expires=date(2027, 3, 14),
    insurance_expires=date(2027, 1, 31), permit_expires=date(2029, 6, 30), boosters=8,
)  # fmt: skip
VAN = VehicleFacts(
    UUID(int=2), "Accessible van", "YC19 VAN", 8, wheelchair_places=2, seats_lost_per_wheelchair=3, max_weight_kg=3500,
    fuel="Diesel", mot_expires=date(2026, 12, 10), insurance_expires=date(2027, 6, 30),
    permit_expires=date(2026, 12, 1), boosters=4,
)  # fmt: skip


def driver(name: str, born: date, licence: str, **more: object) -> DriverFacts:
    known = {"licence_checked": date(2026, 10, 1), "midas_expires": date(2028, 1, 1), **more}
    return DriverFacts(uuid5(NAMESPACE_OID, name), name, born, licence=licence, **known)


OWEN = driver("Owen Tse", date(1988, 9, 22), "B since 2007, D1 since 2015")
MARCUS = driver("Marcus Hollis", date(1990, 4, 7), "B since 2012", paid=True, midas_expires=None)
PAULINE = driver("Pauline Gray", date(1964, 6, 13), "B and D1(101) since 1983", midas_expires=date(2040, 1, 1))
YUSUF = driver("Yusuf Cole", date(1999, 7, 16), "B since 2019")
LIGHT = replace(BUS, max_weight_kg=3500)


def blocks(found: tuple) -> list[str]:
    return [one.text for one in found if one.level == "block"]


def warns(found: tuple) -> list[str]:
    return [one.text for one in found if one.level == "warn"]


def child(number: int, family: int | None = None, **more: object) -> ChildFacts:
    family_id = UUID(int=5000 + family) if family is not None else None
    return ChildFacts(UUID(int=1000 + number), f"Child {number}", family_id, height_cm=140, **more)


def adult(number: int, **more: object) -> AssistantFacts:
    facts = AssistantFacts(UUID(int=2000 + number), f"Adult {number}", date(1980, 1, 1), confirmed=True)
    return replace(facts, **more)


def leg(vehicle: VehicleFacts = BUS, children: int = 0, adults: int = 0, **more: object) -> LegFacts:
    seats = tuple(SeatedChild(child(number)) for number in range(children))
    facts = LegFacts(Direction.OUT, vehicle, OWEN, seats, tuple(adult(number) for number in range(adults)))
    return replace(facts, **more)


# --- licences


@pytest.mark.parametrize(
    ("text", "d1", "since"),
    [
        ("B and D1(101) since 1992", D1.SHARED, 1992),
        ("B since 2012", D1.NONE, 2012),
        ("B since 2007, D1 since 2015", D1.FULL, 2007),
        ("  b  SINCE 2019 ", D1.NONE, 2019),
        ("B, D1 (101) since 1983", D1.SHARED, 1983),
        ("B since 12/05/2024 and D1 since 2025", D1.FULL, 2024),
    ],
)
def test_the_offices_words_for_a_licence(text: str, d1: D1, since: int) -> None:
    licence = parse_licence(text)
    assert (licence.understood, licence.car, licence.d1, licence.car_since) == (True, True, d1, since)


def test_a_renewal_is_read() -> None:
    assert parse_licence("B and D1(101) since 1983, renewed until 13/06/2037").d1_until == date(2037, 6, 13)


@pytest.mark.parametrize("text", ["", " ", "none", "-"])
def test_no_licence_is_understood_as_none(text: str) -> None:
    licence = parse_licence(text)
    assert licence.understood
    assert not licence.car
    assert licence.d1 is D1.NONE


@pytest.mark.parametrize("text", ["full", "B since", "Bus", "B1 since 2012", "D12", "B since 31/02/2024", "yes, clean"])
def test_other_words_are_not_guessed_from(text: str) -> None:
    assert not parse_licence(text).understood


@given(st.text(max_size=60))
def test_any_words_are_read_or_refused(text: str) -> None:
    licence = parse_licence(text)
    assert licence.understood or not licence.car


# --- who may drive


def test_owen_with_full_d1_may_drive_the_blue_bus() -> None:
    assert may_drive(OWEN, BUS, TRIP) == ()


def test_marcus_paid_and_on_a_car_licence_may_not() -> None:
    found = may_drive(MARCUS, BUS, TRIP)
    kinds = {one.kind for one in found if one.level == "block"}
    assert kinds == {"law", "guidance"}
    assert any("4,100 kg" in text and "3,500 kg" in text for text in blocks(found))
    assert any("paid" in text for text in blocks(found))


def test_paid_staff_on_a_car_licence_need_the_yes_of_insurer_and_trustees() -> None:
    assert [one.kind for one in may_drive(MARCUS, LIGHT, TRIP) if one.level == "block"] == ["guidance"]
    assert blocks(may_drive(replace(MARCUS, driving_approved=date(2026, 12, 1)), LIGHT, TRIP)) == []
    assert blocks(may_drive(replace(MARCUS, driving_approved=date(2026, 12, 23)), LIGHT, TRIP)) != []


def test_pauline_may_drive_until_she_is_70() -> None:
    checked = replace(PAULINE, licence_checked=date(2034, 6, 1))
    assert blocks(may_drive(checked, BUS, date(2034, 6, 12))) == []
    assert any("70" in text for text in blocks(may_drive(checked, BUS, date(2034, 6, 13))))


def test_a_renewed_d1_101_drives_on_to_its_last_day() -> None:
    renewed = replace(PAULINE, licence="B and D1(101) since 1983, renewed until 13/06/2037")
    assert blocks(may_drive(renewed, BUS, date(2037, 6, 13))) == []
    assert blocks(may_drive(renewed, BUS, date(2037, 6, 14))) == [
        "Pauline Gray’s D1(101) licence ended on 13 Jun 2037."
    ]


def test_d1_101_may_be_paid() -> None:
    assert blocks(may_drive(replace(PAULINE, paid=True), BUS, TRIP)) == []


def test_full_d1_at_70_warns() -> None:
    old = replace(OWEN, birth_date=date(1956, 1, 1))
    assert any("renewed" in text for text in warns(may_drive(old, BUS, TRIP)))


def test_21_to_the_day() -> None:
    young = replace(OWEN, birth_date=date(2005, 12, 22))
    assert may_drive(young, BUS, TRIP) == ()
    assert blocks(may_drive(young, BUS, date(2026, 12, 21))) == [
        "Owen Tse will be 20 on 21 Dec 2026. A minibus driver must be 21 or over."
    ]


def test_what_is_not_written_down_cannot_drive() -> None:
    assert blocks(may_drive(replace(OWEN, birth_date=None), BUS, TRIP))
    assert blocks(may_drive(replace(OWEN, licence=""), BUS, TRIP)) == [
        "No driving licence is written down for Owen Tse."
    ]
    assert "cannot be read" in blocks(may_drive(replace(OWEN, licence="clean"), BUS, TRIP))[0]
    assert blocks(may_drive(YUSUF, replace(BUS, max_weight_kg=None), TRIP))
    assert blocks(may_drive(replace(YUSUF, licence="B"), LIGHT, TRIP))
    assert may_drive(OWEN, replace(BUS, max_weight_kg=None), TRIP) == ()


@pytest.mark.parametrize(
    ("licence", "level"),
    [
        ("B since 2023", None),
        ("B since 2024", "warn"),
        ("B since 2025", "block"),
        ("B since 22/12/2024", None),
        ("B since 23/12/2024", "block"),
    ],
)
def test_a_car_licence_is_held_two_years(licence: str, level: str | None) -> None:
    found = may_drive(replace(YUSUF, licence=licence), LIGHT, TRIP)
    assert [one.level for one in found] == ([level] if level else [])


@pytest.mark.parametrize(
    ("weight", "fuel", "places", "levels"),
    [
        (3500, "Diesel", 0, []),
        (3501, "Diesel", 0, ["block"]),
        (4250, "Diesel", 2, ["warn"]),
        (4251, "Diesel", 2, ["block"]),
        (4250, "Electric", 0, ["warn"]),
        (4251, "Electric", 0, ["block"]),
        (5000, "Electric", 2, ["warn"]),
        (5001, "Electric", 2, ["block"]),
        (4250, "Hybrid electric", 0, ["block"]),
    ],
)
def test_the_weight_a_car_licence_covers(weight: int, fuel: str, places: int, levels: list[str]) -> None:
    bus = replace(BUS, max_weight_kg=weight, fuel=fuel, wheelchair_places=places)
    assert [one.level for one in may_drive(YUSUF, bus, TRIP)] == levels


def test_zero_emission_weights_begin_in_june_2025() -> None:
    bus = replace(BUS, max_weight_kg=4250, fuel="electric")
    fresh = replace(YUSUF, licence_checked=date(2025, 6, 1))
    assert [one.level for one in may_drive(fresh, bus, date(2025, 6, 9))] == ["block"]
    assert [one.level for one in may_drive(fresh, bus, date(2025, 6, 10))] == ["warn"]
    assert not is_zero_emission("Hybrid")


def test_an_early_car_licence_is_worth_a_second_look() -> None:
    assert "D1(101)" in blocks(may_drive(replace(YUSUF, licence="B since 1990"), BUS, TRIP))[0]


def test_licence_check_and_midas_only_warn() -> None:
    stale = replace(OWEN, licence_checked=date(2026, 6, 21), midas_expires=date(2026, 12, 21))
    found = may_drive(stale, BUS, TRIP)
    assert [(one.level, one.kind) for one in found] == [("warn", "guidance")] * 2
    assert may_drive(replace(stale, licence_checked=date(2026, 6, 22), midas_expires=TRIP), BUS, TRIP) == ()
    assert len(warns(may_drive(replace(OWEN, licence_checked=None, midas_expires=None), BUS, TRIP))) == 2


# --- the bus


def test_the_vans_mot_and_permit_end_before_the_trip() -> None:
    found = vehicle_findings(VAN, TRIP)
    assert [(one.level, one.kind) for one in found] == [("block", "law")] * 2
    assert "10 Dec 2026" in found[0].text
    assert "section 19 permit" in found[1].text
    assert "1 Dec 2026" in found[1].text


def test_the_last_day_counts_and_the_blue_bus_is_in_order() -> None:
    assert vehicle_findings(VAN, date(2026, 12, 1)) == ()
    assert len(vehicle_findings(VAN, date(2026, 12, 2))) == 1
    assert vehicle_findings(BUS, TRIP) == ()


def test_off_the_road_blocks_and_unknown_dates_warn() -> None:
    assert blocks(vehicle_findings(replace(BUS, off_road="brakes."), TRIP)) == [
        "The blue bus (YC13 BUS) is off the road: brakes."
    ]
    unknown = replace(BUS, mot_expires=None, insurance_expires=None, permit_expires=None)
    assert len(warns(vehicle_findings(unknown, TRIP))) == 3


@pytest.mark.parametrize(("chairs", "seats"), [(0, 8), (1, 5), (2, 2)])
def test_wheelchairs_take_seats_out(chairs: int, seats: int) -> None:
    assert seats_available(VAN, chairs) == seats


def test_a_bus_takes_no_more_wheelchairs_than_it_has_places_for() -> None:
    with pytest.raises(ValueError, match="2 wheelchair places, not 3"):
        seats_available(VAN, 3)


@pytest.mark.parametrize(("shared", "needed"), [(0, 0), (1, 1), (4, 1), (5, 2), (8, 2), (9, 3), (12, 3), (13, 4)])
def test_assistants_at_one_to_four(shared: int, needed: int) -> None:
    assert assistants_needed(child(number) for number in range(shared)) == needed
    assert assistants_needed([child(99, one_to_one=2), *(child(number) for number in range(shared))]) == needed + 2


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
