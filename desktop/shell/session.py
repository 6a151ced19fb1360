"""One open club, as the window needs it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.jobs import Jobs
from desktop.jobs.keeper import Keeper
from desktop.jobs.watcher import Watcher
from models.kernel.clock import Clock

if TYPE_CHECKING:
    from models.bootstrap import Club


@dataclass(frozen=True)
class Session:
    """An open club and the jobs that run on it.

    Attributes:
        keeper: keeps its backups (None: nothing does). watcher: hears of what others change (None: nobody else can).
    """

    club: "Club"
    jobs: Jobs
    keeper: Keeper | None = None
    watcher: Watcher | None = None

    @property
    def clock(self) -> Clock:
        """The club's own clock: the machine's, or the sample club's day."""
        return self.club.clock

    @property
    def is_sample(self) -> bool:
        """Whether everybody in it is made up."""
        return self.club.sample_day is not None

    def stop(self, why: Exception | None = None) -> None:
        """No more jobs from here on, and no more backups by themselves; see `Jobs.stop_asking` for `why`."""
        self.jobs.stop_asking(why)
        self.jobs.hold_answers()  # a screen that is about to go would ask for more
        if self.keeper is not None:
            self.keeper.stop()
        if self.watcher is not None:
            self.watcher.stop()

    def finish(self, saved: Callable[[], object]) -> None:
        """After `stop`: saves what was asked for, calls `saved`, makes a backup if anything changed.

        Lets go of the file at last, whatever happens. Blocks: never on the UI thread.
        """
        try:
            self.jobs.wait_until_done()
            if self.watcher is not None:
                self.watcher.wait_until_done()
            saved()
            if self.keeper is not None:
                self.keeper.finish()
        finally:
            self.club.close()

    def close(self) -> None:
        """Saves what was asked for and lets go of the file, without a backup. Blocks."""
        self.stop()
        self.jobs.wait_until_done()
        self.club.close()
