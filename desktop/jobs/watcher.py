"""Looks every other second whether somebody else changed what the screens show."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desktop.jobs.inbox import Inbox
from desktop.jobs.jobs import Jobs
from desktop.jobs.lane import Lane
from desktop.jobs.port import Club

if TYPE_CHECKING:
    from models.history.news import News

EVERY_MS = 2_000


class Watcher(QObject):
    """For a club several people have open at once. Asks the journal, so it hears of every change, whoever made it.

    It has a thread of its own: a server that answers late holds up no read that somebody waits for.
    """

    def __init__(self, club: Club, jobs: Jobs) -> None:
        super().__init__()
        self._club = club
        self._jobs = jobs
        self._newest: int | None = None
        self._asking = False
        self._inbox = Inbox(self)
        self._lane = Lane("watcher")
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Looks now, and every other second from now on."""
        self.look()
        self._timer.start(EVERY_MS)

    def look(self) -> None:
        """Asks once, unless the last answer has not come yet."""
        if self._asking:
            return
        self._asking = True
        newest, mine = self._newest, self._jobs.mine()

        def run() -> None:
            from models.history.news import news_since

            try:
                news = self._club.read(lambda uow: news_since(uow, newest, mine))
            except Exception:  # a lost connection is told by whatever the person does next; this asks again
                self._inbox.post(self._nothing_heard)
            else:
                self._inbox.post(lambda: self._hear(news))

        self._lane.put(run)

    def rested(self) -> bool:
        """Whether no answer is awaited."""
        return not self._asking

    def stop(self) -> None:
        """Ends the looking, and its thread."""
        self._timer.stop()
        self._lane.close(wait=2.0)

    def _nothing_heard(self) -> None:
        self._asking = False

    def _hear(self, news: "News") -> None:
        self._asking = False
        self._newest = news.newest
        if news.areas:
            self._jobs.changed.emit(news.areas)
