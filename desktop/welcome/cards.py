"""The ways in: a file that is there, and those to choose from on a first run."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop.jobs.keeper import when_words
from desktop.welcome.path_field import PathField
from desktop.widgets.card import Card
from desktop.widgets.fields import LineField
from desktop.widgets.form import Form
from desktop.widgets.metrics import px
from desktop.widgets.password_field import PasswordField
from desktop.widgets.text import button, label
from models.kernel.errors import BadInput
from models.kernel.words import counted

if TYPE_CHECKING:
    from models.bootstrap import Backup

SUFFIX = ".breather"
KINDS = f"Club files (*{SUFFIX})"
BACKUP = ".breather-backup"
PASSWORD, PASSPHRASE = "Password", "Passphrase"
TO_OPEN = f"Club files and backups (*{SUFFIX} *{BACKUP})"


class OpenForm(Form):
    """Asks which file, and who wants to open it. A file from before there were people asks its passphrase alone.

    Signals:
        asked(Path, str, str): open this file, as this person ("" where it does not ask) with this password.
        file_chosen(Path): another file was chosen or typed.
        forgotten(Path): somebody forgot their password of this file.
    """

    asked = Signal(object, str, str)
    file_chosen = Signal(object)
    forgotten = Signal(object)

    def __init__(self, last: Path | None, name: str = "") -> None:
        """`name` is who opened this file here last."""
        super().__init__("Open")
        words = "It ends in .breather, with its keys file beside it; or choose a backup."
        self.where = PathField("path", "Club file", self._choose, words)
        self.person = LineField("name", "Name")
        self.password = PasswordField("password", PASSWORD)
        self.asks_name = True
        for field in (self.where, self.person, self.password):
            self.add(field)
        self.set_values({"path": last, "name": name})
        if last is not None:
            self.where.hide()
            self.setFocusProxy(self.password if name else self.person)
        self._forgot_button = button("I forgot my password", self._forgot, kind="quiet")
        self.add_foot(self._forgot_button)
        self.where.changed.connect(self._look_at_file)
        self.password.line.returnPressed.connect(self.save)
        self.saved.connect(self._ask)

    def ask_for_name(self, asked: bool) -> None:
        """Whether people sign in to this file by name, or with the one passphrase everybody shares."""
        self.asks_name = asked
        had_it = self.person.control.hasFocus()
        self.person.setVisible(asked)
        self._forgot_button.setVisible(asked)  # before there were people there was no recovery key to print
        self.password.set_words(PASSWORD if asked else PASSPHRASE)
        if had_it and not asked:
            self.password.setFocus()

    def _ask(self, values: dict[str, object]) -> None:
        path, name, password = values["path"], str(values["name"] or ""), values["password"]
        words = self.password.words.lower()
        if not isinstance(path, Path):
            self.show_error(BadInput("No file is chosen.", "Choose your club file.", "path"))
        elif self.asks_name and not name:
            self.show_error(BadInput("The name is empty.", "Type the name you were added with.", "name"))
        elif not password:
            self.show_error(BadInput(f"The {words} is empty.", f"Type your {words}.", "password"))
        else:
            self.set_busy(True)
            self.asked.emit(path, name if self.asks_name else "", str(password))

    def _forgot(self) -> None:
        path = self.where.value()
        if isinstance(path, Path):
            self.forgotten.emit(path)
        else:
            self.show_error(BadInput("No file is chosen.", "Choose your club file first.", "path"))

    def _look_at_file(self) -> None:
        path = self.where.value()
        if path is not None:
            self.file_chosen.emit(path)

    def _choose(self) -> str:
        return QFileDialog.getOpenFileName(self, "Choose your club file", str(Path.home()), TO_OPEN)[0]


class WaysIn(QWidget):
    """The choices of a first run, each with a sentence.

    Signals:
        chosen(key): "new", "open", "server" or "sample".
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(14))
        for key, title, words, press, kind, icon in WAYS:
            card = Card(title)
            card.body.addWidget(label(words, "soft", wrap=True))
            made = button(press, lambda key=key: self.chosen.emit(key), kind=kind, icon_name=icon)  # type: ignore[misc] # bound per turn
            card.add_action(made)
            column.addWidget(card)


OPENS_WITH = (
    "It opens with the names and passwords of that day. Type yours of then above; if it was changed since, the new one "
    "does not count."
)
OLD_ONE_STAYS = (
    "The file that does not open is kept beside it under another name. A record that was erased after that day may be "
    "back: Privacy tells what Breather knows of, and you erase it again."
)


class OfferBackup(Card):
    """Offers the newest backup of a club file that does not open.

    Signals:
        taken(): restore it.
    """

    taken = Signal()

    def __init__(self, backup: "Backup", *, older: bool = False) -> None:
        """`older`: the newest turned out not to be whole, and this is one of before it."""
        super().__init__("There is a backup of this club")
        which = "An older one" if older else "The newest"
        self.body.addWidget(label(f"{which} is of {when_words(backup.made_at)}{_counts_words(backup)}.", wrap=True))
        self.body.addWidget(label(OPENS_WITH, wrap=True))
        self.body.addWidget(label(OLD_ONE_STAYS, "soft", wrap=True))
        self.add_action(button("Restore this backup", self.taken.emit, icon_name="history"))


def _counts_words(backup: "Backup") -> str:
    """What is in it, where the password that was typed opens it."""
    facts = backup.facts
    if facts is None:
        return ""
    children = counted(facts.children, "child", "children")
    activities = counted(facts.activities, "club or trip", "clubs and trips")
    return f", with {children}, {activities} and {counted(facts.marks, 'mark')} in the registers"


WAYS = (
    (
        "sample", "Look round first",
        "A made-up club with a year of clubs and trips in it. Try anything; it can be removed with one press.",
        "Look round", "primary", "eye-outline",
    ),
    (
        "new", "Start a new club file",
        "One locked file holds everything about your club. You choose its name, its place and your password.",
        "Start", "", "file-plus-outline",
    ),
    (
        "open", "Open a club file",
        "For a file that somebody in your team made before.",
        "Open", "", "folder-open-outline",
    ),
    (
        "server", "A club on a server",
        "For a team that works in it from several machines at once.",
        "Use a server", "", "server-network",
    ),
)  # fmt: skip
