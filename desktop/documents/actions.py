"""One function for each thing somebody can do on the print page."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from desktop.documents.order import Order
from desktop.jobs import Jobs, Step, Ticket, Work
from models.documents import queries, service
from models.documents.queries import Choices, Copy
from models.documents.service import Made, What
from models.kernel.words import counted

Done = Callable[[Any], object]
Failed = Callable[[Exception], object]


def load(jobs: Jobs, also: UUID | None, done: Callable[[Choices], object], failed: Failed) -> None:
    """Reads what can be printed for; `also` an activity of long ago that another screen came here for."""
    jobs.query(lambda uow: queries.choices(uow, also), done, failed, key="print-page")


def load_copies(
    jobs: Jobs, activity_id: UUID, done: Callable[[tuple[tuple[str, ...], tuple[Copy, ...]]], object], failed: Failed
) -> None:
    """Reads who usually carries copies of a trip's pack, and the copies there are."""
    jobs.query(
        lambda uow: (queries.usual_holders(uow, activity_id), queries.copies(uow, activity_id)),
        done,
        failed,
        key="print-page-copies",
    )


def make(
    jobs: Jobs,
    order: Order,
    done: Callable[[Made], object],
    failed: Failed,
    progress: Callable[[Step], object],
    cancelled: Callable[[], object],
) -> Ticket:
    """Makes the pages on the slow reader, so that marks at the door never wait for paper."""
    return jobs.long_query(
        lambda uow, work: _made(uow, order, work), done, failed,
        key="print-page-pages", lane="slow", progress=progress, cancelled=cancelled,
    )  # fmt: skip


def number_register(jobs: Jobs, order: Order, done: Done, failed: Failed) -> Ticket:
    """Numbers the paper register before it is printed."""
    activity_id = _activity(order)
    return jobs.change(
        lambda uow: service.register_printed(uow, activity_id),
        f"Number the paper register of {order.about}",
        done,
        failed,
    )


def note_gone_out(
    jobs: Jobs, order: Order, made: Made, asked: bool, done: Callable[[bool], object], failed: Failed
) -> None:
    """Notes what printing means: the job is done for that day, and where wanted that families were asked today.

    `done` hears whether the programme is changed by it.
    """

    def note(uow: Any) -> bool:
        for kinds, child_ids in made.asked if asked else ():
            service.consent_pack_printed(uow, child_ids, kinds)
        return order.activity_id is not None and service.packs_printed(uow, order.what, order.activity_id)

    jobs.change(note, f"Print: {made.title}", done, failed)


def hand_out(jobs: Jobs, order: Order, made: Made, done: Done, failed: Failed) -> None:
    """Notes that the copies just printed are with those who carry them."""
    activity_id = _activity(order)
    label = f"Hand out {counted(len(made.holders), 'copy', 'copies')} of the trip pack for {order.about}"
    jobs.change(lambda uow: service.packs_sent_out(uow, activity_id, made.holders), label, done, failed)


def copy_back(jobs: Jobs, copy: Copy, done: Done, failed: Failed) -> None:
    """A copy came back."""
    label = f"Copy {copy.number} of a trip pack came back"
    jobs.change(lambda uow: service.copy_back(uow, copy.id, copy.version), label, done, failed)


def copy_shredded(jobs: Jobs, copy: Copy, done: Done, failed: Failed) -> None:
    """A copy was shredded."""
    label = f"Copy {copy.number} of a trip pack was shredded"
    jobs.change(lambda uow: service.copy_shredded(uow, copy.id, copy.version), label, done, failed)


def _made(uow: Any, order: Order, work: Work) -> Made:
    child_ids = queries.household(uow, order.child_id) if order.child_id else order.child_ids
    made = service.make(
        uow, order.what, order.activity_id, child_ids or None, holders=order.holders, step=work.step
    )  # fmt: skip
    work.check()
    return made


def _activity(order: Order) -> UUID:
    assert order.activity_id is not None, f"a {What(order.what)} is for an activity"
    return order.activity_id
