"""The lists of the Privacy screen."""

from collections.abc import Callable
from datetime import date

from desktop.privacy.words import (
    DECIDED,
    KEPT,
    PROPOSALS,
    WHY_ADULT_ERASED,
    WHY_ERASED,
    due_words,
    length,
    span_words,
)
from desktop.widgets.list_model import Column
from desktop.widgets.state import State
from desktop.widgets.table import ListTable
from models.kernel.clock import london_wall
from models.kernel.dates import short_with_year
from models.privacy.due import Due
from models.privacy.erasure import Erased
from models.privacy.holds import Hold
from models.privacy.requests import DraftLine, Request
from models.privacy.retention import SpanRow
from models.privacy.rules import SPANS, Decision, WhyAdultErased

Today = Callable[[], date]
_LONG = 90


def request_list(today: Today) -> ListTable[Request]:
    """Requests to see a record."""
    columns = [
        Column[Request]("Child", lambda row: row.called),
        Column[Request]("Asked by", lambda row: ", ".join(part for part in (row.asked_by, row.relationship) if part)),
        Column[Request]("Came", lambda row: short_with_year(row.received_on), sort=lambda row: row.received_on),
        Column[Request](
            "Answer", lambda row: _answer(row, today)[1], sort=lambda row: row.due_on,
            state=lambda row: _answer(row, today)[0],
        ),
    ]  # fmt: skip
    return ListTable(columns, lambda row: row.id, name="Requests to see a record",
                     spoken=lambda row: f"{row.called}, {_answer(row, today)[1]}")  # fmt: skip


def _answer(row: Request, today: Today) -> tuple[State, str]:
    if row.released_at is not None:
        return State.OK, f"Released {short_with_year(london_wall(row.released_at).date())}"
    return due_words(row.due_on, today())


def due_list() -> ListTable[Due]:
    """What is due for review."""
    columns = [
        Column[Due]("Whose or what", lambda row: row.title),
        Column[Due]("Kind", lambda row: KEPT[row.kind]),
        Column[Due]("Why", lambda row: row.why),
        Column[Due](
            "Since", lambda row: "Legal hold" if row.held else short_with_year(row.since),
            sort=lambda row: row.since, state=lambda row: State.BAD if row.held else None,
        ),
    ]  # fmt: skip
    return ListTable(columns, lambda row: (row.kind, row.thing), name="Due for review", several=True,
                     spoken=lambda row: f"{row.title}, {KEPT[row.kind]}")  # fmt: skip


def hold_list() -> ListTable[Hold]:
    """Legal holds that stand."""
    columns = [
        Column[Hold]("Child", lambda row: row.called),
        Column[Hold]("Why", lambda row: row.reason),
        Column[Hold]("By", lambda row: row.placed_by),
        Column[Hold](
            "Since", lambda row: short_with_year(london_wall(row.placed_at).date()), sort=lambda row: row.placed_at
        ),
    ]
    return ListTable(columns, lambda row: row.id, name="Legal holds", spoken=lambda row: f"{row.called}, {row.reason}")


def span_list() -> ListTable[SpanRow]:
    """How long each kind is kept."""
    columns = [
        Column[SpanRow]("What", lambda row: KEPT[row.kind]),
        Column[SpanRow](
            "How long", lambda row: span_words(row.months, SPANS[row.kind].fixed), sort=lambda row: row.months
        ),
        Column[SpanRow]("From when", lambda row: row.starts),
        Column[SpanRow]("Why", lambda row: row.basis),
    ]
    return ListTable(columns, lambda row: row.kind, name="How long we keep things",
                     spoken=lambda row: f"{KEPT[row.kind]}, {length(row.months)}")  # fmt: skip


def erased_list() -> ListTable[Erased]:
    """Erasures that were done; nobody is named."""
    columns = [
        Column[Erased](
            "Erased on", lambda row: short_with_year(london_wall(row.erased_at).date()), sort=lambda row: row.erased_at
        ),
        Column[Erased]("Whose", _whose),
        Column[Erased]("By", lambda row: row.erased_by),
        Column[Erased]("Why", _why_erased),
        Column[Erased](
            "Last backup with it goes by",
            lambda row: short_with_year(row.backups_gone_by) if row.backups_gone_by else "There was none",
        ),
    ]
    return ListTable(columns, lambda row: row.id, name="Records that were erased",
                     spoken=lambda row: f"{_whose(row)}, {_why_erased(row)}")  # fmt: skip


def _whose(row: Erased) -> str:
    return "An adult’s" if row.adult else "A child’s"


def _why_erased(row: Erased) -> str:
    return WHY_ADULT_ERASED[row.why] if isinstance(row.why, WhyAdultErased) else WHY_ERASED[row.why]


def line_list() -> ListTable[DraftLine]:
    """The lines of a draft."""
    columns = [
        Column[DraftLine]("What", lambda row: _first_up(row.line.label)),
        Column[DraftLine]("What is held", lambda row: _short(row.line.text)),
        Column[DraftLine](
            "Think about",
            lambda row: PROPOSALS[row.line.proposal][1],
            state=lambda row: PROPOSALS[row.line.proposal][0],
        ),
        Column[DraftLine]("Decided", decided, state=_decided_state),
    ]
    return ListTable(columns, lambda row: row.line.key, name="Lines of the answer",
                     spoken=lambda row: f"{row.line.label}, {decided(row)}")  # fmt: skip


def decided(row: DraftLine) -> str:
    """What was decided, in a word or two."""
    return DECIDED[row.decision] if row.decision is not None else "Not yet"


def _decided_state(row: DraftLine) -> State | None:
    if row.decision is None:
        return State.WARN
    return State.OK if row.decision is Decision.GIVE else State.NEUTRAL


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONG else f"{line[: _LONG - 1]}…"


def _first_up(words: str) -> str:
    return words[:1].upper() + words[1:]
