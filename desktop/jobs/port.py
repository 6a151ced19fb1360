"""What the jobs need of a club: one blocking write, one blocking read."""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar
from uuid import UUID

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Written(Protocol[T_co]):
    """What a committed change gives back.

    Attributes:
        value: what the change returned.
        areas: the names of the areas the commit changed; empty when it changed nothing.
        change_id: its id in the journal; None when it changed nothing.
    """

    @property
    def value(self) -> T_co: ...

    @property
    def areas(self) -> frozenset[str]: ...

    @property
    def change_id(self) -> UUID | None: ...


class Club(Protocol):
    """An open club. Both calls block; `write` is only ever called from one thread, `read` from two at once."""

    def write(self, change: Callable[[Any], T], label: str) -> Written[T]:
        """Runs the change in one unit of work and commits; raises (with nothing kept) when it cannot."""

    def read(self, query: Callable[[Any], T]) -> T:
        """Runs the query on a read-only connection of the calling thread."""
