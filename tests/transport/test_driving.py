"""Who may drive which bus, and whether the bus may go: on the sample club's own people and buses."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.transport.rules import (
    D1,
    SeatedChild,
    assistants_needed,
    is_zero_emission,
    may_drive,
    parse_licence,
    seats_available,
    vehicle_findings,
)
from tests.transport.cast import BUS, LIGHT, MARCUS, OWEN, PAULINE, TRIP, VAN, YUSUF, blocks, child, leg, warns

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
    filled = leg(children=shared)
    assert assistants_needed(filled) == needed
    alone = SeatedChild(child(99, one_to_one=2))
    assert assistants_needed(replace(filled, children=(alone, *filled.children))) == needed + 2


def test_a_bus_keeps_to_the_ratio_the_club_chose() -> None:
    assert assistants_needed(leg(children=9, per_adult=3)) == 3
    assert assistants_needed(leg(children=9, per_adult=8)) == 2
