"""The families as a list: who, and what they said."""

from desktop.ringround import words
from desktop.widgets.list_model import Column
from desktop.widgets.state import State
from desktop.widgets.table import ListTable
from models.readiness.ringround import Household


def family_table() -> ListTable[Household]:
    """In the order they are rung."""
    columns = [
        Column[Household]("Family", lambda home: home.name),
        Column[Household](
            "Answer",
            words.family_answer,
            state=lambda home: State.WARN if home.due else words.STATE[words.family_verdict(home)],
            icon=lambda home: words.ICON[words.family_verdict(home)],
        ),
    ]
    return ListTable(columns, lambda home: home.family_id, name="Families", spoken=_spoken)


def _spoken(home: Household) -> str:
    return f"{home.name}, {words.family_answer(home)}"
