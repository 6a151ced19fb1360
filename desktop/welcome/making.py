"""A new club file: what it is called, who its first manager is, where it is kept."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog

from desktop.welcome.cards import KINDS, SUFFIX
from desktop.welcome.path_field import PathField
from desktop.widgets.fields import LineField
from desktop.widgets.form import Form
from desktop.widgets.password_field import PasswordField, Weigh
from models.kernel.errors import BadInput

GOOD_ONE = "12 letters or more. Three or four words that do not belong together are best."


class NewForm(Form):
    """Asks what a new club file needs.

    Signals:
        asked(Path, str, str, str): make this file, for a club of this name; this is its first manager, their password.
    """

    asked = Signal(object, str, str, str)

    def __init__(self, folder: Path, weigh: Weigh) -> None:
        """`weigh` says how good a password is."""
        super().__init__("Make the club file")
        self._folder = folder
        self._followed = ""
        self.name = LineField("name", "Name of the club", "As families know it; it is on everything you print.")
        self.where = PathField("path", "Where to keep it", self._choose, "Somewhere only your team can reach.")
        self.person = LineField("person", "Your name", "You are its first manager, and sign in with this name.")
        self.first = PasswordField("passphrase", "Your password", GOOD_ONE, weigh=weigh)
        self.again = PasswordField("again", "Your password again")
        for field in (self.name, self.where, self.person, self.first, self.again):
            self.add(field)
        self.name.changed.connect(self._suggest)
        self.again.line.returnPressed.connect(self.save)
        self.saved.connect(self._ask)
        self._suggest()
        self.mark_clean()

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
        self.asked.emit(path, str(values["name"]), str(values["person"]), str(values["passphrase"]))

    def _choose(self) -> str:
        title, start = "Where to keep the club file", self.where.line.text()
        return QFileDialog.getSaveFileName(self, title, start, KINDS)[0]


def _wrong(values: dict[str, object]) -> BadInput | None:
    """The first thing that is missing from what was typed for a new club; how good the password is, the club says."""
    if not values["name"]:
        return BadInput("The club has no name.", "Type the name families know it by.", "name")
    if not values["path"]:
        return BadInput("There is no place to keep it.", "Choose a folder and a name.", "path")
    if not values["person"]:
        return BadInput("Your name is empty.", "Type the name you will sign in with.", "person")
    return twice(values, "passphrase")


def twice(values: dict[str, object], name: str) -> BadInput | None:
    """What is wrong with a password typed twice, the second time as "again"."""
    if not values[name]:
        return BadInput("The password is empty.", "Type one twice.", name)
    if values["again"] != values[name]:
        return BadInput("The two passwords are not the same.", "Type the second one again.", "again")
    return None
