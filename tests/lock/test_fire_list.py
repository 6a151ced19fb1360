"""The fire list: who is in the building, one key away even when locked, and remembered."""

from dataclasses import replace
from datetime import time
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QMenu
from pytestqt.qtbot import QtBot

from desktop.lock.screen import LockScreen
from desktop.shell.fire_list import FireList
from desktop.shell.register_mode import RegisterMode
from desktop.widgets.dialog import ErrorBox
from models.access.records import AccessEvent
from models.access.rules import AccessKind, Role, permissions_of
from models.kernel.clock import london_instant
from models.kernel.errors import BadInput
from models.registers import marks
from models.registers.rules import MarkKind
from tests.clubs import SATURDAY
from tests.lock.conftest import ADULT, CHILD, VISITOR, Place
from tests.lock.reading import tree
from tests.shell.apps import press


@pytest.fixture
def busy(qtbot: QtBot, place: Place) -> Place:
    """One child, the adult of the plan and a visitor are in; another child is not. Locked."""
    club, activity, now = place.app.session.club, place.ids["club"], place.clock.now()  # type: ignore[union-attr] # open
    for who in ({"child_id": place.ids[CHILD]}, {"adult_id": place.ids[ADULT]}, {"adult_id": place.ids[VISITOR]}):
        club.write(
            lambda uow, who=who: marks.record_mark(uow, activity, kind=MarkKind.IN, happened_at=now, **who), "In"
        )
    place.warden.lock()
    qtbot.waitUntil(lambda: "On now" in words(place))
    return place


def words(place: Place) -> str:
    return " | ".join(each.text() for each in place.app.window.findChildren(QLabel) if each.isVisible())


def open_list(qtbot: QtBot, qapp: QApplication, place: Place) -> FireList:
    qtbot.keyClick(qapp.focusWidget() or place.app.window, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: isinstance(place.warden.screen, FireList))
    found = place.warden.screen
    assert isinstance(found, FireList)
    return found


def test_one_key_shows_who_is_in_by_name(qtbot: QtBot, qapp: QApplication, busy: Place) -> None:
    shown = open_list(qtbot, qapp, busy)
    assert shown.roll.names() == [CHILD, f"{VISITOR}, visitor", f"{ADULT}, adult"]
    assert "Fire list: 1 child, 1 adult and 1 visitor in" in words(busy)
    assert "Adam" not in tree(qapp)
    assert isinstance(qapp.focusWidget(), QCheckBox)


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_F9])
def test_a_key_goes_back_to_the_lock(qtbot: QtBot, qapp: QApplication, busy: Place, key: Qt.Key) -> None:
    open_list(qtbot, qapp, busy)
    qtbot.keyClick(qapp.focusWidget() or busy.app.window, key)
    assert isinstance(busy.warden.screen, LockScreen)
    assert CHILD not in tree(qapp)


def test_the_button_does_the_same_and_comes_back(qtbot: QtBot, busy: Place) -> None:
    press(qtbot, busy.app.window, "Fire list")
    qtbot.waitUntil(lambda: isinstance(busy.warden.screen, FireList))
    press(qtbot, busy.app.window, "Back to the lock screen")
    assert isinstance(busy.warden.screen, LockScreen)


def test_it_is_remembered_who_was_signed_in_then(qtbot: QtBot, qapp: QApplication, busy: Place) -> None:
    open_list(qtbot, qapp, busy)
    club = busy.app.session.club  # type: ignore[union-attr] # open

    def seen() -> list[tuple[AccessKind, str]]:
        return club.read(lambda uow: [(one.kind, one.who) for one in uow.session.query(AccessEvent)])

    qtbot.waitUntil(lambda: seen() == [(AccessKind.FIRE_LIST, "Manager")])


def test_it_stays_a_quarter_of_an_hour_where_nobody_touches_it_and_is_not_there_overnight(
    qtbot: QtBot, qapp: QApplication, busy: Place
) -> None:
    shown = open_list(qtbot, qapp, busy)
    busy.wait_minutes(14.9)
    assert busy.warden.screen is shown
    busy.seconds[0] += 1
    QTest.mouseMove(busy.app.window.windowHandle())  # somebody counts, and it begins anew
    busy.wait_minutes(14.9)
    assert busy.warden.screen is shown
    busy.wait_minutes(0.2)
    assert isinstance(busy.warden.screen, LockScreen)
    assert CHILD not in tree(qapp)
    assert all(not each.isChecked() for each in open_list(qtbot, qapp, busy).findChildren(QCheckBox))


def test_ctrl_l_and_sleep_hide_it(qtbot: QtBot, qapp: QApplication, busy: Place) -> None:
    window = busy.app.window.windowHandle()
    for leave in (
        lambda: QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier),
        lambda: busy.app.suspend.told(True),
    ):
        open_list(qtbot, qapp, busy)
        leave()
        assert isinstance(busy.warden.screen, LockScreen)
        assert CHILD not in tree(qapp)
        qtbot.waitUntil(lambda: "On now" in words(busy))


def test_who_comes_meanwhile_is_on_it_and_ticks_stay(qtbot: QtBot, qapp: QApplication, busy: Place) -> None:
    shown = open_list(qtbot, qapp, busy)
    shown.findChildren(QCheckBox)[0].click()
    come(busy, "club", child_id=busy.ids["Adam Zarqawi"])
    busy.warden.look()
    qtbot.waitUntil(lambda: "Fire list: 2 children, 1 adult and 1 visitor in" in words(busy))
    ticked = [each for each in shown.findChildren(QCheckBox) if each.isVisible() and each.isChecked()]
    assert [each.accessibleName() for each in ticked] == [CHILD]


def test_whoever_is_in_before_register_mode_opens_is_counted(qtbot: QtBot, qapp: QApplication, place: Place) -> None:
    place.clock.move_to(london_instant(SATURDAY, time(8, 30)))
    come(place, "club", adult_id=place.ids[ADULT])
    place.warden.lock()
    assert open_list(qtbot, qapp, place).roll.names() == [f"{ADULT}, adult"]  # F9 is pressed before it is known


def test_from_anywhere_on_the_desk_and_back(qtbot: QtBot, qapp: QApplication, place: Place) -> None:
    come(place, "club", child_id=place.ids[CHILD])
    place.desk.go("team")
    qtbot.waitUntil(lambda: ADULT in tree(qapp))
    place.desk.search.setFocus()
    shown = open_list(qtbot, qapp, place)
    assert shown.roll.names() == [CHILD]
    assert ADULT not in tree(qapp)
    press(qtbot, shown, "Back")
    assert not place.warden.locked
    assert place.desk.isVisible()
    assert qapp.focusWidget() is place.desk.search
    club = place.app.session.club  # type: ignore[union-attr] # open
    assert club.read(lambda uow: uow.session.query(AccessEvent).count()) == 0


def test_over_the_desk_for_too_long_it_leads_to_the_lock(qtbot: QtBot, qapp: QApplication, place: Place) -> None:
    come(place, "club", child_id=place.ids[CHILD])
    shown = open_list(qtbot, qapp, place)
    place.wait_minutes(5)
    assert place.warden.screen is shown
    qtbot.keyClick(qapp.focusWidget() or shown, Qt.Key.Key_Escape)
    assert isinstance(place.warden.screen, LockScreen)


def test_over_the_desk_it_goes_after_a_quarter_of_an_hour_in_all(
    qtbot: QtBot, qapp: QApplication, place: Place
) -> None:
    come(place, "club", child_id=place.ids[CHILD])
    shown = open_list(qtbot, qapp, place)
    place.wait_minutes(5)
    place.wait_minutes(9.9)
    assert place.warden.screen is shown
    place.wait_minutes(0.2)
    assert isinstance(place.warden.screen, LockScreen)


def test_on_the_desk_while_nothing_is_on_it_says_so(qtbot: QtBot, qapp: QApplication, place: Place) -> None:
    place.clock.move_to(london_instant(SATURDAY, time(18)))
    qtbot.keyClick(place.desk, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: place.desk.toast.words() == "Nothing is on now: nobody to count.")
    assert not place.warden.locked


def come(place: Place, to: str, **who: UUID) -> None:
    """Somebody signs in at an activity, on another machine."""
    club, activity, now = place.app.session.club, place.ids[to], place.clock.now()  # type: ignore[union-attr] # open
    club.write(lambda uow: marks.record_mark(uow, activity, kind=MarkKind.IN, happened_at=now, **who), "In")


def test_while_nothing_is_on_there_is_none(qtbot: QtBot, qapp: QApplication, place: Place) -> None:
    place.clock.move_to(london_instant(SATURDAY, time(18)))
    place.warden.lock()
    screen = place.warden.screen
    assert isinstance(screen, LockScreen)
    qtbot.waitUntil(lambda: screen.looked)
    qtbot.keyClick(qapp.focusWidget() or screen, Qt.Key.Key_F9)
    press_nothing = [each.text() for each in screen.findChildren(QLabel) if each.isVisible()]
    assert "On now" not in press_nothing
    assert place.warden.screen is screen


@pytest.mark.parametrize("role", Role)
def test_one_key_in_every_role(qtbot: QtBot, qapp: QApplication, busy: Place, role: Role) -> None:
    club = busy.app.session.club  # type: ignore[union-attr] # open
    club.actor = replace(club.actor, permissions=frozenset(map(str, permissions_of(role))))
    assert CHILD in open_list(qtbot, qapp, busy).roll.names()


def test_one_key_over_a_dialog_which_is_there_again_afterwards(qtbot: QtBot, qapp: QApplication, place: Place) -> None:
    come(place, "club", child_id=place.ids[CHILD])
    box = ErrorBox(place.desk, BadInput(f"{VISITOR} has no number."))
    box.open()
    qtbot.waitUntil(lambda: qapp.focusWindow() is box.windowHandle())
    QTest.keyClick(box.windowHandle(), Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: isinstance(place.warden.screen, FireList))
    assert not box.isVisible()
    assert VISITOR not in tree(qapp)
    press(qtbot, place.app.window, "Back")
    assert box.isVisible()
    box.accept()


def test_one_key_over_a_menu(qtbot: QtBot, qapp: QApplication, place: Place) -> None:
    come(place, "club", child_id=place.ids[CHILD])
    menu = QMenu(place.desk)
    menu.addAction(VISITOR)
    menu.popup(place.app.window.pos())
    qtbot.waitUntil(menu.isVisible)
    place.warden.watch.tick()  # as each second, and after each key and press
    QTest.keyClick(menu.windowHandle(), Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: isinstance(place.warden.screen, FireList))
    assert not menu.isVisible()


def test_a_dialog_of_the_door_is_there_again_after_the_fire_list(qtbot: QtBot, place: Place) -> None:
    club = place.app.session.club  # type: ignore[union-attr] # open
    club.set_pin("7391")
    place.warden.lock()
    screen = place.warden.screen
    assert isinstance(screen, LockScreen)
    screen.register.emit(place.ids["club"], "Manager", "7391")
    qtbot.waitUntil(lambda: isinstance(place.warden.screen, RegisterMode))
    mode = place.warden.screen
    assert isinstance(mode, RegisterMode)
    mode.show_error(BadInput("This mark could not be kept."))
    box = mode.findChildren(ErrorBox)[0]
    assert box.isVisible()
    place.warden.show_fire_list()
    qtbot.waitUntil(lambda: isinstance(place.warden.screen, FireList))
    assert not box.isVisible()
    press(qtbot, place.app.window, "Back")
    assert box.isVisible()
    box.accept()


def test_ctrl_l_over_a_menu_that_a_press_has_opened(qtbot: QtBot, qapp: QApplication, place: Place) -> None:
    menu = QMenu(place.desk)
    menu.addAction(VISITOR)
    window = place.app.window
    QTimer.singleShot(0, lambda: menu.popup(window.pos()))
    QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(2, 2))
    qtbot.waitUntil(menu.isVisible)
    qapp.processEvents()
    QTest.keyClick(menu.windowHandle(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert place.warden.locked
    assert not menu.isVisible()
    assert VISITOR not in tree(qapp)
