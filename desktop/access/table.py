"""The list of people who can sign in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from desktop.access import words
from desktop.widgets.list_model import Column
from desktop.widgets.state import State
from desktop.widgets.table import ListTable
from models.access import people, seen
from models.access.people import AccountRow

if TYPE_CHECKING:
    from models.bootstrap import UnitOfWork

NEEDED = {"Name", "Here as", "Sign-in"}
"""The columns that stay where there is little room."""


@dataclass(frozen=True)
class Person:
    """Somebody in the list: their row, their newest change, and whether it is whoever looks."""

    row: AccountRow
    changed: datetime | None
    me: bool

    @property
    def shown(self) -> str:
        """The name, with "you" beside one's own."""
        return f"{self.row.name} (you)" if self.me else self.row.name


def people_here(uow: "UnitOfWork") -> tuple[Person, ...]:
    """Everybody who can sign in, and after them who could."""
    newest: Mapping[UUID, datetime] = seen.last_changes(uow)
    return tuple(Person(row, newest.get(row.id), row.id == uow.actor.id) for row in people.people(uow))


def people_table() -> ListTable[Person]:
    """Name, here as, sign-in, last change."""
    columns: Sequence[Column[Person]] = [
        Column("Name", lambda one: one.shown),
        Column("Here as", lambda one: words.role_words(one.row)),
        Column("Sign-in", lambda one: words.sign_in_words(one.row), state=_state),
        Column("Last change made", lambda one: words.day_words(one.changed) if one.changed else "None yet",
               sort=lambda one: one.changed),
    ]  # fmt: skip
    return ListTable(columns, lambda one: one.row.id, name="People who can sign in", spoken=_spoken)


def _state(one: Person) -> State | None:
    if one.row.removed_at is not None:
        return State.NEUTRAL
    return State.WARN if one.row.new_password else State.OK


def _spoken(one: Person) -> str:
    return f"{one.shown}, {one.row.words}, {words.sign_in_words(one.row).lower()}"
