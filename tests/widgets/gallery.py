"""Every widget on one wall, to be looked at: python -m tests.widgets.gallery FOLDER [dark] writes PNGs there."""

import sys
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path

from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from desktop.widgets import theme
from desktop.widgets.card import Card
from desktop.widgets.date_field import DateField
from desktop.widgets.fields import ChoiceField, LineField, LongTextField, MoneyField, NumberField, TickField, TimeField
from desktop.widgets.form import Form
from desktop.widgets.list_model import Column
from desktop.widgets.name_picker import NamePicker
from desktop.widgets.page import Page
from desktop.widgets.state import State, StateChip
from desktop.widgets.table import ListTable
from desktop.widgets.text import button, label


@dataclass(frozen=True)
class Row:
    """A made-up line of the consents list."""

    name: str
    trips: State
    said: str
    signed: str


NAMES = ("Niamh Osei", "Khadija Fitzgerald", "Maryam O’Brien", "Thi-Mai Nguyễn", "Zbigniew Świątek", "مريم العلي")
LONG = "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh-Abimbo"


def rows(count: int) -> list[Row]:
    """Made-up rows, every state in turn."""
    said = {State.OK: "Yes", State.WARN: "Asked 24 November", State.BAD: "Not asked", State.NEUTRAL: "No"}
    states = list(said)
    return [
        Row(NAMES[at % len(NAMES)], states[at % 4], said[states[at % 4]], "Hannah Osei, gran") for at in range(count)
    ]


def table(count: int, long: bool = False) -> ListTable[Row]:
    """A list as screens make it."""
    columns = [
        Column[Row]("Child", lambda row: row.name),
        Column[Row]("Safeguarding", lambda row: "Yes", state=lambda row: State.OK),
        Column[Row]("Trips", lambda row: row.said, state=lambda row: row.trips),
        Column[Row]("Minibus", lambda row: row.said, state=lambda row: row.trips),
        Column[Row]("Hours", lambda row: "4.5", right=True),
        Column[Row]("Signed by", lambda row: row.signed),
    ]
    made = ListTable(columns, lambda row: (row.name, id(row)), name="Consents")
    made.set_empty("No child is booked on this trip yet.", "Book a child", lambda: None)
    made.set_rows([*([Row(LONG, State.WARN, "Asked 24 November", LONG)] if long else []), *rows(count)])
    return made


def list_page(count: int, long: bool = False) -> Page:
    """A page filled by a list."""
    page = Page("Consents", scroll=False)
    page.add_action(button("Enter a returned form", icon_name="qrcode-scan"))
    page.add_action(button("Print what is missing (5)", kind="primary", icon_name="printer-outline"))
    chips = QHBoxLayout()
    chips.addWidget(StateChip(State.BRAND, "For: Pantomime trip, 22 December", "van-passenger"))
    chips.addWidget(StateChip(State.BAD, "3 block a place"))
    chips.addWidget(StateChip(State.WARN, "2 to check"))
    chips.addWidget(StateChip(State.OK, "7 complete"))
    chips.addWidget(StateChip(State.NEUTRAL, "No photos"))
    chips.addStretch(1)
    chips.addWidget(label("12 booked", "soft"))
    page.body.addLayout(chips)
    page.body.addWidget(table(count, long), 1)
    return page


def form_page() -> Page:
    """A form with every field, some of them wrong."""
    page = Page("Add a child", scroll=False)
    card = Card("About the child")
    form = Form("Add this child")
    form.add(LineField("first", "First name"), LineField("last", "Last name"))
    born = DateField("born", "Date of birth", "Like 05/12/2016")
    form.add(born, TimeField("at", "Starts"), NumberField("places", "Places"), MoneyField("fee", "Fee"))
    kinds = [("club", "Club"), ("trip", "Trip")]
    form.add(ChoiceField("kind", "Kind", kinds), NamePicker("lead", "Lead", [(1, "Pauline")]))
    form.add(LongTextField("note", "Notes", "What whoever is at the door should know", optional=True))
    form.add(TickField("photo", "May be in photographs", "As the signed form says"))
    form.set_values({"first": "Niamh", "last": "Osei", "at": time(10, 0), "places": 12, "fee": 123450, "kind": "trip",
                     "photo": True, "born": date(2016, 2, 3)})  # fmt: skip
    born.line.setText("31/02/2016")
    born.check()
    form.leave()
    card.body.addWidget(form)
    page.body.addWidget(card, 1)
    return page


def scenes() -> dict[str, QWidget]:
    """Everything to look at, by name."""
    return {
        "list": list_page(12),
        "list-empty": list_page(0),
        "list-long": list_page(500, long=True),
        "form": form_page(),
    }


def main(folder: Path, dark: bool) -> None:
    """Draws every scene into the folder."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.apply(app, dark)
    for name, scene in scenes().items():
        scene.setProperty("ground", "bg")
        scene.resize(1150, 768)
        scene.show()
        app.processEvents()
        scene.grab().save(str(folder / f"{name}{'-dark' if dark else ''}.png"))
        scene.hide()


if __name__ == "__main__":
    main(Path(sys.argv[1]), "dark" in sys.argv)
