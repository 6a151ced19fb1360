"""Who can sign in, as frozen rows."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.access.permissions import Permission, inside_only, needs
from models.access.records import AccountRecord
from models.access.rules import Role, permissions_of
from models.kernel.actor import Actor
from models.storage.slots import wrong
from models.storage.uow import UnitOfWork

UNNAMED = "Manager"
"""What whoever made a club is called, where no name was given."""


@dataclass(frozen=True)
class AccountRow:
    """A person who can sign in, or could until `removed_at`.

    Attributes:
        role: None for somebody who is safeguarding lead alone. has_pin: whether register mode knows them.
        new_password: they have to choose a password of their own first.
    """

    id: UUID
    version: int
    name: str
    role: Role | None
    safeguarding: bool
    removed_at: datetime | None
    has_pin: bool
    new_password: bool

    @property
    def roles(self) -> tuple[Role, ...]:
        """Every role they have."""
        own = (self.role,) if self.role is not None else ()
        return (*own, Role.SAFEGUARDING) if self.safeguarding else own

    @property
    def words(self) -> str:
        """Their roles, as a sentence has them: manager and safeguarding lead."""
        return " and ".join(role.value for role in self.roles)

    def actor(self, device: str) -> Actor:
        """This person, acting on a machine."""
        return Actor(self.id, self.name, permissions_of(*self.roles), device)


@needs(Permission.PEOPLE)
def people(uow: UnitOfWork) -> tuple[AccountRow, ...]:
    """Everybody who can sign in, by name; who was taken off comes last."""
    found = (row_of(record) for record in uow.session.scalars(select(AccountRecord)))
    return tuple(sorted(found, key=lambda row: (row.removed_at is not None, row.name.casefold())))


@needs(Permission.SEE_DAY)
def names_with_pin(uow: UnitOfWork) -> tuple[str, ...]:
    """The names register mode offers."""
    found = select(AccountRecord.name).where(AccountRecord.pin != "", AccountRecord.removed_at.is_(None))
    return tuple(sorted(uow.session.scalars(found), key=str.casefold))


@needs(Permission.SEE_DAY)
def managers(uow: UnitOfWork) -> tuple[str, ...]:
    """The names of those who decide what others may not; none before there are accounts."""
    return tuple(sorted((one.name for one in active(uow) if one.role is Role.MANAGER), key=str.casefold))


@needs(Permission.SEE_DAY)
def safeguarding_leads(uow: UnitOfWork) -> tuple[str, ...]:
    """The names of those to tell of a worry; none before there are accounts."""
    return tuple(sorted((one.name for one in active(uow) if one.safeguarding), key=str.casefold))


@needs(Permission.SEE_DAY)
def me(uow: UnitOfWork) -> AccountRow | None:
    """The acting person's own row; None for the holder of the passphrase."""
    record = uow.session.get(AccountRecord, uow.actor.id)
    return row_of(record) if record else None


@inside_only
def active(uow: UnitOfWork) -> tuple[AccountRecord, ...]:
    """The records of everybody who can sign in."""
    return tuple(uow.session.scalars(select(AccountRecord).where(AccountRecord.removed_at.is_(None))))


def who(session: Session, account: UUID) -> AccountRow | None:
    """Somebody's row, taken off or not."""
    record = session.get(AccountRecord, account)
    return row_of(record) if record else None


def present(session: Session, account: UUID) -> AccountRow:
    """The row of somebody who can sign in. Raises WrongPassphrase for one who cannot: no more is said to them."""
    row = who(session, account)
    if row is None or row.removed_at is not None:
        raise wrong(named=False)
    return row


def row_of(record: AccountRecord) -> AccountRow:
    """A record as a row; the PIN's hash stays where it is."""
    return AccountRow(
        record.id, record.version, record.name, record.role, record.safeguarding, record.removed_at,
        bool(record.pin), record.new_password,
    )  # fmt: skip


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same to whoever types them."""
    return _plain(one) == _plain(other)


def as_seen(name: str) -> str:
    """A name without letters that nobody sees, and so nobody types: pasted along, they would keep its owner out, or
    pass for somebody else's name.
    """
    return "".join(letter for letter in name if unicodedata.category(letter) != "Cf")


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold()).split())
