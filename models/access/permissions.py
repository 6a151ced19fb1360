"""The permissions verbs declare. Until people and roles exist one built-in manager holds them all."""

from collections.abc import Callable
from enum import StrEnum
from functools import update_wrapper
from typing import Concatenate, ParamSpec, TypeVar
from uuid import UUID

from models.kernel.actor import Actor
from models.storage.uow import UnitOfWork

P = ParamSpec("P")
T = TypeVar("T")


class Permission(StrEnum):
    """What a verb needs the acting person to hold."""

    SEE_DAY = "see the day"
    SEE_FAMILIES = "see families"
    EDIT_FAMILIES = "edit families"
    EDIT_TEAM = "edit the team"
    CLEAR_ADULTS = "clear adults to count"
    PLAN = "plan activities"
    CONFIRM = "confirm plans"
    GO_AHEAD = "go ahead anyway"
    CONSENTS = "record consents"
    TRANSPORT = "plan transport"
    REGISTER = "take the register"
    PRINT = "print documents"
    REPORT = "see reports"
    IMPORT = "bring in spreadsheets"
    SETTINGS = "change settings"


HOLDER = UUID(int=1)


def holder_of_the_passphrase(device: str) -> Actor:
    """The built-in manager everybody acts as until people and roles exist."""
    return Actor(HOLDER, "Holder of the passphrase", frozenset(Permission), device)


def needs(
    permission: Permission,
) -> Callable[[Callable[Concatenate[UnitOfWork, P], T]], Callable[Concatenate[UnitOfWork, P], T]]:
    """Declares the permission of a verb and holds it to it. Raises Denied when the actor lacks it."""

    def declare(verb: Callable[Concatenate[UnitOfWork, P], T]) -> Callable[Concatenate[UnitOfWork, P], T]:
        def guarded(uow: UnitOfWork, /, *args: P.args, **kwargs: P.kwargs) -> T:
            uow.require(permission)
            return verb(uow, *args, **kwargs)

        update_wrapper(guarded, verb)
        vars(guarded)["permission"] = permission  # read by the test that every verb declares one
        return guarded

    return declare
