"""The list of concerns."""

from collections.abc import Sequence

from desktop.concerns import words
from desktop.widgets.list_model import Column
from desktop.widgets.state import State
from desktop.widgets.table import ListTable
from models.concerns.queries import ConcernRow

NEEDED = {"About", "Noticed", "State"}
"""The columns that stay where there is little room."""


def concern_table() -> ListTable[ConcernRow]:
    """About, noticed, lead told, reference, state."""
    columns: Sequence[Column[ConcernRow]] = [
        Column("About", words.about),
        Column("Noticed", lambda row: words.noticed(row.facts), sort=lambda row: row.facts and row.facts.noticed_on),
        Column("Lead told", lambda row: words.told(row.facts), sort=lambda row: row.facts and row.facts.told_on),
        Column("Reference", lambda row: row.facts.reference if row.facts else ""),
        Column("State", words.standing, state=_state),
    ]
    return ListTable(columns, lambda row: row.id, name="Concerns", spoken=words.spoken)


def _state(row: ConcernRow) -> State:
    if row.facts is None:
        return State.NEUTRAL if row.earlier else State.BAD
    return State.NEUTRAL if row.facts.closed_on else State.WARN
