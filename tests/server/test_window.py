"""A club on a server in the window: the way in, what others change, and what is typed while the server is away."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from desktop.shell import leaving
from desktop.shell.top_banner import LOST, NOT_SAVED, UNSURE
from desktop.venues.form import VenueForm
from models.access.rules import Role
from models.programme import queries as programme
from models.programme import service
from models.programme.rules import ActivityStatus
from models.registers import queries as registers
from models.server.club import ServerClub
from models.server.opening import as_owner, open_on_server
from models.storage import server_engine
from models.storage.server_address import Address
from tests.clubs import PASSPHRASE, THURSDAY, a_booking, a_child, a_venue, an_activity, put
from tests.server.line import Cut, Line
from tests.server.window import DENISE, Window
from tests.shell.apps import leave, the

pytestmark = pytest.mark.server
HALL = "a wholly new hall"
NOT_THEN = "Not saved"
HERS, OWN = "oddly-silver-kettle-barn", "purple marmots queueing"


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Window]:
    made = Window(qtbot, qapp, tmp_path)
    yield made
    if not made.app.gone:
        leave(made.app)


@pytest.fixture
def line(database: Address) -> Iterator[Line]:
    made = Line(database.host, database.port)
    yield made
    made.close()


def over(line: Line, database: Address) -> str:
    return str(replace(database, port=line.port).public)


def venues(club: ServerClub) -> set[str]:
    return {row.name for row in club.read(programme.venues)}


# --- the way in -----------------------------------------------------------------------------------------------------


def test_a_new_club_is_made_and_its_address_offered_next_time_without_any_password(
    window: Window, database: Address
) -> None:
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
    window.key(the(window.app.window, QLineEdit, "Your password again"), Qt.Key.Key_Return)
    assert window.desk.sidebar.isVisible()
    leave(window.app)
    kept = (window.folder / "data" / "preferences.json").read_text("utf-8")
    assert json.loads(kept)["server"] == str(database.public)
    assert json.loads(kept)["last"] == ""
    assert PASSPHRASE not in kept
    assert database.password not in kept
    assert f"{database.user}@" not in kept
    window.again()
    assert window.line("Address of the club") == str(database.public)
    assert window.line("Name") == DENISE
    window.write("Password", PASSPHRASE)
    window.key(the(window.app.window, QLineEdit, "Password"), Qt.Key.Key_Return)
    assert window.desk.sidebar.isVisible()
    window.press("Sign out")
    window.reads("Open a club on a server")
    assert window.line("Password") == ""


def test_what_keeps_somebody_out_is_told_in_words(
    window: Window, club: ServerClub, database: Address, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.starts()
    window.press("Use a server")

    def told(address: str, words: str, password: str = PASSPHRASE) -> None:
        window.write("Address of the club", address)
        window.write("Name", DENISE)
        window.write("Password", password)
        window.press("Open")
        window.reads(words)

    told("somewhere over there", "This is not the address of a club on a server.")
    told(str(database.public), "That name and password do not open this club.", "not the password")
    told(str(replace(database, database="nothing").public), "There is no club “nothing” on this server")
    told(f"{database.public}?sslmode=require", "has no encrypted line")
    line.mended = False
    told(over(line, database), "does not answer. Check that this machine is on the network")
    with monkeypatch.context() as older:
        older.setattr(server_engine, "OLDEST", 99)
        told(str(database.public), "Breather needs 99 or newer")
    for version, words in (("0001", "was made with an older Breather"), ("9999", "a newer Breather than this one")):
        with as_owner(database) as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = :version"), {"version": version})
        told(str(database.public), words)
    assert window.app.desk is None


def test_what_a_new_club_lacks_is_said_where_it_is_typed(window: Window, database: Address) -> None:
    window.starts()
    window.press("Use a server")
    window.write("Address of the club", str(database.public))
    window.press("Start a new club there")
    assert window.line("Address of the empty database") == str(database.public)
    window.press("Make the club")
    window.reads("The owner’s name is empty.")
    typed = {"Its owner’s name": database.user, "Its owner’s password": "wrong", "Name of the club": "Harbour"}
    for name, value in (typed | {"Your name": DENISE}).items():
        window.write(name, value)
    for name in ("Your password", "Your password again"):
        window.write(name, PASSPHRASE)
    window.press("Make the club")
    window.reads("The server does not know this owner with this password.")


def test_whoever_was_given_a_password_chooses_their_own(window: Window, club: ServerClub, database: Address) -> None:
    club.add_person("Lena", HERS, role=Role.LEAD)
    window.starts(str(database.public), "Lena")
    window.write("Password", HERS)
    window.press("Open")
    window.reads("Choose a password of your own")
    window.press("Back")
    window.reads("Open a club on a server")
    assert window.line("Address of the club") == str(database.public)


# --- what others change ---------------------------------------------------------------------------------------------


def test_what_another_person_books_is_shown_and_what_is_typed_stays(
    window: Window, club: ServerClub, database: Address
) -> None:
    activity = put(club, lambda uow: an_activity(uow, "Thursday club", THURSDAY, capacity=7))
    child = put(club, a_child)
    put(club, lambda uow: a_venue(uow, "Quay Hall"))
    window.comes_in(str(database.public))
    window.go("programme", activity)
    window.reads("0 of 7 places taken")
    club.write(lambda uow: service.book(uow, activity, child), "Book Maryam")
    window.reads("Maryam Müller")
    window.go("venues")
    window.press("Add a venue")
    window.write("Name", HALL)
    put(club, lambda uow: a_venue(uow, "Harbour Hall"))
    window.until(lambda: "Harbour Hall" in [one.venue.name for one in window.page.table.rows()])
    assert window.line("Name") == HALL


def test_backups_are_said_to_be_the_servers(window: Window, club: ServerClub, database: Address) -> None:
    window.comes_in(str(database.public))
    window.go("settings")
    window.reads("its backups are the server’s")
    window.reads(str(database.public))
    assert "beside it. A copy needs both." not in window.words()


# --- the server is away ---------------------------------------------------------------------------------------------


def away(line: Line) -> None:
    """Breaks the line with the next thing said, and no other can be had."""
    line.mended, line.cut = False, Cut.AT_ONCE


def test_what_is_typed_stays_while_the_server_is_away_and_is_saved_once_it_is_back(
    window: Window, club: ServerClub, database: Address, line: Line
) -> None:
    put(club, lambda uow: a_venue(uow, "Quay Hall"))
    window.comes_in(over(line, database))
    window.go("venues")
    window.press("Add a venue")
    window.write("Name", HALL)
    away(line)
    window.press("Add this venue")
    window.reads(LOST)
    window.reads(NOT_SAVED)
    assert window.line("Name") == HALL
    form = window.app.window.findChild(VenueForm)
    assert form is not None
    assert form.isVisible()
    assert venues(club) == {"Quay Hall"}
    line.mended, line.cut = True, Cut.NEVER
    window.press("Try again")
    window.until(lambda: LOST not in window.words())
    window.press("Add this venue")
    window.until(lambda: venues(club) == {"Quay Hall", HALL})
    window.until(lambda: HALL in [one.venue.name for one in window.page.table.rows()])


def test_a_mark_taken_meanwhile_is_refused_and_its_row_stays(
    window: Window, club: ServerClub, database: Address, line: Line
) -> None:
    activity = put(club, lambda uow: an_activity(uow, "Thursday club", THURSDAY, status=ActivityStatus.CONFIRMED))
    child = put(club, a_child)
    put(club, lambda uow: a_booking(uow, activity, child))
    window.comes_in(over(line, database))
    window.go("register", activity)
    window.sees(QAbstractButton, "Sign in Maryam Müller")
    away(line)
    window.press("Sign in Maryam Müller")
    window.reads(f"{LOST} {NOT_SAVED}")
    window.sees(QAbstractButton, "Sign in Maryam Müller")
    assert club.read(lambda uow: registers.register(uow, activity)).live.inside == 0
    line.mended, line.cut = True, Cut.NEVER
    window.press("Try again")
    window.until(lambda: LOST not in window.words())
    window.press("Sign in Maryam Müller")
    window.until(lambda: club.read(lambda uow: registers.register(uow, activity)).live.inside == 1)


def test_what_was_saved_after_all_is_good_news_and_is_not_saved_twice(
    window: Window, club: ServerClub, database: Address, line: Line
) -> None:
    window.comes_in(over(line, database))
    window.go("venues")
    window.page.add()  # type: ignore[attr-defined] # it is the page of venues
    window.write("Name", "Quay Hall")
    window.press("Add this venue")
    window.until(lambda: window.rested() and venues(club) == {"Quay Hall"})
    window.page.add()  # type: ignore[attr-defined] # as above
    window.write("Name", HALL)
    line.mended, line.cut = False, Cut.AFTER_COMMIT
    window.press("Add this venue")
    window.reads(f"{LOST} {UNSURE}")
    assert window.line("Name") == HALL
    line.mended = True
    window.press("Try again")
    window.until(lambda: LOST not in window.words())
    window.press("Add this venue")
    window.reads("has been saved after all.")
    window.until(lambda: sorted(one.venue.name for one in window.page.table.rows()) == ["Quay Hall", HALL])
    assert len(club.read(programme.venues)) == 2
    window.press("I have seen it")


def test_the_window_never_stands_still_and_closes_while_the_server_does_not_answer(
    window: Window, club: ServerClub, database: Address, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(server_engine._LINE, "connect_timeout", 2)
    put(club, lambda uow: a_venue(uow, "Quay Hall"))
    window.comes_in(over(line, database))
    window.go("venues")
    window.press("Add a venue")
    window.write("Name", HALL)
    window.pulse.begin()
    line.deaf, line.cut = True, Cut.AT_ONCE
    window.press("Add this venue")
    window.reads(LOST)
    window.press("Try again")
    window.app.window.close()
    window.until(lambda: window.app.gone or NOT_THEN in window.words())
    if not window.app.gone:  # the second try failed only then: nobody had been told
        window.press("Close anyway")
        window.until(lambda: window.app.gone)
    assert window.pulse.slowest < 1_000, "it would be a freeze anybody sees"
    print(f"the window stood still for {window.pulse.slowest:.0f} ms at most")
    assert venues(club) == {"Quay Hall"}


def test_who_closes_need_not_wait_for_a_server_that_does_not_answer(
    window: Window, club: ServerClub, database: Address, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(server_engine._LINE, "connect_timeout", 3)
    monkeypatch.setattr(leaving, "PATIENCE_MS", 300)
    window.comes_in(over(line, database))
    window.go("venues")
    window.page.add()  # type: ignore[attr-defined] # it is the page of venues
    window.write("Name", HALL)
    line.deaf, line.cut = True, Cut.AT_ONCE
    window.press("Add this venue")
    window.app.window.close()
    window.reads("The server does not answer.")
    window.press("Close now")
    window.until(lambda: window.app.gone)
    assert window.app.left_early
    assert venues(club) == set()


def test_somebody_else_who_signs_in_at_the_lock_hears_of_changes_too(
    window: Window, club: ServerClub, database: Address
) -> None:
    club.add_person("Lena", HERS, role=Role.LEAD)
    come_in_once_with_a_password_of_her_own(database, window.folder)
    put(club, lambda uow: a_venue(uow, "Quay Hall"))
    window.comes_in(str(database.public))
    before = window.app.session
    assert before is not None
    window.app.lock()
    window.press("Sign in as somebody else")
    window.write("Name", "Lena")
    window.write("Password", OWN)
    window.press("Sign in")
    window.until(lambda: window.app.session is not None and window.app.session is not before)
    window.go("venues")
    put(club, lambda uow: a_venue(uow, HALL))
    window.until(lambda: HALL in [one.venue.name for one in window.page.table.rows()])
    assert before.watcher is not None
    assert before.watcher.lost is False
    before.watcher.look()
    assert before.watcher.rested(), "it looks no more"


def come_in_once_with_a_password_of_her_own(database: Address, folder: Path) -> None:
    lena = open_on_server(database.public, HERS, name="Lena", device="hers", data=folder)
    lena.change_own_password(HERS, OWN)
    lena.close()
