"""One function for each thing somebody can do on the Privacy screen; each is one change with its words for History.

No label names a child: what was done to whom stands in the entries, which an erasure empties.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from desktop.jobs import Jobs
from desktop.privacy.reading import in_words
from models.privacy import adults, erasure, holds, requests, retention, since
from models.privacy.due import Due
from models.privacy.erasure import Erased, Preview
from models.privacy.holds import Hold
from models.privacy.requests import Draft, DraftLine, Request
from models.privacy.rules import Decision, Keep, WhyAdultErased, WhyErased
from models.privacy.since import Back

Done = Callable[[Any], object]
Failed = Callable[[Exception], object]


def start(jobs: Jobs, typed: dict[str, Any], done: Callable[[UUID], object], failed: Failed) -> None:
    """Somebody asks to see a record."""
    said = typed | {"relationship": typed["relationship"] or ""}
    jobs.change(lambda uow: requests.start_request(uow, **said), "Wrote down a request to see a record", done, failed)


def longer(jobs: Jobs, request: Request, why: str, done: Callable[[date], object], failed: Failed) -> None:
    """Two months more."""
    jobs.change(
        lambda uow: requests.needs_longer(uow, request.id, request.version, why),
        "Took longer over a request",
        done,
        failed,
    )


def decide(
    jobs: Jobs, request: Request, rows: Sequence[DraftLine], how: Decision, reason: str, words: tuple[str, ...],
    done: Done, failed: Failed,
) -> None:  # fmt: skip
    """Decides about lines."""
    seen = {row.line.key: row.line.seen for row in rows}
    jobs.change(
        lambda uow: requests.decide(uow, request.id, seen, how, reason, words), "Decided about lines of an answer",
        done, failed,
    )  # fmt: skip


def who_decided(jobs: Jobs, request: Request, done: Done, failed: Failed) -> None:
    """Reads who decided about each line."""
    jobs.query(lambda uow: requests.decided_by(uow, request.id), done, failed, key="privacy-who")


def release(jobs: Jobs, request: Request, stand: str, done: Done, failed: Failed) -> None:
    """Releases an answer that is still what was shown, and makes it."""
    from models.documents.subject_access import release_answer

    jobs.change(lambda uow: release_answer(uow, request.id, request.version, stand), "Released an answer", done, failed)


def pages(jobs: Jobs, request: Request, done: Done, failed: Failed) -> None:
    """Makes the pages of an answer as it stands."""
    from models.documents.subject_access import subject_draft

    jobs.query(lambda uow: subject_draft(uow, request.id), done, failed, key="privacy-pages", lane="slow")


def drop(jobs: Jobs, request: Request, done: Done, failed: Failed) -> None:
    """Takes a request back."""
    jobs.change(
        lambda uow: requests.drop_request(uow, request.id, request.version), "Took back a request to see a record",
        done, failed,
    )  # fmt: skip


def draft(jobs: Jobs, request_id: UUID, done: Callable[[Draft], object], failed: Failed) -> None:
    """Reads a draft."""
    jobs.query(lambda uow: requests.draft(uow, request_id), done, failed, key="privacy-draft")


def hold(jobs: Jobs, child_id: UUID, reason: str, done: Done, failed: Failed) -> None:
    """Places a legal hold."""
    jobs.change(lambda uow: holds.place_hold(uow, child_id, reason), "Placed a legal hold", done, failed)


def lift(jobs: Jobs, one: Hold, why: str, done: Done, failed: Failed) -> None:
    """Lifts a legal hold."""
    jobs.change(lambda uow: holds.lift_hold(uow, one.id, one.version, why), "Lifted a legal hold", done, failed)


def flag(jobs: Jobs, child_id: UUID, yes: bool, done: Done, failed: Failed) -> None:
    """Says whether a child's file has a safeguarding history."""
    jobs.change(
        lambda uow: retention.set_safeguarding_history(uow, child_id, yes), "How long a record is kept", done, failed
    )


def set_span(jobs: Jobs, kind: Keep, months: int, done: Done, failed: Failed) -> None:
    """How long a kind is kept."""
    jobs.change(lambda uow: retention.set_span(uow, kind, months), f"How long {kind} are kept", done, failed)


def keep(jobs: Jobs, item: Due, until: date, reason: str, done: Done, failed: Failed) -> None:
    """Keeps something longer."""
    jobs.change(
        lambda uow: retention.keep_longer(uow, item.kind, item.thing, until, reason),
        "Kept something longer",
        done,
        failed,
    )


def keep_all(jobs: Jobs, items: Sequence[Due], until: date, reason: str, done: Done, failed: Failed) -> None:
    """Keeps several things longer, in one change."""

    def change(uow: Any) -> None:
        for item in items:
            retention.keep_longer(uow, item.kind, item.thing, until, reason)

    jobs.change(change, "Kept several things longer", done, failed)


def erase_all_due(jobs: Jobs, items: Sequence[Due], done: Done, failed: Failed) -> None:
    """Erases several things that are due, in one change."""
    things = [(item.kind, item.thing) for item in items]
    jobs.change(lambda uow: retention.erase_all_due(uow, things), "Erased what was kept long enough", done, failed)


def erase_again(jobs: Jobs, who: Back, backups: Sequence[datetime], done: Done, failed: Failed) -> None:
    """Erases once more somebody whom a restore brought back."""
    jobs.change(lambda uow: since.erase_again(uow, who.child_id, backups), "Erased again", done, failed)


def erase_due(jobs: Jobs, item: Due, done: Done, failed: Failed) -> None:
    """Erases something that is due."""
    jobs.change(
        lambda uow: retention.erase_due(uow, item.kind, item.thing),
        f"Erased {item.kind} kept long enough",
        done,
        failed,
    )


def preview(
    jobs: Jobs, child_id: UUID, backups: Sequence[datetime], done: Callable[[Preview], object], failed: Failed
) -> None:
    """Reads what erasing a child would do."""
    jobs.query(
        lambda uow: in_words(uow, erasure.preview_erasure(uow, child_id, backups)), done, failed, key="privacy-erase",
        lane="slow",
    )  # fmt: skip


def preview_adult(
    jobs: Jobs, adult_id: UUID, backups: Sequence[datetime], done: Callable[[Preview], object], failed: Failed
) -> None:
    """Reads what erasing an adult would do."""
    jobs.query(
        lambda uow: in_words(uow, adults.preview_adult(uow, adult_id, backups)), done, failed, key="privacy-erase",
        lane="slow",
    )  # fmt: skip


def allegation(jobs: Jobs, adult_id: UUID, done: Callable[[date], object], failed: Failed) -> None:
    """Reads how long an allegation about an adult is kept at least."""
    jobs.query(lambda uow: adults.allegation_kept_until(uow, adult_id), done, failed, key="privacy-allegation")


def who_left(jobs: Jobs, done: Callable[[tuple[tuple[UUID, str], ...]], object], failed: Failed) -> None:
    """Reads which adults left."""
    jobs.query(adults.who_left, done, failed, key="privacy-left")


def erase_adult(
    jobs: Jobs, adult_id: UUID, why: WhyAdultErased, lead_asked: bool, backups: Sequence[datetime],
    done: Callable[[Erased], object], failed: Failed,
) -> None:  # fmt: skip
    """Erases what is held of an adult."""
    jobs.change(
        lambda uow: adults.erase_adult(uow, adult_id, why, lead_asked=lead_asked, backups=backups),
        "Erased what was held of an adult", done, failed,
    )  # fmt: skip


def erase(
    jobs: Jobs, child_id: UUID, why: WhyErased, lead_asked: bool, backups: Sequence[datetime],
    done: Callable[[Erased], object], failed: Failed,
) -> None:  # fmt: skip
    """Erases a child."""
    jobs.change(
        lambda uow: erasure.erase_child(uow, child_id, why, lead_asked=lead_asked, backups=backups),
        "Erased a child’s record", done, failed,
    )  # fmt: skip
