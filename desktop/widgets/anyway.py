"""Trying a change to a plan: where it is refused and may be gone ahead with, a reason is asked for first; telling."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from desktop.jobs import Jobs
from desktop.widgets.dialog import ErrorBox, ReasonDialog
from desktop.widgets.page import Page
from models.kernel.errors import BreatherError, Disconnected, NoServer, Refused, SavedAfterAll

if TYPE_CHECKING:
    from models.readiness.guard import Anyway

T = TypeVar("T")
SAID_ABOVE = (Disconnected, NoServer, SavedAfterAll)


def tell(page: Page, error: Exception) -> None:
    """Tells of an error of ours in a box before the page; a lost line to the server stands above every page alike."""
    if isinstance(error, BreatherError) and not isinstance(error, SAID_ABOVE):
        ErrorBox(page, error).exec()
    else:
        page.failed.emit(error)


def plan_change(
    page: Page,
    jobs: Jobs,
    make: Callable[["Anyway | None"], Callable[[Any], T]],
    label: str,
    done: Callable[[T], object] | None = None,
    failed: Callable[[BreatherError], object] | None = None,
) -> None:
    """Runs `make(None)`; a refusal that may be set aside asks for a reason and runs `make(Anyway(...))`.

    `failed` takes other errors of ours (a form's, say); without it they are shown in a box.
    """

    def refused(error: Exception) -> None:
        if isinstance(error, Refused) and error.can_go_ahead:
            title = "This plan would not be ready"
            answer = ReasonDialog(page, title, list(error.reasons), manager=error.by_phone).ask()
            if answer is not None:
                from models.readiness.guard import Anyway

                jobs.change(make(Anyway(answer.reason, answer.manager or "")), label, done, other)
        else:
            other(error)

    def other(error: Exception) -> None:
        if isinstance(error, BreatherError) and failed is not None:
            failed(error)
        else:
            tell(page, error)

    jobs.change(make(None), label, done, refused)
