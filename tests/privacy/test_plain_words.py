"""The lines of a draft as a parent reads them: whole sentences, and decisions that stand however they are put."""

import hashlib
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from models.bootstrap import Club
from models.privacy import requests
from models.privacy.gather import Line
from models.privacy.rules import Proposal
from models.programme.rules import Answer, BookingStatus
from models.registers.rules import CollectedHow, MarkKind
from tests.clubs import (
    a_booking,
    a_child,
    a_consent,
    a_leg,
    a_mark,
    a_seat,
    a_vehicle,
    an_activity,
    new_club,
    put,
)  # fmt: skip


@pytest.fixture
def club(tmp_path: Path) -> Club:
    return new_club(tmp_path)


@pytest.fixture
def lines(club: Club) -> list[Line]:
    child = put(club, lambda uow: a_child(uow, "Maryam", "Müller", height_cm=131))
    put(club, lambda uow: a_child(uow, "June", "Book"))
    day = put(club, lambda uow: an_activity(uow, "Summer club", date(2027, 6, 5)))
    answered = {"status": BookingStatus.WAITING, "position": 2, "answer": Answer.COMING}
    put(club, lambda uow: a_booking(uow, day, child, **answered))
    put(club, lambda uow: a_mark(uow, day, 1, child_id=child, note="Came with a cake"))
    taken = {"collected_by": "Priya Shah", "collected_how": CollectedHow.KNOWN, "happened_at": None}
    put(club, lambda uow: a_mark(uow, day, 2, MarkKind.OUT, child_id=child, **taken))
    put(club, lambda uow: a_consent(uow, child))
    _seat(club, day, child)
    asked = date(2026, 12, 1), "Leyla Müller", "Mother", "Passport"
    request = put(club, lambda uow: requests.start_request(uow, child, *asked))
    return [one.line for one in club.read(lambda uow: requests.draft(uow, request)).lines]


def _seat(club: Club, day: UUID, child: UUID) -> None:
    bus = put(club, lambda uow: a_vehicle(uow))
    leg = put(club, lambda uow: a_leg(uow, day, bus))
    put(club, lambda uow: a_seat(uow, leg, child_id=child, booster=True))


def of(lines: list[Line], section: str) -> list[Line]:
    return [line for line in lines if line.section == section]


def test_the_register_and_the_places_are_told_in_sentences(lines: list[Line]) -> None:
    came, left = of(lines, "The register")
    assert came.text.startswith("Signed in at ")
    assert ". Note: Came with a cake. Entered on screen by " in came.text
    assert left.text.startswith(
        "Signed out; the time is not known. Collected by Priya Shah. How we knew: known to staff. Entered"
    )
    assert left.text.endswith("(entry 2)")
    (place,) = of(lines, "Places at clubs and trips")
    assert place.text == "Is waiting for a place. Number 2 on the waiting list. The family said: coming"
    (seat,) = of(lines, "Journeys")
    assert (seat.label, seat.text) == ("5 Jun 2027, Summer club", "A seat on the minibus there. Booster seat: yes")


def test_values_that_say_too_little_alone_are_put_plainly(lines: list[Line]) -> None:
    said = {line.label: line.text for line in lines}
    assert said["height"] == "131 cm"
    assert said["Trips and minibus: answer"] == "Yes (signed)"
    assert [line.text for line in lines if "_" in line.label or ": in;" in line.text] == []


def test_no_word_of_ours_is_taken_for_a_name(lines: list[Line]) -> None:
    """A child called June Book is on file: the month and the way of entering must not point to her."""
    came, left = of(lines, "The register")
    assert (came.proposal, came.words) == (Proposal.GIVE, ())
    assert (left.proposal, left.words) == (Proposal.THIRD_PARTY, ("Priya Shah",))


def test_a_decision_is_about_what_is_held_and_not_how_it_is_put(lines: list[Line]) -> None:
    height = next(line for line in lines if line.label == "height")
    assert height.seen == hashlib.sha256(b"height\n131").hexdigest()
    (seat,) = of(lines, "Journeys")
    assert seat.seen == hashlib.sha256(b"Journeys\nbooster: yes").hexdigest()
