"""How a verb declares the permission it needs, and is held to it."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Concatenate, ParamSpec, TypeVar
from uuid import UUID

from models.access.rules import Permission, Role, permissions_of
from models.kernel.actor import Actor
from models.storage.uow import UnitOfWork

__all__ = ["HOLDER", "Permission", "holder_of_the_passphrase", "needs"]

P = ParamSpec("P")
T = TypeVar("T")


HOLDER = UUID(int=1)


def holder_of_the_passphrase(device: str) -> Actor:
    """The built-in manager everybody acts as until people and roles exist."""
    return Actor(HOLDER, "Holder of the passphrase", permissions_of(Role.MANAGER), device)


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
