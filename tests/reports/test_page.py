"""Reports as somebody asks for them: choose the days, read the figures, save them."""

import json
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pypdfium2 import PdfDocument
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton, QTabBar
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from desktop.jobs import Jobs
from desktop.reports.page import ReportsPage
from desktop.reports.period import Choice, Period, choice_words, period_of
from desktop.widgets import theme
from models.bootstrap import Club
from models.intake import service
from models.intake.reading import read_files
from models.people.queries import children
from tests.clubs import a_child, a_mark, an_activity, new_club, put

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "sample"
TOTALS: dict[str, Any] = json.loads((SAMPLE / "totals.json").read_text("utf-8"))
THURSDAY = date(2026, 12, 3)


class Screen:
    """The page over a club, and a person's hands."""

    def __init__(self, qtbot: QtBot, club: Club) -> None:
        self.qtbot = qtbot
        self.club = club
        self.jobs = Jobs(club, club.clock)
        self.page = ReportsPage(self.jobs, club.clock)
        self.said: list[str] = []
        self.gone: list[tuple[str, object]] = []
        self.errors: list[Exception] = []
        self.page.said.connect(lambda words, _undo: self.said.append(words))
        self.page.go.connect(lambda place, item: self.gone.append((place, item)))
        self.page.failed.connect(self.errors.append)
        self.jobs.failed.connect(self.errors.append)
        self.jobs.changed.connect(self.page.areas_changed)
        self.page.resize(1150, 768)
        qtbot.addWidget(self.page)
        self.page.show()

    def until(self, true: Callable[[], Any]) -> None:
        self.qtbot.waitUntil(lambda: bool(true()), timeout=30_000)

    def words(self) -> str:
        return "\n".join(each.text() for each in self.page.findChildren(QLabel) if each.isVisible())

    def button(self, name: str) -> QPushButton:
        found = [
            each
            for each in self.page.findChildren(QPushButton)
            if each.accessibleName() == name and each.isVisibleTo(self.page)
        ]
        assert len(found) == 1, f"{len(found)} buttons “{name}”"
        return found[0]

    def click(self, name: str) -> None:
        self.qtbot.mouseClick(self.button(name), Qt.MouseButton.LeftButton)

    def choose(self, choice: Choice) -> None:
        """Goes to a period with the arrow keys."""
        box = next(each for each in self.page.findChildren(QComboBox) if each.accessibleName() == "Which days")
        box.setFocus()
        wanted = choice_words(choice, THURSDAY)
        while box.currentText() != wanted:
            self.qtbot.keyClick(box, Qt.Key.Key_Down)

    def days(self, first: str, last: str, *, by_keys: bool = False) -> None:
        """Types two days and presses Show, or Enter."""
        self.choose(Choice.DAYS)
        line = QLineEdit()
        for name, text in (("First day", first), ("Last day", last)):
            line = next(each for each in self.page.findChildren(QLineEdit) if each.accessibleName() == name)
            line.setFocus()
            line.selectAll()
            self.qtbot.keyClicks(line, text)
        if by_keys:
            self.qtbot.keyClick(line, Qt.Key.Key_Return)
        else:
            self.click("Show these days")

    def counted(self, *words: str) -> bool:
        return all(one in self.words() for one in words)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Club]:
    club = new_club(tmp_path_factory.mktemp("sample"))
    preview = club.read(lambda uow: service.prepare(uow, read_files([SAMPLE])))
    put(club, lambda uow: service.take_in(uow, preview))
    yield club
    club.close()


@pytest.fixture
def open_page(qapp: QApplication, qtbot: QtBot) -> Iterator[Callable[[Club], Screen]]:
    if qapp.property("worn") != "light":
        theme.apply(qapp, dark=False)
        qapp.setProperty("worn", "light")
    made: list[Screen] = []

    def show(club: Club) -> Screen:
        made.append(Screen(qtbot, club))
        return made[-1]

    yield show
    for screen in made:
        screen.jobs.shutdown()


@pytest.fixture
def screen(open_page: Callable[[Club], Screen], sample: Club) -> Screen:
    shown = open_page(sample)
    shown.until(lambda: shown.button("Save as PDF").isEnabled())
    return shown


def test_the_sample_from_day_to_day_is_what_its_office_counted(screen: Screen) -> None:
    screen.days("1/9/25", "21.11.2026")
    screen.until(lambda: screen.counted("1 September 2025 to 21 November 2026", "found to be carers"))
    words = screen.words()
    for said in (
        "children came", f"{TOTALS['child_sessions']} visits, each one child at one activity.",
        "1,199 hours of a break. Hours are the planned length of 230 visits; no times in and out are known.",
        f"{TOTALS['clubs']} clubs and {TOTALS['trips']} trips.",
        f"{TOTALS['child_sessions']} times a child came, {TOTALS['late']} of them late.",
        f"{TOTALS['absent_told']} absent and told us. {TOTALS['no_shows']} did not come, no word.",
        f"Referred by {TOTALS['referring_agencies']} kinds of agency.",
        f"{TOTALS['parent_carers_identified']} parents were found to be carers themselves.",
    ):  # fmt: skip
        assert said in words
    lines = words.splitlines()
    for number in ("distinct_children_attended", "activities_delivered", "booked_places", "referrals"):
        assert f"{TOTALS[number]:,}" in lines
    for counts in (TOTALS["referrals_by_agency"], TOTALS["children_by_status"]):
        for name, count in counts.items():
            assert f"{name}\n{count}" in words or f"{count}\n{name}" in words


def test_children_without_trip_consent_are_named_and_opened(screen: Screen) -> None:
    rows = {row.ref: row for row in screen.club.read(children)}
    wanted = [rows[ref] for ref in TOTALS["active_without_trip_consent"]]
    for row in wanted:
        screen.click(f"Open {row.called}")
    assert screen.gone == [("children", row.id) for row in wanted]


def test_the_chart_says_what_it_shows(screen: Screen) -> None:
    screen.choose(Choice.BOTH_YEARS)
    screen.until(lambda: screen.counted("1 September 2025 to 3 December 2026", "found to be carers"))
    chart = screen.page.overview.chart
    assert sum(bar.value for bar in chart.bars()) == TOTALS["child_sessions"]
    assert chart.accessibleName() == "230 visits in all. Between 9 and 28 a month; the most in August 2026."
    box = next(each for each in screen.page.findChildren(QComboBox) if each.accessibleName() == "One bar for")
    box.setFocus()
    screen.qtbot.keyClick(box, Qt.Key.Key_Down)
    assert len(chart.bars()) == 12
    assert chart.bars()[-1].label == "7/11"


def test_the_lists_add_up_and_sort(screen: Screen) -> None:
    screen.days("1/9/2025", "21/11/2026", by_keys=True)
    screen.until(lambda: screen.counted("1 September 2025 to 21 November 2026", "found to be carers"))
    page = screen.page
    tabs = page.findChild(QTabBar)
    tabs.setFocus()
    for table, number in ((page.by_child, 27), (page.by_activity, 24), (page.by_month, 15)):
        screen.qtbot.keyClick(tabs, Qt.Key.Key_Right)
        assert table.isVisible()
        rows = table.rows()
        assert (len(rows), sum(row.booked for row in rows), sum(row.came for row in rows)) == (number, 260, 230)
        assert sum(row.hours for row in rows) == TOTALS["respite_hours"]
    page.by_child.sort_by("Hours", descending=True)
    hours = [row.hours for row in page.by_child.rows()]
    assert hours == sorted(hours, reverse=True)
    page.by_month.sort_by("Month")
    assert [row.label for row in page.by_month.rows()][:2] == ["September 2025", "October 2025"]
    page.by_activity.sort_by("Date", descending=True)
    assert page.by_activity.rows()[0].detail == "07/11/2026"


def test_a_spreadsheet_is_saved_where_asked(screen: Screen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.reports.page.QFileDialog.getSaveFileName", lambda *_: (str(tmp_path / "year"), ""))
    screen.days("1/9/2025", "21/11/2026")
    screen.until(lambda: screen.counted("21 November 2026"))
    screen.click("Save as spreadsheet")
    screen.until(lambda: screen.said)
    screen.until(lambda: screen.said == ["Saved as year.xlsx."])
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["year.xlsx"]
    rows = CalamineWorkbook.from_path(str(tmp_path / "year.xlsx")).get_sheet_by_name("Figures").to_python()
    assert ["Hours of respite", 1199.0] in [row[:2] for row in rows]


def test_a_pdf_is_saved_where_asked_and_names_no_child(
    screen: Screen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "year.pdf"
    monkeypatch.setattr("desktop.reports.page.QFileDialog.getSaveFileName", lambda *_: (str(path), ""))
    screen.choose(Choice.BOTH_YEARS)
    screen.until(lambda: screen.counted("1 September 2025 to"))
    screen.click("Save as PDF")
    screen.until(lambda: screen.said)
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["year.pdf"]
    document = PdfDocument(path.read_bytes())
    text = "\n".join(document[at].get_textpage().get_text_bounded() for at in range(len(document)))
    document.close()
    assert "27 children came to 24 activities: 14 clubs and 10 trips." in " ".join(text.split())
    assert "1,199" in text
    assert not any(row.full_name in text or row.called in text for row in screen.club.read(children))


def test_a_place_that_cannot_be_written_is_told(
    screen: Screen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "no such folder" / "year.pdf"
    monkeypatch.setattr("desktop.reports.page.QFileDialog.getSaveFileName", lambda *_: (str(gone), ""))
    screen.click("Save as PDF")
    screen.until(lambda: screen.errors)
    assert "could not be saved there" in str(screen.errors[0])
    assert screen.button("Save as PDF").isEnabled()


def test_days_the_wrong_way_round_are_told_at_the_field(screen: Screen) -> None:
    screen.days("21/11/2026", "1/9/2025")
    screen.until(lambda: screen.counted("01/09/2025 is before 21/11/2026."))
    screen.days("31/2/2026", "1/9/2026")
    assert screen.counted("is not a day in the calendar")


def test_nothing_to_count_says_why(open_page: Callable[[Club], Screen], tmp_path: Path) -> None:
    club = new_club(tmp_path)
    shown = open_page(club)
    shown.until(lambda: shown.counted("There is nothing to count yet: no child is here."))
    shown.click("Bring in your spreadsheets")
    assert shown.gone == [("import", None)]
    shown.jobs.change(a_child, "Add a child")
    shown.until(lambda: shown.counted("child on the tracker"))
    shown.until(lambda: shown.counted("1 active child has no trip consent yet, so cannot go on a trip."))
    shown.jobs.shutdown()
    club.close()


def test_a_mark_made_now_counts_at_once(open_page: Callable[[Club], Screen], tmp_path: Path) -> None:
    club = new_club(tmp_path)
    child = put(club, a_child)
    activity = put(club, lambda uow: an_activity(uow, day=THURSDAY))
    shown = open_page(club)
    shown.until(lambda: shown.counted("0 visits"))
    shown.jobs.change(lambda uow: a_mark(uow, activity, 1, child_id=child), "Sign in")
    shown.until(lambda: shown.counted("1 visit, each one child at one activity."))
    assert shown.page.overview.chart.isVisibleTo(shown.page)
    shown.jobs.shutdown()
    club.close()


@pytest.mark.parametrize(
    ("choice", "today", "first", "last"),
    [
        (Choice.THIS_YEAR, THURSDAY, date(2026, 9, 1), THURSDAY),
        (Choice.LAST_YEAR, THURSDAY, date(2025, 9, 1), date(2026, 8, 31)),
        (Choice.THIS_QUARTER, THURSDAY, date(2026, 10, 1), THURSDAY),
        (Choice.LAST_QUARTER, THURSDAY, date(2026, 7, 1), date(2026, 9, 30)),
        (Choice.LAST_QUARTER, date(2026, 2, 28), date(2025, 10, 1), date(2025, 12, 31)),
        (Choice.BOTH_YEARS, THURSDAY, date(2025, 9, 1), THURSDAY),
        (Choice.THIS_YEAR, date(2026, 8, 31), date(2025, 9, 1), date(2026, 8, 31)),
    ],
)
def test_the_days_of_each_choice(choice: Choice, today: date, first: date, last: date) -> None:
    assert period_of(choice, today) == Period(first, last)


def test_the_page_alone_loads_no_pandas() -> None:
    import subprocess

    code = (
        "import sys, desktop.reports.page;"
        "sys.exit(str([name for name in ('pandas', 'fpdf', 'pyqtgraph', 'xlsxwriter') if name in sys.modules]))"
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False)
    assert done.stderr.strip() == "[]"
