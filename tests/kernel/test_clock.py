"""Injected clocks, and London's wall time on the days the clocks change."""

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.kernel.clock import DayClock, FixedClock, SystemClock, london_instant, london_wall

SPRING, AUTUMN = date(2027, 3, 28), date(2026, 10, 25)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def test_winter_and_summer() -> None:
    assert london_instant(date(2026, 12, 5), time(10)) == utc(2026, 12, 5, 10)
    assert london_instant(date(2026, 7, 4), time(10)) == utc(2026, 7, 4, 9)
    assert london_wall(utc(2026, 7, 4, 9, 0, 1, 999)) == datetime(2026, 7, 4, 10, 0, 1)


def test_the_hour_that_comes_twice_is_the_earlier_one() -> None:
    assert london_instant(AUTUMN, time(1, 30)) == utc(2026, 10, 25, 0, 30)
    assert (
        london_wall(utc(2026, 10, 25, 0, 30)) == london_wall(utc(2026, 10, 25, 1, 30)) == datetime(2026, 10, 25, 1, 30)
    )


def test_the_hour_that_is_missing_moves_on() -> None:
    assert london_wall(london_instant(SPRING, time(1, 30))) == datetime(2027, 3, 28, 2, 30)


@pytest.mark.parametrize("day", [SPRING, AUTUMN])
def test_a_club_on_a_clock_change_day_lasts_as_long_as_planned(day: date) -> None:
    assert london_instant(day, time(14)) - london_instant(day, time(10)) == timedelta(hours=4)


@given(st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)).map(lambda wall: wall.replace(microsecond=0, fold=0)))
def test_wall_and_instant_agree_except_in_the_missing_hour(wall: datetime) -> None:
    back = london_wall(london_instant(wall.date(), wall.time()))
    assert back in (wall, wall + timedelta(hours=1))


def test_a_fixed_clock_stands_until_it_is_moved() -> None:
    clock = FixedClock(datetime(2026, 7, 4, 0, 30, tzinfo=timezone(timedelta(hours=1))))
    assert clock.now() == utc(2026, 7, 3, 23, 30)
    assert clock.now().tzinfo is UTC
    assert clock.today() == date(2026, 7, 4)
    clock.move_to(utc(2026, 12, 5, 10))
    assert (clock.now(), clock.today()) == (utc(2026, 12, 5, 10), date(2026, 12, 5))


def test_today_is_londons_not_greenwichs() -> None:
    assert FixedClock(utc(2026, 7, 3, 23, 30)).today() == date(2026, 7, 4)
    assert FixedClock(utc(2026, 12, 4, 23, 30)).today() == date(2026, 12, 4)


def test_the_sample_clubs_day_has_the_machines_time_of_day() -> None:
    clock = DayClock(date(2026, 12, 3), FixedClock(utc(2027, 7, 1, 9, 15)))
    assert clock.today() == date(2026, 12, 3)
    assert london_wall(clock.now()) == datetime(2026, 12, 3, 10, 15)
    assert clock.now() == utc(2026, 12, 3, 10, 15)


def test_a_chosen_day_in_summer_from_a_winter_machine() -> None:
    clock = DayClock(date(2026, 7, 4), FixedClock(utc(2026, 12, 5, 9, 15)))
    assert clock.now() == utc(2026, 7, 4, 8, 15)


def test_the_second_of_two_hours_on_the_machine_is_an_ordinary_time_on_another_day() -> None:
    clock = DayClock(date(2026, 12, 3), FixedClock(utc(2026, 10, 25, 1, 30)))
    assert clock.now() == utc(2026, 12, 3, 1, 30)


def test_the_machines_clock_is_aware_and_its_day_is_londons() -> None:
    clock = SystemClock()
    before = clock.now()
    today = clock.today()
    assert before.tzinfo is UTC
    assert london_wall(before).date() <= today <= london_wall(clock.now()).date()
