"""Adults: staff, volunteers and drivers, with their checks and dates."""

from datetime import date

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.storage.base import Editable, words


class AdultRecord(Editable):
    """An adult of the team.

    Attributes:
        cleared_on: the day the manager cleared this adult to count; an imported adult with a DBS date is cleared.
        first_aid_expires: of the paediatric first-aid certificate.
        safeguarding_trained: the day of the last training.
        licence: as the office writes it ("B and D1(101) since 1992").
        licence_checked: the day the DVLA record was last looked at.
        driving_approved: written word of insurer and trustees for a paid driver on a car licence.
        left_on: from this day the adult is no longer asked.
    """

    __tablename__ = "adult"
    __table_args__ = (CheckConstraint("left_on IS NULL OR left_on > '1990-01-01'", name="left_on"),)

    name: Mapped[str] = words(80)
    role: Mapped[str] = words(80)
    paid: Mapped[bool] = mapped_column(default=False)
    birth_date: Mapped[date | None]
    sex: Mapped[str] = words(20)
    mobile: Mapped[str] = words(40)
    email: Mapped[str] = words(120)
    cleared_on: Mapped[date | None]
    dbs_issued: Mapped[date | None]
    dbs_level: Mapped[str] = words(80)
    first_aid_expires: Mapped[date | None]
    safeguarding_trained: Mapped[date | None]
    licence: Mapped[str] = words(120)
    licence_checked: Mapped[date | None]
    driving_approved: Mapped[date | None]
    midas_expires: Mapped[date | None]
    usual_days: Mapped[str] = words(120)
    left_on: Mapped[date | None]
    notes: Mapped[str] = words(4000)
