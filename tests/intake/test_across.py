"""Rows that repeat one another, and rows that hang on rows that stay out."""

from dataclasses import replace
from datetime import date

import pytest

from models.intake.across import Checked, Known, check_across
from models.intake.likeness import Person
from models.intake.rows import SheetRows
from models.intake.typed import RegisterRow, activity_key
from tests.intake.helpers import csv_bytes, read, sample_grid

ADULTS = csv_bytes([["Name", "Role", "DOB"], ["Denise Achebe", "Lead", "04/03/1972"]])
ACTIVITY = ["Date", "Type", "Title", "Venue", "Start", "End", "Lead", "Other adults"]
CLUB = ["05/12/2026", "Club", "December club", "The hall", "10:00", "14:00", "Denise Achebe", ""]
CHILD = ["Ref", "First name", "Surname", "DOB"]


def _sample(change: str = "", old: str = "", new: str = "") -> Checked:
    """The sample checked, with one text changed in one file."""
    sheets: list[SheetRows] = []
    for name in ("young-carers", "team", "venues", "activities", "register"):
        grid = sample_grid(f"{name}.csv")
        if name == change:
            grid = [[new if cell == old else cell for cell in row] for row in grid]
        sheets.append(replace(read(csv_bytes(grid), f"{name}.csv"), name=name))
    return check_across(sheets, Known())


def _refused(checked: Checked, name: str) -> list[tuple[str, int, str]]:
    (sheet,) = (sheet for sheet in checked.sheets if sheet.name == name)
    return [(refusal.ref, refusal.row, refusal.column) for refusal in sheet.refusals]


def test_the_line_of_a_refused_child_stays_out_whole() -> None:
    checked = _sample("young-carers", "18/01/2019", "31/02/2019")
    assert _refused(checked, "young-carers") == [("IYC001", 2, "DOB")]
    assert _refused(checked, "register") == [("IYC001", 2, "Ref")]
    assert len(checked.sheets[-1].rows) == 26


@pytest.mark.parametrize("written", ["Liam Walker", "Grace O’Brien", "Fatoumata Roberts"])
def test_a_line_with_another_childs_name_beside_the_ref_stays_out_and_says_whose_ref_it_is(written: str) -> None:
    checked = _sample("register", "Niamh Walker", written)
    (refusal,) = next(sheet.refusals for sheet in checked.sheets if sheet.name == "register")
    assert (refusal.ref, refusal.row, refusal.column, refusal.value) == ("IYC001", 2, "Name", written)
    assert "Niamh Walker" in refusal.reason
    assert len(checked.sheets[-1].rows) == 26


@pytest.mark.parametrize("written", ["Walker, Niamh", "Nimah Walker", "niamh", "Walker", "Niamh Walker-Jones", ""])
def test_a_name_written_another_way_is_the_same_child(written: str) -> None:
    assert _refused(_sample("register", "Niamh Walker", written), "register") == []


def test_the_name_the_club_has_now_is_known_too() -> None:
    register = read(csv_bytes([["Ref", "Name", "05/12/2026 December club"], ["IYC9", "Ada Obi", "B"]]))
    activities = frozenset({activity_key(date(2026, 12, 5), "December club")})

    def refused(**names: str) -> list[str]:
        person = Person("iyc9", "IYC9", names["first"], names["last"], None, names.get("known_as", ""))
        known = Known(children=frozenset({"iyc9"}), activities=activities, names={"iyc9": person})
        return [one.column for one in check_across([register], known).sheets[0].refusals]

    assert refused(first="Adaeze", last="Obi", known_as="Ada") == []
    assert refused(first="Chidi", last="Obi") == ["Name"]


def test_the_marks_of_a_refused_activity_stay_out_by_themselves() -> None:
    checked = _sample("activities", "05/08/2026", "35/08/2026")
    assert _refused(checked, "activities") == [("35/08/2026 Children’s theatre", 19, "Date")]
    hanging = _refused(checked, "register")
    assert hanging
    assert {column for _, _, column in hanging} == {"05/08/2026 Children’s theatre"}
    lines = [row for row in checked.sheets[-1].rows if isinstance(row, RegisterRow)]
    assert len(lines) == 27
    assert not any(title == "Children’s theatre" for row in lines for _, title in row.columns)


def test_an_activity_with_an_adult_not_in_the_team_is_refused() -> None:
    club = [*CLUB[:7], "Marcus Hollis; Denise Achebe"]
    checked = check_across([read(csv_bytes([ACTIVITY, club])), read(ADULTS)], Known())
    (refusal,) = checked.sheets[0].refusals
    assert (refusal.column, refusal.value) == ("Other adults", "Marcus Hollis")
    assert checked.sheets[0].rows == ()
    again = check_across(
        [read(csv_bytes([ACTIVITY, club]))],
        Known(adults=frozenset({"marcus hollis|1990-04-07", "denise achebe|1972-03-04"})),
    )
    assert again.sheets[0].refusals == ()


def test_one_name_of_two_adults_is_refused_and_the_same_adult_twice_is_not() -> None:
    sheets = [read(csv_bytes([ACTIVITY, CLUB])), read(ADULTS)]
    assert check_across(sheets, Known(adults=frozenset({"denise achebe|1972-03-04"}))).sheets[0].refusals == ()
    (refusal,) = check_across(sheets, Known(adults=frozenset({"denise achebe|1999-01-01"}))).sheets[0].refusals
    assert "2 adults" in refusal.reason


def test_a_place_nobody_listed_is_an_implied_venue_once() -> None:
    twice = [CLUB, ["06/12/2026", "Club", "Extra", "the HALL", *CLUB[4:]]]
    sheets = [read(csv_bytes([ACTIVITY, *twice])), read(ADULTS)]
    assert check_across(sheets, Known()).implied_venues in {("The hall",), ("the HALL",)}
    assert check_across(sheets, Known(venues=frozenset({"the hall"}))).implied_venues == ()


def test_what_the_club_already_has_counts() -> None:
    register = read(csv_bytes([["Ref", "Name", "05/12/2026 December club"], ["IYC9", "Ada Obi", "B"]]))
    known = Known(children=frozenset({"iyc9"}), activities=frozenset({"2026-12-05|december club"}))
    assert check_across([register], known).sheets[0].refusals == ()
    assert [refusal.column for refusal in check_across([register], Known()).sheets[0].refusals] == ["Ref"]


def test_a_second_row_of_the_same_thing_names_the_first() -> None:
    rows = [
        ["IYC1", "Ada", "Obi", "01/02/2019"],
        ["IYC2", "Ola", "Obi", "01/02/2018"],
        ["iyc1", "Al", "Bo", "02/02/2019"],
    ]
    sheet = read(csv_bytes([CHILD, *rows]))
    assert [(refusal.row, refusal.column, refusal.reason) for refusal in sheet.refusals] == [
        (4, "Ref", "is already on row 2 of this file")
    ]
    other = replace(read(csv_bytes([CHILD, rows[0]])), name="more.csv")
    (refusal,) = check_across([sheet, other], Known()).sheets[1].refusals
    assert refusal.reason == "is already on row 2 of file.csv"


def test_a_register_may_go_on_in_another_file_mark_by_mark() -> None:
    first = read(csv_bytes([["Ref", "Name", "05/12/2026 A"], ["IYC9", "Ada", "B"]]))
    more = read(csv_bytes([["Ref", "Name", "05/12/2026 A", "06/12/2026 B"], ["IYC9", "Ada", "W", "/"]]))
    known = Known(children=frozenset({"iyc9"}), activities=frozenset({"2026-12-05|a", "2026-12-06|b"}))
    checked = check_across([first, more], known)
    (row,) = checked.sheets[1].rows
    assert isinstance(row, RegisterRow)
    assert [title for _, title in row.marks] == ["B"]
    assert [refusal.value for refusal in checked.sheets[1].refusals] == ["W"]


def test_register_headings_with_impossible_dates_and_codes_are_refused() -> None:
    sheet = read(
        csv_bytes(
            [["Ref", "Name", "31/02/2026 A", "05/12/2026 B"], ["IYC9", "Ada", "/", "Q"], ["IYC8", "Al", "/", "w"]]
        )
    )
    assert [(refusal.row, refusal.column, refusal.value) for refusal in sheet.refusals] == [
        (1, "31/02/2026 A", "31/02/2026 A"),
        (2, "05/12/2026 B", "Q"),
    ]
    (row,) = sheet.rows
    assert row.values == {"child_ref": "IYC8", "name": "Al", "mark:2026-12-05 B": "W"}


def test_ends_before_starts_are_refused() -> None:
    late = [*CLUB[:4], "14:00", "10:00", *CLUB[6:]]
    assert [refusal.column for refusal in read(csv_bytes([ACTIVITY, late])).refusals] == ["End"]
    terms = [["Term", "Starts", "Ends", "Half-term starts"], ["Autumn", "01/09/2026", "18/12/2026", "26/10/2027"]]
    assert [refusal.column for refusal in read(csv_bytes(terms)).refusals] == ["Half-term starts"]
