"""The composition root of the window: what is made here is handed to everything else."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desktop.jobs.guard import install_guard
from desktop.jobs.rubbish import Rubbish
from desktop.jobs.unsaved import UnsavedBox
from desktop.lock.suspend import SuspendWatch
from desktop.settings.preferences import Look, Preferences, PreferencesFile, home
from desktop.shell.window import MainWindow
from desktop.welcome import sample
from desktop.welcome.doorman import Doorman
from desktop.welcome.page import Welcome
from desktop.widgets import theme
from desktop.widgets.clipboard import ClipboardKeeper
from models.kernel.clock import Clock
from models.kernel.errors import BadInput

if TYPE_CHECKING:
    from uuid import UUID

    from desktop.shell.desk import Desk
    from desktop.shell.leaving import Departure
    from desktop.shell.session import Session
    from desktop.shell.warden import Warden
    from models.bootstrap import Club, Strength
    from models.server.club import ServerClub


class App:
    """Breather, from its first window to its last.

    Attributes:
        window: the one window. session: the open club, if any. desk: what is shown with it. warden: locks it.
        unsaved: what could not be saved, until whoever did it is told.
        leaving: what lets go of a club just now. gone: whether the window has been let go of.
        left_early: whether somebody did not wait for the last backup, so that a thread still works at it.
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
        seconds: Callable[[], float] | None = None,
    ) -> None:
        """`data` holds this machine’s preferences and the sample club; `documents` is where a new file would go.

        `seconds` tells how long nobody has touched the machine, None for the machine’s own count.
        """
        self._qt = qt
        self._data = data
        self._documents = documents or Path.home()
        self._seconds = seconds
        self._file = PreferencesFile(data)
        self.preferences: Preferences = self._file.read()
        self._stop_following = _nothing
        self._rubbish = Rubbish()
        self._dress()
        self.doorman = Doorman(data, clock, strength)
        self.session: Session | None = None
        self.warden: Warden | None = None
        self.clipboard = ClipboardKeeper(qt.clipboard())
        self.suspend = SuspendWatch()
        self.unsaved = UnsavedBox(data)
        self.desk: Desk | None = None
        self.window = window or MainWindow()
        self.window.closing.connect(self.close)
        self.welcome: Welcome | None = None
        self.leaving: Departure | None = None
        self.left_early = self.gone = self._going = False

    def start(self, file: Path | None = None, server: str = "") -> None:
        """Shows the window, and once it is painted brings in what opening a club needs.

        `file`, or the club at the address `server`, is asked for first; without either the club used last.
        """
        last = None if server else file or (Path(self.preferences.last) if self.preferences.last else None)
        on_sample = last == sample.path_in(self._data)
        self._show_welcome(None if on_sample else last, server or ("" if last else self.preferences.server))
        self.window.show()
        QTimer.singleShot(0, lambda: self._warm_up(on_sample))

    def close(self) -> None:
        """Saves everything asked for, makes a backup if anything changed, and lets the window go after that."""
        if self.gone:
            return
        self.window.hold()
        self._going = True
        if self.leaving is None:
            self._leave(self._go, self.doorman.close)
        else:
            self.leaving.leave_anyway()

    def close_at_once(self) -> None:
        """Saves everything asked for and lets go of the club file. Blocks, for when the system ends the session."""
        self._stop_watching()
        if self.session is not None:
            self.session.close()
            self.session = None
        self.unsaved.keep()
        self.doorman.close()
        if self.welcome is not None:
            self.welcome.let_go()
        self._go()

    def leave_club(self) -> None:
        """Closes the club file and goes back to the welcome."""
        self._leave(lambda: self._show_welcome(None))

    def sign_out(self) -> None:
        """Closes the club file and asks who comes next."""
        club = self.session.club if self.session is not None else None
        self._leave(lambda: self._ask_who(club))

    def _ask_who(self, club: "Club | None") -> None:
        if club is not None and club.shared:
            self._show_welcome(None, club.where)
        else:
            self._show_welcome(club.path if club is not None else None)

    def _leave(self, then: Callable[[], object], also: Callable[[], object] | None = None) -> None:
        """Closes the club file, if any, while the window lives on; `then` comes after it."""
        from desktop.shell.leaving import Departure

        self._stop_watching()
        session, self.session = self.session, None
        if self.welcome is not None:
            self.welcome.let_go()
        self.leaving = leaving = Departure(self.window, session, self.unsaved, also)
        self.desk = self.welcome = None

        def over() -> None:
            self.leaving = None
            self.left_early = leaving.left_early
            if leaving.sign_in_again:
                self._going = False
                self._ask_who(session.club if session is not None else None)
                return
            then()
            if self._going:  # the window was closed meanwhile
                self.close()

        leaving.done.connect(over)
        leaving.begin(closing=self._going)

    def _go(self) -> None:
        self.gone = True
        self.clipboard.clear()
        self._stop_following()
        self.window.let_go()

    def restore(self, backup: Path) -> None:
        """Puts a backup in the place of the open club file, which is kept beside it, and opens that."""
        session = self.session
        if session is None:
            return
        self._stop_watching()
        session.stop()
        self.session = None
        self._show_welcome(None)
        assert self.welcome is not None  # shown just now
        self.welcome.show_restoring()
        self.doorman.restore(
            session.club,
            backup,
            lambda club: _restored(self, club),
            lambda error: self._not_restored(session.club, error),
            first=session.jobs.wait_until_done,  # every mark is in the file that is kept
        )

    def _not_restored(self, club: "Club", error: Exception) -> None:
        self._opened(club)
        self.window.failed.emit(error)

    def remove_sample(self) -> None:
        """Deletes the sample club with everything beside it, and goes back to the welcome."""
        self._leave(self._without_sample)

    def _without_sample(self) -> None:
        sample.remove(self._data)
        self._keep(replace(self.preferences, last=""))
        self._show_welcome(None)

    def set_look(self, look: Look) -> None:
        """Dresses the app in another look; the screens are made anew, where they were."""
        self._keep(replace(self.preferences, look=look))
        self._dress()
        if self.session is not None:
            self._show_desk(self.desk.current if self.desk is not None else "")
        else:
            self._show_welcome(None)

    def _warm_up(self, on_sample: bool) -> None:
        self.doorman.warm_up(self._rubbish.begin, _bring_in_the_desk)
        if on_sample and self.welcome is not None:
            self.welcome.open_sample()

    def _show_welcome(self, last: Path | None, server: str = "") -> None:
        there = last if last is not None and last.name else None
        names, known = self.preferences.names, self.preferences.server
        self.welcome = Welcome(self.doorman, self._documents, there, lambda where: names.get(str(where), ""), known)
        if server:
            self.welcome.show_server(server)
        self.welcome.opened.connect(self._opened)
        self.welcome.made.connect(self._made)
        self.welcome.failed.connect(self.window.failed)
        self.desk = None
        self.window.show_inside(self.welcome)

    def _opened(self, club: "Club") -> None:
        if self.leaving is not None or self.gone:  # the window was closed while the file was being opened
            club.close()
            return
        if _has_to_choose(club):
            self._settle(club)
            return
        self.session = _session(club, self._data, self.unsaved)
        self._keep(_remembering(self.preferences, club))
        self._show_desk("")
        if self.session.watcher is not None:
            self.session.watcher.start()
        QTimer.singleShot(0, self._watch)
        QTimer.singleShot(0, self.tell_not_saved)

    def tell_not_saved(self) -> None:
        """Tells whoever is here now what of theirs was not saved while nobody could be told."""
        from desktop.shell.not_saved import tell

        if self.session is not None and self.desk is not None:
            tell(self.desk, self.session, self.unsaved, lambda words: _say(self.desk, words))

    def _made(self, club: "Club") -> None:
        """A new club file: its recovery key is offered at once, while there is nothing else to do."""
        from desktop.shell.offers import offer_recovery_key

        self._opened(club)
        if self.desk is not None:
            offer_recovery_key(self.desk)

    def _settle(self, club: "Club") -> None:
        """Whoever opened it has no password of their own yet: asks for one before the desk is there."""
        self.session = None
        if self.welcome is None:
            self._show_welcome(None)
        assert self.welcome is not None  # shown just now, or still there
        self.welcome.arrived(club)

    def _watch(self) -> None:
        """Once the desk is there: it locks when nobody touches anything, when the machine sleeps, and by Ctrl+L."""
        from desktop.lock.idle import IdleWatch
        from desktop.shell.warden import Warden

        if self.session is None or self.warden is not None:
            return
        watch = IdleWatch(self._qt, self.preferences.lock_minutes, self._seconds)
        self.warden = Warden(self.window, self.session, watch, self.clipboard, self.unsaved)
        self.warden.opened.connect(self.tell_not_saved)
        self.warden.changed_person.connect(self._change_person)
        self.warden.nobody_on.connect(lambda: _say(self.desk, "Nothing is on now: nobody to count."))
        self.suspend.away.connect(self.warden.lock)
        self.suspend.listen(int(self.window.winId()))

    def _stop_watching(self) -> None:
        warden, self.warden = self.warden, None
        if warden is not None:
            warden.close()
            self.suspend.away.disconnect(warden.lock)

    def _change_person(self) -> None:
        """Somebody else has signed in to the club that is open: a desk, jobs and backups of their own."""
        session, warden = self.session, self.warden
        if session is None or warden is None:
            return
        self.suspend.away.disconnect(warden.lock)
        self.warden = None
        self._opened(session.club)

    def lock(self, activity_id: "UUID | None" = None) -> None:
        """Locks now; with an activity, its register mode is offered."""
        self._watch()  # in the moment before it has begun
        if self.warden is not None:
            self.warden.lock(activity_id)

    def show_fire_list(self) -> None:
        """Shows who is in the building."""
        self._watch()
        if self.warden is not None:
            self.warden.show_fire_list()

    def set_minutes(self, minutes: int) -> None:
        """Locks after so many minutes without input from now on."""
        self._keep(replace(self.preferences, lock_minutes=minutes))
        if self.warden is not None:
            self.warden.set_minutes(minutes)

    def _show_desk(self, place: str) -> None:
        from desktop.shell.desk import Desk

        assert self.session is not None  # only an open club has a desk
        desk = Desk(self.session, self.preferences.look, minutes=self.preferences.lock_minutes)
        for signal, slot in (
            (desk.look_chosen, self.set_look), (desk.left, self.leave_club), (desk.signed_out, self.sign_out),
            (desk.restore_asked, self.restore), (desk.lock_asked, self.lock), (desk.fire_asked, self.show_fire_list),
            (desk.minutes_chosen, self.set_minutes), (desk.sample_removed, self.remove_sample),
            (desk.failed, self.window.failed),
        ):  # fmt: skip
            signal.connect(slot)
        self.desk, self.welcome = desk, None
        self.window.show_inside(desk)
        desk.go(place) if place else desk.go_home()

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


def _restored(app: App, club: "Club") -> None:
    from desktop.shell.offers import tell_restored

    app._opened(club)
    if app.desk is not None and app.session is not None:
        tell_restored(app.desk, app.session.jobs)


def _say(desk: "Desk | None", words: str) -> None:
    if desk is not None:
        desk.say(words)


def _session(club: "Club", data: Path, unsaved: UnsavedBox) -> "Session":
    """What runs on an open club; what it cannot save is known to be of whoever is signed in now."""
    from desktop.jobs import Jobs
    from desktop.jobs.keeper import Keeper
    from desktop.jobs.watcher import Watcher
    from desktop.shell.session import Session

    jobs = Jobs(club, club.clock)
    unsaved.follow(club.id, club.actor.id, club.actor.name, jobs.unsaved, club.clock.now())
    watcher = Watcher(club, jobs) if club.shared else None
    if watcher is not None:
        tell = cast("ServerClub", club).tell_of_guesses  # of the time when it could not be reached
        watcher.found_line.connect(lambda: jobs.run(tell, _nothing_more, _nothing_more))
    return Session(club, jobs, Keeper(club, jobs, data), watcher)


def _nothing_more(_answer: object) -> None:
    """Nobody here waits for what came of it; where it failed, the next sign-in will do."""


def _remembering(preferences: Preferences, club: "Club") -> Preferences:
    """What this machine offers next time."""
    name = club.actor.name if club.account is not None and club.sample_day is None else ""
    return preferences.opened_on_server(club.where, name) if club.shared else preferences.opened(club.path, name)


def _bring_in_the_desk() -> None:
    """Imports what is shown first once a club is open, so that nobody waits for it after the passphrase."""
    import desktop.shell.desk
    import desktop.today.page  # noqa: F401 - imported for what they bring in
    import models.readiness.week  # noqa: F401 - as above


def _has_to_choose(club: "Club") -> bool:
    """Whether the password that opened it was made by somebody else."""
    return club.account is not None and club.account.new_password


def begin(qt: QApplication, window: MainWindow, arguments: list[str]) -> App:
    """Builds the app in a window that is painted already; `arguments` may name a club file to open."""
    from platformdirs import user_documents_dir

    app = App(qt, home(), documents=Path(user_documents_dir()), window=window)
    window.closed.connect(install_guard(window.failed.emit))
    qt.commitDataRequest.connect(lambda _manager: app.close_at_once())
    named = next((argument for argument in arguments if not argument.startswith("-")), "")
    if "://" in named:
        app.start(server=_without_names(named))
    else:
        app.start(Path(named).absolute() if named else None)
    return app


def _without_names(address: str) -> str:
    """The address of a server as it may be shown and kept; "" for what is none, which is then asked for."""
    from models.server.places import place_of

    try:
        return str(place_of(address))
    except BadInput:
        return ""
