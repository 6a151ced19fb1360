"""At the door: what managers are told of refusals, wrong passwords, keys and the fire list; nobody else is told."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.access import words
from desktop.access.door import PAGE, DoorList
from models.access.door import DoorRow, at_the_door
from models.access.records import AccessEvent
from models.access.rules import AccessKind, Role
from models.bootstrap import Club, UnitOfWork
from models.kernel.errors import Denied
from tests.access.screens import Manager
from tests.access.signing import SAM
from tests.clubs import PASSPHRASE, new_club
from tests.shell.apps import leave


@pytest.fixture
def club(tmp_path: Path) -> Iterator[Club]:
    made = new_club(tmp_path)
    yield made
    made.close()


def remembered(club: Club, *events: tuple[AccessKind, str, str]) -> None:
    """Each a minute after the one before."""

    def put(uow: UnitOfWork) -> None:
        for minutes, (kind, who, detail) in enumerate(events):
            uow.add(AccessEvent(kind=kind, who=who, detail=detail, at=uow.clock.now() + timedelta(minutes=minutes)))

    club.write(put, "")


def test_each_kind_is_told_in_plain_words_and_the_newest_first(club: Club) -> None:
    remembered(
        club,
        (AccessKind.DENIED, "Sam Jones", "people.service.edit_child needs: edit families"),
        (AccessKind.DENIED, "Sam Jones", "people.service.part needs: be called from inside alone"),
        (AccessKind.WRONG_PASSWORDS, "Sam Jones", "One wrong password at 10:02 on 3 Dec 2026"),
        (AccessKind.WRONG_PASSWORDS, "Sam Jones", ""),
        (AccessKind.FIRE_LIST, "Sam Jones", "Opened while locked: Tuesday Club"),
        (AccessKind.FIRE_LIST, "", ""),
        (AccessKind.RECOVERED, "Sam Jones", "The recovery key of concerns was typed in."),
        (AccessKind.REKEYED, "Sam Jones", ""),
    )
    rows = club.read(at_the_door)
    assert [(row.who, row.what) for row in reversed(rows)] == [
        ("Sam Jones", "Tried something they may not do: edit families."),
        ("Sam Jones", "Tried something they may not do."),
        ("Sam Jones", "Signed in after one wrong password at 10:02 on 3 Dec 2026."),
        ("Sam Jones", "Signed in after wrong passwords."),
        (
            "Somebody",
            "The fire list was opened without a password: Tuesday Club. Sam Jones was the last one signed in.",
        ),
        ("Somebody", "The fire list was opened without a password."),
        ("Sam Jones", "The recovery key of concerns was typed in."),
        ("Sam Jones", "Made a new key for the file."),
    ]
    assert [row.at for row in rows] == sorted((row.at for row in rows), reverse=True)


@pytest.mark.file_only
def test_a_refusal_is_read_by_the_manager_and_refused_to_others(club: Club) -> None:
    club.add_person("Sam Jones", SAM, role=Role.LEAD)
    club.sign_in("Sam Jones", SAM)
    with pytest.raises(Denied):
        club.read(at_the_door)
    club.sign_in("Manager", PASSPHRASE)
    (row,) = club.read(at_the_door)
    assert (row.who, row.what) == ("Sam Jones", "Tried something they may not do: say who can sign in.")


@pytest.fixture
def manager(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Manager]:
    somebody = Manager(qtbot, qapp, tmp_path)
    yield somebody
    leave(somebody.app)


def test_where_nothing_happened_that_is_said(manager: Manager) -> None:
    manager.open_people()
    assert manager.club.read(at_the_door) == ()
    manager.press("At the door")
    manager.waits_for("Nothing to tell.")
    assert words.DOOR_TELLS not in manager.words()


def test_the_newest_stand_there_and_the_others_on_pages_behind(manager: Manager) -> None:
    manager.open_people()
    told = [(AccessKind.REKEYED, "Marcus Bell", f"Key {number} was made.") for number in range(PAGE + 1)]
    remembered(manager.club, *told)
    manager.press("At the door")
    manager.waits_for(f"Key {PAGE} was made. | Marcus Bell · 3 Dec 2026 at ")
    assert "Key 1 was made." in manager.words()
    assert "Key 0 was made." not in manager.words()
    assert f"1 to {PAGE} of {PAGE + 1}" in manager.words()
    manager.press("Older")
    manager.waits_for("Key 0 was made.")
    assert f"{PAGE + 1} to {PAGE + 1} of {PAGE + 1}" in manager.words()
    assert manager.page.panel.isAncestorOf(manager.app.window.focusWidget())
    assert not manager.button("Older").isEnabled()
    manager.press("Newer")
    manager.waits_for("Key 1 was made.")
    assert "Key 0 was made." not in manager.words()
    assert not manager.button("Newer").isEnabled()
    manager.press("Close")
    assert not manager.page.panel.shown


def test_two_thousand_are_there_at_once(qapp: QApplication) -> None:
    """200 ms are what it may take; the widgets it is made of are counted too, which no busy machine changes."""
    rows = [
        DoorRow("Marcus Bell", f"Key {number} was made.", datetime(2026, 12, 3, tzinfo=UTC)) for number in range(2_000)
    ]
    took = []
    for _best_of in range(5):
        begun = perf_counter()
        made = DoorList(rows)
        made.resize(400, 600)
        made.show()
        qapp.processEvents()
        took.append(perf_counter() - begun)
        assert len(made.findChildren(QWidget)) < 6 * PAGE
        assert "1 to 25 of 2,000" in [each.text() for each in made.findChildren(QLabel)]
        made.close()
        made.deleteLater()
    assert min(took) < 0.2


def test_it_is_opened_and_left_by_keys(manager: Manager) -> None:
    page = manager.open_people()
    remembered(manager.club, (AccessKind.KEYS_PUT_BACK, "Marcus Bell", "The keys file was put back."))
    manager.sees(QAbstractButton, "At the door")
    opener = manager.button("At the door")
    opener.setFocus(Qt.FocusReason.TabFocusReason)
    manager.qtbot.keyClick(opener, Qt.Key.Key_Space)
    manager.waits_for("The keys file was put back.")
    manager.qtbot.keyClick(page.panel, Qt.Key.Key_Escape)
    assert not page.panel.shown


def test_what_is_typed_in_a_form_is_not_lost_to_it(manager: Manager) -> None:
    page = manager.open_people()
    manager.press("Add a person")
    manager.write("Name", "Grace Adeyemi")
    form = manager.form
    page.show_door()
    manager.until(lambda: "What you typed is not saved yet." in form.banner.words())
    assert page.panel.content() is form
