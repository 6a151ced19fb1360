"""The consents screen as a person uses it: counting, keying a form, opening a square, by mouse and by keys."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.consents.page import ConsentsPage
from desktop.consents.reading import FORM
from desktop.jobs import Jobs
from desktop.widgets import theme
from models.bootstrap import Club, UnitOfWork
from models.consents import queries
from models.consents.queries import ConsentRow
from models.consents.rules import Authority, ConsentKind, ConsentState, Method
from models.programme.rules import ActivityKind
from tests.clubs import (
    a_booking,
    a_child,
    a_consent,
    a_contact,
    a_family,
    an_activity,
    new_club,
    put,
)

W = TypeVar("W", bound=QWidget)
TRIP = ConsentKind.TRIP
OLD = date(2025, 7, 19)
RECENT = date(2026, 9, 1)


@pytest.fixture
def club(tmp_path: Path, qapp: QApplication) -> Iterator[Club]:
    theme.apply(qapp, dark=False)
    club = new_club(tmp_path)
    yield club
    club.close()


@pytest.fixture
def people(club: Club) -> dict[str, UUID]:
    """Four children on the Pantomime trip: one complete, one too old, one never asked, one withdrawn; Wren is not."""

    def fill(uow: UnitOfWork) -> dict[str, UUID]:
        trip = an_activity(uow, "Pantomime", date(2026, 12, 22), kind=ActivityKind.TRIP, by_minibus=True)
        an_activity(uow, "December club")
        found = {"trip": trip}
        for first, last in (("Amara", "Barre"), ("Jude", "Asante"), ("Niamh", "Osei"), ("Théo", "Osei")):
            family = a_family(uow)
            a_contact(uow, family, f"Leyla {last}")
            a_contact(
                uow, family, f"Gran {last}", relationship="Grandmother", parental_responsibility=False, call_order=2
            )
            found[first] = a_child(uow, first, last, family)
            a_booking(uow, trip, found[first])
        found["Wren"] = a_child(uow, "Wren", "Zołnierz")
        for first in ("Amara", "Jude", "Niamh", "Théo"):
            a_consent(uow, found[first], ConsentKind.SAFEGUARDING, state=ConsentState.GRANTED)
        a_consent(uow, found["Amara"], state=ConsentState.GRANTED, signed_on=RECENT)
        a_consent(uow, found["Jude"], state=ConsentState.GRANTED, signed_on=OLD)
        a_consent(uow, found["Théo"], state=ConsentState.WITHDRAWN, ended_on=date(2026, 11, 30))
        return found

    return put(club, fill)


@pytest.fixture
def page(club: Club, people: dict[str, UUID], qtbot: QtBot) -> Iterator[ConsentsPage]:
    jobs = Jobs(club, club.clock)
    made = ConsentsPage(jobs, club.clock)
    jobs.changed.connect(made.areas_changed)
    qtbot.addWidget(made)
    made.resize(1150, 768)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.open_item(people["trip"])
    qtbot.waitUntil(lambda: chip(made, "All 4") is not None)
    yield made
    jobs.shutdown()


def find(page: QWidget, kind: type[W], name: str) -> W:
    """The shown control of that name, as a screen reader finds it."""
    QApplication.processEvents()  # what was just opened is shown a turn later
    return next(one for one in page.findChildren(kind) if one.accessibleName() == name and one.isVisible())


def chip(page: QWidget, words: str) -> QPushButton | None:
    return next((one for one in page.findChildren(QPushButton) if one.text() == words), None)


def press(qtbot: QtBot, page: QWidget, name: str) -> None:
    QApplication.processEvents()
    shown = [one for one in page.findChildren(QPushButton) if one.isVisible()]
    qtbot.mouseClick(next(one for one in shown if one.accessibleName() == name), Qt.MouseButton.LeftButton)


def names(page: ConsentsPage) -> list[str]:
    model = page.matrix.model
    return [str(model.index(line, 0).data()) for line in range(model.rowCount())]


def words_of(page: ConsentsPage, line: int, kind: ConsentKind) -> str:
    return str(page.matrix.model.index(line, 1 + FORM.index(kind)).data(Qt.ItemDataRole.AccessibleTextRole))


def click_square(qtbot: QtBot, page: ConsentsPage, name: str, kind: ConsentKind = TRIP) -> None:
    view = page.matrix.view
    index = page.matrix.model.index(names(page).index(name), 1 + FORM.index(kind))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())
    qtbot.waitUntil(lambda: page.panel.shown and page.panel.accessibleName().startswith(f"{name}: "))


def choose(page: QWidget, name: str, words: str) -> None:
    box = find(page, QComboBox, name)
    box.setCurrentIndex(box.findText(words))
    assert box.currentText() == words


def said(club: Club, child: UUID, kind: ConsentKind = TRIP) -> ConsentRow:
    row = club.read(lambda uow: queries.consent(uow, child, kind))
    assert row is not None
    return row


def panel_says(page: ConsentsPage, words: str) -> bool:
    return any(words in one.text() for one in page.panel.findChildren(QLabel) if one.isVisible())


def test_a_trip_counts_who_blocks_who_is_to_check_and_who_is_complete(page: ConsentsPage, qtbot: QtBot) -> None:
    assert names(page) == ["Jude Asante", "Amara Barre", "Niamh Osei", "Théo Osei"]
    assert None not in (chip(page, "2 block a place"), chip(page, "1 to check"), chip(page, "1 complete"))
    press(qtbot, page, "2 block a place")
    assert names(page) == ["Niamh Osei", "Théo Osei"]
    press(qtbot, page, "1 to check")
    assert names(page) == ["Jude Asante"]
    assert "Older than 12\u00a0months" in words_of(page, 0, TRIP)
    press(qtbot, page, "All 4")
    assert len(names(page)) == 4


def test_every_active_child_can_be_looked_at(page: ConsentsPage, qtbot: QtBot) -> None:
    box = find(page, QComboBox, "Consents for")
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: chip(page, "All 5") is not None)
    assert "Wren Zołnierz" in names(page)
    assert chip(page, "3 could not go on a trip")


def test_what_is_missing_goes_to_the_printer(page: ConsentsPage, people: dict[str, UUID], qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.go) as going:
        press(qtbot, page, "Print what is missing (3)")
    place, (what, activity_id, children) = going.args
    assert (place, what) == ("print", "consent-pack")
    assert activity_id == page._activity_id
    assert set(children) == {people["Jude"], people["Niamh"], people["Théo"]}


def test_a_returned_form_is_one_change(page: ConsentsPage, club: Club, people: dict[str, UUID], qtbot: QtBot) -> None:
    press(qtbot, page, "Enter a returned form")
    qtbot.waitUntil(lambda: page.panel.shown)
    child = find(page.panel, QLineEdit, "Child")
    qtbot.keyClicks(child, "niam")
    popup = child.completer().popup()
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: find(page.panel, QComboBox, "Who signed").findText("Leyla Osei, mother") >= 0)
    choose(page.panel, "Trips and minibus", "Yes")
    choose(page.panel, "Photos", "No")
    choose(page.panel, "How it came", "By email")
    day = find(page.panel, QLineEdit, "Date on the form")
    day.clear()
    qtbot.keyClicks(day, "1/12/2026")
    qtbot.keyClicks(find(page.panel, QPlainTextEdit, "Conditions"), "Not on the motorway")
    with qtbot.waitSignal(page.said) as told:
        day.setFocus()
        qtbot.keyClick(day, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert told.args == ["Entered the form of Niamh Osei.", True]
    trip, photos = said(club, people["Niamh"]), said(club, people["Niamh"], ConsentKind.PHOTOS)
    assert (trip.state, trip.signatory, trip.signed_on) == (ConsentState.GRANTED, "Leyla Osei", date(2026, 12, 1))
    assert (trip.authority, trip.method) == (Authority.PARENTAL_RESPONSIBILITY, Method.EMAIL)
    assert trip.conditions == "Not on the motorway"
    assert (photos.state, photos.ended_on) == (ConsentState.REFUSED, date(2026, 12, 1))
    qtbot.waitUntil(lambda: chip(page, "2 complete") is not None)
    assert not page.panel.shown


def test_a_form_with_no_answer_or_no_child_is_pointed_out(page: ConsentsPage, qtbot: QtBot) -> None:
    qtbot.keyClick(page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.panel.shown)
    press(qtbot, page.panel, "Save the form")
    assert panel_says(page, "Choose the child the form is about.")
    qtbot.keyClicks(find(page.panel, QLineEdit, "Child"), "Niamh Osei")
    qtbot.waitUntil(lambda: find(page.panel, QComboBox, "Who signed").findText("Leyla Osei, mother") >= 0)
    press(qtbot, page.panel, "Save the form")
    qtbot.waitUntil(lambda: panel_says(page, "No answer is chosen yet."))


def test_somebody_without_the_right_to_sign_warns_and_stops_nobody(
    page: ConsentsPage, club: Club, people: dict[str, UUID], qtbot: QtBot
) -> None:
    click_square(qtbot, page, "Niamh Osei")
    press(qtbot, page.panel, "Yes…")
    choose(page.panel, "Who signed", "Gran Osei, grandmother")
    assert panel_says(page, "It is not known whether the signatory has parental responsibility.")
    with qtbot.waitSignal(page.said):
        press(qtbot, page.panel, "Save")
    assert said(club, people["Niamh"]).authority is Authority.NOT_KNOWN


def test_a_no_is_kept_and_blocks(page: ConsentsPage, club: Club, people: dict[str, UUID], qtbot: QtBot) -> None:
    click_square(qtbot, page, "Amara Barre")
    press(qtbot, page.panel, "No…")
    qtbot.keyClicks(find(page.panel, QPlainTextEdit, "Note"), "Too far for her")
    with qtbot.waitSignal(page.said):
        press(qtbot, page.panel, "Save")
    row = said(club, people["Amara"])
    assert (row.state, row.note, row.ended_on) == (ConsentState.REFUSED, "Too far for her", date(2026, 12, 3))
    qtbot.waitUntil(lambda: chip(page, "3 block a place") is not None)
    qtbot.waitUntil(lambda: panel_says(page, "Trip consent was refused on 3 Dec 2026."))


def test_a_yes_is_withdrawn_from_a_day_to_come(
    page: ConsentsPage, club: Club, people: dict[str, UUID], qtbot: QtBot
) -> None:
    click_square(qtbot, page, "Amara Barre")
    press(qtbot, page.panel, "Withdrawn…")
    day = find(page.panel, QLineEdit, "From")
    day.clear()
    qtbot.keyClicks(day, "10/12/2026")
    with qtbot.waitSignal(page.said):
        press(qtbot, page.panel, "Save")
    assert said(club, people["Amara"]).state is ConsentState.WITHDRAWN
    qtbot.waitUntil(lambda: chip(page, "3 block a place") is not None)


def test_a_call_that_it_still_stands_clears_the_amber_by_keys_alone(
    page: ConsentsPage, club: Club, people: dict[str, UUID], qtbot: QtBot
) -> None:
    view = page.matrix.view
    view.setFocus(Qt.FocusReason.TabFocusReason)
    for _step in range(1 + FORM.index(TRIP)):
        qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.panel.accessibleName() == "Jude Asante: trips and minibus")
    press(qtbot, page.panel, "Still stands: by phone…")
    press(qtbot, page.panel, "Save")
    qtbot.waitUntil(lambda: panel_says(page, "The note of the call is missing."))
    note = find(page.panel, QLineEdit, "Note of the call")
    qtbot.keyClicks(note, "Leyla said so to Denise")
    with qtbot.waitSignal(page.said):
        qtbot.keyClick(note, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert said(club, people["Jude"]).reconfirmed_note == "Leyla said so to Denise"
    qtbot.waitUntil(lambda: chip(page, "0 to check") is not None and chip(page, "2 complete") is not None)
    assert words_of(page, 0, TRIP).endswith("Yes, 3\u00a0Dec\u00a02026, by phone")
    qtbot.waitUntil(lambda: panel_says(page, "Noted that it still stands for Jude Asante"))
    qtbot.keyClick(page.panel, Qt.Key.Key_Escape)
    assert view.hasFocus()


def test_several_children_are_noted_as_asked(
    page: ConsentsPage, club: Club, people: dict[str, UUID], qtbot: QtBot
) -> None:
    view = page.matrix.view
    view.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Space)
    corner = view.visualRect(page.matrix.model.index(0, 0)).topLeft()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=corner + QPoint(20, 20))
    assert panel_words(page) == ["2 children ticked"]
    with qtbot.waitSignal(page.said) as told:
        press(qtbot, page, "Note as asked today")
    assert told.args[0] == "Noted as asked today: 2 children."
    assert said(club, people["Niamh"]).state is ConsentState.ASKED
    assert said(club, people["Jude"]).asked_on == date(2026, 12, 3)
    assert panel_words(page) == []


def panel_words(page: ConsentsPage) -> list[str]:
    return [one.text() for one in page.findChildren(QLabel) if one.isVisible() and one.text().endswith("ticked")]


def test_a_form_opened_before_somebody_else_wrote_keeps_what_was_typed(
    page: ConsentsPage, club: Club, people: dict[str, UUID], qtbot: QtBot
) -> None:
    click_square(qtbot, page, "Amara Barre")
    press(qtbot, page.panel, "No…")
    qtbot.keyClicks(find(page.panel, QPlainTextEdit, "Note"), "She rang")

    def meanwhile(uow: UnitOfWork) -> None:
        from models.consents import service

        service.reconfirm_by_phone(uow, people["Amara"], TRIP, None, "Denise heard it")

    put(club, meanwhile)
    press(qtbot, page.panel, "Save")
    qtbot.waitUntil(lambda: panel_says(page, "This consent was changed while you had it open."))
    assert find(page.panel, QPlainTextEdit, "Note").toPlainText() == "She rang"
    with qtbot.waitSignal(page.said):
        press(qtbot, page.panel, "Save")
    assert said(club, people["Amara"]).note == "She rang"


def test_a_mistake_is_put_right_or_cleared(
    page: ConsentsPage, club: Club, people: dict[str, UUID], qtbot: QtBot
) -> None:
    click_square(qtbot, page, "Amara Barre")
    press(qtbot, page.panel, "Put right a mistake…")
    name = find(page.panel, QLineEdit, "Name of who signed")
    name.clear()
    qtbot.keyClicks(name, "Leila Barre")
    with qtbot.waitSignal(page.said):
        press(qtbot, page.panel, "Save")
    assert said(club, people["Amara"]).signatory == "Leila Barre"
    qtbot.waitUntil(lambda: panel_says(page, "Leila Barre, mother"))
    with qtbot.waitSignal(page.said):
        press(qtbot, page.panel, "Clear, a mistake")
    assert club.read(lambda uow: queries.consent(uow, people["Amara"], TRIP)) is None
    qtbot.waitUntil(lambda: panel_says(page, "Trip consent has not been asked for."))


def test_a_trip_nobody_is_booked_on_says_so_and_leads_on(page: ConsentsPage, club: Club, qtbot: QtBot) -> None:
    empty = put(club, lambda uow: an_activity(uow, "Farm", date(2026, 12, 29), kind=ActivityKind.TRIP))
    page.open_item(empty)
    qtbot.waitUntil(lambda: page.matrix.face.isVisible())
    assert page.matrix.face.words() == "No child has a place on Farm yet."
    going: list[Any] = []
    page.go.connect(lambda place, item: going.append((place, item)))
    press(qtbot, page, "Open it")
    assert going == [("programme", empty)]


def test_names_stay_in_sight_when_there_is_room_for_few_columns(page: ConsentsPage, qtbot: QtBot) -> None:
    view = page.matrix.view
    names_kept = find_any(page, "Children")
    assert not names_kept.isVisible()
    page.resize(700, 600)
    view.setFocus(Qt.FocusReason.TabFocusReason)
    for _step in range(len(FORM) + 1):
        qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.waitUntil(names_kept.isVisible)
    qtbot.mouseClick(names_kept.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    assert panel_words(page) == ["1 child ticked"]
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert not names_kept.isVisible()


def find_any(page: QWidget, name: str) -> QTableView:
    """A list of that name, shown or not."""
    return next(one for one in page.findChildren(QTableView) if one.accessibleName() == name)
