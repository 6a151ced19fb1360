"""The phone list as it is read: the order of calls, who is due, who is offered a place, buses, and statements."""

from datetime import date, time
from uuid import UUID

from sqlalchemy import event

from models.bootstrap import Club, UnitOfWork
from models.kernel.clock import FixedClock, london_instant
from models.programme import queries as programme
from models.programme.rules import ActivityKind, Answer, BookingStatus
from models.programme.service import edit_activity
from models.readiness import service
from models.readiness.ringround import RingRound, ring_round
from models.transport import queries as transport
from models.transport.rules import Direction
from tests.clubs import a_booking, a_child, a_leg, a_seat, a_vehicle, an_activity, put
from tests.ringround.conftest import NAMES, booked


def look(club: Club, activity: UUID) -> RingRound:
    return club.read(lambda uow: ring_round(uow, activity))


def say(club: Club, activity: UUID, name: str, said: Answer, again: time | None = None) -> None:
    rows = club.read(lambda uow: programme.bookings(uow, activity))
    booking = next(row.id for row in rows if NAMES[row.child_id] == name)
    put(club, lambda uow: service.family_answered(uow, booking, None, said, again))


def move(club: Club, day: date, at: time) -> None:
    assert isinstance(club.clock, FixedClock)
    club.clock.move_to(london_instant(day, at))


def test_a_call_agreed_for_later_is_due_at_its_minute_and_all_the_next_day(club: Club, activity: UUID) -> None:
    say(club, activity, "Zoe Zhang", Answer.RING_AGAIN, time(17, 30))
    assert [home.due for home in look(club, activity).households] == [False] * 4
    move(club, date(2026, 12, 3), time(17, 29))
    assert not any(home.due for home in look(club, activity).households)
    move(club, date(2026, 12, 3), time(17, 30))
    assert [home.name for home in look(club, activity).households if home.due] == ["Zoe Zhang"]
    move(club, date(2026, 12, 4), time(9))
    assert look(club, activity).households[0].name == "Zoe Zhang"


def test_the_place_is_offered_to_the_first_in_the_queue_only_while_one_is_free(club: Club, activity: UUID) -> None:
    put(club, lambda uow: booked(uow, activity, "Aaron", "Abel", status=BookingStatus.WAITING, position=2))
    assert look(club, activity).offer is None
    say(club, activity, "Zoe Zhang", Answer.NOT_COMING)
    offer = look(club, activity).offer
    assert offer is not None
    assert offer.name == "Fatoumata Roberts"
    say(club, activity, "Fatoumata Roberts", Answer.NOT_COMING)
    offer = look(club, activity).offer
    assert offer is not None
    assert (offer.name, offer.position) == ("Aaron Abel", 1)


def test_without_a_limit_whoever_waits_is_offered_a_place(club: Club, activity: UUID) -> None:
    put(club, lambda uow: edit_activity(uow, activity, None, {"capacity": None, "venue_id": None}))
    offer = look(club, activity).offer
    assert offer is not None
    assert offer.name == "Fatoumata Roberts"


def test_different_surnames_are_said_in_full(club: Club, activity: UUID) -> None:
    def build(uow: UnitOfWork) -> None:
        family = next(home.family_id for home in ring_round(uow, activity).households if home.name == "Zoe Zhang")
        a_booking(uow, activity, a_child(uow, "Ming", "Li", family), status=BookingStatus.WAITING, position=2)

    put(club, build)
    assert "Ming Li and Zoe Zhang" in [home.name for home in look(club, activity).households]


def test_who_does_not_come_leaves_the_bus_and_who_gets_the_place_sits_in_it(club: Club) -> None:
    def build(uow: UnitOfWork) -> UUID:
        trip = an_activity(uow, "Pantomime", date(2026, 12, 22), kind=ActivityKind.TRIP, by_minibus=True, capacity=1)
        bus = a_vehicle(uow)
        going = booked(uow, trip, "Ada", "Adeyemi")
        booked(uow, trip, "Zoe", "Zhang", status=BookingStatus.WAITING, position=1)
        for way in Direction:
            a_seat(uow, a_leg(uow, trip, bus, direction=way), child_id=going)
        return trip

    trip = put(club, build)
    say(club, trip, "Ada Adeyemi", Answer.NOT_COMING)
    assert on_board(club, trip) == [[], []]
    offer = look(club, trip).offer
    assert offer is not None
    put(club, lambda uow: service.give_place(uow, offer.booking_id))
    assert on_board(club, trip) == [["Zoe Zhang"], ["Zoe Zhang"]]


def on_board(club: Club, trip: UUID) -> list[list[str]]:
    legs = club.read(lambda uow: transport.legs(uow, trip))
    return [[NAMES[child] for child in leg.child_ids] for leg in legs]


def test_forty_families_take_no_more_statements_than_four(club: Club, activity: UUID) -> None:
    few = statements(club, activity)

    def build(uow: UnitOfWork) -> None:
        for number in range(40):
            booked(uow, activity, f"Child{number}", f"Young{number}")

    put(club, build)
    assert len(look(club, activity).households) == 44
    assert statements(club, activity) == few


def statements(club: Club, activity: UUID) -> int:
    seen: list[str] = []

    def read(uow: UnitOfWork) -> None:
        event.listen(uow.session.connection(), "before_cursor_execute", lambda *given: seen.append(given[2]))
        ring_round(uow, activity)

    club.read(read)
    return len(seen)
