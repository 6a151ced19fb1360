"""The transport screen as a person uses it: a trip with two buses planned, vehicles kept, by mouse and by keys."""

from collections.abc import Callable, Iterator
from datetime import date, time
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.jobs import Jobs
from desktop.transport.page import TransportPage
from desktop.transport.passengers import Passengers
from desktop.widgets import theme
from desktop.widgets.history_list import HistoryList
from models.bootstrap import Club, UnitOfWork
from models.kernel.errors import BreatherError
from models.programme.rules import ActivityKind
from models.transport import queries
from models.transport.queries import LegRow
from models.transport.rules import Direction
from tests.clubs import (
    a_booking,
    a_child,
    a_driver,
    a_duty,
    a_leg,
    a_seat,
    a_vehicle,
    an_activity,
    an_adult,
    new_club,
    put,
)

W = TypeVar("W", bound=QWidget)
Start = Callable[[], TransportPage]
TRIP_DAY = date(2026, 12, 22)
NAMES = ("Amara", "Björn", "Chidi", "Daria", "Elif", "Femi", "Grace", "Hoa", "Imran")


@pytest.fixture
def club(tmp_path: Path, qapp: QApplication) -> Iterator[Club]:
    theme.apply(qapp, dark=False)
    club = new_club(tmp_path)
    yield club
    club.close()


@pytest.fixture
def trip(club: Club) -> UUID:
    """22 December: ten children, one in a wheelchair; three drivers of whom one may not drive; three more adults."""

    def fill(uow: UnitOfWork) -> UUID:
        kind = {"kind": ActivityKind.TRIP, "by_minibus": True, "starts": time(9, 30), "ends": time(16, 30)}
        trip = an_activity(uow, "Pantomime", TRIP_DAY, **kind)
        for name in NAMES:
            a_booking(uow, trip, a_child(uow, name, "Osei"))
        a_booking(uow, trip, a_child(uow, "Lily", "Yılmaz", wheelchair=True))
        drivers = [a_driver(uow, "Owen Tse"), a_driver(uow, "Pauline Gray")]
        barred = an_adult(uow, "Marcus Hollis", licence="B since 2012")
        for adult in (*drivers, barred, an_adult(uow, "Denise Achebe"), an_adult(uow, "Shreya Raman")):
            a_duty(uow, trip, adult)
        a_vehicle(uow)
        van = {"seats": 8, "wheelchair_places": 2, "seats_lost_per_wheelchair": 3, "boosters": 4}
        a_vehicle(uow, "YC19 VAN", name="Accessible van", **van)
        return trip

    return put(club, fill)


@pytest.fixture
def start(club: Club, qtbot: QtBot) -> Iterator[Start]:
    opened: list[Jobs] = []

    def make() -> TransportPage:
        jobs = Jobs(club, club.clock)
        opened.append(jobs)
        page = TransportPage(jobs, club.clock)
        jobs.changed.connect(page.areas_changed)
        qtbot.addWidget(page)
        page.resize(1150, 900)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        qtbot.waitUntil(lambda: shows(page, "Trips by minibus"))
        return page

    yield make
    for jobs in opened:
        jobs.shutdown()


def shows(page: QWidget, words: str) -> bool:
    QApplication.processEvents()  # what was just made is shown a turn later
    return any(words in one.text() for one in page.findChildren(QLabel) if one.isVisible())


def find(page: QWidget, kind: type[W], name: str) -> W:
    """The shown control of that name, as a screen reader finds it."""
    QApplication.processEvents()
    return next(one for one in page.findChildren(kind) if one.accessibleName() == name and one.isVisible())


def press(qtbot: QtBot, page: QWidget, name: str) -> None:
    qtbot.mouseClick(find(page, QPushButton, name), Qt.MouseButton.LeftButton)


def has_button(page: QWidget, name: str) -> bool:
    return any(one.accessibleName() == name and one.isVisible() for one in page.findChildren(QPushButton))


def legs(club: Club, trip: UUID) -> dict[tuple[str, Direction], LegRow]:
    return {(leg.vehicle.name, leg.direction): leg for leg in club.read(lambda uow: queries.legs(uow, trip))}


def add_bus(qtbot: QtBot, page: TransportPage) -> None:
    press(qtbot, page, "Add a bus")
    qtbot.waitUntil(lambda: page.panel.shown)
    with qtbot.waitSignal(page.said):
        press(qtbot, page.panel, "Add the bus")
    qtbot.waitUntil(lambda: not page.panel.shown)


def take(qtbot: QtBot, page: TransportPage, words: str) -> None:
    """Takes a line of the menu that is open, by keys."""
    menu = next(one for one in page.findChildren(QMenu) if one.isVisible())
    for _step in range(1 + [action.text() for action in menu.actions()].index(words)):
        qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Return)


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch) -> list[BreatherError]:
    """What the error box would have said; it is not opened, for it waits for somebody."""
    told: list[BreatherError] = []

    class Box:
        def __init__(self, _parent: QWidget, error: BreatherError) -> None:
            told.append(error)

        def exec(self) -> None:
            """Nobody to wait for."""

    monkeypatch.setattr("desktop.widgets.anyway.ErrorBox", Box)
    return told


def test_a_trip_is_planned_with_two_buses_their_drivers_and_everybody_on_board(
    club: Club, trip: UUID, start: Start, qtbot: QtBot
) -> None:
    page = start()
    qtbot.waitUntil(lambda: shows(page, "No journey is planned yet, out or back."))
    add_bus(qtbot, page)
    qtbot.waitUntil(lambda: has_button(page, "Driver of Accessible van, out"))
    add_bus(qtbot, page)
    qtbot.waitUntil(lambda: has_button(page, "Driver of The blue bus, back"))
    out = legs(club, trip)["The blue bus", Direction.OUT]
    assert (out.departs, out.arrives) == (time(9, 30), time(10, 30))

    press(qtbot, page, "Driver of The blue bus, out")
    qtbot.waitUntil(lambda: page.panel.shown)
    assert shows(page.panel, "May not drive this bus")
    assert shows(page.panel, "The weight of The blue bus (HY26 ABC) is not written down.")
    assert not has_button(page.panel, "Choose Marcus Hollis")
    with qtbot.waitSignal(page.said) as told:
        press(qtbot, page.panel, "Choose Owen Tse")
    assert told.args == ["Owen Tse drives The blue bus.", True]
    qtbot.waitUntil(lambda: shows(page, "Owen drives"))
    press(qtbot, page, "Driver of Accessible van, back")
    qtbot.waitUntil(lambda: shows(page.panel, "Already drives The blue bus on the way back."))
    with qtbot.waitSignal(page.said):
        press(qtbot, page.panel, "Choose Pauline Gray")
    drivers = {leg.driver_id for leg in legs(club, trip).values()}
    assert len(drivers) == 2
    assert None not in drivers

    qtbot.waitUntil(lambda: shows(page, "Pauline drives"))
    with qtbot.waitSignal(page.said):
        press(qtbot, page, "Fill the buses")
    for way in Direction:
        seated = [child for (_bus, there), leg in legs(club, trip).items() if there is way for child in leg.child_ids]
        assert len(seated) == len(set(seated)) == 10
    van = legs(club, trip)["Accessible van", Direction.OUT]
    assert [seat.in_wheelchair for seat in van.seats if seat.child_id].count(True) == 1
    qtbot.waitUntil(lambda: "Lily Yılmaz, wheelchair place" in lines(page, "On Accessible van, out"))
    assert shows(page, "1 of 2 wheelchair places")
    with qtbot.waitSignal(page.go) as going:
        press(qtbot, page, "Bus list…")
    assert going.args == ["print", ("manifest", trip)]


def lines(page: TransportPage, name: str) -> list[str]:
    found = [one for one in page.findChildren(Passengers) if one.accessibleName() == name and one.isVisible()]
    return [found[0].item(at).text() for at in range(found[0].count())] if found else []


@pytest.fixture
def two_buses(club: Club, trip: UUID) -> UUID:
    """The blue bus out with two children, and a small bus out with one seat taken."""

    def fill(uow: UnitOfWork) -> UUID:
        small = a_vehicle(uow, "HY26 TNY", name="The small bus", seats=1)
        rows = {row.name: row.id for row in queries.vehicles(uow)}
        from models.programme import queries as programme

        children = [one.child_id for one in programme.bookings(uow, trip)]
        big = a_leg(uow, trip, rows["The blue bus"])
        a_seat(uow, big, child_id=children[0])
        a_seat(uow, big, child_id=children[1])
        return a_leg(uow, trip, small)

    return put(club, fill)


def test_a_child_moves_by_keys_and_a_full_bus_says_no(
    club: Club, trip: UUID, two_buses: UUID, start: Start, qtbot: QtBot, refused: list[BreatherError]
) -> None:
    page = start()
    qtbot.waitUntil(lambda: len(lines(page, "On The blue bus, out")) == 2)
    names = find(page, Passengers, "On The blue bus, out")
    names.setFocus(Qt.FocusReason.TabFocusReason)
    assert names.currentItem().text() == "Amara Osei"
    qtbot.keyClick(names, Qt.Key.Key_Return)
    with qtbot.waitSignal(page.said) as told:
        take(qtbot, page, "To The small bus")
    assert told.args == ["Moved Amara Osei to The small bus.", True]
    qtbot.waitUntil(lambda: lines(page, "On The small bus, out") == ["Amara Osei, booster"])
    names = find(page, Passengers, "On The blue bus, out")
    names.setCurrentRow(0)
    press(qtbot, page, "Move or take off The blue bus, out")
    take(qtbot, page, "To The small bus")
    qtbot.waitUntil(lambda: bool(refused))
    assert refused[0].what == "No seat is left for Björn Osei: The small bus is full."
    assert len(legs(club, trip)["The blue bus", Direction.OUT].child_ids) == 1


def test_somebody_gets_a_seat_and_gives_it_up(
    club: Club, trip: UUID, two_buses: UUID, start: Start, qtbot: QtBot, refused: list[BreatherError]
) -> None:
    page = start()
    qtbot.waitUntil(lambda: len(lines(page, "On The blue bus, out")) == 2)
    press(qtbot, page, "Give a seat on The blue bus, out")
    with qtbot.waitSignal(page.said):
        take(qtbot, page, "Denise, as passenger assistant")
    qtbot.waitUntil(lambda: "Denise, passenger assistant" in lines(page, "On The blue bus, out"))
    press(qtbot, page, "Give a seat on The blue bus, out")
    take(qtbot, page, "Lily Yılmaz")
    qtbot.waitUntil(lambda: bool(refused))
    assert refused[0].what == "The blue bus has no place for a wheelchair, so Lily Yılmaz cannot travel in one on it."
    names = find(page, Passengers, "On The blue bus, out")
    names.setCurrentRow(0)
    qtbot.keyClick(names, Qt.Key.Key_Return)
    with qtbot.waitSignal(page.said) as told:
        take(qtbot, page, "Off this bus")
    assert told.args == ["Took Denise off the bus.", True]
    assert legs(club, trip)["The blue bus", Direction.OUT].escort_ids == ()


def test_history_of_a_journey_tells_of_its_seats_too(
    club: Club, trip: UUID, two_buses: UUID, start: Start, qtbot: QtBot
) -> None:
    page = start()
    qtbot.waitUntil(lambda: len(lines(page, "On The blue bus, out")) == 2)
    names = find(page, Passengers, "On The blue bus, out")
    names.setCurrentRow(0)
    qtbot.keyClick(names, Qt.Key.Key_Return)
    with qtbot.waitSignal(page.said):
        take(qtbot, page, "To The small bus")
    qtbot.waitUntil(lambda: len(lines(page, "On The blue bus, out")) == 1)
    names = find(page, Passengers, "On The blue bus, out")
    names.setCurrentRow(0)
    qtbot.keyClick(names, Qt.Key.Key_Return)
    with qtbot.waitSignal(page.said):
        take(qtbot, page, "Off this bus")
    qtbot.waitUntil(lambda: has_button(page, "Change The blue bus, out") and shows(page, "Nobody has a seat here yet."))
    change = find(page, QPushButton, "Change The blue bus, out")
    change.setFocus()
    qtbot.keyClick(change, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: shows(page.panel, "Took Björn Osei off the bus"))
    (past,) = page.panel.findChildren(HistoryList)
    assert [(row.what, row.lines) for row in past.rows()] == [
        ("Took Björn Osei off the bus", ("Björn Osei’s seat removed",)),
        ("Moved Amara Osei to The small bus", ("Amara Osei’s seat removed",)),
        ("Set up", (
            "Björn Osei’s seat added", "Amara Osei’s seat added", "The journey there by The blue bus added",
        )),
    ]  # fmt: skip


def test_a_journey_is_changed_and_taken_out(
    club: Club, trip: UUID, two_buses: UUID, start: Start, qtbot: QtBot
) -> None:
    page = start()
    qtbot.waitUntil(lambda: has_button(page, "Change The small bus, out"))
    press(qtbot, page, "Change The small bus, out")
    arrives = find(page.panel, QLineEdit, "Arrives")
    arrives.clear()
    qtbot.keyClicks(arrives, "8.30")
    press(qtbot, page.panel, "Save")
    qtbot.waitUntil(lambda: shows(page.panel, "The bus would arrive before it leaves."))
    arrives.clear()
    qtbot.keyClicks(arrives, "9.45")
    with qtbot.waitSignal(page.said):
        qtbot.keyClick(arrives, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert legs(club, trip)["The small bus", Direction.OUT].arrives == time(9, 45)
    qtbot.waitUntil(lambda: shows(page, "arrives 09:45"))
    press(qtbot, page, "Change The small bus, out")
    with qtbot.waitSignal(page.said):
        press(qtbot, page.panel, "Take this bus out")
    assert ("The small bus", Direction.OUT) not in legs(club, trip)


def test_a_bus_no_way_and_a_bus_without_a_time_are_pointed_out(trip: UUID, start: Start, qtbot: QtBot) -> None:
    page = start()
    qtbot.waitUntil(lambda: has_button(page, "Add a bus"))
    press(qtbot, page, "Add a bus")
    leaves = find(page.panel, QLineEdit, "Leaves")
    leaves.clear()
    press(qtbot, page.panel, "Add the bus")
    qtbot.waitUntil(lambda: shows(page.panel, "The time is missing. Write it like 09:30."))
    assert leaves.hasFocus()


def test_a_vehicle_without_a_registration_is_pointed_out_at_the_field(
    club: Club, trip: UUID, start: Start, qtbot: QtBot
) -> None:
    page = start()
    press(qtbot, page, "Add a vehicle")
    seats = find(page.panel, QLineEdit, "Passenger seats")
    qtbot.keyClicks(seats, "12")
    press(qtbot, page.panel, "Add the vehicle")
    qtbot.waitUntil(lambda: shows(page.panel, "The registration is missing."))
    plate = find(page.panel, QLineEdit, "Registration")
    assert plate.hasFocus()
    qtbot.keyClicks(plate, "hy26 red")
    qtbot.keyClicks(find(page.panel, QLineEdit, "MOT ends"), "1/12/2026")
    with qtbot.waitSignal(page.said):
        qtbot.keyClick(plate, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    row = next(row for row in club.read(queries.vehicles) if row.registration == "HY26 RED")
    assert (row.seats, row.mot_expires) == (12, date(2026, 12, 1))
    qtbot.waitUntil(lambda: shows(page, "MOT ended 1 Dec 2026"))
    assert shows(page, "Insurance date not written down")


def test_a_vehicle_goes_off_the_road_and_somebody_elses_change_is_told(
    club: Club, trip: UUID, start: Start, qtbot: QtBot
) -> None:
    page = start()
    bus = next(row for row in club.read(queries.vehicles) if row.name == "The blue bus")
    page.open_item(("vehicle", bus.id))
    qtbot.waitUntil(lambda: page.panel.shown)
    qtbot.waitUntil(lambda: shows(page.panel, "The blue bus (minibus) added"))  # its history
    qtbot.keyClicks(find(page.panel, QLineEdit, "Off the road because"), "Flat tyre")

    def meanwhile(uow: UnitOfWork) -> None:
        from models.transport import service

        service.edit_vehicle(uow, bus.id, None, {"boosters": 5})

    put(club, meanwhile)
    press(qtbot, page.panel, "Save")
    qtbot.waitUntil(lambda: shows(page.panel, "changed"))
    assert find(page.panel, QLineEdit, "Off the road because").text() == "Flat tyre"
    with qtbot.waitSignal(page.said):
        press(qtbot, page.panel, "Save")
    assert club.read(lambda uow: queries.vehicle(uow, bus.id)).off_road == "Flat tyre"
    qtbot.waitUntil(lambda: shows(page, "Off the road: Flat tyre"))


def test_with_nothing_planned_the_screen_says_so_and_leads_on(club: Club, start: Start, qtbot: QtBot) -> None:
    page = start()
    assert shows(page, "No trip by minibus is coming up.")
    assert shows(page, "No vehicle is written down yet.")
    going: list[Any] = []
    page.go.connect(lambda place, item: going.append((place, item)))
    press(qtbot, page, "Plan one")
    assert going == [("programme", None)]
