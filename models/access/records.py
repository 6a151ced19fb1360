"""The club, one row in every club file; who can sign in to it; and what happened at its door."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from models.access.rules import AccessKind, Role
from models.storage.base import Base, Editable, Kept, UtcInstant, choice, words


class ClubRecord(Editable):
    """The club's own facts and house policy.

    Attributes:
        sample_day: set only in the sample club: the day it lives on.
        children_per_adult: the 1:4 of the house policy. min_adults: NSPCC, two even for a small group.
        dbs_years, safeguarding_years, consent_months: how long before each is asked for again (house policy).
        logo: a PNG or JPEG for paper, at most 1 MB.
    """

    __tablename__ = "club"
    __table_args__ = (
        CheckConstraint("children_per_adult BETWEEN 1 AND 30", name="children_per_adult"),
        CheckConstraint("min_adults BETWEEN 1 AND 10", name="min_adults"),
    )

    name: Mapped[str] = words(120)
    created_at: Mapped[datetime] = mapped_column(UtcInstant)
    sample_day: Mapped[date | None]
    phone: Mapped[str] = words(40)
    email: Mapped[str] = words(120)
    address: Mapped[str] = words(200)
    complaints_to: Mapped[str] = words(200)
    charity_number: Mapped[str] = words(40)
    logo: Mapped[bytes | None] = mapped_column(LargeBinary)
    children_per_adult: Mapped[int] = mapped_column(default=4)
    min_adults: Mapped[int] = mapped_column(default=2)
    late_minutes: Mapped[int] = mapped_column(default=15)
    dbs_years: Mapped[int] = mapped_column(default=3)
    safeguarding_years: Mapped[int] = mapped_column(default=3)
    consent_months: Mapped[int] = mapped_column(default=12)


class AccountRecord(Editable):
    """A person who can sign in. Their password is in no table: it opens their slot of the keys (storage.keys).

    Attributes:
        role: what they are here to do, None for somebody who is safeguarding lead alone; never Role.SAFEGUARDING.
        safeguarding: whether they are a safeguarding lead, beside their role or instead of one.
        removed_at: when they were taken off; the row stays, so that the journal still knows them.
        pin: Argon2id hash of the short PIN for register mode, "" for none.
        new_password: somebody else set their password, so they choose their own when they next sign in.
    """

    __tablename__ = "account"
    __table_args__ = (
        CheckConstraint("role <> 'safeguarding lead'", name="never_twice"),
        CheckConstraint("role IS NOT NULL OR safeguarding", name="something_to_do"),
    )
    undone_by_hand = True

    name: Mapped[str] = words(120)
    role: Mapped[Role | None] = choice(Role, nullable=True)
    safeguarding: Mapped[bool] = mapped_column(default=False)
    removed_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    pin: Mapped[str] = words(200)
    new_password: Mapped[bool] = mapped_column(default=False)


class AccessEvent(Kept):
    """Something at the door that is to be remembered: who it was (as far as known), what, and when."""

    __tablename__ = "access_event"
    append_only = True
    undone_by_hand = True

    kind: Mapped[AccessKind] = choice(AccessKind)
    who: Mapped[str] = words(120)
    detail: Mapped[str] = words(300)
    at: Mapped[datetime] = mapped_column(UtcInstant, index=True)


class KeySlotsCopy(Base):
    """The text of the keys file, so that a copy of the club file can be given its keys back.

    Attributes:
        retired: keys of this file from before it was re-keyed (hex), which its older backups still open with; None in a
            file from before files could be re-keyed.
    """

    __tablename__ = "key_slots_copy"
    journaled = False

    club_id: Mapped[UUID] = mapped_column(primary_key=True)
    slots: Mapped[object] = mapped_column(JSON)
    retired: Mapped[object | None] = mapped_column(JSON(none_as_null=True))
