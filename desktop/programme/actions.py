"""One function for each thing a person can do to an activity; each is one change with its words for the history."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING, Any
from uuid import UUID

import shiboken6
from PySide6.QtCore import QObject

from desktop.jobs import Jobs
from desktop.programme.reading import day_hints
from desktop.programme.words import KIND
from desktop.widgets.anyway import plan_change
from desktop.widgets.dialog import ReasonDialog
from desktop.widgets.page import Page
from models.kernel.dates import short
from models.kernel.errors import BreatherError
from models.programme import queries as programme
from models.programme import service as lower
from models.programme.queries import ActivityRow
from models.programme.rules import ActivityKind, DutyRole, DutyStatus
from models.readiness import service
from models.readiness.guard import Anyway

if TYPE_CHECKING:
    from models.bootstrap import UnitOfWork

Failed = Callable[[BreatherError], object]


@dataclass(frozen=True)
class Doing:
    """Where changes are made from: the page that tells of them, and the jobs that make them."""

    page: Page
    jobs: Jobs

    def change(
        self,
        make: Callable[[Anyway | None], Callable[[Any], Any]],
        label: str,
        done: Callable[[Any], object] | None = None,
        failed: Failed | None = None,
        more: Callable[[Any], str] | None = None,
    ) -> None:
        """Makes a change to a plan, asking for a reason where it is refused and may be gone ahead with.

        `more` is told what the change answered and gives what else is worth saying of it.
        """

        def tell(value: Any) -> None:
            if done is not None and _is_there(done):
                done(value)
            said = (f"{label}.", more(value) if more is not None else "")
            self.page.said.emit(" ".join(part for part in said if part), True)

        def told(error: BreatherError) -> None:
            if failed is not None and _is_there(failed):
                failed(error)
            else:  # the form was left meanwhile, and still it is told
                self.jobs.failed.emit(error)

        plan_change(self.page, self.jobs, make, label, tell, told if failed is not None else None)


def _is_there(callback: object) -> bool:
    """Whether the form that asked is still open: it may have been left while the change was being made."""
    owner = getattr(callback, "__self__", None)
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)


# --- the plan as a whole ---


def confirm(doing: Doing, row: ActivityRow) -> None:
    """Confirms the plan; what is in the way is said, and may be set aside with a reason."""
    doing.change(lambda anyway: lambda uow: service.confirm(uow, row.id, row.version, anyway), f"Confirmed {row.title}")


def back_to_draft(doing: Doing, row: ActivityRow) -> None:
    """Makes the plan a draft again."""
    doing.change(
        lambda _anyway: lambda uow: service.back_to_draft(uow, row.id, row.version), f"Made {row.title} a draft again"
    )


def cancel(doing: Doing, row: ActivityRow, why: str, done: Callable[[Any], object], failed: Failed) -> None:
    """Cancels the plan for a reason."""
    doing.change(
        lambda _anyway: lambda uow: lower.cancel_activity(uow, row.id, why, row.version), f"Cancelled {row.title}",
        done, failed,
    )  # fmt: skip


def move(
    doing: Doing, row: ActivityRow, day: date, starts: time, ends: time,
    done: Callable[[Any], object] | None = None, failed: Failed | None = None,
) -> None:  # fmt: skip
    """Puts the plan on another day or at other times; what is special about the day is said with it."""

    def change(uow: "UnitOfWork", anyway: Anyway | None) -> tuple[str, ...]:
        service.move_activity(uow, row.id, day, starts, ends, row.version, anyway)
        # The last hint is about the term, which holds for most days of the year.
        return day_hints(uow, day)[:-1]

    doing.change(
        lambda anyway: lambda uow: change(uow, anyway), f"Moved {row.title} to {short(day)}", done, failed, " ".join
    )


def save(
    doing: Doing, row: ActivityRow | None, values: Mapping[str, Any], done: Callable[[Any], object], failed: Failed
) -> None:
    """Keeps what the form holds: a new draft, or changes to a plan; `done` is told the activity's id."""
    kind = KIND[ActivityKind(values["kind"])].lower() if values.get("kind") else "activity"
    label = f"Changed {row.title}" if row else f"Added a {kind}: {values.get('title')}"
    doing.change(lambda anyway: lambda uow: _save(uow, row, dict(values), anyway), label, done, failed)


def _save(uow: "UnitOfWork", row: ActivityRow | None, values: dict[str, Any], anyway: Anyway | None) -> UUID:
    venue, most = values.pop("new_venue", None), values.pop("new_venue_capacity", None)
    if venue is not None:
        values["venue_id"] = lower.add_venue(uow, {"name": venue, "capacity": most})
        uow.flush()
    if row is None:
        activity_id = lower.add_activity(uow, values)
        uow.flush()
        _ask_lead(uow, activity_id, values.get("lead_id"))
        return activity_id
    _ask_lead(uow, row.id, values.get("lead_id"))
    uow.flush()
    service.change_activity(uow, row.id, row.version, values, anyway)
    return row.id


def _ask_lead(uow: "UnitOfWork", activity_id: UUID, lead_id: UUID | None) -> None:
    # Whoever leads is on the list of adults too, or the light would say that nobody leads.
    if lead_id is not None and all(duty.adult_id != lead_id for duty in programme.duties(uow, activity_id)):
        service.ask_adult(uow, activity_id, lead_id, DutyRole.LEAD)


def go_ahead(doing: Doing, row: ActivityRow, rule: str, sentence: str, *, by_phone: bool) -> None:
    """Asks for a reason, and where that is needed for the manager phoned, and sets one block aside with it."""
    answer = ReasonDialog(doing.page, "Going ahead anyway", [sentence], manager=by_phone).ask()
    if answer is not None:
        reason = Anyway(answer.reason, answer.manager)
        doing.change(
            lambda _anyway: lambda uow: service.go_ahead(uow, row.id, rule, reason),
            f"Going ahead with {row.title} anyway",
        )


def countersign(doing: Doing, decision_id: UUID, title: str) -> None:
    """The manager who was phoned signs."""
    doing.change(lambda _anyway: lambda uow: service.countersign(uow, decision_id), f"Countersigned for {title}")


# --- children ---


def book(doing: Doing, row: ActivityRow, child: tuple[UUID, str], done: Callable[[Any], object], full: Failed) -> None:
    """Gives a child a place."""
    doing.change(
        lambda anyway: lambda uow: service.book_child(uow, row.id, child[0], anyway),
        f"Booked {child[1]} on {row.title}", done, full,
    )  # fmt: skip


def wait(doing: Doing, row: ActivityRow, child: tuple[UUID, str], done: Callable[[Any], object]) -> None:
    """Puts a child on the waiting list."""
    doing.change(
        lambda _anyway: lambda uow: service.wait_for_place(uow, row.id, child[0]),
        f"Put {child[1]} on the waiting list for {row.title}", done,
    )  # fmt: skip


def remove_child(doing: Doing, booking_id: UUID, version: int, name: str, title: str) -> None:
    """Takes a place, or a place in the queue, back."""
    doing.change(
        lambda _anyway: lambda uow: service.cancel_booking(uow, booking_id, version), f"Took {name} off {title}"
    )


def to_waiting(doing: Doing, row: ActivityRow, booking_id: UUID, child: tuple[UUID, str]) -> None:
    """Takes a place back and puts the child at the end of the waiting list."""

    def change(uow: "UnitOfWork") -> None:
        service.cancel_booking(uow, booking_id)
        uow.flush()
        service.wait_for_place(uow, row.id, child[0])

    doing.change(lambda _anyway: change, f"Moved {child[1]} to the waiting list for {row.title}")


def give_place(doing: Doing, booking_id: UUID, version: int, name: str, title: str) -> None:
    """Gives a waiting child a place."""
    doing.change(
        lambda anyway: lambda uow: service.give_place(uow, booking_id, version, anyway),
        f"Gave {name} a place on {title}",
    )


def reorder(doing: Doing, row: ActivityRow, child: tuple[UUID, str], position: int) -> None:
    """Moves a child to another place in the queue, from 1."""
    doing.change(
        lambda _anyway: lambda uow: lower.reorder_waiting(uow, row.id, child[0], position),
        f"Moved {child[1]} to number {position} on the waiting list",
    )


# --- adults ---


def ask(
    doing: Doing, row: ActivityRow, adult: tuple[UUID, str], status: DutyStatus = DutyStatus.ASKED,
    done: Callable[[Any], object] | None = None,
) -> None:  # fmt: skip
    """Puts an adult on the list, as asked or as having said yes."""
    words = "has said yes" if status is DutyStatus.CONFIRMED else "is noted as asked"
    role = DutyRole.LEAD if adult[0] == row.lead_id else DutyRole.WORKER
    doing.change(
        lambda _anyway: lambda uow: service.ask_adult(uow, row.id, adult[0], role, status),
        f"{adult[1]} {words} for {row.title}", done,
    )  # fmt: skip


def change_duty(doing: Doing, duty_id: UUID, values: Mapping[str, Any], words: str) -> None:
    """Changes an adult's role, answer or one-to-one child."""
    # One field at a time, and the last word counts: two quick clicks on one row are not a conflict, so no version.
    doing.change(lambda anyway: lambda uow: service.change_duty(uow, duty_id, None, values, anyway), words)


def remove_adult(doing: Doing, duty_id: UUID, version: int, name: str, title: str) -> None:
    """Takes an adult off the list."""
    doing.change(
        lambda anyway: lambda uow: service.remove_adult(uow, duty_id, version, anyway), f"Took {name} off {title}"
    )
