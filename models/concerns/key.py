"""The leads' own key, as the unit of work has it; without it concerns stay sealed, even for their own role."""

from sqlalchemy import select

from models.access.permissions import inside_only
from models.access.records import AccountRecord
from models.kernel.errors import BreatherError
from models.kernel.words import listed
from models.storage.uow import UnitOfWork


class NoKey(BreatherError):
    """The role is there, but nobody has handed on the key of concerns yet: no refusal to be journaled."""


@inside_only
def sealing_key(uow: UnitOfWork) -> bytes:
    """The key that opens concerns. Raises NoKey, naming the other leads, where this person has not been given it."""
    if uow.sealing_key is not None:
        return uow.sealing_key
    # Named here and not by queries.other_leads, which needs this module.
    leads = select(AccountRecord.name).where(
        AccountRecord.safeguarding, AccountRecord.removed_at.is_(None), AccountRecord.id != uow.actor.id
    )
    names = sorted(uow.session.scalars(leads), key=str.casefold)
    ask = listed(names, most=4).replace(" and ", " or ") if names else "a manager to make you a safeguarding lead again"
    raise NoKey(
        "Concerns are sealed, and you have not been given the key to them yet.", f"Ask {ask}{_HOW if names else ''}."
    )


_HOW = ", another safeguarding lead, to hand it on"
