"""What cannot be kept stays out with row, column and reason, and so does what hangs on it; undo takes all back."""

import contextlib
from pathlib import Path

import pytest

from models.bootstrap import Club
from models.history.service import undo
from models.intake import service
from models.intake.reading import read_files
from models.people.records import ChildRecord, FamilyRecord
from models.registers.records import MarkRecord
from models.storage.journal import ChangeRecord
from tests.intake.helpers import csv_bytes
from tests.intake.test_apply import (
    SAMPLE,
    all_of,
    changed,
    child,
    club,
    edit,
    empty,
    file_of,
    look,
    setting,
    take,
    taken_in,
)

__all__ = ["club", "empty", "taken_in"]


def sample_with(folder: Path, changes: dict[str, tuple[int, str, str]]) -> Path:
    """All seven files, some with one cell changed."""
    for path in SAMPLE.glob("*.csv"):
        if path.stem in changes:
            changed(folder, path.stem, setting(*changes[path.stem]))
        else:
            (folder / path.name).write_bytes(path.read_bytes())
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "files"
    made.mkdir()
    return made


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("DOB", "31/02/2019", "not a day in the calendar"),
        ("DOB", "01/01/2062", "cannot be right; check the year"),
        ("School", '=HYPERLINK("x")', "is a formula"),
        ("Surname", "N" * 300, "is 300 letters long; the most is 80"),
        ("GP", "G" * 150, "is 150 letters long; the most is 120"),
        ("Notes", "N" * 4001, "is 4,001 letters long; the most is 4,000"),
        ("Height cm", "45", "is not between 50 and 220"),
        ("Support ratio", "3:1", "is not between 0 and 2"),
        ("Must not collect", f"Sam Roe ({'r' * 250})", "is 250 letters long; the most is 200"),
    ],
)
def test_a_bad_child_and_its_line_of_the_register_stay_out(
    empty: Club, folder: Path, column: str, value: str, reason: str
) -> None:
    preview = look(empty, sample_with(folder, {"young-carers": (1, column, value)}))
    (refusal,) = file_of(preview, "young carers").refused
    assert (refusal.ref, refusal.row, refusal.column) == ("IYC001", 2, column)
    assert reason in refusal.reason
    (hanging,) = file_of(preview, "register").refused
    assert (hanging.ref, hanging.row, hanging.column) == ("IYC001", 2, "Ref")
    assert not preview.clean


def test_the_rest_comes_in_when_the_bad_rows_are_left_out(empty: Club, folder: Path) -> None:
    taken = take(empty, sample_with(folder, {"young-carers": (1, "DOB", "31/02/2019")}))
    assert (taken.add, len(all_of(empty, ChildRecord))) == (108, 42)
    assert take(empty, SAMPLE).add == 2
    assert child(empty, "IYC001").legal_first == "Niamh"
    assert len(all_of(empty, MarkRecord)) == 260


def test_an_unknown_adult_keeps_the_activity_and_its_marks_out(empty: Club, folder: Path) -> None:
    preview = look(empty, sample_with(folder, {"activities": (1, "Lead", "Nobody Known")}))
    (refusal,) = file_of(preview, "activities").refused
    assert (refusal.row, refusal.column, refusal.value) == (2, "Lead", "Nobody Known")
    hanging = file_of(preview, "register").refused
    assert {one.column for one in hanging} == {"06/09/2025 September club"}
    assert hanging


def test_a_bus_without_seats_and_a_hall_for_nobody_are_refused(empty: Club, folder: Path) -> None:
    files = sample_with(folder, {"minibuses": (1, "Passenger seats", ""), "venues": (1, "Capacity", "0")})
    preview = look(empty, files)
    assert [(one.column, one.reason) for one in file_of(preview, "minibuses").refused] == [
        ("Passenger seats", "is missing")
    ]
    assert [(one.column, one.reason) for one in file_of(preview, "venues").refused] == [
        ("Capacity", "is not between 1 and 1,000")
    ]


def test_a_file_with_no_known_column_is_refused_by_itself(empty: Club, folder: Path) -> None:
    (folder / "odd.csv").write_bytes(csv_bytes([["Colour", "Taste"], ["red", "sweet"]]))
    (folder / "empty.csv").write_bytes(b"")
    preview = look(empty, sample_with(folder, {}))
    odd = {file.file: file for file in preview.files if not file.kind}
    assert set(odd) == {"odd.csv", "empty.csv"}
    assert "no column Breather knows" in odd["odd.csv"].refused[0].reason
    assert "is empty" in odd["empty.csv"].refused[0].reason
    assert not preview.clean


def test_a_missing_required_column_is_told_apart(empty: Club, folder: Path) -> None:
    rows = [["Ref", "First name", "Surname", "School", "GP"], ["IYC1", "Ada", "Obi", "X", "Y"]]
    (folder / "children.csv").write_bytes(csv_bytes(rows))
    (file,) = look(empty, folder).files
    assert "has no column for DOB" in file.refused[0].reason


def test_a_preview_writes_nothing(empty: Club) -> None:
    look(empty)
    assert all_of(empty, ChangeRecord) == []
    assert all_of(empty, FamilyRecord) == []


def test_one_undo_takes_the_whole_import_back_and_it_can_come_again(club: Club) -> None:
    club.write(lambda uow: undo(uow, lambda *_: contextlib.nullcontext()), "Undo")
    assert (all_of(club, ChildRecord), all_of(club, FamilyRecord)) == ([], [])
    assert take(club).add == 110
    assert len(all_of(club, ChildRecord)) == 43
    assert club.faults() == []


def test_rows_are_compared_with_the_club_as_it_is_when_they_are_taken_in(club: Club, folder: Path) -> None:
    path = changed(folder, "young-carers", setting(1, "School", "File Primary"))
    preview = club.read(lambda uow: service.prepare(uow, read_files([path])))
    edit(club, ChildRecord, child(club, "IYC001").id, school="Edited Primary")
    club.write(lambda uow: service.take_in(uow, preview), "Bring in")
    assert child(club, "IYC001").school == "Edited Primary"
