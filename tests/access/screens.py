"""The app open on a club with people in it, and a manager's hands."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.access.page import PeoplePage
from desktop.app import App
from desktop.widgets.form import Form
from models.access.rules import Role
from models.bootstrap import Club, open_club
from tests.clubs import DEVICE, PASSPHRASE, new_club
from tests.shell.apps import an_app, desk_of, open_club_file, press, sign_in, start, the, write

GIVEN = "oddly-silver-kettle-barn"
OWN = "purple marmots queueing"
PATIENCE_MS = 20_000


def a_club_of_people(folder: Path) -> Path:
    """A manager, a sessional worker and a safeguarding lead, who have each been given a password."""
    club = new_club(folder)
    club.add_person("Marcus Bell", GIVEN, role=Role.SESSIONAL)
    club.add_person("Priya Shah", GIVEN, role=Role.LEAD, safeguarding=True)
    club.close()
    return club.path


class Manager:
    """Somebody at the window: finds things by what is written on them."""

    def __init__(self, qtbot: QtBot, qapp: QApplication, folder: Path) -> None:
        self.qtbot = qtbot
        self.file = a_club_of_people(folder)
        self.app: App = an_app(qapp, folder)

    def open_people(self) -> PeoplePage:
        open_club_file(self.qtbot, self.app, self.file)
        assert self.app.desk is not None
        self.app.desk.go("access")
        self.until(lambda: self.page.table.isVisible())
        return self.page

    @property
    def window(self) -> QWidget:
        return self.app.window

    @property
    def page(self) -> PeoplePage:
        assert self.app.desk is not None
        found = self.app.desk.pages.shown()
        assert isinstance(found, PeoplePage)
        return found

    @property
    def club(self) -> Club:
        assert self.app.session is not None
        return self.app.session.club

    @property
    def form(self) -> Form:
        shown = self.page.panel.content()
        assert isinstance(shown, Form)
        return shown

    def until(self, true: Callable[[], Any]) -> None:
        self.qtbot.waitUntil(lambda: bool(true()), timeout=PATIENCE_MS)

    def words(self) -> str:
        return " | ".join(each.text() for each in self.window.findChildren(QLabel) if each.isVisible())

    def waits_for(self, words: str) -> None:
        try:
            self.until(lambda: words in self.words())
        except Exception as error:
            raise AssertionError(f"no “{words}” in {self.words()}") from error

    def press(self, name: str) -> None:
        self.sees(QAbstractButton, name)
        press(self.qtbot, self.window, name)

    def write(self, name: str, text: str) -> None:
        self.sees(QLineEdit, name)
        write(self.qtbot, self.window, name, text)

    def sees(self, kind: type[QWidget], name: str) -> None:
        """Waits until there is one such control: what is put in a panel stands there a moment later."""

        def found() -> list[QWidget]:
            return [one for one in self.window.findChildren(kind) if one.accessibleName() == name and one.isVisible()]

        try:
            self.until(lambda: len(found()) == 1)
        except Exception as error:
            shown = [one.accessibleName() for one in self.window.findChildren(kind) if one.isVisible()]
            raise AssertionError(f"no “{name}” among {shown}") from error

    def choose(self, words: str) -> None:
        """Presses a radio button by its words."""
        self.sees(QRadioButton, words)
        self.tick(the(self.window, QRadioButton, words))

    def tick(self, made: QAbstractButton) -> None:
        """Presses a tick box or radio button where its square is."""
        self.qtbot.mouseClick(made, Qt.MouseButton.LeftButton, pos=QPoint(12, made.height() // 2))

    def save(self) -> None:
        """Ctrl+Enter in the form."""
        self.qtbot.keyClick(self.form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    def go_to(self, name: str) -> None:
        """To somebody in the list, and Enter."""
        row = next(one for one in self.page.table.rows() if one.row.name == name)
        self.page.table.select(row.row.id)
        self.qtbot.keyClick(self.page.table.view, Qt.Key.Key_Return)

    def handed_over(self) -> str:
        """The password to be written down."""
        self.waits_for("it is not shown again")
        shown = [each.accessibleName() for each in self.page.panel.findChildren(QLabel) if each.accessibleName()]
        (password,) = [each for each in shown if each.count("-") == 4]
        return password

    def people(self) -> dict[str, str]:
        """Who is in the list, and how their sign-in stands."""
        columns = {column.header: column for column in self.page.table.model.columns}
        return {one.row.name: columns["Sign-in"].text(one) for one in self.page.table.rows()}

    def tries(self, name: str, password: str) -> None:
        """Signs in on the first screen."""
        sign_in(self.qtbot, self.app, password, name)

    def starts(self) -> None:
        start(self.qtbot, self.app, self.file)

    def at_the_desk(self) -> None:
        desk_of(self.qtbot, self.app)

    def line(self, name: str) -> QLineEdit:
        return the(self.window, QLineEdit, name)

    def button(self, name: str) -> QAbstractButton:
        return the(self.window, QAbstractButton, name)


def opens_with(file: Path, name: str, password: str) -> bool:
    """Whether this person's password opens the file, which is not open."""
    from models.kernel.errors import WrongPassphrase

    try:
        open_club(file, password, name=name, device=DEVICE).close()
    except WrongPassphrase:
        return False
    return True


__all__ = ["DEVICE", "GIVEN", "OWN", "PASSPHRASE", "Manager", "opens_with"]
