"""What a parent has said, one row a child and kind; what it said before stands in the journal."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped

from models.consents.rules import Authority, ConsentKind, ConsentState, Method
from models.storage.base import Editable, choice, points_to, words


class ConsentRecord(Editable):
    """One child's consent of one kind.

    Attributes:
        state: what was last said; "expired" is worked out from the dates and never stored.
        asked_on: the day the form went out. signed_on: the day on the signature (or of the call).
        signatory, relationship, authority: who signed and by what right.
        reconfirmed_on, reconfirmed_note: a phone call that says an old consent still stands.
    """

    __tablename__ = "consent"
    __table_args__ = (
        UniqueConstraint("child_id", "kind"),
        CheckConstraint("state != 'expired'", name="state_is_said"),
        CheckConstraint("state NOT IN ('granted', 'signed', 'phone') OR signed_on IS NOT NULL", name="signed_on_known"),
    )

    child_id: Mapped[UUID] = points_to("child.id")
    kind: Mapped[ConsentKind] = choice(ConsentKind)
    state: Mapped[ConsentState] = choice(ConsentState)
    asked_on: Mapped[date | None]
    signed_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    signatory: Mapped[str] = words(80)
    relationship: Mapped[str] = words(80)
    authority: Mapped[Authority] = choice(Authority)
    method: Mapped[Method] = choice(Method)
    reconfirmed_on: Mapped[date | None]
    reconfirmed_note: Mapped[str] = words(200)
    conditions: Mapped[str] = words(400)
    note: Mapped[str] = words(400)
