"""The leads' own key, as the unit of work has it; without it concerns stay sealed, even for their own role."""

from models.access.last_holder import holders, ring_inside
from models.access.permissions import inside_only
from models.kernel.errors import BreatherError
from models.kernel.words import listed
from models.storage.uow import UnitOfWork


class NoKey(BreatherError):
    """The role is there, but nobody has handed on the key of concerns yet: no refusal to be journaled."""


@inside_only
def sealing_key(uow: UnitOfWork) -> bytes:
    """The key that opens concerns. Raises NoKey, naming who could hand it on, where this person has not been given it.

    Where nobody could, a manager cannot help either: only its paper does.
    """
    if uow.sealing_key is not None:
        return uow.sealing_key
    held_by = holders(uow, ring_inside(uow))
    if any(one.id == uow.actor.id for one in held_by):
        raise NoKey("You were given the key of concerns after you signed in.", "Sign in again, and they open.")
    names = [one.name for one in held_by]
    if names:
        ask = listed(names, most=4).replace(" and ", " or ")
        raise NoKey(
            "Concerns are sealed, and you have not been given the key to them yet.",
            f"Ask {ask}, another safeguarding lead, to hand it on.",
        )
    raise NoKey(
        "Concerns are sealed, and nobody has the key to them any more.",
        "Its recovery key, on paper, opens them again. If that paper is lost too, you can begin anew without them.",
    )
