"""The month, the chart and the print preview."""

import io
from datetime import date
from pathlib import Path

import pytest
from fpdf import FPDF
from PySide6.QtCore import QPoint, Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.widgets.bar_chart import Bar, BarChart
from desktop.widgets.month_days import MonthDays
from desktop.widgets.month_grid import MonthGrid, MonthItem
from desktop.widgets.preview import PdfPreview
from desktop.widgets.state import State

TODAY = date(2026, 12, 3)
CLUB = MonthItem("club", date(2026, 12, 5), "Saturday club", State.BAD)
TRIP = MonthItem("trip", date(2026, 12, 22), "Pantomime trip", State.OK)
BANK = MonthItem("bank", date(2026, 12, 25), "Christmas Day", State.NEUTRAL, movable=False)


@pytest.fixture
def grid(qtbot: QtBot) -> MonthGrid:
    made = MonthGrid(TODAY)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.set_items([CLUB, TRIP, BANK])
    with qtbot.waitExposed(made):
        made.show()
    made.days.setFocus()
    return made


def keys(qtbot: QtBot, days: MonthDays, *pressed: Qt.Key) -> None:
    for key in pressed:
        qtbot.keyClick(days, key)


def test_weeks_begin_on_monday(grid: MonthGrid) -> None:
    assert grid.first_and_last() == (date(2026, 11, 30), date(2027, 1, 3))
    assert grid.days.cell(date(2026, 11, 30)).left() == 0
    grid.set_month(date(2027, 2, 10))
    assert grid.first_and_last() == (date(2027, 2, 1), date(2027, 2, 28))


def test_enter_opens_a_thing_or_an_empty_day(qtbot: QtBot, grid: MonthGrid) -> None:
    with qtbot.waitSignal(grid.day_opened) as day:
        keys(qtbot, grid.days, Qt.Key.Key_Return)
    assert day.args == [TODAY]
    with qtbot.waitSignal(grid.opened) as opened:
        keys(qtbot, grid.days, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Return)
    assert opened.args == ["club"]
    assert grid.days.accessibleDescription() == "Saturday 5 December 2026, Saturday club"


def test_keys_and_mouse_move_a_thing_to_the_same_day(qtbot: QtBot, grid: MonthGrid) -> None:
    right, down = Qt.Key.Key_Right, Qt.Key.Key_Down
    with qtbot.waitSignal(grid.moved) as by_keys:
        keys(qtbot, grid.days, right, right, Qt.Key.Key_M, down, Qt.Key.Key_Enter)
    with qtbot.waitSignal(grid.moved) as by_mouse:
        drag(qtbot, grid.days, CLUB, date(2026, 12, 12))
    assert by_keys.args == by_mouse.args == ["club", date(2026, 12, 12)]


def test_esc_puts_it_back(qtbot: QtBot, grid: MonthGrid) -> None:
    with qtbot.assertNotEmitted(grid.moved):
        right, down = Qt.Key.Key_Right, Qt.Key.Key_Down
        keys(qtbot, grid.days, right, right, Qt.Key.Key_M, down, Qt.Key.Key_Escape)
        assert not grid.days.carrying()
        drag(qtbot, grid.days, CLUB, date(2026, 12, 12), escape=True)


def test_put_down_where_it_was_is_no_move(qtbot: QtBot, grid: MonthGrid) -> None:
    with qtbot.assertNotEmitted(grid.moved):
        drag(qtbot, grid.days, CLUB, CLUB.day)


def test_what_cannot_be_moved_is_not_picked_up(qtbot: QtBot, grid: MonthGrid) -> None:
    with qtbot.assertNotEmitted(grid.moved):
        drag(qtbot, grid.days, BANK, date(2026, 12, 24))


def test_a_click_opens(qtbot: QtBot, grid: MonthGrid) -> None:
    with qtbot.waitSignal(grid.opened) as opened:
        qtbot.mouseClick(grid.days, Qt.MouseButton.LeftButton, pos=grid.days.item_rect(TRIP).center())
    assert opened.args == ["trip"]


def test_walking_out_of_the_month_shows_the_next(qtbot: QtBot, grid: MonthGrid) -> None:
    grid.set_month(date(2026, 12, 31))
    with qtbot.waitSignal(grid.month_changed) as changed:
        keys(qtbot, grid.days, Qt.Key.Key_Right)
    assert changed.args == [date(2027, 1, 1)]
    keys(qtbot, grid.days, Qt.Key.Key_PageUp)
    assert (grid.month(), grid.days.day()) == (date(2026, 12, 1), date(2026, 12, 1))


def test_the_last_of_the_month_has_no_31st_in_february(qtbot: QtBot, grid: MonthGrid) -> None:
    grid.set_month(date(2027, 1, 31))
    keys(qtbot, grid.days, Qt.Key.Key_PageDown)
    assert grid.days.day() == date(2027, 2, 28)


def test_what_there_is_no_room_for_is_counted(grid: MonthGrid) -> None:
    crowd = [MonthItem(at, TODAY, f"Thing {at}") for at in range(12)]
    grid.set_items(crowd)
    shown = [item for item in crowd if not grid.days.item_rect(item).isEmpty()]
    assert 0 < len(shown) < 12
    assert grid.days.cell(TODAY).contains(grid.days.item_rect(shown[-1]))


def drag(qtbot: QtBot, days: MonthDays, item: MonthItem, to: date, *, escape: bool = False) -> None:
    start, end = days.item_rect(item).center(), days.cell(to).center()
    qtbot.mousePress(days, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(days, start + QPoint(30, 5))
    qtbot.mouseMove(days, end)
    if escape:
        qtbot.keyClick(days, Qt.Key.Key_Escape)
    qtbot.mouseRelease(days, Qt.MouseButton.LeftButton, pos=end)


def test_a_chart_says_in_words_what_it_draws(qtbot: QtBot) -> None:
    chart = BarChart()
    qtbot.addWidget(chart)
    chart.set_bars([Bar("Sep", 9), Bar("Oct", 11)], "20 children came in two months.")
    chart.show()
    assert chart.accessibleName() == "20 children came in two months."
    assert chart.accessibleDescription() == "Sep 9, Oct 11"
    chart.set_bars([], "Nobody has come yet.")
    assert chart.bars() == ()


@pytest.fixture(scope="module")
def pack() -> bytes:
    pdf = FPDF()
    for number, way in enumerate(("P", "L", "P")):
        pdf.add_page(orientation=way)
        pdf.set_font("helvetica", size=20)
        pdf.cell(text=f"Sheet {number}")
    return bytes(pdf.output())


@pytest.fixture
def preview(qtbot: QtBot, pack: bytes) -> PdfPreview:
    made = PdfPreview()
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    made.set_pdf(pack, "Consent pack")
    return made


def sheets(preview: PdfPreview) -> list[QLabel]:
    return [each for each in preview.findChildren(QLabel) if each.accessibleName().startswith("Page ")]


def test_pages_are_drawn_only_when_in_sight(qtbot: QtBot, preview: PdfPreview) -> None:
    assert preview.page_count() == 3
    qtbot.waitUntil(lambda: not sheets(preview)[0].pixmap().isNull())
    assert sheets(preview)[2].pixmap().isNull()
    picture = sheets(preview)[0].pixmap().toImage()
    assert picture.pixelColor(400, 600).name() == "#ffffff"
    dark = [picture.pixelColor(x, y).lightness() for x in range(30, 130) for y in range(30, 70)]
    assert min(dark) < 60


def test_zoom_keeps_within_its_bounds(preview: PdfPreview) -> None:
    before = sheets(preview)[0].width()
    preview.set_zoom(200)
    assert sheets(preview)[0].width() == pytest.approx(2 * before, abs=2)
    preview.set_zoom(5000)
    assert preview.zoom() == 300


def test_printing_turns_the_sheet_as_the_page_lies(
    qtbot: QtBot, preview: PdfPreview, tmp_path: Path
) -> None:
    from pypdf import PdfReader

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    with qtbot.waitSignal(preview.printed):
        preview.print_to(printer)
    pages = PdfReader(tmp_path / "out.pdf").pages
    assert [page.mediabox.width > page.mediabox.height for page in pages] == [False, True, False]


def test_nothing_is_written_until_asked_and_then_it_is_whole(
    qtbot: QtBot, preview: PdfPreview, pack: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    preview.set_pdf(pack, "Consent pack")
    assert list(tmp_path.iterdir()) == []
    with qtbot.waitSignal(preview.saved_as):
        preview.save_to(str(tmp_path / "pack.pdf"))
    assert (tmp_path / "pack.pdf").read_bytes() == pack
    with qtbot.waitSignal(preview.failed):
        preview.save_to(str(tmp_path / "no such folder" / "pack.pdf"))


def test_bytes_that_are_no_pdf_are_refused_and_the_pages_stay(qtbot: QtBot, preview: PdfPreview) -> None:
    with qtbot.waitSignal(preview.failed):
        preview.set_pdf(io.BytesIO(b"not a pdf").read(), "Oops")
    assert preview.page_count() == 3
