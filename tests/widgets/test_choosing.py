"""A choice that stays pressed in is heard once, whoever presses it and with whatever."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleActionInterface
from PySide6.QtWidgets import QButtonGroup, QWidget
from pytestqt.qtbot import QtBot

from desktop.widgets.filter_chips import Chip, FilterChips
from desktop.widgets.text import Choosing, choice_button


def by_pointer(qtbot: QtBot, made: Choosing) -> None:
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton)


def by_key(qtbot: QtBot, made: Choosing) -> None:
    qtbot.keyClick(made, Qt.Key.Key_Space)


def by_program_click(_qtbot: QtBot, made: Choosing) -> None:
    made.click()


def by_toggle(_qtbot: QtBot, made: Choosing) -> None:
    made.toggle()


def by_screen_reader(_qtbot: QtBot, made: Choosing) -> None:
    actions: Any = QAccessible.queryAccessibleInterface(made).actionInterface()
    assert actions.actionNames()[0] == QAccessibleActionInterface.toggleAction()
    actions.doAction(actions.actionNames()[0])


WAYS = [by_pointer, by_key, by_program_click, by_toggle, by_screen_reader]


@pytest.mark.parametrize("way", WAYS)
def test_a_choice_is_heard_once_each_time(qtbot: QtBot, way: Any) -> None:
    heard: list[bool] = []
    made = choice_button("Yes", lambda: heard.append(made.isChecked()))
    qtbot.addWidget(made)
    way(qtbot, made)
    assert heard == [True]
    way(qtbot, made)
    assert heard == [True, False]


@pytest.mark.parametrize("way", WAYS)
def test_of_a_group_only_the_one_chosen_is_heard(qtbot: QtBot, way: Any) -> None:
    heard: list[str] = []
    first = choice_button("First", lambda: heard.append("first"))
    second = choice_button("Second", lambda: heard.append("second"))
    group = QButtonGroup(first)
    for each in (first, second):
        qtbot.addWidget(each)
        group.addButton(each)
    first.setChecked(True)
    way(qtbot, second)
    assert (heard, first.isChecked(), second.isChecked()) == (["second"], False, True)


@pytest.mark.parametrize("grouped", [False, True])
def test_what_the_program_sets_is_not_heard(qtbot: QtBot, grouped: bool) -> None:
    heard: list[str] = []
    parent = QWidget()
    qtbot.addWidget(parent)
    made = [choice_button(words, lambda words=words: heard.append(words)) for words in ("First", "Second")]
    group = QButtonGroup(parent)
    for each in made:
        each.setParent(parent)
        if grouped:
            group.addButton(each)
    for each in (*made, *made):
        each.setChecked(True)
        each.setChecked(False)
    assert heard == []


def test_what_a_choice_sets_in_turn_is_not_heard(qtbot: QtBot) -> None:
    heard: list[str] = []

    def put_back() -> None:
        heard.append("chosen")
        made.setChecked(False)

    made = choice_button("Yes", put_back)
    qtbot.addWidget(made)
    made.toggle()
    made.click()
    assert (heard, made.isChecked()) == (["chosen", "chosen"], False)


def test_a_filter_turned_by_a_screen_reader_filters(qtbot: QtBot) -> None:
    chips = FilterChips("Children shown")
    qtbot.addWidget(chips)
    chips.set_chips([Chip("all", "All", 3), Chip("waiting", "Waiting", 1)])
    chips.set_current("all")
    with qtbot.waitSignal(chips.chosen) as told:
        made = chips.button_of("waiting")
        assert isinstance(made, Choosing)
        by_screen_reader(qtbot, made)
    assert told.args == ["waiting"]
    assert chips.current() == "waiting"
