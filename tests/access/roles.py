"""People of each role acting in a test's club."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from models.access.rules import Role, permissions_of
from models.bootstrap import Club
from models.kernel.actor import Actor
from tests.clubs import DEVICE


def person(*roles: Role, name: str = "Kemi Adeyemi", activity: UUID | None = None) -> Actor:
    """Somebody of these roles; of none, nobody who may do anything."""
    return Actor(UUID(int=77), name, permissions_of(*roles), DEVICE, activity)


@contextmanager
def acting(club: Club, *roles: Role, activity: UUID | None = None) -> Iterator[Club]:
    """The club with such a person acting in it for a while."""
    before, club.actor = club.actor, person(*roles, activity=activity)
    try:
        yield club
    finally:
        club.actor = before
