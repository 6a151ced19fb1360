"""The club's own references: IYC044 comes after IYC043."""

import re
from collections import Counter
from uuid import UUID

from sqlalchemy import func, select

from models.access.permissions import inside_only
from models.kernel.errors import BadInput
from models.people.records import ChildRecord
from models.storage.uow import UnitOfWork

FIRST = "YC001"


@inside_only
def next_ref(uow: UnitOfWork) -> str:
    """The reference after the highest of the pattern most children have; YC001 in a new club."""
    found = [re.fullmatch(r"(.*?)(\d+)", ref) for ref in uow.session.scalars(select(ChildRecord.ref))]
    numbered = [(one[1], one[2]) for one in found if one]
    if not numbered:
        return FIRST
    prefix = Counter(prefix for prefix, _ in numbered).most_common(1)[0][0]
    last = max((digits for start, digits in numbered if start == prefix), key=int)
    return f"{prefix}{int(last) + 1:0{len(last)}}"


@inside_only
def check_free(uow: UnitOfWork, ref: str, child_id: UUID | None) -> None:
    """Raises BadInput if a child other than `child_id` has this reference, in capitals or not."""
    same = select(ChildRecord.id, ChildRecord.ref).where(func.lower(ChildRecord.ref) == ref.lower())
    for taken in uow.session.execute(same):
        if taken.id != child_id:
            raise BadInput(
                f"Another child already has the reference {taken.ref}.", "Leave it empty for a new one.", "ref"
            )
