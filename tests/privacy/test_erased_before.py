"""Erasing takes what a child was ever called, and leaves figures and ratios of days that are over as they were."""

from datetime import date
from functools import partial
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from models.bootstrap import Club, UnitOfWork
from models.people import around
from models.people import service as people
from models.people.queries import child as whole_child
from models.privacy import erasure
from models.privacy.retention import keep_longer
from models.privacy.rules import Keep, WhyErased
from models.programme.records import ActivityRecord, VenueRecord
from models.programme.rules import DutyRole
from models.readiness import queries as readiness
from models.registers import queries as registers
from models.reports import figures as reports
from models.storage.journal import EntryRecord
from tests.clubs import (
    a_booking,
    a_child,
    a_collector,
    a_contact,
    a_duty,
    a_family,
    a_mark,
    a_venue,
    an_activity,
    an_adult,
    new_club,
    put,
)
from tests.faults.canaries import dumped, found_in

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def club(tmp_path: Path) -> Club:
    return new_club(tmp_path)


def erase(club: Club, child_id: UUID) -> None:
    put(club, lambda uow: erasure.erase_child(uow, child_id, WhyErased.ASKED, lead_asked=True), "Erased a record")


def test_former_names_numbers_and_homes_go_too(club: Club) -> None:
    home = put(club, lambda uow: a_family(uow, address="3 Oldwharf Road"), "The family Ferncastle")
    child = put(club, lambda uow: a_child(uow, "Annabrook", "Ferncastle", home), "Added Annabrook Ferncastle")
    said = {"phone": "020 7946 0777", "email": "odetta@example.org"}
    mother = put(club, lambda uow: a_contact(uow, home, "Odetta Ferncastle", **said), "Added Odetta Ferncastle")
    uncle = put(club, lambda uow: a_collector(uow, child, "Ulrich Ungwin"), "Ulrich Ungwin may collect")
    notes = (
        "Friend of Annabrook Ferncastle; Annabrook shouts. Ulrich Ungwin knows. Odetta Ferncastle, 3 Oldwharf Road, "
        "020 7946 0777, wrote from odetta@example.org."
    )
    friend = put(club, lambda uow: a_child(uow, "Grace", "Okoro", notes=notes))
    put(club, lambda uow: around.remove_collector(uow, uncle, None), "Ulrich Ungwin may not collect any more")
    names = {"legal_first": "Zebedee", "legal_last": "Quux"}
    put(club, lambda uow: people.edit_child(uow, child, None, names), "Annabrook is called otherwise")
    put(club, lambda uow: people.edit_family(uow, home, None, {"address": "1 New Road"}))
    now = {"name": "Mina Quux", "phone": "020 7946 0999", "email": ""}
    put(club, lambda uow: around.edit_contact(uow, mother, None, now))
    words = ["Annabrook", "Ferncastle", "Odetta", "Ulrich", "Ungwin", "Oldwharf", "0777", "odetta@"]
    assert found_in(dumped(club), words) == words
    erase(club, child)
    assert found_in(dumped(club), words) == []
    assert "shouts" in club.read(lambda uow: whole_child(uow, friend)).child.notes, "the rest of the note stays"


@pytest.mark.parametrize("written", ["02079460999", "020-7946-0999", "(020) 7946 0999", "+44 20 7946 0999"])
def test_a_number_is_found_however_it_is_written(club: Club, written: str) -> None:
    home = put(club, a_family)
    child = put(club, lambda uow: a_child(uow, "Zebedee", "Quux", home))
    put(club, lambda uow: a_contact(uow, home, "Mina Quux", phone="020 7946 0999"))
    friend = put(club, lambda uow: a_child(uow, "Grace", "Okoro", notes=f"Ring {written}, not 020 7946 0123."))
    erase(club, child)
    notes = club.read(lambda uow: whole_child(uow, friend)).child.notes
    assert "[erased], not 020 7946 0123." in notes
    assert "0999" not in notes


def test_a_contact_called_after_a_place_takes_no_place_along(club: Club) -> None:
    home = put(club, a_family)
    child = put(club, lambda uow: a_child(uow, "Zebedee", "Quux", home, referred_by="Carers Lewisham"))
    put(club, partial(a_contact, family_id=home, name="Lewisham Carers Centre"))
    hall = put(club, lambda uow: a_venue(uow, "Lewisham Hall", notes="Near Lewisham station."), "The hall in Lewisham")
    trip = put(club, lambda uow: an_activity(uow, risk_notes="Cross the road in Lewisham with care.", venue_id=hall))
    put(club, partial(a_child, first="Grace", last="Okoro", referred_by="Carers Lewisham", notes="Lewisham."))
    before = club.read(lambda uow: reports.figures(uow, *YEAR)).tracker
    erase(club, child)
    after = club.read(lambda uow: reports.figures(uow, *YEAR)).tracker
    assert after.referrals_by_agency == before.referrals_by_agency
    assert club.read(lambda uow: uow.get(VenueRecord, hall).notes) == "Near Lewisham station."
    assert "Lewisham" in club.read(lambda uow: uow.get(ActivityRecord, trip).risk_notes)
    told = club.read(lambda uow: list(uow.session.scalars(select(EntryRecord.after))))
    assert sum("Lewisham" in str(said) for said in told) == 3, "hall, trip and the other child"
    assert "Lewisham Carers Centre" not in dumped(club)


def test_a_parent_found_in_two_families_is_still_one_carer(club: Club) -> None:
    homes = [put(club, a_family), put(club, a_family)]
    children = [put(club, partial(a_child, first="Zebedee", last="Quux", family_id=home)) for home in homes]
    for home in homes:
        put(club, partial(a_contact, family_id=home, name="Mina Quux", parent_carer=True))
    for child in children:
        assert club.read(lambda uow: reports.figures(uow, *YEAR)).tracker.parent_carers_identified == 1
        erase(club, child)
    assert club.read(lambda uow: reports.figures(uow, *YEAR)).tracker.parent_carers_identified == 1


def test_the_ratio_of_a_day_that_is_over_stays(club: Club) -> None:
    past = put(club, lambda uow: an_activity(uow, "November club", date(2026, 11, 7)))
    alone = put(club, lambda uow: _a_day(uow, past))
    live = club.read(lambda uow: registers.register(uow, past)).live
    ratio = [line.text for line in club.read(lambda uow: readiness.readiness(uow, past)).lines if line.rule == "ratio"]
    assert any("How many adults" in line for line in club.read(lambda uow: erasure.preview_erasure(uow, alone)).stays)
    erase(club, alone)
    assert club.read(lambda uow: registers.register(uow, past)).live == live
    lines = club.read(lambda uow: readiness.readiness(uow, past)).lines
    assert [line.text for line in lines if line.rule == "ratio"] == ratio


def _a_day(uow: UnitOfWork, day: UUID) -> UUID:
    """Nine children, one of whom needs an adult alone, and three adults."""
    children = [a_child(uow, f"Kim{at}", "Quux", one_to_one=int(at == 0)) for at in range(9)]
    for at, child in enumerate(children):
        a_booking(uow, day, child)
        a_mark(uow, day, at + 1, child_id=child)
    for at in range(3):
        adult = an_adult(uow, f"Pat{at} Bee")
        only = {"role": DutyRole.ONE_TO_ONE, "one_to_one_child_id": children[0]} if at == 0 else {}
        a_duty(uow, day, adult, **only)
        a_mark(uow, day, at + 20, adult_id=adult)
    return children[0]


def test_what_goes_names_a_decision_to_keep_it_longer(club: Club) -> None:
    child = put(club, a_child)
    until = date(2030, 1, 1)
    put(club, lambda uow: keep_longer(uow, Keep.CHILD_FILE, str(child), until, "The insurer asked"))
    goes = club.read(lambda uow: erasure.preview_erasure(uow, child)).goes
    assert any("1 Jan 2030" in line and "The insurer asked" in line for line in goes)
