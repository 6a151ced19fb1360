"""Bank holidays, terms and what the form says about a day."""

import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.programme import calendar
from models.programme.calendar import TermFacts

TERMS = [
    TermFacts("Autumn 2026", date(2026, 9, 1), date(2026, 12, 18), date(2026, 10, 26), date(2026, 10, 30)),
    TermFacts("Spring 2027", date(2027, 1, 4), date(2027, 3, 25), date(2027, 2, 15), date(2027, 2, 19)),
    TermFacts("Summer 2027", date(2027, 4, 12), date(2027, 7, 21), date(2027, 5, 31), date(2027, 6, 4)),
]
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2026, ["01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-28"]),
        (2027, ["01-01", "03-26", "03-29", "05-03", "05-31", "08-30", "12-27", "12-28"]),
        (2028, ["01-03", "04-14", "04-17", "05-01", "05-29", "08-28", "12-25", "12-26"]),
    ],
)
def test_the_bank_holidays_of_england(year: int, days: list[str]) -> None:
    assert [f"{day:%m-%d}" for day in calendar.bank_holidays(year)] == days


def test_days_that_were_proclaimed_or_moved() -> None:
    found = calendar.bank_holidays(2020, 2022, 2023)
    for day in [(2020, 5, 8), (2022, 6, 2), (2022, 6, 3), (2022, 9, 19), (2022, 12, 27), (2023, 1, 2), (2023, 5, 8)]:
        assert date(*day) in found
    assert date(2022, 5, 30) not in found


def test_substitutes_are_named_and_the_weekend_itself_is_left_out() -> None:
    found = calendar.bank_holidays(2026)
    assert found[date(2026, 12, 28)] == "Boxing Day (substitute day)"
    assert found[date(2026, 8, 31)] == "Summer bank holiday"
    assert date(2026, 12, 26) not in found


def test_the_holidays_library_is_not_loaded_with_the_module() -> None:
    said = "import models.programme.calendar, sys; sys.exit('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", said], check=False).returncode == 0


@pytest.mark.parametrize(
    ("day", "holiday"),
    [
        (date(2026, 12, 5), False),
        (date(2026, 12, 22), True),
        (date(2026, 10, 28), True),
        (date(2026, 10, 24), False),
        (date(2027, 3, 27), True),
        (date(2027, 8, 18), True),
        (date(2026, 8, 19), True),
        (date(2027, 7, 24), True),
        (date(2027, 9, 20), None),
        (date(2026, 6, 6), None),
    ],
)
def test_school_holidays(day: date, holiday: bool | None) -> None:
    assert calendar.is_school_holiday(day, TERMS) is holiday


def test_a_gap_too_long_for_a_holiday_hides_a_term() -> None:
    assert calendar.is_school_holiday(date(2027, 2, 1), [TERMS[0], TERMS[2]]) is None


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 12, 5), ("It is in term (Autumn 2026, until 18 December).",)),
        (date(2026, 12, 22), ("It is in the school holidays.",)),
        (date(2026, 10, 28), ("It is half-term (Autumn 2026).",)),
        (
            date(2026, 10, 24),
            (
                "Half-term starts on Mon 26 Oct. Families may be away.",
                "It is in term (Autumn 2026, until 18 December).",
            ),
        ),
        (
            date(2026, 10, 31),
            ("Half-term ended on Fri 30 Oct. Families may be away.", "It is in term (Autumn 2026, until 18 December)."),
        ),
        (
            date(2026, 8, 29),
            ("This is a bank-holiday weekend: Mon 31 Aug is the Summer bank holiday.", "It is in the school holidays."),
        ),
        (date(2027, 3, 27), ("This is Easter Saturday. Families may be away.", "It is in the school holidays.")),
        (date(2026, 4, 4), ("This is Easter Saturday. Families may be away.", "No school term is kept for this day.")),
        (date(2026, 12, 25), ("Fri 25 Dec is a bank holiday: Christmas Day.", "It is in the school holidays.")),
        (
            date(2027, 1, 2),
            ("This is a bank-holiday weekend: Fri 1 Jan is New Year’s Day.", "It is in the school holidays."),
        ),
    ],
)
def test_hints_for_a_day(day: date, said: tuple[str, ...]) -> None:
    assert calendar.hints(day, TERMS, calendar.bank_holidays(2026, 2027)) == said


@given(DAYS)
def test_hints_always_say_something_plain(day: date) -> None:
    said = calendar.hints(day, TERMS, {date(2026, 12, 25): "Christmas Day"})
    assert said
    assert all(each.endswith(".") and "!" not in each for each in said)
