"""A vehicle as it is read by those who do not change it."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.transport.words import vehicle_words
from desktop.widgets.facts import Fact, Facts
from desktop.widgets.state import State
from models.kernel.dates import short_with_year
from models.transport.queries import VehicleRow


class VehicleFacts(QWidget):
    """Seats, papers, and whether it is on the road."""

    def __init__(self, row: VehicleRow) -> None:
        super().__init__()
        papers = (
            ("MOT ends", row.mot_expires),
            ("Insurance ends", row.insurance_expires),
            ("Permit ends", row.permit_expires),
        )
        facts = Facts(row.called)
        facts.set_facts(
            [
                Fact("Registration", row.registration),
                Fact("Room", vehicle_words(row)),
                Fact("Boosters", str(row.boosters)),
                *(Fact(words, short_with_year(day) if day else "") for words, day in papers),
                *([Fact("Off the road", row.off_road, State.BAD)] if row.off_road else []),
                *([Fact("Notes", row.notes)] if row.notes else []),
            ]
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(facts)
        column.addStretch(1)
