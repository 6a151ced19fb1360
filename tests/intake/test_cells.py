"""What a cell may say."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.intake import parse
from models.intake.clean import clean, folded, is_formula
from models.kernel import dates
from tests.intake.helpers import read_child

DAYS = st.dates(date(1941, 1, 1), date(2040, 12, 31))
SPELLINGS = [
    dates.numeric,
    dates.long,
    dates.short_with_year,
    date.isoformat,
    lambda day: f"{day.day}.{day.month}.{day.year % 100:02}",
    lambda day: f"{day.day}-{dates.MONTHS[day.month - 1][:3]}-{day.year}",
]


@given(DAYS, st.sampled_from(SPELLINGS))
def test_every_british_spelling_of_a_date_comes_back(day: date, spell: object) -> None:
    assert callable(spell)
    assert parse.day(clean(spell(day))) == day
    (row,) = read_child(DOB=spell(day)).rows
    assert row.values["dob"] == day.isoformat()


@given(DAYS, st.sampled_from(SPELLINGS[:-1]), st.sampled_from([" ", " - ", ": "]))
def test_every_heading_of_the_register_comes_back(day: date, spell: object, between: str) -> None:
    assert callable(spell)
    assert parse.activity_heading(f"{spell(day)}{between}Seaside, Margate") == (day, "Seaside, Margate")


@given(st.text(max_size=60))
def test_clean_text_stays_clean(text: str) -> None:
    try:
        once = clean(text)
    except ValueError:
        return
    assert is_formula(once) or clean(once) == once


@pytest.mark.parametrize(
    "text",
    ["=1+1", "=cmd|' /C calc'!A0", "+A1", "+1+1", "-2+3+cmd|' /C calc'!A0", "@SUM(A1:A9)", "\t=1+1", "＝1+1", "-A1*2"],
)
def test_formulas_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is a formula"):
        clean(text)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("+44 7700 900123", "+44 7700 900123"),
        ("+44 (0)20 7946 0123", "+44 (0)20 7946 0123"),
        ("-", ""),
        ("–", ""),
        ("- asthma", "- asthma"),
        ("-5", "-5"),
        ("@grandma", "@grandma"),
        ("'=not a formula", "=not a formula"),
        ("'Ohana", "'Ohana"),
        ("\u00a0Se\u0061\u0301n\u00a0 O’Brien ", "Seán O’Brien"),
        ("\u202eadA\ufeff", "adA"),
        ("4 Willow Lane,\r\nLewisham", "4 Willow Lane, Lewisham"),
    ],
)
def test_ordinary_text_is_kept(text: str, kept: str) -> None:
    assert clean(text) == kept


def test_control_characters_are_refused_and_line_breaks_kept_only_in_notes() -> None:
    with pytest.raises(ValueError, match="cannot be shown"):
        clean("Ada\x07")
    (row,) = read_child(Notes="one\r\ntwo", Address="1 Mill\nRoad").rows
    assert (row.values["notes"], row.values["address"]) == ("one\ntwo", "1 Mill, Road")


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("DOB", "31/02/2019", "not a day in the calendar"),
        ("DOB", "", "is missing"),
        ("DOB", "01/02/0019", "year"),
        ("First name", "A" * 300, "is 300 letters long; the most is 80"),
        ("School", "A" * 201, "is 201 letters long; the most is 200"),
        ("Notes", "A" * 4001, "is 4,001 letters long; the most is 4,000"),
        ("May collect", "Ann Obi; " + "B" * 90, "a name longer than 80"),
        ("Surname", "=HYPERLINK(A1)", "is a formula"),
        ("Tel 1", "ask mum", "too short for a phone number"),
        ("Email", "nobody", "not an e-mail address"),
        ("Plasters", "perhaps", "neither Y nor N"),
        ("Support ratio", "4:1", "not a support ratio"),
        ("Height cm", "1.2", "not a whole number"),
        ("Height cm", "12", "not between 40 and 220"),
        ("Status", "Lost", "not a status Breather knows"),
        ("Trip consent signed", "Y", "is not a date"),
    ],
)
def test_what_cannot_be_kept_says_row_column_value_and_reason(column: str, value: str, reason: str) -> None:
    sheet = read_child(**{column: value})
    assert sheet.rows == ()
    (refusal,) = sheet.refusals
    assert (refusal.ref, refusal.row, refusal.column) == ("IYC900", 2, column)
    assert reason in refusal.reason
    assert refusal.sentence.startswith(f"Row 2, {column}:")
    assert len(refusal.value) <= 80


@pytest.mark.parametrize(
    ("column", "value", "key", "kept"),
    [
        ("Support ratio", "1:1", "support_ratio", 1),
        ("Support ratio", "2:1", "support_ratio", 2),
        ("Support ratio", "01:01", "support_ratio", 1),
        ("Support ratio", "", "support_ratio", 0),
        ("Tel 1", "7700900123", "tel_1", "07700900123"),
        ("Tel 1", "07700 900123 (work)", "tel_1", "07700 900123 (work)"),
        ("Postcode", "se13 4hu", "postcode", "SE13 4HU"),
        ("Postcode", "abroad", "postcode", "abroad"),
        ("Wheelchair", "yes", "wheelchair", True),
        ("Wheelchair", "", "wheelchair", None),
        ("Status", "closed – moved away", "status", "Closed - moved away"),
        ("Info pack given", "02/09/2025", "info_pack", True),
        ("Height cm", "126 cm", "height_cm", 126),
        ("Sex", "girl", "sex", "F"),
        ("Emergency contact", "Leila Sivakumar", "emergency_contact", ["Leila Sivakumar", ""]),
        ("May collect", "Jo Obi (password: red); Al", "may_collect", [["Jo Obi", "red"], ["Al", ""]]),
        ("Must not collect", "Sam Roe (court order)", "must_not_collect", [["Sam Roe", "court order"]]),
    ],
)
def test_cells_are_read_as_meant(column: str, value: str, key: str, kept: object) -> None:
    (row,) = read_child(**{column: value}).rows
    assert row.values[key] == kept


def test_names_fold_so_that_quick_typing_still_meets() -> None:
    assert folded("Łukasz  O’BRIEN-Müller") == folded("lukasz obrien muller")
    assert folded("Yılmaz") == "yilmaz"
