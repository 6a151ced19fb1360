"""Who is asked about, and who is left in peace."""

from datetime import date

import pytest

from models.intake.likeness import Person, child_person, likely
from models.intake.typed import AdultRow, ChildRow
from tests.intake.helpers import sample_sheets

GIVEN = frozenset({"child_ref"})


def _club() -> list[ChildRow]:
    return [row for sheet in sample_sheets() for row in sheet.rows if isinstance(row, ChildRow)]


def _child(first: str, last: str, dob: date, tel: str = "", known_as: str = "") -> ChildRow:
    return ChildRow(
        row_number=2,
        given=GIVEN,
        child_ref="IYC900",
        first_name=first,
        surname=last,
        dob=dob,
        tel_1=tel,
        known_as=known_as,
    )


@pytest.mark.parametrize(
    ("first", "last", "dob", "tel"),
    [
        ("Nimah", "Walker", date(2019, 1, 18), ""),
        ("Niamh", "Walker", date(2019, 1, 18), ""),
        ("Walker", "Niamh", date(2019, 1, 18), ""),
        ("Niamh", "Waker", date(2019, 1, 18), ""),
        ("Niamh", "Walker", date(2019, 1, 19), ""),
        ("Niamh", "Walker", date(2012, 6, 5), "07700900856"),
        ("Niamh", "Osei", date(2019, 1, 18), "07700 900856"),
    ],
)
def test_a_mistyped_repeat_is_asked_about(first: str, last: str, dob: date, tel: str) -> None:
    (ask,) = likely([_child(first, last, dob, tel)], [child_person(row) for row in _club()])
    assert (ask.ref, ask.row, ask.like) == ("IYC900", 2, "IYC001 Niamh Walker")
    assert ask.reason


@pytest.mark.parametrize(
    ("first", "last", "dob", "tel"),
    [
        ("Oscar", "Walker", date(2019, 1, 18), "07700 900856"),
        ("Niamh", "Lee", date(2019, 1, 18), ""),
        ("Niamh", "Walker", date(2014, 7, 30), ""),
        ("Daniel", "Walker", date(2016, 5, 2), "07700 900856"),
    ],
)
def test_twins_siblings_and_namesakes_are_not(first: str, last: str, dob: date, tel: str) -> None:
    assert likely([_child(first, last, dob, tel)], [child_person(row) for row in _club()]) == []


def test_the_known_as_name_counts_and_the_same_ref_is_never_asked_about() -> None:
    people = [child_person(row) for row in _club()]
    assert [ask.like_key for ask in likely([_child("Mar", "Muller", date(2019, 8, 18))], people)] == ["iyc007"]
    assert likely(_club(), people) == []


def test_repeats_within_one_file_are_asked_about_too() -> None:
    first, second = _child("Ada", "Obi", date(2019, 2, 1)), _child("Adah", "Obi", date(2019, 2, 1))
    again = ChildRow(**{**vars(second), "child_ref": "IYC901", "row_number": 3})
    assert [(ask.ref, ask.like) for ask in likely([first, again], [])] == [("IYC901", "IYC900 Ada Obi")]


def test_an_adult_with_a_corrected_birth_date_is_asked_about() -> None:
    row = AdultRow(row_number=4, given=GIVEN, name="Denise Achebe", dob=date(1972, 3, 5))
    person = Person("denise achebe|1972-03-04", "Denise Achebe", "Denise", "Achebe", date(1972, 3, 4))
    assert [ask.like for ask in likely([row], [person])] == ["Denise Achebe"]
