"""The composition root of the window: what is made here is handed to everything else."""

import gc
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desktop.jobs.guard import install_guard
from desktop.settings.preferences import Look, Preferences, PreferencesFile, home
from desktop.shell.window import MainWindow
from desktop.welcome import sample
from desktop.welcome.doorman import Doorman
from desktop.welcome.page import Welcome
from desktop.widgets import theme
from models.kernel.clock import Clock

if TYPE_CHECKING:
    from desktop.shell.desk import Desk
    from desktop.shell.session import Session
    from models.bootstrap import Club, Strength


class App:
    """Breather, from its first window to its last.

    Attributes:
        window: the one window. session: the open club, if any. desk: what is shown with it.
    """

    def __init__(
        self,
        qt: QApplication,
        data: Path,
        *,
        window: MainWindow | None = None,
        documents: Path | None = None,
        clock: Clock | None = None,
        strength: "Strength | None" = None,
    ) -> None:
        """`data` holds this machine's preferences and the sample club; `documents` is where a new file would go."""
        self._qt = qt
        self._data = data
        self._documents = documents or Path.home()
        self._file = PreferencesFile(data)
        self.preferences: Preferences = self._file.read()
        self._stop_following = _nothing
        self._dress()
        self.doorman = Doorman(data, clock, strength)
        self.session: Session | None = None
        self.desk: Desk | None = None
        self.window = window or MainWindow()
        self.window.closing.connect(self.close)
        self.welcome: Welcome | None = None

    def start(self, file: Path | None = None) -> None:
        """Shows the window, and once it is painted brings in what opening a club needs; `file` is asked for first."""
        last = file or (Path(self.preferences.last) if self.preferences.last else None)
        on_sample = last == sample.path_in(self._data)
        self._show_welcome(None if on_sample else last)
        self.window.show()
        QTimer.singleShot(0, lambda: self._warm_up(on_sample))

    def close(self) -> None:
        """Saves everything asked for, makes a backup if anything changed, and lets go of the club file."""
        if self.session is not None:
            self.session.close()
            self.session = None
        self.doorman.close()
        self._stop_following()

    def leave_club(self) -> None:
        """Closes the club file and goes back to the welcome."""
        self._close_session()
        self._show_welcome(None)

    def restore(self, backup: Path) -> None:
        """Puts a backup in the place of the open club file, which is kept beside it, and opens that."""
        session = self.session
        if session is None:
            return
        session.jobs.shutdown()  # every mark is in the file that is kept
        if session.keeper is not None:
            session.keeper.stop()
        self.session = None
        self._show_welcome(None)
        assert self.welcome is not None  # shown just now
        self.welcome.show_restoring()
        self.doorman.restore(
            session.club, backup, self._restored, lambda error: self._not_restored(session.club, error)
        )

    def _restored(self, club: "Club") -> None:
        self._opened(club)
        assert self.desk is not None  # a club is open
        self.desk.say("The backup is open. The file it replaced is kept beside it.")

    def _not_restored(self, club: "Club", error: Exception) -> None:
        self._opened(club)
        self.window.failed.emit(error)

    def remove_sample(self) -> None:
        """Deletes the sample club with everything beside it, and goes back to the welcome."""
        self._close_session()
        sample.remove(self._data)
        self._keep(Preferences(self.preferences.look))
        self._show_welcome(None)

    def set_look(self, look: Look) -> None:
        """Dresses the app in another look; the screens are made anew, where they were."""
        self._keep(Preferences(look, self.preferences.last))
        self._dress()
        if self.session is not None:
            self._show_desk(self.desk.current if self.desk is not None else "")
        else:
            self._show_welcome(None)

    def _warm_up(self, on_sample: bool) -> None:
        self.doorman.warm_up(_collect_again, _bring_in_the_desk)
        if on_sample and self.welcome is not None:
            self.welcome.open_sample()

    def _show_welcome(self, last: Path | None) -> None:
        there = last if last is not None and last.name else None
        self.welcome = Welcome(self.doorman, self._documents, there)
        self.welcome.opened.connect(self._opened)
        self.welcome.failed.connect(self.window.failed)
        self.desk = None
        self.window.show_inside(self.welcome)

    def _opened(self, club: "Club") -> None:
        from desktop.jobs import Jobs
        from desktop.jobs.keeper import Keeper
        from desktop.shell.session import Session

        jobs = Jobs(club, club.clock)
        self.session = Session(club, jobs, Keeper(club, jobs, self._data))
        self._keep(Preferences(self.preferences.look, str(club.path)))
        self._show_desk("")

    def _show_desk(self, place: str) -> None:
        from desktop.shell.desk import Desk

        assert self.session is not None  # only an open club has a desk
        desk = Desk(self.session, self.preferences.look)
        desk.look_chosen.connect(self.set_look)
        desk.left.connect(self.leave_club)
        desk.restore_asked.connect(self.restore)
        desk.failed.connect(self.window.failed)
        desk.sample_removed.connect(self.remove_sample)
        self.desk, self.welcome = desk, None
        self.window.show_inside(desk)
        desk.go(place) if place else desk.go_home()

    def _close_session(self) -> None:
        if self.session is not None:
            self.session.close()
            self.session = None

    def _keep(self, preferences: Preferences) -> None:
        self.preferences = preferences
        self._file.write(preferences)

    def _dress(self) -> None:
        self._stop_following()
        look = self.preferences.look
        self._stop_following = _nothing
        if look.dark is None:
            self._stop_following = theme.follow_system(self._qt, look.size)
        else:
            theme.apply(self._qt, look.dark, look.size)


def _nothing() -> None:
    """What is called to stop following the system when nothing follows it."""


def _bring_in_the_desk() -> None:
    """Imports what is shown first once a club is open, so that nobody waits for it after the passphrase."""
    import desktop.shell.desk
    import desktop.today.page  # noqa: F401 - imported for what they bring in
    import models.readiness.week  # noqa: F401 - as above


def _collect_again() -> None:
    """Everything is imported: from here on rubbish is collected, and what was made so far is not looked through."""
    gc.freeze()
    gc.enable()


def begin(qt: QApplication, window: MainWindow, arguments: list[str]) -> App:
    """Builds the app in a window that is painted already; `arguments` may name a club file to open."""
    from platformdirs import user_documents_dir

    app = App(qt, home(), documents=Path(user_documents_dir()), window=window)
    window.closing.connect(install_guard(window.failed.emit))
    named = [Path(argument).absolute() for argument in arguments if not argument.startswith("-")]
    app.start(named[0] if named else None)
    return app
