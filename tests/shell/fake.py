"""A small screen for tests of the window around it."""

from typing import Any

from desktop.jobs import Jobs
from desktop.widgets.fields import LineField
from desktop.widgets.page import Page
from desktop.widgets.text import button
from models.kernel.clock import Clock
from models.programme import queries, service


class VenueNames(Page):
    """Shows the names of venues and adds one."""

    areas = frozenset({"programme"})
    help_topic = "venues"

    def __init__(self, jobs: Jobs, clock: Clock) -> None:
        super().__init__("Venue names")
        self.jobs = jobs
        self.refreshed = 0
        self.opened: list[object] = []
        self.names: tuple[str, ...] = ()
        self.typed = LineField("typed", "New venue")
        self.body.addWidget(self.typed)
        self.body.addWidget(button("Add venue", self.add))
        self.body.addWidget(button("Face the queue", lambda: self.alone.emit(True)))
        self.body.addWidget(button("Turn back", lambda: self.alone.emit(False)))
        self.body.addWidget(button("Break", lambda: self.failed.emit(ZeroDivisionError("Maryam Müller"))))

    def refresh(self) -> None:
        self.refreshed += 1
        self.jobs.query(lambda uow: queries.venues(uow), self._show, self.show_error, key="fake")

    def open_item(self, item: object) -> None:
        self.opened.append(item)

    def add(self) -> None:
        name = self.typed.value() or "Nameless"
        done = lambda _id: self.said.emit(f"{name} added.", True)  # noqa: E731 - reads as the screens do
        self.jobs.change(lambda uow: service.add_venue(uow, {"name": name}), f"Added {name}", done)

    def _show(self, rows: Any) -> None:
        self.names = tuple(row.name for row in rows)


class OtherPage(Page):
    """A second place to go to."""

    help_topic = "no-such-topic"

    def __init__(self, jobs: Jobs, clock: Clock) -> None:
        super().__init__("Other")
