"""Which activities are on: from 30 minutes before until the day is closed, at most three hours after the end."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from models.access.records import AccessEvent
from models.access.rules import AccessKind
from models.bootstrap import Club
from models.kernel.clock import FixedClock, london_instant
from models.programme import queries
from models.programme.rules import ActivityStatus
from models.registers import service
from models.registers.marks import record_mark
from models.registers.on_now import note_fire_list, on_now, to_count
from models.registers.rules import MarkKind, register_mode_open
from tests.clubs import SATURDAY, a_booking, a_child, an_activity, new_club, put

TEN, TWO = london_instant(SATURDAY, time(10)), london_instant(SATURDAY, time(14))


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (TEN - timedelta(minutes=31), False),
        (TEN - timedelta(minutes=30), True),
        (TEN, True),
        (TWO + timedelta(hours=3, minutes=-1), True),
        (TWO + timedelta(hours=3), False),
    ],
)
def test_the_window_of_register_mode(at: datetime, expected: bool) -> None:
    assert register_mode_open(TEN, TWO, at, closed=False) is expected
    assert register_mode_open(TEN, TWO, at, closed=True) is False


class Day:
    """A club with two activities on one day, and a clock to move."""

    def __init__(self, folder: Path) -> None:
        self.clock = FixedClock(TEN - timedelta(minutes=10))
        self.club: Club = new_club(folder, SATURDAY, clock=self.clock)
        self.morning = put(self.club, lambda uow: an_activity(uow, "December club"))
        self.late = put(self.club, lambda uow: an_activity(uow, "Late trip", starts=time(20), ends=time(23, 30)))
        put(self.club, lambda uow: an_activity(uow, "Called off", status=ActivityStatus.CANCELLED))

    def on(self, at: datetime) -> list[UUID]:
        self.clock.move_to(at)
        return [each.activity_id for each in self.club.read(on_now)]


@pytest.fixture
def day(tmp_path: Path) -> Day:
    return Day(tmp_path)


def test_what_is_on_now(day: Day) -> None:
    assert day.on(TEN - timedelta(hours=1)) == []
    assert day.on(TEN) == [day.morning]
    assert day.on(london_instant(SATURDAY, time(19, 45))) == [day.late]


def test_a_late_day_is_on_after_midnight(day: Day) -> None:
    assert day.on(london_instant(SATURDAY + timedelta(days=1), time(1))) == [day.late]
    assert day.on(london_instant(SATURDAY + timedelta(days=1), time(2, 30))) == []


def test_a_closed_day_is_over(day: Day) -> None:
    day.clock.move_to(TWO)
    put(day.club, lambda uow: service.close_day(uow, day.morning))
    assert day.on(TWO) == []


def test_the_fire_list_is_remembered(day: Day) -> None:
    put(day.club, lambda uow: note_fire_list(uow, "December club"))
    found = day.club.read(
        lambda uow: [(one.kind, one.who, one.detail, one.at) for one in uow.session.query(AccessEvent)]
    )
    who, now = day.club.actor.name, day.clock.now().astimezone(UTC)
    assert found == [(AccessKind.FIRE_LIST, who, "Opened while locked: December club", now)]


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)], ids=["clocks go forward", "clocks go back"])
def test_on_the_days_the_clocks_change(tmp_path: Path, day: date) -> None:
    clock = FixedClock(london_instant(day, time(9, 29)))
    club = new_club(tmp_path, day, clock=clock)
    made = put(club, lambda uow: an_activity(uow, "Sunday club", day))
    assert club.read(on_now) == ()
    clock.move_to(london_instant(day, time(9, 30)))
    assert [each.activity_id for each in club.read(on_now)] == [made]
    clock.move_to(london_instant(day, time(17)))
    assert club.read(on_now) == ()


def test_whom_the_fire_list_counts(day: Day) -> None:
    """Whoever is in, also before register mode and after it, until the day is closed."""

    def counted(at: datetime) -> list[UUID]:
        day.clock.move_to(at)
        return [each.activity_id for each in day.club.read(to_count)]

    assert counted(TEN - timedelta(hours=1)) == []
    assert counted(TEN) == [day.morning]
    child = put(day.club, lambda uow: a_child(uow, "Niamh", "Osei"))
    put(day.club, lambda uow: a_booking(uow, day.morning, child))
    put(day.club, lambda uow: record_mark(uow, day.morning, kind=MarkKind.IN, child_id=child))
    assert counted(TEN - timedelta(hours=1)) == [day.morning]
    assert counted(TWO + timedelta(hours=9)) == [day.morning, day.late]
    put(day.club, lambda uow: record_mark(uow, day.morning, kind=MarkKind.OUT, child_id=child))
    put(day.club, lambda uow: service.close_day(uow, day.morning))
    assert counted(TWO + timedelta(hours=9)) == [day.late]


def test_somebody_who_came_to_what_was_cancelled_is_counted(day: Day) -> None:
    club, day_of = day.club, day.clock.now
    off = next(
        each
        for each in club.read(lambda uow: queries.activities(uow, SATURDAY, SATURDAY))
        if each.title == "Called off"
    )
    child = put(club, lambda uow: a_child(uow, "Niamh", "Osei"))
    assert off.id not in [each.activity_id for each in club.read(to_count)]
    put(club, lambda uow: record_mark(uow, off.id, kind=MarkKind.IN, child_id=child, happened_at=day_of()))
    assert off.id in [each.activity_id for each in club.read(to_count)]
    assert off.id not in [each.activity_id for each in club.read(on_now)]
    put(club, lambda uow: record_mark(uow, off.id, kind=MarkKind.OUT, child_id=child, happened_at=day_of()))
    put(club, lambda uow: service.close_day(uow, off.id))
    assert off.id not in [each.activity_id for each in club.read(to_count)]
