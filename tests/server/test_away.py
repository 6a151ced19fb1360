"""The server is away: whoever was signed in can unlock, nobody else can, and what was tried is written down later."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from sqlalchemy.pool import QueuePool

from desktop.shell.top_banner import LOST
from models.access.rules import Role
from models.history.queries import recent
from models.kernel.errors import NoAnswer, TooManyGuesses, WrongPassphrase
from models.server.club import ServerClub
from models.storage import server_store
from models.storage.server_address import Address
from tests.clubs import PASSPHRASE, a_venue, put
from tests.server.conftest import Open
from tests.server.line import Cut, Line
from tests.server.window import DENISE, Window
from tests.shell.apps import leave

pytestmark = pytest.mark.server
HERS, OWN = "oddly-silver-kettle-barn", "purple marmots queueing"
WRONG = "two quiet otters"


@pytest.fixture
def line(database: Address) -> Iterator[Line]:
    made = Line(database.host, database.port)
    yield made
    made.close()


@pytest.fixture
def far(club: ServerClub, database: Address, line: Line, come_in: Open) -> ServerClub:
    """The club as seen over the line; `club` sees it without."""
    return come_in(DENISE, address=replace(database, port=line.port))


def away(line: Line) -> None:
    line.mended, line.cut = False, Cut.AT_ONCE


def back(line: Line) -> None:
    line.mended, line.cut, line.deaf = True, Cut.NEVER, False


def wrong_passwords(club: ServerClub) -> list[str]:
    return [entry.label for entry in club.read(recent) if "wrong password" in entry.label.lower()]


def test_the_one_who_was_signed_in_unlocks_without_it(far: ServerClub, line: Line) -> None:
    away(line)
    far.confirm(PASSPHRASE)
    with pytest.raises(WrongPassphrase, match="not your password"):
        far.confirm(WRONG)
    back(line)
    far.confirm(PASSPHRASE)


def test_a_server_that_does_not_answer_keeps_nobody_waiting_for_long(
    far: ServerClub, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int | None] = []
    connect = server_store.connect

    def noted(address: Address, *, read_only: bool = False, within: int | None = None) -> object:
        asked.append(within)
        return connect(address, read_only=read_only, within=2)

    monkeypatch.setattr(server_store, "connect", noted)
    line.deaf = True
    far.confirm(PASSPHRASE)
    assert asked == [server_store.SOON]
    assert server_store.SOON <= 3


def test_guesses_are_counted_here_and_written_down_when_it_is_back(
    club: ServerClub, far: ServerClub, line: Line
) -> None:
    away(line)
    for _ in range(5):
        with pytest.raises(WrongPassphrase):
            far.confirm(WRONG)
    with pytest.raises(TooManyGuesses):
        far.confirm(PASSPHRASE)
    assert wrong_passwords(club) == []
    back(line)
    far.tell_of_guesses()
    assert len(wrong_passwords(club)) == 1
    far.tell_of_guesses()
    assert len(wrong_passwords(club)) == 1
    with pytest.raises(TooManyGuesses):
        far.confirm(PASSPHRASE)


def test_somebody_else_needs_the_server_and_is_told_so(club: ServerClub, far: ServerClub, line: Line) -> None:
    club.add_person("Lena", HERS, role=Role.LEAD)
    away(line)
    with pytest.raises(NoAnswer, match=r"nobody else can sign in without it\. Denise Okafor can unlock"):
        far.sign_in("Lena", HERS)
    with pytest.raises(WrongPassphrase):
        far.confirm(HERS)
    far.confirm(PASSPHRASE)
    back(line)
    assert far.sign_in("Lena", HERS).name == "Lena"
    away(line)
    with pytest.raises(WrongPassphrase):
        far.confirm(PASSPHRASE)
    far.confirm(HERS)


def test_a_password_changed_here_is_the_one_that_unlocks(far: ServerClub, line: Line) -> None:
    far.change_own_password(PASSPHRASE, OWN)
    away(line)
    with pytest.raises(WrongPassphrase):
        far.confirm(PASSPHRASE)
    far.confirm(OWN)


def test_who_was_taken_off_is_let_in_no_more_once_it_is_back(
    club: ServerClub, come_in: Open, database: Address, line: Line
) -> None:
    lena = club.add_person("Lena", HERS, role=Role.LEAD).account
    hers = come_in("Lena", HERS, replace(database, port=line.port))
    club.remove_person(lena.id)
    with pytest.raises(WrongPassphrase):
        hers.confirm(HERS)


def test_somebody_who_acts_apart_has_no_password_of_the_first_to_unlock_with(far: ServerClub, line: Line) -> None:
    apart = far.apart()
    away(line)
    with pytest.raises(NoAnswer):
        apart.confirm(PASSPHRASE)
    apart.close()


def resting(club: ServerClub) -> int:
    pool = club._server._reader.pool
    assert isinstance(pool, QueuePool)
    return pool.checkedin()


def test_who_acted_apart_leaves_no_connection_behind(club: ServerClub) -> None:
    apart = club.apart()
    assert len(apart.read(recent)) == len(club.read(recent))
    assert resting(apart) == 1
    apart.let_go()
    assert resting(apart) == 0
    assert resting(club) == 1


def test_the_window_unlocks_over_what_was_half_written_and_tells_when_it_is_back(
    qtbot: QtBot, qapp: QApplication, club: ServerClub, database: Address, line: Line, tmp_path: Path
) -> None:
    window = Window(qtbot, qapp, tmp_path)
    put(club, lambda uow: a_venue(uow, "Quay Hall"))
    window.comes_in(str(replace(database, port=line.port).public))
    window.go("venues")
    window.press("Add a venue")
    window.write("Name", "a wholly new hall")
    window.until(window.rested)
    away(line)
    window.reads(LOST)
    warden = window.app.warden
    assert warden is not None
    window.app.lock()
    assert not window.app.window.findChildren(QLineEdit, "Name") or "a wholly new hall" not in window.words()
    window.write("Password", WRONG)
    window.press("Unlock")
    window.reads("That is not your password.")
    window.press("Sign in as somebody else")
    window.write("Name", "Lena")
    window.write("Password", HERS)
    window.press("Sign in")
    window.reads("nobody else can sign in without it.")
    window.press("Back")
    window.write("Password", PASSPHRASE)
    window.key(window.sees(QLineEdit, "Password"), Qt.Key.Key_Return)
    window.until(lambda: not warden.locked)
    assert window.line("Name") == "a wholly new hall"
    window.reads(LOST)
    back(line)
    window.press("Try again")
    window.until(lambda: LOST not in window.words())
    window.until(lambda: len(wrong_passwords(club)) == 1)
    leave(window.app)
