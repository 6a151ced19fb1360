"""Which backups stay: like a good calendar, and never without the newest."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from models.kernel.clock import london_wall
from models.storage.thinning import keep

NOW = datetime(2026, 12, 3, 17, 0, tzinfo=UTC)
INSTANTS = st.lists(
    st.datetimes(datetime(2025, 6, 1), datetime(2026, 12, 20), timezones=st.just(UTC)), max_size=80
)  # fmt: skip


def ago(**how: float) -> datetime:
    return NOW - timedelta(**how)


def test_everything_of_two_days_stays() -> None:
    times = {ago(minutes=30 * number) for number in range(96)}
    assert keep(times, NOW) == times


def test_then_the_last_of_each_day() -> None:
    morning, evening = datetime(2026, 11, 28, 9, tzinfo=UTC), datetime(2026, 11, 28, 18, tzinfo=UTC)
    assert keep([NOW, morning, evening], NOW) == {NOW, evening}


def test_a_day_is_londons_day() -> None:
    """In summer 23:30 UTC is half past midnight of the next day."""
    now = datetime(2026, 7, 20, 12, tzinfo=UTC)
    late, night = datetime(2026, 7, 10, 22, tzinfo=UTC), datetime(2026, 7, 10, 23, 30, tzinfo=UTC)
    assert keep([now, late, night], now) == {now, late, night}


def test_then_the_last_of_each_week_and_each_month() -> None:
    monday, sunday = datetime(2026, 11, 9, 9, tzinfo=UTC), datetime(2026, 11, 15, 9, tzinfo=UTC)
    first, last = datetime(2026, 6, 1, 9, tzinfo=UTC), datetime(2026, 6, 30, 9, tzinfo=UTC)
    assert keep([NOW, monday, sunday, first, last], NOW) == {NOW, sunday, last}


def test_a_week_of_two_months_takes_neither_of_them_its_last() -> None:
    """26 October and 1 November 2026 are of one week."""
    october, november = datetime(2026, 10, 26, 9, tzinfo=UTC), datetime(2026, 11, 1, 9, tzinfo=UTC)
    assert keep([NOW, october, november], NOW) == {NOW, october, november}


def test_nothing_older_than_a_year_but_the_newest() -> None:
    old, week, fortnight = ago(days=400), ago(days=7), ago(days=14)
    assert keep([NOW, week, fortnight, old], NOW) == {NOW, week, fortnight}
    assert keep([old], NOW) == {old}


def test_a_clock_years_ahead_takes_no_older_backup_with_it() -> None:
    """Nor while it stays so for days; once it is put right the calendar goes on as if it had not been."""
    year = {ago(days=days) for days in range(0, 360, 30)}
    before = keep(year, NOW)
    kept = before
    for hours in (0, 1, 30, 100):
        wrong = NOW + timedelta(days=1500, hours=hours)
        kept = keep(kept | {wrong}, wrong)
    assert before <= kept
    right = NOW + timedelta(days=5)
    assert keep(year | {right}, right) <= keep(kept | {right}, right)


def test_a_club_that_was_closed_for_months_thins_again_a_week_later() -> None:
    old, back = ago(days=500), ago(days=8)
    assert keep([old, ago(days=6), NOW], NOW) == {old, ago(days=6), NOW}
    assert keep([old, back, NOW], NOW) == {back, NOW}


def test_one_from_the_future_is_kept_and_does_not_push_others_out() -> None:
    ahead, yesterday = NOW + timedelta(days=40), ago(days=1)
    assert keep([ahead, yesterday], NOW) == {ahead, yesterday}


def test_half_hourly_for_a_year_leaves_a_calendar() -> None:
    """Thinned each time one is made, as the app does it."""
    kept: set[datetime] = set()
    for hour in range(0, 24 * 365, 6):
        at = NOW + timedelta(hours=hour)
        kept = keep(kept | {at}, at)
    assert 28 <= len(kept) <= 40
    gaps = [late - early for early, late in zip(sorted(kept), sorted(kept)[1:], strict=False)]
    assert max(gaps) <= timedelta(days=38)


@given(INSTANTS)
def test_the_newest_is_always_kept_and_nothing_is_invented(times: list[datetime]) -> None:
    kept = keep(times, NOW)
    assert kept <= set(times)
    assert not times or max(times) in kept


@given(INSTANTS)
def test_thinning_twice_is_thinning_once(times: list[datetime]) -> None:
    kept = keep(times, NOW)
    assert keep(kept, NOW) == kept


@given(INSTANTS)
def test_one_of_every_month_of_the_year_stays(times: list[datetime]) -> None:
    kept = keep(times, NOW)
    within = [london_wall(at) for at in times if ago(days=365) <= at <= NOW]
    stayed = [london_wall(at) for at in kept]
    assert {(at.year, at.month) for at in within} <= {(at.year, at.month) for at in stayed}
