"""What a safeguarding lead can do to a concern; each is one change. No label names anybody: others read History."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from models.concerns import queries, service
from models.privacy import sealed

if TYPE_CHECKING:
    from models.bootstrap import UnitOfWork

Change = Callable[["UnitOfWork"], Any]
WRITTEN, CHANGED, CLOSED, OPENED = service.WRITTEN, service.CHANGED, service.CLOSED, service.OPENED
BROUGHT_BACK, KEPT, ERASED = service.BROUGHT_BACK, service.KEPT, sealed.ERASED


def written(values: Mapping[str, Any]) -> Change:
    """A new concern."""
    return lambda uow: service.write_down(uow, values)


def changed(concern_id: UUID, version: int | None, values: Mapping[str, Any]) -> Change:
    """What was altered of one."""
    return lambda uow: service.edit(uow, concern_id, version, values)


def closed(concern_id: UUID, version: int | None, day: date) -> Change:
    """Nothing more is left to do about it."""
    return lambda uow: service.close(uow, concern_id, version, day)


def opened_again(concern_id: UUID, version: int | None) -> Change:
    """There is more to do about it."""
    return lambda uow: service.open_again(uow, concern_id, version)


def brought_back(typed: str) -> Change:
    """What an earlier key opens, sealed with the key of now; answers how many there were."""
    return lambda uow: service.bring_back(uow, typed)


def kept_longer(concern_id: UUID, version: int | None, until: date, why: str) -> Change:
    """It stays, although it was kept long enough."""
    return lambda uow: service.keep_longer(uow, concern_id, version, until, why)


def erased(concern_id: UUID, version: int | None) -> Change:
    """It goes for good."""
    return lambda uow: sealed.erase_concern(uow, concern_id, version)


def fresh(concern_id: UUID) -> Callable[["UnitOfWork"], tuple[int | None, Mapping[str, Any]]]:
    """Reads it again, for a form that somebody else overtook."""

    def read(uow: "UnitOfWork") -> tuple[int | None, Mapping[str, Any]]:
        row = queries.concern(uow, concern_id)
        return row.version, vars(row.facts) if row.facts else {}

    return read
