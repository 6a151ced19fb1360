"""Files that are damaged, wrong or out to harm: a clear sentence, quickly, and never another error."""

import io
import random
import tracemalloc
import zipfile

import pytest
import xlsxwriter

from models.intake import guards
from models.intake.recognise import recognise
from models.intake.rows import read_rows
from models.intake.tables import read_tables
from models.kernel.errors import BadInput
from tests.intake.helpers import CHILD_HEADER, csv_bytes, ods_bytes, ods_row, read, sample_grid

SEED = 20261205


def _xlsx(rows: list[list[str]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        for at, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                sheet.write_string(at, column, cell)
    return out.getvalue()


def _with_part(data: bytes, part: str, content: bytes) -> bytes:
    """The archive with one part put in the place of the old one."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        new.writestr(part, content)
    return out.getvalue()


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.ods"])
def test_a_file_of_0_bytes_is_refused(name: str) -> None:
    with pytest.raises(BadInput, match="0 bytes"):
        read_tables(b"", name)


@pytest.mark.parametrize("data", [b"\r\n\r\n", b",,,\r\n", b"\xef\xbb\xbf", b" "])
def test_a_file_of_blanks_is_refused(data: bytes) -> None:
    with pytest.raises(BadInput, match="has nothing in it"):
        read_tables(data, "a.csv")


def test_a_file_of_another_kind_is_refused() -> None:
    with pytest.raises(BadInput, match="not a spreadsheet Breather reads"):
        read_tables(b"%PDF-1.7", "a.pdf")
    with pytest.raises(BadInput, match="cannot be read as text"):
        read_tables(bytes(range(256)), "a.csv")


def test_a_spreadsheet_with_no_known_column_is_refused_by_name() -> None:
    (table,) = read_tables(csv_bytes([["Fish", "Depth", "Catch"], ["Cod", "40", "12"]]), "fish.csv")
    with pytest.raises(BadInput, match=r"fish\.csv has no column Breather knows.*“Depth”"):
        recognise(table)


def test_a_missing_required_column_is_named() -> None:
    with pytest.raises(BadInput, match="no column for DOB"):
        read(csv_bytes([["Ref", "First name", "Surname", "School"], ["1", "Ada", "Obi", "Grove"]]))


def test_a_quotation_mark_never_closed_is_refused_with_its_row() -> None:
    with pytest.raises(BadInput, match="quotation mark on row 3"):
        read_tables(b'Ref,First name\r\nIYC1,Ada\r\nIYC2,"Obi\r\nIYC3,Ola\r\n', "a.csv")


def test_a_file_cut_short_inside_a_letter_never_passes_for_windows_1252() -> None:
    data = csv_bytes([CHILD_HEADER, ["IYC1", "Zoë", "O’Brien", "01/02/2019", "é"]])
    with pytest.raises(BadInput, match="cut short"):
        read_tables(data[: data.rindex("é".encode()) + 1], "a.csv")


def test_a_file_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guards, "LARGEST_FILE", 10)
    with pytest.raises(BadInput, match="larger than 50 MB"):
        read_tables(b"Ref,First name\r\n", "a.csv")


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = _with_part(_xlsx([CHILD_HEADER]), "xl/worksheets/sheet1.xml", b"<a>" + b" " * (40 << 20) + b"</a>")
    tracemalloc.start()
    with pytest.raises(BadInput, match="would unpack to far more"):
        read_tables(bomb, "a.xlsx")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 10 << 20


def test_a_part_that_lies_about_its_size_is_refused() -> None:
    data = bytearray(_xlsx([CHILD_HEADER]))
    at = data.rfind(b"xl/worksheets/sheet1.xml") - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    data[at + 24 : at + 28] = (5).to_bytes(4, "little")
    with pytest.raises(BadInput, match="cannot be read"):
        read_tables(bytes(data), "a.xlsx")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_an_entity_bomb_is_refused(encoding: str) -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'.encode(encoding)
    for part in ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"):
        with pytest.raises(BadInput, match="hidden instructions"):
            read_tables(_with_part(_xlsx([CHILD_HEADER]), part, bomb), "a.xlsx")
    with pytest.raises(BadInput, match="hidden instructions"):
        read_tables(_with_part(ods_bytes([ods_row(CHILD_HEADER)]), "content.xml", bomb), "a.ods")


def test_a_lone_cell_far_away_is_refused_before_it_fills_the_memory() -> None:
    sheet = _xlsx([CHILD_HEADER])
    far = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        b"</sheetData></worksheet>"
    )
    with pytest.raises(BadInput, match="far away"):
        read_tables(_with_part(sheet, "xl/worksheets/sheet1.xml", far), "a.xlsx")
    placeless = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
        + b"<c><v>1</v></c>" * 5000
        + b'</row><row r="1048576"><c t="a>b"><v>1</v></c></row></sheetData></worksheet>'
    )
    with pytest.raises(BadInput, match="far away"):
        read_tables(_with_part(sheet, "xl/worksheets/sheet1.xml", placeless), "a.xlsx")
    times = ' table:number-rows-repeated="1000000"'
    with pytest.raises(BadInput, match="far away"):
        read_tables(ods_bytes([ods_row(CHILD_HEADER), ods_row(["x"] * 5, times)]), "a.ods")


def test_an_empty_cell_far_away_harms_nothing() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, CHILD_HEADER)
        sheet.write_row(1, 0, ["IYC900", "Ada", "Obi", "01/02/2019"])
        sheet.write_blank(1_048_575, 16_383, None, book.add_format({"bold": True}))
    assert len(read(out.getvalue(), "a.xlsx").rows) == 1


def test_a_binary_workbook_under_another_name_is_refused() -> None:
    with pytest.raises(BadInput, match="cannot be read"):
        read_tables(_with_part(_xlsx([CHILD_HEADER]), "xl/workbook.bin", b"x"), "a.xlsx")
    with pytest.raises(BadInput, match="cannot be read"):
        read_tables(_xlsx([CHILD_HEADER]), "a.ods")


def test_a_formula_in_a_workbook_is_refused_when_its_column_is_imported() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [*CHILD_HEADER, "Age next year"])
        sheet.write_row(1, 0, ["IYC900", "Ada", "Obi", "01/02/2019", ""])
        sheet.write_formula(1, 5, "=8+1", value=9)
        sheet.write_row(2, 0, ["IYC901", "Ola", "Obi", "01/02/2018", ""])
        sheet.write_formula(2, 2, "=C2", value="Obi")
    read_sheet = read(out.getvalue(), "a.xlsx")
    assert [row.ref for row in read_sheet.rows] == ["IYC900"]
    (refusal,) = read_sheet.refusals
    assert (refusal.ref, refusal.row, refusal.column, refusal.value) == ("IYC901", 3, "Surname", "=C2")
    formula = (
        '<table:table-cell table:formula="of:=[.C1]" office:value-type="string"><text:p>Obi</text:p></table:table-cell>'
    )
    rows = [ods_row(CHILD_HEADER[:4]), ods_row(["IYC900", "Ada", formula, "01/02/2019"])]
    (refusal,) = read(ods_bytes(rows), "a.ods").refusals
    assert (refusal.column, refusal.value) == ("Surname", "=[.C1]")


def test_damaged_workbooks_are_refused_and_never_raise_anything_else() -> None:
    chance = random.Random(SEED)
    for whole, name in ((_xlsx(sample_grid("team.csv")), "a.xlsx"), (ods_bytes([ods_row(CHILD_HEADER)]), "a.ods")):
        for _ in range(60):
            data = bytearray(whole[: chance.randrange(1, len(whole))] if chance.random() < 0.3 else whole)
            for _ in range(chance.randrange(1, 6)):
                data[chance.randrange(len(data))] = chance.randrange(256)
            assert _outcome(bytes(data), name) != "", f"seed {SEED}"


def _outcome(data: bytes, name: str) -> str:
    """What became of a file: "read", or what a refusal says to do next. Any other error fails the test."""
    try:
        read_tables(data, name)
    except BadInput as error:
        return error.next_step
    return "read"


def _spoiled(chance: random.Random) -> tuple[int, str]:
    bad = {
        0: ["", "=1+1", "\x07", "R" * 41],
        1: ["", "=cmd|' /C calc'!A0", "A" * 300, "+A1", "@SUM(A1)", "\x00Ada"],
        2: ["", "-2+3+cmd|' /C calc'!A0", "O" * 81, "Ob\x1bi"],
        3: ["", "31/02/2019", "soon", "2019", "01/13/2019", "01/02/0019", "=TODAY()", "9" * 50],
        5: ["12", "phone", "=07700", "0" * 30],
        6: ["maybe", "2", "=Y"],
        7: ["3000", "tall", "-5", "1.5", "=1"],
        8: ["Lost", "=A1", "Active?"],
        9: ["4:1", "half", "=1:1"],
    }
    column = chance.choice(sorted(bad))
    return column, chance.choice(bad[column])


def test_2000_malformed_rows_each_give_row_column_and_reason() -> None:
    chance = random.Random(SEED)
    header = [
        "Ref",
        "First name",
        "Surname",
        "DOB",
        "Notes",
        "Tel 1",
        "Plasters",
        "Height cm",
        "Status",
        "Support ratio",
    ]
    rows, expected = [header], []
    for number in range(2, 2002):
        row = [f"IYC{number}", "Ada", "Obi", "01/02/2019", "", "07700 900123", "Y", "120", "Active", "1:1"]
        column, row_text = _spoiled(chance)
        row[column] = row_text
        rows.append(row)
        expected.append((number, header[column]))
    sheet = read(_spoiled_csv(rows))
    assert sheet.rows == (), f"seed {SEED}"
    assert [(refusal.row, refusal.column) for refusal in sheet.refusals] == expected, f"seed {SEED}"
    assert all(refusal.reason and len(refusal.value) <= 80 for refusal in sheet.refusals)


def _spoiled_csv(rows: list[list[str]]) -> bytes:
    # A NUL makes a file no text at all, so the character stands in for the ones that can be in a CSV file.
    return csv_bytes([[cell.replace("\x00", "\x01") for cell in row] for row in rows])


def test_random_text_in_any_cell_never_raises() -> None:
    chance = random.Random(SEED)
    letters = "=+-@'\"();:/,.\\|! \t\u00a0\u202eaZ0９éł\u0301\u200d😀\x7f\ufffe"
    for name in ("young-carers.csv", "team.csv", "activities.csv", "register.csv", "minibuses.csv", "venues.csv"):
        grid = sample_grid(name)
        for row in grid[1:]:
            for column in range(len(row)):
                if chance.random() < 0.4:
                    row[column] = "".join(chance.choices(letters, k=chance.randrange(1, 25)))
        table = read_tables(csv_bytes(grid), name)[0]
        sheet = read_rows(table, recognise(table))
        assert all(refusal.reason and refusal.row > 1 for refusal in sheet.refusals), f"seed {SEED}"
