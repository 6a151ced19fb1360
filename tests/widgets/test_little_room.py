"""What gives way when there is little room: the buttons beside a title, columns one can spare, the places."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.widgets.dialog import ReasonDialog
from desktop.widgets.fields import LineField
from desktop.widgets.form import Form
from desktop.widgets.list_model import Column
from desktop.widgets.page import Page
from desktop.widgets.panel import Panel
from desktop.widgets.sidebar import Sidebar
from desktop.widgets.table import ListTable
from desktop.widgets.text import button
from desktop.widgets.toast import Toast


@dataclass(frozen=True)
class Plan:
    title: str


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    made = Page("Niamh Walker")
    made.set_title("Niamh Walker", "7 years old · Active")
    for words in ("Back", "Privacy", "Change status"):
        made.add_action(button(words))
    box = QLineEdit()
    box.setMinimumWidth(180)
    made.take_search(box)
    qtbot.addWidget(made)
    made.resize(1000, 400)
    made.show()
    return made


def tops(page: QWidget) -> set[int]:
    """Where the buttons stand, from the top."""
    return {each.mapTo(page, each.rect().center()).y() for each in page.findChildren(QPushButton) if each.isVisible()}


def test_buttons_stand_beside_the_title_and_under_it_where_there_is_no_room(qtbot: QtBot, page: Page) -> None:
    box = page.findChild(QLineEdit)
    assert box is not None
    middle = box.mapTo(page, box.rect().center()).y()
    assert tops(page) == {middle}
    page.resize(560, 400)
    qtbot.waitUntil(lambda: len(tops(page)) == 1 and min(tops(page)) > middle)
    made = [each for each in page.findChildren(QPushButton) if each.isVisible()]
    qtbot.waitUntil(lambda: max(each.mapTo(page, each.rect().topRight()).x() for each in made) < page.width())
    assert page.width() == 560


def test_a_page_is_never_wider_than_its_widest_button_asks(page: Page) -> None:
    page.set_narrow(True)
    assert page.minimumSizeHint().width() < 400


def test_no_word_under_a_title_is_cut_however_long_it_is(qtbot: QtBot, page: Page) -> None:
    page.set_title("Privacy", "What families may ask for, and what must not be kept. " * 3)
    for width in (1000, 700, 520, 430):
        page.resize(width, 500)
        beneath = page._page_head.beneath
        qtbot.waitUntil(lambda: beneath.height() >= beneath.heightForWidth(beneath.width()))  # noqa: B023 # waited for at once


def test_hardly_any_height_and_the_title_does_alone(page: Page) -> None:
    page.set_short(True)
    head = page._page_head
    assert head.title.isVisible()
    assert not head.beneath.isVisible()
    assert "7 years old" in head.title.toolTip(), "it is told all the same"
    page.set_short(False)
    assert head.beneath.isVisible()


@pytest.mark.parametrize("width", [555, 832, 1150])
def test_what_just_happened_never_lies_over_the_buttons_of_a_form(qtbot: QtBot, width: int) -> None:
    """What is beside the places at 200 % in large text, at 200 % of a large screen, and on a usual laptop."""
    host = QWidget()
    QVBoxLayout(host)
    qtbot.addWidget(host)
    host.resize(width, 500)
    host.show()
    panel = Panel(host)
    form = Form()
    form.add(LineField("name", "Name"))
    panel.open("Someone else came", form)
    toast = Toast(host)
    toast.show_words("Khadija Hernández is in.", lambda: None)
    covered = QRect(toast.mapTo(host, toast.rect().topLeft()), toast.size())
    for each in (form.save_button, form.back_button):
        assert not covered.intersects(QRect(each.mapTo(host, each.rect().topLeft()), each.size()))


@pytest.fixture
def plans(qtbot: QtBot) -> ListTable[Plan]:
    columns = [
        Column[Plan]("Activity", lambda plan: plan.title),
        Column[Plan]("Venue", lambda _plan: "All Saints Community Centre"),
        Column[Plan]("Time", lambda _plan: "10:00–14:00"),
        Column[Plan]("Ready", lambda _plan: "3 to fix"),
    ]
    made = ListTable(columns, lambda plan: plan.title, name="Plans", spare=("Venue", "Time"))
    qtbot.addWidget(made)
    made.resize(900, 300)
    made.set_rows([Plan("December club"), Plan("Pantomime")])
    made.show()
    return made


def shown(table: ListTable[Plan]) -> list[str]:
    return [each.header for at, each in enumerate(table.model.columns) if not table.view.isColumnHidden(at)]


def test_a_column_that_can_be_spared_goes_before_a_cell_is_cut(plans: ListTable[Plan]) -> None:
    assert shown(plans) == ["Activity", "Venue", "Time", "Ready"]
    plans.resize(480, 300)
    assert shown(plans) == ["Activity", "Time", "Ready"]
    plans.resize(300, 300)
    assert shown(plans) == ["Activity", "Ready"]
    plans.resize(900, 300)
    assert shown(plans) == ["Activity", "Venue", "Time", "Ready"]


def test_a_column_that_was_not_wanted_does_not_come_back_with_the_room(plans: ListTable[Plan]) -> None:
    plans.show_columns({"Activity", "Ready"})
    plans.resize(1200, 300)
    assert shown(plans) == ["Activity", "Ready"]


def test_one_long_name_does_not_drive_a_column_out(plans: ListTable[Plan]) -> None:
    plans.set_rows([Plan("Bartholomew-Featherstonehaugh day out at the seaside " * 2)])
    assert shown(plans) == ["Activity", "Venue", "Time", "Ready"]


def test_every_place_stands_in_the_height_of_a_laptop_at_200_percent(qtbot: QtBot) -> None:
    side = Sidebar("Lewisham Young Carers")
    qtbot.addWidget(side)
    for at in range(9):
        side.add_place(f"place {at}", "bus", "Transport")
    for _each in range(4):
        side.add_foot_button("bus", "Sign out", lambda: None)
    side.set_saved("Saved 10:42 · backed up 09:00")
    side.set_who("Denise Okafor, manager")
    side.set_narrow(True)
    side.set_short(True)
    side.show()
    assert side.minimumSizeHint().height() <= 540, "1920 × 1080 at 200 % is 960 × 540"


@pytest.mark.parametrize("reasons", [1, 40])
def test_the_buttons_of_a_dialog_are_on_the_screen_however_much_it_says(qtbot: QtBot, reasons: int) -> None:
    told = [f"{at}: 13 children need 4 adults; 3 can be counted. Bethan is 17, so she cannot." for at in range(reasons)]
    dialog = ReasonDialog(None, "Confirm Pantomime anyway?", told, manager=True)
    qtbot.addWidget(dialog)
    dialog.open()
    room = dialog.screen().availableGeometry()
    assert dialog.height() <= room.height()
    for each in (dialog.back_button, dialog.go_button):
        assert each.visibleRegion().boundingRect().size() == each.size()
    area = dialog.findChild(QScrollArea)
    assert area is not None
    cut = area.verticalScrollBar().maximum() > 0
    assert cut is (reasons == 40), "what there is room for does not scroll"
    assert (area.focusPolicy() != Qt.FocusPolicy.NoFocus) is cut, "what scrolls is reached by keys"
    qtbot.mouseClick(dialog.go_button, Qt.MouseButton.LeftButton)
    assert dialog.reason.error()
    qtbot.waitUntil(lambda: not dialog.reason.control.visibleRegion().isEmpty())
