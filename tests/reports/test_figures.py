"""The sample club's year comes out as its office counted it, and moves by exactly what is marked."""

import io
import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from models.bootstrap import Club, UnitOfWork
from models.intake import service
from models.intake.reading import read_files
from models.kernel.clock import london_instant
from models.kernel.errors import BadInput
from models.registers.rules import MarkKind
from models.reports.attendance import COLUMNS, attendance, attendance_report
from models.reports.figures import figures
from models.reports.xlsx import to_xlsx
from tests.clubs import a_child, a_mark, an_activity, new_club, put

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "sample"
FIRST, LAST = date(2025, 9, 1), date(2026, 11, 21)
DAY = date(2026, 12, 5)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Club]:
    club = new_club(tmp_path_factory.mktemp("sample"))
    preview = club.read(lambda uow: service.prepare(uow, read_files([SAMPLE])))
    put(club, lambda uow: service.take_in(uow, preview))
    yield club
    club.close()


@pytest.fixture
def club(tmp_path: Path) -> Iterator[Club]:
    made = new_club(tmp_path)
    yield made
    made.close()


def test_every_figure_of_the_sample_is_the_offices_own(sample: Club) -> None:
    expected = json.loads((SAMPLE / "totals.json").read_text("utf-8"))
    del expected["import"]
    found = sample.read(lambda uow: figures(uow, FIRST, LAST))
    assert json.loads(json.dumps(found.as_json())) == expected
    assert found.hours_note() == "Hours are the planned length of 230 visits; no times in and out are known."


def test_the_period_counts_its_first_and_last_day(sample: Club) -> None:
    september = sample.read(lambda uow: figures(uow, date(2025, 9, 6), date(2025, 9, 6))).attendance
    assert (september.activities_delivered, september.clubs) == (1, 1)
    assert sample.read(lambda uow: figures(uow, date(2025, 9, 7), date(2025, 9, 7))).attendance.child_sessions == 0
    with pytest.raises(BadInput):
        sample.read(lambda uow: figures(uow, LAST, FIRST))


def test_known_times_count_and_the_note_says_how_many(club: Club) -> None:
    def mark(uow: UnitOfWork) -> None:
        activity = an_activity(uow, day=DAY)
        timed, untimed = a_child(uow, "Ada"), a_child(uow, "Ola")
        came = london_instant(DAY, time(10, 30))
        a_mark(uow, activity, 1, child_id=timed, happened_at=came)
        left = came + timedelta(minutes=150)
        a_mark(uow, activity, 2, MarkKind.OUT, child_id=timed, happened_at=left)
        a_mark(uow, activity, 3, child_id=untimed, happened_at=None, late=True)

    put(club, mark)
    found = club.read(lambda uow: figures(uow, DAY, DAY))
    assert found.attendance.respite_hours == 2.5 + 4
    assert (found.attendance.hours_by_times, found.attendance.hours_by_plan) == (2.5, 4)
    assert found.attendance.late == 1
    assert found.hours_note() == "Hours are from times in and out for 1 visit and from the planned length for 1 visit."


def test_corrected_and_voided_marks_count_as_what_stands(club: Club) -> None:
    def mark(uow: UnitOfWork) -> None:
        activity = an_activity(uow, day=DAY)
        corrected, voided = a_child(uow, "Ada"), a_child(uow, "Ola")
        first = a_mark(uow, activity, 1, child_id=corrected)
        a_mark(uow, activity, 2, MarkKind.ABSENT, child_id=corrected, corrects_id=first)
        other = a_mark(uow, activity, 3, child_id=voided)
        a_mark(uow, activity, 4, MarkKind.VOID, child_id=voided, corrects_id=other)

    put(club, mark)
    found = club.read(lambda uow: figures(uow, DAY, DAY)).attendance
    assert (found.booked_places, found.absent_told, found.child_sessions, found.activities_delivered) == (1, 1, 0, 0)


def test_the_frame_and_the_three_tables_agree_with_the_figures(sample: Club) -> None:
    frame = sample.read(lambda uow: attendance(uow, FIRST, LAST))
    assert tuple(frame.columns) == COLUMNS
    assert len(frame) == 260
    report = sample.read(lambda uow: attendance_report(uow, FIRST, LAST))
    for table in (report.by_child, report.by_activity, report.by_month):
        assert sum(one.came for one in table) == 230
        assert sum(one.booked for one in table) == 260
        assert sum(one.hours for one in table) == 1199
    assert len(report.by_child) == 27
    assert (report.by_activity[0].label, report.by_activity[0].detail) == ("September club", "06/09/2025")
    assert report.by_month[0].label == "September 2025"


def test_an_empty_period_has_empty_tables(club: Club) -> None:
    report = club.read(lambda uow: attendance_report(uow, DAY, DAY))
    assert (report.by_child, report.by_activity, report.by_month) == ((), (), ())


def test_the_workbook_keeps_names_as_text(club: Club) -> None:
    def mark(uow: UnitOfWork) -> None:
        activity = an_activity(uow, "=1+1", day=DAY)
        child = a_child(uow, "=HYPERLINK(1)", "Obi", referred_by="=2+2")
        a_mark(uow, activity, 1, child_id=child)

    put(club, mark)
    made = datetime.fromisoformat("2026-12-05T18:00:00+00:00")
    found = club.read(lambda uow: figures(uow, DAY, DAY))
    report = club.read(lambda uow: attendance_report(uow, DAY, DAY))
    book = CalamineWorkbook.from_filelike(io.BytesIO(to_xlsx(found, report, "=Harbour", made)))
    assert book.sheet_names == ["Figures", "By month", "By activity", "By child"]
    assert book.get_sheet_by_name("By child").to_python()[1][:2] == ["=HYPERLINK(1) Obi", report.by_child[0].detail]
    assert book.get_sheet_by_name("By activity").to_python()[1][:3] == ["=1+1", "05/12/2026", 1]
    rows = book.get_sheet_by_name("Figures").to_python()
    assert rows[0][0] == "=Harbour"
    assert ["=2+2", 1] in [row[:2] for row in rows]
