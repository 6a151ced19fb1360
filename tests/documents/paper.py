"""Sample facts for the paper tests, and ways to read a PDF back."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from models.documents.facts import (
    Activity,
    Adult,
    Answers,
    BusList,
    Club,
    ConsentChild,
    ConsentLine,
    ConsentPack,
    ConsentSheet,
    ContactsChild,
    ContactsSheet,
    FiguresTable,
    Group,
    Holder,
    ItineraryRow,
    Journey,
    MedicalRow,
    Medicine,
    Passenger,
    RegisterAdult,
    RegisterChild,
    RegisterSheet,
    Report,
    TripPack,
)

MADE = datetime(2026, 12, 3, 9, 0, tzinfo=UTC)
FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"
CLUB = Club("Lewisham Young Carers", "020 7946 0123", "hello@lewisham.example", "Pauline Grant")
CLUB_DAY = Activity("December club", date(2026, 12, 5), time(10), time(14), "Ringway Community Centre")
TRIP = Activity(
    "Pantomime trip", date(2026, 12, 22), time(10), time(16), "Broadway Theatre, SE6 4RU", True, True,
    "Ringway", time(9, 45),
)  # fmt: skip
FINN = Adult("Finn Walker", "gran", ("07700 900856", "020 7946 0991"))
LEILA = Adult("Leila Sivakumar", "neighbour", ("07700 900650",))
NIAMH = ConsentChild(
    legal_first="Niamh",
    legal_last="O’Brien",
    known_as="Nee",
    born=date(2019, 1, 18),
    home=("4 Willow Lane", "London SE13 4HU"),
    carers=(FINN,),
    emergency=(LEILA,),
    collectors=(FINN, LEILA),
    allergies=("Peanuts", "Cow’s milk"),
    medical="Asthma",
    medicines=(Medicine("Salbutamol", date(2027, 3, 31)),),
    diet="Vegetarian",
    gp="Meadow Surgery",
    school="Ladywell Fields Primary",
    height_cm=118,
    booster=True,
    answers=Answers(first_aid=True, photos=False, sun_cream=True),
)
NAMES = ("Niamh O’Brien", "Thi-Mai Nguyễn", "Zbigniew Świątek", "Emre Yılmaz", "محمد علي", "சிவகுமார் லீலா", "তানিয়া রহমান")


def child(name: str) -> ConsentChild:
    """Niamh's facts under another name; all but the last word is the first name."""
    first, _, last = name.rpartition(" ")
    return replace(NIAMH, legal_first=first, legal_last=last, known_as="")


def consents(*children: ConsentChild, activity: Activity = TRIP, club: Club = CLUB) -> ConsentPack:
    """A pack with a sheet for each child."""
    return ConsentPack(club, tuple(ConsentSheet(one, activity, date(2026, 12, 18)) for one in children), MADE)


def register(names: tuple[str, ...] = NAMES) -> RegisterSheet:
    """A register; the second child has a mark."""
    rows = tuple(RegisterChild(name, "See lead" if at == 1 else "") for at, name in enumerate(names))
    return RegisterSheet(CLUB, CLUB_DAY, "R-0512", rows, (RegisterAdult("Denise Achebe", "Lead"),), MADE)


def journey(way: str = "Journey out", names: tuple[str, ...] = NAMES) -> Journey:
    """A bus with everybody on it; the first child needs a booster."""
    aboard = tuple(Passenger(name, str(at + 3), booster=at == 0) for at, name in enumerate(names))
    return Journey(
        way, "The blue bus", "YC13 BUS", "Bert Olsen", ("Denise Achebe", "Marcus Hollis"),
        "Ringway", time(10), "Theatre", time(10, 40), aboard, 16,
    )  # fmt: skip


def buses(names: tuple[str, ...] = NAMES) -> BusList:
    """Out and back."""
    return BusList(CLUB, TRIP, (journey("Journey out", names), journey("Journey back", names)), MADE)


def contact_rows(names: tuple[str, ...] = NAMES) -> tuple[ContactsChild, ...]:
    """The third child has somebody who must not collect."""
    return tuple(
        ContactsChild(name, (FINN, LEILA), ("Peanuts",), (LEILA,), see_lead=at == 2) for at, name in enumerate(names)
    )


def contacts(names: tuple[str, ...] = NAMES) -> ContactsSheet:
    """The emergency contact sheet."""
    return ContactsSheet(CLUB, CLUB_DAY, contact_rows(names), MADE)


def trip(names: tuple[str, ...] = NAMES) -> TripPack:
    """A trip pack in three copies, the first the leader's."""
    medical = tuple(MedicalRow(name, ("Peanuts",), "Asthma", NIAMH.medicines, "Red bag", "Halal") for name in names[:2])
    return TripPack(
        CLUB, TRIP, Adult("Denise Achebe", "", ("07700 900534",)), Adult("Marcus Hollis"), Adult("Pauline Grant"), None,
        (ItineraryRow(time(9, 45), "Meet", "All"), ItineraryRow(time(10), "On the bus", "All", True)),
        register(names).children, register(names).adults, (Group("Denise Achebe", names),), buses(names).journeys,
        contact_rows(names), medical, (ConsentLine("Trip consent", 3, ("Emre Yılmaz: asked, not back",)),),
        ("Crossing the road",), (Holder("Denise", leader=True), Holder("Base"), Holder("Marcus")), MADE, "Version 2",
    )  # fmt: skip


def report(names: tuple[str, ...] = NAMES) -> Report:
    """A report with one table."""
    table = FiguresTable("Figures", ("Figure", "Number"), tuple((name, "1,199") for name in names))
    return Report(
        CLUB, "Attendance", "September 2025 to November 2026", ("Two hundred breaks.",), (table,), ("Planned.",), MADE
    )


def read(pdf: bytes) -> list[str]:
    """The text of each page, with plain spaces."""
    return [page.extract_text().replace("\u00a0", " ") for page in PdfReader(io.BytesIO(pdf)).pages]


def fonts_in(pdf: bytes) -> set[str]:
    """The names of the embedded fonts, without their subset prefix."""
    found: set[str] = set()
    for page in PdfReader(io.BytesIO(pdf)).pages:
        resources: Any = page["/Resources"]
        found |= {str(font.get_object()["/BaseFont"]).split("+")[-1] for font in resources.get("/Font", {}).values()}
    return found
