"""The import as somebody does it: files in, columns put right, a look, in, and back out again."""

import csv
import io
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QTableView

from desktop.intake.lines import AskLine, Lines
from desktop.intake.steps import Step
from desktop.jobs.keeper import Keeper
from models.bootstrap import choose_folder, read_place
from models.history.service import undo
from models.intake.plan import Answer
from models.people.queries import children
from models.programme.queries import activities, venues
from models.programme.service import edit_venue
from models.readiness.guard import rechecking
from models.team.queries import adults
from tests.clubs import a_child, a_venue, put
from tests.intake.helpers import SAMPLE, sample_grid
from tests.intake.wizard import ODD_HEADER, Wizard

NOBODY = ["IYC901", "Zoë", "O’Brien", "01/02/2019", "Ladywell"]


def bad_rows() -> list[list[str]]:
    return [
        list(ODD_HEADER),
        NOBODY,
        ["IYC902", "Ben", "Bell", "31/02/2019", "x"],
        ["IYC903", "Formula", "=1+1", "01/02/2018", "x"],
        ["IYC904", "N" * 300, "Long", "01/02/2018", "x"],
    ]


def test_the_sample_by_mouse(wizard: Wizard) -> None:
    wizard.drop(SAMPLE)
    words = wizard.words()
    for said in ("Young carers · 43 rows", "Register book · 27 rows", "Clubs and trips · 26 rows", "Team · 7 rows"):
        assert said in words
    assert "Passed over, because they are no spreadsheets: README.md and totals.json." in words
    wizard.next(Step.COLUMNS)
    wizard.next(Step.LOOK)
    assert "110 rows to add, 0 to change, 0 the same as here." in wizard.words()
    wizard.click("New venues, 10")
    assert "Children’s theatre" in wizard.page.look.venues.rows()
    wizard.next(Step.TAKE)
    wizard.click("Bring in 110 rows")
    wizard.until(lambda: wizard.has("Go to Today"))
    assert wizard.said == [("Brought in 110 rows.", True)]
    assert len(wizard.club.read(children)) == 43
    wizard.click("Go to Today")
    assert wizard.gone == [("today", None)]


def test_the_sample_by_keys_and_taken_back(wizard: Wizard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.intake.choose.QFileDialog.getExistingDirectory", lambda *_: str(SAMPLE))
    wizard.button("Choose a folder…").setFocus()
    wizard.press_focused(Qt.Key.Key_Space)
    wizard.until(lambda: wizard.button("Next").hasFocus())
    for step in (Step.COLUMNS, Step.LOOK, Step.TAKE):
        wizard.press_focused(Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
        wizard.until(lambda step=step: wizard.page.step is step and wizard.ready())
    wizard.press_focused(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    wizard.until(lambda: wizard.page.step is Step.LOOK)
    wizard.press_focused(Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    wizard.until(lambda: wizard.page.step is Step.TAKE)
    wizard.press(wizard.button("Bring in 110 rows"), Qt.Key.Key_Space)
    wizard.until(lambda: wizard.has("Undo bringing in these rows") and wizard.said)
    assert len(wizard.club.read(adults)) == 7
    wizard.press(wizard.button("Undo bringing in these rows"), Qt.Key.Key_Space)
    wizard.until(lambda: "Taken back" in wizard.words())
    assert wizard.said[-1] == ("Undone: Brought in 110 rows from spreadsheets", False)
    assert wizard.club.read(children) == wizard.club.read(adults) == wizard.club.read(activities) == ()
    assert not wizard.has("Undo bringing in these rows")


def test_undone_from_the_toast_the_page_says_so(wizard: Wizard) -> None:
    bring_in(wizard, wizard.file("team.csv", [["Name", "Role", "DOB"], ["Ada Obi", "Volunteer", "01/02/1990"]]), 1)
    wizard.jobs.change(lambda uow: undo(uow, rechecking), "Undo")
    wizard.until(lambda: "Taken back" in wizard.words())
    wizard.click("Bring in more")
    assert wizard.page.step is Step.CHOOSE
    assert "No spreadsheet is chosen yet." in wizard.words()


def test_after_something_else_was_changed_the_import_is_not_taken_back_from_here(wizard: Wizard) -> None:
    bring_in(wizard, wizard.file("team.csv", [["Name", "Role", "DOB"], ["Ada Obi", "Volunteer", "01/02/1990"]]), 1)
    wizard.until(lambda: wizard.has("Undo bringing in these rows"))
    wizard.jobs.change(a_child, "Add a child")
    wizard.until(lambda: not wizard.has("Undo bringing in these rows"))


def bring_in(wizard: Wizard, file: Path, rows: int) -> None:
    wizard.drop(file)
    for step in (Step.COLUMNS, Step.LOOK, Step.TAKE):
        wizard.next(step)
    wizard.click(f"Bring in {rows} row{'' if rows == 1 else 's'}")
    wizard.until(lambda: wizard.said)


def test_a_wrong_mapping_is_put_right(wizard: Wizard) -> None:
    wizard.drop(wizard.file("odd one.csv", bad_rows(), ";", "cp1252"))
    assert "Young carers · 4 rows · needs First name" in wizard.words()
    wizard.click("Next")
    assert "odd one.csv has no column for First name. Say which column it is." in wizard.words()
    wizard.click("Next")
    assert wizard.page.step is Step.COLUMNS
    assert wizard.has("Leave the file out")
    wizard.page.columns.table.select(1)
    wizard.choose_in("Vorname goes to", "First name")
    assert wizard.page.columns.table.current().goes_to == "First name"
    wizard.page.columns.table.select(2)
    assert "1 column was guessed" in wizard.words()
    wizard.click("That is right")
    assert not wizard.has("That is right")
    assert "guessed" not in wizard.words()
    wizard.next(Step.LOOK)
    assert [line.who for line in wizard.page.look.added.rows()] == ["IYC901"]
    wizard.next(Step.TAKE)
    wizard.click("Bring in 1 row")
    wizard.until(lambda: wizard.said)
    (child,) = wizard.club.read(children)
    assert child.full_name == "Zoë O’Brien"


def test_a_column_given_to_another_is_left_out(wizard: Wizard) -> None:
    wizard.drop(wizard.file("team.csv", [["Name", "Job", "DOB", "Other"], ["Ada Obi", "Cook", "1/2/1990", "Lead"]]))
    wizard.next(Step.COLUMNS)
    wizard.page.columns.table.select(3)
    wizard.choose_in("Other goes to", "Role (now from “Job”)")
    assert {row.header: row.goes_to for row in wizard.page.columns.table.rows()} == {
        "Name": "Name", "Job": "", "DOB": "DOB", "Other": "Role",
    }  # fmt: skip


def test_the_kind_can_be_changed(wizard: Wizard) -> None:
    wizard.drop(
        wizard.file("list.csv", [["Name", "Address", "Postcode", "Capacity"], ["Hall", "1 Road", "SE8 3AA", "9"]])
    )
    assert "Venues · 1 row" in wizard.words()
    wizard.next(Step.COLUMNS)
    wizard.choose_in("What it is", "Team")
    assert "list.csv has no column for DOB. Say which column it is." in wizard.words()
    wizard.choose_in("What it is", "Venues")
    wizard.next(Step.LOOK)
    assert [line.who for line in wizard.page.look.added.rows()] == ["Hall"]


def test_what_stays_out_is_told_with_row_column_and_reason(
    wizard: Wizard, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = wizard.file("children.csv", [["Ref", "First name", "Surname", "DOB", "School"], *bad_rows()[1:]])
    wizard.drop(file)
    wizard.next(Step.COLUMNS)
    wizard.next(Step.LOOK)
    assert "1 row to add, 0 to change, 0 the same as here. 3 rows stay out and can be put right." in wizard.words()
    lines = wizard.page.look.refused.rows()
    assert [(line.ref, line.row, line.column) for line in lines] == [
        ("IYC902", 3, "DOB"), ("IYC903", 4, "Surname"), ("IYC904", 5, "First name"),
    ]  # fmt: skip
    assert lines[0].reason == "“31/02/2019” is not a day in the calendar; write it like 05/12/2026"
    assert "formula" in lines[1].reason
    assert "300 letters long; the most is 80" in lines[2].reason
    assert "children.csv, row 3, DOB: “31/02/2019” is not a day in the calendar" in wizard.words()
    saved = tmp_path / "list.csv"
    monkeypatch.setattr("desktop.intake.look.QFileDialog.getSaveFileName", lambda *_: (str(saved), ""))
    wizard.click("Save the list…")
    wizard.click("Copy the list")
    rows = list(csv.reader(io.StringIO(saved.read_bytes().decode("utf-8-sig"))))
    assert rows[0] == ["File", "Row", "Who or what", "Column", "What it says", "Why it stays out"]
    assert rows[2][:5] == ["children.csv", "4", "IYC903", "Surname", "'=1+1"]
    assert QApplication.clipboard().text().splitlines()[0] == ",".join(rows[0])
    assert [words for words, _undo in wizard.said] == [
        "Saved as list.csv.", "Copied 3 lines. Paste them into a spreadsheet or a letter.",
    ]  # fmt: skip
    put_right = bad_rows()[1:]
    put_right[1][3] = "28/02/2019"
    wizard.file("children.csv", [["Ref", "First name", "Surname", "DOB", "School"], *put_right])
    wizard.click("Read the files again")
    wizard.until(lambda: "2 rows to add" in wizard.words())


def test_a_likely_duplicate_is_asked_and_answered(wizard: Wizard) -> None:
    grid = sample_grid("young-carers.csv")[:2]
    put(wizard.club, lambda uow: a_child(uow, grid[1][1], grid[1][2], ref="IYC001", birth_date=born(grid[1][4])))
    wizard.drop(wizard.file("more.csv", [grid[0], ["IYC044", "Nimah", *grid[1][2:]]]))
    wizard.next(Step.COLUMNS)
    wizard.next(Step.LOOK)
    assert "1 row waits for an answer." in wizard.words()
    assert "Is it IYC001 Niamh Walker?" in wizard.words()
    wizard.click("Somebody else")
    wizard.until(lambda: "1 row to add" in wizard.words() and wizard.ready())
    wizard.click("Same person")
    wizard.until(lambda: "0 rows to add, 1 to change" in wizard.words() and wizard.ready())
    assert wizard.button("Same person").isChecked()
    wizard.next(Step.TAKE)
    wizard.click("Bring in 1 row")
    wizard.until(lambda: wizard.said)
    (child,) = wizard.club.read(children)
    assert (child.ref, child.school) != ("IYC044", "")


def born(text: str) -> object:
    from models.kernel.dates import parse_date

    return parse_date(text)


def test_an_answer_can_be_taken_back(wizard: Wizard) -> None:
    header = ["Name", "Role", "DOB"]
    bring_in(wizard, wizard.file("team.csv", [header, ["Denise Okafor", "Lead", "01/02/1980"]]), 1)
    wizard.click("Bring in more")
    wizard.drop(wizard.file("more.csv", [header, ["Denise Okafur", "Lead", "01/02/1980"]]))
    wizard.next(Step.COLUMNS)
    wizard.next(Step.LOOK)
    wizard.click("Somebody else")
    wizard.until(lambda: "1 row to add" in wizard.words() and wizard.ready())
    wizard.click("Somebody else")
    wizard.until(lambda: "1 row waits for an answer." in wizard.words())


def test_answers_given_quickly_one_after_the_other_all_count(wizard: Wizard) -> None:
    header = ["Name", "Role", "DOB"]
    known = [["Denise Okafor", "Lead", "01/02/1980"], ["Marcus Hollis", "Cook", "03/04/1990"]]
    bring_in(wizard, wizard.file("team.csv", [header, *known]), 2)
    wizard.click("Bring in more")
    slips = [["Denise Okafur", "Lead", "01/02/1980"], ["Marcus Holis", "Cook", "03/04/1990"]]
    wizard.drop(wizard.file("more.csv", [header, *slips]))
    wizard.next(Step.COLUMNS)
    wizard.next(Step.LOOK)
    for words in (
        "Denise Okafur is somebody else than Denise Okafor",
        "Marcus Holis is somebody else than Marcus Hollis",
    ):
        wizard.click(words)
    wizard.until(lambda: "2 rows to add" in wizard.words() and wizard.ready())
    assert "Stopped" not in wizard.words()


def test_a_change_and_a_conflict_are_shown_side_by_side(wizard: Wizard) -> None:
    header = ["Name", "Address", "Postcode", "Capacity"]
    bring_in(wizard, wizard.file("venues.csv", [header, ["Hall", "1 Road", "SE8 3AA", "20"]]), 1)
    wizard.click("Bring in more")
    wizard.drop(wizard.file("venues.csv", [header, ["Hall", "2 Road", "SE8 3AA", "20"]]))
    wizard.next(Step.COLUMNS)
    wizard.next(Step.LOOK)
    wizard.click("Changes, 1")
    (line,) = wizard.page.look.changed.rows()
    assert (line.column, line.ours, line.new, line.conflict) == ("Address", "1 Road", "2 Road", False)


def test_what_is_no_known_spreadsheet_says_what_where_and_what_next(wizard: Wizard) -> None:
    empty = wizard.folder / "empty.csv"
    empty.write_bytes(b"")
    wizard.drop(wizard.file("shopping.csv", [["apples", "pears"], ["1", "2"]]), empty)
    words = wizard.words()
    assert "shopping.csv has no column Breather knows: row 1 reads “apples” and “pears”. Check that" in words
    assert "empty.csv is empty (0 bytes). Look for another copy of it." in words
    assert not wizard.button("Next").isEnabled()
    wizard.click("Say what it is: shopping.csv")
    wizard.choose_in("What it is", "Venues")
    wizard.page.columns.table.select(0)
    wizard.choose_in("apples goes to", "Name")
    wizard.next(Step.LOOK)
    assert "1 row to add" in wizard.words()
    assert "1 file cannot be read." in wizard.words()


def test_only_files_of_this_machine_can_be_dropped(wizard: Wizard) -> None:
    mime = QMimeData()
    mime.setText("IYC001")
    assert not wizard.enter(mime)


def test_a_file_can_be_left_out(wizard: Wizard) -> None:
    wizard.drop(SAMPLE / "venues.csv", SAMPLE / "team.csv")
    wizard.click("Leave out team.csv")
    assert "1 spreadsheet, 2 rows" in wizard.words()
    wizard.click("Leave out venues.csv")
    assert "No spreadsheet is chosen yet." in wizard.words()
    assert not wizard.button("Next").isEnabled()


def test_the_same_again_is_nothing_new(wizard: Wizard) -> None:
    bring_in(wizard, SAMPLE / "venues.csv", 2)
    wizard.click("Bring in more")
    wizard.drop(SAMPLE / "venues.csv")
    for step in (Step.COLUMNS, Step.LOOK, Step.TAKE):
        wizard.next(step)
    assert "Nothing is new" in wizard.words()
    assert not wizard.page.take.take.isVisible()


def test_a_conflict_keeps_ours(wizard: Wizard) -> None:
    header = ["Name", "Address", "Postcode", "Capacity"]
    bring_in(wizard, wizard.file("venues.csv", [header, ["Hall", "1 Road", "SE8 3AA", "20"]]), 1)
    (venue,) = wizard.club.read(venues)
    put(wizard.club, lambda uow: edit_venue(uow, venue.id, venue.version, {"address": "3 Road"}))
    wizard.click("Bring in more")
    wizard.drop(wizard.file("venues.csv", [header, ["Hall", "2 Road", "SE8 3AA", "25"]]))
    wizard.next(Step.COLUMNS)
    wizard.next(Step.LOOK)
    found = {(line.column, line.ours, line.new): line.conflict for line in wizard.page.look.changed.rows()}
    assert found == {("Address", "3 Road", "2 Road"): True, ("Capacity", "20", "25"): False}
    wizard.next(Step.TAKE)
    wizard.click("Bring in 1 row")
    wizard.until(lambda: len(wizard.said) == 2)
    (venue,) = wizard.club.read(venues)
    assert (venue.address, venue.capacity) == ("3 Road", 25)


def test_a_change_made_meanwhile_is_compared_again(wizard: Wizard) -> None:
    wizard.drop(SAMPLE / "venues.csv")
    wizard.next(Step.COLUMNS)
    wizard.next(Step.LOOK)
    assert "2 rows to add" in wizard.words()
    name, *_ = sample_grid("venues.csv")[1]
    wizard.jobs.change(lambda uow: a_venue(uow, name), "Add a venue")
    wizard.until(lambda: "1 row to add" in wizard.words())


def test_stopping_leaves_nothing_behind(wizard: Wizard) -> None:
    wizard.drop(SAMPLE)
    for step in (Step.COLUMNS, Step.LOOK, Step.TAKE):
        wizard.next(step)
    gate = Event()
    wizard.jobs.change(lambda _uow: gate.wait(30), "Something long")
    wizard.click("Bring in 110 rows")
    wizard.until(lambda: wizard.has("Cancel"))
    wizard.click("Cancel")
    gate.set()
    wizard.until(lambda: "Stopped. Nothing was brought in." in wizard.words())
    assert wizard.club.read(children) == ()
    assert wizard.has("Bring in 110 rows")
    assert not wizard.said


def test_arrowing_through_the_choices_takes_nothing_on_the_way(wizard: Wizard) -> None:
    wizard.drop(wizard.file("team.csv", [["Name", "Job", "DOB", "Other"], ["Ada Obi", "Cook", "1/2/1990", "Lead"]]))
    wizard.next(Step.COLUMNS)
    wizard.page.columns.table.select(3)
    wizard.choose_in("Other goes to", "DBS level")
    wizard.choose_in("Other goes to", "Leave it out")
    assert [row.goes_to for row in wizard.page.columns.table.rows()] == ["Name", "Role", "DOB", ""]


def test_a_folder_that_has_gone_is_told(wizard: Wizard, tmp_path: Path) -> None:
    wizard.drop(tmp_path / "gone")
    assert "gone is not there. Choose the file or folder again." in wizard.words()


def test_every_control_has_a_name(wizard: Wizard) -> None:
    wizard.drop(SAMPLE)
    assert nameless(wizard) == []
    for step in (Step.COLUMNS, Step.LOOK, Step.TAKE):
        wizard.next(step)
        assert nameless(wizard) == []


def nameless(wizard: Wizard) -> list[object]:
    kinds = (QPushButton, QComboBox, QTableView)
    shown = [each for kind in kinds for each in wizard.page.findChildren(kind) if each.isVisible()]
    assert len(shown) > 4
    return [each for each in shown if not each.accessibleName()]


def test_a_hundred_questions_are_shown_at_once_and_the_answered_stay(wizard: Wizard) -> None:
    asks = tuple(
        AskLine(("team", str(at)), "team.csv", at, f"Name {at}", "The name is the same.", "X") for at in range(130)
    )
    asks = (AskLine(("team", "a"), "team.csv", 0, "Ada", "The name is the same.", "X", Answer.SAME), *asks)
    wizard.page.look.set_lines(Lines((), (), (), (), asks, (), ()), "")
    wizard.page.look.show_part("ask")
    assert wizard.page.look.asks.widget_of(("team", "a"))
    assert wizard.page.look.asks.widget_of(("team", "99"))
    with pytest.raises(KeyError):
        wizard.page.look.asks.widget_of(("team", "100"))
    assert any(each.text().endswith("These are the first 100.") for each in wizard.page.look.findChildren(QLabel))


def test_a_backup_is_made_before_anything_is_brought_in(wizard: Wizard, tmp_path: Path) -> None:
    data = tmp_path / "data"
    wizard.page.take_keeper(Keeper(wizard.club, wizard.jobs, data))
    bring_in(wizard, wizard.file("team.csv", [["Name", "Role", "DOB"], ["Ada Obi", "Volunteer", "01/02/1990"]]), 1)
    (backup,) = wizard.club.backups(read_place(data).folder)
    assert backup.facts is not None
    assert (backup.facts.tables["adult"], wizard.club.facts().tables["adult"]) == (0, 1)


def test_where_no_backup_can_be_made_it_is_told_and_the_import_goes_on(wizard: Wizard, tmp_path: Path) -> None:
    data = tmp_path / "data"
    choose_folder(data, tmp_path / "no stick")
    wizard.page.take_keeper(Keeper(wizard.club, wizard.jobs, data))
    bring_in(wizard, wizard.file("team.csv", [["Name", "Role", "DOB"], ["Ada Obi", "Volunteer", "01/02/1990"]]), 1)
    assert wizard.club.facts().tables["adult"] == 1
    assert "plug it in" in read_place(data).trouble
