"""Lists: sorting, finding, staying put, the four faces, and rows of real widgets."""

from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.widgets.card_list import CardList, PersonRow
from desktop.widgets.faces import Face
from desktop.widgets.list_model import Column, sort_words
from desktop.widgets.state import State, StateChip
from desktop.widgets.table import ListTable, shared_widths
from desktop.widgets.text import button


@dataclass(frozen=True)
class Row:
    key: int
    name: str
    hours: float | None = None


ROWS = (Row(1, "Zbigniew Świątek", 9), Row(2, "niamh Osei", 10), Row(3, "Åsa Lund", None), Row(4, "Łukasz Ek", 2))


@pytest.fixture
def table(qtbot: QtBot) -> ListTable[Row]:
    columns = [
        Column[Row]("Child", lambda row: row.name),
        Column[Row]("Hours", lambda row: f"{row.hours or ''}", sort=lambda row: row.hours, right=True),
        Column[Row]("Form", lambda row: "Signed", state=lambda row: State.OK),
    ]
    made = ListTable(columns, lambda row: row.key, name="Children", spoken=lambda row: f"{row.name}, due")
    qtbot.addWidget(made)
    made.resize(800, 500)
    made.set_rows(ROWS)
    made.show()
    return made


def names(table: ListTable[Row]) -> list[str]:
    return [row.name.split()[0] for row in table.rows()]


def test_the_model_keeps_qts_rules(table: ListTable[Row]) -> None:
    tester = QAbstractItemModelTester(table.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    table.sort_by("Hours")
    table.set_rows(ROWS[:2])
    table.set_rows([])
    assert tester.model() is table.model


def test_rows_stand_as_given_until_sorted(table: ListTable[Row]) -> None:
    assert names(table) == ["Zbigniew", "niamh", "Åsa", "Łukasz"]
    table.sort_by("Child")
    assert names(table) == ["Åsa", "Łukasz", "niamh", "Zbigniew"]


@pytest.mark.parametrize(
    ("descending", "wanted"),
    [(False, ["Łukasz", "Zbigniew", "niamh", "Åsa"]), (True, ["niamh", "Zbigniew", "Łukasz", "Åsa"])],
)
def test_numbers_sort_as_numbers_and_unknown_comes_last(
    table: ListTable[Row], descending: bool, wanted: list[str]
) -> None:
    table.sort_by("Hours", descending=descending)
    assert names(table) == wanted


def test_the_row_one_is_on_stays_through_sorting_and_refreshing(table: ListTable[Row]) -> None:
    table.select(2)
    table.sort_by("Child")
    assert table.current() == ROWS[1]
    fresh = replace(ROWS[1], hours=11)
    table.set_rows([ROWS[0], fresh])
    assert table.current() == fresh


def test_enter_opens_and_letters_find(qtbot: QtBot, table: ListTable[Row]) -> None:
    table.view.setFocus()
    qtbot.keyClicks(table.view, "ek")
    assert table.current() == ROWS[3]
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table.view, Qt.Key.Key_Return)
    assert opened.args == [ROWS[3]]


def test_by_keyboard_one_is_always_on_a_row(table: ListTable[Row]) -> None:
    table.view.clearFocus()
    table.set_rows([])
    table.set_rows(ROWS)
    assert table.current() is None
    table.view.setFocus()
    assert table.current() == ROWS[0]
    table.select(2)
    table.set_rows([ROWS[0], ROWS[2], ROWS[3]])
    assert table.current() == ROWS[2]


def test_a_screen_reader_hears_the_row_and_what_a_cell_is(table: ListTable[Row]) -> None:
    role = Qt.ItemDataRole.AccessibleTextRole
    assert table.model.index(0, 0).data(role) == "Zbigniew Świątek, due"
    assert table.model.index(0, 2).data(role) == "Form: Signed"
    assert table.model.index(2, 1).data(role) == "Hours: nothing"


def test_an_empty_list_says_why_and_what_to_do(qtbot: QtBot, table: ListTable[Row]) -> None:
    pressed: list[str] = []
    table.set_empty("No child is on this trip yet.", "Book a child", lambda: pressed.append("book"))
    table.set_rows([])
    face = table.findChild(Face)
    assert face.isVisible()
    assert face.words() == "No child is on this trip yet."
    face.findChild(QPushButton).click()
    assert pressed == ["book"]


def test_a_filter_that_leaves_nothing_offers_to_show_all(table: ListTable[Row]) -> None:
    table.set_filter(lambda row: False)
    table.findChild(Face).findChild(QPushButton).click()
    assert len(table.rows()) == 4


def test_five_hundred_rows(table: ListTable[Row]) -> None:
    table.set_rows([Row(at, f"Child {at:03}") for at in range(500)])
    table.sort_by("Child", descending=True)
    assert table.select(0)
    assert table.view.currentIndex().row() == 499
    assert table.view.rowHeight(0) == 50


def test_a_long_name_gives_way_before_short_words_do() -> None:
    assert shared_widths([480, 100, 100], [False] * 3, 400) == [200, 100, 100]
    assert shared_widths([100, 100], [False, True], 300) == [200, 100]
    assert sum(shared_widths([333, 77, 91], [False] * 3, 1000)) == 1000


def test_columns_fill_the_room_there_is(table: ListTable[Row]) -> None:
    widths = [table.view.columnWidth(at) for at in range(3)]
    assert sum(widths) == table.view.viewport().width()


def test_sorting_words_puts_accents_beside_their_letters() -> None:
    assert sorted(["Zoë", "Łukasz", "Luke", "świątek", "Sam"], key=sort_words)[1:3] == ["Luke", "Sam"]


@pytest.fixture
def cards(qtbot: QtBot) -> CardList[Row]:
    made: CardList[Row] = CardList("Children due")
    qtbot.addWidget(made)
    made.resize(800, 500)
    with qtbot.waitExposed(made):
        made.show()
    return made


def person(row: Row) -> QWidget:
    made = PersonRow(row.name)
    made.set_chips([StateChip(State.BAD, "EpiPen")])
    made.set_status("Due")
    made.set_actions([button("Sign in", big=True), button("More")])
    return made


def update(widget: PersonRow, row: Row) -> None:
    widget.set_status("In" if row.hours else "Due", "ok")


def fill(cards: CardList[Row], rows: tuple[Row, ...]) -> None:
    cards.set_rows(rows, key=lambda row: row.key, make=person, update=update)


def test_a_row_that_is_still_there_keeps_its_widget(cards: CardList[Row]) -> None:
    fill(cards, ROWS)
    kept = cards.widget_of(2)
    fill(cards, (ROWS[1], ROWS[3]))
    assert cards.widget_of(2) is kept
    assert isinstance(kept, PersonRow)
    assert kept.spoken == "niamh Osei, In"
    with pytest.raises(KeyError):
        cards.widget_of(1)


def test_up_and_down_go_to_the_same_button(qtbot: QtBot, cards: CardList[Row]) -> None:
    fill(cards, ROWS)
    cards.show_row(1)
    first, below = (cards.widget_of(key).findChildren(QPushButton)[0] for key in (1, 2))
    assert first.hasFocus()
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert below.hasFocus()
    qtbot.keyClick(below, Qt.Key.Key_Up)
    assert first.hasFocus()


def test_focus_comes_back_when_rows_are_made_anew(cards: CardList[Row]) -> None:
    cards.set_rows(ROWS, key=lambda row: row.key, make=person)
    cards.show_row(3)
    cards.set_rows(ROWS, key=lambda row: row.key, make=person)
    assert cards.widget_of(3).findChildren(QPushButton)[0].hasFocus()


def test_no_rows_and_sixty_rows(cards: CardList[Row]) -> None:
    cards.set_empty("Nobody is due today.")
    fill(cards, ())
    assert cards.findChild(Face).words() == "Nobody is due today."
    assert cards.findChild(Face).isVisible()
    fill(cards, tuple(Row(at, f"Child {at}") for at in range(60)))
    assert cards.widget_of(0).height() >= 60
