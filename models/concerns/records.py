"""Concerns as kept: one sealed text each, which the key of the file alone does not open."""

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from models.storage.base import Editable


class ConcernRecord(Editable):
    """One concern.

    `sealed` is every fact of it (see `sealing`). There is no column beside it: not even whose concern it is, nor
    whether it is still open, can be told by somebody who holds the file's key but is not a safeguarding lead.
    """

    __tablename__ = "concern"

    sealed: Mapped[bytes] = mapped_column(LargeBinary)
