"""How a verb or a query declares the permission it needs, and is held to it."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar
from uuid import UUID

from models.access.rules import Permission, Role, permissions_of, who_can
from models.kernel.actor import Actor
from models.storage.guarded import Call, guarded, inside_init, inside_made, inside_only, shown

__all__ = [
    "HOLDER", "Permission", "holder_of_the_passphrase", "inside_init", "inside_made", "inside_only", "needs", "shown",
]  # fmt: skip

P = ParamSpec("P")
T = TypeVar("T")


HOLDER = UUID(int=1)


def holder_of_the_passphrase(device: str) -> Actor:
    """The built-in manager everybody acts as until people and roles exist."""
    return Actor(HOLDER, "Holder of the passphrase", permissions_of(Role.MANAGER), device)


def needs(permission: Permission) -> Callable[[Call[P, T]], Call[P, T]]:
    """Declares the permission of a verb or query: the call made first raises Denied where the actor lacks it.

    What a verb calls is not asked again (see `guarded`); `uow.require` asks wherever it stands.
    """
    return guarded(permission, who_can(permission))
