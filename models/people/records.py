"""Families and children as kept. The cared-for person's health is a category, never a diagnosis."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.kernel import ids
from models.people.rules import ChildStatus, CollectorKind, ContactKind
from models.storage.base import Editable, choice, points_to, words

ERASED_HOME = ids.ERASED_HOME
"""The empty household in which the anonymous rows of erased children stand, so that figures still add up."""


class FamilyRecord(Editable):
    """A household: one address, shared by siblings."""

    __tablename__ = "family"

    address: Mapped[str] = words(200)
    postcode: Mapped[str] = words(12)
    notes: Mapped[str] = words(4000)


class ContactRecord(Editable):
    """A parent, carer or emergency contact of a family, rung in `call_order` (from 1).

    `parental_responsibility` is who may sign (domain: section 4). `parent_carer` marks a parent found to be a carer.
    """

    __tablename__ = "contact"
    family_id: Mapped[UUID] = points_to("family.id")
    kind: Mapped[ContactKind] = choice(ContactKind)
    name: Mapped[str] = words(80)
    relationship: Mapped[str] = words(80)
    phone: Mapped[str] = words(40)
    other_phone: Mapped[str] = words(40)
    email: Mapped[str] = words(120)
    parental_responsibility: Mapped[bool] = mapped_column(default=False)
    parent_carer: Mapped[bool] = mapped_column(default=False)
    call_order: Mapped[int]


class ChildRecord(Editable):
    """A young carer, from referral on.

    `one_to_one` is how many adults the child needs alone (0, 1 or 2). `ref` is the club's own reference.
    """

    __tablename__ = "child"
    __table_args__ = (
        UniqueConstraint("ref"),
        CheckConstraint("one_to_one BETWEEN 0 AND 2", name="one_to_one"),
        CheckConstraint("height_cm IS NULL OR height_cm BETWEEN 50 AND 220", name="height_cm"),
    )

    ref: Mapped[str] = words(40)
    family_id: Mapped[UUID] = points_to("family.id")
    legal_first: Mapped[str] = words(80)
    legal_last: Mapped[str] = words(80)
    known_as: Mapped[str] = words(80)
    birth_date: Mapped[date]
    sex: Mapped[str] = words(20)
    status: Mapped[ChildStatus] = choice(ChildStatus)
    ethnicity: Mapped[str] = words(80)
    language: Mapped[str] = words(80)
    school: Mapped[str] = words(120)
    gp: Mapped[str] = words(120)
    cares_for: Mapped[str] = words(80)
    condition_category: Mapped[str] = words(80)
    allergies: Mapped[str] = words(4000)
    medical: Mapped[str] = words(4000)
    medicine_expires: Mapped[date | None]
    medicine_kept: Mapped[str] = words(120)
    diet: Mapped[str] = words(200)
    one_to_one: Mapped[int] = mapped_column(default=0)
    wheelchair: Mapped[bool] = mapped_column(default=False)
    height_cm: Mapped[int | None]
    referred_by: Mapped[str] = words(80)
    referral_date: Mapped[date | None]
    approved_young_carers: Mapped[date | None]
    approved_family_pathways: Mapped[date | None]
    home_visit: Mapped[date | None]
    info_pack_given: Mapped[bool] = mapped_column(default=False)
    details_checked: Mapped[date | None]
    notes: Mapped[str] = words(4000)


class CollectorRecord(Editable):
    """Somebody who may, or must not, collect this child. `reason` (a court order) is for leads and managers."""

    __tablename__ = "collector"

    child_id: Mapped[UUID] = points_to("child.id")
    kind: Mapped[CollectorKind] = choice(CollectorKind)
    name: Mapped[str] = words(80)
    relationship: Mapped[str] = words(80)
    phone: Mapped[str] = words(40)
    password: Mapped[str] = words(80)
    reason: Mapped[str] = words(200)
