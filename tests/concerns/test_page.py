"""The Concerns screen: written down, put right and closed by mouse and by keys, and shown to leads alone."""

from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.concerns.form import ConcernForm
from desktop.concerns.page import ConcernsPage
from desktop.jobs import Jobs
from desktop.widgets import theme
from desktop.widgets.history_list import HistoryList
from models.access.rules import Permission
from models.concerns import queries, service
from models.concerns.rules import Facts
from models.history.queries import recent, what_changed
from tests.clubs import a_child, new_club, put
from tests.concerns.leads import LeadsClub

NOTICED = {"noticed_on": date(2026, 11, 28), "told_on": date(2026, 11, 29)}


class Screen:
    """The page and a safeguarding lead's hands."""

    def __init__(self, qtbot: QtBot, lead: LeadsClub) -> None:
        self.qtbot, self.lead = qtbot, lead
        self.jobs = Jobs(lead, lead.clock)
        self.page = ConcernsPage(self.jobs, lead.clock)
        self.jobs.changed.connect(self.page.areas_changed)
        self.said: list[str] = []
        self.page.said.connect(lambda words, _undo: self.said.append(words))
        self.page.resize(1150, 768)
        qtbot.addWidget(self.page)

    def show(self) -> None:
        self.page.show()
        self.qtbot.waitUntil(lambda: self.page.table.isVisible(), timeout=10_000)

    def click(self, name: str) -> None:
        found = [one for one in self.page.findChildren(QPushButton) if one.accessibleName() == name and one.isVisible()]
        self.qtbot.mouseClick(found[0], Qt.MouseButton.LeftButton)

    def form(self) -> ConcernForm:
        self.qtbot.waitUntil(lambda: isinstance(self.page.panel.content(), ConcernForm), timeout=10_000)
        made = self.page.panel.content()
        assert isinstance(made, ConcernForm)
        return made

    def type_in(self, name: str, words: str) -> None:
        control = self.form().field(name).control
        control.setFocus()
        self.qtbot.keyClick(control, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self.qtbot.keyClicks(control, words)

    def save(self) -> None:
        control = self.form().field("reference").control
        self.qtbot.keyClick(control, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    def kept(self) -> list[Facts]:
        return [row.facts for row in self.lead.read(queries.concerns) if row.facts]

    def words(self) -> str:
        return " ".join(one.text() for one in self.page.findChildren(QLabel) if one.isVisible())

    def cells(self) -> list[tuple[str, ...]]:
        columns = self.page.table.model.columns
        return [tuple(column.text(row) for column in columns) for row in self.page.table.rows()]


@pytest.fixture
def screen(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Screen]:
    if qapp.property("worn") != "light":
        theme.apply(qapp, dark=False)
        qapp.setProperty("worn", "light")
    made = Screen(qtbot, LeadsClub(new_club(tmp_path)))
    yield made
    made.jobs.shutdown()
    made.lead.club.close()


def child(screen: Screen, first: str = "Maryam", last: str = "Müller") -> UUID:
    return put(screen.lead.club, lambda uow: a_child(uow, first, last))


def written(screen: Screen, **values: object) -> UUID:
    return screen.lead.write(lambda uow: service.write_down(uow, NOTICED | values), "").value


def test_the_page_says_that_nothing_of_the_story_is_kept_here(screen: Screen) -> None:
    screen.show()
    assert "is not kept here, on purpose" in screen.words()
    assert "Only safeguarding leads can open this page" in screen.words()
    assert "No concern is written down." in screen.words()
    assert not screen.page.chips.isVisible()


def test_a_concern_is_written_down_by_mouse(screen: Screen) -> None:
    niamh = child(screen, "Niamh", "Osei")
    screen.show()
    screen.click("Write down a concern")
    screen.type_in("child_id", "Niamh Osei")
    screen.type_in("told_at", "9.15")
    screen.type_in("reference", "MASH 4471")
    screen.click("Write it down")
    screen.qtbot.waitUntil(lambda: len(screen.page.table.rows()) == 1, timeout=10_000)
    today = date(2026, 12, 3)
    assert screen.kept() == [Facts(niamh, today, today, time(9, 15), "MASH 4471", None)]
    assert screen.cells() == [("Niamh Osei", "3 Dec 2026", "3 Dec 2026, 09:15", "MASH 4471", "Open")]
    assert screen.said == ["Wrote down a concern."]
    assert not screen.page.panel.shown


def test_a_concern_is_written_down_put_right_and_left_by_keys(screen: Screen) -> None:
    screen.show()
    screen.qtbot.keyClick(screen.page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    screen.type_in("noticed_on", "01/12/2026")
    screen.save()
    screen.qtbot.waitUntil(lambda: len(screen.page.table.rows()) == 1, timeout=10_000)
    screen.page.table.select(screen.page.table.rows()[0].id)
    screen.qtbot.keyClick(screen.page.table.view, Qt.Key.Key_Return)
    screen.type_in("reference", "LADO 12")
    screen.save()
    screen.qtbot.waitUntil(lambda: screen.kept()[0].reference == "LADO 12", timeout=10_000)
    assert screen.kept()[0].noticed_on == date(2026, 12, 1)
    screen.qtbot.waitUntil(lambda: not screen.page.panel.shown, timeout=10_000)
    screen.qtbot.keyClick(screen.page.table.view, Qt.Key.Key_Return)
    screen.qtbot.keyClick(screen.form(), Qt.Key.Key_Escape)
    assert not screen.page.panel.shown


def test_one_is_closed_and_opened_again(screen: Screen) -> None:
    concern = written(screen, child_id=child(screen))
    screen.show()
    screen.page.open_item(concern)
    screen.form()
    screen.click("Close this concern")
    screen.qtbot.waitUntil(lambda: screen.cells()[0][-1] == "Closed", timeout=10_000)
    assert screen.said == ["Closed a concern."]
    assert screen.kept()[0].closed_on == date(2026, 12, 3)
    screen.page.open_item(concern)
    screen.form()
    screen.click("Open it again")
    screen.qtbot.waitUntil(lambda: screen.cells()[0][-1] == "Open", timeout=10_000)


def test_history_of_a_concern_says_who_did_what_and_when_and_never_what_is_sealed(screen: Screen) -> None:
    concern = written(screen, child_id=child(screen), reference="MASH 4471")
    screen.lead.write(lambda uow: service.edit(uow, concern, None, {"reference": "LADO 12"}), "")
    screen.lead.write(lambda uow: service.close(uow, concern, None, date(2026, 12, 2)), "")
    screen.show()
    screen.page.table.select(concern)
    screen.qtbot.keyClick(screen.page.table.view, Qt.Key.Key_Return)
    (past,) = screen.form().findChildren(HistoryList)
    screen.qtbot.waitUntil(lambda: len(past.rows()) == 3, timeout=10_000)
    assert [(row.what, row.lines) for row in past.rows()] == [
        ("Closed a concern", ()), ("Changed a concern", ()), ("Wrote down a concern", ("A concern added",)),
    ]  # fmt: skip
    assert all(row.when.endswith("Priya Shah") for row in past.rows())


def test_a_manager_reaches_no_history_of_a_concern(screen: Screen) -> None:
    concern = written(screen, child_id=child(screen))
    manager = screen.lead.club
    assert Permission.PEOPLE in manager.actor.permissions
    assert Permission.CONCERNS not in manager.actor.permissions
    assert manager.read(lambda uow: what_changed(uow, concern)) == ()
    assert screen.lead.read(lambda uow: what_changed(uow, concern)) != ()
    assert "concern" not in {row.kind for row in manager.read(lambda uow: recent(uow, 500))}


def test_open_and_closed_ones_can_be_told_apart(screen: Screen) -> None:
    written(screen)
    gone = written(screen, child_id=child(screen))
    screen.lead.write(lambda uow: service.close(uow, gone, None, date(2026, 12, 2)), "")
    screen.show()
    screen.click("Open, 1")
    assert [cells[0] for cells in screen.cells()] == ["Not about one child"]
    screen.click("Closed, 1")
    assert [cells[0] for cells in screen.cells()] == ["Maryam Müller"]
    screen.click("All, 2")
    assert len(screen.cells()) == 2


def test_a_day_that_cannot_be_is_said_at_its_field(screen: Screen) -> None:
    screen.show()
    screen.click("Write down a concern")
    screen.type_in("told_on", "01/12/2026")
    screen.save()
    told = screen.form().field("told_on")
    screen.qtbot.waitUntil(lambda: bool(told.error()), timeout=10_000)
    assert "cannot have been told before it was noticed" in told.error()
    assert screen.kept() == []


def test_a_concern_changed_meanwhile_is_told_and_what_was_typed_is_kept(screen: Screen) -> None:
    concern = written(screen)
    screen.show()
    screen.page.open_item(concern)
    screen.type_in("reference", "LADO 12")
    screen.lead.write(lambda uow: service.edit(uow, concern, None, {"noticed_on": date(2026, 11, 20)}), "")
    screen.save()
    screen.qtbot.waitUntil(lambda: "Somebody else changed this" in screen.form().banner.words(), timeout=10_000)
    screen.save()
    screen.qtbot.waitUntil(lambda: screen.kept()[0].reference == "LADO 12", timeout=10_000)
    assert screen.kept()[0].noticed_on == date(2026, 11, 20)


def test_a_lead_without_the_key_is_told_whom_to_ask(screen: Screen) -> None:
    screen.lead.key = None
    screen.page.show()
    screen.qtbot.waitUntil(lambda: "nobody has the key to them any more" in screen.words(), timeout=10_000)
    assert not screen.page.table.isVisible()


def test_a_long_name_and_many_rows_stand_whole(screen: Screen) -> None:
    long = child(screen, "Wilhelmina-Alexandrina Oluwafunmilayo", "Featherstonehaugh-Cholmondeley")
    for _ in range(60):
        written(screen, child_id=long, reference="x" * 60)
    screen.show()
    assert len(screen.cells()) == 60
    assert screen.cells()[0][0] == "Wilhelmina-Alexandrina Oluwafunmilayo Featherstonehaugh-Cholmondeley"
    assert screen.page.table.view.viewport().width() <= screen.page.width()
