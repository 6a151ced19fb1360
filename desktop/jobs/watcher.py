"""Looks every other second whether somebody else changed what the screens show, and whether the server is there."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.jobs.inbox import Inbox
from desktop.jobs.jobs import Jobs
from desktop.jobs.lane import Lane
from desktop.jobs.port import Club
from models.kernel.errors import Disconnected, NoServer

if TYPE_CHECKING:
    from models.history.news import News

EVERY_MS = 2_000
GONE = (Disconnected, NoServer)


class Watcher(QObject):
    """For a club several people have open at once. Asks the journal, so it hears of every change, whoever made it.

    It has a thread of its own: a server that answers late holds up no read that somebody waits for.

    Attributes:
        lost: whether the server could not be reached when it was last asked for anything.

    Signals:
        lost_line(): from now on it cannot be reached. found_line(): it can be again.
    """

    lost_line = Signal()
    found_line = Signal()

    def __init__(self, club: Club, jobs: Jobs) -> None:
        super().__init__()
        self._club = club
        self._jobs = jobs
        self._newest: int | None = None
        self._asking = self._again = self._stopped = False
        self.lost = False
        self._inbox = Inbox(self)
        self._lane = Lane("watcher", self._inbox.post)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        jobs.stumbled.connect(self._note)

    def start(self) -> None:
        """Looks now, and every other second from now on."""
        self.look()
        self._timer.start(EVERY_MS)

    def look(self) -> None:
        """Asks once, unless the last answer has not come yet."""
        if self._asking or self._stopped:
            return
        self._asking = True
        newest, mine = self._newest, self._jobs.mine()

        def run() -> None:
            from models.history.news import news_since

            try:
                news = self._club.read(lambda uow: news_since(uow, newest, mine))
            except Exception as error:
                told = error
                self._inbox.post(lambda: self._nothing_heard(told))
            else:
                self._inbox.post(lambda: self._hear(news))

        self._lane.put(run)

    def try_again(self) -> None:
        """Looks now: once more where a look is under way that may have begun while the server was still away."""
        self._again = self._asking
        self.look()

    def rested(self) -> bool:
        """Whether no answer is awaited."""
        return not self._asking

    def stop(self) -> None:
        """Ends the looking. Waits for nothing: a server that is away may take ten seconds to say so."""
        self._stopped = True
        self._timer.stop()
        self._lane.close(wait=0)

    def wait_until_done(self) -> None:
        """After `stop`: blocks until its thread has ended, two seconds at most. Never on the UI thread."""
        self._lane.close(wait=2.0)

    def _note(self, error: Exception, _change: bool = False) -> None:
        """A job met this: where the server is away nobody need wait for the next look to be told."""
        if isinstance(error, GONE) and not self.lost and not self._stopped:
            self.lost = True
            self.lost_line.emit()

    def _nothing_heard(self, error: Exception) -> None:
        self._asking = False
        self._note(error)
        if self._again:
            self._again = False
            self.look()

    def _hear(self, news: "News") -> None:
        self._asking = False
        if self._stopped:
            return
        self._newest = news.newest
        if self.lost:
            self.lost = False
            self.found_line.emit()
        if news.areas:
            self._jobs.changed.emit(news.areas)
