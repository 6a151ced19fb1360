"""The inside of the window with a club open: places at the left, a page, search, help, undo."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.help.viewer import HelpPanel
from desktop.jobs.keeper import Standing, backed_up_words
from desktop.settings.machine import Machine
from desktop.settings.page import SettingsPage
from desktop.settings.preferences import DARK, LIGHT, USUAL_MINUTES, Look
from desktop.shell.backwards import Backwards
from desktop.shell.commands import Command
from desktop.shell.finder import Finder, GoTo
from desktop.shell.pages import Pages
from desktop.shell.places import PLACES, Place, Verb, allowed
from desktop.shell.room import column, scrolled
from desktop.shell.saved import last_saved, saved_words
from desktop.shell.session import Session
from desktop.shell.top_banner import TopBanner
from desktop.widgets import tokens
from desktop.widgets.metrics import px
from desktop.widgets.page import Page
from desktop.widgets.search_box import SearchBox
from desktop.widgets.sidebar import Sidebar
from desktop.widgets.text import set_look
from desktop.widgets.toast import Toast

if TYPE_CHECKING:
    from models.bootstrap import Club

NARROW_BELOW = 1000
"""Less room than this, in pixels at text size 100 %, and everything around the page takes less: a laptop’s whole
screen is 960 or 911 across at the usual 200 and 150 %."""
SHORT_BELOW = 620
"""Less height than this, in the same pixels, and the places stand closer together."""
LOW_BELOW = 440
"""Less than this, and the titles of the pages do without the line under them."""
BESIDE = ("help", "register mode")
"""Where `go` leads without a place of its own."""
LOOK_AT_DAY_MS = 60_000
"""How often it looks whether another day has begun: the app is left open overnight."""


class Desk(QWidget):
    """Everything around the screens of one open club.

    Signals:
        look_chosen(Look): somebody wants another look; the screens are then made anew.
        left(): somebody wants another club file.
        sample_removed(): the sample club is to go, with all its files.
        restore_asked(Path): this backup is to take the club file's place.
        failed(Exception): show this in the error box.
        signed_out(): whoever is signed in goes; the file is closed, and asks who comes next.
        lock_asked(activity_id): lock now; None, or the activity whose register mode is wanted.
        fire_asked(): show who is in the building.
        minutes_chosen(int): lock after so many minutes without input.
    """

    look_chosen = Signal(object)
    left = Signal()
    sample_removed = Signal()
    restore_asked = Signal(object)
    failed = Signal(object)
    signed_out = Signal()
    lock_asked = Signal(object)
    fire_asked = Signal()
    minutes_chosen = Signal(int)

    def __init__(
        self, session: Session, look: Look, places: tuple[Place, ...] = PLACES, *, minutes: int = USUAL_MINUTES
    ) -> None:
        """`minutes` without input until it locks."""
        super().__init__()
        self._minutes = minutes
        set_look(self, "ground", "bg")
        self._session = session
        self._look = look
        self._day = session.clock.today()
        self._foot = ("", "")  # what is said of saving, and of backups
        self._places = allowed(places, session.club.actor.may)
        self.sidebar = Sidebar(session.club.name)
        self.banner = TopBanner(session)
        self.pages = Pages(self._make_page)
        self._lay_out()
        self.search = SearchBox(Finder(session.jobs, list(self._places), self.commands))
        self.search.chosen.connect(self._take)
        self.help = HelpPanel(self._centre)
        self.toast = Toast(self._centre)
        self.backwards = Backwards(session.jobs, self.say, self.show_error)
        self._fill_sidebar()
        self._bind_keys()
        self._listen()
        self._follow_the_day()
        self._set_narrow(False)

    def go(self, key: str, item: object = None) -> None:
        """Shows a place and there the item. Help opens beside the page; a place with no screen changes nothing."""
        if key == "help":
            self.help.show_topic(str(item or ""))
            return
        if key == "register mode":
            self.lock_asked.emit(item)
            return
        place = self._places.get(key)
        if place is None:
            return
        self.look_at_day()
        self.show_around(True)
        try:
            page = self.pages.show_place(place)
        except Exception as error:  # one screen that is broken leaves the others to work with
            self.show_error(error)
            return
        page.take_search(self.search)
        self.search.show()
        if place.where:
            self.sidebar.set_current(key)
        else:
            self.sidebar.clear_current()
        self.current = key
        self._fire_key.setEnabled(key != "register")  # which has a roll call of its own
        if item is not None:
            page.open_item(item)

    def _go_from_side(self, key: str) -> None:
        again = key == self.current
        self.go(key)
        page = self.pages.shown()
        if again and page is not None:
            page.start_again()

    def go_home(self) -> None:
        """The first place there is."""
        self.go(next(iter(self._places)))

    def say(self, words: str, can_undo: bool = False) -> None:
        """Says an event at the foot of the page, with Undo where it can be taken back."""
        self.toast.show_words(words, self.backwards.undo if can_undo else None)

    def show_error(self, error: Exception) -> None:
        """Shows an error in its box; that the server is away stands above the page instead."""
        if not self.banner.takes(error):
            self.failed.emit(error)

    def lock(self) -> None:
        """Ctrl+L: asks for the lock."""
        self.lock_asked.emit(None)

    def show_help(self) -> None:
        """F1: the help page of the screen shown."""
        page = self.pages.shown()
        self.help.show_topic((page.help_topic if page is not None else "") or self.current)

    def show_around(self, shown: bool) -> None:
        """Shows or hides everything around the page: hidden while the laptop faces the queue."""
        self._side.setVisible(shown)
        if not self.search.isWindow():  # until a page has taken it in, it would be a window of its own
            self.search.setVisible(shown)
        # That the server is away has to be seen at the door too.
        self.banner.setVisible(bool(self.banner.words()) and (shown or not self._session.is_sample))
        if not shown:
            self.help.close_panel()

    def look_at_day(self) -> None:
        """Has the pages read again when another day has begun since they last did."""
        today = self._session.clock.today()
        if today != self._day:
            self._day = today
            self.pages.day_turned()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.sidebar.set_short(self.height() < px(SHORT_BELOW))
        self.pages.set_short(self.height() < px(LOW_BELOW))
        narrow = self.width() < px(NARROW_BELOW)
        if narrow != self._narrow:
            self._set_narrow(narrow)

    def commands(self) -> list[Command]:
        """Everything Ctrl+K can do, in order."""
        places = self._places.values()
        going = [self._going(place) for place in places]
        beginning = [self._beginning(place, verb) for place in places for verb in place.verbs]
        return [*beginning, *going, *self._doing()]

    def _going(self, place: Place) -> Command:
        words = place.words if place.where == "" else f"Go to {place.words}"
        return Command(words, place.icon, lambda: self.go(place.key), also=place.also, keys=self._keys_of(place))

    def _beginning(self, place: Place, verb: Verb) -> Command:
        def begin() -> None:
            self.go(place.key)
            getattr(self.pages.shown(), verb.method)()

        return Command(verb.words, verb.icon, begin, also=place.words)

    def _doing(self) -> list[Command]:
        bigger, smaller = self._look.next_size(1), self._look.next_size(-1)
        dark_now = tokens.current().name == DARK
        look = Command(
            f"Switch to {LIGHT if dark_now else DARK}",
            "theme-light-dark",
            self._swap_theme,
            "look theme mode",
        )
        sizes = [
            Command(words, "format-size", lambda wanted=wanted: self.look_chosen.emit(wanted), "text size")  # type: ignore[misc] # bound per turn
            for words, wanted in (("Bigger text", bigger), ("Smaller text", smaller))
            if wanted != self._look
        ]
        return [
            Command("Undo", "undo", self.backwards.undo, "take back", "Ctrl+Z"),
            Command("Redo", "redo", self.backwards.redo, "do again", "Ctrl+Y"),
            look,
            *sizes,
            Command("Help on this page", "help-circle-outline", self.show_help, keys="F1"),
            Command("All help pages", "help-circle-outline", lambda: self.go("help", "index")),
            Command("Fire list", "fire", self.fire_asked.emit, "roll call evacuation who is in", "F9"),
            Command("Lock", "lock-outline", self.lock, "away screen", "Ctrl+L"),
            *([] if self._session.is_sample else [Command("Sign out", "logout", self.signed_out.emit, "leave")]),
            Command("Open another club file", "folder-open-outline", self.left.emit, "close new club"),
        ]

    def _swap_theme(self) -> None:
        self.look_chosen.emit(self._look.other_theme(tokens.current().name == DARK))

    def _keys_of(self, place: Place) -> str:
        listed = [each.key for each in PLACES if each.where == "nav"]
        return f"Ctrl+{listed.index(place.key) + 1}" if place.key in listed else ""

    def _take(self, target: object) -> None:
        if isinstance(target, Command):
            target.run()
        elif isinstance(target, GoTo):
            self.go(target.place, target.item)

    def _make_page(self, place: Place) -> Page:
        page = place.make(self._session.jobs, self._session.clock)
        page.take_allowed(self._session.club.actor.permissions, [*self._places, *BESIDE])
        page.go.connect(self.go)
        page.said.connect(self.say)
        page.failed.connect(self.show_error)
        page.alone.connect(lambda alone: self.show_around(not alone))
        if isinstance(page, SettingsPage):
            page.take_machine(self._machine())
        if self._session.keeper is not None:
            page.take_keeper(self._session.keeper)
        page.take_club(self._session.club)
        return page

    def _machine(self) -> Machine:
        club = self._session.club
        look, asked = self._look, self.look_chosen.emit
        return Machine(
            look, asked, club.path, club.faults, self.left.emit, club.clock.now, self._session.keeper,
            self.restore_asked.emit, None if self._session.is_sample else club, club.actor.name, self._minutes,
            self.minutes_chosen.emit, club.where if club.shared else "",
        )  # fmt: skip

    def _lay_out(self) -> None:
        self._centre = QWidget()
        down = QVBoxLayout(self._centre)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        top = self._top = QHBoxLayout()
        top.addWidget(self.banner)
        down.addLayout(top)
        down.addWidget(scrolled(self.pages), 1)
        self._side = column(self.sidebar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._side)
        row.addWidget(self._centre, 1)

    def _fill_sidebar(self) -> None:
        for place in self._places.values():
            if place.where == "nav":
                self.sidebar.add_place(place.key, place.icon, place.words, self._keys_of(place))
            elif place.where == "foot":
                self.sidebar.add_foot_place(place.key, place.icon, place.words)
        self.sidebar.add_foot_button("lock-outline", "Lock", self.lock)
        if not self._session.is_sample:
            self.sidebar.add_foot_button("logout", "Sign out", self.signed_out.emit)
        self.sidebar.set_who("You, in every role" if self._session.is_sample else _who(self._session.club))
        self.sidebar.chosen.connect(self._go_from_side)
        self.current = ""

    def _bind_keys(self) -> None:
        for keys, action in (
            ("Ctrl+K", self.search.start),
            ("F1", self.show_help),
            ("Ctrl+Z", self.backwards.undo),
            ("Ctrl+Y", self.backwards.redo),
            ("Ctrl+Shift+Z", self.backwards.redo),
            ("Ctrl+L", self.lock),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(action)
        self._fire_key = QShortcut(QKeySequence("F9"), self)
        self._fire_key.activated.connect(self.fire_asked)

    def _listen(self) -> None:
        jobs = self._session.jobs
        jobs.changed.connect(self._changed)
        jobs.failed.connect(self.show_error)
        jobs.saved.connect(self._show_saved)
        self.banner.sample_removed.connect(self.sample_removed)
        self.banner.found.connect(self.pages.day_turned)
        jobs.query(last_saved, self._show_saved, key="last saved")
        keeper = self._session.keeper
        if keeper is not None and not keeper.off:
            keeper.told.connect(self._show_backed_up)
            keeper.look()

    def _follow_the_day(self) -> None:
        timer = QTimer(self)
        timer.timeout.connect(self.look_at_day)
        timer.start(LOOK_AT_DAY_MS)

    def _show_saved(self, at: object) -> None:
        self._foot = saved_words(at, self._session.clock), self._foot[1]
        self.sidebar.set_saved(" · ".join(filter(None, self._foot)))

    def _show_backed_up(self, standing: Standing) -> None:
        self._foot = self._foot[0], backed_up_words(standing, self._session.clock.now())
        self.sidebar.set_saved(" · ".join(filter(None, self._foot)))

    def _changed(self, areas: frozenset[str]) -> None:
        self.pages.areas_changed(areas)
        if "access" in areas:
            self._session.jobs.query(_club_name, self.sidebar.set_club, key="club name")

    def _set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        side = px(10 if narrow else 28)
        self._top.setContentsMargins(side, px(6 if narrow else 12), side, 0)
        self.sidebar.set_narrow(narrow)
        self._side.fit()
        self.search.set_narrow(narrow)
        self.pages.set_narrow(narrow)
        self.banner.set_narrow(narrow)


def _who(club: "Club") -> str:
    """Who is signed in, and as what: Denise Okafor, manager."""
    return f"{club.actor.name}, {club.account.words}" if club.account is not None else club.actor.name


def _club_name(uow: Any) -> str:
    from models.access.queries import club

    return club(uow).name
