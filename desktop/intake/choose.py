"""Step 1: choose files or a folder, or drop them here; each says at once what it is."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.intake.chosen import Chosen, Key, Sheet
from desktop.intake.words import ICONS, UNKNOWN_ICON, sheet_words
from desktop.widgets.card import Card
from desktop.widgets.card_list import CardList
from desktop.widgets.flow import Flow
from desktop.widgets.icons import IconLabel
from desktop.widgets.metrics import px, scale
from desktop.widgets.state import State
from desktop.widgets.text import button, label, set_look
from models.kernel.words import counted, listed

SPREADSHEETS = "Spreadsheets (*.csv *.xlsx *.ods)"
_MOST_NAMED = 6
LARGE = 1.5
"""From this text size on the buttons of a file stand under its name."""
_HINT = "Drop spreadsheets or a folder here, or choose them. Nothing is kept until the last step."


class ChooseStep(QWidget):
    """Signals:
    chosen(list of Path): files and folders to read.
    left_out(key): a sheet is not to be brought in after all.
    told(key): somebody wants to say what an unknown sheet is.
    """

    chosen = Signal(object)
    left_out = Signal(object)
    told = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self._drop = Card()
        self._words = label(_HINT, wrap=True)
        self.files_button = button("Choose files…", self.choose_files, kind="call", icon_name="file-table-outline")
        self.folder_button = button("Choose a folder…", self.choose_folder, icon_name="folder-open-outline")
        row = QHBoxLayout()
        row.setSpacing(px(14))
        row.addWidget(IconLabel("tray-arrow-down", "brand", 28))
        row.addWidget(self._words, 1)
        self._drop.body.addLayout(row)
        self._drop.body.addWidget(Flow([self.files_button, self.folder_button]))
        self._drop.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.list: CardList[Sheet] = CardList("Files chosen")
        self.list.set_empty(
            "No spreadsheet is chosen yet. Breather reads CSV, Excel (.xlsx) and LibreOffice (.ods) files, and tells "
            "by itself whether it is your tracker, register, activities, team, minibuses, venues or terms."
        )
        self.list.setMinimumHeight(px(170))
        self._skipped = label("", "small", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        column.addWidget(self._drop)
        column.addWidget(self.list, 1)
        column.addWidget(self._skipped)
        self.set_chosen(Chosen())

    def set_chosen(self, chosen: Chosen) -> None:
        """Shows these sheets, those that need somebody first, and what was passed over."""
        self.list.set_rows(
            sorted(chosen.sheets, key=_urgency), key=_shown, make=self._row, update=lambda _row, _sheet: None
        )
        names = listed([*chosen.skipped], _MOST_NAMED)
        self._skipped.setText(
            f"Passed over, because {'it is no spreadsheet' if len(chosen.skipped) == 1 else 'they are no spreadsheets'}"
            f": {names}."
        )
        self._skipped.setVisible(bool(chosen.skipped))

    def choose_files(self) -> None:
        """Asks which files."""
        names, _kind = QFileDialog.getOpenFileNames(self, "Choose spreadsheets", "", SPREADSHEETS)
        if names:
            self.chosen.emit([Path(name) for name in names])

    def choose_folder(self) -> None:
        """Asks which folder; every spreadsheet in it is read."""
        name = QFileDialog.getExistingDirectory(self, "Choose a folder of spreadsheets")
        if name:
            self.chosen.emit([Path(name)])

    def set_busy(self, busy: bool) -> None:
        """Nothing more can be chosen while files are being read."""
        for made in (self.files_button, self.folder_button):
            made.setEnabled(not busy)
        self.setAcceptDrops(not busy)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if paths_in(event.mimeData()):
            event.acceptProposedAction()
            self._words.setText("Let go to choose these.")
            set_look(self._words, "tone", "strong")

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._calm()

    def dropEvent(self, event: QDropEvent) -> None:
        self._calm()
        paths = paths_in(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.chosen.emit(list(paths))

    def _calm(self) -> None:
        self._words.setText(_HINT)
        set_look(self._words, "tone", "")

    def _row(self, sheet: Sheet) -> QWidget:
        return SheetRow(sheet, self.left_out.emit, self.told.emit)


class SheetRow(QWidget):
    """One sheet: its picture, its name, what it is or why it cannot be read, and what can be done about it."""

    def __init__(self, sheet: Sheet, leave_out: Callable[[Key], object], tell: Callable[[Key], object]) -> None:
        super().__init__()
        words = sheet_words(sheet)
        self.setAccessibleName(f"{sheet.where}: {words}")
        state = _state(sheet)
        picture = ICONS[sheet.found.kind.name] if sheet.found else UNKNOWN_ICON if sheet.table else "file-alert-outline"
        said = label(words, "soft" if state is State.OK else state.value, wrap=True)
        texts = QVBoxLayout()
        texts.setSpacing(px(2))
        texts.addWidget(label(sheet.where, "row", wrap=True))
        texts.addWidget(said)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(14), px(8), px(10), px(8))
        row.setSpacing(px(14))
        row.addWidget(IconLabel(picture, "brand" if state is State.OK else state.value, 26))
        row.addLayout(texts, 1)
        buttons = _buttons(sheet, leave_out, tell)
        if scale() >= LARGE:
            texts.addWidget(Flow(buttons))
            return
        for made in buttons:
            row.addWidget(made)


def _buttons(sheet: Sheet, leave_out: Callable[[Key], object], tell: Callable[[Key], object]) -> Sequence[QWidget]:
    found: list[QWidget] = []
    if sheet.table is not None:
        words, name = ("Columns", "Columns of") if sheet.found else ("Say what it is", "Say what it is:")
        found.append(button(words, lambda: tell(sheet.key), name=f"{name} {sheet.where}", icon_name="table-column"))
    found.append(
        button(
            "Leave out", lambda: leave_out(sheet.key), kind="quiet", icon_name="close", name=f"Leave out {sheet.where}"
        )
    )
    return found


def _shown(sheet: Sheet) -> tuple[Key, str]:
    """Equal as long as the row need not be made anew."""
    return sheet.key, sheet_words(sheet)


def _urgency(sheet: Sheet) -> int:
    return (State.BAD, State.WARN, State.OK).index(_state(sheet))


def _state(sheet: Sheet) -> State:
    if sheet.found is None:
        return State.BAD
    return State.BAD if sheet.missing else State.WARN if sheet.to_check else State.OK


def paths_in(mime: QMimeData) -> tuple[Path, ...]:
    """The files and folders of this machine in what is being dragged."""
    return tuple(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())


def chosen_words(chosen: Chosen) -> str:
    """How many were chosen, for the line under the title."""
    rows = sum(len(sheet.table.rows) for sheet in chosen.known if sheet.table)
    known = counted(len(chosen.known), "spreadsheet")
    return f"{known}, {counted(rows, 'row')}" if chosen.known else "CSV, Excel and LibreOffice files"
