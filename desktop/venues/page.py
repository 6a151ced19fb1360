"""The Venues screen."""

from uuid import UUID

from PySide6.QtGui import QResizeEvent

from desktop.jobs import Jobs
from desktop.venues.facts import VenueFacts
from desktop.venues.form import VenueForm
from desktop.venues.table import NEEDED, VenueUse, venue_table, venues_in_use
from desktop.widgets.metrics import px
from desktop.widgets.page import Page
from desktop.widgets.panel import Panel
from desktop.widgets.text import button
from models.access.rules import Permission, who_can
from models.kernel.clock import Clock

_ROOM = 760
"""Room in which every column stands, in pixels at 100 %."""


class VenuesPage(Page):
    """Where clubs and trips take place: a list, and a form beside it. `open_item(venue_id)` opens one."""

    areas = frozenset({"programme"})
    help_topic = "venues"

    def __init__(self, jobs: Jobs, clock: Clock) -> None:
        super().__init__("Venues", scroll=False)
        self._jobs = jobs
        self._wanted: UUID | None = None
        self.table = venue_table()
        self.table.set_empty("No venue is kept yet.", "Add a venue", self.add)
        self.table.opened.connect(self._open)
        self.body.addWidget(self.table, 1)
        self.panel = Panel(self)
        back = button(
            "Programme", lambda: self.go.emit("programme", None), kind="quiet", icon_name="arrow-left", to="programme"
        )
        self.add_action(back)
        self.add_action(button("Add a venue", self.add, kind="primary", icon_name="plus", needs=Permission.PLAN))
        self.show_loading()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        roomy = self.width() >= px(_ROOM)
        self.table.show_columns({*NEEDED, "Postcode", "Phone", "Hire"} if roomy else NEEDED)

    def refresh(self) -> None:
        self._jobs.query(venues_in_use, self._show, self.show_error, key="venues-page")

    def open_item(self, item: object) -> None:
        """Opens a venue by its id, as soon as the list is there."""
        if isinstance(item, UUID):
            self._wanted = item
            self.refresh()

    def add(self) -> None:
        """Opens the form for a new venue."""
        self._show_form("New venue", VenueForm(self, self._jobs, None))

    def _show(self, found: tuple[VenueUse, ...]) -> None:
        if not self.may(Permission.PLAN):
            self.table.set_empty(f"No venue is kept yet. {who_can(Permission.PLAN).capitalize()} can add one.")
        self.table.set_rows(found)
        self.show_content()
        wanted, self._wanted = self._wanted, None
        use = next((one for one in found if one.venue.id == wanted), None)
        if use is not None:
            self.table.select(use.venue.id)
            self._open(use)

    def _open(self, use: VenueUse) -> None:
        if not self.may(Permission.PLAN):
            self.panel.open(use.venue.name, VenueFacts(use))
            return
        self._show_form(use.venue.name, VenueForm(self, self._jobs, use.venue, use.planned))

    def _show_form(self, title: str, form: VenueForm) -> None:
        form.left.connect(self.panel.close_panel)
        self.panel.open(title, form)
