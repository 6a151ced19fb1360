"""Every row of the register as it stands this moment: as it was read, and as marks since then have turned it."""

from dataclasses import replace
from datetime import datetime

from desktop.registers.reading import DayView
from desktop.registers.saving import Saving
from desktop.registers.words import NOT_SAVED, RowView, adult_view, child_view
from models.registers.queries import AdultLine, ChildLine


def views_of(day: DayView, saving: Saving, now: datetime) -> list[RowView]:
    """Children by surname, then adults; none where there is no activity."""
    register, start = day.register, day.start
    if register is None or start is None:
        return []
    closed, minutes = register.closed_at is not None, day.late_minutes

    def child(line: ChildLine) -> RowView:
        line = replace(line, state=saving.state(line.child_id, line.state))
        waits = saving.waits(line.child_id)
        return told(child_view(line, now=now, start=start, minutes=minutes, saving=waits, closed=closed))

    def adult(line: AdultLine) -> RowView:
        line = replace(line, state=saving.state(line.adult_id, line.state))
        return told(adult_view(line, saving=saving.waits(line.adult_id), closed=closed))

    def told(view: RowView) -> RowView:
        missed = saving.missed(view.person_id, view.state) and not view.saving
        return replace(view, status=f"{NOT_SAVED}. {view.status}".rstrip(". "), tone="bad") if missed else view

    return [*map(child, register.children), *map(adult, register.adults)]
