"""Register mode: one activity at the door with a PIN, from half an hour before until its day is closed."""

from datetime import time, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel
from pytestqt.qtbot import QtBot

from desktop.lock.screen import LockScreen
from desktop.shell.fire_list import FireList
from desktop.shell.not_saved import NotSaved
from desktop.shell.register_mode import RegisterMode
from desktop.widgets.dialog import ErrorBox
from models.access.records import AccessEvent, AccountRecord
from models.access.rules import AccessKind, Role
from models.bootstrap import UnitOfWork, open_club
from models.history.queries import recent
from models.kernel.clock import london_instant
from models.kernel.errors import BadInput, Denied, WrongPassphrase
from models.programme import service as programme
from models.registers import marks, service
from models.registers import queries as registers
from models.registers.rules import MarkKind, Status
from tests.clubs import DEVICE, PASSPHRASE, SATURDAY, a_booking, a_child, an_activity, put
from tests.lock.conftest import ADULT, CHILD, SECRETS, Place
from tests.lock.reading import tree
from tests.shell.apps import press, the, write

PIN = "7391"


@pytest.fixture
def locked(qtbot: QtBot, place: Place) -> Place:
    """Locked half an hour before the club begins, by a manager who has a PIN."""
    place.app.session.club.set_pin(PIN)  # type: ignore[union-attr] # open
    lock(qtbot, place)
    return place


def lock(qtbot: QtBot, place: Place) -> None:
    place.warden.lock()
    qtbot.waitUntil(lambda: "On now" in words(place))


def words(place: Place) -> str:
    return " | ".join(each.text() for each in place.app.window.findChildren(QLabel) if each.isVisible())


def start(qtbot: QtBot, place: Place, pin: str = PIN, name: str = "Manager") -> None:
    press(qtbot, place.app.window, "Start the register: December club")
    the(place.app.window, QComboBox, "Name").setCurrentText(name)
    try_pin(qtbot, place, pin)


def try_pin(qtbot: QtBot, place: Place, pin: str) -> None:
    write(qtbot, place.app.window, "PIN", pin)
    press(qtbot, place.app.window, "Start the register")


@pytest.fixture
def mode(qtbot: QtBot, locked: Place) -> RegisterMode:
    start(qtbot, locked)
    qtbot.waitUntil(lambda: isinstance(locked.warden.screen, RegisterMode))
    qtbot.waitUntil(lambda: CHILD in words(locked))
    found = locked.warden.screen
    assert isinstance(found, RegisterMode)
    return found


def buttons(place: Place) -> set[str]:
    found = place.app.window.findChildren(QAbstractButton)
    return {each.accessibleName() for each in found if each.isVisible()}


def test_the_door_view_of_one_activity_and_nothing_else(locked: Place, mode: RegisterMode) -> None:
    assert mode.page.at_door()
    assert buttons(locked) == {
        "Fire list", "Close the day", "Lock", f"Sign in {CHILD}", "Sign in Adam Zarqawi",
    }  # fmt: skip
    assert not locked.desk.isVisible()


def test_no_key_leads_elsewhere(qtbot: QtBot, qapp: QApplication, locked: Place, mode: RegisterMode) -> None:
    for key in (Qt.Key.Key_K, Qt.Key.Key_1, Qt.Key.Key_Z, Qt.Key.Key_F):
        qtbot.keyClick(qapp.focusWidget() or mode, key, Qt.KeyboardModifier.ControlModifier)
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_Escape, Qt.Key.Key_F1):
        qtbot.keyClick(qapp.focusWidget() or mode, key)
    assert mode.page.at_door()
    assert locked.warden.screen is mode
    mode.page.go.emit("children", locked.ids[CHILD])
    assert locked.warden.screen is mode


def test_a_mark_is_kept_as_whoever_gave_the_pin(qtbot: QtBot, locked: Place, mode: RegisterMode) -> None:
    press(qtbot, mode, f"Sign in {CHILD}")
    qtbot.waitUntil(lambda: f"Sign out {CHILD}" in buttons(locked))
    club = locked.app.session.club  # type: ignore[union-attr] # open
    state = club.read(lambda uow: registers.state_of(uow, locked.ids["club"], child_id=locked.ids[CHILD]))
    assert state.status is Status.IN
    assert club.read(lambda uow: recent(uow, limit=1))[0].who == "Manager"
    press(qtbot, mode, f"Undo: {mode.toast.words()}")
    qtbot.waitUntil(lambda: f"Sign in {CHILD}" in buttons(locked))


def test_it_is_held_to_the_activity_below_the_screen(qtbot: QtBot, locked: Place, mode: RegisterMode) -> None:
    errors: list[Exception] = []
    other = locked.ids["trip"]
    mode.jobs.query(lambda uow: registers.register(uow, other), lambda _: None, errors.append)
    mode.jobs.change(
        lambda uow: marks.record_mark(uow, other, kind=MarkKind.IN, child_id=locked.ids[CHILD]),
        "In",
        None,
        errors.append,
    )
    mode.jobs.change(lambda uow: programme.add_venue(uow, {"name": "A hall"}), "A hall", None, errors.append)
    qtbot.waitUntil(lambda: len(errors) == 3)
    assert [type(each) for each in errors] == [Denied] * 3
    assert locked.app.session.club.actor.activity is None  # type: ignore[union-attr] # open


def test_idle_does_not_lock_it_and_ctrl_l_does(qtbot: QtBot, locked: Place, mode: RegisterMode) -> None:
    locked.wait_minutes(60)
    assert locked.warden.screen is mode
    QTest.keyClick(locked.app.window.windowHandle(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(locked.warden.screen, LockScreen)
    assert "Zarqawi" not in tree(QApplication.instance())  # type: ignore[arg-type] # there is one


def test_the_fire_list_is_of_everything_that_is_on_and_leads_back(
    qtbot: QtBot, qapp: QApplication, locked: Place, mode: RegisterMode
) -> None:
    club, now = locked.app.session.club, locked.clock.now()  # type: ignore[union-attr] # open
    other = put(club, lambda uow: an_activity(uow, "Story hour", SATURDAY))
    club.write(
        lambda uow: marks.record_mark(uow, other, kind=MarkKind.IN, adult_id=locked.ids[ADULT], happened_at=now), "In"
    )
    press(qtbot, mode, f"Sign in {CHILD}")
    qtbot.waitUntil(lambda: f"Sign out {CHILD}" in buttons(locked))
    press(qtbot, mode, f"Sign out {CHILD}")
    qtbot.waitUntil(lambda: mode.page.panels.panel.shown)
    qtbot.keyClick(qapp.focusWidget() or mode, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: isinstance(locked.warden.screen, FireList))
    shown = locked.warden.screen
    assert isinstance(shown, FireList)
    assert shown.roll.names() == [CHILD, f"{ADULT}, visitor"]
    qtbot.keyClick(qapp.focusWidget() or shown, Qt.Key.Key_F9)
    assert locked.warden.screen is mode
    assert mode.isVisible()
    assert mode.page.panels.panel.shown
    assert "Story hour" not in words(locked)

    def seen() -> list[tuple[AccessKind, str]]:
        return club.read(lambda uow: [(one.kind, one.who) for one in uow.session.query(AccessEvent)])

    qtbot.waitUntil(lambda: seen() == [(AccessKind.FIRE_LIST, "Manager")])


def test_a_fire_list_nobody_touches_leads_back_to_the_door(qtbot: QtBot, locked: Place, mode: RegisterMode) -> None:
    press(qtbot, mode, "Fire list")
    qtbot.waitUntil(lambda: isinstance(locked.warden.screen, FireList))
    locked.wait_minutes(15)
    assert locked.warden.screen is mode
    assert mode.isVisible()


def test_over_while_the_fire_list_is_shown(qtbot: QtBot, locked: Place, mode: RegisterMode) -> None:
    press(qtbot, mode, "Fire list")
    qtbot.waitUntil(lambda: isinstance(locked.warden.screen, FireList))
    shown = locked.warden.screen
    locked.clock.move_to(london_instant(SATURDAY, time(17, 1)))
    locked.warden.look()
    qtbot.waitUntil(lambda: locked.warden._taken.now is None)
    assert locked.warden.screen is shown
    press(qtbot, locked.app.window, "Back")
    assert isinstance(locked.warden.screen, LockScreen)


def test_the_last_mark_before_the_lock_is_on_the_desk(qtbot: QtBot, locked: Place, mode: RegisterMode) -> None:
    locked.app.session.jobs.release_answers()  # type: ignore[union-attr] # open
    locked.desk.go("register", locked.ids["club"])
    told: list[object] = []
    locked.app.session.jobs.changed.connect(told.append)  # type: ignore[union-attr] # open
    press(qtbot, mode, f"Sign in {CHILD}")
    mode.over.emit()
    qtbot.waitUntil(lambda: bool(told))


def test_what_others_mark_is_seen_at_the_door(qtbot: QtBot, locked: Place, mode: RegisterMode) -> None:
    session, now, asked = locked.app.session, locked.clock.now(), []
    assert session is not None
    mode.jobs.query(lambda _uow: "all it began with is read", asked.append)
    qtbot.waitUntil(lambda: bool(asked))
    session.club.write(
        lambda uow: marks.record_mark(
            uow, locked.ids["club"], kind=MarkKind.IN, child_id=locked.ids[CHILD], happened_at=now
        ),
        "In",
    )
    session.jobs.changed.emit(frozenset({"registers"}))
    qtbot.waitUntil(lambda: f"Sign out {CHILD}" in buttons(locked))


def test_the_button_locks_it(qtbot: QtBot, locked: Place, mode: RegisterMode) -> None:
    press(qtbot, mode, "Lock")
    assert isinstance(locked.warden.screen, LockScreen)


def test_it_ends_when_the_day_is_closed(qtbot: QtBot, locked: Place, mode: RegisterMode) -> None:
    club, activity = locked.app.session.club, locked.ids["club"]  # type: ignore[union-attr] # open
    locked.clock.move_to(london_instant(SATURDAY, time(14)))
    club.write(lambda uow: service.close_day(uow, activity), "Closed the day")
    mode.page.refresh()
    qtbot.waitUntil(lambda: isinstance(locked.warden.screen, LockScreen))
    qtbot.waitUntil(lambda: "On now" not in words(locked))


def test_it_ends_when_its_time_is_over(qtbot: QtBot, locked: Place, mode: RegisterMode) -> None:
    locked.clock.move_to(london_instant(SATURDAY, time(17, 1)))
    locked.warden.look()
    qtbot.waitUntil(lambda: isinstance(locked.warden.screen, LockScreen))


def test_before_its_time_it_is_not_offered(qtbot: QtBot, place: Place) -> None:
    place.clock.move_to(london_instant(SATURDAY, time(9, 29)))
    lock_and_look(qtbot, place)
    assert "On now" not in words(place)
    assert "Fire list" not in buttons(place)


def lock_and_look(qtbot: QtBot, place: Place) -> None:
    place.warden.lock()
    screen = place.warden.screen
    assert isinstance(screen, LockScreen)
    qtbot.waitUntil(lambda: screen.looked)


def test_a_wrong_pin_is_told_and_after_five_a_password_is_needed(qtbot: QtBot, locked: Place) -> None:
    start(qtbot, locked, "1357")
    for _more in range(4):
        qtbot.waitUntil(lambda: "do not belong together" in words(locked))
        try_pin(qtbot, locked, "1357")
        qtbot.waitUntil(lambda: "do not belong together" in words(locked))
    try_pin(qtbot, locked, PIN)
    qtbot.waitUntil(lambda: "Unlock with a password first." in words(locked))
    assert isinstance(locked.warden.screen, LockScreen)


def test_where_nobody_has_a_pin_it_says_how_to_get_one(qtbot: QtBot, place: Place) -> None:
    lock(qtbot, place)
    press(qtbot, place.app.window, "Start the register: December club")
    assert "Nobody has a PIN yet." in words(place)
    assert "Start the register" not in buttons(place)


def test_it_is_begun_from_the_register_page(qtbot: QtBot, place: Place) -> None:
    place.app.session.club.set_pin(PIN)  # type: ignore[union-attr] # open
    place.desk.go("register", place.ids["club"])
    qtbot.waitUntil(lambda: "Register mode" in buttons(place))
    press(qtbot, place.desk, "Register mode")
    assert place.warden.locked
    qtbot.waitUntil(lambda: "Register: December club" in words(place))


def test_what_was_marked_is_on_the_desk_afterwards(qtbot: QtBot, locked: Place, mode: RegisterMode) -> None:
    press(qtbot, mode, f"Sign in {CHILD}")
    qtbot.waitUntil(lambda: f"Sign out {CHILD}" in buttons(locked))
    press(qtbot, mode, "Lock")
    write(qtbot, locked.app.window, "Password", PASSPHRASE)
    press(qtbot, locked.app.window, "Unlock")
    qtbot.waitUntil(lambda: not locked.warden.locked)
    locked.desk.go("register", locked.ids["club"])
    qtbot.waitUntil(lambda: f"Sign out {CHILD}" in buttons(locked))


def test_a_screen_reader_is_told_nothing_of_the_last_mark(
    qtbot: QtBot, qapp: QApplication, locked: Place, mode: RegisterMode, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []

    def hear(event: QAccessibleEvent) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            told.append(event.message())

    monkeypatch.setattr(QAccessible, "updateAccessibility", staticmethod(hear))
    press(qtbot, mode, f"Sign in {CHILD}")
    press(qtbot, mode, "Lock")
    qtbot.waitUntil(lambda: "On now" in words(locked))
    club = locked.app.session.club  # type: ignore[union-attr] # open
    assert club.read(lambda uow: recent(uow, limit=1))[0].label.endswith(f"{CHILD}")
    qapp.processEvents()
    assert told == ["Locked. Manager is signed in."]


def test_it_ends_with_a_card_open(qtbot: QtBot, qapp: QApplication, locked: Place, mode: RegisterMode) -> None:
    press(qtbot, mode, f"Sign in {CHILD}")
    qtbot.waitUntil(lambda: f"Sign out {CHILD}" in buttons(locked))
    press(qtbot, mode, f"Sign out {CHILD}")
    qtbot.waitUntil(lambda: mode.page.panels.panel.shown)
    locked.clock.move_to(london_instant(SATURDAY, time(17, 1)))
    locked.warden.look()
    qtbot.waitUntil(lambda: isinstance(locked.warden.screen, LockScreen))
    assert [word for word in SECRETS if word in tree(qapp)] == []


def test_wrong_pins_are_not_forgotten_by_locking_again(qtbot: QtBot, locked: Place) -> None:
    start(qtbot, locked, "1357")
    for _more in range(4):
        qtbot.waitUntil(lambda: "do not belong together" in words(locked))
        try_pin(qtbot, locked, "1357")
        qtbot.waitUntil(lambda: "do not belong together" in words(locked))
    locked.app.suspend.told(True)
    start(qtbot, locked, PIN)
    qtbot.waitUntil(lambda: "Unlock with a password first." in words(locked))


def test_the_pin_of_somebody_taken_off_opens_nothing(qtbot: QtBot, locked: Place) -> None:
    club = locked.app.session.club  # type: ignore[union-attr] # open
    added = club.add_person("Ngozi Adeyemi", "seven loud geese on ice", role=Role.SESSIONAL).account.id

    def with_pin(uow: UnitOfWork) -> None:
        uow.get(AccountRecord, added, "account").pin = uow.get(AccountRecord, uow.actor.id, "account").pin

    club.write(with_pin, "The same PIN")
    twin = club.apart()
    assert twin.sign_in_with_pin("Ngozi Adeyemi", PIN, locked.ids["club"]).name == "Ngozi Adeyemi"
    club.remove_person(added)
    with pytest.raises(WrongPassphrase):
        club.apart().sign_in_with_pin("Ngozi Adeyemi", PIN, locked.ids["club"])
    locked.warden.look()
    press(qtbot, locked.app.window, "Start the register: December club")
    names = the(locked.app.window, QComboBox, "Name")
    assert [names.itemText(at) for at in range(names.count())] == ["Choose your name", "Manager"]


def test_a_mark_that_failed_as_it_was_locked_is_told_afterwards(
    qtbot: QtBot, qapp: QApplication, locked: Place, mode: RegisterMode
) -> None:
    def fails(_uow: UnitOfWork) -> None:
        raise BadInput("This mark could not be kept.")

    mode.jobs.change(fails, "In", None, mode.page.show_error)
    press(qtbot, mode, "Lock")
    qtbot.waitUntil(lambda: "On now" in words(locked))
    assert not any(isinstance(each, NotSaved) for each in qapp.topLevelWidgets())
    write(qtbot, locked.app.window, "Password", PASSPHRASE)
    press(qtbot, locked.app.window, "Unlock")
    qtbot.waitUntil(lambda: not locked.warden.locked)
    boxes = [each for each in qapp.topLevelWidgets() if isinstance(each, NotSaved) and each.isVisible()]
    assert len(boxes) == 1
    assert "This mark could not be kept." in [each.text() for each in boxes[0].findChildren(QLabel)]
    boxes[0].accept()


def test_undo_takes_back_nothing_but_marks_of_that_register(
    qtbot: QtBot, qapp: QApplication, locked: Place, mode: RegisterMode
) -> None:
    club, done = locked.app.session.club, []  # type: ignore[union-attr] # open
    club.write(lambda uow: programme.add_venue(uow, {"name": "A hall"}), "Added a hall")
    club.write(
        lambda uow: marks.record_mark(uow, locked.ids["trip"], kind=MarkKind.IN, child_id=locked.ids[CHILD]), "In there"
    )
    for _each in range(2):
        mode._backwards.undo()
        mode.jobs.query(lambda _uow: None, lambda _: done.append("asked"))
    mode.jobs.wait_for_changes()
    qtbot.waitUntil(lambda: len(done) == 2)
    labels = [row.label for row in club.read(lambda uow: recent(uow, limit=9))]
    assert set(labels[: labels.index("In there")]) == {"Refused"}  # however often it is written down
    for box in qapp.topLevelWidgets():
        if isinstance(box, ErrorBox):
            box.close()


def test_a_pin_typed_when_it_is_over_starts_nothing(qtbot: QtBot, locked: Place) -> None:
    screen = locked.warden.screen
    assert isinstance(screen, LockScreen)
    locked.clock.move_to(london_instant(SATURDAY, time(17, 1)))
    screen.register.emit(locked.ids["club"], "Manager", PIN)  # the form has stood there since the morning
    heard: list[object] = []
    locked.warden.looked.connect(lambda: heard.append("all that was asked before is answered"))
    locked.warden.look()
    qtbot.waitUntil(lambda: bool(heard))
    assert locked.warden.screen is screen
    with pytest.raises(BadInput, match="not open now"):
        locked.warden._pins.trying(locked.ids["trip"], "Manager", PIN)()


def test_the_form_goes_when_the_activity_is_called_off(qtbot: QtBot, locked: Place) -> None:
    press(qtbot, locked.app.window, "Start the register: December club")
    the(locked.app.window, QComboBox, "Name")
    club = locked.app.session.club  # type: ignore[union-attr] # open
    club.write(lambda uow: programme.cancel_activity(uow, locked.ids["club"], "Snow"), "Cancelled")
    locked.warden.look()
    qtbot.waitUntil(lambda: "Manager is signed in." in words(locked))
    assert "On now" not in words(locked)


@pytest.mark.parametrize("how", ["cancelled", "moved"])
def test_it_ends_when_the_activity_is_not_now_any_more(
    qtbot: QtBot, locked: Place, mode: RegisterMode, how: str
) -> None:
    club, activity = locked.app.session.club, locked.ids["club"]  # type: ignore[union-attr] # open
    if how == "cancelled":
        club.write(lambda uow: programme.cancel_activity(uow, activity, "Snow"), "Cancelled")
    else:
        later = SATURDAY + timedelta(days=1)
        club.write(lambda uow: programme.move_activity(uow, activity, later, time(10), time(14)), "Moved")
    locked.warden.look()
    qtbot.waitUntil(lambda: isinstance(locked.warden.screen, LockScreen))


def test_it_ends_when_whoever_gave_the_pin_is_taken_off(qtbot: QtBot, locked: Place, mode: RegisterMode) -> None:
    club = locked.app.session.club  # type: ignore[union-attr] # open

    def without_pin(uow: UnitOfWork) -> None:
        uow.get(AccountRecord, uow.actor.id, "account").pin = ""

    club.write(without_pin, "On another machine")
    locked.warden.look()
    qtbot.waitUntil(lambda: isinstance(locked.warden.screen, LockScreen))


def test_of_two_on_one_day_the_other_is_nowhere(qtbot: QtBot, qapp: QApplication, locked: Place) -> None:
    club = locked.app.session.club  # type: ignore[union-attr] # open
    other = put(club, lambda uow: an_activity(uow, "Story hour", SATURDAY))
    child = put(club, lambda uow: a_child(uow, "Ottoline", "Fernsby"))
    put(club, lambda uow: a_booking(uow, other, child))
    start(qtbot, locked)
    qtbot.waitUntil(lambda: isinstance(locked.warden.screen, RegisterMode))
    qtbot.waitUntil(lambda: CHILD in words(locked))
    mode = locked.warden.screen
    assert isinstance(mode, RegisterMode)
    qtbot.keyClicks(mode.page.door.finder.line, "Otto")
    qapp.processEvents()
    assert "Ottoline" not in tree(qapp)
    assert "Story hour" not in tree(qapp)
    errors: list[Exception] = []
    mode.jobs.query(lambda uow: registers.register(uow, other), lambda _: None, errors.append)
    qtbot.waitUntil(lambda: len(errors) == 1)
    assert isinstance(errors[0], Denied)


def test_of_all_keys_only_two_lead_away(qtbot: QtBot, qapp: QApplication, locked: Place, mode: RegisterMode) -> None:
    letters = [Qt.Key(Qt.Key.Key_A.value + at) for at in range(26) if at != 11]  # but L
    digits = [Qt.Key(Qt.Key.Key_0.value + at) for at in range(10)]
    for held in (Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier):
        for key in (*letters, *digits):
            qtbot.keyClick(qapp.focusWidget() or mode, key, held)
    for at in (at for at in range(12) if at != 8):  # but F9
        qtbot.keyClick(qapp.focusWidget() or mode, Qt.Key(Qt.Key.Key_F1.value + at))
    qtbot.keyClick(qapp.focusWidget() or mode, Qt.Key.Key_Menu)
    qapp.processEvents()
    assert locked.warden.screen is mode
    assert mode.page.at_door()
    assert not locked.desk.isVisible()
    assert [each for each in qapp.topLevelWidgets() if each.isVisible() and each is not locked.app.window] == []


def test_a_pin_is_no_password_of_the_file(locked: Place, tmp_path: Path) -> None:
    locked.app.close_at_once()
    with pytest.raises(WrongPassphrase):
        open_club(tmp_path / "club.breather", PIN, device=DEVICE, name="Manager")
