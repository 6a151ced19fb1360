"""What to see about a child on the day, and what is missing for it."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.people import rules
from models.people.rules import ChildFacts, SeeKind, SeeLevel, SeeMark

CLUB = date(2026, 12, 5)
RED, AMBER = SeeLevel.RED, SeeLevel.AMBER


def child(name: str = "Grace", **changed: object) -> ChildFacts:
    return ChildFacts(**{"id": UUID(int=1), "name": name, **changed})


def medical(allergies: str = "", said: str = "") -> list[tuple[SeeLevel, str]]:
    return [(mark.level, mark.text) for mark in rules.see_marks(child(allergies=allergies, medical=said))]


def test_the_club_is_for_children_of_five_to_eight() -> None:
    assert rules.age_band_ok(date(2018, 2, 4), CLUB)
    assert rules.age_band_ok(date(2021, 12, 5), CLUB)
    assert not rules.age_band_ok(date(2021, 12, 6), CLUB)
    assert not rules.age_band_ok(date(2017, 12, 5), CLUB)
    assert rules.age_band_ok(date(2017, 12, 6), CLUB)


def test_medicine_is_good_on_its_last_day() -> None:
    assert rules.medicine_problem(date(2026, 12, 22), date(2026, 12, 22)) is None
    assert rules.medicine_problem(None, CLUB) is None
    assert rules.medicine_problem(date(2026, 11, 21), CLUB) == "the medicine ran out of date on 21 Nov 2026"


@pytest.mark.parametrize(
    ("allergies", "said", "marks"),
    [
        ("Peanuts - carries EpiPen", "", [(RED, "EpiPen · peanuts")]),
        ("Nuts – carries two Epi-pens", "", [(RED, "EpiPen · nuts")]),
        ("", "EpiPen", [(RED, "EpiPen")]),
        ("", "Type 1 diabetes - see plan", [(RED, "Type 1 diabetes")]),
        ("", "Epilepsy (absence)", [(RED, "Epilepsy (absence)")]),
        ("Severe egg allergy", "", [(RED, "Allergy · severe egg allergy")]),
        ("", "Asthma - blue inhaler", [(AMBER, "Asthma · blue inhaler")]),
        ("", "Eczema cream at lunch", [(AMBER, "Eczema cream at lunch")]),
        ("Dairy (mild)", "", [(AMBER, "Allergy · dairy (mild)")]),
        ("", "Wears glasses", []),
        ("None known", "n/a", []),
        ("", "see plan", [(AMBER, "see plan")]),
        ("Bee stings", "Type 1 diabetes - see plan", [(RED, "Type 1 diabetes"), (AMBER, "Allergy · bee stings")]),
        ("Egg; Peanuts - carries EpiPen", "", [(RED, "EpiPen · peanuts"), (AMBER, "Allergy · egg")]),
    ],
)
def test_medical_marks(allergies: str, said: str, marks: list[tuple[SeeLevel, str]]) -> None:
    assert medical(allergies, said) == marks


def test_a_collection_mark_names_nobody() -> None:
    assert rules.see_marks(child(must_not_collect=True)) == (
        SeeMark(SeeKind.COLLECTION, RED, "Do not release to: see lead"),
    )


def test_a_one_to_one_mark_says_with_whom() -> None:
    assert rules.see_marks(child(one_to_one=1, one_to_one_with=("Shreya",)))[0].text == "1:1 with Shreya"
    assert rules.see_marks(child(one_to_one=2, one_to_one_with=("Shreya", "Ali")))[0].text == "2:1 with Shreya and Ali"
    assert rules.see_marks(child(one_to_one=1))[0] == SeeMark(SeeKind.ONE_TO_ONE, AMBER, "1:1")


def test_a_child_with_nothing_to_see_has_no_mark() -> None:
    assert rules.see_marks(child()) == ()


@given(st.text(max_size=80), st.text(max_size=80), st.booleans(), st.integers(0, 2))
def test_red_marks_come_first_and_every_mark_says_something(
    allergies: str, said: str, barred: bool, alone: int
) -> None:
    marks = rules.see_marks(child(allergies=allergies, medical=said, must_not_collect=barred, one_to_one=alone))
    levels = [mark.level for mark in marks]
    assert levels == sorted(levels, key=lambda level: level is not RED)
    assert all(mark.text.strip() for mark in marks)


def test_what_has_to_be_to_hand() -> None:
    asthma = "Asthma - blue inhaler"
    children = [
        child("Khadija", medical=asthma),
        child("Grace", allergies="Peanuts - carries EpiPen"),
        child("Caleb", medical=asthma),
        child("Leila", medical="Type 1 diabetes - see plan"),
        child("Niamh", medical="Eczema cream at lunch"),
    ]
    assert rules.medicines_summary(children) == (
        "Two inhalers, one EpiPen (Grace), one child with diabetes (Leila), one cream"
    )
    assert rules.medicines_summary(children[:2]) == "One inhaler, one EpiPen (Grace)"
    assert rules.medicines_summary([children[0]] * 11) == "11 inhalers"
    assert rules.medicines_summary([child()]) == "Nobody needs medicine"


def test_what_is_missing_for_the_day() -> None:
    full = {"gp": "Meadow Surgery", "contacts": 2, "details_checked": date(2026, 6, 5)}
    assert rules.missing_for_day(child(**full), CLUB) == ()
    assert rules.missing_for_day(child(**full), date(2026, 12, 6)) == ("details last checked on 5 Jun 2026",)
    assert rules.missing_for_day(child(**{**full, "contacts": 1, "gp": " "}), CLUB) == (
        "no second emergency contact",
        "no GP",
    )
    assert rules.missing_for_day(child(**{**full, "medicine_expires": date(2026, 11, 21)}), CLUB) == (
        "the medicine ran out of date on 21 Nov 2026",
    )
    assert rules.missing_for_day(child(), CLUB) == (
        "nobody to ring",
        "no GP",
        "details not gone over with the family yet",
    )
