"""The window around the screens: places, undo, search, help, the queue at the door, errors."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop.jobs import Jobs
from desktop.settings.preferences import DARK, LIGHT, Look
from desktop.shell.desk import Desk
from desktop.shell.places import Place
from desktop.shell.session import Session
from desktop.shell.window import MainWindow
from desktop.widgets import theme
from desktop.widgets.dialog import ErrorBox
from models.bootstrap import Club
from tests.clubs import a_child, new_club, put, reopen
from tests.shell.apps import press, the, write
from tests.shell.fake import VenueNames

PLACES = (
    Place("venues", "Venue names", "map-marker-outline", "tests.shell.fake", "VenueNames", "nav"),
    Place("other", "Other", "bus", "tests.shell.fake", "OtherPage", "nav"),
    Place("today", "Not written yet", "bus", "desktop.no_such_area.page", "NoPage", "nav"),
    Place("children", "Children", "human-child", "tests.shell.fake", "VenueNames"),
)
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def club(tmp_path: Path) -> Club:
    return new_club(tmp_path)


class Shown:
    """A desk in its window on a club, and a way to restart on the same file."""

    def __init__(self, club: Club, qtbot: QtBot) -> None:
        self.session = Session(club, Jobs(club, club.clock))
        self.desk = Desk(self.session, Look(LIGHT), PLACES)
        self.window = MainWindow()
        self.window.show_inside(self.desk)
        self.desk.failed.connect(self.window.failed)
        self.desk.go_home()
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()

    @property
    def page(self) -> VenueNames:
        found = self.desk.pages.shown()
        assert isinstance(found, VenueNames)
        return found

    def close(self) -> None:
        self.session.close()
        self.window.close()
        self.window.deleteLater()


@pytest.fixture
def shown(club: Club, qtbot: QtBot, qapp: QApplication) -> Iterator[Shown]:
    theme.apply(qapp, dark=False)
    made = Shown(club, qtbot)
    yield made
    made.close()


def add_venue(qtbot: QtBot, shown: Shown, name: str) -> None:
    write(qtbot, shown.page, "New venue", name)
    press(qtbot, shown.page, "Add venue")
    qtbot.waitUntil(lambda: name in shown.page.names)


def test_only_places_with_a_screen_are_offered(shown: Shown) -> None:
    offered = [each.text() for each in shown.desk.sidebar.findChildren(QAbstractButton)]
    assert offered == ["Venue names", "Other", "Lock", "Sign out"]
    before = shown.desk.pages.shown()
    shown.desk.go("today")
    assert shown.desk.pages.shown() is before


def test_a_page_is_made_when_first_gone_to_and_kept(qtbot: QtBot, shown: Shown) -> None:
    first = shown.page
    press(qtbot, shown.desk.sidebar, "Other")
    assert shown.desk.current == "other"
    assert shown.desk.pages.count() == 2
    shown.desk.go("venues", "an item")
    assert shown.page is first
    assert first.opened == ["an item"]
    assert first.refreshed == 1


def test_a_page_refreshes_when_its_area_changed_and_only_when_shown(qtbot: QtBot, shown: Shown) -> None:
    add_venue(qtbot, shown, "Quay Hall")
    assert shown.page.refreshed == 2
    page = shown.page
    shown.desk.go("other")
    done: list[object] = []
    shown.session.jobs.change(lambda uow: a_child(uow), "Added a child", done.append)
    qtbot.waitUntil(lambda: bool(done))
    shown.desk.go("venues")
    assert page.refreshed == 2


def test_ctrl_z_takes_back_and_ctrl_y_does_again(qtbot: QtBot, shown: Shown) -> None:
    add_venue(qtbot, shown, "Quay Hall")
    the(shown.page, QAbstractButton, "Add venue").setFocus()
    qtbot.keyClick(shown.window, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: shown.page.names == ())
    assert shown.desk.toast.words() == "Undone: Added Quay Hall"
    qtbot.keyClick(shown.window, Qt.Key.Key_Y, CTRL)
    qtbot.waitUntil(lambda: shown.page.names == ("Quay Hall",))
    assert shown.desk.toast.words() == "Done again: Added Quay Hall"


def test_undo_works_after_a_restart(qtbot: QtBot, shown: Shown, club: Club) -> None:
    add_venue(qtbot, shown, "Quay Hall")
    shown.session.jobs.shutdown()
    again = Shown(reopen(club), qtbot)
    qtbot.waitUntil(lambda: again.page.names == ("Quay Hall",))
    qtbot.keyClick(again.window, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: again.page.names == ())
    again.close()


def test_the_toast_offers_undo(qtbot: QtBot, shown: Shown) -> None:
    add_venue(qtbot, shown, "Quay Hall")
    qtbot.waitUntil(lambda: shown.desk.toast.isVisible())
    press(qtbot, shown.desk.toast, "Undo: Quay Hall added.")
    qtbot.waitUntil(lambda: shown.page.names == ())


def test_nothing_left_to_undo_is_said_and_no_error(qtbot: QtBot, shown: Shown) -> None:
    qtbot.keyClick(shown.window, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: shown.desk.toast.words() == "There is nothing of yours left to undo.")
    assert shown.window.findChild(ErrorBox) is None


def test_ctrl_k_finds_a_child_and_goes_there(qtbot: QtBot, club: Club, shown: Shown) -> None:
    child_id = put(club, lambda uow: a_child(uow, "Maryam", "Müller"))
    qtbot.keyClick(shown.window, Qt.Key.Key_K, CTRL)
    box = shown.desk.search
    qtbot.waitUntil(box.hasFocus)
    qtbot.keyClicks(box, "mull")
    qtbot.waitUntil(lambda: bool(box.hits()))
    assert box.hits()[0].words == "Maryam Müller"
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert shown.desk.current == "children"
    assert shown.page.opened == [child_id]


def test_ctrl_k_does_things_too(qtbot: QtBot, shown: Shown) -> None:
    box = shown.desk.search
    box.start()
    qtbot.keyClicks(box, "other")
    qtbot.waitUntil(lambda: [hit.words for hit in box.hits()] == ["Go to Other"])
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert shown.desk.current == "other"
    with qtbot.waitSignal(shown.desk.look_chosen) as chosen:
        box.start()
        qtbot.keyClicks(box, "dark")
        qtbot.waitUntil(lambda: [hit.words for hit in box.hits()] == ["Switch to dark"])
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert chosen.args == [Look(DARK)]


def test_f1_opens_the_page_of_the_screen_and_esc_closes_it(qtbot: QtBot, shown: Shown) -> None:
    qtbot.keyClick(shown.window, Qt.Key.Key_F1)
    assert shown.desk.help.topic() == "venues"
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClick(focused, Qt.Key.Key_Escape)
    assert shown.desk.help.topic() == ""
    shown.desk.go("other")
    qtbot.keyClick(shown.window, Qt.Key.Key_F1)
    assert shown.desk.help.topic() == "index"


def test_everything_around_hides_while_the_laptop_faces_the_queue(qtbot: QtBot, shown: Shown) -> None:
    press(qtbot, shown.page, "Face the queue")
    assert not shown.desk.sidebar.isVisible()
    assert not shown.desk.search.isVisible()
    press(qtbot, shown.page, "Turn back")
    assert shown.desk.sidebar.isVisible()
    assert shown.desk.search.isVisible()


def test_an_error_is_shown_without_anybody_s_name(qtbot: QtBot, shown: Shown) -> None:
    press(qtbot, shown.page, "Break")
    box = shown.window.findChild(ErrorBox)
    assert isinstance(box, ErrorBox)
    said = " ".join(each.text() for each in box.findChildren(QLabel)) + box.details
    assert "What was saved before is safe." in said
    assert "Maryam" not in said
    press(qtbot, box, "Close")
    qtbot.waitUntil(lambda: shown.window.findChild(ErrorBox) is None)


def test_the_foot_says_when_it_was_last_saved(qtbot: QtBot, shown: Shown) -> None:
    def foot() -> list[str]:
        return [each.text() for each in shown.desk.sidebar.findChildren(QLabel)]

    qtbot.waitUntil(lambda: "Nothing to save yet" in foot())
    add_venue(qtbot, shown, "Quay Hall")
    assert "Saved 09:30" in foot()
    assert "Manager, manager" in foot()
