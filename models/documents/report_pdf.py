"""A report on paper: the words, the figures as given, and how they were counted."""

from pathlib import Path

from models.documents.blocks import heading, para, title
from models.documents.facts import FiguresTable, Report
from models.documents.press import Press
from models.documents.sheet import Sheet
from models.documents.table import Column, table
from models.documents.wording import printed


def report_pdf(report: Report, fonts: Path | None = None) -> bytes:
    """The PDF. Figures are printed exactly as they come; nothing is added up here."""
    press = Press(report.title, report.club.name, report.made, fonts)
    label = f"{report.title} · {printed(report.made)}"
    sheet = press.sheet(report.club.name, report.period, label, report.club.logo)
    sheet.add(title(sheet.fonts, report.title))
    for words in report.text:
        sheet.text(words)
        sheet.space(1.8)
    for figures in report.tables:
        _figures(sheet, figures)
    if report.notes:
        sheet.section("How these were counted", [para(sheet.fonts, words) for words in report.notes])
    return press.output([sheet])


def _figures(sheet: Sheet, figures: FiguresTable) -> None:
    first = 3.0 if len(figures.columns) > 2 else 2.0
    columns = [
        Column(name, first if at == 0 else 1.0, number=at > 0 and name not in figures.words)
        for at, name in enumerate(figures.columns)
    ]
    laid = table(sheet.fonts, columns, figures.rows, row_height=7)
    sheet.table(laid, above=[heading(sheet.fonts, figures.heading)])
