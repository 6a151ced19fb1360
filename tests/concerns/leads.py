"""A club whose acting person is a safeguarding lead, with the leads' key in every unit of work."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from models.access.rules import Role, permissions_of
from models.bootstrap import Club, UnitOfWork, Written

T = TypeVar("T")
KEY = b"the leads hold these 32 bytes...".ljust(32, b".")


class LeadsClub:
    """An open club as a safeguarding lead has it (`key` None: one who was not given the key yet)."""

    def __init__(self, club: Club, key: bytes | None = KEY, *roles: Role) -> None:
        self.club, self.key = club, key
        self.clock = club.clock
        wanted = permissions_of(*(roles or (Role.SAFEGUARDING,)))
        self.actor = replace(club.actor, name="Priya Shah", permissions=wanted)

    def write(self, change: Callable[[UnitOfWork], T], label: str) -> Written[T]:
        return self.club.write(lambda uow: change(self._mine(uow)), label)

    def read(self, query: Callable[[UnitOfWork], T]) -> T:
        return self.club.read(lambda uow: query(self._mine(uow)))

    def _mine(self, uow: UnitOfWork) -> UnitOfWork:
        uow.sealing_key, uow.actor = self.key, self.actor
        return uow
