"""The report as it is printed."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from desktop.reports.found import Found
from desktop.reports.words import COUNTED, hours, tally_cells
from models.documents.facts import Club, FiguresTable, Report
from models.kernel.words import counted
from models.reports.attendance import Tally
from models.reports.xlsx import figure_lines


def on_paper(found: Found, club: Club, made: datetime) -> Report:
    """The report of a period: it names no child, so that it can go to a funder."""
    figures, report = found.figures, found.report
    attendance = figures.attendance
    came = counted(attendance.distinct_children_attended, "child", "children")
    what = counted(attendance.activities_delivered, "activity", "activities")
    kinds = f"{counted(attendance.clubs, 'club')} and {counted(attendance.trips, 'trip')}"
    text = (f"From {found.period.words}, {came} came to {what}: {kinds}.",)
    tables = [
        FiguresTable(
            "Figures", ("What", "How many"), tuple((label, _said(value)) for label, value in figure_lines(figures))
        ),
        _counts("Referred by", figures.tracker.referrals_by_agency),
        _counts("Where children are", figures.tracker.children_by_status),
        _tallies("By month", ("Month",), report.by_month),
        _tallies("By activity", ("Activity", "Date"), report.by_activity),
    ]
    notes = (
        figures.hours_note(),
        "A late child counts as having come, for the whole planned time unless the time in is known.",
        "Referrals, agencies and statuses are as they stood on the day this was made.",
    )
    kept = tuple(table for table in tables if table.rows)
    return Report(club, "Attendance and figures", found.period.words, text, kept, notes, made)


def _said(value: str | int | float) -> str:
    return hours(value) if isinstance(value, float) else f"{value:,}" if isinstance(value, int) else value


def _counts(heading: str, counts: Mapping[str, int]) -> FiguresTable:
    return FiguresTable(heading, (heading, "Children"), tuple((name, f"{count:,}") for name, count in counts.items()))


def _tallies(heading: str, first: tuple[str, ...], tallies: Iterable[Tally]) -> FiguresTable:
    rows = tuple(((one.label, one.detail)[: len(first)] + tally_cells(one)) for one in tallies)
    return FiguresTable(heading, (*first, *COUNTED), rows, frozenset(first[1:]))
