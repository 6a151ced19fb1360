"""What people do with the team: add and edit adults, clear them to count, note that they left."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from models.access.permissions import Permission, needs
from models.kernel.dates import can_be_born
from models.kernel.errors import BadInput
from models.storage.erasing import ERASED_ADULT
from models.storage.uow import UnitOfWork
from models.storage.values import checked, put_into
from models.team import words
from models.team.records import AdultRecord

Values = Mapping[str, Any]

BY_VERB = frozenset({"cleared_on", "left_on"})  # changed by clear_adult, unclear and leave alone
PAST_DATES = ("dbs_issued", "safeguarding_trained", "licence_checked", "driving_approved")


@needs(Permission.EDIT_TEAM)
def add_adult(uow: UnitOfWork, values: Values) -> UUID:
    """Adds an adult, not yet cleared to count; returns the id. Raises BadInput."""
    return uow.add(AdultRecord(**_checked(uow, {"name": ""} | dict(values)))).id


@needs(Permission.EDIT_TEAM)
def edit_adult(uow: UnitOfWork, adult_id: UUID, version: int | None, values: Values) -> None:
    """Changes an adult; clearing and leaving have verbs of their own. Raises BadInput, NotFound, Stale."""
    record = uow.edit(AdultRecord, adult_id, version, "adult")
    put_into(record, _checked(uow, values))


@needs(Permission.CLEAR_ADULTS)
def clear_adult(uow: UnitOfWork, adult_id: UUID, version: int | None, on: date | None = None) -> None:
    """The manager's word that this adult may count, from `on` (today unless said). Raises BadInput, NotFound, Stale."""
    on = on or uow.clock.today()
    if on > uow.clock.today():
        raise BadInput("An adult cannot be cleared on a day to come.", "Choose today or an earlier day.", "cleared_on")
    put_into(uow.edit(AdultRecord, adult_id, version, "adult"), {"cleared_on": on})


@needs(Permission.CLEAR_ADULTS)
def unclear(uow: UnitOfWork, adult_id: UUID, version: int | None) -> None:
    """Takes that word back: from now on the adult does not count. Raises NotFound, Stale."""
    put_into(uow.edit(AdultRecord, adult_id, version, "adult"), {"cleared_on": None})


@needs(Permission.EDIT_TEAM)
def leave(uow: UnitOfWork, adult_id: UUID, version: int | None, on: date | None) -> None:
    """From this day the adult is no longer asked; None: the adult is back. Raises BadInput, NotFound, Stale."""
    if on is not None and not date(1990, 1, 2) <= on <= uow.clock.today() + timedelta(days=366 * 2):
        raise BadInput("This date of leaving cannot be right.", "Check the year.", "left_on")
    put_into(uow.edit(AdultRecord, adult_id, version, "adult"), {"left_on": on})


def _checked(uow: UnitOfWork, values: Values) -> dict[str, Any]:
    given = checked(AdultRecord, values, words.ADULT, only=words.ADULT.keys() - BY_VERB)
    if given.get("name", "-") == "":
        raise BadInput("The name is empty.", "Type the name.", "name")
    if given.get("name") == ERASED_ADULT:
        raise BadInput("This is what adults are called who were erased.", "Type the name.", "name")
    today = uow.clock.today()
    born = given.get("birth_date")
    if born is not None and not can_be_born(born, today):
        raise BadInput("This date of birth cannot be right.", "Check the year.", "birth_date")
    for name in PAST_DATES:
        if given.get(name) is not None and given[name] > today:
            raise BadInput(f"The {words.ADULT[name]} is in the future.", "Check the year.", name)
    return given
