"""Every widget on one wall: python -m tests.widgets.gallery FOLDER [dark] [large] writes PNGs to look at."""

import sys
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path

from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from desktop.widgets import theme
from desktop.widgets.bar_chart import Bar, BarChart
from desktop.widgets.card import Card
from desktop.widgets.card_list import CardList, PersonRow
from desktop.widgets.date_field import DateField
from desktop.widgets.dialog import ErrorBox, Modal, ReasonDialog
from desktop.widgets.fields import ChoiceField, LineField, LongTextField, MoneyField, NumberField, TickField, TimeField
from desktop.widgets.form import Form
from desktop.widgets.list_model import Column
from desktop.widgets.month_grid import MonthGrid, MonthItem
from desktop.widgets.name_picker import NamePicker
from desktop.widgets.page import Page
from desktop.widgets.panel import Panel
from desktop.widgets.preview import PdfPreview
from desktop.widgets.readiness_lines import ReadinessLines, ReadinessRow
from desktop.widgets.search_box import Hit, SearchBox
from desktop.widgets.sidebar import Sidebar
from desktop.widgets.state import State, StateChip
from desktop.widgets.table import ListTable
from desktop.widgets.text import button, icon_button, label
from desktop.widgets.toast import Toast
from models.kernel.errors import Stale


@dataclass(frozen=True)
class Row:
    """A made-up line of the consents list."""

    name: str
    trips: State
    said: str
    signed: str


NAMES = ("Niamh Osei", "Khadija Fitzgerald", "Maryam O’Brien", "Thi-Mai Nguyễn", "Zbigniew Świątek", "مريم العلي")
LONG = "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh-Abimbo"


PLACES = (
    ("today", "weather-sunny", "Today"), ("programme", "calendar-month-outline", "Programme"),
    ("children", "account-child-outline", "Children"), ("consents", "file-sign", "Consents"),
    ("transport", "van-passenger", "Transport"), ("register", "clipboard-check-outline", "Register"),
    ("team", "account-group-outline", "Team"), ("reports", "chart-box-outline", "Reports"),
)  # fmt: skip
READY = (
    ReadinessRow(State.BAD, "Ratio 1:4", "13 children need 4 adults; 3 can be counted. Bethan is 17, so she cannot.",
                 "Ask Pauline", "ratio"),
    ReadinessRow(State.BAD, "Consents", "Safeguarding form not signed yet for Théo Osei.", "Print for 1", "consents"),
    ReadinessRow(State.OK, "Medical", "Two inhalers, one EpiPen (Niamh Osei). Everyone’s details checked since June."),
)  # fmt: skip
HITS = (
    Hit("Children", "Niamh Osei", "9, New Cross", "account-child-outline", 1),
    Hit("Children", LONG, "12", "account-child-outline", 2),
    Hit("Activities", "Pantomime trip", "Tue 22 Dec", "calendar-month-outline", 3),
)


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
    card = Card("About the child", fill=True)
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


def today_window() -> QWidget:
    """The shell's pieces round a Today page."""
    window = QWidget()
    row = QHBoxLayout(window)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    side = Sidebar("Lewisham young carers")
    for key, icon_name, words in PLACES:
        side.add_place(key, icon_name, words)
    side.add_foot_place("settings", "cog-outline", "Settings")
    side.set_current("today")
    side.set_saved("Saved 10:42 · backed up 09:00")
    side.set_who("Denise A · Lead")
    row.addWidget(side)
    page = Page("Today, Thursday 3 December")
    box = SearchBox(lambda text, deliver: deliver(HITS))
    page.take_search(box)
    page.banner.show_state(State.WARN, "The last backup is 9 days old.", "Back up now", lambda: None)
    card = Card("Saturday club · 5 December, 10:00–14:00")
    card.add_beside_title(StateChip(State.BAD, "Not ready: 2 things to fix", "alert-circle-outline"))
    card.add_action(button("Print consent pack", icon_name="printer-outline"))
    card.add_action(button("Open", kind="primary"))
    card.body.addWidget(label("All Saints Community Centre, New Cross · 13 children booked, 1 waiting", "soft"))
    lines = ReadinessLines()
    lines.set_rows(READY)
    card.body.addWidget(lines)
    page.body.addWidget(card)
    three = QHBoxLayout()
    for title in ("Coming up", "To do this week"):
        small = Card(title)
        small.body.addWidget(label("Chase 3 consents for the pantomime", wrap=True))
        small.body.addWidget(label("Home visit: Leila Barre, waiting 16 days", wrap=True))
        three.addWidget(small)
    chart = Card("This term")
    bars = BarChart()
    bars.set_bars([Bar(month, at * 3 % 11 + 4) for at, month in enumerate(("Sep", "Oct", "Nov", "Dec"))], "27 came.")
    chart.body.addWidget(bars)
    three.addWidget(chart)
    page.body.addLayout(three)
    row.addWidget(page, 1)
    Toast(page).show_words("Niamh Osei signed in at 10:04", lambda: None)
    window.setProperty("box", box)
    return window


def register_page() -> Page:
    """Rows of real widgets."""
    page = Page("Register · Saturday club, 5 December", scroll=False)
    page.add_action(button("Roll call", icon_name="alarm-light-outline", keys="F9"))
    page.add_action(button("Close the day"))
    cards: CardList[str] = CardList("Children due")

    def make(name: str) -> QWidget:
        row = PersonRow(name)
        row.set_chips([StateChip(State.BAD, "EpiPen · peanuts", "medical-bag")] if name.startswith("N") else [])
        row.set_status("In 10:04" if name.startswith("N") else "Due", "ok" if name.startswith("N") else "soft")
        go = button("Sign in", kind="call", big=True, name=f"Sign in {name}")
        row.set_actions([go, icon_button("dots-horizontal", f"More for {name}", big=True)])
        return row

    cards.set_rows([*NAMES, LONG], key=lambda name: name, make=make)
    page.body.addWidget(cards, 1)
    return page


def month_page() -> Page:
    """A month with things on it."""
    page = Page("Programme", scroll=False)
    page.add_action(button("Plan a club", kind="primary", icon_name="plus"))
    grid = MonthGrid(date(2026, 12, 3))
    items = [
        MonthItem(at, date(2026, 12, day), words, state)
        for at, (day, words, state) in enumerate((
            (5, "Saturday club", State.BAD), (12, "Saturday club", State.OK), (22, "Pantomime trip", State.WARN),
            (22, "Drivers’ briefing", State.BRAND), (22, "Home visit: Leila Barre", State.NEUTRAL),
            (22, "Packing", State.OK), (25, "Christmas Day", State.NEUTRAL),
        ))
    ]  # fmt: skip
    grid.set_items(items)
    page.body.addWidget(grid, 1)
    return page


def panel_page() -> Page:
    """A list with a panel beside it."""
    page = list_page(12)
    panel = Panel(page, 420)
    form = Form()
    form.add(LineField("school", "School"), NumberField("year", "Year"))
    form.add(LongTextField("note", "Notes"))
    panel.open("Niamh Osei", form)
    return page


def pdf_page() -> QWidget:
    """A PDF made in memory."""
    from fpdf import FPDF

    pdf = FPDF()
    for _page in range(3):
        pdf.add_page()
        pdf.set_font("helvetica", size=20)
        pdf.cell(text="Consent pack")
    preview = PdfPreview()
    preview.set_pdf(bytes(pdf.output()), "Consent pack")
    return preview


def scenes() -> dict[str, QWidget]:
    """Everything to look at, by name."""
    return {
        "list": list_page(12),
        "list-empty": list_page(0),
        "list-long": list_page(500, long=True),
        "form": form_page(),
        "today": today_window(),
        "register": register_page(),
        "month": month_page(),
        "panel": panel_page(),
        "pdf": pdf_page(),
        "reason": ReasonDialog(None, "Go ahead with 3 adults?", [READY[0].sentence], manager=True),
        "error": ErrorBox(None, Stale("Pauline changed this child since you opened it.", "Look, then save again.")),
    }


def main(folder: Path, dark: bool, scale: float = 1.0) -> None:
    """Draws every scene into the folder; `scale` is the text size."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.apply(app, dark, scale)
    for name, scene in scenes().items():
        if not isinstance(scene, Modal):
            scene.setProperty("ground", "bg")
            scene.resize(1366 if name == "today" else 1150, 768)
        scene.show()
        app.processEvents()
        box = scene.property("box")
        if isinstance(box, SearchBox):
            scene.activateWindow()
            box.start()
            box.setText("ni")
            box.textEdited.emit("ni")
        app.processEvents()
        table_here = scene.findChild(ListTable)
        if table_here is not None and name == "list":
            table_here.sort_by("Child")
            table_here.select(table_here.model.id_at(2))
            table_here.view.setFocus()
        scene.grab().save(str(folder / f"{name}{'-dark' if dark else ''}.png"))
        scene.hide()


if __name__ == "__main__":
    main(Path(sys.argv[1]), "dark" in sys.argv, 1.3 if "large" in sys.argv else 1.0)
