"""What stands above every page of an open club: that it is made up, or that its server cannot be reached."""

from PySide6.QtCore import Signal

from desktop.jobs.watcher import GONE
from desktop.shell.session import Session
from desktop.widgets.banner import Banner
from desktop.widgets.state import State
from models.kernel.dates import long, short
from models.kernel.errors import SavedAfterAll, Unsure

LOST = "The connection to the server is lost. What you type stays here."
BACK = "The connection to the server is back."
NOT_SAVED = "Your last change was not saved."
UNSURE = "Whether your last change was saved is not known."
WAIT, AGAIN = "Make it again when the connection is back.", "Make it again."
NEVER_TWICE = "It is never saved twice."


class TopBanner(Banner):
    """Signals:
    sample_removed(): the sample club is to go. found(): the server can be reached again, and screens may be old.
    """

    sample_removed = Signal()
    found = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._refused = ""
        watcher = session.watcher
        if watcher is not None:
            session.jobs.stumbled.connect(self._note)
            session.jobs.saved.connect(self._forget)
            watcher.lost_line.connect(self._say_lost)
            watcher.found_line.connect(self._say_found)
            if watcher.lost:
                self._say_lost()

    def set_narrow(self, narrow: bool) -> None:
        """Whether there is little room."""
        if self._session.is_sample:
            today = self._session.clock.today()
            whole = f"This is the sample club. Everybody in it is made up, and today is {long(today)}."
            words = f"Sample club. Today is {short(today)}." if narrow else whole
            self.show_state(State.BRAND, words, "Remove the sample club", self.sample_removed.emit)

    def takes(self, error: Exception) -> bool:
        """Whether this is said here, where it stays in sight, rather than in a box in front of what one types."""
        return self._session.watcher is not None and isinstance(error, (*GONE, SavedAfterAll))

    def _note(self, error: Exception, change: bool) -> None:
        if change and isinstance(error, GONE):
            self._refused = UNSURE if isinstance(error, Unsure) else NOT_SAVED
            self._say_lost()
        elif isinstance(error, SavedAfterAll):
            self._refused = ""
            self.show_state(State.OK, str(error), "I have seen it", self.clear)
            self.found.emit()

    def _say_lost(self) -> None:
        assert self._session.watcher is not None  # only that can tell
        words = self._said(LOST, WAIT)
        if words != self.words():
            self.show_state(State.WARN, words, "Try again", self._session.watcher.try_again)

    def _say_found(self) -> None:
        if self._refused:  # that must be read, however short the line was away
            self.show_state(State.WARN, self._said(BACK, AGAIN), "I have seen it", self._forget)
        elif self.words().startswith(LOST):
            self.clear()
        self.found.emit()

    def _said(self, first: str, then: str) -> str:
        if not self._refused:
            return first
        twice = NEVER_TWICE if self._refused == UNSURE else ""
        return " ".join(filter(None, (first, self._refused, then, twice)))

    def _forget(self, _at: object = None) -> None:
        """The change was made again, or whoever made it has read what became of it."""
        self._refused = ""
        if self.words().startswith((BACK, LOST)):
            self.clear()
