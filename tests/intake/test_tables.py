"""Files as offices save them."""

import io
from datetime import date, datetime, time
from pathlib import Path

import pytest
import xlsxwriter

from models.intake import tables
from models.intake.recognise import recognise
from models.intake.tables import RawTable, gather, read_tables
from models.kernel.errors import BadInput
from tests.intake.helpers import CHILD_HEADER, csv_bytes, ods_bytes, ods_row, one_table, read, sample_grid

ROW = ["IYC900", "Seán", "O’Brien", "01/02/2019", "first line\nsecond; line, “quoted”"]
FILES = ("young-carers.csv", "team.csv", "venues.csv", "minibuses.csv", "activities.csv", "register.csv")


def _content(table: RawTable) -> list[tuple[str, ...]]:
    return [table.headers, *(row.cells for row in table.rows)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_encodings_and_separators_read_the_same(encoding: str, separator: str) -> None:
    table = one_table(csv_bytes([CHILD_HEADER, ROW], separator, encoding))
    assert _content(table) == [tuple(CHILD_HEADER), tuple(ROW)]


def test_old_line_ends_and_a_separator_hint_are_understood() -> None:
    data = b"sep=;\r" + csv_bytes([CHILD_HEADER, [*ROW[:4], "note"]], ";").replace(b"\r\n", b"\r")
    table = one_table(data)
    assert (table.header_row, [row.number for row in table.rows]) == (2, [3])
    assert table.rows[0].cells == (*ROW[:4], "note")


def test_title_rows_and_blank_rows_are_passed_over_and_row_numbers_stay_true() -> None:
    grid = [
        ["Lewisham infants: referral tracker"], ["As at 21/11/2026", "", "", "", "", ""], [],
        [*CHILD_HEADER, "", ""], [*ROW, "", ""], [], ["", "", "", "", ""], ["IYC901", *ROW[1:]], [],
    ]  # fmt: skip
    table = one_table(csv_bytes(grid, ";", "cp1252"))
    assert (table.header_row, table.headers, table.blank_rows) == (4, tuple(CHILD_HEADER), 2)
    assert [(row.number, row.cells[0]) for row in table.rows] == [(5, "IYC900"), (8, "IYC901")]
    assert recognise(table).kind.name == "young carers"


def test_a_comma_without_its_quotation_marks_is_refused_not_shifted() -> None:
    sheet = read(b"Name,Address,Postcode\r\nHall,Grove Park, London,SE12 9XX\r\n")
    assert sheet.rows == ()
    assert [(refusal.row, refusal.value) for refusal in sheet.refusals] == [(2, "SE12 9XX")]


@pytest.mark.parametrize("name", FILES)
def test_xlsx_and_ods_of_text_read_the_same_as_csv(name: str) -> None:
    grid = sample_grid(name)
    expected = _content(one_table(csv_bytes(grid)))
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("Club")
        book.add_worksheet("Empty")
        for at, cells in enumerate(grid):
            for column, cell in enumerate(cells):
                sheet.write_string(at, column, cell)
    assert _content(one_table(out.getvalue(), "club.xlsx")) == expected
    assert _content(one_table(ods_bytes([ods_row(cells) for cells in grid]), "club.ods")) == expected


def test_numbers_dates_and_times_of_cells_come_as_typed() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        day, wall = book.add_format({"num_format": "dd/mm/yyyy"}), book.add_format({"num_format": "hh:mm"})
        sheet.write_row(1, 0, ["Date", "Type", "Title", "Start", "End", "Capacity"])
        sheet.write_datetime(2, 0, datetime(2026, 12, 5), day)
        sheet.write_row(2, 1, ["Saturday club", "007"])
        sheet.write_datetime(2, 3, time(10, 0), wall)
        sheet.write_datetime(2, 4, time(14, 30), wall)
        sheet.write_number(2, 5, 12)
    table = one_table(out.getvalue(), "club.xlsx")
    assert table.rows[0].cells == ("05/12/2026", "Saturday club", "007", "10:00", "14:30", "12")
    assert (table.header_row, table.rows[0].number) == (2, 3)


def test_typed_ods_cells_and_repeats_come_as_typed() -> None:
    header = ods_row(["Term", "Starts", "Ends"])
    dated = '<table:table-cell office:value-type="date" office:date-value="{0}"><text:p>x</text:p></table:table-cell>'
    row = ods_row(["Autumn", dated.format("2026-09-01"), dated.format("2026-12-18")])
    blank = '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
    rest = (
        '<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    last = ods_row(["Spring", dated.format("2027-01-04"), dated.format("2027-03-25")])
    table = one_table(ods_bytes([header, row, blank, last, rest]), "terms.ods")
    assert [(raw.number, raw.cells) for raw in table.rows] == [
        (2, ("Autumn", "01/09/2026", "18/12/2026")),
        (5, ("Spring", "04/01/2027", "25/03/2027")),
    ]


def test_every_sheet_with_content_is_a_table() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for name, header in (("Halls", ["Name", "Capacity"]), ("Terms", ["Term", "Starts", "Ends"]), ("Old", ["x"])):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, header)
        sheet.hide()
    assert [table.sheet for table in read_tables(out.getvalue(), "club.xlsx")] == ["Halls", "Terms"]


def test_a_folder_lists_what_it_does_not_read(tmp_path: Path) -> None:
    for name in ("b.CSV", "a.ods", "notes.txt", "old.xls", "~$a.xlsx", ".~lock.a.ods#"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "folder.csv").mkdir()
    found = gather([tmp_path])
    assert [file.name for file in found.files] == ["a.ods", "b.CSV"]
    assert found.skipped == (".~lock.a.ods#", "folder.csv", "notes.txt", "old.xls", "~$a.xlsx")
    with pytest.raises(BadInput, match=r"gone\.csv is not there"):
        gather([tmp_path / "gone.csv"])


def test_more_rows_than_a_club_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_ROWS", 3)
    with pytest.raises(BadInput, match="more than 3 rows"):
        read_tables(csv_bytes([CHILD_HEADER, ROW, ROW, ROW]), "big.csv")


def test_the_date_of_a_cell_is_british_whatever_its_format() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, CHILD_HEADER)
        sheet.write_row(1, 0, ROW)
        sheet.write_datetime(1, 3, datetime(2019, 2, 1), book.add_format({"num_format": "m/d/yy"}))
    (row,) = read(out.getvalue(), "club.xlsx").rows
    assert row.values["dob"] == date(2019, 2, 1).isoformat()
