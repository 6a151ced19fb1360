"""Page, readiness lines, sidebar and search."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.widgets.card import Card
from desktop.widgets.faces import Face
from desktop.widgets.initials import Initials
from desktop.widgets.page import Page
from desktop.widgets.readiness_lines import ReadinessLines, ReadinessRow
from desktop.widgets.search_box import Deliver, Hit, SearchBox
from desktop.widgets.sidebar import Sidebar
from desktop.widgets.state import State
from desktop.widgets.text import button, label
from models.kernel.errors import NotFound


class Children(Page):
    areas = frozenset({"people"})

    def __init__(self) -> None:
        super().__init__("Children")
        self.refreshed = 0

    def refresh(self) -> None:
        self.refreshed += 1


@pytest.fixture
def page(qtbot: QtBot) -> Children:
    made = Children()
    qtbot.addWidget(made)
    made.resize(1150, 700)
    return made


def test_a_page_refreshes_when_first_shown_and_when_its_area_changes(page: Children) -> None:
    assert page.refreshed == 0
    page.show()
    assert page.refreshed == 1
    page.areas_changed(frozenset({"transport"}))
    assert page.refreshed == 1
    page.areas_changed(frozenset({"people", "transport"}))
    assert page.refreshed == 2


def test_a_hidden_page_waits_until_it_is_shown(page: Children) -> None:
    page.show()
    page.hide()
    page.areas_changed(frozenset({"people"}))
    page.areas_changed(frozenset({"people"}))
    assert page.refreshed == 1
    page.show()
    assert page.refreshed == 2
    page.hide()
    page.show()
    assert page.refreshed == 2


def test_the_faces_of_a_page(qtbot: QtBot, page: Children) -> None:
    body = label("Rows")
    page.body.addWidget(body)
    page.show()
    assert body.isVisible()
    page.show_loading()
    assert not body.isVisible()
    page.show_empty("No child is here yet.", "Add a child")
    assert page.findChild(Face).words() == "No child is here yet."
    with qtbot.assertNotEmitted(page.failed):
        page.show_error(NotFound("This child is not here any more."))
    assert page.findChild(Face).words() == "This child is not here any more."
    with qtbot.waitSignal(page.failed):
        page.show_error(OSError())
    page.findChild(Face).findChild(QPushButton).click()
    assert page.refreshed == 2
    page.show_content()
    assert body.isVisible()


def test_title_actions_and_search_stand_on_one_line(page: Children) -> None:
    box = SearchBox(lambda text, deliver: None)
    action = button("Add a child", kind="primary")
    page.add_action(action)
    page.take_search(box)
    page.set_title("Children", "27 in all")
    page.show()
    assert page.title() == "Children"
    assert action.geometry().right() < box.geometry().left()
    page.clear_actions()
    assert not action.isVisible()


def test_a_card_heading_takes_two_lines_when_it_must(qtbot: QtBot) -> None:
    card = Card("Saturday club at All Saints Community Centre, New Cross · 5 December, 10:00–14:00")
    card.add_action(button("Print consent pack"))
    qtbot.addWidget(card)
    card.resize(480, 200)
    card.show()
    heading = card.findChild(QLabel)
    assert heading.height() > 1.5 * heading.fontMetrics().height()
    card.resize(1100, 200)
    assert heading.width() >= heading.fontMetrics().horizontalAdvance(heading.text())


def test_a_readiness_line_offers_one_fix(qtbot: QtBot) -> None:
    lines = ReadinessLines()
    qtbot.addWidget(lines)
    lines.resize(900, 200)
    lines.activateWindow()
    with qtbot.waitExposed(lines):
        lines.show()
    bad = ReadinessRow(State.BAD, "Ratio 1:4", "13 children need 4 adults.", "Ask Pauline", "ratio")
    lines.set_rows([bad, ReadinessRow(State.OK, "Medical", "All checked.")])
    with qtbot.waitSignal(lines.fix) as fixed:
        lines.button_of("ratio").click()
    assert fixed.args == ["ratio"]
    assert lines.button_of("ratio").accessibleName() == "Ratio 1:4: Ask Pauline"
    assert "Ratio 1:4, to fix" in {each.accessibleName() for each in lines.findChildren(QLabel)}
    lines.button_of("ratio").setFocus()
    assert lines.button_of("ratio").hasFocus()
    lines.set_rows([bad])
    assert lines.button_of("ratio").hasFocus()
    assert lines.rows() == (bad,)


def test_the_sidebar_says_where_we_are(qtbot: QtBot) -> None:
    side = Sidebar("Lewisham young carers")
    qtbot.addWidget(side)
    side.add_place("today", "weather-sunny", "Today")
    side.add_place("team", "account-group-outline", "Team")
    side.set_saved("Saved 10:42 · backed up 09:00")
    side.show()
    with qtbot.assertNotEmitted(side.chosen):
        side.set_current("today")
    with qtbot.waitSignal(side.chosen) as chosen:
        side.button_of("team").click()
    assert chosen.args == ["team"]
    assert side.current() == "team"
    assert side.button_of("team").accessibleDescription() == "You are here"
    assert side.button_of("today").accessibleDescription() == ""


HITS = (
    Hit("Children", "Niamh Osei", "9, New Cross", "account-child-outline", ("child", 1)),
    Hit("Children", "Nia Lee", "11, Deptford", "account-child-outline", ("child", 2)),
    Hit("Activities", "Night walk", "Tue 22 Dec", "calendar-month-outline", ("activity", 3)),
)


class Looker:
    """Answers when told to, as a reader thread would."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Deliver]] = []

    def __call__(self, text: str, deliver: Deliver) -> None:
        self.asked.append((text, deliver))


@pytest.fixture
def looker() -> Looker:
    return Looker()


@pytest.fixture
def box(qtbot: QtBot, looker: Looker) -> SearchBox:
    window = QWidget()
    qtbot.addWidget(window)
    made = SearchBox(looker)
    QVBoxLayout(window).addWidget(made)
    window.resize(900, 600)
    with qtbot.waitExposed(window):
        window.show()
    made.window_kept = window
    made.start()
    return made


def test_down_and_enter_take_an_answer_past_the_headings(qtbot: QtBot, box: SearchBox, looker: Looker) -> None:
    qtbot.keyClicks(box, "ni")
    looker.asked[-1][1](HITS)
    assert box.hits() == list(HITS)
    qtbot.keyClick(box, Qt.Key.Key_Down)
    qtbot.keyClick(box, Qt.Key.Key_Down)
    with qtbot.waitSignal(box.chosen) as chosen:
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert chosen.args == [("activity", 3)]
    assert box.text() == ""


def test_an_answer_to_older_typing_is_dropped(qtbot: QtBot, box: SearchBox, looker: Looker) -> None:
    qtbot.keyClicks(box, "ni")
    assert [text for text, _deliver in looker.asked] == ["", "n", "ni"]  # it got ready when the keyboard came
    for _text, deliver in (looker.asked[2], looker.asked[0], looker.asked[1]):
        deliver(HITS[:1] if deliver is looker.asked[2][1] else HITS)
    assert box.hits() == [HITS[0]]


def test_nothing_found_is_said_and_esc_clears(qtbot: QtBot, box: SearchBox, looker: Looker) -> None:
    qtbot.keyClicks(box, "x")
    looker.asked[-1][1](())
    assert box.hits() == []
    with qtbot.assertNotEmitted(box.chosen):
        qtbot.keyClick(box, Qt.Key.Key_Return)
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert box.text() == ""


def test_initials(qtbot: QtBot) -> None:
    made = Initials("Niamh Osei")
    qtbot.addWidget(made)
    assert made.letters() == "NO"
    made.set_name("Zbigniew Świątek")
    assert made.letters() == "ZŚ"
