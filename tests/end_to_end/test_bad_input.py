"""Bad input at the real window: a clear sentence, and nothing changed."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog

from models.people.queries import children
from models.reports.figures import figures
from models.storage import keys
from models.storage.engine import connect
from tests.clubs import PASSPHRASE, SATURDAY, THURSDAY, a_child, new_club, put
from tests.end_to_end.person import Person
from tests.intake.helpers import csv_bytes
from tests.shell.apps import MANAGER

HEADER = ("Ref", "First name", "Surname", "DOB", "School")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A club file with one child, closed."""
    club = new_club(tmp_path)
    put(club, lambda uow: a_child(uow, "Maryam", "Müller"))
    club.close()
    return club.path


# --- a club file that cannot be opened ---


def as_it_was(_file: Path) -> None:
    """Nothing is wrong with the file."""


def truncated(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:8192])


def cut_in_a_page(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1000])


def empty(file: Path) -> None:
    file.write_bytes(b"")


def without_keys(file: Path) -> None:
    keys.keys_path(file).unlink()


def from_a_newer_version(file: Path) -> None:
    connection = connect(file, keys.read_ring(file).open(PASSPHRASE))
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()


@pytest.mark.parametrize(
    ("spoil", "password", "sentence", "what_next"),
    [
        (as_it_was, "three loud otters", "That name and password do not open this club file.", "Caps Lock"),
        (truncated, PASSPHRASE, "club.breather is damaged: part", "newest"),
        (cut_in_a_page, PASSPHRASE, "club.breather is damaged: part of it is missing.", "newest"),
        (empty, PASSPHRASE, "club.breather is empty: it holds nothing at all.", "newest"),
        (without_keys, PASSPHRASE, "its keys file club.breather.keys is not beside it.", "keys"),
        (from_a_newer_version, PASSPHRASE, "was last used with a newer Breather than this one.", "Install the newest"),
    ],
)
def test_a_file_that_cannot_be_opened_is_left_as_it_is(
    person: Person,
    file: Path,
    monkeypatch: pytest.MonkeyPatch,
    spoil: Callable[[Path], object],
    password: str,
    sentence: str,
    what_next: str,
) -> None:
    spoil(file)
    before = contents(file.parent)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(file), ""))
    person.sit_down()
    person.click("Open")  # the third way in
    person.click("Choose: Club file")
    person.writes("Name", MANAGER)
    person.writes("Password", password)
    person.click("Open")
    person.waits_for(sentence)
    (said,) = [each for each in person.sentences() if sentence in each]
    assert what_next in said, "and what to do next"
    assert person.app.desk is None
    assert contents(file.parent) == before


def contents(folder: Path) -> dict[str, bytes]:
    """Every file that is the club's, but for the count of wrong passwords."""
    kept = [path for path in folder.glob("club.breather*") if path.suffix != ".guesses"]
    return {path.name: path.read_bytes() for path in kept}


# --- a spreadsheet that cannot be brought in ---


@pytest.mark.parametrize(
    ("row", "where", "reason"),
    [
        (("IYC902", "Ben", "Bell", "31/02/2019", "x"), "DOB", "“31/02/2019” is not a day in the calendar"),
        (("IYC903", "Ben", "=1+1", "01/02/2018", "x"), "Surname", "is a formula"),
        (("IYC904", "N" * 300, "Bell", "01/02/2018", "x"), "First name", "is 300 letters long; the most is 80"),
    ],
    ids=["impossible date", "formula", "300 letters"],
)
def test_a_bad_row_stays_out_with_its_reason(
    person: Person, monkeypatch: pytest.MonkeyPatch, file: Path, row: Sequence[str], where: str, reason: str
) -> None:
    opens(person, file)
    before = everything(person)
    chooses_a_file(person, monkeypatch, file.with_name("children.csv"), [HEADER, row])
    person.click("Next")
    person.waits_for("Goes to")
    person.click("Next")
    person.waits_for("1 row stays out and can be put right.")
    person.waits_for(f"children.csv, row 2, {where}: ")
    person.waits_for(reason)
    person.click("Next")
    person.waits_for("0 rows to add")
    assert not [each for each in person.sentences() if "Brought in" in each]
    assert everything(person) == before


def test_a_spreadsheet_with_no_known_column_is_not_brought_in(
    person: Person, monkeypatch: pytest.MonkeyPatch, file: Path
) -> None:
    opens(person, file)
    before = everything(person)
    rows = [("Colour", "Wheels"), ("red", "4"), ("blue", "2")]
    chooses_a_file(person, monkeypatch, file.with_name("things.csv"), rows)
    person.waits_for("things.csv has no column Breather knows: row 1 reads “Colour” and “Wheels”.")
    person.waits_for("Check that it is the right file")
    assert not person.buttons("Next"), "there is nothing to go on with"
    assert everything(person) == before


def opens(person: Person, file: Path) -> None:
    person.sit_down(file)
    person.writes("Name", MANAGER)
    person.writes("Password", PASSPHRASE)
    person.click("Open")
    person.until(lambda: person.app.desk is not None)


def chooses_a_file(person: Person, monkeypatch: pytest.MonkeyPatch, path: Path, rows: Sequence[Sequence[str]]) -> None:
    path.write_bytes(csv_bytes(rows))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args: ([str(path)], ""))
    person.desk.go("import")
    person.click("Choose files…")
    person.until(lambda: any(path.name in each for each in person.sentences()))


def everything(person: Person) -> tuple[dict[str, Any], Any]:
    return person.read(lambda uow: figures(uow, THURSDAY, SATURDAY)).as_json(), person.read(children)
