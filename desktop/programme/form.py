"""The forms of the programme: a club or trip, another day for it, and why it is cancelled."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.jobs import Jobs
from desktop.programme import actions
from desktop.programme.actions import Doing
from desktop.programme.reading import Choices, day_hints
from desktop.programme.words import KIND
from desktop.widgets.date_field import DateField
from desktop.widgets.fields import ChoiceField, LineField, LongTextField, NumberField, TickField, TimeField
from desktop.widgets.form import Form
from desktop.widgets.name_picker import NamePicker
from desktop.widgets.text import announce, label
from models.kernel.errors import BadInput, BreatherError, Stale
from models.programme import queries as programme
from models.programme.queries import ActivityRow
from models.programme.rules import ActivityKind

NEW_VENUE = "new venue"
STARTS, ENDS = time(10), time(14)


class DayHints(QWidget):
    """The quiet sentences under a date: bank holiday, half-term, term. They inform and stop nobody."""

    def __init__(self, jobs: Jobs, field: DateField) -> None:
        super().__init__()
        self._jobs = jobs
        self._field = field
        self._day: date | None = None
        self._words = label("", "small", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._words)
        self.setAccessibleName("About this day")
        self.hide()
        field.changed.connect(self.look)

    def look(self) -> None:
        """Asks about the day typed."""
        try:
            day = self._field.value()
        except BadInput:
            day = None
        self._day = day
        if day is None:
            self.hide()
            return
        self._jobs.query(lambda uow: (day, day_hints(uow, day)), self._say, key="programme-hints")

    def words(self) -> str:
        """What is said about the day."""
        return self._words.text()

    def _say(self, answer: tuple[date, tuple[str, ...]]) -> None:
        day, said = answer
        if day == self._day:
            self._words.setText(" ".join(said))
            self.setVisible(bool(said))
            announce(self._field.control, self._words.text())


class PlanForm(Form):
    """Base of a form about one plan: a plan changed meanwhile is read again, and what was typed is kept."""

    def __init__(self, doing: Doing, row: ActivityRow | None, save_words: str) -> None:
        super().__init__(save_words)
        self.doing = doing
        self.row = row
        self.failed.connect(doing.page.failed)
        self.saved.connect(lambda _values: self.set_busy(True))

    def refused(self, error: BreatherError) -> None:
        """Shows what was wrong; for a plan changed meanwhile the newest version is fetched first."""
        row = self.row
        if isinstance(error, Stale) and row is not None:
            self.doing.jobs.query(lambda uow: programme.activity(uow, row.id), self._newer, self.show_error)
            return
        self.show_error(error)

    def _newer(self, row: ActivityRow) -> None:
        self.row = row
        self.take_newer(_values(row))

    def done(self, _answer: object) -> None:
        """The change is made: nothing is left to save."""
        self.mark_clean()
        self.set_busy(False)
        self.left.emit()


class ActivityForm(PlanForm):
    """A new club or trip, or the one given in `choices`."""

    def __init__(
        self, doing: Doing, choices: Choices, kind: ActivityKind = ActivityKind.CLUB, day: date | None = None
    ) -> None:
        row = choices.activity
        super().__init__(doing, row, "Save" if row else f"Add this {KIND[kind].lower()}")
        self.made: UUID | None = None
        self.saved.connect(self._keep)
        self._build(choices)
        self.new_venue.hide()
        self.new_capacity.hide()
        self.set_values(_values(row) if row else {"kind": kind, "day": day, "starts": STARTS, "ends": ENDS})
        self._kind_chosen(fill=row is None)
        self.mark_clean()
        self.field("kind").changed.connect(lambda: self._kind_chosen(fill=False))
        self.venue.changed.connect(self._venue_chosen)
        self.hints.look()

    def _build(self, choices: Choices) -> None:
        self.add(LineField("title", "Title", "As families know it: December club"))
        self.add(ChoiceField("kind", "Kind", [(kind, words) for kind, words in KIND.items()]))
        day = DateField("day", "Date")
        self.add(day)
        self.hints = DayHints(self.doing.jobs, day)
        self.add_widget(self.hints)
        self.add(TimeField("starts", "Start"), TimeField("ends", "End"))
        places = [*((venue.id, venue.name) for venue in choices.venues), (NEW_VENUE, "A new venue…")]
        self.venue = ChoiceField("venue_id", "Venue", places, none_words="Not chosen yet")
        self.new_venue = LineField("new_venue", "Name of the new venue")
        self.new_capacity = NumberField("new_venue_capacity", "Children it takes", optional=True)
        self.add(self.venue)
        self.add(self.new_venue, self.new_capacity)
        self.add(TickField("by_minibus", "By minibus", "Journeys and seats are then part of the plan."))
        self.add(NamePicker("lead_id", "Lead worker", choices.adults, optional=True))
        self.add(NumberField("capacity", "Places", "Left empty, as many as the venue takes.", optional=True))
        self.add(LineField("meeting_place", "Meeting place", optional=True))
        self.add(LongTextField("notes", "Notes", optional=True, lines=3))
        risks = "What could go wrong, and what is done about it."
        self.add(LongTextField("risk_notes", "Risk notes", risks, optional=True, lines=3))

    def _keep(self, values: Mapping[str, Any]) -> None:
        given = dict(values)
        if given["venue_id"] == NEW_VENUE:
            given["venue_id"] = None
            if given["new_venue"] is None:
                self.show_error(BadInput("The name of the venue is missing.", "Type it in.", "new_venue"))
                return
        else:
            given.pop("new_venue")
        actions.save(self.doing, self.row, given, self._made, self.refused)

    def refused(self, error: BreatherError) -> None:
        if isinstance(error, BadInput) and error.field == "name":
            error = BadInput(error.what, error.next_step, "new_venue")
        super().refused(error)

    def _made(self, activity_id: UUID) -> None:
        self.made = activity_id
        self.done(activity_id)

    def _kind_chosen(self, *, fill: bool) -> None:
        # A trip goes by minibus more often than not; the tick can be taken out.
        if fill and self.field("kind").value() is ActivityKind.TRIP:
            self.field("by_minibus").set_value(True)

    def _venue_chosen(self) -> None:
        new = self.venue.value() == NEW_VENUE
        self.new_venue.setVisible(new)
        self.new_capacity.setVisible(new)
        if new:
            self.new_venue.setFocus()


class MoveForm(PlanForm):
    """Another day or other times for a plan."""

    def __init__(self, doing: Doing, row: ActivityRow) -> None:
        super().__init__(doing, row, "Move it")
        self.saved.connect(self._keep)
        day = DateField("day", "Date")
        self.add(day)
        self.hints = DayHints(doing.jobs, day)
        self.add_widget(self.hints)
        self.add(TimeField("starts", "Start"), TimeField("ends", "End"))
        self.set_values({"day": row.day, "starts": row.starts, "ends": row.ends})
        self.hints.look()

    def _keep(self, values: Mapping[str, Any]) -> None:
        missing = next((name for name in ("day", "starts", "ends") if values[name] is None), None)
        if missing is not None or self.row is None:
            self.show_error(BadInput("This cannot be left empty.", "Type it in.", missing or "day"))
            return
        actions.move(self.doing, self.row, values["day"], values["starts"], values["ends"], self.done, self.refused)


class CancelForm(PlanForm):
    """Why a plan is cancelled."""

    def __init__(self, doing: Doing, row: ActivityRow) -> None:
        super().__init__(doing, row, f"Cancel this {KIND[row.kind].lower()}")
        self.saved.connect(self._keep)
        said = "The children stay on the list, so that their families can be rung. It can be made a draft again."
        self.add_widget(label(said, "soft", wrap=True))
        self.add(LongTextField("cancelled_why", "Why is it cancelled?", lines=3))

    def _keep(self, values: Mapping[str, Any]) -> None:
        if self.row is not None:
            actions.cancel(self.doing, self.row, values["cancelled_why"] or "", self.done, self.refused)


def _values(row: ActivityRow) -> dict[str, Any]:
    same = (
        "title", "kind", "day", "starts", "ends", "venue_id", "by_minibus", "lead_id", "meeting_place", "notes",
        "risk_notes",
    )  # fmt: skip
    return {name: getattr(row, name) for name in same} | {"capacity": row.own_capacity}
