"""One named error for each thing that can go wrong; each says what, where and what to do next."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID


class BreatherError(Exception):
    """Anything Breather says no to.

    Attributes:
        what: what happened, one plain sentence.
        next_step: what to do now, one plain sentence ("" when nothing can be done).
        field: the name of the form field or spreadsheet column it concerns, if any.
    """

    def __init__(self, what: str, next_step: str = "", field: str | None = None) -> None:
        super().__init__(f"{what} {next_step}".strip())
        self.what = what
        self.next_step = next_step
        self.field = field


class BadInput(BreatherError):
    """Something typed or imported cannot be kept as it is."""


class NotFound(BreatherError):
    """The record asked for is not there (any more)."""


class Denied(BreatherError):
    """The acting person may not do this.

    Attributes:
        permission: the one that is missing. verb: what was tried: "people.service.edit_child" ("": not known).
        about: the ids of what it was tried on. noted: whether it is in the journal already.
    """

    def __init__(self, what: str, next_step: str = "", *, permission: str = "", verb: str = "") -> None:
        super().__init__(what, next_step)
        self.permission = permission
        self.verb = verb
        self.about: frozenset[UUID] = frozenset()
        self.noted = False


class Stale(BreatherError):
    """Somebody (or another window) changed the record since the form was opened."""


class Full(BreatherError):
    """No place left: capacity is a hard stop at booking. The waiting list is the way."""


class NothingToUndo(BreatherError):
    """There is no change of one's own left to undo, or none undone to redo."""


class Refused(BreatherError):
    """A rule says no to a plan.

    Attributes:
        reasons: every reason, one plain sentence each.
        rules: the stable names of the rules that refuse, in the same order.
        can_go_ahead: whether the acting person may go ahead anyway with a reason (never for law).
        by_phone: only once they have phoned a manager, whose name is noted.
    """

    def __init__(
        self, reasons: Sequence[str], next_step: str = "", *, rules: Sequence[str] = (), can_go_ahead: bool = False,
        by_phone: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(" ".join(reasons), next_step)
        self.reasons = tuple(reasons)
        self.rules = tuple(rules)
        self.can_go_ahead = can_go_ahead
        self.by_phone = by_phone


class LosesConcerns(BreatherError):
    """Nobody could read the concerns any more, ever: to be done only by who was told so.

    Attributes:
        concerns: how many there are.
    """

    def __init__(self, what: str, next_step: str, *, concerns: int) -> None:
        super().__init__(what, next_step)
        self.concerns = concerns


class ClubFileError(BreatherError):
    """A club file that cannot be opened, made or read."""


class WrongPassphrase(ClubFileError):
    """The passphrase does not open this file; the file itself is sound as far as can be told."""


class TooManyGuesses(ClubFileError):
    """Too many wrong passwords: nothing is tried before `until` (aware UTC)."""

    def __init__(self, what: str, next_step: str, until: datetime) -> None:
        super().__init__(what, next_step)
        self.until = until


class Damaged(ClubFileError):
    """The file is not whole: truncated, altered or not a club file at all."""


class EmptyFile(ClubFileError):
    """A file of 0 bytes: never opened as a new club."""


class KeysMissing(ClubFileError):
    """The .keys file beside the club file is not there."""


class NewerVersion(ClubFileError):
    """Made by a newer Breather than this one."""


class InUse(ClubFileError):
    """Another running copy of Breather has the club file open."""


class ReadOnly(ClubFileError):
    """The club file, or the folder it is in, cannot be written to."""


class DiskTrouble(ClubFileError):
    """The disk is full, was taken out or does not answer: nothing of the change was kept, all before it was."""


class OnNetwork(ClubFileError):
    """The club file is in a shared folder of another machine, where two could write to it at once and harm it."""


class BadBackup(ClubFileError):
    """A backup that is not whole, was altered, or belongs to another club: nothing of it is used."""


class BackupFailed(BreatherError):
    """No backup could be made; the club file and the older backups are as they were."""


class NoServer(ClubFileError):
    """The server is not there, does not answer, or cannot be used as it is set up."""


class NoAnswer(NoServer):
    """The server cannot be reached at all just now."""


class Disconnected(BreatherError):
    """The connection to the server was lost. `what` says whether the change was saved, where that is known."""


class Unsure(Disconnected):
    """The connection was lost during a COMMIT, and nobody can tell yet whether the server has made the change."""


class SavedAfterAll(BreatherError):
    """The change that was being saved when the connection was lost is there: making it again would double it."""
