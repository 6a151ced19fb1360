"""Dates and times as British offices write them."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.kernel import dates

CLUB = date(2026, 12, 5)
DAYS = st.dates(date(1941, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "05/12/2026", "5/12/2026", "5/12/26", "05.12.2026", "5.12.26", "05-12-2026", " 5 / 12 / 2026 ", "2026-12-05",
        "2026-12-05 00:00:00", "2026-12-05T00:00", "5 Dec 2026", "5 December 2026", "5th December 2026", "5 dec 26",
        "5-Dec-26", "Sat 05/12/2026", "Saturday, 5.12.26", "05/12/2026 00:00:00", "5/12/26 0:00",
        "5 Dec. 2026", "5 Dec, 2026", "Saturday 5 December 2026", "Sat 5th Dec 2026",
        "Saturday, 5th December 2026", "Sat. 5 DECEMBER 2026", "5th of December 2026", "5\u00a0Dec\u00a02026",
    ],
)  # fmt: skip
def test_every_usual_spelling(text: str) -> None:
    assert dates.parse_date(text) == CLUB


@pytest.mark.parametrize(
    ("text", "month"), [("1 Sept 2026", 9), ("1 Sep 2026", 9), ("1 Jun 2026", 6), ("1 Jul 2026", 7)]
)
def test_short_months(text: str, month: int) -> None:
    assert dates.parse_date(text) == date(2026, month, 1)


@pytest.mark.parametrize(("text", "year"), [("1/1/40", 2040), ("1/1/41", 1941), ("1/1/00", 2000), ("1/1/99", 1999)])
def test_short_years_turn_over_at_40(text: str, year: int) -> None:
    assert dates.parse_date(text).year == year


@pytest.mark.parametrize(
    "text",
    ["31/02/2026", "29/02/2026", "31/11/2026", "0/1/2026", "1/13/2026", "12/31/2026", "1 Foo 2026", "2026-02-30"],
)
def test_days_that_are_not_in_the_calendar(text: str) -> None:
    with pytest.raises(ValueError, match="is not a day in the calendar; write it like 05/12/2026"):
        dates.parse_date(text)


@pytest.mark.parametrize("text", ["05/12/0026", "1/1/1899", "1/1/2200", "1 Jan 9999", "1/1/0000"])
def test_years_that_cannot_be_right(text: str) -> None:
    with pytest.raises(ValueError, match="write it like 05/12/2026"):
        dates.parse_date(text)


@pytest.mark.parametrize(
    "text",
    ["", "  ", "tomorrow", "5/12", "December 2026", "not 5 Dec 2026", "expires 5 Dec 2026", "5/12/2026 and later",
     "5 D 2026", "46361", "5//12/2026", "5/12/202", "2026/12/05", "=5/12/2026"],
)  # fmt: skip
def test_other_words_are_not_dates(text: str) -> None:
    with pytest.raises(ValueError, match="is not a date; write it like 05/12/2026"):
        dates.parse_date(text)


def test_leap_days() -> None:
    assert dates.parse_date("29/02/2028") == date(2028, 2, 29)


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_a_sentence(text: str) -> None:
    said = ""
    try:
        day = dates.parse_date(text)
    except ValueError as error:
        said = str(error)
    assert said.endswith("write it like 05/12/2026") if said else 1900 <= day.year < 2200


@given(DAYS)
def test_what_is_written_is_read_back(day: date) -> None:
    for write in (dates.numeric, dates.long, dates.short_with_year, date.isoformat):
        assert dates.parse_date(write(day)) == day


def test_how_dates_are_shown() -> None:
    assert dates.numeric(CLUB) == "05/12/2026"
    assert dates.numeric(None) == ""
    assert dates.short(CLUB) == "Sat 5 Dec"
    assert dates.short_with_year(CLUB) == "5 Dec 2026"
    assert dates.long(CLUB) == "Saturday 5 December 2026"
    assert dates.day_and_month(CLUB) == "5 December"
    assert dates.month_name(CLUB) == "December 2026"


@pytest.mark.parametrize(
    ("text", "wall"),
    [
        ("10:42", time(10, 42)), ("1042", time(10, 42)), ("930", time(9, 30)), ("9.30", time(9, 30)),
        ("9:30am", time(9, 30)), ("9.30 PM", time(21, 30)), ("2pm", time(14)), ("12am", time(0)), ("12pm", time(12)),
        ("12:15am", time(0, 15)), ("10:42:30", time(10, 42)), (" 00:00 ", time(0)), ("23:59", time(23, 59)),
    ],
)  # fmt: skip
def test_times(text: str, wall: time) -> None:
    assert dates.parse_time(text) == wall


@pytest.mark.parametrize(
    "text", ["", "10", "24:00", "10:60", "25pm", "13pm", "0am", "14:30pm", "noon", "10:4", "1:2:3"]
)
def test_what_is_not_a_time(text: str) -> None:
    with pytest.raises(ValueError, match="is not a time; write it like 10:42"):
        dates.parse_time(text)


def test_clock_text_shows_london() -> None:
    assert dates.clock_text(time(9, 5)) == "09:05"
    assert dates.clock_text(datetime(2026, 7, 4, 9, 5, tzinfo=UTC)) == "10:05"
    assert dates.clock_text(datetime(2026, 12, 5, 9, 5, tzinfo=UTC)) == "09:05"
    assert dates.clock_text(datetime(2026, 7, 4, 9, 5)) == "09:05"
    assert dates.span(time(10), time(14)) == "10:00–14:00"


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2018, 12, 5), CLUB, 8),
        (date(2018, 12, 6), CLUB, 7),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 2, 29), date(2028, 2, 29), 20),
        (CLUB, CLUB, 0),
    ],
)
def test_age(born: date, day: date, age: int) -> None:
    assert dates.age_on(born, day) == age


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (CLUB, 12, date(2027, 12, 5)),
        (CLUB, 1, date(2027, 1, 5)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (CLUB, -12, date(2025, 12, 5)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (CLUB, 0, CLUB),
    ],
)
def test_months_later(day: date, months: int, then: date) -> None:
    assert dates.months_later(day, months) == then


@given(DAYS, st.integers(-60, 60))
def test_months_later_is_that_month(day: date, months: int) -> None:
    then = dates.months_later(day, months)
    assert then.year * 12 + then.month == day.year * 12 + day.month + months
    assert then.day == day.day or (then + timedelta(days=1)).day == 1


@given(DAYS)
def test_weeks_begin_on_monday(day: date) -> None:
    monday = dates.week_start(day)
    assert monday.weekday() == 0
    assert 0 <= (day - monday).days < 7


def test_school_years_begin_in_september() -> None:
    assert dates.school_year_start(date(2026, 8, 31)) == date(2025, 9, 1)
    assert dates.school_year_start(date(2026, 9, 1)) == date(2026, 9, 1)


def test_minutes_between() -> None:
    assert dates.minutes_between(time(9, 30), time(16, 30)) == 420
