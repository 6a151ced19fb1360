"""A new club on a server, in a database that is otherwise empty."""

from datetime import date
from uuid import UUID

from sqlalchemy import Connection, insert

from models.access.records import ClubRecord
from models.kernel.clock import Clock
from models.kernel.errors import BadInput
from models.storage.values import checked


def club_name(name: str) -> str:
    """A club's name as it is kept. Raises BadInput for none, or one too long."""
    called = str(checked(ClubRecord, {"name": name}, {"name": "club’s name"})["name"])
    if not called:
        raise BadInput("The club has no name.", "Type the name families know it by.", "name")
    return called


def first_row(connection: Connection, club: UUID, name: str, clock: Clock, sample_day: date | None = None) -> None:
    """The club's own row."""
    first = insert(ClubRecord).values(id=club, name=name, created_at=clock.now(), sample_day=sample_day, version=1)
    connection.execute(first)
