"""Fields read what people type; a form says what is wrong where it is, and loses no typing unasked."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
from PySide6.QtCore import QDate, QModelIndex, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.widgets.date_field import CalendarPopup, DateField
from desktop.widgets.field import Field
from desktop.widgets.fields import ChoiceField, LineField, LongTextField, MoneyField, NumberField, TickField, TimeField
from desktop.widgets.form import Form
from desktop.widgets.name_picker import NamePicker
from models.kernel.errors import BadInput, Denied

PEOPLE = [(1, "Théo Osei"), (2, "Pauline O’Brien"), (3, "Sam Lee"), (4, "Sam Lee"), (5, "Thi-Mai Nguyễn")]


@pytest.mark.parametrize(
    ("make", "typed", "value"),
    [
        (lambda: LineField("x", "X"), "  Niamh   Osei ", "Niamh Osei"),
        (lambda: DateField("x", "X"), "3/2/26", date(2026, 2, 3)),
        (lambda: TimeField("x", "X"), "1042", time(10, 42)),
        (lambda: NumberField("x", "X"), "1,200", 1200),
        (lambda: MoneyField("x", "X"), "£1,234.5", 123450),
        (lambda: NamePicker("x", "X", PEOPLE), "theo osei", 1),
    ],
)
def test_what_is_typed_is_read(qtbot: QtBot, make: Callable[[], Any], typed: str, value: object) -> None:
    field = make()
    qtbot.addWidget(field)
    assert field.value() is None
    field.line.setText(typed)
    assert field.value() == value


@pytest.mark.parametrize(
    ("make", "typed", "sentence"),
    [
        (lambda: DateField("x", "X"), "31/02/2026", "is not a day in the calendar"),
        (lambda: TimeField("x", "X"), "25:00", "is not a time"),
        (lambda: NumberField("x", "X"), "a few", "is not a whole number"),
        (lambda: NumberField("x", "X", most=60), "61", "from 0 to 60"),
        (lambda: MoneyField("x", "X"), "lots", "is not an amount of money"),
        (lambda: NamePicker("x", "X", PEOPLE), "Nobody", "Nobody here is called “Nobody”"),
        (lambda: NamePicker("x", "X", PEOPLE), "sam lee", "There are 2 people called sam lee"),
    ],
)
def test_what_cannot_be_read_is_said_in_words(
    qtbot: QtBot, make: Callable[[], Any], typed: str, sentence: str
) -> None:
    field = make()
    qtbot.addWidget(field)
    field.line.setText(typed)
    with pytest.raises(BadInput, match=sentence) as wrong:
        field.value()
    assert wrong.value.field == "x"
    assert not field.check()
    assert sentence in field.error()
    field.line.setText("")
    assert field.error() == ""


@pytest.mark.parametrize(
    ("make", "value"),
    [
        (lambda: LineField("x", "X"), "Niamh"),
        (lambda: DateField("x", "X"), date(2026, 12, 5)),
        (lambda: TimeField("x", "X"), time(9, 5)),
        (lambda: NumberField("x", "X"), 0),
        (lambda: MoneyField("x", "X"), 4500),
        (lambda: LongTextField("x", "X"), "one\ntwo"),
        (lambda: ChoiceField("x", "X", [("a", "A"), ("b", "B")], none_words="Not known"), "b"),
        (lambda: TickField("x", "X"), True),
        (lambda: NamePicker("x", "X", PEOPLE), 4),
    ],
)
def test_a_value_set_is_the_value_read_and_is_no_change(
    qtbot: QtBot, make: Callable[[], Field[Any]], value: object
) -> None:
    field = make()
    qtbot.addWidget(field)
    with qtbot.assertNotEmitted(field.changed):
        field.set_value(value)
    assert field.value() == value
    field.set_value(None)
    assert field.value() in (None, False)
    assert field.control.accessibleName() == "X"


def test_a_date_is_shown_back_in_full_when_left(qtbot: QtBot) -> None:
    field = DateField("born", "Born")
    qtbot.addWidget(field)
    field.line.setText("3/2/26")
    field.line.editingFinished.emit()
    assert field.line.text() == "03/02/2026"


def test_a_date_can_be_picked_from_a_calendar(qtbot: QtBot) -> None:
    field = DateField("born", "Born")
    qtbot.addWidget(field)
    field.set_value(date(2026, 12, 5))
    field.show()
    field.findChild(QPushButton).click()
    popup = field.findChild(CalendarPopup)
    assert popup.calendar.firstDayOfWeek() == Qt.DayOfWeek.Monday
    assert popup.calendar.selectedDate() == QDate(2026, 12, 5)
    popup.calendar.clicked.emit(QDate(2026, 12, 22))
    assert field.value() == date(2026, 12, 22)


def test_of_two_people_with_one_name_the_one_pointed_at_is_taken(qtbot: QtBot) -> None:
    field = NamePicker("who", "Who", PEOPLE)
    qtbot.addWidget(field)
    field.show()
    qtbot.keyClicks(field.line, "lee")
    model = field.line.completer().completionModel()
    assert [model.index(at, 0).data() for at in range(model.rowCount())] == ["Sam Lee", "Sam Lee"]
    field.line.setText("Sam Lee")
    activated: Any = field.line.completer().activated
    activated[QModelIndex].emit(model.index(1, 0))
    assert field.value() == 4


@pytest.mark.parametrize("name", ["Théo Osei", "Nobody known"])
def test_text_put_in_by_assistive_technology_is_looked_up(qtbot: QtBot, name: str) -> None:
    field = NamePicker("who", "Who", PEOPLE)
    qtbot.addWidget(field)
    field.set_value(2)
    put_in: Any = QAccessible.queryAccessibleInterface(field.line).editableTextInterface()
    put_in.replaceText(0, len(field.line.text()), name)
    names = [field.line.completer().completionModel().index(0, 0).data()]
    if name == "Théo Osei":
        assert (field.value(), names) == (1, [name])
    else:
        assert names == [None]
        with pytest.raises(BadInput, match="Nobody here"):
            field.value()


def test_going_down_the_names_keeps_the_list_and_takes_the_one_gone_to(qtbot: QtBot) -> None:
    field = NamePicker("who", "Who", PEOPLE)
    qtbot.addWidget(field)
    with qtbot.waitExposed(field):
        field.show()
    field.line.setFocus()
    qtbot.waitUntil(field.line.hasFocus)
    qtbot.keyClicks(field.line, "lee")
    popup = field.line.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    for wanted in (3, 4):
        qtbot.keyClick(popup, Qt.Key.Key_Down)
        assert (field.line.text(), field.value()) == ("Sam Lee", wanted)
        assert popup.model().rowCount() == 2
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    assert field.line.text() == "lee"
    with pytest.raises(BadInput):
        field.value()
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert (field.value(), popup.isVisible()) == (3, False)


def test_a_choice_kept_when_the_choices_change(qtbot: QtBot) -> None:
    field = ChoiceField("kind", "Kind", [("a", "A"), ("b", "B")])
    qtbot.addWidget(field)
    field.set_value("b")
    field.set_choices([("b", "Bee"), ("c", "Cee")])
    assert field.value() == "b"
    field.set_choices([("c", "Cee")])
    assert field.value() is None


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    made = Form("Add")
    qtbot.addWidget(made)
    made.add(LineField("first", "First name"), LineField("last", "Last name"))
    made.add(DateField("born", "Date of birth"))
    made.set_values({"first": "Niamh", "last": "Osei", "born": date(2016, 2, 3)})
    with qtbot.waitExposed(made):
        made.show()
    return made


def line(form: Form, name: str) -> Any:
    return form.field(name).control


def test_ctrl_enter_saves_every_value(qtbot: QtBot, form: Form) -> None:
    line(form, "first").setFocus()
    with qtbot.waitSignal(form.saved) as saved:
        qtbot.keyClick(line(form, "first"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert saved.args == [{"first": "Niamh", "last": "Osei", "born": date(2016, 2, 3)}]


def test_a_field_that_cannot_be_read_stops_the_save_and_gets_the_keyboard(qtbot: QtBot, form: Form) -> None:
    line(form, "born").setText("soon")
    with qtbot.assertNotEmitted(form.saved):
        form.save()
    assert line(form, "born").hasFocus()
    assert "is not a date" in form.field("born").error()


def test_esc_leaves_at_once_when_nothing_is_altered(qtbot: QtBot, form: Form) -> None:
    line(form, "first").setFocus()
    with qtbot.waitSignal(form.left):
        qtbot.keyClick(line(form, "first"), Qt.Key.Key_Escape)


def test_typing_is_not_lost_unasked(qtbot: QtBot, form: Form) -> None:
    line(form, "last").setText("Osei-Mensah")
    assert form.is_dirty()
    with qtbot.assertNotEmitted(form.left):
        form.leave()
    assert form.banner.words() == "What you typed is not saved yet."
    with qtbot.waitSignal(form.left):
        form.banner.findChildren(QPushButton)[1].click()


def test_a_refusal_is_shown_at_its_field_or_above_the_form(qtbot: QtBot, form: Form) -> None:
    form.set_busy(True)
    form.show_error(BadInput("That is after today.", "Look at the year.", field="born"))
    assert form.field("born").error() == "That is after today. Look at the year."
    form.show_error(Denied("Only a lead can do this."))
    assert form.banner.words() == "Only a lead can do this."
    with qtbot.waitSignal(form.failed):
        form.show_error(ZeroDivisionError())
    assert form.save_button.isEnabled()


def test_while_saving_it_cannot_be_saved_again(qtbot: QtBot, form: Form) -> None:
    form.set_busy(True)
    with qtbot.assertNotEmitted(form.saved):
        form.save()


def test_tab_goes_from_the_first_field_to_the_save_button(qtbot: QtBot, form: Form) -> None:
    line(form, "first").setFocus()
    seen = []
    for _turn in range(6):
        seen.append(form.window().focusWidget().accessibleName())
        qtbot.keyClick(form.window().focusWidget(), Qt.Key.Key_Tab)
    calendar = "Pick date of birth from a calendar"
    assert seen == ["First name", "Last name", "Date of birth", calendar, "Back", "Add"]


def test_after_a_refusal_of_the_whole_the_keyboard_is_on_save_again(qtbot: QtBot) -> None:
    form = Form("Open")
    form.add(LineField("name", "Name"))
    qtbot.addWidget(form)
    with qtbot.waitExposed(form):
        form.show()
    form.activateWindow()
    form.save_button.setFocus()
    qtbot.waitUntil(form.save_button.hasFocus)
    form.set_busy(True)
    assert form.back_button.hasFocus()
    form.show_error(Denied("The server does not answer.", "Try again."))
    assert form.save_button.hasFocus(), "Enter on Back would leave what was typed"
