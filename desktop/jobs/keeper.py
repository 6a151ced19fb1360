"""Keeps backups while a club is open: when one is due, what the newest is, and what to say of it."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.jobs.jobs import Failed, Jobs
from desktop.jobs.ticket import Ticket
from models.kernel.clock import london_wall
from models.kernel.dates import clock_text, long, short
from models.kernel.errors import BackupFailed, BreatherError, Disconnected, NoServer
from models.kernel.words import counted

if TYPE_CHECKING:
    from models.bootstrap import Backup, Club, Facts, Place

EVERY = timedelta(minutes=30)
OLD = timedelta(days=7)
LOOK_MS = 60_000


@dataclass(frozen=True)
class Standing:
    """How the backups stand: `place` where they go, `made` newest first, `now` what the club file holds.

    `faults` are what its journal lacks of what the backups and this machine know of it. `erased` is when records of
    people were erased, `back` how many of them a restore brought back: for managers alone.
    """

    place: "Place"
    made: "tuple[Backup, ...]"
    now: "Facts"
    same_disk: bool
    faults: tuple[str, ...] = ()
    erased: tuple[datetime, ...] = ()
    back: int = 0


class Keeper(QObject):
    """Makes backups on the slow lane, so that no mark waits for one.

    Does nothing by itself for the sample club, nor for a club on a server.

    Attributes:
        off: whether it makes no backups. elsewhere: because they are the server's own.

    Signals:
        told(Standing): how the backups stand now.
    """

    told = Signal(object)

    def __init__(self, club: "Club", jobs: Jobs, data: Path) -> None:
        """`data` is this machine's folder, where the place of the backups is kept."""
        super().__init__()
        self.off = club.sample_day is not None or not club.keeps_backups
        self.elsewhere = not club.keeps_backups
        self._club = club
        self._jobs = jobs
        self._data = data
        self._changed = False
        self._busy = False
        self._given_up = False
        self._tried = club.clock.now()
        self.standing: Standing | None = None
        jobs.saved.connect(self._note_change)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.tick)
        if not self.off:
            self._timer.start(LOOK_MS)

    def tick(self) -> None:
        """Makes a backup if something changed and the last try was half an hour ago. Called each minute.

        A clock that was set back would have it wait until the old time comes round: then one is due at once.
        """
        since = self._club.clock.now() - self._tried
        if self._changed and not self._busy and not timedelta(0) <= since < EVERY:
            self.back_up()

    def back_up(self, done: Callable[[Any], object] | None = None, failed: Failed | None = None) -> Ticket:
        """Makes a backup now; `failed` hears the BackupFailed that says why it could not. Both are optional."""
        self._busy = True
        self._changed = False
        self._tried = self._club.clock.now()

        def make() -> "Backup":
            try:
                self._club.note_journal(self._data)
                return self._club.back_up(self.place())
            except Exception:
                self._changed = True
                raise
            finally:  # not when it is told: that waits while the window is locked, and registers are taken meanwhile
                self._busy = False

        def made(backup: object) -> None:
            self.note("")
            if done is not None:
                done(backup)

        def not_made(error: Exception) -> None:
            self.note(str(error) if isinstance(error, BackupFailed) else "")
            if failed is not None:
                failed(error)
            elif not isinstance(error, BackupFailed):
                self._jobs.failed.emit(error)

        return self._jobs.long_query(lambda _read, _work: make(), made, not_made)

    def before(self, then: Callable[[], object], stopped: Callable[[], object]) -> Ticket:
        """Makes a backup and then calls `then`, also where none could be made: that is told, and stops nothing."""

        def failed(error: Exception) -> None:
            self.note(str(error) if isinstance(error, BreatherError) else "")
            then()

        def done(_backup: object) -> None:
            self.note("")
            then()

        return self._jobs.long_query(
            lambda _read, _work: self._club.back_up_if_changed(self.place()), done, failed, cancelled=stopped
        )

    def save_copy(self, target: Path, done: Callable[[Any], object], failed: Failed) -> None:
        """Makes a backup at a path of its own."""
        self._jobs.long_query(lambda _read, _work: self._club.save_copy(target), done, failed)

    def look_into(self, chosen: Path, done: Callable[[Any], object], failed: Failed) -> None:
        """Reads what a backup from anywhere holds."""
        self._jobs.long_query(lambda _read, _work: self._club.look_into(chosen), done, failed)

    def look(self) -> None:
        """Finds out how the backups stand, and tells."""
        self._jobs.query(lambda _read: self._stand(), self._tell, self._cannot_look, key="backups", lane="slow")

    def choose_folder(self, folder: Path | None) -> None:
        """Puts backups into another folder of this machine from now on; None for the usual one. Raises OSError."""
        from models.bootstrap import choose_folder

        choose_folder(self._data, folder)
        self._changed = True
        self.look()

    def note(self, trouble: str) -> None:
        """Keeps what was wrong with the last backup, "" for nothing, so that it is told until one has worked."""
        self._note(trouble)
        self.look()

    def _note(self, trouble: str) -> None:
        from models.bootstrap import note_trouble

        with contextlib.suppress(OSError):  # a full disk is told by the backup itself
            note_trouble(self._data, trouble)

    def finish(self) -> None:
        """On closing, after the jobs: a last backup if anything changed. Never raises what can be told.

        Blocks: off the UI thread, after `stop`.
        """
        if self._club.sample_day is None:
            with contextlib.suppress(Disconnected, NoServer):  # the next time it is closed will do
                self._club.note_journal(self._data)
        if self.off:
            return
        trouble = ""
        try:
            self._club.back_up_if_changed(self.place())
        except BreatherError as error:
            trouble = str(error)
        if not self._given_up:
            self._note(trouble)

    def give_up(self) -> None:
        """Whoever closes does not wait for the last backup: that is told the next time."""
        self._given_up = True
        if not self.off:
            self._note("Breather was closed before it was finished.")

    def stop(self) -> None:
        """No more backups by itself."""
        self._timer.stop()

    def _note_change(self, _at: object) -> None:
        self._changed = True

    def place(self) -> "Place":
        """Where the backups go."""
        from models.bootstrap import read_place

        return read_place(self._data)

    def _stand(self) -> Standing:
        place = self.place()
        made, faults = self._club.backups(place.folder), self._club.check_journal(self._data).faults
        erased, back = self._club.read(_erasures)
        return Standing(place, made, self._club.facts(), place.same_disk(self._club.path), faults, erased, back)

    def _cannot_look(self, error: Exception) -> None:
        """A file that was taken away while it is open is told where the backups are told of."""
        if self.standing is not None and isinstance(error, BreatherError):
            self._tell(replace(self.standing, faults=(error.what.rstrip("."),)))

    def _tell(self, standing: Standing) -> None:
        self.standing = standing
        self.told.emit(standing)


def _erasures(uow: Any) -> tuple[tuple[datetime, ...], int]:
    from models.access.rules import Permission
    from models.privacy.since import back, erasures_at

    may = uow.actor.may(Permission.RESTORE) and uow.actor.may(Permission.PRIVACY)
    return (erasures_at(uow), len(back(uow))) if may else ((), 0)


def backed_up_words(standing: Standing, now: datetime) -> str:
    """Backed up 09:00, with the day where it was not today; "" before the first backup."""
    if not standing.made:
        return ""
    wall = london_wall(standing.made[0].made_at)
    day = "" if wall.date() == london_wall(now).date() else f"{short(wall.date())} "
    return f"backed up {day}{clock_text(wall)}"


def when_words(at: datetime) -> str:
    """Thursday 3 December 2026, 10:42."""
    wall = london_wall(at)
    return f"{long(wall.date())}, {clock_text(wall)}"


def back_words(back: int) -> str:
    """What to say of records that a restore brought back."""
    if back == 1:
        return "A record that was erased is back, because a backup was restored. Erase it again in Privacy."
    return f"{back} records that were erased are back, because a backup was restored. Erase them again in Privacy."


def warning(standing: Standing, now: datetime) -> tuple[bool, str] | None:
    """What to say on Today, and whether it is pressing; None where all is well."""
    if standing.faults:
        return True, f"{standing.faults[0]}. Tell whoever looks after Breather before you go on."
    if standing.back:
        return True, back_words(standing.back)
    if standing.place.trouble:
        return True, f"The last backup did not work. {standing.place.trouble}"
    if not standing.place.there:
        return True, "The folder for backups is not there. If it is on a stick, plug it in."
    if not standing.made:
        return False, "There is no backup of this club yet. One is made when you close Breather."
    age = now - max((one.made_at for one in standing.made if one.made_at <= now), default=standing.made[0].made_at)
    if age > OLD:
        return True, f"The newest backup is {counted(age.days, 'day')} old."
    if standing.same_disk:
        return False, "The backups are on the same disk as the club file. If it breaks, both are gone."
    return None
