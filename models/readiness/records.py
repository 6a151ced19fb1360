"""Going ahead anyway: who decided it, why, and who was phoned."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from models.storage.base import Editable, UtcInstant, points_to, words


class GoAheadRecord(Editable):
    """One rule set aside for one activity, for as long as the same is in the way (`line_text`).

    `phoned` names the manager a lead rang on the day; `countersigned_by` is filled when that manager signs.
    """

    __tablename__ = "go_ahead"

    activity_id: Mapped[UUID] = points_to("activity.id")
    rule: Mapped[str] = words(40)
    line_text: Mapped[str] = words(1000)
    reason: Mapped[str] = words(400)
    decided_by: Mapped[str] = words(120)
    decided_at: Mapped[datetime] = mapped_column(UtcInstant)
    phoned: Mapped[str] = words(80)
    countersigned_by: Mapped[str] = words(120)
    countersigned_at: Mapped[datetime | None] = mapped_column(UtcInstant)
