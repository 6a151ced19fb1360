"""A report as a spreadsheet: text stays text, so that no name can ever become a formula."""

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from models.kernel.clock import london_wall
from models.kernel.dates import numeric
from models.reports.attendance import AttendanceReport, Tally
from models.reports.figures import Figures

Cell = str | int | float

LABELS = {
    "referrals": "Children on the tracker",
    "referring_agencies": "Referring agencies",
    "activities_delivered": "Activities delivered",
    "clubs": "Clubs",
    "trips": "Trips",
    "distinct_children_attended": "Different children who came",
    "child_sessions": "Visits (one child at one activity)",
    "respite_hours": "Hours of respite",
    "booked_places": "Places booked",
    "absent_told": "Absent, and told us",
    "no_shows": "Did not come, no word",
    "late": "Came late",
    "parent_carers_identified": "Parents found to be carers",
}
_COUNTED = ("Places", "Came", "Late", "Absent, told us", "Did not come, no word", "Hours")


def figure_lines(figures: Figures) -> tuple[tuple[str, Cell], ...]:
    """Every single figure with its words, in the order people ask for them."""
    said = figures.as_json()
    return tuple((label, said[key]) for key, label in LABELS.items())


def to_xlsx(figures: Figures, report: AttendanceReport, club: str, made: datetime) -> bytes:
    """The workbook: figures, then attendance by month, activity and child. `made` is aware."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"title": f"{club}: figures", "created": london_wall(made).replace(tzinfo=None)})
        bold = book.add_format({"bold": True})
        _figures(book.add_worksheet("Figures"), figures, club, bold)
        _table(book.add_worksheet("By month"), ("Month",), report.by_month, bold)
        _table(book.add_worksheet("By activity"), ("Activity", "Date"), report.by_activity, bold)
        _table(book.add_worksheet("By child"), ("Child", "Ref"), report.by_child, bold)
    return out.getvalue()


def _figures(sheet: Any, figures: Figures, club: str, bold: Any) -> None:
    period = f"{numeric(figures.first)} to {numeric(figures.as_of)}"
    lines: list[Sequence[Cell]] = [(club,), ("Attendance", period), (figures.hours_note(),), ()]
    lines += figure_lines(figures)
    lines += [(), ("Referred by", "Children"), *figures.tracker.referrals_by_agency.items()]
    lines += [(), ("Status", "Children"), *figures.tracker.children_by_status.items()]
    lines += [(), ("Active, without trip consent",), *((ref,) for ref in figures.tracker.active_without_trip_consent)]
    _write(sheet, lines)
    sheet.set_row(0, None, bold)
    sheet.set_column(0, 0, 42)
    sheet.set_column(1, 1, 26)


def _table(sheet: Any, heading: Sequence[str], tallies: Iterable[Tally], bold: Any) -> None:
    lines: list[Sequence[Cell]] = [(*heading, *_COUNTED)]
    for one in tallies:
        words = (one.label, one.detail)[: len(heading)]
        lines.append((*words, one.booked, one.came, one.late, one.absent, one.no_show, one.hours))
    _write(sheet, lines)
    sheet.set_row(0, None, bold)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, len(heading) + len(_COUNTED), 14)
    sheet.freeze_panes(1, 0)


def _write(sheet: Any, lines: Iterable[Sequence[Cell]]) -> None:
    for row, line in enumerate(lines):
        for column, cell in enumerate(line):
            if isinstance(cell, str):
                sheet.write_string(row, column, cell)
            else:
                sheet.write_number(row, column, cell)
