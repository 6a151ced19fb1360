"""One open club, as the window needs it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.jobs import Jobs
from desktop.jobs.keeper import Keeper
from models.kernel.clock import Clock

if TYPE_CHECKING:
    from models.bootstrap import Club


@dataclass(frozen=True)
class Session:
    """An open club file, the jobs that run on it, and what keeps its backups (None: nothing does)."""

    club: "Club"
    jobs: Jobs
    keeper: Keeper | None = None

    @property
    def clock(self) -> Clock:
        """The club's own clock: the machine's, or the sample club's day."""
        return self.club.clock

    @property
    def is_sample(self) -> bool:
        """Whether everybody in it is made up."""
        return self.club.sample_day is not None

    def close(self) -> None:
        """Saves what was asked for, makes a backup if anything changed, then lets go of the file."""
        self.jobs.shutdown()
        if self.keeper is not None:
            self.keeper.finish()
        self.club.close()
