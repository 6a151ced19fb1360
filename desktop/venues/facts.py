"""A venue as it is read by those who do not change it."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.venues.table import VenueUse
from desktop.widgets.facts import Fact, Facts
from desktop.widgets.metrics import px
from desktop.widgets.text import label
from models.kernel.dates import short_with_year

_MOST_SHOWN = 6


class VenueFacts(QWidget):
    """Where it is, whom to ring, and what is planned there next."""

    def __init__(self, use: VenueUse) -> None:
        super().__init__()
        venue = use.venue
        facts = Facts(venue.name)
        facts.set_facts(
            [
                Fact("Address", ", ".join(part for part in (venue.address, venue.postcode) if part)),
                Fact("Phone", venue.phone),
                Fact("Children it takes", str(venue.capacity or ""), none="No limit"),
                *([Fact("Notes", venue.notes)] if venue.notes else []),
            ]
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        column.addWidget(facts)
        column.addWidget(label("Next here", "strong"))
        planned = [f"{short_with_year(row.day)}: {row.title}" for row in use.planned[:_MOST_SHOWN]]
        for words in planned or ["Nothing is planned here."]:
            column.addWidget(label(words, wrap=True))
        column.addStretch(1)
