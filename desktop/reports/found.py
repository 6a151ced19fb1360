"""Everything the screen shows of a period."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from desktop.reports.period import Period

if TYPE_CHECKING:
    from models.reports.attendance import AttendanceReport
    from models.reports.figures import Figures


@dataclass(frozen=True)
class Found:
    """The figures and the lists of a period.

    Attributes:
        without_consent: id and name of every active child without a trip consent.
        any_children: whether the club has any child at all.
    """

    period: Period
    figures: "Figures"
    report: "AttendanceReport"
    without_consent: tuple[tuple[UUID, str], ...]
    any_children: bool
