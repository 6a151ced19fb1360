"""What is shown while no club is open: the first run, or the passphrase of the file used last."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.jobs.keeper import when_words
from desktop.welcome.cards import BACKUP, SUFFIX, NewForm, OfferBackup, OpenForm, WaysIn
from desktop.welcome.doorman import Doorman
from desktop.widgets.banner import Banner
from desktop.widgets.card import Card, clear_layout
from desktop.widgets.metrics import px
from desktop.widgets.progress import ProgressCard
from desktop.widgets.state import State
from desktop.widgets.text import announce, button, label, set_look
from models.kernel.errors import (
    BadInput,
    BreatherError,
    Damaged,
    EmptyFile,
    KeysMissing,
    NotFound,
    WrongPassphrase,
)

if TYPE_CHECKING:
    from models.bootstrap import Backup

_NAMED = re.compile(r" \d{4}-\d{2}-\d{2} \d{4}( \(\d+\))?$")
"""What the name of a backup says after the name of its club file."""


class Welcome(QWidget):
    """One card at a time, in the middle of the window.

    Signals:
        opened(Club): a club file is open.
        failed(Exception): an error that is not ours, for the error box.
    """

    opened = Signal(object)
    failed = Signal(object)

    def __init__(self, doorman: Doorman, folder: Path, last: Path | None = None) -> None:
        """`folder` is where a new file is put unless somebody chooses another; `last` the file used last."""
        super().__init__()
        set_look(self, "ground", "bg")
        self._doorman = doorman
        self._folder = folder
        self._last = last
        self._form: OpenForm | NewForm | None = None
        self._offered: OfferBackup | None = None
        self.banner = Banner()
        self.progress = ProgressCard()
        self._room = QVBoxLayout()
        self._room.setSpacing(px(14))
        self._lay_out()
        if last is not None:
            self.show_passphrase(last)
        else:
            self.show_ways()

    def show_ways(self) -> None:
        """The three ways in."""
        ways = WaysIn()
        ways.chosen.connect(self._choose)
        self._show("Welcome", "Plan clubs and trips for young carers, and take the register on the day.", ways)

    def show_passphrase(self, path: Path | None) -> None:
        """Asks for the passphrase of this file; None asks for the file too."""
        form = OpenForm(path)
        form.asked.connect(self._open)
        words = (
            f"{path.stem} is locked. Its passphrase opens it." if path else "Choose the file and type its passphrase."
        )
        if path is not None:
            form.back_button.hide()
            form.add_foot(button("Use another file", self.show_ways, kind="quiet"))
        self._show_form("Open your club", words, form)

    def show_new(self) -> None:
        """Asks what a new club file needs."""
        form = NewForm(self._folder)
        form.asked.connect(self._create)
        self._show_form("A new club file", "Everything stays in this one file, locked with your passphrase.", form)

    def open_sample(self) -> None:
        """Opens the sample club, making it first where there is none."""
        self.progress.begin("Making the sample club")
        self._set_busy(True)
        self._doorman.open_sample(self.opened.emit, self._not_open, self.progress.step)

    def show_restoring(self) -> None:
        """Says that a backup is being put in place."""
        self.progress.begin("Comparing the backup and putting it in place")
        self._set_busy(True)

    def _choose(self, key: str) -> None:
        {"new": self.show_new, "open": lambda: self.show_passphrase(None), "sample": self.open_sample}[key]()

    def _open(self, path: Path, passphrase: str) -> None:
        self.banner.clear()
        self._drop_offer()
        if path.suffix == BACKUP:
            self._open_backup(path, passphrase)
            return
        self._doorman.open(path, passphrase, self.opened.emit, lambda error: self._file_not_open(path, error))

    def _open_backup(self, backup: Path, passphrase: str) -> None:
        target = self._folder / f"{_NAMED.sub('', backup.stem)}{SUFFIX}"
        if target.exists():
            words = f"There is already a club file called {target.name} in {target.parent}."
            self._not_open(BadInput(words, "Open that one, and restore this backup in Settings.", "path"))
            return
        self._put_back(backup, target, passphrase)

    def _file_not_open(self, path: Path, error: Exception) -> None:
        self._not_open(error)
        if isinstance(error, (Damaged, EmptyFile, KeysMissing, NotFound)):
            self._doorman.look_for_backup(path, lambda backup: self._offer(path, backup))

    def _offer(self, path: Path, backup: "Backup | None") -> None:
        self._drop_offer()
        if backup is None or not isinstance(self._form, OpenForm):
            return
        form, chosen = self._form, backup.path
        self._offered = OfferBackup(backup)
        self._offered.taken.connect(lambda: self._put_back(chosen, path, form.passphrase.line.text()))
        self._room.addWidget(self._offered)
        QTimer.singleShot(0, self, self._reveal_offer)
        announce(self._offered, f"There is a backup of this club, of {when_words(backup.made_at)}.")

    def _reveal_offer(self) -> None:
        if self._offered is not None:
            self._area.ensureWidgetVisible(self._offered)

    def _put_back(self, backup: Path, path: Path, passphrase: str) -> None:
        if not passphrase:
            self._not_open(BadInput("The passphrase is empty.", "Type the passphrase of this file.", "passphrase"))
            return
        self.show_restoring()
        self._doorman.put_back(backup, path, passphrase, self.opened.emit, self._not_open)

    def _drop_offer(self) -> None:
        if self._offered is not None:
            self._offered.hide()
            self._offered.deleteLater()
            self._offered = None

    def _create(self, path: Path, name: str, passphrase: str) -> None:
        self.banner.clear()
        self._doorman.create(path, name, passphrase, self.opened.emit, self._not_open)

    def _not_open(self, error: Exception) -> None:
        self.progress.end()
        self._set_busy(False)
        if isinstance(error, WrongPassphrase):
            error = BadInput(error.what, error.next_step, "passphrase")
        if self._form is not None:
            self._form.show_error(error)
        elif isinstance(error, BreatherError):
            self.banner.show_state(State.BAD, str(error))
        else:
            self.failed.emit(error)

    def _set_busy(self, busy: bool) -> None:
        for at in range(self._room.count()):
            item = self._room.itemAt(at)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.setDisabled(busy)

    def _show_form(self, title: str, words: str, form: OpenForm | NewForm) -> None:
        form.left.connect(self.show_ways)
        form.failed.connect(self.failed)
        card = Card(fill=True)
        card.body.addWidget(form)
        self._show(title, words, card)
        self._form = form
        form.setFocus()

    def _show(self, title: str, words: str, widget: QWidget) -> None:
        self._form = None
        self._offered = None
        self.banner.clear()
        clear_layout(self._room)
        for each in (label(title, "title"), label(words, "soft", wrap=True), widget):
            self._room.addWidget(each)
            each.show()
        self.setAccessibleName(title)

    def _lay_out(self) -> None:
        middle = QWidget()
        set_look(middle, "scrolled", "true")
        middle.setMaximumWidth(px(640))
        column = QVBoxLayout(middle)
        column.setContentsMargins(px(24), px(24), px(24), px(24))
        column.setSpacing(px(14))
        column.addStretch(1)
        column.addWidget(label("Breather", "brand"))
        column.addWidget(self.banner)
        column.addLayout(self._room)
        column.addWidget(self.progress)
        column.addStretch(2)
        area = self._area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        area.setWidget(middle)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
