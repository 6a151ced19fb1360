"""The recovery key of a club on a server, by hand: made by a manager, and typed off its paper on the first screen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from desktop.access.page import PeoplePage
from models.access.door import at_the_door
from models.server.club import ServerClub
from models.storage.server_address import Address
from tests.clubs import PASSPHRASE
from tests.documents.test_recovery_sheet import groups_on, read
from tests.server.conftest import Open
from tests.server.window import DENISE, Window
from tests.shell.apps import leave, the

pytestmark = pytest.mark.server
OWN = "purple marmots queueing"


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Window]:
    made = Window(qtbot, qapp, tmp_path)
    yield made
    if not made.app.gone:
        leave(made.app)


def print_one(window: Window) -> str:
    window.write("Your password", PASSPHRASE)
    window.press("Make a recovery key")
    page = window.page
    assert isinstance(page, PeoplePage)
    window.until(lambda: page.preview.page_count() == 1)
    (text,) = read(page.preview._data)
    return "-".join(groups_on(text))


def test_who_forgot_opens_the_club_with_the_paper(
    window: Window, club: ServerClub, database: Address, come_in: Open
) -> None:
    window.comes_in(str(database.public))
    window.go("access")
    window.reads("The recovery key opens the club when nobody remembers")
    window.press("Recovery key")
    window.reads("a page printed before opens nothing any more")
    paper = print_one(window)
    window.press("Sign out")
    window.press("I forgot my password")
    the(window.app.window, QPlainTextEdit, "Recovery key").setPlainText(paper.lower())
    for name in ("Your new password", "Your new password again"):
        window.write(name, OWN)
    window.press("Open with this key")
    assert window.desk.sidebar.isVisible()
    assert window.app.session is not None
    assert window.app.session.club.actor.name == DENISE
    leave(window.app)
    assert "The recovery key was typed in" in " ".join(row.what for row in come_in(DENISE, OWN).read(at_the_door))


def test_an_older_paper_is_told_at_the_key(window: Window, club: ServerClub, database: Address) -> None:
    older = club.recovery_key(PASSPHRASE)
    club.recovery_key(PASSPHRASE)
    window.starts(str(database.public), DENISE)
    window.press("I forgot my password")
    the(window.app.window, QPlainTextEdit, "Recovery key").setPlainText(older)
    for name in ("Your new password", "Your new password again"):
        window.write(name, OWN)
    window.press("Open with this key")
    window.reads("That recovery key does not open this club.")
    window.press("Back")
    window.press("Leave without saving")
    assert window.line("Address of the club") == str(database.public)


def test_without_an_address_there_is_nothing_to_recover(window: Window) -> None:
    window.starts()
    window.press("Use a server")
    window.press("I forgot my password")
    window.reads("The address is empty.")


def test_a_new_club_is_offered_its_paper_at_once(window: Window, database: Address) -> None:
    window.starts()
    window.press("Use a server")
    window.press("Start a new club there")
    for name, typed in (
        ("Address of the empty database", str(database.public)),
        ("Its owner’s name", database.user),
        ("Its owner’s password", database.password),
        ("Name of the club", "Harbour Young Carers"),
        ("Your name", DENISE),
        ("Your password", PASSPHRASE),
        ("Your password again", PASSPHRASE),
    ):
        window.write(name, typed)
    window.press("Make the club")
    assert window.desk.sidebar.isVisible()
    window.press("Print the recovery key")
    print_one(window)
