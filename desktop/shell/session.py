"""One open club, as the window needs it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.jobs import Jobs
from models.kernel.clock import Clock

if TYPE_CHECKING:
    from models.bootstrap import Club


@dataclass(frozen=True)
class Session:
    """An open club file and the jobs that run on it."""

    club: "Club"
    jobs: Jobs

    @property
    def clock(self) -> Clock:
        """The club's own clock: the machine's, or the sample club's day."""
        return self.club.clock

    @property
    def is_sample(self) -> bool:
        """Whether everybody in it is made up."""
        return self.club.sample_day is not None

    def close(self) -> None:
        """Saves what was asked for, then lets go of the file."""
        self.jobs.shutdown()
        self.club.close()
