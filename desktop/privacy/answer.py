"""The pages of an answer: look, print, save as PDF or as data."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QIODevice, QSaveFile, Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop.widgets.banner import Banner
from desktop.widgets.flow import Flow
from desktop.widgets.preview import PdfPreview
from desktop.widgets.state import State
from desktop.widgets.text import button
from models.kernel.errors import BreatherError

if TYPE_CHECKING:
    from models.documents.subject_access import Answer


class AnswerView(QWidget):
    """A preview, and under it the button that saves the same as data for another system.

    Signals:
        left(): Back. failed(Exception), said(words): for the page.
    """

    left = Signal()
    failed = Signal(object)
    said = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._made: Answer | None = None
        self.banner = Banner()
        self.preview = PdfPreview()
        self.preview.back_button.hide()
        self.preview.failed.connect(self.failed)
        self.preview.saved_as.connect(lambda _path: self.said.emit("Saved. Keep the file where only you can open it."))
        self.preview.printed.connect(lambda: self.said.emit("The pages have gone to the printer."))
        data = button("Save as data (JSON)…", self.save_data_with_dialog, icon_name="content-save-outline")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.banner)
        column.addWidget(self.preview, 1)
        column.addWidget(Flow([data]))

    def show_answer(self, made: "Answer") -> None:
        """Shows an answer."""
        self._made = made
        self.preview.set_pdf(made.pdf, made.title)
        if made.draft:
            self.banner.show_state(State.WARN, "This is a draft. Do not hand it over before it is released.")
        else:
            words = "Released. Save or print it now, and keep a copy: the record may change after today."
            self.banner.show_state(State.OK, words)

    def save_data_with_dialog(self) -> None:
        """Asks where, then saves."""
        if self._made is None:
            return
        path, _kind = QFileDialog.getSaveFileName(self, "Save as data", f"{self._made.title}.json", "JSON (*.json)")
        if path:
            self.save_data_to(path)

    def save_data_to(self, path: str) -> None:
        """Saves the JSON, or leaves what was there before as it was."""
        if self._made is None:
            return
        file = QSaveFile(path)
        whole = file.open(QIODevice.OpenModeFlag.WriteOnly) and file.write(self._made.json) == len(self._made.json)
        if whole and file.commit():
            self.said.emit("Saved. Keep the file where only you can open it.")
            return
        self.failed.emit(BreatherError("The file could not be saved there.", "Choose another folder."))
