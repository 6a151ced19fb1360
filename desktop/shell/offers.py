"""What is offered once, when a club file is new."""

from desktop.shell.desk import Desk
from desktop.widgets.state import State


def offer_recovery_key(desk: Desk) -> None:
    """Says of a new club file what nobody thinks of before it is too late."""

    def show() -> None:
        desk.banner.clear()
        desk.go("access", "recovery")

    desk.banner.show_state(
        State.BRAND,
        "If you forget your password, only the recovery key opens this file. Print it now, and lock it away.",
        "Print the recovery key",
        show,
        "Later",
        desk.banner.clear,
    )
