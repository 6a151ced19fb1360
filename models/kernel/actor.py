"""Who is acting, and what they may do."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Actor:
    """The acting person.

    Attributes:
        id: the account's id, kept in the journal.
        name: as the journal and History show it.
        permissions: names from `models.access.permissions`.
        device: the id of this machine, kept outside the club file.
        activity: held to this one activity (signed in with the short PIN); None: to none.
    """

    id: UUID
    name: str
    permissions: frozenset[str]
    device: str
    activity: UUID | None = None

    def may(self, permission: str) -> bool:
        """Whether this person holds the permission."""
        return permission in self.permissions
