"""Where a trace of an erased child could hide: short names, other alphabets, reasons, titles, others' held records."""

from datetime import date, time
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from models.bootstrap import Club, Place
from models.consents.rules import ConsentState
from models.kernel.clock import FixedClock, london_instant
from models.kernel.errors import Refused
from models.people import around
from models.people import service as people
from models.privacy import erasure, holds, requests, retention
from models.privacy.belongings import kind_of
from models.privacy.rules import Keep, WhyErased
from models.storage.journal_check import verify_chain
from tests.clubs import a_child, a_collector, a_consent, a_contact, a_family, an_activity, new_club, put
from tests.faults.canaries import dumped, raw

REASON = "Her mother may sue about the fall"


@pytest.fixture
def club(tmp_path: Path) -> Club:
    return new_club(tmp_path)


def erase(club: Club, child: UUID) -> None:
    club.write(lambda uow: erasure.erase_child(uow, child, WhyErased.ASKED, lead_asked=True), "Erased a child’s record")


@pytest.mark.parametrize(
    ("first", "written", "goes"),
    [
        ("محمد", "محمد", True),
        ("zephyrine", "Zephyrine", True),
        ("zephyrine", "zephyrine", False),
        ("Bo", "Bo", False),
    ],
)
def test_a_name_of_any_length_and_alphabet_goes_or_is_shown(club: Club, first: str, written: str, goes: bool) -> None:
    child = put(club, lambda uow: a_child(uow, first, "Quill"))
    put(club, lambda uow: a_child(uow, "Alfie", "Bates", notes=f"Sits with {written} at lunch."))
    doubts = club.read(lambda uow: erasure.preview_erasure(uow, child)).doubts
    assert [one.value for one in doubts] == ([] if goes else [f"Sits with {written} at lunch."])
    erase(club, child)
    assert (written in dumped(club)) is not goes


def test_a_club_called_after_the_child_is_shown_and_not_renamed(club: Club) -> None:
    child = put(club, lambda uow: a_child(uow, "Zephyrine", "Quill"))
    party = put(club, lambda uow: an_activity(uow, "Zephyrine’s leaving party", date(2026, 11, 7)))
    copy = {"activity_id": party, "number": 1, "holder": "Zephyrine’s mum"}
    put(club, lambda uow: uow.add(kind_of("pack_copy")(**copy, out_at=uow.clock.now())).id)
    doubts = club.read(lambda uow: erasure.preview_erasure(uow, child)).doubts
    assert {one.value for one in doubts} == {"Zephyrine’s leaving party", "Zephyrine’s mum"}
    erase(club, child)
    assert "Zephyrine’s leaving party" in dumped(club)


@pytest.mark.file_only  # looks at every page of the file
def test_why_the_record_was_kept_longer_goes_with_it(club: Club) -> None:
    child = put(club, lambda uow: a_child(uow, "Zephyrine", "Quill"))
    put(club, lambda uow: retention.keep_longer(uow, Keep.CHILD_FILE, str(child), date(2030, 1, 1), REASON))
    assert REASON in dumped(club)
    erase(club, child)
    assert REASON not in dumped(club)
    assert REASON.encode() not in raw(club)
    assert club.read(verify_chain) == []


def test_why_a_consent_was_kept_longer_goes_when_it_does(club: Club) -> None:
    child = put(club, lambda uow: a_child(uow, "Zephyrine", "Quill"))
    old: dict[str, Any] = {"state": ConsentState.WITHDRAWN, "ended_on": date(2020, 1, 1), "signed_on": date(2019, 1, 1)}
    consent = put(club, lambda uow: a_consent(uow, child, **old))
    put(club, lambda uow: retention.keep_longer(uow, Keep.CONSENTS, str(consent), date(2026, 12, 4), REASON))
    assert club.read(retention.due_for_review) == ()
    club.clock = FixedClock(london_instant(date(2026, 12, 5), time(9)))
    assert [one.kind for one in club.read(retention.due_for_review)] == [Keep.CONSENTS]
    put(club, lambda uow: retention.erase_due(uow, Keep.CONSENTS, str(consent)))
    assert REASON not in dumped(club)


@pytest.mark.parametrize("removed", [False, True])
def test_a_hold_keeps_what_the_held_record_says_of_others(club: Club, removed: bool) -> None:
    """Erasing one child takes its name out of others' records: not out of one that must stay as it is."""
    child = put(club, lambda uow: a_child(uow, "Zephyrine", "Quill"))
    held = put(club, lambda uow: a_child(uow, "Alfie", "Bates"))
    if removed:
        gone = put(club, lambda uow: a_collector(uow, held, "Omar Bates", relationship="Uncle of Zephyrine too"))
        put(club, lambda uow: around.remove_collector(uow, gone, None))
    else:
        put(club, lambda uow: people.edit_child(uow, held, None, {"notes": "Pushed by Zephyrine."}))
    hold = put(club, lambda uow: holds.place_hold(uow, held, "A claim about a push"))
    assert any("A claim about a push" in line for line in _refusals(club, child))
    with pytest.raises(Refused, match="Alfie Bates: legal hold"):
        erase(club, child)
    assert "Zephyrine" in dumped(club)
    put(club, lambda uow: holds.lift_hold(uow, hold, None, "Settled"))
    erase(club, child)
    assert "Zephyrine" not in dumped(club)


def _refusals(club: Club, child: UUID) -> tuple[str, ...]:
    return club.read(lambda uow: erasure.preview_erasure(uow, child)).refusals


def test_a_hold_on_somebody_who_is_not_named_stops_nothing(club: Club) -> None:
    child = put(club, lambda uow: a_child(uow, "Zephyrine", "Quill"))
    other = put(club, lambda uow: a_child(uow, "Alfie", "Bates", notes="Likes drawing."))
    put(club, lambda uow: holds.place_hold(uow, other, "A claim"))
    erase(club, child)
    assert "Zephyrine" not in dumped(club)


@pytest.mark.parametrize("sister", [False, True])
def test_where_the_child_lived_before_is_told_and_goes(club: Club, sister: bool) -> None:
    """A family that a child left for another is in no table: its address stands in the journal alone."""
    old = put(club, lambda uow: a_family(uow, address="77 Xylo Street", notes="Behind the mill"))
    new = put(club, lambda uow: a_family(uow, address="5 Pier Road"))
    child = put(club, lambda uow: a_child(uow, "Zephyrine", "Quill", old))
    if sister:
        other = put(club, lambda uow: a_child(uow, "Ottilie", "Quill", old))
        put(club, lambda uow: people.join_family(uow, other, None, new))
    put(club, lambda uow: a_contact(uow, old, "Wanda Vex"))
    put(club, lambda uow: people.join_family(uow, child, None, new))
    request = put(
        club,
        lambda uow: requests.start_request(uow, child, date(2026, 12, 1), "Wanda Vex", "Mother", "Saw her passport"),
    )
    lines = [one.line for one in club.read(lambda uow: requests.draft(uow, request)).lines]
    assert any(line.text == "77 Xylo Street" for line in lines)
    put(club, lambda uow: requests.drop_request(uow, request, None))
    erase(club, child)
    assert ("77 Xylo Street" in dumped(club)) is sister, "the other child lived there too"
    assert ("Wanda Vex" in dumped(club)) is sister
    assert club.read(verify_chain) == []


@pytest.mark.file_only  # a server’s backups are the server’s
def test_a_restore_lifts_no_hold(club: Club, tmp_path: Path) -> None:
    child = put(club, lambda uow: a_child(uow, "Zephyrine", "Quill"))
    made = club.back_up(Place(tmp_path / "backups"))
    put(club, lambda uow: holds.place_hold(uow, child, "A claim about a fall"))
    newcomer = put(club, lambda uow: a_child(uow, "Alfie", "Bates"))
    put(club, lambda uow: holds.place_hold(uow, newcomer, "Who is not in the backup"))
    back = club.restored_from(made.path)
    assert [(one.called, one.reason) for one in back.read(holds.holds)] == [("Zephyrine Quill", "A claim about a fall")]
    with pytest.raises(Refused, match="A claim about a fall"):
        erase(back, child)
    again = back.restored_from(back.back_up(Place(tmp_path / "backups")).path)
    assert len(again.read(holds.holds)) == 1
    assert again.read(verify_chain) == []
    again.close()
