"""The three ways in: the passphrase of a file, a new club file, a file from elsewhere."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop.jobs.keeper import when_words
from desktop.welcome.path_field import PathField
from desktop.widgets.card import Card
from desktop.widgets.fields import LineField
from desktop.widgets.form import Form
from desktop.widgets.metrics import px
from desktop.widgets.text import button, label
from models.kernel.errors import BadInput

if TYPE_CHECKING:
    from models.bootstrap import Backup

SUFFIX = ".breather"
LEAST_LETTERS = 10
KINDS = f"Club files (*{SUFFIX})"
BACKUP = ".breather-backup"
TO_OPEN = f"Club files and backups (*{SUFFIX} *{BACKUP})"


class OpenForm(Form):
    """Asks which file and its passphrase.

    Signals:
        asked(Path, str): open this file with this passphrase.
    """

    asked = Signal(object, str)

    def __init__(self, last: Path | None) -> None:
        super().__init__("Open")
        words = "It ends in .breather, with its keys file beside it; or choose a backup."
        self.where = PathField("path", "Club file", self._choose, words)
        self.passphrase = LineField("passphrase", "Passphrase")
        self.passphrase.set_secret()
        self.add(self.where)
        self.add(self.passphrase)
        if last is not None:
            self.set_values({"path": last})
            self.where.hide()
            self.setFocusProxy(self.passphrase)
        self.passphrase.line.returnPressed.connect(self.save)
        self.saved.connect(self._ask)

    def sizeHint(self) -> QSize:
        return QSize(px(520), px(300))

    def _ask(self, values: dict[str, object]) -> None:
        path, passphrase = values["path"], values["passphrase"]
        if not isinstance(path, Path):
            self.show_error(BadInput("No file is chosen.", "Choose your club file.", "path"))
        elif not passphrase:
            self.show_error(BadInput("The passphrase is empty.", "Type the passphrase of this file.", "passphrase"))
        else:
            self.set_busy(True)
            self.asked.emit(path, str(passphrase))

    def _choose(self) -> str:
        return QFileDialog.getOpenFileName(self, "Choose your club file", str(Path.home()), TO_OPEN)[0]


class NewForm(Form):
    """Asks what a new club file needs.

    Signals:
        asked(Path, str, str): make this file, for a club of this name, with this passphrase.
    """

    asked = Signal(object, str, str)

    def __init__(self, folder: Path) -> None:
        super().__init__("Make the club file")
        self._folder = folder
        self._followed = ""
        self.name = LineField("name", "Name of the club", "As families know it; it is on everything you print.")
        self.where = PathField("path", "Where to keep it", self._choose, "Somewhere only your team can reach.")
        self.first = LineField(
            "passphrase", "Passphrase", "Three or four words that do not belong together. Nobody can get in without it."
        )
        self.again = LineField("again", "Passphrase again")
        for field in (self.first, self.again):
            field.set_secret()
        self.add(self.name)
        self.add(self.where)
        self.add(self.first, self.again)
        self.name.changed.connect(self._suggest)
        self.saved.connect(self._ask)
        self._suggest()
        self.mark_clean()

    def sizeHint(self) -> QSize:
        return QSize(px(560), px(420))

    def _suggest(self) -> None:
        """Until somebody types another path, the file is named for the club."""
        if self.where.line.text() != self._followed:
            return
        letters = "".join(letter for letter in self.name.line.text() if letter.isalnum() or letter in " -")
        plain = " ".join(letters.split())
        path = self._folder / f"{plain or 'Our club'}{SUFFIX}"
        self.where.set_value(path)
        self._followed = self.where.line.text()

    def _ask(self, values: dict[str, object]) -> None:
        wrong = _wrong(values)
        if wrong is not None:
            self.show_error(wrong)
            return
        path = values["path"]
        assert isinstance(path, Path)  # looked at in _wrong
        path = path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)
        self.set_busy(True)
        self.asked.emit(path, str(values["name"]), str(values["passphrase"]))

    def _choose(self) -> str:
        title, start = "Where to keep the club file", self.where.line.text()
        return QFileDialog.getSaveFileName(self, title, start, KINDS)[0]


def _wrong(values: dict[str, object]) -> BadInput | None:
    """The first thing that is wrong with what was typed for a new club."""
    passphrase = str(values["passphrase"] or "")
    if not values["name"]:
        return BadInput("The club has no name.", "Type the name families know it by.", "name")
    if not values["path"]:
        return BadInput("There is no place to keep it.", "Choose a folder and a name.", "path")
    if len(passphrase) < LEAST_LETTERS:
        return BadInput(
            "This passphrase is too short to keep anybody out.",
            f"Use at least {LEAST_LETTERS} letters; three or four words are best.",
            "passphrase",
        )
    if values["again"] != passphrase:
        return BadInput("The two passphrases are not the same.", "Type the second one again.", "again")
    return None


class WaysIn(QWidget):
    """The three choices of a first run, each with a sentence.

    Signals:
        chosen(key): "new", "open" or "sample".
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


class OfferBackup(Card):
    """Offers the newest backup of a club file that does not open.

    Signals:
        taken(): restore it.
    """

    taken = Signal()

    def __init__(self, backup: "Backup") -> None:
        super().__init__("There is a backup of this club")
        words = (
            f"The newest is of {when_words(backup.made_at)}. If you restore it, the file that does not open is kept "
            "beside it under another name."
        )
        self.body.addWidget(label(words, wrap=True))
        self.add_action(button("Restore this backup", self.taken.emit, kind="primary", icon_name="history"))


WAYS = (
    (
        "sample", "Look round first",
        "A made-up club with a year of clubs and trips in it. Try anything; it can be removed with one press.",
        "Look round", "primary", "eye-outline",
    ),
    (
        "new", "Start a new club file",
        "One locked file holds everything about your club. You choose its name, its place and its passphrase.",
        "Start", "", "file-plus-outline",
    ),
    (
        "open", "Open a club file",
        "For a file that somebody in your team made before.",
        "Open", "", "folder-open-outline",
    ),
)  # fmt: skip
