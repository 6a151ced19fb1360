"""Plans, places and duties: what may be written, what is refused, and what is remembered."""

from collections.abc import Callable, Iterator
from datetime import date, time
from functools import partial
from pathlib import Path
from uuid import UUID, uuid5

import pytest
from sqlalchemy import event

from models.bootstrap import Club, UnitOfWork
from models.kernel.errors import BadInput, Full, NotFound, Stale
from models.programme import queries, service
from models.programme.rules import (
    ActivityKind,
    ActivityStatus,
    Answer,
    BookingStatus,
    ChoreKind,
    DutyRole,
    DutyStatus,
)
from tests.clubs import SATURDAY, THURSDAY, a_child, a_venue, an_activity, an_adult, new_club, put

CLUB_VALUES = {
    "kind": ActivityKind.CLUB, "title": "  December club ", "day": SATURDAY, "starts": time(10), "ends": time(14),
}  # fmt: skip
NOBODY = uuid5(UUID(int=0), "nobody")


@pytest.fixture
def club(tmp_path: Path) -> Iterator[Club]:
    club = new_club(tmp_path)
    yield club
    club.close()


def children(club: Club, *names: str) -> list[UUID]:
    return put(club, lambda uow: [a_child(uow, name, "Osei") for name in names])


def statuses(club: Club, activity_id: UUID) -> dict[UUID, tuple[BookingStatus, int | None]]:
    rows = club.read(lambda uow: queries.bookings(uow, activity_id))
    return {row.child_id: (row.status, row.position) for row in rows}


def refusal(club: Club, change: Callable[[UnitOfWork], object]) -> BadInput:
    with pytest.raises(BadInput) as caught:
        put(club, change)
    return caught.value


def test_a_new_activity_is_a_draft_with_its_venues_places(club: Club) -> None:
    venue_id = put(club, lambda uow: service.add_venue(uow, {"name": "Harbour Hall", "capacity": 20}))
    activity_id = put(club, lambda uow: service.add_activity(uow, {**CLUB_VALUES, "venue_id": venue_id}))
    row = club.read(lambda uow: queries.activity(uow, activity_id))
    assert (row.title, row.status, row.venue_name) == ("December club", ActivityStatus.DRAFT, "Harbour Hall")
    assert (row.capacity, row.own_capacity) == (20, None)
    put(club, lambda uow: service.edit_activity(uow, activity_id, row.version, {"capacity": 12}))
    row = club.read(lambda uow: queries.activity(uow, activity_id))
    assert (row.capacity, row.own_capacity) == (12, 12)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": "  "}, "title"),
        ({"title": "a" * 121}, "title"),
        ({"ends": time(10)}, "ends"),
        ({"day": None}, "day"),
        ({"capacity": 0}, "capacity"),
        ({"capacity": 1001}, "capacity"),
    ],
)
def test_nonsense_names_its_field(club: Club, values: dict[str, object], field: str) -> None:
    assert refusal(club, lambda uow: service.add_activity(uow, {**CLUB_VALUES, **values})).field == field
    assert club.read(queries.activities) == ()


def test_a_title_stands_once_a_day_and_may_be_kept_when_editing(club: Club) -> None:
    first = put(club, lambda uow: service.add_activity(uow, CLUB_VALUES))
    assert refusal(club, lambda uow: service.add_activity(uow, CLUB_VALUES)).field == "title"
    put(club, lambda uow: service.edit_activity(uow, first, None, {"title": "December club", "notes": "Bring paint"}))
    with pytest.raises(Stale):
        put(club, lambda uow: service.edit_activity(uow, first, 1, {"notes": ""}))


def test_moving_and_the_statuses_a_plan_may_have(club: Club) -> None:
    plan = put(club, an_activity)
    put(club, lambda uow: service.move_activity(uow, plan, date(2026, 12, 12), time(11), time(15)))
    put(club, lambda uow: service.set_status(uow, plan, ActivityStatus.CONFIRMED))
    assert refusal(club, lambda uow: service.cancel_activity(uow, plan, " ")).field == "cancelled_why"
    put(club, lambda uow: service.cancel_activity(uow, plan, "The boiler broke"))
    refusal(club, lambda uow: service.set_status(uow, plan, ActivityStatus.CONFIRMED))
    refusal(club, lambda uow: service.mark_delivered(uow, plan))
    refusal(club, lambda uow: service.move_activity(uow, plan, SATURDAY, time(10), time(14)))
    row = club.read(lambda uow: queries.activity(uow, plan))
    assert (row.day, row.starts, row.cancelled_why) == (date(2026, 12, 12), time(11), "The boiler broke")
    put(club, lambda uow: service.set_status(uow, plan, ActivityStatus.DRAFT))
    assert club.read(lambda uow: queries.activity(uow, plan)).cancelled_why == ""
    refusal(club, lambda uow: service.set_status(uow, plan, ActivityStatus.DELIVERED))


def test_delivered_is_taken_back_only_by_opening_the_register_again(club: Club) -> None:
    plan = put(club, an_activity)
    put(club, lambda uow: service.mark_delivered(uow, plan))
    refusal(club, lambda uow: service.set_status(uow, plan, ActivityStatus.DRAFT))
    refusal(club, lambda uow: service.cancel_activity(uow, plan, "Too late"))
    put(club, lambda uow: service.mark_not_delivered(uow, plan))
    assert club.read(lambda uow: queries.activity(uow, plan)).status is ActivityStatus.DRAFT


def test_the_last_place_is_a_hard_stop_that_offers_the_waiting_list(club: Club) -> None:
    plan = put(club, lambda uow: an_activity(uow, capacity=1))
    ama, ben = children(club, "Ama", "Ben")
    put(club, lambda uow: service.book(uow, plan, ama))
    with pytest.raises(Full) as full:
        put(club, lambda uow: service.book(uow, plan, ben))
    assert "Put Ben Osei on the waiting list." in str(full.value)
    put(club, lambda uow: service.wait(uow, plan, ben))
    assert statuses(club, plan) == {ama: (BookingStatus.BOOKED, None), ben: (BookingStatus.WAITING, 1)}


def test_places_booked_in_one_go_are_counted_too(club: Club) -> None:
    plan = put(club, lambda uow: an_activity(uow, capacity=1))
    ama, ben = children(club, "Ama", "Ben")
    with pytest.raises(Full):
        put(club, lambda uow: (service.book(uow, plan, ama), service.book(uow, plan, ben)))
    assert statuses(club, plan) == {}


def test_the_venues_places_hold_and_no_limit_is_no_limit(club: Club) -> None:
    venue_id = put(club, lambda uow: a_venue(uow, capacity=1))
    inside = put(club, lambda uow: an_activity(uow, "Inside", capacity=None, venue_id=venue_id))
    outside = put(club, lambda uow: an_activity(uow, "Outside", capacity=None))
    ama, ben = children(club, "Ama", "Ben")
    put(club, lambda uow: (service.book(uow, inside, ama), service.book(uow, outside, ama)))
    put(club, lambda uow: service.book(uow, outside, ben))
    with pytest.raises(Full):
        put(club, lambda uow: service.book(uow, inside, ben))


def test_a_child_is_booked_once_and_a_place_given_up_is_taken_up_again(club: Club) -> None:
    plan = put(club, an_activity)
    (ama,) = children(club, "Ama")
    first = put(club, lambda uow: service.book(uow, plan, ama))
    assert refusal(club, lambda uow: service.book(uow, plan, ama)).field == "child"
    refusal(club, lambda uow: service.wait(uow, plan, ama))
    put(club, lambda uow: service.cancel_booking(uow, first))
    assert statuses(club, plan)[ama][0] is BookingStatus.CANCELLED
    refusal(club, lambda uow: service.answer(uow, first, None, Answer.COMING))
    assert put(club, lambda uow: service.book(uow, plan, ama)) == first
    with pytest.raises(NotFound):
        put(club, lambda uow: service.book(uow, plan, NOBODY))


def test_nobody_is_booked_on_a_cancelled_activity(club: Club) -> None:
    plan = put(club, lambda uow: an_activity(uow, status=ActivityStatus.CANCELLED))
    (ama,) = children(club, "Ama")
    refusal(club, lambda uow: service.book(uow, plan, ama))


def test_the_queue_keeps_its_order_and_closes_its_ranks(club: Club) -> None:
    plan = put(club, lambda uow: an_activity(uow, capacity=1))
    ama, ben, cas, dan = children(club, "Ama", "Ben", "Cas", "Dan")
    booked = put(club, lambda uow: service.book(uow, plan, ama))
    for child in (ben, cas, dan):
        put(club, partial(service.wait, activity_id=plan, child_id=child))
    put(club, lambda uow: service.reorder_waiting(uow, plan, dan, 1))
    rows = club.read(lambda uow: queries.bookings(uow, plan))
    assert [row.child_id for row in rows if row.position] == [dan, ben, cas]
    first = next(row for row in rows if row.child_id == dan)
    with pytest.raises(Full):
        put(club, lambda uow: service.give_place(uow, first.id))
    put(club, lambda uow: service.answer(uow, booked, None, Answer.NOT_COMING))
    put(club, lambda uow: service.give_place(uow, first.id))
    assert statuses(club, plan) == {
        ama: (BookingStatus.NOT_COMING, None), dan: (BookingStatus.BOOKED, None),
        ben: (BookingStatus.WAITING, 1), cas: (BookingStatus.WAITING, 2),
    }  # fmt: skip
    refusal(club, lambda uow: service.reorder_waiting(uow, plan, dan, 1))
    refusal(club, lambda uow: service.give_place(uow, first.id))


def test_the_ring_round_feeds_the_places(club: Club) -> None:
    plan = put(club, lambda uow: an_activity(uow, capacity=1))
    ama, ben = children(club, "Ama", "Ben")
    booking = put(club, lambda uow: service.book(uow, plan, ama))
    put(club, lambda uow: service.answer(uow, booking, None, Answer.RING_AGAIN, time(17, 30), "At work until five"))
    (row,) = club.read(lambda uow: queries.bookings(uow, plan))
    assert (row.answer, row.ring_again, row.note) == (Answer.RING_AGAIN, time(17, 30), "At work until five")
    assert row.answered_at == club.clock.now()
    with pytest.raises(Stale):
        put(club, lambda uow: service.answer(uow, booking, row.version - 1, Answer.COMING))
    put(club, lambda uow: service.answer(uow, booking, row.version, Answer.NOT_COMING))
    (row,) = club.read(lambda uow: queries.bookings(uow, plan))
    assert (row.status, row.ring_again, row.note) == (BookingStatus.NOT_COMING, None, "At work until five")
    put(club, lambda uow: service.answer(uow, booking, row.version, Answer.COMING))
    assert statuses(club, plan)[ama] == (BookingStatus.BOOKED, None)
    put(club, lambda uow: service.answer(uow, booking, None, Answer.NOT_COMING))
    put(club, lambda uow: service.book(uow, plan, ben))
    with pytest.raises(Full):
        put(club, lambda uow: service.answer(uow, booking, None, Answer.COMING))


def test_a_child_who_does_not_come_frees_the_adult_dedicated_to_them(club: Club) -> None:
    plan = put(club, an_activity)
    (ama,) = children(club, "Ama")
    adult = put(club, an_adult)
    duty = put(club, lambda uow: service.add_duty(uow, plan, adult))
    beside = {"one_to_one_child_id": ama}
    assert refusal(club, lambda uow: service.edit_duty(uow, duty, None, beside)).field == "child"
    booking = put(club, lambda uow: service.book(uow, plan, ama))
    put(club, lambda uow: service.edit_duty(uow, duty, None, beside))
    assert club.read(lambda uow: queries.duties(uow, plan))[0].one_to_one_child_id == ama
    put(club, lambda uow: service.answer(uow, booking, None, Answer.NOT_COMING))
    assert club.read(lambda uow: queries.duties(uow, plan))[0].one_to_one_child_id is None


def test_an_adult_is_asked_once_confirmed_and_taken_off(club: Club) -> None:
    plan = put(club, an_activity)
    adult = put(club, an_adult)
    duty = put(club, lambda uow: service.add_duty(uow, plan, adult, DutyRole.LEAD))
    assert refusal(club, lambda uow: service.add_duty(uow, plan, adult)).field == "adult"
    assert club.read(lambda uow: queries.activity(uow, plan)).confirmed_adults == 0
    put(club, lambda uow: service.edit_duty(uow, duty, 1, {"status": DutyStatus.CONFIRMED}))
    assert club.read(lambda uow: queries.activity(uow, plan)).confirmed_adults == 1
    with pytest.raises(Stale):
        put(club, lambda uow: service.edit_duty(uow, duty, 1, {"status": DutyStatus.DECLINED}))
    put(club, lambda uow: service.remove_duty(uow, duty))
    assert club.read(lambda uow: queries.duties(uow, plan)) == ()


def test_finding_an_activity_by_day_and_title(club: Club) -> None:
    put(club, lambda uow: [an_activity(uow, "Morning club"), an_activity(uow, "Farm trip")])
    assert club.read(lambda uow: queries.find_activity(uow, SATURDAY, "farm TRIP")).title == "Farm trip"
    with pytest.raises(BadInput, match="Farm trip and Morning club"):
        club.read(lambda uow: queries.find_activity(uow, SATURDAY))
    with pytest.raises(NotFound):
        club.read(lambda uow: queries.find_activity(uow, THURSDAY))


def test_activities_are_read_between_days_and_by_status(club: Club) -> None:
    put(club, lambda uow: [an_activity(uow, "A", date(2026, 11, 7), status=ActivityStatus.DELIVERED)])
    put(club, lambda uow: [an_activity(uow, "B"), an_activity(uow, "C", date(2026, 12, 22))])
    assert [row.title for row in club.read(lambda uow: queries.activities(uow, THURSDAY))] == ["B", "C"]
    assert [row.title for row in club.read(lambda uow: queries.activities(uow, None, SATURDAY))] == ["A", "B"]
    delivered = club.read(lambda uow: queries.activities(uow, statuses=[ActivityStatus.DELIVERED]))
    assert [row.title for row in delivered] == ["A"]


def test_venues_and_terms_hold_together(club: Club) -> None:
    venue_id = put(club, lambda uow: service.add_venue(uow, {"name": "Harbour Hall", "hire_pence": 4500}))
    assert refusal(club, lambda uow: service.add_venue(uow, {"name": "harbour hall"})).field == "name"
    assert refusal(club, lambda uow: service.edit_venue(uow, venue_id, 1, {"hire_pence": -1})).field == "hire_pence"
    put(club, lambda uow: service.edit_venue(uow, venue_id, 1, {"capacity": 18}))
    assert club.read(lambda uow: queries.venue(uow, venue_id)).capacity == 18
    term = {"name": "Autumn", "starts": date(2026, 9, 1), "ends": date(2026, 12, 18)}
    term_id = put(club, lambda uow: service.add_term(uow, term))
    outside = {"half_starts": date(2027, 1, 1), "half_ends": date(2027, 1, 5)}
    assert refusal(club, lambda uow: service.edit_term(uow, term_id, 1, outside)).field == "half_ends"
    lone = {"half_starts": date(2026, 10, 26)}
    assert refusal(club, lambda uow: service.edit_term(uow, term_id, 1, lone)).field == "half_ends"
    backwards = {**term, "name": "Spring", "ends": date(2026, 8, 1)}
    assert refusal(club, lambda uow: service.add_term(uow, backwards)).field == "ends"
    assert [row.name for row in club.read(queries.terms)] == ["Autumn"]


def test_chores_are_ticked_once_and_unticked(club: Club) -> None:
    plan = put(club, an_activity)
    put(club, lambda uow: service.chore_done(uow, plan, ChoreKind.HALL))
    put(club, lambda uow: service.chore_done(uow, plan, ChoreKind.HALL, date(2026, 11, 30)))
    (chore,) = club.read(lambda uow: queries.chores(uow, [plan]))
    assert (chore.kind, chore.done_on) == (ChoreKind.HALL, date(2026, 11, 30))
    assert refusal(club, lambda uow: service.chore_done(uow, plan, ChoreKind.FORMS, SATURDAY)).field == "done_on"
    put(club, lambda uow: service.chore_undone(uow, plan, ChoreKind.HALL))
    assert club.read(lambda uow: queries.chores(uow, [plan])) == ()


def test_the_list_is_read_at_once_however_long(club: Club) -> None:
    put(club, lambda uow: [an_activity(uow, f"Club {number}") for number in range(12)])

    def statements(uow: UnitOfWork) -> int:
        seen: list[str] = []
        connection = uow.session.connection()
        event.listen(connection, "before_cursor_execute", lambda *args: seen.append(args[2]))
        assert len(queries.activities(uow)) == 12
        return len(seen)

    assert club.read(statements) == 1
