"""The leads' own key, as the unit of work has it; without it concerns stay sealed, even for their own role."""

from models.access.permissions import inside_only
from models.kernel.errors import Denied
from models.storage.uow import UnitOfWork


@inside_only
def sealing_key(uow: UnitOfWork) -> bytes:
    """The key that opens concerns. Raises Denied where this person has not been given it."""
    if uow.sealing_key is None:
        raise Denied(
            "Concerns are sealed, and you have not been given the key to them yet.",
            "Ask a safeguarding lead who has it to hand it on, under People who can sign in.",
        )
    return uow.sealing_key
