"""What is shown while no club is open: the first run, or who wants to open the file used last."""

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.jobs.keeper import when_words
from desktop.welcome import first, on_server
from desktop.welcome.cards import BACKUP, SUFFIX, OfferBackup, OpenForm, WaysIn
from desktop.welcome.doorman import Doorman, Recovering
from desktop.welcome.first import FirstPersonForm, OwnForm, RecoverForm
from desktop.welcome.making import NewForm
from desktop.welcome.on_server import NewServerForm, OpenServerForm
from desktop.widgets.banner import Banner
from desktop.widgets.card import Card, clear_layout
from desktop.widgets.field import Field
from desktop.widgets.fields import LineField
from desktop.widgets.form import Form
from desktop.widgets.inside import Inside
from desktop.widgets.metrics import px
from desktop.widgets.progress import ProgressCard
from desktop.widgets.state import State
from desktop.widgets.text import announce, button, label, set_look
from models.kernel.errors import (
    BadBackup,
    BadInput,
    BreatherError,
    Damaged,
    EmptyFile,
    KeysMissing,
    NotFound,
    WrongPassphrase,
)

if TYPE_CHECKING:
    from models.bootstrap import Backup, Club

NameOf = Callable[[Path | str], str]
"""Who opened a club file, or the club at an address, on this machine last; "" for nobody."""

_NAMED = re.compile(r" \d{4}-\d{2}-\d{2} \d{4}( \(\d+\))?$")
"""What the name of a backup says after the name of its club file."""


class Welcome(QWidget):
    """One card at a time, in the middle of the window.

    Signals:
        opened(Club): a club file is open. made(Club): a new one is, or the first person of an older one.
        failed(Exception): an error that is not ours, for the error box.
    """

    opened = Signal(object)
    made = Signal(object)
    failed = Signal(object)

    def __init__(
        self, doorman: Doorman, folder: Path, last: Path | None = None, name_of: NameOf = lambda _: "",
        server: str = "",
    ) -> None:  # fmt: skip
        """`folder` is where a new file is put unless somebody chooses another; `last` the file used last.

        `server` is the address of the club on a server used last.
        """
        super().__init__()
        set_look(self, "ground", "bg")
        self._doorman = doorman
        self._folder = folder
        self._name_of = name_of
        self._server = server
        self._form: Form | None = None
        self._offered: OfferBackup | None = None
        self._waiting: Club | None = None
        self._typed = ""
        self.banner = Banner()
        self.progress = ProgressCard()
        self._room = QVBoxLayout()
        self._room.setSpacing(px(14))
        self._lay_out()
        if last is not None:
            self.show_open(last)
        else:
            self.show_ways()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._form is not None:  # it was made before it stood in a window
            QTimer.singleShot(0, self._form, self._form.setFocus)

    def show_ways(self) -> None:
        """The ways in."""
        ways = WaysIn()
        ways.chosen.connect(self._choose)
        self._show("Welcome", "Plan clubs and trips for young carers, and take the register on the day.", ways)

    def show_open(self, path: Path | None) -> None:
        """Asks who opens this file; None asks for the file too."""
        form = OpenForm(path, self._name_of(path) if path else "")
        form.asked.connect(self._open)
        form.file_chosen.connect(lambda chosen: self._look_at(form, chosen))
        form.forgotten.connect(self.show_recover)
        words = f"{path.stem} is locked." if path else "Choose the file, then sign in to it."
        if path is not None:
            form.back_button.hide()
            form.add_foot(button("Use another file", self.show_ways, kind="quiet"))
            self._look_at(form, path)
        self._show_form("Open your club", words, form)

    def show_new(self) -> None:
        """Asks what a new club file needs."""
        form = NewForm(self._folder, lambda typed, done: self._weigh(typed, form.name, form.person, done))
        form.asked.connect(self._create)
        self._show_form("A new club file", "Everything stays in this one file, locked with your password.", form)

    def show_server(self, address: str) -> None:
        """Asks who opens the club at this address; "" asks for the address too."""
        form = OpenServerForm(address, self._name_of(address))
        form.asked.connect(self._open_on_server)
        form.forgotten.connect(self.show_recover)
        form.new.connect(lambda: self.show_new_on_server(str(form.field("address").value() or "")))
        self._show_form(on_server.OPEN_TITLE, on_server.OPEN_WORDS, form)

    def show_new_on_server(self, address: str) -> None:
        """Asks what a new club on a server needs."""
        form = NewServerForm(address, lambda typed, done: self._weigh(typed, form.name, form.person, done))
        form.asked.connect(self._create_on_server)
        self._show_form(on_server.NEW_TITLE, on_server.NEW_WORDS, form, lambda: self.show_server(address))

    def show_recover(self, where: Path | str) -> None:
        """Asks for the recovery key of this file, or of the club at this address."""
        form = RecoverForm(lambda typed, done: self._weigh(typed, None, form.field("name"), done), self._name_of(where))
        form.asked.connect(lambda asked: self._recover(where, asked))
        back = partial(self.show_server, where) if isinstance(where, str) else partial(self.show_open, where)
        self._show_form(first.KEY_TITLE, first.KEY_WORDS, form, back)

    def arrived(self, club: "Club") -> None:
        """A club is open: `opened`, once whoever opened it has a password that is theirs alone."""
        self.progress.end()
        self._waiting = club
        if club.account is not None and club.account.new_password:
            self._ask_own(club, club.account.name)
        elif club.account is None and club.sample_day is None and club.keeps_backups:
            self._ask_first(club)
        else:
            self._settled(club)

    def let_go(self) -> None:
        """Closes a club that is open and waits for somebody's own password."""
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting.close()

    def _ask_first(self, club: "Club") -> None:
        form = FirstPersonForm(lambda typed, done: self._weigh(typed, None, form.field("name"), done, club.name))
        form.asked.connect(
            lambda name, password: self._doorman.add_first(club, name, password, self._first_made, self._not_open)
        )
        self._show_form(first.FIRST_TITLE, first.FIRST_WORDS, form, lambda: self._settled(club))

    def _ask_own(self, club: "Club", name: str) -> None:
        given, self._typed = self._typed, ""
        form = OwnForm(lambda typed, done: self._doorman.weigh(typed, club.name, name, done), given)
        form.asked.connect(lambda old, new: self._doorman.change_own(club, old, new, self._settled, self._not_open))
        self._show_form(first.OWN_TITLE, first.OWN_WORDS.format(name=name), form, lambda: self._go_back(club))

    def _go_back(self, club: "Club") -> None:
        self.let_go()
        if club.shared:
            self.show_server(club.where)
        else:
            self.show_open(club.path)

    def _first_made(self, club: "Club") -> None:
        """As with a new club file: its recovery key is offered, and the shared passphrase is gone."""
        self._waiting = None
        self.made.emit(club)

    def _settled(self, club: "Club") -> None:
        self._waiting = None
        self.opened.emit(club)

    def _weigh(
        self, typed: str, club: LineField | None, person: Field[Any], done: Callable[[str], object], name: str = ""
    ) -> None:
        called = club.line.text() if club is not None else name
        self._doorman.weigh(typed, called, str(person.value() or ""), done)

    def _look_at(self, form: OpenForm, path: Path) -> None:
        def found(asks: bool) -> None:
            if self._form is form and form.where.value() == path:
                form.ask_for_name(asks)

        self._doorman.asks_for_name(path, found)

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
        ways = {"new": self.show_new, "open": lambda: self.show_open(None), "sample": self.open_sample}
        if key == "server":
            self.show_server(self._server)
        else:
            ways[key]()

    def _open_on_server(self, address: str, name: str, password: str) -> None:
        self.banner.clear()
        self._typed = password
        self.progress.begin("Asking the server")
        self._doorman.open_on_server(address, name, password, self.arrived, self._not_open)

    def _create_on_server(self, asked: dict[str, str]) -> None:
        self.banner.clear()
        self.progress.begin("Making the club on the server")
        self._doorman.create_on_server(asked, self.made.emit, self._not_open)

    def _open(self, path: Path, name: str, password: str) -> None:
        self.banner.clear()
        self._drop_offer()
        if path.suffix == BACKUP:
            if (target := self._place_for(path)) is not None:
                self._put_back(path, target, name, password)
            return
        self._typed = password
        self.progress.begin("Opening the club file")
        self._doorman.open(path, name, password, self.arrived, lambda error: self._file_not_open(path, password, error))

    def _place_for(self, backup: Path) -> Path | None:
        """Where a backup will stand as a club file; None where one stands there already, which is told."""
        target = self._folder / f"{_NAMED.sub('', backup.stem)}{SUFFIX}"
        if target.exists():
            self._not_open(_there_already(target))
            return None
        return target

    def _recover(self, path: Path | str, asked: Recovering) -> None:
        self.banner.clear()
        if isinstance(path, str):
            self.progress.begin("Asking the server")
            self._doorman.recover_on_server(path, asked, self.arrived, self._not_open)
            return
        backup = path if path.suffix == BACKUP else None
        target = self._place_for(path) if backup else path
        if target is not None:
            self.progress.begin("Opening the club file")
            self._doorman.recover(target, asked, self.arrived, self._not_open, backup)

    def _file_not_open(self, path: Path, password: str, error: Exception) -> None:
        self._not_open(error)
        if isinstance(error, (Damaged, EmptyFile, KeysMissing, NotFound)):
            self._doorman.look_for_backup(path, password, lambda backup: self._offer(path, backup))

    def _offer(self, path: Path, backup: "Backup | None", bad: frozenset[Path] = frozenset()) -> None:
        """`bad` are newer ones that turned out not to be whole."""
        self._drop_offer()
        if backup is None or not isinstance(self._form, OpenForm):
            return
        person, password, tried = self._form.person.line.text, self._form.password.line.text, bad | {backup.path}

        def failed(error: Exception) -> None:
            self._not_open(error)
            if isinstance(error, BadBackup):
                self._doorman.look_for_backup(path, password(), lambda found: self._offer(path, found, tried), tried)

        self._offered = OfferBackup(backup, older=bool(bad))
        self._offered.taken.connect(lambda: self._put_back(backup.path, path, person(), password(), failed))
        self._room.addWidget(self._offered)
        QTimer.singleShot(0, self, self._reveal_offer)
        announce(self._offered, f"There is a backup of this club, of {when_words(backup.made_at)}.")

    def _reveal_offer(self) -> None:
        if self._offered is not None:
            self._area.ensureWidgetVisible(self._offered)

    def _put_back(
        self, backup: Path, path: Path, name: str, password: str, failed: Callable[[Exception], object] | None = None
    ) -> None:
        if not password:
            self._not_open(BadInput("The password is empty.", "Type the password of this file.", "password"))
            return
        self.show_restoring()
        self._doorman.put_back(backup, path, name, password, self.arrived, failed or self._not_open)

    def _drop_offer(self) -> None:
        if self._offered is not None:
            self._offered.hide()
            self._offered.deleteLater()
            self._offered = None

    def _create(self, path: Path, name: str, person: str, password: str) -> None:
        self.banner.clear()
        self.progress.begin("Making the club file")
        self._doorman.create(path, name, person, password, self.made.emit, self._not_open)

    def _not_open(self, error: Exception) -> None:
        self.progress.end()
        self._set_busy(False)
        if isinstance(error, WrongPassphrase) and isinstance(self._form, OpenForm):
            error = BadInput(error.what, error.next_step, "password")
        if self._form is not None:
            self._form.show_error(error)
        elif isinstance(error, BreatherError):
            self.banner.show_state(State.BAD, str(error))
        else:
            self.failed.emit(error)

    def _set_busy(self, busy: bool) -> None:
        for widget in _widgets_in(self._room):
            widget.setDisabled(busy)

    def _show_form(self, title: str, words: str, form: Form, left: Callable[[], object] | None = None) -> None:
        form.left.connect(left or self.show_ways)
        form.failed.connect(self.failed)
        form.stand_whole()
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
        self._area = _scrolled(self.banner, self._room, self.progress)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._area)


def _there_already(target: Path) -> BadInput:
    words = f"There is already a club file called {target.name} in {target.parent}."
    return BadInput(words, "Open that one, and restore this backup in Settings.", "path")


def _widgets_in(room: QVBoxLayout) -> list[QWidget]:
    items = [room.itemAt(at) for at in range(room.count())]
    widgets = [item.widget() for item in items if item is not None]
    return [widget for widget in widgets if widget is not None]


def _scrolled(banner: Banner, room: QVBoxLayout, progress: ProgressCard) -> QScrollArea:
    """All of it in a column in the middle, which scrolls where there is too little room."""
    middle = Inside()
    middle.setMaximumWidth(px(640))
    column = QVBoxLayout(middle)
    column.setContentsMargins(px(24), px(24), px(24), px(24))
    column.setSpacing(px(14))
    column.addStretch(1)
    column.addWidget(label("Breather", "brand"))
    column.addWidget(banner)
    column.addLayout(room)
    column.addWidget(progress)
    column.addStretch(2)
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    area.setWidget(middle)
    return area
