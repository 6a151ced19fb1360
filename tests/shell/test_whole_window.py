"""The real window with the sample club in it: every place there is, by name and by keys."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTextBrowser,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.app import App
from desktop.documents.page import PrintPage
from desktop.help.pages import INDEX, folder, text_of, topic_there
from desktop.people.page import ChildrenPage
from desktop.registers.page import RegisterPage
from desktop.settings.preferences import LIGHT, Look
from desktop.shell.desk import Desk
from desktop.shell.places import PLACES, existing
from desktop.widgets.panel import Panel
from tests.shell.apps import an_app, closing, desk_of, press, start

CONTROLS = (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit, QTextBrowser, QAbstractItemView)


@pytest.fixture(scope="module")
def sample_desk(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """One sample club for all tests here: none of them changes it."""
    yield from closing(an_app(qapp, tmp_path_factory.mktemp("sample")))


@pytest.fixture
def desk(qtbot: QtBot, sample_desk: App) -> Desk:
    if sample_desk.session is None:
        start(qtbot, sample_desk)
        press(qtbot, sample_desk.window, "Look round")
    found = desk_of(qtbot, sample_desk)
    found.window().activateWindow()
    qtbot.waitUntil(found.window().isActiveWindow)
    return found


def nameless(root: QWidget) -> list[str]:
    """Shown controls a screen reader would have no name for."""
    found = []
    for each in root.findChildren(QWidget):
        inside = isinstance(each.parentWidget(), (QComboBox, QAbstractScrollArea)) and not isinstance(
            each.parentWidget(), QScrollArea
        )
        if isinstance(each, CONTROLS) and each.isVisible() and not inside and not each.accessibleName():
            found.append(f"{type(each).__name__} {each.objectName()}")
    return found


def settle(qtbot: QtBot, desk: Desk) -> None:
    """Waits until every query asked so far is answered."""
    answered: list[object] = []
    for lane in ("quick", "slow"):
        desk._session.jobs.query(lambda _uow: 1, answered.append, lane=lane)  # type: ignore[arg-type] # both are lanes
    qtbot.waitUntil(lambda: len(answered) == 2)


@pytest.mark.parametrize("key", [place.key for place in existing()])
def test_every_control_of_every_place_has_a_name(qtbot: QtBot, desk: Desk, key: str) -> None:
    desk.go(key)
    settle(qtbot, desk)
    assert desk.current == key
    assert nameless(desk.window()) == []


@pytest.mark.parametrize("key", [place.key for place in existing()])
def test_f1_opens_a_page_of_its_own_for_every_place(qtbot: QtBot, desk: Desk, key: str) -> None:
    desk.go(key)
    qtbot.keyClick(desk.window(), Qt.Key.Key_F1)
    page = desk.pages.shown()
    assert page is not None
    assert desk.help.topic() == topic_there(page.help_topic) != INDEX
    desk.help.close_panel()


def test_the_places_at_the_left_are_reached_by_keys(qtbot: QtBot, desk: Desk) -> None:
    listed = [place.key for place in PLACES if place.where == "nav"]
    for place in existing():
        if place.where == "nav":
            number = Qt.Key(Qt.Key.Key_1.value + listed.index(place.key))
            qtbot.keyClick(desk.window(), number, Qt.KeyboardModifier.ControlModifier)
            qtbot.waitUntil(lambda key=place.key: desk.current == key)


def test_what_ctrl_k_begins_is_there_to_begin(desk: Desk) -> None:
    for place in existing():
        for verb in place.verbs:
            module = sys.modules.get(place.module) or __import__(place.module, fromlist=[place.screen])
            assert callable(getattr(getattr(module, place.screen), verb.method, None)), verb


def test_help_has_a_page_for_every_place_and_no_link_leads_nowhere() -> None:
    for path in sorted(Path(folder()).glob("*.md")):
        for part in text_of(path.stem).split("](")[1:]:
            link = part.split(")")[0]
            assert topic_there(link) == link.removesuffix(".md"), f"{path.name}: {link}"


def test_only_our_own_pages_are_ever_opened() -> None:
    for name in ("../README", "/etc/passwd", "developers/architecture", ""):
        assert topic_there(name) == INDEX


def test_what_ctrl_k_begins_opens_its_form(qtbot: QtBot, desk: Desk) -> None:
    begun = {
        "New child": "New child", "New adult": "New adult", "New venue": "New venue", "Add a vehicle": "Add a vehicle",
        "Enter a returned form": "Enter a returned form",
    }  # fmt: skip
    commands = {one.words: one for one in desk.commands()}
    for words, title in begun.items():
        commands[words].run()
        page = desk.pages.shown()
        assert page is not None
        panels = page.findChildren(Panel)
        qtbot.waitUntil(lambda panels=panels: any(one.isVisible() for one in panels))
        opened = next(one for one in panels if one.isVisible())
        assert opened.accessibleName() == title
        opened.close_panel()


def test_a_paper_register_is_keyed_in_from_anywhere(qtbot: QtBot, desk: Desk) -> None:
    desk.go("today")
    next(one for one in desk.commands() if one.words == "Key in a paper register").run()
    page = desk.pages.shown()
    assert isinstance(page, RegisterPage)
    qtbot.waitUntil(page.paper.isVisible)
    page.show_staff()


def test_pressing_the_place_one_is_at_leads_back_to_its_list(qtbot: QtBot, desk: Desk) -> None:
    desk.go("children")
    page = desk.pages.shown()
    assert isinstance(page, ChildrenPage)
    qtbot.waitUntil(lambda: bool(page.list.known()))
    page.open_child(page.list.known()[0].child.id)
    qtbot.waitUntil(page.view.isVisible)
    qtbot.mouseClick(desk.sidebar.button_of("children"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.list.isVisible)


def test_the_keyboard_is_never_handed_to_the_banner(qtbot: QtBot, desk: Desk) -> None:
    for key in ("children", "print", "settings", "today"):
        desk.go(key)
        settle(qtbot, desk)
        focused = QApplication.focusWidget()
        assert focused is not None
        assert not desk.banner.isAncestorOf(focused), key


def test_at_the_largest_text_no_place_is_moved_sideways(qtbot: QtBot, sample_desk: App, desk: Desk) -> None:
    window = desk.window()
    window.resize(1366, 768)
    sample_desk.set_look(Look(LIGHT, 2.0))
    try:
        large = desk_of(qtbot, sample_desk)
        for place in existing():
            large.go(place.key)
            settle(qtbot, large)
            area = large.pages.parentWidget().parentWidget().parentWidget()
            assert isinstance(area, QScrollArea)
            assert area.horizontalScrollBar().maximum() == 0, place.words
        large.go("print", ("consent-pack", None))  # the choices give way to the pages
        printing = large.pages.shown()
        assert isinstance(printing, PrintPage)
        qtbot.waitUntil(printing.preview.isVisible, timeout=30_000)
        focused = QApplication.focusWidget()
        assert focused is not None
        assert not large.banner.isAncestorOf(focused)
    finally:
        sample_desk.set_look(Look(LIGHT, 1.0))
