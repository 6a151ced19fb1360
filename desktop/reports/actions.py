"""What the reports ask of the jobs: the figures, and the same as a spreadsheet or a PDF. Nothing here runs on the UI
thread, and no file is written but the one asked for."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QIODevice, QSaveFile

from desktop.jobs import Jobs
from desktop.jobs.ticket import Step, Ticket, Work
from desktop.reports.found import Found
from desktop.reports.period import Period
from models.kernel.errors import BreatherError

Failed = Callable[[Exception], object]


def load(jobs: Jobs, period: Period, done: Callable[[Found], object], failed: Failed) -> Ticket:
    """Adds everything up."""
    return jobs.query(lambda read: _found(read, period), done, failed, key="reports-page", lane="slow")


def save(
    jobs: Jobs, period: Period, path: str, done: Callable[[str], object], failed: Failed,
    progress: Callable[[Step], object], cancelled: Callable[[], object],
) -> Ticket:  # fmt: skip
    """Makes the spreadsheet or the PDF, as the ending of `path` says, and writes it there; answers the path."""

    def make(read: Any, work: Work) -> str:
        work.step(0, 2, "Adding it all up")
        data = _pdf(read, period) if Path(path).suffix.lower() == ".pdf" else _xlsx(read, period)
        work.step(1, 2, "Saving")
        write_whole(path, data)
        return path

    return jobs.long_query(make, done, failed, progress=progress, cancelled=cancelled)


def write_whole(path: str, data: bytes) -> None:
    """Writes the file whole, or leaves what was there. Raises BreatherError."""
    file = QSaveFile(path)
    whole = file.open(QIODevice.OpenModeFlag.WriteOnly) and file.write(data) == len(data)
    if not (whole and file.commit()):
        raise BreatherError(
            "The file could not be saved there.", "Close it in other programs or choose another folder."
        )


def _found(read: Any, period: Period) -> Found:
    from models.people.queries import children
    from models.reports.attendance import attendance_report
    from models.reports.figures import figures

    found = figures(read, period.first, period.last)
    by_ref = {row.ref: row for row in children(read)}
    without = [by_ref[ref] for ref in found.tracker.active_without_trip_consent]
    report = attendance_report(read, period.first, period.last)
    return Found(period, found, report, tuple((row.id, row.called) for row in without), bool(by_ref))


def _xlsx(read: Any, period: Period) -> bytes:
    from models.access.queries import club
    from models.reports.xlsx import to_xlsx

    found = _found(read, period)
    return to_xlsx(found.figures, found.report, club(read).name, read.clock.now())


def _pdf(read: Any, period: Period) -> bytes:
    from desktop.reports.paper import on_paper
    from models.documents.queries import club
    from models.documents.report_pdf import report_pdf

    return report_pdf(on_paper(_found(read, period), club(read), read.clock.now()))
