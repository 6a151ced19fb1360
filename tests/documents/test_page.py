"""The print page, used as a person would: choose, look, save, hand out, take back."""

import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel, QPushButton, QRadioButton
from pytestqt.qtbot import QtBot

from desktop.documents.page import PrintPage
from desktop.jobs import Jobs
from desktop.widgets import theme
from desktop.widgets.preview import one_sided_printer
from models.bootstrap import Club, UnitOfWork
from models.consents import queries as consents
from models.consents.rules import ConsentKind, ConsentState
from models.documents import queries, service
from models.programme import queries as programme
from models.programme.rules import ActivityKind, ChoreKind
from models.registers import queries as registers
from tests import clubs
from tests.documents import paper


class Place:
    """A club on Saturday and a trip on the 22nd, with three children at each, two of them in one family."""

    def __init__(self, uow: UnitOfWork) -> None:
        lead = clubs.an_adult(uow, "Denise Achebe")
        home = clubs.a_family(uow)
        self.children = [
            clubs.a_child(uow, "Niamh", "Walker", home),
            clubs.a_child(uow, "Ada", "Walker", home),
            clubs.a_child(uow, "Emre", "Yılmaz"),
        ]
        self.club_day = clubs.an_activity(uow, lead_id=lead)
        self.trip = clubs.an_activity(uow, "Pantomime", date(2026, 12, 22), kind=ActivityKind.TRIP, lead_id=lead)
        for activity in (self.club_day, self.trip):
            for child in self.children:
                clubs.a_booking(uow, activity, child)


class Desk:
    """The page on a screen, with the club behind it."""

    def __init__(self, qtbot: QtBot, club: Club, jobs: Jobs) -> None:
        self.qtbot, self.club, self.jobs = qtbot, club, jobs
        self.page = PrintPage(jobs, club.clock)
        self.said: list[tuple[str, bool]] = []
        self.page.said.connect(lambda words, undo: self.said.append((words, undo)))
        self.page.failed.connect(lambda error: self.said.append((repr(error), False)))
        jobs.changed.connect(self.page.areas_changed)
        qtbot.addWidget(self.page)
        self.page.resize(1146, 740)
        self.page.show()
        self.rest()

    def rest(self) -> None:
        """Until nothing is being done, nor was begun by what was done."""
        for _round in range(3):
            idle: list[None] = []
            self.jobs.query(lambda _uow: None, idle.append, lane="slow")
            self.jobs.query(lambda _uow: None, idle.append)
            self.jobs.change(lambda _uow: None, "Nothing", idle.append)
            self.qtbot.waitUntil(lambda idle=idle: len(idle) == 3, timeout=20_000)

    def open(self, what: str, item: Any) -> None:
        self.page.open_item((what, item))
        self.qtbot.waitUntil(lambda: self.pages() > 0, timeout=20_000)
        self.rest()

    def pages(self) -> int:
        return self.page.preview.page_count() if self.page.preview.isVisible() else 0

    def press(self, name: str) -> None:
        self.qtbot.mouseClick(self.button(name), Qt.MouseButton.LeftButton)
        self.rest()

    def button(self, name: str) -> QPushButton:
        (found,) = [one for one in self.page.findChildren(QPushButton) if self._is(one, name)]
        return found

    def choose(self, name: str) -> None:
        (found,) = [one for one in self.page.findChildren(QRadioButton) if one.accessibleName() == name]
        self.qtbot.mouseClick(found, Qt.MouseButton.LeftButton, pos=found.rect().center() - found.rect().center() / 2)
        self.rest()

    def sees(self, words: str) -> bool:
        return any(words in one.text() for one in self.page.findChildren(QLabel) if one.isVisible())

    def _is(self, one: QPushButton, name: str) -> bool:
        return one.accessibleName() == name and one.isVisible()


@pytest.fixture
def club(tmp_path: Path) -> Iterator[Club]:
    made = clubs.new_club(tmp_path)
    yield made
    made.close()


@pytest.fixture
def known(club: Club) -> Place:
    return clubs.put(club, Place)


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, club: Club, known: Place) -> Iterator[Desk]:
    if qapp.property("worn") != "light":
        theme.apply(qapp, dark=False)
        qapp.setProperty("worn", "light")
    jobs = Jobs(club, club.clock)
    made = Desk(qtbot, club, jobs)
    yield made
    made.page.preview.forget()
    jobs.shutdown()


def saved(desk: Desk, monkeypatch: pytest.MonkeyPatch, file: Path) -> str:
    """Presses Save as… and answers with the file; what it says."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(file), ""))
    desk.press("Save as…")
    return " ".join(" ".join(paper.read(file.read_bytes())).split())


def test_pages_are_shown_and_saved_and_nothing_else_is_left(
    desk: Desk, known: Place, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = set(Path(tempfile.gettempdir()).rglob("*.pdf")) | set(tmp_path.iterdir())
    desk.open("consent-pack", known.trip)
    assert desk.pages() == len(paper.read(desk.page._made.pdf)) >= 9
    file = tmp_path / "forms.pdf"
    said = saved(desk, monkeypatch, file)
    for name in ("Niamh Walker", "Ada Walker", "Emre Yılmaz"):
        assert name in said
    after = set(Path(tempfile.gettempdir()).rglob("*.pdf")) | set(tmp_path.iterdir())
    assert after - before == {file}


def test_families_are_noted_as_asked_when_the_forms_go_out(
    desk: Desk, known: Place, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    desk.open("consent-pack", known.trip)
    assert _trip_consent(desk.club, known.children[0]) is None
    saved(desk, monkeypatch, tmp_path / "forms.pdf")
    assert _trip_consent(desk.club, known.children[0]) is ConsentState.ASKED
    assert desk.said == [("Saved as forms.pdf. 3 forms noted as asked for today.", True)]


def test_families_are_not_noted_when_that_is_not_wanted(
    desk: Desk, known: Place, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    desk.open("consent-pack", known.trip)
    tick = desk.page.chooser.asked.box
    desk.qtbot.keyClick(tick, Qt.Key.Key_Space)
    saved(desk, monkeypatch, tmp_path / "forms.pdf")
    assert _trip_consent(desk.club, known.children[0]) is None
    assert desk.said == [("Saved as forms.pdf.", False)]


def _trip_consent(club: Club, child_id: UUID) -> ConsentState | None:
    row = club.read(lambda uow: consents.consent(uow, child_id, ConsentKind.TRIP))
    return row.state if row else None


def test_a_register_is_numbered_and_says_so(
    desk: Desk, known: Place, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    desk.open("register", known.club_day)
    (sheet,) = desk.club.read(lambda uow: registers.sheets(uow, known.club_day))
    assert sheet.number == 1
    assert "5 Dec 2026, number 1" in saved(desk, monkeypatch, tmp_path / "register.pdf")
    done = desk.club.read(lambda uow: programme.chores(uow, [known.club_day]))
    assert [chore.kind for chore in done] == [ChoreKind.PRINTED]
    assert not desk.sees("has changed")  # that the printing is done is nothing on the pages
    desk.press("Show the pages")
    assert len(desk.club.read(lambda uow: registers.sheets(uow, known.club_day))) == 1


def test_copies_of_a_trip_pack_go_out_come_back_and_are_shredded(desk: Desk, known: Place) -> None:
    desk.open("trip-pack", known.trip)
    assert desk.page.chooser.holders.value() == "Denise Achebe\nBase"
    desk.press("Hand out 2 copies")
    assert desk.sees("Copy 1 · Denise Achebe")
    assert desk.sees("Out since Thu 3 Dec 09:30")
    desk.press("Copy 1 is back")
    assert desk.sees("Back Thu 3 Dec 09:30")
    desk.press("Copy 2 is shredded")
    desk.press("Copy 1 is shredded")
    copies = desk.club.read(lambda uow: queries.copies(uow, known.trip))
    assert [(one.number, one.back_at is not None, one.shredded_at is not None) for one in copies] == [
        (1, True, True),
        (2, False, True),
    ]
    assert desk.said[-1] == ("Copy 1 is shredded.", True)


def test_more_names_make_more_copies(desk: Desk, known: Place) -> None:
    desk.open("trip-pack", known.trip)
    two = desk.pages()
    box = desk.page.chooser.holders.box
    box.selectAll()
    desk.qtbot.keyClicks(box, "Denise Achebe")
    desk.press("Show the pages")
    assert 0 < desk.pages() < two
    assert desk.sees("Just made: for Denise Achebe.")


def test_one_family_is_found_by_a_childs_name(desk: Desk, known: Place) -> None:
    desk.choose("Consent pack")
    desk.page.chooser.whom.box.setCurrentText("One family")
    desk.press("Show the pages")
    assert desk.page.chooser.child.error() == "Type the child’s name."
    desk.page.chooser.child.line.clear()
    desk.qtbot.keyClicks(desk.page.chooser.child.line, "Niamh Walker")
    desk.press("Show the pages")
    assert desk.pages() > 0
    assert desk.page._made.sheets == 2  # the brother or sister at home too


def test_chosen_children_and_all_that_is_missing(desk: Desk, known: Place) -> None:
    desk.open("consent-pack", [known.children[2]])
    assert desk.page._made.sheets == 1
    assert desk.page.chooser.whom.box.currentText() == "The 1 child you chose"
    desk.page.open_item(("consent-pack", known.trip, [known.children[2]]))
    desk.rest()
    assert desk.page._made.sheets == 1
    assert "Pantomime" in desk.page._made.title  # the form of that trip, not of the next there is a place at
    assert desk.page.chooser.whom.box.currentText() == "The 1 child you chose, for Pantomime"
    desk.page.open_item(("consent-pack", None))
    desk.rest()
    assert desk.page._made.sheets == 3


def test_what_cannot_be_made_is_said_in_words(desk: Desk, known: Place) -> None:
    desk.choose("Bus list")
    desk.press("Show the pages")
    assert desk.sees("No journey is planned for Pantomime.")
    assert desk.button("Show the pages").isEnabled()
    assert desk.said == []


def test_pages_made_before_a_change_are_said_to_be_old(desk: Desk, known: Place) -> None:
    desk.open("contacts", known.club_day)
    before = desk.page._made
    desk.jobs.change(lambda uow: clubs.a_child(uow, "Zoë", "Late"), "A child")
    desk.rest()
    desk.press("Make them again")
    assert desk.page._made is not before
    assert not desk.sees("has changed")


def test_with_little_room_the_pages_stand_alone_with_a_way_back(desk: Desk, known: Place) -> None:
    desk.page.resize(820, 700)
    desk.open("contacts", known.club_day)
    assert not desk.page.chooser.isVisible()
    desk.press("Back")
    assert desk.page.chooser.isVisible()
    desk.page.resize(1200, 700)
    assert desk.page.chooser.isVisible()


def test_an_empty_club_says_why_there_is_nothing(qtbot: QtBot, club: Club) -> None:
    jobs = Jobs(club, club.clock)
    desk = Desk(qtbot, club, jobs)
    gone: list[tuple[str, object]] = []
    desk.page.go.connect(lambda place, item: gone.append((place, item)))
    desk.press("Bring in your spreadsheets")
    assert gone == [("import", None)]
    jobs.shutdown()


def test_making_can_be_stopped(desk: Desk, known: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(_uow: UnitOfWork, *_args: Any, step: service.Step, **_more: Any) -> None:
        while True:
            step(1, 2, "Making form 2 of 2")

    monkeypatch.setattr(service, "make", endless)
    desk.page.open_item(("consent-pack", known.trip))
    desk.qtbot.waitUntil(lambda: not desk.page.chooser.make_button.isEnabled())
    desk.page.progress.show()  # it comes by itself after a second
    desk.qtbot.mouseClick(desk.button("Cancel"), Qt.MouseButton.LeftButton)
    desk.rest()
    assert desk.sees("was stopped")
    assert desk.pages() == 0
    assert desk.button("Show the pages").isEnabled()


def test_printers_are_asked_for_one_side(qapp: QApplication) -> None:
    assert one_sided_printer().duplex() == QPrinter.DuplexMode.DuplexNone


def test_every_control_has_a_name(desk: Desk, known: Place) -> None:
    desk.open("trip-pack", known.trip)
    shown = [one for one in desk.page.findChildren(QAbstractButton) if one.isVisible()]
    assert len(shown) > 10
    assert all(one.accessibleName() for one in shown)
