"""The real app in a folder of the test's own, driven as a person would."""

from collections.abc import Iterator
from datetime import time
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.app import App
from desktop.settings.preferences import LIGHT, Look, Preferences, PreferencesFile
from desktop.shell.desk import Desk
from models.kernel.clock import FixedClock, london_instant
from tests.clubs import CHEAP, PASSPHRASE, THURSDAY

W = TypeVar("W", bound=QWidget)
MANAGER = "Manager"
"""Who a club of tests.clubs is made by."""


def an_app(qapp: QApplication, folder: Path, **look: float) -> App:
    """The app as on a machine that prefers the light look; not started. However long a test takes, it does not lock."""
    data = folder / "data"
    kept = PreferencesFile(data)
    if not (data / "preferences.json").exists():
        kept.write(Preferences(Look(LIGHT, look.get("size", 1.0))))
    clock = FixedClock(london_instant(THURSDAY, time(9, 30)))
    return App(qapp, data, documents=folder, clock=clock, strength=CHEAP, seconds=lambda: 0.0)


def start(qtbot: QtBot, app: App, file: Path | None = None) -> None:
    """Shows the window and waits until it is there."""
    with qtbot.waitExposed(app.window):
        app.start(file)
    app.window.activateWindow()


def the(parent: QWidget, kind: type[W], name: str) -> W:
    """The one shown control of this kind with this accessible name."""
    found = [each for each in parent.findChildren(kind) if each.accessibleName() == name and each.isVisible()]
    assert len(found) == 1, f"{len(found)} of {kind.__name__} “{name}”"
    return found[0]


def press(qtbot: QtBot, parent: QWidget, name: str) -> None:
    """Clicks the button of that name."""
    qtbot.mouseClick(the(parent, QAbstractButton, name), Qt.MouseButton.LeftButton)


def at_rest(qtbot: QtBot, app: App) -> None:
    """Waits until nothing is on its way: nothing shown is made anew between being pressed and let go."""
    assert app.session is not None
    jobs = app.session.jobs
    for _asked_by_an_answer in range(2):
        qtbot.waitUntil(lambda: not jobs._open, timeout=20_000)
        QApplication.processEvents()


def write(qtbot: QtBot, parent: QWidget, name: str, text: str) -> None:
    """Types over what is in the field of that name."""
    field = the(parent, QLineEdit, name)
    field.setFocus()
    field.selectAll()
    if text.isascii():
        qtbot.keyClicks(field, text)
    else:  # the test library has no key for ’ or ö
        field.insert(text)


def desk_of(qtbot: QtBot, app: App) -> Desk:
    """The desk, once a club is open."""
    qtbot.waitUntil(lambda: app.desk is not None, timeout=20_000)
    assert app.desk is not None
    return app.desk


def open_club_file(qtbot: QtBot, app: App, file: Path) -> Desk:
    """Starts the app on a club file and signs in to it, as its first manager."""
    start(qtbot, app, file)
    sign_in(qtbot, app)
    return desk_of(qtbot, app)


def sign_in(qtbot: QtBot, app: App, password: str = PASSPHRASE, name: str = MANAGER) -> None:
    """Types a name and a password on the first screen."""
    write(qtbot, app.window, "Name", name)
    write(qtbot, app.window, "Password", password)
    press(qtbot, app.window, "Open")


def turn(milliseconds: int = 10) -> None:
    """Lets the window and the threads behind it go on; QTest's own wait would keep Python from those threads."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def leave(app: App) -> None:
    """Closes the window, as a person would, and waits until everything is saved and it is gone."""
    app.window.close()
    for _ in range(3_000):
        if app.gone:
            break
        turn()
    assert app.gone
    app.window.deleteLater()


def closing(app: App) -> Iterator[App]:
    """For a fixture: the app, closed afterwards as its window would be."""
    yield app
    if not app.gone:
        leave(app)
