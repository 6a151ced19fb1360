"""What is offered or said once: when a club is new, and when a backup was put in its place."""

from typing import Any

from desktop.jobs import Jobs
from desktop.shell.desk import Desk
from desktop.widgets.state import State
from models.kernel.words import counted

RESTORED = "The backup is open. The file it replaced is kept beside it."


def offer_recovery_key(desk: Desk) -> None:
    """Says of a new club what nobody thinks of before it is too late."""

    def show() -> None:
        desk.banner.clear()
        desk.go("access", "recovery")

    desk.banner.show_state(
        State.BRAND,
        "If you forget your password, only the recovery key opens this club. Print it now, and lock it away.",
        "Print the recovery key",
        show,
        "Later",
        desk.banner.clear,
    )


def tell_restored(desk: Desk, jobs: Jobs) -> None:
    """Says that a backup was put in place, and what was erased again with it."""

    def tell(found: tuple[int, int]) -> None:
        again, _back = found  # who is back is told on Today
        were = "was" if again == 1 else "were"
        more = f" {counted(again, 'record')} erased since {were} erased again." if again else ""
        desk.say(RESTORED + more)

    jobs.query(_after_restore, tell, lambda _error: desk.say(RESTORED))


def _after_restore(uow: Any) -> tuple[int, int]:
    from models.privacy.since import after_restore

    return after_restore(uow)
