"""The answer on paper and as data: marked DRAFT until it is released, and only what was decided to be given."""

import io
import json
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from pypdf import PdfReader

from models.bootstrap import Club, UnitOfWork
from models.documents.subject_access import release_answer, subject_draft
from models.kernel.errors import Refused
from models.privacy import requests
from models.privacy.requests import proposed_decision
from models.privacy.rules import Decision, Proposal
from tests.clubs import a_booking, a_child, a_collector, a_contact, a_family, an_activity, new_club, put


@pytest.fixture
def club(tmp_path: Path) -> Club:
    return new_club(tmp_path)


@pytest.fixture
def request_id(club: Club) -> UUID:
    home = put(club, lambda uow: a_family(uow, notes="Rang Omar Khan, who may help"))
    child = put(club, lambda uow: a_child(uow, "Maryam", "Müller", home))
    put(club, lambda uow: a_contact(uow, home))
    put(club, lambda uow: a_collector(uow, child, "Omar Khan", password="bluebell"))

    def change(uow: UnitOfWork) -> UUID:
        return requests.start_request(uow, child, date(2026, 12, 1), "Leyla Müller", "Mother", "Passport")

    return put(club, change)


def decide_all(club: Club, request: UUID) -> None:
    for how in Decision:
        lines = club.read(lambda uow: requests.draft(uow, request)).lines
        chosen = [one.line for one in lines if proposed_decision(one.line) is how]
        for line in chosen:
            seen, words = {line.key: line.seen}, line.words if how is Decision.BLANK else ()
            put(club, lambda uow, s=seen, w=words, h=how: requests.decide(uow, request, s, h, "Somebody else", w))


def pages(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def test_every_page_of_a_draft_says_so_and_shows_nothing_undecided(club: Club, request_id: UUID) -> None:
    made = club.read(lambda uow: subject_draft(uow, request_id))
    assert made.draft
    assert all(page.count("DRAFT, not released") >= 2 for page in pages(made.pdf))
    assert "Quayside" not in "".join(pages(made.pdf))
    assert json.loads(made.json)["draft"] is True


def test_a_released_answer_gives_what_was_decided_and_nothing_else(club: Club, request_id: UUID) -> None:
    with pytest.raises(Refused):
        club.write(lambda uow: release_answer(uow, request_id, None), "Release")
    decide_all(club, request_id)
    made = club.write(lambda uow: release_answer(uow, request_id, None), "Release").value
    text = "\n".join(pages(made.pdf))
    assert not made.draft
    assert "DRAFT" not in text
    for given in ("Quayside Primary", "Leyla Müller", "Rang [blanked out], who may help"):
        assert given in text, given
    for held in ("bluebell", "Omar", "Khan", "Somebody else"):
        assert held not in text, held
        assert held not in made.json.decode(), held
    said = json.loads(made.json)
    assert said["left_out"] > 0
    assert said["blanked_out"] > 0
    assert "Maryam" not in made.title


def test_the_digest_written_down_is_that_of_the_answer(club: Club, request_id: UUID) -> None:
    decide_all(club, request_id)
    made = club.write(lambda uow: release_answer(uow, request_id, None), "Release").value
    (kept,) = club.read(lambda uow: requests.requests(uow))
    assert kept.digest == made.digest
    again = club.read(lambda uow: subject_draft(uow, request_id))
    assert again.digest == made.digest


def test_the_json_of_a_draft_tells_no_more_than_its_pages(club: Club, request_id: UUID) -> None:
    made = club.read(lambda uow: subject_draft(uow, request_id))
    assert "Quayside" not in made.json.decode()
    assert "not decided yet" in made.json.decode()


def test_a_copy_of_a_released_answer_holds_nothing_that_came_later(club: Club, request_id: UUID) -> None:
    decide_all(club, request_id)
    made = club.write(lambda uow: release_answer(uow, request_id, None), "Release").value
    (kept,) = club.read(lambda uow: requests.requests(uow))
    put(club, lambda uow: a_collector(uow, kept.child_id, "Zelda Zwieback", password="primrose"))
    again = club.read(lambda uow: subject_draft(uow, request_id))
    for told in ("\n".join(pages(again.pdf)), again.json.decode()):
        assert "Zwieback" not in told
        assert "primrose" not in told
        assert "Quayside Primary" in told
    assert "since this was released" in "\n".join(pages(again.pdf))
    assert again.digest == made.digest


def test_deciding_in_the_childs_name_leaves_nothing_new_to_decide(club: Club, request_id: UUID) -> None:
    lines = club.read(lambda uow: requests.draft(uow, request_id)).lines
    seen = {one.line.key: one.line.seen for one in lines}
    put(
        club,
        lambda uow: requests.decide(uow, request_id, seen, Decision.GIVE),
        "Decided about Maryam Müller’s record",
    )
    assert club.read(lambda uow: requests.draft(uow, request_id)).undecided == 0


def test_another_child_in_the_title_of_a_club_is_blanked_out(club: Club, request_id: UUID) -> None:
    (kept,) = club.read(lambda uow: requests.requests(uow))
    put(club, lambda uow: a_child(uow, "Grace", "Okoro"))
    day = put(club, lambda uow: an_activity(uow, "Grace Okoro’s birthday", date(2026, 11, 7)))
    put(club, lambda uow: a_booking(uow, day, kept.child_id))
    lines = club.read(lambda uow: requests.draft(uow, request_id)).lines
    (line,) = (one.line for one in lines if "birthday" in one.line.label)
    assert line.proposal is Proposal.THIRD_PARTY, "never given along with what is plain"
    decide_all(club, request_id)
    made = club.write(lambda uow: release_answer(uow, request_id, None), "Release").value
    for told in ("\n".join(pages(made.pdf)), made.json.decode()):
        assert "Okoro" not in told
        assert "[blanked out]’s birthday" in " ".join(told.split())
        assert "A place was booked" in " ".join(told.split())
