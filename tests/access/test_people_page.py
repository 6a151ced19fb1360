"""People who can sign in: added, changed, reset and taken off, by mouse and by keys; the recovery key; a new key."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QPushButton
from pytestqt.qtbot import QtBot

from desktop.access import words
from desktop.widgets.history_list import HistoryList
from models.access.rules import Role, permissions_of
from models.bootstrap import Place, choose_folder
from models.kernel.errors import Denied
from tests.access.screens import GIVEN, PASSPHRASE, Manager, opens_with
from tests.shell.apps import MANAGER, leave


@pytest.fixture
def manager(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Manager]:
    somebody = Manager(qtbot, qapp, tmp_path)
    yield somebody
    if not somebody.app.gone:
        leave(somebody.app)


def test_the_list_tells_who_can_sign_in_and_as_what(manager: Manager) -> None:
    page = manager.open_people()
    columns = page.table.model.columns
    assert [tuple(column.text(row) for column in columns)[:3] for row in page.table.rows()] == [
        ("Manager (you)", "Manager", "Can sign in"),
        ("Marcus Bell", "Sessional worker", "New password"),
        ("Priya Shah", "Lead worker and safeguarding lead", "New password"),
    ]


def test_somebody_is_added_by_mouse_and_the_password_handed_over_opens_the_file(manager: Manager) -> None:
    manager.open_people()
    manager.press("Add a person")
    manager.write("Name", "Grace Adeyemi")
    manager.choose("Lead worker")
    manager.press("Add this person")
    password = manager.handed_over()
    manager.press("Done")
    assert password not in manager.words()
    manager.until(lambda: manager.people().get("Grace Adeyemi") == "New password")
    row = next(one for one in manager.club.people() if one.name == "Grace Adeyemi")
    assert (row.role, row.safeguarding, row.new_password) == (Role.LEAD, False, True)
    leave(manager.app)
    assert opens_with(manager.file, "Grace Adeyemi", password)
    assert opens_with(manager.file, "Marcus Bell", GIVEN), "nobody else was touched"


def test_somebody_is_added_by_keys(manager: Manager) -> None:
    page = manager.open_people()
    manager.qtbot.keyClick(page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    manager.write("Name", "Grace Adeyemi")
    manager.save()
    manager.handed_over()
    manager.qtbot.keyClick(page.panel, Qt.Key.Key_Escape)
    assert not page.panel.shown
    assert {one.name: one.role for one in manager.club.people()}["Grace Adeyemi"] is Role.SESSIONAL


def test_a_name_that_is_there_and_no_role_are_told_at_their_fields(manager: Manager) -> None:
    manager.open_people()
    manager.press("Add a person")
    manager.write("Name", "marcus  bell")
    manager.save()
    manager.until(lambda: manager.form.field("name").error())
    assert "There is somebody called" in manager.form.field("name").error()
    manager.write("Name", "Grace Adeyemi")
    manager.choose("None of these")
    manager.save()
    manager.until(lambda: manager.form.field("role").error())
    assert "This person has no role." in manager.form.field("role").error()
    assert len(manager.club.people()) == 3


def test_what_somebody_may_do_is_changed(manager: Manager) -> None:
    manager.open_people()
    manager.go_to("Marcus Bell")
    manager.choose("Lead worker")
    manager.press("Save")
    manager.until(lambda: {one.name: one.role for one in manager.club.people()}["Marcus Bell"] is Role.LEAD)
    manager.until(lambda: not manager.page.panel.shown)
    assert opens_with_open(manager, "Marcus Bell", GIVEN)


def test_history_says_what_was_changed_of_somebody_who_can_sign_in(manager: Manager) -> None:
    manager.open_people()
    manager.go_to("Marcus Bell")
    manager.choose("Lead worker")
    manager.press("Save")
    manager.until(lambda: not manager.page.panel.shown)
    manager.go_to("Marcus Bell")
    manager.waits_for("Role: sessional worker → lead worker")
    assert "Marcus Bell (person who can sign in) added" in manager.words()
    (past,) = manager.page.panel.findChildren(HistoryList)
    before = past.visibleRegion().boundingRect().height()
    manager.line("Name").setFocus()
    for _page in range(4):
        manager.qtbot.keyClick(manager.line("Name"), Qt.Key.Key_PageDown)
    manager.until(lambda: past.visibleRegion().boundingRect().height() == past.height() > before)


def opens_with_open(manager: Manager, name: str, password: str) -> bool:
    """As `opens_with`, once the app has let go of the file."""
    leave(manager.app)
    return opens_with(manager.file, name, password)


def test_the_only_manager_stays_one_and_cannot_be_taken_off_by_themselves(manager: Manager) -> None:
    manager.open_people()
    manager.go_to(MANAGER)
    assert not [each for each in ("New password for Manager", "Take off Manager") if each in names_shown(manager)]
    assert words.YOURS in manager.words()
    manager.choose("Lead worker")
    manager.save()
    manager.until(lambda: "only manager" in manager.form.field("role").error())


def names_shown(manager: Manager) -> list[str]:
    found = manager.window.findChildren(QAbstractButton)
    return [each.accessibleName() for each in found if each.isVisible()]


def test_a_new_safeguarding_lead_waits_for_the_key_and_the_manager_is_told(manager: Manager) -> None:
    manager.open_people()
    manager.go_to("Marcus Bell")
    manager.sees(QCheckBox, "Safeguarding lead")
    manager.tick(manager.button("Safeguarding lead"))
    manager.save()
    manager.waits_for("cannot read the concerns that are kept until another safeguarding lead lets them")
    assert manager.club.sealing_key is None


def test_a_password_is_reset_only_after_it_was_said_what_that_does(manager: Manager) -> None:
    manager.open_people()
    manager.go_to("Priya Shah")
    manager.press("New password for Priya Shah")
    manager.waits_for("The password Priya Shah has now stops working at once")
    manager.press("Give a new password")
    password = manager.handed_over()
    assert password != GIVEN
    # Not another lead but a manager did it: the key of concerns went with the old password.
    assert "Nobody can read the concerns now" in manager.words()
    leave(manager.app)
    assert opens_with(manager.file, "Priya Shah", password)
    assert not opens_with(manager.file, "Priya Shah", GIVEN)


def test_going_back_changes_nothing(manager: Manager) -> None:
    manager.open_people()
    for name in ("New password for Marcus Bell", "Take off Marcus Bell"):
        manager.go_to("Marcus Bell")
        manager.press(name)
        manager.press("Back")
        assert not manager.page.panel.shown
    leave(manager.app)
    assert opens_with(manager.file, "Marcus Bell", GIVEN)


def test_somebody_is_taken_off_and_it_is_said_until_when_backups_open(manager: Manager, tmp_path: Path) -> None:
    choose_folder(tmp_path / "data", tmp_path / "stick")
    manager.open_people()
    manager.club.back_up(Place(tmp_path / "stick"))
    manager.go_to("Marcus Bell")
    manager.press("Take off Marcus Bell")
    manager.press("Take off")
    manager.waits_for("Marcus Bell’s password opens this file no more.")
    assert "Older backups still open with it until" in manager.words()
    assert words.NEW_KEY in manager.words()
    manager.until(lambda: manager.people()["Marcus Bell"] == "Taken off 3 Dec 2026")
    manager.press("Done")
    manager.go_to("Marcus Bell")
    manager.waits_for("Add them as a new person if they are back.")
    manager.waits_for("Time they were taken off: nothing → 3 Dec 2026")
    manager.qtbot.keyClick(manager.form, Qt.Key.Key_Escape)
    assert not manager.page.panel.shown
    leave(manager.app)
    assert not opens_with(manager.file, "Marcus Bell", GIVEN)
    assert opens_with(manager.file, "Priya Shah", GIVEN)


def test_the_recovery_key_is_shown_only_for_ones_own_password(manager: Manager) -> None:
    page = manager.open_people()
    manager.press("Recovery key")
    manager.write("Your password", "three loud otters")
    manager.press("Show the recovery key")
    manager.until(lambda: manager.form.field("password").error())
    assert page.preview.page_count() == 0
    manager.write("Your password", PASSPHRASE)
    manager.qtbot.keyClick(manager.line("Your password"), Qt.Key.Key_Return)
    manager.until(lambda: page.preview.page_count() == 1)
    assert page.preview.isVisible()
    manager.press("Back")
    assert page.table.isVisible()
    assert page.preview.page_count() == 0


def test_a_new_file_key_leaves_everybody_their_password(manager: Manager) -> None:
    page = manager.open_people()
    before = manager.club.recovery_key(PASSPHRASE)
    manager.press("Make a new file key")
    manager.write("Your password", PASSPHRASE)
    manager.save()
    manager.waits_for("The file has a new key.")
    assert manager.club.recovery_key(PASSPHRASE) != before
    assert next(one.row.name for one in page.table.rows()) == MANAGER
    first = [
        one.text() for one in page.findChildren(QPushButton) if one.isVisible() and one.property("kind") == "primary"
    ]
    assert first == ["Show the recovery key"], "what is left to do comes before Done"
    manager.press("Show the recovery key")
    manager.waits_for("This key opens the file when nobody can remember")
    leave(manager.app)
    assert opens_with(manager.file, "Marcus Bell", GIVEN)
    assert opens_with(manager.file, MANAGER, PASSPHRASE)


def test_it_is_there_for_managers_alone(manager: Manager) -> None:
    manager.open_people()
    desk = manager.app.desk
    assert desk is not None
    assert "People who can sign in" in [command.words for command in desk.commands()]
    club = manager.club
    club.actor = replace(club.actor, permissions=permissions_of(Role.LEAD, Role.SAFEGUARDING))
    with pytest.raises(Denied):
        club.people()
    with pytest.raises(Denied):
        club.recovery_key(PASSPHRASE)
