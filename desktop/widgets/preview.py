"""Looking at a PDF before it is printed. It is kept in memory: no file is made unless somebody asks for one."""

from PySide6.QtCore import QCoreApplication, QIODevice, QRect, QSaveFile, QSize, Qt, Signal
from PySide6.QtGui import QPageLayout, QPainter, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QProgressDialog, QScrollArea, QVBoxLayout, QWidget

from desktop.widgets.metrics import px
from desktop.widgets.pdf_pages import PdfPages
from desktop.widgets.text import button, icon_button, label, set_look
from models.kernel.errors import BreatherError
from models.kernel.words import counted

_ZOOMS = (50, 75, 100, 125, 150, 200, 300)
_SCREEN_DPI = 96
_PRINT_DPI = 200
"""Sharp for text, and a page is 11 MB in memory rather than 100."""


class PdfPreview(QWidget):
    """Pages one under the other, with zoom, Print and Save as.

    Attributes:
        back_button: for a screen that shows the pages beside what they were chosen from to hide.

    Signals:
        printed(): the pages have gone to the printer.
        saved_as(str): they were saved to this file, because somebody asked.
        failed(Exception): they could not be read, printed or saved.
        left(): Back was pressed.
    """

    printed = Signal()
    saved_as = Signal(str)
    failed = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._data = b""
        self._title = "Pages"
        self._pages: PdfPages | None = None
        self._zoom = 100
        self._sheets: list[QLabel] = []
        self.back_button = button("Back", self.left.emit, icon_name="arrow-left", kind="quiet")
        self._head = label("", "heading", wrap=True)
        self._zoom_words = label("100 %", "soft")
        inside = QWidget()
        set_look(inside, "scrolled", "true")
        self._column = QVBoxLayout(inside)
        self._column.setSpacing(px(16))
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setWidget(inside)
        self._area.setAccessibleName("Pages")
        self._area.verticalScrollBar().valueChanged.connect(self._draw_seen)
        self._area.verticalScrollBar().rangeChanged.connect(self._draw_seen)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(px(12))
        outer.addLayout(self._tools())
        outer.addWidget(self._area, 1)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.forget)

    def set_pdf(self, data: bytes, title: str) -> None:
        """Shows these pages; `title` is shown above them and offered as a file name, so no person's name in it."""
        try:
            pages = PdfPages(data)
        except ValueError as wrong:
            self.failed.emit(BreatherError(f"{wrong}.", "Make them again."))
            return
        if self._pages is not None:
            self._pages.close()
        self._data, self._title, self._pages = data, title, pages
        self._area.verticalScrollBar().setValue(0)
        self._head.setText(f"{title} · {counted(len(pages), 'page')}")
        self._lay_out()

    def forget(self) -> None:
        """Lets go of the pages."""
        if self._pages is not None:
            self._pages.close()
        self._data, self._pages = b"", None
        self._lay_out()

    def page_count(self) -> int:
        """How many pages there are."""
        return len(self._pages) if self._pages else 0

    def zoom(self) -> int:
        """Per cent of the size on paper."""
        return self._zoom

    def set_zoom(self, percent: int) -> None:
        """Per cent of the size on paper, 50 to 300."""
        self._zoom = max(_ZOOMS[0], min(_ZOOMS[-1], percent))
        self._zoom_words.setText(f"{self._zoom} %")
        self._size_sheets()

    def print_with_dialog(self) -> None:
        """Asks which printer, then prints."""
        printer = one_sided_printer()
        dialog = QPrintDialog(printer, self)
        dialog.setMinMax(1, max(1, self.page_count()))
        if dialog.exec():
            self.print_to(printer)

    def print_to(self, printer: QPrinter) -> None:
        """Prints the pages the printer was set to (all, unless a range was asked for)."""
        if self._pages is None:
            return
        first = max(1, printer.fromPage() or 1)
        last = min(len(self._pages), printer.toPage() or len(self._pages))
        # The name of the job can be seen by others: it says nothing but the app's name.
        printer.setDocName("Breather")
        printer.setFullPage(True)
        if self._paint(printer, self._pages, range(first - 1, last)):
            self.printed.emit()

    def save_with_dialog(self) -> None:
        """Asks where, then saves."""
        path, _kind = QFileDialog.getSaveFileName(self, "Save as", f"{self._title}.pdf", "PDF (*.pdf)")
        if path:
            self.save_to(path)

    def save_to(self, path: str) -> None:
        """Saves the whole PDF, or leaves what was there before as it was."""
        file = QSaveFile(path)
        whole = file.open(QIODevice.OpenModeFlag.WriteOnly) and file.write(self._data) == len(self._data)
        if whole and file.commit():
            self.saved_as.emit(path)
            return
        self.failed.emit(BreatherError("The file could not be saved there.", "Choose another folder."))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._draw_seen()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._draw_seen()

    def _tools(self) -> QVBoxLayout:
        """Two rows, so that a long title and large text never push Print out of sight."""
        named = QHBoxLayout()
        named.setSpacing(px(8))
        named.addWidget(self.back_button)
        named.addWidget(self._head, 1)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(icon_button("magnify-minus-outline", "Smaller", lambda: self._zoom_by(-1)))
        row.addWidget(self._zoom_words)
        row.addWidget(icon_button("magnify-plus-outline", "Larger", lambda: self._zoom_by(1)))
        row.addStretch(1)
        row.addWidget(button("Save as…", self.save_with_dialog, icon_name="content-save-outline"))
        send = button("Print", self.print_with_dialog, kind="primary", icon_name="printer-outline", keys="Ctrl+P")
        row.addWidget(send)
        self.setFocusProxy(send)
        both = QVBoxLayout()
        both.setSpacing(px(10))
        both.addLayout(named)
        both.addLayout(row)
        return both

    def _zoom_by(self, step: int) -> None:
        nearest = min(range(len(_ZOOMS)), key=lambda at: abs(_ZOOMS[at] - self._zoom))
        self.set_zoom(_ZOOMS[max(0, min(len(_ZOOMS) - 1, nearest + step))])

    def _lay_out(self) -> None:
        for sheet in self._sheets:
            self._column.removeWidget(sheet)
            sheet.deleteLater()
        self._sheets = []
        for number in range(self.page_count()):
            sheet = QLabel()
            sheet.setAccessibleName(f"Page {number + 1} of {self.page_count()}")
            sheet.setStyleSheet("background: #FFFFFF; border: 1px solid #828B8C;")
            self._column.addWidget(sheet, 0, Qt.AlignmentFlag.AlignHCenter)
            self._sheets.append(sheet)
        self._size_sheets()

    def _size_sheets(self) -> None:
        if self._pages is None:
            return
        for number, sheet in enumerate(self._sheets):
            wide, high = self._pages.size(number)
            sheet.setPixmap(QPixmap())
            sheet.setFixedSize(QSize(round(wide * self._dots() / 72), round(high * self._dots() / 72)))
        self._column.activate()
        self._draw_seen()

    def _dots(self) -> float:
        return _SCREEN_DPI * self._zoom / 100

    def _draw_seen(self) -> None:
        """Draws only pages in sight, and forgets those out of sight, so that 200 pages cost no more than three."""
        if self._pages is None or not self.isVisible():
            return
        top = self._area.verticalScrollBar().value()
        seen = QRect(0, top - px(200), self._area.viewport().width(), self._area.viewport().height() + px(400))
        ratio = self.devicePixelRatioF()
        # Reckoned, not asked: until the first layout every sheet says it is at the top, and all would be drawn.
        sheet_top = self._column.contentsMargins().top()
        for number, sheet in enumerate(self._sheets):
            wanted = sheet_top <= seen.bottom() and sheet_top + sheet.height() >= seen.top()
            sheet_top += sheet.height() + self._column.spacing()
            if wanted and sheet.pixmap().isNull():
                picture = QPixmap.fromImage(self._pages.picture(number, self._dots() * ratio))
                picture.setDevicePixelRatio(ratio)
                sheet.setPixmap(picture)
            elif not wanted and not sheet.pixmap().isNull():
                sheet.setPixmap(QPixmap())

    def _paint(self, printer: QPrinter, pages: PdfPages, numbers: range) -> bool:
        wait = QProgressDialog("Sending the pages to the printer", "Cancel", 0, len(numbers), self)
        wait.setWindowTitle("Breather")
        wait.setMinimumDuration(1000)
        wait.setWindowModality(Qt.WindowModality.WindowModal)
        _turn(printer, pages, numbers[0])
        painter = QPainter()
        if not painter.begin(printer):
            wait.deleteLater()
            self.failed.emit(BreatherError("The printer did not answer.", "Look whether it is on, then print again."))
            return False
        for done, number in enumerate(numbers):
            wait.setValue(done)
            if wait.wasCanceled():
                printer.abort()
                break
            if done:
                _turn(printer, pages, number)
                printer.newPage()
            painter.drawImage(_page_area(printer), pages.picture(number, _PRINT_DPI))
        cancelled = wait.wasCanceled()
        painter.end()
        wait.setValue(len(numbers))
        wait.deleteLater()
        return not cancelled


def one_sided_printer() -> QPrinter:
    """The usual printer, one side only until somebody chooses otherwise: on two sides one family's form would stand on
    the back of another's."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDuplex(QPrinter.DuplexMode.DuplexNone)
    return printer


def _turn(printer: QPrinter, pages: PdfPages, number: int) -> None:
    wide, high = pages.size(number)
    landscape = wide > high
    printer.setPageOrientation(QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait)


def _page_area(printer: QPrinter) -> QRect:
    return printer.pageLayout().fullRectPixels(printer.resolution())
