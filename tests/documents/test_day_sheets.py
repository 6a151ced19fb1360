"""Register, bus list, contacts, trip pack and report: what each holds, and what only the leader's copy does."""

import re

from models.documents.bus_list import bus_list
from models.documents.contacts_sheet import contacts_sheet
from models.documents.register_sheet import register_sheet
from models.documents.report_pdf import report_pdf
from models.documents.trip_pack import trip_pack
from tests.documents import paper

LATIN = paper.NAMES[:4]


def squeezed(pages: list[str]) -> str:
    return re.sub(r"\s+", " ", " ".join(pages))


def test_register_rows_keep_their_order_and_go_on_with_spare_ones() -> None:
    said = squeezed(paper.read(register_sheet(paper.register(LATIN))))
    for number, name in enumerate(LATIN, start=1):
        assert f"{number} {name}" in said
    assert " 5 6 7 8 " in said
    assert "A1 Denise Achebe" in said


def test_register_carries_its_sheet_on_every_page() -> None:
    many = tuple(f"Child{number} Osei" for number in range(50))
    pages = paper.read(register_sheet(paper.register(many)))
    assert len(pages) > 2
    assert all("R-0512" in page for page in pages)
    assert all("Collected by" in page for page in pages[:3])


def test_bus_list_is_a_sheet_for_each_journey() -> None:
    pages = paper.read(bus_list(paper.buses(LATIN)))
    assert len(pages) == 2
    assert "Journey out" in pages[0]
    assert "Journey back" in pages[1]
    assert "with adults 6 of 16 seats" in pages[0]
    assert "1 booster" in pages[0]


def test_contacts_are_numbered_in_call_order_and_flag_without_a_reason() -> None:
    said = squeezed(paper.read(contacts_sheet(paper.contacts(LATIN))))
    assert said.index("1. Finn Walker") < said.index("2. Leila Sivakumar")
    assert said.count("See the lead first") == 2  # the one child, and the sentence that explains it


def copies(pages: list[str]) -> list[list[str]]:
    return [[page for page in pages if f"Copy {number} of 3" in page] for number in (1, 2, 3)]


def test_trip_pack_copies_are_numbered_on_every_page() -> None:
    pages = paper.read(trip_pack(paper.trip(LATIN)))
    split = copies(pages)
    assert sum(len(copy) for copy in split) == len(pages)
    for copy in split:
        assert all(word in copy[0] for word in ("Given out", "Came back", "Shredded"))
        assert f"Page {len(copy)} of {len(copy)}" in copy[-1]


def test_only_the_leader_has_the_collectors() -> None:
    leader, base, bus = (squeezed(copy) for copy in copies(paper.read(trip_pack(paper.trip(LATIN)))))
    assert "Who may collect" in leader
    assert "See the lead first" in leader
    for other in (base, bus):
        assert "may collect" not in other.lower()
        assert "See the lead first" not in other


def test_trip_pack_has_every_part() -> None:
    said = squeezed(copies(paper.read(trip_pack(paper.trip(LATIN))))[1])
    parts = (
        "Trip pack", "In an emergency", "The day", "Groups", "Register", "Headcounts", "Journey out", "Journey back",
        "Emergency contacts", "Kept: Red bag", "Consents", "3 of 4", "Emre Yılmaz: asked, not back",
        "Risk assessment notes",
        "A child is missing", "ring 999", "The bus has broken down", "Accident or incident", "Medicine given",
    )  # fmt: skip
    assert [part for part in parts if part not in said] == []


def test_report_figures_are_printed_as_given() -> None:
    said = squeezed(paper.read(report_pdf(paper.report(LATIN))))
    assert said.count("1,199") == len(LATIN)
    assert "How these were counted" in said
