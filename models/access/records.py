"""The club: one row in every club file."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from models.storage.base import Base, Editable, UtcInstant, words


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


class KeySlotsCopy(Base):
    """The text of the keys file, so that a copy of the club file can be given its keys back."""

    __tablename__ = "key_slots_copy"
    journaled = False

    club_id: Mapped[UUID] = mapped_column(primary_key=True)
    slots: Mapped[object] = mapped_column(JSON)
