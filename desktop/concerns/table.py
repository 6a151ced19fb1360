"""The list of concerns."""

from collections.abc import Callable, Sequence
from uuid import UUID

from desktop.concerns import words
from desktop.widgets.list_model import Column
from desktop.widgets.state import State
from desktop.widgets.table import ListTable
from models.concerns.queries import ConcernRow
from models.privacy.sealed import Waiting

NEEDED = {"About", "Noticed", "State"}
"""The columns that stay where there is little room."""


def concern_table(waiting: Callable[[UUID], Waiting | None]) -> ListTable[ConcernRow]:
    """About, noticed, lead told, reference, state; `waiting` tells of a concern whether it waits to be decided."""
    columns: Sequence[Column[ConcernRow]] = [
        Column("About", words.about),
        Column("Noticed", lambda row: words.noticed(row.facts), sort=lambda row: row.facts and row.facts.noticed_on),
        Column("Lead told", lambda row: words.told(row.facts), sort=lambda row: row.facts and row.facts.told_on),
        Column("Reference", lambda row: row.facts.reference if row.facts else ""),
        Column(
            "State", lambda row: words.standing(row, waiting(row.id)), state=lambda row: _state(row, waiting(row.id))
        ),
    ]
    return ListTable(
        columns, lambda row: row.id, name="Concerns", spoken=lambda row: words.spoken(row, waiting(row.id))
    )


def _state(row: ConcernRow, waiting: Waiting | None) -> State:
    if waiting is not None:
        return State.WARN
    if row.facts is None:
        return State.NEUTRAL if row.earlier else State.BAD
    return State.NEUTRAL if row.facts.closed_on else State.WARN
