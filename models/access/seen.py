"""When each person last changed something, as the journal has it."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from models.access.permissions import Permission, needs
from models.storage.journal import ChangeRecord
from models.storage.uow import UnitOfWork


@needs(Permission.PEOPLE)
def last_changes(uow: UnitOfWork) -> Mapping[UUID, datetime]:
    """The newest change (aware UTC) of everybody who made one, by their account's id."""
    newest = select(ChangeRecord.actor_id, func.max(ChangeRecord.at)).group_by(ChangeRecord.actor_id)
    return {row[0]: row[1] for row in uow.session.execute(newest)}
