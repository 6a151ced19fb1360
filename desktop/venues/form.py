"""A venue: where it is, whom to ring, how many children it takes and what it costs."""

from collections.abc import Mapping
from typing import Any

from desktop.jobs import Jobs
from desktop.venues import actions
from desktop.widgets.fields import LineField, LongTextField, MoneyField, NumberField
from desktop.widgets.form import Form
from desktop.widgets.history_list import history_of
from desktop.widgets.page import Page
from desktop.widgets.text import label
from models.kernel.dates import short_with_year
from models.kernel.errors import Stale
from models.programme import queries as programme
from models.programme.queries import ActivityRow, VenueRow

_MOST_SHOWN = 6


class VenueForm(Form):
    """A new venue, or the one given with what is planned there."""

    def __init__(self, page: Page, jobs: Jobs, venue: VenueRow | None, planned: tuple[ActivityRow, ...] = ()) -> None:
        super().__init__("Save" if venue else "Add this venue")
        self._page, self._jobs, self._venue = page, jobs, venue
        self.add(LineField("name", "Name"))
        self.add(LineField("address", "Address", optional=True))
        self.add(LineField("postcode", "Postcode", optional=True), LineField("phone", "Phone", optional=True))
        self.add(
            NumberField("capacity", "Children it takes", "Left empty for no limit.", optional=True),
            MoneyField("hire_pence", "Hire", "For one club or trip.", optional=True),
        )
        self.add(LongTextField("notes", "Notes", "Keys, alarm, parking, who lets us in.", optional=True, lines=3))
        if venue is not None:
            self.set_values(self._values(venue))
            self._add_planned(planned)
            self.add_heading("History")
            self.add_widget(history_of(jobs, venue.id))
        self.saved.connect(self._keep)
        self.failed.connect(page.failed)

    def refused(self, error: Exception) -> None:
        """Shows what was wrong; for a venue changed meanwhile the newest version is fetched first."""
        venue = self._venue
        if isinstance(error, Stale) and venue is not None:
            self._jobs.query(lambda uow: programme.venue(uow, venue.id), self._newer, self.show_error)
            return
        self.show_error(error)

    def _add_planned(self, planned: tuple[ActivityRow, ...]) -> None:
        self.add_heading("Next here")
        if not planned:
            self.add_widget(label("Nothing is planned here.", "soft", wrap=True))
        for row in planned[:_MOST_SHOWN]:
            self.add_widget(label(f"{short_with_year(row.day)}: {row.title}", wrap=True))
        if len(planned) > _MOST_SHOWN:
            self.add_widget(label(f"And {len(planned) - _MOST_SHOWN} more.", "soft"))

    def _keep(self, values: Mapping[str, Any]) -> None:
        self.set_busy(True)
        actions.save(self._jobs, self._venue, values, self._done, self.refused)

    def _done(self, words: str) -> None:
        self.mark_clean()
        self.set_busy(False)
        self._page.said.emit(words, True)
        self.left.emit()

    def _newer(self, venue: VenueRow) -> None:
        self._venue = venue
        self.take_newer(self._values(venue))

    def _values(self, venue: VenueRow) -> dict[str, Any]:
        return {name: getattr(venue, name) for name in self._fields}
